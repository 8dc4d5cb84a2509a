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

mod vocabulary;

use super::region::{Partition, Region};
use crate::origin::{Reason, Sentence};
pub use vocabulary::{Circumstance, Object, Phase, Source};

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
    /// Why.
    pub reason: Reason,
    /// Where the call is known from.
    pub sources: &'static [Source],
    /// What the sources disagree on, and which side is taken.
    pub note: Option<Sentence>,
}

impl Call {
    /// Whether the call destroys something; such an action stands in a statement of its own.
    pub fn destroys(&self) -> bool {
        self.action.split(':').nth(1).is_some_and(|name| name.starts_with("Delete"))
    }
}

/// A row without demands that the backup policy and the recorded system agree on.
const fn call(phase: Phase, action: &'static str, objects: &'static [Object], reason: Reason) -> Call {
    Call { phase, action, objects, circumstance: Circumstance::Any, reason, sources: WORKING, note: None }
}

impl Call {
    const fn under(self, circumstance: Circumstance) -> Self {
        Self { circumstance, ..self }
    }

    const fn from(self, sources: &'static [Source]) -> Self {
        Self { sources, ..self }
    }

    const fn noting(self, note: Sentence) -> Self {
        Self { note: Some(note), ..self }
    }
}

use Circumstance::{AwsManagedKey, ForAwsResource, ThroughServices};
use Object::{
    ClusterKey, Clusters, DestinationKeys, DestinationSnapshots, DestinationVaults, Everything, GroupsAtDestination,
    GroupsAtSource, KeysAtDestination, KeysAtSource, RestoredAtDestination, RestoredAtSource, SourceKey,
    SourceSnapshots, SourceVault,
};
use Phase::{BackUp, CopyBack, CopyOut, Discover, Expire, RestoreAtDestination, RestoreAtSource};
use Source::{AuroraPage, BackupPolicy, EncryptionPage, Recorded, Reference, RestorePolicy};

const WORKING: &[Source] = &[BackupPolicy, Recorded];
const RESTORING: &[Source] = &[RestorePolicy, Recorded];
const MANAGED: &[Source] = &[BackupPolicy, Reference];

const ANY_CLUSTER: Sentence = Sentence {
    en: "AWS's policy allows it on every cluster; the recorded system named its clusters and worked, so only these are allowed.",
    ja: "AWS のポリシーはすべてのクラスターに対して許可しています。記録されたシステムは対象のクラスターだけで動作したため、それだけを許可します。",
};
const ANY_SNAPSHOT: Sentence = Sentence {
    en: "AWS's policy allows it on every snapshot; the recorded system named AWS Backup's own and worked, so only these are allowed.",
    ja: "AWS のポリシーはすべてのスナップショットに対して許可しています。記録されたシステムは AWS Backup のスナップショットだけで動作したため、それだけを許可します。",
};
const ANY_VAULT: Sentence = Sentence {
    en: "AWS's policy allows every vault; the reference knows vaults as resources, so only the system's own are allowed.",
    ja: "AWS のポリシーはすべてのボールトに対して許可しています。サービス認証リファレンスではボールト単位で指定できるため、このシステムのボールトだけを許可します。",
};
const RECOVERY_POINT: Sentence = Sentence {
    en: "AWS's list for Aurora leaves it out and the recorded system did without; AWS's policy and the reference have it, and a copy job that lacks it can be denied, so it is allowed.",
    ja: "AWS の Aurora 向けの一覧にはなく、記録されたシステムも使っていませんでした。しかし AWS のポリシーとサービス認証リファレンスにはあり、ないとコピージョブが拒否されることがあるため、許可します。",
};
const SELECTION: Sentence = Sentence {
    en: "The recorded system did without; AWS's policy has it and selections are refused without it, so it is allowed.",
    ja: "記録されたシステムは使っていませんでした。AWS のポリシーにはあり、ないとセレクションの作成が拒否されるため、許可します。",
};
const MANAGED_KEYS: Sentence = Sentence {
    en: "No managed policy knows the condition key; the page on encryption and the recorded system have it, so it is allowed, and only on AWS's own keys.",
    ja: "この条件キーを使う AWS 管理ポリシーはありません。暗号化のページと記録されたシステムでは使われているため、AWS マネージドキーに限って許可します。",
};
const DATA_KEYS: Sentence = Sentence {
    en: "AWS's backup policy has none of these for Aurora; its restore policy and the recorded system have them, so they are allowed, but only through RDS and AWS Backup.",
    ja: "AWS のバックアップ用ポリシーには Aurora 向けのものがありません。復元用ポリシーと記録されたシステムにはあるため、RDS または AWS Backup を経由する場合に限って許可します。",
};
const OPTION_GROUP: Sentence = Sentence {
    en: "The recorded system named no option group; the reference demands one, so Aurora's default groups are allowed.",
    ja: "記録されたシステムはオプショングループを指定していませんでした。サービス認証リファレンスでは必須のため、Aurora のデフォルトのグループを許可します。",
};

