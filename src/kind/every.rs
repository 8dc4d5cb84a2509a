//! What every kind of resource needs: finding it, vaults, and the actions on keys.

use super::call::Circumstance::ManagedKey as OfManagedKey;
use super::call::Source::{BackupPolicy, EncryptionPage, Recorded, Reference};
use super::call::Thing::{Everything, ManagedKey, Point, Vault};
use super::call::{Call, End::From, End::To, On, Phase::BackUp, Phase::Copy, Phase::Discover, Source};
use crate::reason::{Sentence, reasons};

pub(super) const POLICY_AND_REFERENCE: &[Source] = &[BackupPolicy, Reference];

const ANY_VAULT: Sentence = Sentence {
    en: "AWS's policy allows every vault; the reference knows vaults as resources, so only the system's own are allowed.",
    ja: "AWS のポリシーはすべてのボールトに対して許可しています。サービス認証リファレンスではボールト単位で指定できるため、このシステムのボールトだけを許可します。",
};
const RECOVERY_POINT: Sentence = Sentence {
    en: "AWS's page asks for it between accounts only, and the recorded system did without; AWS's policy and the reference have it, and a copy job that lacks it can be denied, so it is allowed.",
    ja: "AWS のページで求められているのはアカウント間のコピーだけで、動作実績のある既存システムも使っていませんでした。しかし AWS のポリシーとサービス認証リファレンスにはあり、ないとコピージョブが拒否されることがあるため、許可します。",
};
const SELECTION: Sentence = Sentence {
    en: "The recorded system did without; AWS's policy has it and selections are refused without it, so it is allowed.",
    ja: "動作実績のある既存システムは使っていませんでした。AWS のポリシーにはあり、ないとセレクションの作成が拒否されるため、許可します。",
};
const MANAGED_KEYS: Sentence = Sentence {
    en: "No managed policy knows the condition key; the page on encryption and the recorded system have it, so it is allowed, and only on AWS's own keys.",
    ja: "この条件キーを使う AWS 管理ポリシーはありません。暗号化のページと動作実績のある既存システムでは使われているため、AWS マネージドキーに限って許可します。",
};
/// The uses of a key on data.
pub(crate) const DATA_KEY_ACTIONS: [&str; 6] = [
    "kms:Decrypt",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
];

/// Finding the resources, and what is asked of vaults and recovery points.
pub(super) static VAULTS: &[Call] = &[
    Call::new(Discover, "tag:GetResources", &[On(Everything, From)], &FIND_RESOURCES)
        .from(POLICY_AND_REFERENCE)
        .noting(SELECTION),
    Call::new(BackUp, "backup:DescribeBackupVault", &[On(Vault, From)], &DESCRIBE_VAULT).noting(ANY_VAULT),
    Call::new(Copy, "backup:DescribeBackupVault", &[On(Vault, To)], &DESCRIBE_VAULT).noting(ANY_VAULT),
    Call::new(Copy, "backup:CopyIntoBackupVault", &[On(Vault, To)], &COPY_INTO_VAULT).noting(ANY_VAULT),
    Call::new(Copy, "backup:CopyFromBackupVault", &[On(Point, From)], &COPY_FROM_VAULT)
        .from(POLICY_AND_REFERENCE)
        .noting(RECOVERY_POINT),
    Call::new(Copy, "kms:DescribeKey", &[On(ManagedKey, To)], &DESCRIBE_MANAGED_KEYS)
        .under(OfManagedKey)
        .from(&[EncryptionPage, Recorded])
        .noting(MANAGED_KEYS),
];

reasons! {
    /// Finding resources.
    FIND_RESOURCES "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS Backup checks with this call which resources a selection means. It knows no resource types, so it can be allowed on all resources only; it reads tags and changes nothing." "AWS Backup はこの呼び出しで、セレクションが指すリソースを確認します。リソースレベルの権限に対応していないため、すべてのリソースに対してのみ許可できます。タグを読むだけで、何も変更しません。"
    without "Making the selection fails: the role \"is not authorized to call tag:GetResources\"." "セレクションの作成が失敗します(\"is not authorized to call tag:GetResources\")。"

    /// Reading vaults.
    DESCRIBE_VAULT "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS Backup looks at the vault that a job writes to. What it reads there is not documented; the vault's key is one of the things that the call returns." "AWS Backup は、ジョブの書き込み先となるボールトを参照します。何を読み取るのかは文書化されていませんが、この呼び出しの応答にはボールトの暗号化キーが含まれます。"
    without "Field-tested: in the recorded system nothing could be copied into a vault that the role may not describe. AWS documents no error text for it." "動作実績のある既存システムでは、ロールが参照できないボールトへはコピーできませんでした。エラーメッセージは文書化されていません。"

    /// Copying into vaults.
    COPY_INTO_VAULT "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html"
    why "Copying out writes into the destination vault, copying back after a disaster into the source vault. The action could once be allowed on all resources only, and AWS's samples still do so; now it knows vaults as resources, and is allowed on these alone." "コピーはコピー先ボールトへ、災害後のコピーバックはソースボールトへ書き込みます。以前はすべてのリソースに対してしか許可できず、AWS のサンプルは今もそうなっていますが、現在はボールト単位の権限に対応しているため、これらのボールトに限って許可します。"
    without "Copy jobs fail: \"Access Denied trying to call AWS Backup service\"." "コピージョブが失敗します(\"Access Denied trying to call AWS Backup service\")。"

    /// Copying from recovery points.
    COPY_FROM_VAULT "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html"
    why "AWS Backup has come to check the recovery point that is copied as well as the vault that it is copied into. The recovery point's ARN is that of the snapshot or backup of its own service, or one of AWS Backup." "現在の AWS Backup は、コピー先ボールトに加えてコピー元の復旧ポイントも検査します。復旧ポイントの ARN は、元のサービスのスナップショットやバックアップの ARN か、AWS Backup 自身の ARN です。"
    without "Copy jobs can be denied at the recovery point that they read." "読み取り元の復旧ポイントに対して、コピージョブが拒否されることがあります。"

    /// Looking at AWS managed keys.
    DESCRIBE_MANAGED_KEYS "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "AWS Backup's page on encryption asks of the role of a copy job that it may describe keys with the alias aws/backup; the recorded system needed aws/rds as well. Their ids are not known beforehand, and they are made only when first used, so they are named by their aliases." "AWS Backup の暗号化のページは、コピージョブのロールに、エイリアスが aws/backup のキーを参照する権限を求めています。動作実績のある既存システムでは aws/rds も必要でした。キー ID は事前にわからず、最初に使われるまで存在しないこともあるため、エイリアスで指定します。"
    without "Copy jobs may be denied: the recorded system and AWS's page both ask for it, and AWS documents no error text." "コピージョブが拒否されることがあります。動作実績のある既存システムと AWS のページの両方で必要とされていますが、エラーメッセージは文書化されていません。"
}
