//! Specs to copy from, and what they make.

use std::collections::BTreeSet;
use std::path::Path;

use drc::diagnostic::Diagnostics;
use drc::emit::Format;
use drc::explain::{Input, Language, explain};
use drc::reason::Reason;
use drc::source::Sources;
use drc::syntax::format::format;

use crate::{compile, files, name, none};

#[test]
fn specs_compile_and_have_the_canonical_layout() {
    let mut complaints = Vec::new();
    for path in files("specs", ".drspec") {
        let text = std::fs::read_to_string(&path).unwrap();
        let (compiled, codes) = compile(&text);
        if compiled.diagnostics.has_errors() {
            complaints.push(format!("{}: {codes:?}", name(&path)));
        }
        let mut sources = Sources::default();
        let file = sources.add(name(&path), text.clone().into_bytes());
        if format(&sources, file, &mut Diagnostics::default()).as_deref() != Some(&text) {
            complaints.push(format!("{}: not in the canonical layout", name(&path)));
        }
    }
    none(&complaints);
}

#[test]
fn specs_say_what_they_show() {
    let silent = |path: &Path| !std::fs::read_to_string(path).unwrap().starts_with("# ");
    // These two are quoted whole elsewhere.
    let quoted = ["specs/mydb.drspec", "specs/article.drspec"];
    let complaints: Vec<String> = files("specs", ".drspec")
        .iter()
        .filter(|path| !quoted.contains(&name(path).as_str()) && silent(path))
        .map(|path| format!("{}: no comment says what it shows", name(path)))
        .collect();
    none(&complaints);
}

#[test]
fn every_reason_is_given_in_some_explanation() {
    let mut given: BTreeSet<&Reason> = BTreeSet::new();
    for path in files("tests/build", ".drspec").iter().chain(&files("specs", ".drspec")) {
        let mut sources = Sources::default();
        let file = sources.add(name(path), std::fs::read(path).unwrap());
        let compiled = drc::compile(&sources, &[file], Format::Yaml, crate::NOW);
        let input = Input::new(&sources, &compiled, Format::Yaml);
        let explanation = explain(&input, Language::English);
        given.extend(explanation.points().flat_map(|point| point.causes).map(|cause| cause.reason));
    }
    let all: BTreeSet<&Reason> = drc::lower::reason::all().collect();
    let missing: Vec<_> = all.difference(&given).collect();
    assert!(missing.is_empty(), "given for no golden: {missing:?}");
}
