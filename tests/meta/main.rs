//! The project held to its own rules.

#![expect(clippy::unwrap_used, reason = "a file that cannot be read fails the test")]

#[cfg(test)]
mod clauses;
#[cfg(test)]
mod code;
#[cfg(test)]
mod cures;
#[cfg(test)]
mod edits;
#[cfg(test)]
mod facts;
#[cfg(test)]
mod fields;
#[cfg(test)]
mod lines;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod specs;

use std::path::{Path, PathBuf};

use drc::Compiled;
use drc::emit::Format;
use drc::source::Sources;

/// The instant that coming dates are counted from: the start of 2026.
const NOW: jiff::Timestamp = jiff::Timestamp::constant(1_767_225_600, 0);

/// What one text makes, and the codes of what is said of it.
fn compile(text: &str) -> (Compiled, Vec<&'static str>) {
    let mut sources = Sources::default();
    let file = sources.add("spec.drspec", text.as_bytes().to_vec());
    let compiled = drc::compile(&sources, &[file], Format::Yaml, NOW);
    let codes = compiled.diagnostics.iter().map(|finding| finding.rule.code).collect();
    (compiled, codes)
}

/// Every file below a folder of the repository whose name ends so.
fn files(folder: &str, end: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(end) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// A path below the repository, with `/`.
fn name(path: &Path) -> String {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().to_string_lossy().replace('\\', "/")
}

/// All complaints at once.
#[track_caller]
fn none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}
