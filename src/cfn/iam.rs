//! `AWS::IAM::*`.

use serde::Serialize;

use super::{Properties, Tag, Value};
use crate::policy::Document;

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html>
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Role {
    /// Its name; a change replaces it.
    pub role_name: String,
    /// What it is for.
    pub description: String,
    /// Who may assume it.
    pub assume_role_policy_document: Document<Value>,
    /// The managed policies of a role whose policy is too long to be inline. They are attached here
    /// and not by the policies themselves, so that one that is no longer needed is detached though
    /// it is kept.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub managed_policy_arns: Vec<Value>,
    /// Its tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-rolepolicy.html>
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct RolePolicy {
    /// The role that it is part of; a change replaces it. A reference would keep it from being
    /// imported by its name.
    pub role_name: String,
    /// Its name within the role; a change replaces it.
    pub policy_name: String,
    /// What it allows.
    pub policy_document: Document<Value>,
}

/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-managedpolicy.html>
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct ManagedPolicy {
    /// Its name; a change replaces it.
    pub managed_policy_name: String,
    /// What it allows.
    pub policy_document: Document<Value>,
}

impl Properties {
    /// What a role is allowed by it, if it is a policy of a role.
    pub fn policy_document(&self) -> Option<&Document<Value>> {
        let (Self::RolePolicy(RolePolicy { policy_document, .. })
        | Self::ManagedPolicy(ManagedPolicy { policy_document, .. })) = self
        else {
            return None;
        };
        Some(policy_document)
    }
}
