//! A resource of a template as it is deployed, and how two of them compare.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::aws::resource_type::{self, ResourceType};
use crate::cfn::read::{Content, Node};

/// What becomes of a resource that CloudFormation no longer manages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// It is deleted; a key is scheduled for deletion.
    Delete,
    /// It stays.
    Retain,
}

/// A resource of a stack.
#[derive(Clone, Debug)]
pub struct Resource<'a> {
    /// Which of the stacks.
    pub stack: usize,
    /// Its logical id.
    pub id: String,
    /// Its type, such as `AWS::KMS::Key`.
    pub kind: String,
    /// The clause that it says it comes from; templates of drc alone say that.
    pub clause: Option<String>,
    /// What decides whether it is there, where only AWS knows: how it is written, and why nobody else knows.
    pub(super) condition: Option<(String, String)>,
    /// Its properties as they are deployed, by name.
    pub properties: BTreeMap<String, Node<'a>>,
    /// The properties as they are written.
    pub(super) written: Node<'a>,
    /// Whether it stays when it leaves its template or its stack is deleted.
    pub on_delete: Policy,
    /// Whether it stays when another takes its place.
    pub on_replace: Policy,
    /// The resources of its stack and the exports of other stacks that its properties are made from.
    pub(super) refers_to: BTreeSet<Referent>,
}

/// What a property may be made from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Referent {
    /// A resource of the same stack, by its logical id.
    Resource(String),
    /// An export, by its name.
    Export(String),
}

/// What identifies a named resource for AWS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// Its type.
    pub kind: String,
    /// Its account.
    pub account: String,
    /// Code of its region; empty where the type has none.
    pub region: &'static str,
    /// Its names, of which most types have one.
    pub names: Vec<String>,
}

impl Resource<'_> {
    /// Its type, if drc knows what updates do to it.
    pub fn resource_type(&self) -> Option<&'static ResourceType> {
        resource_type::find(&self.kind)
    }

    /// A property that is a text.
    pub fn text(&self, property: &str) -> Option<&str> {
        self.properties.get(property)?.text()
    }

    /// The names that the template chose for it.
    pub fn names(&self) -> Option<Vec<String>> {
        let named_by = self.resource_type()?.named_by;
        let names: Option<Vec<String>> = named_by.iter().map(|name| self.text(name).map(str::to_owned)).collect();
        names.filter(|names| !names.is_empty())
    }

    /// What people call it: its last name, or else its logical id.
    pub fn name(&self) -> String {
        let named = || match self.kind.as_str() {
            "AWS::Backup::BackupPlan" => self.properties.get("BackupPlan")?.get("BackupPlanName")?.text(),
            "AWS::Backup::BackupSelection" => self.properties.get("BackupSelection")?.get("SelectionName")?.text(),
            _ => None,
        };
        let last = self.names().and_then(|names| names.last().cloned());
        last.or_else(|| named().map(str::to_owned)).unwrap_or_else(|| self.id.clone())
    }

    /// A property as it is written.
    pub(super) fn written(&self, property: &str) -> Option<&Node<'_>> {
        self.written.get(property)
    }
}

/// Visits a value and everything in it.
pub(super) fn walk<'n, 'a>(node: &'n Node<'a>, visit: &mut impl FnMut(&'n Node<'a>)) {
    visit(node);
    for item in node.items() {
        walk(item, visit);
    }
    for entry in node.entries() {
        walk(&entry.value, visit);
    }
}

/// The logical ids, and the parameters among them, that a value refers to.
pub(super) fn referenced(value: &Node<'_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let id = |text: &str| text.split('.').next().unwrap_or(text).to_owned();
    walk(value, &mut |node| match node.function() {
        Some(("Ref", argument)) => found.extend(argument.text().map(id)),
        Some(("Fn::GetAtt", argument)) => found.extend(argument.items().first().and_then(Node::text).map(id)),
        Some(("Fn::Sub", argument)) => {
            let pattern = argument.text().or_else(|| argument.items().first()?.text()).unwrap_or_default();
            found.extend(pattern.split("${").skip(1).filter_map(|rest| Some(id(rest.split_once('}')?.0))));
        }
        _ => {}
    });
    found
}

/// How two values of a property compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// They are the same once they are deployed.
    Same,
    /// They are not.
    Differs,
    /// They are written in different ways, and only AWS knows what they come to: why.
    Unseen(String),
}

/// Compares a property of two resources, each as it is deployed.
pub(super) fn compare(old: &Resource<'_>, new: &Resource<'_>, property: &str) -> Comparison {
    let value = |resource: &Resource<'_>| resource.properties.get(property).map(Value::from);
    let unknown = [old, new].into_iter().find_map(|resource| unknown(resource.properties.get(property)?));
    let written = |resource: &Resource<'_>| resource.written(property).map(Value::from);
    match unknown {
        None if value(old) == value(new) => Comparison::Same,
        None => Comparison::Differs,
        Some(_) if written(old) == written(new) => Comparison::Same,
        Some(why) => Comparison::Unseen(why),
    }
}

/// Why a part of a value is unknown.
pub(super) fn unknown(node: &Node<'_>) -> Option<String> {
    let mut found = None;
    walk(node, &mut |node| {
        if let Content::Unknown(why) = &node.content {
            found.get_or_insert_with(|| why.clone());
        }
    });
    found
}
