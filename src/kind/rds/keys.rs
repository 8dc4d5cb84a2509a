//! What RDS and AWS Backup do with the keys of resources, vaults and copies.

use crate::kind::call::Circumstance::{ForAwsResource, ForResourceOfService, ThroughService, ThroughServices};
use crate::kind::call::{
    Call, End::From, On, Phase, Source, Source::Recorded, Source::RestorePolicy, Thing::UnknownResourceKey,
};
use crate::kind::every::DATA_KEY_ACTIONS;
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
pub(in crate::kind) const fn known_key(phase: Phase, on: &'static [On], known_from: &'static [Source]) -> [Call; 8] {
    const fn data(phase: Phase, on: &'static [On], action: &'static str) -> Call {
        Call::new(phase, action, on, &USE_DATA_KEYS).under(ThroughServices).from(RESTORING).noting(DATA_KEYS)
    }
    let [decrypt, encrypt, generate, without, from, to] = DATA_KEY_ACTIONS;
    [
        Call::new(phase, "kms:DescribeKey", on, &DESCRIBE_KEY).from(known_from),
        Call::new(phase, "kms:CreateGrant", on, &GRANT_KEY).under(ForAwsResource).from(known_from),
        data(phase, on, decrypt),
        data(phase, on, encrypt),
        data(phase, on, generate),
        data(phase, on, without).from(&[RestorePolicy]),
        data(phase, on, from),
        data(phase, on, to),
    ]
}

/// The uses of the key of the resources where it is not known, but for those of a restore.
pub(in crate::kind) const fn unknown_key(phase: Phase, known_from: &'static [Source]) -> [Call; 2] {
    let on = &[On(UnknownResourceKey, From)];
    [
        Call::new(phase, "kms:DescribeKey", on, &DESCRIBE_UNKNOWN_KEY).from(known_from).noting(UNKNOWN_KEY),
        Call::new(phase, "kms:CreateGrant", on, &GRANT_UNKNOWN_KEY)
            .under(ForResourceOfService)
            .from(known_from)
            .noting(UNKNOWN_KEY),
    ]
}

/// Its data keys, which a restore of what is still under it needs.
pub(in crate::kind) const fn data_of_unknown_key(phase: Phase) -> [Call; 6] {
    const fn data(phase: Phase, action: &'static str) -> Call {
        Call::new(phase, action, &[On(UnknownResourceKey, From)], &USE_UNKNOWN_KEY)
            .under(ThroughService)
            .from(&[RestorePolicy])
            .noting(UNKNOWN_KEY)
    }
    let [decrypt, encrypt, generate, without, from, to] = DATA_KEY_ACTIONS;
    [
        data(phase, decrypt),
        data(phase, encrypt),
        data(phase, generate),
        data(phase, without),
        data(phase, from),
        data(phase, to),
    ]
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

    /// Looking at the resources' key where the spec does not say which it is.
    DESCRIBE_UNKNOWN_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "The service of the resource looks at its key, which the spec does not name, before it uses it." "リソースのサービスは、定義ファイルに書かれていないリソースのキーを使う前に、その情報を参照します。"
    without "Jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\"." "ジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。"

    /// Granting the use of that key to the service.
    GRANT_UNKNOWN_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "The service of the resource works on encrypted recovery points under a grant that it asks for, here on the key of the resource, which the spec does not name." "リソースのサービスは、作成を求めたグラントを使って暗号化された復旧ポイントを処理します。ここでは、定義ファイルに書かれていないリソースのキーに対するグラントです。"
    without "Jobs on encrypted resources fail: the key \"does not exist, is not enabled or you do not have permissions to access it\"." "暗号化されたリソースに対するジョブが失敗します(キーが \"does not exist, is not enabled or you do not have permissions to access it\")。"

    /// Using data keys of that key through the service.
    USE_UNKNOWN_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "AWS's restore policy has these calls, through the service of the resource. Here they are for restoring a recovery point that is still under the key of its resource, which the spec does not name." "AWS の復元用ポリシーに、リソースのサービスを経由する呼び出しとして含まれます。ここでは、定義ファイルに書かれていないリソースのキーで暗号化されたままの復旧ポイントを復元するために許可します。"
    without "Not tried: restores in the source region may fail where the service uses data keys directly." "ない場合は確認されていません。サービスがデータキーを直接使う場面で、ソースリージョンでの復元が失敗する可能性があります。"
}
