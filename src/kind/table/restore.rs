//! Restoring a DynamoDB table: the table by AWS Backup or by DynamoDB itself, its settings by hand.
//!
//! Keys of the metadata: <https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html>. Tags cannot be asked
//! for: `CopySourceTagsToRestoredResource` fails the job of a table.

use super::runbook::{of_table, reach};
use crate::kind::steps::{KEY, MADE, Metadata, READY, TIMES};
use crate::procedure::Step;
use crate::procedure::command::{Command, Query};
use crate::procedure::line::{Document, Line};
use crate::text::say;

/// The page about restoring DynamoDB tables.
pub(super) const PAGE: &str = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html";

/// The metadata. The table has the key in the variable, or without one that of the table that was backed up.
///
/// In another region than that of the table a key must be named:
/// <https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html>.
pub(super) fn metadata() -> Metadata {
    let names = say!(
        "The step lists the tables of the region: none may have the new name yet.",
        "リージョンのテーブルの一覧に、新しい名前のテーブルがまだないことを確認します。"
    );
    let encryption = say!(
        "`kmsMasterKeyArn` is the key that the new table is encrypted with; the role may use it, and the application must be able to. In another region than that of the table that was backed up a key must be named. For the key that DynamoDB owns, which asks for no permissions, write `\"encryptionType\": \"Default\"` and leave `kmsMasterKeyArn` out. Without both, the new table has the key of the old one.",
        "`kmsMasterKeyArn` は新しいテーブルを暗号化するキーです。ロールには使用が許可されていますが、アプリケーションにも権限が必要です。バックアップ元のテーブルと別のリージョンに復元する場合、キーの指定は必須です。権限が不要な DynamoDB 所有のキーを使うには、`\"encryptionType\": \"Default\"` と書き、`kmsMasterKeyArn` は省きます。両方を省くと、元のテーブルと同じキーになります。"
    );
    let key = vec![("encryptionType", "KMS".to_owned()), ("kmsMasterKeyArn", format!("${KEY}"))];
    let document = Document { fields: vec![("targetTableName", "$NEW".to_owned())], with: Some((KEY, key)) };
    Metadata { prose: vec![names, encryption], document }
}

/// Finds the latest time that each table can go back to.
///
/// Source: <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html>.
pub(super) fn time() -> Step {
    const SHOWN: &[&str] = &[
        "ContinuousBackupsDescription.PointInTimeRecoveryDescription.EarliestRestorableDateTime",
        "ContinuousBackupsDescription.PointInTimeRecoveryDescription.LatestRestorableDateTime",
    ];
    const LATEST: &str = "ContinuousBackupsDescription.PointInTimeRecoveryDescription.LatestRestorableDateTime";
    let asked = || of_table("describe-continuous-backups", "$NAME");
    Step::new(say!("Choose the time to go back to", "戻す時点を決める"))
        .mark(TIMES)
        .prose([
            say!(
                "The step takes the latest one (`LatestRestorableDateTime`). If that already holds the damage, choose an earlier one within the window that is shown with `choose NAME RESTORE_TIME 2026-11-27T03:10:00Z`, then paste this step again.",
                "復元できる最新の時点(`LatestRestorableDateTime`)を使います。その時点ですでにデータが壊れていた場合は、表示された期間のうち、それより前の時点を `choose NAME RESTORE_TIME 2026-11-27T03:10:00Z` で選び、この手順をもう一度貼り付けます。"
            ),
            say!(
                "A table that was deleted cannot go back to a time. If it had point-in-time recovery, DynamoDB keeps a backup of its last moment for 35 days: `aws dynamodb list-backups --table-name NAME --backup-type SYSTEM --region REGION`, then `aws dynamodb restore-table-from-backup --backup-arn ARN --target-table-name NEW --region REGION`, and `tick made`.",
                "削除されたテーブルは時点を指定して復元できません。ポイントインタイムリカバリが有効だった場合、削除直前のバックアップが 35 日間保持されています: `aws dynamodb list-backups --table-name NAME --backup-type SYSTEM --region REGION` で確認し、`aws dynamodb restore-table-from-backup --backup-arn ARN --target-table-name NEW --region REGION` で復元したら、`tick made` を実行します。"
            ),
        ])
        .lines([Line::each([asked().show(SHOWN), asked().into("RESTORE_TIME", Query::Value(LATEST))])])
        .done(say!("Each table has a `RESTORE_TIME`.", "各テーブルの `RESTORE_TIME` が表示されること。"))
        .takes(say!("Seconds.", "数秒です。"))
        .source("https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html")
}

