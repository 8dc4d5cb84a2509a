//! A statement's role, and its policy computed from the table of calls.

use std::collections::{BTreeMap, BTreeSet};

use super::arns::Arns;
use super::clause::Clauses;
use super::measure;
use super::objects::{Objects, applies};
use super::split::{Part, split};
use super::tags::Tags;
use crate::aws::call::{ASSUME_ROLE, Circumstance, SERVICE, calls};
use crate::aws::quota::INLINE_POLICY_CHARACTERS;
use crate::cfn::iam::{ManagedPolicy, Role, RolePolicy};
use crate::cfn::note::{Note, Path, notes};
use crate::cfn::{LogicalId, Properties, Resource, Value};
use crate::origin::{Origin, Reason};
use crate::policy::{Action, Actions, Document, Effect, Principals, Resources, Statement as PolicyStatement, glob};
use crate::spec::{Level, Statement};

/// The logical id of a statement's role.
pub(super) fn role_id(statement: &Statement) -> LogicalId {
    LogicalId::new("Role", statement.role.value.name())
}

/// The resources of a role and what must be there before AWS Backup tries it.
#[derive(Default)]
pub(super) struct Lowered {
    /// Role and policies.
    pub(super) resources: Vec<Resource>,
    /// The policies.
    pub(super) policies: Vec<LogicalId>,
}

/// Role and policies: one inline policy, or several managed ones where it would be too long.
pub(super) fn lower(statement: &Statement, clauses: &Clauses<'_>, arns: &Arns<'_>) -> Lowered {
    let region = statement.source.region.node;
    let whole = Document::new(policy_statements(statement, arns));
    let (resources, policies) = if measure::characters(&whole, region) <= INLINE_POLICY_CHARACTERS {
        let policy = inline_policy(statement, clauses, whole);
        let id = policy.id.clone();
        (vec![role(statement, clauses, &[]), policy], vec![id])
    } else {
        let parts = split(whole.statements, region);
        let policies: Vec<Resource> = parts.into_iter().map(|part| managed_policy(statement, clauses, part)).collect();
        let ids: Vec<LogicalId> = policies.iter().map(|policy| policy.id.clone()).collect();
        let role = role(statement, clauses, &ids);
        (policies.into_iter().chain([role]).collect(), ids)
    };
    Lowered { resources, policies }
}

/// The policy as a whole, however long, with its reasons.
pub(super) fn required_policy(statement: &Statement, arns: &Arns<'_>) -> Resource {
    let document = Document::new(policy_statements(statement, arns));
    let policy = inline_policy(statement, &Clauses::new(statement), document);
    // Statements may share the role, but neither plan nor region.
    let of = format!("{}-{}", statement.plan.value, statement.source.region.node.code);
    Resource { id: LogicalId::new("RequiredPolicy", &of), ..policy }
}

fn role(statement: &Statement, clauses: &Clauses<'_>, policies: &[LogicalId]) -> Resource {
    let tags = Tags::agreed([statement]);
    let role = Role {
        role_name: statement.role.value.name().to_owned(),
        description: format!("AWS Backup backs up, copies, expires and restores with it: {}", statement.plan.value),
        assume_role_policy_document: trust_policy(Value::text(SERVICE)),
        managed_policy_arns: policies.iter().cloned().map(Value::Ref).collect(),
        tags: tags.list(),
    };
    let origin = clauses.role(Reason::Role);
    let mut notes = notes(&origin, &ROLE_NOTES);
    let attached = Path::new("Properties.ManagedPolicyArns[]");
    let attached = |number| Note::new(attached.outer(number), origin.because(Reason::AttachedPolicy));
    notes.extend((0..policies.len()).map(attached));
    notes.extend(tags.list_notes(Reason::Tags));
    Resource::new(role_id(statement), Properties::Role(role), vec![origin], notes)
}

