//! Why the role, its trust, and the shape and resources of its policy are as they are.

use super::{Sentence, Text};

pub(super) const ROLE: Text = Text {
    why: Sentence {
        en: "AWS Backup acts with this role when it backs up, copies, expires and restores. It is kept when the stack goes, because expiry needs it as long as recovery points exist.",
        ja: "AWS Backup は、バックアップ、コピー、期限切れ削除、復元をこのロールで行います。復旧ポイントがある限り期限切れ削除に必要なため、スタックを削除してもロールは残します。",
    },
    without: Sentence {
        en: "No job could run. Where the role is gone and AWS Backup's service-linked role cannot delete them either, expired recovery points stay in state EXPIRED and are billed.",
        ja: "ジョブを実行できません。ロールが失われ、AWS Backup のサービスにリンクされたロールでも削除できなければ、期限切れの復旧ポイントは EXPIRED のまま残り、課金が続きます。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html",
};

pub(super) const EXISTING_ROLE: Text = Text {
    why: Sentence {
        en: "This role exists and was made by somebody else. Nothing is made or changed of it; what it must be allowed for this statement is shown as its policy.",
        ja: "このロールはすでに存在し、ほかで管理されています。ロールの作成も変更も行いません。この文のために許可が必要な内容を、ロールのポリシーとして示します。",
    },
    without: Sentence {
        en: "Where the role lacks a part of it, the jobs that need that part are denied. Where it is deleted, no job runs any more, and expired recovery points may stay in state EXPIRED and are billed.",
        ja: "一部でも許可されていないと、それを必要とするジョブは拒否されます。ロールが削除されるとジョブを実行できなくなり、期限切れの復旧ポイントが EXPIRED のまま残って課金が続くことがあります。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html",
};

pub(super) const ROLE_TRUST: Text = Text {
    why: Sentence {
        en: "Only the service AWS Backup may assume the role. There is no condition on the caller, because AWS documents none that AWS Backup sends here.",
        ja: "このロールを引き受けられるのは AWS Backup サービスだけです。AWS Backup がここで送る条件キーは文書化されていないため、条件は付けていません。",
    },
    without: Sentence {
        en: "Making the selection is refused: the role cannot be assumed by AWS Backup.",
        ja: "セレクションの作成が拒否されます(ロールを AWS Backup が引き受けられないため)。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html",
};

pub(super) const ROLE_POLICY: Text = Text {
    why: Sentence {
        en: "The policy allows the calls that backup, copy, expiry and restore make, on the resources of this statement, and nothing else.",
        ja: "このポリシーは、バックアップ、コピー、期限切れ削除、復元で行われる呼び出しだけを、この文のリソースに対して許可します。",
    },
    without: Sentence { en: "Every job would be denied.", ja: "すべてのジョブが拒否されます。" },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html",
};

pub(super) const ROLE_NAME: Text = Text {
    why: Sentence {
        en: "IAM is global, so the name says the region. A name with `AWSBackup` in it can be passed by people who have the managed policy AWSBackupFullAccess.",
        ja: "IAM はグローバルなサービスのため、名前にリージョンを含めます。名前に `AWSBackup` が含まれていれば、管理ポリシー AWSBackupFullAccess を持つ担当者がこのロールを渡せます。",
    },
    without: Sentence {
        en: "CloudFormation would choose a name, another one for each new stack. A role without `AWSBackup` or `AwsBackup` in its name cannot be passed with AWSBackupFullAccess alone: iam:PassRole is denied.",
        ja: "名前は CloudFormation が決め、スタックを作り直すたびに変わります。名前に `AWSBackup` も `AwsBackup` も含まないロールは、AWSBackupFullAccess だけでは渡せません(iam:PassRole が拒否されます)。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
};

pub(super) const TRUSTED_SERVICE: Text = Text {
    why: Sentence {
        en: "The same trust as in AWS's own default role for AWS Backup: the service, and nobody else.",
        ja: "AWS Backup のデフォルトロールと同じ信頼関係です。サービスだけが引き受けられます。",
    },
    without: Sentence {
        en: "Making the selection is refused: \"cannot be assumed by AWS Backup\".",
        ja: "セレクションの作成が \"cannot be assumed by AWS Backup\" で拒否されます。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html",
};

pub(super) const POLICY_VERSION: Text = Text {
    why: Sentence {
        en: "The current version of the policy language.", ja: "ポリシー言語の現行バージョンです。"
    },
    without: Sentence {
        en: "The version of 2008 would be assumed, which knows no policy variables.",
        ja: "2008 年版とみなされ、ポリシー変数が使えません。",
    },
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html",
};

pub(super) const POLICY_NAME: Text = Text {
    why: Sentence {
        en: "The policy is part of the role, under a name made from the role's.",
        ja: "このポリシーはロールのインラインポリシーで、名前はロール名から作ります。",
    },
    without: Sentence { en: "CloudFormation requires it.", ja: "CloudFormation の必須項目です。" },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html",
};

pub(super) const POLICY_ROLE: Text = Text {
    why: Sentence {
        en: "The policy belongs to this one role and can be given to no other. The role's name is written out: CloudFormation finds what exists already by names that stand in the template, and by no others.",
        ja: "このポリシーはこのロール専用で、ほかのロールには付けられません。ロールは参照ではなく名前で指定しています。CloudFormation が既存のリソースを自動的にインポートできるのは、テンプレートに名前が直接書かれている場合だけだからです。",
    },
    without: Sentence {
        en: "A policy without a role is refused.", ja: "ロールのないポリシーは作成できません。"
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html",
};

pub(super) const MINIMAL: Text = Text {
    why: Sentence {
        en: "The policy is computed from this tool's table of the calls that AWS Backup makes. Minimal means minimal against that table, not against what AWS does inside. `drc prove` takes each part of the policy away and finds a call that is then refused.",
        ja: "このポリシーは、AWS Backup が行う呼び出しをまとめた drc の表から計算されます。「最小」とはその表に対して最小という意味で、AWS の内部動作に対してではありません。`drc prove` では、ポリシーの各部分を取り除くと拒否される呼び出しがあることを確認できます。",
    },
    without: Sentence {
        en: "The two managed policies that one would attach instead reach every cluster, every snapshot and every vault of the account, and other services besides.",
        ja: "代わりに二つの AWS 管理ポリシーを付けると、アカウントのすべてのクラスター、スナップショット、ボールトに加え、ほかのサービスにも権限が及びます。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html",
};

pub(super) const POLICY_STATEMENT: Text = Text {
    why: Sentence {
        en: "Actions that need the same resources under the same condition share a statement, named after them. AWS's own policies write `*` for the resource; here each action has only the resources that its calls name, and only types that the Service Authorization Reference lists for it.",
        ja: "対象リソースと条件が同じアクションを一つのステートメントにまとめ、アクション名を Sid にしています。AWS のポリシー例はリソースに `*` を使っていますが、ここではサービス認証リファレンスに従い、各アクションが実際に参照するリソースだけに絞っています。",
    },
    without: Sentence {
        en: "The actions of this statement would be denied.",
        ja: "このステートメントのアクションが拒否されます。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
};

pub(super) const EVERYTHING_ONLY: Text = Text {
    why: Sentence {
        en: "The action has no resource types, so `*` is the only resource that it can be allowed on.",
        ja: "このアクションはリソースタイプを持たないため、リソースには `*` しか指定できません。",
    },
    without: Sentence { en: "The action would be denied.", ja: "このアクションが拒否されます。" },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonresourcegroupstaggingapi.html",
};

pub(super) const BACKED_UP_CLUSTER: Text = Text {
    why: Sentence {
        en: "The cluster that snapshots are taken of, by its exact name.",
        ja: "スナップショットを取得するクラスターを、正確な名前で指定しています。",
    },
    without: Sentence {
        en: "Backup jobs are denied at the cluster.",
        ja: "バックアップジョブがクラスターへのアクセスで拒否されます。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
};

pub(super) const READ_RESOURCES: Text = Text {
    why: Sentence {
        en: "What AWS Backup reads it reads of any cluster and any cluster snapshot of the account in this region: no page says that it names one in every call, and a call that names none is checked against all of them. Reading changes nothing.",
        ja: "読み取りは、このリージョンにあるアカウントのすべてのクラスターとクラスタースナップショットが対象です。AWS Backup がどの呼び出しでも対象を指定するとは文書化されておらず、指定のない呼び出しは全体に対して認可されます。読み取りは何も変更しません。",
    },
    without: Sentence {
        en: "A job is denied where it asks for all clusters or snapshots, or reads the tags of another than those that are named; a role that cannot read tags fails the job.",
        ja: "すべてのクラスターやスナップショットを一覧したり、指定したもの以外のタグを読み取ったりする場面で、ジョブが拒否されます。タグを読み取れないロールではジョブが失敗します。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
};

pub(super) const RESTORED_CLUSTER: Text = Text {
    why: Sentence {
        en: "The name is a pattern because of restores: while the old cluster exists the restored one needs another name, such as the old one with `-restored` behind it. As narrow as `restore as` makes it.",
        ja: "名前をパターンにしているのは復元のためです。元のクラスターが残っている間は、元の名前に `-restored` を付けるなど別名で復元する必要があります。範囲は `restore as` で絞れます。",
    },
    without: Sentence {
        en: "A restore under any other name than the old one's is denied.",
        ja: "元の名前以外での復元が拒否されます。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html",
};

pub(super) const SNAPSHOTS_AT_SOURCE: Text = Text {
    why: Sentence {
        en: "The names of AWS Backup's snapshots begin with `awsbackup:`, which no user can choose, and go on with `job-` and an id that is new for each job: hence the `*`, which reaches no other snapshot. In the recorded system copies had `copyjob-` and such an id. Here they are made, read by copies, written by copies back and restored.",
        ja: "AWS Backup のスナップショット名は、ユーザーには付けられない `awsbackup:` で始まり、その後にジョブごとに異なる ID が付いた `job-` が続きます(動作実績のある既存システムでは、コピーは `copyjob-` でした)。そのため `*` で指定しますが、ほかのスナップショットには及びません。ソースリージョンでは、作成、コピーの読み取り、コピーバックの書き込み、復元の対象になります。",
    },
    without: Sentence {
        en: "Backup, copy and restore jobs are denied at the snapshot.",
        ja: "バックアップ、コピー、復元の各ジョブがスナップショットへのアクセスで拒否されます。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html",
};

pub(super) const SNAPSHOTS_AT_DESTINATION: Text = Text {
    why: Sentence {
        en: "Copies are snapshots of the destination region, and their names begin with `awsbackup:` as well. They are written by copies, and read by restores there and by copies back after the disaster.",
        ja: "コピーの実体はコピー先リージョンのスナップショットで、名前は同じく `awsbackup:` で始まります。コピーで書き込み、コピー先での復元と災害後のコピーバックで読み取ります。",
    },
    without: Sentence {
        en: "Copy jobs are denied at the snapshot that they write, restores at the one that they read.",
        ja: "コピージョブは書き込み先、復元は読み取り元のスナップショットへのアクセスで拒否されます。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html",
};

pub(super) const RESTORE_GROUPS: Text = Text {
    why: Sentence {
        en: "RDS checks a restore against the subnet group, the cluster parameter group and the option group of the new cluster too. Groups that `restore` names are named here; a `*` stands where none was written. Aurora has default option groups only.",
        ja: "復元時、RDS は新しいクラスターのサブネットグループ、クラスターパラメータグループ、オプショングループも検査します。`restore` で指定したグループ名がここに入り、指定がなければ `*` になります。Aurora のオプショングループはデフォルトのものだけです。",
    },
    without: Sentence {
        en: "Restore jobs are denied at the group.",
        ja: "復元ジョブがグループへのアクセスで拒否されます。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html",
};

pub(super) const SOURCE_VAULT_ARN: Text = Text {
    why: Sentence {
        en: "The source vault is named beside the destination's because of the way back: after the disaster the recovery points in the destination are copied here and restored.",
        ja: "ソースボールトも指定しているのは、災害後にコピー先の復旧ポイントをここへコピーバックし、復元するためです。",
    },
    without: Sentence {
        en: "Copying back after a disaster is denied.", ja: "災害後のコピーバックが拒否されます。"
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html",
};

pub(super) const DESTINATION_VAULT_ARN: Text = Text {
    why: Sentence {
        en: "The vault that copies go to. Since both actions know vaults as resources, the role can copy into no other vault.",
        ja: "コピー先のボールトです。どちらのアクションもボールト単位の権限に対応しているため、ほかのボールトにはコピーできません。",
    },
    without: Sentence {
        en: "Every copy job is denied at the vault.",
        ja: "すべてのコピージョブがボールトへのアクセスで拒否されます。",
    },
    source: "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html",
};

pub(super) const CLUSTER_KEY_ARN: Text = Text {
    why: Sentence {
        en: "An Aurora snapshot stays under the key of its cluster, whichever vault it lies in; `encrypted by` names it.",
        ja: "Aurora のスナップショットは、どのボールトにあってもクラスターのキーで暗号化されたままです。そのキーは `encrypted by` で指定されています。",
    },
    without: Sentence {
        en: "Backup and copy jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\".",
        ja: "バックアップとコピーのジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
};

pub(super) const UNKNOWN_CLUSTER_KEY_ARN: Text = Text {
    why: Sentence {
        en: "An Aurora snapshot stays under the key of its cluster, and the spec does not say which that is. A cluster that was there before never has a key that this system makes, and keys may be kept in an account of their own, hence any key of the source region, of any account; the source vault's and those that AWS manages are among them. `encrypted by` and the ARN of the key narrow it to that one.",
        ja: "Aurora のスナップショットはクラスターのキーで暗号化されたままですが、そのキーが定義ファイルに書かれていません。既存のクラスターがこのシステムの作るキーを使っていることはなく、キーを専用のアカウントで管理していることもあるため、ソースリージョンのすべてのキー(アカウントを問わない)が対象です。ソースボールトのキーと AWS マネージドキーもここに含まれます。`encrypted by` にキーの ARN を書けば、そのキーだけに絞れます。",
    },
    without: Sentence {
        en: "Backup and copy jobs fail: \"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\".",
        ja: "バックアップとコピーのジョブが失敗します(\"The source snapshot KMS key does not exist, is not enabled or you do not have permissions to access it\")。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
};

pub(super) const SOURCE_KEY_ARN: Text = Text {
    why: Sentence {
        en: "Copies back are encrypted with the key of the source vault, and so is what is restored from them there.",
        ja: "コピーバックした復旧ポイントは、ソースボールトのキーで暗号化されます。そこからの復元にもこのキーを使います。",
    },
    without: Sentence {
        en: "Copying back after a disaster fails, and so does restoring what was copied back.",
        ja: "災害後のコピーバックと、コピーバックした復旧ポイントからの復元が失敗します。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
};

pub(super) const DESTINATION_KEY_ARN: Text = Text {
    why: Sentence {
        en: "Copies are encrypted with this key. Its ARN is made from the id of the primary key, which the replica shares, because no stack can import from another region.",
        ja: "コピーはこのキーで暗号化されます。別リージョンのエクスポートはインポートできないため、レプリカキーと共通であるプライマリキーの ID から ARN を組み立てています。",
    },
    without: Sentence {
        en: "Copy jobs fail at the key of the vault, and restores in the destination region at the key of the copy.",
        ja: "コピージョブはボールトのキーで、コピー先での復元はコピーのキーで失敗します。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
};

pub(super) const MANAGED_KEY_ARN: Text = Text {
    why: Sentence {
        en: "AWS managed keys are made when first needed, and a region kept for disasters may not have them yet, so their ids cannot be written. The condition on their aliases makes the `*` mean these two keys alone.",
        ja: "AWS マネージドキーは必要になった時点で作成されます。DR 用のリージョンにはまだ存在しないこともあり、キー ID を書けません。エイリアスの条件により、`*` の対象はこの二つのキーだけになります。",
    },
    without: Sentence {
        en: "Copy jobs may be denied at these keys, whose ids nobody can write.",
        ja: "ID を書けないこれらのキーへのアクセスで、コピージョブが拒否されることがあります。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html",
};

pub(super) const ONLY_FOR_AWS_RESOURCES: Text = Text {
    why: Sentence {
        en: "`kms:GrantIsForAWSResource` lets a grant be made only when an AWS service asks for it for a resource of its own: the role cannot hand the key to anybody else.",
        ja: "`kms:GrantIsForAWSResource` により、AWS サービスが自身のリソースのために求める場合にだけグラントを作成できます。ロールがキーの使用権をほかの誰かに渡すことはできません。",
    },
    without: Sentence {
        en: "Without the condition whoever holds the role could grant the key's use to any principal.",
        ja: "この条件がないと、ロールを使える者が任意のプリンシパルにキーの使用を許可できてしまいます。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html",
};

pub(super) const ONLY_THROUGH_SERVICES: Text = Text {
    why: Sentence {
        en: "`kms:ViaService` lets the key be used only through RDS and AWS Backup in the regions of this statement, never by a call to KMS itself. RDS in the source region is left out where it may use every key there anyway.",
        ja: "`kms:ViaService` により、この文のリージョンの RDS と AWS Backup を経由する場合にだけキーを使えます。KMS を直接呼び出して使うことはできません。ソースリージョンの RDS は、そこのすべてのキーを使える場合には省いています。",
    },
    without: Sentence {
        en: "Without the condition the role could decrypt anything under the key by calling KMS.",
        ja: "この条件がないと、ロールが KMS を直接呼び出して復号できてしまいます。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html",
};

pub(super) const ONLY_THROUGH_RDS: Text = Text {
    why: Sentence {
        en: "On keys that nobody has named `kms:ViaService` lets only RDS in the source region use the key for the role, and RDS does for it no more than this policy allows. Neither the role itself nor any other service can read what else such a key protects.",
        ja: "`kms:ViaService` により、指定されていないキーについては、ソースリージョンの RDS がロールに代わって使う場合だけを許可します。RDS がロールのために行えるのは、このポリシーの許可する範囲だけです。ロール自身やほかのサービスが、これらのキーで保護されたほかのデータを読み取ることはできません。",
    },
    without: Sentence {
        en: "Without the condition the role could use, or let any AWS service use, every key of the region whose policy lets this account in.",
        ja: "この条件がないと、キーポリシーがこのアカウントを許可しているリージョン内のすべてのキーを、ロール自身やほかの AWS サービスが使えてしまいます。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html",
};

pub(super) const ONLY_MANAGED_KEYS: Text = Text {
    why: Sentence {
        en: "`kms:ResourceAliases` narrows all keys of the region to those that bear the alias aws/rds or aws/backup. An alias in the resource would have no effect, because IAM compares key ARNs.",
        ja: "`kms:ResourceAliases` により、対象をエイリアスが aws/rds または aws/backup のキーに絞ります。IAM はキー ARN で比較するため、リソースにエイリアスを書いても効果はありません。",
    },
    without: Sentence {
        en: "Without the condition the role could describe every key of the account in these regions.",
        ja: "この条件がないと、これらのリージョンにあるアカウントのすべてのキーを参照できてしまいます。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html",
};

pub(super) const RESTORE_WITHOUT_INSTANCES: Text = Text {
    why: Sentence {
        en: "AWS Backup restores the cluster alone, unlike the RDS console, which makes instances with it. They are added afterwards with the deployer's own permissions; the role needs no rds:CreateDBInstance.",
        ja: "AWS Backup からの復元で作られるのはクラスターだけです(RDS コンソールからの復元ではインスタンスも作られます)。インスタンスは復元後に担当者の権限で追加するため、ロールに rds:CreateDBInstance は不要です。",
    },
    without: Sentence {
        en: "Nobody can connect to the restored cluster until an instance is added.",
        ja: "インスタンスを追加するまで、復元したクラスターには接続できません。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html",
};

pub(super) const NO_RESTORE: Text = Text {
    why: Sentence {
        en: "`no restore` leaves the calls of a restore out of the policy: another role restores.",
        ja: "`no restore` の指定により、復元のための呼び出しはポリシーに含めません。復元は別のロールで行います。",
    },
    without: Sentence {
        en: "The role could make clusters.",
        ja: "含めると、このロールでクラスターを作成できるようになります。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html",
};

pub(super) const WAY_BACK: Text = Text {
    why: Sentence {
        en: "When the source region is back, the recovery points in the destination are copied into the source vault and restored there. The same role may do both directions, so nothing has to be deployed on that day.",
        ja: "ソースリージョンの復旧後は、コピー先の復旧ポイントをソースボールトへコピーバックして復元します。同じロールで両方向のコピーができるため、当日に新たなデプロイは必要ありません。",
    },
    without: Sentence {
        en: "The way back would have to be built during the disaster.",
        ja: "災害対応のさなかに、戻すための仕組みを作ることになります。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html",
};

pub(super) const SPLIT_POLICY: Text = Text {
    why: Sentence {
        en: "The role's policy would be longer than the 10,240 characters that IAM takes inline, so it is divided into managed policies. Each is named after what it begins with, so that a new cluster renames as few of them as possible.",
        ja: "ロールのポリシーが、IAM のインラインポリシーの上限である 10,240 文字を超えるため、管理ポリシーに分割しています。名前は先頭の内容から決まるため、クラスターを追加しても名前が変わるものは最小限です。",
    },
    without: Sentence {
        en: "IAM refuses the policy: \"Maximum policy size of 10240 bytes exceeded\".",
        ja: "IAM にポリシーを拒否されます(\"Maximum policy size of 10240 bytes exceeded\")。",
    },
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
};

pub(super) const ATTACHED_POLICY: Text = Text {
    why: Sentence {
        en: "Attached by the role and not by the policy itself, so that a policy that is no longer needed is detached although it is kept.",
        ja: "ポリシー側ではなくロール側で関連付けています。不要になったポリシーが残されても、ロールからは外れます。",
    },
    without: Sentence {
        en: "The calls that this part of the policy allows are denied.",
        ja: "このポリシーが許可する呼び出しが拒否されます。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html",
};
