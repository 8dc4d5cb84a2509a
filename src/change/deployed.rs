//! What exists once templates are deployed: every resource with its properties worked out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::plan::VaultId;
use super::report::Address;
use super::resource::{Identity, Policy, Referent, Resource, referenced, walk};
use crate::aws::arn;
use crate::aws::region::Region;
use crate::cfn::graph::{DeployedStack, Graph};
use crate::cfn::read::{Content, Malformed, Node, read};
use crate::spec::{Rule, Spec};
use crate::time::zone::Zone;

/// A stack by what identifies it. Stacks are ordered by account, region and name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StackId {
    /// The account that it is deployed to.
    pub account: String,
    /// Code of its region.
    pub region: &'static str,
    /// Its name.
    pub name: String,
}

/// The template of a stack.
#[derive(Clone, Debug)]
pub struct Template {
    /// The stack.
    pub stack: StackId,
    /// Where the stack is deployed.
    pub region: &'static Region,
    /// Where the template was found, for people.
    pub path: String,
    /// YAML or JSON.
    pub text: String,
}

/// What templates make when all of them are deployed.
#[derive(Debug)]
pub struct State<'a> {
    /// The templates in the order in which they are deployed.
    pub templates: &'a [Template],
    /// Every resource, stack by stack, in the order of the templates.
    pub resources: Vec<Resource<'a>>,
    graph: Graph<'a>,
    /// By which clock the rules of plans are written in the spec, by plan and rule; templates may have them in UTC.
    clocks: HashMap<String, Vec<(String, Zone)>>,
    /// What each stack imports, by the names of the exports.
    imports: Vec<BTreeSet<String>>,
    /// The stacks that import each export.
    importers: HashMap<String, Vec<usize>>,
    /// The resources by stack and logical id.
    by_id: HashMap<(usize, String), usize>,
    by_stack: HashMap<&'a StackId, usize>,
}

impl<'a> State<'a> {
    /// Reads templates that are deployed together.
    ///
    /// # Errors
    ///
    /// One of them is no template: which, and why.
    pub fn read(templates: &'a [Template]) -> Result<Self, (&'a Template, Malformed)> {
        let mut deployed = Vec::new();
        for template in templates {
            let mut root = read(&template.text).map_err(|why| (template, why))?.root;
            forget_notes(&mut root);
            let StackId { account, name, .. } = &template.stack;
            deployed.push(DeployedStack::read(name, template.region, account, root));
        }
        let graph = Graph::new(deployed);
        let by_stack = templates.iter().enumerate().map(|(at, template)| (&template.stack, at)).collect();
        let (resources, imports, importers, by_id) = (Vec::new(), Vec::new(), HashMap::new(), HashMap::new());
        let clocks = HashMap::new();
        let mut state = Self { templates, resources, graph, clocks, imports, importers, by_id, by_stack };
        let stacks = 0..templates.len();
        state.resources = stacks.clone().flat_map(|stack| state.resources_of(stack)).collect();
        state.imports = stacks.map(|stack| state.imported_by(stack)).collect();
        for (stack, imports) in state.imports.iter().enumerate() {
            for export in imports {
                state.importers.entry(export.clone()).or_default().push(stack);
            }
        }
        let resources = state.resources.iter().enumerate();
        state.by_id = resources.map(|(at, resource)| ((resource.stack, resource.id.clone()), at)).collect();
        Ok(state)
    }

    /// Takes the clocks of the spec that the templates are built from.
    pub fn take_clocks(&mut self, spec: &Spec) {
        for (_, statement) in spec.statements() {
            let of_rule = |rule: &Rule| (rule.name.value.clone(), rule.schedule.node.zone().clone());
            self.clocks.insert(statement.plan.value.clone(), statement.rules.iter().map(of_rule).collect());
        }
    }

