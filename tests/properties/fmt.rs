//! The canonical layout changes no meaning, and is a fixed point.

use drc::diagnostic::Diagnostics;
use drc::source::Sources;
use drc::syntax::format::format;
use proptest::prelude::*;

use crate::{build, compile, corpus, spec};

/// The canonical layout; `None` with a syntax error. The formatter must never doubt itself.
#[track_caller]
fn formatted(text: &str) -> Option<String> {
    let mut sources = Sources::default();
    let file = sources.add("spec.drspec", text.as_bytes().to_vec());
    let mut sink = Diagnostics::default();
    let formatted = format(&sources, file, &mut sink);
    assert!(!sink.iter().any(|finding| finding.rule.code == "E9999"), "{text}");
    formatted
}

/// What is said of a text, without the places.
fn said(text: &str) -> Vec<String> {
    let (_, said) = compile(&[("spec.drspec", text.as_bytes())], drc::emit::Format::Yaml);
    let mut lines: Vec<String> = said.lines().filter_map(|line| Some(line.split_once(": ")?.1.to_owned())).collect();
    lines.sort();
    lines
}

#[test]
fn every_spec_of_the_tree_keeps_its_meaning() {
    for (index, text) in corpus::texts().iter().enumerate() {
        let Some(once) = formatted(text) else { continue };
        assert_eq!(formatted(&once).as_ref(), Some(&once), "not a fixed point:\n{text}");
        // Compiling takes longer than formatting.
        if index % 5 == 0 {
            assert_eq!(said(text), said(&once), "says something else:\n{once}");
        }
    }
}

/// An allowance is about what it was about, and no other.
#[test]
fn clauses_of_a_rule_are_indented_under_their_schedule() {
    let text = "backup cluster mydb from ap-northeast-1 start within 2h\n  daily 01:00 JST to us-west-2 named nightly keep 7d \
                to us-east-1 keep 9d complete within 8h weekly sun 12:00 JST keep 5w named long plan nightly\n";
    let expected = "\
backup cluster mydb
  from ap-northeast-1
  start within 2h
  daily 01:00 JST
    to us-west-2
    named nightly keep 7d
    to us-east-1 keep 9d
    complete within 8h
  weekly sun 12:00 JST keep 5w named long
  plan nightly
";
    assert_eq!(formatted(text).as_deref(), Some(expected));
}

#[test]
fn allowances_keep_what_they_are_about() {
    let statement =
        |name: &str| format!("backup cluster {name} from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d");
    let (first, second) = (statement("one-with-a-long-name"), statement("other"));
    for text in [
        format!("{first} rpo 39h  # drc: allow(W0401, W0402, W0404) reason=\"known\"\n"),
        format!("{first}\n# note\n    # drc: allow(W0401) reason=\"of the one above\"\n{second}\n"),
        format!(
            "  # drc: allow(W0401) reason=\"of the one below\"\n{first}\n\n# drc: allow(W0404) reason=\"too\"\n{second}\n"
        ),
    ] {
        let once = formatted(&text).unwrap();
        assert_eq!(formatted(&once).as_ref(), Some(&once));
        assert_eq!(said(&text), said(&once), "says something else:\n{once}");
    }
}

/// The items with white space and comments wherever they mean nothing.
fn spread(items: &[String], blanks: Vec<usize>) -> String {
    let mut text = String::new();
    let mut blanks = blanks.into_iter().cycle();
    for item in items {
        for word in item.split_inclusive(' ') {
            text.push_str(word);
            let quoted = item.contains('"');
            match blanks.next() {
                Some(1) if !quoted => text.push_str("  \t"),
                Some(2) if !quoted && word.ends_with(' ') => text.push_str(" # why\n    "),
                Some(3) if !quoted && word.ends_with(' ') => text.push_str("\n\n  # own line\n\t"),
                _ => {}
            }
        }
        text.push('\n');
    }
    text
}

fn blanks() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(0_usize..4, 40)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_specs_are_laid_out(items in spec::items(), blanks in blanks()) {
        let text = spread(&items, blanks);
        let Some(once) = formatted(&text) else { return Err(TestCaseError::fail(format!("a spec without errors is formatted:\n{text}"))) };
        prop_assert_eq!(formatted(&once), Some(once.clone()));
        prop_assert_eq!(text.matches('#').count(), once.matches('#').count());
    }
}

proptest! {
    // Compiling takes longer than formatting.
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_specs_keep_their_meaning(items in spec::items(), blanks in blanks()) {
        let text = spread(&items, blanks);
        let once = formatted(&text).unwrap();
        prop_assert_eq!(build(&text), build(&once));
    }
}
