//! Restoring an Aurora cluster: what must be there, the cluster by AWS Backup, its instances by hand.
//!
//! Keys of the metadata: <https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html>
//! (which are required, which optional, and how they are spelled).

use super::runbook::CLUSTERS;
use crate::aws::name::NameKind;
use crate::kind::rds::steps::{SettingGroup, WAITS, instance_class, network, of_instance, rds, security_groups};
use crate::kind::steps::{Metadata, POINT, Restored, Site};
use crate::procedure::Step;
use crate::procedure::command::{Line, Query};
use crate::text::{Sentence, say};

/// The page about restoring Aurora.
pub(super) const PAGE: &str = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html";

/// Subnet group, parameter group and security groups of a region.
pub(super) fn groups(site: &Site<'_>) -> Step {
    let code = site.code();
    Step::new(say!(
        "Check subnet group, parameter group and security groups in {code}",
        "{code} のサブネットグループ、パラメータグループ、セキュリティグループを確認する"
    ))
    .prose([say!(
        "A restore takes none of them along: they must be in {code} already. The parameter group's family must be that of the cluster's engine version; no parameter group is copied with a snapshot.",
        "これらは復元では引き継がれないため、あらかじめ {code} に作成しておく必要があります。パラメータグループのファミリーは、クラスターのエンジンバージョンに合わせます。パラメータグループはスナップショットと一緒にはコピーされません。"
    )])
    .lines(network(site, &[PARAMETER_GROUP]))
    .done(say!(
        "Both groups are listed, the subnets are in at least two Availability Zones, and one security group lets the application in.",
        "両方のグループが表示され、サブネットが 2 つ以上のアベイラビリティーゾーンにあり、アプリケーションからの接続を許可するセキュリティグループがあること。"
    ))
    .takes(say!("Seconds.", "数秒です。"))
    .source("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html")
}

/// The cluster parameter group of a restored cluster.
const PARAMETER_GROUP: SettingGroup = SettingGroup {
    word: "parameter-group",
    operation: "describe-db-cluster-parameter-groups",
    option: "--db-cluster-parameter-group-name",
    list: "DBClusterParameterGroups",
    fields: &["DBClusterParameterGroupName", "DBParameterGroupFamily"],
    hint: Sentence::new(
        "name of the DB cluster parameter group",
        "DB クラスターパラメータグループの名前を設定してください",
    ),
};

/// Puts engine and version into their variables, as the snapshot has them, whose ARN is that of the
/// recovery point. The metadata need not have the version, and without it RDS restores the region's
/// default one, which may be another major version.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DBClusterSnapshot.html>.
fn engine(site: &Site<'_>) -> [Line; 3] {
    let snapshot =
        || rds(site, "describe-db-cluster-snapshots").expand("--db-cluster-snapshot-identifier", site.value(POINT));
    [
        Line::Run(site.about_point("get-recovery-point-restore-metadata")),
        snapshot().into("ENGINE", Query::Value("DBClusterSnapshots[0].Engine")),
        snapshot().into("ENGINE_VERSION", Query::Value("DBClusterSnapshots[0].EngineVersion")),
    ]
}

/// Finds the network, the engine and the class of instances.
pub(super) fn gather(site: &Site<'_>) -> Step {
    let mut lines = network(site, &[PARAMETER_GROUP]);
    lines.extend(engine(site));
    lines.extend(instance_class(site));
    Step::new(say!("Gather what the restore needs", "復元に必要な情報を集める"))
        .prose([say!(
            "The restore metadata show what the cluster had when it was backed up; names in them are those of the region that was backed up. They may lack the engine version, and a restore without one may take another major version: engine and version are read from the snapshot itself, which is the recovery point.",
            "復元メタデータには、バックアップ時のクラスターの設定が表示されます。そこに含まれる名前は、バックアップ元リージョンのものです。エンジンバージョンは含まれていないことがあり、指定せずに復元すると別のメジャーバージョンになるおそれがあります。そのため、エンジンとバージョンは復旧ポイントの実体であるスナップショットから読み取ります。"
        ),
        say!(
            "If the snapshot is not found, set `ENGINE` and `ENGINE_VERSION` to what you noted before the day, and go on with the lines after them.",
            "スナップショットが見つからない場合は、`ENGINE` と `ENGINE_VERSION` に控えておいた値を設定し、その次の行から続けてください。"
        )])
        .lines(lines)
        .done(say!(
            "No message says that a value is missing, `ENGINE` begins with `aurora`, `ENGINE_VERSION` is a version and not `None`, and the last table shows the instance class with the engine version. An empty table means that the region does not offer the two together: choose another class.",
            "値が未設定というメッセージが出ず、`ENGINE` が `aurora` で始まり、`ENGINE_VERSION` が `None` ではなくバージョン番号で、最後の表にインスタンスクラスとエンジンバージョンが表示されること。表が空の場合、その組み合わせはこのリージョンで利用できないため、別のクラスを選びます。"
        ))
        .takes(say!("Minutes.", "数分です。"))
}

/// The metadata. The cluster has the key in the variable, or without one that of the snapshot.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html>.
pub(super) fn metadata(site: &Site<'_>, restored: &Restored<'_>, key: Option<&str>) -> Metadata {
    let mut fields = vec![
        ("DBClusterIdentifier", restored.name.to_owned()),
        ("Engine", "$ENGINE".to_owned()),
        ("EngineVersion", "$ENGINE_VERSION".to_owned()),
        ("DBSubnetGroupName", site.setting("subnet-group").into_text()),
        ("DBClusterParameterGroupName", site.setting("parameter-group").into_text()),
        security_groups(site),
    ];
    fields.extend(key.map(|variable| ("KmsKeyId", format!("${variable}"))));
    let encryption = if key.is_some() {
        say!(
            "`KmsKeyId` is the key that the new cluster is encrypted with; the role may use it.",
            "`KmsKeyId` は新しいクラスターを暗号化するキーで、ロールに使用が許可されています。"
        )
    } else {
        say!(
            "Without `KmsKeyId` the new cluster is encrypted with the key of the snapshot.",
            "`KmsKeyId` を指定しない場合、新しいクラスターはスナップショットと同じキーで暗号化されます。"
        )
    };
    let names = CLUSTERS.named(site, restored);
    Metadata { prose: vec![names, encryption], fields }
}

