//! Diagnostics for people, drawn by codespan-reporting: what has one cause is shown once, errors last, nearest to the
//! prompt.

mod excerpt;
mod group;
mod place;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use codespan_reporting::diagnostic::{Diagnostic as Drawing, Severity as Level};
use codespan_reporting::term::{self, Config, DisplayStyle};
use group::{Group, groups};
use place::{Excerpts, GUTTER};

use super::text::visible;
use super::{Diagnostic, Diagnostics};
use crate::rule::Severity;
use crate::source::{FileId, Sources, Span};
use crate::text::wrap::{paragraph, wrap};

/// Whether escape sequences for colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// With colours.
    Always,
}

impl Colour {
    /// A text between escape sequences, where they are written.
    pub(crate) fn paint(self, sequence: &str, text: &str) -> String {
        match self {
            Self::Always if !(sequence.is_empty() || text.is_empty()) => format!("{sequence}{text}{RESET}"),
            Self::Always | Self::Never => text.to_owned(),
        }
    }
}

pub(crate) const BOLD: &str = "\u{1b}[1m";
pub(crate) const DIM: &str = "\u{1b}[2m";
pub(crate) const CYAN: &str = "\u{1b}[36m";
pub(crate) const RED: &str = "\u{1b}[1;31m";
pub(crate) const YELLOW: &str = "\u{1b}[1;33m";
pub(crate) const GREEN: &str = "\u{1b}[1;32m";
const RESET: &str = "\u{1b}[0m";

/// How a text for people is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether it has colours.
    pub colour: Colour,
}

impl Style {
    /// What has no terminal to fit into.
    pub const PLAIN: Self = Self { width: 120, colour: Colour::Never };
}

/// Lines are not cut to fewer columns than these.
const NARROWEST: usize = 40;

/// When so many groups are shown, warnings end. Errors never do.
const MOST: usize = 100;

/// More findings than these are counted by their codes at the end.
const MANY: usize = 10;

/// How many places of a warning are named.
const PLACES: usize = 3;

/// All findings as text for a terminal, with a closing line that counts them.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    let mut text = String::new();
    let page = Page { sources, colour: style.colour, width: style.width.max(NARROWEST) };
    let (warnings, errors) = (groups(diagnostics, false), groups(diagnostics, true));
    let (shown, rest) = warnings.split_at(warnings.len().min(MOST.saturating_sub(errors.len())));
    for group in shown {
        page.group(group, &mut text);
    }
    if !rest.is_empty() {
        let rest: usize = rest.iter().map(Group::count).sum();
        let word = if shown.is_empty() { "warning" } else { "more warning" };
        // Writing to a String cannot fail.
        let rest = format!("{}, not shown here: `--message-format short` lists all", count(rest, word));
        let _ = writeln!(text, "{}\n", paragraph(&rest, page.width));
    }
    for group in &errors {
        page.group(group, &mut text);
    }
    summary(diagnostics, &mut text);
    text
}

/// The line of a spec that a place is in, with the place marked, for what is said of it beside.
pub fn excerpt(span: Span, sources: &Sources, style: Style) -> String {
    let page = Page { sources, colour: style.colour, width: style.width.max(NARROWEST) };
    let (excerpts, labels, _) = page.marked(std::iter::once((span, true, "")));
    let drawn = page.draw(&excerpts, DisplayStyle::Rich, &Drawing::note().with_labels(labels));
    // The first line is for a message.
    let lines: Vec<&str> = drawn.lines().skip(1).filter(|line| !is_border(line)).collect();
    lines.join("\n")
}

/// How many of the other places that belong to a finding are drawn.
const RELATED: usize = 8;

/// What every drawing needs.
struct Page<'a> {
    sources: &'a Sources,
    colour: Colour,
    width: usize,
}

