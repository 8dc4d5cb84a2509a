//! Stacks and their origins into a rationale: what each emitted line is, which clause asked for it,
//! why, and what breaks without it.
//!
//! Everything is read from the very values that are emitted: a point's value is taken from the
//! resource as it is serialised, its reasons from the notes beside it, and its line from the text
//! of the template.

mod collect;
mod deploy;
mod fields;
mod figures;
pub mod html;
pub mod json;
mod line;
pub mod markdown;
mod narrow;
mod policy;
mod required;
pub mod screen;
mod section;
mod span;
pub mod text;
mod width;
mod words;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

pub use crate::text::Language;
pub use line::{TemplateLine, template_lines};
pub use narrow::{Narrowing, Nothing, narrow};
pub use screen::Screen;
pub use section::{Section, SectionKind};
pub use words::{NoWord, Words, words_at, words_of};

use crate::Compiled;
use crate::analysis::Analyses;
use crate::emit::{self, Format};
use crate::kind::call::Stage;
use crate::lower::Stack;
use crate::lower::reason;
use crate::reason::Reason;
use crate::source::Sources;
use crate::spec::Level;

/// What is explained.
#[derive(Debug)]
pub struct Input<'a> {
    sources: &'a Sources,
    compiled: &'a Compiled,
    format: Format,
    templates: HashMap<&'a str, &'a [u8]>,
    analyses: Analyses<'a>,
}

impl<'a> Input<'a> {
    /// The texts of the spec, and what came of them: without errors, and with templates of a format.
    pub fn new(sources: &'a Sources, compiled: &'a Compiled, format: Format) -> Self {
        let templates = compiled.files.iter().map(|file| (file.path.as_str(), &*file.bytes)).collect();
        Self { sources, compiled, format, templates, analyses: Analyses::of(&compiled.spec) }
    }

    /// The texts of the specs, and of the language's own defaults.
    pub fn sources(&self) -> &'a Sources {
        self.sources
    }

    /// The text of a stack's template.
    fn template(&self, stack: &Stack) -> &str {
        let bytes = self.templates.get(emit::template_path(stack, self.format).as_str());
        bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }
}

/// The rationale of a compilation.
#[derive(Clone, Debug)]
pub struct Explanation<'a> {
    /// The language that it is written in.
    pub language: Language,
    /// The names of the systems.
    pub systems: Vec<String>,
    /// In the reader's order; none is empty.
    pub sections: Vec<Section<'a>>,
    /// What is explained, unless it was narrowed.
    whole: Option<&'a Input<'a>>,
}

/// One thing with its reasons, in the language of the explanation.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Point {
    /// What it is: a property, a resource, a policy statement, a rule.
    pub subject: String,
    /// The rule or resource that it is part of, where that is not plain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The policy statement's name, for policy statements.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sid: Option<String>,
    /// Its values, as emitted.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// What follows from the values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// Why it is there.
    #[serde(rename = "reasons", skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Cause>,
    /// When AWS Backup needs it, for permissions.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub phases: BTreeSet<Stage>,
    /// Where it is known from that AWS Backup needs it, for permissions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub known_from: Vec<KnownFrom>,
    /// What these disagree on, and which side is taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<&'static str>,
    /// The clauses that asked for it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<LocatedClause>,
    /// Where it stands in the templates.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<TemplatePlace>,
    /// What it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub points: Vec<Point>,
}

/// Where it is known from that AWS Backup needs something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KnownFrom {
    /// What it is called.
    pub name: &'static str,
    /// Where it can be read, if anywhere.
    pub page: Option<&'static str>,
}

/// A reason in the language of the explanation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Which reason.
    pub reason: &'static Reason,
    /// Why.
    pub why: &'static str,
    /// What breaks without it, with AWS's own error text where it is known.
    pub without: &'static str,
    /// Which clauses of its point ask for it, counted from zero.
    pub asked_by: Vec<usize>,
}

/// A clause of the spec.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LocatedClause {
    /// By its words, such as `backup mydb / to ap-northeast-3`.
    #[serde(rename = "clause")]
    pub name: String,
    /// Who decided.
    pub level: Level,
    /// Name of the file.
    pub file: String,
    /// First line, counted from one.
    pub line: usize,
    /// Last line.
    pub last_line: usize,
    /// Column of the first character, counted from one.
    pub column: usize,
    /// The words themselves, on one line.
    pub text: String,
}

