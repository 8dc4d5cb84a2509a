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
    let is_only = matches!(principals, Principals::Only(_));
    let named = match principals.list() {
        // A principal is named whole: `*` alone is a wildcard, and it means the same as `"Principal": "*"`.
        PrincipalSet::Named(named) if named.aws.iter().all(|name| name != "*") => named,
        PrincipalSet::Named(_) | PrincipalSet::Everyone => return is_only.then_some(Reach::Direct),
    };
    let [first, second] = match caller {
        Principal::Aws(arn) => [named.aws.contains(arn); 2],
        Principal::Session { role, session } => [role, session].map(|arn| named.aws.contains(arn)),
        Principal::Service(service) => [named.service.contains(service); 2],
        Principal::Federated(provider) => [named.federated.contains(provider); 2],
        Principal::Anonymous => [false; 2],
    };
    let names_account = names_account(named, caller);
    let names_root = caller.is_root() && names_account;
    if is_only {
        let directly = (first || second || names_root).then_some(Reach::Direct);
        return directly.or(names_account.then_some(Reach::Account));
    }
    // AWS checks the account, then the role, then the session, so each must be named to be left out.
    let is_excepted = names_root || (first && second && (names_account || caller.account().is_none()));
    (!is_excepted).then_some(Reach::Direct)
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
