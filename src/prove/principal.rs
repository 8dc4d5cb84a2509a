//! The principals of a statement against the caller.
//!
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>
//! - <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html>

use super::request::{Principal, components};
use crate::policy::{NamedPrincipals, PrincipalSet, Principals};

/// How a statement reaches a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reach {
    /// The statement names the caller's account and leaves the rest to the account's own policies.
    Account,
    /// The statement names the caller, or everyone.
    Direct,
}

/// How a statement with these principals reaches the caller, if it does.
pub(super) fn reach(principals: &Principals<String>, caller: &Principal) -> Option<Reach> {
    match principals {
        Principals::Only(set) => named(set, caller),
        Principals::Except(set) => (!is_excepted(set, caller)).then_some(Reach::Direct),
    }
}

fn named(set: &PrincipalSet<String>, caller: &Principal) -> Option<Reach> {
    let named = match set {
        PrincipalSet::Everyone => return Some(Reach::Direct),
        PrincipalSet::Named(named) => named,
    };
    // A principal is named whole: `*` alone is a wildcard, and it means the same as `"Principal": "*"`.
    if named.aws.iter().any(|name| name == "*") {
        return Some(Reach::Direct);
    }
    let direct = match caller {
        Principal::Aws(arn) => named.aws.contains(arn),
        Principal::Session { role, session } => named.aws.contains(role) || named.aws.contains(session),
        Principal::Service(service) => named.service.contains(service),
        Principal::Federated(provider) => named.federated.contains(provider),
        Principal::Anonymous => false,
    };
    if direct || (caller.is_root() && names_account(named, caller)) {
        return Some(Reach::Direct);
    }
    names_account(named, caller).then_some(Reach::Account)
}

/// Whether the account of the caller is named, by its root ARN or by its id alone.
fn names_account(named: &NamedPrincipals<String>, caller: &Principal) -> bool {
    let Some(account) = caller.account() else {
        return false;
    };
    named
        .aws
        .iter()
        .any(|name| name == account || matches!(components(name), [_, _, "iam", _, owner, "root"] if owner == account))
}

/// Whether `NotPrincipal` leaves the caller out: AWS checks the account, then the role, then the session, so each must
/// be named.
fn is_excepted(set: &PrincipalSet<String>, caller: &Principal) -> bool {
    let named = match set {
        PrincipalSet::Everyone => return true,
        PrincipalSet::Named(named) => named,
    };
    if named.aws.iter().any(|name| name == "*") {
        return true;
    }
    match caller {
        Principal::Aws(_) if caller.is_root() => names_account(named, caller),
        Principal::Aws(arn) => names_account(named, caller) && named.aws.contains(arn),
        Principal::Session { role, session } => {
            names_account(named, caller) && named.aws.contains(role) && named.aws.contains(session)
        }
        Principal::Service(service) => named.service.contains(service),
        Principal::Federated(provider) => named.federated.contains(provider),
        Principal::Anonymous => false,
    }
}
