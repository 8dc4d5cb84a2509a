//! The rationale for a terminal: wrapped to its width, in colours where it has them.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::fields::{Label, Marks, Told, closing, heading, listed, opening, pages_title};
use super::{Explanation, Language, Point};
use crate::diagnostic::human::{Colour, Style};

/// Fewer columns than this are not wrapped to.
const NARROWEST: usize = 40;

/// Columns of a label with the gap behind it.
const COLUMN: usize = 10;

/// A terminal makes nothing of any character.
const PLAIN: Marks = Marks {
    text: str::to_owned,
    code: str::to_owned,
    quoted: |words| format!("`{words}`"),
    page: |number| format!("[{number}]"),
};

const BOLD: &str = "\u{1b}[1m";
const CYAN: &str = "\u{1b}[36m";
const DIM: &str = "\u{1b}[2m";
const RESET: &str = "\u{1b}[0m";

/// Writes the whole explanation, point after point.
///
/// # Errors
///
/// What is written to fails.
pub fn write(explanation: &Explanation<'_>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let mut page = Page { text: String::new(), style, language: explanation.language, told: Told::default() };
    // Headings tell sections apart.
    let is_alone = explanation.sections.len() == 1;
    for (index, section) in explanation.sections.iter().enumerate() {
        if !is_alone {
            page.title(index > 0, section.kind.title(explanation.language));
        }
        for (number, point) in explanation.told(section).enumerate() {
            if !is_alone || number > 0 {
                page.text.push('\n');
            }
            page.told.begin(&point);
            page.point(&point, 0);
            out.write_all(std::mem::take(&mut page.text).as_bytes())?;
        }
    }
    page.pages(is_alone);
    out.write_all(page.text.as_bytes())
}

struct Page {
    text: String,
    style: Style,
    language: Language,
    told: Told,
}

impl Page {
    fn width(&self) -> usize {
        self.style.width.max(NARROWEST)
    }

    fn paint(&self, colour: &str, text: &str) -> String {
        match self.style.colour {
            Colour::Always if !text.is_empty() => format!("{colour}{text}{RESET}"),
            Colour::Always | Colour::Never => text.to_owned(),
        }
    }

    /// One line or several, indented, in one colour.
    fn line(&mut self, indent: usize, colour: &str, text: &str) {
        for line in wrap(text, self.width().saturating_sub(indent)) {
            let line = self.paint(colour, &line);
            self.text.push_str(&" ".repeat(indent));
            self.text.push_str(&line);
            self.text.push('\n');
        }
    }

    /// A heading with a line below it.
    fn title(&mut self, is_apart: bool, title: &str) {
        if is_apart {
            self.text.push('\n');
        }
        self.line(0, BOLD, title);
        self.line(0, DIM, &"─".repeat(title.width().min(self.width())));
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
            self.text.extend([gap, &format!("{number:>column$}"), " ", page, "\n"]);
        }
    }

    /// A label in a column of its own, and the text beside it.
    fn labelled(&mut self, indent: usize, label: Label, text: &str) {
        if label == Label::Fact {
            return self.line(indent, "", text);
        }
        let word = label.word(self.language);
        let gap = " ".repeat(COLUMN.saturating_sub(word.width()));
        let mut head = format!("{}{gap}", self.paint(DIM, word));
        for line in wrap(text, self.width().saturating_sub(indent + COLUMN)) {
            self.text.push_str(&" ".repeat(indent));
            self.text.push_str(&head);
            self.text.push_str(&line);
            self.text.push('\n');
            head = " ".repeat(COLUMN);
        }
    }
}

/// Characters that may not begin a line.
const CLOSING: &str = "、。」)』】)]},.;:!?ー・々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ";

/// Breaks a text into lines: between words, and between Japanese characters.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for atom in atoms(text) {
        if line.width() + atom.trim_end().width() > width && !line.is_empty() {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        line.push_str(&atom);
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// The pieces that are not broken: a word with the spaces behind it, or one wide character with
/// the punctuation that belongs to it.
fn atoms(text: &str) -> Vec<String> {
    let mut atoms: Vec<String> = Vec::new();
    for character in text.chars() {
        let wide = |c: char| c.width() == Some(2);
        let joins = atoms.last().and_then(|atom| atom.chars().last()).is_some_and(|last| {
            let word = !wide(character) && !wide(last) && (character == ' ' || last != ' ');
            word || CLOSING.contains(character) || "「『(【".contains(last)
        });
        match atoms.last_mut() {
            Some(atom) if joins => atom.push(character),
            _ => atoms.push(character.to_string()),
        }
    }
    atoms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_not_broken() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("a-very-long-word b", 5), ["a-very-long-word", "b"]);
    }

    #[test]
    fn japanese_is_broken_between_characters_but_not_before_punctuation() {
        assert_eq!(wrap("復旧ポイント、コピー", 12), ["復旧ポイン", "ト、コピー"]);
        assert_eq!(wrap("を行って", 4), ["を", "行っ", "て"]);
        assert_eq!(wrap("AWS Backup は復元", 12), ["AWS Backup ", "は復元"].map(str::trim_end));
    }
}
