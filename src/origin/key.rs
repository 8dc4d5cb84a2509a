//! Why keys, their policies, aliases and exports are as they are.

use super::{Sentence, Text};

pub(super) const PRIMARY_KEY: Text = Text {
    why: Sentence {
        en: "A multi-Region key of the system's own encrypts the source vault. Its replica, with the same key material, encrypts the copies, so neither region needs the other to decrypt.",
        ja: "ソースリージョンのボールトは、システム専用のマルチリージョンキーで暗号化します。同じキーマテリアルを持つレプリカでコピーを暗号化するため、どちらのリージョンも復号時に相手のリージョンを必要としません。",
    },
    without: Sentence {
        en: "The source vault would fall back to the AWS managed key aws/backup, whose policy cannot be changed and which has no replica.",
        ja: "ソースボールトは AWS マネージドキー aws/backup で暗号化されますが、そのキーポリシーは変更できず、レプリカも作れません。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
};

pub(super) const REPLICA_KEY: Text = Text {
    why: Sentence {
        en: "The replica in the destination region encrypts the vault for copies. Aurora copies need a customer managed key there: a copy into a vault under aws/backup fails.",
        ja: "コピー先リージョンのレプリカキーで、コピー用ボールトを暗号化します。Aurora のコピーにはカスタマーマネージドキーが必要で、aws/backup で暗号化したボールトへのコピーは失敗します。",
    },
    without: Sentence {
        en: "Every copy job into the destination vault would fail.",
        ja: "コピー先ボールトへのコピージョブはすべて失敗します。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
};

pub(super) const FORMER_REPLICA_KEY: Text = Text {
    why: Sentence {
        en: "Nothing is copied to this region any more, but the copies that lie there are encrypted with this replica.",
        ja: "このリージョンへのコピーは終了していますが、残っているコピーはこのレプリカキーで暗号化されています。",
    },
    without: Sentence {
        en: "The key would stay, kept when its resource goes, but nothing would manage it; once it is deleted, no copy there can be restored.",
        ja: "リソースを削除してもキーは保持されますが、管理されなくなります。キーが削除されると、残っているコピーは復元できません。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
};

pub(super) const KEY_ALIAS: Text = Text {
    why: Sentence {
        en: "The alias gives the key the name that people and consoles show.",
        ja: "エイリアスは、コンソールや担当者が目にするキーの名前です。",
    },
    without: Sentence {
        en: "The key would be known by its id alone.", ja: "キーを ID でしか識別できなくなります。"
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/alias-about.html",
};

pub(super) const KEY_POLICY_ACCOUNT: Text = Text {
    why: Sentence {
        en: "Hands decisions about the key to the IAM policies of the account. By itself it lets in the account's root user alone: who else may use the key is decided in the role's policy.",
        ja: "キーに関する判断を、アカウントの IAM ポリシーに委ねます。これだけで使えるのはアカウントのルートユーザーだけで、ほかに誰がキーを使えるかはロールのポリシーで決めます。",
    },
    without: Sentence {
        en: "IAM policies have no effect on the key, so the role could not use it. If no administrator is named either, KMS refuses the key: \"The new key policy will not allow you to update the key policy in the future.\"",
        ja: "IAM ポリシーがキーに対して効力を持たず、ロールもキーを使えません。管理者の指定もない場合は、KMS がキーの作成を拒否します(\"The new key policy will not allow you to update the key policy in the future.\")。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
};

pub(super) const KEY_POLICY_ADMINISTRATORS: Text = Text {
    why: Sentence {
        en: "The named principals may administer the key. The statement lets them neither encrypt nor decrypt; but whoever may change a key's policy can change that too, so name few.",
        ja: "指定したプリンシパルはキーを管理できます。このステートメントでは暗号化も復号も許可していませんが、キーポリシーを変更できる者はそれも変えられるため、指定は最小限にしてください。",
    },
    without: Sentence {
        en: "Only principals whose IAM policies allow it could administer the key.",
        ja: "IAM ポリシーで許可されたプリンシパルだけがキーを管理できる状態になります。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
};

pub(super) const MULTI_REGION: Text = Text {
    why: Sentence {
        en: "Only a multi-Region key can have a replica. It can be said only when the key is made, never later.",
        ja: "レプリカを持てるのはマルチリージョンキーだけです。この設定はキーの作成時にしか指定できず、後から変更できません。",
    },
    without: Sentence {
        en: "The replica could not be made, and a stack update that turns it on fails; the key and everything under it would have to be made again.",
        ja: "レプリカキーを作成できません。後から有効にするスタック更新は失敗し、キーとその配下をすべて作り直すことになります。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html",
};

pub(super) const ROTATION: Text = Text {
    why: Sentence {
        en: "KMS makes new key material at these intervals, every 365 days unless `rotate every` says otherwise. Old material is kept for what was encrypted with it, so nothing has to be encrypted again, and replicas follow the primary key. `no rotation` switches it off.",
        ja: "KMS がこの間隔でキーマテリアルを更新します。`rotate every` の指定がなければ 365 日ごとです。古いマテリアルは残るため、既存データを暗号化し直す必要はありません。レプリカキーもプライマリキーに追従します。`no rotation` で無効にできます。",
    },
    without: Sentence {
        en: "The key would keep its first material.", ja: "キーは最初のマテリアルを使い続けます。"
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html",
};

pub(super) const NO_ROTATION: Text = Text {
    why: Sentence {
        en: "`no rotation` switches off what KMS would do every 365 days. It stands in the template, so that rotation that was on before is switched off as well.",
        ja: "`no rotation` の指定により、365 日ごとの自動ローテーションを無効にします。以前に有効だった場合も無効になるよう、テンプレートに明記しています。",
    },
    without: Sentence {
        en: "KMS does not rotate a key either of which nothing is said; written, nobody has to know that.",
        ja: "省略しても KMS はローテーションを行いませんが、明記しておけば意図が伝わります。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html",
};

pub(super) const KEY_POLICY: Text = Text {
    why: Sentence {
        en: "Each key has a policy of its own, and a replica does not take over its primary's. It hands decisions to IAM and names the administrators, no more: who may use the key stands in the role's policy, so that key and role do not depend on each other.",
        ja: "キーポリシーはキーごとに独立しており、レプリカキーはプライマリキーのポリシーを引き継ぎません。ここでは判断を IAM に委ね、管理者を指定するだけです。利用者はロールのポリシーで決めるため、キーとロールが循環参照になりません。",
    },
    without: Sentence {
        en: "A replica is refused without a policy; a primary key gets the account's default.",
        ja: "レプリカキーはキーポリシーなしでは作成できません。プライマリキーにはデフォルトのポリシーが付きます。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-auth.html",
};

pub(super) const KEY_POLICY_ITSELF: Text = Text {
    why: Sentence {
        en: "In a key policy `*` means the key that the policy belongs to, and nothing else.",
        ja: "キーポリシーにおける `*` は、そのポリシーが付いたキー自身だけを指します。",
    },
    without: Sentence {
        en: "KMS refuses a key policy statement without a resource.",
        ja: "リソースのないステートメントは KMS に拒否されます。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html",
};

pub(super) const PRIMARY_KEY_ARN: Text = Text {
    why: Sentence {
        en: "Says which key this is a replica of. KMS chose the ARN in another region, so CloudFormation reads it with `Fn::GetStackOutput` from the outputs of the primary key's stack, whenever this stack is made or updated; where the parameter is given, that is taken instead. It is the only value that travels between regions, and nothing has to be passed.",
        ja: "どのキーのレプリカかを指定します。ARN は別リージョンで KMS が決めるため、CloudFormation がスタックの作成や更新のたびに、`Fn::GetStackOutput` でプライマリキーのスタックの出力から読み取ります。パラメータを渡した場合は、その値を使います。リージョンをまたぐ値はこれだけで、何も渡す必要はありません。",
    },
    without: Sentence {
        en: "The replica cannot be made. It cannot be changed later: another ARN replaces the key.",
        ja: "レプリカキーを作成できません。後から変更すると、キーが置き換えられます。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html",
};

pub(super) const EXISTING_PRIMARY_KEY: Text = Text {
    why: Sentence {
        en: "The source's key exists already and is named by its ARN, so the replica needs no parameter.",
        ja: "ソースのキーは既存のもので、ARN で指定されています。そのため、レプリカキーにパラメータは不要です。",
    },
    without: Sentence {
        en: "The replica cannot be made. It cannot be changed later: another ARN replaces the key.",
        ja: "レプリカキーを作成できません。後から変更すると、キーが置き換えられます。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html",
};

pub(super) const PRIMARY_KEY_PARAMETER: Text = Text {
    why: Sentence {
        en: "Takes the ARN of the primary key where its region cannot be asked for it, which is the day that this system is for; left empty otherwise, which the condition tells apart. The pattern lets only multi-Region keys of that region through: their ids begin with `mrk-`.",
        ja: "プライマリキーのリージョンに問い合わせできないとき(このシステムが備えている災害の当日)に、その ARN を受け取ります。普段は空のままで、渡されたかどうかは条件で判定します。パターンにより、そのリージョンの、ID が `mrk-` で始まるマルチリージョンキーだけを受け付けます。",
    },
    without: Sentence {
        en: "This stack could not be updated while the region of the primary key is lost: the output is read again at every update, which fails there.",
        ja: "プライマリキーのリージョンの障害中は、このスタックを更新できません。出力は更新のたびに読み直され、その読み取りに失敗するためです。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html",
};

pub(super) const ALIAS_TARGET: Text = Text {
    why: Sentence {
        en: "Points the alias at the key of this stack.",
        ja: "エイリアスをこのスタックのキーに向けます。",
    },
    without: Sentence {
        en: "An alias without a key is refused.", ja: "キーのないエイリアスは作成できません。"
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html",
};

pub(super) const EXPORT_KEY_ARN: Text = Text {
    why: Sentence {
        en: "The ARN is known only once the key exists. Stacks of the same region import it under this name; from a primary key's stack the replica's stack in another region reads the output.",
        ja: "ARN はキーの作成後に決まります。同じリージョンのスタックはこの名前でインポートします。プライマリキーの場合は、別リージョンにあるレプリカキーのスタックもこの出力を読み取ります。",
    },
    without: Sentence {
        en: "The ARN would have to be copied by hand into the vault's template.",
        ja: "ボールトのテンプレートに ARN を手作業で転記することになります。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-exports.html",
};

pub(super) const EXPORT_KEY_ID: Text = Text {
    why: Sentence {
        en: "A multi-Region key has the same id in every region, so the source region computes the replica's ARN from its own primary key: nothing is copied by hand from the destination.",
        ja: "マルチリージョンキーのキー ID は全リージョンで共通です。ソース側でプライマリキーの ID からレプリカキーの ARN を組み立てられるため、コピー先からの転記は不要です。",
    },
    without: Sentence {
        en: "The replica's ARN would have to be written into the source stack by hand.",
        ja: "レプリカキーの ARN をソースのスタックに手作業で書くことになります。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
};
