//! The calls of a role in the groups in which they are read.

use crate::prove::request::{account_of, component};
use crate::prove::{ClauseSpan, Forbidden, Judged, ModelCall, Occasion, RoleProof};
use crate::source::Sources;
use crate::text::{Language, Sentence};

/// A row of the table: what is called, on what, caused by what.
pub(super) type Row = [String; 3];

/// An action that is refused, why, and how often.
type Refusal<'a> = (&'a str, &'a str, usize);

/// The calls that are allowed: by step and by the statements that allow them.
pub(super) fn groups(role: &RoleProof, sources: &Sources) -> Vec<(Occasion, String, Vec<Row>)> {
    let mut groups: Vec<(Occasion, String, Vec<Row>)> = Vec::new();
    for call in role.calls.iter().filter(|call| call.allowed) {
        let (step, by) = (call.call.step, by(call));
        let at = groups.iter().position(|(other, statements, _)| *other == step && *statements == by);
        let rows = rows(call, sources);
        match at.and_then(|at| groups.get_mut(at)) {
            Some((_, _, known)) if rows.iter().all(|row| known.contains(row)) => {}
            Some((_, _, known)) => known.extend(rows),
            None => groups.push((step, by, rows)),
        }
    }
    groups
}

/// The statements that allow a call: their `Sid`s, or their policies where they have none.
fn by(call: &Judged<ModelCall>) -> String {
    let names = call.by.iter().map(|(policy, sid)| if sid.is_empty() { policy.as_str() } else { sid });
    names.collect::<Vec<_>>().join(" + ")
}

/// A call in as many rows as it has resources. The keys that it carries are not shown.
fn rows(call: &Judged<ModelCall>, sources: &Sources) -> Vec<Row> {
    let request = &call.call.request;
    let clauses: Vec<String> = call.call.clauses.iter().map(|clause| place(clause, sources)).collect();
    let named = |resource: &String| match (account_of(resource), request.principal.account()) {
        (Some(owner), Some(caller)) if owner != caller => format!("{} of account {owner}", short(resource)),
        _ => short(resource),
    };
    let head = |resource: &String| [request.action.clone(), named(resource), clauses.join(", ")];
    let more = |resource: &String| [String::new(), named(resource), String::new()];
    let mut resources = request.resources.iter();
    resources.next().map(head).into_iter().chain(resources.map(more)).collect()
}

/// The clause with its line.
fn place(clause: &ClauseSpan, sources: &Sources) -> String {
    let (file, line, _) = sources.position(clause.span.file, clause.span.start);
    format!("{} ({file}:{line})", clause.words)
}

/// Region and resource of an ARN.
fn short(arn: &str) -> String {
    match (component(arn, 3), component(arn, 4), component(arn, 5)) {
        (Some(""), _, Some(resource)) => resource.to_owned(),
        (Some(region), Some("*"), Some(resource)) => format!("{region} {resource} of any account"),
        (Some(region), _, Some(resource)) => format!("{region} {resource}"),
        _ => arn.to_owned(),
    }
}

/// The calls that are refused: by what they would be, and by action and reason.
pub(super) fn refusals(role: &RoleProof, language: Language) -> Vec<(Sentence, Vec<Refusal<'_>>)> {
    let mut groups: Vec<(Sentence, Vec<Refusal<'_>>)> = Vec::new();
    for call in role.forbidden.iter().filter(|call| !call.allowed) {
        let Forbidden { what, request } = &call.call;
        let at = groups.iter().position(|(other, _)| other == what).unwrap_or_else(|| {
            groups.push((*what, Vec::new()));
            groups.len() - 1
        });
        let Some((_, lines)) = groups.get_mut(at) else { continue };
        let (action, why) = (request.action.as_str(), call.why.get(language));
        match lines.iter_mut().find(|(other, reason, _)| *other == action && *reason == why) {
            Some((_, _, count)) => *count += 1,
            None => lines.push((action, why, 1)),
        }
    }
    groups
}