/// The service that assumes the role.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html>.
pub const SERVICE: &str = "backup.amazonaws.com";

/// The call with which it does.
pub const ASSUME_ROLE: &str = "sts:AssumeRole";

/// What an administrator of a key may do, which is everything but use it: the actions as AWS's
/// default key policy has them, each with a call that needs it.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>.
pub const ADMINISTRATION: [(&str, &str); 12] = [
    ("kms:CancelKeyDeletion", "kms:CancelKeyDeletion"),
    ("kms:Create*", "kms:CreateAlias"),
    ("kms:Delete*", "kms:DeleteAlias"),
    ("kms:Describe*", "kms:DescribeKey"),
    ("kms:Disable*", "kms:DisableKey"),
    ("kms:Enable*", "kms:EnableKeyRotation"),
    ("kms:Get*", "kms:GetKeyPolicy"),
    ("kms:List*", "kms:ListGrants"),
    ("kms:Put*", "kms:PutKeyPolicy"),
    ("kms:Revoke*", "kms:RevokeGrant"),
    ("kms:ScheduleKeyDeletion", "kms:ScheduleKeyDeletion"),
    ("kms:Update*", "kms:UpdateKeyDescription"),
];

/// Actions on a key that only the recorded working system and AWS's restore policy have.
const DATA_KEY_ACTIONS: [&str; 5] =
    ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"];

/// Every call that has a row of its own; [`calls`] adds the uses of keys.
const ROWS: &[Call] = &[
    call(Discover, "tag:GetResources", &[Everything], Reason::FindResources).from(MANAGED).noting(SELECTION),
    call(Discover, "rds:DescribeDBClusters", &[Clusters], Reason::DescribeClusters).noting(ANY_CLUSTER),
    call(BackUp, "rds:ListTagsForResource", &[Clusters], Reason::ReadTags),
    call(BackUp, "rds:CreateDBClusterSnapshot", &[Clusters, SourceSnapshots], Reason::CreateSnapshot),
    call(BackUp, "rds:AddTagsToResource", &[SourceSnapshots], Reason::TagSnapshots),
    call(BackUp, "rds:DescribeDBClusterSnapshots", &[Clusters, SourceSnapshots], Reason::DescribeSnapshots)
        .noting(ANY_SNAPSHOT),
    call(BackUp, "backup:DescribeBackupVault", &[SourceVault], Reason::DescribeVault).noting(ANY_VAULT),
    call(CopyOut, "rds:ListTagsForResource", &[SourceSnapshots], Reason::ReadTags),
    call(CopyOut, "rds:CopyDBClusterSnapshot", &[SourceSnapshots, DestinationSnapshots], Reason::CopySnapshot),
    call(CopyOut, "rds:AddTagsToResource", &[DestinationSnapshots], Reason::TagSnapshots),
    call(CopyOut, "rds:DescribeDBClusterSnapshots", &[DestinationSnapshots], Reason::DescribeSnapshots)
        .noting(ANY_SNAPSHOT),
    call(CopyOut, "backup:DescribeBackupVault", &[DestinationVaults], Reason::DescribeVault).noting(ANY_VAULT),
    call(CopyOut, "backup:CopyIntoBackupVault", &[DestinationVaults], Reason::CopyIntoVault).noting(ANY_VAULT),
    call(CopyOut, "backup:CopyFromBackupVault", &[SourceSnapshots], Reason::CopyFromVault)
        .from(MANAGED)
        .noting(RECOVERY_POINT),
    call(CopyOut, "kms:DescribeKey", &[KeysAtDestination], Reason::DescribeManagedKeys)
        .under(AwsManagedKey)
        .from(&[EncryptionPage, Recorded])
        .noting(MANAGED_KEYS),
    call(CopyBack, "rds:ListTagsForResource", &[DestinationSnapshots], Reason::ReadTags),
    call(CopyBack, "rds:CopyDBClusterSnapshot", &[DestinationSnapshots, SourceSnapshots], Reason::CopySnapshot),
    call(CopyBack, "rds:AddTagsToResource", &[SourceSnapshots], Reason::TagSnapshots),
    call(CopyBack, "rds:DescribeDBClusterSnapshots", &[SourceSnapshots], Reason::DescribeSnapshots)
        .noting(ANY_SNAPSHOT),
    call(CopyBack, "backup:DescribeBackupVault", &[SourceVault], Reason::DescribeVault).noting(ANY_VAULT),
    call(CopyBack, "backup:CopyIntoBackupVault", &[SourceVault], Reason::CopyIntoVault).noting(ANY_VAULT),
    call(CopyBack, "backup:CopyFromBackupVault", &[DestinationSnapshots], Reason::CopyFromVault)
        .from(MANAGED)
        .noting(RECOVERY_POINT),
    call(CopyBack, "kms:DescribeKey", &[KeysAtSource], Reason::DescribeManagedKeys)
        .under(AwsManagedKey)
        .from(&[EncryptionPage, Recorded])
        .noting(MANAGED_KEYS),
    call(Expire, "rds:DeleteDBClusterSnapshot", &[SourceSnapshots], Reason::DeleteSnapshot),
    call(Expire, "rds:DeleteDBClusterSnapshot", &[DestinationSnapshots], Reason::DeleteSnapshot),
    call(
        RestoreAtSource,
        "rds:RestoreDBClusterFromSnapshot",
        &[RestoredAtSource, SourceSnapshots, GroupsAtSource],
        Reason::RestoreCluster,
    )
    .from(RESTORING)
    .noting(OPTION_GROUP),
    call(RestoreAtSource, "rds:AddTagsToResource", &[RestoredAtSource], Reason::TagRestoredCluster).from(RESTORING),
    call(RestoreAtSource, "rds:DescribeDBClusters", &[RestoredAtSource], Reason::DescribeClusters)
        .from(RESTORING)
        .noting(ANY_CLUSTER),
    call(RestoreAtSource, "rds:DescribeDBClusterSnapshots", &[SourceSnapshots], Reason::DescribeSnapshots)
        .from(RESTORING)
        .noting(ANY_SNAPSHOT),
    call(
        RestoreAtDestination,
        "rds:RestoreDBClusterFromSnapshot",
        &[RestoredAtDestination, DestinationSnapshots, GroupsAtDestination],
        Reason::RestoreCluster,
    )
    .from(RESTORING)
    .noting(OPTION_GROUP),
    call(RestoreAtDestination, "rds:AddTagsToResource", &[RestoredAtDestination], Reason::TagRestoredCluster)
        .from(RESTORING),
    call(RestoreAtDestination, "rds:DescribeDBClusters", &[RestoredAtDestination], Reason::DescribeClusters)
        .from(RESTORING)
        .noting(ANY_CLUSTER),
    call(RestoreAtDestination, "rds:DescribeDBClusterSnapshots", &[DestinationSnapshots], Reason::DescribeSnapshots)
        .from(RESTORING)
        .noting(ANY_SNAPSHOT),
];

