//! Policy statements as points: what each allows on what, when, and under which condition.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::collect::{Context, at, grouped, shown};
use super::{KnownFrom, Language, Point};
use crate::cfn::note::{Note, Path};
use crate::kind::call::Source;
use crate::text::Sentence;

const STATEMENT: &str = ".Statement[]";

/// Whether a place is a statement of a policy document, or lies in one.
pub(super) fn is_inside(path: Path) -> bool {
    path.pattern().contains(STATEMENT)
}

/// The notes of each statement of each document of a resource, by the document's place.
pub(super) fn statements(notes: &[Note]) -> BTreeMap<(&'static str, usize), Vec<&Note>> {
    let mut statements: BTreeMap<(&'static str, usize), Vec<&Note>> = BTreeMap::new();
    for note in notes {
        if let Some((document, _)) = note.at.pattern().split_once(STATEMENT) {
            statements.entry((document, note.at.outer_index())).or_default().push(note);
        }
    }
    statements
}

/// A statement: its own reason, then its actions, its resources and its condition.
pub(super) fn point(context: &Context<'_>, id: &str, emitted: &Value, notes: &[&Note]) -> Point {
    let (own, parts): (Vec<&Note>, Vec<&Note>) =
        notes.iter().copied().partition(|note| note.at.pattern().ends_with(STATEMENT));
    let mut point = context.noted(id, emitted, &own);
    point.of = Some(id.to_owned());
    if let Some(statement) = own.first().and_then(|note| at(emitted, &note.at.to_string())) {
        point.sid = statement.get("Sid").and_then(shown);
        point.facts = vec![summary(context, statement)];
    }
    point.subject = point.sid.clone().unwrap_or_else(|| "Statement".to_owned());
    point.points = grouped(&parts, Path::pattern)
        .iter()
        .map(|notes| {
            let mut part = context.noted(id, emitted, notes);
            known(&mut part, notes, context.language);
            if part.values.is_empty() {
                let value = notes.first().and_then(|note| at(emitted, &note.at.to_string()));
                part.values.extend(value.map(conditions).unwrap_or_default());
            }
            part
        })
        .collect();
    give_reasons(&mut point);
    point.phases = point.points.iter().flat_map(|part| &part.phases).copied().collect();
    point
}

/// A statement is there for what its actions are needed for; why these stand in one statement comes last.
fn give_reasons(statement: &mut Point) {
    let actions = statement.points.iter().filter(|part| !part.known_from.is_empty());
    let mut reasons = Point::default();
    for (cause, clause) in actions.flat_map(Point::asked).chain(statement.asked()) {
        reasons.add(cause, clause.clone());
    }
    (statement.causes, statement.clauses) = (reasons.causes, reasons.clauses);
}

/// Where the calls that need an action are known from, and what is disputed about them.
fn known(part: &mut Point, notes: &[&Note], language: Language) {
    let calls = || notes.iter().filter_map(|note| note.call).map(|(call, _)| call);
    let sources: BTreeSet<Source> = calls().flat_map(|call| call.known_from).copied().collect();
    let disputed: BTreeSet<Sentence> = calls().filter_map(|call| call.note).collect();
    part.known_from =
        sources.iter().map(|source| KnownFrom { name: language.pick(source.name()), page: source.page() }).collect();
    part.notes = disputed.into_iter().map(|note| language.pick(note)).collect();
}

/// `Allows A and B on these 4 resources, if …`.
fn summary(context: &Context<'_>, statement: &Value) -> String {
    let texts = |name: &str| -> Vec<String> {
        match statement.get(name) {
            Some(Value::Array(items)) => items.iter().filter_map(shown).collect(),
            Some(other) => shown(other).into_iter().collect(),
            None => Vec::new(),
        }
    };
    let language = context.language;
    let actions = language.list(&texts("Action"));
    let resources = texts("Resource");
    let whom = statement.get("Principal").map(conditions).unwrap_or_default().join(", ");
    let conditioned = statement.get("Condition").is_some();
    let resources = match resources.as_slice() {
        [] => language.say(" with the role", "このロール自身").to_owned(),
        [only] => language.say(format!(" on {only}"), format!("{only} ")),
        all => language.say(format!(" on {} resources", all.len()), format!("{} 個のリソース", all.len())),
    };
    let condition = if conditioned { language.say(", under a condition", "条件付きで") } else { "" };
    let whom = if whom.is_empty() { whom } else { language.say(format!(" to {whom}"), format!("{whom} に、")) };
    language.say(
        format!("Allows {actions}{resources}{whom}{condition}."),
        format!("{whom}{resources}に対する {actions} を{condition}許可します。"),
    )
}

/// Principals and conditions, one line for each.
fn conditions(value: &Value) -> Vec<String> {
    let Value::Object(map) = value else { return shown(value).into_iter().collect() };
    map.iter()
        .flat_map(|(name, inner)| match inner {
            Value::Object(_) if shown(inner).is_none() => {
                conditions(inner).into_iter().map(|rest| format!("{name} {rest}")).collect()
            }
            Value::Array(items) => {
                let items: Vec<String> = items.iter().filter_map(shown).collect();
                vec![format!("{name}: {}", items.join(", "))]
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
                vec![format!("{name}: {}", shown(inner).unwrap_or_default())]
            }
        })
        .collect()
}
