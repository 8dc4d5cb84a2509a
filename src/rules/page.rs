//! The page of a rule, with what its fact rests on.

use serde_json::{Value, json};

use crate::rule::DiagnosticRule;
use crate::text::wrap::wrap;
use crate::text::{Language, Sentence};

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// Over the examples.
const EXAMPLE: Sentence = Sentence::new("## Example", "## 例");

/// Between what fires the rule and the same made right.
const INSTEAD: Sentence = Sentence::new("Use instead:", "代わりに、次のように書きます。");

/// Over what the fact rests on.
const EVIDENCE: Sentence = Sentence::new("## Evidence", "## 根拠");

/// The page as Markdown. Its title is as diagnostics print it, which are English.
pub fn markdown(rule: &DiagnosticRule, language: Language) -> String {
    let severity = rule.severity.word();
    let (heading, evidence) = (language.pick(EVIDENCE), language.pick(rule.evidence.words()));
    let source = if rule.source.is_empty() { String::new() } else { format!(": <{}>", rule.source) };
    let body = body(rule, language);
    format!("# {severity}[{}]: {}\n\n{body}\n\n{heading}\n\n{evidence}{source}\n", rule.code, rule.name)
}

/// The page for a terminal: the Markdown, with its paragraphs in lines of so many columns.
pub fn text(rule: &DiagnosticRule, language: Language, width: usize) -> String {
    let (mut text, mut gathered, mut is_code) = (String::new(), String::new(), false);
    for line in markdown(rule, language).lines() {
        let is_fence = line.starts_with("```");
        if is_code || is_fence || line.is_empty() || line.starts_with('#') {
            text.push_str(&set(&std::mem::take(&mut gathered), width));
            text.push_str(line);
            text.push('\n');
            is_code ^= is_fence;
        } else {
            if !gathered.is_empty() {
                gathered.push(' ');
            }
            gathered.push_str(line);
        }
    }
    text + &set(&gathered, width)
}

/// A paragraph in lines, each with a line break behind it.
fn set(paragraph: &str, width: usize) -> String {
    let lines = if paragraph.is_empty() { Vec::new() } else { wrap(paragraph, width) };
    lines.into_iter().flat_map(|line| [line, "\n"]).collect()
}

/// The pages of rules as one JSON document, pretty-printed with a final line break.
pub fn json(rules: &[&DiagnosticRule], language: Language) -> String {
    let document = json!({
        "schemaVersion": SCHEMA_VERSION,
        "language": language.code(),
        "rules": rules.iter().map(|rule| value(rule, language)).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn value(rule: &DiagnosticRule, language: Language) -> Value {
    json!({
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.word(),
        "summary": rule.summary(language),
        "page": body(rule, language),
        "evidence": language.pick(rule.evidence.words()),
        "source": Some(rule.source).filter(|source| !source.is_empty()),
    })
}

/// What, why, and the examples, which every language takes from the English page.
fn body(rule: &DiagnosticRule, language: Language) -> String {
    let english = without_blanks(rule.page.en);
    let (prose, examples) = english.split_once(EXAMPLE.en).unwrap_or((&english, ""));
    let prose = language.say(prose, rule.page.ja).trim_end();
    if examples.is_empty() {
        return prose.to_owned();
    }
    let instead = |line| if line == INSTEAD.en { language.pick(INSTEAD) } else { line };
    let examples: Vec<&str> = examples.lines().map(instead).collect();
    format!("{prose}\n\n{}{}", language.pick(EXAMPLE), examples.join("\n").trim_end())
}

/// A doc comment without the blank that begins each of its lines.
fn without_blanks(comment: &str) -> String {
    let lines: Vec<&str> = comment.lines().map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
    lines.join("\n")
}
