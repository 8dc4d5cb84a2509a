//! Stacks that an earlier build has and this one no longer makes: they go on existing.

use std::collections::BTreeSet;
use std::io::Write;

use crate::cli::directory::Change;
use crate::emit::{MANIFEST, Manifest, ManifestStack};
use crate::lower::StackKind;
use crate::text::wrap::paragraph;

/// Says which stacks a build leaves behind, what that means, and how to keep a destination.
pub(super) fn write(changes: &[Change<'_>], columns: usize, out: &mut dyn Write) -> std::io::Result<()> {
    let manifest = |bytes: Option<&[u8]>| serde_json::from_slice::<Manifest>(bytes?).ok();
    let replaced = changes.iter().find(|change| change.path == MANIFEST);
    let Some((earlier, now)) = replaced.and_then(|change| manifest(change.old.as_deref()).zip(manifest(change.new)))
    else {
        return Ok(());
    };
    let orphans = now.orphans(&earlier);
    if orphans.is_empty() {
        return Ok(());
    }
    let mut say = |line: &str| writeln!(out, "{}", paragraph(line, columns));
    say(
        "note: these stacks of an earlier build are not in this one; they go on existing until somebody deletes them:",
    )?;
    for stack in &orphans {
        say(&format!("  {} in {}", stack.name, stack.region))?;
    }
    if orphans.iter().any(|stack| has_plans(stack)) {
        say("  plans among them go on making backups")?;
    }
    say("  their keys and vaults stay and are billed, also when the stacks are deleted")?;
    for region in former_regions(&now, &orphans) {
        say(&format!(
            "  the role no longer deletes, restores or copies back what lies in {region}: if anything does, write \
             `formerly to {region}` in the statement that copied there, and build again"
        ))?;
    }
    Ok(())
}

/// Whether a stack may hold backup plans.
fn has_plans(stack: &ManifestStack) -> bool {
    let ends_as = |kind: StackKind| stack.name.ends_with(&format!("-{}", kind.suffix()));
    // The end of a statement's stack is also that of the others with vaults.
    ends_as(StackKind::Statement) && !ends_as(StackKind::Destination)
}

/// Regions of lost vaults for copies, of systems that go on.
fn former_regions<'a>(now: &Manifest, orphans: &[&'a ManifestStack]) -> BTreeSet<&'a str> {
    let names: BTreeSet<&str> = now.stacks.iter().map(|stack| stack.name.as_str()).collect();
    let goes_on = |system: &str| {
        StackKind::OF_SYSTEM.iter().any(|kind| names.contains(format!("{system}-{}", kind.suffix()).as_str()))
    };
    let end = format!("-{}", StackKind::Destination.suffix());
    let lost = orphans.iter().filter(|stack| stack.name.strip_suffix(&end).is_some_and(goes_on));
    lost.map(|stack| stack.region.as_str()).collect()
}
