//! What a runbook says and does for Aurora clusters.

use super::{CLUSTER, restore};
use crate::kind::rds::{
    self,
    steps::{Nouns, OPERATOR, PREPARE, VERIFY, events, rds},
};
use crate::kind::steps::{Rename, Restorable, Restored, Site, Steps};
use crate::procedure::Step;
use crate::procedure::command::{Command, Line, Query};
use crate::text::{Sentence, Text, say};

/// The steps of Aurora clusters.
pub(super) const STEPS: Steps = Steps {
    prepare: PREPARE,
    unknown_key,
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
    rename: Some(Rename { free: move_aside, take: take_name }),
    reach,
    switch,
    verify: VERIFY,
    clean_up: restore::clean_up,
    allowed,
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

fn unknown_key(source: &Site<'_>) -> Text {
    let code = source.code();
    say!(
        "The spec does not say with which key the cluster itself is encrypted, so the role may have RDS use any key of {code}. Look it up as `KmsKeyId` in the table below: a key of another account must let this account in by its own policy. `encrypted by` and its ARN in the spec narrow the permission to that key.",
        "クラスター自体を暗号化しているキーは定義ファイルに書かれていないため、ロールは {code} のすべてのキーを RDS 経由で使えます。実際のキーは後述の表の `KmsKeyId` で確認してください。別のアカウントのキーの場合は、そのキーポリシーでこのアカウントを許可しておく必要があります。定義ファイルの `encrypted by` に ARN を書けば、許可をそのキーだけに絞れます。"
    )
}

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
    let described = |fields| Line::Run(CLUSTERS.show(source, cluster, fields));
    let instances =
        rds(source, "describe-db-instances").with("--filters", format!("Name=db-cluster-id,Values={cluster}"));
    let instances = instances.show(Query::Rows { list: "DBInstances", by: None, fields: OF_INSTANCES });
    [described(DESCRIBED), described(LEFT_BEHIND), Line::Run(instances)]
}

fn ask(source: &Site<'_>, cluster: &str) -> Vec<Command> {
    const SHOWN: &[&str] = &["DBClusters[0].Status", "DBClusters[0].Endpoint", "DBClusters[0].LatestRestorableTime"];
    vec![CLUSTERS.show(source, cluster, SHOWN), events(source, "db-cluster", cluster)]
}

fn list(site: &Site<'_>) -> Command {
    rds(site, "describe-db-clusters").show(Query::Rows {
        list: "DBClusters",
        by: None,
        fields: &["DBClusterIdentifier", "Status", "KmsKeyId"],
    })
}

fn restores(cluster: &str) -> Text {
    say!(
        "AWS Backup restores the cluster `{cluster}` without a single instance: you make the instances.",
        "AWS Backup が復元するのはクラスター `{cluster}` だけで、インスタンスは作成されません。インスタンスは手動で作成します。"
    )
}

fn reach(site: &Site<'_>, cluster: &str) -> Line {
    CLUSTERS.reach(site, cluster)
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
    let free = |_: &str| CLUSTERS.command(source, "describe-db-clusters", cluster).waiting("db-cluster-deleted");
    CLUSTERS.move_aside(source, cluster, |aside| Line::Run(free(aside)))
}

fn take_name(source: &Site<'_>, restored: &Restored<'_>, plan: &str) -> Step {
    CLUSTERS.take_name(source, restored, plan)
}

/// Names of clusters, subnet group and parameter group.
fn allowed(restore: &Restorable<'_>, region: &str, role: &str) -> Text {
    let parameters = ("parameter-group", Sentence::new("parameter group", "パラメータグループ"));
    rds::steps::allowed(&CLUSTER.words, restore, (region, role), &[parameters])
}
