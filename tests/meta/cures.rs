//! What settles a warning: written where it says, it does.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use drc::Compiled;
use drc::diagnostic::{Cure, Diagnostic};
use drc::rule::Severity;
use rayon::prelude::*;

use crate::{compile, files, name, none};

/// Warnings that words do not always settle, each with what is decided then.
const DECIDED: &[(&str, &str)] = &[
    ("W0208", "which hours fields of cron name instead"),
    ("W0209", "which rule moves, where one repeats by the hour or they go by several clocks"),
    ("W0218", "which backups run less often, or where else their copies go"),
];

/// Warnings whose cures are not written here, and why not.
const UNWRITTEN: &[(&str, &str)] = &[
    ("W0218", "it has none"),
    ("W0302", "the region is the reader's to name"),
    ("W0312", "the region is enabled by a command"),
    ("W0313", "the copy job is looked at by a command"),
    ("W0401", "the key is the reader's to name"),
    ("W0402", "Aurora is switched on by a command"),
    ("W0404", "the groups are the reader's to name"),
    ("W0406", "the administrator is the reader's to name"),
    ("W0407", "the vault is the reader's to name"),
    ("W0508", "no case is so large"),
];

/// A case without what is said of it, and what it makes.
struct Case {
    name: String,
    text: String,
    compiled: Compiled,
}

/// Every case.
static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let case = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        let end = ["# error[", "# warning["].iter().filter_map(|head| text.find(head)).min().unwrap_or(text.len());
        let text = text.get(..end).unwrap().to_owned();
        Case { name: name(path), compiled: compile(&text).0, text }
    };
    files("tests/ui", ".drspec").par_iter().map(case).collect()
});

/// Every warning, allowed or not.
fn warnings(compiled: &Compiled) -> Vec<&Diagnostic> {
    let allowed = compiled.allowed.iter().map(|allowed| &allowed.finding);
    compiled.diagnostics.iter().chain(allowed).filter(|finding| finding.rule.severity == Severity::Warning).collect()
}

/// Whether words leave nothing to the reader.
fn is_complete(words: &str) -> bool {
    words.split_whitespace().all(|word| !matches!(word, "ARN" | "NAME" | "REGION" | "BUCKET" | "role/NAME"))
}

/// A text with a cure in it: in place of what the finding is about, or of the operand that it is about, or behind it.
fn applied(text: &str, finding: &Diagnostic, words: &str) -> String {
    let place = finding.span.range();
    let (before, about, behind) =
        (text.get(..place.start).unwrap(), text.get(place.clone()).unwrap(), text.get(place.end..).unwrap());
    let clause: Vec<&str> = words.split_whitespace().collect();
    let operand = clause.len().checked_sub(2).and_then(|at| clause.get(at));
    if operand.is_some() && operand.copied() == before.split_whitespace().last() {
        return format!("{before}{}{behind}", clause.last().unwrap());
    }
    let is_inserted = words.starts_with("complete within");
    if is_inserted {
        return format!("{before}{about} {words}{behind}");
    }
    format!("{before}{words}{behind}")
}

#[test]
fn every_warning_says_what_settles_it() {
    let (mut complaints, mut decided) = (BTreeSet::new(), BTreeSet::new());
    for Case { name, compiled, .. } in &*CASES {
        for finding in warnings(compiled) {
            let code = finding.rule.code;
            if !finding.cures.is_empty() {
                continue;
            }
            decided.insert(code);
            if DECIDED.iter().all(|(decided, _)| *decided != code) {
                complaints.insert(format!("{name}: {code}: {}", finding.message));
            }
        }
    }
    none(&complaints.into_iter().collect::<Vec<_>>());
    assert_eq!(decided, DECIDED.iter().map(|(code, _)| *code).collect());
}

