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
use super::call::Thing::{
    AnyPoint, AnyResource, Point, PointKey, Resource, ResourceKey, Restored, RestoredInto, VaultKey,
};
use super::call::{Call, Guide, On, Phase, Source};
use super::every::VAULTS;
use super::rds::keys::{self, RESTORING};
use super::rds::{
    AUTOMATED_SNAPSHOT, DELETE_SNAPSHOT, MANUAL_SNAPSHOT, ONLY_MANAGED_KEYS, ONLY_THROUGH_RDS, ONLY_THROUGH_SERVICES,
    READ_TAGS, SNAPSHOTS_AT_DESTINATION, SNAPSHOTS_AT_SOURCE, SUBNET_GROUP, TAG_SNAPSHOTS,
};
use super::{
    Abilities, ArnForm, ArnForms, Encryption, KeysLookup, Kind, Points, Reasons, Refused, RegionSettings, Setting,
    Words,
};
use crate::aws::name::NameKind;
use crate::reason::{Sentence, reasons};

const READING: Sentence = Sentence {
    en: "AWS's policies allow it on every resource, the recorded system on its own alone. No page says that AWS Backup names what it reads in every call, and a job that may not read fails, so it is allowed on every cluster and cluster snapshot of the account in the regions of the statement: reading changes nothing.",
    ja: "AWS のポリシーはすべてのリソースに対して、動作実績のある既存システムは自身のリソースだけに対して許可しています。AWS Backup がどの呼び出しでも対象を指定するとはどこにも書かれておらず、読み取れないとジョブが失敗します。読み取りは何も変更しないため、この文のリージョンにあるアカウントのすべてのクラスターとクラスタースナップショットに対して許可します。",
};
const OPTION_GROUP: Sentence = Sentence {
    en: "The recorded system named no option group; the reference demands one, so Aurora's default groups are allowed.",
    ja: "動作実績のある既存システムはオプショングループを指定していませんでした。サービス認証リファレンスでは必須のため、Aurora のデフォルトのグループを許可します。",
};

const KEY_PAGE: Source = Source::Guide(Guide {
    name: Sentence::new("Aurora: key management", "Aurora のキー管理のページ"),
    page: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html",
});
const KNOWN_KEY: &[Source] = &[BackupPolicy, KEY_PAGE, Recorded];

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
        points: Points {
            form: ArnForm { service: "rds", before: "cluster-snapshot:" },
            // Users cannot make names that begin so.
            // Source: https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html; that of a copy is
            // what the recorded system showed.
            pattern: "awsbackup:*",
            made: "awsbackup:job-1a2b3c4d",
            copied: "awsbackup:copyjob-9f8e7d6c",
            others: &[MANUAL_SNAPSHOT, AUTOMATED_SNAPSHOT],
        },
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
        &reading(BackUp, From),
        &reading(Copy, From),
        &reading(Copy, To),
        &reading(Restore, From),
        &keys::known_key(BackUp, &[On(ResourceKey, From)], KNOWN_KEY),
        &keys::known_key(Copy, &[On(PointKey, From)], KNOWN_KEY),
        &keys::known_key(Copy, &[On(VaultKey, To)], KNOWN_KEY),
        &keys::known_key(Restore, &[On(PointKey, From)], KNOWN_KEY),
        &keys::known_key(Restore, &[On(VaultKey, From)], KNOWN_KEY),
        &keys::unknown_key(BackUp, &[BackupPolicy, KEY_PAGE]),
        &keys::unknown_key(Copy, &[BackupPolicy, KEY_PAGE]),
        &keys::unknown_key(Restore, &[RestorePolicy, KEY_PAGE]),
        &keys::data_of_unknown_key(Restore),
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
        selected: &SELECTED_CLUSTER,
        opt_in: &SERVICE_OPT_IN,
        closed_windows: &WINDOWS_OF_OTHERS,
        resource: &BACKED_UP_CLUSTER,
        read: &READ_RESOURCES,
        restored: &RESTORED_CLUSTER,
        restored_into: &RESTORE_GROUPS,
        points_at_source: &SNAPSHOTS_AT_SOURCE,
        points_at_destination: &SNAPSHOTS_AT_DESTINATION,
        replica_key: &REPLICA_KEY,
        resource_key: &CLUSTER_KEY_ARN,
        unknown_resource_key: &UNKNOWN_CLUSTER_KEY_ARN,
        through_services: &ONLY_THROUGH_SERVICES,
        through_service: &ONLY_THROUGH_RDS,
        managed_keys: &ONLY_MANAGED_KEYS,
        after_restore: &RESTORE_WITHOUT_INSTANCES,
    },
    runbook: runbook::STEPS,
    reasons: REASONS,
};

