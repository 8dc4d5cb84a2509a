//! The page of a rule, with what its fact rests on.

use serde_json::{Value, json};

use crate::rule::Rule;

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// The page as Markdown.
pub fn markdown(rule: &Rule) -> String {
    let (severity, evidence) = (rule.severity.word(), rule.evidence.word());
    let source = if rule.source.is_empty() { String::new() } else { format!(": <{}>", rule.source) };
    format!("# {severity}[{}]: {}\n\n{}\n\n## Evidence\n\n{evidence}{source}\n", rule.code, rule.name, body(rule))
}

/// The pages of rules as one JSON document, pretty-printed with a final line break.
pub fn json(rules: &[&Rule]) -> String {
    let document = json!({
        "schemaVersion": SCHEMA_VERSION,
        "rules": rules.iter().map(|rule| value(rule)).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn value(rule: &Rule) -> Value {
    json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.word(),
        "summary": rule.summary(),
        "page": body(rule),
        "evidence": rule.evidence.word(),
        "source": Some(rule.source).filter(|source| !source.is_empty()),
    })
}

/// The page without the blank that begins each line of a doc comment.
fn body(rule: &Rule) -> String {
    let lines: Vec<&str> = rule.page.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n").trim().to_owned()
}
