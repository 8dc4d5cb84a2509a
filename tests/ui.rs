//! Findings as people see them: `tests/ui/<CODE>/*.drspec`.
//!
//! A case is a spec with everything that drc says of it as its last comment block; without one it
//! must be accepted in silence. `several` holds specs with errors that have nothing to do with each
//! other, all of which are said, each once. The block is taken off before the spec is read. `UPDATE=1` writes
//! what is said now.

#![expect(clippy::string_slice, reason = "the block of findings begins with a character of one byte")]
#![expect(clippy::disallowed_methods, reason = "`UPDATE` asks for the findings to be written")]

use std::path::Path;

use drc::diagnostic::human::{Style, render};
use drc::emit::Format;
use drc::source::Sources;

/// The instant that coming dates are counted from.
const NOW: &str = "2026-01-01T00:00:00Z";

fn case(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let spec = &text[..findings_begin(&text)];
    let mut sources = Sources::default();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let file = sources.add(name, spec.as_bytes().to_vec());
    let compiled = drc::compile(&sources, &[file], Format::Yaml, NOW.parse()?);
    let codes: Vec<&str> = compiled.diagnostics.iter().map(|finding| finding.rule.code).collect();
    let folder = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy().into_owned();
    let errors = compiled.diagnostics.counts().0;
    let expected = match folder.as_str() {
        "accepted" => codes.is_empty(),
        "several" => errors > 1,
        code => codes.contains(&code),
    };
    if !expected {
        return Err(format!("a case of {folder} raises {codes:?}").into());
    }
    if compiled.diagnostics.has_errors() != compiled.files.is_empty() {
        return Err("an error and files go together".into());
    }
    let said = render(&compiled.diagnostics, &sources, Style::PLAIN);
    let now: String = said.lines().map(|line| format!("# {line}").trim_end().to_owned() + "\n").collect();
    let now = format!("{spec}{now}");
    if std::env::var_os("UPDATE").is_some() {
        return Ok(std::fs::write(path, now)?);
    }
    if now != text {
        let diff = similar::TextDiff::from_lines(&text, &now);
        return Err(
            format!("other findings than the case lists:\n{}", diff.unified_diff().header("listed", "now")).into()
        );
    }
    Ok(())
}

/// Where the comment block of findings begins: everything from there is a comment.
fn findings_begin(text: &str) -> usize {
    let mut begin = text.len();
    let mut offset = text.len();
    for line in text.split_inclusive('\n').rev() {
        offset -= line.len();
        if !line.starts_with('#') {
            break;
        }
        if line.starts_with("# error[") || line.starts_with("# warning[") {
            begin = offset;
        }
    }
    begin
}

datatest_stable::harness! {
    { test = case, root = "tests/ui", pattern = r"\.drspec$" },
}
