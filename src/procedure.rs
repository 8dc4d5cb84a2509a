//! What a person does at a shell, as data: a step with what to know, what to type and how to see that
//! it is done; commands of the AWS CLI, and the lines of POSIX shell that they become.
//!
//! INVARIANT: what a step types is one compound command, which ends at the first call that is refused
//! and the first value that is missing. A step that others build on leaves a mark, without which they do
//! not begin.

pub mod command;
pub mod line;
pub mod shell;

use crate::text::Text;
use line::Line;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The mark that it leaves when it is done, and that the steps after it ask for.
    pub mark: Option<&'static str>,
    /// The mark that it asks for.
    pub after: Option<&'static str>,
    /// What it leaves in the person's shell for the steps after it.
    pub leaves: Option<Left>,
    /// What is done.
    pub title: Text,
    /// What to know.
    pub prose: Vec<Text>,
    /// What to type.
    pub lines: Vec<Line>,
    /// How to see that it is done.
    pub done: Option<Text>,
    /// How long it may take.
    pub takes: Option<Text>,
    /// The page that says so.
    pub source: Option<&'static str>,
}

/// What a step leaves in the person's shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// The functions that steps use.
    Functions,
    /// The place at which the steps after it work, as its folder is called.
    Place(String),
}

impl Step {
    /// A step with nothing to type yet.
    pub(crate) fn new(title: Text) -> Self {
        Self {
            mark: None,
            after: None,
            leaves: None,
            title,
            prose: Vec::new(),
            lines: Vec::new(),
            done: None,
            takes: None,
            source: None,
        }
    }

    /// Leaves this mark.
    pub(crate) fn mark(mut self, mark: &'static str) -> Self {
        self.mark = Some(mark);
        self
    }

    /// Asks for this mark.
    pub(crate) fn after(mut self, mark: &'static str) -> Self {
        self.after = Some(mark);
        self
    }

    /// Leaves this in the person's shell.
    pub(crate) fn leaves(mut self, left: Left) -> Self {
        self.leaves = Some(left);
        self
    }

    pub(crate) fn prose(mut self, prose: impl IntoIterator<Item = Text>) -> Self {
        self.prose.extend(prose);
        self
    }

    pub(crate) fn lines(mut self, lines: impl IntoIterator<Item = Line>) -> Self {
        self.lines.extend(lines);
        self
    }

    pub(crate) fn done(mut self, done: impl Into<Text>) -> Self {
        self.done = Some(done.into());
        self
    }

    pub(crate) fn takes(mut self, takes: impl Into<Text>) -> Self {
        self.takes = Some(takes.into());
        self
    }

    pub(crate) fn source(mut self, source: &'static str) -> Self {
        self.source = Some(source);
        self
    }

    /// Every command that it types, in order.
    pub fn commands(&self) -> impl Iterator<Item = &command::Command> {
        self.lines.iter().flat_map(Line::commands)
    }

    /// Every line that it types, those of loops among them.
    pub fn typed(&self) -> impl Iterator<Item = &Line> {
        self.lines.iter().flat_map(Line::within)
    }
}