static CALLS: &[Call] = &[
    Call::new(Discover, "rds:DescribeDBClusters", &[On(AnyResource, From)], &DESCRIBE_CLUSTERS).noting(READING),
    Call::new(BackUp, "rds:CreateDBClusterSnapshot", &[On(Resource, From), On(Point, From)], &CREATE_SNAPSHOT),
    Call::new(BackUp, "rds:AddTagsToResource", &[On(Point, From)], &TAG_SNAPSHOTS),
    Call::new(Copy, "rds:CopyDBClusterSnapshot", &[On(Point, From), On(Point, To)], &COPY_SNAPSHOT),
    Call::new(Copy, "rds:AddTagsToResource", &[On(Point, To)], &TAG_SNAPSHOTS),
    Call::new(Expire, "rds:DeleteDBClusterSnapshot", &[On(Point, From)], &DELETE_SNAPSHOT),
    Call::new(
        Restore,
        "rds:RestoreDBClusterFromSnapshot",
        &[On(Restored, From), On(Point, From), On(RestoredInto, From)],
        &RESTORE_CLUSTER,
    )
    .from(RESTORING)
    .noting(OPTION_GROUP),
    Call::new(Restore, "rds:AddTagsToResource", &[On(Restored, From)], &TAG_RESTORED_CLUSTER).from(RESTORING),
];

/// What a phase reads at one end: the clusters and the snapshots, which can be asked for by their cluster, and the
/// tags of both.
const fn reading(phase: Phase, end: super::call::End) -> [Call; 4] {
    const fn read(phase: Phase, action: &'static str, on: &'static [On], why: &'static crate::reason::Reason) -> Call {
        let call = Call::new(phase, action, on, why).noting(READING);
        match phase {
            Discover | BackUp => call,
            Copy | Expire => call.from(&[BackupPolicy]),
            Restore => call.from(&[RestorePolicy]),
        }
    }
    let (clusters, snapshots, both): (&[On], &[On], &[On]) = match end {
        From => (&[On(AnyResource, From)], &[On(AnyPoint, From)], &[On(AnyResource, From), On(AnyPoint, From)]),
        To => (&[On(AnyResource, To)], &[On(AnyPoint, To)], &[On(AnyResource, To), On(AnyPoint, To)]),
    };
    [
        read(phase, "rds:DescribeDBClusters", clusters, &DESCRIBE_CLUSTERS),
        read(phase, "rds:DescribeDBClusterSnapshots", both, &DESCRIBE_SNAPSHOTS),
        read(phase, "rds:ListTagsForResource", clusters, &READ_TAGS),
        read(phase, "rds:ListTagsForResource", snapshots, &READ_TAGS),
    ]
}

