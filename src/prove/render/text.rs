//! The proof as tables.

use std::fmt::Write as _;

use super::{NOT_PROVED, cure, superfluous};
use crate::aws::managed_policy::INSTEAD;
use crate::prove::request::{account_of, component};
use crate::prove::{Clause, Judged, ModelCall, Proof, RoleProof};
use crate::source::Sources;

/// The whole proof. Writing to a `String` cannot fail.
pub fn text(proof: &Proof, sources: &Sources) -> String {
    let mut text = String::new();
    for role in &proof.roles {
        heading(role, &mut text);
        sufficient(role, sources, &mut text);
        contained(role, &mut text);
        minimal(role, &mut text);
        compared(role, &mut text);
        sizes(role, &mut text);
    }
    for sentence in NOT_PROVED {
        let _ = writeln!(text, "{sentence}");
    }
    text.push('\n');
    verdict(proof, &mut text);
    text
}

/// What came of it, at the end, where a terminal shows it.
fn verdict(proof: &Proof, text: &mut String) {
    let failing: Vec<&RoleProof> = proof.roles.iter().filter(|role| !role.holds()).collect();
    for role in &failing {
        let beyond = role.comparison.beyond.iter().filter(|beyond| beyond.because.is_none()).count();
        let too_long = role.policies.iter().filter(|policy| policy.characters > policy.limit).count();
        let counts = [
            (role.calls.iter().filter(|call| !call.allowed).count(), "not allowed and must be"),
            (role.forbidden.iter().filter(|call| call.allowed).count(), "allowed and must not be"),
            (role.minimality.superfluous.len(), "superfluous"),
            (beyond, "beyond the recorded system"),
            (too_long, "too long"),
        ];
        let said = counts.iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}"));
        let _ = writeln!(
            text,
            "NOT PROVED: {}, backup {}: {}",
            role.system,
            role.statement,
            said.collect::<Vec<_>>().join(", ")
        );
    }
    if failing.is_empty() {
        let _ = writeln!(text, "Proved.");
    }
}

fn heading(role: &RoleProof, text: &mut String) {
    let _ = writeln!(text, "{}: backup {}, role {}", role.system, role.statement, role.role);
    if let Some(first) = role.alike.first() {
        let more = role.alike.len() - 1;
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let _ = writeln!(text, "  the same, names apart, holds for {first}{more}");
    }
    for assumption in &role.assumptions {
        let _ = writeln!(text, "  assumed: {assumption}");
    }
    text.push('\n');
}

/// A row of the table: what is called, on what, caused by what.
type Row = [String; 3];

