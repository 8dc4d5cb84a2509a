//! Backup vaults: each made once, in the stack of the region's role.

use std::collections::BTreeMap;

use super::arns::Arns;
use super::reason;
use super::tags::Tags;
use super::{Stack, StackKind, new_stack, stack_ref};
use crate::aws::region::{self, Region};
use crate::cfn::backup::BackupVault;
use crate::cfn::note::{Note, Path};
use crate::cfn::{LogicalId, Properties, Resource};
use crate::origin::Origin;
use crate::reason::Reason;
use crate::spec::placement::VaultUse;
use crate::spec::{Key, System};

type Vaults<'a> = BTreeMap<&'a str, Vec<VaultUse<'a>>>;

/// The vaults that are made in a region by name, each with all of its uses.
fn vaults<'a>(system: &'a System, region: &'static Region) -> Vaults<'a> {
    let mut vaults = Vaults::new();
    for vault in system.vault_uses().filter(|vault| vault.place.region.node == region) {
        if let Some(name) = vault.made() {
            vaults.entry(name).or_default().push(vault);
        }
    }
    vaults
}

/// A vault that holds copies belongs to the destination stack, whoever else uses it.
fn holds_copies(uses: &[VaultUse<'_>]) -> bool {
    uses.iter().any(|vault| vault.destination.is_some())
}

/// The vaults that the stack of a source region makes, by name.
pub(super) fn source_vaults<'a>(system: &'a System, region: &'static Region) -> BTreeMap<&'a str, Resource> {
    vaults(system, region)
        .into_iter()
        .filter(|(_, uses)| !holds_copies(uses))
        .filter_map(|(name, uses)| Some((name, resource(name, &uses, &reason::SOURCE_VAULT)?)))
        .collect()
}

/// A stack in each region that holds copies.
pub(super) fn destination_stacks(system: &System) -> Vec<Stack> {
    let copies = system.vault_uses().filter(|vault| vault.destination.is_some() && vault.made().is_some());
    let mut codes: Vec<&'static str> = copies.map(|vault| vault.place.region.node.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.into_iter().filter_map(region::find).map(|region| destination_stack(system, region)).collect()
}

fn destination_stack(system: &System, region: &'static Region) -> Stack {
    let vaults = vaults(system, region);
    let holding = vaults.iter().filter(|(_, uses)| holds_copies(uses));
    let resources = holding.filter_map(|(name, uses)| resource(name, uses, &reason::DESTINATION_VAULT)).collect();
    let mut stack = new_stack(system, StackKind::Destination, region, resources);
    stack.template.description = format!("Vaults for the copies of {} in {}", system.name.value, region.code);
    stack.template.architecture =
        "Backup vaults that receive copies from the source regions, encrypted with the replica keys";
    let makes_key = |uses: &Vec<VaultUse<'_>>| uses.iter().any(|vault| matches!(vault.place.key.value, Key::Made(_)));
    if vaults.values().filter(|uses| holds_copies(uses)).any(makes_key) {
        stack.depends_on.push(stack_ref(system, StackKind::ReplicaKeys, region));
    }
    stack
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
    Some(Resource::new(vault_id(name), Properties::Vault(vault), origins, notes))
}

/// The logical id of a vault.
pub(super) fn vault_id(name: &str) -> LogicalId {
    LogicalId::new("Vault", name)
}

fn origin(vault: &VaultUse<'_>, reason: &'static Reason) -> Origin {
    let direction = vault.destination.map_or("from", |destination| destination.clause());
    let former = vault.destination.is_some_and(|destination| destination.former.is_some());
    let reason = if former { &reason::FORMER_VAULT } else { reason };
    let clause = format!("backup {} / {direction} {}", vault.statement.name, vault.place.region.node.code);
    Origin::new(clause, vault.place.vault.span, vault.place.vault.level, reason)
}
