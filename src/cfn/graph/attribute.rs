//! What `Ref` and `Fn::GetAtt` give of resources, where it follows from what the template says.
//!
//! Source: the return values of each type at
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html>.

use sha2::{Digest as _, Sha256};

use super::evaluate::Evaluation;
use super::{DeployedStack, Unknown};
use crate::aws::arn;
use crate::aws::name::hex;
use crate::cfn::read::{Content, Node};

impl Evaluation<'_, '_> {
    /// An attribute of a resource, or what `Ref` gives.
    pub(super) fn attribute(&mut self, stack: usize, id: &str, name: Option<&str>) -> Result<String, Unknown> {
        let found = self.graph.stacks.get(stack).and_then(|here| Some((here, here.position(id)?)));
        let found = found.and_then(|(here, at)| Some((here, at, here.resource(at)?)));
        let (here, _, resource) = found.ok_or_else(|| Unknown(format!("there is no resource {id}")))?;
        let kind = resource.get("Type").and_then(Node::text).unwrap_or_default();
        let (partition, account, code) = (here.region.partition.id(), here.account, here.region.code);
        let written = |service, region, resource: &str| arn::arn([partition, service, region, account, resource]);
        let mut property = |key: &str| match resource.get("Properties").and_then(|properties| properties.get(key)) {
            Some(value) => self.resolved_text(stack, value),
            None => Err(Unknown(format!("{id} has no `{key}`"))),
        };
        match (kind, name) {
            ("AWS::KMS::Key" | "AWS::KMS::ReplicaKey", None | Some("Arn" | "KeyId")) => {
                let key_id = match kind {
                    "AWS::KMS::Key" => key_id(here, id, is_multi_region(&resource)),
                    _ => property("PrimaryKeyArn")?.rsplit('/').next().unwrap_or_default().to_owned(),
                };
                Ok(if name == Some("Arn") { written("kms", code, &format!("key/{key_id}")) } else { key_id })
            }
            ("AWS::IAM::Role", Some("Arn")) | ("AWS::IAM::ManagedPolicy", None) => {
                let is_role = name.is_some();
                let (what, key) = if is_role { ("role", "RoleName") } else { ("policy", "ManagedPolicyName") };
                // A path stands before the name.
                let path = resource.get("Properties").and_then(|properties| properties.get("Path"));
                let path = path.map_or(Ok("/".to_owned()), |_| property("Path"))?;
                Ok(written("iam", "", &[what, &path, &property(key)?].concat()))
            }
            ("AWS::Backup::BackupVault", Some("BackupVaultArn")) => {
                Ok(written("backup", code, &format!("backup-vault:{}", property("BackupVaultName")?)))
            }
            (kind, None) if named_by(kind).is_some() => property(named_by(kind).unwrap_or_default()),
            (kind, name) => Err(Unknown(format!("what {} of {kind} gives is not known", name.unwrap_or("Ref")))),
        }
    }
}

/// The property that `Ref` gives of a resource.
fn named_by(kind: &str) -> Option<&'static str> {
    match kind {
        "AWS::IAM::Role" => Some("RoleName"),
        "AWS::Backup::BackupVault" => Some("BackupVaultName"),
        "AWS::KMS::Alias" => Some("AliasName"),
        _ => None,
    }
}

/// An id as KMS makes them, always the same for the same key of a stack.
fn key_id(stack: &DeployedStack<'_>, id: &str, is_multi_region: bool) -> String {
    let of = format!("{} {} {id}", stack.region.code, stack.name);
    let digits: String = hex(&Sha256::digest(of.as_bytes())).chars().take(32).collect();
    if is_multi_region { format!("mrk-{digits}") } else { digits }
}

fn is_multi_region(key: &Node<'_>) -> bool {
    let value = key.get("Properties").and_then(|properties| properties.get("MultiRegion"));
    value.is_some_and(|value| value.content == Content::Bool(true))
}
