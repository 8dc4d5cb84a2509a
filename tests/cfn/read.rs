//! The reader over small texts; `tests/properties` has every template and random ones.

use drc::aws::quota::TEMPLATE_BYTES;
use drc::cfn::read::{Node, first_lines, lines, read};
use serde_json::{Value, json};

#[track_caller]
fn value(text: &str) -> Value {
    Value::from(&read(text).unwrap_or_else(|error| panic!("{error}: {text}")).root)
}

/// Plain scalars with what they are.
fn scalars() -> Vec<(&'static str, Value)> {
    vec![
        ("yes", json!(true)),
        ("Off", json!(false)),
        ("TRUE", json!(true)),
        ("yEs", json!("yEs")),
        ("y", json!("y")),
        ("~", Value::Null),
        ("", Value::Null),
        ("Null", Value::Null),
        ("'yes'", json!("yes")),
        ("12", json!(12)),
        ("-12", json!(-12)),
        ("012", json!(10)),
        ("0", json!(0)),
        ("012345678901", json!("012345678901")),
        ("123456789012", json!(123_456_789_012_u64)),
        ("0x1F", json!(31)),
        ("0b101", json!(5)),
        ("0o7", json!("0o7")),
        ("1_000", json!(1000)),
        ("22:30", json!(1350)),
        ("22:61", json!("22:61")),
        ("1.5", json!(1.5)),
        (".5", json!(0.5)),
        ("1e3", json!("1e3")),
        ("1.0e+3", json!(1000.0)),
        (".", json!(".")),
        ("1.2.3", json!("1.2.3")),
        ("+", json!("+")),
        ("99999999999999999999", json!(1e20)),
        ("2012-10-17", json!("2012-10-17")),
        ("!!str 012", json!("012")),
        ("!!int '12'", json!(12)),
        ("! 12", json!("12")),
    ]
}

#[test]
fn scalars_are_those_of_yaml_1_1() {
    for (text, expected) in scalars() {
        assert_eq!(value(&format!("k: {text}")), json!({ "k": expected }), "{text}");
    }
    let json = "{\"k\": [1e3, -1, true, null, \"\\ud83d\\ude00\\/\"]}";
    assert_eq!(value(json), json!({ "k": [1e3, -1, true, null, "😀/"] }));
    assert_eq!(value("on: 1\n012345678901: 2\n~: 3"), json!({ "on": 1, "012345678901": 2, "~": 3 }));
}

#[test]
fn short_forms_are_read_as_long_ones() {
    for (short, long) in [
        ("!Ref A", json!({ "Ref": "A" })),
        ("!Condition A", json!({ "Condition": "A" })),
        ("!Sub 'a ${B}'", json!({ "Fn::Sub": "a ${B}" })),
        ("!GetAtt A.B.C", json!({ "Fn::GetAtt": ["A", "B.C"] })),
        ("!GetAtt [A, B]", json!({ "Fn::GetAtt": ["A", "B"] })),
        ("!ImportValue\n  Fn::Sub: x", json!({ "Fn::ImportValue": { "Fn::Sub": "x" } })),
        ("!If [A, !Ref B, !Ref 'AWS::NoValue']", json!({ "Fn::If": ["A", { "Ref": "B" }, { "Ref": "AWS::NoValue" }] })),
        ("!Join ['', [a, !Ref B]]", json!({ "Fn::Join": ["", ["a", { "Ref": "B" }]] })),
        ("!Sub 12", json!({ "Fn::Sub": "12" })),
        ("!Whatever {a: b}", json!({ "Fn::Whatever": { "a": "b" } })),
    ] {
        assert_eq!(value(&format!("k: {short}")), json!({ "k": long }), "{short}");
    }
}

#[test]
fn aliases_and_merge_keys_are_written_out() {
    let text = "a: &a {x: 1, y: 2}\nb: &b\n- *a\nc:\n  <<: [*a, {y: 3, z: 4}]\n  x: 5\nd: *b\ne: {'<<': 1}\n";
    let read = read(text).unwrap();
    let expected = json!({
        "a": { "x": 1, "y": 2 }, "b": [{ "x": 1, "y": 2 }], "c": { "x": 5, "y": 2, "z": 4 }, "d": [{ "x": 1, "y": 2 }], "e": { "<<": 1 },
    });
    assert_eq!(Value::from(&read.root), expected);
    assert_eq!(
        read.first_alias.map(|extent| (extent.line, text.get(extent.start..extent.end).unwrap())),
        Some((3, "*a"))
    );
}

