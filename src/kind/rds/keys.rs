//! What RDS and AWS Backup do with the keys of resources, vaults and copies.

use crate::kind::call::Circumstance::{ForAwsResource, ForResourceOfService, ThroughService, ThroughServices};
use crate::kind::call::End::{From, To};
use crate::kind::call::Phase::{BackUp, Copy, Restore};
use crate::kind::call::Thing::{PointKey, ResourceKey, UnknownResourceKey, VaultKey};
use crate::kind::call::{Call, On, Source, Source::Recorded, Source::RestorePolicy};
use crate::kind::every::{KeyUses, granting, using};
use crate::reason::{Sentence, reasons};

/// AWS's restore policy, and the recorded working system.
pub(in crate::kind) const RESTORING: &[Source] = &[RestorePolicy, Recorded];

const DATA_KEYS: Sentence = Sentence {
    en: "AWS's backup policy does not have all of these for every service; its restore policy has them all and the recorded system all but one, so they are allowed, but only through the service of the resource and AWS Backup.",
    ja: "AWS のバックアップ用ポリシーには、サービスによっては含まれないものがあります。復元用ポリシーにはすべて、動作実績のある既存システムにも一つを除いてあるため、リソースのサービスまたは AWS Backup を経由する場合に限って許可します。",
};
const UNKNOWN_KEY: Sentence = Sentence {
    en: "AWS's policies allow it on every key of every region; the recorded system named its keys. Where nothing says which key the resources have, it is allowed on every key of the source region, of any account, and all but looking at a key only through their service.",
    ja: "AWS のポリシーは全リージョンのすべてのキーに対して、動作実績のある既存システムは指定したキーだけに対して許可しています。リソースのキーが書かれていない場合は、ソースリージョンのすべてのキー(アカウントを問わない)に対して許可し、参照以外はそのサービスを経由する場合に限ります。",
};

/// The uses of a key that is known: written in the spec, or made by the system.
const KNOWN: KeyUses = [
    Call::new(BackUp, "kms:DescribeKey", &[], &DESCRIBE_KEY),
    Call::new(BackUp, "kms:CreateGrant", &[], &GRANT_KEY).under(ForAwsResource),
    Call::new(BackUp, "", &[], &USE_DATA_KEYS).under(ThroughServices).from(RESTORING).noting(DATA_KEYS),
];

/// The uses of the key of the resources where it is not known.
const UNKNOWN: KeyUses = [
    Call::new(BackUp, "kms:DescribeKey", &[], &DESCRIBE_KEY).noting(UNKNOWN_KEY),
    Call::new(BackUp, "kms:CreateGrant", &[], &GRANT_KEY).under(ForResourceOfService).noting(UNKNOWN_KEY),
    Call::new(BackUp, "", &[], &USE_UNKNOWN_KEY).under(ThroughService).from(&[RestorePolicy]).noting(UNKNOWN_KEY),
];

/// What is done with the keys that are known.
pub(in crate::kind) const fn known(known_from: &'static [Source]) -> [[Call; 8]; 5] {
    [
        using(&KNOWN, BackUp, &[On(ResourceKey, From)], known_from),
        using(&KNOWN, Copy, &[On(PointKey, From)], known_from),
        using(&KNOWN, Copy, &[On(VaultKey, To)], known_from),
        using(&KNOWN, Restore, &[On(PointKey, From)], known_from),
        using(&KNOWN, Restore, &[On(VaultKey, From)], known_from),
    ]
}

/// What backups and copies do with the key of the resources where it is not known.
pub(in crate::kind) const fn unknown(known_from: &'static [Source]) -> [[Call; 2]; 2] {
    let on = &[On(UnknownResourceKey, From)];
    [granting(&UNKNOWN, BackUp, on, known_from), granting(&UNKNOWN, Copy, on, known_from)]
}

/// What a restore does with it, of what is still under it.
pub(in crate::kind) const fn unknown_at_restore(known_from: &'static [Source]) -> [Call; 8] {
    using(&UNKNOWN, Restore, &[On(UnknownResourceKey, From)], known_from)
}

reasons! {
    /// Looking at keys.
    DESCRIBE_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "The service of the resource looks at its key, at that of the source vault and of the copies before it uses them." "リソースのサービスは、リソース、ソースボールト、コピーの各キーを使う前に、その情報を参照します。"
    without "Jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\"." "ジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。"

    /// Granting key use to the service.
    GRANT_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "The service of the resource works on encrypted recovery points under a grant that it asks for. The grant is allowed only when an AWS service asks for it for its own resource." "リソースのサービスは、作成を求めたグラントを使って暗号化された復旧ポイントを処理します。グラントの作成は、AWS サービスが自身のリソースのために求める場合に限って許可します。"
    without "Jobs on encrypted resources fail: the key \"does not exist, is not enabled or you do not have permissions to access it\"." "暗号化されたリソースに対するジョブが失敗します(キーが \"does not exist, is not enabled or you do not have permissions to access it\")。"

    /// Using data keys through the service and AWS Backup.
    USE_DATA_KEYS "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "The recorded working system used all but one of these calls on its keys, and AWS's own restore policy has them all. They are allowed only when the service of the resource or AWS Backup makes them on the role's behalf, so the role decrypts nothing by calling KMS itself." "AWS の復元用ポリシーに含まれる呼び出しで、一つを除き、動作実績のある既存システムもキーに対して使っていました。リソースのサービスまたは AWS Backup を経由する場合に限って許可するため、ロール自身が直接復号することはできません。"
    without "The recorded system did without `kms:GenerateDataKeyWithoutPlaintext`, and never ran without the others. Copies between keys and restores may fail where the service uses data keys directly." "動作実績のある既存システムでは `kms:GenerateDataKeyWithoutPlaintext` 以外が常に含まれていたため、それらがない場合は確認されていません。サービスがデータキーを直接使う場面で、キーをまたぐコピーや復元が失敗する可能性があります。"

    /// Using data keys of that key through the service.
    USE_UNKNOWN_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS's restore policy has these calls, through the service of the resource. Here they are for restoring a recovery point that is still under the key of its resource, which the spec does not name." "AWS の復元用ポリシーに、リソースのサービスを経由する呼び出しとして含まれます。ここでは、定義ファイルに書かれていないリソースのキーで暗号化されたままの復旧ポイントを復元するために許可します。"
    without "Not tried: restores in the source region may fail where the service uses data keys directly." "ない場合は確認されていません。サービスがデータキーを直接使う場面で、ソースリージョンでの復元が失敗する可能性があります。"
}
