//! The policies that a role which exists must have: those that one would get that is made.

use super::attached::{Attached, PolicyKind};
use super::deployment::{Deployment, Unresolved};
use super::site::DeployedStatement;
use crate::kind::call::SERVICE;
use crate::lower;

/// What the role must be allowed, and whom it must trust.
pub(super) fn policies(
    deployed: &DeployedStatement<'_>,
    deployment: &Deployment<'_>,
) -> Result<Vec<Attached>, Unresolved> {
    let policy = lower::required_policy(deployed.system, deployed.statement).properties;
    let missing = || Unresolved("there is no policy that is required".to_owned());
    let policy = policy.policy_document().ok_or_else(missing)?;
    let stack = deployment.plan(deployed.source.region, &deployed.statement.plan.value)?;
    let attached = |what: &str, kind, document| Attached {
        name: format!("{what} of {}", deployed.role),
        kind,
        target: deployed.role.clone(),
        document,
    };
    Ok(vec![
        attached("required policy", PolicyKind::Required, deployment.document(stack, policy)?),
        attached("required trust", PolicyKind::RequiredTrust, lower::trust_policy(SERVICE.to_owned())),
    ])
}
