//! What is generated, byte for byte: `tests/build/<case>/*.drspec` and `tests/build/<case>/out`.
//!
//! Every generated file is also held against AWS's own schemas, and `specs/article.drspec` against
//! the system that it replaces. `UPDATE=1` writes the trees that are generated now.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a case that cannot be read fails")]
#![expect(clippy::wildcard_enum_match_arm, reason = "values of another library are looked at")]
#![expect(clippy::disallowed_methods, reason = "`UPDATE` asks for the trees to be written")]

#[path = "build/article.rs"]
mod article;
#[path = "build/golden.rs"]
mod golden;
#[path = "build/schema.rs"]
mod schema;
#[path = "build/value.rs"]
mod value;

use std::path::{Path, PathBuf};

use drc::Compiled;
use drc::emit::Format;
use drc::source::Sources;

/// The instant that coming dates are counted from; no file depends on it.
const NOW: &str = "2026-01-01T00:00:00Z";

/// Compiles files together; their names are their file names, so no path shows.
fn compile(paths: &[PathBuf], format: Format) -> datatest_stable::Result<Compiled> {
    let mut sources = Sources::default();
    let mut files = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        files.push(sources.add(name, std::fs::read(path)?));
    }
    let compiled = drc::compile(&sources, &files, format, NOW.parse()?);
    if compiled.diagnostics.has_errors() {
        return Err(drc::diagnostic::short::render(&compiled.diagnostics, &sources).into());
    }
    Ok(compiled)
}

/// The specs of a case, in the order of their names.
fn specs(folder: &Path) -> datatest_stable::Result<Vec<PathBuf>> {
    let mut specs = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "drspec") {
            specs.push(path);
        }
    }
    specs.sort();
    Ok(specs)
}

datatest_stable::harness! {
    { test = golden::case, root = "tests/build", pattern = r"/case\.toml$" },
    { test = schema::case, root = "tests/build", pattern = r"/case\.toml$" },
    { test = schema::case, root = "specs", pattern = r"\.drspec$" },
    { test = article::case, root = "tests/build", pattern = r"/article\.toml$" },
}
