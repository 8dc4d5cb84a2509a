//! Why keys, their policies, aliases and exports are as they are.

use crate::reason::reasons;

reasons! {
    /// The multi-Region primary key of a source region.
    PRIMARY_KEY "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"
    why "A multi-Region key of the system's own encrypts the source vault. Its replica, with the same key material, encrypts the copies, so neither region needs the other to decrypt." "ソースリージョンのボールトは、システム専用のマルチリージョンキーで暗号化します。同じキーマテリアルを持つレプリカでコピーを暗号化するため、どちらのリージョンも復号時に相手のリージョンを必要としません。"
    without "The source vault would fall back to the AWS managed key aws/backup, whose policy cannot be changed and which has no replica." "ソースボールトは AWS マネージドキー aws/backup で暗号化されますが、そのキーポリシーは変更できず、レプリカも作れません。"

    /// A replica in a region where copies still lie.
    FORMER_REPLICA_KEY "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html"
    why "Nothing is copied to this region any more, but the copies that lie there are encrypted with this replica." "このリージョンへのコピーは終了していますが、残っているコピーはこのレプリカキーで暗号化されています。"
    without "The key would stay, kept when its resource goes, but nothing would manage it; once it is deleted, no copy there can be restored." "リソースを削除してもキーは保持されますが、管理されなくなります。キーが削除されると、残っているコピーは復元できません。"

    /// The alias of a key.
    KEY_ALIAS "https://docs.aws.amazon.com/kms/latest/developerguide/alias-about.html"
    why "The alias gives the key the name that people and consoles show." "エイリアスは、コンソールや担当者が目にするキーの名前です。"
    without "The key would be known by its id alone." "キーを ID でしか識別できなくなります。"

    /// The key policy statement that hands decisions to IAM.
    KEY_POLICY_ACCOUNT "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html"
    why "Hands decisions about the key to the IAM policies of the account. By itself it lets in the account's root user alone: who else may use the key is decided in the role's policy." "キーに関する判断を、アカウントの IAM ポリシーに委ねます。これだけで使えるのはアカウントのルートユーザーだけで、ほかに誰がキーを使えるかはロールのポリシーで決めます。"
    without "IAM policies have no effect on the key, so the role could not use it. If no administrator is named either, KMS refuses the key: \"The new key policy will not allow you to update the key policy in the future.\"" "IAM ポリシーがキーに対して効力を持たず、ロールもキーを使えません。管理者の指定もない場合は、KMS がキーの作成を拒否します(\"The new key policy will not allow you to update the key policy in the future.\")。"

    /// The key policy statement for administrators.
    KEY_POLICY_ADMINISTRATORS "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html"
    why "The named principals may administer the key. The statement lets them neither encrypt nor decrypt; but whoever may change a key's policy can change that too, so name few." "指定したプリンシパルはキーを管理できます。このステートメントでは暗号化も復号も許可していませんが、キーポリシーを変更できる者はそれも変えられるため、指定は最小限にしてください。"
    without "Only principals whose IAM policies allow it could administer the key." "IAM ポリシーで許可されたプリンシパルだけがキーを管理できる状態になります。"

    /// A key that can have replicas.
    MULTI_REGION "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html"
    why "Only a multi-Region key can have a replica. It can be said only when the key is made, never later." "レプリカを持てるのはマルチリージョンキーだけです。この設定はキーの作成時にしか指定できず、後から変更できません。"
    without "The replica could not be made, and a stack update that turns it on fails; the key and everything under it would have to be made again." "レプリカキーを作成できません。後から有効にするスタック更新は失敗し、キーとその配下をすべて作り直すことになります。"

    /// Automatic rotation of the key material.
    ROTATION "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html"
    why "KMS makes new key material at these intervals, every 365 days unless `rotate every` says otherwise. Old material is kept for what was encrypted with it, so nothing has to be encrypted again, and replicas follow the primary key. `no rotation` switches it off." "KMS がこの間隔でキーマテリアルを更新します。`rotate every` の指定がなければ 365 日ごとです。古いマテリアルは残るため、既存データを暗号化し直す必要はありません。レプリカキーもプライマリキーに追従します。`no rotation` で無効にできます。"
    without "The key would keep its first material." "キーは最初のマテリアルを使い続けます。"

    /// A key that keeps its first material.
    NO_ROTATION "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html"
    why "`no rotation` switches off what KMS would do every 365 days. It stands in the template, so that rotation that was on before is switched off as well." "`no rotation` の指定により、365 日ごとの自動ローテーションを無効にします。以前に有効だった場合も無効になるよう、テンプレートに明記しています。"
    without "KMS does not rotate a key either of which nothing is said; written, nobody has to know that." "省略しても KMS はローテーションを行いませんが、明記しておけば意図が伝わります。"

    /// The policy of a key.
    KEY_POLICY "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html"
    why "Each key has a policy of its own, and a replica does not take over its primary's. It hands decisions to IAM and names the administrators, no more: who may use the key stands in the role's policy, so that key and role do not depend on each other." "キーポリシーはキーごとに独立しており、レプリカキーはプライマリキーのポリシーを引き継ぎません。ここでは判断を IAM に委ね、管理者を指定するだけです。利用者はロールのポリシーで決めるため、キーとロールが循環参照になりません。"
    without "A replica is refused without a policy; a primary key gets the account's default." "レプリカキーはキーポリシーなしでは作成できません。プライマリキーにはデフォルトのポリシーが付きます。"

    /// The resource of a key policy.
    KEY_POLICY_ITSELF "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html"
    why "In a key policy `*` means the key that the policy belongs to, and nothing else." "キーポリシーにおける `*` は、そのポリシーが付いたキー自身だけを指します。"
    without "KMS refuses a key policy statement without a resource." "リソースのないステートメントは KMS に拒否されます。"

    /// The key of which a replica is made.
    PRIMARY_KEY_ARN "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html"
    why "Says which key this is a replica of. KMS chose the ARN in another region, so CloudFormation reads it with `Fn::GetStackOutput` from the outputs of the primary key's stack, whenever this stack is made or updated; where the parameter is given, that is taken instead. It is the only value that travels between regions, and nothing has to be passed." "どのキーのレプリカかを指定します。ARN は別リージョンで KMS が決めるため、CloudFormation がスタックの作成や更新のたびに、`Fn::GetStackOutput` でプライマリキーのスタックの出力から読み取ります。パラメータを渡した場合は、その値を使います。リージョンをまたぐ値はこれだけで、何も渡す必要はありません。"
    without "The replica cannot be made. It cannot be changed later: another ARN replaces the key." "レプリカキーを作成できません。後から変更すると、キーが置き換えられます。"

    /// The replica of a key that exists.
    EXISTING_PRIMARY_KEY "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html"
    why "The source's key exists already and is named by its ARN, so the replica needs no parameter." "ソースのキーは既存のもので、ARN で指定されています。そのため、レプリカキーにパラメータは不要です。"
    without "The replica cannot be made. It cannot be changed later: another ARN replaces the key." "レプリカキーを作成できません。後から変更すると、キーが置き換えられます。"

    /// The parameter for the ARN of a primary key.
    PRIMARY_KEY_PARAMETER "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html"
    why "Takes the ARN of the primary key where its region cannot be asked for it, which is the day that this system is for; left empty otherwise, which the condition tells apart. The pattern lets only multi-Region keys of that region through: their ids begin with `mrk-`." "プライマリキーのリージョンに問い合わせできないとき(このシステムが備えている災害の当日)に、その ARN を受け取ります。普段は空のままで、渡されたかどうかは条件で判定します。パターンにより、そのリージョンの、ID が `mrk-` で始まるマルチリージョンキーだけを受け付けます。"
    without "This stack could not be updated while the region of the primary key is lost: the output is read again at every update, which fails there." "プライマリキーのリージョンの障害中は、このスタックを更新できません。出力は更新のたびに読み直され、その読み取りに失敗するためです。"

    /// The key that an alias names.
    ALIAS_TARGET "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html"
    why "Points the alias at the key of this stack." "エイリアスをこのスタックのキーに向けます。"
    without "An alias without a key is refused." "キーのないエイリアスは作成できません。"

    /// The export of the ARN of a key.
    EXPORT_KEY_ARN "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html"
    why "The ARN is known only once the key exists. Stacks of the same region import it under this name; from a primary key's stack the replica's stack in another region reads the output." "ARN はキーの作成後に決まります。同じリージョンのスタックはこの名前でインポートします。プライマリキーの場合は、別リージョンにあるレプリカキーのスタックもこの出力を読み取ります。"
    without "The ARN would have to be copied by hand into the vault's template." "ボールトのテンプレートに ARN を手作業で転記することになります。"

    /// The export of the id of a key.
    EXPORT_KEY_ID "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"
    why "A multi-Region key has the same id in every region, so the source region computes the replica's ARN from its own primary key: nothing is copied by hand from the destination." "マルチリージョンキーのキー ID は全リージョンで共通です。ソース側でプライマリキーの ID からレプリカキーの ARN を組み立てられるため、コピー先からの転記は不要です。"
    without "The replica's ARN would have to be written into the source stack by hand." "レプリカキーの ARN をソースのスタックに手作業で書くことになります。"
}
