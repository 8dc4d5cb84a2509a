//! What the principal that deploys a stack must be allowed: the permissions that CloudFormation's
//! resource handlers ask for, for the properties that drc sets, each on as little as can be named.
//!
//! CloudFormation acts with the permissions of who deploys, unless a role for it is named. Source of
//! the handlers' permissions: the CloudFormation registry's resource schemas
//! (<https://docs.aws.amazon.com/cloudformation-cli/latest/userguide/resource-type-schema.html>), a
//! copy of which the tests hold this table against.

/// What a permission is given on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// Everything: the action knows no resource type.
    Everything,
    /// The stack itself.
    Stack,
    /// The stack itself and the change sets that the CLI makes of it.
    StackAndChangeSets,
    /// Other stacks whose outputs are read.
    OutputStacks,
    /// The template's place in a bucket.
    TemplateBucket,
    /// Keys that do not exist yet, which must be multi-Region keys.
    NewKeys,
    /// The multi-Region keys of the region: their ids are not known beforehand.
    Keys,
    /// Every key of the region, where the stack's keys have tags: one that is made with tags has no
    /// ARN yet.
    TaggedKeys,
    /// The primary keys of replicas, to be replicated to the stack's region alone.
    PrimaryKeys,
    /// Aliases by name, and the keys that they are for.
    Aliases,
    /// Vaults by name.
    Vaults,
    /// The keys of the vaults.
    VaultKeys,
    /// The backup plans of the region: their ids are not known beforehand.
    Plans,
    /// Roles by name.
    Roles,
    /// Roles by name, to be passed to AWS Backup alone.
    PassedRoles,
    /// Roles that exist already.
    ExistingRoles,
    /// Roles by name, to be given the stack's managed policies alone.
    AttachedRoles,
    /// Managed policies by name.
    ManagedPolicies,
    /// The service-linked role of AWS Backup.
    LinkedRoleOfBackup,
    /// The service-linked role of KMS for multi-Region keys.
    LinkedRoleOfKeys,
}

/// Permissions that types of resource need on one scope.
#[derive(Clone, Copy, Debug)]
pub struct Grant {
    /// The types of resource that need them; none for what every stack needs.
    pub resource_types: &'static [&'static str],
    /// The `Sid` of the statement.
    pub sid: &'static str,
    /// On what.
    pub scope: Scope,
    /// The actions.
    pub actions: &'static [&'static str],
    /// Why.
    pub why: &'static str,
}

/// The service-linked role of AWS Backup, with its service.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/using-service-linked-roles.html>.
pub const LINKED_ROLE_OF_BACKUP: (&str, &str) = ("backup.amazonaws.com", "AWSServiceRoleForBackup");

/// The service-linked role of KMS, with its service.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-auth-slr.html>.
pub const LINKED_ROLE_OF_KEYS: (&str, &str) =
    ("mrk.kms.amazonaws.com", "AWSServiceRoleForKeyManagementServiceMultiRegionKeys");

/// How the names of the change sets begin that `aws cloudformation deploy` makes.
///
/// Source: `changeset_prefix` in `awscli/customizations/cloudformation/deployer.py` of the AWS CLI
/// (<https://github.com/aws/aws-cli/blob/develop/awscli/customizations/cloudformation/deployer.py>).
pub const CHANGE_SETS_OF_CLI: &str = "awscli-cloudformation-package-deploy-";

const fn grant(
    resource_types: &'static [&'static str],
    sid: &'static str,
    scope: Scope,
    actions: &'static [&'static str],
    why: &'static str,
) -> Grant {
    Grant { resource_types, sid, scope, actions, why }
}

const KEY: &[&str] = &["AWS::KMS::Key"];
const REPLICA: &[&str] = &["AWS::KMS::ReplicaKey"];
const ANY_KEY: &[&str] = &["AWS::KMS::Key", "AWS::KMS::ReplicaKey"];
const ALIAS: &[&str] = &["AWS::KMS::Alias"];
const VAULT: &[&str] = &["AWS::Backup::BackupVault"];
const PLAN: &[&str] = &["AWS::Backup::BackupPlan"];
const SELECTION: &[&str] = &["AWS::Backup::BackupSelection"];
const ROLE: &[&str] = &["AWS::IAM::Role"];
const ROLE_POLICY: &[&str] = &["AWS::IAM::RolePolicy"];
const MANAGED_POLICY: &[&str] = &["AWS::IAM::ManagedPolicy"];

