//! What AWS Backup calls with the role, phase by phase, for an Aurora cluster.
//!
//! This table is the only place where an action of the role is named; the role's policy is computed
//! from it. Where sources disagree a row takes the side on which no job fails, and says so in its
//! reason. What AWS documents as not needed here is not in it:
//!
//! - `rds:ModifyDBClusterSnapshotAttribute` shares a snapshot with another account; copies within
//!   one account share nothing
//!   (<https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBClusterSnapshotAttribute.html>).
//! - `rds:CreateDBInstance` makes instances; AWS Backup restores the cluster alone
//!   (<https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html>).

use crate::origin::Reason;

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
    /// Whether the phase exists only for statements that copy.
    pub fn needs_copies(self) -> bool {
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
    /// The key that the clusters are encrypted with.
    ClusterKey,
    /// The key of the source vault.
    SourceKey,
    /// The keys of the destination vaults.
    DestinationKeys,
    /// Any key in the source region.
    KeysAtSource,
    /// Any key in the destination regions.
    KeysAtDestination,
}

/// What is known of the circumstances of a call, and therefore demanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Circumstance {
    /// Nothing.
    Any,
    /// A grant is asked for by an AWS service for its own resource (`kms:GrantIsForAWSResource`).
    ForAwsResource,
    /// KMS is called through RDS or AWS Backup (`kms:ViaService`).
    ThroughServices,
    /// The key is an AWS managed key of RDS or AWS Backup (`kms:ResourceAliases`).
    AwsManagedKey,
}

/// One row: a call with the resources of its request.
#[derive(Clone, Copy, Debug)]
pub struct Call {
    /// When.
    pub phase: Phase,
    /// The action that must be allowed.
    pub action: &'static str,
    /// On what; each of them must be allowed.
    pub objects: &'static [Object],
    /// Under which circumstance.
    pub circumstance: Circumstance,
    /// Why, with the source.
    pub reason: Reason,
}

impl Call {
    /// Whether the call destroys something; such an action stands in a statement of its own.
    pub fn destroys(&self) -> bool {
        self.action.split(':').nth(1).is_some_and(|name| name.starts_with("Delete"))
    }
}

const fn call(
    phase: Phase,
    action: &'static str,
    objects: &'static [Object],
    circumstance: Circumstance,
    reason: Reason,
) -> Call {
    Call { phase, action, objects, circumstance, reason }
}

use Circumstance::{Any, AwsManagedKey, ForAwsResource, ThroughServices};
use Object::{
    ClusterKey, Clusters, DestinationKeys, DestinationSnapshots, DestinationVaults, Everything, GroupsAtDestination,
    GroupsAtSource, KeysAtDestination, KeysAtSource, RestoredAtDestination, RestoredAtSource, SourceKey,
    SourceSnapshots, SourceVault,
};
use Phase::{BackUp, CopyBack, CopyOut, Discover, Expire, RestoreAtDestination, RestoreAtSource};

/// Actions on a key that only the recorded working system and AWS's restore policy have.
const DATA_KEY_ACTIONS: [&str; 5] =
    ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"];