const ROLE_NOTES: [(&str, Reason); 7] = [
    ("Properties.RoleName", Reason::RoleName),
    ("Properties.Description", Reason::DescriptionOfResource),
    ("Properties.AssumeRolePolicyDocument", Reason::RoleTrust),
    ("Properties.AssumeRolePolicyDocument.Version", Reason::PolicyVersion),
    ("Properties.AssumeRolePolicyDocument.Statement[]", Reason::RoleTrust),
    ("Properties.AssumeRolePolicyDocument.Statement[].Principal", Reason::TrustedService),
    ("Properties.AssumeRolePolicyDocument.Statement[].Action[]", Reason::RoleTrust),
];

fn inline_policy(statement: &Statement, clauses: &Clauses<'_>, policy_document: Document<Value>) -> Resource {
    let name = statement.role.value.name();
    let policy = RolePolicy {
        role_name: name.to_owned(),
        policy_name: format!("{}-inline-policy", stem(name)),
        policy_document,
    };
    let origin = clauses.role(Reason::RolePolicy);
    let places = [
        ("Properties.RoleName", Reason::PolicyRole),
        ("Properties.PolicyName", Reason::PolicyName),
        ("Properties.PolicyDocument", Reason::RolePolicy),
        ("Properties.PolicyDocument.Version", Reason::PolicyVersion),
    ];
    let notes = notes(&origin, &places);
    let policy = Resource::new(LogicalId::new("RolePolicy", name), Properties::RolePolicy(policy), vec![origin], notes);
    policy.after(role_id(statement), Reason::WaitForRole)
}

/// A part of a policy, with every clause that lengthens it.
fn managed_policy(statement: &Statement, clauses: &Clauses<'_>, part: Part) -> Resource {
    let clause = |words: String, span, level| Origin::new(words, span, level, Reason::RolePolicy);
    let target = format!("backup {}: {} clusters", statement.name, statement.clusters.len());
    let mut origins = vec![clause(target, statement.target, Level::Statement)];
    origins.extend(statement.destinations().map(|destination| {
        clause(clauses.of_destination(destination).to_string(), destination.span, destination.level)
    }));
    let places = [
        ("Properties.ManagedPolicyName", Reason::SplitPolicy),
        ("Properties.PolicyDocument", Reason::RolePolicy),
        ("Properties.PolicyDocument.Version", Reason::PolicyVersion),
    ];
    let notes = notes(&clauses.role(Reason::RolePolicy), &places);
    let policy = ManagedPolicy {
        managed_policy_name: format!("{}-policy-{}", stem(statement.role.value.name()), part.key),
        policy_document: part.document,
    };
    let id = LogicalId::new("Policy", &format!("{}-{}", statement.role.value.name(), part.key));
    Resource::new(id, Properties::ManagedPolicy(policy), origins, notes)
}

/// What the names of a role's policies begin with: `x` for `x-role`.
fn stem(role: &str) -> &str {
    role.strip_suffix("-role").unwrap_or(role)
}

/// The trust policy of a role: AWS Backup may assume it.
pub(crate) fn trust_policy<T>(service: T) -> Document<T> {
    Document::new(vec![PolicyStatement {
        sid: None,
        effect: Effect::Allow,
        principal: Some(Principals::service(service)),
        actions: Actions::Only(vec![Action::from(ASSUME_ROLE)]),
        resources: None,
        conditions: Vec::new(),
    }])
}

/// What decides which calls share a statement: the same resources under the same circumstance, and
/// what destroys stands apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    destroys: bool,
    service: &'static str,
    resources: Vec<Value>,
    circumstance: Circumstance,
}

