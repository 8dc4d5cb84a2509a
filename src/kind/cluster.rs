//! Aurora clusters. A recovery point is a cluster snapshot, under the key of the cluster; a copy is
//! under the key of its vault.
//!
//! Where sources disagree a call takes the side on which no job fails, and says so. What AWS documents
//! as not needed here is not called:
//!
//! - `rds:ModifyDBClusterSnapshotAttribute` shares a snapshot with another account; copies within
//!   one account share nothing
//!   (<https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_ModifyDBClusterSnapshotAttribute.html>).
//! - `rds:CreateDBInstance` makes instances; AWS Backup restores the cluster alone
//!   (<https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html>).

mod restore;
mod runbook;

use super::call::End::{From, To};
use super::call::Phase::{BackUp, Copy, Discover, Expire, Restore};
use super::call::Source::{BackupPolicy, Recorded, RestorePolicy};
use super::call::Thing::{AnyResource, Point, Resource, Restored, RestoredInto};
use super::call::{Call, On, Source};
use super::every::{DESCRIBE_RESOURCE, VAULTS, WINDOWS_OF_OTHERS};
use super::rds::keys::{self, RESTORING};
use super::rds::{
    BACKED_UP_RESOURCE, DELETE_SNAPSHOT, READ_RESOURCES, READING, RESOURCE_KEY_ARN, RESTORE_GROUPS, RESTORE_SNAPSHOT,
    SNAPSHOTS, SNAPSHOTS_AT_DESTINATION, SNAPSHOTS_AT_SOURCE, SUBNET_GROUP, TAG_SNAPSHOTS, UNKNOWN_RESOURCE_KEY_ARN,
    reading,
};
use super::{
    Abilities, ArnForm, ArnForms, Encryption, KeysLookup, Kind, Points, Reasons, Refused, RegionSettings, Setting,
    Words,
};
use crate::aws::name::NameKind;
use crate::reason::{Sentence, reasons};

const OPTION_GROUP: Sentence = Sentence {
    en: "The recorded system named no option group; the reference demands one, so Aurora's default groups are allowed.",
    ja: "動作実績のある既存システムはオプショングループを指定していませんでした。サービス認証リファレンスでは必須のため、Aurora のデフォルトのグループを許可します。",
};

const KEY_PAGE: Source = Source::Guide(
    Sentence::new("Aurora: key management", "Aurora のキー管理のページ"),
    "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html",
);

