//! `manifest.json`: the stacks in deployment order and the checksum of every file.
//!
//! It is written last, so a directory that mixes two builds is recognised by it. Version 1 of its
//! shape; a version is raised when a field changes its meaning or goes away, not when one is added.

use std::collections::BTreeMap;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::{Format, OutputFile, template_path};
use crate::lower::{Stack, StackRef};

/// The file's name.
pub const NAME: &str = "manifest.json";

const SCHEMA_VERSION: u32 = 1;

/// The whole document.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Manifest {
    /// Version of the shape.
    pub schema_version: u32,
    /// The stacks, in the order in which they are deployed.
    pub stacks: Vec<ManifestStack>,
    /// SHA-256 of every other file of the build, by path.
    pub files: BTreeMap<String, String>,
}

impl Manifest {
    /// The stacks of an earlier build that this one does not have. A stack is the same while its name
    /// and region are, unless both builds name an account and the two differ.
    pub fn orphans<'a>(&self, earlier: &'a Self) -> Vec<&'a ManifestStack> {
        let mut known: BTreeMap<(&str, &str), Vec<Option<&str>>> = BTreeMap::new();
        for stack in &self.stacks {
            known.entry((&stack.name, &stack.region)).or_default().push(stack.account.as_deref());
        }
        let is_here = |stack: &&ManifestStack| {
            let account = stack.account.as_deref();
            let here = known.get(&(stack.name.as_str(), stack.region.as_str()));
            here.is_some_and(|accounts| {
                accounts.iter().any(|other| other.is_none() || account.is_none() || *other == account)
            })
        };
        earlier.stacks.iter().filter(|stack| !is_here(stack)).collect()
    }
}

/// One stack.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ManifestStack {
    /// Its name.
    pub name: String,
    /// Code of its region.
    pub region: String,
    /// The account, where the spec names one.
    pub account: Option<String>,
    /// Path of its template.
    pub template: String,
    /// Its parameters. None has to be passed.
    pub parameters: Vec<ManifestParameter>,
    /// What must be acknowledged.
    pub capabilities: Vec<String>,
    /// Stacks that must be there first.
    pub depends_on: Vec<Reference>,
}

/// A parameter.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ManifestParameter {
    /// Its name.
    pub name: String,
    /// What it is where nothing is passed: empty, and the stack then reads the value for itself.
    #[serde(default)]
    pub default: String,
    /// The output that gives its value: read by CloudFormation where the parameter is empty, and what to pass where it is
    /// not.
    pub from: OutputReference,
}

/// An output of another stack.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OutputReference {
    /// The stack.
    #[serde(flatten)]
    pub stack: Reference,
    /// The output.
    pub output: String,
}

/// Another stack.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Reference {
    /// Name of the stack.
    pub stack: String,
    /// Its account, where that is another than the one of the stack that refers to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// Code of its region.
    pub region: String,
}

impl Reference {
    fn between(from: &Stack, StackRef { name, location, account }: &StackRef) -> Self {
        let account = account.clone().filter(|_| location.account != from.location.account);
        Self { stack: name.clone(), account, region: location.region.code.to_owned() }
    }
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

/// What every version of the shape has had.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Shape {
    schema_version: u32,
    #[serde(rename = "stacks")]
    _stacks: Vec<IgnoredAny>,
    files: BTreeMap<String, String>,
}

impl Listing {
    /// Reads what lies where a manifest would be.
    pub fn read(bytes: &[u8]) -> Self {
        let checksum =
            |sum: &String| sum.len() == 64 && sum.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        match serde_json::from_slice::<Shape>(bytes) {
            Ok(shape) if shape.schema_version > SCHEMA_VERSION => Self::Later(shape.schema_version),
            Ok(shape) if shape.schema_version > 0 && shape.files.values().all(checksum) => Self::Known(shape.files),
            _ => Self::Foreign,
        }
    }
}

/// The manifest of these stacks and files.
pub(super) fn render(stacks: &[Stack], format: Format, files: &[OutputFile]) -> String {
    let manifest = Manifest {
        schema_version: SCHEMA_VERSION,
        stacks: stacks.iter().map(|stack| describe(stack, format)).collect(),
        files: files.iter().map(|file| (file.path.clone(), file.sha256())).collect(),
    };
    super::json::render(&manifest)
}

fn describe(stack: &Stack, format: Format) -> ManifestStack {
    ManifestStack {
        name: stack.name.clone(),
        region: stack.location.region.code.to_owned(),
        account: stack.account.clone(),
        template: template_path(stack, format),
        parameters: stack
            .parameters
            .iter()
            .map(|parameter| ManifestParameter {
                name: parameter.name.to_string(),
                default: String::new(),
                from: OutputReference {
                    stack: Reference::between(stack, &parameter.stack),
                    output: parameter.output.to_string(),
                },
            })
            .collect(),
        capabilities: stack.capabilities().iter().map(|capability| (*capability).to_owned()).collect(),
        depends_on: stack.depends_on.iter().map(|other| Reference::between(stack, other)).collect(),
    }
}
