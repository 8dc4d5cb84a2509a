//! What a statement's role may do, in figures, and what it can delete.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::cfn::Value;
use crate::kind::call;
use crate::lower;
use crate::policy::glob::includes;
use crate::policy::{Resources, Statement as PolicyStatement};
use crate::spec::{Group, Role, Statement, System};

/// What a role may do.
#[derive(Debug)]
pub struct Permissions<'a> {
    /// The role.
    pub role: &'a Role,
    /// How many statements its policies have.
    pub statements: usize,
    /// How many actions they allow.
    pub actions: usize,
    /// How many of the statements are on any resource.
    pub on_any_resource: usize,
    /// The actions of these.
    pub anywhere: BTreeSet<String>,
    /// What it can delete.
    pub deletions: BTreeSet<Deletion>,
    /// Whether it can delete a resource that it backs up.
    pub deletes_source: bool,
}

/// Something that a role can delete.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Deletion {
    /// With which action.
    pub action: String,
    /// Which resources, as a pattern without partition, region and account: `cluster-snapshot:awsbackup:*`.
    pub resource: String,
    /// In which region; none, where it is any.
    pub region: Option<String>,
}

/// What the role of a statement may do; of one that exists, what it must be allowed.
pub(super) fn permissions<'a>(system: &System, statement: &'a Statement) -> Permissions<'a> {
    let policies = lower::role_policies(system, statement);
    let documents = policies.iter().filter_map(|policy| policy.properties.policy_document());
    read(statement, &documents.flat_map(|document| &document.statements).collect::<Vec<_>>())
}

fn read<'a>(statement: &'a Statement, policies: &[&PolicyStatement<Value>]) -> Permissions<'a> {
    let mut actions: BTreeSet<&str> = BTreeSet::new();
    let mut found = Permissions {
        role: &statement.role.value,
        statements: policies.len(),
        actions: 0,
        on_any_resource: 0,
        anywhere: BTreeSet::new(),
        deletions: BTreeSet::new(),
        deletes_source: false,
    };
    let source = statement.source.region.node.code;
    for policy in policies {
        let resources: Vec<String> = policy.resources.iter().flat_map(Resources::list).map(own).collect();
        let anywhere = resources.iter().any(|resource| resource == "*");
        found.on_any_resource += usize::from(anywhere);
        for action in policy.actions.list().iter().map(crate::policy::Action::as_str) {
            actions.insert(action);
            if anywhere {
                found.anywhere.insert(action.to_owned());
            }
            if !call::destroys(action) {
                continue;
            }
            for resource in &resources {
                let is_source = |group: &Group| {
                    let form = group.kind.arns.resource;
                    let own = |name: &str| format!("arn::{}:{source}::{}{name}", form.service, form.before);
                    group.names.iter().any(|name| includes(resource, &own(&name.node)))
                };
                found.deletes_source |= statement.groups.iter().any(is_source);
                found.deletions.insert(Deletion::new(action, resource));
            }
        }
    }
    found.actions = actions.len();
    found
}

/// A resource without partition and account.
fn own(value: &Value) -> String {
    let text = match value {
        Value::Literal(text) | Value::Sub(text) | Value::SubImport { text, .. } | Value::Import(text) => text.as_str(),
        Value::Ref(_)
        | Value::Attribute(..)
        | Value::StackOutput { .. }
        | Value::GivenOr { .. }
        | Value::Reference(_) => "",
    };
    let text = text.replace("${AWS::Partition}", "aws").replace("${AWS::AccountId}", "");
    match text.splitn(6, ':').collect::<Vec<_>>().as_slice() {
        [arn, _, service, region, _, rest] => format!("{arn}::{service}:{region}::{rest}"),
        _ => text,
    }
}

impl Deletion {
    fn new(action: &str, resource: &str) -> Self {
        let (region, rest) = match resource.splitn(6, ':').collect::<Vec<_>>().as_slice() {
            [_, _, _, region, _, rest] => (*region, *rest),
            _ => ("", resource),
        };
        let region = (!region.is_empty() && region != "*").then(|| region.to_owned());
        Self { action: action.to_owned(), resource: rest.to_owned(), region }
    }
}
