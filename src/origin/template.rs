//! Why a template and its stacks are as they are.

use super::{Sentence, Text};

pub(super) const TEMPLATE_VERSION: Text = Text {
    why: Sentence {
        en: "The only version of the template format there is.",
        ja: "テンプレート形式のバージョンです。現在はこの値しかありません。",
    },
    without: Sentence {
        en: "CloudFormation would assume the same version; written, it tells every tool what the file is.",
        ja: "省略しても同じバージョンとみなされますが、書いておけばどのツールにもテンプレートだとわかります。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/format-version-structure.html",
};

pub(super) const TEMPLATE_DESCRIPTION: Text = Text {
    why: Sentence {
        en: "Says in the console's list of stacks what this one holds.",
        ja: "コンソールのスタック一覧で、このスタックが何を含むのかを示します。",
    },
    without: Sentence {
        en: "The list of stacks would show names alone.",
        ja: "スタック一覧に名前しか表示されません。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-description-structure.html",
};

pub(super) const METADATA: Text = Text {
    why: Sentence {
        en: "AWS's own schema for the reason of a resource: the deployed stack says which clause asked for it and what must never be changed, without this tool.",
        ja: "リソースの存在理由を書くための AWS 標準のスキーマです。どの句によって作られ、何を変更してはならないかを、デプロイ後のスタックだけで確認できます。",
    },
    without: Sentence {
        en: "Whoever finds the stack years later would not know why a line is there.",
        ja: "数年後にこのスタックを見た人には、各行の理由がわかりません。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html",
};

pub(super) const RETAIN: Text = Text {
    why: Sentence {
        en: "Recovery points depend on it, and an alias is what their key is found by, so it stays when its stack is deleted or when CloudFormation replaces it. Only what a first deployment that fails has made is taken away again. A stack that is made again imports it.",
        ja: "復旧ポイントがこれに依存しているため(エイリアスはそのキーを探す手掛かりになるため)、スタックの削除時や CloudFormation による置き換え時にも残します。初回の作成に失敗した場合だけは、作りかけのものを残しません。スタックを作り直すときは、残ったものをインポートします。",
    },
    without: Sentence {
        en: "Deleting the stack would schedule the key for deletion, or take away the role that deletes expired points: backups would be lost, or could stay and be billed without end.",
        ja: "スタックを削除すると、キーが削除予定になったり、期限切れの復旧ポイントを削除するロールが消えたりします。バックアップを失うか、課金が続くことになります。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html",
};

pub(super) const WAIT_FOR_POLICY: Text = Text {
    why: Sentence {
        en: "AWS Backup tries the role when the selection is made, and a reference to the role does not wait for its policy.",
        ja: "AWS Backup はセレクションの作成時にロールを検証します。ロールを参照していても、そのポリシーの作成までは待ちません。",
    },
    without: Sentence {
        en: "Making the selection can fail, depending on which of the two is made first: the role \"is not authorized to call tag:GetResources\".",
        ja: "作成順によってはセレクションの作成に失敗します(\"is not authorized to call tag:GetResources\")。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
};

pub(super) const WAIT_FOR_ROLE: Text = Text {
    why: Sentence {
        en: "The policy names its role instead of referring to it, so that it can be imported; the role must still be there first.",
        ja: "インポートできるよう、ポリシーはロールを参照ではなく名前で指定しています。そのため、ロールが先に作成されるように順序を指定します。",
    },
    without: Sentence {
        en: "Making the policy fails when it comes before its role.",
        ja: "ロールより先に作成されると、ポリシーの作成に失敗します。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-dependson.html",
};

pub(super) const DESCRIPTION_OF_RESOURCE: Text = Text {
    why: Sentence {
        en: "Says in the console what the resource is for.",
        ja: "コンソールで、このリソースの用途を示します。",
    },
    without: Sentence {
        en: "Nothing fails; the console would show a name alone.",
        ja: "失敗するものはありませんが、コンソールには名前しか表示されません。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html",
};

pub(super) const STACK_OF_PRIMARY_KEYS: Text = Text {
    why: Sentence {
        en: "Deployed first: the replicas need the ARN of the primary key, and KMS chooses that ARN when the key is made. A replica cannot be in the same stack, because a stack makes its resources in one region.",
        ja: "最初にデプロイします。レプリカキーにはプライマリキーの ARN が必要ですが、ARN はキーの作成時に KMS が決めます。スタックは一つのリージョンにしかリソースを作れないため、レプリカキーを同じスタックに含めることはできません。",
    },
    without: Sentence {
        en: "The replicas would have nothing to replicate: \"cannot have a replica because it contains the primary\" where both are put into one region.",
        ja: "複製元がないためレプリカキーを作成できません(同じリージョンに置くと \"cannot have a replica because it contains the primary\" で失敗します)。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-replicate.html",
};

pub(super) const STACK_OF_REPLICA_KEYS: Text = Text {
    why: Sentence {
        en: "Deployed after the primary keys and before the vaults: a vault's key is fixed when the vault is made, so the key must be there.",
        ja: "プライマリキーの後、ボールトの前にデプロイします。ボールトのキーは作成時に固定されるため、先にキーが必要です。",
    },
    without: Sentence {
        en: "The vault for copies could not import its key.",
        ja: "コピー先ボールトがキーをインポートできません。",
    },
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-replicate.html",
};

pub(super) const STACK_OF_DESTINATION: Text = Text {
    why: Sentence {
        en: "The destination is deployed before the source: the plan copies into this vault from its first run on.",
        ja: "コピー先はソースより先にデプロイします。プランは最初の実行からこのボールトへコピーするためです。",
    },
    without: Sentence {
        en: "The first copy jobs would find no vault and fail.",
        ja: "最初のコピージョブはボールトが見つからず失敗します。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html",
};

pub(super) const STACK_OF_SOURCE: Text = Text {
    why: Sentence {
        en: "Deployed last, when keys and destination exist: as soon as the plan and its selection are there, the schedule runs.",
        ja: "キーとコピー先が揃った後、最後にデプロイします。プランとセレクションができた時点でスケジュールが動き始めるためです。",
    },
    without: Sentence {
        en: "Nothing would be backed up; deployed earlier, the export of the key's ARN and id that it imports would be missing.",
        ja: "何もバックアップされません。先にデプロイすると、インポートするキーの ARN とキー ID のエクスポートがまだありません。",
    },
    source: "https://docs.aws.amazon.com/aws-backup/latest/devguide/about-backup-plans.html",
};

pub(super) const STACK_OF_STATEMENT: Text = Text {
    why: Sentence {
        en: "The system is written with `stacks per statement`: plan, selection, role and policy of each statement have a stack of their own, so that none outgrows a template.",
        ja: "`stacks per statement` の指定により、文ごとにプラン、セレクション、ロール、ポリシーを独立したスタックにしています。一つのテンプレートが上限を超えるのを防ぐためです。",
    },
    without: Sentence {
        en: "The source stack would hold them all and reach the limit of 500 resources or 51,200 bytes.",
        ja: "ソースのスタックがすべてを抱え、500 リソースまたは 51,200 バイトの上限に達します。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html",
};

pub(super) const NAMED_IAM: Text = Text {
    why: Sentence {
        en: "The stack makes an IAM role with a name, which CloudFormation does only when the deployer acknowledges it.",
        ja: "このスタックは名前付きの IAM ロールを作成します。CloudFormation では、デプロイする人がそれを明示的に承認する必要があります。",
    },
    without: Sentence {
        en: "Deployment is refused: \"Requires capabilities : [CAPABILITY_NAMED_IAM]\".",
        ja: "デプロイが拒否されます(\"Requires capabilities : [CAPABILITY_NAMED_IAM]\")。",
    },
    source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html",
};
