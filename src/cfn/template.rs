//! How a template is written: its sections in AWS's order, and the reason of each resource in
//! `Metadata."com.aws.cloudformation.Context"`, AWS's own schema for it.
//!
//! Source of the schema:
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html>.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Output, Parameter, Resource, ResourceType, Template, Value};
use crate::json::Map;

const CONTEXT: &str = "com.aws.cloudformation.Context";

/// How many clauses a shared resource names before it only counts them.
const CITED_CLAUSES: usize = 5;

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("AWSTemplateFormatVersion", "2010-09-09")?;
        map.serialize_entry("Description", &self.description)?;
        map.serialize_entry("Metadata", &Map([(CONTEXT, Map([("arch", &self.architecture)]))]))?;
        if !self.parameters.is_empty() {
            let is_given = |parameter: &Parameter| {
                let is_empty = Map([("Fn::Equals", (Value::Ref(parameter.name.clone()), ""))]);
                (parameter.is_given(), Map([("Fn::Not", [is_empty])]))
            };
            map.serialize_entry("Parameters", &Map(self.parameters.iter().map(|each| (&each.name, each))))?;
            map.serialize_entry("Conditions", &Map(self.parameters.iter().map(is_given)))?;
        }
        map.serialize_entry("Resources", &Map(self.resources.iter().map(|each| (&each.id, each))))?;
        if !self.outputs.is_empty() {
            map.serialize_entry("Outputs", &Map(self.outputs.iter().map(|each| (&each.name, each))))?;
        }
        map.end()
    }
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([
            ("Type", "String"),
            ("Description", &self.description),
            ("Default", ""),
            ("AllowedPattern", &format!("^({})?$", self.pattern)),
        ])
    }
}

impl Serialize for Output {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("Description", &self.description)?;
        map.serialize_entry("Value", &self.value)?;
        map.serialize_entry("Export", &Map([("Name", &self.export)]))?;
        map.end()
    }
}

impl Serialize for Resource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("Type", self.properties.resource_type())?;
        map.serialize_entry("Metadata", &Map([(CONTEXT, Context(self))]))?;
        if !self.depends_on.is_empty() {
            map.serialize_entry("DependsOn", &self.depends_on)?;
        }
        if self.properties.of_type().is_retained {
            // Kept when its stack goes, but not when its own creation is rolled back: nothing depends
            // on it then, and a vault or a role that stayed would stand in the way of the next try.
            // Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-deletionpolicy.html>.
            map.serialize_entry("DeletionPolicy", "RetainExceptOnCreate")?;
            map.serialize_entry("UpdateReplacePolicy", "Retain")?;
        }
        map.serialize_entry("Properties", &self.properties)?;
        map.end()
    }
}

#[derive(Clone, Copy)]
struct Context<'a>(&'a Resource);

impl Serialize for Context<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ResourceType { mutability, fixed, must, .. } = self.0.properties.of_type();
        let mut map = serializer.serialize_map(None)?;
        if let Some(origin) = self.0.origins.first() {
            map.serialize_entry("why", origin.reason.why.en)?;
        }
        if let Some(must) = must {
            map.serialize_entry("must", &[must])?;
        }
        map.serialize_entry("mutable", mutability)?;
        if !fixed.is_empty() {
            map.serialize_entry("mutability", &Map(fixed.iter().map(|property| (property, "must-never-change"))))?;
        }
        let cite = cited(self.0);
        map.serialize_entry("trust", &Map([("src", "authored"), ("conf", "high"), ("cite", &cite)]))?;
        map.end()
    }
}

/// The clauses that asked for a resource.
fn cited(resource: &Resource) -> String {
    let mut clauses: Vec<&str> = resource.origins.iter().map(|origin| &*origin.clause).collect();
    clauses.sort_unstable();
    clauses.dedup();
    let more = clauses.len().saturating_sub(CITED_CLAUSES);
    let mut cite = clauses.into_iter().take(CITED_CLAUSES).collect::<Vec<_>>().join("; ");
    if more > 0 {
        let _ = write!(cite, "; and {more} more");
    }
    cite
}
