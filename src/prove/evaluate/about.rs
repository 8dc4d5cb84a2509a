//! One action of one caller: the statements that are about it, and what they decide on a resource.
//!
//! - One account: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>
//! - Two accounts: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html>
//! - Keys: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>

use memchr::memchr_iter;

use crate::policy::Effect;
use crate::policy::glob::Case;
use crate::prove::pattern::{Comparison, Pattern};
use crate::prove::principal::Reach;
use crate::prove::request::{Context, Principal, Request, components};
use crate::prove::statement::{Call, ReadStatement, Side, StatementId};

/// Whose permission a call on a resource needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
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
pub(in crate::prove) struct About<'a> {
    caller: Caller<'a>,
    service: &'a str,
    name: &'a str,
    of_caller: Vec<&'a ReadStatement>,
    of_resources: Vec<(&'a Pattern, Vec<(Reach, &'a ReadStatement)>)>,
}

/// Those of the statements whose conditions a context meets, to be asked of one resource after another.
pub(in crate::prove) struct Within<'a> {
    caller: Caller<'a>,
    assumes: bool,
    context: &'a Context,
    of_caller: Vec<&'a ReadStatement>,
    of_resources: Vec<(&'a Pattern, Vec<(Reach, &'a ReadStatement)>)>,
}

/// What of a caller counts on every resource.
#[derive(Clone, Copy)]
struct Caller<'a> {
    principal: &'a Principal,
    account: Option<&'a str>,
    is_root: bool,
}

/// What a statement that applies does.
#[derive(Clone, Copy)]
enum Kind {
    Denying,
    ByIdentity,
    ByResource,
    AdmittingAccount,
}

/// The statements that apply to a call on one resource.
#[derive(Default)]
pub(super) struct Applying<'a> {
    pub(super) denying: Vec<&'a StatementId>,
    by_identity: Vec<&'a StatementId>,
    by_resource: Vec<&'a StatementId>,
    admitting_account: Vec<&'a StatementId>,
}

/// Whether there is a statement of each allowing kind, or whether it counts.
#[derive(Clone, Copy, Default)]
pub(super) struct Kinds {
    by_identity: bool,
    by_resource: bool,
    admitting_account: bool,
}

impl<'a> About<'a> {
    /// Of the statements of the caller and of those of resources, with what each policy governs, those about the action.
    pub(super) fn new(
        principal: &'a Principal,
        action: &'a str,
        of_caller: impl Iterator<Item = &'a ReadStatement>,
        of_resources: impl Iterator<Item = (&'a Pattern, &'a [ReadStatement])>,
    ) -> Self {
        let (service, name) = action.split_once(':').unwrap_or_default();
        let reach = |rule: &'a ReadStatement| if rule.is_about(service, name) { rule.reach(principal) } else { None };
        let of_resources = of_resources.map(|(governed, rules)| {
            let rules: Vec<_> = rules.iter().filter_map(|rule| Some((reach(rule)?, rule))).collect();
            (governed, rules)
        });
        Self {
            caller: Caller { principal, account: principal.account(), is_root: principal.is_root() },
            service,
            name,
            of_caller: of_caller.filter(|rule| reach(rule).is_some()).collect(),
            of_resources: of_resources.filter(|(_, rules)| !rules.is_empty()).collect(),
        }
    }

