//! `manifest.json`: the stacks in deployment order and the checksum of every file.
//!
//! It is written last, so a directory that mixes two builds is recognised by it. Version 1 of its
//! shape; a version is raised when a field changes its meaning or goes away, not when one is added.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Format, OutputFile, template_path};
use crate::cfn::LogicalId;
use crate::json::{self, List};
use crate::lower::{Stack, StackRef};

/// The file's name.
pub const NAME: &str = "manifest.json";

const SCHEMA_VERSION: u32 = 1;

/// The whole document. Of its stacks a reader may want no more than that they are there.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest<S = Vec<ManifestStack>> {
    /// Version of the shape.
    pub schema_version: u32,
    /// The stacks, in the order in which they are deployed.
    pub stacks: S,
    /// SHA-256 of every other file of the build, by path.
    pub files: BTreeMap<String, String>,
}

/// What is read of a stack.
#[derive(Clone, Debug, Deserialize)]
pub struct ManifestStack {
    /// Its name.
    pub name: String,
    /// Code of its region.
    pub region: String,
    /// The account, where the spec names one.
    pub account: Option<String>,
    /// Path of its template.
    pub template: String,
}

/// What a file that is called like a manifest is to this `drc`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listing {
    /// A manifest that some `drc` up to this one wrote: the SHA-256 of every other file of its build, by path.
    Known(BTreeMap<String, String>),
    /// A manifest of a later shape, of which nothing is known.
    Later(u32),
    /// Something else.
    Foreign,
}

impl Listing {
    /// Reads what lies where a manifest would be.
    pub fn read(bytes: &[u8]) -> Self {
        let checksum =
            |sum: &String| sum.len() == 64 && sum.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        match serde_json::from_slice::<Manifest<Vec<IgnoredAny>>>(bytes) {
            Ok(shape) if shape.schema_version > SCHEMA_VERSION => Self::Later(shape.schema_version),
            Ok(shape) if shape.schema_version > 0 && shape.files.values().all(checksum) => Self::Known(shape.files),
            _ => Self::Foreign,
        }
    }
}

/// The manifest of these stacks and files.
pub(super) fn render(stacks: &[Stack], format: Format, files: &[OutputFile]) -> String {
    json::text(&Manifest {
        schema_version: SCHEMA_VERSION,
        stacks: List(|| stacks.iter().map(|stack| describe(stack, format))),
        files: files.iter().map(|file| (file.path.clone(), file.sha256())).collect(),
    })
}

fn describe(stack: &Stack, format: Format) -> Value {
    let parameters = stack.parameters.iter().map(|parameter| {
        let from = reference(stack, &parameter.stack, Some(&parameter.output));
        // Where nothing is passed it is empty, and the stack reads the value for itself.
        json!({ "name": parameter.name.to_string(), "default": "", "from": from })
    });
    json!({
        "name": stack.name,
        "region": stack.location.region.code,
        "account": stack.account,
        "template": template_path(stack, format),
        "parameters": parameters.collect::<Vec<_>>(),
        "capabilities": stack.capabilities(),
        "dependsOn": stack.depends_on.iter().map(|other| reference(stack, other, None)).collect::<Vec<_>>(),
    })
}

/// Another stack, with its account where that is another than the one of the stack that refers to it, or an output of it.
fn reference(from: &Stack, to: &StackRef, output: Option<&LogicalId>) -> Value {
    let account = to.account.as_ref().filter(|_| to.location.account != from.location.account);
    let output = output.map(LogicalId::to_string);
    json::present(json!({ "stack": to.name, "account": account, "region": to.location.region.code, "output": output }))
}
