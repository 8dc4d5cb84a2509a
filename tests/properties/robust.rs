//! No text makes drc panic, doubt itself, or make files and errors at once.

use drc::diagnostic::{github, human, json, sarif, short};
use drc::emit::Format;
use drc::source::Sources;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::{NOW, corpus};

#[track_caller]
fn survives(bytes: &[u8]) {
    let mut sources = Sources::default();
    let file = sources.add("spec.drspec", bytes.to_vec());
    let compiled = drc::compile(&sources, &[file], Format::Yaml, NOW);
    let found = &compiled.diagnostics;
    let text = String::from_utf8_lossy(bytes);
    assert_eq!(found.has_errors(), compiled.files.is_empty(), "{text}");
    assert!(!found.iter().any(|finding| finding.rule.code == "E9999"), "{text}");
    for finding in found.iter() {
        assert!(finding.span.start <= finding.span.end, "{text}");
        assert!(finding.span.end as usize <= sources.text(finding.span.file).len(), "{text}");
    }
    let human = human::render(found, &sources, human::Style::PLAIN);
    assert!(!human.chars().any(|character| character.is_control() && character != '\n'), "{human:?}");
    assert!(found.iter().all(|finding| human.contains(finding.rule.code)), "{human}");
    assert_eq!(short::render(found, &sources).lines().count(), found.iter().count());
    assert_eq!(github::render(found, &sources).lines().count(), found.iter().count());
    serde_json::from_str::<serde_json::Value>(&json::render(found, &sources)).unwrap();
    serde_json::from_str::<serde_json::Value>(&sarif::render(found, &sources)).unwrap();
    let mut sink = drc::diagnostic::Diagnostics::default();
    let _ = drc::syntax::format::format(&sources, file, &mut sink);
    assert!(!sink.iter().any(|finding| finding.rule.code == "E9999"), "{text}");
}

/// One change of a spec.
#[derive(Clone, Debug)]
enum Change {
    DeleteWord(Index),
    RepeatWord(Index),
    SwapWords(Index, Index),
    Insert(Index, Vec<u8>),
    Cut(Index),
}

fn change() -> impl Strategy<Value = Change> {
    let words = [
        " key ",
        " to ",
        "\"",
        ",",
        "=",
        "#",
        "\n",
        "\n  ",
        " 1d ",
        "arn:",
        "<name>",
        " forever ",
        "\u{0}",
        "é",
        "\r",
        " no ",
        " system ",
        "99999999999999999999d",
        " 25:00 ",
        " last ",
        " cron ",
        "\t",
        " in ",
        "-",
        " defaults ",
    ];
    let inserted =
        prop_oneof![select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec()), vec(any::<u8>(), 1..4)];
    prop_oneof![
        any::<Index>().prop_map(Change::DeleteWord),
        any::<Index>().prop_map(Change::RepeatWord),
        (any::<Index>(), any::<Index>()).prop_map(|(one, other)| Change::SwapWords(one, other)),
        (any::<Index>(), inserted).prop_map(|(at, bytes)| Change::Insert(at, bytes)),
        any::<Index>().prop_map(Change::Cut),
    ]
}

fn changed(text: &[u8], change: &Change) -> Vec<u8> {
    let mut words: Vec<&[u8]> = text.split_inclusive(u8::is_ascii_whitespace).collect();
    let count = words.len();
    if count == 0 {
        return text.to_vec();
    }
    match change {
        Change::DeleteWord(at) => _ = words.remove(at.index(count)),
        Change::RepeatWord(at) => {
            let at = at.index(count);
            words.insert(at, words[at]);
        }
        Change::SwapWords(one, other) => words.swap(one.index(count), other.index(count)),
        Change::Insert(at, bytes) => {
            let at = at.index(text.len());
            return [&text[..at], bytes, &text[at..]].concat();
        }
        Change::Cut(at) => return text[..at.index(text.len())].to_vec(),
    }
    words.concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in vec(any::<u8>(), 0..200)) {
        survives(&bytes);
    }

    #[test]
    fn any_text(text in "\\PC{0,120}") {
        survives(text.as_bytes());
    }

    #[test]
    fn any_words_of_the_language(words in vec(select(WORDS.to_vec()), 0..30), indented: bool) {
        survives(format!("backup cluster a {}", words.join(if indented { "\n  " } else { " " })).as_bytes());
        survives(words.join("\n").as_bytes());
    }

    #[test]
    fn any_change_of_a_spec(at: Index, changes in vec(change(), 1..4)) {
        let texts = corpus::texts();
        let text = at.get(&texts).clone().into_bytes();
        survives(&changes.iter().fold(text, |text, change| changed(&text, change)));
    }
}

const WORDS: &[&str] = &[
    "system",
    "stacks",
    "per",
    "statement",
    "account",
    "defaults",
    "key",
    "backup",
    "cluster",
    "clusters",
    "from",
    "to",
    "vault",
    "daily",
    "named",
    "keep",
    "formerly",
    "since",
    "2026-11-26",
    "forever",
    "start",
    "complete",
    "within",
    "encrypted",
    "by",
    "plan",
    "selection",
    "role",
    "no",
    "restore",
    "as",
    "in",
    "subnet-group",
    "parameter-group",
    "tags",
    "admin",
    "rotate",
    "every",
    "hourly",
    "at",
    "weekdays",
    "weekly",
    "monthly",
    "last",
    "yearly",
    "cron",
    "schedule",
    "rpo",
    "maintenance",
    "automated",
    "ap-northeast-1",
    "ap-northeast-3",
    "01:00",
    "JST",
    "UTC",
    "7d",
    "1h",
    "6h",
    ":15",
    "sun",
    "jan",
    "31",
    "mydb",
    "\"a b\"",
    ",",
    "=",
    "\"0 1 * * ? *\"",
    "role/A",
    "arn:aws:kms:ap-northeast-1:111122223333:key/mrk-1",
    "03:00-04:00",
    "utc",
    "zone",
    "# c",
    "+09:00",
];
