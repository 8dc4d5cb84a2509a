//! Stacks to the policies that who deploys them needs: where users are first denied
//! something.
//!
//! Computed from the table of [`crate::aws::handler`] and the names in the stacks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json as object;

use crate::aws::arn;
use crate::aws::handler::{CHANGE_SETS_OF_CLI, GRANTS, Grant, LINKED_ROLE_OF_BACKUP, LINKED_ROLE_OF_KEYS, Scope};
use crate::aws::quota::INLINE_TEMPLATE_BYTES;
use crate::cfn::kms::{Key, ReplicaKey};
use crate::cfn::{Properties, Resource, Value};
use crate::emit::OutputFile;
use crate::kind::call::SERVICE;
use crate::lower::{Stack, StackRef};
use crate::policy::{Action, Actions, Condition, Document, Effect, Resources, Statement, Test};

const SCHEMA_VERSION: u32 = 1;

/// Stands for a bucket that only the environment of the deployment names.
const BUCKET: &str = "DRC_TEMPLATE_BUCKET";

/// The policy for one stack.
#[derive(Clone, Debug)]
pub struct DeployerPolicy {
    /// The stack.
    pub stack: StackRef,
    /// What who deploys it needs.
    pub policy: Document<String>,
    /// Why each statement is there, by its `Sid`.
    pub reasons: BTreeMap<&'static str, &'static str>,
}

/// The policy for each stack; the templates are the first of the files, in the order of the stacks.
pub fn policies(stacks: &[Stack], files: &[OutputFile]) -> Vec<DeployerPolicy> {
    stacks.iter().zip(files).map(|(stack, template)| policy(stack, template)).collect()
}

/// The policies as a JSON document of version 1.
pub fn json(policies: &[DeployerPolicy]) -> String {
    let stacks = policies.iter().map(|policy| {
        object!({
            "stack": policy.stack.name,
            "region": policy.stack.location.region.code,
            "policy": policy.policy,
            "reasons": policy.reasons,
        })
    });
    let document = object!({ "schemaVersion": SCHEMA_VERSION, "stacks": stacks.collect::<Vec<_>>() });
    crate::json::text(&document)
}

fn policy(stack: &Stack, template: &OutputFile) -> DeployerPolicy {
    let has =
        |kind: &&str| stack.template.resources.iter().any(|resource| resource.properties.resource_type() == *kind);
    let is_needed = |grant: &&Grant| grant.resource_types.is_empty() || grant.resource_types.iter().any(has);
    let grants: Vec<&Grant> = GRANTS.iter().filter(is_needed).collect();
    let mut statements = Vec::new();
    let mut reasons = BTreeMap::new();
    for grant in &grants {
        if reasons.contains_key(grant.sid) {
            continue;
        }
        let of_sid = grants.iter().filter(|other| other.sid == grant.sid);
        let actions: BTreeSet<&str> = of_sid.flat_map(|other| other.actions).copied().collect();
        let resources = resources(grant.scope, stack, template);
        if resources.is_empty() {
            continue;
        }
        reasons.insert(grant.sid, grant.why);
        statements.push(Statement {
            sid: Some(grant.sid.to_owned()),
            effect: Effect::Allow,
            principal: None,
            actions: Actions::Only(actions.into_iter().map(Action::from).collect()),
            resources: Some(Resources::Only(resources.into_iter().collect())),
            conditions: conditions(grant.scope, stack),
        });
    }
    DeployerPolicy { stack: stack.reference(), policy: Document::new(statements), reasons }
}

/// An ARN in the stack's account; in any, where the spec names none.
fn arn_in(stack: &Stack, service: &str, region: &str, resource: &str) -> String {
    let account = stack.account.as_deref().unwrap_or("*");
    arn::arn([stack.location.region.partition.id(), service, region, account, resource])
}

/// A stack by its name, whichever id it has.
fn any_of_stack(stack: &Stack, region: &str, name: &str) -> String {
    arn_in(stack, "cloudformation", region, &format!("stack/{name}/*"))
}

fn resources(scope: Scope, stack: &Stack, template: &OutputFile) -> BTreeSet<String> {
    let here = stack.location.region.code;
    let one = |service: &str, region: &str, resource: &str| BTreeSet::from([arn_in(stack, service, region, resource)]);
    match scope {
        Scope::Everything | Scope::NewKeys => BTreeSet::from(["*".to_owned()]),
        Scope::Stack => BTreeSet::from([any_of_stack(stack, here, &stack.name)]),
        Scope::StackAndChangeSets => {
            let stack_and_sets = [format!("stack/{}/*", stack.name), format!("changeSet/{CHANGE_SETS_OF_CLI}*/*")];
            stack_and_sets.map(|resource| arn_in(stack, "cloudformation", here, &resource)).into()
        }
        Scope::OutputStacks => {
            let sources = stack.parameters.iter().map(|parameter| &parameter.stack);
            sources.map(|from| any_of_stack(stack, from.location.region.code, &from.name)).collect()
        }
        Scope::TemplateBucket if template.bytes.len() > INLINE_TEMPLATE_BYTES => {
            BTreeSet::from([arn::arn([stack.location.region.partition.id(), "s3", "", "", &format!("{BUCKET}/*")])])
        }
        Scope::Keys => one("kms", here, "key/mrk-*"),
        Scope::TaggedKeys if stack.template.resources.iter().any(is_tagged_key) => one("kms", here, "key/*"),
        Scope::TemplateBucket | Scope::TaggedKeys => BTreeSet::new(),
        Scope::Plans => one("backup", here, "backup-plan:*"),
        Scope::LinkedRoleOfBackup => one("iam", "", &linked(LINKED_ROLE_OF_BACKUP)),
        Scope::LinkedRoleOfKeys => one("iam", "", &linked(LINKED_ROLE_OF_KEYS)),
        Scope::AttachedRoles if attached(stack).is_empty() => BTreeSet::new(),
        Scope::PrimaryKeys
        | Scope::Aliases
        | Scope::Vaults
        | Scope::VaultKeys
        | Scope::Roles
        | Scope::PassedRoles
        | Scope::ExistingRoles
        | Scope::AttachedRoles
        | Scope::ManagedPolicies => {
            stack.template.resources.iter().flat_map(|resource| named(scope, stack, &resource.properties)).collect()
        }
    }
}

