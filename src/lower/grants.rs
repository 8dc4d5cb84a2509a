//! The calls of a statement as the statements of its role's policy, each with what caused its actions,
//! resources and conditions.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::arns::Arns;
use super::clause::Clauses;
use super::reason;
use super::things::Things;
use crate::cfn::Value;
use crate::cfn::note::{Note, Path};
use crate::kind::BACKUP;
use crate::kind::call::{Call, Circumstance, Demand, Stage};
use crate::kind::every::DATA_KEY_ACTIONS;
use crate::origin::Origin;
use crate::policy::{Action, Actions, Condition, Effect, Resources, Statement as PolicyStatement, glob};
use crate::reason::Reason;
use crate::spec::Statement;

/// A statement of a role's policy.
#[derive(Clone)]
pub(super) struct Grant {
    pub(super) statement: PolicyStatement<Value>,
    causes: Rc<Causes>,
}

/// What caused the parts of a statement.
struct Causes {
    /// Of each action, in their order.
    actions: Vec<Vec<Needed>>,
    resources: BTreeMap<Value, BTreeSet<Origin>>,
    /// Of each condition, in their order.
    conditions: Vec<Vec<&'static Reason>>,
}

/// A call that needs an action, when it does, and the clause that made it necessary.
type Needed = (Origin, &'static Call, Stage);

/// Under which circumstance something is asked for, and through which services, of all kinds that ask for it.
type Demanded = (Circumstance, BTreeSet<&'static str>);

/// What is asked for with one action under one circumstance.
#[derive(Default)]
struct Asked {
    services: BTreeSet<&'static str>,
    conditions: Vec<(Condition<Value>, Vec<&'static Reason>)>,
    calls: Vec<Needed>,
    resources: BTreeMap<Value, BTreeSet<Origin>>,
}

/// What decides which actions share a statement: the same resources under the same circumstance, and
/// what destroys stands apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Shared {
    destroys: bool,
    service: &'static str,
    resources: Vec<Value>,
    demanded: Demanded,
}

/// The statements that allow every call of every phase that the statement has.
pub(super) fn grants(statement: &Statement, clauses: &Clauses<'_>, arns: &Arns<'_>) -> Vec<Grant> {
    let mut shared: BTreeMap<Shared, Vec<(&'static str, Asked)>> = BTreeMap::new();
    for ((action, circumstance), asked) in asked(statement, clauses, arns) {
        let demanded = (circumstance, asked.services.clone());
        let service = action.split(':').next().unwrap_or(action);
        let resources = narrowest(asked.resources.keys());
        let group = Shared { destroys: crate::kind::call::destroys(action), service, resources, demanded };
        shared.entry(group).or_default().push((action, asked));
    }
    shared.into_iter().map(|(group, actions)| Grant::new(group, actions)).collect()
}

/// Everything that the calls of a statement ask for.
fn asked(
    statement: &Statement,
    clauses: &Clauses<'_>,
    arns: &Arns<'_>,
) -> BTreeMap<(&'static str, Circumstance), Asked> {
    let legs = statement.legs();
    let mut all: BTreeMap<(&'static str, Circumstance), Asked> = BTreeMap::new();
    for group in &statement.groups {
        let things = Things { statement, group, arns, clauses };
        for call in things.calls() {
            for leg in legs.of(call.phase) {
                let mut named = things.named(call, leg).peekable();
                if named.peek().is_none() {
                    continue;
                }
                let asked = all.entry((call.action, call.circumstance)).or_default();
                asked.demand(&things, call.circumstance);
                for (value, origin) in named {
                    asked.resources.entry(value).or_default().insert(origin);
                }
                asked.calls.extend(clauses.call(call, leg).into_iter().map(|origin| (origin, call, leg.stage)));
            }
        }
    }
    all
}

impl Asked {
    /// Adds what a kind's circumstance comes to: what is asked for through the services of several kinds is allowed through
    /// each of them.
    fn demand(&mut self, things: &Things<'_>, circumstance: Circumstance) {
        let is_of_service = circumstance.demands().iter().any(|demand| *demand != Demand::ForAwsResource);
        let services = things.group.kind.services().into_iter().filter(|_| is_of_service);
        let services: BTreeSet<&str> = services.collect();
        if !self.conditions.is_empty() && services.is_subset(&self.services) {
            return;
        }
        self.services.extend(services);
        for (condition, reason) in things.conditions(circumstance) {
            let Some((known, reasons)) = self.conditions.iter_mut().find(|(known, _)| known.key == condition.key)
            else {
                self.conditions.push((condition, vec![reason]));
                continue;
            };
            let new: Vec<Value> = condition.values.into_iter().filter(|value| !known.values.contains(value)).collect();
            known.values.extend(new);
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
    }
}

impl Grant {
    fn new(group: Shared, asked: Vec<(&'static str, Asked)>) -> Self {
        let names: Vec<&str> = asked.iter().map(|(action, _)| *action).collect();
        let sid = sid(&names, &group.demanded);
        let actions = names.into_iter().map(Action::from).collect();
        let (conditions, why): (Vec<_>, Vec<_>) =
            asked.first().map_or_else(Vec::new, |(_, asked)| asked.conditions.clone()).into_iter().unzip();
        let mut causes = Causes { actions: Vec::new(), resources: BTreeMap::new(), conditions: why };
        for (_, asked) in asked {
            causes.actions.push(asked.calls);
            for (value, origins) in asked.resources {
                let is_kept = group.resources.binary_search(&value).is_ok();
                let covering = || group.resources.iter().find(|kept| is_covered(&value, kept));
                let kept = is_kept.then_some(&value).or_else(covering);
                if let Some(kept) = kept {
                    causes.resources.entry(kept.clone()).or_default().extend(origins);
                }
            }
        }
        let statement = PolicyStatement {
            sid: Some(sid),
            effect: Effect::Allow,
            principal: None,
            actions: Actions::Only(actions),
            resources: Some(Resources::Only(group.resources)),
            conditions,
        };
        Self { statement, causes: Rc::new(causes) }
    }

    /// The same grant on other resources, some of its own.
    pub(super) fn on(&self, resources: Vec<Value>) -> Self {
        let statement = PolicyStatement { resources: Some(Resources::Only(resources)), ..self.statement.clone() };
        Self { statement, causes: Rc::clone(&self.causes) }
    }

    /// Notes on every part of the statement, which stands at `index` in its policy.
    pub(super) fn notes(&self, index: usize, clauses: &Clauses<'_>) -> Vec<Note> {
        let at = |pattern| Path::new(pattern).outer(index);
        let mut notes =
            vec![Note::new(at("Properties.PolicyDocument.Statement[]"), clauses.role(&reason::POLICY_STATEMENT))];
        for (number, calls) in self.causes.actions.iter().enumerate() {
            let at = at("Properties.PolicyDocument.Statement[].Action[]").inner(number);
            let note = |(origin, call, stage): &Needed| Note { at, origin: origin.clone(), call: Some((call, *stage)) };
            notes.extend(calls.iter().map(note));
        }
        let resources = self.statement.resources.as_ref().map_or(&[][..], |resources| resources.list());
        for (number, resource) in resources.iter().enumerate() {
            let at = at("Properties.PolicyDocument.Statement[].Resource[]").inner(number);
            let origins = self.causes.resources.get(resource).into_iter().flatten();
            notes.extend(origins.map(|origin| Note::new(at, origin.clone())));
        }
        let condition = at("Properties.PolicyDocument.Statement[].Condition");
        let reasons = self.causes.conditions.iter().flatten();
        notes.extend(reasons.map(|reason| Note::new(condition, clauses.role(reason))));
        notes
    }
}

/// Drops what another pattern of the set covers.
fn narrowest<'v>(values: impl Iterator<Item = &'v Value> + Clone) -> Vec<Value> {
    let mut prefixes: Vec<&str> = values.clone().filter_map(|value| prefix(text(value)?)).collect();
    prefixes.sort_unstable();
    // None of these begins another, so the one that begins a text is the last that sorts before it.
    let mut widest: Vec<&str> = Vec::new();
    for prefix in prefixes {
        if !widest.last().is_some_and(|last| prefix.starts_with(last)) {
            widest.push(prefix);
        }
    }
    let is_odd = |text: &&str| text.contains(['*', '?']) && prefix(text).is_none();
    let odd: Vec<&str> = values.clone().filter_map(text).filter(is_odd).collect();
    let is_covered = |value: &&Value| {
        let Some(text) = text(value) else { return false };
        let before = widest.partition_point(|prefix| *prefix <= text).checked_sub(1);
        let nearest = before.and_then(|index| widest.get(index));
        nearest.is_some_and(|nearest| text.starts_with(nearest) && prefix(text) != Some(nearest))
            || odd.iter().any(|other| covers(other, text))
    };
    values.filter(|value| !is_covered(value)).cloned().collect()
}

fn text(value: &Value) -> Option<&str> {
    if let Value::Sub(text) | Value::Literal(text) = value { Some(text) } else { None }
}

/// Whether a pattern makes another value superfluous.
fn is_covered(value: &Value, pattern: &Value) -> bool {
    text(pattern).zip(text(value)).is_some_and(|(pattern, text)| covers(pattern, text))
}

/// Whether a pattern makes another text superfluous; of two that mean the same, the first stays.
fn covers(pattern: &str, text: &str) -> bool {
    pattern != text && glob::includes(pattern, text) && (pattern < text || !glob::includes(text, pattern))
}

/// What a pattern's texts begin with, where that is all that it says.
fn prefix(pattern: &str) -> Option<&str> {
    pattern.strip_suffix('*').filter(|prefix| !prefix.contains(['*', '?']))
}

/// The statement's name: its actions, and the circumstance. The data-key actions have a name for all of them, where they are
/// together.
fn sid(actions: &[&str], (circumstance, services): &Demanded) -> String {
    let names: Vec<&str> = actions.iter().filter_map(|action| action.split(':').nth(1)).collect();
    let own = || {
        let own = services.iter().filter(|service| **service != BACKUP);
        own.map(|service| capitalised(service)).collect::<Vec<_>>().join("And")
    };
    let every_use = DATA_KEY_ACTIONS.iter().all(|action| actions.contains(action));
    let uses = || if every_use { "UseDataKeys".to_owned() } else { names.join("And") };
    match circumstance {
        Circumstance::Any => names.join("And"),
        Circumstance::ForAwsResource => format!("{}ForAwsResources", names.join("And")),
        Circumstance::ForResourceOfService => format!("{}ForResourcesOf{}", names.join("And"), own()),
        Circumstance::ThroughServices => format!("{}ThroughServices", uses()),
        Circumstance::ThroughService => format!("{}Through{}", uses(), own()),
        Circumstance::ManagedKey => format!("{}OfAwsManagedKeys", names.join("And")),
    }
}

fn capitalised(service: &str) -> String {
    let (first, rest) = service.split_at_checked(1).unwrap_or((service, ""));
    [&first.to_ascii_uppercase(), rest].concat()
}
