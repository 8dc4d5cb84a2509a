//! Restoring an RDS DB instance: the instance by AWS Backup or by RDS itself, what it lacks by hand.
//!
//! Keys of the metadata are the parameters of the call that restores:
//! <https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-rds.html>,
//! <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html>.

use super::runbook::DATABASES;
use crate::kind::rds::steps::{SettingGroup, WAITS, orderable, rds, security_groups};
use crate::kind::steps::{AskedSetting, MADE, Metadata, POINT, READY, TIMES};
use crate::procedure::Step;
use crate::procedure::command::Query;
use crate::procedure::line::{Document, Line};
use crate::text::{Sentence, say};

/// The page about restoring RDS.
pub(super) const PAGE: &str = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-rds.html";

/// The parameter group of a restored database.
pub(super) const PARAMETER_GROUP: SettingGroup = SettingGroup {
    asked: AskedSetting {
        variable: "PARAMETER_GROUP",
        word: Some("parameter-group"),
        hint: Sentence::new("name of the DB parameter group", "DB パラメータグループの名前"),
    },
    operation: "describe-db-parameter-groups",
    option: "--db-parameter-group-name",
    list: "DBParameterGroups",
    fields: &["DBParameterGroupName", "DBParameterGroupFamily"],
};

/// The option group of a restored database.
pub(super) const OPTION_GROUP: SettingGroup = SettingGroup {
    asked: AskedSetting {
        variable: "OPTION_GROUP",
        word: Some("option-group"),
        hint: Sentence::new(
            "name of the option group, such as that of the engine's default, which is listed once a database uses it",
            "オプショングループの名前(エンジンのデフォルトのグループは、データベースで使われた後に表示されます)",
        ),
    },
    operation: "describe-option-groups",
    option: "--option-group-name",
    list: "OptionGroupsList",
    fields: &["OptionGroupName", "EngineName", "MajorEngineVersion", "VpcId"],
};

/// Whether it stands in two Availability Zones.
pub(super) const MULTI_AZ: AskedSetting = AskedSetting {
    variable: "MULTI_AZ",
    word: None,
    hint: Sentence::new(
        "true for a Multi-AZ database, or false: noted before the day",
        "マルチ AZ なら true、そうでなければ false(平時に控えた値)",
    ),
};

/// What the settings of a restored database come from.
pub(super) const GROUPS: &[SettingGroup] = &[PARAMETER_GROUP, OPTION_GROUP];

/// Finds engine and version, as the snapshot has them, and shows what else it says.
pub(super) fn gather() -> Vec<Line> {
    let snapshot = || rds("describe-db-snapshots").expand("--db-snapshot-identifier", format!("${POINT}"));
    vec![
        snapshot().into("ENGINE", Query::Value("DBSnapshots[0].Engine")),
        snapshot().into("ENGINE_VERSION", Query::Value("DBSnapshots[0].EngineVersion")),
        snapshot().show(&[
            "DBSnapshots[0].OptionGroupName",
            "DBSnapshots[0].StorageType",
            "DBSnapshots[0].AllocatedStorage",
            "DBSnapshots[0].KmsKeyId",
        ]),
        orderable(),
    ]
}

/// The metadata, which name no key: a restored database has that of its snapshot.
pub(super) fn metadata() -> Metadata {
    let fields = vec![
        ("DBInstanceIdentifier", "$NEW".to_owned()),
        ("DBInstanceClass", "$INSTANCE_CLASS".to_owned()),
        ("DBSubnetGroupName", "$SUBNET_GROUP".to_owned()),
        ("DBParameterGroupName", "$PARAMETER_GROUP".to_owned()),
        ("OptionGroupName", "$OPTION_GROUP".to_owned()),
        security_groups(),
        ("MultiAZ", "$MULTI_AZ".to_owned()),
        ("PubliclyAccessible", "false".to_owned()),
    ];
    let kept = say!(
        "`KmsKeyId`, `EngineVersion` and `Encrypted` would be read and change nothing: the new database has the key and the version of the snapshot. An empty last table means that the region does not offer the class with that version: choose another one. A snapshot whose `StorageType` is `standard` can only be restored to another type: add `StorageType` with `gp3` to the file.",
        "`KmsKeyId`、`EngineVersion`、`Encrypted` を指定しても結果は変わりません。新しいデータベースのキーとバージョンは、スナップショットと同じになります。最後の表が空の場合、そのバージョンとインスタンスクラスの組み合わせはリージョンで利用できないため、別のクラスを選びます。`StorageType` が `standard` のスナップショットは、同じタイプでは復元できません。ファイルに `StorageType` として `gp3` を追加してください。"
    );
    Metadata { prose: vec![DATABASES.named(), kept], document: Document { fields, with: None } }
}