fn is_tagged_key(resource: &Resource) -> bool {
    matches!(
        &resource.properties,
        Properties::Key(Key { tags, .. }) | Properties::ReplicaKey(ReplicaKey { tags, .. }) if !tags.is_empty()
    )
}

fn linked((service, name): (&str, &str)) -> String {
    format!("role/aws-service-role/{service}/{name}")
}

/// What a resource contributes to a scope whose members have names.
fn named(scope: Scope, stack: &Stack, properties: &Properties) -> Vec<String> {
    let here = stack.location.region.code;
    let role = |name: &str| vec![arn_in(stack, "iam", "", &format!("role/{name}"))];
    match (scope, properties) {
        (Scope::PrimaryKeys, Properties::ReplicaKey(key)) => vec![multi_region_key(stack, &key.primary_key_arn)],
        (Scope::Aliases, Properties::Alias(alias)) => {
            vec![arn_in(stack, "kms", here, &alias.alias_name), arn_in(stack, "kms", here, "key/mrk-*")]
        }
        (Scope::Vaults, Properties::Vault(vault)) => {
            vec![arn_in(stack, "backup", here, &format!("backup-vault:{}", vault.backup_vault_name))]
        }
        (Scope::VaultKeys, Properties::Vault(vault)) => vec![multi_region_key(stack, &vault.encryption_key_arn)],
        (Scope::Roles | Scope::PassedRoles, Properties::Role(made)) => role(&made.role_name),
        (Scope::ExistingRoles | Scope::PassedRoles, Properties::Selection(selection)) => {
            // Unless the stack makes it.
            let role = &selection.backup_selection.iam_role_arn;
            if let Value::Literal(arn) = role { vec![arn.clone()] } else { Vec::new() }
        }
        (Scope::AttachedRoles, Properties::Role(made)) if !made.managed_policy_arns.is_empty() => role(&made.role_name),
        (Scope::ManagedPolicies, Properties::ManagedPolicy(policy)) => {
            vec![arn_in(stack, "iam", "", &format!("policy/{}", policy.managed_policy_name))]
        }
        _ => Vec::new(),
    }
}

/// A key by its ARN where that is written; else every multi-Region key of the region that it is in.
fn multi_region_key(stack: &Stack, value: &Value) -> String {
    if let Value::Literal(arn) = value {
        return arn.clone();
    }
    if let Value::GivenOr { otherwise, .. } = value {
        return multi_region_key(stack, otherwise);
    }
    let here = stack.location.region.code;
    let region = if let Value::StackOutput { region, .. } = value { region } else { here };
    arn_in(stack, "kms", region, "key/mrk-*")
}

/// The managed policies of the stack, by ARN.
fn attached(stack: &Stack) -> Vec<String> {
    let all = stack.template.resources.iter();
    all.flat_map(|resource| named(Scope::ManagedPolicies, stack, &resource.properties)).collect()
}

/// The conditions of scopes that are narrowed by more than resources.
fn conditions(scope: Scope, stack: &Stack) -> Vec<Condition<String>> {
    let service_of = |(service, _): (&str, &str)| vec![service.to_owned()];
    let rows = [
        (Scope::NewKeys, Test::Bool, "kms:MultiRegion", vec!["true".to_owned()]),
        (Scope::PrimaryKeys, Test::StringEquals, "kms:ReplicaRegion", vec![stack.location.region.code.to_owned()]),
        (Scope::PassedRoles, Test::StringEquals, "iam:PassedToService", vec![SERVICE.to_owned()]),
        (Scope::AttachedRoles, Test::ArnLike, "iam:PolicyARN", attached(stack)),
        (Scope::LinkedRoleOfBackup, Test::StringEquals, "iam:AWSServiceName", service_of(LINKED_ROLE_OF_BACKUP)),
        (Scope::LinkedRoleOfKeys, Test::StringEquals, "iam:AWSServiceName", service_of(LINKED_ROLE_OF_KEYS)),
    ];
    let narrowing = rows.into_iter().filter(|(of, ..)| *of == scope);
    let condition =
        |(_, test, key, values): (_, Test, &str, _)| Condition { operator: test.into(), key: key.to_owned(), values };
    narrowing.map(condition).collect()
}
