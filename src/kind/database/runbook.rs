//! What a runbook says and does for RDS DB instances.

use super::{DATABASE, restore};
use crate::kind::rds::steps::{
    INSTANCE_CLASS, KEY_SHOWN, NETWORK_FITS, Nouns, OPERATOR, PARAMETER_GROUP_WORDS, PREPARE, SECURITY_GROUP,
    SUBNET_GROUP, VERIFY, WAITS, check, choices, into_groups, rds,
};
use crate::kind::steps::{MINUTES_LOST, OwnBackups, PLACE, Rename, Steps};
use crate::procedure::Step;
use crate::procedure::line::Line;
use crate::text::{Sentence, say};

/// The steps of databases.
pub(super) const STEPS: Steps = Steps {
    prepare: PREPARE,
    key_shown: KEY_SHOWN,
    settings: &[
        SUBNET_GROUP,
        restore::PARAMETER_GROUP.asked,
        restore::OPTION_GROUP.asked,
        SECURITY_GROUP,
        INSTANCE_CLASS,
        restore::MULTI_AZ,
    ],
    choices: || choices(restore::GROUPS),
    check: || check(restore::GROUPS),
    fits: NETWORK_FITS,
    note,
    ask: |region| DATABASES.ask(region),
    list: || {
        rds("describe-db-instances").rows("DBInstances", &["DBInstanceIdentifier", "DBInstanceStatus", "KmsKeyId"])
    },
    restores: Sentence::new(
        "AWS Backup restores a database with the engine version and the key of its snapshot; what a restore does not bring along you put back.",
        "AWS Backup は、スナップショットと同じエンジンバージョンとキーでデータベースを復元します。引き継がれない設定は手動で元に戻します。",
    ),
    restore_clause: Sentence::new(
        "restore subnet-group NAME parameter-group NAME option-group NAME",
        "restore subnet-group 名前 parameter-group 名前 option-group 名前",
    ),
    gather: restore::gather,
    metadata: restore::metadata,
    page: restore::PAGE,
    complete: restore::complete,
    own_backups: Some(OwnBackups {
        called: Sentence::new("RDS's own backups", "RDS の自動バックアップ"),
        absent: Some(Sentence::new(
            "A database whose backup retention is 0 has none.",
            "バックアップ保持期間が 0 のデータベースにはありません。",
        )),
        loses: MINUTES_LOST,
        time: restore::time,
        restore: restore::to_time,
    }),
    point: Sentence::new("an RDS snapshot", "RDS スナップショット"),
    copy_page: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html",
    rename: Some(Rename { free: move_aside, take: || DATABASES.take_name() }),
    reach: || DATABASES.reach(),
    switch: || DATABASES.switch(),
    verify: VERIFY,
    clean_up: restore::clean_up,
    deleted: (Sentence::new(" Its automated backups are deleted too.", "自動バックアップも削除されます。"), WAITS),
    allowed: |restore| {
        let options = ("option-group", Sentence::new("option group", "オプショングループ"));
        into_groups(restore, &[PARAMETER_GROUP_WORDS, options])
    },
    beyond_role: Sentence::new(
        "It cannot rename or change databases, delete the one that is backed up, or back up a database outside the source region. Those calls are yours.",
        "データベースの名前変更や設定変更、バックアップ対象のデータベースの削除、ソースリージョン以外のデータベースのバックアップはできません。これらの操作は担当者の権限で行います。",
    ),
    operator: (OPERATOR, "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html"),
};

/// How RDS's commands speak of databases.
pub(super) const DATABASES: Nouns = Nouns {
    one: DATABASE.words.one,
    identifier: "--db-instance-identifier",
    new_identifier: "--new-db-instance-identifier",
    describe: "describe-db-instances",
    list: "DBInstances",
    name: "DBInstanceIdentifier",
    made: "InstanceCreateTime",
    id: "DbiResourceId",
    modify: "modify-db-instance",
    status: "DBInstanceStatus",
    endpoint: &["DBInstances[0].Endpoint.Address", "DBInstances[0].Endpoint.Port"],
    renamed: &["DBInstance.DBInstanceIdentifier", "DBInstance.DBInstanceStatus"],
    protected: &["DBInstance.DBInstanceIdentifier", "DBInstance.DeletionProtection"],
    asked: &["DBInstanceIdentifier", "DBInstanceStatus", "LatestRestorableTime"],
    event_source: "db-instance",
    own_backups: ("describe-db-instance-automated-backups", "DBInstanceAutomatedBackups"),
};