impl Page<'_> {
    fn group(&self, group: &Group<'_>, text: &mut String) {
        let Some(first) = group.findings.first() else { return };
        let severity = first.rule.severity;
        let Some((last, others)) = group.findings.split_last() else { return };
        for finding in others {
            text.push_str(&self.draw(&Excerpts::default(), DisplayStyle::Short, &self.head(finding)));
        }
        let (excerpts, labels, below) = self.places(&group.findings);
        let mut notes: Vec<String> = below.into_iter().collect();
        for help in group.findings.iter().flat_map(|finding| &finding.help) {
            // What cures them all comes last.
            notes.retain(|said| said != help);
            notes.push(help.clone());
        }
        let undrawn: usize = group.findings.iter().map(|finding| finding.related.len().saturating_sub(RELATED)).sum();
        if undrawn > 0 {
            notes.push(format!("{undrawn} more places belong to it: `--message-format json` has them"));
        }
        notes.extend(self.elsewhere(group, severity));
        let columns = self.width.saturating_sub(GUTTER);
        let notes = notes.iter().map(|note| wrap(&visible(note), columns).join("\n")).collect();
        let drawing = self.head(last).with_labels(labels).with_notes(notes);
        let drawn = self.draw(&excerpts, DisplayStyle::Rich, &drawing);
        for line in drawn.lines().filter(|line| !is_border(line)) {
            text.push_str(line);
            text.push('\n');
        }
    }

    fn draw(&self, excerpts: &Excerpts, display_style: DisplayStyle, drawing: &Drawing<FileId>) -> String {
        let config = Config { display_style, ..Config::default() };
        let drawn = match self.colour {
            Colour::Never => term::emit_into_string(&config, excerpts, drawing),
            Colour::Always => {
                let mut buffer = term::termcolor::Ansi::new(Vec::new());
                term::emit_to_write_style(&mut buffer, &config, excerpts, drawing)
                    .map(|()| String::from_utf8_lossy(&buffer.into_inner()).into_owned())
            }
        };
        // A place that cannot be drawn must not lose the message.
        drawn.unwrap_or_else(|problem| format!("{} ({problem})\n", drawing.message))
    }

    /// What a finding says, without its places.
    fn head(&self, finding: &Diagnostic) -> Drawing<FileId> {
        let level = match finding.rule.severity {
            Severity::Error | Severity::Loss => Level::Error,
            Severity::Warning => Level::Warning,
        };
        let before = format!("{}[{}]:", finding.rule.severity.word(), finding.rule.code);
        // The first word stays beside what is before it.
        let said = paragraph(&format!("{before}\u{a0}{}", visible(&finding.message)), self.width);
        let message = said.strip_prefix(&before).unwrap_or(&said).trim_start();
        Drawing::new(level).with_code(finding.rule.code).with_message(message)
    }

    /// Where else the same is found: of an error every place, of a warning the first.
    fn elsewhere(&self, group: &Group<'_>, severity: Severity) -> Option<String> {
        let first = group.findings.first()?;
        let shown = match severity {
            Severity::Error | Severity::Loss => group.elsewhere.len(),
            Severity::Warning => group.elsewhere.len().min(PLACES),
        };
        let mut file = first.span.file;
        let mut places = Vec::new();
        for span in group.elsewhere.iter().take(shown) {
            let (name, line, column) = self.sources.position(span.file, span.start);
            // A place in the file of the one before needs no name.
            places.push(if span.file == file { format!("{line}:{column}") } else { format!("{name}:{line}:{column}") });
            file = span.file;
        }
        let rest = match group.elsewhere.len() - shown {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let text = format!("in {} places, also {}{rest}", group.elsewhere.len() + 1, places.join(", "));
        (!group.elsewhere.is_empty()).then_some(text)
    }
}

/// Whether a line of a drawing is nothing but the border, which says nothing.
fn is_border(line: &str) -> bool {
    let mut in_escape = false;
    let shown = line.chars().filter(|character| {
        let begins = *character == '\u{1b}';
        let hidden = in_escape || begins;
        in_escape = begins || (in_escape && *character != 'm');
        !hidden && !character.is_whitespace()
    });
    shown.eq(['│'])
}

/// Counts the findings: by their codes where they are many, and all of them.
fn summary(diagnostics: &Diagnostics, text: &mut String) {
    let (errors, warnings) = diagnostics.counts();
    if errors + warnings > MANY {
        let mut codes: BTreeMap<(bool, &str, &str), usize> = BTreeMap::new();
        for finding in diagnostics.iter() {
            *codes.entry((finding.is_error(), finding.rule.code, finding.rule.name)).or_default() += 1;
        }
        let width = codes.values().map(|number| number.to_string().len()).max().unwrap_or(0);
        for ((_, code, name), number) in codes {
            let _ = writeln!(text, "{number:>width$} {code} {name}");
        }
    }
    let counted = match (errors, warnings) {
        (0, 0) => return,
        (_, 0) => count(errors, "error"),
        (0, _) => count(warnings, "warning"),
        _ => format!("{}, {}", count(warnings, "warning"), count(errors, "error")),
    };
    let _ = writeln!(text, "{counted}; `drc explain CODE` says more");
}

fn count(number: usize, word: &str) -> String {
    match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    }
}
