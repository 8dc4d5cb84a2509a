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
        destroys(self.action)
    }
}

/// Whether an action destroys something.
pub fn destroys(action: &str) -> bool {
    action.split(':').nth(1).is_some_and(|name| name.starts_with("Delete"))
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

use Circumstance::{AwsManagedKey, ForAwsResource, ForResourceOfRds, ThroughRds, ThroughServices};
use Object::{
    AnyClusterAtDestination, AnyClusterAtSource, AnySnapshotAtDestination, AnySnapshotAtSource, ClusterKey, Clusters,
    DestinationKeys, DestinationSnapshots, DestinationVaults, Everything, GroupsAtDestination, GroupsAtSource,
    KeysAtDestination, KeysAtSource, RestoredAtDestination, RestoredAtSource, SourceKey, SourceSnapshots, SourceVault,
    UnknownClusterKey,
};
use Phase::{BackUp, CopyBack, CopyOut, Discover, Expire, RestoreAtDestination, RestoreAtSource};
use Source::{AuroraPage, BackupPolicy, EncryptionPage, Recorded, Reference, RestorePolicy};

const WORKING: &[Source] = &[BackupPolicy, Recorded];
const RESTORING: &[Source] = &[RestorePolicy, Recorded];
const MANAGED: &[Source] = &[BackupPolicy, Reference];

const READING: Sentence = Sentence {
    en: "AWS's policies allow it on every resource, the recorded system on its own alone. No page says that AWS Backup names what it reads in every call, and a job that may not read fails, so it is allowed on every cluster and cluster snapshot of the account in the regions of the statement: reading changes nothing.",
    ja: "AWS のポリシーはすべてのリソースに対して、動作実績のある既存システムは自身のリソースだけに対して許可しています。AWS Backup がどの呼び出しでも対象を指定するとはどこにも書かれておらず、読み取れないとジョブが失敗します。読み取りは何も変更しないため、この文のリージョンにあるアカウントのすべてのクラスターとクラスタースナップショットに対して許可します。",
};
const ANY_VAULT: Sentence = Sentence {
    en: "AWS's policy allows every vault; the reference knows vaults as resources, so only the system's own are allowed.",
    ja: "AWS のポリシーはすべてのボールトに対して許可しています。サービス認証リファレンスではボールト単位で指定できるため、このシステムのボールトだけを許可します。",
};
const RECOVERY_POINT: Sentence = Sentence {
    en: "AWS's list for Aurora leaves it out and the recorded system did without; AWS's policy and the reference have it, and a copy job that lacks it can be denied, so it is allowed.",
    ja: "AWS の Aurora 向けの一覧にはなく、動作実績のある既存システムも使っていませんでした。しかし AWS のポリシーとサービス認証リファレンスにはあり、ないとコピージョブが拒否されることがあるため、許可します。",
};
const SELECTION: Sentence = Sentence {
    en: "The recorded system did without; AWS's policy has it and selections are refused without it, so it is allowed.",
    ja: "動作実績のある既存システムは使っていませんでした。AWS のポリシーにはあり、ないとセレクションの作成が拒否されるため、許可します。",
};
const MANAGED_KEYS: Sentence = Sentence {
    en: "No managed policy knows the condition key; the page on encryption and the recorded system have it, so it is allowed, and only on AWS's own keys.",
    ja: "この条件キーを使う AWS 管理ポリシーはありません。暗号化のページと動作実績のある既存システムでは使われているため、AWS マネージドキーに限って許可します。",
};
const DATA_KEYS: Sentence = Sentence {
    en: "AWS's backup policy has none of these for Aurora; its restore policy has them all and the recorded system all but one, so they are allowed, but only through RDS and AWS Backup.",
    ja: "AWS のバックアップ用ポリシーには Aurora 向けのものがありません。復元用ポリシーにはすべて、動作実績のある既存システムにも一つを除いてあるため、RDS または AWS Backup を経由する場合に限って許可します。",
};
const UNKNOWN_KEY: Sentence = Sentence {
    en: "AWS's policies allow it on every key of every region; the recorded system named its keys. Where nothing says which key the clusters have, it is allowed on every key of the source region, of any account, and all but looking at a key only through RDS.",
    ja: "AWS のポリシーは全リージョンのすべてのキーに対して、動作実績のある既存システムは指定したキーだけに対して許可しています。クラスターのキーが書かれていない場合は、ソースリージョンのすべてのキー(アカウントを問わない)に対して許可し、参照以外は RDS を経由する場合に限ります。",
};
const OPTION_GROUP: Sentence = Sentence {
    en: "The recorded system named no option group; the reference demands one, so Aurora's default groups are allowed.",
    ja: "動作実績のある既存システムはオプショングループを指定していませんでした。サービス認証リファレンスでは必須のため、Aurora のデフォルトのグループを許可します。",
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

/// Actions on a key that only AWS's restore policy and, but for one, the recorded working system have, each with those
/// that have it.
pub const DATA_KEY_ACTIONS: [(&str, &[Source]); 6] = [
    ("kms:Decrypt", RESTORING),
    ("kms:Encrypt", RESTORING),
    ("kms:GenerateDataKey", RESTORING),
    ("kms:GenerateDataKeyWithoutPlaintext", &[RestorePolicy]),
    ("kms:ReEncryptFrom", RESTORING),
    ("kms:ReEncryptTo", RESTORING),
];

/// Every call that has a row of its own; [`calls`] adds what is read, and the uses of keys.
const ROWS: &[Call] = &[
    call(Discover, "tag:GetResources", &[Everything], Reason::FindResources).from(MANAGED).noting(SELECTION),
    call(Discover, "rds:DescribeDBClusters", &[AnyClusterAtSource], Reason::DescribeClusters).noting(READING),
    call(BackUp, "rds:CreateDBClusterSnapshot", &[Clusters, SourceSnapshots], Reason::CreateSnapshot),
    call(BackUp, "rds:AddTagsToResource", &[SourceSnapshots], Reason::TagSnapshots),
    call(BackUp, "backup:DescribeBackupVault", &[SourceVault], Reason::DescribeVault).noting(ANY_VAULT),
    call(CopyOut, "rds:CopyDBClusterSnapshot", &[SourceSnapshots, DestinationSnapshots], Reason::CopySnapshot),
    call(CopyOut, "rds:AddTagsToResource", &[DestinationSnapshots], Reason::TagSnapshots),
    call(CopyOut, "backup:DescribeBackupVault", &[DestinationVaults], Reason::DescribeVault).noting(ANY_VAULT),
    call(CopyOut, "backup:CopyIntoBackupVault", &[DestinationVaults], Reason::CopyIntoVault).noting(ANY_VAULT),
    call(CopyOut, "backup:CopyFromBackupVault", &[SourceSnapshots], Reason::CopyFromVault)
        .from(MANAGED)
        .noting(RECOVERY_POINT),
    call(CopyOut, "kms:DescribeKey", &[KeysAtDestination], Reason::DescribeManagedKeys)
        .under(AwsManagedKey)
        .from(&[EncryptionPage, Recorded])
        .noting(MANAGED_KEYS),
    call(CopyBack, "rds:CopyDBClusterSnapshot", &[DestinationSnapshots, SourceSnapshots], Reason::CopySnapshot),
    call(CopyBack, "rds:AddTagsToResource", &[SourceSnapshots], Reason::TagSnapshots),
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
];

/// What a phase reads in a region.
struct Reading {
    phase: Phase,
    /// What there is to read.
    of: Readable,
    /// Where it is known from that the phase looks at clusters there.
    of_clusters: &'static [Source],
    /// Where it is known from that it looks at snapshots there.
    of_snapshots: &'static [Source],
}

/// The clusters of a region, its cluster snapshots, and both.
#[derive(Clone, Copy)]
struct Readable {
    clusters: &'static [Object],
    snapshots: &'static [Object],
    both: &'static [Object],
}

const AT_SOURCE: Readable = Readable {
    clusters: &[AnyClusterAtSource],
    snapshots: &[AnySnapshotAtSource],
    both: &[AnyClusterAtSource, AnySnapshotAtSource],
};
const AT_DESTINATION: Readable = Readable {
    clusters: &[AnyClusterAtDestination],
    snapshots: &[AnySnapshotAtDestination],
    both: &[AnyClusterAtDestination, AnySnapshotAtDestination],
};

/// What each phase reads, wherever it works.
const READINGS: &[Reading] = &[
    reading(BackUp, AT_SOURCE, WORKING, WORKING),
    reading(CopyOut, AT_SOURCE, WORKING, WORKING),
    reading(CopyOut, AT_DESTINATION, &[BackupPolicy], WORKING),
    reading(CopyBack, AT_SOURCE, WORKING, WORKING),
    reading(CopyBack, AT_DESTINATION, &[BackupPolicy], WORKING),
    reading(RestoreAtSource, AT_SOURCE, RESTORING, RESTORING),
    reading(RestoreAtDestination, AT_DESTINATION, &[RestorePolicy], &[RestorePolicy]),
];

const fn reading(
    phase: Phase,
    of: Readable,
    of_clusters: &'static [Source],
    of_snapshots: &'static [Source],
) -> Reading {
    Reading { phase, of, of_clusters, of_snapshots }
}

/// The keys that each phase works with.
const KEYS: &[(Phase, &[Object])] = &[
    (BackUp, &[ClusterKey]),
    (CopyOut, &[ClusterKey, DestinationKeys]),
    (CopyBack, &[DestinationKeys, SourceKey]),
    (RestoreAtSource, &[ClusterKey, SourceKey]),
    (RestoreAtDestination, &[DestinationKeys]),
];

/// The phases that work with the key of the clusters where it is not known, each with AWS's policy for it. A snapshot
/// is under that key until it is copied, so what is copied back is not.
const UNKNOWN_KEYS: &[(Phase, &[Source])] = &[
    (BackUp, &[BackupPolicy, AuroraPage]),
    (CopyOut, &[BackupPolicy, AuroraPage]),
    (RestoreAtSource, &[RestorePolicy, AuroraPage]),
];

/// The services that use a key on the role's behalf, as `kms:ViaService` names them. AWS's pages
/// show the global suffix; whether China's regions send it or their own is not documented, so both
/// are allowed there.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>.
pub fn via_services(region: &Region) -> Vec<String> {
    via(&["backup", "rds"], region)
}

/// RDS alone, as `kms:ViaService` names it.
pub fn via_rds(region: &Region) -> Vec<String> {
    via(&["rds"], region)
}

fn via(services: &[&str], region: &Region) -> Vec<String> {
    let suffixes: &[&str] = match region.partition {
        Partition::Aws | Partition::GovCloud => &["amazonaws.com"],
        Partition::China => &["amazonaws.com", "amazonaws.com.cn"],
        Partition::EuropeanSovereign => &["amazonaws.com", "amazonaws.eu"],
    };
    let named = |service| suffixes.iter().map(move |suffix| format!("{service}.{}.{suffix}", region.code));
    services.iter().flat_map(named).collect()
}

/// The aliases of the AWS managed keys that a copy job looks at.
pub const MANAGED_KEY_ALIASES: [&str; 2] = ["alias/aws/backup", "alias/aws/rds"];

/// Every call of every phase.
pub fn calls() -> impl Iterator<Item = Call> {
    let known = KEYS.iter().flat_map(|(phase, keys)| on_known_keys(*phase, keys));
    let unknown = UNKNOWN_KEYS.iter().flat_map(|(phase, sources)| on_unknown_key(*phase, sources));
    ROWS.iter().copied().chain(READINGS.iter().flat_map(readings)).chain(known).chain(unknown)
}

/// The calls with which a phase reads: the clusters and the snapshots, which can be asked for by their cluster, and the
/// tags of both.
fn readings(reading: &'static Reading) -> [Call; 4] {
    let Reading { phase, of, of_clusters, of_snapshots } = *reading;
    let read = |action, objects, reason, sources| call(phase, action, objects, reason).from(sources).noting(READING);
    [
        read("rds:DescribeDBClusters", of.clusters, Reason::DescribeClusters, of_clusters),
        read("rds:DescribeDBClusterSnapshots", of.both, Reason::DescribeSnapshots, of_snapshots),
        read("rds:ListTagsForResource", of.clusters, Reason::ReadTags, of_clusters),
        read("rds:ListTagsForResource", of.snapshots, Reason::ReadTags, of_snapshots),
    ]
}

/// The uses of keys that are known: written in the spec, or made by the system.
fn on_known_keys(phase: Phase, keys: &'static [Object]) -> impl Iterator<Item = Call> {
    let known: &[Source] = &[BackupPolicy, AuroraPage, Recorded];
    let data = DATA_KEY_ACTIONS.iter().map(move |(action, sources)| {
        call(phase, action, keys, Reason::UseDataKeys).under(ThroughServices).from(sources).noting(DATA_KEYS)
    });
    let look = call(phase, "kms:DescribeKey", keys, Reason::DescribeKey).from(known);
    let grant = call(phase, "kms:CreateGrant", keys, Reason::GrantKey).under(ForAwsResource).from(known);
    [look, grant].into_iter().chain(data)
}

/// The uses of the clusters' key where it is not known.
fn on_unknown_key(phase: Phase, sources: &'static [Source]) -> impl Iterator<Item = Call> {
    let on_key =
        move |action, reason| call(phase, action, &[UnknownClusterKey], reason).from(sources).noting(UNKNOWN_KEY);
    let look = on_key("kms:DescribeKey", Reason::DescribeUnknownKey);
    let grant = on_key("kms:CreateGrant", Reason::GrantUnknownKey).under(ForResourceOfRds);
    let restores = phase == RestoreAtSource;
    let data = DATA_KEY_ACTIONS.iter().filter(move |_| restores);
    let data =
        data.map(move |(action, _)| on_key(action, Reason::UseUnknownKey).under(ThroughRds).from(&[RestorePolicy]));
    [look, grant].into_iter().chain(data)
}
