//! One statement against one call.
//!
//! - Actions: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html>
//! - `NotAction`: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notaction.html>
//! - `NotResource`: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notresource.html>

use super::condition::Clause;
use super::pattern::{Case, Comparison, Pattern};
use super::principal::{self, Reach};
use super::request::{Context, Principal};
use crate::policy::{Action, Actions, Document, Effect, Principals, Resources, Statement, Version};

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
pub(super) struct Rule {
    pub(super) id: StatementId,
    pub(super) effect: Effect,
    side: Side,
    principals: Option<Principals<String>>,
    actions: Listed<ActionPattern>,
    resources: Option<Listed<Pattern>>,
    clauses: Vec<Clause>,
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

/// A list that is meant as written, or as all but what is written.
#[derive(Clone, Debug)]
enum Listed<P> {
    Only(Vec<P>),
    Except(Vec<P>),
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
pub(super) fn rules(policy: &str, side: Side, document: &Document<String>) -> Vec<Rule> {
    let statements = document.statements.iter().enumerate();
    statements.map(|(index, statement)| Rule::new(policy, index, side, statement, document.version)).collect()
}

impl Rule {
    fn new(policy: &str, index: usize, side: Side, statement: &Statement<String>, version: Version) -> Self {
        let resource = |text: &String| Pattern::resource(text, version);
        Self {
            id: StatementId { policy: policy.to_owned(), sid: statement.sid.clone(), index },
            effect: statement.effect,
            side,
            principals: statement.principal.clone(),
            actions: match &statement.actions {
                Actions::Only(list) => Listed::Only(list.iter().map(ActionPattern::new).collect()),
                Actions::Except(list) => Listed::Except(list.iter().map(ActionPattern::new).collect()),
            },
            resources: statement.resources.as_ref().map(|resources| match resources {
                Resources::Only(list) => Listed::Only(list.iter().map(resource).collect()),
                Resources::Except(list) => Listed::Except(list.iter().map(resource).collect()),
            }),
            clauses: statement.conditions.iter().map(|condition| Clause::new(condition, version)).collect(),
        }
    }

    /// How a statement that is about the call's action reaches the call, if it applies to it.
    pub(super) fn applies(&self, call: &Call<'_>) -> Option<Reach> {
        let reach = self.reach(call).filter(|_| self.has_resource(call))?;
        self.clauses.iter().all(|clause| clause.holds(call.context)).then_some(reach)
    }

    /// How the statement reaches the caller. Policies of an identity name no principal, all others must.
    pub(super) fn reach(&self, call: &Call<'_>) -> Option<Reach> {
        match (self.side, &self.principals) {
            (Side::Identity, None) => Some(Reach::Direct),
            (Side::Resource, Some(principals)) => principal::reach(principals, call.principal),
            (Side::Identity, Some(_)) | (Side::Resource, None) => None,
        }
    }

    /// Whether the statement is about an action.
    pub(super) fn is_about(&self, service: &str, name: &str) -> bool {
        self.actions.holds(|pattern| pattern.matches(service, name).into())
    }

    pub(super) fn has_action(&self, call: &Call<'_>) -> bool {
        self.is_about(call.service, call.name)
    }

    /// A statement without resources, as in a trust policy, is about the resource that it is attached to.
    pub(super) fn has_resource(&self, call: &Call<'_>) -> bool {
        let compare = |pattern: &Pattern| pattern.compare(call.resource, Case::Sensitive, call.context);
        self.resources.as_ref().map_or(self.side == Side::Resource, |resources| resources.holds(compare))
    }

    /// The conditions that the call does not meet.
    pub(super) fn unmet<'a>(&'a self, call: &Call<'_>) -> impl Iterator<Item = &'a Clause> {
        self.clauses.iter().filter(|clause| !clause.holds(call.context))
    }

    /// Whether an action of the statement is of the call's service.
    pub(super) fn has_service(&self, call: &Call<'_>) -> bool {
        let patterns = match &self.actions {
            Listed::Only(patterns) | Listed::Except(patterns) => patterns,
        };
        patterns.iter().any(|pattern| pattern.is_of_service(call.service))
    }
}

impl<P> Listed<P> {
    /// Whether the list covers what it is compared with; an item that cannot be compared covers nothing, either way.
    fn holds(&self, compare: impl Fn(&P) -> Comparison) -> bool {
        match self {
            Self::Only(list) => Comparison::any(list.iter().map(compare)) == Comparison::Holds,
            Self::Except(list) => Comparison::any(list.iter().map(compare)) == Comparison::Fails,
        }
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
    pattern.compare(text, Case::Insensitive, &Context::default()) == Comparison::Holds
}
