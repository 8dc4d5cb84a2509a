//! What a runbook says and does for Aurora clusters.

use super::{CLUSTER, restore};
use crate::kind::rds::steps::{
    INSTANCE_CLASS, KEY_SHOWN, NETWORK_FITS, Nouns, OPERATOR, PARAMETER_GROUP_WORDS, PREPARE, SECURITY_GROUP,
    SUBNET_GROUP, VERIFY, WAITS, check, choices, into_groups, rds,
};
use crate::kind::steps::{MINUTES_LOST, OwnBackups, PLACE, Rename, Steps};
use crate::procedure::Step;
use crate::procedure::line::Line;
use crate::text::{Sentence, say};

/// The steps of Aurora clusters.
pub(super) const STEPS: Steps = Steps {
    prepare: PREPARE,
    key_shown: KEY_SHOWN,
    settings: &[SUBNET_GROUP, restore::PARAMETER_GROUP.asked, SECURITY_GROUP, INSTANCE_CLASS],
    choices: || choices(&[restore::PARAMETER_GROUP]),
    check: || check(&[restore::PARAMETER_GROUP]),
    fits: NETWORK_FITS,
    note,
    ask: |region| CLUSTERS.ask(region),
    list: || rds("describe-db-clusters").rows("DBClusters", &["DBClusterIdentifier", "Status", "KmsKeyId"]),
    restores: Sentence::new(
        "AWS Backup restores a cluster without any instance: you make the instances.",
        "AWS Backup が復元するのはクラスターだけです。インスタンスは手動で作成します。",
    ),
    restore_clause: Sentence::new(
        "restore subnet-group NAME parameter-group NAME",
        "restore subnet-group 名前 parameter-group 名前",
    ),
    gather: restore::gather,
    metadata: restore::metadata,
    page: restore::PAGE,
    complete: restore::instances,
    own_backups: Some(OwnBackups {
        called: Sentence::new("Aurora's own backups", "Aurora の自動バックアップ"),
        absent: None,
        loses: MINUTES_LOST,
        time: restore::time,
        restore: restore::to_time,
    }),
    point: Sentence::new("an Aurora snapshot", "Aurora スナップショット"),
    copy_page: "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html",
    rename: Some(Rename { free: move_aside, take: || CLUSTERS.take_name() }),
    reach: || CLUSTERS.reach(),
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
    list: "DBClusters",
    name: "DBClusterIdentifier",
    made: "ClusterCreateTime",
    id: "DbClusterResourceId",
    modify: "modify-db-cluster",
    status: "Status",
    endpoint: &["DBClusters[0].Endpoint", "DBClusters[0].ReaderEndpoint", "DBClusters[0].Port"],
    renamed: &["DBCluster.DBClusterIdentifier", "DBCluster.Status"],
    protected: &["DBCluster.DBClusterIdentifier", "DBCluster.DeletionProtection"],
    asked: &["DBClusterIdentifier", "Status", "LatestRestorableTime"],
    event_source: "db-cluster",
    own_backups: ("describe-db-cluster-automated-backups", "DBClusterAutomatedBackups"),
};

/// What only the source can say, while it still can.
fn note() -> Step {
    let described = |fields| CLUSTERS.show("$NAME", fields);
    let instances = rds("describe-db-instances").expand("--filters", "Name=db-cluster-id,Values=$NAME");
    Step::new(say!("Note what only the source knows", "ソースにしかない情報を控える"))
        .after(PLACE)
        .prose([say!(
            "On the day it may be impossible to ask. Write the instance class into the settings of each place, and keep the rest with this runbook: a restore does not bring along all that the second table shows, nor the parameter groups of the instances.",
            "当日は確認できない可能性があります。インスタンスクラスは各場所の設定ファイルに記入し、残りはこのランブックと一緒に保管します。2 つ目の表の設定とインスタンスのパラメータグループは、復元で引き継がれないことがあります。"
        )])
        .lines([Line::each([
            described(DESCRIBED),
            described(LEFT_BEHIND),
            instances.rows("DBInstances", OF_INSTANCES),
        ])])
        .done(say!(
            "Instance class, engine version, endpoint and security groups of each cluster are written down.",
            "各クラスターのインスタンスクラス、エンジンバージョン、エンドポイント、セキュリティグループを控えたこと。"
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

fn switch() -> Step {
    CLUSTERS.switch().prose([say!(
        "Compare each cluster with what you noted, and put back what the restore did not bring along: backup retention, storage type, IAM database authentication, associated IAM roles, log exports.",
        "各クラスターを控えておいた内容と比べ、引き継がれなかった設定(バックアップ保持期間、ストレージタイプ、IAM データベース認証、関連付けた IAM ロール、ログのエクスポート)を元に戻します。"
    )])
}

/// The wait ends as soon as nothing has the name, whether deleted or renamed.
fn move_aside() -> Step {
    CLUSTERS.move_aside(CLUSTERS.command("describe-db-clusters", "$NAME").wait("db-cluster-deleted"))
}
