//! What is written reads back as what was meant, and nothing that anybody writes is more than the reader takes.

use drc::cfn::read::{Node, lines, read};
use drc::emit::{self, Format, yaml};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;

use crate::{compile, corpus};

/// The value that a text is read as.
#[track_caller]
fn value(text: &str) -> Value {
    Value::from(&read(text).unwrap_or_else(|error| panic!("{error}\n{text}")).root)
}

/// Every spec in the tree, in both formats: drc's reader and the library's agree with the values that are written.
#[test]
fn every_template_reads_back_as_it_was_meant() {
    let mut templates = 0;
    for text in corpus::texts() {
        let (compiled, _) = compile(&[("spec.drspec", text.as_bytes())], Format::Yaml);
        for (stack, format) in compiled.stacks.iter().flat_map(|stack| [(stack, Format::Yaml), (stack, Format::Json)]) {
            let meant = serde_json::to_value(&stack.template).unwrap();
            let written = emit::template(stack, format);
            assert_eq!(value(&written), meant, "{written}");
            let library: Value = serde_yaml::from_str(&written).unwrap();
            assert_eq!(library, meant, "{written}");
            templates += 1;
        }
    }
    assert!(templates > 500, "{templates} templates");
}

/// How many lines a text has to YAML, to which a carriage return alone ends one too.
fn line_count(text: &str) -> usize {
    text.replace("\r\n", "\n").replace('\r', "\n").lines().count().max(1)
}

/// Every part stands within the whole, begins and ends between characters, and has a line of the text.
#[track_caller]
fn stands_somewhere(node: &Node<'_>, text: &str) {
    let extent = node.extent;
    assert!(text.get(extent.start..extent.end).is_some(), "{extent:?} in {text:?}");
    // A value that is empty may begin behind the last line.
    assert!((1..=line_count(text) + 1).contains(&extent.line), "{extent:?} in {text:?}");
    node.items().iter().for_each(|item| stands_somewhere(item, text));
    node.entries().iter().for_each(|entry| stands_somewhere(&entry.value, text));
}

/// Whatever a text is: it is read, or it is said where it cannot be.
#[track_caller]
fn is_taken(text: &str) {
    match read(text) {
        Ok(template) => {
            stands_somewhere(&template.root, text);
            assert_eq!(lines(text, &template.root).len(), text.lines().count());
        }
        Err(error) => {
            assert!((1..=line_count(text) + 1).contains(&error.at.line), "{error} in {text:?}");
        }
    }
}

fn text() -> impl Strategy<Value = String> {
    let word = select(vec![
        "yes",
        "NO",
        "on",
        "~",
        "null",
        "012",
        "22:30",
        "1e3",
        "0x1F",
        "2012-10-17",
        "<<",
        "=",
        "*a",
        "&a",
        "!Ref a",
        "${AWS::Partition}",
        "a: b",
        "- a",
        "# a",
        "'",
        "\"",
        "a\nb",
        "\n",
        " a ",
        "日本語",
        "\u{feff}",
        "😀",
        "\t",
        "[a]",
        "{a}",
        "",
    ]);
    // No spec has characters of control or private use, or ones that end a line to YAML 1.1 alone.
    prop_oneof![
        word.prop_map(str::to_owned),
        "[^\u{e000}-\u{f8ff}\u{0}-\u{8}\u{b}-\u{1f}\u{7f}-\u{9f}\u{2028}\u{2029}]{0,12}"
    ]
}

fn tree() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        text().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        Just(Value::Null),
    ];
    scalar.prop_recursive(4, 40, 5, |inner| {
        let map = proptest::collection::vec((text(), inner.clone()), 0..5);
        prop_oneof![proptest::collection::vec(inner, 0..5).prop_map(Value::from), map.prop_map(Value::from_iter)]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 800, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_templates_read_back_as_they_were_meant(entries in proptest::collection::vec((text(), tree()), 1..4)) {
        let meant = Value::from_iter(entries);
        let texts = [yaml::render(&meant), serde_json::to_string_pretty(&meant).unwrap(), meant.to_string()];
        for text in &texts {
            prop_assert_eq!(&value(text), &meant, "{}", text);
        }
    }

    #[test]
    fn any_text_is_taken(text in "(?s).{0,60}") {
        is_taken(&text);
    }

    #[test]
    fn what_looks_like_a_template_is_taken(parts in proptest::collection::vec(select(vec![
        "a", "b", ": ", ":\n", "- ", "\n", "  ", "    ", "[", "]", "{", "}", ", ", "&a ", "*a", "<<", "!Ref ", "!GetAtt ", "!!str ", "!x!y ",
        "? ", "|\n", ">-\n", "'", "\"", "\\u", "#", "---\n", "...\n", "%TAG ! x\n", "\t", "12", "yes", "あ", "\r\n", "\u{85}", "\u{feff}",
    ]), 0..24)) {
        is_taken(&parts.concat());
    }

    #[test]
    fn what_is_broken_is_taken(text in select(templates()), at: prop::sample::Index, cut in 0_usize..40, put in "[-:\\[\\]{}&*!|>'\"%@# \n\ta]{0,3}") {
        let mut begin = at.index(text.len());
        while !text.is_char_boundary(begin) { begin -= 1; }
        let mut end = (begin + cut).min(text.len());
        while !text.is_char_boundary(end) { end += 1; }
        let mut broken = text.clone();
        broken.replace_range(begin..end, &put);
        is_taken(&broken);
    }
}

/// Some templates, in both formats.
fn templates() -> Vec<String> {
    let spec = include_str!("../../specs/article.drspec");
    let of = |format| {
        let files = compile(&[("spec.drspec", spec.as_bytes())], format).0.files;
        let templates = files.into_iter().filter(|file| file.path.contains('/'));
        templates.map(|file| String::from_utf8(file.bytes).unwrap()).collect::<Vec<_>>()
    };
    [of(Format::Yaml), of(Format::Json)].concat()
}
