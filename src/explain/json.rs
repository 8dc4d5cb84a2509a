//! The rationale as one JSON document, of the shape that `schema/explain-2.json` describes.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::{Cause, Explanation, KnownFrom, Language, LocatedClause, Point, Screen, Section, TemplatePlace};
use crate::json::{self, List};
use crate::kind::call::Stage;
use crate::spec::Level;

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 2;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a, F: Serialize, S: Serialize> {
    schema_version: u32,
    language: &'static str,
    /// Where the explanation is whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    screen: Option<F>,
    systems: &'a [String],
    sections: S,
}

#[derive(Serialize)]
struct SectionDocument<P: Serialize> {
    kind: &'static str,
    title: &'static str,
    points: P,
}

/// Writes the whole explanation, point after point, pretty-printed with a final line break.
///
/// # Errors
///
/// What is written to fails.
pub fn write(explanation: &Explanation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let language = explanation.language;
    let screen = explanation.screen();
    let document = Document {
        schema_version: SCHEMA_VERSION,
        language: language.code(),
        screen: screen.as_ref().map(Screen::document),
        systems: &explanation.systems,
        sections: List(|| explanation.sections.iter().map(|section| self::section(section, language))),
    };
    json::write(&document, out)
}

fn section<'a>(section: &'a Section<'a>, language: Language) -> impl Serialize + 'a {
    SectionDocument {
        kind: section.kind.slug(),
        title: section.kind.title(language),
        points: List(move || section.points().map(move |point| PointDocument(point, language))),
    }
}

struct PointDocument<'a>(Cow<'a, Point>, Language);

impl Serialize for PointDocument<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(point, language) = self;
        let language = *language;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("subject", &point.subject)?;
        for (name, text) in [("of", &point.of), ("sid", &point.sid)] {
            if let Some(text) = text {
                map.serialize_entry(name, text)?;
            }
        }
        list(&mut map, "values", &point.values, |value| value)?;
        list(&mut map, "facts", &point.facts, |fact| fact)?;
        list(&mut map, "reasons", &point.causes, cause)?;
        list(&mut map, "phases", &point.phases, |phase| self::phase(*phase))?;
        list(&mut map, "knownFrom", &point.known_from, |source| known_from(*source, language))?;
        list(&mut map, "notes", &point.notes, |note| language.pick(*note))?;
        list(&mut map, "clauses", &point.clauses, clause)?;
        list(&mut map, "places", &point.places, place)?;
        list(&mut map, "points", &point.points, |part| PointDocument(Cow::Borrowed(part), language))?;
        map.end()
    }
}

/// A list that is left out where it is empty.
fn list<'a, M: SerializeMap, T, D: Serialize>(
    map: &mut M,
    name: &'static str,
    items: &'a [T],
    document: impl Fn(&'a T) -> D,
) -> Result<(), M::Error> {
    if items.is_empty() {
        return Ok(());
    }
    map.serialize_entry(name, &List(|| items.iter().map(&document)))
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

fn clause(clause: &LocatedClause) -> Value {
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
fn phase(phase: Stage) -> &'static str {
    match phase {
        Stage::Discover => "discover",
        Stage::BackUp => "back-up",
        Stage::CopyOut => "copy-out",
        Stage::CopyBack => "copy-back",
        Stage::Expire => "expire",
        Stage::RestoreAtSource => "restore-at-source",
        Stage::RestoreAtDestination => "restore-at-destination",
    }
}

/// The level's name, the same in every language.
pub(super) fn level(level: Level) -> &'static str {
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

fn place(place: &TemplatePlace) -> Value {
    json!({
        "stack": place.stack,
        "region": place.region,
        "file": place.file,
        "id": place.id,
        "path": place.path,
        "line": place.line,
    })
}
