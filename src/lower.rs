//! Meaning into stacks: which resources each stack holds, and in which order they are deployed.
//!
//! INVARIANT: total. After [`crate::check`] every system can be lowered; a gap here is a missing
//! rule there.

mod arns;
mod clause;
mod grants;
mod key;
mod link;
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

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::aws::location::Location;
use crate::aws::name::NameKind;
use crate::cfn::{LogicalId, Output, Parameter, Resource, Template};
use crate::reason::Reason;
use crate::source::Span;
use crate::spec::placement::{Key, Use};
use crate::spec::{Role, Spec, StackLayout, Statement, System};
use arns::Arns;
use clause::Clauses;

/// A stack: a template and what deploying it takes.
#[derive(Clone, Debug)]
pub struct Stack {
    /// Name of the stack.
    pub name: String,
    /// Where it is deployed.
    pub location: Location,
    /// The id of its account, where the spec names it or an ARN gives it away.
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
    /// Name, account and region, which identify it.
    pub fn reference(&self) -> StackRef {
        StackRef { name: self.name.clone(), location: self.location, account: self.account.clone() }
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

    /// What its template says of itself: the beginning of its description, and the shape of the whole.
    fn title(self, system: &System) -> (&'static str, String) {
        let (title, shape) = match self {
            Self::PrimaryKeys => (
                "Primary keys of",
                "Multi-Region primary keys; the key stacks of the destination regions make their replicas",
            ),
            Self::ReplicaKeys => (
                "Replica keys of",
                "Replicas of the multi-Region primary keys of the source regions; they encrypt the vaults for copies",
            ),
            Self::Destination => (
                "Vaults for the copies of",
                "Backup vaults that receive copies from the source regions, encrypted with the replica keys",
            ),
            Self::Source => ("Source of the backups of", "source vault -> copy in the destination vault"),
            Self::Statement => ("Backup plan", "Backup plan of one statement; its vaults and keys are in other stacks"),
        };
        if self != Self::Source {
            return (title, shape.to_owned());
        }
        let groups = system.statements.iter().flat_map(|statement| &statement.groups);
        let kinds: BTreeMap<usize, &str> = groups.map(|group| (group.kind.rank(), group.kind.words.word)).collect();
        let kinds = kinds.into_values().collect::<Vec<_>>().join(", ");
        (title, format!("Backup plan in the source region: {kinds} -> {shape}"))
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

/// Name and place of a stack.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StackRef {
    /// Its name.
    pub name: String,
    /// Where it is deployed.
    pub location: Location,
    /// The id of its account, where it is known.
    pub account: Option<String>,
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
        Role::Made(_) => role::lower(statement, &Clauses::new(statement), &arns),
        Role::Existing(_) => vec![role::required_policy(statement, &arns)],
    }
}

fn lower_system(system: &System) -> Vec<Stack> {
    let arns = Arns::new(system);
    let mut made = key::made(system, &arns);
    made.extend(vault::made(system));
    made.par_extend(system.statements.par_iter().map(|statement| {
        let made = Made::new(&Held::Plan(system.layout.value), statement.source.location());
        Made { statement: Some(statement), resources: plan::resources(statement, &arns), ..made }
    }));
    link::link(stacks(system, made))
}

/// What must live in some stack, where it is itself.
enum Held<'a> {
    /// A key with its alias.
    Key(&'a Key),
    /// A vault, with all of its uses.
    Vault(&'a [Use<'a>]),
    /// A statement's plan, selection and role.
    Plan(StackLayout),
}

/// In which stack a thing lives; everything else about stacks follows from it.
fn home(thing: &Held<'_>) -> StackKind {
    match thing {
        Held::Key(Key { replica_of: None, .. }) => StackKind::PrimaryKeys,
        Held::Key(Key { replica_of: Some(_), .. }) => StackKind::ReplicaKeys,
        // A vault that holds copies belongs to them, whoever else uses it.
        Held::Vault(uses) if uses.iter().any(|used| used.destination.is_some()) => StackKind::Destination,
        Held::Vault(_) | Held::Plan(StackLayout::PerSystem) => StackKind::Source,
        Held::Plan(StackLayout::PerStatement) => StackKind::Statement,
    }
}

/// What is made together for one key, one vault or one statement, and in which stack it lives.
struct Made<'a> {
    home: StackKind,
    location: Location,
    /// The statement that it is made for alone.
    statement: Option<&'a Statement>,
    resources: Vec<Resource>,
    parameters: Vec<Parameter>,
    outputs: Vec<Output>,
}

impl Made<'_> {
    fn new(thing: &Held<'_>, location: Location) -> Self {
        let (resources, parameters, outputs) = (Vec::new(), Vec::new(), Vec::new());
        Self { home: home(thing), location, statement: None, resources, parameters, outputs }
    }
}

/// The stacks that hold what is made, by kind, location and statement.
fn stacks(system: &System, made: Vec<Made<'_>>) -> Vec<Stack> {
    let mut stacks: BTreeMap<_, Stack> = BTreeMap::new();
    let account = system.known_account();
    for Made { home, location, statement, resources, parameters, outputs } in made {
        let statement = statement.filter(|_| home == StackKind::Statement);
        let key = (home, location, statement.map(|statement| &statement.name.value));
        let stack = stacks.entry(key).or_insert_with(|| new_stack(system, home, location, statement, account));
        stack.template.resources.extend(resources);
        stack.template.parameters.extend(parameters);
        stack.template.outputs.extend(outputs);
    }
    stacks.into_values().collect()
}

/// A statement's name may hold periods and underscores, which a stack's may not.
fn statement_stack_name(system: &System, statement: &Statement) -> String {
    let plain: String = statement.name.value.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let unique = if plain == statement.name.value {
        plain
    } else {
        format!("{plain}-{}", crate::aws::name::short_hash(&statement.name.value))
    };
    format!("{}-{unique}-{}", system.name.value, StackKind::Statement.suffix())
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

fn new_stack(
    system: &System,
    kind: StackKind,
    location: Location,
    statement: Option<&Statement>,
    account: Option<&str>,
) -> Stack {
    let what = statement.map_or(&system.name.value, |statement| &statement.plan.value);
    let (title, architecture) = kind.title(system);
    let description = format!("{title} {what} in {}", location.region.code);
    let (parameters, resources, outputs) = (Vec::new(), Vec::new(), Vec::new());
    Stack {
        name: statement
            .map_or_else(|| stack_name(&system.name.value, kind), |statement| statement_stack_name(system, statement)),
        location,
        account: account.map(str::to_owned),
        kind,
        template: Template { description, architecture, parameters, resources, outputs },
        parameters: Vec::new(),
        depends_on: Vec::new(),
        span: statement.map_or(system.name.span, |statement| statement.span),
    }
}
