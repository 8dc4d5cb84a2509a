//! The kinds of resource that can be backed up.
//!
//! A kind is data, in one file: its words, its ARNs, what encrypts its recovery points, and the calls
//! that AWS Backup makes for it, and the steps of a person on the day. The role's policy, the proof, the
//! explanation and the runbook interpret these and name no service.

pub mod call;
mod cluster;
pub(crate) mod copying;
mod database;
pub(crate) mod every;
mod managed;
mod rds;
pub(crate) mod steps;
mod table;

use crate::aws::name::NameKind;
use crate::reason::{Reason, Sentence};
use call::Call;
pub use cluster::CLUSTER;
pub use database::DATABASE;
use steps::Steps;
pub use table::TABLE;

/// AWS Backup, as `kms:ViaService` begins.
pub const BACKUP: &str = "backup";

/// A kind of resource.
#[derive(Debug)]
pub struct Kind {
    /// What it is called.
    pub words: Words,
    /// What AWS Backup calls the type of resource, where it is switched on for it and where one is restored.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_UpdateRegionSettings.html>.
    pub service_name: &'static str,
    /// How that is done.
    pub region_settings: RegionSettings,
    /// The service that it belongs to, as `kms:ViaService` begins.
    pub service: &'static str,
    /// What AWS accepts as a name of one.
    pub name: NameKind,
    /// What stands behind the name in the host names of its endpoints, which people write for a name.
    pub endpoint: Option<&'static str>,
    /// Its ARNs.
    pub arns: ArnForms,
    /// What encrypts its recovery points.
    pub encryption: Encryption,
    /// What AWS Backup can do with it.
    pub abilities: Abilities,
    /// How to look up which keys its resources have.
    pub keys: KeysLookup,
    /// The calls that AWS Backup makes for it: those that kinds share, and its own.
    pub calls: &'static [&'static [Call]],
    /// What a restore is checked against beside the recovery point and the new resource.
    pub restore: &'static [Setting],
    /// What is left to do after a restore, in a few words; none, where a restore makes all of it.
    pub left_after_restore: Option<Sentence>,
    /// What of it the role can delete, before a list of that.
    pub deletes: Sentence,
    /// What the role must be refused.
    pub refused: Refused,
    /// Its sentences for reasons that every kind has.
    pub why: Reasons,
    /// What a runbook says and does for it.
    pub runbook: Steps,
    /// Every reason of its own file.
    pub(crate) reasons: &'static [&'static Reason],
}

/// The settings of a region with which AWS Backup backs up a kind.
#[derive(Debug)]
pub struct RegionSettings {
    /// The options of `aws backup update-region-settings` that make them, each with its value.
    pub options: &'static [(&'static str, &'static str)],
    /// Where `aws backup describe-region-settings` shows them.
    pub shown: &'static [&'static str],
    /// What is at stake beside being backed up at all.
    pub also: Option<Sentence>,
}

/// The options of `aws backup update-region-settings` that switch kinds on.
pub fn switching_on(kinds: &[&Kind]) -> String {
    let mut options: Vec<(&str, String)> = Vec::new();
    for (option, value) in kinds.iter().flat_map(|kind| kind.region_settings.options) {
        match options.iter_mut().find(|(known, _)| known == option) {
            Some((_, values)) => *values = format!("{values},{value}"),
            None => options.push((option, (*value).to_owned())),
        }
    }
    options.iter().map(|(option, values)| format!("{option} {values}")).collect::<Vec<_>>().join(" ")
}

/// What a kind is called.
#[derive(Debug)]
pub struct Words {
    /// The word of the language, singular.
    pub word: &'static str,
    /// The word of the language, plural.
    pub plural: &'static str,
    /// One of them, in a sentence.
    pub one: Sentence,
    /// Several of them, in a sentence.
    pub many: Sentence,
    /// What else people call them, where a kind is written.
    pub others: &'static [&'static str],
    /// A name that one may have.
    pub example: &'static str,
    /// The service that uses keys for it, as people call it.
    pub key_service: &'static str,
}

