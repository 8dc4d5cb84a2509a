//! CloudFormation templates: one struct for each resource type, serialised as they are deployed.
//!
//! Source of the format:
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html>.

pub mod backup;
pub mod graph;
pub mod iam;
pub mod kms;
pub(crate) mod note;
pub mod read;
mod template;
mod value;

pub use value::{IMPORT_VARIABLE, Reference, Value};

use std::fmt;

use serde::Serialize;

use crate::aws::name::{HASH_LENGTH, short_hash};
use crate::origin::Origin;
use crate::reason::{Reason, reasons};
use note::{Note, Path};

/// Most characters of a logical id. CloudFormation takes 255; a key of YAML longer than 128 is written on lines
/// of its own, which not every reader of templates knows.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html>.
const LONGEST_LOGICAL_ID: usize = 128;

/// The name of a resource within its template.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct LogicalId(String);

impl LogicalId {
    /// An id from words: letters and digits are kept, each word begins with a capital. Depends on
    /// its content alone, so nothing is renamed when something else is added.
    pub fn new(kind: &str, name: &str) -> Self {
        let mut id = String::new();
        for word in [kind, name].into_iter().flat_map(|text| text.split(|c: char| !c.is_ascii_alphanumeric())) {
            let mut characters = word.chars();
            id.extend(characters.next().map(|first| first.to_ascii_uppercase()));
            id.extend(characters);
        }
        Self::shortened(id, name)
    }

    /// The id itself, or its beginning and a hash of what it is made of where it is too long.
    fn shortened(mut id: String, content: &str) -> Self {
        if id.len() > LONGEST_LOGICAL_ID {
            id.truncate(LONGEST_LOGICAL_ID - HASH_LENGTH);
            id.push_str(&short_hash(content));
        }
        Self(id)
    }
}

impl fmt::Display for LogicalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The condition that says whether a parameter is given.
pub(crate) fn is_given(parameter: &LogicalId) -> LogicalId {
    LogicalId::shortened(format!("{parameter}IsGiven"), &parameter.0)
}

/// A template.
#[derive(Clone, Debug)]
pub struct Template {
    /// What the stack is for.
    pub description: String,
    /// The shape of the whole, for `Metadata`.
    pub architecture: String,
    /// Parameters, ordered by name.
    pub parameters: Vec<Parameter>,
    /// Resources, in the order in which they depend on each other.
    pub resources: Vec<Resource>,
    /// Outputs.
    pub outputs: Vec<Output>,
}

/// A parameter that takes a key's ARN. It may be left empty, and a condition of its own says whether it is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name.
    pub name: LogicalId,
    /// What it takes.
    pub description: String,
    /// What it must match where it is given.
    pub pattern: String,
    /// Why it is there.
    pub origin: Origin,
}

impl Parameter {
    /// The condition that says whether it is given.
    pub fn is_given(&self) -> LogicalId {
        is_given(&self.name)
    }
}

/// A resource.
#[derive(Clone, Debug)]
pub struct Resource {
    /// Its name in the template.
    pub id: LogicalId,
    /// Its type and properties.
    pub properties: Properties,
    /// Resources that must be made before it, beyond those that it refers to.
    pub depends_on: Vec<LogicalId>,
    /// The clauses that asked for it; never empty.
    pub origins: Vec<Origin>,
    /// Why each of its parts is as it is; places are those of the resource as it is written.
    pub notes: Vec<Note>,
}

impl Resource {
    /// A resource that waits for none but those that it refers to.
    pub fn new(id: LogicalId, properties: Properties, origins: Vec<Origin>, notes: Vec<Note>) -> Self {
        let mut resource = Self { id, properties, depends_on: Vec::new(), origins, notes };
        if let Some(origin) = resource.origins.first().filter(|_| resource.properties.of_type().is_retained) {
            let kept = ["DeletionPolicy", "UpdateReplacePolicy"];
            let kept = kept.map(|place| Note::new(Path::new(place), origin.because(&RETAIN)));
            resource.notes.extend(kept);
        }
        resource
    }

    /// The same resource, made after another that it does not refer to.
    #[must_use]
    pub fn after(mut self, other: LogicalId, reason: &'static Reason) -> Self {
        let place = Path::new("DependsOn[]").outer(self.depends_on.len());
        self.depends_on.push(other);
        self.notes.extend(self.origins.first().map(|origin| Note::new(place, origin.because(reason))));
        self
    }
}

