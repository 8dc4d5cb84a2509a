//! The rationale as one JSON document, of the shape that `schema/explain-1.json` describes.

use serde_json::{Map, Value, json};

use super::{Cause, Clause, Explanation, KnownFrom, Language, Place, Point, Section};
use crate::aws::call::Phase;
use crate::spec::Level;

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// The whole explanation, pretty-printed with a final line break.
pub fn render(explanation: &Explanation) -> String {
    let sections = explanation.sections.iter().map(|section| self::section(section, explanation));
    let document = json!({
        "schemaVersion": SCHEMA_VERSION,
        "language": explanation.language.code(),
        "systems": explanation.systems,
        "sections": sections.collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn section(section: &Section, explanation: &Explanation) -> Value {
    json!({
        "kind": section.kind.slug(),
        "title": section.kind.title(explanation.language),
        "points": section.points.iter().map(|point| self::point(point, explanation.language)).collect::<Vec<_>>(),
    })
}

fn point(point: &Point, language: Language) -> Value {
    let mut map = Map::new();
    map.insert("subject".to_owned(), json!(point.subject));
    if let Some(of) = &point.of {
        map.insert("of".to_owned(), json!(of));
    }
    if let Some(sid) = &point.sid {
        map.insert("sid".to_owned(), json!(sid));
    }
    let mut list = |name: &str, items: Vec<Value>| {
        if !items.is_empty() {
            map.insert(name.to_owned(), Value::Array(items));
        }
    };
    list("values", point.values.iter().map(|value| json!(value)).collect());
    list("facts", point.facts.iter().map(|fact| json!(fact)).collect());
    list("reasons", point.causes.iter().map(cause).collect());
    list("phases", point.phases.iter().map(|phase| json!(self::phase(*phase))).collect());
    list("knownFrom", point.known_from.iter().map(|source| known_from(*source, language)).collect());
    list("notes", point.notes.iter().map(|note| json!(language.pick(*note))).collect());
    list("clauses", point.clauses.iter().map(clause).collect());
    list("places", point.places.iter().map(place).collect());
    list("points", point.points.iter().map(|part| self::point(part, language)).collect());
    Value::Object(map)
}

fn cause(cause: &Cause) -> Value {
    let quotes: Vec<Value> =
        cause.reason.quotes().map(|quote| json!({ "text": quote.text, "source": quote.source })).collect();
    let mut value = json!({
        "reason": cause.reason.name(), "why": cause.why, "without": cause.without, "source": cause.source,
    });
    if let Some(map) = value.as_object_mut().filter(|_| !quotes.is_empty()) {
        map.insert("quotes".to_owned(), quotes.into());
    }
    value
}

fn known_from(source: KnownFrom, language: Language) -> Value {
    json!({ "name": language.pick(source.name()), "page": source.page() })
}

fn clause(clause: &Clause) -> Value {
    json!({
        "clause": clause.name,
        "level": level(clause.level),
        "file": clause.file,
        "line": clause.line,
        "lastLine": clause.last_line,
        "column": clause.column,
        "text": clause.text,
    })
}

/// The phase's name, the same in every language.
fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Discover => "discover",
        Phase::BackUp => "back-up",
        Phase::CopyOut => "copy-out",
        Phase::CopyBack => "copy-back",
        Phase::Expire => "expire",
        Phase::RestoreAtSource => "restore-at-source",
        Phase::RestoreAtDestination => "restore-at-destination",
    }
}

/// The level's name, the same in every language.
fn level(level: Level) -> &'static str {
    match level {
        Level::Rule => "rule",
        Level::Statement => "statement",
        Level::Item => "item",
        Level::Defaults => "defaults",
        Level::Language => "language",
        Level::Derived => "derived",
        Level::DerivedFromDefaults => "derived-from-defaults",
    }
}

fn place(place: &Place) -> Value {
    json!({
        "stack": place.stack,
        "region": place.region,
        "file": place.file,
        "id": place.id,
        "path": place.path,
        "line": place.line,
    })
}
