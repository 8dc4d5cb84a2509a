//! What one chapter is about: a resource, where it lives, and where its copies are.

use super::stacks::Replicas;
use super::target;
use crate::aws::arn;
use crate::kind::steps::{Restorable, Site, Steps};
use crate::queue::Waiting;
use crate::spec::destination::{Destination, FormerDestination};
use crate::spec::{Copy, Group, Place, Restore, Role, Statement, VaultName};
use crate::time::coverage::Coverage;
use crate::time::plan;

/// A resource with its source and one of its destinations.
pub(super) struct Scope<'a> {
    /// Name of the system.
    pub(super) system: &'a str,
    /// The account that it is deployed to, where it is known.
    pub(super) account: Option<&'a str>,
    /// The statement.
    pub(super) statement: &'a Statement,
    /// The kind, and what may be restored of it.
    pub(super) group: &'a Group,
    /// Name of the resource.
    pub(super) resource: &'a str,
    /// The place with the copies that are restored from; none where nothing is copied.
    pub(super) copies: Option<Destination<'a>>,
    /// What is guaranteed in each place, the source first.
    pub(super) coverage: &'a [(plan::Where, Coverage)],
    /// The replicas of the system that read the ARN of their primary key from another region.
    pub(super) replicas: &'a Replicas<'a>,
    /// What its copies meet in the region that they go to, where they have to wait.
    pub(super) waiting: Option<Waiting>,
}

/// The variable with the ARN of a vault's key, without its prefix.
pub(super) const KEY: &str = "KEY_ARN";

impl<'a> Scope<'a> {
    /// The region that is backed up.
    pub(super) fn source(&self) -> Site<'a> {
        self.site(&self.statement.source, "SOURCE")
    }

    /// The region with the copies, if there is one.
    pub(super) fn destination(&self) -> Option<Site<'a>> {
        Some(self.site(self.copies?.place, "DESTINATION"))
    }

    /// Where one restores on the day: the destination; where nothing is copied, the source.
    pub(super) fn refuge(&self) -> Site<'a> {
        self.destination().unwrap_or_else(|| self.source())
    }

    /// Region, vault and key of it.
    pub(super) fn refuge_place(&self) -> &'a Place {
        self.copies.map_or(&self.statement.source, |copies| copies.place)
    }

    fn site(&self, place: &'a Place, prefix: &'static str) -> Site<'a> {
        Site {
            region: place.region.node,
            vault: place.vault.value.name(),
            vault_arn: self.vault_arn(place),
            restore: self.group.restores.get(place.region.node.code).map(restorable),
            prefix,
        }
    }

    /// The steps of the kind.
    pub(super) fn steps(&self) -> &'static Steps {
        &self.group.kind.runbook
    }

    /// A name for what is restored in a region, among those that the role may make.
    pub(super) fn restored_name(&self, site: &Site<'_>, suffix: &str) -> String {
        target::name(self.group.kind.name, &site.pattern(self.resource), self.resource, suffix)
    }

    /// The variable with the ARN of the resource.
    pub(super) fn arn_variable(&self) -> String {
        format!("{}_ARN", self.group.kind.words.word.to_ascii_uppercase())
    }

    /// The value of that variable.
    pub(super) fn arn_value(&self) -> String {
        format!("${}", self.arn_variable())
    }

    /// ARN of the resource that is backed up; recovery points keep it in every region.
    pub(super) fn resource_arn(&self) -> String {
        self.arn_of(&self.source(), self.resource)
    }

    /// ARN of a resource of the kind.
    pub(super) fn arn_of(&self, site: &Site<'_>, name: &str) -> String {
        let form = self.group.kind.arns.resource;
        self.arn(form.service, site.code(), &format!("{}{name}", form.before))
    }

    /// ARN of the role.
    pub(super) fn role_arn(&self) -> String {
        match &self.statement.role.value {
            Role::Made(name) => self.arn("iam", "", &format!("role/{name}")),
            Role::Existing(arn) => arn.as_str().to_owned(),
        }
    }

    /// ARN of a place's vault.
    fn vault_arn(&self, place: &Place) -> String {
        match &place.vault.value {
            VaultName::Made(name) => self.arn("backup", place.region.node.code, &format!("backup-vault:{name}")),
            VaultName::Existing(arn) => arn.as_str().to_owned(),
        }
    }

    /// An ARN in this system's partition and account, which is from the shell where the spec does not say it.
    pub(super) fn arn(&self, service: &str, region: &str, resource: &str) -> String {
        let partition = self.statement.source.region.node.partition.id();
        let account = self.account.unwrap_or("${ACCOUNT}");
        arn::arn([partition, service, region, account, resource])
    }

    /// What is said of the copies, where none is made any more.
    pub(super) fn former(&self) -> Option<&'a FormerDestination> {
        self.copies?.former
    }

    /// Whether a copy goes to this chapter's destination; several rules may copy to one place.
    pub(super) fn is_destination(&self, copy: &Copy) -> bool {
        self.copies.is_some_and(|to| to.place.identity() == copy.place.identity())
    }

    /// What is guaranteed in the source region.
    pub(super) fn source_coverage(&self) -> Option<&'a Coverage> {
        self.coverage_in(&plan::Where::Source)
    }

    /// What is guaranteed in the region with the copies.
    pub(super) fn destination_coverage(&self) -> Option<&'a Coverage> {
        self.coverage_in(&plan::Where::Copy(self.statement.place_name(self.copies?.place)))
    }

    fn coverage_in(&self, place: &plan::Where) -> Option<&'a Coverage> {
        self.coverage.iter().find(|(known, _)| known == place).map(|(_, coverage)| coverage)
    }
}

/// What a restore may make, as a kind sees it.
pub(super) fn restorable(restore: &Restore) -> Restorable<'_> {
    Restorable {
        pattern: &restore.pattern.value,
        patterns: &restore.patterns,
        settings: restore.settings.iter().map(|(word, name)| (*word, name.value.as_str())).collect(),
    }
}
