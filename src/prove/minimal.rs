//! Whether a policy could do with less: each part is taken away in turn, and something must change.

use std::collections::BTreeMap;

use super::attached::{Attached, in_force};
use super::battery::Forbidden;
use super::evaluate::{Inquiry, Policies};
use super::model::ModelCall;
use super::request::Request;
use crate::policy::{Action, Actions, NamedPrincipals, PrincipalSet, Principals, Resources, Statement};

/// A part of a policy that can be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Removable {
    /// An action of a statement.
    Action(String),
    /// A resource of a statement.
    Resource(String),
    /// A principal of a statement.
    Principal(String),
    /// One of several values of a condition.
    ConditionValue(String, String),
    /// A whole condition, which lets more through.
    Condition(String),
}

/// A part of a statement of one of the policies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Removal {
    /// Which of the policies.
    pub policy: usize,
    /// Which of its statements.
    pub statement: usize,
    /// What of it.
    pub part: Removable,
}

/// What taking everything away in turn showed.
#[derive(Clone, Debug, Default)]
pub struct Minimality {
    /// How many parts were taken away.
    pub tried: usize,
    /// The parts without which everything stays as it is.
    pub superfluous: Vec<Removal>,
}

/// Takes every part of every policy away, one at a time, and asks those calls again for which that makes a difference.
pub(super) fn minimality(
    attached: &[Attached],
    model: &[ModelCall],
    battery: &[Forbidden],
    assumed: &[Attached],
) -> Minimality {
    let mut minimality = Minimality::default();
    let mut policies = in_force(attached.iter().chain(assumed));
    let relying = relying(attached, model, &policies);
    let let_in = let_in(battery, &policies);
    for removal in removals(attached) {
        minimality.tried += 1;
        let Some((policy, statement)) = statement(attached, &removal) else { continue };
        let Some(rule) = policies.rule(&policy.name, removal.statement) else { continue };
        let less = rule.saying(&without_part(statement, &removal.part), policy.document.version);
        let whole = std::mem::replace(rule, less.clone());
        let concerns = |request: &Request| whole.differs(&less, request);
        let matters = if let Removable::Condition(_) = removal.part {
            let concerned = battery.iter().filter(|call| concerns(&call.request));
            concerned.chain(let_in.iter().copied()).any(|call| policies.allows(&call.request))
        } else {
            let calls = relying.get(&(removal.policy, removal.statement)).into_iter().flatten();
            calls.filter(|call| concerns(&call.request)).any(|call| !policies.allows(&call.request))
        };
        policies.rule(&policy.name, removal.statement).map(|rule| std::mem::replace(rule, whole));
        if !matters {
            minimality.superfluous.push(removal);
        }
    }
    minimality
}

/// For each statement, the calls that it allows.
fn relying<'a>(
    attached: &[Attached],
    model: &'a [ModelCall],
    policies: &Policies,
) -> BTreeMap<(usize, usize), Vec<&'a ModelCall>> {
    let place = |name: &str| attached.iter().position(|policy| policy.name == name);
    let mut relying: BTreeMap<(usize, usize), Vec<&ModelCall>> = BTreeMap::new();
    let mut inquiry = Inquiry::into(policies);
    for call in model {
        for id in inquiry.evaluate(&call.request).allowed_by {
            if let Some(policy) = place(&id.policy) {
                relying.entry((policy, id.index)).or_default().push(call);
            }
        }
    }
    relying
}

/// The calls that are allowed and must not be.
fn let_in<'a>(battery: &'a [Forbidden], policies: &Policies) -> Vec<&'a Forbidden> {
    let mut inquiry = Inquiry::into(policies);
    battery.iter().filter(|call| inquiry.allows(&call.request)).collect()
}

/// The statement that something is taken out of, with its policy.
fn statement<'a>(attached: &'a [Attached], removal: &Removal) -> Option<(&'a Attached, &'a Statement<String>)> {
    let policy = attached.get(removal.policy)?;
    Some((policy, policy.document.statements.get(removal.statement)?))
}

