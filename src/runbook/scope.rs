//! What one chapter is about: a cluster, where it lives, and where its copies are.

use super::command::{Command, Word};
use super::stacks::Replicas;
use super::target;
use crate::aws::region::Region;
use crate::aws::region::name as region;
use crate::queue::Waiting;
use crate::spec::destination::{Destination, FormerDestination};
use crate::spec::{Copy, Key, Place, ResourceKey, Restore, Role, Statement, Vault};
use crate::text::Language;
use crate::time::coverage::Coverage;
use crate::time::plan;

/// A cluster with its source and one of its destinations.
pub(super) struct Scope<'a> {
    /// Name of the system.
    pub(super) system: &'a str,
    /// The account that it is deployed to, where it is known.
    pub(super) account: Option<&'a str>,
    /// The statement.
    pub(super) statement: &'a Statement,
    /// Name of the cluster.
    pub(super) cluster: &'a str,
    /// The place with the copies that are restored from; none where nothing is copied.
    pub(super) copies: Option<Destination<'a>>,
    /// What is guaranteed in each place, the source first.
    pub(super) coverage: &'a [(plan::Place, Coverage)],
    /// The replicas of the system that read the ARN of their primary key from another region.
    pub(super) replicas: &'a Replicas<'a>,
    /// What its copies meet in the region that they go to, where they have to wait.
    pub(super) waiting: Option<Waiting>,
}

/// One of the two places of a chapter, with what a restore needs there.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    /// Region, vault and key.
    pub(super) place: &'a Place,
    /// What a restore may make there; none with `no restore`.
    pub(super) restore: Option<&'a Restore>,
    /// The variables of this place, which keep apart what is asked for in both.
    pub(super) variables: &'static Variables,
}

/// Names of the variables that differ between the two places.
pub(super) struct Variables {
    /// ARN of the vault's key.
    pub(super) key: &'static str,
    /// The DB subnet group, where the spec names none.
    pub(super) subnet_group: &'static str,
    /// The parameter group, where the spec names none.
    pub(super) parameter_group: &'static str,
    /// The security group.
    pub(super) security_group: &'static str,
    /// The VPC of the subnet group.
    pub(super) vpc: &'static str,
    /// The recovery point.
    pub(super) point: &'static str,
}

/// Those of the source region.
static SOURCE: Variables = Variables {
    key: "SOURCE_KEY_ARN",
    subnet_group: "SOURCE_SUBNET_GROUP",
    parameter_group: "SOURCE_PARAMETER_GROUP",
    security_group: "SOURCE_SECURITY_GROUP_ID",
    vpc: "SOURCE_VPC_ID",
    point: "SOURCE_POINT_ARN",
};

/// Those of the region with the copies.
static DESTINATION: Variables = Variables {
    key: "DESTINATION_KEY_ARN",
    subnet_group: "DESTINATION_SUBNET_GROUP",
    parameter_group: "DESTINATION_PARAMETER_GROUP",
    security_group: "DESTINATION_SECURITY_GROUP_ID",
    vpc: "DESTINATION_VPC_ID",
    point: "DESTINATION_POINT_ARN",
};

