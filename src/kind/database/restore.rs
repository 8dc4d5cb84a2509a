//! Restoring an RDS DB instance: what must be there, the instance by AWS Backup, what it lacks by hand.
//!
//! Keys of the metadata are the parameters of the call that restores:
//! <https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-rds.html>,
//! <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html>.

use super::runbook::DATABASES;
use crate::kind::rds::steps::{SettingGroup, WAITS, instance_class, network, rds, security_groups};
use crate::kind::steps::{Metadata, POINT, Restored, Site};
use crate::procedure::Step;
use crate::procedure::command::{Line, Query};
use crate::text::{Sentence, say};

/// The page about restoring RDS.
pub(super) const PAGE: &str = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-rds.html";

/// What the settings of a restored database come from.
const GROUPS: &[SettingGroup] = &[
    SettingGroup {
        word: "parameter-group",
        operation: "describe-db-parameter-groups",
        option: "--db-parameter-group-name",
        list: "DBParameterGroups",
        fields: &["DBParameterGroupName", "DBParameterGroupFamily"],
        hint: Sentence::new("name of the DB parameter group", "DB パラメータグループの名前を設定してください"),
    },
    SettingGroup {
        word: "option-group",
        operation: "describe-option-groups",
        option: "--option-group-name",
        list: "OptionGroupsList",
        fields: &["OptionGroupName", "EngineName", "MajorEngineVersion", "VpcId"],
        hint: Sentence::new(
            "name of the option group, such as that of the engine's default, which is listed once a database uses it",
            "オプショングループの名前を設定してください(エンジンのデフォルトのグループは、データベースで使われた後に表示されます)",
        ),
    },
];

/// Subnet group, parameter group, option group and security groups of a region.
pub(super) fn groups(site: &Site<'_>) -> Step {
    let code = site.code();
    Step::new(say!(
        "Check subnet group, parameter group, option group and security groups in {code}",
        "{code} のサブネットグループ、パラメータグループ、オプショングループ、セキュリティグループを確認する"
    ))
    .prose([say!(
        "A restore takes none of them along: they must be in {code} already. The groups of settings must be for the database's engine and version, and an option group that was used in a VPC is bound to it. No group is copied with a snapshot.",
        "これらは復元では引き継がれないため、あらかじめ {code} に作成しておく必要があります。パラメータグループとオプショングループは、データベースのエンジンとバージョンに合わせます。VPC で使われたオプショングループは、その VPC 専用になります。いずれのグループも、スナップショットと一緒にはコピーされません。"
    )])
    .lines(network(site, GROUPS))
    .done(say!(
        "All groups are listed, the subnets are in at least two Availability Zones, and one security group lets the application in.",
        "すべてのグループが表示され、サブネットが 2 つ以上のアベイラビリティーゾーンにあり、アプリケーションからの接続を許可するセキュリティグループがあること。"
    ))
    .takes(say!("Seconds.", "数秒です。"))
    .source("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html")
}

/// Finds the network, the engine, the class of the instance and whether it is Multi-AZ.
fn gather_lines(site: &Site<'_>) -> Vec<Line> {
    let mut lines = network(site, GROUPS);
    let snapshot = || rds(site, "describe-db-snapshots").expand("--db-snapshot-identifier", site.value(POINT));
    lines.extend([
        Line::Run(site.about_point("get-recovery-point-restore-metadata")),
        snapshot().into("ENGINE", Query::Value("DBSnapshots[0].Engine")),
        snapshot().into("ENGINE_VERSION", Query::Value("DBSnapshots[0].EngineVersion")),
        snapshot().show(&[
            "DBSnapshots[0].OptionGroupName",
            "DBSnapshots[0].StorageType",
            "DBSnapshots[0].AllocatedStorage",
            "DBSnapshots[0].KmsKeyId",
        ]),
    ]);
    lines.extend(instance_class(site));
    lines.push(Line::need(
        "MULTI_AZ",
        say!(
            "true for a Multi-AZ database, or false: noted before the day",
            "マルチ AZ なら true、そうでなければ false を設定してください(控えておいた値)"
        ),
    ));
    lines
}

