//! A policy in force, with what it belongs to.

use super::evaluate::Policies;
use crate::aws::quota::{
    INLINE_POLICY_CHARACTERS, KEY_POLICY_CHARACTERS, MANAGED_POLICY_CHARACTERS, TRUST_POLICY_CHARACTERS,
};
use crate::policy::Document;

/// What a policy belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyKind {
    /// A policy within the role.
    Inline,
    /// A customer managed policy of the role.
    Managed,
    /// Who may assume the role.
    Trust,
    /// A key's policy.
    Key,
    /// The policy of a key that exists: not ours, and taken to let the account in.
    Assumed,
    /// The policy of an administrator of another account: not ours, and taken to allow it.
    AssumedOfAdministrator,
    /// What a role that exists must be allowed: not ours, and taken to be so.
    Required,
    /// Whom a role that exists must trust: not ours, and taken to be so.
    RequiredTrust,
}

/// A policy in force.
#[derive(Clone, Debug)]
pub struct Attached {
    /// What it is called in verdicts.
    pub name: String,
    /// What it belongs to.
    pub kind: PolicyKind,
    /// The ARN of the role or key.
    pub target: String,
    /// The policy, with every value as it is deployed.
    pub document: Document<String>,
}

impl PolicyKind {
    /// Whether a template of the build has the policy.
    pub fn is_emitted(self) -> bool {
        self.limit().is_some()
    }

    /// How many characters a policy that a template has may have.
    pub(super) fn limit(self) -> Option<usize> {
        match self {
            Self::Inline => Some(INLINE_POLICY_CHARACTERS),
            Self::Managed => Some(MANAGED_POLICY_CHARACTERS),
            Self::Trust => Some(TRUST_POLICY_CHARACTERS),
            Self::Key => Some(KEY_POLICY_CHARACTERS),
            Self::Assumed | Self::AssumedOfAdministrator | Self::Required | Self::RequiredTrust => None,
        }
    }
}

/// Policies ready to be asked.
pub(super) fn in_force<'a>(attached: impl IntoIterator<Item = &'a Attached>) -> Policies {
    attached.into_iter().fold(Policies::default(), |policies, policy| match policy.kind {
        PolicyKind::Inline | PolicyKind::Managed | PolicyKind::AssumedOfAdministrator | PolicyKind::Required => {
            policies.attach_to_identity(&policy.target, &policy.name, &policy.document)
        }
        PolicyKind::Trust | PolicyKind::Key | PolicyKind::Assumed | PolicyKind::RequiredTrust => {
            policies.attach_to_resource(&policy.target, &policy.name, &policy.document)
        }
    })
}
