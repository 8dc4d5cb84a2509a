//! Restoring a DynamoDB table: the table by AWS Backup, its settings by hand.
//!
//! Keys of the metadata: <https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html>. Tags cannot be asked
//! for: `CopySourceTagsToRestoredResource` fails the job of a table.

use super::runbook::{of_table, reach};
use crate::kind::steps::{Metadata, Restored, Site};
use crate::procedure::Step;
use crate::procedure::command::Line;
use crate::text::say;

/// The page about restoring DynamoDB tables.
pub(super) const PAGE: &str = "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html";

/// What the backup says of the table, and which names are taken.
pub(super) fn gather(site: &Site<'_>) -> Step {
    let code = site.code();
    Step::new(say!("Look at what was backed up, and at the names in use", "バックアップの内容と使用中の名前を確認する"))
        .prose([say!(
            "The restore metadata show what the table had when it was backed up; names and keys in them are those of the region that was backed up.",
            "復元メタデータには、バックアップ時のテーブルの設定が表示されます。そこに含まれる名前とキーは、バックアップ元リージョンのものです。"
        )])
        .lines([
            Line::Run(site.about_point("get-recovery-point-restore-metadata")),
            (super::TABLE.runbook.list)(site),
        ])
        .done(say!(
            "No table in {code} has the name that is restored yet.",
            "復元先の名前のテーブルが {code} にまだないこと。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
}

/// The metadata. The table has the key in the variable, or without one that of the table that was backed up.
///
/// In another region than that of the table a key must be named:
/// <https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html>.
pub(super) fn metadata(site: &Site<'_>, restored: &Restored<'_>, key: Option<&str>) -> Metadata {
    let pattern = site.pattern(restored.of);
    let mut fields = vec![("targetTableName", restored.name.to_owned())];
    if let Some(variable) = key {
        fields.extend([("encryptionType", "KMS".to_owned()), ("kmsMasterKeyArn", format!("${variable}"))]);
    }
    let names = say!(
        "The name must match `{pattern}`, or the role is refused; and no table in the region may have it yet.",
        "テーブル名が `{pattern}` に一致しないと、ロールの権限で拒否されます。また、同じ名前のテーブルがリージョンにあってはいけません。"
    );
    let encryption = if key.is_some() {
        say!(
            "`kmsMasterKeyArn` is the key that the new table is encrypted with; the role may use it, and the application must be able to. In another region than that of the table that was backed up a key must be named. For the key that DynamoDB owns, which asks for no permissions, write `\"encryptionType\": \"Default\"` and leave `kmsMasterKeyArn` out; without both, a recovery point that was made in this region gives the new table the old one's key.",
            "`kmsMasterKeyArn` は新しいテーブルを暗号化するキーです。ロールには使用が許可されていますが、アプリケーションにも権限が必要です。バックアップ元のテーブルと別のリージョンに復元する場合、キーの指定は必須です。権限が不要な DynamoDB 所有のキーを使うには、`\"encryptionType\": \"Default\"` と書き、`kmsMasterKeyArn` は省きます。このリージョンで作られた復旧ポイントでは、両方を省くと、元のテーブルと同じキーになります。"
        )
    } else {
        say!(
            "Without `encryptionType` the new table is encrypted with the key of the table that was backed up.",
            "`encryptionType` を指定しない場合、新しいテーブルはバックアップ元のテーブルと同じキーで暗号化されます。"
        )
    };
    Metadata { prose: vec![names, encryption], fields }
}

/// The settings, since a restore brings none.
pub(super) fn settings(site: &Site<'_>, restored: &Restored<'_>) -> Step {
    let (code, table) = (site.code(), restored.name);
    Step::new(say!("Put the settings back", "設定を元に戻す"))
        .prose([
            say!(
                "A restore brings no auto scaling, streams, TTL, point-in-time recovery, deletion protection, tags, alarms, resource policy or replicas along. The second command switches point-in-time recovery on; compare the rest with what you noted.",
                "Auto Scaling、ストリーム、TTL、ポイントインタイムリカバリ、削除保護、タグ、アラーム、リソースベースのポリシー、レプリカは、復元では引き継がれません。ポイントインタイムリカバリは 2 つ目のコマンドで有効にします。そのほかは、控えておいた内容と比べて元に戻してください。"
            ),
            say!(
                "A stream, filled in with the view type that you noted: `aws dynamodb update-table --table-name {table} --stream-specification StreamEnabled=true,StreamViewType=… --region {code}`. Whatever reads it must be pointed at the new stream.",
                "ストリームは、控えておいたビュータイプを入れて有効にします: `aws dynamodb update-table --table-name {table} --stream-specification StreamEnabled=true,StreamViewType=… --region {code}`。読み取り側には新しいストリームを指定します。"
            ),
            say!(
                "TTL deletes at once what has expired since: read such items first if you need them. `aws dynamodb update-time-to-live --table-name {table} --time-to-live-specification Enabled=true,AttributeName=… --region {code}`.",
                "TTL を有効にすると、その間に期限が過ぎた項目は削除されます。必要な項目は先に読み取ってください。`aws dynamodb update-time-to-live --table-name {table} --time-to-live-specification Enabled=true,AttributeName=… --region {code}`"
            ),
            say!(
                "To count the items, which reads and bills the whole table: `aws dynamodb scan --table-name {table} --select COUNT --query Count --region {code}`.",
                "項目数を数えるには次を実行します(テーブル全体の読み取りが課金されます): `aws dynamodb scan --table-name {table} --select COUNT --query Count --region {code}`"
            ),
        ])
        .lines(setting_lines(site, table))
        .done(say!(
            "The table is `ACTIVE`, and everything that you noted is set again.",
            "テーブルが `ACTIVE` で、控えておいた設定がすべて元に戻っていること。"
        ))
        .takes(say!(
            "Minutes for the commands. The `wait` looks every 20 seconds and gives up after 8 minutes; run it again then.",
            "コマンド自体は数分です。`wait` は 20 秒ごとに確認し、8 分ほどで打ち切られます。その場合は再度実行してください。"
        ))
        .source("https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html")
}

/// Waits for the table, switches point-in-time recovery on, and shows what came of it.
fn setting_lines(site: &Site<'_>, table: &str) -> [Line; 3] {
    let recovery = of_table(site, "update-continuous-backups", table)
        .with("--point-in-time-recovery-specification", "PointInTimeRecoveryEnabled=true")
        .show(&["ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus"]);
    let awaited = of_table(site, "describe-table", table).wait("table-exists");
    [awaited, recovery, reach(site, table)]
}

/// Deletes the table.
pub(super) fn clean_up(site: &Site<'_>, restored: &Restored<'_>) -> Vec<Line> {
    let table = restored.name;
    vec![
        of_table(site, "delete-table", table).show(&["TableDescription.TableName", "TableDescription.TableStatus"]),
        of_table(site, "describe-table", table).wait("table-not-exists"),
    ]
}