#[test]
fn what_is_no_template_is_refused_with_its_place() {
    for (text, line, what) in [
        ("", 1, "nothing"),
        ("# a\n", 1, "nothing"),
        ("- a", 1, "a map"),
        ("a", 1, "a map"),
        ("a: b\nc: d\na: e", 3, "`a` is written twice, first on line 1"),
        ("a:\n  - 'x", 2, "unclosed quote"),
        ("a: b\n---\nc: d", 3, "one document"),
        ("a:\n  ? [x]\n  : y", 2, "a name is a text"),
        ("a: *b", 1, "unknown anchor"),
        ("a: &a [*a]", 1, "within what it stands for"),
        ("a:\n  <<: x", 2, "takes a map"),
        ("a: !!binary x", 1, "does not know the tag"),
        ("a:\n\tb: c", 2, ""),
    ] {
        let error = read(text).unwrap_err();
        assert_eq!(error.at.line, line, "{text}: {error}");
        assert!(error.what.contains(what), "{text}: {error}");
    }
}

/// What stands for more than it is long, and what goes deep, takes no more than its length is worth.
#[test]
fn bombs_are_refused() {
    let levels = |count: usize, line: &dyn Fn(usize, usize) -> String| {
        (1..count).map(|level| line(level, level - 1)).collect::<Vec<_>>().concat()
    };
    let doubled = levels(40, &|level, below| format!("a{level}: &a{level} [*a{below}, *a{below}]\n"));
    let nested = levels(200, &|level, below| format!("a{level}: &a{level} [[[[[[[[*a{below}]]]]]]]]\n"));
    let anchored = format!("a: {}{}", "[&a ".repeat(200), "x,".repeat(100_000));
    for (text, what) in [
        (format!("a0: &a0 x\n{doubled}"), "longer than"),
        (format!("a0: &a0 x\n{nested}"), "deeper than"),
        (anchored + &"]".repeat(200), "longer than"),
        (format!("a: {}", "[".repeat(100_000)), "limit"),
        ("- ".repeat(100_000), "limit"),
        ("a".repeat(TEMPLATE_BYTES + 1), "at most"),
    ] {
        let error = read(&text).unwrap_err();
        assert!(error.what.contains(what), "{error}");
    }
}

#[test]
fn every_value_knows_where_it_stands() {
    let text = "あ: い\nR:\n  - S: !Sub 'x'\n    L: |\n      a\n      b\n  - {F: 1,\n     G: 2}\n";
    let read = read(text).unwrap();
    let item = &read.root.get("R").unwrap().items()[0];
    let place = |node: &Node<'_>| (text.get(node.extent.start..node.extent.end).unwrap().to_owned(), node.extent.line);
    assert_eq!(place(read.root.get("あ").unwrap()), ("い".to_owned(), 1));
    assert_eq!(place(item.get("S").unwrap()), ("'x'".to_owned(), 3));
    assert_eq!(item.entries()[1].key_extent.line, 4);
    assert_eq!(place(&read.root.get("R").unwrap().items()[1]), ("{F: 1,\n     G: 2}".to_owned(), 7));
}

#[test]
fn every_line_of_yaml_has_its_path() {
    let root = read(YAML).unwrap().root;
    let lines = lines(YAML, &root);
    let paths: Vec<&str> = lines.iter().map(|line| &*line.path).collect();
    assert_eq!(paths, PATHS);
    let first = first_lines(&root);
    assert_eq!((first["A.B[0]"], first["A.B"], first["D[0]"]), (3, 2, 10));
}

const YAML: &str = "\
A:
  B:
  - Sid: x
    Fn::Sub:
    - text
    - K: 'a: b'
  - 'no: key'
  C: 1
D:
- kms:*
- |
  a
  b
# c
E: !Sub
  x
";

/// The path on each line.
const PATHS: [&str; 16] = [
    "A",
    "A.B",
    "A.B[0].Sid",
    "A.B[0].Fn::Sub",
    "A.B[0].Fn::Sub[0]",
    "A.B[0].Fn::Sub[1].K",
    "A.B[1]",
    "A.C",
    "D",
    "D[0]",
    "D[0]",
    "D[1]",
    "D[1]",
    "D[1]",
    "E",
    "E.Fn::Sub",
];

#[test]
fn every_line_of_json_has_its_path() {
    let json = "{\n  \"A\": {\n    \"B\": [\n      {\n        \"S\": 1\n      },\n      \"x\"\n    ],\n    \"C\": \"y\"\n  }\n}\n";
    let expected = ["", "A", "A.B", "A.B[0]", "A.B[0].S", "A.B[0]", "A.B[1]", "A.B", "A.C", "A", ""];
    let lines = lines(json, &read(json).unwrap().root);
    assert_eq!(lines.iter().map(|line| &*line.path).collect::<Vec<_>>(), expected);
}

#[test]
fn lines_have_keys_and_values() {
    let text = "K: 'it''s'\ncom.x.Y:\n- \"a\\nb\"\n- 365\nL: {}\n";
    let lines = lines(text, &read(text).unwrap().root);
    let shown: Vec<(&str, Option<&str>)> = lines.iter().map(|line| (&*line.key, line.value.as_deref())).collect();
    assert_eq!(
        shown,
        [("K", Some("it's")), ("com.x.Y", None), ("com.x.Y", Some("a\nb")), ("com.x.Y", Some("365")), ("L", None)]
    );
}
