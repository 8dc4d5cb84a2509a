//! The screen in words, for every format.

use super::Screen;
pub use super::map::{Arrow, Stroke};
use super::verdict::Verdict;
use crate::text::Language;

/// The screen in a language.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The language.
    pub language: Language,
    /// What it is.
    pub title: String,
    /// Where it is written.
    pub place: String,
    /// What the verdict comes to, for colours.
    pub safety: Safety,
    /// Whether it is safe, and the figure.
    pub verdict: String,
    /// From what is backed up to its copies; nothing, where there are several statements.
    pub map: Vec<Arrow>,
    /// What else is told, under labels.
    pub blocks: Vec<Block>,
}

/// What a verdict comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// Nothing is to be feared.
    Safe,
    /// It depends on what no file can say.
    SafeIf,
    /// At some moment there may be nothing to restore from.
    Unsafe,
}

impl Safety {
    pub(super) fn of(verdict: &Verdict<'_>) -> Self {
        match verdict {
            Verdict::Safe => Self::Safe,
            Verdict::SafeIf(_) => Self::SafeIf,
            Verdict::Unsafe(_) => Self::Unsafe,
        }
    }
}

/// Rows under a label. Blocks that answer one question follow each other without a gap.
#[derive(Clone, Debug)]
pub struct Block {
    /// What the rows are about.
    pub label: &'static str,
    /// The rows, whose cells stand below each other.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it begins another question than the one before.
    pub begins: bool,
}

/// A cell of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words of the reader's language.
    Words(String),
    /// What is written or run as it stands.
    Code(String),
}

impl Cell {
    /// The text.
    pub fn text(&self) -> &str {
        match self {
            Self::Words(text) | Self::Code(text) => text,
        }
    }

    pub(super) fn code(text: impl Into<String>) -> Self {
        Self::Code(text.into())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Words(text)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Words(text.to_owned())
    }
}

impl Block {
    pub(super) fn new(label: &'static str, rows: Vec<Vec<Cell>>) -> Self {
        Self { label, rows, begins: false }
    }

    /// The first of those that answer a question.
    pub(super) fn first(label: &'static str, rows: Vec<Vec<Cell>>) -> Self {
        Self { begins: true, ..Self::new(label, rows) }
    }
}

impl Screen<'_> {
    /// The screen in a language.
    pub fn sheet(&self, language: Language) -> Sheet {
        let mut sheet = match self.backups.as_slice() {
            [backup] => self.of_one(backup, language),
            _ => self.of_several(language),
        };
        sheet.blocks.retain(|block| !block.rows.is_empty());
        sheet
    }
}
