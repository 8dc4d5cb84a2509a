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
use crate::spec::System;
use crate::spec::placement::{Use, Vault};

/// The vaults of a system, by region and name.
pub(super) fn made(system: &System) -> Vec<Made<'_>> {
    let one = |vault: &Vault| one(vault.name.made()?, vault.location, &system.uses(&vault.uses).collect::<Vec<_>>());
    system.vaults.iter().filter_map(one).collect()
}

fn one<'a>(name: &str, location: Location, uses: &[Use<'_>]) -> Option<Made<'a>> {
    let mut made = Made::new(&Held::Vault(uses), location);
    let (why, why_key) = if made.home == StackKind::Source {
        (&reason::SOURCE_VAULT, &reason::SOURCE_VAULT_KEY)
    } else {
        (&reason::DESTINATION_VAULT, &reason::DESTINATION_VAULT_KEY)
    };
    let origins: Vec<Origin> = uses.iter().map(|used| origin(used, why)).collect();
    let (first, key) = (origins.first()?, &uses.first()?.place().key);
    let tags = Tags::agreed(uses.iter().map(|used| used.statement));
    let of_key = Origin::new(first.clause.clone(), key.span, key.level, why_key);
    let mut notes = vec![
        Note::new(Path::new("Properties.BackupVaultName"), first.because(&reason::VAULT_NAME)),
        Note::new(Path::new("Properties.EncryptionKeyArn"), of_key),
    ];
    notes.extend(tags.map_notes(Path::new("Properties.BackupVaultTags"), &reason::SHARED_TAGS));
    let vault = BackupVault {
        backup_vault_name: name.to_owned(),
        encryption_key_arn: Arns::key_here(&key.value),
        backup_vault_tags: tags.map(),
    };
    made.resources.push(Resource::new(LogicalId::new("Vault", name), Properties::Vault(vault), origins, notes));
    Some(made)
}

fn origin(used: &Use<'_>, reason: &'static Reason) -> Origin {
    let reason = if used.is_former() { &reason::FORMER_VAULT } else { reason };
    let vault = &used.place().vault;
    Origin::new(clause::of_use(used), vault.span, vault.level, reason)
}
