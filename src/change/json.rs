//! What a change does as one JSON document, of the shape that `schema/diff-1.json` describes.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::deployed::StackId;
use super::resource::Policy;
use super::update::{Action, Refusal, StackAction};
use super::words::{clause, sections};
use super::{ChangedResource, Item, Report, Subject};
use crate::json;
use crate::source::{Sources, Span};
use crate::text::Language;

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// Writes everything, pretty-printed with a final line break. Texts are in the language of the report.
///
/// # Errors
///
/// What is written to fails.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Report { change, language, sources, hunks } = *report;
    let all = |items: &mut dyn Iterator<Item = &Item>| -> Vec<Value> {
        items.map(|item| self::item(item, sources, language)).collect()
    };
    let sections: Vec<Value> = sections(change)
        .map(|section| {
            let items = all(&mut section.items());
            json!({ "kind": section.slug, "title": language.pick(section.title), "items": items })
        })
        .collect();
    let unused = change.unused.iter();
    let unused = unused.map(|(span, code)| json!({ "code": code, "clause": place(Some(*span), sources) }));
    let document = json!({
        "schemaVersion": SCHEMA_VERSION,
        "language": language.code(),
        "verdict": change.verdict().word(),
        "meaning": language.pick(change.verdict().meaning()),
        "conditions": all(&mut change.conditions()),
        "sections": sections,
        "unused": unused.collect::<Vec<_>>(),
        "stacks": change.stacks.iter().map(|(id, action)| stack(id, *action)).collect::<Vec<_>>(),
        "resources": change.resources.iter().map(resource).collect::<Vec<_>>(),
        "hunks": hunks.iter().map(|hunk| json!({ "path": hunk.path, "diff": hunk.diff })).collect::<Vec<_>>(),
    });
    json::write(&document, out)
}

fn item(item: &Item, sources: &Sources, language: Language) -> Value {
    let texts =
        |texts: &[crate::text::Text]| texts.iter().map(|text| text.get(language).into()).collect::<Vec<Value>>();
    json!({
        "verdict": item.verdict.word(),
        "code": item.rule.map(|rule| rule.code),
        "allowed": item.allowed,
        "subject": subject(&item.subject),
        "text": item.text.get(language),
        "details": texts(&item.details),
        "steps": texts(&item.steps),
        "clause": place(item.span, sources),
    })
}

fn place(span: Option<Span>, sources: &Sources) -> Value {
    clause(span, sources).map_or(Value::Null, |at| json!({ "file": at.file, "line": at.line, "column": at.column }))
}

fn subject(subject: &Subject) -> Value {
    match subject {
        Subject::Vault(vault) => {
            json!({ "is": "vault", "account": vault.account, "region": vault.region, "name": vault.name })
        }
        Subject::Role(name) => json!({ "is": "role", "name": name }),
        Subject::Resource(at) if at.resource.is_empty() => {
            json!({ "is": "stack", "region": at.region, "name": at.stack })
        }
        Subject::Resource(at) => {
            json!({ "is": "resource", "region": at.region, "stack": at.stack, "id": at.resource })
        }
        Subject::Rule(plan, rule) if rule.is_empty() => json!({ "is": "plan", "name": plan }),
        Subject::Rule(plan, rule) => json!({ "is": "rule", "plan": plan, "name": rule }),
        Subject::Whole => json!({ "is": "whole" }),
    }
}

fn stack(id: &StackId, action: StackAction) -> Value {
    let action = match action {
        StackAction::Made => "create",
        StackAction::Updated => "update",
        StackAction::Kept => "keep",
        StackAction::Left => "leave",
    };
    json!({ "account": id.account, "region": id.region, "name": id.name, "action": action })
}

fn resource(changed: &ChangedResource) -> Value {
    let at = &changed.address;
    let mut value = json!({
        "region": at.region, "stack": at.stack, "id": at.resource, "type": changed.kind, "name": changed.name,
    });
    if let (Some(all), Value::Object(done)) = (value.as_object_mut(), action(&changed.action)) {
        all.extend(done);
    }
    value
}

fn action(action: &Action) -> Value {
    match action {
        Action::Made => json!({ "action": "create" }),
        Action::Kept => json!({ "action": "keep" }),
        Action::Updated(properties) => json!({ "action": "update", "properties": properties }),
        Action::Replaced { because, old } => {
            json!({ "action": "replace", "properties": because, "old": policy(*old) })
        }
        Action::Removed(old) => json!({ "action": "remove", "old": policy(*old) }),
        Action::Left => json!({ "action": "leave" }),
        Action::Refused(refusal) => {
            let (why, properties) = match refusal {
                Refusal::Fixed(properties) => ("fixed", properties.as_slice()),
                Refusal::SameName(properties) => ("sameName", properties.as_slice()),
                Refusal::NameTaken(_) => ("nameTaken", &[][..]),
                Refusal::Exists => ("exists", &[][..]),
                Refusal::OtherType(_) => ("otherType", &[][..]),
            };
            json!({ "action": "refuse", "why": why, "properties": properties })
        }
    }
}

fn policy(policy: Policy) -> &'static str {
    match policy {
        Policy::Delete => "delete",
        Policy::Retain => "retain",
    }
}
