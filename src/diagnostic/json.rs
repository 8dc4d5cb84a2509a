//! Diagnostics as one JSON document.

use serde_json::{Value, json};

use super::{Cure, Diagnostic, Diagnostics};
use crate::json;
use crate::source::{Sources, Span};

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// The findings as pretty-printed JSON with a final line break.
pub fn render(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let findings: Vec<Value> = diagnostics.iter().map(|finding| describe(finding, sources)).collect();
    json::text(&json!({ "schemaVersion": SCHEMA_VERSION, "diagnostics": findings }))
}

fn describe(finding: &Diagnostic, sources: &Sources) -> Value {
    let related =
        finding.related.iter().map(|(span, message)| json!({ "place": place(*span, sources), "message": message }));
    let cures = finding.cures.iter().map(|cure| match cure {
        Cure::Write(words) => json!({ "write": words }),
        Cure::Run(command) => json!({ "run": command }),
        // The words at the finding's place.
        Cure::Remove => json!({ "remove": sources.snippet(finding.span) }),
    });
    let rule = finding.rule;
    json::present(json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.word(),
        "message": finding.message,
        "place": place(finding.span, sources),
        "label": finding.label,
        "related": related.collect::<Vec<_>>(),
        "help": finding.help,
        "cures": cures.collect::<Vec<_>>(),
        "evidence": rule.evidence.words().en,
        "source": (!rule.source.is_empty()).then_some(rule.source),
    }))
}

fn place(span: Span, sources: &Sources) -> Value {
    let (file, line, column) = sources.position(span.file, span.start);
    let (_, end_line, end_column) = sources.position(span.file, span.end);
    json!({ "file": file, "line": line, "column": column, "endLine": end_line, "endColumn": end_column })
}