/// The statements that allow every call of every phase that the statement has.
fn policy_statements(statement: &Statement, arns: &Arns<'_>) -> Vec<PolicyStatement<Value>> {
    let objects = Objects { statement, arns };
    let mut resources: BTreeMap<(&'static str, Circumstance, bool), BTreeSet<Value>> = BTreeMap::new();
    for call in calls().filter(|call| applies(call, statement)) {
        let named = objects.named(&call).map(|(_, value, _)| value);
        resources.entry((call.action, call.circumstance, call.destroys())).or_default().extend(named);
    }
    resources.retain(|_, values| !values.is_empty());
    let mut groups: BTreeMap<Group, Vec<&'static str>> = BTreeMap::new();
    for ((action, circumstance, destroys), values) in resources {
        let service = action.split(':').next().unwrap_or(action);
        let group = Group { destroys, service, resources: narrowest(&values), circumstance };
        groups.entry(group).or_default().push(action);
    }
    groups.into_iter().map(|(group, actions)| policy_statement(group, &actions, &objects)).collect()
}

/// Drops what another pattern of the set covers.
fn narrowest(values: &BTreeSet<Value>) -> Vec<Value> {
    let mut prefixes: Vec<&str> = values.iter().filter_map(|value| prefix(text(value)?)).collect();
    prefixes.sort_unstable();
    // None of these begins another, so the one that begins a text is the last that sorts before it.
    let mut widest: Vec<&str> = Vec::new();
    for prefix in prefixes {
        if !widest.last().is_some_and(|last| prefix.starts_with(last)) {
            widest.push(prefix);
        }
    }
    let is_odd = |text: &&str| text.contains(['*', '?']) && prefix(text).is_none();
    let odd: Vec<&str> = values.iter().filter_map(text).filter(is_odd).collect();
    let is_covered = |value: &Value| {
        let Some(text) = text(value) else { return false };
        let before = widest.partition_point(|prefix| *prefix <= text).checked_sub(1);
        let nearest = before.and_then(|index| widest.get(index));
        nearest.is_some_and(|nearest| text.starts_with(nearest) && prefix(text) != Some(nearest))
            || odd.iter().any(|other| covers(other, text))
    };
    values.iter().filter(|value| !is_covered(value)).cloned().collect()
}

pub(super) fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Sub(text) | Value::Literal(text) => Some(text),
        Value::Ref(_)
        | Value::Attribute(..)
        | Value::SubImport { .. }
        | Value::Import(_)
        | Value::StackOutput { .. }
        | Value::GivenOr { .. } => None,
    }
}

/// Whether a pattern makes another text superfluous; of two that mean the same, the first stays.
pub(super) fn covers(pattern: &str, text: &str) -> bool {
    pattern != text && glob::includes(pattern, text) && (pattern < text || !glob::includes(text, pattern))
}

/// What a pattern's texts begin with, where that is all that it says.
fn prefix(pattern: &str) -> Option<&str> {
    pattern.strip_suffix('*').filter(|prefix| !prefix.contains(['*', '?']))
}

fn policy_statement(group: Group, actions: &[&'static str], objects: &Objects<'_>) -> PolicyStatement<Value> {
    PolicyStatement {
        sid: Some(sid(actions, group.circumstance)),
        effect: Effect::Allow,
        principal: None,
        actions: Actions::Only(actions.iter().map(|action| Action::from(*action)).collect()),
        resources: Some(Resources::Only(group.resources)),
        conditions: objects.conditions(group.circumstance),
    }
}

/// The statement's name: its actions, and the circumstance. The data-key actions, which are always
/// together, have a name for all of them.
fn sid(actions: &[&str], circumstance: Circumstance) -> String {
    let names: Vec<&str> = actions.iter().filter_map(|action| action.split(':').nth(1)).collect();
    match circumstance {
        Circumstance::Any => names.join("And"),
        Circumstance::ForAwsResource => format!("{}ForAwsResources", names.join("And")),
        Circumstance::ForResourceOfRds => format!("{}ForResourcesOfRds", names.join("And")),
        Circumstance::ThroughServices => "UseDataKeysThroughServices".to_owned(),
        Circumstance::ThroughRds => "UseDataKeysThroughRds".to_owned(),
        Circumstance::AwsManagedKey => format!("{}OfAwsManagedKeys", names.join("And")),
    }
}
