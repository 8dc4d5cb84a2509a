//! Restoring an Aurora cluster: the cluster by AWS Backup or by RDS itself, its instances by hand.
//!
//! Keys of the metadata: <https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html>
//! (which are required, which optional, and how they are spelled).

use super::runbook::CLUSTERS;
use crate::kind::rds::steps::{SettingGroup, WAITS, of_instance, orderable, rds, security_groups};
use crate::kind::steps::{AskedSetting, KEY, MADE, Metadata, POINT, READY, TIMES};
use crate::procedure::Step;
use crate::procedure::command::{Command, Query};
use crate::procedure::line::{Document, Line};
use crate::text::{Sentence, say};

/// The page about restoring Aurora.
pub(super) const PAGE: &str = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html";

/// The cluster parameter group of a restored cluster.
pub(super) const PARAMETER_GROUP: SettingGroup = SettingGroup {
    asked: AskedSetting {
        variable: "PARAMETER_GROUP",
        word: Some("parameter-group"),
        hint: Sentence::new("name of the DB cluster parameter group", "DB クラスターパラメータグループの名前"),
    },
    operation: "describe-db-cluster-parameter-groups",
    option: "--db-cluster-parameter-group-name",
    list: "DBClusterParameterGroups",
    fields: &["DBClusterParameterGroupName", "DBParameterGroupFamily"],
};

/// Finds engine and version, as the snapshot has them, whose ARN is that of the recovery point. The metadata need not
/// have the version, and without it RDS restores the region's default one, which may be another major version.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBClusterSnapshot.html>.
pub(super) fn gather() -> Vec<Line> {
    let snapshot =
        || rds("describe-db-cluster-snapshots").expand("--db-cluster-snapshot-identifier", format!("${POINT}"));
    vec![
        snapshot().into("ENGINE", Query::Value("DBClusterSnapshots[0].Engine")),
        snapshot().into("ENGINE_VERSION", Query::Value("DBClusterSnapshots[0].EngineVersion")),
        orderable(),
    ]
}

/// The metadata. The cluster has the key in the variable, or without one that of the snapshot.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html>.
pub(super) fn metadata() -> Metadata {
    let fields = vec![
        ("DBClusterIdentifier", "$NEW".to_owned()),
        ("Engine", "$ENGINE".to_owned()),
        ("EngineVersion", "$ENGINE_VERSION".to_owned()),
        ("DBSubnetGroupName", "$SUBNET_GROUP".to_owned()),
        ("DBClusterParameterGroupName", "$PARAMETER_GROUP".to_owned()),
        security_groups(),
    ];
    let encryption = say!(
        "`KmsKeyId` is the key that the new cluster is encrypted with; the role may use it. Where it is left out, the new cluster has the key of the snapshot. An empty table means that the region does not offer the instance class with that engine version: choose another class.",
        "`KmsKeyId` は新しいクラスターを暗号化するキーで、ロールに使用が許可されています。`KmsKeyId` がない場合は、スナップショットと同じキーになります。表が空の場合、そのエンジンバージョンとインスタンスクラスの組み合わせはリージョンで利用できないため、別のクラスを選びます。"
    );
    let document = Document { fields, with: Some((KEY, vec![("KmsKeyId", format!("${KEY}"))])) };
    Metadata { prose: vec![CLUSTERS.named(), encryption], document }
}

/// Finds the latest time that each cluster can go back to.
pub(super) fn time() -> Step {
    Step::new(say!("Choose the time to go back to", "戻す時点を決める"))
        .mark(TIMES)
        .prose([say!(
            "The step takes the latest one (`LatestRestorableTime`; for a deleted cluster, the end of the window of its retained backups). If that already holds the damage, choose an earlier one within the window that is shown with `choose NAME RESTORE_TIME 2026-11-27T03:10:00Z`, then paste this step again.",
            "復元できる最新の時点(`LatestRestorableTime`。削除されたクラスターでは、保持されているバックアップの期間の終わり)を使います。その時点ですでにデータが壊れていた場合は、表示された期間のうち、それより前の時点を `choose NAME RESTORE_TIME 2026-11-27T03:10:00Z` で選び、この手順をもう一度貼り付けます。"
        )])
        .lines([Line::each(CLUSTERS.latest_times())])
        .done(say!("Each cluster has a `RESTORE_TIME`.", "各クラスターの `RESTORE_TIME` が表示されること。"))
        .takes(say!("Seconds.", "数秒です。"))
        .source("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr-retained.html")
}

