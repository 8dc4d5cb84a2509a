//! The stacks of a build as they would be deployed: where each role, vault and key is made, and what its values are.

use std::collections::HashMap;

use crate::cfn::graph::{At, DeployedStack, Graph, Unknown};
use crate::cfn::read::Node;
use crate::cfn::{LogicalId, Properties, Value};
use crate::lower::Stack;
use crate::policy::Document;

/// Every stack of a build.
#[derive(Debug)]
pub(super) struct Deployment<'a> {
    account: &'a str,
    stacks: &'a [Stack],
    graph: Graph<'a>,
    /// Roles, vaults and plans: what it is, the code of the region of what has one, and the name.
    made: HashMap<(&'static str, &'static str, &'a str), At>,
    /// The policies of each role, by the role's name.
    policies: HashMap<(usize, &'a str), Vec<usize>>,
}

impl<'a> Deployment<'a> {
    /// Indexes the stacks.
    pub(super) fn new(account: &'a str, stacks: &'a [Stack]) -> Self {
        let deployed = stacks
            .iter()
            .map(|stack| DeployedStack::made(&stack.name, stack.location.region, account, &stack.template));
        let mut deployment = Self {
            account,
            stacks,
            graph: Graph::new(deployed.collect()),
            made: HashMap::with_capacity(stacks.len()),
            policies: HashMap::with_capacity(stacks.len()),
        };
        for (index, stack) in stacks.iter().enumerate() {
            deployment.index(index, stack);
        }
        deployment
    }

    fn index(&mut self, index: usize, stack: &'a Stack) {
        let code = stack.location.region.code;
        for (at, resource) in stack.template.resources.iter().enumerate() {
            match &resource.properties {
                Properties::Role(role) => {
                    self.made.insert(("role", "", &role.role_name), (index, at));
                    let ids = role.managed_policy_arns.iter();
                    let found =
                        ids.filter_map(|arn| stack.template.resources.iter().position(|other| is(arn, &other.id)));
                    self.policies.entry((index, &role.role_name)).or_default().extend(found);
                }
                Properties::RolePolicy(policy) => {
                    self.policies.entry((index, &policy.role_name)).or_default().push(at);
                }
                Properties::Vault(vault) => {
                    self.made.insert(("vault", code, &vault.backup_vault_name), (index, at));
                }
                Properties::Plan(plan) => {
                    self.made.insert(("plan", code, &plan.backup_plan.backup_plan_name), (index, at));
                }
                Properties::Key(_)
                | Properties::ReplicaKey(_)
                | Properties::Alias(_)
                | Properties::Selection(_)
                | Properties::ManagedPolicy(_) => {}
            }
        }
    }

    /// The account that is deployed to.
    pub(super) fn account(&self) -> &'a str {
        self.account
    }

    /// A role, a vault or a plan: what it is, the code of the region of what has one, and the name.
    pub(super) fn made(&self, what: &'static str, region: &'static str, name: &str) -> Result<At, Unknown> {
        let made = self.made.get(&(what, region, name)).copied();
        made.ok_or_else(|| Unknown(format!("no stack makes the {what} {name}")))
    }

    /// The policies of a role.
    pub(super) fn policies(&self, stack: usize, role: &str) -> Vec<At> {
        let found = self.policies.get(&(stack, role)).map_or(&[][..], Vec::as_slice);
        found.iter().map(|policy| (stack, *policy)).collect()
    }

    /// The properties of a resource.
    pub(super) fn properties(&self, (stack, at): At) -> Result<&'a Properties, Unknown> {
        let resource = self.stacks.get(stack).and_then(|stack| stack.template.resources.get(at));
        resource.map(|resource| &resource.properties).ok_or_else(|| Unknown("a resource is missing".to_owned()))
    }

    /// The key that a value names, where a stack makes it.
    pub(super) fn key(&self, stack: usize, value: &Value) -> Option<At> {
        self.graph.resource_of(stack, &Node::of(value))
    }

    /// The name of a key's alias.
    pub(super) fn alias(&self, (stack, at): At) -> Option<&'a str> {
        let resources = &self.stacks.get(stack)?.template.resources;
        let key = &resources.get(at)?.id;
        resources.iter().find_map(|resource| {
            let Properties::Alias(alias) = &resource.properties else { return None };
            is(&alias.target_key_id, key).then_some(alias.alias_name.as_str())
        })
    }

    /// What a value is once it is deployed.
    pub(super) fn text(&self, stack: usize, value: &Value) -> Result<String, Unknown> {
        self.graph.made_text(stack, value)
    }

    /// A policy document with every value as it is deployed.
    pub(super) fn document(&self, stack: usize, document: &Document<Value>) -> Result<Document<String>, Unknown> {
        document.try_map(|value| self.text(stack, value))
    }
}

fn is(value: &Value, id: &LogicalId) -> bool {
    matches!(value, Value::Ref(reference) if reference == id)
}