impl<'a> Scope<'a> {
    /// The region that is backed up.
    pub(super) fn source(&self) -> Site<'a> {
        self.site(&self.statement.source, &SOURCE)
    }

    /// The region with the copies, if there is one.
    pub(super) fn destination(&self) -> Option<Site<'a>> {
        Some(self.site(self.copies?.place, &DESTINATION))
    }

    /// Where one restores on the day: the destination; where nothing is copied, the source.
    pub(super) fn refuge(&self) -> Site<'a> {
        self.destination().unwrap_or_else(|| self.source())
    }

    fn site(&self, place: &'a Place, variables: &'static Variables) -> Site<'a> {
        Site {
            place,
            restore: self.statement.restores_in(place.region.node).next().map(|(_, restore)| restore),
            variables,
        }
    }

    /// The account in an ARN: as the spec has it, else from the shell.
    pub(super) fn account(&self) -> &'a str {
        self.account.unwrap_or("${ACCOUNT}")
    }

    /// ARN of the cluster that is backed up; recovery points keep it in every region.
    pub(super) fn cluster_arn(&self) -> String {
        self.arn("rds", self.source().code(), &format!("cluster:{}", self.cluster))
    }

    /// ARN of the role.
    pub(super) fn role_arn(&self) -> String {
        match &self.statement.role.value {
            Role::Made(name) => self.arn("iam", "", &format!("role/{name}")),
            Role::Existing(arn) => arn.as_str().to_owned(),
        }
    }

    /// ARN of a place's vault.
    pub(super) fn vault_arn(&self, place: &Place) -> String {
        match &place.vault.value {
            Vault::Made(name) => self.arn("backup", place.region.node.code, &format!("backup-vault:{name}")),
            Vault::Existing(arn) => arn.as_str().to_owned(),
        }
    }

    /// An ARN in this system's partition and account.
    pub(super) fn arn(&self, service: &str, region: &str, resource: &str) -> String {
        let partition = self.statement.source.region.node.partition.id();
        format!("arn:{partition}:{service}:{region}:{}:{resource}", self.account())
    }

    /// What is said of the copies, where none is made any more.
    pub(super) fn former(&self) -> Option<&'a FormerDestination> {
        self.copies?.former
    }

    /// Whether a copy goes to this chapter's destination; several rules may copy to one place.
    pub(super) fn is_destination(&self, copy: &Copy) -> bool {
        self.copies.is_some_and(|to| to.place.vault_of_region() == copy.place.vault_of_region())
    }

    /// What is guaranteed in the source region.
    pub(super) fn source_coverage(&self) -> Option<&'a Coverage> {
        self.coverage.iter().find(|(place, _)| *place == plan::Place::Source).map(|(_, coverage)| coverage)
    }

    /// What is guaranteed in the region with the copies.
    pub(super) fn destination_coverage(&self) -> Option<&'a Coverage> {
        let name = plan::Place::Copy(self.statement.place_name(self.copies?.place));
        self.coverage.iter().find(|(place, _)| *place == name).map(|(_, coverage)| coverage)
    }

    /// The key that a cluster restored in a place is encrypted with, where the runbook names one.
    /// At the destination the copies' own; at the source the one that the clusters had, if the spec
    /// says which. Where none is named, a restore takes the snapshot's key.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html>.
    pub(super) fn restored_key(&self, site: &Site<'_>) -> Option<KeyChoice<'a>> {
        if site.place.region.node != self.statement.source.region.node {
            return Some(KeyChoice::OfVault);
        }
        match &self.statement.resource_key {
            ResourceKey::Written(key) => match &key.value {
                Key::Existing(arn) => Some(KeyChoice::Arn(arn.as_str())),
                Key::Made(name) => Some(KeyChoice::Alias(name)),
            },
            ResourceKey::Unknown => None,
        }
    }
}

/// Where the ARN of a restored cluster's key comes from.
pub(super) enum KeyChoice<'a> {
    /// The vault's key.
    OfVault,
    /// Written in the spec.
    Arn(&'a str),
    /// The key behind this alias.
    Alias(&'a str),
}

impl<'a> Site<'a> {
    /// The region.
    pub(super) fn region(&self) -> &'static Region {
        self.place.region.node
    }

    /// Code of the region.
    pub(super) fn code(&self) -> &'static str {
        self.place.region.node.code
    }

    /// Name of the region in Japanese.
    pub(super) fn name_ja(&self) -> &'static str {
        region::name(self.region(), Language::Japanese)
    }

    /// Name of the vault.
    pub(super) fn vault(&self) -> &'a str {
        self.place.vault.value.name()
    }

    /// A command of AWS Backup that names this place's vault.
    pub(super) fn backup(&self, operation: &'static str) -> Command {
        Command::new(self.code(), "backup", operation).with("--backup-vault-name", self.vault())
    }

    /// A command of RDS here.
    pub(super) fn rds(&self, operation: &'static str) -> Command {
        Command::new(self.code(), "rds", operation)
    }

    /// The DB subnet group: as written, or from the variable.
    pub(super) fn subnet_group(&self) -> Word {
        named(self.restore.and_then(|restore| restore.settings.get("subnet-group")), self.variables.subnet_group)
    }

    /// The DB cluster parameter group: as written, or from the variable.
    pub(super) fn parameter_group(&self) -> Word {
        named(self.restore.and_then(|restore| restore.settings.get("parameter-group")), self.variables.parameter_group)
    }

    /// A name for a cluster that is restored here, among those that the role may make.
    pub(super) fn restored_name(&self, cluster: &str, suffix: &str) -> String {
        let pattern = self.restore.map_or_else(|| cluster.to_owned(), |restore| restore.pattern.value.clone());
        target::name(&pattern.replace("<name>", cluster), cluster, suffix)
    }
}

fn named(written: Option<&crate::spec::Chosen<String>>, variable: &str) -> Word {
    written.map_or_else(|| Word::Expand(format!("${variable}")), |name| Word::Plain(name.value.clone()))
}
