//! How wide the policies of a role are, counted as AWS's managed policies are that one would attach instead.

use std::collections::BTreeSet;

use super::attached::{Attached, PolicyKind};
use super::site::DeployedStatement;
use crate::aws::managed_policy::Figures;
use crate::policy::{Action, Resources};

/// The policies of a role in figures.
pub(super) fn figures(deployed: &DeployedStatement<'_>) -> Figures {
    let is_identity =
        |policy: &&Attached| matches!(policy.kind, PolicyKind::Inline | PolicyKind::Managed | PolicyKind::Required);
    let policies = deployed.policies.iter().filter(is_identity);
    let statements = policies.flat_map(|policy| &policy.document.statements);
    let mut figures = Figures { statements: 0, on_any_resource: 0, actions: 0, services: 0 };
    let mut actions = BTreeSet::new();
    for statement in statements {
        let mut resources = statement.resources.iter().flat_map(Resources::list);
        figures.statements += 1;
        figures.on_any_resource += usize::from(resources.any(|resource| resource == "*"));
        actions.extend(statement.actions.list().iter().map(Action::as_str));
    }
    figures.actions = actions.len();
    figures.services = actions.iter().filter_map(|action| action.split(':').next()).collect::<BTreeSet<_>>().len();
    figures
}
