//! What a change does as Markdown for a comment on GitHub: what must be read is open, all else folded.

use std::io::{self, Write};

use super::words::{self, CONDITIONS, HUNKS, ORDER, Section, allowed, clause, head, sections, word};
use super::{Item, Report, Verdict};
use crate::text::github::{code, escaped, fenced};
use crate::text::{Language, Sentence};

/// Characters of a comment at most: GitHub refuses a longer one with "Body is too long (maximum is 65536 characters)".
///
/// Source: <https://github.com/telia-oss/github-pr-resource/issues/259>, where somebody met it.
const LONGEST: usize = 65_536;

/// Characters that are kept for what must not be left out: the titles of what is folded, and how much was left out.
const KEPT: usize = 1_000;

/// Over what nobody has to look at.
const SAFE: Sentence = Sentence::new("Safe", "問題のない変更");

/// Writes the comment. What GitHub would not take any more is left out, and counted.
///
/// # Errors
///
/// What is written to fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Report { change, language, .. } = *report;
    let mut comment = Comment { text: String::new(), length: 0, left_out: 0, language };
    let alert = match change.verdict() {
        Verdict::Safe if change.is_safe() => "TIP",
        Verdict::Safe | Verdict::Look => "WARNING",
        Verdict::Loses => "CAUTION",
    };
    let meaning = language.pick(change.verdict().meaning());
    comment.frame(&format!("> [!{alert}]\n> **{}**: {}\n", escaped(&head(change, language)), escaped(meaning)));
    comment.sections(report, |item| item.verdict > Verdict::Safe);
    let conditions: Vec<String> =
        change.conditions().map(|item| format!("- {}\n", said(item.text.get(language)))).collect();
    comment.titled(language.pick(CONDITIONS), &conditions);
    for note in words::unused(report) {
        comment.piece(&format!("\n{}\n", said(&note)));
    }
    let is_safe = |item: &Item| item.verdict == Verdict::Safe;
    let safe = sections(change).flat_map(|section| section.items()).filter(|item| is_safe(item)).count();
    comment.folded(SAFE, safe, |comment| comment.sections(report, is_safe));
    let order = words::order(change, language);
    comment.folded(ORDER, order.len(), |comment| {
        comment.frame("\n");
        for (stack, number) in order.iter().zip(1..) {
            comment.piece(&format!("{number}. {}\n", said(stack)));
        }
    });
    comment.folded(HUNKS, report.hunks.len(), |comment| {
        for hunk in report.hunks {
            comment.piece(&format!("\n{}", fenced("diff", &hunk.diff)));
        }
    });
    comment.end();
    out.write_all(comment.text.as_bytes())
}

/// What is written of a comment.
struct Comment {
    text: String,
    /// How many characters that are.
    length: usize,
    /// How many pieces found no room.
    left_out: usize,
    language: Language,
}

impl Comment {
    /// Something without which the rest would not stand.
    fn frame(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    /// Something that is left out where there is no room for it.
    fn piece(&mut self, text: &str) {
        if self.length + text.chars().count() + KEPT > LONGEST {
            self.left_out += 1;
        } else {
            self.frame(text);
        }
    }

    /// Pieces under a title, if there are any.
    fn titled(&mut self, title: &str, pieces: &[String]) {
        if !pieces.is_empty() {
            self.piece(&format!("\n**{}**\n\n", escaped(title)));
        }
        for piece in pieces {
            self.piece(piece);
        }
    }

    /// What passes a test, section by section.
    fn sections(&mut self, report: &Report<'_>, passes: impl Fn(&Item) -> bool) {
        for section in sections(report.change) {
            let items: Vec<String> =
                Section::items(&section).filter(|item| passes(item)).map(|item| self::item(item, report)).collect();
            self.titled(self.language.pick(section.title), &items);
        }
    }

    /// What is behind its title, with how much that is. An empty line lets what is within be Markdown.
    ///
    /// Source: <https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/organizing-information-with-collapsed-sections>.
    fn folded(&mut self, title: Sentence, count: usize, within: impl FnOnce(&mut Self)) {
        if count > 0 {
            let title = self.language.pick(title);
            self.frame(&format!("\n<details>\n<summary><b>{title}</b> · {count}</summary>\n"));
            within(self);
            self.frame("\n</details>\n");
        }
    }

    /// Says how much was left out.
    fn end(&mut self) {
        let count = self.left_out;
        if count > 0 {
            let said = self.language.say(
                format!("{count} more find no room in a comment: `drc diff` has them in its other formats."),
                format!("ほか {count} 件はコメントに収まりません。`drc diff` のほかの形式で確認してください。"),
            );
            self.frame(&format!("\n{said}\n"));
        }
    }
}

/// An item with its clause, and below it why, what to do, and why it may happen.
fn item(item: &Item, report: &Report<'_>) -> String {
    let language = report.language;
    let code_of = item.rule.map(|rule| format!(" {}", code(rule.code))).unwrap_or_default();
    let place = clause(item.span, report.sources);
    let place = place.map(|at| format!(" — {}", code(&format!("{}:{}", at.file, at.line)))).unwrap_or_default();
    let mut text = format!("- **{}**{code_of} {}{place}\n", word(item), said(item.text.get(language)));
    let details = item.details.iter().map(|detail| detail.get(language).to_owned()).chain(allowed(item, language));
    text.extend(details.map(|detail| format!("  - {}\n", said(&detail))));
    let steps = item.steps.iter().zip(1..);
    text.extend(steps.map(|(step, number)| format!("  {number}. {}\n", said(step.get(language)))));
    text
}

/// A sentence on one line in which nothing but code is markup.
fn said(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}