impl Words {
    /// The word for so many of them.
    pub fn of(&self, count: usize) -> Sentence {
        if count == 1 { self.one } else { self.many }
    }
}

/// The ARNs of a kind.
#[derive(Debug)]
pub struct ArnForms {
    /// The resources that are backed up and those that a restore makes.
    pub resource: ArnForm,
    /// The recovery points.
    pub points: Points,
}

/// A type of ARN: its service, and what stands before the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArnForm {
    /// The service.
    pub service: &'static str,
    /// The type with its separator, such as `cluster:`.
    pub before: &'static str,
}

/// The ARNs of recovery points.
#[derive(Debug)]
pub struct Points {
    /// Their type.
    pub form: ArnForm,
    /// The names of those that AWS Backup makes.
    pub pattern: &'static str,
    /// A name of one that a backup job made.
    pub made: &'static str,
    /// A name of one that a copy job made.
    pub copied: &'static str,
    /// Names of the same type that AWS Backup does not make, with what they are.
    pub others: &'static [(Sentence, &'static str)],
}

/// What encrypts a recovery point.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// The key of the resource; of a copy, the key of its vault.
    OfResource,
    /// The key of the vault that it lies in.
    OfVault,
}

/// What AWS Backup can do with a kind.
#[derive(Debug)]
pub struct Abilities {
    /// What the role could do to a resource with a name that a restore may give, as `write into it`: rights to restore
    /// are rights over names. None, where they make a resource and can touch no other.
    pub restore_could: Option<&'static str>,
    /// Whether AWS's pages disagree on copies between China's regions.
    pub copies_in_china_disputed: bool,
    /// How many copies of its recovery points AWS has in progress at a time to one region of an account; none, where
    /// AWS names no limit.
    pub copies_in_progress: Option<usize>,
    /// How many minutes before its maintenance window and that of its own automated backup no backup of it is started any
    /// more, nor during them; none, where it is started in spite of both.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html>.
    pub minutes_closed_before_windows: Option<u32>,
}

/// How to look up which keys the resources of a kind have.
#[derive(Debug)]
pub struct KeysLookup {
    /// The command of the AWS CLI, without `aws` and region.
    pub command: &'static str,
    /// The option that names a resource, where the command shows one alone.
    pub of: Option<&'static str>,
    /// What to show of its answer.
    pub query: &'static str,
}

/// Something that a call is about beside resources and recovery points, such as automated snapshots.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RelatedThing {
    /// Its ARN.
    pub arn: ArnForm,
    /// The pattern of its names.
    pub pattern: &'static str,
    /// A name that one may have.
    pub sample: &'static str,
    /// Why it is named so.
    pub why: &'static Reason,
}

/// Something that a restore is checked against, such as a subnet group.
#[derive(Debug)]
pub struct Setting {
    /// The word of the language that names it; none, where nobody can choose it.
    pub word: Option<&'static str>,
    /// What AWS accepts as its name.
    pub name: NameKind,
    /// Its ARN.
    pub arn: ArnForm,
    /// Its name, where nobody chose it.
    pub any: &'static str,
    /// A name that it may have where nobody chose it.
    pub sample: &'static str,
    /// What another one is, which must be refused where one was chosen.
    pub other: Option<Sentence>,
}

/// What the role of a kind must be refused.
#[derive(Debug)]
pub struct Refused {
    /// Actions on a resource that is backed up.
    pub resource: &'static [&'static str],
    /// Actions on a recovery point.
    pub point: &'static [&'static str],
    /// The action that restores, where the spec says that nothing is restored.
    pub restore: &'static str,
    /// What another resource is.
    pub another: Sentence,
    /// What another resource is whose name begins the same.
    pub sibling: Sentence,
    /// Types of ARN, each with another that looks like it; of several the first that no kind of the statement has.
    pub lookalikes: &'static [(&'static str, &'static str)],
}