reasons! {
    /// The key of copies of clusters.
    REPLICA_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "The replica in the destination region encrypts the vault for copies. Aurora copies need a customer managed key there: a copy into a vault under aws/backup fails." "コピー先リージョンのレプリカキーで、コピー用ボールトを暗号化します。Aurora のコピーにはカスタマーマネージドキーが必要で、aws/backup で暗号化したボールトへのコピーは失敗します。"
    without "Every copy job into the destination vault would fail." "コピー先ボールトへのコピージョブはすべて失敗します。"

    /// Looking at clusters.
    DESCRIBE_CLUSTERS "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS Backup looks at the cluster before it backs it up, and at the restored cluster until it is available." "AWS Backup は、バックアップの前にクラスターの状態を確認し、復元したクラスターが利用できるようになるまで状態を監視します。"
    without "Backup jobs and restore jobs are denied this call; AWS documents no error text for it." "バックアップジョブと復元ジョブでこの呼び出しが拒否されます。エラーメッセージは文書化されていません。"

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

    /// Restoring clusters.
    RESTORE_CLUSTER "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "A restore makes a new cluster from a snapshot. The service checks the call against the new cluster, the snapshot, the subnet group, the parameter group and the option group. The new cluster needs a name of its own while the old one exists, hence the pattern. It has no instances: they are made afterwards." "復元では、スナップショットから新しいクラスターを作成します。この呼び出しは、新しいクラスター、スナップショット、サブネットグループ、パラメータグループ、オプショングループに対して認可されます。元のクラスターが残っている間は別名が必要なため、名前はパターンで指定します。復元で作られるのはクラスターだけで、インスタンスは後から作成します。"
    without "Restore jobs are denied, on the day when they are needed." "いちばん必要なときに、復元ジョブが拒否されます。"

    /// Tagging restored clusters.
    TAG_RESTORED_CLUSTER "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "Restoring with tags depends on the permission to tag the new cluster." "タグ付きの復元には、新しいクラスターへのタグ付け権限が必要です。"
    without "Restore jobs fail when the recovery point carries tags." "復旧ポイントにタグがある場合、復元ジョブが失敗します。"

    /// The ARN of a cluster that is backed up.
    BACKED_UP_CLUSTER "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "The cluster that snapshots are taken of, by its exact name." "スナップショットを取得するクラスターを、正確な名前で指定しています。"
    without "Backup jobs are denied at the cluster." "バックアップジョブがクラスターへのアクセスで拒否されます。"

    /// The ARN patterns of everything that is read.
    READ_RESOURCES "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "What AWS Backup reads it reads of any cluster and any cluster snapshot of the account in this region: no page says that it names one in every call, and a call that names none is checked against all of them. Reading changes nothing." "読み取りは、このリージョンにあるアカウントのすべてのクラスターとクラスタースナップショットが対象です。AWS Backup がどの呼び出しでも対象を指定するとは文書化されておらず、指定のない呼び出しは全体に対して認可されます。読み取りは何も変更しません。"
    without "A job is denied where it asks for all clusters or snapshots, or reads the tags of another than those that are named; a role that cannot read tags fails the job." "すべてのクラスターやスナップショットを一覧したり、指定したもの以外のタグを読み取ったりする場面で、ジョブが拒否されます。タグを読み取れないロールではジョブが失敗します。"

    /// The ARN pattern of restored clusters.
    RESTORED_CLUSTER "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html"
    why "The name is a pattern because of restores: while the old cluster exists the restored one needs another name, such as the old one with `-restored` behind it. As narrow as `restore as` makes it." "名前をパターンにしているのは復元のためです。元のクラスターが残っている間は、元の名前に `-restored` を付けるなど別名で復元する必要があります。範囲は `restore as` で絞れます。"
    without "A restore under any other name than the old one's is denied." "元の名前以外での復元が拒否されます。"

    /// The groups that a restored cluster is put into.
    RESTORE_GROUPS "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "RDS checks a restore against the subnet group, the cluster parameter group and the option group of the new cluster too. Groups that `restore` names are named here; a `*` stands where none was written. Aurora has default option groups only." "復元時、RDS は新しいクラスターのサブネットグループ、クラスターパラメータグループ、オプショングループも検査します。`restore` で指定したグループ名がここに入り、指定がなければ `*` になります。Aurora のオプショングループはデフォルトのものだけです。"
    without "Restore jobs are denied at the group." "復元ジョブがグループへのアクセスで拒否されます。"

    /// The key of the clusters.
    CLUSTER_KEY_ARN "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "An Aurora snapshot stays under the key of its cluster, whichever vault it lies in; `encrypted by` names it." "Aurora のスナップショットは、どのボールトにあってもクラスターのキーで暗号化されたままです。そのキーは `encrypted by` で指定されています。"
    without "Backup and copy jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\"." "バックアップとコピーのジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。"

    /// The key of the clusters, where the spec does not say which.
    UNKNOWN_CLUSTER_KEY_ARN "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "An Aurora snapshot stays under the key of its cluster, and the spec does not say which that is. A cluster that was there before never has a key that this system makes, and keys may be kept in an account of their own, hence any key of the source region, of any account; the source vault's and those that AWS manages are among them. `encrypted by` and the ARN of the key narrow it to that one." "Aurora のスナップショットはクラスターのキーで暗号化されたままですが、そのキーが定義ファイルに書かれていません。既存のクラスターがこのシステムの作るキーを使っていることはなく、キーを専用のアカウントで管理していることもあるため、ソースリージョンのすべてのキー(アカウントを問わない)が対象です。ソースボールトのキーと AWS マネージドキーもここに含まれます。`encrypted by` にキーの ARN を書けば、そのキーだけに絞れます。"
    without "Backup and copy jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\"." "バックアップとコピーのジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。"

    /// A restore makes no instances.
    RESTORE_WITHOUT_INSTANCES "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html"
    why "AWS Backup restores the cluster alone, unlike the RDS console, which makes instances with it. They are added afterwards with the deployer's own permissions; the role needs no rds:CreateDBInstance." "AWS Backup からの復元で作られるのはクラスターだけです(RDS コンソールからの復元ではインスタンスも作られます)。インスタンスは復元後に担当者の権限で追加するため、ロールに rds:CreateDBInstance は不要です。"
    without "Nobody can connect to the restored cluster until an instance is added." "インスタンスを追加するまで、復元したクラスターには接続できません。"

    /// The selection.
    SELECT_CLUSTERS "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    why "The selection names the clusters by their full ARNs, so that no other resource is ever backed up by this plan." "セレクションはクラスターを完全な ARN で指定します。このプランがほかのリソースをバックアップすることはありません。"
    without "The plan would back up nothing." "プランは何もバックアップしません。"

    /// A cluster in a selection.
    SELECTED_CLUSTER "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    why "The cluster is named by its whole ARN instead of by a tag: nobody adds or removes a cluster by editing tags, and no wildcard can reach another." "クラスターはタグではなく完全な ARN で指定します。タグの編集で対象が増減することも、ワイルドカードで別のクラスターが含まれることもありません。"
    without "The cluster would not be backed up. The same happens while Aurora is not switched on for AWS Backup in the region." "クラスターがバックアップされません。リージョンの AWS Backup で Aurora が有効になっていない場合も同様です。"

    /// Aurora is switched on in each region by hand.
    SERVICE_OPT_IN "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    why "AWS Backup backs Aurora up only where it is switched on in the region's settings, which no CloudFormation resource sets. It is off until somebody does it." "AWS Backup で Aurora をバックアップするには、リージョンの設定で有効にする必要があります。この設定は CloudFormation では行えず、初期状態では無効です。"
    without "The plan would run and back up nothing." "プランは実行されますが、何もバックアップされません。"

    /// Windows that AWS Backup heeds for other engines.
    WINDOWS_OF_OTHERS "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    why "AWS Backup starts no job of an RDS instance within an hour of its maintenance or automated-backup window. Aurora is exempt from both, so the window changes nothing here." "RDS インスタンスでは、メンテナンスウィンドウや自動バックアップウィンドウの 1 時間前からジョブを開始できません。Aurora はどちらの制約も受けないため、このウィンドウによる影響はありません。"
    without "Nothing: the clause states what is known of the cluster." "影響はありません。クラスターについてわかっていることを記すための句です。"
}
