//! What policies allow, taken apart, and which of it a change takes away.
//!
//! A right is kept where one statement allows all of it. That several statements together do, each a part, is not
//! looked for: such a right counts as taken away, never the other way round.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::deployed::State;
use super::resource::{Resource, referenced, unknown};
use crate::cfn::read::Node;
use crate::policy::glob::includes;
use crate::policy::{Condition, Document, Effect, Listed, PrincipalSet, Statement, Test};
use crate::prove::request::component;

/// One action on one resource, under conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Right {
    /// Whether it is allowed or denied.
    pub effect: Effect,
    /// Who has it, in a policy of a resource; none for the role whose policy it is.
    pub principal: Option<String>,
    /// The action, a pattern.
    pub action: String,
    /// The resource, a pattern.
    pub resource: String,
    /// What is left out of these patterns, as `NotAction` and its like say; mostly nothing.
    pub exceptions: Vec<String>,
    /// What must hold.
    pub conditions: Vec<Condition<String>>,
}

/// What policies say, or why it cannot be seen.
#[derive(Clone, Debug, Default)]
pub(super) struct Rights {
    /// Every right.
    pub all: Vec<Right>,
    /// Policies whose content is not in the templates, such as those that AWS manages, by their ARNs.
    pub elsewhere: Vec<String>,
    /// Why parts of them cannot be seen.
    pub unseen: Vec<String>,
}

impl Rights {
    /// What a policy says that is a property of a resource.
    pub(super) fn of_policy(resource: &Resource<'_>, property: &str) -> Self {
        let mut rights = Self::default();
        resource.properties.get(property).into_iter().for_each(|policy| rights.add(policy));
        rights
    }

    /// Adds what a policy says.
    pub(super) fn add(&mut self, document: &Node<'_>) {
        let read = || serde_json::from_value::<Document<String>>(Value::from(document));
        match (unknown(document), read()) {
            (Some(why), _) => self.unseen.push(why),
            (None, Err(why)) => self.unseen.push(why.to_string()),
            (None, Ok(document)) => self.all.extend(document.statements.iter().flat_map(rights)),
        }
    }

    /// The rights of these that the others do not have: allowances that are gone, and denials that are new.
    pub(super) fn lost_in(&self, after: &Self) -> Vec<Right> {
        let allowed = |right: &&Right| right.effect == Effect::Allow;
        let gone = self.all.iter().filter(allowed).filter(|right| !after.all.iter().any(|other| other.covers(right)));
        let denied = after.all.iter().filter(|right| right.effect == Effect::Deny && !self.all.contains(right));
        gone.chain(denied).cloned().collect()
    }
}

impl Right {
    /// The region that it is used in: where a service calls that uses a key, else where the resource is; empty where that is
    /// anywhere.
    pub(super) fn region(&self) -> &str {
        self.through().or_else(|| component(&self.resource, 3)).unwrap_or_default()
    }

    /// The region of the service that must call, where one must.
    fn through(&self) -> Option<&str> {
        let through = self.conditions.iter().filter(|condition| condition.key.eq_ignore_ascii_case("kms:ViaService"));
        through.flat_map(|condition| &condition.values).find_map(|service| service.split('.').nth(1))
    }

    /// Whether the service that must call may be in the region of the resource: a key serves those of its own. A policy that
    /// lists keys and services of several regions has other rights as well, which nobody can use.
    pub(super) fn is_in_one_region(&self) -> bool {
        let own = component(&self.resource, 3).filter(|region| !region.is_empty() && !region.contains('*'));
        own.zip(self.through()).is_none_or(|(own, through)| own == through || through.contains('*'))
    }

    /// Whether whoever has this one has the other.
    fn covers(&self, other: &Self) -> bool {
        self.effect == other.effect
            && includes(&self.action.to_ascii_lowercase(), &other.action.to_ascii_lowercase())
            && includes(&self.resource, &other.resource)
            && (self.exceptions.is_empty() || self.exceptions == other.exceptions)
            && (self.principal == other.principal || self.principal.as_deref() == Some("*"))
            && self.conditions.iter().all(|condition| other.conditions.iter().any(|own| implies(own, condition)))
    }
}

/// Whether one condition holds wherever another does: it has the same test on the same key, and no more values pass it.
fn implies(narrower: &Condition<String>, wider: &Condition<String>) -> bool {
    let is_same = narrower.operator == wider.operator && narrower.key.eq_ignore_ascii_case(&wider.key);
    let among = |some: &[String], all: &[String]| some.iter().all(|value| all.contains(value));
    let (few, many) = if is_negated(wider.operator.test) {
        (&wider.values, &narrower.values)
    } else {
        (&narrower.values, &wider.values)
    };
    // A test of all values of a set passes with fewer of them, and a single value is compared with each.
    is_same && among(few, many)
}

fn is_negated(test: Test) -> bool {
    test.as_str().contains("Not")
}

/// The patterns that a list means: its own, or of everything but them everything, with these as exceptions.
fn patterns(listed: Listed<Vec<String>>, exceptions: &mut Vec<String>) -> Vec<String> {
    match listed {
        Listed::Only(patterns) => patterns,
        Listed::Except(patterns) => {
            exceptions.extend(patterns);
            vec!["*".to_owned()]
        }
    }
}