/// A place in a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TemplatePlace {
    /// Name of the stack.
    pub stack: String,
    /// Code of its region.
    pub region: &'static str,
    /// Path of the template below the output directory.
    pub file: String,
    /// Logical id of the resource, parameter or output; none for the template itself.
    pub id: Option<String>,
    /// The whole path in the template.
    pub path: String,
    /// Line, counted from one.
    pub line: usize,
}

/// Explains a compilation in a language.
pub fn explain<'a>(input: &'a Input<'a>, language: Language) -> Explanation<'a> {
    let mut points = collect::Collected::new(input, language);
    let analyses = &input.analyses;
    deploy::collect(input, analyses, language, &mut points);
    figures::collect(input, analyses, language, &mut points);
    for stack in &input.compiled.stacks {
        points.stack(stack);
    }
    required::collect(input, language, &mut points);
    width::collect(input, language, &mut points);
    deploy::recovery(input, language, &mut points);
    Explanation {
        language,
        systems: input.compiled.spec.systems.iter().map(|system| system.name.value.clone()).collect(),
        sections: points.into_sections(),
        whole: Some(input),
    }
}

impl Cause {
    /// A reason in a language, which no clause asks for yet.
    pub fn new(reason: &'static Reason, language: Language) -> Self {
        Self { reason, why: language.pick(reason.why), without: language.pick(reason.without), asked_by: Vec::new() }
    }
}

impl Point {
    /// Whether it says only what every template says.
    fn is_formal(&self) -> bool {
        !self.causes.is_empty() && self.causes.iter().all(|cause| reason::is_formal(cause.reason))
    }

    /// Only what it is, for what is said of its parts.
    fn frame(&self) -> Self {
        Self { subject: self.subject.clone(), of: self.of.clone(), sid: self.sid.clone(), ..Self::default() }
    }

    /// Adds a reason with the clause that asks for it, each of them once.
    fn add(&mut self, told: &Cause, clause: LocatedClause) {
        let known = self.clauses.iter().position(|known| *known == clause);
        let index = known.unwrap_or_else(|| {
            self.clauses.push(clause);
            self.clauses.len() - 1
        });
        match self.causes.iter_mut().find(|known| known.reason == told.reason) {
            Some(known) if known.asked_by.contains(&index) => {}
            Some(known) => known.asked_by.push(index),
            None => self.causes.push(Cause { asked_by: vec![index], ..told.clone() }),
        }
    }

    /// Each reason with each clause that asks for it.
    fn asked(&self) -> impl Iterator<Item = (&Cause, &LocatedClause)> {
        self.causes.iter().flat_map(|cause| {
            let clauses = cause.asked_by.iter().filter_map(|index| self.clauses.get(*index));
            clauses.map(move |clause| (cause, clause))
        })
    }
}

impl<'a> Explanation<'a> {
    /// The one screen that answers first; none of an explanation that was narrowed.
    pub fn screen(&self) -> Option<Screen<'a>> {
        self.whole.map(Screen::of)
    }

    /// What people are told of a section. What says only what every template says is told where there is nothing
    /// else.
    fn told<'s>(&self, section: &'s Section<'_>) -> impl Iterator<Item = Cow<'s, Point>> {
        let is_all_formal = self.points().all(|point| point.is_formal());
        section.points().filter(move |point| is_all_formal || !point.is_formal())
    }

    /// The sections that tell people anything.
    fn told_sections(&self) -> Vec<&Section<'_>> {
        self.sections.iter().filter(|section| self.told(section).next().is_some()).collect()
    }

    /// Every point, those within points included, one after the other.
    pub fn points(&self) -> impl Iterator<Item = Point> {
        let mut tops = self.sections.iter().flat_map(Section::points);
        let mut parts: Vec<Point> = Vec::new();
        std::iter::from_fn(move || {
            let point = parts.pop().or_else(|| tops.next().map(Cow::into_owned))?;
            parts.extend(point.points.iter().rev().cloned());
            Some(point)
        })
    }
}
