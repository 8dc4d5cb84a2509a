//! Decides calls as AWS does, over identity policies, resource policies and trust policies.
//!
//! INVARIANT: every verdict carries its evidence, and no decision depends on the order of policies or statements.

mod about;

use std::collections::BTreeMap;

use super::nearest::nearest;
use super::pattern::Pattern;
use super::request::{Principal, Request};
use super::statement::{Call, ReadStatement, rules};
use crate::policy::{Condition, Document, Version};
use about::{About, Kind, Kinds, governs};

pub use super::statement::{Side, StatementId};

/// The policies in force, read once and asked often.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    /// Those of users and roles, each with the ARN of its identity.
    identities: Vec<(String, Vec<ReadStatement>)>,
    /// Those of resources, each with what it governs.
    resources: Vec<(Pattern, Vec<ReadStatement>)>,
}

/// What AWS would say to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Something allows the call and nothing denies it.
    Allowed,
    /// A statement denies the call.
    DeniedExplicitly,
    /// Nothing denies the call, but not everything that must allow it does.
    DeniedImplicitly,
}

/// A decision with what led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict<'a> {
    /// The decision.
    pub decision: Decision,
    /// The statements that allow an allowed call. Only an account's root user is allowed anything without one.
    pub allowed_by: Vec<&'a StatementId>,
    /// The statements that deny an explicitly denied call.
    pub denied_by: Vec<&'a StatementId>,
    /// What an implicitly denied call lacks.
    pub lacking: Option<Lack<'a>>,
}

/// The permission that a call lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lack<'a> {
    /// The resource on which the call is not allowed.
    pub resource: &'a str,
    /// Whose policies do not allow it.
    pub side: Side,
    /// The statement on that side that came closest; none if that side allows nothing at all.
    pub nearest: Option<NearMiss<'a>>,
}

/// An allowing statement that does not apply to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss<'a> {
    /// The statement.
    pub statement: &'a StatementId,
    /// What of it does not match.
    pub missed: Vec<Miss<'a>>,
}

/// A part of a statement that does not match a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Miss<'a> {
    /// The actions.
    Action,
    /// The resources.
    Resource,
    /// The principals.
    Principal,
    /// A condition.
    Condition(&'a Condition<String>),
}

impl Policies {
    /// Attaches a policy to a user or role, given by its ARN.
    #[must_use]
    pub fn attach_to_identity(mut self, identity: &str, name: &str, document: &Document<String>) -> Self {
        self.identities.push((identity.to_owned(), rules(name, Side::Identity, document)));
        self
    }

    /// Attaches a policy to the resources that it governs, given by an ARN in which `*` and `?` are wildcards: a key
    /// policy to its key, an access policy to its vault and the recovery points in it, a trust policy to its role.
    #[must_use]
    pub fn attach_to_resource(mut self, governed: &str, name: &str, document: &Document<String>) -> Self {
        let governed = Pattern::resource(governed, Version::V2008);
        self.resources.push((governed, rules(name, Side::Resource, document)));
        self
    }

    /// Decides a call: each of its resources must be allowed, and a denial on one denies the whole.
    pub fn evaluate<'a>(&'a self, request: &'a Request) -> Verdict<'a> {
        Inquiry::into(self).evaluate(request)
    }

    /// Whether a call is allowed: the decision of [`evaluate`](Self::evaluate), without what led to it.
    pub fn allows(&self, request: &Request) -> bool {
        Inquiry::into(self).allows(request)
    }

    /// A statement, by its policy and its place in that.
    pub(super) fn rule(&mut self, policy: &str, index: usize) -> Option<&mut ReadStatement> {
        let of_identities = self.identities.iter_mut().flat_map(|(_, rules)| rules);
        let of_resources = self.resources.iter_mut().flat_map(|(_, rules)| rules);
        of_identities.chain(of_resources).find(|rule| rule.id.index == index && rule.id.policy == policy)
    }

