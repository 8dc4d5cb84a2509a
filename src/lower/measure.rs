//! How long a policy is once it is deployed: intrinsic functions are measured by what they give,
//! which may be longer than they are (`{"Fn::ImportValue":"k"}` gives an ARN).

use std::convert::Infallible;

use crate::aws::arn;
use crate::aws::region::Region;
use crate::cfn::{IMPORT_VARIABLE, Reference, Value};
use crate::policy::{Document, Statement};

/// An account, and the id of a multi-Region key, in their lengths.
const ACCOUNT: &str = "111122223333";
const KEY_ID: &str = "mrk-00000000000000000000000000000000";

/// The characters that IAM counts in a policy deployed to a region.
pub(super) fn characters(document: &Document<Value>, region: &Region) -> usize {
    let Ok(deployed) = document.try_map(|value| Ok::<_, Infallible>(deployed(value, region)));
    // Writing fails only for two conditions on one key and operator, of which drc makes none.
    deployed.character_count().unwrap_or(usize::MAX)
}

/// The characters of a statement within its policy.
pub(super) fn statement_characters(statement: &Statement<Value>, region: &Region) -> usize {
    let Ok(deployed) = statement.try_map(&mut |value: &Value| Ok::<_, Infallible>(deployed(value, region)));
    serde_json::to_string(&deployed).map_or(usize::MAX, |text| text.chars().count())
}

/// The characters of one resource within its list, without a comma.
pub(super) fn resource_characters(value: &Value, region: &Region) -> usize {
    const QUOTES: usize = 2;
    deployed(value, region).chars().count() + QUOTES
}

fn deployed(value: &Value, region: &Region) -> String {
    match value {
        Value::Literal(text) => text.clone(),
        Value::Ref(id) | Value::Attribute(id, _) => id.to_string(),
        Value::Sub(text) => substituted(text, region),
        Value::SubImport { text, .. } => substituted(text, region).replace(&format!("${{{IMPORT_VARIABLE}}}"), KEY_ID),
        Value::Import(_) => key_arn(region, region.code),
        Value::GivenOr { otherwise, .. } => deployed(otherwise, region),
        Value::StackOutput { region: code, .. } => key_arn(region, code),
        Value::Reference(Reference::Export { region: of, .. }) => key_arn(region, of.code),
        Value::Reference(Reference::Vault { written, .. }) => deployed(written, region),
    }
}

/// The ARN of a key in a region of the same partition.
fn key_arn(region: &Region, code: &str) -> String {
    arn::arn([region.partition.id(), "kms", code, ACCOUNT, &format!("key/{KEY_ID}")])
}

fn substituted(text: &str, region: &Region) -> String {
    text.replace("${AWS::Partition}", region.partition.id()).replace("${AWS::AccountId}", ACCOUNT)
}