/// A statement as rights.
fn rights(statement: &Statement<String>) -> Vec<Right> {
    let mut exceptions = Vec::new();
    let actions = statement.actions.list().iter().map(|action| action.as_str().to_owned()).collect();
    let actions = patterns(statement.actions.with(actions), &mut exceptions);
    let resources = statement.resources.clone().unwrap_or_else(|| Listed::Only(vec!["*".to_owned()]));
    let resources = patterns(resources, &mut exceptions);
    let principals: Vec<Option<String>> = statement.principal.as_ref().map_or_else(
        || vec![None],
        |of| patterns(of.with(principals(of.list())), &mut exceptions).into_iter().map(Some).collect(),
    );
    let mut all = Vec::new();
    for principal in &principals {
        for conditions in one_by_one(&statement.conditions) {
            let each = actions.iter().flat_map(|action| resources.iter().map(move |resource| (action, resource)));
            all.extend(each.map(|(action, resource)| Right {
                effect: statement.effect,
                principal: principal.clone(),
                action: action.clone(),
                resource: resource.clone(),
                exceptions: exceptions.clone(),
                conditions: conditions.clone(),
            }));
        }
    }
    all
}

/// Conditions with one value for each that passes with any of several, in every combination.
fn one_by_one(conditions: &[Condition<String>]) -> Vec<Vec<Condition<String>>> {
    let mut all = vec![Vec::new()];
    for condition in conditions {
        let is_any = !is_negated(condition.operator.test);
        let each: Vec<Condition<String>> = if is_any && condition.values.len() > 1 {
            condition
                .values
                .iter()
                .map(|value| Condition { values: vec![value.clone()], ..condition.clone() })
                .collect()
        } else {
            vec![condition.clone()]
        };
        all = all
            .iter()
            .flat_map(|given| each.iter().map(move |one| [&given[..], std::slice::from_ref(one)].concat()))
            .collect();
    }
    all
}

fn principals(set: &PrincipalSet<String>) -> Vec<String> {
    match set {
        PrincipalSet::Everyone => vec!["*".to_owned()],
        PrincipalSet::Named(named) => [&named.aws, &named.service, &named.federated, &named.canonical_user]
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
    }
}

/// The policies of roles: those of each role, both by position among the resources of their side.
pub(super) type Attached = HashMap<usize, Vec<usize>>;

/// Finds the policies of every role of a side, which they name or refer to.
pub(super) fn attached(state: &State<'_>) -> Attached {
    let account = |resource: &Resource<'_>| state.stack(resource).map(|stack| stack.account.as_str());
    let roles = state.resources.iter().enumerate().filter(|(_, resource)| resource.kind == "AWS::IAM::Role");
    let named: HashMap<(Option<&str>, &str), usize> =
        roles.filter_map(|(at, role)| Some(((account(role), role.text("RoleName")?), at))).collect();
    let mut attached = Attached::new();
    for (at, policy) in state.resources.iter().enumerate() {
        let property = match policy.kind.as_str() {
            "AWS::IAM::RolePolicy" => "RoleName",
            "AWS::IAM::ManagedPolicy" | "AWS::IAM::Policy" => "Roles",
            _ => continue,
        };
        let value = policy.properties.get(property);
        let listed =
            value.into_iter().flat_map(|value| std::iter::once(value).chain(value.items())).filter_map(Node::text);
        let by_name = listed.filter_map(|name| named.get(&(account(policy), name)).copied());
        let ids = policy.written(property).map(referenced).unwrap_or_default();
        let by_id = ids.iter().filter_map(|id| state.find(policy.stack, id));
        for role in by_name.chain(by_id).collect::<BTreeSet<usize>>() {
            attached.entry(role).or_default().push(at);
        }
    }
    attached
}

impl Rights {
    /// What a role may do by itself and by those of its policies that pass a test, all by position.
    pub(super) fn of_role(
        state: &State<'_>,
        attached: &Attached,
        role: usize,
        is_there: impl Fn(usize) -> bool,
    ) -> Self {
        let mut rights = Self::default();
        if let Some(role) = state.resources.get(role).filter(|_| is_there(role)) {
            rights.add_role(role);
        }
        let policies = attached.get(&role).into_iter().flatten().filter(|at| is_there(**at));
        let documents = policies.filter_map(|at| state.resources.get(*at)?.properties.get("PolicyDocument"));
        documents.for_each(|document| rights.add(document));
        rights
    }

    /// Adds what a role says itself.
    fn add_role(&mut self, role: &Resource<'_>) {
        for policy in role.properties.get("Policies").map_or(&[][..], Node::items) {
            policy.get("PolicyDocument").into_iter().for_each(|document| self.add(document));
        }
        let attached = role.properties.get("ManagedPolicyArns").map_or(&[][..], Node::items);
        self.elsewhere.extend(attached.iter().filter_map(Node::text).map(str::to_owned));
    }

    /// Puts the rights of others to these.
    pub(super) fn extend(&mut self, other: Self) {
        self.all.extend(other.all);
        self.elsewhere.extend(other.elsewhere);
        self.unseen.extend(other.unseen);
    }
}
