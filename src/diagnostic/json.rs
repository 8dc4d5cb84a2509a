//! Diagnostics as one JSON document.

use serde::Serialize;

use super::{Cure, Diagnostic, Diagnostics};
use crate::source::{Sources, Span};

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    schema_version: u32,
    diagnostics: Vec<Finding<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Finding<'a> {
    code: &'a str,
    name: &'a str,
    severity: &'a str,
    message: &'a str,
    place: Place<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
    related: Vec<Related<'a>>,
    help: &'a [String],
    cures: Vec<Cured<'a>>,
    evidence: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    source: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
struct Related<'a> {
    place: Place<'a>,
    message: &'a str,
}

/// What settles a finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Cured<'a> {
    Write(&'a str),
    Run(&'a str),
    /// The words at the finding's place.
    Remove(&'a str),
}

/// The findings as pretty-printed JSON with a final line break.
pub fn render(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let report = Report {
        schema_version: SCHEMA_VERSION,
        diagnostics: diagnostics.iter().map(|finding| describe(finding, sources)).collect(),
    };
    serde_json::to_string_pretty(&report).map_or_else(|error| error.to_string(), |text| text + "\n")
}

fn describe<'a>(finding: &'a Diagnostic, sources: &'a Sources) -> Finding<'a> {
    Finding {
        code: finding.rule.code,
        name: finding.rule.name,
        severity: finding.rule.severity.word(),
        message: &finding.message,
        place: place(finding.span, sources),
        label: finding.label.as_deref(),
        related: finding
            .related
            .iter()
            .map(|(span, message)| Related { place: place(*span, sources), message })
            .collect(),
        help: &finding.help,
        cures: finding.cures.iter().map(|cure| cured(cure, sources.snippet(finding.span))).collect(),
        evidence: finding.rule.evidence.words().en,
        source: finding.rule.source,
    }
}

fn cured<'a>(cure: &'a Cure, words: &'a str) -> Cured<'a> {
    match cure {
        Cure::Write(words) => Cured::Write(words),
        Cure::Run(command) => Cured::Run(command),
        Cure::Remove => Cured::Remove(words),
    }
}

fn place(span: Span, sources: &Sources) -> Place<'_> {
    let (file, line, column) = sources.position(span.file, span.start);
    let (_, end_line, end_column) = sources.position(span.file, span.end);
    Place { file, line, column, end_line, end_column }
}
