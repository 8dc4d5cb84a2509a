//! DynamoDB tables, backed up with AWS Backup's advanced features. A recovery point is AWS Backup's own, under the
//! key of the vault that it lies in, and so is a copy.
//!
//! Where sources disagree a call takes the side on which no job fails, and says so. What AWS documents
//! as not needed here is not called:
//!
//! - No right to delete recovery points: AWS Backup manages these fully, and deletes what is its own
//!   (<https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html>).
//! - `dynamodb:CreateBackup` and its like make backups of DynamoDB's own, which cannot be copied.
//! - `dynamodb:TagResource` tags tables; AWS Backup carries tags over to recovery points, never to what
//!   it restores, and a restore job of a table that is asked to fails
//!   (<https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html>).

mod calls;
mod restore;
mod runbook;

use super::every::WINDOWS_OF_OTHERS;
use super::managed::{LOOKALIKE, POINTS, POINTS_AT_DESTINATION, POINTS_AT_SOURCE, REFUSED_ON_POINTS};
use super::{Abilities, ArnForm, ArnForms, Encryption, KeysLookup, Kind, Reasons, Refused, RegionSettings, Words};
use crate::aws::name::NameKind;
use crate::reason::{Sentence, reasons};

/// DynamoDB tables.
pub static TABLE: Kind = Kind {
    words: Words {
        word: "table",
        plural: "tables",
        one: Sentence::new("table", "テーブル"),
        many: Sentence::new("tables", "テーブル"),
        others: &["dynamodb"],
        example: "orders",
        key_service: "DynamoDB",
    },
    service_name: "DynamoDB",
    region_settings: RegionSettings {
        options: &[
            ("--resource-type-opt-in-preference", "DynamoDB=true"),
            ("--resource-type-management-preference", "DynamoDB=true"),
        ],
        shown: &["ResourceTypeOptInPreference.DynamoDB", "ResourceTypeManagementPreference.DynamoDB"],
        also: Some(Sentence::new(
            "Without the advanced features, the second of the two settings, a backup is DynamoDB's own: the role may not make it, and the job fails; made with another role it succeeds and is never copied, without a word.",
            "2 つ目の設定(高度な機能)が無効だと、DynamoDB 独自のバックアップになります。このロールには権限がないためジョブは失敗し、別のロールではジョブが成功してもコピーは作成されず、それを知らせるものもありません。",
        )),
    },
    service: "dynamodb",
    name: NameKind::Table,
    endpoint: None,
    arns: ArnForms { resource: ArnForm { service: "dynamodb", before: "table/" }, points: POINTS },
    encryption: Encryption::OfVault,
    abilities: Abilities {
        copies_in_china_disputed: false,
        // Of all kinds together whose recovery points AWS Backup manages fully.
        // https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html
        copies_in_progress: Some(100),
        minutes_closed_before_windows: None,
        // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html
        restore_could: Some("write into it"),
    },
    keys: KeysLookup {
        command: "dynamodb describe-table",
        of: Some("--table-name"),
        query: "Table.[TableName,SSEDescription.SSEType,SSEDescription.KMSMasterKeyArn]",
    },
    calls: calls::CALLS,
    restore: &[],
    left_after_restore: Some(Sentence::new(
        "a restored table's settings: a restore brings no auto scaling, streams, TTL, PITR, tags or alarms",
        "復元したテーブルの設定(Auto Scaling、ストリーム、TTL、PITR、タグ、アラームは復元されない)",
    )),
    deletes: Sentence::new(
        "no table and no backup; only items of tables that a restore makes:",
        "テーブルもバックアップも削除できず、復元で作られたテーブルの項目だけ:",
    ),
    refused: Refused {
        resource: &[
            "dynamodb:DeleteTable",
            "dynamodb:UpdateTable",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem",
            "dynamodb:DeleteItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:UntagResource",
        ],
        point: REFUSED_ON_POINTS,
        restore: "dynamodb:RestoreTableFromAwsBackup",
        another: Sentence::new("another table", "別のテーブル"),
        sibling: Sentence::new("another table whose name begins the same", "名前の先頭が同じ別のテーブル"),
        lookalikes: &[("table/", "global-table/"), LOOKALIKE],
    },
    why: Reasons {
        selection: &SELECT_TABLES,
        opt_in: &ADVANCED_FEATURES,
        closed_windows: &WINDOWS_OF_OTHERS,
        resource: &BACKED_UP_TABLE,
        read: &BACKED_UP_TABLE,
        restored: &RESTORED_TABLE,
        restored_into: &RESTORED_TABLE,
        points_at_source: &POINTS_AT_SOURCE,
        points_at_destination: &POINTS_AT_DESTINATION,
        replica_key: &REPLICA_KEY_OF_TABLES,
        resource_key: &TABLE_KEY_ARN,
        unknown_resource_key: &UNKNOWN_TABLE_KEY_ARN,
        after_restore: &RESTORE_WITHOUT_SETTINGS,
    },
    runbook: runbook::STEPS,
    reasons: REASONS,
};

