//! Resource types of CloudFormation: what a change of each property does to a resource that exists.

/// A type of resource.
#[derive(Debug)]
pub struct ResourceType {
    /// Its name in templates.
    pub name: &'static str,
    /// The properties that name a resource of it for AWS, where the template may choose them. There is one resource of
    /// a name, in an account and region or, with IAM, in an account.
    pub named_by: &'static [&'static str],
    /// The properties that no update changes: CloudFormation makes another resource.
    pub create_only: &'static [&'static str],
    /// The properties that no update changes, and for which CloudFormation makes no other resource either: the update
    /// fails.
    pub fixed: &'static [&'static str],
    /// What of the type's documentation its schema does not say.
    pub source: &'static str,
}

/// The types that drc makes, and those that stand beside them in templates of others.
///
/// `create_only` is `createOnlyProperties` of the schemas that CloudFormation publishes. `fixed` is in no schema: the
/// pages say so.
pub const RESOURCE_TYPES: &[ResourceType] = &[
    ResourceType {
        name: "AWS::KMS::Key",
        named_by: &[],
        create_only: &[],
        fixed: &["KeySpec", "KeyUsage", "MultiRegion", "Origin"],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html",
    },
    ResourceType {
        name: "AWS::KMS::ReplicaKey",
        named_by: &[],
        create_only: &["PrimaryKeyArn"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html",
    },
    ResourceType {
        name: "AWS::KMS::Alias",
        named_by: &["AliasName"],
        create_only: &["AliasName"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html",
    },
    ResourceType {
        name: "AWS::Backup::BackupVault",
        named_by: &["BackupVaultName"],
        create_only: &["BackupVaultName", "EncryptionKeyArn"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html",
    },
    ResourceType {
        name: "AWS::Backup::LogicallyAirGappedBackupVault",
        named_by: &["BackupVaultName"],
        create_only: &["BackupVaultName", "EncryptionKeyArn", "MaxRetentionDays", "MinRetentionDays"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-logicallyairgappedbackupvault.html",
    },
    ResourceType {
        name: "AWS::Backup::BackupPlan",
        named_by: &[],
        create_only: &[],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupplan.html",
    },
    ResourceType {
        name: "AWS::Backup::BackupSelection",
        named_by: &[],
        create_only: &["BackupPlanId", "BackupSelection"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupselection.html",
    },
    ResourceType {
        name: "AWS::IAM::Role",
        named_by: &["RoleName"],
        create_only: &["Path", "RoleName"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html",
    },
    ResourceType {
        name: "AWS::IAM::RolePolicy",
        named_by: &["RoleName", "PolicyName"],
        create_only: &["PolicyName", "RoleName"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html",
    },
    ResourceType {
        name: "AWS::IAM::ManagedPolicy",
        named_by: &["ManagedPolicyName"],
        create_only: &["Description", "ManagedPolicyName", "Path"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html",
    },
    ResourceType {
        name: "AWS::Backup::RestoreTestingPlan",
        named_by: &["RestoreTestingPlanName"],
        create_only: &["RestoreTestingPlanName"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-restoretestingplan.html",
    },
    ResourceType {
        name: "AWS::Backup::RestoreTestingSelection",
        named_by: &["RestoreTestingPlanName", "RestoreTestingSelectionName"],
        create_only: &["ProtectedResourceType", "RestoreTestingPlanName", "RestoreTestingSelectionName"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-restoretestingselection.html",
    },
    ResourceType {
        name: "AWS::SNS::Topic",
        named_by: &["TopicName"],
        create_only: &["FifoTopic", "TopicName"],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topic.html",
    },
    ResourceType {
        name: "AWS::SNS::TopicPolicy",
        named_by: &[],
        create_only: &[],
        fixed: &[],
        source: "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html",
    },
];

/// A type by its name.
pub fn find(name: &str) -> Option<&'static ResourceType> {
    RESOURCE_TYPES.iter().find(|kind| kind.name == name)
}