    /// By which clock a rule of a plan is written in the spec. One that takes several expressions has a name for each, which
    /// begins with its own.
    pub(super) fn clock(&self, plan: &str, rule: &str) -> Option<&Zone> {
        let own = |name: &str| rule.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with("-at-"));
        let clocks = self.clocks.get(plan)?.iter().filter(|(name, _)| own(name));
        clocks.max_by_key(|(name, _)| name.len()).map(|(_, zone)| zone)
    }

    fn resources_of(&self, stack: usize) -> Vec<Resource<'a>> {
        let entries = self.graph.root(stack).and_then(|root| root.get("Resources")).map_or(&[][..], Node::entries);
        let exists = |node: &Node<'_>| {
            let condition = node.get("Condition").and_then(Node::text);
            condition.is_none_or(|name| self.graph.condition(stack, name) != Ok(false))
        };
        let existing = entries.iter().filter(|entry| exists(&entry.value));
        existing.map(|entry| self.resource(stack, &entry.key, &entry.value)).collect()
    }

    fn resource(&self, stack: usize, id: &str, node: &Node<'a>) -> Resource<'a> {
        let written = node.get("Properties").cloned().unwrap_or_else(|| Node::of(&Value::Null));
        let worked_out = |(key, value): (String, &Node<'a>)| Some((key, self.graph.value(stack, value)?));
        let properties = written.entries().iter().map(|entry| (entry.key.to_string(), &entry.value));
        let policy = |attribute: &str| match node.get(attribute).and_then(Node::text) {
            Some("Retain" | "RetainExceptOnCreate") => Policy::Retain,
            _ => Policy::Delete,
        };
        Resource {
            stack,
            id: id.to_owned(),
            kind: node.get("Type").and_then(Node::text).unwrap_or_default().to_owned(),
            clause: node.get("Metadata").and_then(Node::text).map(str::to_owned),
            condition: node.get("Condition").and_then(Node::text).and_then(|name| self.condition(stack, name)),
            properties: properties.filter_map(worked_out).collect(),
            on_delete: policy("DeletionPolicy"),
            on_replace: policy("UpdateReplacePolicy"),
            refers_to: self.referents(stack, &written),
            written,
        }
    }

    /// A condition of which only AWS knows whether it holds.
    fn condition(&self, stack: usize, name: &str) -> Option<(String, String)> {
        let why = self.graph.condition(stack, name).err()?;
        let written = self.graph.root(stack)?.get("Conditions")?.get(name).map(Value::from);
        Some((written.unwrap_or_default().to_string(), why.to_string()))
    }

    /// Everything that a value is made from.
    fn referents(&self, stack: usize, value: &Node<'_>) -> BTreeSet<Referent> {
        let mut found: BTreeSet<Referent> = referenced(value).into_iter().map(Referent::Resource).collect();
        walk(value, &mut |node| {
            if let Some(("Fn::ImportValue", name)) = node.function() {
                found.extend(self.graph.text(stack, name).ok().map(Referent::Export));
            }
        });
        found
    }

    /// The stacks' exports, by stack and name, each with its value where that is known.
    pub(super) fn exports(&self, stack: usize) -> BTreeMap<String, Export> {
        let outputs = self.graph.root(stack).and_then(|root| root.get("Outputs")).map_or(&[][..], Node::entries);
        let export = |output: &Node<'_>| {
            let name = self.graph.text(stack, output.get("Export")?.get("Name")?).ok()?;
            let value = output.get("Value")?;
            let made_from = self.referents(stack, value);
            Some((name, Export { value: self.graph.text(stack, value).ok(), made_from }))
        };
        outputs.iter().filter_map(|output| export(&output.value)).collect()
    }

    fn imported_by(&self, stack: usize) -> BTreeSet<String> {
        let root = self.graph.root(stack);
        let all = root.map(|root| self.referents(stack, root)).unwrap_or_default();
        let export = |referent| if let Referent::Export(name) = referent { Some(name) } else { None };
        all.into_iter().filter_map(export).collect()
    }

    /// The templates in an order in which each is deployed behind those whose exports it imports; of these and where they
    /// import in a circle, in the order that they have.
    pub fn order(&self) -> Vec<usize> {
        let here =
            |stack: usize| self.templates.get(stack).map(|template| (&template.stack.account, template.stack.region));
        let mut exporters = HashMap::new();
        for stack in 0..self.templates.len() {
            exporters.extend(self.exports(stack).into_keys().map(|name| ((here(stack), name), stack)));
        }
        let needs = |stack: usize| {
            let names = self.imports.get(stack).into_iter().flatten();
            let needed = names.filter_map(|name| exporters.get(&(here(stack), name.clone())).copied());
            needed.filter(|other| *other != stack).collect::<BTreeSet<usize>>()
        };
        let mut left: Vec<(usize, BTreeSet<usize>)> =
            (0..self.templates.len()).map(|stack| (stack, needs(stack))).collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            let is_ready = |(_, needs): &(usize, BTreeSet<usize>)| needs.iter().all(|other| order.contains(other));
            let next = left.iter().position(is_ready).unwrap_or_default();
            order.push(left.remove(next).0);
        }
        order
    }

    /// Whether a stack imports an export.
    pub(super) fn imports(&self, stack: usize, export: &str) -> bool {
        self.imports.get(stack).is_some_and(|imports| imports.contains(export))
    }

    /// The exports that a stack imports.
    pub(super) fn imported(&self, stack: usize) -> impl Iterator<Item = &String> {
        self.imports.get(stack).into_iter().flatten()
    }

    /// The stacks that import an export.
    pub(super) fn importers(&self, export: &str) -> impl Iterator<Item = usize> {
        self.importers.get(export).into_iter().flatten().copied()
    }

    /// Which template is that of a stack.
    pub(super) fn position(&self, stack: &StackId) -> Option<usize> {
        self.by_stack.get(stack).copied()
    }

    /// A resource of a stack by its logical id.
    pub(super) fn find(&self, stack: usize, id: &str) -> Option<usize> {
        self.by_id.get(&(stack, id.to_owned())).copied()
    }

    /// The stack of a resource.
    pub fn stack(&self, resource: &Resource<'_>) -> Option<&'a StackId> {
        Some(&self.templates.get(resource.stack)?.stack)
    }

    /// What identifies a resource for AWS: its type, the account, the region where the type has regions, and its names.
    /// None, where AWS names it. Of a primary key, a region has one replica.
    ///
    /// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html>.
    pub fn identity(&self, resource: &Resource<'_>) -> Option<Identity> {
        let stack = self.stack(resource)?;
        let replica = || resource.text("PrimaryKeyArn").map(|primary| vec![primary.to_owned()]);
        let names = resource.names().or_else(replica)?;
        let region = if resource.kind.starts_with("AWS::IAM::") { "" } else { stack.region };
        Some(Identity { kind: resource.kind.clone(), account: stack.account.clone(), region, names })
    }

    /// What people find a resource by.
    pub fn address(&self, resource: &Resource<'_>) -> Address {
        let (region, stack) =
            self.stack(resource).map_or(("", String::new()), |stack| (stack.region, stack.name.clone()));
        Address { region, stack, resource: resource.id.clone() }
    }

    /// Which resource a value of another's properties is an attribute of, whichever stack makes it.
    pub(super) fn made_by(&self, resource: &Resource<'_>, path: &[&str]) -> Option<usize> {
        let value = path.iter().try_fold(&resource.written, |value, name| value.get(name))?;
        let (stack, at) = self.graph.resource_of(resource.stack, value)?;
        let id = &self.graph.root(stack)?.get("Resources")?.entries().get(at)?.key;
        self.find(stack, id)
    }

    /// The roles that it makes under a name, by their ARNs, each with its position among the resources.
    pub(super) fn roles(&self) -> impl Iterator<Item = (String, usize)> {
        self.resources.iter().enumerate().filter_map(|(at, role)| {
            let template = self.templates.get(role.stack).filter(|_| role.kind == "AWS::IAM::Role")?;
            let path = role.text("Path").unwrap_or("/");
            let name = ["role", path, role.text("RoleName")?].concat();
            Some((arn::arn([template.region.partition.id(), "iam", "", &template.stack.account, &name]), at))
        })
    }

    /// The vaults that it makes, each with its position among the resources.
    pub(super) fn vaults(&self) -> impl Iterator<Item = (VaultId, usize)> {
        self.resources.iter().enumerate().filter_map(|(at, resource)| {
            let kinds = ["AWS::Backup::BackupVault", "AWS::Backup::LogicallyAirGappedBackupVault"];
            let stack = self.stack(resource).filter(|_| kinds.contains(&resource.kind.as_str()))?;
            let name = resource.text("BackupVaultName")?.to_owned();
            Some((VaultId { account: stack.account.clone(), region: stack.region.to_owned(), name }, at))
        })
    }

    /// The resources of a stack, which stand together.
    pub(super) fn of_stack(&self, stack: usize) -> impl Iterator<Item = &Resource<'a>> {
        let begin = self.resources.partition_point(|resource| resource.stack < stack);
        let rest = self.resources.get(begin..).unwrap_or_default();
        rest.iter().take_while(move |resource| resource.stack == stack)
    }

    /// The resources of a type.
    pub fn of_kind<'s>(&'s self, kind: &'s str) -> impl Iterator<Item = &'s Resource<'a>> {
        self.resources.iter().filter(move |resource| resource.kind == kind)
    }
}

