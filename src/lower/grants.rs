//! Why a role's policy allows what it does: each emitted action traced to the calls that make it,
//! each emitted resource to what those calls are about.
//!
//! Computed from the table of calls and from the documents as they are emitted, however they were
//! divided. Only explanations need it, so a build does not pay for it.

use std::collections::{BTreeMap, BTreeSet};

use super::arns::Arns;
use super::clause::Clauses;
use super::objects::{Objects, applies};
use super::role::{covers, lower, required_policy, text};
use crate::aws::call::{Call, Circumstance, Object, calls};
use crate::cfn::note::{Note, Path};
use crate::cfn::{LogicalId, Resource, Value};
use crate::origin::{Origin, Reason};
use crate::policy::{Document, Statement as PolicyStatement};
use crate::spec::destination::Destination;
use crate::spec::{Role, Statement, System};

/// What was asked for with one action: the calls, and each resource with what asked for it.
#[derive(Default)]
struct Asked<'a> {
    calls: Vec<Call>,
    resources: BTreeMap<Value, Vec<(Object, Option<Destination<'a>>)>>,
}

/// The calls of a statement by action and circumstance.
type Calls<'a> = BTreeMap<(&'static str, Circumstance), Asked<'a>>;

/// Notes on every policy statement, action, resource and condition of a statement's role, by the
/// policy's logical id.
pub(super) fn notes(system: &System, statement: &Statement) -> Vec<(LogicalId, Vec<Note>)> {
    let arns = Arns::new(system);
    let clauses = Clauses::new(statement);
    let objects = Objects { statement, arns: &arns };
    let asked = asked(&objects);
    let of_document = |document: &Document<Value>| {
        let mut notes = Vec::new();
        for (index, emitted) in document.statements.iter().enumerate() {
            let circumstance =
                Circumstance::ALL.into_iter().find(|known| objects.conditions(*known) == emitted.conditions);
            let circumstance = circumstance.unwrap_or(Circumstance::Any);
            notes.extend(statement_notes(emitted, index, circumstance, &asked, &clauses));
        }
        notes
    };
    let noted = |policy: Resource| {
        let notes = of_document(policy.properties.policy_document()?);
        Some((policy.id, notes))
    };
    policies(system, statement).into_iter().filter_map(noted).collect()
}

/// The policies of a statement's role, beside the role where it is made; of one that exists, what it must be allowed.
pub(super) fn policies(system: &System, statement: &Statement) -> Vec<Resource> {
    let arns = Arns::new(system);
    match &statement.role.value {
        Role::Made(_) => lower(statement, &Clauses::new(statement), &arns).resources,
        Role::Existing(_) => vec![required_policy(statement, &arns)],
    }
}

fn asked<'a>(objects: &Objects<'a>) -> Calls<'a> {
    let mut asked = Calls::new();
    for call in calls().filter(|call| applies(call, objects.statement)) {
        let mut named = objects.named(&call).peekable();
        if named.peek().is_some() {
            let entry = asked.entry((call.action, call.circumstance)).or_default();
            for (object, value, destination) in named {
                entry.resources.entry(value).or_default().push((object, destination));
            }
            entry.calls.push(call);
        }
    }
    asked
}

fn statement_notes(
    emitted: &PolicyStatement<Value>,
    index: usize,
    circumstance: Circumstance,
    asked: &Calls<'_>,
    clauses: &Clauses<'_>,
) -> Vec<Note> {
    let at = |pattern| Path::new(pattern).outer(index);
    let whole = at("Properties.PolicyDocument.Statement[]");
    let mut notes = vec![Note::new(whole, clauses.role(Reason::PolicyStatement))];
    let allowed = |action: &str| asked.iter().find(|((name, when), _)| *name == action && *when == circumstance);
    let actions: Vec<Option<&Asked<'_>>> =
        emitted.actions.patterns().iter().map(|action| allowed(action.as_str()).map(|(_, asked)| asked)).collect();
    for (number, action) in actions.iter().enumerate() {
        let at = at("Properties.PolicyDocument.Statement[].Action[]").inner(number);
        for call in action.iter().flat_map(|asked| &asked.calls) {
            let origins: BTreeSet<Origin> = clauses.call(call).into_iter().collect();
            notes.extend(origins.into_iter().map(|origin| Note { at, origin, phase: Some(call.phase) }));
        }
    }
    let resources = emitted.resources.as_ref().map_or(&[][..], |resources| resources.patterns());
    for (number, resource) in resources.iter().enumerate() {
        let at = at("Properties.PolicyDocument.Statement[].Resource[]").inner(number);
        let origins = actions.iter().flatten().flat_map(|asked| causes(resource, asked, clauses));
        notes.extend(origins.collect::<BTreeSet<Origin>>().into_iter().map(|origin| Note::new(at, origin)));
    }
    let condition = at("Properties.PolicyDocument.Statement[].Condition");
    notes.extend(reasons(circumstance).iter().map(|reason| Note::new(condition, clauses.role(*reason))));
    notes
}

/// Why a statement has the conditions that it has.
fn reasons(circumstance: Circumstance) -> &'static [Reason] {
    match circumstance {
        Circumstance::Any => &[],
        Circumstance::ForAwsResource => &[Reason::OnlyForAwsResources],
        Circumstance::ForResourceOfRds => &[Reason::OnlyForAwsResources, Reason::OnlyThroughRds],
        Circumstance::ThroughServices => &[Reason::OnlyThroughServices],
        Circumstance::ThroughRds => &[Reason::OnlyThroughRds],
        Circumstance::AwsManagedKey => &[Reason::OnlyManagedKeys],
    }
}

/// What an emitted resource is there for: itself, and what it covers.
fn causes(resource: &Value, asked: &Asked<'_>, clauses: &Clauses<'_>) -> Vec<Origin> {
    let is_meant = |value: &Value| {
        value == resource || text(resource).zip(text(value)).is_some_and(|(pattern, covered)| covers(pattern, covered))
    };
    let meant = asked.resources.iter().filter(|(value, _)| is_meant(value));
    let meant = meant.flat_map(|(value, causes)| causes.iter().map(move |cause| (value, cause)));
    meant.map(|(value, (object, destination))| clauses.object(*object, *destination, value)).collect()
}
