//! What `drc diff` says of pairs: `tests/change/fields` has one edit for each field of the language,
//! `tests/change/pairs` whole specs, `tests/change/templates` templates that other tools wrote.
//!
//! A pair is the old spec, the new one and what is said of it, without the text of the templates. `UPDATE=1` writes
//! what is said now.

#![expect(clippy::disallowed_methods, reason = "`UPDATE` asks for what is said to be written")]
#![expect(clippy::unwrap_used, reason = "what cannot be compared fails the test")]

mod documented;
#[path = "../meta/edits.rs"]
#[cfg(test)]
mod edits;
#[cfg(test)]
mod foreign;
#[cfg(test)]
mod formats;
#[path = "../page/mod.rs"]
#[cfg(test)]
mod page;
#[cfg(test)]
mod replaced;

use std::fmt::Write as _;
use std::path::Path;

use drc::allowance::loss;
use drc::change::deployed::{StackId, State, Template};
use drc::change::{Change, Report, change, places, text};
use drc::diagnostic::human::Style;
use drc::emit::Format;
use drc::source::Sources;
use drc::text::Language;

/// The instant from which runs are counted.
const NOW: &str = "2026-11-27T00:00:00Z";

/// A spec and what it compiles to.
struct Side {
    sources: Sources,
    files: Vec<drc::source::FileId>,
    compiled: drc::Compiled,
    templates: Vec<Template>,
}

/// Compiles a spec; the codes of its errors where it has any.
fn side(name: &str, spec: &str) -> Result<Side, Vec<&'static str>> {
    let mut sources = Sources::default();
    let file = sources.add(name, spec.as_bytes().to_vec());
    let compiled = drc::compile(&sources, &[file], Format::Yaml, NOW.parse().unwrap());
    let errors: Vec<_> =
        compiled.diagnostics.iter().filter(|finding| finding.is_error()).map(|found| found.rule.code).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let templates = compiled.stacks.iter().zip(&compiled.files).map(|(stack, file)| Template {
        stack: StackId {
            account: stack.account.clone().unwrap_or_else(|| "111122223333".to_owned()),
            region: stack.location.region.code,
            name: stack.name.clone(),
        },
        region: stack.location.region,
        path: file.path.clone(),
        text: String::from_utf8(file.bytes.clone()).unwrap(),
    });
    let templates = templates.collect();
    Ok(Side { sources, files: vec![file], templates, compiled })
}

/// What deploying one spec over another does.
fn compared(old: &Side, new: &Side) -> Change {
    let [mut before, mut after] = [old, new].map(|side| State::read(&side.templates).unwrap());
    before.take_clocks(&old.compiled.spec);
    after.take_clocks(&new.compiled.spec);
    let mut change = change(&before, &after, None, NOW.parse().unwrap());
    places::place(&mut change, &new.compiled.spec, &new.compiled.stacks);
    loss::allow(&mut change, &new.sources, &new.files);
    change
}

/// What is said of a change to a spec, with its clauses, in English.
fn said(change: &Change, new: &Side) -> String {
    said_of(change, &new.sources)
}

fn said_of(change: &Change, sources: &Sources) -> String {
    let report = Report { change, hunks: &[], sources, language: Language::English };
    let mut out = Vec::new();
    text::write(&report, Style::PLAIN, 100, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Compares a text with the file that holds it, or writes it.
fn golden(path: &Path, now: &str, complaints: &mut String) {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, now).unwrap();
        return;
    }
    let listed = std::fs::read_to_string(path).unwrap_or_default();
    if listed != now {
        let diff = similar::TextDiff::from_lines(&listed, now);
        writeln!(complaints, "{}:\n{}", path.display(), diff.unified_diff().header("listed", "now")).unwrap();
    }
}

#[test]
fn every_field_says_what_its_change_does() {
    let old = side("everything.drspec", edits::BASE).unwrap_or_else(|codes| panic!("{codes:?}"));
    let mut complaints = String::new();
    for (what, from, to) in edits::CHANGES {
        let path = format!("tests/change/fields/{}.txt", what.replace(' ', "-"));
        let spec = edits::BASE.replacen(from, to, 1);
        let said = match side("everything.drspec", &spec) {
            Ok(new) => said(&compared(&old, &new), &new),
            Err(codes) => format!("refused: {}\n", codes.join(", ")),
        };
        golden(Path::new(&path), &format!("- {}\n+ {}\n\n{said}", from.trim(), to.trim()), &mut complaints);
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn every_pair_says_what_its_change_does() {
    let mut complaints = String::new();
    let mut paths: Vec<_> =
        std::fs::read_dir("tests/change/pairs").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let (specs, _) = text.split_once("\n=== said\n").unwrap_or((&text, ""));
        let (old, new) =
            specs.split_once("\n=== new\n").unwrap_or_else(|| panic!("{} has no new side", path.display()));
        let old_side =
            side("old.drspec", &format!("{old}\n")).unwrap_or_else(|codes| panic!("{}: {codes:?}", path.display()));
        let new_side =
            side("new.drspec", &format!("{new}\n")).unwrap_or_else(|codes| panic!("{}: {codes:?}", path.display()));
        let said = said(&compared(&old_side, &new_side), &new_side);
        golden(&path, &format!("{old}\n=== new\n{new}\n=== said\n{said}"), &mut complaints);
    }
    assert!(complaints.is_empty(), "{complaints}");
}
