//! One statement against one call.
//!
//! - Actions: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
//! - `NotAction`: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
//! - `NotResource`: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>

use super::condition::ReadCondition;
use super::pattern::{Comparison, Pattern};
use super::principal::{self, Reach};
use super::request::{Context, Principal, Request};
use crate::policy::glob::Case;
use crate::policy::{Action, ByBeginning, Document, Effect, Listed, Principals, Statement, Version};

/// A statement of one of the policies.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementId {
    /// The policy's name.
    pub policy: String,
    /// The statement's `Sid`, if it has one.
    pub sid: Option<String>,
    /// The statement's place in the policy, from 0.
    pub index: usize,
}

/// Whether a policy belongs to an identity or to a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The policies of the caller.
    Identity,
    /// The policy of the resource: a key policy, a vault's access policy, a role's trust policy.
    Resource,
}

/// A statement, read once and tested often.
#[derive(Clone, Debug)]
pub(super) struct ReadStatement {
    pub(super) id: StatementId,
    pub(super) effect: Effect,
    pub(super) side: Side,
    principals: Option<Principals<String>>,
    actions: Listed<Vec<ActionPattern>>,
    /// Of which a statement may have many.
    resources: Option<Listed<ByBeginning<Pattern>>>,
    clauses: Vec<ReadCondition>,
}

/// A call on one resource.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call<'a> {
    pub(super) principal: &'a Principal,
    /// The action's service, empty where a text names none.
    pub(super) service: &'a str,
    /// The action's name within its service.
    pub(super) name: &'a str,
    pub(super) resource: &'a str,
    pub(super) context: &'a Context,
}

impl<'a> Call<'a> {
    pub(super) fn new(resource: &'a str, request: &'a Request) -> Self {
        let (service, name) = request.action.split_once(':').unwrap_or_default();
        Self { principal: &request.principal, service, name, resource, context: &request.context }
    }
}

/// An action by its service and its name within it.
#[derive(Clone, Debug)]
struct ActionPattern {
    service: Pattern,
    name: Pattern,
}

/// The statements of a policy.
pub(super) fn rules(policy: &str, side: Side, document: &Document<String>) -> Vec<ReadStatement> {
    let statements = document.statements.iter().enumerate();
    statements.map(|(index, statement)| ReadStatement::new(policy, index, side, statement, document.version)).collect()
}

impl ReadStatement {
    fn new(policy: &str, index: usize, side: Side, statement: &Statement<String>, version: Version) -> Self {
        let id = StatementId { policy: policy.to_owned(), sid: statement.sid.clone(), index };
        Self::read(id, side, statement, version)
    }

    /// Another statement in the place of this one.
    pub(super) fn saying(&self, statement: &Statement<String>, version: Version) -> Self {
        Self::read(self.id.clone(), self.side, statement, version)
    }

    fn read(id: StatementId, side: Side, statement: &Statement<String>, version: Version) -> Self {
        let actions = statement.actions.list().iter().filter_map(ActionPattern::new);
        let resources = |element: &Listed<Vec<String>>| {
            let patterns = element.list().iter().map(|text| Pattern::resource(text, version));
            element.with(ByBeginning::new(patterns.collect()))
        };
        Self {
            id,
            effect: statement.effect,
            side,
            principals: statement.principal.clone(),
            actions: statement.actions.with(actions.collect()),
            resources: statement.resources.as_ref().map(resources),
            clauses: statement.conditions.iter().map(|condition| ReadCondition::new(condition, version)).collect(),
        }
    }

    /// Whether a call can tell this statement from another in its place.
    pub(super) fn differs(&self, other: &Self, request: &Request) -> bool {
        let (service, name) = request.action.split_once(':').unwrap_or_default();
        let applies = |rule: &Self| {
            let applies = rule.is_about(service, name) && rule.is_met(&request.context);
            if applies { rule.reach(&request.principal) } else { None }
        };
        let has = |rule: &Self, resource: &str| rule.has_resource(resource, &request.context);
        let reach = applies(self);
        reach != applies(other)
            || (reach.is_some() && request.resources().any(|resource| has(self, resource) != has(other, resource)))
    }

    /// Whether the context meets every condition.
    pub(super) fn is_met(&self, context: &Context) -> bool {
        self.clauses.iter().all(|clause| clause.holds(context))
    }

    /// How the statement reaches the caller. Policies of an identity name no principal, all others must.
    pub(super) fn reach(&self, caller: &Principal) -> Option<Reach> {
        match (self.side, &self.principals) {
            (Side::Identity, None) => Some(Reach::Direct),
            (Side::Resource, Some(principals)) => principal::reach(principals, caller),
            (Side::Identity, Some(_)) | (Side::Resource, None) => None,
        }
    }

    /// Whether the statement is about an action.
    pub(super) fn is_about(&self, service: &str, name: &str) -> bool {
        let is_listed = self.actions.list().iter().any(|pattern| pattern.matches(service, name));
        is_listed == matches!(self.actions, Listed::Only(_))
    }

    pub(super) fn has_action(&self, call: &Call<'_>) -> bool {
        self.is_about(call.service, call.name)
    }

    /// Whether the statement is about a resource; a pattern that cannot be compared covers nothing, either way.
    ///
    /// A statement without resources, as in a trust policy, is about the resource that it is attached to.
    pub(super) fn has_resource(&self, resource: &str, context: &Context) -> bool {
        let Some(resources) = &self.resources else { return self.side == Side::Resource };
        let candidates = resources.list().candidates(resource);
        let compared = Comparison::any(candidates.map(|pattern| pattern.compare(resource, Case::Sensitive, context)));
        compared == if matches!(resources, Listed::Only(_)) { Comparison::Holds } else { Comparison::Fails }
    }

    /// The conditions that the call does not meet.
    pub(super) fn unmet<'a>(&'a self, call: &Call<'_>) -> impl Iterator<Item = &'a ReadCondition> {
        self.clauses.iter().filter(|clause| !clause.holds(call.context))
    }

    /// Whether an action of the statement is of the call's service.
    pub(super) fn has_service(&self, call: &Call<'_>) -> bool {
        self.actions.list().iter().any(|pattern| is(&pattern.service, call.service))
    }
}

impl ActionPattern {
    /// Reads an action; a text without a service is none.
    fn new(action: &Action) -> Option<Self> {
        let is_any = !action.as_str().is_empty() && action.as_str().bytes().all(|byte| byte == b'*');
        let service = if is_any { "*" } else { action.service()? };
        // Actions know no variables, which is what the old version of the language says of a text.
        let [service, name] = [service, action.name()].map(|text| Pattern::wild(text, Version::V2008));
        Some(Self { service, name })
    }

    fn matches(&self, service: &str, name: &str) -> bool {
        is(&self.name, name) && is(&self.service, service)
    }
}

/// Actions know no variables, so there is no context to ask.
fn is(pattern: &Pattern, text: &str) -> bool {
    pattern.compare(text, Case::Insensitive, Context::NONE) == Comparison::Holds
}
