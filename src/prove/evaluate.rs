//! Decides calls as AWS does, over identity policies, resource policies and trust policies.
//!
//! - One account: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
//! - Two accounts: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
//! - Keys: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>
//!
//! INVARIANT: every verdict carries its evidence, and no decision depends on the order of policies or statements.

use super::nearest::nearest;
use super::pattern::{Case, Comparison, Pattern};
use super::principal::Reach;
use super::request::{Context, Principal, Request, account_of, component};
use super::statement::{Call, Rule, rules};
use crate::policy::{Condition, Document, Effect, Version};

pub use super::statement::{Side, StatementId};

/// The policies in force, read once and asked often.
#[derive(Clone, Debug, Default)]
pub struct Policies {
    identities: Vec<IdentityPolicy>,
    resources: Vec<ResourcePolicy>,
}

#[derive(Clone, Debug)]
struct IdentityPolicy {
    identity: String,
    rules: Vec<Rule>,
}

#[derive(Clone, Debug)]
struct ResourcePolicy {
    governed: Pattern,
    rules: Vec<Rule>,
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

/// Whose permission a call on a resource needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    /// The identity's or the resource's, in one account.
    Either,
    /// The resource's, or the identity's where the resource lets the account in: keys and roles.
    Admission,
    /// The identity's and the resource's, across accounts.
    Both,
    /// The resource's: services and other callers have no policies of their own.
    Resource,
}

/// The statements that are about an action of a caller, to be asked of one resource after another.
pub(super) struct About<'a> {
    principal: &'a Principal,
    service: &'a str,
    name: &'a str,
    of_caller: Vec<&'a Rule>,
    of_resources: Vec<(&'a Pattern, Vec<&'a Rule>)>,
}

/// The statements that apply to a call on one resource.
#[derive(Default)]
struct Applying<'a> {
    denying: Vec<&'a StatementId>,
    by_identity: Vec<&'a StatementId>,
    by_resource: Vec<&'a StatementId>,
    admitting_account: Vec<&'a StatementId>,
}

impl Policies {
    /// Attaches a policy to a user or role, given by its ARN.
    #[must_use]
    pub fn attach_to_identity(mut self, identity: &str, name: &str, document: &Document<String>) -> Self {
        let rules = rules(name, Side::Identity, document);
        self.identities.push(IdentityPolicy { identity: identity.to_owned(), rules });
        self
    }

    /// Attaches a policy to the resources that it governs, given by an ARN in which `*` and `?` are wildcards: a key
    /// policy to its key, an access policy to its vault and the recovery points in it, a trust policy to its role.
    #[must_use]
    pub fn attach_to_resource(mut self, governed: &str, name: &str, document: &Document<String>) -> Self {
        let rules = rules(name, Side::Resource, document);
        self.resources.push(ResourcePolicy { governed: Pattern::resource(governed, Version::V2008), rules });
        self
    }

    /// Decides a call: each of its resources must be allowed, and a denial on one denies the whole.
    pub fn evaluate<'a>(&'a self, request: &'a Request) -> Verdict<'a> {
        let mut verdict =
            Verdict { decision: Decision::Allowed, allowed_by: Vec::new(), denied_by: Vec::new(), lacking: None };
        let about = self.about(&request.principal, &request.action);
        for resource in request.resources() {
            let call = about.call(resource, &request.context);
            let applying = about.applying(&call);
            extend(&mut verdict.denied_by, &applying.denying);
            match decide(&call, &applying) {
                Ok(allowing) => extend(&mut verdict.allowed_by, &allowing),
                Err(side) if verdict.lacking.is_none() && applying.denying.is_empty() => {
                    verdict.lacking = Some(Lack { resource, side, nearest: self.nearest(side, &call) });
                }
                Err(_) => {}
            }
        }
        verdict.settled()
    }

    /// The statements that are about an action of a caller.
    pub(super) fn about<'a>(&'a self, principal: &'a Principal, action: &'a str) -> About<'a> {
        let (service, name) = action.split_once(':').unwrap_or_default();
        let is_about = |rule: &&'a Rule| rule.is_about(service, name);
        let of_caller = self.identities.iter().filter(|policy| principal.arn() == Some(&policy.identity));
        let of_resources = self.resources.iter().map(|policy| {
            let rules: Vec<&Rule> = policy.rules.iter().filter(is_about).collect();
            (&policy.governed, rules)
        });
        About {
            principal,
            service,
            name,
            of_caller: of_caller.flat_map(|policy| &policy.rules).filter(is_about).collect(),
            of_resources: of_resources.filter(|(_, rules)| !rules.is_empty()).collect(),
        }
    }

    fn nearest<'a>(&'a self, side: Side, call: &Call<'a>) -> Option<NearMiss<'a>> {
        nearest(self.rules(side, call), call)
    }

    /// The statements of one side that are in force for a call.
    fn rules<'a>(&'a self, side: Side, call: &Call<'a>) -> impl Iterator<Item = &'a Rule> {
        let Call { principal, resource, .. } = *call;
        let (identities, resources): (&[_], &[_]) = match side {
            Side::Identity => (&self.identities, &[]),
            Side::Resource => (&[], &self.resources),
        };
        let of_caller = identities.iter().filter(|policy| principal.arn() == Some(&policy.identity));
        let of_resource = resources.iter().filter(|policy| governs(&policy.governed, resource));
        of_caller.flat_map(|policy| &policy.rules).chain(of_resource.flat_map(|policy| &policy.rules))
    }
}

