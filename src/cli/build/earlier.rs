//! What a build over an earlier one does once it is deployed.

use std::path::Path;

use crate::Compiled;
use crate::change::text::{label, verdict};
use crate::change::{self, Change, Verdict, losses};
use crate::cli::side::{self, deployed, of_compiled, state};
use crate::cli::{Context, Failure};
use crate::emit::MANIFEST;
use crate::source::{FileId, Sources};
use crate::text::Language;
use crate::text::wrap::paragraph;
use jiff::Timestamp;

/// What deploying a build over that in the directory does; none, where there is no other, or it is the same.
pub(super) fn change_of(
    directory: &Path,
    compiled: &Compiled,
    sources: &Sources,
    files: &[FileId],
    now: Timestamp,
) -> Result<Option<(Change, Vec<String>)>, Failure> {
    if !directory.join(MANIFEST).is_file() {
        return Ok(None);
    }
    let (old, new, account) = deployed(side::build(directory)?, of_compiled(compiled));
    let (old, new) = (state(&old)?, state(&new)?);
    let mut change = change::change(&old, &new, account.as_deref(), now);
    change::places::place(&mut change, &compiled.spec, &compiled.stacks);
    let unused = losses::allow(&mut change, sources, files);
    let note = |(span, code): (crate::source::Span, &str)| {
        let (file, line, _) = sources.position(span.file, span.start);
        format!("note: {file}:{line} allows {code}, which this change does not need")
    };
    let notes = unused.into_iter().map(note).collect();
    Ok((!change.is_empty()).then_some((change, notes)))
}

/// Writes the verdict, and what it is for in a line each.
pub(super) fn write(change: &Change, notes: &[String], context: &mut Context<'_>) -> Result<(), Failure> {
    let columns = context.columns.prose;
    writeln!(context.out, "{}", paragraph(&verdict(change, Language::English), columns))?;
    for item in
        change.items().filter(|item| item.verdict > Verdict::Safe && item.rule.is_none_or(|_| item.allowed.is_some()))
    {
        writeln!(context.out, "{}", paragraph(&format!("  {} {}", label(item), item.text.en), columns))?;
    }
    for item in change.conditions() {
        writeln!(context.out, "{}", paragraph(&format!("  if {}", item.text.en), columns))?;
    }
    for note in notes {
        writeln!(context.out, "{}", paragraph(note, columns))?;
    }
    Ok(())
}
