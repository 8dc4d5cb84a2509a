//! The calls that AWS Backup makes for DynamoDB tables.
//!
//! Sources: the policies that AWS attaches
//! (<https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html>), and DynamoDB's page on permissions
//! (<https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html>).

use super::{
    BACK_UP_TABLE, DESCRIBE_TABLE, DESCRIBE_TABLE_KEYS, GRANT_TABLE_KEYS, READ_TABLE_TAGS, RESTORE_TABLE,
    TAG_RECOVERY_POINTS, USE_TABLE_KEYS, WRITE_RESTORED_ITEMS,
};
use crate::kind::call::Circumstance::{ForAwsResource, ForResourceOfService, ThroughService, ThroughServices};
use crate::kind::call::End::{From, To};
use crate::kind::call::Phase::{BackUp, Copy, Restore};
use crate::kind::call::Source::{BackupPolicy, EncryptionPage, Reference, RestorePolicy};
use crate::kind::call::Thing::{Point, PointKey, Resource, ResourceKey, Restored, UnknownResourceKey, VaultKey};
use crate::kind::call::{Call, Circumstance, Guide, On, Phase, Source};
use crate::kind::every::{DATA_KEY_ACTIONS, MANAGED, VAULTS};
use crate::reason::{Reason, Sentence};

const TAGGING: Sentence = Sentence {
    en: "AWS's policy allows it on the recovery points of every region, where the account is the role's own. The account stands in these ARNs, so no condition has to ask for it.",
    ja: "AWS のポリシーは、ロールと同じアカウントという条件付きで、全リージョンの復旧ポイントに対して許可しています。ここでは ARN でアカウントを指定しているため、条件は不要です。",
};
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

const KEY_PAGE: Source = Source::Guide(Guide {
    name: Sentence::new("DynamoDB: encryption at rest", "DynamoDB の保管時の暗号化のページ"),
    page: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html",
});
const IAM_PAGE: Source = Source::Guide(Guide {
    name: Sentence::new("DynamoDB: IAM for backup and restore", "DynamoDB のバックアップと復元の IAM のページ"),
    page: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/backuprestore_IAM.html",
});
const BACKING_UP: &[Source] = &[BackupPolicy, IAM_PAGE, Reference];
const RESTORING: &[Source] = &[RestorePolicy, IAM_PAGE, Reference];

/// Every call: those that kinds share, and its own.
pub(super) const CALLS: &[&[Call]] = &[
    VAULTS,
    OWN,
    &key_of_job(BackUp, &[On(ResourceKey, From)]),
    &key_of_job(BackUp, &[On(VaultKey, From)]),
    &key_of_job(Copy, &[On(PointKey, From)]),
    &key_of_job(Copy, &[On(VaultKey, To)]),
    &key_of_restore(&[On(PointKey, From)]),
    &key_of_restore(&[On(ResourceKey, From)]),
    &unknown_key(BackUp, &[BackupPolicy, KEY_PAGE]),
    &unknown_key(Restore, &[RestorePolicy, KEY_PAGE]),
    &data_of_unknown_key(),
];

const OWN: &[Call] = &[
    Call::new(BackUp, "dynamodb:DescribeTable", &[On(Resource, From)], &DESCRIBE_TABLE).from(BACKING_UP),
    Call::new(BackUp, "dynamodb:ListTagsOfResource", &[On(Resource, From)], &READ_TABLE_TAGS).from(MANAGED),
    Call::new(BackUp, "dynamodb:StartAwsBackupJob", &[On(Resource, From)], &BACK_UP_TABLE).from(BACKING_UP),
    Call::new(BackUp, "backup:TagResource", &[On(Point, From)], &TAG_RECOVERY_POINTS).from(MANAGED).noting(TAGGING),
    Call::new(Copy, "backup:TagResource", &[On(Point, To)], &TAG_RECOVERY_POINTS).from(MANAGED).noting(TAGGING),
    Call::new(Restore, "dynamodb:RestoreTableFromAwsBackup", &[On(Restored, From)], &RESTORE_TABLE)
        .from(RESTORING)
        .noting(NEW_TABLE),
    Call::new(Restore, "dynamodb:RestoreTableFromAwsBackup", &[On(Resource, From)], &RESTORE_TABLE)
        .from(RESTORING)
        .noting(NEW_TABLE),
    Call::new(Restore, "dynamodb:DescribeTable", &[On(Restored, From)], &DESCRIBE_TABLE).from(RESTORING),
    item("dynamodb:BatchWriteItem"),
    item("dynamodb:DeleteItem"),
    item("dynamodb:GetItem"),
    item("dynamodb:PutItem"),
    item("dynamodb:Query"),
    item("dynamodb:Scan"),
    item("dynamodb:UpdateItem"),
];