/// Makes each cluster as it was. Without a security group it has the VPC's default one.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterToPointInTime.html>.
pub(super) fn to_time() -> Step {
    let restore = rds("restore-db-cluster-to-point-in-time")
        .expand("--source-db-cluster-resource-id", "$SOURCE_ID")
        .expand("--db-cluster-identifier", "$NEW")
        .expand("--restore-to-time", "$RESTORE_TIME")
        .expand("--db-subnet-group-name", "$SUBNET_GROUP")
        .expand("--db-cluster-parameter-group-name", "$PARAMETER_GROUP")
        .expand("--vpc-security-group-ids", "$SECURITY_GROUP_ID");
    Step::new(say!("Make the clusters as they were", "その時点のクラスターを作成する"))
        .after(TIMES)
        .mark(MADE)
        .prose([say!(
            "RDS makes the new cluster beside the old one, with the old one's key. If RDS says that the time is not before the latest one, choose one a minute earlier.",
            "古いクラスターとは別に、同じキーで新しいクラスターが作成されます。時点が新しすぎるという理由で拒否された場合は、1 分前の時点を選んでください。"
        )])
        .lines([
            Line::each([restore.into("MADE", Query::Value("DBCluster.DBClusterIdentifier"))]),
            Line::each([CLUSTERS.until_available("$NEW")]),
        ])
        .done(say!("Each new cluster is `available`.", "新しいクラスターがすべて `available` になること。"))
        .takes(say!(
            "AWS promises no time. The step looks every 30 seconds for 4 hours; paste it again then.",
            "AWS は所要時間を保証していません。この手順は 30 秒ごとに、最長 4 時間確認します。終わらない場合は、もう一度貼り付けます。"
        ))
        .source("https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterToPointInTime.html")
}

/// The first instance, since a restore makes none.
pub(super) fn instances() -> Step {
    Step::new(say!("Make the instances", "インスタンスを作成する"))
        .after(MADE)
        .mark(READY)
        .prose([
            say!(
                "The first instance becomes the writer. The command makes it private, with the default DB parameter group. Make the readers that the load needs once it serves: `aws rds create-db-instance --db-instance-identifier NEW-2 --db-cluster-identifier NEW --db-instance-class CLASS --engine ENGINE --no-publicly-accessible --region REGION`.",
                "最初のインスタンスがライターになります。パブリックアクセスは無効(コマンドで指定)、DB パラメータグループはデフォルトのものです。リーダーが必要な場合は、ライターの稼働後に作成します: `aws rds create-db-instance --db-instance-identifier NEW-2 --db-cluster-identifier NEW --db-instance-class CLASS --engine ENGINE --no-publicly-accessible --region REGION`"
            ),
            say!(
                "`db.serverless` needs a capacity range on the cluster first; fill in the one that you noted: `aws rds modify-db-cluster --db-cluster-identifier NEW --serverless-v2-scaling-configuration MinCapacity=…,MaxCapacity=… --apply-immediately --region REGION`.",
                "`db.serverless` の場合は、先にクラスターの容量範囲を設定します。控えておいた値を入れて実行してください: `aws rds modify-db-cluster --db-cluster-identifier NEW --serverless-v2-scaling-configuration MinCapacity=…,MaxCapacity=… --apply-immediately --region REGION`"
            ),
        ])
        .lines(instance_lines())
        .done(say!(
            "The writer is listed as a member of each new cluster, whose status is `available`.",
            "新しいクラスターの状態が `available` で、メンバーにライターが表示されること。"
        ))
        .takes(WAITS)
        .source(PAGE)
}

/// The name of the first instance of a restored cluster: that of the cluster with an ending that no instance of the
/// old cluster has, shortened to what RDS accepts.
fn named() -> [Line; 2] {
    [Line::assign("INSTANCE", "$(printf %.56s \"$NEW\")"), Line::assign("INSTANCE", "${INSTANCE%-}-new-1")]
}

/// Without `--no-publicly-accessible` an instance is public where the VPC has an internet gateway.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>.
fn instance_lines() -> [Line; 2] {
    let cluster = |operation| CLUSTERS.command(operation, "$NEW");
    let create = of_instance("create-db-instance", "$INSTANCE")
        .expand("--db-cluster-identifier", "$NEW")
        .expand("--db-instance-class", "$INSTANCE_CLASS")
        .expand("--engine", "$ENGINE")
        .flag("--no-publicly-accessible");
    let mut make = vec![
        cluster("describe-db-clusters").wait("db-cluster-available"),
        cluster("describe-db-clusters").into("ENGINE", Query::Value("DBClusters[0].Engine")),
    ];
    make.extend(named());
    make.push(create.into("WRITER", Query::Value("DBInstance.DBInstanceIdentifier")));
    let shown = cluster("describe-db-clusters").show(&[
        "DBClusters[0].Status",
        "DBClusters[0].EngineVersion",
        "DBClusters[0].DBClusterMembers[].DBInstanceIdentifier",
        "DBClusters[0].KmsKeyId",
    ]);
    [Line::each(make), Line::each([writer("describe-db-instances").wait("db-instance-available"), shown])]
}

fn writer(operation: &'static str) -> Command {
    of_instance(operation, "$WRITER")
}

/// Deletes the first instance, then the cluster.
pub(super) fn clean_up() -> Vec<Line> {
    let delete = CLUSTERS.command("delete-db-cluster", "$NEW").flag("--skip-final-snapshot");
    vec![
        writer("delete-db-instance").into("DELETED_WRITER", Query::Value("DBInstance.DBInstanceIdentifier")),
        writer("describe-db-instances").wait("db-instance-deleted"),
        delete.into("DELETED", Query::Value("DBCluster.DBClusterIdentifier")),
        CLUSTERS.command("describe-db-clusters", "$NEW").wait("db-cluster-deleted"),
    ]
}
