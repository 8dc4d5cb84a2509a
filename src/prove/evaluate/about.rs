//! One action of one caller: the statements that are about it, and what they decide on a resource.
//!
//! - One account: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
//! - Two accounts: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
//! - Keys: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>

use crate::policy::Effect;
use crate::policy::glob::Case;
use crate::prove::pattern::{Comparison, Pattern};
use crate::prove::principal::Reach;
use crate::prove::request::{Context, Principal, Request, components};
use crate::prove::statement::{ReadStatement, Side, StatementId};

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

/// The statements that are about an action of a caller, wherever and on whatever it is called.
pub(super) struct About<'a> {
    principal: &'a Principal,
    service: &'a str,
    of_caller: Vec<&'a ReadStatement>,
    of_resources: Vec<(&'a Pattern, Vec<(Reach, &'a ReadStatement)>)>,
}

/// What a statement that applies does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Denying,
    ByIdentity,
    ByResource,
    AdmittingAccount,
}

/// Of which kinds there are statements.
#[derive(Clone, Copy, Default)]
pub(super) struct Kinds(u8);

impl Kinds {
    pub(super) fn of(kinds: impl Iterator<Item = Kind>) -> Self {
        Self(kinds.fold(0, |all, kind| all | 1 << kind as u8))
    }

    pub(super) const fn has(self, kind: Kind) -> bool {
        self.0 & (1 << kind as u8) != 0
    }
}

impl<'a> About<'a> {
    /// Of the statements of the caller and of those of resources, with what each policy governs, those about the action.
    pub(super) fn new(
        principal: &'a Principal,
        action: &'a str,
        of_caller: impl Iterator<Item = &'a ReadStatement>,
        of_resources: impl Iterator<Item = &'a (Pattern, Vec<ReadStatement>)>,
    ) -> Self {
        let (service, name) = action.split_once(':').unwrap_or_default();
        let reach = |rule: &'a ReadStatement| if rule.is_about(service, name) { rule.reach(principal) } else { None };
        let of_resources = of_resources.map(|(governed, rules)| {
            let rules: Vec<_> = rules.iter().filter_map(|rule| Some((reach(rule)?, rule))).collect();
            (governed, rules)
        });
        Self {
            principal,
            service,
            of_caller: of_caller.filter(|rule| reach(rule).is_some()).collect(),
            of_resources: of_resources.filter(|(_, rules)| !rules.is_empty()).collect(),
        }
    }

    /// Whether the action is allowed on every resource of a call.
    pub(super) fn allows(&self, request: &Request) -> bool {
        request.resources().all(|resource| {
            let kinds = Kinds::of(self.applying(resource, &request.context).map(|(kind, _)| kind));
            !kinds.has(Kind::Denying) && self.decide(resource, kinds).is_ok()
        })
    }

    /// Every statement that applies to a resource.
    pub(super) fn applying(&self, resource: &str, context: &Context) -> impl Iterator<Item = (Kind, &'a StatementId)> {
        let applies = move |rule: &ReadStatement| rule.has_resource(resource, context) && rule.is_met(context);
        let of_caller = self.of_caller.iter().filter(move |rule| applies(rule));
        let governing = self.of_resources.iter().filter(move |(governed, _)| governs(governed, resource));
        let of_resources = governing.flat_map(|(_, rules)| rules).filter(move |(_, rule)| applies(rule));
        let of_caller = of_caller.map(|rule| (Kind::of(rule.effect, None), &rule.id));
        of_caller.chain(of_resources.map(|(reach, rule)| (Kind::of(rule.effect, Some(*reach)), &rule.id)))
    }

    /// Which kinds of statements allow the action on a resource, or the side that does not.
    pub(super) fn decide(&self, resource: &str, found: Kinds) -> Result<&'static [Kind], Side> {
        const ALL: &[Kind] = &[Kind::ByIdentity, Kind::ByResource, Kind::AdmittingAccount];
        let identity_allows = self.principal.is_root() || found.has(Kind::ByIdentity);
        let (by_resource, admits_account) = (found.has(Kind::ByResource), found.has(Kind::AdmittingAccount));
        match self.needs(resource) {
            Needs::Either if identity_allows || by_resource => Ok(&[Kind::ByIdentity, Kind::ByResource]),
            Needs::Either => Err(Side::Identity),
            Needs::Admission if identity_allows && admits_account => Ok(ALL),
            Needs::Resource | Needs::Admission if by_resource => Ok(&[Kind::ByResource]),
            Needs::Admission if admits_account => Err(Side::Identity),
            Needs::Both if identity_allows && (by_resource || admits_account) => Ok(ALL),
            Needs::Both if !identity_allows => Err(Side::Identity),
            Needs::Both | Needs::Admission | Needs::Resource => Err(Side::Resource),
        }
    }

    fn needs(&self, resource: &str) -> Needs {
        let Some(caller) = self.principal.account() else { return Needs::Resource };
        let [_, _, service, _, owner, name] = components(resource);
        if !owner.is_empty() && owner != caller {
            Needs::Both
        } else if self.is_closed(service, name) {
            Needs::Admission
        } else {
            Needs::Either
        }
    }

    /// Whether a resource is closed to its own account unless its policy says otherwise: a key, or a role to be assumed.
    fn is_closed(&self, service: &str, name: &str) -> bool {
        let assumes = self.service.eq_ignore_ascii_case("sts");
        (service == "kms" && name.starts_with("key/")) || (service == "iam" && name.starts_with("role/") && assumes)
    }
}

impl Kind {
    /// A statement of the caller, or of a resource, which reaches the caller in one way or the other.
    const fn of(effect: Effect, reach: Option<Reach>) -> Self {
        match (effect, reach) {
            (Effect::Deny, _) => Self::Denying,
            (Effect::Allow, None) => Self::ByIdentity,
            (Effect::Allow, Some(Reach::Direct)) => Self::ByResource,
            (Effect::Allow, Some(Reach::Account)) => Self::AdmittingAccount,
        }
    }
}

/// Whether a resource is one that a policy governs.
pub(super) fn governs(governed: &Pattern, resource: &str) -> bool {
    governed.compare(resource, Case::Sensitive, Context::NONE) == Comparison::Holds
}