/// Takes out of a template what it says of itself, which is half of one of drc, up to the clauses of the resources.
fn forget_notes(root: &mut Node<'_>) {
    let sections = if let Content::Map(sections) = &mut root.content { sections.as_mut_slice() } else { &mut [] };
    let Some(section) = sections.iter_mut().find(|section| section.key == "Resources") else { return };
    let Content::Map(resources) = &mut section.value.content else { return };
    for resource in resources {
        let clause = clause(&resource.value).map(|clause| Node::of(&clause));
        let Content::Map(attributes) = &mut resource.value.content else { continue };
        attributes.retain_mut(|attribute| {
            let is_note = attribute.key == "Metadata";
            if let Some(clause) = clause.clone().filter(|_| is_note) {
                attribute.value = clause;
                return true;
            }
            !is_note
        });
    }
}

/// The clause that a resource of drc says it comes from, such as `backup mydb / to ap-northeast-3`.
fn clause<'n>(resource: &'n Node<'_>) -> Option<&'n str> {
    let note = resource.get("Metadata")?.get("com.aws.cloudformation.Context")?;
    note.get("trust")?.get("cite")?.text()
}

/// An export of a stack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Export {
    pub(super) value: Option<String>,
    pub(super) made_from: BTreeSet<Referent>,
}
