//! What has compiled compiles, and means the same: `tests/compat/*.txt`.
//!
//! Each text holds specs, each below a line `## NAME`: `landed` those that compiled when they were written, `names` those whose
//! names are words of the language, or may become some, and `late` those that compiled once and are errors by
//! intention. `tests/compat/digests` has a line for each: the digest of its templates, or its errors with their
//! places. `UPDATE=1` writes it; a line that changes is a change of meaning, for the changelog.

#![expect(clippy::disallowed_methods, reason = "`UPDATE` asks for the digests to be written")]

use std::path::Path;

use drc::emit::{Format, checksum};
use drc::source::Sources;
use rayon::prelude::*;

/// The instant that coming dates are counted from: the start of 2026.
const NOW: jiff::Timestamp = jiff::Timestamp::constant(1_767_225_600, 0);

/// The digest of a spec's templates, or its errors with their places.
fn meaning(name: &str, text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add(format!("{name}.drspec"), text.as_bytes().to_vec());
    let compiled = drc::compile(&sources, &[file], Format::Yaml, NOW);
    let errors = compiled.diagnostics.iter().filter(|finding| finding.is_error());
    let errors: Vec<String> = errors
        .map(|finding| {
            let (_, line, column) = sources.position(file, finding.span.start);
            format!("{} {line}:{column}", finding.rule.code)
        })
        .collect();
    if !errors.is_empty() {
        return errors.join(", ");
    }
    let is_template = |path: &str| Path::new(path).extension().is_some_and(|extension| extension == "yml");
    let templates = compiled.files.iter().filter(|file| is_template(&file.path));
    let all: Vec<u8> = templates.flat_map(|file| [file.path.as_bytes(), &file.bytes].concat()).collect();
    checksum(&all)
}

#[test]
fn what_has_compiled_means_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/compat");
    let mut digests = String::new();
    for file in ["landed", "names", "late"] {
        let text = std::fs::read_to_string(folder.join(file).with_extension("txt")).unwrap();
        let specs: Vec<&str> = text.split("## ").skip(1).collect();
        let lines = specs.par_iter().map(|spec| {
            let (name, text) = spec.split_once('\n').unwrap();
            format!("{file}/{name} {}\n", meaning(name, text))
        });
        digests.extend(lines.collect::<Vec<_>>());
    }
    let path = folder.join("digests");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &digests).unwrap();
    }
    let recorded = std::fs::read_to_string(path).unwrap_or_default();
    let diff = similar::TextDiff::from_lines(&recorded, &digests);
    assert!(recorded == digests, "{}", diff.unified_diff().header("recorded", "now"));
    let errors = digests.lines().filter(|line| line.contains(" E"));
    assert!(errors.clone().all(|line| line.starts_with("late/")), "{:?}", errors.collect::<Vec<_>>());
}
