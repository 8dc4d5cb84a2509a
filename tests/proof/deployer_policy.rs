//! The policy that deploying takes: everything that the handlers ask for, and nothing beyond the stack's names.

use drc::emit::Format;
use drc::prove::evaluate::Policies;
use serde_json::Value;

use crate::reference::{actions, data, objections};
use crate::{SPECS, subject, subjects, wide};

const KEY: &str = "AWS::KMS::Key";
const REPLICA: &str = "AWS::KMS::ReplicaKey";
const VAULT: &str = "AWS::Backup::BackupVault";
const PLAN: &str = "AWS::Backup::BackupPlan";
const SELECTION: &str = "AWS::Backup::BackupSelection";
const ROLE: &str = "AWS::IAM::Role";
const MANAGED_POLICY: &str = "AWS::IAM::ManagedPolicy";

const LISTS: &str = "the list handler runs for who lists resources by type, not for a stack";

/// Permissions that handlers ask for and these stacks do not need: type, action, why not.
const UNNEEDED: &[(&str, &str, &str)] = &[
    (KEY, "kms:ListKeys", LISTS),
    (REPLICA, "kms:ListKeys", LISTS),
    (VAULT, "backup:ListBackupVaults", LISTS),
    (PLAN, "backup:ListBackupPlans", LISTS),
    (SELECTION, "backup:ListBackupPlans", LISTS),
    (SELECTION, "backup:ListBackupSelections", LISTS),
    (ROLE, "iam:ListRoles", LISTS),
    (MANAGED_POLICY, "iam:ListPolicies", LISTS),
    (KEY, "kms:DisableKey", "keys are never disabled"),
    (KEY, "kms:EnableKey", "keys are never disabled"),
    (REPLICA, "kms:DisableKey", "keys are never disabled"),
    (REPLICA, "kms:EnableKey", "keys are never disabled"),
    (VAULT, "backup:PutBackupVaultAccessPolicy", "vaults have no access policy"),
    (VAULT, "backup:PutBackupVaultNotifications", "vaults notify nobody"),
    (VAULT, "backup:PutBackupVaultLockConfiguration", "vaults have no lock"),
    (VAULT, "backup:DeleteBackupVaultAccessPolicy", "vaults have no access policy"),
    (VAULT, "backup:DeleteBackupVaultNotifications", "vaults notify nobody"),
    (VAULT, "backup:DeleteBackupVaultLockConfiguration", "vaults have no lock"),
    (ROLE, "iam:PutRolePolicy", "the role's own properties hold no policy"),
    (ROLE, "iam:DeleteRolePolicy", "the role's own properties hold no policy"),
    (ROLE, "iam:DeleteRolePermissionsBoundary", "roles have no permissions boundary"),
    (ROLE, "iam:PutRolePermissionsBoundary", "roles have no permissions boundary"),
    (MANAGED_POLICY, "iam:AttachRolePolicy", "the role attaches its policies itself"),
    (MANAGED_POLICY, "iam:DetachRolePolicy", "the role detaches its policies itself"),
    (MANAGED_POLICY, "iam:AttachUserPolicy", "policies belong to roles only"),
    (MANAGED_POLICY, "iam:AttachGroupPolicy", "policies belong to roles only"),
    (MANAGED_POLICY, "iam:DetachUserPolicy", "policies belong to roles only"),
    (MANAGED_POLICY, "iam:DetachGroupPolicy", "policies belong to roles only"),
];

/// What a deployer's policy must hold against the schemas: for each type of resource, everything
/// that the handlers which run ask for is granted, or listed as not needed.
#[test]
fn the_deployer_is_allowed_what_the_handlers_ask_for() {
    use drc::aws::handler::GRANTS;
    let types: std::collections::BTreeSet<&str> =
        GRANTS.iter().flat_map(|grant| grant.resource_types).copied().collect();
    for kind in types {
        let schema = data(&format!("cloudformation/{}.json", kind.replace("::", "-")));
        let granted: Vec<&str> = GRANTS
            .iter()
            .filter(|grant| grant.resource_types.contains(&kind))
            .flat_map(|grant| grant.actions)
            .copied()
            .collect();
        let is_granted = |action: &str| granted.iter().any(|pattern| drc::policy::glob::includes(pattern, action));
        let mut asked = Vec::new();
        for handler in ["create", "read", "update", "delete", "list"] {
            let permissions = schema["handlers"][handler]["permissions"].as_array();
            asked.extend(permissions.into_iter().flatten().filter_map(Value::as_str));
        }
        for action in &asked {
            let unneeded = UNNEEDED.iter().any(|(of, name, _)| *of == kind && name == action);
            assert!(is_granted(action) != unneeded, "{kind} {action} is granted or not needed, and not both");
        }
        for (_, action, _) in UNNEEDED.iter().filter(|(of, _, _)| *of == kind) {
            assert!(asked.contains(action), "{kind} does not ask for {action}");
        }
        // What goes beyond the handlers is what other actions depend on.
        let beyond: Vec<&str> = granted
            .into_iter()
            .filter(|pattern| !asked.iter().any(|action| drc::policy::glob::includes(pattern, action)))
            .collect();
        let dependent = [
            "iam:CreateServiceLinkedRole",
            "iam:DetachRolePolicy",
            "kms:ListResourceTags",
            "kms:PutKeyPolicy",
            "backup:TagResource",
        ];
        assert!(beyond.iter().all(|action| dependent.contains(action)), "{kind}: {beyond:?}");
    }
}

