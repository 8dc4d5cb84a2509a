//! Why vaults are as they are.

use super::{Sentence, Text};

pub(super) const SOURCE_VAULT: Text = Text {
    why: Sentence {
        en: "The source vault holds the recovery points that the plan makes, and receives those that are copied back after a disaster.",
        ja: "ソースボールトには、プランが作成する復旧ポイントと、災害後にコピーバックした復旧ポイントが入ります。",
    },
    without: Sentence {
        en: "The plan would have no vault to write to.",
        ja: "プランの書き込み先となるボールトがなくなります。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html",
};

pub(super) const DESTINATION_VAULT: Text = Text {
    why: Sentence {
        en: "The destination vault holds the copies: it is what is left when the source region is gone. Its key encrypts them.",
        ja: "コピー先ボールトはコピーを保管します。ソースリージョンが失われたときに残るのはここだけです。コピーはこのボールトのキーで暗号化されます。",
    },
    without: Sentence { en: "There would be nowhere to copy to.", ja: "コピー先がなくなります。" },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html",
};

pub(super) const FORMER_VAULT: Text = Text {
    why: Sentence {
        en: "Nothing is copied here any more. The copies that lie here expire as they would have, and until then they can be restored and copied back.",
        ja: "このボールトへのコピーは終了しています。残っているコピーは本来の期限まで保持され、それまでは復元もコピーバックもできます。",
    },
    without: Sentence {
        en: "The vault would stay, kept when its resource goes, but the role could no longer delete, restore or copy back what lies in it: its recovery points would become EXPIRED, stay, and be billed.",
        ja: "リソースを削除してもボールトは保持されますが、ロールはその中の復旧ポイントの削除、復元、コピーバックができなくなります。復旧ポイントは EXPIRED のまま残り、課金が続きます。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html",
};

pub(super) const VAULT_NAME: Text = Text {
    why: Sentence {
        en: "Recovery points are found under this name, and the copy action and the role's policy write it into ARNs. It is fixed when the vault is made.",
        ja: "復旧ポイントはこの名前のボールトから探します。コピーアクションやロールのポリシーの ARN にも使われます。作成後は変更できません。",
    },
    without: Sentence {
        en: "CloudFormation requires it; another name makes another vault.",
        ja: "CloudFormation の必須項目です。名前を変えると別のボールトになります。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html",
};

pub(super) const SOURCE_VAULT_KEY: Text = Text {
    why: Sentence {
        en: "Aurora snapshots here keep the key of their cluster; this key encrypts what is copied back after a disaster. The stack imports the ARN that the key's stack exports in this region.",
        ja: "このボールトの Aurora スナップショットはクラスターのキーで暗号化されたままです。このキーは、災害後にコピーバックした復旧ポイントの暗号化に使われます。ARN は、同じリージョンのキーのスタックからインポートします。",
    },
    without: Sentence {
        en: "The vault would fall back to aws/backup, and copying an Aurora snapshot back into it would fail.",
        ja: "ボールトのキーが aws/backup になり、Aurora スナップショットのコピーバックが失敗します。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
};

pub(super) const DESTINATION_VAULT_KEY: Text = Text {
    why: Sentence {
        en: "A copy in another region is encrypted with the key of the vault that it goes to. For Aurora it must be a customer managed key. It is fixed when the vault is made.",
        ja: "別リージョンへのコピーは、コピー先ボールトのキーで暗号化されます。Aurora ではカスタマーマネージドキーが必要です。作成後は変更できません。",
    },
    without: Sentence {
        en: "The vault would fall back to aws/backup, and every copy job into it would fail.",
        ja: "ボールトのキーが aws/backup になり、このボールトへのコピージョブはすべて失敗します。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
};

pub(super) const VAULT_WITHOUT_POLICY: Text = Text {
    why: Sentence {
        en: "Copies within one account need no access policy on the vault; what the role may do is decided in its own policy.",
        ja: "同一アカウント内のコピーに、ボールトのアクセスポリシーは不要です。ロールに許可する操作はロール自身のポリシーで決めます。",
    },
    without: Sentence {
        en: "Nothing: only copies from another account need a policy here.",
        ja: "問題はありません。アクセスポリシーが必要なのは、別アカウントからコピーする場合だけです。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html",
};