#[test]
fn what_is_written_settles_it() {
    let (mut complaints, mut settled) = (Vec::new(), BTreeSet::new());
    for Case { name, text, compiled } in CASES.iter().filter(|case| !case.compiled.diagnostics.has_errors()) {
        let before = warnings(compiled);
        // Of other folders, what their cases are not about costs more than it shows.
        for finding in before.iter().filter(|finding| name.contains(finding.rule.code)) {
            let code = finding.rule.code;
            for cure in &finding.cures {
                let words = match cure {
                    Cure::Write(words) if is_complete(words) => words,
                    Cure::Remove => "",
                    Cure::Write(_) | Cure::Run(_) => continue,
                };
                let cured = applied(text, finding, words);
                let (compiled, _) = compile(&cured);
                let left = warnings(&compiled).iter().filter(|other| other.rule.code == code).count();
                let was = before.iter().filter(|other| other.rule.code == code).count();
                if compiled.diagnostics.has_errors() || left >= was {
                    complaints.push(format!("{name}: `{words}` does not settle {code}:\n{cured}"));
                }
                settled.insert(code);
            }
        }
    }
    none(&complaints);
    let warnings = drc::rules::RULES.iter().filter(|rule| rule.severity == Severity::Warning);
    let listed = |code: &str| UNWRITTEN.iter().any(|(other, _)| *other == code);
    let complaints: Vec<String> = warnings
        .filter(|rule| settled.contains(rule.code) == listed(rule.code))
        .map(|rule| format!("{} is written somewhere or listed, not both", rule.code))
        .collect();
    none(&complaints);
}

#[test]
fn schedules_are_written_in_words_that_mean_them() {
    let mut seen = BTreeSet::new();
    for case in &*CASES {
        let statements = case.compiled.spec.statements().flat_map(|(_, statement)| statement.rules.clone());
        seen.extend(statements.map(|rule| rule.schedule.node));
    }
    assert!(seen.len() > 20, "{seen:?}");
    for schedule in seen {
        let text = format!("backup cluster mydb from us-east-1 to us-west-2 {schedule} keep 7d");
        let (compiled, codes) = compile(&text);
        let (_, statement) = compiled.spec.statements().next().unwrap_or_else(|| panic!("{text}: {codes:?}"));
        assert_eq!(statement.rules[0].schedule.node, schedule, "{text}");
    }
}

#[test]
fn what_is_allowed_is_kept_with_its_reason() {
    let text = "# drc: allow(W0401, W0402) reason=\"for both\"\nbackup cluster mydb\n  \
                # drc: allow(W0402) reason=\"one line alone\"\n  from ap-northeast-1\n  to ap-northeast-3\n  \
                daily 01:00 JST keep 7d\n";
    let (compiled, codes) = compile(text);
    let allowed: Vec<(&str, &str, u32)> = compiled
        .allowed
        .iter()
        .map(|allowed| (allowed.finding.rule.code, allowed.reason.as_str(), allowed.finding.span.start))
        .collect();
    let at = |words: &str| u32::try_from(text.find(words).unwrap()).unwrap();
    let expected = [
        ("W0401", "for both", at("cluster mydb")),
        ("W0402", "for both", at("ap-northeast-1")),
        ("W0402", "for both", at("ap-northeast-3")),
    ];
    assert_eq!(allowed, expected);
    assert_eq!(codes, ["W0404"]);
}

/// Where the advice of a late clause says to write it, up to what is said of every rule.
fn places(finding: &Diagnostic) -> Vec<String> {
    let help = finding.help.concat();
    let own = help.split_once(';').map_or(help.as_str(), |(own, _)| own);
    own.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn a_late_clause_means_something_where_the_advice_says() {
    let mut moved = 0;
    for Case { name, text, compiled } in CASES.iter().filter(|case| case.name.contains("E0017")) {
        let late: Vec<&Diagnostic> =
            compiled.diagnostics.iter().filter(|finding| finding.rule.code == "E0017").collect();
        for finding in &late {
            let place = finding.span.range();
            let without = format!("{}{}", text.get(..place.start).unwrap(), text.get(place.end..).unwrap());
            for behind in places(finding) {
                // What stands on several lines is named on one.
                let Some(at) = without.find(&behind).map(|at| at + behind.len()) else { continue };
                let clause = text.get(place.clone()).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
                let text = format!("{} {clause}{}", without.get(..at).unwrap(), without.get(at..).unwrap());
                let (_, codes) = compile(&text);
                let left = codes.iter().filter(|code| **code == "E0017").count();
                assert_eq!(left, late.len() - 1, "{name}:\n{text}");
                assert!(
                    !codes.contains(&"E0009") && codes.iter().filter(|code| **code == "E0010").count() < 2,
                    "{name}:\n{text}"
                );
                moved += 1;
            }
        }
    }
    assert!(moved > 5, "{moved}");
}
