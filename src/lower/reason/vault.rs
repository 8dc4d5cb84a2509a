//! Why vaults are as they are.

use crate::reason::reasons;

reasons! {
    /// The vault in the source region.
    SOURCE_VAULT "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html"
    why "The source vault holds the recovery points that the plan makes, and receives those that are copied back after a disaster." "ソースボールトには、プランが作成する復旧ポイントと、災害後にコピーバックした復旧ポイントが入ります。"
    without "The plan would have no vault to write to." "プランの書き込み先となるボールトがなくなります。"

    /// The vault for copies.
    DESTINATION_VAULT "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html"
    why "The destination vault holds the copies: it is what is left when the source region is gone. Its key encrypts them." "コピー先ボールトはコピーを保管します。ソースリージョンが失われたときに残るのはここだけです。コピーはこのボールトのキーで暗号化されます。"
    without "There would be nowhere to copy to." "コピー先がなくなります。"

    /// A vault that nothing is copied to any more.
    FORMER_VAULT "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html"
    why "Nothing is copied here any more. The copies that lie here expire as they would have, and until then they can be restored and copied back." "このボールトへのコピーは終了しています。残っているコピーは本来の期限まで保持され、それまでは復元もコピーバックもできます。"
    without "The vault would stay, kept when its resource goes, but the role could no longer delete, restore or copy back what lies in it: its recovery points would become EXPIRED, stay, and be billed." "リソースを削除してもボールトは保持されますが、ロールはその中の復旧ポイントの削除、復元、コピーバックができなくなります。復旧ポイントは EXPIRED のまま残り、課金が続きます。"

    /// The name of a vault.
    VAULT_NAME "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html"
    why "Recovery points are found under this name, and the copy action and the role's policy write it into ARNs. It is fixed when the vault is made." "復旧ポイントはこの名前のボールトから探します。コピーアクションやロールのポリシーの ARN にも使われます。作成後は変更できません。"
    without "CloudFormation requires it; another name makes another vault." "CloudFormation の必須項目です。名前を変えると別のボールトになります。"

    /// The key of the source vault.
    SOURCE_VAULT_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "Snapshots of databases here keep the key of their database; this key encrypts what is copied back after a disaster, and every recovery point of a kind that takes the key of its vault. The stack imports the ARN that the key's stack exports in this region." "このボールトにあるデータベースのスナップショットは、データベース自身のキーで暗号化されたままです。このキーは、災害後にコピーバックした復旧ポイントと、ボールトのキーで暗号化される種類の復旧ポイントに使われます。ARN は、同じリージョンのキーのスタックからインポートします。"
    without "The vault would fall back to aws/backup, and copying a snapshot of a database back into it would fail." "ボールトのキーが aws/backup になり、データベースのスナップショットのコピーバックが失敗します。"

    /// The key of a vault for copies.
    DESTINATION_VAULT_KEY "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "A copy in another region is encrypted with the key of the vault that it goes to. For a snapshot of a database it must be a customer managed key. It is fixed when the vault is made." "別リージョンへのコピーは、コピー先ボールトのキーで暗号化されます。データベースのスナップショットでは、カスタマーマネージドキーが必要です。作成後は変更できません。"
    without "The vault would fall back to aws/backup, and every copy job into it would fail." "ボールトのキーが aws/backup になり、このボールトへのコピージョブはすべて失敗します。"

    /// Vaults without an access policy.
    VAULT_WITHOUT_POLICY "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-cross-account-backup.html"
    why "Copies within one account need no access policy on the vault; what the role may do is decided in its own policy." "同一アカウント内のコピーに、ボールトのアクセスポリシーは不要です。ロールに許可する操作はロール自身のポリシーで決めます。"
    without "Nothing: only copies from another account need a policy here." "問題はありません。アクセスポリシーが必要なのは、別アカウントからコピーする場合だけです。"
}
