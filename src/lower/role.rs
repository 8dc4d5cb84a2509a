//! A statement's role, and its policy computed from the table of calls.

use super::arns::Arns;
use super::clause::Clauses;
use super::grants::{Grant, grants};
use super::measure;
use super::reason;
use super::split::{PolicyPart, split};
use super::tags::Tags;
use crate::aws::quota::INLINE_POLICY_CHARACTERS;
use crate::cfn::iam::{ManagedPolicy, Role, RolePolicy};
use crate::cfn::note::{Note, Path, notes};
use crate::cfn::{LogicalId, Properties, Resource, Value};
use crate::kind::call::{ASSUME_ROLE, SERVICE};
use crate::origin::Origin;
use crate::policy::{Action, Actions, Document, Effect, Principals, Statement as PolicyStatement};
use crate::reason::Reason;
use crate::spec::{Level, Statement};

/// The logical id of a statement's role.
pub(super) fn role_id(statement: &Statement) -> LogicalId {
    LogicalId::new("Role", statement.role.value.name())
}

/// Role and policies: one inline policy, or several managed ones where it would be too long.
pub(super) fn lower(statement: &Statement, clauses: &Clauses<'_>, arns: &Arns<'_>) -> Vec<Resource> {
    let region = statement.source.region.node;
    let grants = grants(statement, clauses, arns);
    if measure::characters(&document(&grants), region) <= INLINE_POLICY_CHARACTERS {
        return vec![role(statement, clauses, &[]), inline_policy(statement, clauses, &grants)];
    }
    let policies = split(grants, region).into_iter().map(|part| managed_policy(statement, clauses, &part));
    let policies: Vec<Resource> = policies.collect();
    let role = role(statement, clauses, &policies);
    policies.into_iter().chain([role]).collect()
}

/// The policy as a whole, however long, with its reasons.
pub(super) fn required_policy(statement: &Statement, arns: &Arns<'_>) -> Resource {
    let clauses = Clauses::new(statement);
    let policy = inline_policy(statement, &clauses, &grants(statement, &clauses, arns));
    // Statements may share the role, but neither plan nor region.
    let of = format!("{}-{}", statement.plan.value, statement.source.region.node.code);
    Resource { id: LogicalId::new("RequiredPolicy", &of), ..policy }
}

fn role(statement: &Statement, clauses: &Clauses<'_>, policies: &[Resource]) -> Resource {
    let tags = Tags::agreed([statement]);
    let role = Role {
        role_name: statement.role.value.name().to_owned(),
        description: format!("AWS Backup backs up, copies, expires and restores with it: {}", statement.plan.value),
        assume_role_policy_document: trust_policy(Value::text(SERVICE)),
        managed_policy_arns: policies.iter().map(|policy| Value::Ref(policy.id.clone())).collect(),
        tags: tags.list(),
    };
    let origin = clauses.role(&reason::ROLE);
    let mut notes = notes(&origin, &ROLE_NOTES);
    let attached = Path::new("Properties.ManagedPolicyArns[]");
    let attached = |number| Note::new(attached.outer(number), origin.because(&reason::ATTACHED_POLICY));
    notes.extend((0..policies.len()).map(attached));
    notes.extend(tags.list_notes(&reason::TAGS));
    Resource::new(role_id(statement), Properties::Role(role), vec![origin], notes)
}

const ROLE_NOTES: [(&str, &Reason); 7] = [
    ("Properties.RoleName", &reason::ROLE_NAME),
    ("Properties.Description", &reason::DESCRIPTION_OF_RESOURCE),
    ("Properties.AssumeRolePolicyDocument", &reason::ROLE_TRUST),
    ("Properties.AssumeRolePolicyDocument.Version", &reason::POLICY_VERSION),
    ("Properties.AssumeRolePolicyDocument.Statement[]", &reason::ROLE_TRUST),
    ("Properties.AssumeRolePolicyDocument.Statement[].Principal", &reason::TRUSTED_SERVICE),
    ("Properties.AssumeRolePolicyDocument.Statement[].Action[]", &reason::ROLE_TRUST),
];

/// The policy that makes grants.
fn document(grants: &[Grant]) -> Document<Value> {
    Document::new(grants.iter().map(|grant| grant.statement.clone()).collect())
}

/// Why each statement of that policy is as it is.
fn grant_notes<'g>(grants: &'g [Grant], clauses: &'g Clauses<'_>) -> impl Iterator<Item = Note> {
    grants.iter().enumerate().flat_map(|(index, grant)| grant.notes(index, clauses))
}

fn inline_policy(statement: &Statement, clauses: &Clauses<'_>, grants: &[Grant]) -> Resource {
    let name = statement.role.value.name();
    let policy = RolePolicy {
        role_name: name.to_owned(),
        policy_name: format!("{}-inline-policy", stem(name)),
        policy_document: document(grants),
    };
    let origin = clauses.role(&reason::ROLE_POLICY);
    let places = [
        ("Properties.RoleName", &reason::POLICY_ROLE),
        ("Properties.PolicyName", &reason::POLICY_NAME),
        ("Properties.PolicyDocument", &reason::ROLE_POLICY),
        ("Properties.PolicyDocument.Version", &reason::POLICY_VERSION),
    ];
    let mut notes = notes(&origin, &places);
    notes.extend(grant_notes(grants, clauses));
    let policy = Resource::new(LogicalId::new("RolePolicy", name), Properties::RolePolicy(policy), vec![origin], notes);
    policy.after(role_id(statement), &reason::WAIT_FOR_ROLE)
}

/// A part of a policy, with every clause that lengthens it.
fn managed_policy(statement: &Statement, clauses: &Clauses<'_>, part: &PolicyPart) -> Resource {
    let clause = |words: String, span, level| Origin::new(words, span, level, &reason::ROLE_POLICY);
    let counted = statement.groups.iter().map(|group| format!("{} {}", group.names.len(), group.kind.words.plural));
    let target = format!("backup {}: {}", statement.name.value, counted.collect::<Vec<_>>().join(", "));
    let mut origins = vec![clause(target, statement.target, Level::Statement)];
    origins.extend(statement.destinations().map(|destination| {
        clause(clauses.of_destination(destination).to_string(), destination.span, destination.level)
    }));
    let places = [
        ("Properties.ManagedPolicyName", &reason::SPLIT_POLICY),
        ("Properties.PolicyDocument", &reason::ROLE_POLICY),
        ("Properties.PolicyDocument.Version", &reason::POLICY_VERSION),
    ];
    let mut notes = notes(&clauses.role(&reason::ROLE_POLICY), &places);
    notes.extend(grant_notes(&part.grants, clauses));
    let policy = ManagedPolicy {
        managed_policy_name: format!("{}-policy-{}", stem(statement.role.value.name()), part.key),
        policy_document: document(&part.grants),
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
