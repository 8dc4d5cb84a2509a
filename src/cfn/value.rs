//! Values of properties, and how one resource refers to another.

use serde::ser::{Serialize, Serializer};

use super::{LogicalId, Properties, is_given};
use crate::aws::location::Location;
use crate::aws::region::Region;
use crate::json::Map;
use crate::policy::{Document, Resources};

/// A text, or an intrinsic function that gives one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// The text itself.
    Literal(String),
    /// `Ref`
    Ref(LogicalId),
    /// `Fn::GetAtt`
    Attribute(LogicalId, &'static str),
    /// `Fn::Sub` with pseudo parameters only.
    Sub(String),
    /// `Fn::Sub` with one variable of its own, which an export of the same account and region gives.
    SubImport {
        /// The text, in which `${KeyId}` stands for the export.
        text: String,
        /// Name of the export.
        export: String,
    },
    /// `Fn::ImportValue`: what some stack of the same account and region exports under this name. Linking makes
    /// `Fn::GetAtt` of it where that is the same stack.
    Import(String),
    /// `Fn::GetStackOutput`: the output of a stack that may be in another region, read whenever the stack is created or
    /// updated. It needs no export.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html>.
    StackOutput {
        /// Name of the stack.
        stack: String,
        /// The output.
        output: LogicalId,
        /// Code of its region.
        region: &'static str,
    },
    /// `Fn::If`: a parameter where it is given, else another value.
    GivenOr {
        /// The parameter.
        parameter: LogicalId,
        /// What is taken where it is empty.
        otherwise: Box<Value>,
    },
    /// Something whose stack is not known yet. No linked template has one.
    Reference(Reference),
}

/// A resource of whichever stack makes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// What a stack in another region of the account exports. Between accounts nothing is read.
    Export {
        /// The region.
        region: &'static Region,
        /// Name of the export.
        export: String,
    },
    /// A vault that may be made, by its name or ARN, which are known without asking: it has to be there first.
    Vault {
        /// Where it is.
        location: Location,
        /// Its name.
        name: String,
        /// What is written wherever another stack makes it.
        written: Box<Value>,
    },
}

/// The variable of [`Value::SubImport`].
pub const IMPORT_VARIABLE: &str = "KeyId";

impl Value {
    /// A text that may hold pseudo parameters such as `${AWS::Partition}`.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.contains("${") { Self::Sub(text) } else { Self::Literal(text) }
    }
}

impl Properties {
    /// Every value that may refer to what another stack makes.
    pub(crate) fn values_mut(&mut self) -> Vec<&mut Value> {
        match self {
            Self::ReplicaKey(key) => vec![&mut key.primary_key_arn],
            Self::Vault(vault) => vec![&mut vault.encryption_key_arn],
            Self::Plan(plan) => {
                let rules = plan.backup_plan.backup_plan_rule.iter_mut();
                let of_rule = rules.flat_map(|rule| {
                    let copies = rule.copy_actions.iter_mut().map(|copy| &mut copy.destination_backup_vault_arn);
                    std::iter::once(&mut rule.target_backup_vault).chain(copies)
                });
                of_rule.collect()
            }
            Self::RolePolicy(policy) => resources(&mut policy.policy_document),
            Self::ManagedPolicy(policy) => resources(&mut policy.policy_document),
            // A key's policy names the key itself and principals; all else refers to its own stack.
            Self::Key(_) | Self::Alias(_) | Self::Selection(_) | Self::Role(_) => Vec::new(),
        }
    }
}

fn resources(document: &mut Document<Value>) -> Vec<&mut Value> {
    let lists = document.statements.iter_mut().filter_map(|statement| statement.resources.as_mut());
    lists.flat_map(|(Resources::Only(list) | Resources::Except(list))| list).collect()
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Literal(text) => serializer.serialize_str(text),
            Self::Ref(id) => serializer.collect_map([("Ref", id)]),
            Self::Attribute(id, attribute) => serializer.collect_map([("Fn::GetAtt", [id.0.as_str(), attribute])]),
            Self::Sub(text) => serializer.collect_map([("Fn::Sub", text)]),
            Self::SubImport { text, export } => {
                let variable = Map([(IMPORT_VARIABLE, Self::Import(export.clone()))]);
                serializer.collect_map([("Fn::Sub", (text, variable))])
            }
            Self::Import(export) | Self::Reference(Reference::Export { export, .. }) => {
                serializer.collect_map([("Fn::ImportValue", export)])
            }
            Self::StackOutput { stack, output, region } => {
                let from = Map([("StackName", &**stack), ("OutputName", &output.0), ("Region", region)]);
                serializer.collect_map([("Fn::GetStackOutput", from)])
            }
            Self::GivenOr { parameter, otherwise } => {
                let given = Self::Ref(parameter.clone());
                serializer.collect_map([("Fn::If", (is_given(parameter), given, otherwise))])
            }
            Self::Reference(Reference::Vault { written, .. }) => written.serialize(serializer),
        }
    }
}
