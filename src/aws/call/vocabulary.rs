//! The words of the table of calls: when, on what, under which circumstance, and known from where.

use crate::origin::Sentence;

/// When AWS Backup makes a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Finding what a selection means.
    Discover,
    /// Making a recovery point.
    BackUp,
    /// Copying it to the destination.
    CopyOut,
    /// Copying it back after a disaster.
    CopyBack,
    /// Deleting it when it has expired.
    Expire,
    /// Restoring in the source region.
    RestoreAtSource,
    /// Restoring in the destination region.
    RestoreAtDestination,
}

impl Phase {
    /// Every phase, in the order in which they happen.
    pub const ALL: [Self; 7] = [
        Self::Discover,
        Self::BackUp,
        Self::CopyOut,
        Self::CopyBack,
        Self::Expire,
        Self::RestoreAtSource,
        Self::RestoreAtDestination,
    ];

    /// The phase in words.
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

    /// Whether the phase exists only for statements with a destination.
    pub fn needs_destination(self) -> bool {
        matches!(self, Self::CopyOut | Self::CopyBack | Self::RestoreAtDestination)
    }

    /// Whether the phase exists only for statements that restore.
    pub fn needs_restore(self) -> bool {
        matches!(self, Self::RestoreAtSource | Self::RestoreAtDestination)
    }
}

/// A resource of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Object {
    /// No resource type: the action can only be allowed on everything.
    Everything,
    /// The clusters that are backed up.
    Clusters,
    /// Any cluster in the source region.
    AnyClusterAtSource,
    /// Any cluster in the destination regions.
    AnyClusterAtDestination,
    /// Any cluster snapshot in the source region.
    AnySnapshotAtSource,
    /// Any cluster snapshot in the destination regions.
    AnySnapshotAtDestination,
    /// Clusters that a restore makes in the source region.
    RestoredAtSource,
    /// Clusters that a restore makes in a destination region.
    RestoredAtDestination,
    /// AWS Backup's snapshots in the source region.
    SourceSnapshots,
    /// AWS Backup's snapshots in the destination regions.
    DestinationSnapshots,
    /// Subnet, parameter and option groups of a restore in the source region.
    GroupsAtSource,
    /// Subnet, parameter and option groups of a restore in a destination region.
    GroupsAtDestination,
    /// The source vault.
    SourceVault,
    /// The destination vaults.
    DestinationVaults,
    /// The key that the clusters are encrypted with, where the spec says which.
    ClusterKey,
    /// Any key in the source region, of any account: the clusters' own, where the spec does not say which.
    UnknownClusterKey,
    /// The key of the source vault.
    SourceKey,
    /// The keys of the destination vaults.
    DestinationKeys,
    /// Any key in the source region.
    KeysAtSource,
    /// Any key in the destination regions.
    KeysAtDestination,
}

impl Object {
    /// Whether it is in a destination region.
    pub fn is_at_destination(self) -> bool {
        match self {
            Self::AnyClusterAtDestination
            | Self::AnySnapshotAtDestination
            | Self::RestoredAtDestination
            | Self::DestinationSnapshots
            | Self::GroupsAtDestination
            | Self::DestinationVaults
            | Self::DestinationKeys
            | Self::KeysAtDestination => true,
            Self::Everything
            | Self::Clusters
            | Self::AnyClusterAtSource
            | Self::AnySnapshotAtSource
            | Self::RestoredAtSource
            | Self::SourceSnapshots
            | Self::GroupsAtSource
            | Self::SourceVault
            | Self::ClusterKey
            | Self::UnknownClusterKey
            | Self::SourceKey
            | Self::KeysAtSource => false,
        }
    }
}

/// What is known of the circumstances of a call, and therefore demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Circumstance {
    /// Nothing.
    Any,
    /// A grant is asked for by an AWS service for its own resource (`kms:GrantIsForAWSResource`).
    ForAwsResource,
    /// RDS asks for a grant for its own resource (`kms:GrantIsForAWSResource` and `kms:ViaService`).
    ForResourceOfRds,
    /// KMS is called through RDS or AWS Backup (`kms:ViaService`).
    ThroughServices,
    /// KMS is called through RDS (`kms:ViaService`).
    ThroughRds,
    /// The key is an AWS managed key of RDS or AWS Backup (`kms:ResourceAliases`).
    AwsManagedKey,
}

impl Circumstance {
    /// Every circumstance.
    pub const ALL: [Self; 6] = [
        Self::Any,
        Self::ForAwsResource,
        Self::ForResourceOfRds,
        Self::ThroughServices,
        Self::ThroughRds,
        Self::AwsManagedKey,
    ];
}

/// Where a call is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// AWS's list of actions, resource types and condition keys.
    Reference,
    /// The managed policy that AWS attaches for backups.
    BackupPolicy,
    /// The managed policy that AWS attaches for restores.
    RestorePolicy,
    /// AWS Backup's page on encryption.
    EncryptionPage,
    /// The user guide's page on what users of an encrypted Aurora cluster need.
    AuroraPage,
    /// A hand-written system whose jobs ran: backup, copy, copy back and restore.
    Recorded,
}

impl Source {
    /// What it is called.
    pub fn name(self) -> Sentence {
        let same = |name| Sentence { en: name, ja: name };
        match self {
            Self::Reference => {
                Sentence { en: "Service Authorization Reference", ja: "サービス認証リファレンス" }
            }
            Self::BackupPolicy => same("AWSBackupServiceRolePolicyForBackup"),
            Self::RestorePolicy => same("AWSBackupServiceRolePolicyForRestores"),
            Self::EncryptionPage => {
                Sentence { en: "AWS Backup: encryption", ja: "AWS Backup の暗号化のページ" }
            }
            Self::AuroraPage => Sentence { en: "Aurora: key management", ja: "Aurora のキー管理のページ" },
            Self::Recorded => Sentence { en: "recorded working system", ja: "動作実績のある既存システム" },
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
            Self::AuroraPage => {
                Some("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html")
            }
            Self::Recorded => None,
        }
    }
}
