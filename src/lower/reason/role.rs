//! Why the role, its trust, and the shape and resources of its policy are as they are.

use crate::reason::reasons;

reasons! {
    /// The role.
    ROLE "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html"
    why "AWS Backup acts with this role when it backs up, copies, expires and restores. It is kept when the stack goes, because expiry needs it as long as recovery points exist." "AWS Backup は、バックアップ、コピー、期限切れ削除、復元をこのロールで行います。復旧ポイントがある限り期限切れ削除に必要なため、スタックを削除してもロールは残します。"
    without "No job could run. Where the role is gone and AWS Backup's service-linked role cannot delete them either, expired recovery points stay in state EXPIRED and are billed." "ジョブを実行できません。ロールが失われ、AWS Backup のサービスにリンクされたロールでも削除できなければ、期限切れの復旧ポイントは EXPIRED のまま残り、課金が続きます。"

    /// A role that exists already.
    EXISTING_ROLE "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html"
    why "This role exists and was made by somebody else. Nothing is made or changed of it; what it must be allowed for this statement is shown as its policy." "このロールはすでに存在し、ほかで管理されています。ロールの作成も変更も行いません。この文のために許可が必要な内容を、ロールのポリシーとして示します。"
    without "Where the role lacks a part of it, the jobs that need that part are denied. Where it is deleted, no job runs any more, and expired recovery points may stay in state EXPIRED and are billed." "一部でも許可されていないと、それを必要とするジョブは拒否されます。ロールが削除されるとジョブを実行できなくなり、期限切れの復旧ポイントが EXPIRED のまま残って課金が続くことがあります。"

    /// The trust policy.
    ROLE_TRUST "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html"
    why "Only the service AWS Backup may assume the role. There is no condition on the caller, because AWS documents none that AWS Backup sends here." "このロールを引き受けられるのは AWS Backup サービスだけです。AWS Backup がここで送る条件キーは文書化されていないため、条件は付けていません。"
    without "Making the selection is refused: the role cannot be assumed by AWS Backup." "セレクションの作成が拒否されます(ロールを AWS Backup が引き受けられないため)。"

    /// The role's policy.
    ROLE_POLICY "https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html"
    why "The policy allows the calls that backup, copy, expiry and restore make, on the resources of this statement, and nothing else." "このポリシーは、バックアップ、コピー、期限切れ削除、復元で行われる呼び出しだけを、この文のリソースに対して許可します。"
    without "Every job would be denied." "すべてのジョブが拒否されます。"

    /// The name of the role.
    ROLE_NAME "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "IAM is global, so the name says the region. A name with `AWSBackup` in it can be passed by people who have the managed policy AWSBackupFullAccess." "IAM はグローバルなサービスのため、名前にリージョンを含めます。名前に `AWSBackup` が含まれていれば、管理ポリシー AWSBackupFullAccess を持つ担当者がこのロールを渡せます。"
    without "CloudFormation would choose a name, another one for each new stack. A role without `AWSBackup` or `AwsBackup` in its name cannot be passed with AWSBackupFullAccess alone: iam:PassRole is denied." "名前は CloudFormation が決め、スタックを作り直すたびに変わります。名前に `AWSBackup` も `AwsBackup` も含まないロールは、AWSBackupFullAccess だけでは渡せません(iam:PassRole が拒否されます)。"

    /// The service that may assume the role.
    TRUSTED_SERVICE "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html"
    why "The same trust as in AWS's own default role for AWS Backup: the service, and nobody else." "AWS Backup のデフォルトロールと同じ信頼関係です。サービスだけが引き受けられます。"
    without "Making the selection is refused: \"cannot be assumed by AWS Backup\"." "セレクションの作成が \"cannot be assumed by AWS Backup\" で拒否されます。"

    /// The version of the policy language.
    POLICY_VERSION "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html"
    why "The current version of the policy language." "ポリシー言語の現行バージョンです。"
    without "The version of 2008 would be assumed, which knows no policy variables." "2008 年版とみなされ、ポリシー変数が使えません。"

    /// The name of the role's policy.
    POLICY_NAME "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html"
    why "The policy is part of the role, under a name made from the role's." "このポリシーはロールのインラインポリシーで、名前はロール名から作ります。"
    without "CloudFormation requires it." "CloudFormation の必須項目です。"

    /// The role that the policy belongs to.
    POLICY_ROLE "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources-automatically.html"
    why "The policy belongs to this one role and can be given to no other. The role's name is written out: CloudFormation finds what exists already by names that stand in the template, and by no others." "このポリシーはこのロール専用で、ほかのロールには付けられません。ロールは参照ではなく名前で指定しています。CloudFormation が既存のリソースを自動的にインポートできるのは、テンプレートに名前が直接書かれている場合だけだからです。"
    without "A policy without a role is refused." "ロールのないポリシーは作成できません。"

    /// How narrow the policy is, and against what that is measured.
    MINIMAL "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
    why "The policy is computed from this tool's table of the calls that AWS Backup makes. Minimal means minimal against that table, not against what AWS does inside. `drc prove` takes each part of the policy away and finds a call that is then refused." "このポリシーは、AWS Backup が行う呼び出しをまとめた drc の表から計算されます。「最小」とはその表に対して最小という意味で、AWS の内部動作に対してではありません。`drc prove` では、ポリシーの各部分を取り除くと拒否される呼び出しがあることを確認できます。"
    without "The two managed policies that one would attach instead reach every resource, every recovery point and every vault of the account, and other services besides." "代わりに二つの AWS 管理ポリシーを付けると、アカウントのすべてのリソース、復旧ポイント、ボールトに加え、ほかのサービスにも権限が及びます。"

    /// How the policy is divided.
    POLICY_STATEMENT "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    why "Actions that need the same resources under the same condition share a statement, named after them. AWS's own policies write `*` for the resource; here each action has only the resources that its calls name, and only types that the Service Authorization Reference lists for it." "対象リソースと条件が同じアクションを一つのステートメントにまとめ、アクション名を Sid にしています。AWS のポリシー例はリソースに `*` を使っていますが、ここではサービス認証リファレンスに従い、各アクションが実際に参照するリソースだけに絞っています。"
    without "The actions of this statement would be denied." "このステートメントのアクションが拒否されます。"

    /// An action that knows no resources.
    EVERYTHING_ONLY "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonresourcegroupstaggingapi.html"
    why "The action has no resource types, so `*` is the only resource that it can be allowed on." "このアクションはリソースタイプを持たないため、リソースには `*` しか指定できません。"
    without "The action would be denied." "このアクションが拒否されます。"

    /// The ARN of the source vault.
    SOURCE_VAULT_ARN "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html"
    why "The source vault is named beside the destination's because of the way back: after the disaster the recovery points in the destination are copied here and restored." "ソースボールトも指定しているのは、災害後にコピー先の復旧ポイントをここへコピーバックし、復元するためです。"
    without "Copying back after a disaster is denied." "災害後のコピーバックが拒否されます。"

    /// The ARN of a vault for copies.
    DESTINATION_VAULT_ARN "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html"
    why "The vault that copies go to. Since both actions know vaults as resources, the role can copy into no other vault." "コピー先のボールトです。どちらのアクションもボールト単位の権限に対応しているため、ほかのボールトにはコピーできません。"
    without "Every copy job is denied at the vault." "すべてのコピージョブがボールトへのアクセスで拒否されます。"

    /// The key of the source vault.
    SOURCE_KEY_ARN "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    why "Copies back are encrypted with the key of the source vault, and so is what is restored from them there." "コピーバックした復旧ポイントは、ソースボールトのキーで暗号化されます。そこからの復元にもこのキーを使います。"
    without "Copying back after a disaster fails, and so does restoring what was copied back." "災害後のコピーバックと、コピーバックした復旧ポイントからの復元が失敗します。"

    /// The key of a vault for copies.
    DESTINATION_KEY_ARN "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"
    why "Copies are encrypted with this key. Its ARN is made from the id of the primary key, which the replica shares, because no stack can import from another region." "コピーはこのキーで暗号化されます。別リージョンのエクスポートはインポートできないため、レプリカキーと共通であるプライマリキーの ID から ARN を組み立てています。"
    without "Copy jobs fail at the key of the vault, and restores in the destination region at the key of the copy." "コピージョブはボールトのキーで、コピー先での復元はコピーのキーで失敗します。"

    /// AWS managed keys, whose ids are not known.
    MANAGED_KEY_ARN "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"
    why "AWS managed keys are made when first needed, and a region kept for disasters may not have them yet, so their ids cannot be written. The condition on their aliases makes the `*` mean these two keys alone." "AWS マネージドキーは必要になった時点で作成されます。DR 用のリージョンにはまだ存在しないこともあり、キー ID を書けません。エイリアスの条件により、`*` の対象はこの二つのキーだけになります。"
    without "Copy jobs may be denied at these keys, whose ids nobody can write." "ID を書けないこれらのキーへのアクセスで、コピージョブが拒否されることがあります。"

    /// The condition on grants.
    ONLY_FOR_AWS_RESOURCES "https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html"
    why "`kms:GrantIsForAWSResource` lets a grant be made only when an AWS service asks for it for a resource of its own: the role cannot hand the key to anybody else." "`kms:GrantIsForAWSResource` により、AWS サービスが自身のリソースのために求める場合にだけグラントを作成できます。ロールがキーの使用権をほかの誰かに渡すことはできません。"
    without "Without the condition whoever holds the role could grant the key's use to any principal." "この条件がないと、ロールを使える者が任意のプリンシパルにキーの使用を許可できてしまいます。"

    /// A statement without restores.
    NO_RESTORE "https://docs.aws.amazon.com/aws-backup/latest/devguide/restoring-aur.html"
    why "`no restore` leaves the calls of a restore out of the policy: another role restores." "`no restore` の指定により、復元のための呼び出しはポリシーに含めません。復元は別のロールで行います。"
    without "The role could make resources by restoring them." "含めると、このロールで復元によりリソースを作成できるようになります。"

    /// Copying back after the disaster.
    WAY_BACK "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html"
    why "When the source region is back, the recovery points in the destination are copied into the source vault and restored there. The same role may do both directions, so nothing has to be deployed on that day." "ソースリージョンの復旧後は、コピー先の復旧ポイントをソースボールトへコピーバックして復元します。同じロールで両方向のコピーができるため、当日に新たなデプロイは必要ありません。"
    without "The way back would have to be built during the disaster." "災害対応のさなかに、戻すための仕組みを作ることになります。"

    /// A policy that is too long to be inline.
    SPLIT_POLICY "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
    why "The role's policy would be longer than the 10,240 characters that IAM takes inline, so it is divided into managed policies. Each is named after what it begins with, so that a new resource renames as few of them as possible." "ロールのポリシーが、IAM のインラインポリシーの上限である 10,240 文字を超えるため、管理ポリシーに分割しています。名前は先頭の内容から決まるため、リソースを追加しても名前が変わるものは最小限です。"
    without "IAM refuses the policy: \"Maximum policy size of 10240 bytes exceeded\"." "IAM にポリシーを拒否されます(\"Maximum policy size of 10240 bytes exceeded\")。"

    /// A managed policy of the role.
    ATTACHED_POLICY "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html"
    why "Attached by the role and not by the policy itself, so that a policy that is no longer needed is detached although it is kept." "ポリシー側ではなくロール側で関連付けています。不要になったポリシーが残されても、ロールからは外れます。"
    without "The calls that this part of the policy allows are denied." "このポリシーが許可する呼び出しが拒否されます。"
}
