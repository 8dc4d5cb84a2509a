//! The words that every format uses.

use super::update::StackAction;
use super::{Change, Item, Report, Verdict};
use crate::source::{Sources, Span};
use crate::text::{Language, Sentence};

/// Over everything that is said.
pub(super) const TITLE: Sentence =
    Sentence::new("What deploying this change does", "この変更をデプロイすると起きること");

/// Over what was not seen.
pub(super) const CONDITIONS: Sentence = Sentence::new("This holds if", "この判定の前提");

/// Over the stacks in their order.
pub(super) const ORDER: Sentence = Sentence::new("Deployed in this order", "デプロイの順序");

/// Over the text hunks.
pub(super) const HUNKS: Sentence = Sentence::new("The templates, line by line", "テンプレートの差分");

/// The verdict in a line.
pub fn verdict(change: &Change, language: Language) -> String {
    format!("{}: {}", head(change, language), language.pick(change.verdict().meaning()))
}

/// The word of the verdict, and whether it is a conditional one.
pub(super) fn head(change: &Change, language: Language) -> String {
    let word = change.verdict().word();
    if change.is_safe() || change.verdict() > Verdict::Safe {
        return word.to_owned();
    }
    language.say(
        format!("{word} if what could not be seen here is as before"),
        format!("{word} (ここから確認できない点がこれまでと同じ場合)"),
    )
}

/// What is said of a kind, under its title.
#[derive(Clone, Copy, Debug)]
pub(super) struct Section<'a> {
    /// Its name, the same in every language.
    pub slug: &'static str,
    pub title: Sentence,
    items: &'a [Item],
}

impl<'a> Section<'a> {
    /// What is said, most serious first; conditions are said apart.
    pub(super) fn items(&self) -> impl Iterator<Item = &'a Item> + use<'a> {
        self.items.iter().filter(|item| !item.is_condition)
    }
}

/// The sections that have anything to say.
pub(super) fn sections(change: &Change) -> impl Iterator<Item = Section<'_>> {
    let all = [
        Section {
            slug: "recoveryPoints",
            title: Sentence::new("Recovery points that exist", "既存の復旧ポイント"),
            items: &change.points,
        },
        Section {
            slug: "cloudFormation",
            title: Sentence::new("What CloudFormation does", "CloudFormation の動作"),
            items: &change.cloudformation,
        },
        Section {
            slug: "timeAndProtection",
            title: Sentence::new("Time and protection", "時刻と保護"),
            items: &change.timing,
        },
    ];
    all.into_iter().filter(|section| section.items().next().is_some())
}

/// The word before an item.
pub(super) fn word(item: &Item) -> &'static str {
    if item.allowed.is_some() { "allowed" } else { item.verdict.word() }
}

/// The word before an item with the code of its rule.
pub fn label(item: &Item) -> String {
    let word = word(item);
    item.rule.map_or_else(|| word.to_owned(), |rule| format!("{word}[{}]", rule.code))
}

/// Why the spec says that an item may happen.
pub(super) fn allowed(item: &Item, language: Language) -> Option<String> {
    let reason = item.allowed.as_ref()?;
    Some(language.say(format!("allowed: {reason}"), format!("許可済み: {reason}")))
}

/// Notes of the allowances that the change does not need.
pub fn unused(report: &Report<'_>) -> Vec<String> {
    let note = |(span, code): &(Span, &str)| {
        let (file, line, _) = report.sources.position(span.file, span.start);
        report.language.say(
            format!("note: {file}:{line} allows {code}, which this change does not need"),
            format!("注: {file}:{line} の {code} の許可は、この変更には不要です"),
        )
    };
    report.change.unused.iter().map(note).collect()
}

/// The stacks that something is done to, in the order of their deployment: what is done, the region, the name.
pub(super) fn order(change: &Change, language: Language) -> Vec<String> {
    let stacks = change.stacks.iter();
    let said = stacks.filter_map(|(stack, action)| {
        let word = match action {
            StackAction::Made => Sentence::new("create", "作成"),
            StackAction::Updated => Sentence::new("update", "更新"),
            StackAction::Kept | StackAction::Left => return None,
        };
        Some(format!("{} {} / {}", language.pick(word), stack.region, stack.name))
    });
    said.collect()
}

/// A clause of the new spec.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause<'a> {
    pub file: &'a str,
    pub line: usize,
    pub column: usize,
    /// The line that it begins on.
    pub text: &'a str,
}

/// The clause that an item follows from.
pub(super) fn clause(span: Option<Span>, sources: &Sources) -> Option<Clause<'_>> {
    let span = span?;
    let (file, line, column) = sources.position(span.file, span.start);
    let text = sources.text(span.file).lines().nth(line.saturating_sub(1)).unwrap_or_default();
    Some(Clause { file, line, column, text })
}