/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/tag-permissions.html>.
const TAG_NEW: &str =
    "The stack's keys are made with tags, which KMS allows only to who may tag every key of the region.";
const BY_ID: &str = "A key's id is made by KMS, so it cannot be named; that of a multi-Region key begins with mrk-.";
const PASS: &str = "AWS Backup is handed the role; nobody else may be.";
const ATTACH: &str = "The role's managed policies, and no others, are attached to it and detached from it.";

const UNDO: &str = "Takes back what a failed first creation has made, or the stack stays in ROLLBACK_FAILED. Once the stack exists everything here is retained, and this statement can be withdrawn.";

/// The table. What deletes a key, a vault, a role or a policy stands alone: a stack that exists
/// retains them.
pub static GRANTS: &[Grant] = &[
    grant(
        &[],
        "DeployTheStack",
        Scope::Stack,
        &[
            "cloudformation:CreateChangeSet",
            "cloudformation:DescribeChangeSet",
            "cloudformation:DescribeStackEvents",
            "cloudformation:DescribeStacks",
            "cloudformation:ExecuteChangeSet",
            "cloudformation:GetTemplateSummary",
            "cloudformation:ListChangeSets",
        ],
        "deploy.sh makes and executes a change set of this stack and waits for it; where the stack exists, the CLI asks for its parameters first. If it fails, its events say why. A plan takes the same but cloudformation:ExecuteChangeSet.",
    ),
    grant(
        &[],
        "SeeWhyItFails",
        Scope::StackAndChangeSets,
        &["cloudformation:DescribeEvents"],
        "A change set can fail before the stack has events; it tells the reason in events of its own.",
    ),
    grant(
        &[],
        "ReadOutputs",
        Scope::OutputStacks,
        &["cloudformation:DescribeStacks"],
        "CloudFormation reads the ARN of the primary key from the outputs of another stack, with the permissions of who deploys or of the role that it is given.",
    ),
    grant(
        &[],
        "UploadTheTemplate",
        Scope::TemplateBucket,
        &["s3:GetObject", "s3:PutObject"],
        "The template is too large to be sent inline; put the name of your bucket in the place of DRC_TEMPLATE_BUCKET.",
    ),
    grant(KEY, "CreateKeys", Scope::NewKeys, &["kms:CreateKey"], "The stack makes multi-Region keys and no others."),
    grant(REPLICA, "TagNewKeys", Scope::TaggedKeys, &["kms:TagResource"], TAG_NEW),
    grant(REPLICA, "CreateReplicas", Scope::Everything, &["kms:CreateKey"], "A replica is a key of its own region."),
    grant(
        REPLICA,
        "ReplicateKeys",
        Scope::PrimaryKeys,
        &["kms:ReplicateKey"],
        "The primary key is replicated to this region and to no other.",
    ),
    grant(
        ANY_KEY,
        "ManageKeys",
        Scope::Keys,
        &[
            "kms:DescribeKey",
            "kms:GetKeyPolicy",
            "kms:ListResourceTags",
            "kms:PutKeyPolicy",
            "kms:TagResource",
            "kms:UntagResource",
            "kms:UpdateKeyDescription",
        ],
        BY_ID,
    ),
    grant(
        KEY,
        "ManageKeys",
        Scope::Keys,
        &["kms:DisableKeyRotation", "kms:EnableKeyRotation", "kms:GetKeyRotationStatus"],
        BY_ID,
    ),
    grant(
        ANY_KEY,
        "LinkTheRoleOfKeys",
        Scope::LinkedRoleOfKeys,
        &["iam:CreateServiceLinkedRole"],
        "KMS makes its service-linked role with the first multi-Region key of an account.",
    ),
    grant(KEY, "TagNewKeys", Scope::TaggedKeys, &["kms:TagResource"], TAG_NEW),
    grant(
        ALIAS,
        "NameKeys",
        Scope::Aliases,
        &["kms:CreateAlias", "kms:UpdateAlias"],
        "The aliases of this stack, on the keys that they name.",
    ),
    grant(ALIAS, "ListAliases", Scope::Everything, &["kms:ListAliases"], "It can be allowed on all aliases only."),
    grant(
        VAULT,
        "ManageVaults",
        Scope::Vaults,
        &[
            "backup:CreateBackupVault",
            "backup:DescribeBackupVault",
            "backup:GetBackupVaultAccessPolicy",
            "backup:GetBackupVaultNotifications",
            "backup:ListTags",
            "backup:TagResource",
            "backup:UntagResource",
        ],
        "The vaults of this stack; CloudFormation tags them as its own.",
    ),
    grant(
        VAULT,
        "MountStorage",
        Scope::Everything,
        &["backup-storage:Mount*"],
        "Making a vault mounts its storage; it can be allowed on everything only.",
    ),
    grant(
        VAULT,
        "UseTheKeysOfVaults",
        Scope::VaultKeys,
        &["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey", "kms:RetireGrant"],
        "AWS Backup tries the key of a vault on behalf of who makes the vault.",
    ),
    grant(
        PLAN,
        "ManagePlans",
        Scope::Plans,
        &[
            "backup:CreateBackupPlan",
            "backup:DeleteBackupPlan",
            "backup:GetBackupPlan",
            "backup:ListTags",
            "backup:TagResource",
            "backup:UntagResource",
            "backup:UpdateBackupPlan",
        ],
        "A plan's id is made by AWS Backup, so it cannot be named.",
    ),
    grant(PLAN, "PassTheRole", Scope::PassedRoles, &["iam:PassRole"], PASS),
    grant(
        SELECTION,
        "ManageSelections",
        Scope::Plans,
        &["backup:CreateBackupSelection", "backup:DeleteBackupSelection", "backup:GetBackupSelection"],
        "A selection belongs to a plan, whose id is made by AWS Backup.",
    ),
    grant(SELECTION, "PassTheRole", Scope::PassedRoles, &["iam:PassRole"], PASS),
    grant(SELECTION, "ManageTheRole", Scope::Roles, &["iam:GetRole"], "The roles of this stack, by name."),
    grant(
        SELECTION,
        "ReadTheRole",
        Scope::ExistingRoles,
        &["iam:GetRole"],
        "A role that exists is looked at, never changed.",
    ),
    grant(
        SELECTION,
        "LinkTheRoleOfBackup",
        Scope::LinkedRoleOfBackup,
        &["iam:CreateServiceLinkedRole"],
        "AWS Backup makes its service-linked role with the first selection of an account.",
    ),
    grant(
        ROLE,
        "ManageTheRole",
        Scope::Roles,
        &[
            "iam:CreateRole",
            "iam:GetRole",
            "iam:GetRolePolicy",
            "iam:ListAttachedRolePolicies",
            "iam:ListRolePolicies",
            "iam:TagRole",
            "iam:UntagRole",
            "iam:UpdateAssumeRolePolicy",
            "iam:UpdateRole",
            "iam:UpdateRoleDescription",
        ],
        "The roles of this stack, by name.",
    ),
    grant(ROLE, "AttachPolicies", Scope::AttachedRoles, &["iam:AttachRolePolicy", "iam:DetachRolePolicy"], ATTACH),
    grant(
        ROLE_POLICY,
        "ManageTheRole",
        Scope::Roles,
        &["iam:GetRolePolicy", "iam:PutRolePolicy"],
        "The roles of this stack, by name.",
    ),
    grant(
        MANAGED_POLICY,
        "ManagePolicies",
        Scope::ManagedPolicies,
        &[
            "iam:CreatePolicy",
            "iam:CreatePolicyVersion",
            "iam:DeletePolicyVersion",
            "iam:GetPolicy",
            "iam:GetPolicyVersion",
            "iam:ListEntitiesForPolicy",
            "iam:ListPolicyVersions",
        ],
        "The managed policies of this stack, by name; IAM keeps five versions of each.",
    ),
    grant(ANY_KEY, "UndoKeys", Scope::Keys, &["kms:ScheduleKeyDeletion"], UNDO),
    grant(VAULT, "UndoVaults", Scope::Vaults, &["backup:DeleteBackupVault"], UNDO),
    grant(ROLE, "UndoRoles", Scope::Roles, &["iam:DeleteRole"], UNDO),
    grant(ALIAS, "UndoAliases", Scope::Aliases, &["kms:DeleteAlias"], UNDO),
    grant(ROLE_POLICY, "UndoRoles", Scope::Roles, &["iam:DeleteRolePolicy"], UNDO),
    grant(MANAGED_POLICY, "UndoPolicies", Scope::ManagedPolicies, &["iam:DeletePolicy"], UNDO),
];
