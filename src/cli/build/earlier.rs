//! What a build over an earlier one does once it is deployed.

use std::path::Path;

use crate::Compiled;
use crate::allowance::loss;
use crate::change::words::{label, unused, verdict};
use crate::change::{self, Change, Report, Verdict};
use crate::cli::side::{self, deployed, of_compiled, state};
use crate::cli::{Context, Failure, directory};
use crate::emit::MANIFEST;
use crate::source::{FileId, Sources};
use crate::text::Language;
use crate::text::wrap::paragraph;
use jiff::Timestamp;

/// What deploying a build over that in the directory does; none, where there is no other, or it is the same, or there are
/// errors.
pub(super) fn change_of(
    out: &Path,
    compiled: &Compiled,
    sources: &Sources,
    files: &[FileId],
    now: Timestamp,
) -> Result<Option<Change>, Failure> {
    if compiled.diagnostics.has_errors() || !out.join(MANIFEST).is_file() {
        return Ok(None);
    }
    // What is not as an earlier build left it is found before anything of it is read.
    directory::compare(out, &compiled.files)?;
    let (old, new) = (side::build(out)?, of_compiled(compiled));
    let mut change = Change::default();
    if old.len() != new.len() || old.iter().zip(&new).any(|(old, new)| !old.is_same(new)) {
        let (old, new, account) = deployed(old, new);
        let (old, mut new) = (state(&old)?, state(&new)?);
        new.take_clocks(&compiled.spec);
        change = change::change(&old, &new, account.as_deref(), now);
        change::places::place(&mut change, &compiled.spec, &compiled.stacks);
    }
    loss::allow(&mut change, sources, files);
    Ok((!change.is_empty() || !change.unused.is_empty()).then_some(change))
}

/// Writes the verdict, and what it is for in a line each.
pub(super) fn write(change: &Change, sources: &Sources, context: &mut Context<'_>) -> Result<(), Failure> {
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
    for note in unused(&Report { change, hunks: &[], sources, language: Language::English }) {
        writeln!(context.out, "{}", paragraph(&format!("  {note}"), columns))?;
    }
    Ok(())
}
