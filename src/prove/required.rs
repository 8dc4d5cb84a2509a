//! The policies that a role which exists must have: those that one would get that is made.

use super::attached::{Attached, PolicyKind};
use super::deployment::Deployment;
use super::site::DeployedStatement;
use crate::cfn::graph::Unknown;
use crate::kind::call::SERVICE;
use crate::lower;

/// What the role must be allowed, and whom it must trust.
pub(super) fn policies(
    deployed: &DeployedStatement<'_>,
    deployment: &Deployment<'_>,
) -> Result<Vec<Attached>, Unknown> {
    let policy = lower::required_policy(deployed.system, deployed.statement).properties;
    let missing = || Unknown("there is no policy that is required".to_owned());
    let policy = policy.policy_document().ok_or_else(missing)?;
    let (stack, _) = deployment.made("plan", deployed.source.region.code, &deployed.statement.plan.value)?;
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