/// What only the source can say, while it still can.
fn note() -> Step {
    Step::new(say!("Note what only the source knows", "ソースにしかない情報を控える"))
        .after(PLACE)
        .prose([
            say!(
                "On the day it may be impossible to ask. Write the instance class and whether it is Multi-AZ into the settings of each place, and keep the rest with this runbook: a restore does not bring along all that the second table shows.",
                "当日は確認できない可能性があります。インスタンスクラスとマルチ AZ かどうかは各場所の設定ファイルに記入し、残りはこのランブックと一緒に保管します。2 つ目の表の設定は、復元で引き継がれないことがあります。"
            ),
            say!(
                "An option group belongs to one region. If its options are permanent or persistent, as those for TDE are, AWS Backup does not copy to another region: copy such snapshots with RDS itself, and name an option group there.",
                "オプショングループはリージョンごとに存在します。TDE のように、永続的(persistent)または恒久的(permanent)なオプションが含まれる場合、AWS Backup では別のリージョンにコピーできません。そのようなスナップショットは、コピー先のオプショングループを指定して RDS でコピーしてください。"
            ),
        ])
        .lines([Line::each([DATABASES.show("$NAME", DESCRIBED), DATABASES.show("$NAME", LEFT_BEHIND)])])
        .done(say!(
            "Instance class, Multi-AZ, engine version, endpoint and security groups of each database are written down.",
            "各データベースのインスタンスクラス、マルチ AZ、エンジンバージョン、エンドポイント、セキュリティグループを控えたこと。"
        ))
        .takes(say!("Minutes.", "数分です。"))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html")
}

/// What the database is.
const DESCRIBED: &[&str] = &[
    "DBInstances[0].DBInstanceClass",
    "DBInstances[0].Engine",
    "DBInstances[0].EngineVersion",
    "DBInstances[0].MultiAZ",
    "DBInstances[0].DBSubnetGroup.DBSubnetGroupName",
    "DBInstances[0].DBParameterGroups[].DBParameterGroupName",
    "DBInstances[0].OptionGroupMemberships[].OptionGroupName",
    "DBInstances[0].KmsKeyId",
    "DBInstances[0].Endpoint.Address",
    "DBInstances[0].Endpoint.Port",
    "DBInstances[0].VpcSecurityGroups[].VpcSecurityGroupId",
    "DBInstances[0].PreferredMaintenanceWindow",
    "DBInstances[0].PreferredBackupWindow",
];

/// What a restore does not, or not always, bring along.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBInstanceFromDBSnapshot.html>.
const LEFT_BEHIND: &[&str] = &[
    "DBInstances[0].DeletionProtection",
    "DBInstances[0].BackupRetentionPeriod",
    "DBInstances[0].StorageType",
    "DBInstances[0].MaxAllocatedStorage",
    "DBInstances[0].IAMDatabaseAuthenticationEnabled",
    "DBInstances[0].AssociatedRoles[].RoleArn",
    "DBInstances[0].EnabledCloudwatchLogsExports[]",
    "DBInstances[0].MonitoringInterval",
    "DBInstances[0].MonitoringRoleArn",
    "DBInstances[0].PerformanceInsightsEnabled",
    "DBInstances[0].ReadReplicaDBInstanceIdentifiers[]",
    "DBInstances[0].DomainMemberships[].Domain",
    "DBInstances[0].MasterUserSecret.SecretArn",
];

/// A database that is renamed is rebooted, in which state a waiter for its end gives up: the new name is asked for.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RenameInstance.html>.
fn move_aside() -> Step {
    DATABASES.move_aside(DATABASES.until_available("$ASIDE"))
}
