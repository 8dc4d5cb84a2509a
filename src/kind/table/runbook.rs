//! What a runbook says and does for DynamoDB tables.

use super::restore;
use crate::kind::steps::{MINUTES_LOST, OwnBackups, PLACE, READY, Steps};
use crate::procedure::Step;
use crate::procedure::command::{Command, Query};
use crate::procedure::line::Line;
use crate::text::{Sentence, say};

/// The steps of DynamoDB tables.
pub(super) const STEPS: Steps = Steps {
    prepare: Sentence::new(
        "What a restore does not bring along can only be put back by whoever wrote it down.",
        "復元で引き継がれない設定は、控えておかなければ元に戻せません。",
    ),
    key_shown: Sentence::new(
        "The notes below show it as `KMSMasterKeyArn`; `None` means the key that DynamoDB owns.",
        "実際のキーは、後述の「控える」手順の表の `KMSMasterKeyArn` で確認してください。`None` は DynamoDB 所有のキーです。",
    ),
    settings: &[],
    choices: Vec::new,
    check: Vec::new,
    fits: Sentence::new("", ""),
    note,
    ask: |region| {
        let names = Command::new(region, "dynamodb", "list-tables");
        vec![names.query(Query::Values(&["TableNames[]"]))]
    },
    list,
    restores: Sentence::new(
        "AWS Backup restores a table with its items and indexes. Its settings are yours to put back.",
        "AWS Backup は、テーブルを項目とインデックスとともに復元します。そのほかの設定は手動で元に戻します。",
    ),
    restore_clause: Sentence::new("restore as \"<name>-restored-*\"", "restore as \"<name>-restored-*\""),
    gather: || vec![list()],
    metadata: restore::metadata,
    page: restore::PAGE,
    complete: restore::settings,
    own_backups: Some(OwnBackups {
        called: Sentence::new("DynamoDB's own backups", "DynamoDB の PITR バックアップ"),
        absent: Some(Sentence::new(
            "A table without point-in-time recovery has none.",
            "ポイントインタイムリカバリ(PITR)が無効なテーブルでは使えません。",
        )),
        loses: MINUTES_LOST,
        time: restore::time,
        restore: restore::to_time,
    }),
    point: Sentence::new("a table's backup", "テーブルのバックアップ"),
    copy_page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html",
    rename: None,
    reach,
    switch,
    verify: Sentence::new(
        "Count the items, and read some of the newest by their keys.",
        "項目数を確認し、最新の項目をいくつかキーで読み取ります。",
    ),
    clean_up: restore::clean_up,
    deleted: (Sentence::new("", ""), Sentence::new("Minutes.", "数分です。")),
    allowed: |_| {
        say!("and reads and writes the items of no others", "項目を読み書きできるのもそれらのテーブルだけです")
    },
    beyond_role: Sentence::new(
        "It cannot change or delete tables, set what a restore does not bring along, or back up a table outside the source region. Those calls are yours.",
        "テーブルの変更や削除、復元で引き継がれない設定、ソースリージョン以外のテーブルのバックアップはできません。これらの操作は担当者の権限で行います。",
    ),
    operator: (
        Sentence::new(
            "DynamoDB also asks whoever reads or writes a table under a customer managed key for the use of that key through DynamoDB: the application, and you.",
            "カスタマーマネージドキーで暗号化されたテーブルを読み書きするには、DynamoDB 経由でそのキーを使う権限も必要です。アプリケーションと担当者の両方に付与してください。",
        ),
        "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html",
    ),
};

/// A command about a table.
pub(super) fn of_table(operation: &'static str, table: &str) -> Command {
    Command::here("dynamodb", operation).expand("--table-name", table)
}

/// What the table is.
const DESCRIBED: &[&str] = &[
    "Table.TableArn",
    "Table.ItemCount",
    "Table.TableSizeBytes",
    "Table.BillingModeSummary.BillingMode",
    "Table.ProvisionedThroughput.ReadCapacityUnits",
    "Table.ProvisionedThroughput.WriteCapacityUnits",
    "Table.SSEDescription.SSEType",
    "Table.SSEDescription.KMSMasterKeyArn",
];

