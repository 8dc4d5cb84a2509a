//! What a change may lose. These stop a build over an earlier one; an allowance in the spec, with a reason, lets it go on.

use crate::rule::rule;

rule! {
    /// A key that encrypts recovery points would be deleted or disabled.
    ///
    /// ## Why
    ///
    /// Without its key no recovery point can be restored or copied, and a deleted key never comes back. Templates of drc
    /// keep every key; templates of others need `DeletionPolicy: Retain` and `UpdateReplacePolicy: Retain`.
    L0601 "lost-key" Loss Documentation "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html"
    "復旧ポイントを暗号化しているキーが削除されるか、無効になります。"
    "キーがなければ復旧ポイントは復元もコピーもできず、削除されたキーは元に戻せません。drc のテンプレートではすべてのキーが残ります。ほかのテンプレートには `DeletionPolicy: Retain` と `UpdateReplacePolicy: Retain` が必要です。"

    /// A role would lose a right that recovery points need which exist already.
    ///
    /// ## Why
    ///
    /// AWS Backup restores, copies back and expires with the role that it made a recovery point with. `formerly to REGION`
    /// keeps what is needed where copies are no longer made. Once the last of them has expired, the right may go:
    /// `# drc: allow(L0602) reason="…"` says so.
    L0602 "lost-right" Loss Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html"
    "既存の復旧ポイントに必要な権限がロールから失われます。"
    "AWS Backup は、復旧ポイントを作ったロールで復元・コピーバック・期限切れ削除を行います。コピーをやめた先に必要な権限は `formerly to REGION` で残せます。最後の 1 つが期限切れになったら、`# drc: allow(L0602) reason=\"…\"` と書いて権限を外せます。"

    /// A role that recovery points need would be deleted.
    ///
    /// ## Why
    ///
    /// AWS Backup deletes expired recovery points with the role that made them. Without it they stay, and are billed without
    /// end.
    L0603 "lost-role" Loss Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html"
    "復旧ポイントに必要なロールが削除されます。"
    "期限切れの復旧ポイントは、それを作ったロールで削除されます。ロールがなければ残り続け、課金が終わりません。"

    /// The policy of a key would no longer let everybody use it who could.
    ///
    /// ## Why
    ///
    /// Whoever restores or copies a recovery point needs its key. What a key policy no longer allows cannot be given by any
    /// other policy, unless the key policy lets the account decide.
    L0604 "narrowed-key-policy" Loss Documentation "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html"
    "キーポリシーの変更により、キーを使えなくなるプリンシパルがあります。"
    "復旧ポイントの復元やコピーには、そのキーを使う権限が要ります。キーポリシーで許可されなくなったことは、キーポリシーがアカウントに判断を委ねていない限り、ほかのポリシーでは補えません。"

    /// A vault with recovery points is to be deleted.
    ///
    /// ## Why
    ///
    /// AWS deletes empty vaults alone. The deletion fails as long as anything lies in the vault, and takes the vault once
    /// nothing does.
    L0605 "lost-vault" Loss Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html"
    "復旧ポイントのあるボールトが削除されようとしています。"
    "AWS が削除するのは空のボールトだけです。中に何かがある間は削除に失敗し、空になると削除されます。"
}
