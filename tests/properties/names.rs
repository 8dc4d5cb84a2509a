//! A name may be as long as AWS takes it, wherever it stands: what is derived from it is shortened, stays apart from what
//! is derived from another, and is proved like any other.

use std::collections::BTreeSet;

use drc::cfn::read;
use drc::emit::{Format, OutputFile};
use serde_json::Value;

use crate::compile;

/// Names wherever they can stand, each with the most characters that AWS takes there.
const POSITIONS: [&str; 3] = [
    "key <128>\n  no rotation\nbackup cluster <63> from ap-northeast-1 vault <50> key <128> to ap-northeast-3 vault <50> key <128>
  daily 01:00 JST named <50> keep 7d formerly to us-west-2 key <128> plan <50> selection <50> role <64>
  encrypted by <128> tags <128>=x, \"決<126>決\"=x",
    "system <64> stacks per statement\nbackup cluster <63> from ap-northeast-1 key <128> to ap-northeast-3 daily 01:00 JST keep 7d",
    "system <64>\nbackup cluster <63> from ap-northeast-1 to ap-northeast-3 key <128> daily 01:00 JST keep 7d",
];

/// The spec with names of so many characters, or as many as there may be. One is too few for a vault.
fn named(spec: &str, length: usize) -> String {
    let mut parts = spec.split('<');
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |text, part| {
        let (longest, rest) = part.split_once('>').unwrap();
        let name = "k".repeat(length.min(longest.parse().unwrap()));
        let least = if text.ends_with("vault ") && length == 1 { "k" } else { "" };
        text + least + &name + rest
    })
}

/// The templates of a spec, which must have no error, read as AWS reads them.
#[track_caller]
fn templates(spec: &str) -> Vec<Value> {
    let (compiled, said) = compile(&[("spec.drspec", spec.as_bytes())], Format::Yaml);
    assert!(!compiled.diagnostics.has_errors(), "{spec}\n{said}");
    let is_template = |file: &&OutputFile| file.path.contains('/');
    let read = |file: &OutputFile| {
        let text = std::str::from_utf8(&file.bytes).unwrap();
        let value: Value = serde_yaml::from_str(text).unwrap();
        assert_eq!(Value::from(&read::read(text).unwrap().root), value, "{spec}: {text}");
        value
    };
    compiled.files.iter().filter(is_template).map(read).collect()
}

#[test]
fn a_name_of_every_length_can_stand_everywhere() {
    for length in 1..=128 {
        for spec in POSITIONS {
            for template in templates(&named(spec, length)) {
                let mut names = ["Parameters", "Conditions", "Resources", "Outputs"]
                    .iter()
                    .flat_map(|section| template[section].as_object().into_iter().flatten());
                assert!(names.all(|(name, _)| name.len() <= 128), "{length} {spec}");
            }
        }
    }
}

/// The names of each section of each template, sections apart.
fn sections(templates: &[Value]) -> Vec<BTreeSet<String>> {
    let names = |section: &Value| section.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    let of = |template: &Value| ["Parameters", "Conditions", "Outputs"].map(|section| names(&template[section]));
    templates.iter().flat_map(of).collect()
}

/// Of two long names that differ in their ends, nothing that is derived from them is one.
#[test]
fn long_names_stay_apart() {
    // The longest word that an id begins with has 15 letters, and the longest that one ends with 7.
    for length in (128 - 15 - 7 - 1)..=128 {
        let (one, two) = (format!("{}a", "k".repeat(length - 1)), format!("{}b", "k".repeat(length - 1)));
        let statement = |cluster: &str, key: &str| {
            format!(
                "backup cluster {cluster} from ap-northeast-1 vault s-{cluster} key {key} to ap-northeast-3 vault c-{cluster} key {key} \
                 daily 01:00 JST keep 7d\n"
            )
        };
        let together = templates(&(statement("one", &one) + &statement("two", &two)));
        let alone = [templates(&statement("one", &one)), templates(&statement("two", &two))].map(|of| sections(&of));
        let [first, second] = &alone;
        let both: Vec<BTreeSet<String>> = first.iter().zip(second).map(|(first, second)| first | second).collect();
        assert!(first.iter().zip(second).all(|(first, second)| first.is_disjoint(second)), "{length}");
        assert_eq!(sections(&together), both, "{length}");
    }
}
