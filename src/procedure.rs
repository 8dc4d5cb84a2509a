//! What a person does at a shell, as data: a step with what to know, what to type and how to see that
//! it is done; commands of the AWS CLI, and the lines of POSIX shell that they become.

pub mod command;
pub mod shell;

use crate::text::Text;
use command::Line;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
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

impl Step {
    /// A step with nothing to type yet.
    pub(crate) fn new(title: Text) -> Self {
        Self { title, prose: Vec::new(), lines: Vec::new(), done: None, takes: None, source: None }
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
}
