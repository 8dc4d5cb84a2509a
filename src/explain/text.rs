//! The rationale for a terminal: wrapped to its width, in colours where it has them.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr as _;

use super::fields::{Label, Marks, Told, closing, heading, listed, opening, pages_title};
use super::{Explanation, Language, Point};
use crate::diagnostic::human::{BOLD, CYAN, Colour, DIM, Style};
use crate::text::wrap::wrap;

/// Fewer columns than this are not wrapped to.
const NARROWEST: usize = 40;

/// Columns of a label with the gap behind it.
const COLUMN: usize = 10;

/// A terminal makes nothing of any character.
const PLAIN: Marks<'_> = Marks {
    text: &str::to_owned,
    code: &str::to_owned,
    clause: &|clause| format!("`{}`", clause.text),
    page: &|number, _| format!("[{number}]"),
};

/// Writes the whole explanation, point after point.
///
/// # Errors
///
/// What is written to fails.
pub fn write(explanation: &Explanation<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { lines: Lines::new(style), language: explanation.language, told: Told::default() };
    // Headings tell sections apart.
    let sections = explanation.told_sections();
    let is_alone = sections.len() == 1;
    for (index, section) in sections.into_iter().enumerate() {
        if !is_alone {
            page.title(index > 0, section.kind.title(explanation.language));
        }
        for (number, point) in explanation.told(section).enumerate() {
            if !is_alone || number > 0 {
                page.lines.text.push('\n');
            }
            page.told.begin(&point);
            page.point(&point, 0);
            out.write_all(std::mem::take(&mut page.lines.text).as_bytes())?;
        }
    }
    page.pages(is_alone);
    out.write_all(page.lines.text.as_bytes())
}

/// Lines for a terminal.
pub(super) struct Lines {
    pub(super) text: String,
    pub(super) width: usize,
    pub(super) colour: Colour,
}

impl Lines {
    pub(super) fn new(style: Style) -> Self {
        Self { text: String::new(), width: style.width.max(NARROWEST), colour: style.colour }
    }

    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    /// A text in one colour, of which the first line begins otherwise than the rest.
    pub(super) fn hung(&mut self, first: &str, rest: &str, colour: &str, text: &str) {
        let mut begin = first;
        for line in wrap(text, self.width.saturating_sub(rest.width())) {
            let line = self.colour.paint(colour, line);
            self.line(&format!("{begin}{line}"));
            begin = rest;
        }
    }
}

struct Page {
    lines: Lines,
    language: Language,
    told: Told,
}

impl Page {
    /// One line or several, indented, in one colour.
    fn line(&mut self, indent: usize, colour: &str, text: &str) {
        let indent = " ".repeat(indent);
        self.lines.hung(&indent, &indent, colour, text);
    }

    /// A heading with a line below it.
    fn title(&mut self, is_apart: bool, title: &str) {
        if is_apart {
            self.lines.text.push('\n');
        }
        self.line(0, BOLD, title);
        self.line(0, DIM, &"─".repeat(title.width().min(self.lines.width)));
    }

    fn point(&mut self, point: &Point, indent: usize) {
        self.line(indent, CYAN, &heading(point, self.language, PLAIN));
        for value in listed(point) {
            self.line(indent + 2, "", &format!("- {value}"));
        }
        for (label, text) in opening(point, self.language, &mut self.told, PLAIN) {
            self.labelled(indent + 2, label, &text);
        }
        for part in &point.points {
            self.point(part, indent + 4);
        }
        for (label, text) in closing(point, self.language, &mut self.told, PLAIN) {
            self.labelled(indent + 2, label, &text);
        }
    }

    /// The pages that were referred to by their numbers.
    fn pages(&mut self, is_alone: bool) {
        let pages: Vec<(usize, &str)> = self.told.pages().collect();
        if !pages.is_empty() && !is_alone {
            self.title(true, pages_title(self.language));
        }
        let column = pages.len().to_string().len() + 2;
        for (index, (number, page)) in pages.into_iter().enumerate() {
            let gap = if index == 0 { "\n" } else { "" };
            let number = format!("[{number}]");
            // An address is never broken.
            self.lines.text.extend([gap, &format!("{number:>column$}"), " ", page, "\n"]);
        }
    }

    /// A label in a column of its own, and the text beside it.
    fn labelled(&mut self, indent: usize, label: Label, text: &str) {
        if label == Label::Fact {
            return self.line(indent, "", text);
        }
        let word = label.word(self.language);
        let gap = " ".repeat(COLUMN.saturating_sub(word.width()));
        let head = format!("{}{}{gap}", " ".repeat(indent), self.lines.colour.paint(DIM, word));
        self.lines.hung(&head, &" ".repeat(indent + COLUMN), "", text);
    }
}