/// What a restore does not bring along, as far as the table itself shows it.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html>.
const LEFT_BEHIND: &[&str] = &[
    "Table.StreamSpecification.StreamEnabled",
    "Table.StreamSpecification.StreamViewType",
    "Table.DeletionProtectionEnabled",
    "Table.TableClassSummary.TableClass",
    "Table.Replicas[].RegionName",
];

/// What only the source can say, while it still can.
fn note() -> Step {
    let table = |operation| of_table(operation, "$NAME");
    Step::new(say!("Note what only the source knows", "ソースにしかない情報を控える"))
        .after(PLACE)
        .prose([say!(
            "Keep what these tables show with this runbook, and beside it the auto scaling policies, the alarms, the resource policy and whatever reads the stream: a restore brings none of these along, and on the day it may be impossible to ask.",
            "以下の表の内容を、このランブックと一緒に保管します。Auto Scaling のポリシー、アラーム、リソースベースのポリシー、ストリームの読み取り側も併せて控えてください。いずれも復元では引き継がれず、当日は確認できない可能性があります。"
        )])
        .lines([Line::each([
            table("describe-table").show(DESCRIBED),
            table("describe-table").show(LEFT_BEHIND),
            table("describe-time-to-live").show(&["TimeToLiveDescription.TimeToLiveStatus", "TimeToLiveDescription.AttributeName"]),
            table("describe-continuous-backups").show(&[
                "ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus",
                "ContinuousBackupsDescription.PointInTimeRecoveryDescription.RecoveryPeriodInDays",
            ]),
            Command::here("dynamodb", "list-tags-of-resource")
                .expand("--resource-arn", "$NAME_ARN")
                .rows("Tags", &["Key", "Value"]),
        ])])
        .done(say!("The settings of each table are written down.", "各テーブルの設定を控えたこと。"))
        .takes(say!("Minutes.", "数分です。"))
        .source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html")
}

fn list() -> Line {
    Command::here("dynamodb", "list-tables").show(&["TableNames[]"])
}

/// Shows each new table.
pub(super) fn reach() -> Line {
    of_table("describe-table", "$NEW").show(&[
        "Table.TableArn",
        "Table.TableStatus",
        "Table.ItemCount",
        "Table.SSEDescription.KMSMasterKeyArn",
    ])
}

/// Having the application use a table of another name.
fn switch() -> Step {
    Step::new(say!("Point the application at it", "アプリケーションの接続先を切り替える"))
        .after(READY)
        .prose([
            say!(
                "Look at the data first: the newest items, and the number of items that you expect. DynamoDB counts them anew every few hours only.",
                "先にデータを確認します(最新の項目と、想定される項目数)。DynamoDB の項目数は数時間ごとにしか更新されません。"
            ),
            say!(
                "A table has no endpoint of its own and keeps its name for ever: the application is told the new name and region, wherever the old ones stand, in its configuration, in the policies that name the table's ARN, and in whatever reads its stream.",
                "テーブルには固有のエンドポイントがなく、名前も変更できません。アプリケーションの設定、テーブルの ARN を指定したポリシー、ストリームの読み取り側など、古い名前とリージョンを使っている箇所をすべて新しい名前とリージョンに変更します。"
            ),
            say!(
                "Where the last table shows a key, the application needs `kms:Decrypt` and the other uses of that key through DynamoDB; without them every read and write is denied.",
                "最後の表にキーが表示された場合、アプリケーションには、DynamoDB 経由でそのキーを使う `kms:Decrypt` などの権限が必要です。ないと読み取りも書き込みも拒否されます。"
            ),
        ])
        .lines([Line::each([
            of_table("update-table", "$NEW")
                .flag("--deletion-protection-enabled")
                .show(&["TableDescription.TableName", "TableDescription.DeletionProtectionEnabled"]),
            reach(),
        ])])
        .done(say!(
            "`DeletionProtectionEnabled` is `True`; the application writes to and reads from the new table, and nothing uses the old table.",
            "`DeletionProtectionEnabled` が `True` で、アプリケーションが新しいテーブルを読み書きでき、古いテーブルが使われていないこと。"
        ))
        .takes(say!("As long as your deployment takes.", "アプリケーションのデプロイに応じた時間がかかります。"))
        .source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html")
}
