//! Runbooks, held against the AWS CLI's own models, a shell, and golden files.
//!
//! `UPDATE=1 cargo test --test runbook` writes the golden files again.

#![expect(clippy::unwrap_used, reason = "a spec that cannot be read fails the test")]
#![expect(clippy::indexing_slicing, reason = "data of another shape fails the test")]
#![expect(clippy::panic, reason = "a mismatch fails the test")]

mod commands;
mod documents;
#[path = "../page/mod.rs"]
mod page;
mod pages;
mod script;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use drc::emit::Format;
use drc::procedure::Step;
use drc::runbook::{Runbook, runbook};
use drc::source::Sources;
use drc::spec::Spec;

/// The runbook of a text.
fn of_text(name: &str, text: &str) -> Runbook {
    made(name, text).0
}

/// The runbook of a text, and the spec that it was made of.
fn made(name: &str, text: &str) -> (Runbook, Spec) {
    let mut sources = Sources::default();
    let file = sources.add(name, text.as_bytes().to_vec());
    let compiled = drc::compile(&sources, &[file], Format::Yaml, "2026-12-01T00:00:00Z".parse().unwrap());
    let findings = drc::diagnostic::short::render(&compiled.diagnostics, &sources);
    assert!(!compiled.diagnostics.has_errors(), "{findings}");
    (runbook(&compiled.spec), compiled.spec)
}

/// Every spec of the project, and those beside this test.
fn specs() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut specs: Vec<PathBuf> = ["specs", "tests/e2e/specs", "tests/runbook/specs"]
        .iter()
        .flat_map(|folder| std::fs::read_dir(root.join(folder)).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "drspec"))
        .collect();
    specs.sort();
    assert!(specs.len() > 5);
    specs
}

/// The runbooks of all of them, made once: their figures take a while.
fn runbooks() -> &'static [(String, Runbook)] {
    static RUNBOOKS: LazyLock<Vec<(String, Runbook)>> = LazyLock::new(read_all);
    &RUNBOOKS
}

fn read_all() -> Vec<(String, Runbook)> {
    let read = |path: PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let runbook = of_text(&name, &std::fs::read_to_string(&path).unwrap());
        (name, runbook)
    };
    specs().into_iter().map(read).collect()
}

/// Whether the golden files are to be written.
#[expect(clippy::disallowed_methods, reason = "`UPDATE` asks for the golden files to be written")]
fn updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// Every step of a runbook.
fn steps(runbook: &Runbook) -> impl Iterator<Item = &Step> {
    runbook.steps()
}
