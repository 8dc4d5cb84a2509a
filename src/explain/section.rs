//! The parts of an explanation in the reader's order, and which part each property belongs to.

use std::borrow::Cow;

use super::collect::Context;
use super::{Input, Language, Point};
use crate::cfn::Resource;
use crate::lower::Stack;
use crate::text::Sentence;

/// A part of the rationale. What it says of templates is made when it is asked for, since all of it together is many
/// times as much as the templates.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// What it is about.
    pub kind: SectionKind,
    entries: Vec<Entry<'a>>,
    input: &'a Input<'a>,
    pub(super) language: Language,
}

/// What a section says in one go.
#[derive(Clone, Debug)]
pub(super) enum Entry<'a> {
    /// A point that is made.
    Made(Box<Point>),
    /// What is said of a resource of a stack, or what the stack takes from others and hands to them.
    Emitted(&'a Stack, Option<&'a Resource>),
}

impl<'a> Section<'a> {
    pub(super) fn new(kind: SectionKind, input: &'a Input<'a>, language: Language) -> Self {
        Self { kind, entries: Vec::new(), input, language }
    }

    pub(super) fn push(&mut self, entry: Entry<'a>) {
        self.entries.push(entry);
    }

    /// What it says, point after point.
    pub fn points(&self) -> impl Iterator<Item = Cow<'_, Point>> {
        let mut last: Option<Context<'_>> = None;
        self.entries.iter().flat_map(move |entry| {
            let (stack, resource) = match entry {
                Entry::Made(point) => return vec![Cow::Borrowed(&**point)],
                Entry::Emitted(stack, resource) => (*stack, *resource),
            };
            // The lines of a template are looked for once for all of its resources.
            let context = match last.take() {
                Some(context) if std::ptr::eq(context.stack, stack) => context,
                _ => Context::new(self.input, stack, self.language),
            };
            let context = last.insert(context);
            let points = match resource {
                None => context.handed(),
                Some(resource) => context.emitted(resource, self.kind),
            };
            points.into_iter().map(Cow::Owned).collect()
        })
    }

    /// What is left of it: each point as it is kept, if it is.
    pub(super) fn kept(&self, keep: impl FnMut(Cow<'_, Point>) -> Option<Point>) -> Self {
        self.with(self.points().filter_map(keep).collect())
    }

    /// The same part with other points.
    pub(super) fn with(&self, points: Vec<Point>) -> Self {
        let entries = points.into_iter().map(|point| Entry::Made(Box::new(point))).collect();
        Self { entries, ..Self::new(self.kind, self.input, self.language) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// What a part of an explanation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SectionKind {
    /// The sentences themselves.
    Sentence,
    /// What is made, where, and in which order it is deployed.
    Stacks,
    /// What stacks hand to each other.
    Wiring,
    /// When jobs run.
    Schedule,
    /// When they must have started and completed.
    Windows,
    /// How long recovery points are kept, where they are copied, and what that guarantees.
    Retention,
    /// Keys and their aliases.
    Keys,
    /// Vaults.
    Vaults,
    /// What is backed up.
    Selection,
    /// The role.
    Role,
    /// Who may assume the role.
    Trust,
    /// What the role may do.
    RolePolicy,
    /// Who may do what with the keys.
    KeyPolicies,
    /// How wide the policies are, beside others.
    Width,
    /// What to know for the day of the disaster.
    Recovery,
}

impl SectionKind {
    /// The name that machine formats and anchors write, and the heading.
    const fn names(self) -> (&'static str, Sentence) {
        match self {
            Self::Sentence => ("sentence", Sentence::new("What was asked for", "指定内容")),
            Self::Stacks => {
                ("stacks", Sentence::new("What it makes, and in which order", "作成するものとデプロイ順序"))
            }
            Self::Wiring => ("wiring", Sentence::new("What the stacks hand to each other", "スタック間で受け渡す値")),
            Self::Schedule => ("schedule", Sentence::new("Plan and schedule", "プランとスケジュール")),
            Self::Windows => ("windows", Sentence::new("Windows", "開始ウィンドウと完了ウィンドウ")),
            Self::Retention => ("retention", Sentence::new("Retention, copies and RPO", "保持期間・コピー・RPO")),
            Self::Keys => ("keys", Sentence::new("Keys", "キー")),
            Self::Vaults => ("vaults", Sentence::new("Vaults", "ボールト")),
            Self::Selection => ("selection", Sentence::new("Selection", "セレクション")),
            Self::Role => ("role", Sentence::new("Role", "ロール")),
            Self::Trust => ("trust", Sentence::new("Trust policy of the role", "ロールの信頼ポリシー")),
            Self::RolePolicy => ("role-policy", Sentence::new("Policy of the role", "ロールのポリシー")),
            Self::KeyPolicies => ("key-policies", Sentence::new("Key policies", "キーポリシー")),
            Self::Width => ("width", Sentence::new("How wide the role's policy is", "ロールのポリシーの広さ")),
            Self::Recovery => ("recovery", Sentence::new("The day of the disaster", "災害当日に備えて")),
        }
    }

    /// The name that machine formats and anchors write.
    pub const fn slug(self) -> &'static str {
        self.names().0
    }

    /// The heading.
    pub const fn title(self, language: Language) -> &'static str {
        language.pick(self.names().1)
    }
}

/// The section of a resource as a whole.
pub(super) fn of_resource(resource_type: &str) -> SectionKind {
    match resource_type {
        "AWS::KMS::Key" | "AWS::KMS::ReplicaKey" | "AWS::KMS::Alias" => SectionKind::Keys,
        "AWS::Backup::BackupVault" => SectionKind::Vaults,
        "AWS::Backup::BackupPlan" => SectionKind::Schedule,
        "AWS::Backup::BackupSelection" => SectionKind::Selection,
        "AWS::IAM::RolePolicy" | "AWS::IAM::ManagedPolicy" => SectionKind::RolePolicy,
        _ => SectionKind::Role,
    }
}

/// The section of one of its properties.
pub(super) fn of_property(resource_type: &str, pattern: &str) -> SectionKind {
    const PARTS: [(&str, SectionKind); 6] = [
        ("AssumeRolePolicyDocument", SectionKind::Trust),
        ("KeyPolicy", SectionKind::KeyPolicies),
        ("WindowMinutes", SectionKind::Windows),
        ("CopyActions", SectionKind::Retention),
        ("Lifecycle", SectionKind::Retention),
        ("TargetBackupVault", SectionKind::Vaults),
    ];
    let part = PARTS.iter().find(|(part, _)| pattern.contains(part));
    part.map_or_else(|| of_resource(resource_type), |(_, kind)| *kind)
}
