//! Meaning into stacks: which resources each stack holds, and in which order they are deployed.
//!
//! INVARIANT: total. After [`crate::check`] every system can be lowered; a gap here is a missing
//! rule there.

mod arns;
mod clause;
mod grants;
mod key;
mod measure;
mod plan;
pub mod quota;
pub mod reason;
mod role;
mod split;
mod tags;
mod things;
mod vault;

pub(crate) use key::{ADMINISTER_KEY, primary_parameter};
pub(crate) use role::trust_policy;

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::aws::name::NameKind;
use crate::aws::region::Region;
use crate::cfn::{LogicalId, Resource, Template};
use crate::reason::Reason;
use crate::source::Span;
use crate::spec::placement::KeyRole;
use crate::spec::{Place, Role, Spec, StackLayout, Statement, System, Vault};
use arns::Arns;
use clause::Clauses;

/// A stack: a template and what deploying it takes.
#[derive(Clone, Debug)]
pub struct Stack {
    /// Name of the stack.
    pub name: String,
    /// Where it is deployed.
    pub region: &'static Region,
    /// The account, where the spec names it or an ARN gives it away.
    pub account: Option<String>,
    /// What it holds.
    pub kind: StackKind,
    /// The template.
    pub template: Template,
    /// Where the value of each parameter comes from.
    pub parameters: Vec<StackParameter>,
    /// Stacks that must be there first.
    pub depends_on: Vec<StackRef>,
    /// The system's place in the spec, for findings about the stack as a whole.
    pub span: Span,
}

impl Stack {
    /// Name and region, which identify it.
    pub fn reference(&self) -> StackRef {
        StackRef { name: self.name.clone(), region: self.region.code }
    }

    /// What must be acknowledged to deploy it.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html>.
    pub fn capabilities(&self) -> &'static [&'static str] {
        let makes_roles = self
            .template
            .resources
            .iter()
            .any(|resource| resource.properties.resource_type().starts_with("AWS::IAM::"));
        if makes_roles { &["CAPABILITY_NAMED_IAM"] } else { &[] }
    }
}

/// The kinds of stack, in the order in which they are deployed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StackKind {
    /// Primary keys of a source region.
    PrimaryKeys,
    /// Replica keys of a destination region.
    ReplicaKeys,
    /// Vaults of a destination region.
    Destination,
    /// Vault, plans, selections and roles of a source region.
    Source,
    /// Plan, selection and role of one statement.
    Statement,
}

impl StackKind {
    /// The kinds whose stacks are named after their system alone.
    pub(crate) const OF_SYSTEM: [Self; 4] = [Self::PrimaryKeys, Self::ReplicaKeys, Self::Destination, Self::Source];

    /// The end of the stack's name.
    pub fn suffix(self) -> &'static str {
        match self {
            Self::PrimaryKeys => "primary-kms",
            Self::ReplicaKeys => "replica-kms",
            Self::Destination => "destination-backup",
            Self::Source => "source-backup",
            Self::Statement => "backup",
        }
    }

    /// Why it stands where it does in the order of deployment.
    pub fn reason(self) -> &'static Reason {
        match self {
            Self::PrimaryKeys => &reason::STACK_OF_PRIMARY_KEYS,
            Self::ReplicaKeys => &reason::STACK_OF_REPLICA_KEYS,
            Self::Destination => &reason::STACK_OF_DESTINATION,
            Self::Source => &reason::STACK_OF_SOURCE,
            Self::Statement => &reason::STACK_OF_STATEMENT,
        }
    }
}

/// A parameter and the output that gives its value, which is read where the parameter is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StackParameter {
    /// The parameter.
    pub name: LogicalId,
    /// The stack that has the output.
    pub stack: StackRef,
    /// The output.
    pub output: LogicalId,
}

/// Name and region of a stack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StackRef {
    /// Its name.
    pub name: String,
    /// Code of its region.
    pub region: &'static str,
}

/// Every stack of every system, in deployment order.
pub fn lower(spec: &Spec) -> Vec<Stack> {
    spec.systems.par_iter().flat_map_iter(lower_system).collect()
}

/// What the role of a statement must be allowed, as the policy of one that is made would have it.
pub fn required_policy(system: &System, statement: &Statement) -> Resource {
    role::required_policy(statement, &Arns::new(system))
}

/// The policies of a statement's role, beside the role where it is made; of one that exists, what it must be allowed.
pub fn role_policies(system: &System, statement: &Statement) -> Vec<Resource> {
    let arns = Arns::new(system);
    match &statement.role.value {
        Role::Made(_) => role::lower(statement, &Clauses::new(statement), &arns).resources,
        Role::Existing(_) => vec![role::required_policy(statement, &arns)],
    }
}

fn lower_system(system: &System) -> Vec<Stack> {
    let arns = Arns::new(system);
    let mut stacks = key::primary_stacks(system, &arns);
    stacks.extend(key::replica_stacks(system, &arns));
    stacks.extend(vault::destination_stacks(system));
    stacks.extend(source_stacks(system, &arns));
    let account = system.known_account();
    for stack in &mut stacks {
        stack.account = account.map(str::to_owned);
    }
    stacks
}

