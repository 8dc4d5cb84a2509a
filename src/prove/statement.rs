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
use crate::policy::{Action, Actions, ByBeginning, Document, Effect, Principals, Resources, Statement, Version};

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
    side: Side,
    principals: Option<Principals<String>>,
    actions: ListedActions,
    resources: Option<ListedResources>,
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

/// Actions as written, or all but what is written.
#[derive(Clone, Debug)]
enum ListedActions {
    Only(Vec<ActionPattern>),
    Except(Vec<ActionPattern>),
}

/// Resources as written, of which a statement may have many, or all but what is written.
#[derive(Clone, Debug)]
enum ListedResources {
    Only(ByBeginning<Pattern>),
    Except(Vec<Pattern>),
}

#[derive(Clone, Debug)]
enum ActionPattern {
    Any,
    Named {
        service: Pattern,
        name: Pattern,
    },
    /// A text without a service matches nothing.
    Malformed,
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
        let resource = |text: &String| Pattern::resource(text, version);
        Self {
            id,
            effect: statement.effect,
            side,
            principals: statement.principal.clone(),
            actions: match &statement.actions {
                Actions::Only(list) => ListedActions::Only(list.iter().map(ActionPattern::new).collect()),
                Actions::Except(list) => ListedActions::Except(list.iter().map(ActionPattern::new).collect()),
            },
            resources: statement.resources.as_ref().map(|resources| match resources {
                Resources::Only(list) => {
                    let patterns = list.iter().map(resource).collect();
                    ListedResources::Only(ByBeginning::new(patterns))
                }
                Resources::Except(list) => ListedResources::Except(list.iter().map(resource).collect()),
            }),
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
        match &self.actions {
            ListedActions::Only(patterns) => patterns.iter().any(|pattern| pattern.matches(service, name)),
            ListedActions::Except(patterns) => !patterns.iter().any(|pattern| pattern.matches(service, name)),
        }
    }

    pub(super) fn has_action(&self, call: &Call<'_>) -> bool {
        self.is_about(call.service, call.name)
    }

    /// Whether the statement is about a resource; a pattern that cannot be compared covers nothing, either way.
    ///
    /// A statement without resources, as in a trust policy, is about the resource that it is attached to.
    pub(super) fn has_resource(&self, resource: &str, context: &Context) -> bool {
        let compare = |pattern: &Pattern| pattern.compare(resource, Case::Sensitive, context);
        match &self.resources {
            Some(ListedResources::Only(patterns)) => {
                patterns.candidates(resource).any(|pattern| compare(pattern) == Comparison::Holds)
            }
            Some(ListedResources::Except(patterns)) => {
                Comparison::any(patterns.iter().map(compare)) == Comparison::Fails
            }
            None => self.side == Side::Resource,
        }
    }

    /// The conditions that the call does not meet.
    pub(super) fn unmet<'a>(&'a self, call: &Call<'_>) -> impl Iterator<Item = &'a ReadCondition> {
        self.clauses.iter().filter(|clause| !clause.holds(call.context))
    }

    /// Whether an action of the statement is of the call's service.
    pub(super) fn has_service(&self, call: &Call<'_>) -> bool {
        let patterns = match &self.actions {
            ListedActions::Only(patterns) | ListedActions::Except(patterns) => patterns,
        };
        patterns.iter().any(|pattern| pattern.is_of_service(call.service))
    }
}

impl ActionPattern {
    fn new(action: &Action) -> Self {
        if !action.as_str().is_empty() && action.as_str().bytes().all(|byte| byte == b'*') {
            return Self::Any;
        }
        // Actions know no variables, which is what the old version of the language says of a text.
        action.service().map_or(Self::Malformed, |service| Self::Named {
            service: Pattern::wild(service, Version::V2008),
            name: Pattern::wild(action.name(), Version::V2008),
        })
    }

    fn is_of_service(&self, service: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Named { service: pattern, .. } => is(pattern, service),
            Self::Malformed => false,
        }
    }

    fn matches(&self, service: &str, name: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Named { name: pattern, .. } => is(pattern, name) && self.is_of_service(service),
            Self::Malformed => false,
        }
    }
}

/// Actions know no variables, so there is no context to ask.
fn is(pattern: &Pattern, text: &str) -> bool {
    pattern.compare(text, Case::Insensitive, Context::NONE) == Comparison::Holds
}
