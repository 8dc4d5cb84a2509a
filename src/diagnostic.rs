//! What is said about a spec: made from rules only, collected by all phases in one place.

pub mod github;
pub mod human;
pub mod json;
pub mod sarif;
pub mod short;
pub(crate) mod text;

use std::cmp::Ordering;

use crate::rule::{DiagnosticRule, Severity};
use crate::source::{FileId, SourceFile, Sources, Span};

/// A finding: which rule, where, what is wrong in the user's words, and what to write instead. Its
/// texts are bounded: a word of the user's that is too long to be read is cut in them.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The rule that fired.
    pub rule: &'static DiagnosticRule,
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
    /// What settles it, the best first; nothing where only a decision does that no words can name.
    pub cures: Vec<Cure>,
}

/// What settles a finding, without the sentence that the help sets it in. A word in capitals, such as `ARN`, stands for
/// what only the reader knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cure {
    /// Words for the spec, in place of those that the finding is about or, where there are none, behind them.
    Write(String),
    /// A command for a shell.
    Run(String),
    /// The words that the finding is about go.
    Remove,
}

impl Cure {
    /// The command, if it is one.
    pub fn command(&self) -> Option<&str> {
        match self {
            Self::Run(command) => Some(command),
            Self::Write(_) | Self::Remove => None,
        }
    }
}

impl DiagnosticRule {
    /// A finding of this rule at a place.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            rule: self,
            span,
            message: text::bounded(message.into()),
            label: None,
            related: Vec::new(),
            help: Vec::new(),
            cures: Vec::new(),
        }
    }
}

impl Diagnostic {
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

    /// Says what to write, in a sentence that has `{}` in its place.
    #[must_use]
    pub fn write(self, sentence: &str, words: impl Into<String>) -> Self {
        let words = words.into();
        self.help(set(sentence, &words)).cures([Cure::Write(words)])
    }

    /// Says what to run, in a sentence that has `{}` in its place.
    #[must_use]
    pub fn run(self, sentence: &str, command: impl Into<String>) -> Self {
        let command = command.into();
        self.help(set(sentence, &command)).cures([Cure::Run(command)])
    }

    /// Says what to do, and what to write for it where that is known.
    #[must_use]
    pub fn advise(self, advice: &str, words: Option<String>) -> Self {
        match words {
            Some(words) => self.write(&format!("{advice}: {{}}"), words),
            None => self.help(advice),
        }
    }

    /// Adds what settles it, where the help says so in other words.
    #[must_use]
    pub fn cures(mut self, cures: impl IntoIterator<Item = Cure>) -> Self {
        self.cures.extend(cures.into_iter().map(|cure| match cure {
            Cure::Write(words) => Cure::Write(text::bounded(words)),
            Cure::Run(command) => Cure::Run(text::bounded(command)),
            Cure::Remove => Cure::Remove,
        }));
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

    /// The order of findings: by file, place, code and message.
    pub(crate) fn order(&self, other: &Self, sources: &Sources) -> Ordering {
        let name = |file| sources.file(file).map_or("", SourceFile::name);
        name(self.span.file)
            .cmp(name(other.span.file))
            .then_with(|| (self.span, self.rule.code).cmp(&(other.span, other.rule.code)))
            .then_with(|| self.message.cmp(&other.message))
    }

    /// Whether it says again what another says.
    pub(crate) fn repeats(&self, other: &Self) -> bool {
        (self.span, self.rule.code, &self.message) == (other.span, other.rule.code, &other.message)
    }

    /// Whether it keeps files from being written.
    pub fn is_error(&self) -> bool {
        self.rule.severity != Severity::Warning
    }
}

/// A sentence with what it has `{}` for.
fn set(sentence: &str, words: &str) -> String {
    sentence.replacen("{}", &format!("`{words}`"), 1)
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

    /// What there is, or a finding where there is nothing.
    pub(crate) fn require<T>(&mut self, found: Option<T>, otherwise: impl FnOnce() -> Diagnostic) -> Option<T> {
        if found.is_none() {
            self.push(otherwise());
        }
        found
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
        self.findings.sort_by(|left, right| left.order(right, sources));
        self.findings.dedup_by(|second, first| second.repeats(first));
    }

    /// Takes out the findings for which `take` holds.
    pub(crate) fn extract(&mut self, take: impl FnMut(&mut Diagnostic) -> bool) -> Vec<Diagnostic> {
        self.findings.extract_if(.., take).collect()
    }

    /// Keeps only findings for which `keep` holds.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.findings.retain(keep);
    }
}
