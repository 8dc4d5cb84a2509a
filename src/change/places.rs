//! Which clause of a spec each item follows from.

use std::collections::BTreeMap;

use super::Change;
use super::report::{Item, Subject};
use crate::cfn::Properties;
use crate::lower::Stack;
use crate::source::{FileId, Span};
use crate::spec::{Spec, Statement};

/// Gives every item its clause; what is gone from the spec stands at the beginning of its first file.
pub fn place(change: &mut Change, spec: &Spec, stacks: &[Stack]) {
    let mut resources: BTreeMap<(&str, &str, String), Span> = BTreeMap::new();
    let (mut vaults, mut roles) = (BTreeMap::new(), BTreeMap::new());
    for stack in stacks {
        resources.insert((stack.location.region.code, &stack.name, String::new()), stack.span);
        for resource in &stack.template.resources {
            let Some(origin) = resource.origins.first() else { continue };
            resources.insert((stack.location.region.code, &stack.name, resource.id.to_string()), origin.span);
            match &resource.properties {
                Properties::Vault(vault) => {
                    vaults.insert((stack.location.region.code, vault.backup_vault_name.as_str()), origin.span);
                }
                Properties::Role(role) => {
                    roles.insert(role.role_name.as_str(), origin.span);
                }
                Properties::Key(_)
                | Properties::ReplicaKey(_)
                | Properties::Alias(_)
                | Properties::Plan(_)
                | Properties::Selection(_)
                | Properties::RolePolicy(_)
                | Properties::ManagedPolicy(_) => {}
            }
        }
    }
    let plans: BTreeMap<&str, &Statement> =
        spec.statements().map(|(_, statement)| (statement.plan.value.as_str(), statement)).collect();
    let head = spec.systems.iter().map(|system| system.file).min().map(begins);
    let of = |item: &Item| match &item.subject {
        Subject::Resource(at) => resources.get(&(at.region, at.stack.as_str(), at.resource.clone())).copied(),
        Subject::Vault(vault) => vaults.get(&(vault.region.as_str(), vault.name.as_str())).copied(),
        Subject::Role(name) => roles.get(name.as_str()).copied(),
        Subject::Rule(plan, rule) => plans.get(plan.as_str()).map(|statement| of_rule(statement, rule)),
        Subject::Whole => None,
    };
    for item in change.items_mut() {
        item.span = of(item).or_else(|| head.filter(|_| item.rule.is_some()));
    }
}

/// The clause of a rule, or of its statement.
fn of_rule(statement: &Statement, rule: &str) -> Span {
    let rule = statement.rules.iter().find(|other| other.name.value == rule);
    rule.map_or(statement.target, |rule| rule.span)
}

/// The beginning of a file.
fn begins(file: FileId) -> Span {
    Span::new(file, 0, 0)
}
