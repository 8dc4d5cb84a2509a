//! Names where none is written: from the names of the system, the statement and the region, never
//! from a position, so that inserting or moving a statement renames nothing.

use crate::aws::name::{NameKind, short_hash};
use crate::aws::region::Region;
use crate::time::schedule::{Recurrence, Schedule};

/// How a statement is called within its system: the names of what it backs up, joined.
pub(super) fn statement(names: &[&str]) -> String {
    NameKind::Plan.shorten(&names.join("-"))
}

/// What begins the names of a statement's resources. A system named after its only resource does
/// not say the name twice.
fn prefix(system: &str, statement: &str) -> String {
    if system == statement { system.to_owned() } else { format!("{system}-{statement}") }
}

/// The backup plan of a statement.
pub(super) fn plan(system: &str, statement: &str) -> String {
    NameKind::Plan.shorten(&format!("{}-plan", prefix(system, statement)))
}

/// The selection of a statement.
pub(super) fn selection(system: &str, statement: &str) -> String {
    NameKind::Selection.shorten(&format!("{}-selection", prefix(system, statement)))
}

/// The role of a statement. IAM is global, so the region is part of the name; and it contains
/// `AWSBackup`, or people with the managed policy `AWSBackupFullAccess` may not pass the role.
pub(super) fn role(system: &str, statement: &str, region: &Region) -> String {
    NameKind::Role.shorten(&format!("AWSBackup-{}-{}", region.code, prefix(system, statement)))
}

/// The vault and the key of a source region.
pub(super) fn source_vault(system: &str) -> String {
    NameKind::Vault.shorten(&format!("{system}-source-vault"))
}

/// The key of a source region.
pub(super) fn source_key(system: &str) -> String {
    NameKind::KeyAlias.shorten(&format!("{system}-primary-kms"))
}

/// The vault for copies. It names where they come from, because two source regions have two keys
/// and a vault has one.
pub(super) fn copy_vault(system: &str, source: &Region) -> String {
    NameKind::Vault.shorten(&format!("{system}-copies-from-{}", source.code))
}

/// The key of a vault for copies.
pub(super) fn copy_key(system: &str, source: &Region) -> String {
    NameKind::KeyAlias.shorten(&format!("{system}-replica-kms-of-{}", source.code))
}

/// A rule, after its schedule: its form, its days, its times and its zone.
pub(super) fn rule(schedule: &Schedule) -> String {
    let words = if let Recurrence::Hourly { minute } = schedule.recurrence() {
        format!("hourly-at-{minute:02}")
    } else if let Recurrence::Cron(cron) = schedule.recurrence() {
        format!("cron-{}", short_hash(&cron.to_string()))
    } else {
        schedule.words().replace([':', ','], "").replace(' ', "-")
    };
    NameKind::Rule.shorten(&format!("{words}-{}", plain(schedule.zone().name())))
}

/// Letters, digits, hyphens and underscores; anything else becomes a hyphen.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).collect()
}
