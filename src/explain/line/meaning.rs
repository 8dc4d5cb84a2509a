//! What the lines of a template are that nobody asked for: the form of templates, policies and reasons.

use crate::explain::TemplateLine;
use crate::text::Sentence;

/// What a line is by its form, where that says it.
pub(super) fn of(line: &TemplateLine) -> Option<Sentence> {
    let table = if line.is_metadata() {
        METADATA
    } else {
        match line.path.split('.').next().unwrap_or_default() {
            "Parameters" => PARAMETERS,
            "Conditions" => CONDITIONS,
            "Outputs" => OUTPUTS,
            _ => RESOURCES,
        }
    };
    let named = |name: &str| table.iter().find(|(key, _)| *key == name);
    // What the schema for reasons calls its parts is said of the lines below them too.
    let around = || line.path.rsplit('.').find_map(named).filter(|_| line.is_metadata());
    named(&line.key).or_else(around).map(|(_, meaning)| *meaning)
}

/// What a line is that others with reasons stand below.
pub(super) const HOLDS: Sentence = Sentence {
    en: "Holds the lines below it, which have their own reasons.",
    ja: "下の行をまとめています。理由は各行にあります。",
};

/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html>.
const METADATA: &[(&str, Sentence)] = &[
    (
        "com.aws.cloudformation.Context",
        Sentence {
            en: "The name of AWS's schema for reasons: tools that know it read what follows.",
            ja: "理由を書くための AWS のスキーマの名前です。対応するツールが以下の内容を読み取ります。",
        },
    ),
    (
        "arch",
        Sentence {
            en: "What the stack holds, in one sentence.", ja: "スタックが含むものを一文で示します。"
        },
    ),
    ("why", Sentence { en: "Why the resource is there.", ja: "リソースがある理由です。" }),
    (
        "must",
        Sentence {
            en: "What whoever changes the stack has to keep to.",
            ja: "スタックを変更する人が守るべきことです。",
        },
    ),
    (
        "mutable",
        Sentence {
            en: "How freely the resource may be changed.", ja: "リソースをどこまで自由に変更できるかです。"
        },
    ),
    (
        "mutability",
        Sentence {
            en: "How freely properties may be changed that are less free than the whole.",
            ja: "リソース全体よりも変更の制約が強いプロパティです。",
        },
    ),
    ("trust", Sentence { en: "Where the reason comes from.", ja: "この理由の出所です。" }),
    (
        "src",
        Sentence {
            en: "Who gave the reason: `authored`, as it was written and not guessed from the template.",
            ja: "理由の由来です。`authored` は、テンプレートからの推測ではなく書かれたものであることを示します。",
        },
    ),
    ("conf", Sentence { en: "How sure the reason is.", ja: "理由の確かさです。" }),
    (
        "cite",
        Sentence {
            en: "The clauses of the spec that ask for the resource.", ja: "リソースのもとになった指定です。"
        },
    ),
];

const PARAMETERS: &[(&str, Sentence)] = &[
    (
        "Parameters",
        Sentence {
            en: "What the stack can be given when it is deployed.", ja: "デプロイ時にスタックへ渡せる値です。"
        },
    ),
    ("Type", Sentence { en: "The kind of value that it takes.", ja: "受け取る値の型です。" }),
    ("Description", DESCRIPTION),
    ("Default", Sentence { en: "What it is where nothing is given.", ja: "何も渡さないときの値です。" }),
    (
        "AllowedPattern",
        Sentence {
            en: "What it has to look like: all else is refused.",
            ja: "受け付ける値の形式です。ほかの値は拒否されます。",
        },
    ),
];

const CONDITIONS: &[(&str, Sentence)] = &[(
    "Conditions",
    Sentence {
        en: "What is told apart by what was given.", ja: "渡された値によって切り替えるための条件です。"
    },
)];

const OUTPUTS: &[(&str, Sentence)] = &[
    (
        "Outputs",
        Sentence {
            en: "What the stack hands to other stacks.", ja: "スタックがほかのスタックに渡す値です。"
        },
    ),
    ("Description", DESCRIPTION),
    ("Value", Sentence { en: "What is handed over.", ja: "渡す値です。" }),
    (
        "Export",
        Sentence {
            en: "Makes it known to the stacks of the same region.",
            ja: "同じリージョンのスタックに公開します。",
        },
    ),
    ("Name", Sentence { en: "The name that it is imported by.", ja: "インポートに使う名前です。" }),
];

const RESOURCES: &[(&str, Sentence)] = &[
    ("Type", Sentence { en: "What CloudFormation makes.", ja: "CloudFormation が作成するものの種類です。" }),
    (
        "Properties",
        Sentence {
            en: "What it is made with, line by line with reasons of their own.",
            ja: "作成時の設定です。理由は下の各行にあります。",
        },
    ),
    ("Description", DESCRIPTION),
    ("Id", Sentence { en: "The name of the policy document.", ja: "ポリシードキュメントの名前です。" }),
    ("Sid", Sentence { en: "The name of the policy statement.", ja: "ポリシーステートメントの名前です。" }),
    (
        "Effect",
        Sentence {
            en: "The statement allows; what no statement allows is denied.",
            ja: "このステートメントは許可です。どのステートメントも許可しないものは拒否されます。",
        },
    ),
    ("Action", Sentence { en: "The calls that the statement allows.", ja: "許可する API 呼び出しです。" }),
    ("Resource", Sentence { en: "What these calls may reach.", ja: "呼び出しの対象にできるリソースです。" }),
    ("Principal", Sentence { en: "Whom the statement allows it.", ja: "許可する相手です。" }),
    ("Condition", Sentence { en: "When alone the statement allows it.", ja: "許可する条件です。" }),
];

const DESCRIPTION: Sentence =
    Sentence { en: "Says in the console what it is.", ja: "コンソールに表示される説明です。" };
