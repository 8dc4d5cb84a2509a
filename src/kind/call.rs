//! The calls that AWS Backup makes for a kind of resource: who makes one, when, on what, under which
//! circumstance, why, and where it is known from.

use serde::Serialize;

use crate::aws::region::{Partition, Region};
use crate::reason::{Reason, Sentence};

/// The service that assumes the role.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html>.
pub const SERVICE: &str = "backup.amazonaws.com";

/// The call with which it does.
pub const ASSUME_ROLE: &str = "sts:AssumeRole";

/// A call, with the resources of its request.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// Who makes it.
    pub by: By,
    /// When.
    pub phase: Phase,
    /// The action that must be allowed.
    pub action: &'static str,
    /// On what; each of them must be allowed.
    pub on: &'static [On],
    /// Under which circumstance.
    pub circumstance: Circumstance,
    /// Why.
    pub why: &'static Reason,
    /// Where the call is known from.
    pub known_from: &'static [Source],
    /// What the sources disagree on, and which side is taken.
    pub note: Option<Sentence>,
}

impl Call {
    /// A call of the role without demands, that the backup policy and the recorded system agree on.
    pub(super) const fn new(phase: Phase, action: &'static str, on: &'static [On], why: &'static Reason) -> Self {
        let known_from = &[Source::BackupPolicy, Source::Recorded];
        Self { by: By::Role, phase, action, on, circumstance: Circumstance::Any, why, known_from, note: None }
    }

    pub(super) const fn under(self, circumstance: Circumstance) -> Self {
        Self { circumstance, ..self }
    }

    pub(super) const fn from(self, known_from: &'static [Source]) -> Self {
        Self { known_from, ..self }
    }

    pub(super) const fn noting(self, note: Sentence) -> Self {
        Self { note: Some(note), ..self }
    }
}

/// Who makes a call. The policy of a statement's role, and its proof, are of those that the role makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// AWS Backup, with the role of the statement.
    Role,
    /// AWS Backup, with its service-linked role in the account of one end of a copy.
    ServiceLinkedRole(End),
    /// A person, on the day.
    Operator,
}

/// Whether an action destroys something; such an action stands in a statement of its own.
pub fn destroys(action: &str) -> bool {
    action.split(':').nth(1).is_some_and(|name| name.starts_with("Delete"))
}

/// What AWS Backup is doing when it makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Finding what a selection means, at the source.
    Discover,
    /// Making a recovery point, at the source.
    BackUp,
    /// Copying a recovery point from one vault to another: out, and back after a disaster.
    Copy,
    /// Deleting a recovery point that has expired, wherever there are any.
    Expire,
    /// Restoring a recovery point, wherever there are any.
    Restore,
}

/// A resource of a call: what, and at which end of the leg.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct On(pub Thing, pub End);

/// An end of a leg. A phase that works at one place has that place at both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Where the recovery point is.
    From,
    /// Where it goes.
    To,
}

/// What a call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// No resource type: the action can only be allowed on everything.
    Everything,
    /// The resources that are backed up.
    Resource,
    /// Every resource of the kind: of what reads and may name none.
    AnyResource,
    /// The recovery points that AWS Backup made.
    Point,
    /// Everything of the type that recovery points are of: of what reads and may name none.
    AnyPoint,
    /// The resources that a restore makes.
    Restored,
    /// What else a restore is checked against: see [`super::Kind::restore`].
    RestoredInto,
    /// Something else that the kind's service has.
    Related(&'static super::RelatedThing),
    /// The vault.
    Vault,
    /// The key of the vault.
    VaultKey,
    /// The key that the resources are encrypted with, where the spec says which; it is at the source alone.
    ResourceKey,
    /// The key that recovery points are encrypted with: that of their vault, but at the source that of
    /// the resource where [`super::Encryption`] says so.
    PointKey,
    /// Any key of the region, of any account: the resources' own, where the spec does not say which.
    UnknownResourceKey,
    /// The keys that AWS manages.
    ManagedKey,
}

/// What is known of the circumstances of a call, and therefore demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Circumstance {
    /// Nothing.
    Any,
    /// A grant is asked for by an AWS service for its own resource.
    ForAwsResource,
    /// A grant is asked for by the kind's own service, and not by AWS Backup.
    ForResourceOfService,
    /// KMS is called through the kind's service or AWS Backup.
    ThroughServices,
    /// KMS is called through the kind's service.
    ThroughService,
    /// The key is one that AWS manages for the kind's service or AWS Backup.
    ManagedKey,
}

/// A condition that a circumstance comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// `kms:GrantIsForAWSResource`.
    ForAwsResource,
    /// `kms:ViaService`: AWS Backup or the kind's service.
    ThroughServices,
    /// `kms:ViaService`: the kind's service.
    ThroughService,
    /// `kms:ResourceAliases`: an AWS managed key.
    ManagedKeyAlias,
}

impl Circumstance {
    /// The conditions, all of which must hold.
    pub const fn demands(self) -> &'static [Demand] {
        match self {
            Self::Any => &[],
            Self::ForAwsResource => &[Demand::ForAwsResource],
            Self::ForResourceOfService => &[Demand::ForAwsResource, Demand::ThroughService],
            Self::ThroughServices => &[Demand::ThroughServices],
            Self::ThroughService => &[Demand::ThroughService],
            Self::ManagedKey => &[Demand::ManagedKeyAlias],
        }
    }
}

/// A way that recovery points go, or a place at which something is done with them.
#[derive(Clone, Copy, Debug)]
pub struct Leg<T> {
    /// When it is gone.
    pub stage: Stage,
    /// Where the recovery point is.
    pub from: T,
    /// Where it goes; where nothing goes anywhere, the same.
    pub to: T,
}

