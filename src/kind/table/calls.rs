//! The calls that AWS Backup makes for DynamoDB tables.
//!
//! Sources: the policies that AWS attaches
//! (<https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html>), and DynamoDB's page on permissions
//! (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html>).

use super::{
    BACK_UP_TABLE, DESCRIBE_TABLE_KEYS, GRANT_TABLE_KEYS, READ_TABLE_TAGS, RESTORE_TABLE, USE_TABLE_KEYS,
    WRITE_RESTORED_ITEMS,
};
use crate::kind::call::Circumstance::{ForAwsResource, ForResourceOfService, ThroughService, ThroughServices};
use crate::kind::call::End::{From, To};
use crate::kind::call::Phase::{BackUp, Copy, Restore};
use crate::kind::call::Source::{BackupPolicy, EncryptionPage, Reference, RestorePolicy};
use crate::kind::call::Thing::{PointKey, Resource, ResourceKey, Restored, UnknownResourceKey, VaultKey};
use crate::kind::call::{Call, On, Phase, Source};
use crate::kind::every::{DESCRIBE_RESOURCE, KeyUses, POLICY_AND_REFERENCE, VAULTS, granting, using, using_data};
use crate::kind::managed::TAGS;
use crate::reason::Sentence;

const NEW_TABLE: Sentence = Sentence {
    en: "The reference names a table and does not say which: the new one, or the one that was backed up, as a restore to a point in time asks for. A restore that lacks it is denied, so it is allowed on both; it makes a new table, and changes none that exists.",
    ja: "サービス認証リファレンスではテーブルが必須ですが、新しいテーブルとバックアップ元のテーブルのどちらを指すのかは書かれていません(ポイントインタイムの復元では復元元のテーブルです)。ないと復元が拒否されるため、両方に対して許可します。この呼び出しは新しいテーブルを作成するもので、既存のテーブルは変更しません。",
};
const ITEMS: Sentence = Sentence {
    en: "AWS's policy allows it on every table. DynamoDB's page asks for it on the table that is restored, so it is allowed on tables of the names that a restore may give, and on none that is backed up.",
    ja: "AWS のポリシーはすべてのテーブルに対して許可しています。DynamoDB のページで求められているのは復元先のテーブルに対する権限なので、復元で付けられる名前のテーブルだけに許可し、バックアップ対象のテーブルには許可しません。",
};
const KEYS: Sentence = Sentence {
    en: "AWS's policies allow it on every key, and no page says which keys a job uses: it is allowed on that of the table, those of the vaults and that of a restored table.",
    ja: "AWS のポリシーはすべてのキーに対して許可しており、ジョブがどのキーを使うのかはどこにも書かれていません。テーブル、ボールト、復元したテーブルのキーに対して許可します。",
};
const UNKNOWN_KEY: Sentence = Sentence {
    en: "AWS's policies allow it on every key of every region. Where nothing says which key the table has, it is allowed on every key of the source region, of any account, and all but looking at a key only through DynamoDB.",
    ja: "AWS のポリシーは全リージョンのすべてのキーに対して許可しています。テーブルのキーが書かれていない場合は、ソースリージョンのすべてのキー(アカウントを問わない)に対して許可し、参照以外は DynamoDB を経由する場合に限ります。",
};

const KEY_PAGE: Source = Source::Guide(
    Sentence::new("DynamoDB: encryption at rest", "DynamoDB の保管時の暗号化のページ"),
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html",
);
const IAM_PAGE: Source = Source::Guide(
    Sentence::new("DynamoDB: IAM for backup and restore", "DynamoDB のバックアップと復元の IAM のページ"),
    "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html",
);
const BACKING_UP: &[Source] = &[BackupPolicy, IAM_PAGE, Reference];
const RESTORING: &[Source] = &[RestorePolicy, IAM_PAGE, Reference];

const USED: &[Source] = &[BackupPolicy, EncryptionPage];
const USED_UNKNOWN: &[Source] = &[BackupPolicy, KEY_PAGE];

