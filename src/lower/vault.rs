//! Backup vaults: each is made once, whoever uses it.

use std::collections::BTreeMap;

use super::arns::Arns;
use super::reason;
use super::tags::Tags;
use super::{Made, StackKind, Thing};
use crate::cfn::backup::BackupVault;
use crate::cfn::note::{Note, Path};
use crate::cfn::{LogicalId, Properties, Resource};
use crate::origin::Origin;
use crate::reason::Reason;
use crate::spec::System;
use crate::spec::placement::VaultUse;

/// The vaults of a system, by region and name.
pub(super) fn made(system: &System) -> Vec<Made<'_>> {
    let mut vaults: BTreeMap<(&str, &str), Vec<VaultUse<'_>>> = BTreeMap::new();
    for vault in system.vault_uses() {
        if let Some(name) = vault.made() {
            vaults.entry((vault.place.region.node.code, name)).or_default().push(vault);
        }
    }
    vaults.into_iter().filter_map(|((_, name), uses)| one(name, &uses)).collect()
}

fn one<'a>(name: &str, uses: &[VaultUse<'_>]) -> Option<Made<'a>> {
    let region = uses.first()?.place.region.node;
    let mut made = Made::new(&Thing::Vault(uses), region);
    let reason = if made.home == StackKind::Source { &reason::SOURCE_VAULT } else { &reason::DESTINATION_VAULT };
    made.resources.push(resource(name, uses, reason)?);
    Some(made)
}

fn resource(name: &str, uses: &[VaultUse<'_>], reason: &'static Reason) -> Option<Resource> {
    let place = uses.first()?.place;
    let origins: Vec<Origin> = uses.iter().map(|vault| origin(vault, reason)).collect();
    let origin = origins.first()?;
    let key = &place.key;
    let key_reason =
        if reason == &reason::SOURCE_VAULT { &reason::SOURCE_VAULT_KEY } else { &reason::DESTINATION_VAULT_KEY };
    let tags = Tags::agreed(uses.iter().map(|vault| vault.statement));
    let mut notes = vec![
        Note::new(Path::new("Properties.BackupVaultName"), origin.because(&reason::VAULT_NAME)),
        Note::new(
            Path::new("Properties.EncryptionKeyArn"),
            Origin::new(origin.clause.clone(), key.span, key.level, key_reason),
        ),
    ];
    notes.extend(tags.map_notes(Path::new("Properties.BackupVaultTags"), &reason::SHARED_TAGS));
    let vault = BackupVault {
        backup_vault_name: name.to_owned(),
        encryption_key_arn: Arns::key_here(&key.value),
        backup_vault_tags: tags.map(),
    };
    Some(Resource::new(LogicalId::new("Vault", name), Properties::Vault(vault), origins, notes))
}

fn origin(vault: &VaultUse<'_>, reason: &'static Reason) -> Origin {
    let direction = vault.destination.map_or("from", |destination| destination.clause());
    let former = vault.destination.is_some_and(|destination| destination.former.is_some());
    let reason = if former { &reason::FORMER_VAULT } else { reason };
    let clause = format!("backup {} / {direction} {}", vault.statement.name, vault.place.region.node.code);
    Origin::new(clause, vault.place.vault.span, vault.place.vault.level, reason)
}
