//! Diagnostics as SARIF 2.1.0, which code hosts show beside the lines.
//!
//! Source of the format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics};
use crate::json;
use crate::rule::DiagnosticRule;
use crate::source::{Sources, Span};
use crate::text::Language;

/// The findings as one SARIF run, pretty-printed with a final line break.
pub fn render(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut rules: Vec<&'static DiagnosticRule> = diagnostics.iter().map(|finding| finding.rule).collect();
    rules.sort_by_key(|rule| rule.code);
    rules.dedup_by_key(|rule| rule.code);
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "drc",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| describe_rule(rule)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(|finding| result(finding, sources)).collect::<Vec<_>>(),
        }],
    });
    json::text(&log)
}

fn describe_rule(rule: &DiagnosticRule) -> Value {
    json::present(json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.summary(Language::English) },
        "fullDescription": { "text": rule.page.en.trim() },
        "defaultConfiguration": { "level": rule.severity.word() },
        "helpUri": (!rule.source.is_empty()).then_some(rule.source),
    }))
}

fn result(finding: &Diagnostic, sources: &Sources) -> Value {
    let text = finding.lines().collect::<Vec<_>>().join("\n");
    json!({
        "ruleId": finding.rule.code,
        "level": finding.rule.severity.word(),
        "message": { "text": text },
        "locations": [{ "physicalLocation": location(finding.span, sources) }],
        "relatedLocations": finding.related.iter().map(|(span, message)| json!({
            "physicalLocation": location(*span, sources),
            "message": { "text": message },
        })).collect::<Vec<_>>(),
    })
}

fn location(span: Span, sources: &Sources) -> Value {
    let (file, line, column) = sources.position(span.file, span.start);
    let (_, end_line, end_column) = sources.position(span.file, span.end);
    json!({
        "artifactLocation": { "uri": uri(file) },
        "region": { "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column },
    })
}

/// A relative reference for a file name: every byte that is not plain is percent-encoded.
fn uri(file: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    file.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