/// The first instance, since a restore makes none.
pub(super) fn instances(site: &Site<'_>, restored: &Restored<'_>) -> Step {
    let (code, cluster, instance) = (site.code(), restored.name, instance(restored));
    Step::new(say!("Make the instances", "インスタンスを作成する"))
        .prose([
            say!(
                "The first instance becomes the writer. For the readers that the load needs, repeat `create-db-instance` and the `wait` after it with the names `…-2`, `…-3`. An instance is private, as asked for, and takes the default DB parameter group unless you add `--db-parameter-group-name`.",
                "最初のインスタンスがライターになります。リーダーが必要な場合は、名前を `…-2`、`…-3` に変えて、`create-db-instance` とその次の `wait` を繰り返します。インスタンスは、オプションで指定しているとおりパブリックアクセス不可で作成されます。`--db-parameter-group-name` を追加しない限り、デフォルトの DB パラメータグループが使われます。"
            ),
            say!(
                "`db.serverless` needs a capacity range on the cluster first; fill in the one that you noted: `aws rds modify-db-cluster --db-cluster-identifier {cluster} --serverless-v2-scaling-configuration MinCapacity=…,MaxCapacity=… --apply-immediately --region {code}`.",
                "`db.serverless` の場合は、先にクラスターの容量範囲を設定します。控えておいた値を入れて実行してください: `aws rds modify-db-cluster --db-cluster-identifier {cluster} --serverless-v2-scaling-configuration MinCapacity=…,MaxCapacity=… --apply-immediately --region {code}`"
            ),
        ])
        .lines(instance_lines(site, cluster, &instance))
        .done(say!(
            "`{instance}` is listed as a member of the cluster `{cluster}`, whose status is `available`.",
            "クラスター `{cluster}` の状態が `available` で、メンバーに `{instance}` が表示されること。"
        ))
        .takes(WAITS)
        .source(PAGE)
}

/// Without `--no-publicly-accessible` an instance is public where the VPC has an internet gateway.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html>.
fn instance_lines(site: &Site<'_>, cluster: &str, instance: &str) -> [Line; 5] {
    [
        CLUSTERS.command(site, "describe-db-clusters", cluster).wait("db-cluster-available"),
        CLUSTERS.command(site, "describe-db-clusters", cluster).into("ENGINE", Query::Value("DBClusters[0].Engine")),
        of_instance(site, "create-db-instance", instance)
            .with("--db-cluster-identifier", cluster)
            .expand("--db-instance-class", "$INSTANCE_CLASS")
            .expand("--engine", "$ENGINE")
            .flag("--no-publicly-accessible")
            .show(&["DBInstance.DBInstanceIdentifier", "DBInstance.DBInstanceStatus"]),
        of_instance(site, "describe-db-instances", instance).wait("db-instance-available"),
        CLUSTERS.command(site, "describe-db-clusters", cluster).show(&[
            "DBClusters[0].Status",
            "DBClusters[0].EngineVersion",
            "DBClusters[0].DBClusterMembers[].DBInstanceIdentifier",
            "DBClusters[0].KmsKeyId",
        ]),
    ]
}

/// Deletes the first instance, then the cluster.
pub(super) fn clean_up(site: &Site<'_>, restored: &Restored<'_>) -> Vec<Line> {
    let (cluster, instance) = (restored.name, instance(restored));
    vec![
        of_instance(site, "delete-db-instance", &instance)
            .show(&["DBInstance.DBInstanceIdentifier", "DBInstance.DBInstanceStatus"]),
        of_instance(site, "describe-db-instances", &instance).wait("db-instance-deleted"),
        CLUSTERS
            .command(site, "delete-db-cluster", cluster)
            .flag("--skip-final-snapshot")
            .show(&["DBCluster.DBClusterIdentifier", "DBCluster.Status"]),
        CLUSTERS.command(site, "describe-db-clusters", cluster).wait("db-cluster-deleted"),
    ]
}

/// The first instance of a restored cluster: its name and a number, shortened to what RDS accepts.
/// Where it has the name of the cluster that was backed up, whose instances keep their names when
/// that one is moved aside, the instance says that it is new.
fn instance(restored: &Restored<'_>) -> String {
    let ending = if restored.name == restored.of { "-restored-1" } else { "-1" };
    let kept: String = restored.name.chars().take(NameKind::Cluster.rule().longest - ending.len()).collect();
    format!("{}{ending}", kept.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(name: &str, of: &str, expected: &str) {
        assert_eq!(instance(&Restored { name, of }), expected);
    }

    #[test]
    fn instances_of_a_cluster_with_the_old_name_are_told_from_the_old_ones() {
        case("mydb-restored", "mydb", "mydb-restored-1");
        case("mydb", "mydb", "mydb-restored-1");
    }

    #[test]
    fn long_names_stay_within_the_limit() {
        let kept = |length| "a".repeat(length);
        case(&kept(63), "mydb", &format!("{}-1", kept(61)));
        case(&format!("{}-bc", kept(60)), "mydb", &format!("{}-1", kept(60)));
        case(&kept(63), &kept(63), &format!("{}-restored-1", kept(52)));
    }
}