/// Aurora clusters.
pub static CLUSTER: Kind = Kind {
    words: Words {
        word: "cluster",
        plural: "clusters",
        one: Sentence::new("cluster", "クラスター"),
        many: Sentence::new("clusters", "クラスター"),
        others: &["aurora"],
        example: "mydb",
        key_service: "RDS",
    },
    service_name: "Aurora",
    region_settings: RegionSettings {
        options: &[("--resource-type-opt-in-preference", "Aurora=true")],
        shown: &["ResourceTypeOptInPreference.Aurora"],
        also: None,
    },
    service: "rds",
    name: NameKind::Cluster,
    endpoint: Some(".cluster-"),
    arns: ArnForms {
        resource: ArnForm { service: "rds", before: "cluster:" },
        points: Points { form: ArnForm { service: "rds", before: "cluster-snapshot:" }, ..SNAPSHOTS },
    },
    encryption: Encryption::OfResource,
    abilities: Abilities {
        // The rights to restore are those to make a cluster, which fails where there is one of its name.
        // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html
        restore_could: None,
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html says that cluster
        // snapshots are not copied between them; AWS Backup's page on copies says nothing of it.
        copies_in_china_disputed: true,
        // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html
        copies_in_progress: Some(5),
        minutes_closed_before_windows: None,
    },
    keys: KeysLookup {
        command: "rds describe-db-clusters",
        of: None,
        query: "DBClusters[].[DBClusterIdentifier,StorageEncryptionType,KmsKeyId]",
    },
    calls: &[
        VAULTS,
        CALLS,
        reading([LOOK, LOOK_FOR_SNAPSHOTS]).as_flattened(),
        keys::known(&[BackupPolicy, KEY_PAGE, Recorded]).as_flattened(),
        keys::unknown(&[BackupPolicy, KEY_PAGE]).as_flattened(),
        &keys::unknown_at_restore(&[RestorePolicy, KEY_PAGE]),
    ],
    restore: &[
        Setting {
            word: Some("parameter-group"),
            name: NameKind::ClusterParameterGroup,
            arn: ArnForm { service: "rds", before: "cluster-pg:" },
            any: "*",
            sample: "default.aurora-mysql8.0",
            other: Some(Sentence::new("another DB cluster parameter group", "別の DB クラスターパラメータグループ")),
        },
        // Aurora has default option groups only.
        // Source: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html
        Setting {
            word: None,
            name: NameKind::OptionGroup,
            arn: ArnForm { service: "rds", before: "og:" },
            any: "default:*",
            sample: "default:aurora-mysql-8-0",
            other: Some(Sentence::new("an option group of the user", "ユーザーのオプショングループ")),
        },
        SUBNET_GROUP,
    ],
    left_after_restore: Some(Sentence::new(
        "the instances after a restore: AWS Backup makes the cluster alone",
        "復元後のインスタンス作成(AWS Backup が作るのはクラスターだけ)",
    )),
    deletes: Sentence::new(
        "no cluster; only backups, of whichever cluster in these regions:",
        "クラスターは削除できず、次のリージョンの全クラスターのバックアップだけ:",
    ),
    refused: Refused {
        resource: &["rds:DeleteDBCluster", "rds:ModifyDBCluster", "rds:StopDBCluster", "rds:RemoveTagsFromResource"],
        point: &["rds:ModifyDBClusterSnapshotAttribute", "rds:RemoveTagsFromResource", "backup:DeleteRecoveryPoint"],
        restore: "rds:RestoreDBClusterFromSnapshot",
        another: Sentence::new("another cluster", "別のクラスター"),
        sibling: Sentence::new("another cluster whose name begins the same", "名前の先頭が同じ別のクラスター"),
        lookalikes: &[
            ("cluster-pg:", "pg:"),
            ("cluster-snapshot:", "snapshot:"),
            ("cluster:", "db:"),
            ("og:", "secgrp:"),
            ("subgrp:", "es:"),
            // Where others are kinds of the statement too.
            ("cluster-pg:", "es:"),
            ("cluster-snapshot:", "cluster-auto-backup:"),
            ("cluster:", "cluster-endpoint:"),
        ],
    },
    why: Reasons {
        selection: &SELECT_CLUSTERS,
        opt_in: &SERVICE_OPT_IN,
        closed_windows: &WINDOWS_OF_OTHERS,
        resource: &BACKED_UP_RESOURCE,
        read: &READ_RESOURCES,
        restored: &RESTORED_CLUSTER,
        restored_into: &RESTORE_GROUPS,
        points_at_source: &SNAPSHOTS_AT_SOURCE,
        points_at_destination: &SNAPSHOTS_AT_DESTINATION,
        replica_key: &REPLICA_KEY,
        resource_key: &RESOURCE_KEY_ARN,
        unknown_resource_key: &UNKNOWN_RESOURCE_KEY_ARN,
        after_restore: &RESTORE_WITHOUT_INSTANCES,
    },
    runbook: runbook::STEPS,
    reasons: REASONS,
};

static CALLS: &[Call] = &[
    LOOK,
    Call::new(BackUp, "rds:CreateDBClusterSnapshot", &[On(Resource, From), On(Point, From)], &CREATE_SNAPSHOT),
    Call::new(BackUp, "rds:AddTagsToResource", &[On(Point, From)], &TAG_SNAPSHOTS),
    Call::new(Copy, "rds:CopyDBClusterSnapshot", &[On(Point, From), On(Point, To)], &COPY_SNAPSHOT),
    Call::new(Copy, "rds:AddTagsToResource", &[On(Point, To)], &TAG_SNAPSHOTS),
    Call::new(Expire, "rds:DeleteDBClusterSnapshot", &[On(Point, From)], &DELETE_SNAPSHOT),
    Call::new(
        Restore,
        "rds:RestoreDBClusterFromSnapshot",
        &[On(Restored, From), On(Point, From), On(RestoredInto, From)],
        &RESTORE_SNAPSHOT,
    )
    .from(RESTORING)
    .noting(OPTION_GROUP),
    Call::new(Restore, "rds:AddTagsToResource", &[On(Restored, From)], &TAG_RESTORED_CLUSTER).from(RESTORING),
];

const LOOK: Call =
    Call::new(Discover, "rds:DescribeDBClusters", &[On(AnyResource, From)], &DESCRIBE_RESOURCE).noting(READING);
const LOOK_FOR_SNAPSHOTS: Call =
    Call::new(Discover, "rds:DescribeDBClusterSnapshots", &[], &DESCRIBE_SNAPSHOTS).noting(READING);

