//! What every kind of resource needs: finding it, vaults, and keys.

use super::call::Circumstance::{
    ForAwsResource, ForResourceOfService, ManagedKey as OfManagedKey, ThroughService, ThroughServices,
};
use super::call::Source::{BackupPolicy, EncryptionPage, Recorded, Reference, RestorePolicy};
use super::call::Thing::{Everything, ManagedKey, Point, UnknownResourceKey, Vault};
use super::call::{Call, End::From, End::To, On, Phase, Phase::BackUp, Phase::Copy, Phase::Discover, Source};
use crate::reason::{Sentence, reasons};

pub(super) const MANAGED: &[Source] = &[BackupPolicy, Reference];
pub(super) const RESTORING: &[Source] = &[RestorePolicy, Recorded];

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
const DATA_KEYS: Sentence = Sentence {
    en: "AWS's backup policy does not have all of these for every service; its restore policy has them all and the recorded system all but one, so they are allowed, but only through the service of the resource and AWS Backup.",
    ja: "AWS のバックアップ用ポリシーには、サービスによっては含まれないものがあります。復元用ポリシーにはすべて、動作実績のある既存システムにも一つを除いてあるため、リソースのサービスまたは AWS Backup を経由する場合に限って許可します。",
};
const UNKNOWN_KEY: Sentence = Sentence {
    en: "AWS's policies allow it on every key of every region; the recorded system named its keys. Where nothing says which key the resources have, it is allowed on every key of the source region, of any account, and all but looking at a key only through their service.",
    ja: "AWS のポリシーは全リージョンのすべてのキーに対して、動作実績のある既存システムは指定したキーだけに対して許可しています。リソースのキーが書かれていない場合は、ソースリージョンのすべてのキー(アカウントを問わない)に対して許可し、参照以外はそのサービスを経由する場合に限ります。",
};

/// Actions on a key that only AWS's restore policy and, but for one, the recorded working system have, each with those
/// that have it.
pub(crate) const DATA_KEY_ACTIONS: [(&str, &[Source]); 6] = [
    ("kms:Decrypt", RESTORING),
    ("kms:Encrypt", RESTORING),
    ("kms:GenerateDataKey", RESTORING),
    ("kms:GenerateDataKeyWithoutPlaintext", &[RestorePolicy]),
    ("kms:ReEncryptFrom", RESTORING),
    ("kms:ReEncryptTo", RESTORING),
];

/// Finding the resources, and what is asked of vaults and recovery points.
pub(super) static VAULTS: &[Call] = &[
    Call::new(Discover, "tag:GetResources", &[On(Everything, From)], &FIND_RESOURCES).from(MANAGED).noting(SELECTION),
    Call::new(BackUp, "backup:DescribeBackupVault", &[On(Vault, From)], &DESCRIBE_VAULT).noting(ANY_VAULT),
    Call::new(Copy, "backup:DescribeBackupVault", &[On(Vault, To)], &DESCRIBE_VAULT).noting(ANY_VAULT),
    Call::new(Copy, "backup:CopyIntoBackupVault", &[On(Vault, To)], &COPY_INTO_VAULT).noting(ANY_VAULT),
    Call::new(Copy, "backup:CopyFromBackupVault", &[On(Point, From)], &COPY_FROM_VAULT)
        .from(MANAGED)
        .noting(RECOVERY_POINT),
    Call::new(Copy, "kms:DescribeKey", &[On(ManagedKey, To)], &DESCRIBE_MANAGED_KEYS)
        .under(OfManagedKey)
        .from(&[EncryptionPage, Recorded])
        .noting(MANAGED_KEYS),
];

