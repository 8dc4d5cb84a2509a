//! What a change does, for a terminal: the verdict, then what leads to it, most serious first, then the text.

use std::io::{self, Write};

use super::words::{self, CONDITIONS, HUNKS, ORDER, allowed, label, sections};
use super::{Item, Report, Verdict};
use crate::diagnostic::human::{GREEN, RED, Style, YELLOW, excerpt};
use crate::diagnostic::text::visible;
use crate::text::wrap::paragraph;

/// Writes everything; prose is set in so many columns, clauses are drawn in a style.
///
/// # Errors
///
/// What is written to fails.
pub fn write(report: &Report<'_>, style: Style, columns: usize, out: &mut dyn Write) -> io::Result<()> {
    let Report { change, language, .. } = *report;
    let page = Page { report, style, columns };
    let verdict = change.verdict();
    writeln!(out, "{}", page.led(0, verdict, verdict.word(), &words::verdict(change, language)))?;
    for section in sections(change) {
        writeln!(out, "\n{}", language.pick(section.title))?;
        for item in section.items() {
            page.item(item, out)?;
        }
    }
    let conditions = change.conditions().map(|item| format!("- {}", item.text.get(language)));
    page.list(language.pick(CONDITIONS), conditions, out)?;
    for note in words::unused(report) {
        writeln!(out, "{}", page.set(0, &note))?;
    }
    let order = words::order(change, language);
    let order = order.iter().zip(1..).map(|(stack, number)| format!("{number}. {stack}"));
    page.list(language.pick(ORDER), order, out)?;
    for (index, hunk) in report.hunks.iter().enumerate() {
        if index == 0 {
            writeln!(out, "\n{}\n", language.pick(HUNKS))?;
        }
        for line in hunk.diff.lines() {
            writeln!(out, "{}", visible(line))?;
        }
    }
    Ok(())
}

struct Page<'a> {
    report: &'a Report<'a>,
    style: Style,
    columns: usize,
}

impl Page<'_> {
    fn item(&self, item: &Item, out: &mut dyn Write) -> io::Result<()> {
        let (language, label) = (self.report.language, label(item));
        let said = format!("{label} {}", item.text.get(language));
        writeln!(out, "{}", self.led(2, item.counts_as(), &label, &said))?;
        for detail in &item.details {
            writeln!(out, "{}", self.set(4, detail.get(language)))?;
        }
        for (step, number) in item.steps.iter().zip(1..) {
            writeln!(out, "{}", self.set(4, &format!("{number}. {}", step.get(language))))?;
        }
        if let Some(reason) = allowed(item, language) {
            writeln!(out, "{}", self.set(4, &reason))?;
        }
        let drawn = item.span.filter(|_| item.verdict > Verdict::Safe);
        let drawn = drawn.map(|span| excerpt(span, self.report.sources, self.style)).unwrap_or_default();
        for line in drawn.lines().filter(|line| !line.trim().is_empty()) {
            writeln!(out, "    {line}")?;
        }
        Ok(())
    }

    /// A list under a title, if there is anything in it.
    fn list(&self, title: &str, items: impl Iterator<Item = String>, out: &mut dyn Write) -> io::Result<()> {
        for (index, item) in items.enumerate() {
            if index == 0 {
                writeln!(out, "\n{title}")?;
            }
            writeln!(out, "{}", self.set(2, &item))?;
        }
        Ok(())
    }

    /// An indented paragraph.
    fn set(&self, indent: usize, text: &str) -> String {
        paragraph(&format!("{}{}", " ".repeat(indent), visible(text)), self.columns)
    }

    /// One that begins with a word of a verdict, in its colour.
    fn led(&self, indent: usize, verdict: Verdict, word: &str, text: &str) -> String {
        let colour = match verdict {
            Verdict::Safe => GREEN,
            Verdict::Look => YELLOW,
            Verdict::Loses => RED,
        };
        self.set(indent, text).replacen(word, &self.style.colour.paint(colour, word), 1)
    }
}