/// The keys that each phase works with.
const KEYS: &[(Phase, &[Object])] = &[
    (BackUp, &[ClusterKey]),
    (CopyOut, &[ClusterKey, DestinationKeys]),
    (CopyBack, &[DestinationKeys, SourceKey]),
    (RestoreAtSource, &[ClusterKey, SourceKey]),
    (RestoreAtDestination, &[DestinationKeys]),
];

/// The services that use a key on the role's behalf, as `kms:ViaService` names them. AWS's pages
/// show the global suffix; whether China's regions send it or their own is not documented, so both
/// are allowed there.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>.
pub fn via_services(region: &Region) -> Vec<String> {
    let suffixes: &[&str] = match region.partition {
        Partition::Aws | Partition::GovCloud => &["amazonaws.com"],
        Partition::China => &["amazonaws.com", "amazonaws.com.cn"],
        Partition::EuropeanSovereign => &["amazonaws.com", "amazonaws.eu"],
    };
    ["backup", "rds"]
        .into_iter()
        .flat_map(|service| suffixes.iter().map(move |suffix| format!("{service}.{}.{suffix}", region.code)))
        .collect()
}

/// The aliases of the AWS managed keys that a copy job looks at.
pub const MANAGED_KEY_ALIASES: [&str; 2] = ["alias/aws/backup", "alias/aws/rds"];

/// Every call of every phase.
pub fn calls() -> impl Iterator<Item = Call> {
    let keys = KEYS.iter().flat_map(|(phase, objects)| {
        let data = DATA_KEY_ACTIONS.iter().map(|action| {
            call(*phase, action, objects, Reason::UseDataKeys)
                .under(ThroughServices)
                .from(&[RestorePolicy, Recorded])
                .noting(DATA_KEYS)
        });
        [
            call(*phase, "kms:DescribeKey", objects, Reason::DescribeKey).from(&[BackupPolicy, AuroraPage, Recorded]),
            call(*phase, "kms:CreateGrant", objects, Reason::GrantKey).under(ForAwsResource).from(&[
                BackupPolicy,
                AuroraPage,
                Recorded,
            ]),
        ]
        .into_iter()
        .chain(data)
    });
    ROWS.iter().copied().chain(keys)
}