/// Makes each table as it was.
pub(super) fn to_time() -> Step {
    let restore = Command::here("dynamodb", "restore-table-to-point-in-time")
        .expand("--source-table-name", "$NAME")
        .expand("--target-table-name", "$NEW")
        .expand("--restore-date-time", "$RESTORE_TIME");
    let status = of_table("describe-table", "$NEW").until(Query::Value("Table.TableStatus"), "ACTIVE", &["DELETING"]);
    Step::new(say!("Make the tables as they were", "その時点のテーブルを作成する"))
        .after(TIMES)
        .mark(MADE)
        .prose([say!(
            "DynamoDB makes the new table beside the old one, with the old one's key.",
            "古いテーブルとは別に、同じキーで新しいテーブルが作成されます。"
        )])
        .lines([Line::each([restore.into("MADE", Query::Value("TableDescription.TableName"))]), Line::each([status])])
        .done(say!("Each new table is `ACTIVE`.", "新しいテーブルがすべて `ACTIVE` になること。"))
        .takes(say!(
            "AWS promises no time: it depends on the table and its indexes.",
            "AWS は所要時間を保証していません。テーブルとインデックスの大きさによります。"
        ))
        .source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableToPointInTime.html")
}

/// The settings, since a restore brings none.
pub(super) fn settings() -> Step {
    Step::new(say!("Put the settings back", "設定を元に戻す"))
        .after(MADE)
        .mark(READY)
        .prose([
            say!(
                "A restore brings no auto scaling, streams, TTL, point-in-time recovery, deletion protection, tags, alarms, resource policy or replicas along. The second command switches point-in-time recovery on; compare the rest with what you noted.",
                "Auto Scaling、ストリーム、TTL、ポイントインタイムリカバリ、削除保護、タグ、アラーム、リソースベースのポリシー、レプリカは、復元では引き継がれません。ポイントインタイムリカバリは 2 つ目のコマンドで有効にします。そのほかは、控えておいた内容と比べて元に戻してください。"
            ),
            say!(
                "A stream, filled in with the view type that you noted: `aws dynamodb update-table --table-name NEW --stream-specification StreamEnabled=true,StreamViewType=… --region REGION`. Whatever reads it must be pointed at the new stream.",
                "ストリームは、控えておいたビュータイプを入れて有効にします: `aws dynamodb update-table --table-name NEW --stream-specification StreamEnabled=true,StreamViewType=… --region REGION`。読み取り側には新しいストリームを指定します。"
            ),
            say!(
                "TTL deletes at once what has expired since: read such items first if you need them. `aws dynamodb update-time-to-live --table-name NEW --time-to-live-specification Enabled=true,AttributeName=… --region REGION`.",
                "TTL を有効にすると、その間に期限が過ぎた項目は削除されます。必要な項目は先に読み取ってください。`aws dynamodb update-time-to-live --table-name NEW --time-to-live-specification Enabled=true,AttributeName=… --region REGION`"
            ),
            say!(
                "To count the items, which reads and bills the whole table: `aws dynamodb scan --table-name NEW --select COUNT --query Count --region REGION`.",
                "項目数を数えるには次を実行します(テーブル全体の読み取りが課金されます): `aws dynamodb scan --table-name NEW --select COUNT --query Count --region REGION`"
            ),
        ])
        .lines([setting_lines()])
        .done(say!(
            "Each new table is `ACTIVE`, and everything that you noted is set again.",
            "新しいテーブルがすべて `ACTIVE` で、控えておいた設定がすべて元に戻っていること。"
        ))
        .takes(say!(
            "Minutes for the commands. The `wait` looks every 20 seconds and gives up after 8 minutes; paste the step again then.",
            "コマンド自体は数分です。`wait` は 20 秒ごとに確認し、8 分ほどで打ち切られます。その場合は、もう一度貼り付けてください。"
        ))
        .source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html")
}

/// Waits for the table, switches point-in-time recovery on, and shows what came of it.
fn setting_lines() -> Line {
    let recovery = of_table("update-continuous-backups", "$NEW")
        .with("--point-in-time-recovery-specification", "PointInTimeRecoveryEnabled=true")
        .show(&["ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus"]);
    Line::each([of_table("describe-table", "$NEW").wait("table-exists"), recovery, reach()])
}

/// Deletes the table.
pub(super) fn clean_up() -> Vec<Line> {
    let delete = of_table("delete-table", "$NEW");
    vec![
        delete.into("DELETED", Query::Value("TableDescription.TableName")),
        of_table("describe-table", "$NEW").wait("table-not-exists"),
    ]
}
