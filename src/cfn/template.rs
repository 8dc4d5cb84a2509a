//! How a template is written: its sections in AWS's order, and the reason of each resource in
//! `Metadata."com.aws.cloudformation.Context"`, AWS's own schema for it.
//!
//! Source of the schema:
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-attribute-metadata.html>.

use std::fmt::Write as _;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{LogicalId, Output, Parameter, Resource, Template, Value};

const CONTEXT: &str = "com.aws.cloudformation.Context";

/// How many clauses a shared resource names before it only counts them.
const CITED_CLAUSES: usize = 5;

impl Serialize for Template {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("AWSTemplateFormatVersion", "2010-09-09")?;
        map.serialize_entry("Description", &self.description)?;
        map.serialize_entry("Metadata", &Entry(CONTEXT, &Entry("arch", &self.architecture)))?;
        if !self.parameters.is_empty() {
            map.serialize_entry("Parameters", &Entries(&self.parameters))?;
            map.serialize_entry("Conditions", &Conditions(&self.parameters))?;
        }
        map.serialize_entry("Resources", &Entries(&self.resources))?;
        if !self.outputs.is_empty() {
            map.serialize_entry("Outputs", &Entries(&self.outputs))?;
        }
        map.end()
    }
}

impl Serialize for LogicalId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// A member of a section: serialised under its name.
trait Named: Serialize {
    fn name(&self) -> &LogicalId;
}

struct Entries<'a, T>(&'a [T]);

impl<T: Named> Serialize for Entries<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for entry in self.0 {
            map.serialize_entry(entry.name(), entry)?;
        }
        map.end()
    }
}

/// A map of one entry.
struct Entry<'a, T: ?Sized>(&'a str, &'a T);

impl<T: Serialize + ?Sized> Serialize for Entry<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, self.1)?;
        map.end()
    }
}

impl Named for Parameter {
    fn name(&self) -> &LogicalId {
        &self.name
    }
}

impl Serialize for Parameter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("Type", "String")?;
        map.serialize_entry("Description", &self.description)?;
        map.serialize_entry("Default", "")?;
        map.serialize_entry("AllowedPattern", &format!("^({})?$", self.pattern))?;
        map.end()
    }
}

/// For each parameter whether it is given.
struct Conditions<'a>(&'a [Parameter]);

impl Serialize for Conditions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for parameter in self.0 {
            let is_empty = Entry("Fn::Equals", &(Value::Ref(parameter.name.clone()), ""));
            map.serialize_entry(&parameter.is_given(), &Entry("Fn::Not", &[is_empty]))?;
        }
        map.end()
    }
}

impl Named for Output {
    fn name(&self) -> &LogicalId {
        &self.name
    }
}

impl Serialize for Output {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("Description", &self.description)?;
        map.serialize_entry("Value", &self.value)?;
        map.serialize_entry("Export", &Entry("Name", &self.export))?;
        map.end()
    }
}

impl Named for Resource {
    fn name(&self) -> &LogicalId {
        &self.id
    }
}

impl Serialize for Resource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("Type", self.properties.resource_type())?;
        map.serialize_entry("Metadata", &Entry(CONTEXT, &Context(self)))?;
        if !self.depends_on.is_empty() {
            map.serialize_entry("DependsOn", &self.depends_on)?;
        }
        if self.properties.is_retained() {
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

struct Context<'a>(&'a Resource);

impl Serialize for Context<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mutability = self.0.properties.mutability();
        let mut map = serializer.serialize_map(None)?;
        if let Some(origin) = self.0.origins.first() {
            map.serialize_entry("why", origin.reason.why.en)?;
        }
        if !mutability.must.is_empty() {
            map.serialize_entry("must", mutability.must)?;
        }
        map.serialize_entry("mutable", mutability.level)?;
        if !mutability.properties.is_empty() {
            map.serialize_entry("mutability", &Pairs(mutability.properties))?;
        }
        map.serialize_entry("trust", &Trust(self.0))?;
        map.end()
    }
}

struct Pairs<'a>(&'a [(&'static str, &'static str)]);

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

struct Trust<'a>(&'a Resource);

impl Serialize for Trust<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut clauses: Vec<&str> = self.0.origins.iter().map(|origin| &*origin.clause).collect();
        clauses.sort_unstable();
        clauses.dedup();
        let more = clauses.len().saturating_sub(CITED_CLAUSES);
        let mut cite = clauses.into_iter().take(CITED_CLAUSES).collect::<Vec<_>>().join("; ");
        if more > 0 {
            let _ = write!(cite, "; and {more} more");
        }
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("src", "authored")?;
        map.serialize_entry("conf", "high")?;
        map.serialize_entry("cite", &cite)?;
        map.end()
    }
}