#[test]
fn the_reference_agrees_with_the_deployers_policies() {
    let reference = data("service-authorization.json");
    let actions = actions(&reference);
    // Of two services the reference's copy has nothing; of the third it does not know `Mount`.
    let is_elsewhere =
        |objection: &String| objection.starts_with("s3:") || objection.starts_with("backup-storage:Mount*");
    let mut subjects = subjects();
    subjects.push(subject("wide", &wide(40, 30)));
    for subject in subjects {
        let compiled = subject.compile(Format::Yaml);
        let policies = drc::deployer_policy::policies(&compiled.stacks, &compiled.files);
        assert_eq!(policies.len(), compiled.stacks.len());
        for policy in policies {
            // Who deploys can be given it as one managed policy.
            assert!(policy.policy.character_count().unwrap() <= 6_144, "{} {}", subject.name, policy.stack.name);
            for statement in &policy.policy.statements {
                assert!(policy.reasons.contains_key(statement.sid.as_deref().unwrap()));
                let mut objections = objections(statement, &actions);
                objections.retain(|objection| !is_elsewhere(objection));
                assert_eq!(objections, Vec::<String>::new(), "{} {}", subject.name, policy.stack.name);
            }
        }
    }
}

/// What the deployer may do, asked of the evaluator: its own stack's things, and no others.
#[test]
fn the_deployers_policy_ends_at_the_stacks_names() {
    use drc::prove::request::{Context, Principal, Request};
    let compiled = subject(SPECS[0].0, SPECS[0].1).compile(Format::Yaml);
    let documents = drc::deployer_policy::policies(&compiled.stacks, &compiled.files);
    let source = documents.iter().find(|policy| policy.stack.name == "source-source-backup").unwrap();
    let me = "arn:aws:iam::111122223333:user/pipeline";
    let policies = Policies::default().attach_to_identity(me, "deployer", &source.policy);
    let allows = |action: &str, resource: &str, keys: &[(&str, &str)]| {
        let context = keys.iter().fold(Context::default(), |context, (key, value)| context.with(key, *value));
        let request = Request {
            principal: Principal::Aws(me.to_owned()),
            action: action.to_owned(),
            resources: vec![resource.to_owned()],
            context,
        };
        policies.evaluate(&request).is_allowed()
    };
    let role = "arn:aws:iam::111122223333:role/source-backup-role";
    assert!(allows("iam:PassRole", role, &[("iam:PassedToService", "backup.amazonaws.com")]));
    assert!(!allows("iam:PassRole", role, &[("iam:PassedToService", "ec2.amazonaws.com")]));
    assert!(!allows(
        "iam:PassRole",
        "arn:aws:iam::111122223333:role/admin",
        &[("iam:PassedToService", "backup.amazonaws.com")]
    ));
    assert!(allows("iam:CreateRole", role, &[]));
    assert!(!allows("iam:DeleteRole", "arn:aws:iam::111122223333:role/other", &[]));
    assert!(!allows("iam:AttachRolePolicy", role, &[("iam:PolicyARN", "arn:aws:iam::aws:policy/AdministratorAccess")]));
    let vault = |name: &str| format!("arn:aws:backup:ap-northeast-1:111122223333:backup-vault:{name}");
    assert!(allows("backup:CreateBackupVault", &vault("source-backup-vault"), &[]));
    assert!(!allows("backup:CreateBackupVault", &vault("other"), &[]));
    assert!(!allows("backup:DeleteBackupVault", &vault("other"), &[]));
    let stack = |name: &str| format!("arn:aws:cloudformation:ap-northeast-1:111122223333:stack/{name}/1");
    assert!(allows("cloudformation:ExecuteChangeSet", &stack("source-source-backup"), &[]));
    assert!(!allows("cloudformation:ExecuteChangeSet", &stack("other"), &[]));
}