/// The stack of each source region, and those of its statements where they have their own.
fn source_stacks(system: &System, arns: &Arns<'_>) -> Vec<Stack> {
    let mut regions: Vec<&'static Region> =
        system.statements.iter().map(|statement| statement.source.region.node).collect();
    regions.sort_by_key(|region| region.code);
    regions.dedup();
    let mut stacks = Vec::new();
    let mut own_stacks = Vec::new();
    for region in regions {
        let statements: Vec<&Statement> =
            system.statements.iter().filter(|statement| statement.source.region.node == region).collect();
        let keys = primary_keys(system, region);
        let vaults = vault::source_vaults(system, region);
        let here: BTreeSet<&str> = vaults.keys().copied().collect();
        let needs = |statements: &[&Statement]| source_dependencies(system, statements, keys.as_ref(), &here);
        let mut plans: Vec<Resource> = Vec::new();
        match system.layout.value {
            StackLayout::PerSystem => {
                let lowered = statements.par_iter().flat_map_iter(|statement| plan::resources(statement, arns, &here));
                plans.par_extend(lowered);
            }
            StackLayout::PerStatement => {
                let lowered = statements.par_iter().map(|statement| {
                    let mut depends_on = needs(&[statement]);
                    if here.contains(statement.source.vault.value.name()) {
                        depends_on.push(stack_ref(system, StackKind::Source, region));
                    }
                    Stack { depends_on, ..statement_stack(system, statement, arns) }
                });
                own_stacks.par_extend(lowered);
            }
        }
        let depends_on = needs(&statements);
        let resources: Vec<Resource> = vaults.into_values().chain(plans).collect();
        if !resources.is_empty() {
            stacks.push(Stack { depends_on, ..source_stack(system, region, resources) });
        }
    }
    stacks.extend(own_stacks);
    stacks
}

fn source_stack(system: &System, region: &'static Region, resources: Vec<Resource>) -> Stack {
    let mut stack = new_stack(system, StackKind::Source, region, resources);
    stack.template.description = format!("Source of the backups of {} in {}", system.name.value, region.code);
    stack.template.architecture =
        "Backup plan in the source region: cluster -> source vault -> copy in the destination vault";
    stack
}

/// A stack for one statement, in the source region.
fn statement_stack(system: &System, statement: &Statement, arns: &Arns<'_>) -> Stack {
    let region = statement.source.region.node;
    let resources = plan::resources(statement, arns, &BTreeSet::new());
    let mut stack = new_stack(system, StackKind::Statement, region, resources);
    stack.name = statement_stack_name(system, statement);
    stack.span = statement.span;
    stack.template.description = format!("Backup plan {} in {}", statement.plan.value, region.code);
    stack.template.architecture = "Backup plan of one statement; its vaults and keys are in other stacks";
    stack
}

/// A statement's name may hold periods and underscores, which a stack's may not.
fn statement_stack_name(system: &System, statement: &Statement) -> String {
    let plain: String = statement.name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let unique = if plain == statement.name {
        plain
    } else {
        format!("{plain}-{}", crate::aws::name::short_hash(&statement.name))
    };
    format!("{}-{unique}-{}", system.name.value, StackKind::Statement.suffix())
}

/// The stack of a region's primary keys, if the system makes any there.
fn primary_keys(system: &System, region: &'static Region) -> Option<StackRef> {
    let makes_key = system.key_uses().any(|key| key.role == KeyRole::Primary && key.region == region);
    makes_key.then(|| stack_ref(system, StackKind::PrimaryKeys, region))
}

fn source_dependencies(
    system: &System,
    statements: &[&Statement],
    keys: Option<&StackRef>,
    source_vaults: &BTreeSet<&str>,
) -> Vec<StackRef> {
    let mut stacks: Vec<StackRef> = keys.into_iter().cloned().collect();
    let copied_to = statements.iter().flat_map(|statement| statement.copies()).map(|copy| &copy.place);
    // A source vault that also receives copies is made with those that do.
    let elsewhere = |place: &&Place| !source_vaults.contains(place.vault.value.name());
    let sources = statements.iter().map(|statement| &statement.source).filter(elsewhere);
    let made = copied_to.chain(sources).filter(|place| matches!(place.vault.value, Vault::Made(_)));
    stacks.extend(made.map(|place| stack_ref(system, StackKind::Destination, place.region.node)));
    stacks.sort();
    stacks.dedup();
    stacks
}

fn stack_ref(system: &System, kind: StackKind, region: &'static Region) -> StackRef {
    StackRef { name: stack_name(&system.name.value, kind), region: region.code }
}

/// The name of a system's stack of a kind that is for the whole region.
pub(crate) fn stack_name(system: &str, kind: StackKind) -> String {
    format!("{system}-{}", kind.suffix())
}

/// Whether a stack of some system can have this name.
pub(crate) fn is_stack_name(name: &str) -> bool {
    let kinds = StackKind::OF_SYSTEM.into_iter().chain([StackKind::Statement]);
    let mut systems = kinds.filter_map(|kind| name.strip_suffix(kind.suffix())?.strip_suffix('-'));
    systems.any(|system| NameKind::System.accepts_characters(system))
}

fn new_stack(system: &System, kind: StackKind, region: &'static Region, resources: Vec<Resource>) -> Stack {
    Stack {
        name: stack_name(&system.name.value, kind),
        region,
        account: None,
        kind,
        template: Template {
            description: String::new(),
            architecture: "",
            parameters: Vec::new(),
            resources,
            outputs: Vec::new(),
        },
        parameters: Vec::new(),
        depends_on: Vec::new(),
        span: system.name.span,
    }
}
