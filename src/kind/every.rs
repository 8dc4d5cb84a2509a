//! What every kind of resource needs: finding it, vaults, and the actions on keys.

use super::call::Circumstance::ManagedKey as OfManagedKey;
use super::call::Source::{BackupPolicy, EncryptionPage, Recorded, Reference, RestorePolicy};
use super::call::Thing::{Everything, ManagedKey, Point, Vault};
use super::call::{Call, End::From, End::To, On, Phase, Phase::BackUp, Phase::Copy, Phase::Discover, Source};
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

/// What is done with a key: it is looked at, its use is granted, and its data keys are used. When, with which key, and of
/// its data keys by which action, is still to be said.
pub(super) type KeyUses = [Call; 3];

/// Looking at a key and granting its use.
pub(super) const fn granting(
    &[describe, grant, _]: &KeyUses,
    phase: Phase,
    on: &'static [On],
    known_from: &'static [Source],
) -> [Call; 2] {
    [Call { phase, on, known_from, ..describe }, Call { phase, on, known_from, ..grant }]
}

/// Every use of its data keys.
pub(super) const fn using_data(&[_, _, data]: &KeyUses, phase: Phase, on: &'static [On]) -> [Call; 6] {
    const fn of(action: &'static str, data: Call) -> Call {
        Call { action, ..data }
    }
    let data = Call { phase, on, ..data };
    let [decrypt, encrypt, generate, without, from, to] = DATA_KEY_ACTIONS;
    [of(decrypt, data), of(encrypt, data), of(generate, data), of(without, data), of(from, data), of(to, data)]
}

/// All of it. Only AWS's restore policy tells of data keys that are made and not shown.
pub(super) const fn using(key: &KeyUses, phase: Phase, on: &'static [On], known_from: &'static [Source]) -> [Call; 8] {
    let [describe, grant] = granting(key, phase, on, known_from);
    let [decrypt, encrypt, generate, without, from, to] = using_data(key, phase, on);
    [describe, grant, decrypt, encrypt, generate, without.from(&[RestorePolicy]), from, to]
}

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

    /// A resource in a selection.
    SELECTED_RESOURCE "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    why "The resource is named by its whole ARN instead of by a tag: nobody adds or removes one by editing tags, and no wildcard can reach another." "リソースはタグではなく完全な ARN で指定します。タグの編集で対象が増減することも、ワイルドカードで別のリソースが含まれることもありません。"
    without "The resource would not be backed up. The same happens while its service is not switched on for AWS Backup in the region." "リソースがバックアップされません。リージョンの AWS Backup でそのサービスが有効になっていない場合も同様です。"

    /// Looking at resources.
    DESCRIBE_RESOURCE "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS Backup looks at the resource before it backs it up, and at the restored one until it can be used." "AWS Backup は、バックアップの前にリソースの状態を確認し、復元したリソースが利用できるようになるまで状態を監視します。"
    without "Backup jobs and restore jobs are denied this call; AWS documents no error text for it." "バックアップジョブと復元ジョブでこの呼び出しが拒否されます。エラーメッセージは文書化されていません。"

    /// The condition on data keys.
    ONLY_THROUGH_SERVICES "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"
    why "`kms:ViaService` lets the key be used only through the service of the resource and AWS Backup in the regions of this statement, never by a call to KMS itself. That service is left out in the source region where it may use every key there anyway." "`kms:ViaService` により、この文のリージョンで、リソースのサービスまたは AWS Backup を経由する場合にだけキーを使えます。KMS を直接呼び出して使うことはできません。ソースリージョンでは、リソースのサービスがすべてのキーを使える場合、そのサービスを省いています。"
    without "Without the condition the role could decrypt anything under the key by calling KMS." "この条件がないと、ロールが KMS を直接呼び出して復号できてしまいます。"

    /// The condition on what the resource's service does with a key that the spec does not name.
    ONLY_THROUGH_SERVICE "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"
    why "On keys that nobody has named `kms:ViaService` lets only the service of the resource in the source region use the key for the role, and that service does for it no more than this policy allows. Neither the role itself nor any other service can read what else such a key protects." "`kms:ViaService` により、指定されていないキーについては、ソースリージョンにあるリソースのサービスがロールに代わって使う場合だけを許可します。そのサービスがロールのために行えるのは、このポリシーの許可する範囲だけです。ロール自身やほかのサービスが、これらのキーで保護されたほかのデータを読み取ることはできません。"
    without "Without the condition the role could use, or let any AWS service use, every key of the region whose policy lets this account in." "この条件がないと、キーポリシーがこのアカウントを許可しているリージョン内のすべてのキーを、ロール自身やほかの AWS サービスが使えてしまいます。"

    /// The condition on the aliases of keys.
    ONLY_MANAGED_KEYS "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"
    why "`kms:ResourceAliases` narrows all keys of the region to those that bear the alias of a key that AWS manages, for the service of the resource or for AWS Backup. An alias in the resource would have no effect, because IAM compares key ARNs." "`kms:ResourceAliases` により、対象を、リソースのサービスまたは AWS Backup の AWS マネージドキーのエイリアスを持つキーに絞ります。IAM はキー ARN で比較するため、リソースにエイリアスを書いても効果はありません。"
    without "Without the condition the role could describe every key of the account in these regions." "この条件がないと、これらのリージョンにあるアカウントのすべてのキーを参照できてしまいます。"

    /// Windows that AWS Backup heeds for other kinds.
    WINDOWS_OF_OTHERS "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    why "AWS Backup starts no job of an RDS instance within an hour of its maintenance or automated-backup window. Aurora is exempt from both and DynamoDB has neither, so the window changes nothing here." "RDS インスタンスでは、メンテナンスウィンドウや自動バックアップウィンドウの 1 時間前からジョブを開始できません。Aurora はどちらの制約も受けず、DynamoDB にはどちらもないため、このウィンドウによる影響はありません。"
    without "Nothing: the clause states what is known of the resource." "影響はありません。リソースについてわかっていることを記すための句です。"
}
