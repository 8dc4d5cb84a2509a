//! What a change does, for people: the verdict, then what leads to it, most serious first, then the text.

use std::io::{self, Write};

use super::report::{Item, Verdict};
use super::update::StackAction;
use super::{Change, Hunk};
use crate::diagnostic::human::{Style, excerpt};
use crate::source::Sources;
use crate::text::wrap::paragraph;
use crate::text::{Language, Sentence};

/// How the text is to be.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The new spec, where there is one.
    pub sources: &'a Sources,
    /// How clauses of it are drawn.
    pub style: Style,
    /// The language.
    pub language: Language,
    /// Columns of prose.
    pub columns: usize,
}

/// The verdict in a line.
pub fn verdict(change: &Change, language: Language) -> String {
    let verdict = change.verdict();
    let meaning = language.pick(verdict.meaning());
    let conditions = change.conditions().count();
    if conditions > 0 && verdict == Verdict::Safe {
        return language.say(
            format!("{} if what could not be seen here is as before: {meaning}", verdict.word()),
            format!("{} (ここから確認できない点がこれまでと同じ場合): {meaning}", verdict.word()),
        );
    }
    format!("{}: {meaning}", verdict.word())
}

/// Writes everything.
///
/// # Errors
///
/// What is written to fails.
pub fn write(change: &Change, hunks: &[Hunk], page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", paragraph(&verdict(change, page.language), page.columns))?;
    for (title, items) in sections(change) {
        let mut items = items.iter().filter(|item| !item.is_condition).peekable();
        if items.peek().is_some() {
            writeln!(out, "\n{}", page.language.pick(title))?;
        }
        for item in items {
            write_item(item, page, out)?;
        }
    }
    write_conditions(change, page, out)?;
    write_unused(change, page, out)?;
    write_order(change, page, out)?;
    for (index, hunk) in hunks.iter().enumerate() {
        write!(out, "{}{}", if index == 0 { "\n" } else { "" }, hunk.diff)?;
    }
    Ok(())
}

/// The sections with their titles.
pub(super) fn sections(change: &Change) -> [(Sentence, &[Item]); 3] {
    [
        (Sentence::new("Recovery points that exist", "既存の復旧ポイント"), &change.points),
        (Sentence::new("What CloudFormation does", "CloudFormation の動作"), &change.cloudformation),
        (Sentence::new("Time and protection", "時刻と保護"), &change.timing),
    ]
}

/// The word before an item.
pub(crate) fn label(item: &Item) -> String {
    match (item.rule, &item.allowed) {
        (Some(rule), None) => format!("{}[{}]", item.verdict.word(), rule.code),
        (Some(rule), Some(_)) => format!("allowed[{}]", rule.code),
        (None, _) => item.verdict.word().to_owned(),
    }
}

fn write_item(item: &Item, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (language, columns) = (page.language, page.columns);
    writeln!(out, "{}", paragraph(&format!("  {} {}", label(item), item.text.get(language)), columns))?;
    for detail in &item.details {
        writeln!(out, "{}", paragraph(&format!("    {}", detail.get(language)), columns))?;
    }
    for (number, step) in item.steps.iter().enumerate() {
        writeln!(out, "{}", paragraph(&format!("    {}. {}", number + 1, step.get(language)), columns))?;
    }
    if let Some(reason) = &item.allowed {
        let said = language.say(format!("allowed: {reason}"), format!("許可済み: {reason}"));
        writeln!(out, "{}", paragraph(&format!("    {said}"), columns))?;
    }
    if let Some(span) = item.span.filter(|_| item.verdict > Verdict::Safe) {
        for line in excerpt(span, page.sources, page.style).lines().filter(|line| !line.trim().is_empty()) {
            writeln!(out, "    {line}")?;
        }
    }
    Ok(())
}

fn write_conditions(change: &Change, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut conditions = change.conditions().peekable();
    if conditions.peek().is_some() {
        writeln!(out, "\n{}", page.language.say("This holds if", "この判定の前提"))?;
    }
    for item in conditions {
        writeln!(out, "{}", paragraph(&format!("  - {}", item.text.get(page.language)), page.columns))?;
    }
    Ok(())
}

/// Notes the allowances that the change does not need.
pub(crate) fn write_unused(change: &Change, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (span, code) in &change.unused {
        let (file, line, _) = page.sources.position(span.file, span.start);
        let note = page.language.say(
            format!("note: {file}:{line} allows {code}, which this change does not need"),
            format!("注: {file}:{line} の {code} の許可は、この変更には不要です"),
        );
        writeln!(out, "{}", paragraph(&note, page.columns))?;
    }
    Ok(())
}

/// The stacks that something is done to, in the order of their deployment.
fn write_order(change: &Change, page: &Page<'_>, out: &mut dyn Write) -> io::Result<()> {
    let deployed: Vec<_> = change.stacks.iter().filter(|(_, action)| word(*action).is_some()).collect();
    if deployed.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{}", page.language.say("Deployed in this order", "デプロイの順序"))?;
    for (number, (stack, action)) in deployed.into_iter().enumerate() {
        let word = word(*action).map(|word| page.language.pick(word)).unwrap_or_default();
        writeln!(out, "  {}. {word} {} / {}", number + 1, stack.region, stack.name)?;
    }
    Ok(())
}

/// What is done to a stack; nothing is to one that stays as it is.
pub(super) fn word(action: StackAction) -> Option<Sentence> {
    match action {
        StackAction::Made => Some(Sentence::new("create", "作成")),
        StackAction::Updated => Some(Sentence::new("update", "更新")),
        StackAction::Kept | StackAction::Left => None,
    }
}