impl<'a> About<'a> {
    /// Whether the action is allowed on a resource: the decision of [`Policies::evaluate`], without what led to it.
    pub(super) fn is_allowed_on(&self, resource: &str, context: &Context) -> bool {
        let call = self.call(resource, context);
        let applying = self.applying(&call);
        applying.denying.is_empty() && decide(&call, &applying).is_ok()
    }

    fn call<'c>(&self, resource: &'c str, context: &'c Context) -> Call<'c>
    where
        'a: 'c,
    {
        Call { principal: self.principal, service: self.service, name: self.name, resource, context }
    }

    fn applying(&self, call: &Call<'_>) -> Applying<'a> {
        let mut applying = Applying::default();
        for rule in &self.of_caller {
            match (rule.applies(call), rule.effect) {
                (None, _) => {}
                (Some(_), Effect::Deny) => applying.denying.push(&rule.id),
                (Some(_), Effect::Allow) => applying.by_identity.push(&rule.id),
            }
        }
        let governing = self.of_resources.iter().filter(|(governed, _)| governs(governed, call.resource));
        for rule in governing.flat_map(|(_, rules)| rules) {
            match (rule.applies(call), rule.effect) {
                (None, _) => {}
                (Some(_), Effect::Deny) => applying.denying.push(&rule.id),
                (Some(Reach::Direct), Effect::Allow) => applying.by_resource.push(&rule.id),
                (Some(Reach::Account), Effect::Allow) => applying.admitting_account.push(&rule.id),
            }
        }
        applying
    }
}

/// Whether a resource is one that a policy governs.
fn governs(governed: &Pattern, resource: &str) -> bool {
    governed.compare(resource, Case::Sensitive, &Context::default()) == Comparison::Holds
}

impl Request {
    /// The resources to decide on, never none.
    fn resources(&self) -> impl Iterator<Item = &str> {
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

/// The statements that allow a call, or the side that does not.
fn decide<'a>(call: &Call<'_>, applying: &Applying<'a>) -> Result<Vec<&'a StatementId>, Side> {
    let Applying { by_identity, by_resource, admitting_account, .. } = applying;
    let identity_allows = call.principal.is_root() || !by_identity.is_empty();
    let admitted = !by_resource.is_empty() || !admitting_account.is_empty();
    match needs(call) {
        Needs::Either if identity_allows || !by_resource.is_empty() => Ok([&by_identity[..], by_resource].concat()),
        Needs::Either => Err(Side::Identity),
        Needs::Admission if identity_allows && !admitting_account.is_empty() => {
            Ok([&by_identity[..], by_resource, admitting_account].concat())
        }
        Needs::Resource | Needs::Admission if !by_resource.is_empty() => Ok(by_resource.clone()),
        Needs::Admission if !admitting_account.is_empty() => Err(Side::Identity),
        Needs::Both if identity_allows && admitted => Ok([&by_identity[..], by_resource, admitting_account].concat()),
        Needs::Both if !identity_allows => Err(Side::Identity),
        Needs::Both | Needs::Admission | Needs::Resource => Err(Side::Resource),
    }
}

fn needs(call: &Call<'_>) -> Needs {
    match (call.principal.account(), account_of(call.resource)) {
        (None, _) => Needs::Resource,
        (Some(caller), Some(owner)) if caller != owner => Needs::Both,
        (Some(_), _) if is_closed(call) => Needs::Admission,
        (Some(_), _) => Needs::Either,
    }
}

/// Whether the resource is closed to its own account unless its policy says otherwise: a key, or a role to be assumed.
fn is_closed(call: &Call<'_>) -> bool {
    let service = component(call.resource, 2);
    let name = component(call.resource, 5).unwrap_or_default();
    let assumed = call.service.eq_ignore_ascii_case("sts");
    (service == Some("kms") && name.starts_with("key/"))
        || (service == Some("iam") && name.starts_with("role/") && assumed)
}

fn extend<'a>(ids: &mut Vec<&'a StatementId>, more: &[&'a StatementId]) {
    for id in more {
        if !ids.iter().any(|known| std::ptr::eq(*known, *id)) {
            ids.push(id);
        }
    }
}
