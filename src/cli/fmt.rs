//! `drc fmt`: the canonical layout.

use std::fs;
use std::path::Path;

use super::report::{self, MessageFormat};
use super::{Context, Failure, Outcome, input, shown};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Sources};
use crate::syntax::format;

/// Rewrite specs in the canonical layout
///
/// Comments are kept. A file with syntax errors is left as it is, and so is one that would mean
/// something else afterwards. `-` formats standard input to standard output.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    specs: input::Specs,
    /// Write nothing; show the difference and exit with 1 if a file is not in the canonical layout
    #[arg(long)]
    check: bool,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let paths = arguments.specs.paths()?;
    let (sources, files) = arguments.specs.load()?;
    let mut diagnostics = Diagnostics::default();
    let formatted: Vec<Option<String>> =
        files.iter().map(|file| format::format(&sources, *file, &mut diagnostics)).collect();
    diagnostics.sort(&sources);
    report::write(&diagnostics, &sources, arguments.message_format, context)?;
    let mut outcome = if diagnostics.has_errors() { Outcome::No } else { Outcome::Yes };
    for ((path, file), formatted) in paths.iter().zip(&files).zip(formatted) {
        let Some(formatted) = formatted else { continue };
        if !write(path, &sources, *file, &formatted, arguments.check, context)? {
            outcome = Outcome::No;
        }
    }
    Ok(outcome)
}

/// Writes or shows one file; `false` when it should have been in the canonical layout and is not.
fn write(
    path: &Path,
    sources: &Sources,
    file: FileId,
    formatted: &str,
    check: bool,
    context: &mut Context<'_>,
) -> Result<bool, Failure> {
    let old = sources.text(file);
    if check {
        let name = shown(path);
        let diff = similar::TextDiff::from_lines(old, formatted);
        context.out.write_all(diff.unified_diff().header(&name, &name).to_string().as_bytes())?;
        return Ok(old == formatted);
    }
    if path == Path::new("-") {
        context.out.write_all(formatted.as_bytes())?;
    } else if old != formatted {
        replace(path, formatted)?;
        writeln!(context.out, "formatted {}", shown(path))?;
    }
    Ok(true)
}

/// Replaces a file whole, so that a spec is never half written.
fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let problem = |error: std::io::Error| Failure(format!("cannot write {}: {error}", shown(path)));
    let target = fs::canonicalize(path).map_err(problem)?;
    let folder = target.parent().unwrap_or_else(|| Path::new("."));
    let permissions = fs::metadata(&target).map_err(problem)?.permissions();
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(problem)?;
    std::io::Write::write_all(&mut file, text.as_bytes()).map_err(problem)?;
    file.as_file().set_permissions(permissions).map_err(problem)?;
    file.persist(&target).map_err(|error| problem(error.error))?;
    Ok(())
}
