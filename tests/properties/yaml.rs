//! Every text comes back from YAML as the text it was, whether its reader follows YAML 1.1 or 1.2.

use std::sync::LazyLock;

use drc::emit::yaml::render;
use proptest::prelude::*;
use proptest::sample::select;
use regex::Regex;
use serde_json::{Value, json};

/// What YAML 1.1 takes for something else than a text: <https://yaml.org/type/>. The types are those
/// of the repository of language-independent types, as they are written there.
const RESOLVED_BY_1_1: &[&str] = &[
    // null, bool, merge, value
    r"~|null|Null|NULL|",
    r"y|Y|yes|Yes|YES|n|N|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF",
    r"<<",
    r"=",
    // int
    r"[-+]?0b[0-1_]+",
    r"[-+]?0[0-7_]+",
    r"[-+]?(0|[1-9][0-9_]*)",
    r"[-+]?0x[0-9a-fA-F_]+",
    r"[-+]?[1-9][0-9_]*(:[0-5]?[0-9])+",
    // float
    r"[-+]?([0-9][0-9_]*)?\.[0-9.]*([eE][-+][0-9]+)?",
    r"[-+]?([0-9][0-9_]*)\.[0-9_]*([eE][-+]?[0-9]+)?",
    r"[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+\.[0-9_]*",
    r"[-+]?\.(inf|Inf|INF)",
    r"\.(nan|NaN|NAN)",
    // timestamp
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?([ \t]*(Z|[-+][0-9][0-9]?(:[0-9]{2})?))?",
];

/// The same of YAML 1.2's core schema: <https://yaml.org/spec/1.2.2/#103-core-schema>.
const RESOLVED_BY_1_2: &[&str] = &[
    r"null|Null|NULL|~|",
    r"true|True|TRUE|false|False|FALSE",
    r"[-+]?[0-9]+",
    r"0o[0-7]+",
    r"0x[0-9a-fA-F]+",
    r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?",
    r"[-+]?(\.inf|\.Inf|\.INF)",
    r"\.nan|\.NaN|\.NAN",
];

static RESOLVED: LazyLock<Regex> = LazyLock::new(|| {
    let all: Vec<&str> = RESOLVED_BY_1_1.iter().chain(RESOLVED_BY_1_2).copied().collect();
    Regex::new(&format!("^({})$", all.join("|"))).unwrap()
});

/// Whether a scalar is written plain, and then whether it is a text to every reader.
#[track_caller]
fn is_a_text(scalar: &str) {
    if scalar.starts_with(['"', '\'', '|', '>']) {
        return;
    }
    assert!(!RESOLVED.is_match(scalar), "{scalar:?} is written plain");
    // A plain scalar: <https://yaml.org/spec/1.1/#id907281>.
    assert!(!scalar.starts_with(|c| ",[]{}#&*!%@`".contains(c)), "{scalar:?} begins with an indicator");
    assert!(!["- ", "? ", ": "].iter().any(|begin| scalar.starts_with(begin)), "{scalar:?} begins with an indicator");
    assert!(!["-", "?", ":", "---", "..."].contains(&scalar), "{scalar:?} is an indicator");
    assert!(!scalar.contains(": ") && !scalar.contains(" #") && !scalar.ends_with(':'), "{scalar:?} ends early");
    assert!(scalar.trim_matches([' ', '\t']) == scalar, "{scalar:?} loses its spaces");
}

#[track_caller]
fn survives(text: &str) {
    let value = json!({ "k": text, "list": [text], "nested": { text: text } });
    let yaml = render(&value);
    assert_eq!(serde_yaml::from_str::<Value>(&yaml).ok().as_ref(), Some(&value), "{yaml}");
    assert_eq!(Value::from(&drc::cfn::read::read(&yaml).unwrap().root), value, "{yaml}");
    let first = render(&json!({ "k": text }));
    is_a_text(first.strip_prefix("k: ").unwrap().trim_end_matches('\n'));
    // A key with a line break stands behind `? `.
    if !text.contains(['\n', '\u{85}', '\u{2028}', '\u{2029}']) && text.len() < 100 {
        let key = render(&json!({ text: 1 }));
        is_a_text(key.trim_end_matches('\n').strip_suffix(": 1").unwrap_or(&key));
    }
}

#[test]
fn known_texts_survive() {
    let texts = [
        "on",
        "yes",
        "NO",
        "y",
        "22:30",
        "1_000",
        "0o7",
        "2012-10-17",
        "1e3",
        "~",
        "",
        " ",
        "null",
        "0x1F",
        "012",
        "1:2",
        "+.inf",
        ".NaN",
        "<<",
        "=",
        "-",
        "?",
        ":",
        "- a",
        "a: b",
        "a #b",
        "#a",
        "'",
        "\"",
        "!a",
        "%a",
        "@a",
        "`a",
        "---",
        "...",
        "1.",
        ".5",
        "._",
        "0b1",
        "2001-12-14 21:59:43.10 -5",
        "12e03",
        "685_230.15",
        "190:20:30.15",
        "a\nb",
        "\n",
        "日本語",
        "\u{feff}",
        "\u{2028}",
        "a\u{2028}",
        "a\u{2028} b\u{2029}c\n",
        "\u{85}",
        "a \u{85} \\\"'b",
        "a\tb",
        "\\",
        "{{x}}",
        "${AWS::Partition}",
        "[a]",
        "&a",
        "*a",
        "|",
        ">",
        "True",
        "0",
        "-0",
        "08",
        "1,000",
        "e3",
        "1e",
        "0.0.0",
        "1.2.3",
        "2024-1-1",
        "x:",
        ":x",
        "-x",
        "?x",
    ];
    for text in texts {
        survives(text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_dates_and_times_survive(text in "[-+.]?[0-9_:.eExXobnNaAfFiItTzZ +-]{0,12}") {
        survives(&text);
    }

    #[test]
    fn words_survive(word in select(vec!["y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"]), upper: u8, end in "[ .:#-]?") {
        let text: String = word.char_indices().map(|(index, c)| if upper >> index & 1 == 1 { c.to_ascii_uppercase() } else { c }).collect();
        survives(&text);
        survives(&(text + &end));
    }

    #[test]
    fn punctuation_survives(text in "[-a0 .,:;!?#&*|>'\"%@`\\[\\]{}<=~\\\\/$()]{0,8}") {
        survives(&text);
    }

    #[test]
    fn any_text_survives(text in "[^\u{e000}-\u{f8ff}\u{0}-\u{8}\u{b}-\u{1f}\u{7f}-\u{84}\u{86}-\u{9f}]{0,24}") {
        survives(&text);
    }

    #[test]
    fn line_breaks_of_every_kind_survive(text in "[a :#'\"\\\\\n\u{85}\u{2028}\u{2029}-]{0,8}") {
        survives(&text);
    }
}
