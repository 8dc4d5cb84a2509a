//! What a runbook says and does for Aurora clusters.

use super::{CLUSTER, restore};
use crate::kind::rds::steps::{
    KEY_SHOWN, Nouns, OPERATOR, PARAMETER_GROUP_WORDS, PREPARE, VERIFY, WAITS, events, into_groups, rds,
};
use crate::kind::steps::{Rename, Site, Steps};
use crate::procedure::Step;
use crate::procedure::command::Line;
use crate::text::{Sentence, Text, say};

/// The steps of Aurora clusters.
pub(super) const STEPS: Steps = Steps {
    prepare: PREPARE,
    key_shown: KEY_SHOWN,
    needed: Some(restore::groups),
    note,
    ask,
    list,
    restores,
    restore_clause: Sentence::new(
        "restore subnet-group NAME parameter-group NAME",
        "restore subnet-group 名前 parameter-group 名前",
    ),
    gather: restore::gather,
    metadata: restore::metadata,
    page: restore::PAGE,
    complete: restore::instances,
    point: Sentence::new("an Aurora snapshot", "Aurora スナップショット"),
    copy_page: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html",
    rename: Some(Rename { free: move_aside, take: |site, restored, plan| CLUSTERS.take_name(site, restored, plan) }),
    reach: |site, cluster| CLUSTERS.reach(site, cluster),
    switch,
    verify: VERIFY,
    clean_up: restore::clean_up,
    deleted: (
        Sentence::new(
            " Further instances that you made are deleted first.",
            "追加で作成したインスタンスがあれば、先に削除します。",
        ),
        WAITS,
    ),
    allowed: |restore| into_groups(restore, &[PARAMETER_GROUP_WORDS]),
    beyond_role: Sentence::new(
        "It cannot make instances, rename or delete clusters, or back up a cluster outside the source region. Those calls are yours.",
        "インスタンスの作成、クラスターの名前変更や削除、ソースリージョン以外のクラスターのバックアップはできません。これらの操作は担当者の権限で行います。",
    ),
    operator: (OPERATOR, "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html"),
};

/// How RDS's commands speak of clusters.
pub(super) const CLUSTERS: Nouns = Nouns {
    one: CLUSTER.words.one,
    identifier: "--db-cluster-identifier",
    new_identifier: "--new-db-cluster-identifier",
    describe: "describe-db-clusters",
    modify: "modify-db-cluster",
    status: "DBClusters[0].Status",
    endpoint: &["DBClusters[0].Endpoint", "DBClusters[0].ReaderEndpoint", "DBClusters[0].Port"],
    renamed: &["DBCluster.DBClusterIdentifier", "DBCluster.Status"],
    protected: &["DBCluster.DBClusterIdentifier", "DBCluster.DeletionProtection"],
};

/// What only the source can say, while it still can.
fn note(source: &Site<'_>, cluster: &str) -> Step {
    Step::new(say!("Note what only the source knows", "ソースにしかない情報を控える"))
        .prose([say!(
            "Write the instance classes, the engine version and the endpoint into your copy of this runbook: on the day nobody may be able to ask. A restore does not bring along all that the second table shows, nor the parameter groups of the instances; note what you need.",
            "インスタンスクラス、エンジンバージョン、エンドポイントを、手元のランブックに控えておきます。当日は確認できない可能性があります。2 つ目の表の設定とインスタンスのパラメータグループは、復元で引き継がれないことがあります。必要なものは併せて控えてください。"
        )])
        .lines(note_lines(source, cluster))
        .done(say!(
            "`INSTANCE_CLASS` and the security groups are written down.",
            "`INSTANCE_CLASS` とセキュリティグループを控えたこと。"
        ))
        .takes(say!("Minutes.", "数分です。"))
}

/// What the cluster is.
const DESCRIBED: &[&str] = &[
    "DBClusters[0].Engine",
    "DBClusters[0].EngineVersion",
    "DBClusters[0].DBSubnetGroup",
    "DBClusters[0].DBClusterParameterGroup",
    "DBClusters[0].StorageEncryptionType",
    "DBClusters[0].KmsKeyId",
    "DBClusters[0].Endpoint",
    "DBClusters[0].Port",
    "DBClusters[0].VpcSecurityGroups[].VpcSecurityGroupId",
    "DBClusters[0].MasterUserSecret.SecretArn",
];

/// What a restore does not, or not always, bring along.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html>.
const LEFT_BEHIND: &[&str] = &[
    "DBClusters[0].DeletionProtection",
    "DBClusters[0].BackupRetentionPeriod",
    "DBClusters[0].StorageType",
    "DBClusters[0].IAMDatabaseAuthenticationEnabled",
    "DBClusters[0].AssociatedRoles[].RoleArn",
    "DBClusters[0].EnabledCloudwatchLogsExports[]",
    "DBClusters[0].ServerlessV2ScalingConfiguration.MinCapacity",
    "DBClusters[0].ServerlessV2ScalingConfiguration.MaxCapacity",
];

/// What is needed of each instance to make it again.
const OF_INSTANCES: &[&str] = &[
    "DBInstanceIdentifier",
    "DBInstanceClass",
    "AvailabilityZone",
    "PubliclyAccessible",
    "DBParameterGroups[].DBParameterGroupName",
];

/// Shows all that is to be noted.
fn note_lines(source: &Site<'_>, cluster: &str) -> [Line; 3] {
    let described = |fields| CLUSTERS.show(source, cluster, fields);
    let instances =
        rds(source, "describe-db-instances").with("--filters", format!("Name=db-cluster-id,Values={cluster}"));
    let instances = instances.rows("DBInstances", None, OF_INSTANCES);
    [described(DESCRIBED), described(LEFT_BEHIND), instances]
}

fn ask(source: &Site<'_>, cluster: &str) -> [Line; 2] {
    const SHOWN: &[&str] = &["DBClusters[0].Status", "DBClusters[0].Endpoint", "DBClusters[0].LatestRestorableTime"];
    [CLUSTERS.show(source, cluster, SHOWN), events(source, "db-cluster", cluster)]
}

fn list(site: &Site<'_>) -> Line {
    rds(site, "describe-db-clusters").rows("DBClusters", None, &["DBClusterIdentifier", "Status", "KmsKeyId"])
}

fn restores(cluster: &str) -> Text {
    say!(
        "AWS Backup restores the cluster `{cluster}` without a single instance: you make the instances.",
        "AWS Backup が復元するのはクラスター `{cluster}` だけで、インスタンスは作成されません。インスタンスは手動で作成します。"
    )
}

fn switch(site: &Site<'_>, cluster: &str) -> Step {
    let code = site.code();
    CLUSTERS.switch(site, cluster).prose([say!(
        "Compare the cluster in {code} with what you noted, and put back what the restore did not bring along: backup retention, storage type, IAM database authentication, associated IAM roles, log exports. Deletion protection is switched on by the first command.",
        "{code} のクラスターを控えておいた内容と比べ、引き継がれなかった設定(バックアップ保持期間、ストレージタイプ、IAM データベース認証、関連付けた IAM ロール、ログのエクスポート)を元に戻します。削除保護は最初のコマンドで有効にします。"
    )])
}

fn move_aside(source: &Site<'_>, cluster: &str) -> Step {
    // It ends as soon as nothing has the name, whether deleted or renamed.
    let gone = CLUSTERS.command(source, "describe-db-clusters", cluster).wait("db-cluster-deleted");
    CLUSTERS.move_aside(source, cluster, |_| gone)
}