/// The calls by step, and within a step by the statements that allow them.
fn sufficient(role: &RoleProof, sources: &Sources, text: &mut String) {
    let failing = role.calls.iter().filter(|call| !call.allowed).count();
    let verdict = if failing == 0 { "all allowed".to_owned() } else { format!("{failing} NOT ALLOWED") };
    let _ = writeln!(text, "  sufficient: {} calls, {verdict}", role.calls.len());
    let mut groups: Vec<(&str, String, Vec<Row>)> = Vec::new();
    for call in role.calls.iter().filter(|call| call.allowed) {
        let (step, by) = (call.call.step.words(), by(call));
        let at = groups.iter().position(|(other, statements, _)| *other == step && *statements == by);
        let rows = rows(call, sources);
        match at.and_then(|at| groups.get_mut(at)) {
            Some((_, _, known)) if rows.iter().all(|row| known.contains(row)) => {}
            Some((_, _, known)) => known.extend(rows),
            None => groups.push((step, by, rows)),
        }
    }
    let width = |column: usize| {
        let cells = groups.iter().flat_map(|(_, _, rows)| rows).filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let [action, resource] = [width(0), width(1)];
    let mut step = "";
    for (begins, by, rows) in &groups {
        if *begins != step {
            step = begins;
            let _ = writeln!(text, "    {step}");
        }
        let _ = writeln!(text, "      allowed by {by}");
        for [first, second, third] in rows {
            let line = format!("        {first:action$}  {second:resource$}  {third}");
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
    for call in role.calls.iter().filter(|call| !call.allowed) {
        let request = &call.call.request;
        let _ = writeln!(text, "    NOT ALLOWED: {} on {}", request.action, request.resources.join(", "));
        let _ = writeln!(text, "      {}", call.why);
        let _ = writeln!(text, "      what to write: this is a defect of drc; please report it with this spec");
    }
    text.push('\n');
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
fn place(clause: &Clause, sources: &Sources) -> String {
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

/// An action that is refused, why, and how often.
type Refusal<'a> = (&'a str, &'a str, usize);

fn contained(role: &RoleProof, text: &mut String) {
    let failing = role.forbidden.iter().filter(|call| call.allowed).count();
    let verdict = if failing == 0 { "all refused".to_owned() } else { format!("{failing} ALLOWED") };
    let _ = writeln!(text, "  contained: {} calls, {verdict}", role.forbidden.len());
    let mut groups: Vec<(&str, Vec<Refusal<'_>>)> = Vec::new();
    for call in role.forbidden.iter().filter(|call| !call.allowed) {
        let what = call.call.what;
        let at = groups.iter().position(|(other, _)| *other == what).unwrap_or_else(|| {
            groups.push((what, Vec::new()));
            groups.len() - 1
        });
        let Some((_, lines)) = groups.get_mut(at) else { continue };
        let action = call.call.request.action.as_str();
        match lines.iter_mut().find(|(other, why, _)| *other == action && *why == call.why) {
            Some((_, _, count)) => *count += 1,
            None => lines.push((action, &call.why, 1)),
        }
    }
    for (what, lines) in groups {
        let _ = writeln!(text, "    {what}");
        for (action, why, count) in lines {
            let _ = writeln!(text, "      {action} ({count}): {why}");
        }
    }
    let allowed: Vec<_> = role.forbidden.iter().filter(|call| call.allowed).collect();
    for (index, call) in allowed.iter().enumerate() {
        let (what, request) = (call.call.what, &call.call.request);
        let by: Vec<&str> = call.by.iter().map(|(_, sid)| sid.as_str()).collect();
        let on = request.resources.join(", ");
        let _ = writeln!(text, "    ALLOWED: {what}: {} on {on} by {}", request.action, by.join(" + "));
        if allowed.get(index + 1).is_none_or(|next| next.call.what != what || cure(next) != cure(call)) {
            let _ = writeln!(text, "      what to write: {}", cure(call));
        }
    }
    text.push('\n');
}

fn minimal(role: &RoleProof, text: &mut String) {
    let tried = role.minimality.tried;
    if role.minimality.superfluous.is_empty() {
        let _ = writeln!(text, "  minimal: each of {tried} parts is needed: without any one of them a verdict changes");
    } else {
        let _ = writeln!(text, "  minimal: {} of {tried} parts are SUPERFLUOUS", role.minimality.superfluous.len());
    }
    for removal in &role.minimality.superfluous {
        let (what, cure) = superfluous(role, removal);
        let _ = writeln!(text, "    SUPERFLUOUS: {what}\n      what to write: {cure}");
    }
    text.push('\n');
}

fn compared(role: &RoleProof, text: &mut String) {
    let ours = &role.comparison;
    let _ = writeln!(
        text,
        "  compared: {} statements, {} on any resource, {} actions of {} services",
        ours.statements, ours.on_any_resource, ours.actions, ours.services
    );
    for other in &INSTEAD {
        let _ = writeln!(
            text,
            "    {} {} ({}): {} statements, {} on any resource, {} actions of {} services",
            other.name,
            other.version,
            other.updated,
            other.statements,
            other.on_any_resource,
            other.actions,
            other.services
        );
    }
    let wider = ours.beyond.iter().filter(|beyond| beyond.because.is_none()).count();
    let verdict = if wider == 0 { "nothing unexplained beyond" } else { "WIDER than" };
    let _ =
        writeln!(text, "    {verdict} the policy of a recorded working system for the same clusters, vaults and keys");
    for beyond in &ours.beyond {
        let because = beyond
            .because
            .map_or("NOTHING justifies it; this is a defect of drc, please report it", |because| because.en);
        let _ = writeln!(text, "      {} on {}: {because}", beyond.action, short(&beyond.resource));
    }
    text.push('\n');
}

fn sizes(role: &RoleProof, text: &mut String) {
    let _ = writeln!(text, "  sizes, in characters as IAM counts them");
    for size in role.policies.iter().filter(|size| size.policy.kind.is_emitted()) {
        let _ = writeln!(text, "    {}: {} of {}", size.policy.name, size.characters, size.limit);
    }
    text.push('\n');
}