/// Every call that has a row of its own; [`calls`] adds the uses of keys.
const ROWS: &[Call] = &[
    call(Discover, "tag:GetResources", &[Everything], Any, Reason::FindResources),
    call(Discover, "rds:DescribeDBClusters", &[Clusters], Any, Reason::DescribeClusters),
    call(BackUp, "rds:ListTagsForResource", &[Clusters], Any, Reason::ReadTags),
    call(BackUp, "rds:CreateDBClusterSnapshot", &[Clusters, SourceSnapshots], Any, Reason::CreateSnapshot),
    call(BackUp, "rds:AddTagsToResource", &[SourceSnapshots], Any, Reason::TagSnapshots),
    call(BackUp, "rds:DescribeDBClusterSnapshots", &[Clusters, SourceSnapshots], Any, Reason::DescribeSnapshots),
    call(BackUp, "backup:DescribeBackupVault", &[SourceVault], Any, Reason::DescribeVault),
    call(CopyOut, "rds:ListTagsForResource", &[SourceSnapshots], Any, Reason::ReadTags),
    call(CopyOut, "rds:CopyDBClusterSnapshot", &[SourceSnapshots, DestinationSnapshots], Any, Reason::CopySnapshot),
    call(CopyOut, "rds:AddTagsToResource", &[DestinationSnapshots], Any, Reason::TagSnapshots),
    call(CopyOut, "rds:DescribeDBClusterSnapshots", &[DestinationSnapshots], Any, Reason::DescribeSnapshots),
    call(CopyOut, "backup:DescribeBackupVault", &[DestinationVaults], Any, Reason::DescribeVault),
    call(CopyOut, "backup:CopyIntoBackupVault", &[DestinationVaults], Any, Reason::CopyIntoVault),
    call(CopyOut, "backup:CopyFromBackupVault", &[SourceSnapshots], Any, Reason::CopyFromVault),
    call(CopyOut, "kms:DescribeKey", &[KeysAtDestination], AwsManagedKey, Reason::DescribeManagedKeys),
    call(CopyBack, "rds:ListTagsForResource", &[DestinationSnapshots], Any, Reason::ReadTags),
    call(CopyBack, "rds:CopyDBClusterSnapshot", &[DestinationSnapshots, SourceSnapshots], Any, Reason::CopySnapshot),
    call(CopyBack, "rds:AddTagsToResource", &[SourceSnapshots], Any, Reason::TagSnapshots),
    call(CopyBack, "rds:DescribeDBClusterSnapshots", &[SourceSnapshots], Any, Reason::DescribeSnapshots),
    call(CopyBack, "backup:DescribeBackupVault", &[SourceVault], Any, Reason::DescribeVault),
    call(CopyBack, "backup:CopyIntoBackupVault", &[SourceVault], Any, Reason::CopyIntoVault),
    call(CopyBack, "backup:CopyFromBackupVault", &[DestinationSnapshots], Any, Reason::CopyFromVault),
    call(CopyBack, "kms:DescribeKey", &[KeysAtSource], AwsManagedKey, Reason::DescribeManagedKeys),
    call(Expire, "rds:DeleteDBClusterSnapshot", &[SourceSnapshots], Any, Reason::DeleteSnapshot),
    call(Expire, "rds:DeleteDBClusterSnapshot", &[DestinationSnapshots], Any, Reason::DeleteSnapshot),
    call(
        RestoreAtSource,
        "rds:RestoreDBClusterFromSnapshot",
        &[RestoredAtSource, SourceSnapshots, GroupsAtSource],
        Any,
        Reason::RestoreCluster,
    ),
    call(RestoreAtSource, "rds:AddTagsToResource", &[RestoredAtSource], Any, Reason::TagRestoredCluster),
    call(RestoreAtSource, "rds:DescribeDBClusters", &[RestoredAtSource], Any, Reason::DescribeClusters),
    call(RestoreAtSource, "rds:DescribeDBClusterSnapshots", &[SourceSnapshots], Any, Reason::DescribeSnapshots),
    call(
        RestoreAtDestination,
        "rds:RestoreDBClusterFromSnapshot",
        &[RestoredAtDestination, DestinationSnapshots, GroupsAtDestination],
        Any,
        Reason::RestoreCluster,
    ),
    call(RestoreAtDestination, "rds:AddTagsToResource", &[RestoredAtDestination], Any, Reason::TagRestoredCluster),
    call(RestoreAtDestination, "rds:DescribeDBClusters", &[RestoredAtDestination], Any, Reason::DescribeClusters),
    call(
        RestoreAtDestination,
        "rds:DescribeDBClusterSnapshots",
        &[DestinationSnapshots],
        Any,
        Reason::DescribeSnapshots,
    ),
];

/// The keys that each phase works with.
const KEYS: &[(Phase, &[Object])] = &[
    (BackUp, &[ClusterKey]),
    (CopyOut, &[ClusterKey, DestinationKeys]),
    (CopyBack, &[DestinationKeys, SourceKey]),
    (RestoreAtSource, &[ClusterKey, SourceKey]),
    (RestoreAtDestination, &[DestinationKeys]),
];

/// Every call of every phase.
pub fn calls() -> impl Iterator<Item = Call> {
    let keys = KEYS.iter().flat_map(|(phase, objects)| {
        let data =
            DATA_KEY_ACTIONS.iter().map(|action| call(*phase, action, objects, ThroughServices, Reason::UseDataKeys));
        [
            call(*phase, "kms:DescribeKey", objects, Any, Reason::DescribeKey),
            call(*phase, "kms:CreateGrant", objects, ForAwsResource, Reason::GrantKey),
        ]
        .into_iter()
        .chain(data)
    });
    ROWS.iter().copied().chain(keys)
}
