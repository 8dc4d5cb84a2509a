//! What is said about a spec: made from rules only, collected by all phases in one place.

pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
pub mod short;
mod text;

use crate::rule::{Rule, Severity};
use crate::source::{FileId, SourceFile, Sources, Span};

/// A finding: which rule, where, what is wrong in the user's words, and what to write instead. Its
/// texts are bounded: a word of the user's that is too long to be read is cut in them.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that fired.
    pub rule: &'static Rule,
    /// Where.
    pub span: Span,
    /// What is; lower case, no final period.
    pub message: String,
    /// Text under the primary place.
    pub label: Option<String>,
    /// Other places that belong to it.
    pub related: Vec<(Span, String)>,
    /// What to do; what cures it is said last.
    pub help: Vec<String>,
}

impl Diagnostic {
    pub(crate) fn new(rule: &'static Rule, span: Span, message: String) -> Self {
        Self { rule, span, message: text::bounded(message), label: None, related: Vec::new(), help: Vec::new() }
    }

    /// Says something under the primary place.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.label = Some(text::bounded(text.into()));
        self
    }

    /// Points at another place that belongs to the finding.
    #[must_use]
    pub fn related(mut self, span: Span, text: impl Into<String>) -> Self {
        self.related.push((span, text::bounded(text.into())));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text::bounded(text.into()));
        self
    }

    /// The help of a "did you mean", if there is one.
    #[must_use]
    pub fn suggest(self, suggestion: Option<&str>) -> Self {
        match suggestion {
            Some(word) => self.help(format!("did you mean `{word}`?")),
            None => self,
        }
    }

    /// All that is said of the primary place, a line each, for readers that show one text: what is, what stands under the
    /// place, and what to do.
    fn lines(&self) -> impl Iterator<Item = String> {
        let said = [&self.message].into_iter().chain(&self.label).cloned();
        said.chain(self.help.iter().map(|help| format!("help: {help}")))
    }

    /// Whether it stops the compilation.
    pub fn is_error(&self) -> bool {
        self.rule.severity == Severity::Error
    }
}

/// The findings of a run, from all phases.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    findings: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Adds all findings of another run.
    pub fn append(&mut self, mut other: Self) {
        self.findings.append(&mut other.findings);
    }

    /// Whether anything stops the compilation.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(Diagnostic::is_error)
    }

    /// Whether there is an error in this file.
    pub fn has_errors_in(&self, file: FileId) -> bool {
        self.findings.iter().any(|finding| finding.is_error() && finding.span.file == file)
    }

    /// The findings, in the order in which they were made unless [`Diagnostics::sort`] ran.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter()
    }

    /// How many errors and how many warnings there are.
    pub fn counts(&self) -> (usize, usize) {
        let errors = self.findings.iter().filter(|finding| finding.is_error()).count();
        (errors, self.findings.len() - errors)
    }

    /// Orders by file, place and code, and drops what is said twice.
    pub fn sort(&mut self, sources: &Sources) {
        let name = |file| sources.file(file).map_or("", SourceFile::name);
        self.findings.sort_by(|left, right| {
            name(left.span.file)
                .cmp(name(right.span.file))
                .then_with(|| (left.span, left.rule.code).cmp(&(right.span, right.rule.code)))
                .then_with(|| left.message.cmp(&right.message))
        });
        self.findings.dedup_by(|second, first| {
            second.span == first.span && second.rule.code == first.rule.code && second.message == first.message
        });
    }

    /// Keeps only findings for which `keep` holds.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.findings.retain(keep);
    }
}