    /// The statements that are about an action of a caller.
    fn about<'a>(&'a self, principal: &'a Principal, action: &'a str) -> About<'a> {
        About::new(principal, action, self.of_identity(principal), self.resources.iter())
    }

    fn of_identity(&self, principal: &Principal) -> impl Iterator<Item = &ReadStatement> {
        let of_caller = self.identities.iter().filter(|(identity, _)| principal.arn() == Some(identity));
        of_caller.flat_map(|(_, rules)| rules)
    }

    /// Decides a call by the statements that are about it.
    fn decide<'a>(&'a self, about: &About<'a>, request: &'a Request) -> Verdict<'a> {
        let mut verdict =
            Verdict { decision: Decision::Allowed, allowed_by: Vec::new(), denied_by: Vec::new(), lacking: None };
        for resource in request.resources() {
            let mut applying: Vec<_> = about.applying(resource, &request.context).collect();
            applying.sort_by_key(|(kind, _)| *kind);
            let kinds = Kinds::of(applying.iter().map(|(kind, _)| *kind));
            let decision = about.decide(resource, kinds);
            let allowing = decision.unwrap_or_default();
            for (kind, id) in applying {
                if kind == Kind::Denying {
                    extend(&mut verdict.denied_by, id);
                } else if allowing.contains(&kind) {
                    extend(&mut verdict.allowed_by, id);
                }
            }
            if let Err(side) = decision
                && verdict.lacking.is_none()
                && !kinds.has(Kind::Denying)
            {
                let nearest = self.nearest(side, resource, request);
                verdict.lacking = Some(Lack { resource, side, nearest });
            }
        }
        verdict.settled()
    }

    /// The statement on one side that comes closest to allowing a call on a resource.
    fn nearest<'a>(&'a self, side: Side, resource: &'a str, request: &'a Request) -> Option<NearMiss<'a>> {
        let of_resource = self.resources.iter().filter(|(governed, _)| governs(governed, resource));
        let in_force = self.of_identity(&request.principal).chain(of_resource.flat_map(|(_, rules)| rules));
        nearest(in_force.filter(|rule| rule.side == side), &Call::new(resource, request))
    }
}

/// Many calls put to the same policies: which statements are about an action of a caller is found once.
pub(super) struct Inquiry<'a> {
    policies: &'a Policies,
    about: BTreeMap<(&'a Principal, &'a str), About<'a>>,
}

impl<'a> Inquiry<'a> {
    pub(super) fn into(policies: &'a Policies) -> Self {
        Self { policies, about: BTreeMap::new() }
    }

    /// See [`Policies::evaluate`].
    pub(super) fn evaluate(&mut self, request: &'a Request) -> Verdict<'a> {
        let policies = self.policies;
        policies.decide(self.about(request), request)
    }

    /// See [`Policies::allows`].
    pub(super) fn allows(&mut self, request: &'a Request) -> bool {
        self.about(request).allows(request)
    }

    fn about(&mut self, request: &'a Request) -> &About<'a> {
        let asked = (&request.principal, request.action.as_str());
        self.about.entry(asked).or_insert_with(|| self.policies.about(asked.0, asked.1))
    }
}

impl Request {
    /// The resources to decide on, never none.
    pub(super) fn resources(&self) -> impl Iterator<Item = &str> {
        let none = self.resources.is_empty().then_some("*");
        self.resources.iter().map(String::as_str).chain(none)
    }
}

impl Verdict<'_> {
    /// Whether the call is allowed.
    pub fn is_allowed(&self) -> bool {
        self.decision == Decision::Allowed
    }

    /// An explicit denial outweighs everything, a missing permission every permission.
    fn settled(mut self) -> Self {
        if !self.denied_by.is_empty() {
            self.decision = Decision::DeniedExplicitly;
            self.lacking = None;
        } else if self.lacking.is_some() {
            self.decision = Decision::DeniedImplicitly;
        }
        if self.decision != Decision::Allowed {
            self.allowed_by.clear();
        }
        self
    }
}

fn extend<'a>(ids: &mut Vec<&'a StatementId>, id: &'a StatementId) {
    if !ids.iter().any(|known| std::ptr::eq(*known, id)) {
        ids.push(id);
    }
}