/// Finds the latest time that each database can go back to.
pub(super) fn time() -> Step {
    Step::new(say!("Choose the time to go back to", "戻す時点を決める"))
        .mark(TIMES)
        .prose([say!(
            "The step takes the latest one (`LatestRestorableTime`; for a deleted database, the end of the window of its retained backups). If that already holds the damage, choose an earlier one within the window that is shown with `choose NAME RESTORE_TIME 2026-11-27T03:10:00Z`, then paste this step again.",
            "復元できる最新の時点(`LatestRestorableTime`。削除されたデータベースでは、保持されているバックアップの期間の終わり)を使います。その時点ですでにデータが壊れていた場合は、表示された期間のうち、それより前の時点を `choose NAME RESTORE_TIME 2026-11-27T03:10:00Z` で選び、この手順をもう一度貼り付けます。"
        )])
        .lines([Line::each(DATABASES.latest_times())])
        .done(say!("Each database has a `RESTORE_TIME`.", "各データベースの `RESTORE_TIME` が表示されること。"))
        .takes(say!("Seconds.", "数秒です。"))
        .source("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.Retaining.html")
}

/// Makes each database as it was. Without groups it has the region's default ones.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html>.
pub(super) fn to_time() -> Step {
    let restore = rds("restore-db-instance-to-point-in-time")
        .expand("--source-dbi-resource-id", "$SOURCE_ID")
        .expand("--target-db-instance-identifier", "$NEW")
        .expand("--restore-time", "$RESTORE_TIME")
        .expand("--db-instance-class", "$INSTANCE_CLASS")
        .expand("--db-subnet-group-name", "$SUBNET_GROUP")
        .expand("--db-parameter-group-name", "$PARAMETER_GROUP")
        .expand("--option-group-name", "$OPTION_GROUP")
        .expand("--vpc-security-group-ids", "$SECURITY_GROUP_ID")
        .flag("--no-publicly-accessible");
    Step::new(say!("Make the databases as they were", "その時点のデータベースを作成する"))
        .after(TIMES)
        .mark(MADE)
        .prose([say!(
            "RDS makes the new database beside the old one, with the old one's key, in one Availability Zone; for two: `aws rds modify-db-instance --db-instance-identifier NEW --multi-az --apply-immediately --region REGION` once it serves. If RDS says that the time is not before the latest one, choose one a minute earlier.",
            "古いデータベースとは別に、同じキーで新しいデータベースがシングル AZ で作成されます。マルチ AZ にするには、稼働後に次を実行します: `aws rds modify-db-instance --db-instance-identifier NEW --multi-az --apply-immediately --region REGION`。時点が新しすぎるという理由で拒否された場合は、1 分前の時点を選んでください。"
        )])
        .lines([
            Line::each([restore.into("MADE", Query::Value("DBInstance.DBInstanceIdentifier"))]),
            Line::each([DATABASES.until_available("$NEW")]),
        ])
        .done(say!("Each new database is `available`.", "新しいデータベースがすべて `available` になること。"))
        .takes(say!(
            "AWS promises no time. The step looks every 30 seconds for 4 hours; paste it again then.",
            "AWS は所要時間を保証していません。この手順は 30 秒ごとに、最長 4 時間確認します。終わらない場合は、もう一度貼り付けます。"
        ))
        .source("https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceToPointInTime.html")
}

/// What a restore does not bring along.
pub(super) fn complete() -> Step {
    const SHOWN: &[&str] = &[
        "DBInstances[0].DBInstanceStatus",
        "DBInstances[0].EngineVersion",
        "DBInstances[0].MultiAZ",
        "DBInstances[0].BackupRetentionPeriod",
        "DBInstances[0].DBParameterGroups[].ParameterApplyStatus",
        "DBInstances[0].OptionGroupMemberships[].Status",
        "DBInstances[0].KmsKeyId",
    ];
    Step::new(say!("Put back what the restore left out", "引き継がれなかった設定を元に戻す"))
        .after(MADE)
        .mark(READY)
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
        .lines([Line::each([
            DATABASES.command("describe-db-instances", "$NEW").wait("db-instance-available"),
            DATABASES.show("$NEW", SHOWN),
        ])])
        .done(say!(
            "Each new database is `available`, its parameter group and option group are in sync, and `BackupRetentionPeriod` is what you noted.",
            "新しいデータベースがすべて `available` で、パラメータグループとオプショングループが同期済みになり、`BackupRetentionPeriod` が控えておいた値であること。"
        ))
        .takes(WAITS)
        .source("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RestoreFromSnapshot.html")
}

/// Deletes the drill's database, and the automated backups that RDS made of it.
pub(super) fn clean_up() -> Vec<Line> {
    let delete = DATABASES
        .command("delete-db-instance", "$NEW")
        .flag("--skip-final-snapshot")
        .flag("--delete-automated-backups");
    vec![
        delete.into("DELETED", Query::Value("DBInstance.DBInstanceIdentifier")),
        DATABASES.command("describe-db-instances", "$NEW").wait("db-instance-deleted"),
    ]
}