reasons! {
    /// Looking at snapshots.
    DESCRIBE_SNAPSHOTS "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS Backup follows snapshots and copies until they are available, in both regions." "AWS Backup は、両リージョンのスナップショットとそのコピーが利用できるようになるまで状態を監視します。"
    without "Backup, copy and restore jobs are denied this call, and cannot tell when a snapshot is ready; AWS documents no error text for it." "バックアップ、コピー、復元の各ジョブでこの呼び出しが拒否され、スナップショットの完成を確認できません。エラーメッセージは文書化されていません。"

    /// Making snapshots.
    CREATE_SNAPSHOT "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "A recovery point of an Aurora cluster is a cluster snapshot. The service checks the call against the cluster and against the snapshot, whose name AWS Backup chooses and begins with `awsbackup:`." "Aurora クラスターの復旧ポイントの実体はクラスタースナップショットです。この呼び出しは、クラスターと、AWS Backup が `awsbackup:` で始まる名前を付けるスナップショットの両方に対して認可されます。"
    without "Every backup job fails." "すべてのバックアップジョブが失敗します。"

    /// Copying snapshots.
    COPY_SNAPSHOT "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "A copy between regions is a snapshot copy. Snapshots of both regions are named: copying out reads here and writes there, copying back after a disaster the other way round. It is always a full copy." "リージョン間コピーの実体はスナップショットのコピーです。両リージョンのスナップショットを対象にしているのは、災害後のコピーバックでは向きが逆になるためです。コピーは常にフルコピーです。"
    without "Every copy job fails." "すべてのコピージョブが失敗します。"

    /// Tagging restored clusters.
    TAG_RESTORED_CLUSTER "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "Restoring with tags depends on the permission to tag the new cluster." "タグ付きの復元には、新しいクラスターへのタグ付け権限が必要です。"
    without "Restore jobs fail when the recovery point carries tags." "復旧ポイントにタグがある場合、復元ジョブが失敗します。"

    /// The ARN pattern of restored clusters.
    RESTORED_CLUSTER "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html"
    why "The name is a pattern because of restores: while the old cluster exists the restored one needs another name, such as the old one with `-restored` behind it. As narrow as `restore as` makes it." "名前をパターンにしているのは復元のためです。元のクラスターが残っている間は、元の名前に `-restored` を付けるなど別名で復元する必要があります。範囲は `restore as` で絞れます。"
    without "A restore under any other name than the old one's is denied." "元の名前以外での復元が拒否されます。"

    /// A restore makes no instances.
    RESTORE_WITHOUT_INSTANCES "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html"
    why "AWS Backup restores the cluster alone, unlike the RDS console, which makes instances with it. They are added afterwards with the deployer's own permissions; the role needs no rds:CreateDBInstance." "AWS Backup からの復元で作られるのはクラスターだけです(RDS コンソールからの復元ではインスタンスも作られます)。インスタンスは復元後に担当者の権限で追加するため、ロールに rds:CreateDBInstance は不要です。"
    without "Nobody can connect to the restored cluster until an instance is added." "インスタンスを追加するまで、復元したクラスターには接続できません。"

    /// Aurora is switched on in each region by hand.
    SERVICE_OPT_IN "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    why "AWS Backup backs Aurora up only where it is switched on in the region's settings, which no CloudFormation resource sets. It is off until somebody does it." "AWS Backup で Aurora をバックアップするには、リージョンの設定で有効にする必要があります。この設定は CloudFormation では行えず、初期状態では無効です。"
    without "The plan would run and back up nothing." "プランは実行されますが、何もバックアップされません。"

    /// The selection.
    SELECT_CLUSTERS "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    why "The selection names the clusters by their full ARNs, so that no other resource is ever backed up by this plan." "セレクションはクラスターを完全な ARN で指定します。このプランがほかのリソースをバックアップすることはありません。"
    without "The plan would back up nothing." "プランは何もバックアップしません。"

    /// The key of copies of clusters.
    REPLICA_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "The replica in the destination region encrypts the vault for copies. Aurora copies need a customer managed key there: a copy into a vault under aws/backup fails." "コピー先リージョンのレプリカキーで、コピー用ボールトを暗号化します。Aurora のコピーにはカスタマーマネージドキーが必要で、aws/backup で暗号化したボールトへのコピーは失敗します。"
    without "Every copy job into the destination vault would fail." "コピー先ボールトへのコピージョブはすべて失敗します。"
}