/// Everything that can be taken away.
pub fn removals(attached: &[Attached]) -> Vec<Removal> {
    let mut all = Vec::new();
    let own = attached.iter().enumerate().filter(|(_, policy)| policy.kind.is_emitted());
    for (policy, attached) in own {
        for (statement, content) in attached.document.statements.iter().enumerate() {
            all.extend(parts(content).into_iter().map(|part| Removal { policy, statement, part }));
        }
    }
    all
}

fn parts(statement: &Statement<String>) -> Vec<Removable> {
    let mut parts: Vec<Removable> =
        statement.actions.list().iter().map(|action| Removable::Action(action.as_str().to_owned())).collect();
    let resources = statement.resources.iter().flat_map(Resources::list);
    parts.extend(resources.map(|resource| Removable::Resource(resource.clone())));
    if let Some(PrincipalSet::Named(named)) = statement.principal.as_ref().map(Principals::list) {
        let members = named.by_kind().into_iter().flat_map(|(_, members)| members);
        parts.extend(members.map(|member| Removable::Principal(member.clone())));
    }
    for condition in &statement.conditions {
        parts.push(Removable::Condition(condition.key.clone()));
        if condition.values.len() > 1 {
            let values = condition.values.iter();
            parts.extend(values.map(|value| Removable::ConditionValue(condition.key.clone(), value.clone())));
        }
    }
    parts
}

/// The policies without a part; a statement of which nothing is left goes with it. `None` if there
/// is no such part.
pub fn without(attached: &[Attached], removal: &Removal) -> Option<Vec<Attached>> {
    let left = without_part(statement(attached, removal)?.1, &removal.part);
    let mut changed = attached.to_vec();
    let document = &mut changed.get_mut(removal.policy)?.document;
    if is_about_nothing(&left) {
        document.statements.remove(removal.statement);
    } else if let Some(statement) = document.statements.get_mut(removal.statement) {
        *statement = left;
    }
    Some(changed)
}

/// The statement without a part, of which nothing may be left: then it applies to no call.
fn without_part(statement: &Statement<String>, part: &Removable) -> Statement<String> {
    let mut left = statement.clone();
    match (part, &mut left) {
        (Removable::Action(gone), Statement { actions: Actions::Only(list), .. }) => {
            remove(list, |action: &Action| action.as_str() == gone);
        }
        (Removable::Resource(gone), Statement { resources: Some(Resources::Only(list)), .. }) => {
            remove(list, |resource| resource == gone);
        }
        (
            Removable::Principal(gone),
            Statement { principal: Some(Principals::Only(PrincipalSet::Named(named))), .. },
        ) => {
            for list in [&mut named.aws, &mut named.service, &mut named.federated, &mut named.canonical_user] {
                remove(list, |member| member == gone);
            }
        }
        (Removable::ConditionValue(key, gone), Statement { conditions, .. }) => {
            if let Some(condition) = conditions.iter_mut().find(|condition| condition.key == *key) {
                remove(&mut condition.values, |value| value == gone);
            }
        }
        (Removable::Condition(gone), Statement { conditions, .. }) => {
            remove(conditions, |condition| condition.key == *gone);
        }
        _ => {}
    }
    left
}

/// Whether a statement names no action, no resource or nobody.
fn is_about_nothing(statement: &Statement<String>) -> bool {
    let is_nobody = |named: &NamedPrincipals<String>| {
        [&named.aws, &named.service, &named.federated, &named.canonical_user].into_iter().all(Vec::is_empty)
    };
    matches!(&statement.actions, Actions::Only(list) if list.is_empty())
        || matches!(&statement.resources, Some(Resources::Only(list)) if list.is_empty())
        || matches!(&statement.principal, Some(Principals::Only(PrincipalSet::Named(named))) if is_nobody(named))
}

/// Takes the first match out of a list.
fn remove<T>(list: &mut Vec<T>, is_gone: impl Fn(&T) -> bool) {
    if let Some(at) = list.iter().position(is_gone) {
        list.remove(at);
    }
}
