//! `AWS::Backup::*`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Value;

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupvault.html>
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BackupVault {
    /// Its name; a change replaces it.
    pub backup_vault_name: String,
    /// Its key; a change replaces it.
    pub encryption_key_arn: Value,
    /// Its tags.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub backup_vault_tags: BTreeMap<String, String>,
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupplan.html>
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BackupPlan {
    /// The plan itself.
    pub backup_plan: BackupPlanResourceType,
    /// Tags of the plan.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub backup_plan_tags: BTreeMap<String, String>,
}

/// Name and rules of a plan.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BackupPlanResourceType {
    /// Its name.
    pub backup_plan_name: String,
    /// Its rules.
    pub backup_plan_rule: Vec<BackupRule>,
}

/// When, how long, and where to.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BackupRule {
    /// Its name.
    pub rule_name: String,
    /// Name of the vault.
    pub target_backup_vault: Value,
    /// Six fields of cron.
    pub schedule_expression: String,
    /// The zone that the expression is in; UTC without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub schedule_expression_timezone: Option<String>,
    /// Minutes within which a job must start.
    pub start_window_minutes: u32,
    /// Minutes within which a job must complete.
    pub completion_window_minutes: u32,
    /// When recovery points are deleted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lifecycle: Option<Lifecycle>,
    /// Where they are copied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub copy_actions: Vec<CopyAction>,
    /// Tags of the recovery points.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub recovery_point_tags: BTreeMap<String, String>,
}

/// When a recovery point is deleted; without it, never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Lifecycle {
    /// Days from the start of the job.
    pub delete_after_days: u32,
}

/// A copy.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct CopyAction {
    /// ARN of the vault.
    pub destination_backup_vault_arn: Value,
    /// When copies are deleted.
    pub lifecycle: Lifecycle,
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupselection.html>
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BackupSelection {
    /// The plan.
    pub backup_plan_id: Value,
    /// What is selected.
    pub backup_selection: BackupSelectionResourceType,
}

/// Name, role and resources of a selection.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct BackupSelectionResourceType {
    /// Its name.
    pub selection_name: String,
    /// The role that AWS Backup acts with.
    pub iam_role_arn: Value,
    /// ARNs of what is backed up.
    pub resources: Vec<Value>,
}