const KNOWN: KeyUses = [
    Call::new(BackUp, "kms:DescribeKey", &[], &DESCRIBE_TABLE_KEYS).noting(KEYS),
    Call::new(BackUp, "kms:CreateGrant", &[], &GRANT_TABLE_KEYS).under(ForAwsResource).noting(KEYS),
    Call::new(BackUp, "", &[], &USE_TABLE_KEYS).under(ThroughServices).from(&[RestorePolicy]).noting(KEYS),
];
const UNKNOWN: KeyUses = [
    Call::new(BackUp, "kms:DescribeKey", &[], &DESCRIBE_TABLE_KEYS).noting(UNKNOWN_KEY),
    Call::new(BackUp, "kms:CreateGrant", &[], &GRANT_TABLE_KEYS).under(ForResourceOfService).noting(UNKNOWN_KEY),
    Call::new(BackUp, "", &[], &USE_TABLE_KEYS).under(ThroughService).from(&[RestorePolicy]).noting(UNKNOWN_KEY),
];

/// Every call: those that kinds share, and its own.
pub(super) const CALLS: &[&[Call]] = &[
    VAULTS,
    OWN,
    TAGS,
    &of_job(&KNOWN, BackUp, &[On(ResourceKey, From)], &[BackupPolicy], USED),
    &of_job(&KNOWN, BackUp, &[On(VaultKey, From)], &[BackupPolicy], USED),
    &of_job(&KNOWN, Copy, &[On(PointKey, From)], &[BackupPolicy], USED),
    &of_job(&KNOWN, Copy, &[On(VaultKey, To)], &[BackupPolicy], USED),
    &using(&KNOWN, Restore, &[On(PointKey, From)], &[RestorePolicy]),
    &using(&KNOWN, Restore, &[On(ResourceKey, From)], &[RestorePolicy]),
    &of_job(&UNKNOWN, BackUp, &[On(UnknownResourceKey, From)], USED_UNKNOWN, USED_UNKNOWN),
    &using(&UNKNOWN, Restore, &[On(UnknownResourceKey, From)], &[RestorePolicy, KEY_PAGE]),
];

const OWN: &[Call] = &[
    Call::new(BackUp, "dynamodb:DescribeTable", &[On(Resource, From)], &DESCRIBE_RESOURCE).from(BACKING_UP),
    Call::new(BackUp, "dynamodb:ListTagsOfResource", &[On(Resource, From)], &READ_TABLE_TAGS)
        .from(POLICY_AND_REFERENCE),
    Call::new(BackUp, "dynamodb:StartAwsBackupJob", &[On(Resource, From)], &BACK_UP_TABLE).from(BACKING_UP),
    Call::new(Restore, "dynamodb:RestoreTableFromAwsBackup", &[On(Restored, From)], &RESTORE_TABLE)
        .from(RESTORING)
        .noting(NEW_TABLE),
    Call::new(Restore, "dynamodb:RestoreTableFromAwsBackup", &[On(Resource, From)], &RESTORE_TABLE)
        .from(RESTORING)
        .noting(NEW_TABLE),
    Call::new(Restore, "dynamodb:DescribeTable", &[On(Restored, From)], &DESCRIBE_RESOURCE).from(RESTORING),
    item("dynamodb:BatchWriteItem"),
    item("dynamodb:DeleteItem"),
    item("dynamodb:GetItem"),
    item("dynamodb:PutItem"),
    item("dynamodb:Query"),
    item("dynamodb:Scan"),
    item("dynamodb:UpdateItem"),
];

/// What backups and copies do with a key: as much as AWS's policy for backups has, and its page on encryption asks for.
const fn of_job(
    key: &KeyUses,
    phase: Phase,
    on: &'static [On],
    described: &'static [Source],
    used: &'static [Source],
) -> [Call; 4] {
    let [decrypt, _, generate, ..] = using_data(key, phase, on);
    let [describe, grant] = granting(key, phase, on, used);
    [describe.from(described), grant, decrypt.from(used), generate.from(used)]
}

/// What a restore does with the items of the table that it makes.
const fn item(action: &'static str) -> Call {
    Call::new(Restore, action, &[On(Restored, From)], &WRITE_RESTORED_ITEMS).from(RESTORING).noting(ITEMS)
}