/// Why the resources and conditions of a kind's permissions are as they are.
#[derive(Debug)]
pub struct Reasons {
    /// A selection.
    pub selection: &'static Reason,
    /// That AWS Backup is switched on for the kind by hand.
    pub opt_in: &'static Reason,
    /// What windows of maintenance and automated backups mean for it.
    pub closed_windows: &'static Reason,
    /// The resources that are backed up.
    pub resource: &'static Reason,
    /// What is read.
    pub read: &'static Reason,
    /// What a restore makes.
    pub restored: &'static Reason,
    /// What else a restore is checked against.
    pub restored_into: &'static Reason,
    /// Recovery points at the source.
    pub points_at_source: &'static Reason,
    /// Recovery points at a destination.
    pub points_at_destination: &'static Reason,
    /// The key of the copies in a destination region, where that is a replica.
    pub replica_key: &'static Reason,
    /// The key of the resources.
    pub resource_key: &'static Reason,
    /// The key of the resources, where the spec does not say which.
    pub unknown_resource_key: &'static Reason,
    /// What a restore does not make.
    pub after_restore: &'static Reason,
}

/// Every kind, in the order of their words.
pub static KINDS: &[&Kind] = &[&CLUSTER, &DATABASE, &TABLE];

/// The kind that a word of the language names, in the singular or in the plural.
pub fn find(word: &str) -> Option<&'static Kind> {
    KINDS.iter().copied().find(|kind| kind.words.word == word || kind.words.plural == word)
}

/// The kind that people mean by a word that is none of the language, such as the name of its service.
pub fn meant(word: &str) -> Option<&'static Kind> {
    let lower = word.to_ascii_lowercase();
    let is = |other: &str| lower.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    find(&lower).or_else(|| KINDS.iter().copied().find(|kind| kind.words.others.iter().any(|other| is(other))))
}

/// The kind of the resource that an ARN names, and its name.
pub fn of_arn(arn: &str) -> Option<(&'static Kind, &str)> {
    // Partition, service, region and account.
    let mut parts = arn.strip_prefix("arn:")?.splitn(5, ':');
    let (service, resource) = (parts.nth(1)?, parts.nth(2)?);
    KINDS.iter().copied().find_map(|kind| {
        let ArnForm { service: own, before } = kind.arns.resource;
        resource.strip_prefix(before).filter(|_| service == own).map(|name| (kind, name))
    })
}

/// A setting of restores by its word, of the first kind that has it.
pub fn setting(word: &str) -> Option<&'static Setting> {
    KINDS.iter().find_map(|kind| kind.setting(word))
}

/// Every word of the language that names a kind.
pub fn words() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|kind| [kind.words.word, kind.words.plural])
}

/// There is one of each.
impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.words.word == other.words.word
    }
}

impl Kind {
    /// Its place among all kinds, by which groups are ordered.
    pub fn rank(&self) -> usize {
        KINDS.iter().position(|kind| *kind == self).unwrap_or(KINDS.len())
    }

    /// The setting of its restores that a word of the language names.
    pub fn setting(&self, word: &str) -> Option<&'static Setting> {
        self.restore.iter().find(|setting| setting.word == Some(word))
    }

    /// The calls that AWS Backup makes for it.
    pub fn calls(&self) -> impl Iterator<Item = &'static Call> {
        self.calls.iter().flat_map(|calls| calls.iter())
    }

    /// The services that use keys on the role's behalf, as `kms:ViaService` begins.
    pub fn services(&self) -> [&'static str; 2] {
        [BACKUP, self.service]
    }

    /// The aliases of the keys that AWS manages for these services.
    pub fn managed_key_aliases(&self) -> impl Iterator<Item = String> {
        self.services().into_iter().map(|service| format!("alias/aws/{service}"))
    }
}

/// The reasons of every kind, file by file.
pub(crate) fn reasons() -> impl Iterator<Item = &'static [&'static Reason]> {
    [every::REASONS, rds::REASONS, rds::keys::REASONS, managed::REASONS]
        .into_iter()
        .chain(KINDS.iter().map(|kind| kind.reasons))
}
