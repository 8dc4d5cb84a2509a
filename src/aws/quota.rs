//! Limits of AWS, each with its source.

use std::ops::RangeInclusive;

/// Longest retention in days.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html>.
pub const LONGEST_RETENTION_DAYS: u32 = 36_500;

/// Longest window in minutes (100 years).
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html>.
pub const LONGEST_WINDOW_MINUTES: u32 = 52_560_000;

/// Shortest start window in minutes. AWS Backup answers: "StartWindowMinutes minimum value is: 60
/// minutes".
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html>.
pub const SHORTEST_START_WINDOW_MINUTES: u32 = 60;

/// By how many minutes the completion window must exceed the start window. AWS Backup answers:
/// "CompleteWindowMinutes must be at least 60 minutes greater than StartWindowMinutes".
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html>.
pub const COMPLETION_AFTER_START_MINUTES: u32 = 60;

/// Days between two rotations of a key's material.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html>.
pub const ROTATION_DAYS: RangeInclusive<u32> = 90..=2560;

/// Page of AWS Backup's quotas.
pub const BACKUP_QUOTAS: &str = "https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html";

/// Page of CloudFormation's quotas.
pub const CLOUDFORMATION_QUOTAS: &str =
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html";

/// Page of IAM's quotas.
pub const IAM_QUOTAS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html";

/// Rules in a backup plan. Source: [`BACKUP_QUOTAS`].
pub const RULES_PER_PLAN: usize = 10;

/// Copy actions in a rule. Source: [`BACKUP_QUOTAS`].
pub const COPIES_PER_RULE: usize = 5;

/// Resource ARNs in a selection, without wildcards. Source: [`BACKUP_QUOTAS`].
pub const ARNS_PER_SELECTION: usize = 500;

/// Tags that AWS Backup adds to a recovery point. Source: [`BACKUP_QUOTAS`].
pub const TAGS_PER_RECOVERY_POINT: usize = 10;

/// Bytes of a template that is sent inline. Source: [`CLOUDFORMATION_QUOTAS`].
pub const INLINE_TEMPLATE_BYTES: usize = 51_200;

/// Bytes of a template that is read from S3. Source: [`CLOUDFORMATION_QUOTAS`].
pub const TEMPLATE_BYTES: usize = 1_000_000;

/// Resources in a template. Source: [`CLOUDFORMATION_QUOTAS`].
pub const RESOURCES_PER_TEMPLATE: usize = 500;

/// Outputs of a template. Source: [`CLOUDFORMATION_QUOTAS`].
pub const OUTPUTS_PER_TEMPLATE: usize = 200;

/// Parameters of a template. Source: [`CLOUDFORMATION_QUOTAS`].
pub const PARAMETERS_PER_TEMPLATE: usize = 200;

/// Characters of all inline policies of a role, white space not counted. Source: [`IAM_QUOTAS`].
pub const INLINE_POLICY_CHARACTERS: usize = 10_240;

/// Characters of a customer managed policy, white space not counted. Source: [`IAM_QUOTAS`].
pub const MANAGED_POLICY_CHARACTERS: usize = 6_144;

/// Managed policies of a role, unless a higher quota was asked for. Source: [`IAM_QUOTAS`].
pub const MANAGED_POLICIES_PER_ROLE: usize = 20;

/// Characters of a trust policy, unless a higher quota was asked for. Source: [`IAM_QUOTAS`].
pub const TRUST_POLICY_CHARACTERS: usize = 2_048;

/// Page of KMS's quotas.
pub const KMS_QUOTAS: &str = "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html";

/// Characters of a key policy. Source: [`KMS_QUOTAS`].
pub const KEY_POLICY_CHARACTERS: usize = 32_768;
