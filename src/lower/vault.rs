//! Backup vaults: each is made once, whoever uses it.

use super::arns::Arns;
use super::tags::Tags;
use super::{Held, Made, StackKind};
use super::{clause, reason};
use crate::aws::location::Location;
use crate::cfn::backup::BackupVault;
use crate::cfn::note::{Note, Path};
use crate::cfn::{LogicalId, Properties, Resource};
use crate::origin::Origin;
use crate::reason::Reason;
use crate::spec::placement::Use;
use crate::spec::{System, VaultName};

/// The vaults of a system, by region and name.
pub(super) fn made(system: &System) -> Vec<Made<'_>> {
    let made = system.vaults.iter().filter_map(|vault| match &vault.name {
        VaultName::Made(name) => one(name, vault.location, &system.uses(&vault.uses).collect::<Vec<_>>()),
        VaultName::Existing(_) => None,
    });
    made.collect()
}

fn one<'a>(name: &str, location: Location, uses: &[Use<'_>]) -> Option<Made<'a>> {
    let mut made = Made::new(&Held::Vault(uses), location);
    let reason = if made.home == StackKind::Source { &reason::SOURCE_VAULT } else { &reason::DESTINATION_VAULT };
    made.resources.push(resource(name, uses, reason)?);
    Some(made)
}

fn resource(name: &str, uses: &[Use<'_>], reason: &'static Reason) -> Option<Resource> {
    let key = &uses.first()?.place().key;
    let origins: Vec<Origin> = uses.iter().map(|used| origin(used, reason)).collect();
    let origin = origins.first()?;
    let key_reason =
        if reason == &reason::SOURCE_VAULT { &reason::SOURCE_VAULT_KEY } else { &reason::DESTINATION_VAULT_KEY };
    let tags = Tags::agreed(uses.iter().map(|used| used.statement));
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

fn origin(used: &Use<'_>, reason: &'static Reason) -> Origin {
    let reason = if used.is_former() { &reason::FORMER_VAULT } else { reason };
    let vault = &used.place().vault;
    Origin::new(clause::of_use(used), vault.span, vault.level, reason)
}
