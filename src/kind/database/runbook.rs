//! What a runbook says and does for RDS DB instances.

use super::{DATABASE, restore};
use crate::kind::rds::steps::{Nouns, OPERATOR, PREPARE, VERIFY, allowed as allowed_of, events, rds};
use crate::kind::steps::{Rename, Restorable, Restored, Site, Steps};
use crate::procedure::Step;
use crate::procedure::command::{Command, Line, Query};
use crate::text::{Sentence, Text, say};

/// The steps of databases.
pub(super) const STEPS: Steps = Steps {
    prepare: PREPARE,
    unknown_key,
    needed: Some(restore::groups),
    note,
    ask,
    list,
    restores,
    restore_clause: Sentence::new(
        "restore subnet-group NAME parameter-group NAME option-group NAME",
        "restore subnet-group 名前 parameter-group 名前 option-group 名前",
    ),
    gather: restore::gather,
    metadata: restore::metadata,
    page: restore::PAGE,
    complete: restore::complete,
    point: Sentence::new("an RDS snapshot", "RDS スナップショット"),
    copy_page: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html",
    rename: Some(Rename { free: move_aside, take: take_name }),
    reach,
    switch,
    verify: VERIFY,
    clean_up: restore::clean_up,
    allowed,
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
    modify: "modify-db-instance",
    status: "DBInstances[0].DBInstanceStatus",
    endpoint: &["DBInstances[0].Endpoint.Address", "DBInstances[0].Endpoint.Port"],
    renamed: &["DBInstance.DBInstanceIdentifier", "DBInstance.DBInstanceStatus"],
    protected: &["DBInstance.DBInstanceIdentifier", "DBInstance.DeletionProtection"],
};

fn unknown_key(source: &Site<'_>) -> Text {
    let code = source.code();
    say!(
        "The spec does not say with which key the database itself is encrypted, so the role may have RDS use any key of {code}. Look it up as `KmsKeyId` in the table below: a key of another account must let this account in by its own policy. `encrypted by` and its ARN in the spec narrow the permission to that key.",
        "データベース自体を暗号化しているキーは定義ファイルに書かれていないため、ロールは {code} のすべてのキーを RDS 経由で使えます。実際のキーは後述の表の `KmsKeyId` で確認してください。別のアカウントのキーの場合は、そのキーポリシーでこのアカウントを許可しておく必要があります。定義ファイルの `encrypted by` に ARN を書けば、許可をそのキーだけに絞れます。"
    )
}

/// What only the source can say, while it still can.
fn note(source: &Site<'_>, database: &str) -> Step {
    Step::new(say!("Note what only the source knows", "ソースにしかない情報を控える"))
        .prose([
            say!(
                "Write the instance class, the engine version, the endpoint and whether it is Multi-AZ into your copy of this runbook: on the day nobody may be able to ask. A restore does not bring along all that the second table shows; note what you need.",
                "インスタンスクラス、エンジンバージョン、エンドポイント、マルチ AZ かどうかを、手元のランブックに控えておきます。当日は確認できない可能性があります。2 つ目の表の設定は、復元で引き継がれないことがあります。必要なものは併せて控えてください。"
            ),
            say!(
                "An option group belongs to one region. If its options are permanent or persistent, as those for TDE are, AWS Backup does not copy to another region: copy such snapshots with RDS itself, and name an option group there.",
                "オプショングループはリージョンごとに存在します。TDE のように、永続的(persistent)または恒久的(permanent)なオプションが含まれる場合、AWS Backup では別のリージョンにコピーできません。そのようなスナップショットは、コピー先のオプショングループを指定して RDS でコピーしてください。"
            ),
        ])
        .lines([
            Line::Run(DATABASES.show(source, database, DESCRIBED)),
            Line::Run(DATABASES.show(source, database, LEFT_BEHIND)),
        ])
        .done(say!(
            "`INSTANCE_CLASS`, `MULTI_AZ` and the security groups are written down.",
            "`INSTANCE_CLASS`、`MULTI_AZ`、セキュリティグループを控えたこと。"
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

fn ask(source: &Site<'_>, database: &str) -> Vec<Command> {
    const SHOWN: &[&str] =
        &["DBInstances[0].DBInstanceStatus", "DBInstances[0].Endpoint.Address", "DBInstances[0].LatestRestorableTime"];
    vec![DATABASES.show(source, database, SHOWN), events(source, "db-instance", database)]
}

fn list(site: &Site<'_>) -> Command {
    rds(site, "describe-db-instances").show(Query::Rows {
        list: "DBInstances",
        by: None,
        fields: &["DBInstanceIdentifier", "DBInstanceStatus", "KmsKeyId"],
    })
}

fn restores(database: &str) -> Text {
    say!(
        "AWS Backup restores the database `{database}`, with the engine version and the key of its snapshot; what a restore does not bring along you put back.",
        "AWS Backup は、スナップショットと同じエンジンバージョンとキーでデータベース `{database}` を復元します。引き継がれない設定は手動で元に戻します。"
    )
}

fn reach(site: &Site<'_>, database: &str) -> Line {
    DATABASES.reach(site, database)
}

fn switch(site: &Site<'_>, database: &str) -> Step {
    DATABASES.switch(site, database)
}

/// A database that is renamed is rebooted, in which state a waiter for its end gives up: the new name is asked for.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_RenameInstance.html>.
fn move_aside(source: &Site<'_>, database: &str) -> Step {
    DATABASES.move_aside(source, database, |aside| DATABASES.until_available(source, aside))
}

fn take_name(source: &Site<'_>, restored: &Restored<'_>, plan: &str) -> Step {
    DATABASES.take_name(source, restored, plan)
}

/// Names of databases, subnet group, parameter group and option group.
fn allowed(restore: &Restorable<'_>, region: &str, role: &str) -> Text {
    let groups = [
        ("parameter-group", Sentence::new("parameter group", "パラメータグループ")),
        ("option-group", Sentence::new("option group", "オプショングループ")),
    ];
    allowed_of(&DATABASE.words, restore, (region, role), &groups)
}