/// Gathers what the metadata need.
pub(super) fn gather(site: &Site<'_>) -> Step {
    Step::new(say!("Gather what the restore needs", "復元に必要な情報を集める"))
        .prose([
            say!(
                "The restore metadata show what the database had when it was backed up; names in them are those of the region that was backed up. The restored database has the engine version and the key of the snapshot, which is the recovery point: no metadata change them.",
                "復元メタデータには、バックアップ時のデータベースの設定が表示されます。そこに含まれる名前は、バックアップ元リージョンのものです。復元したデータベースのエンジンバージョンとキーは、復旧ポイントの実体であるスナップショットのものになり、メタデータでは変更できません。"
            ),
            say!(
                "If the snapshot is not found, set `ENGINE` and `ENGINE_VERSION` to what you noted before the day, and go on with the lines after them. A snapshot whose `StorageType` is `standard` can only be restored to another type: add `StorageType` with `gp3` to the metadata.",
                "スナップショットが見つからない場合は、`ENGINE` と `ENGINE_VERSION` に控えておいた値を設定し、その次の行から続けてください。`StorageType` が `standard` のスナップショットは、同じタイプでは復元できません。メタデータに `StorageType` として `gp3` を追加してください。"
            ),
        ])
        .lines(gather_lines(site))
        .done(say!(
            "No message says that a value is missing, `ENGINE_VERSION` is a version and not `None`, and the last table shows the instance class with the engine version. An empty table means that the region does not offer the two together: choose another class.",
            "値が未設定というメッセージが出ず、`ENGINE_VERSION` が `None` ではなくバージョン番号で、最後の表にインスタンスクラスとエンジンバージョンが表示されること。表が空の場合、その組み合わせはこのリージョンで利用できないため、別のクラスを選びます。"
        ))
        .takes(say!("Minutes.", "数分です。"))
        .source("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html")
}

/// The metadata, which name no key: a restored database has that of its snapshot.
pub(super) fn metadata(site: &Site<'_>, restored: &Restored<'_>, _key: Option<&str>) -> Metadata {
    let group = |word| site.setting(word).into_text();
    let fields = vec![
        ("DBInstanceIdentifier", restored.name.to_owned()),
        ("DBInstanceClass", "$INSTANCE_CLASS".to_owned()),
        ("DBSubnetGroupName", group("subnet-group")),
        ("DBParameterGroupName", group("parameter-group")),
        ("OptionGroupName", group("option-group")),
        security_groups(site),
        ("MultiAZ", "$MULTI_AZ".to_owned()),
        ("PubliclyAccessible", "false".to_owned()),
    ];
    let names = DATABASES.named(site, restored);
    let kept = say!(
        "`KmsKeyId`, `EngineVersion` and `Encrypted` would be read and change nothing: the new database has the key and the version of the snapshot.",
        "`KmsKeyId`、`EngineVersion`、`Encrypted` を指定しても結果は変わりません。新しいデータベースのキーとバージョンは、スナップショットと同じになります。"
    );
    Metadata { prose: vec![names, kept], fields }
}

/// What a restore does not bring along.
pub(super) fn complete(site: &Site<'_>, restored: &Restored<'_>) -> Step {
    const SHOWN: &[&str] = &[
        "DBInstances[0].DBInstanceStatus",
        "DBInstances[0].EngineVersion",
        "DBInstances[0].MultiAZ",
        "DBInstances[0].BackupRetentionPeriod",
        "DBInstances[0].DBParameterGroups[].ParameterApplyStatus",
        "DBInstances[0].OptionGroupMemberships[].Status",
        "DBInstances[0].KmsKeyId",
    ];
    let name = restored.name;
    Step::new(say!("Put back what the restore left out", "引き継がれなかった設定を元に戻す"))
        .prose([
            say!(
                "Compare the database with what you noted, and put back what is missing: backup retention, storage autoscaling, IAM database authentication, associated IAM roles, log exports, monitoring, Performance Insights, the domain. Read replicas stay with the old database: make new ones once this one serves.",
                "控えておいた内容と比べ、不足している設定(バックアップ保持期間、ストレージの自動スケーリング、IAM データベース認証、関連付けた IAM ロール、ログのエクスポート、モニタリング、Performance Insights、ドメイン)を元に戻します。リードレプリカは古いデータベースに属したままなので、切り替えた後に新しく作成します。"
            ),
            say!(
                "The data are read from the snapshot as they are needed, so that first queries are slow; reading the tables that matter in full warms them up.",
                "データは必要になった時点でスナップショットから読み込まれるため、最初のクエリは遅くなります。重要なテーブル全体を先に読み取っておくと改善します。"
            ),
        ])
        .lines([
            DATABASES.command(site, "describe-db-instances", name).wait("db-instance-available"),
            DATABASES.show(site, name, SHOWN),
        ])
        .done(say!(
            "`{name}` is `available`, its parameter group and option group are in sync, and `BackupRetentionPeriod` is what you noted.",
            "`{name}` が `available` で、パラメータグループとオプショングループが同期済みになり、`BackupRetentionPeriod` が控えておいた値であること。"
        ))
        .takes(WAITS)
        .source("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html")
}

/// Deletes the drill's database, and the automated backups that RDS made of it.
pub(super) fn clean_up(site: &Site<'_>, restored: &Restored<'_>) -> Vec<Line> {
    let name = restored.name;
    vec![
        DATABASES
            .command(site, "delete-db-instance", name)
            .flag("--skip-final-snapshot")
            .flag("--delete-automated-backups")
            .show(DATABASES.renamed),
        DATABASES.command(site, "describe-db-instances", name).wait("db-instance-deleted"),
    ]
}