impl<T: Copy> Leg<T> {
    /// The place at one end.
    pub fn at(&self, end: End) -> T {
        match end {
            End::From => self.from,
            End::To => self.to,
        }
    }
}

/// A phase with the direction or the place of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Finding what a selection means.
    Discover,
    /// Making a recovery point.
    BackUp,
    /// Copying it to a destination.
    CopyOut,
    /// Copying it back after a disaster.
    CopyBack,
    /// Deleting it when it has expired.
    Expire,
    /// Restoring in the source region.
    RestoreAtSource,
    /// Restoring in a destination region.
    RestoreAtDestination,
}

impl Stage {
    /// Every stage, in the order in which they happen.
    pub const ALL: [Self; 7] = [
        Self::Discover,
        Self::BackUp,
        Self::CopyOut,
        Self::CopyBack,
        Self::Expire,
        Self::RestoreAtSource,
        Self::RestoreAtDestination,
    ];

    /// The stage in words.
    pub fn words(self) -> Sentence {
        match self {
            Self::Discover => Sentence::new("discover", "リソースの特定"),
            Self::BackUp => Sentence::new("back up", "バックアップ"),
            Self::CopyOut => Sentence::new("copy out", "コピー"),
            Self::CopyBack => Sentence::new("copy back", "コピーバック"),
            Self::Expire => Sentence::new("expire", "期限切れ削除"),
            Self::RestoreAtSource => Sentence::new("restore at the source", "ソースでの復元"),
            Self::RestoreAtDestination => Sentence::new("restore at the destination", "コピー先での復元"),
        }
    }

    /// The phase that it is of.
    pub const fn phase(self) -> Phase {
        match self {
            Self::Discover => Phase::Discover,
            Self::BackUp => Phase::BackUp,
            Self::CopyOut | Self::CopyBack => Phase::Copy,
            Self::Expire => Phase::Expire,
            Self::RestoreAtSource | Self::RestoreAtDestination => Phase::Restore,
        }
    }
}

/// Every leg of a statement, in the order of their stages.
#[derive(Clone, Debug)]
pub struct Legs<T>(Vec<Leg<T>>);

impl<T: Copy> Legs<T> {
    /// The legs between a source and its destinations, each with whether copies are still made to it.
    pub fn new(source: T, destinations: &[(T, bool)], restores: bool) -> Self {
        let here = |stage, place| Leg { stage, from: place, to: place };
        let there = || destinations.iter().map(|(place, _)| *place);
        let copied_to = destinations.iter().filter(|(_, copied_to)| *copied_to).map(|(place, _)| *place);
        let mut legs = vec![here(Stage::Discover, source), here(Stage::BackUp, source)];
        legs.extend(copied_to.map(|to| Leg { stage: Stage::CopyOut, from: source, to }));
        legs.extend(there().map(|from| Leg { stage: Stage::CopyBack, from, to: source }));
        legs.extend(std::iter::once(source).chain(there()).map(|place| here(Stage::Expire, place)));
        if restores {
            legs.push(here(Stage::RestoreAtSource, source));
            legs.extend(there().map(|place| here(Stage::RestoreAtDestination, place)));
        }
        Self(legs)
    }

    /// The legs of a phase.
    pub fn of(&self, phase: Phase) -> impl Iterator<Item = &Leg<T>> {
        self.0.iter().filter(move |leg| leg.stage.phase() == phase)
    }
}

/// Where a call is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// AWS's list of actions, resource types and condition keys.
    Reference,
    /// The managed policy that AWS attaches for backups.
    BackupPolicy,
    /// The managed policy that AWS attaches for restores.
    RestorePolicy,
    /// AWS Backup's page on encryption.
    EncryptionPage,
    /// A page of a service's own guide that says what its users need: what it is called, and where it can be read.
    Guide(Sentence, &'static str),
    /// A hand-written system whose jobs ran: backup, copy, copy back and restore.
    Recorded,
}

impl Source {
    /// What it is called.
    pub fn name(self) -> Sentence {
        let same = |name| Sentence { en: name, ja: name };
        match self {
            Self::Reference => Sentence::new("Service Authorization Reference", "サービス認証リファレンス"),
            Self::BackupPolicy => same("AWSBackupServiceRolePolicyForBackup"),
            Self::RestorePolicy => same("AWSBackupServiceRolePolicyForRestores"),
            Self::EncryptionPage => Sentence::new("AWS Backup: encryption", "AWS Backup の暗号化のページ"),
            Self::Guide(name, _) => name,
            Self::Recorded => Sentence::new("recorded working system", "動作実績のある既存システム"),
        }
    }

    /// Where it can be read; the recorded system is not published with its job logs.
    pub fn page(self) -> Option<&'static str> {
        match self {
            Self::Reference => Some("https://docs.aws.amazon.com/service-authorization/latest/reference/"),
            Self::BackupPolicy | Self::RestorePolicy => {
                Some("https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html")
            }
            Self::EncryptionPage => Some("https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"),
            Self::Guide(_, page) => Some(page),
            Self::Recorded => None,
        }
    }
}

/// Services as `kms:ViaService` names them. AWS's pages show the global suffix; whether China's regions
/// send it or their own is not documented, so both are allowed there.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>.
pub fn via(services: &[&str], region: &Region) -> Vec<String> {
    let suffixes: &[&str] = match region.partition {
        Partition::Aws | Partition::GovCloud => &["amazonaws.com"],
        Partition::China => &["amazonaws.com", "amazonaws.com.cn"],
        Partition::EuropeanSovereign => &["amazonaws.com", "amazonaws.eu"],
    };
    let named = |service| suffixes.iter().map(move |suffix| format!("{service}.{}.{suffix}", region.code));
    services.iter().flat_map(named).collect()
}
