//! The policies that a role which exists must have: those that one would get that is made.

use serde_json_borrow::Value;

use super::attached::{Attached, PolicyKind};
use super::deployment::{Deployment, Unresolved};
use super::site::{Deployed, document};
use crate::cfn::Properties;
use crate::kind::call::SERVICE;
use crate::lower;
use crate::spec::{Statement, System};

/// What the role must be allowed, and whom it must trust.
pub(super) fn policies(deployed: &Deployed<'_>, deployment: &Deployment<'_>) -> Result<Vec<Attached>, Unresolved> {
    let text = text(deployed.system, deployed.statement);
    let read: Value<'_> = serde_json::from_str(&text).map_err(|error| Unresolved(error.to_string()))?;
    let stack = deployment.plan(deployed.source.region, &deployed.statement.plan.value)?;
    let attached = |what: &str, kind, document| Attached {
        name: format!("{what} of {}", deployed.role),
        kind,
        target: deployed.role.clone(),
        document,
    };
    Ok(vec![
        attached("required policy", PolicyKind::Required, document(deployment, stack, &read)?),
        attached("required trust", PolicyKind::RequiredTrust, lower::trust_policy(SERVICE.to_owned())),
    ])
}

/// The policy document, as a template would have it.
pub(super) fn text(system: &System, statement: &Statement) -> String {
    let Properties::RolePolicy(policy) = lower::required_policy(system, statement).properties else {
        return String::new();
    };
    // A document whose keys are all texts can always be written.
    serde_json::to_string(&policy.policy_document).unwrap_or_default()
}