/// What a restore does with the items of the table that it makes.
const fn item(action: &'static str) -> Call {
    Call::new(Restore, action, &[On(Restored, From)], &WRITE_RESTORED_ITEMS).from(RESTORING).noting(ITEMS)
}

/// What backups and copies do with a key that is known: as much as AWS's policy for backups has, and its page on encryption
/// asks for.
const fn key_of_job(phase: Phase, on: &'static [On]) -> [Call; 4] {
    const KNOWN: &[Source] = &[BackupPolicy, EncryptionPage];
    let [decrypt, _, generate, ..] = DATA_KEY_ACTIONS;
    [
        key(phase, "kms:DescribeKey", on, &DESCRIBE_TABLE_KEYS).from(&[BackupPolicy]),
        key(phase, "kms:CreateGrant", on, &GRANT_TABLE_KEYS).under(ForAwsResource).from(KNOWN),
        key(phase, decrypt.0, on, &USE_TABLE_KEYS).under(ThroughServices).from(KNOWN),
        key(phase, generate.0, on, &USE_TABLE_KEYS).under(ThroughServices).from(KNOWN),
    ]
}

/// What a restore does with a key that is known.
const fn key_of_restore(on: &'static [On]) -> [Call; 8] {
    const fn data(on: &'static [On], (action, _): (&'static str, &[Source])) -> Call {
        key(Restore, action, on, &USE_TABLE_KEYS).under(ThroughServices).from(&[RestorePolicy])
    }
    let [decrypt, encrypt, generate, without, from, to] = DATA_KEY_ACTIONS;
    [
        key(Restore, "kms:DescribeKey", on, &DESCRIBE_TABLE_KEYS).from(&[RestorePolicy]),
        key(Restore, "kms:CreateGrant", on, &GRANT_TABLE_KEYS).under(ForAwsResource).from(&[RestorePolicy]),
        data(on, decrypt),
        data(on, encrypt),
        data(on, generate),
        data(on, without),
        data(on, from),
        data(on, to),
    ]
}

const fn key(phase: Phase, action: &'static str, on: &'static [On], why: &'static Reason) -> Call {
    Call::new(phase, action, on, why).noting(KEYS)
}

/// What a job does with the key of the table where the spec does not say which it is, but for data keys.
const fn unknown_key(phase: Phase, known_from: &'static [Source]) -> [Call; 2] {
    [
        of_unknown_key(phase, "kms:DescribeKey", Circumstance::Any, &DESCRIBE_TABLE_KEYS).from(known_from),
        of_unknown_key(phase, "kms:CreateGrant", ForResourceOfService, &GRANT_TABLE_KEYS).from(known_from),
    ]
}

/// Data keys of that key: of these a backup takes two, a restore under the same key all.
const fn data_of_unknown_key() -> [Call; 8] {
    const fn data(phase: Phase, (action, _): (&'static str, &[Source]), known_from: &'static [Source]) -> Call {
        of_unknown_key(phase, action, ThroughService, &USE_TABLE_KEYS).from(known_from)
    }
    const BACKUP: &[Source] = &[BackupPolicy, KEY_PAGE];
    const RESTORE: &[Source] = &[RestorePolicy];
    let [decrypt, encrypt, generate, without, from, to] = DATA_KEY_ACTIONS;
    [
        data(BackUp, decrypt, BACKUP),
        data(BackUp, generate, BACKUP),
        data(Restore, decrypt, RESTORE),
        data(Restore, encrypt, RESTORE),
        data(Restore, generate, RESTORE),
        data(Restore, without, RESTORE),
        data(Restore, from, RESTORE),
        data(Restore, to, RESTORE),
    ]
}

const fn of_unknown_key(phase: Phase, action: &'static str, circumstance: Circumstance, why: &'static Reason) -> Call {
    Call::new(phase, action, &[On(UnknownResourceKey, From)], why).under(circumstance).noting(UNKNOWN_KEY)
}
