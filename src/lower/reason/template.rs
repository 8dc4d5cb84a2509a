//! Why a template and its stacks are as they are.

use crate::reason::reasons;

reasons! {
    /// The version of the template format.
    TEMPLATE_VERSION "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/format-version-structure.html"
    why "The only version of the template format there is." "テンプレート形式のバージョンです。現在はこの値しかありません。"
    without "CloudFormation would assume the same version; written, it tells every tool what the file is." "省略しても同じバージョンとみなされますが、書いておけばどのツールにもテンプレートだとわかります。"

    /// What a stack is for.
    TEMPLATE_DESCRIPTION "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-description-structure.html"
    why "Says in the console's list of stacks what this one holds." "コンソールのスタック一覧で、このスタックが何を含むのかを示します。"
    without "The list of stacks would show names alone." "スタック一覧に名前しか表示されません。"

    /// The reasons that travel with the template.
    METADATA "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html"
    why "AWS's own schema for the reason of a resource: the deployed stack says which clause asked for it and what must never be changed, without this tool." "リソースの存在理由を書くための AWS 標準のスキーマです。どの句によって作られ、何を変更してはならないかを、デプロイ後のスタックだけで確認できます。"
    without "Whoever finds the stack years later would not know why a line is there." "数年後にこのスタックを見た人には、各行の理由がわかりません。"

    /// A selection waits for the policy of its role.
    WAIT_FOR_POLICY "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html"
    why "AWS Backup tries the role when the selection is made, and a reference to the role does not wait for its policy." "AWS Backup はセレクションの作成時にロールを検証します。ロールを参照していても、そのポリシーの作成までは待ちません。"
    without "Making the selection can fail, depending on which of the two is made first: the role \"is not authorized to call tag:GetResources\"." "作成順によってはセレクションの作成に失敗します(\"is not authorized to call tag:GetResources\")。"

    /// A policy waits for its role.
    WAIT_FOR_ROLE "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html"
    why "The policy names its role instead of referring to it, so that it can be imported; the role must still be there first." "インポートできるよう、ポリシーはロールを参照ではなく名前で指定しています。そのため、ロールが先に作成されるように順序を指定します。"
    without "Making the policy fails when it comes before its role." "ロールより先に作成されると、ポリシーの作成に失敗します。"

    /// The description of a resource.
    DESCRIPTION_OF_RESOURCE "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html"
    why "Says in the console what the resource is for." "コンソールで、このリソースの用途を示します。"
    without "Nothing fails; the console would show a name alone." "失敗するものはありませんが、コンソールには名前しか表示されません。"

    /// The first stack: primary keys.
    STACK_OF_PRIMARY_KEYS "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-replicate.html"
    why "Deployed first: the replicas need the ARN of the primary key, and KMS chooses that ARN when the key is made. A replica cannot be in the same stack, because a stack makes its resources in one region." "最初にデプロイします。レプリカキーにはプライマリキーの ARN が必要ですが、ARN はキーの作成時に KMS が決めます。スタックは一つのリージョンにしかリソースを作れないため、レプリカキーを同じスタックに含めることはできません。"
    without "The replicas would have nothing to replicate: \"cannot have a replica because it contains the primary\" where both are put into one region." "複製元がないためレプリカキーを作成できません(同じリージョンに置くと \"cannot have a replica because it contains the primary\" で失敗します)。"

    /// The second stack: replica keys.
    STACK_OF_REPLICA_KEYS "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-replicate.html"
    why "Deployed after the primary keys and before the vaults: a vault's key is fixed when the vault is made, so the key must be there." "プライマリキーの後、ボールトの前にデプロイします。ボールトのキーは作成時に固定されるため、先にキーが必要です。"
    without "The vault for copies could not import its key." "コピー先ボールトがキーをインポートできません。"

    /// The third stack: vaults for copies.
    STACK_OF_DESTINATION "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html"
    why "The destination is deployed before the source: the plan copies into this vault from its first run on." "コピー先はソースより先にデプロイします。プランは最初の実行からこのボールトへコピーするためです。"
    without "The first copy jobs would find no vault and fail." "最初のコピージョブはボールトが見つからず失敗します。"

    /// The last stack: plans, roles and the source vault.
    STACK_OF_SOURCE "https://docs.aws.amazon.com/aws-backup/latest/devguide/about-backup-plans.html"
    why "Deployed last, when keys and destination exist: as soon as the plan and its selection are there, the schedule runs." "キーとコピー先が揃った後、最後にデプロイします。プランとセレクションができた時点でスケジュールが動き始めるためです。"
    without "Nothing would be backed up; deployed earlier, the export of the key's ARN and id that it imports would be missing." "何もバックアップされません。先にデプロイすると、インポートするキーの ARN とキー ID のエクスポートがまだありません。"

    /// A stack for one statement.
    STACK_OF_STATEMENT "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
    why "The system is written with `stacks per statement`: plan, selection, role and policy of each statement have a stack of their own, so that none outgrows a template." "`stacks per statement` の指定により、文ごとにプラン、セレクション、ロール、ポリシーを独立したスタックにしています。一つのテンプレートが上限を超えるのを防ぐためです。"
    without "The source stack would hold them all and reach the limit of 500 resources or 51,200 bytes." "ソースのスタックがすべてを抱え、500 リソースまたは 51,200 バイトの上限に達します。"

    /// Acknowledging named roles.
    NAMED_IAM "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html"
    why "The stack makes an IAM role with a name, which CloudFormation does only when the deployer acknowledges it." "このスタックは名前付きの IAM ロールを作成します。CloudFormation では、デプロイする人がそれを明示的に承認する必要があります。"
    without "Deployment is refused: \"Requires capabilities : [CAPABILITY_NAMED_IAM]\"." "デプロイが拒否されます(\"Requires capabilities : [CAPABILITY_NAMED_IAM]\")。"
}
