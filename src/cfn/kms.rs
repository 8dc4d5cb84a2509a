//! `AWS::KMS::*`.

use serde::Serialize;

use super::{Tag, Value};
use crate::policy::Document;

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html>
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Key {
    /// What the key is for.
    pub description: String,
    /// Whether replicas can be made of it; cannot be changed.
    pub multi_region: bool,
    /// Whether its material is rotated.
    pub enable_key_rotation: bool,
    /// Days between rotations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation_period_in_days: Option<u32>,
    /// Who may do what with it.
    pub key_policy: Document<Value>,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-replicakey.html>
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ReplicaKey {
    /// What the key is for.
    pub description: String,
    /// The key that it is a replica of; a change replaces it.
    pub primary_key_arn: Value,
    /// Who may do what with it; a replica has a policy of its own.
    pub key_policy: Document<Value>,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-alias.html>
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Alias {
    /// `alias/` and a name.
    pub alias_name: String,
    /// The key.
    pub target_key_id: Value,
}
