//! Stacks that are linked: every reference becomes what CloudFormation reads it by, and from the references alone follows
//! which stack waits for which others, and in which order they are deployed.

use std::collections::{BTreeMap, BTreeSet};

use super::{Stack, StackParameter, StackRef};
use crate::aws::location::Location;
use crate::aws::region::Region;
use crate::cfn::{LogicalId, Output, Properties, Reference, Value};

/// The place of the stack, its output and what that is worth within the stack.
type Exported = (usize, LogicalId, Value);

/// What the stacks give each other, by where and under which name; each with the place of its stack.
struct Given {
    stacks: Vec<StackRef>,
    exports: BTreeMap<(Location, String), Exported>,
    vaults: BTreeMap<(Location, String), (usize, LogicalId)>,
}

/// The same stacks linked, in an order in which they can be deployed: as they stand, where nothing speaks against it.
pub(super) fn link(mut stacks: Vec<Stack>) -> Vec<Stack> {
    let given = Given::by(&stacks);
    let needs: Vec<BTreeSet<usize>> =
        stacks.iter_mut().enumerate().map(|(at, stack)| given.link_stack(at, stack)).collect();
    let mut order = Vec::with_capacity(stacks.len());
    let mut seen = BTreeSet::new();
    for at in 0..stacks.len() {
        after_its_needs(at, &needs, &mut seen, &mut order);
    }
    let mut stacks: Vec<Option<Stack>> = stacks.into_iter().map(Some).collect();
    order.into_iter().filter_map(|at| stacks.get_mut(at)?.take()).collect()
}

fn after_its_needs(at: usize, needs: &[BTreeSet<usize>], seen: &mut BTreeSet<usize>, order: &mut Vec<usize>) {
    if seen.insert(at) {
        for need in needs.get(at).into_iter().flatten() {
            after_its_needs(*need, needs, seen, order);
        }
        order.push(at);
    }
}

impl Given {
    fn by(stacks: &[Stack]) -> Self {
        let mut given = Self {
            stacks: stacks.iter().map(Stack::reference).collect(),
            exports: BTreeMap::new(),
            vaults: BTreeMap::new(),
        };
        for (at, stack) in stacks.iter().enumerate() {
            for Output { name, value, export, .. } in &stack.template.outputs {
                given.exports.insert((stack.location, export.clone()), (at, name.clone(), value.clone()));
            }
            for resource in &stack.template.resources {
                if let Properties::Vault(vault) = &resource.properties {
                    let name = (stack.location, vault.backup_vault_name.clone());
                    given.vaults.insert(name, (at, resource.id.clone()));
                }
            }
        }
        given
    }

    /// Links one stack and returns the places of those that it needs.
    fn link_stack(&self, at: usize, stack: &mut Stack) -> BTreeSet<usize> {
        let here = stack.location;
        let mut needs = BTreeSet::new();
        for value in stack.template.resources.iter_mut().flat_map(|resource| resource.properties.values_mut()) {
            needs.extend(self.link_value(value, at, here, &mut stack.parameters));
        }
        needs.remove(&at);
        let others = needs.iter().filter_map(|need| self.stacks.get(*need).cloned());
        stack.depends_on = others.collect::<BTreeSet<_>>().into_iter().collect();
        needs
    }

    /// Puts what CloudFormation reads it by in the place of a reference, and returns which stack has it.
    fn link_value(
        &self,
        value: &mut Value,
        at: usize,
        here: Location,
        parameters: &mut Vec<StackParameter>,
    ) -> Option<usize> {
        match value {
            Value::Import(export) => {
                let (maker, _, inside) = self.exported(here, here.region, export)?;
                if *maker == at {
                    *value = inside.clone();
                }
                Some(*maker)
            }
            Value::SubImport { export, .. } => self.exported(here, here.region, export).map(|(maker, ..)| *maker),
            Value::Reference(Reference::Export { region, export }) => {
                let (maker, output, _) = self.exported(here, region, export)?;
                let stack = self.stacks.get(*maker)?.name.clone();
                *value = Value::StackOutput { stack, output: output.clone(), region: region.code };
                Some(*maker)
            }
            Value::Reference(Reference::Vault { location, name, written }) => {
                let (maker, linked) = self.vault(at, (*location, name), written);
                *value = linked;
                maker
            }
            Value::GivenOr { parameter, otherwise } => {
                let maker = self.link_value(otherwise, at, here, parameters)?;
                if let Value::StackOutput { output, .. } = &**otherwise {
                    let (name, stack) = (parameter.clone(), self.stacks.get(maker)?.clone());
                    parameters.push(StackParameter { name, stack, output: output.clone() });
                }
                Some(maker)
            }
            Value::Literal(_) | Value::Ref(_) | Value::Attribute(..) | Value::Sub(_) | Value::StackOutput { .. } => {
                None
            }
        }
    }

    /// The stack that makes a vault, if one does, and the vault as it is written in the stack at `at`.
    fn vault(&self, at: usize, (location, name): (Location, &str), written: &Value) -> (Option<usize>, Value) {
        let made = self.vaults.get(&(location, name.to_owned()));
        // `Ref` gives the name; an ARN is written alike everywhere.
        let is_name = *written == Value::Literal(name.to_owned());
        let inside = made.filter(|(maker, _)| is_name && *maker == at).map(|(_, id)| Value::Ref(id.clone()));
        (made.map(|(maker, _)| *maker), inside.unwrap_or_else(|| written.clone()))
    }

    /// What a stack exports in a region of the account that is deployed to.
    fn exported(&self, here: Location, region: &'static Region, name: &str) -> Option<&Exported> {
        self.exports.get(&(Location { region, ..here }, name.to_owned()))
    }
}
