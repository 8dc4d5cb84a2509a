//! What holds of every spec: on random texts, random specs and random mutations of real ones.

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod fmt;
#[cfg(test)]
mod links;
#[cfg(test)]
mod names;
#[cfg(test)]
mod order;
#[cfg(test)]
mod places;
#[cfg(test)]
mod robust;
#[cfg(test)]
mod spec;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod yaml;

use drc::Compiled;
use drc::diagnostic::short;
use drc::emit::{Format, OutputFile};
use drc::source::Sources;

/// The instant that coming dates are counted from: the start of 2026.
const NOW: jiff::Timestamp = jiff::Timestamp::constant(1_767_225_600, 0);

/// Compiles texts together, each under its name; also what is said, one finding a line.
fn compile(texts: &[(&str, &[u8])], format: Format) -> (Compiled, String) {
    let mut sources = Sources::default();
    let files: Vec<_> = texts.iter().map(|(name, bytes)| sources.add(*name, bytes.to_vec())).collect();
    let compiled = drc::compile(&sources, &files, format, NOW);
    let said = short::render(&compiled.diagnostics, &sources);
    (compiled, said)
}

/// What one text makes; it must have no error.
#[track_caller]
fn build(text: &str) -> Vec<OutputFile> {
    let (compiled, said) = compile(&[("spec.drspec", text.as_bytes())], Format::Yaml);
    assert!(!compiled.diagnostics.has_errors(), "{text}\n{said}");
    compiled.files
}