reasons! {
    /// The key of copies of tables.
    REPLICA_KEY_OF_TABLES "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "The replica in the destination region encrypts the vault for copies, and with it every copy of a table that lies there." "コピー先リージョンのレプリカキーで、コピー用ボールトと、そこにあるテーブルのコピーを暗号化します。"
    without "The vault would fall back to the AWS managed key aws/backup, whose policy cannot be changed." "ボールトは AWS マネージドキー aws/backup で暗号化されますが、そのキーポリシーは変更できません。"

    /// Reading the tags of tables.
    READ_TABLE_TAGS "https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html"
    why "With the advanced features AWS Backup carries the tags of the table over to its recovery points." "高度な機能を使うと、AWS Backup はテーブルのタグを復旧ポイントへ引き継ぎます。"
    without "Backup jobs fail: \"is not authorized to perform: dynamodb:ListTagsOfResource\"." "バックアップジョブが失敗します(\"is not authorized to perform: dynamodb:ListTagsOfResource\")。"

    /// Backing up tables.
    BACK_UP_TABLE "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/UsageNotesAWS.html"
    why "With this call DynamoDB hands the table's data to AWS Backup, which keeps them as a recovery point of its own. It is the call of the advanced features; the older `dynamodb:CreateBackup` makes backups that cannot be copied, and is not allowed." "この呼び出しで DynamoDB がテーブルのデータを AWS Backup に渡し、AWS Backup が自身の復旧ポイントとして保管します。高度な機能のための呼び出しです。従来の `dynamodb:CreateBackup` で作られるバックアップはコピーできないため、許可していません。"
    without "Every backup job fails." "すべてのバックアップジョブが失敗します。"

    /// Restoring tables.
    RESTORE_TABLE "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html"
    why "A restore makes a new table, always under a name that no table of the region has yet: hence the pattern. The name of the table that was backed up stands beside it, because no page says which of the two is checked; a table that exists is never changed by this call." "復元では、リージョンにまだない名前で新しいテーブルを作成します。そのため名前はパターンで指定します。どちらのテーブルに対して認可されるのかが文書化されていないため、バックアップ元のテーブル名も対象にしていますが、この呼び出しで既存のテーブルが変更されることはありません。"
    without "Restore jobs are denied, on the day when they are needed." "いちばん必要なときに、復元ジョブが拒否されます。"

    /// Writing the items of restored tables.
    WRITE_RESTORED_ITEMS "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html"
    why "DynamoDB asks whoever restores for the right to read and write the items of the table that is restored. The role has it on the names that a restore may give alone: it can read and change no item of a table that is backed up." "DynamoDB は、復元を行う側に、復元先のテーブルの項目を読み書きする権限を求めます。復元で付けられる名前のテーブルだけに許可しているため、ロールはバックアップ対象のテーブルの項目を読むことも変更することもできません。"
    without "Restore jobs fail: DynamoDB writes nothing into the new table." "復元ジョブが失敗します(DynamoDB が新しいテーブルに書き込めません)。"

    /// The ARN of a table that is backed up.
    BACKED_UP_TABLE "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html"
    why "The table that is backed up, by its exact name. DynamoDB's calls name one table each, so nothing has to be allowed on all of them." "バックアップするテーブルを、正確な名前で指定しています。DynamoDB の呼び出しは必ずテーブルを 1 つ指定するため、すべてのテーブルに対して許可する必要はありません。"
    without "Backup jobs are denied at the table." "バックアップジョブがテーブルへのアクセスで拒否されます。"

    /// The ARN pattern of restored tables.
    RESTORED_TABLE "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-dynamodb.html"
    why "The name is a pattern because of restores: a table is restored under a name of its own, since it can never be renamed. As it may be written to, the pattern must not reach a table that is backed up; `restore as` chooses another." "名前をパターンにしているのは復元のためです。テーブルの名前は変更できないため、復元には専用の名前を使います。このパターンのテーブルには書き込みを許可するので、バックアップ対象のテーブルに一致してはいけません。`restore as` で変更できます。"
    without "Restore jobs are denied at the new table." "復元ジョブが新しいテーブルへのアクセスで拒否されます。"

    /// Looking at keys for tables.
    DESCRIBE_TABLE_KEYS "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "DynamoDB and AWS Backup look at the keys of the table and of the vaults before they use them." "DynamoDB と AWS Backup は、テーブルとボールトのキーを使う前に、その情報を参照します。"
    without "AWS documents no error text; of a role without access to a key its page says that the job succeeds and nothing is backed up or restored." "エラーメッセージは文書化されていません。AWS のページには、キーにアクセスできないロールではジョブが成功しても何もバックアップ、復元されないとあります。"

    /// Granting the use of keys for tables.
    GRANT_TABLE_KEYS "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "DynamoDB and AWS Backup work on encrypted tables and recovery points under grants that they ask for. A grant is allowed only when an AWS service asks for it for its own resource." "DynamoDB と AWS Backup は、作成を求めたグラントを使って、暗号化されたテーブルと復旧ポイントを処理します。グラントの作成は、AWS サービスが自身のリソースのために求める場合に限って許可します。"
    without "Jobs fail at the key, or succeed and leave nothing, as AWS's page has it." "ジョブがキーへのアクセスで失敗するか、AWS のページによれば、成功しても何も残りません。"

    /// Using data keys for tables.
    USE_TABLE_KEYS "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "A backup reads the table under its key and is written under that of the vault; a restore goes the other way, and AWS's policies have more of these calls for it. They are allowed only when DynamoDB or AWS Backup makes them on the role's behalf, so the role decrypts nothing by calling KMS itself." "バックアップでは、テーブルのキーで読み取り、ボールトのキーで書き込みます。復元ではその逆になり、AWS のポリシーでも復元用のほうが多くの呼び出しを含みます。DynamoDB または AWS Backup を経由する場合に限って許可するため、ロール自身が直接復号することはできません。"
    without "Jobs fail at the key, or succeed and leave nothing, as AWS's page has it." "ジョブがキーへのアクセスで失敗するか、AWS のページによれば、成功しても何も残りません。"

    /// The key of the tables.
    TABLE_KEY_ARN "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html"
    why "The table is encrypted with this key, which `encrypted by` names: a backup reads the table with it, and a restore in the source region can take it again. Recovery points are not encrypted with it, but with the key of their vault." "テーブルはこのキーで暗号化されており、`encrypted by` で指定されています。バックアップではこのキーでテーブルを読み取り、ソースリージョンでの復元でも再び使えます。復旧ポイントの暗号化には、このキーではなくボールトのキーが使われます。"
    without "Backups of the table, and restores under its key, fail at the key." "テーブルのバックアップと、このキーでの復元が、キーへのアクセスで失敗します。"

    /// The key of the tables, where the spec does not say which.
    UNKNOWN_TABLE_KEY_ARN "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html"
    why "A backup reads the table with the table's own key, and the spec does not say which that is. It is none that this system makes, and keys may be kept in an account of their own, hence any key of the source region, of any account. A table under the key that DynamoDB owns needs none of it. `encrypted by` and the ARN of the key narrow it to that one." "バックアップではテーブル自身のキーでテーブルを読み取りますが、そのキーが定義ファイルに書かれていません。このシステムが作るキーではなく、キーを専用のアカウントで管理していることもあるため、ソースリージョンのすべてのキー(アカウントを問わない)が対象です。DynamoDB 所有のキーで暗号化されたテーブルには、この許可は不要です。`encrypted by` にキーの ARN を書けば、そのキーだけに絞れます。"
    without "Backups of tables under a customer managed key fail at the key." "カスタマーマネージドキーで暗号化されたテーブルのバックアップが、キーへのアクセスで失敗します。"

    /// What a restore does not bring.
    RESTORE_WITHOUT_SETTINGS "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_RestoreTableFromBackup.html"
    why "A restore makes a table with the items and indexes of the backup. Auto scaling, streams, TTL, point-in-time recovery, tags, alarms and policies that name the table are set afterwards, with the operator's own permissions." "復元では、バックアップの項目とインデックスを持つテーブルが作られます。Auto Scaling、ストリーム、TTL、ポイントインタイムリカバリ、タグ、アラーム、テーブルを指定したポリシーは、復元後に担当者の権限で設定します。"
    without "The table serves without them: items do not expire, and what reads the stream gets nothing." "設定しないまま使うと、項目は期限切れにならず、ストリームの読み取り側には何も届きません。"

    /// The advanced features are switched on in each region by hand.
    ADVANCED_FEATURES "https://docs.aws.amazon.com/aws-backup/latest/devguide/advanced-ddb-backup.html"
    why "AWS Backup copies tables, and keeps them under the key of the vault, only with its advanced features for DynamoDB: two settings of the region, of which no CloudFormation resource sets either. They are on where no vault was made before 21 November 2021; a plan switches them on by itself, a backup policy of Organizations does not." "AWS Backup がテーブルをコピーし、ボールトのキーで暗号化するのは、DynamoDB の高度な機能が有効な場合だけです。リージョンの設定が 2 つあり、どちらも CloudFormation では設定できません。2021 年 11 月 21 日より前にボールトを作っていなければ初めから有効で、プランからのバックアップでは自動的に有効になりますが、Organizations のバックアップポリシーではなりません。"
    without "Backups would be DynamoDB's own, which this role may not make: backup jobs fail. With a role that may, jobs succeed and no copy is ever made, and nothing says so." "DynamoDB 独自のバックアップになり、このロールには権限がないためバックアップジョブが失敗します。権限のあるロールの場合はジョブが成功しますが、コピーは作成されず、それを知らせるものもありません。"

    /// The selection.
    SELECT_TABLES "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    why "The selection names the tables by their full ARNs, so that no other resource is ever backed up by this plan." "セレクションはテーブルを完全な ARN で指定します。このプランがほかのリソースをバックアップすることはありません。"
    without "The plan would back up nothing." "プランは何もバックアップしません。"
}
