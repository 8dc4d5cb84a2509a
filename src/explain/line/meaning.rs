//! What the lines of a template are that nobody asked for: the form of templates, policies and reasons.

use crate::explain::TemplateLine;
use crate::text::Sentence;

/// What a line is by its form, where that says it.
pub(super) fn of(line: &TemplateLine) -> Option<Sentence> {
    let part = if line.is_metadata() { "Metadata" } else { line.path.split('.').next().unwrap_or_default() };
    let named = |name: &str| MEANINGS.iter().find(|(of, key, _)| *key == name && (*of == part || of.is_empty()));
    // What the schema for reasons calls its parts is said of the lines below them too.
    let around = || line.path.rsplit('.').find_map(named).filter(|_| line.is_metadata());
    named(&line.key).or_else(around).map(|(.., meaning)| *meaning)
}

/// What a line is that others with reasons stand below.
pub(super) const HOLDS: Sentence = Sentence::new(
    "Holds the lines below it, which have their own reasons.",
    "下の行をまとめています。理由は各行にあります。",
);

/// The part of a template that a line is in, if not any; its key; and what it is.
///
/// Source for what stands in `Metadata`: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html>.
const MEANINGS: &[(&str, &str, Sentence)] = &[
    (
        "Metadata",
        "com.aws.cloudformation.Context",
        Sentence::new(
            "The name of AWS's schema for reasons: tools that know it read what follows.",
            "理由を書くための AWS のスキーマの名前です。対応するツールが以下の内容を読み取ります。",
        ),
    ),
    (
        "Metadata",
        "arch",
        Sentence::new("What the stack holds, in one sentence.", "スタックが含むものを一文で示します。"),
    ),
    ("Metadata", "why", Sentence::new("Why the resource is there.", "リソースがある理由です。")),
    (
        "Metadata",
        "must",
        Sentence::new("What whoever changes the stack has to keep to.", "スタックを変更する人が守るべきことです。"),
    ),
    (
        "Metadata",
        "mutable",
        Sentence::new("How freely the resource may be changed.", "リソースをどこまで自由に変更できるかです。"),
    ),
    (
        "Metadata",
        "mutability",
        Sentence::new(
            "How freely properties may be changed that are less free than the whole.",
            "リソース全体よりも変更の制約が強いプロパティです。",
        ),
    ),
    ("Metadata", "trust", Sentence::new("Where the reason comes from.", "この理由の出所です。")),
    (
        "Metadata",
        "src",
        Sentence::new(
            "Who gave the reason: `authored`, as it was written and not guessed from the template.",
            "理由の由来です。`authored` は、テンプレートからの推測ではなく書かれたものであることを示します。",
        ),
    ),
    ("Metadata", "conf", Sentence::new("How sure the reason is.", "理由の確かさです。")),
    (
        "Metadata",
        "cite",
        Sentence::new("The clauses of the spec that ask for the resource.", "リソースのもとになった指定です。"),
    ),
    (
        "Parameters",
        "Parameters",
        Sentence::new("What the stack can be given when it is deployed.", "デプロイ時にスタックへ渡せる値です。"),
    ),
    ("Parameters", "Type", Sentence::new("The kind of value that it takes.", "受け取る値の型です。")),
    ("", "Description", Sentence::new("Says in the console what it is.", "コンソールに表示される説明です。")),
    ("Parameters", "Default", Sentence::new("What it is where nothing is given.", "何も渡さないときの値です。")),
    (
        "Parameters",
        "AllowedPattern",
        Sentence::new(
            "What it has to look like: all else is refused.",
            "受け付ける値の形式です。ほかの値は拒否されます。",
        ),
    ),
    (
        "Conditions",
        "Conditions",
        Sentence::new("What is told apart by what was given.", "渡された値によって切り替えるための条件です。"),
    ),
    (
        "Outputs",
        "Outputs",
        Sentence::new("What the stack hands to other stacks.", "スタックがほかのスタックに渡す値です。"),
    ),
    ("Outputs", "Value", Sentence::new("What is handed over.", "渡す値です。")),
    (
        "Outputs",
        "Export",
        Sentence::new("Makes it known to the stacks of the same region.", "同じリージョンのスタックに公開します。"),
    ),
    ("Outputs", "Name", Sentence::new("The name that it is imported by.", "インポートに使う名前です。")),
    ("Resources", "Type", Sentence::new("What CloudFormation makes.", "CloudFormation が作成するものの種類です。")),
    (
        "Resources",
        "Properties",
        Sentence::new(
            "What it is made with, line by line with reasons of their own.",
            "作成時の設定です。理由は下の各行にあります。",
        ),
    ),
    ("Resources", "Id", Sentence::new("The name of the policy document.", "ポリシードキュメントの名前です。")),
    ("Resources", "Sid", Sentence::new("The name of the policy statement.", "ポリシーステートメントの名前です。")),
    (
        "Resources",
        "Effect",
        Sentence::new(
            "The statement allows; what no statement allows is denied.",
            "このステートメントは許可です。どのステートメントも許可しないものは拒否されます。",
        ),
    ),
    ("Resources", "Action", Sentence::new("The calls that the statement allows.", "許可する API 呼び出しです。")),
    ("Resources", "Resource", Sentence::new("What these calls may reach.", "呼び出しの対象にできるリソースです。")),
    ("Resources", "Principal", Sentence::new("Whom the statement allows it.", "許可する相手です。")),
    ("Resources", "Condition", Sentence::new("When alone the statement allows it.", "許可する条件です。")),
];