    /// Those of the statements whose conditions the context meets.
    pub(in crate::prove) fn within<'c>(&self, context: &'c Context) -> Within<'c>
    where
        'a: 'c,
    {
        let of_resources = self.of_resources.iter().map(|(governed, rules)| {
            let met = rules.iter().filter(|(_, rule)| rule.is_met(context)).copied().collect();
            (*governed, met)
        });
        Within {
            caller: self.caller,
            assumes: self.assumes(),
            context,
            of_caller: self.of_caller.iter().filter(|rule| rule.is_met(context)).copied().collect(),
            of_resources: of_resources.collect(),
        }
    }

    /// Whether the action is allowed on every resource of a call.
    pub(super) fn allows(&self, request: &Request) -> bool {
        let within = self.within(&request.context);
        request.resources().all(within.allows())
    }

    /// Whether a role is to be assumed.
    fn assumes(&self) -> bool {
        self.service.eq_ignore_ascii_case("sts")
    }

    pub(super) fn call<'c>(&self, resource: &'c str, context: &'c Context) -> Call<'c>
    where
        'a: 'c,
    {
        Call { principal: self.caller.principal, service: self.service, name: self.name, resource, context }
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

impl<'a> Within<'a> {
    /// Whether the action is allowed on a resource: the decision of [`evaluate`](super::Policies::evaluate), without what
    /// led to it. To be asked of one resource after another, of which most differ from the last in their names alone.
    pub(in crate::prove) fn allows<'r>(&'r self) -> impl FnMut(&'r str) -> bool {
        let mut last: Option<(&str, Needs)> = None;
        move |resource| {
            let needs = match last {
                Some((nameless, needs)) if resource.starts_with(nameless) => needs,
                _ => {
                    let needs = self.needs(resource);
                    last = nameless(resource).map(|nameless| (nameless, needs));
                    needs
                }
            };
            self.is_allowed(resource, needs)
        }
    }

    fn is_allowed(&self, resource: &str, needs: Needs) -> bool {
        let (mut kinds, mut is_denied) = (Kinds::default(), false);
        self.visit(resource, |kind, _| match kind {
            Kind::Denying => is_denied = true,
            Kind::ByIdentity => kinds.by_identity = true,
            Kind::ByResource => kinds.by_resource = true,
            Kind::AdmittingAccount => kinds.admitting_account = true,
        });
        !is_denied && self.decide(needs, kinds).is_ok()
    }

    pub(super) fn applying(&self, resource: &str) -> Applying<'a> {
        let mut applying = Applying::default();
        self.visit(resource, |kind, id| match kind {
            Kind::Denying => applying.denying.push(id),
            Kind::ByIdentity => applying.by_identity.push(id),
            Kind::ByResource => applying.by_resource.push(id),
            Kind::AdmittingAccount => applying.admitting_account.push(id),
        });
        applying
    }

    /// Every statement that applies to a resource.
    fn visit(&self, resource: &str, mut visit: impl FnMut(Kind, &'a StatementId)) {
        let applies = |rule: &ReadStatement| rule.has_resource(resource, self.context);
        for rule in self.of_caller.iter().filter(|rule| applies(rule)) {
            visit(Kind::of(rule.effect, None), &rule.id);
        }
        let governing = self.of_resources.iter().filter(|(governed, _)| governs(governed, resource));
        for (reach, rule) in governing.flat_map(|(_, rules)| rules).filter(|(_, rule)| applies(rule)) {
            visit(Kind::of(rule.effect, Some(*reach)), &rule.id);
        }
    }

    /// Which statements allow the action on a resource, or the side that does not.
    pub(super) fn decide(&self, needs: Needs, found: Kinds) -> Result<Kinds, Side> {
        let Kinds { by_identity, by_resource, admitting_account } = found;
        let identity_allows = self.caller.is_root || by_identity;
        let admitted = by_resource || admitting_account;
        match needs {
            Needs::Either if identity_allows || by_resource => Ok(Kinds { admitting_account: false, ..found }),
            Needs::Either => Err(Side::Identity),
            Needs::Admission if identity_allows && admitting_account => Ok(found),
            Needs::Resource | Needs::Admission if by_resource => {
                Ok(Kinds { by_identity: false, admitting_account: false, ..found })
            }
            Needs::Admission if admitting_account => Err(Side::Identity),
            Needs::Both if identity_allows && admitted => Ok(found),
            Needs::Both if !identity_allows => Err(Side::Identity),
            Needs::Both | Needs::Admission | Needs::Resource => Err(Side::Resource),
        }
    }

    pub(super) fn needs(&self, resource: &str) -> Needs {
        let Some(caller) = self.caller.account else { return Needs::Resource };
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
        (service == "kms" && name.starts_with("key/"))
            || (service == "iam" && name.starts_with("role/") && self.assumes)
    }
}

/// An ARN without its name, where the name does not decide what is needed.
fn nameless(resource: &str) -> Option<&str> {
    let fifth_colon = memchr_iter(b':', resource.as_bytes()).nth(4)?;
    let [_, _, service, ..] = components(resource);
    if matches!(service, "kms" | "iam") { None } else { resource.get(..=fifth_colon) }
}

impl<'a> Applying<'a> {
    pub(super) fn kinds(&self) -> Kinds {
        Kinds {
            by_identity: !self.by_identity.is_empty(),
            by_resource: !self.by_resource.is_empty(),
            admitting_account: !self.admitting_account.is_empty(),
        }
    }

    /// The allowing statements of the kinds that count.
    pub(super) fn counting(&self, kinds: Kinds) -> Vec<&'a StatementId> {
        let all = [
            (kinds.by_identity, &self.by_identity),
            (kinds.by_resource, &self.by_resource),
            (kinds.admitting_account, &self.admitting_account),
        ];
        all.into_iter().filter(|(counts, _)| *counts).flat_map(|(_, ids)| ids).copied().collect()
    }
}

/// Whether a resource is one that a policy governs.
pub(super) fn governs(governed: &Pattern, resource: &str) -> bool {
    governed.compare(resource, Case::Sensitive, Context::NONE) == Comparison::Holds
}

#[cfg(test)]
mod tests {
    use super::nameless;

    #[test]
    fn what_is_no_arn_has_nothing_in_common_with_another() {
        assert_eq!(nameless("arn:aws:rds:eu-west-1:1:cluster:a"), Some("arn:aws:rds:eu-west-1:1:"));
        assert_eq!(nameless("::::::"), Some(":::::"));
        for resource in ["arn:aws:kms:eu-west-1:1:key/a", "arn:aws:iam::1:role/a", "*", "", ":", "::::a"] {
            assert_eq!(nameless(resource), None, "{resource}");
        }
    }
}
