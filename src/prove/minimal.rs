//! Whether a policy could do with less: each part is taken away in turn, and something must change.

use super::attached::{Attached, in_force};
use super::battery::Forbidden;
use super::model::ModelCall;
use crate::policy::{Action, Actions, PrincipalSet, Principals, Resources, Statement};

/// A part of a policy that can be taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
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
    pub part: Part,
}

/// What taking everything away in turn showed.
#[derive(Clone, Debug, Default)]
pub struct Minimality {
    /// How many parts were taken away.
    pub tried: usize,
    /// The parts without which everything stays as it is.
    pub superfluous: Vec<Removal>,
}

/// Takes every part of every policy away, one at a time.
pub(super) fn minimality(
    attached: &[Attached],
    model: &[ModelCall],
    battery: &[Forbidden],
    assumed: &[Attached],
) -> Minimality {
    let mut minimality = Minimality::default();
    let relying = relying(attached, model, assumed);
    for removal in removals(attached) {
        minimality.tried += 1;
        let Some(changed) = without(attached, &removal) else { continue };
        let policies = in_force(changed.iter().chain(assumed));
        let matters = if let Part::Condition(_) = removal.part {
            battery.iter().any(|call| policies.evaluate(&call.request).is_allowed())
        } else {
            let calls = relying.iter().filter(|(_, by)| by.contains(&(removal.policy, removal.statement)));
            calls.into_iter().any(|(call, _)| !policies.evaluate(&call.request).is_allowed())
        };
        if !matters {
            minimality.superfluous.push(removal);
        }
    }
    minimality
}

/// Every call with the statements that allow it.
fn relying<'a>(
    attached: &[Attached],
    model: &'a [ModelCall],
    assumed: &[Attached],
) -> Vec<(&'a ModelCall, Vec<(usize, usize)>)> {
    let policies = in_force(attached.iter().chain(assumed));
    let place = |name: &str| attached.iter().position(|policy| policy.name == name);
    model
        .iter()
        .map(|call| {
            let verdict = policies.evaluate(&call.request);
            let by = verdict.allowed_by.iter().filter_map(|id| Some((place(&id.policy)?, id.index)));
            (call, by.collect())
        })
        .collect()
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

fn parts(statement: &Statement<String>) -> Vec<Part> {
    let mut parts: Vec<Part> =
        statement.actions.patterns().iter().map(|action| Part::Action(action.as_str().to_owned())).collect();
    let resources = statement.resources.iter().flat_map(Resources::patterns);
    parts.extend(resources.map(|resource| Part::Resource(resource.clone())));
    if let Some(PrincipalSet::Named(named)) = statement.principal.as_ref().map(Principals::set) {
        let members = named.by_kind().into_iter().flat_map(|(_, members)| members);
        parts.extend(members.map(|member| Part::Principal(member.clone())));
    }
    for condition in &statement.conditions {
        parts.push(Part::Condition(condition.key.clone()));
        if condition.values.len() > 1 {
            let values = condition.values.iter();
            parts.extend(values.map(|value| Part::ConditionValue(condition.key.clone(), value.clone())));
        }
    }
    parts
}

/// The policies without a part; a statement of which nothing is left goes with it. `None` if there
/// is no such part.
pub fn without(attached: &[Attached], removal: &Removal) -> Option<Vec<Attached>> {
    let mut changed = attached.to_vec();
    let document = &mut changed.get_mut(removal.policy)?.document;
    let statement = document.statements.get_mut(removal.statement)?;
    if is_emptied(statement, &removal.part) {
        document.statements.remove(removal.statement);
    }
    Some(changed)
}

/// Takes a part out of a statement, and says whether the statement is then about nothing.
fn is_emptied(statement: &mut Statement<String>, part: &Part) -> bool {
    match (part, statement) {
        (Part::Action(gone), Statement { actions: Actions::Only(list), .. }) => {
            remove(list, |action: &Action| action.as_str() == gone)
        }
        (Part::Resource(gone), Statement { resources: Some(Resources::Only(list)), .. }) => {
            remove(list, |resource| resource == gone)
        }
        (Part::Principal(gone), Statement { principal: Some(Principals::Only(PrincipalSet::Named(named))), .. }) => {
            let lists = [&mut named.aws, &mut named.service, &mut named.federated, &mut named.canonical_user];
            lists.map(|list| remove(list, |member| member == gone)).into_iter().all(|empty| empty)
        }
        (Part::ConditionValue(key, gone), Statement { conditions, .. }) => {
            let condition = conditions.iter_mut().find(|condition| condition.key == *key);
            condition.is_some_and(|condition| remove(&mut condition.values, |value| value == gone))
        }
        (Part::Condition(gone), Statement { conditions, .. }) => {
            remove(conditions, |condition| condition.key == *gone);
            false
        }
        _ => false,
    }
}

/// Takes the first match out of a list, and says whether the list is empty then.
fn remove<T>(list: &mut Vec<T>, is_gone: impl Fn(&T) -> bool) -> bool {
    if let Some(at) = list.iter().position(is_gone) {
        list.remove(at);
    }
    list.is_empty()
}