reasons! {
    /// Kept when its stack goes.
    RETAIN "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html"
    why "Recovery points depend on it, and an alias is what their key is found by, so it stays when its stack is deleted or when CloudFormation replaces it. Only what a first deployment that fails has made is taken away again. A stack that is made again imports it." "復旧ポイントがこれに依存しているため(エイリアスはそのキーを探す手掛かりになるため)、スタックの削除時や CloudFormation による置き換え時にも残します。初回の作成に失敗した場合だけは、作りかけのものを残しません。スタックを作り直すときは、残ったものをインポートします。"
    without "Deleting the stack would schedule the key for deletion, or take away the role that deletes expired points: backups would be lost, or could stay and be billed without end." "スタックを削除すると、キーが削除予定になったり、期限切れの復旧ポイントを削除するロールが消えたりします。バックアップを失うか、課金が続くことになります。"
}

/// The properties of each type that drc makes.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Properties {
    /// `AWS::KMS::Key`
    Key(kms::Key),
    /// `AWS::KMS::ReplicaKey`
    ReplicaKey(kms::ReplicaKey),
    /// `AWS::KMS::Alias`
    Alias(kms::Alias),
    /// `AWS::Backup::BackupVault`
    Vault(backup::BackupVault),
    /// `AWS::Backup::BackupPlan`
    Plan(backup::BackupPlan),
    /// `AWS::Backup::BackupSelection`
    Selection(backup::BackupSelection),
    /// `AWS::IAM::Role`
    Role(iam::Role),
    /// `AWS::IAM::RolePolicy`
    RolePolicy(iam::RolePolicy),
    /// `AWS::IAM::ManagedPolicy`
    ManagedPolicy(iam::ManagedPolicy),
}

/// What holds for every resource of a type.
#[derive(Clone, Copy, Debug)]
struct ResourceType {
    name: &'static str,
    /// Whether recovery points depend on it, so that it must outlive its stack. An alias is what a key that outlives its
    /// stack is found by.
    is_retained: bool,
    /// How carefully it may be changed, as AWS's metadata schema counts it.
    mutability: &'static str,
    /// The properties that CloudFormation replaces or refuses to update.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/>.
    fixed: &'static [&'static str],
    /// What must stay true.
    must: Option<&'static str>,
}

impl ResourceType {
    /// What may be changed by whoever has looked at it, but for what is fixed.
    const fn reviewed(name: &'static str, fixed: &'static [&'static str]) -> Self {
        Self { name, is_retained: true, mutability: "review-required", fixed, must: None }
    }

    /// What may be changed as long as something stays true.
    const fn constrained(name: &'static str, fixed: &'static [&'static str], must: &'static str) -> Self {
        Self { mutability: "change-with-constraints", must: Some(must), ..Self::reviewed(name, fixed) }
    }
}

impl Properties {
    /// The resource type.
    pub fn resource_type(&self) -> &'static str {
        self.of_type().name
    }

    /// What holds for every resource of its type.
    const fn of_type(&self) -> ResourceType {
        match self {
            Self::Key(_) => ResourceType::constrained(
                "AWS::KMS::Key",
                &["MultiRegion"],
                "Never schedule this key for deletion while recovery points exist: without it they cannot be decrypted.",
            ),
            Self::ReplicaKey(_) => ResourceType::constrained(
                "AWS::KMS::ReplicaKey",
                &["PrimaryKeyArn"],
                "Never schedule this key for deletion while copies exist: without it they cannot be decrypted.",
            ),
            Self::Alias(_) => ResourceType::reviewed("AWS::KMS::Alias", &["AliasName"]),
            Self::Vault(_) => ResourceType::constrained(
                "AWS::Backup::BackupVault",
                &["BackupVaultName", "EncryptionKeyArn"],
                "A vault's name and key are fixed when it is made; a change replaces it, which fails while it holds recovery points.",
            ),
            Self::Plan(_) => ResourceType {
                is_retained: false,
                mutability: "free-to-tune",
                ..ResourceType::reviewed("AWS::Backup::BackupPlan", &[])
            },
            Self::Selection(_) => {
                ResourceType { is_retained: false, ..ResourceType::reviewed("AWS::Backup::BackupSelection", &[]) }
            }
            Self::Role(_) => ResourceType::constrained(
                "AWS::IAM::Role",
                &["RoleName"],
                "Expired recovery points are deleted with this role: it must exist as long as they do.",
            ),
            Self::RolePolicy(_) => ResourceType::reviewed("AWS::IAM::RolePolicy", &["PolicyName", "RoleName"]),
            Self::ManagedPolicy(_) => ResourceType::reviewed("AWS::IAM::ManagedPolicy", &["ManagedPolicyName"]),
        }
    }
}

/// A tag of a key or a role.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}

/// An output, exported under a name of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its name.
    pub name: LogicalId,
    /// What it is.
    pub description: String,
    /// Its value.
    pub value: Value,
    /// Name of the export, unique in account and region.
    pub export: String,
    /// Why it is there.
    pub origin: Origin,
}
