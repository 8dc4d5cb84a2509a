//! What is not in the templates and has to be true all the same.

use std::collections::BTreeSet;

use super::attached::{Attached, PolicyKind};
use super::request::component;
use super::site::Deployed;
use crate::aws::call::SERVICE;
use crate::spec::{Key, Vault};

/// What a proof of a role takes for granted, in sentences.
pub(super) fn assumptions(deployed: &Deployed<'_>) -> Vec<String> {
    let examples: Vec<&str> = deployed.cluster_keys.iter().map(|key| key.arn.as_str()).collect();
    let is_example = |policy: &&Attached| deployed.has_unknown_key() && examples.contains(&&*policy.target);
    let unknown = deployed.has_unknown_key().then(|| {
        format!(
            "the key of the clusters, which `encrypted by` does not name, lets account {} use it and make grants, in \
             whichever account it is",
            deployed.account
        )
    });
    let policies = deployed.policies.iter().filter(|policy| !is_example(policy));
    let assumed = policies.filter_map(|policy| of_policy(policy, deployed.account));
    unknown.into_iter().chain(assumed).chain(of_vaults(deployed)).collect()
}

/// What is assumed of a policy that no template has.
fn of_policy(policy: &Attached, account: &str) -> Option<String> {
    let (arn, owner) = (&policy.target, component(&policy.target, 4).unwrap_or_default());
    match policy.kind {
        PolicyKind::Assumed if owner == account => Some(format!(
            "the policy of {arn} lets its account decide with IAM policies, as the default key policy does"
        )),
        PolicyKind::Assumed => Some(format!(
            "the policy of {arn}, a key of another account, lets account {account} use the key and make grants"
        )),
        PolicyKind::AssumedOfAdministrator => Some(format!("account {owner} allows {arn} to administer the keys")),
        PolicyKind::Required => Some(format!(
            "{arn} exists and is allowed what `drc explain` shows as its policy; what else it is allowed is not looked at"
        )),
        PolicyKind::RequiredTrust => Some(format!("{arn} lets {SERVICE} assume it")),
        PolicyKind::Inline | PolicyKind::Managed | PolicyKind::Trust | PolicyKind::Key => None,
    }
}

/// What is assumed of vaults that exist.
fn of_vaults(deployed: &Deployed<'_>) -> BTreeSet<String> {
    let existing = deployed.statement.places().filter_map(|place| match (&place.vault.value, &place.key.value) {
        (Vault::Existing(vault), Key::Existing(key)) => Some((vault.as_str(), key.as_str())),
        (Vault::Existing(_), Key::Made(_)) | (Vault::Made(_), _) => None,
    });
    let sentence = |(vault, key)| {
        format!(
            "{vault} exists, is encrypted with {key}, and its access policy denies the role and whoever deploys nothing"
        )
    };
    existing.map(sentence).collect()
}
