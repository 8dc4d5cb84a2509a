//! A statement's role, and its policy computed from the table of calls.

use std::collections::{BTreeMap, BTreeSet};

use super::arns::Arns;
use super::clause::Clauses;
use crate::aws::call::{Call, Circumstance, Object, calls};
use crate::aws::region::{Partition, Region};
use crate::cfn::iam::{Policy, Role};
use crate::cfn::note::{Note, Path, notes};
use crate::cfn::{LogicalId, Properties, Resource, Value};
use crate::origin::Reason;
use crate::policy::{
    Action, Actions, Condition, Document, Effect, Operator, Principals, Resources, SetOperator,
    Statement as PolicyStatement, Test,
};
use crate::spec::{ClusterKey, Copy, Restore, Statement};

/// The logical id of a statement's role.
pub(super) fn role_id(statement: &Statement) -> LogicalId {
    LogicalId::new("Role", &statement.role.value)
}

/// The logical id of its policy.
pub(super) fn policy_id(statement: &Statement) -> LogicalId {
    LogicalId::new("Policy", &statement.role.value)
}

/// Role and policy.
pub(super) fn resources(statement: &Statement, clauses: &Clauses<'_>, arns: &Arns<'_>) -> Vec<Resource> {
    let role = Role {
        role_name: statement.role.value.clone(),
        description: format!("AWS Backup backs up, copies, expires and restores with it: {}", statement.plan.value),
        assume_role_policy_document: trust_policy(),
    };
    let (statements, statement_notes) = number(policy_statements(statement, clauses, arns));
    let policy = Policy {
        policy_name: policy_name(&statement.role.value),
        policy_document: Document::new(statements),
        roles: vec![Value::Ref(role_id(statement))],
    };
    let mut policy_notes = notes(&clauses.role(Reason::RolePolicy), &POLICY_NOTES);
    policy_notes.extend(statement_notes);
    let role_notes = notes(&clauses.role(Reason::Role), &ROLE_NOTES);
    vec![
        Resource::new(role_id(statement), Properties::Role(role), vec![clauses.role(Reason::Role)], role_notes),
        Resource::new(
            policy_id(statement),
            Properties::Policy(policy),
            vec![clauses.role(Reason::RolePolicy)],
            policy_notes,
        ),
    ]
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

const POLICY_NOTES: [(&str, Reason); 4] = [
    ("Properties.PolicyName", Reason::PolicyName),
    ("Properties.PolicyDocument", Reason::RolePolicy),
    ("Properties.PolicyDocument.Version", Reason::PolicyVersion),
    ("Properties.Roles[]", Reason::PolicyRole),
];

/// `x-role` has the policy `x-policy`.
fn policy_name(role: &str) -> String {
    format!("{}-policy", role.strip_suffix("-role").unwrap_or(role))
}

fn trust_policy() -> Document<Value> {
    Document::new(vec![PolicyStatement {
        sid: None,
        effect: Effect::Allow,
        principal: Some(Principals::service(Value::text("backup.amazonaws.com"))),
        actions: Actions::Only(vec![Action::from("sts:AssumeRole")]),
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

/// A statement, and notes whose places lie in the first statement of a document.
type Noted = (PolicyStatement<Value>, Vec<Note>);

/// Puts statements into one document, and their notes where they then stand.
fn number(statements: Vec<Noted>) -> (Vec<PolicyStatement<Value>>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut numbered = Vec::with_capacity(statements.len());
    for (statement, own) in statements {
        let index = numbered.len();
        notes.extend(own.into_iter().map(|note| Note { at: note.at.outer(index), ..note }));
        numbered.push(statement);
    }
    (numbered, notes)
}

/// What was asked for with one action: the calls, and each resource with what asked for it.
#[derive(Default)]
struct Asked<'a> {
    calls: Vec<Call>,
    resources: BTreeMap<Value, Vec<Cause<'a>>>,
}

/// What a resource is, and the copy whose place it is in.
type Cause<'a> = (Object, Option<&'a Copy>);

/// The statements that allow every call of every phase that the statement has.
fn policy_statements(statement: &Statement, clauses: &Clauses<'_>, arns: &Arns<'_>) -> Vec<Noted> {
    let objects = Objects { statement, arns };
    let mut asked: BTreeMap<(&'static str, Circumstance, bool), Asked<'_>> = BTreeMap::new();
    for call in calls().filter(|call| applies(call, statement)) {
        let entry = asked.entry((call.action, call.circumstance, call.destroys())).or_default();
        for object in call.objects {
            for (value, copy) in objects.values(*object) {
                let found = entry.resources.entry(value).or_default();
                if found.iter().all(|(known, _)| known != object) {
                    found.push((*object, copy));
                }
            }
        }
        entry.calls.push(call);
    }
    let mut groups: BTreeMap<Group, Vec<Asked<'_>>> = BTreeMap::new();
    for ((action, circumstance, destroys), asked) in asked {
        let service = action.split(':').next().unwrap_or(action);
        let resources = narrowest(&asked.resources);
        groups.entry(Group { destroys, service, resources, circumstance }).or_default().push(asked);
    }
    let regions = objects.regions();
    groups
        .into_iter()
        .map(|(group, asked)| {
            let notes = statement_notes(&group, &asked, clauses);
            let actions: Vec<&'static str> = asked.iter().filter_map(Asked::action).collect();
            (policy_statement(group, &actions, &regions), notes)
        })
        .collect()
}

impl Asked<'_> {
    fn action(&self) -> Option<&'static str> {
        self.calls.first().map(|call| call.action)
    }
}

/// Why the statement, each of its actions and each of its resources is there. What a wider pattern
/// covers leaves its causes with that pattern.
fn statement_notes(group: &Group, asked: &[Asked<'_>], clauses: &Clauses<'_>) -> Vec<Note> {
    const STATEMENT: Path = Path::new("Properties.PolicyDocument.Statement[]");
    let mut notes = vec![Note::new(STATEMENT, clauses.role(Reason::PolicyStatement))];
    for (number, action) in asked.iter().enumerate() {
        let at = Path::new("Properties.PolicyDocument.Statement[].Action[]").inner(number);
        notes.extend(action.calls.iter().map(|call| Note { at, origin: clauses.call(call), phase: Some(call.phase) }));
    }
    for (number, resource) in group.resources.iter().enumerate() {
        let at = Path::new("Properties.PolicyDocument.Statement[].Resource[]").inner(number);
        let mut origins = BTreeSet::new();
        for (value, causes) in asked.iter().flat_map(|asked| &asked.resources) {
            if value == resource || covers(resource, value) {
                origins.extend(causes.iter().map(|(object, copy)| clauses.object(*object, *copy)));
            }
        }
        notes.extend(origins.into_iter().map(|origin| Note::new(at, origin)));
    }
    let reason = match group.circumstance {
        Circumstance::Any => return notes,
        Circumstance::ForAwsResource => Reason::OnlyForAwsResources,
        Circumstance::ThroughServices => Reason::OnlyThroughServices,
        Circumstance::AwsManagedKey => Reason::OnlyManagedKeys,
    };
    let place = Path::new("Properties.PolicyDocument.Statement[].Condition");
    notes.push(Note::new(place, clauses.role(reason)));
    notes
}

fn applies(call: &Call, statement: &Statement) -> bool {
    let copies = statement.copies().next().is_some();
    (copies || !call.phase.needs_copies()) && (!statement.restores.is_empty() || !call.phase.needs_restore())
}

/// Drops what another pattern of the set covers.
fn narrowest(values: &BTreeMap<Value, Vec<Cause<'_>>>) -> Vec<Value> {
    let covered = |value: &Value| values.keys().any(|other| other != value && covers(other, value));
    values.keys().filter(|value| !covered(value)).cloned().collect()
}

fn covers(pattern: &Value, value: &Value) -> bool {
    let (Value::Sub(pattern) | Value::Literal(pattern), Value::Sub(text) | Value::Literal(text)) = (pattern, value)
    else {
        return false;
    };
    pattern.strip_suffix('*').is_some_and(|prefix| !prefix.contains(['*', '?']) && text.starts_with(prefix))
}

fn policy_statement(group: Group, actions: &[&'static str], regions: &[&'static Region]) -> PolicyStatement<Value> {
    PolicyStatement {
        sid: Some(sid(actions, group.circumstance)),
        effect: Effect::Allow,
        principal: None,
        actions: Actions::Only(actions.iter().map(|action| Action::from(*action)).collect()),
        resources: Some(Resources::Only(group.resources)),
        conditions: conditions(group.circumstance, regions),
    }
}

/// The statement's name: its actions, and the circumstance.
fn sid(actions: &[&str], circumstance: Circumstance) -> String {
    let names: Vec<&str> = actions.iter().filter_map(|action| action.split(':').nth(1)).collect();
    let suffix = match circumstance {
        Circumstance::Any => "",
        Circumstance::ForAwsResource => "ForAwsResources",
        Circumstance::ThroughServices => "ThroughServices",
        Circumstance::AwsManagedKey => "OfAwsManagedKeys",
    };
    format!("{}{suffix}", names.join("And"))
}

fn conditions(circumstance: Circumstance, regions: &[&'static Region]) -> Vec<Condition<Value>> {
    let condition = |set, test, key: &str, values: Vec<String>| Condition {
        operator: Operator { set, test, if_exists: false },
        key: key.to_owned(),
        values: values.into_iter().map(Value::Literal).collect(),
    };
    match circumstance {
        Circumstance::Any => Vec::new(),
        Circumstance::ForAwsResource => {
            vec![condition(None, Test::Bool, "kms:GrantIsForAWSResource", vec!["true".to_owned()])]
        }
        Circumstance::ThroughServices => {
            let services = regions.iter().flat_map(|region| via_services(region)).collect();
            vec![condition(None, Test::StringEquals, "kms:ViaService", services)]
        }
        Circumstance::AwsManagedKey => {
            let aliases = vec!["alias/aws/backup".to_owned(), "alias/aws/rds".to_owned()];
            vec![condition(Some(SetOperator::ForAnyValue), Test::StringEquals, "kms:ResourceAliases", aliases)]
        }
    }
}

/// The services that use a key on the role's behalf. AWS's pages show the global suffix; whether
/// China's regions send it or their own is not documented, so both are allowed there.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html>.
fn via_services(region: &Region) -> Vec<String> {
    let suffixes: &[&str] = match region.partition {
        Partition::Aws | Partition::GovCloud => &["amazonaws.com"],
        Partition::China => &["amazonaws.com", "amazonaws.com.cn"],
        Partition::EuropeanSovereign => &["amazonaws.com", "amazonaws.eu"],
    };
    ["backup", "rds"]
        .into_iter()
        .flat_map(|service| suffixes.iter().map(move |suffix| format!("{service}.{}.{suffix}", region.code)))
        .collect()
}

/// The resources of a statement's calls.
struct Objects<'a> {
    statement: &'a Statement,
    arns: &'a Arns<'a>,
}

impl<'a> Objects<'a> {
    fn regions(&self) -> Vec<&'static Region> {
        let mut regions: Vec<&'static Region> = self.statement.places().map(|place| place.region.node).collect();
        regions.sort_by_key(|region| region.code);
        regions.dedup();
        regions
    }

    /// What an object comes to, with the copy whose place it is in.
    fn values(&self, object: Object) -> Vec<(Value, Option<&'a Copy>)> {
        let source = self.statement.source.region.node;
        let here = |values: Vec<Value>| values.into_iter().map(|value| (value, None)).collect();
        match object {
            Object::Everything => here(vec![Value::text("*")]),
            Object::Clusters => {
                let names = self.statement.clusters.iter();
                here(names.map(|name| self.arns.rds(source, &format!("cluster:{}", name.node))).collect())
            }
            Object::RestoredAtSource => here(self.restored(source)),
            Object::RestoredAtDestination => self.at_destinations(|copy| self.restored(copy.place.region.node)),
            Object::SourceSnapshots => here(vec![self.snapshots(source)]),
            Object::DestinationSnapshots => self.at_destinations(|copy| vec![self.snapshots(copy.place.region.node)]),
            Object::GroupsAtSource => here(self.groups(source)),
            Object::GroupsAtDestination => self.at_destinations(|copy| self.groups(copy.place.region.node)),
            Object::SourceVault => here(vec![self.arns.vault(&self.statement.source)]),
            Object::DestinationVaults => self.at_destinations(|copy| vec![self.arns.vault(&copy.place)]),
            Object::ClusterKey => match &self.statement.cluster_key {
                ClusterKey::Written(key) => here(vec![Arns::key_here(&key.value)]),
                ClusterKey::Assumed => self.values(Object::SourceKey),
            },
            Object::SourceKey => here(vec![Arns::key_here(&self.statement.source.key.value)]),
            Object::DestinationKeys => {
                let key = &self.statement.source.key.value;
                self.at_destinations(|copy| vec![self.arns.key_there(key, &copy.place)])
            }
            Object::KeysAtSource => here(vec![self.arns.any_key(source)]),
            Object::KeysAtDestination => self.at_destinations(|copy| vec![self.arns.any_key(copy.place.region.node)]),
        }
    }

    fn at_destinations(&self, values: impl Fn(&'a Copy) -> Vec<Value>) -> Vec<(Value, Option<&'a Copy>)> {
        let copies = self.statement.copies();
        copies.flat_map(|copy| values(copy).into_iter().map(move |value| (value, Some(copy)))).collect()
    }

    /// Snapshots whose names begin as AWS Backup's do; users cannot make such names.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html>.
    fn snapshots(&self, region: &Region) -> Value {
        self.arns.rds(region, "cluster-snapshot:awsbackup:*")
    }

    fn restored(&self, region: &Region) -> Vec<Value> {
        let patterns = self.restore(region).into_iter().flat_map(|restore| &restore.patterns);
        patterns.map(|pattern| self.arns.rds(region, &format!("cluster:{pattern}"))).collect()
    }

    /// The groups that a restored cluster is put into. Aurora has default option groups only.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html>.
    fn groups(&self, region: &Region) -> Vec<Value> {
        let Some(restore) = self.restore(region) else { return Vec::new() };
        let name = |group: &Option<crate::spec::Chosen<String>>| {
            group.as_ref().map_or_else(|| "*".to_owned(), |group| group.value.clone())
        };
        vec![
            self.arns.rds(region, &format!("cluster-pg:{}", name(&restore.parameter_group))),
            self.arns.rds(region, "og:default:*"),
            self.arns.rds(region, &format!("subgrp:{}", name(&restore.subnet_group))),
        ]
    }

    fn restore(&self, region: &Region) -> Option<&'a Restore> {
        self.statement.restores.get(region.code)
    }
}