/// The uses of a key that is known: written in the spec, or made by the system.
pub(super) const fn known_key(phase: Phase, on: &'static [On], known_from: &'static [Source]) -> [Call; 8] {
    const fn data(phase: Phase, on: &'static [On], (action, known_from): (&'static str, &'static [Source])) -> Call {
        Call::new(phase, action, on, &USE_DATA_KEYS).under(ThroughServices).from(known_from).noting(DATA_KEYS)
    }
    let [decrypt, encrypt, generate, without, from, to] = DATA_KEY_ACTIONS;
    [
        Call::new(phase, "kms:DescribeKey", on, &DESCRIBE_KEY).from(known_from),
        Call::new(phase, "kms:CreateGrant", on, &GRANT_KEY).under(ForAwsResource).from(known_from),
        data(phase, on, decrypt),
        data(phase, on, encrypt),
        data(phase, on, generate),
        data(phase, on, without),
        data(phase, on, from),
        data(phase, on, to),
    ]
}

/// The uses of the key of the resources where it is not known, but for those of a restore.
pub(super) const fn unknown_key(phase: Phase, known_from: &'static [Source]) -> [Call; 2] {
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
pub(super) const fn data_of_unknown_key(phase: Phase) -> [Call; 6] {
    const fn data(phase: Phase, (action, _): (&'static str, &'static [Source])) -> Call {
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
    /// Finding resources.
    FIND_RESOURCES {
        why: "AWS Backup checks with this call which resources a selection means. It knows no resource types, so it can be allowed on all resources only; it reads tags and changes nothing.", "AWS Backup はこの呼び出しで、セレクションが指すリソースを確認します。リソースレベルの権限に対応していないため、すべてのリソースに対してのみ許可できます。タグを読むだけで、何も変更しません。";
        without: "Making the selection fails: the role \"is not authorized to call tag:GetResources\".", "セレクションの作成が失敗します(\"is not authorized to call tag:GetResources\")。";
        page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }

    /// Reading vaults.
    DESCRIBE_VAULT {
        why: "AWS Backup looks at the vault that a job writes to. What it reads there is not documented; the vault's key is one of the things that the call returns.", "AWS Backup は、ジョブの書き込み先となるボールトを参照します。何を読み取るのかは文書化されていませんが、この呼び出しの応答にはボールトの暗号化キーが含まれます。";
        without: "Field-tested: in the recorded system nothing could be copied into a vault that the role may not describe. AWS documents no error text for it.", "動作実績のある既存システムでは、ロールが参照できないボールトへはコピーできませんでした。エラーメッセージは文書化されていません。";
        page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }

    /// Copying into vaults.
    COPY_INTO_VAULT {
        why: "Copying out writes into the destination vault, copying back after a disaster into the source vault. The action could once be allowed on all resources only, and AWS's samples still do so; now it knows vaults as resources, and is allowed on these alone.", "コピーはコピー先ボールトへ、災害後のコピーバックはソースボールトへ書き込みます。以前はすべてのリソースに対してしか許可できず、AWS のサンプルは今もそうなっていますが、現在はボールト単位の権限に対応しているため、これらのボールトに限って許可します。";
        without: "Copy jobs fail: \"Access Denied trying to call AWS Backup service\".", "コピージョブが失敗します(\"Access Denied trying to call AWS Backup service\")。";
        page: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html";
    }

    /// Copying from recovery points.
    COPY_FROM_VAULT {
        why: "AWS Backup has come to check the recovery point that is copied as well as the vault that it is copied into. The recovery point's ARN is that of the snapshot or backup of its own service, or one of AWS Backup.", "現在の AWS Backup は、コピー先ボールトに加えてコピー元の復旧ポイントも検査します。復旧ポイントの ARN は、元のサービスのスナップショットやバックアップの ARN か、AWS Backup 自身の ARN です。";
        without: "Copy jobs can be denied at the recovery point that they read.", "読み取り元の復旧ポイントに対して、コピージョブが拒否されることがあります。";
        page: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html";
    }

    /// Looking at keys.
    DESCRIBE_KEY {
        why: "The service of the resource looks at its key, at that of the source vault and of the copies before it uses them.", "リソースのサービスは、リソース、ソースボールト、コピーの各キーを使う前に、その情報を参照します。";
        without: "Jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\".", "ジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。";
        page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html";
    }

    /// Granting key use to the service.
    GRANT_KEY {
        why: "The service of the resource works on encrypted recovery points under a grant that it asks for. The grant is allowed only when an AWS service asks for it for its own resource.", "リソースのサービスは、作成を求めたグラントを使って暗号化された復旧ポイントを処理します。グラントの作成は、AWS サービスが自身のリソースのために求める場合に限って許可します。";
        without: "Jobs on encrypted resources fail: the key \"does not exist, is not enabled or you do not have permissions to access it\".", "暗号化されたリソースに対するジョブが失敗します(キーが \"does not exist, is not enabled or you do not have permissions to access it\")。";
        page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html";
    }

    /// Using data keys through the service and AWS Backup.
    USE_DATA_KEYS {
        why: "The recorded working system used all but one of these calls on its keys, and AWS's own restore policy has them all. They are allowed only when the service of the resource or AWS Backup makes them on the role's behalf, so the role decrypts nothing by calling KMS itself.", "AWS の復元用ポリシーに含まれる呼び出しで、一つを除き、動作実績のある既存システムもキーに対して使っていました。リソースのサービスまたは AWS Backup を経由する場合に限って許可するため、ロール自身が直接復号することはできません。";
        without: "The recorded system did without `kms:GenerateDataKeyWithoutPlaintext`, and never ran without the others. Copies between keys and restores may fail where the service uses data keys directly.", "動作実績のある既存システムでは `kms:GenerateDataKeyWithoutPlaintext` 以外が常に含まれていたため、それらがない場合は確認されていません。サービスがデータキーを直接使う場面で、キーをまたぐコピーや復元が失敗する可能性があります。";
        page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }

    /// Looking at the resources' key where the spec does not say which it is.
    DESCRIBE_UNKNOWN_KEY {
        why: "The service of the resource looks at its key, which the spec does not name, before it uses it.", "リソースのサービスは、定義ファイルに書かれていないリソースのキーを使う前に、その情報を参照します。";
        without: "Jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\".", "ジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。";
        page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html";
    }

    /// Granting the use of that key to the service.
    GRANT_UNKNOWN_KEY {
        why: "The service of the resource works on encrypted recovery points under a grant that it asks for, here on the key of the resource, which the spec does not name.", "リソースのサービスは、作成を求めたグラントを使って暗号化された復旧ポイントを処理します。ここでは、定義ファイルに書かれていないリソースのキーに対するグラントです。";
        without: "Jobs on encrypted resources fail: the key \"does not exist, is not enabled or you do not have permissions to access it\".", "暗号化されたリソースに対するジョブが失敗します(キーが \"does not exist, is not enabled or you do not have permissions to access it\")。";
        page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html";
    }

    /// Using data keys of that key through the service.
    USE_UNKNOWN_KEY {
        why: "AWS's restore policy has these calls, through the service of the resource. Here they are for restoring a recovery point that is still under the key of its resource, which the spec does not name.", "AWS の復元用ポリシーに、リソースのサービスを経由する呼び出しとして含まれます。ここでは、定義ファイルに書かれていないリソースのキーで暗号化されたままの復旧ポイントを復元するために許可します。";
        without: "Not tried: restores in the source region may fail where the service uses data keys directly.", "ない場合は確認されていません。サービスがデータキーを直接使う場面で、ソースリージョンでの復元が失敗する可能性があります。";
        page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html";
    }

    /// Looking at AWS managed keys.
    DESCRIBE_MANAGED_KEYS {
        why: "AWS Backup's page on encryption asks of the role of a copy job that it may describe keys with the alias aws/backup; the recorded system needed aws/rds as well. Their ids are not known beforehand, and they are made only when first used, so they are named by their aliases.", "AWS Backup の暗号化のページは、コピージョブのロールに、エイリアスが aws/backup のキーを参照する権限を求めています。動作実績のある既存システムでは aws/rds も必要でした。キー ID は事前にわからず、最初に使われるまで存在しないこともあるため、エイリアスで指定します。";
        without: "Copy jobs may be denied: the recorded system and AWS's page both ask for it, and AWS documents no error text.", "コピージョブが拒否されることがあります。動作実績のある既存システムと AWS のページの両方で必要とされていますが、エラーメッセージは文書化されていません。";
        page: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html";
    }
}
