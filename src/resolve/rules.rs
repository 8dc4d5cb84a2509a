//! Rules about names and values, found while words become meanings.

mod time;

pub(crate) use time::{E0201, E0202, E0205, E0206, W0207};

use crate::rule::rule;

rule! {
    /// A region is not known.
    ///
    /// ## Why
    ///
    /// Which regions there are, and in which of them AWS Backup, KMS and CloudFormation are all
    /// offered, is a table in drc. A region that is not in it is misspelt, or newer than this version.
    ///
    /// ## Example
    ///
    /// ```drspec,E0101
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-33 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0101 "unknown-region" Error Documentation "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html"
    "知られていないリージョンです。"
    "どのリージョンがあり、そのうちどこで AWS Backup、KMS、CloudFormation のすべてを利用できるかは、drc の表にあります。表にないリージョンは、つづりの誤りか、このバージョンより新しいリージョンです。"

    /// An account id is not 12 digits.
    ///
    /// ## Why
    ///
    /// The account stands in ARNs that are written into the templates. With a wrong one the role would
    /// be allowed to act on resources that do not exist, and every job would be denied.
    ///
    /// ## Example
    ///
    /// ```drspec,E0102
    /// account 1234
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// account 111122223333
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0102 "malformed-account" Error ApiModel "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html"
    "アカウント ID が 12 桁の数字ではありません。"
    "アカウント ID は、テンプレートに書き込む ARN に入ります。誤っていると、存在しないリソースへの操作をロールに許可することになり、すべてのジョブが拒否されます。"

    /// No resource of its kind can have this name.
    ///
    /// ## Why
    ///
    /// Of what has a name that AWS does not accept there is none, and nothing would be backed up. The
    /// identifiers of clusters, for example, are 1 to 63 letters, digits and hyphens, begin with a
    /// letter, do not end with a hyphen or have two in a row; they are stored in lower case, so an ARN
    /// with capitals names nothing.
    ///
    /// ## Example
    ///
    /// ```drspec,E0103
    /// backup cluster my_db from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster my-db from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0103 "refused-resource-name" Error Documentation "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html"
    "この種類のリソースには使えない名前です。"
    "AWS が受け付けない名前のリソースは存在しないため、何もバックアップされません。たとえばクラスターの識別子は、1 から 63 文字の英数字とハイフンです。先頭は英字で、末尾にハイフンは使えず、ハイフンを 2 つ続けることもできません。小文字で保存されるため、大文字を含む ARN は何も指しません。"

    /// A retention is not between 1 day and 36500 days.
    ///
    /// ## Why
    ///
    /// AWS Backup answers: "DeleteAfterDays cannot be less than 1 or more than 36500 days". What
    /// shall never be deleted is written `keep forever`.
    ///
    /// ## Example
    ///
    /// ```drspec,E0104
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 0d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 1d
    /// ```
    E0104 "retention-out-of-range" Error Deployment "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html"
    "保持期間が 1 日から 36500 日の範囲にありません。"
    "AWS Backup は \"DeleteAfterDays cannot be less than 1 or more than 36500 days\" と応答します。削除してはならないものには `keep forever` と書きます。"

    /// A duration is too long to be one.
    ///
    /// ## Why
    ///
    /// AWS Backup takes windows of at most 52,560,000 minutes (100 years).
    ///
    /// ## Example
    ///
    /// ```drspec,E0105
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d complete within 99999999999h
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d complete within 12h
    /// ```
    E0105 "duration-out-of-range" Error ApiModel "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html"
    "期間として長すぎる値です。"
    "AWS Backup のウィンドウは、最長で 52,560,000 分(100 年)です。"

    /// AWS does not accept a name.
    ///
    /// ## Why
    ///
    /// Each kind of resource has its own characters and its own longest name. The message states
    /// them for the kind at hand.
    ///
    /// ## Example
    ///
    /// ```drspec,E0106
    /// backup cluster mydb from ap-northeast-1 vault night.ly to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 vault nightly to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0106 "refused-name" Error ApiModel "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html"
    "AWS が受け付けない名前です。"
    "使える文字と最大の長さは、リソースの種類ごとに違います。該当する種類の条件は、メッセージに示します。"

    /// A text is not the ARN of a key.
    ///
    /// ## Why
    ///
    /// Policies match the ARN of the key itself. The ARN of an alias is not resolved in a policy,
    /// so that a job would be denied although everything looks right.
    ///
    /// ## Example
    ///
    /// ```drspec,E0107
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   encrypted by arn:aws:kms:ap-northeast-1:111122223333:alias/mydb
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   encrypted by arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    /// ```
    E0107 "malformed-key-arn" Error Documentation "https://docs.aws.amazon.com/kms/latest/developerguide/cmks-in-iam-policies.html"
    "キーの ARN ではありません。"
    "ポリシーは、キー自身の ARN で照合されます。エイリアスの ARN はポリシーの中でキーに解決されないため、見た目は正しいのにジョブが拒否されます。"

    /// A principal is not a role, a user or an account.
    ///
    /// ## Why
    ///
    /// An administrator of a key is `role/NAME` or `user/NAME` of the account that is deployed to, or the
    /// whole ARN of a role, a user or an account. KMS makes no key whose policy names a principal that does not exist.
    ///
    /// ## Example
    ///
    /// ```drspec,E0108
    /// key vault-key admin KeyAdmin
    /// backup cluster mydb from ap-northeast-1 key vault-key to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// key vault-key admin role/KeyAdmin
    /// backup cluster mydb from ap-northeast-1 key vault-key to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0108 "malformed-principal" Error Documentation "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html"
    "プリンシパルが、ロール、ユーザー、アカウントのいずれでもありません。"
    "キーの管理者は、デプロイ先のアカウントの `role/NAME` または `user/NAME` か、ロール、ユーザー、アカウントの完全な ARN で書きます。存在しないプリンシパルをポリシーに含むキーは、KMS に作成を拒否されます。"

    /// AWS does not accept a tag.
    ///
    /// ## Why
    ///
    /// Keys have 1 to 128 characters and do not begin with `aws:`, values have up to 256, both of
    /// letters, digits, spaces and `_.:/=+-@`. AWS Backup adds at most 10 tags to a recovery point.
    ///
    /// ## Example
    ///
    /// ```drspec,E0109
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   tags "aws:team"=payments
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   tags team=payments
    /// ```
    E0109 "refused-tag" Error ApiModel "https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html"
    "AWS が受け付けないタグです。"
    "キーは 1 から 128 文字で `aws:` で始まらないもの、値は 256 文字までです。どちらにも使えるのは、文字、数字、空白と `_.:/=+-@` です。AWS Backup が復旧ポイントに付けられるタグは 10 個までです。"

    /// A rotation period is not between 90 and 2560 days.
    ///
    /// ## Why
    ///
    /// KMS takes no other period. Without `rotate every` it is 365 days; `no rotation` keeps the first
    /// material.
    ///
    /// ## Example
    ///
    /// ```drspec,E0110
    /// key vault-key rotate every 30d
    /// backup cluster mydb from ap-northeast-1 key vault-key to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// key vault-key rotate every 365d
    /// backup cluster mydb from ap-northeast-1 key vault-key to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0110 "rotation-out-of-range" Error Schema "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html"
    "ローテーションの間隔が 90 日から 2560 日の範囲にありません。"
    "KMS が受け付けるのはこの範囲だけです。`rotate every` がなければ 365 日ごとになり、`no rotation` を書くと最初のキーマテリアルを使い続けます。"

    /// A pattern for what is restored can match no name of its kind, or matches all of them.
    ///
    /// ## Why
    ///
    /// The role may make what has a name that matches the pattern. `*` alone would let it
    /// act on every resource of the kind in the account.
    ///
    /// ## Example
    ///
    /// ```drspec,E0111
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   restore as "*"
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   restore as "mydb*"
    /// ```
    E0111 "refused-restore-pattern" Error Language ""
    "復元したリソースの名前のパターンが、その種類のどの名前にも一致しないか、すべてに一致します。"
    "ロールは、このパターンに一致する名前でリソースを復元できます。`*` だけでは、アカウントにあるその種類のリソースすべてを操作できてしまいます。"

    /// The system has no usable name.
    ///
    /// ## Why
    ///
    /// The system's name begins the name of every stack. It defaults to the file's stem, which
    /// CloudFormation accepts only if it has letters, digits and hyphens and begins with a letter.
    ///
    /// ## Example
    ///
    /// ```drspec,E0112
    /// system 2nd-site
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// system second-site
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0112 "refused-system-name" Error Documentation "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html"
    "システムの名前として使えるものがありません。"
    "システムの名前は、すべてのスタックの名前の先頭に付きます。既定値はファイル名から拡張子を除いたものですが、CloudFormation が受け付けるのは、英字で始まり、英数字とハイフンだけを含む名前です。"

    /// `encrypted by` names a key that this system does not make.
    ///
    /// ## Why
    ///
    /// A name stands for a key that a place of the same region names. A key that exists already is
    /// named by its ARN.
    ///
    /// ## Example
    ///
    /// ```drspec,E0113
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   encrypted by database-key
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   encrypted by arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    /// ```
    E0113 "unknown-cluster-key" Error Language ""
    "`encrypted by` に、このシステムが作らないキーの名前が書かれています。"
    "名前で指定できるのは、同じリージョンの場所に書かれたキーだけです。既存のキーは ARN で指定します。"

    /// A restore is meant for a region where no recovery point ever is.
    ///
    /// ## Why
    ///
    /// A restore works from a recovery point of its own region: the source's, or one that is copied
    /// to. Anywhere else the permission would be of no use, and the plan for the day would be wrong.
    ///
    /// ## Example
    ///
    /// ```drspec,E0114
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   restore in eu-west-1 subnet-group dr
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   restore in ap-northeast-3 subnet-group dr
    /// ```
    E0114 "restore-without-recovery-point" Error Language ""
    "復旧ポイントが置かれることのないリージョンで、復元しようとしています。"
    "復元には、そのリージョンにある復旧ポイントが必要です。つまり、復元できるのはソースリージョンかコピー先リージョンだけです。それ以外で復元を許可しても役に立たず、災害に備えた計画が誤ったものになります。"

    /// A vault has a name that AWS Backup uses itself.
    ///
    /// ## Why
    ///
    /// The console makes the vault `Default` in every region in which it is opened. There CloudFormation
    /// cannot make another of that name, and says so only when the keys have been made.
    ///
    /// ## Example
    ///
    /// ```drspec,E0115
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 vault Default daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 vault copies daily 01:00 JST keep 7d
    /// ```
    E0115 "vault-of-aws-backup" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html"
    "AWS Backup 自身が使う名前のボールトです。"
    "コンソールは、開いたリージョンごとにボールト `Default` を作ります。そこに同じ名前のボールトを CloudFormation で作ることはできません。しかも、それがわかるのはキーを作り終えた後です。"

    /// A text is not the ARN of a vault or a role.
    ///
    /// ## Why
    ///
    /// A vault or a role that exists is named by its ARN, which says where it is: nothing else of it is known. Vaults
    /// of AWS Backup's own, such as that of EFS's automatic backups, take no copies and no plans.
    ///
    /// ## Example
    ///
    /// ```drspec,E0118
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   role arn:aws:iam::111122223333:user/alice
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   role arn:aws:iam::111122223333:role/service-role/AWSBackupDefaultServiceRole
    /// ```
    E0118 "malformed-arn" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html"
    "ボールトまたはロールの ARN ではありません。"
    "既存のボールトやロールは ARN で指定します。ARN からわかるのは、それがどこにあるかだけです。EFS の自動バックアップ用のように AWS Backup 自身が管理するボールトは、コピー先にもプランの書き込み先にもできません。"
}
