//! Templates as they would be deployed together: what their functions give, from parameters, conditions, resources and the
//! outputs of other stacks. What only AWS can know is unknown, and never guessed, except for the ids of keys: one key has
//! always the same.
//!
//! Functions: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html>.

mod attribute;
mod evaluate;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::OnceLock;

use super::read::Node;
use super::{Resource, Template};
use crate::aws::region::Region;
use evaluate::Evaluation;

/// Why nobody but AWS can say what a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown(pub String);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unknown {}

/// A template as it is deployed.
#[derive(Clone, Debug)]
pub struct DeployedStack<'a> {
    /// Name of the stack.
    pub name: &'a str,
    /// Where it is deployed.
    pub region: &'static Region,
    /// The account that it is deployed to.
    pub account: &'a str,
    /// What is passed for parameters; of all others the default counts.
    pub given: BTreeMap<String, String>,
    /// Everything but the resources.
    head: Node<'a>,
    resources: Resources<'a>,
}

#[derive(Clone, Debug)]
enum Resources<'a> {
    /// Made in memory, and looked at one by one.
    Made(&'a [Resource]),
    /// Read, with the rest.
    Read,
}

impl<'a> DeployedStack<'a> {
    /// A template that was made in memory, for which nothing is passed.
    pub fn made(name: &'a str, region: &'static Region, account: &'a str, template: &'a Template) -> Self {
        let head = Template {
            description: String::new(),
            architecture: String::new(),
            parameters: template.parameters.clone(),
            resources: Vec::new(),
            outputs: template.outputs.clone(),
        };
        let (head, resources) = (Node::of(&head), Resources::Made(&template.resources));
        Self { name, region, account, given: BTreeMap::new(), head, resources }
    }

    /// A template that was read, for which nothing is passed.
    pub fn read(name: &'a str, region: &'static Region, account: &'a str, root: Node<'a>) -> Self {
        Self { name, region, account, given: BTreeMap::new(), head: root, resources: Resources::Read }
    }

    fn here(&self) -> Here<'a> {
        (self.account, self.region.code)
    }

    /// Which of the resources has a logical id.
    fn position(&self, id: &str) -> Option<usize> {
        match self.resources {
            Resources::Made(resources) => resources.iter().position(|resource| resource.id.0 == id),
            Resources::Read => self.section("Resources").iter().position(|entry| entry.key == id),
        }
    }

    fn resource(&self, at: usize) -> Option<Cow<'_, Node<'a>>> {
        match self.resources {
            Resources::Made(resources) => resources.get(at).map(|resource| Cow::Owned(Node::of(resource))),
            Resources::Read => self.section("Resources").get(at).map(|entry| Cow::Borrowed(&entry.value)),
        }
    }

    fn section(&self, name: &str) -> &[super::read::Entry<'a>] {
        self.head.get(name).map_or(&[], Node::entries)
    }
}

/// A resource of a stack: which stack, which of its resources.
pub type At = (usize, usize);

/// Stacks that take values from each other.
#[derive(Debug)]
pub struct Graph<'a> {
    stacks: Vec<DeployedStack<'a>>,
    by_name: HashMap<(Here<'a>, &'a str), usize>,
    exports: HashMap<(Here<'a>, String), Export>,
}

/// An account and the code of a region of it, where a stack has its name and an export has its own once.
type Here<'a> = (&'a str, &'static str);

/// An output that others import: its stack, which it is there, and what it is.
#[derive(Debug)]
struct Export {
    stack: usize,
    output: usize,
    value: OnceLock<Result<String, Unknown>>,
}

impl<'a> Graph<'a> {
    /// Puts stacks together.
    pub fn new(stacks: Vec<DeployedStack<'a>>) -> Self {
        let by_name = stacks.iter().enumerate().map(|(index, stack)| ((stack.here(), stack.name), index)).collect();
        let mut graph = Self { stacks, by_name, exports: HashMap::new() };
        let mut exports = HashMap::new();
        for (index, stack) in graph.stacks.iter().enumerate() {
            for (output, entry) in stack.section("Outputs").iter().enumerate() {
                let name = entry.value.get("Export").and_then(|export| export.get("Name"));
                // An export whose name is not known is none that an import can be known to mean.
                if let Some(name) = name.and_then(|name| graph.text(index, name).ok()) {
                    let export = Export { stack: index, output, value: OnceLock::new() };
                    exports.insert((stack.here(), name), export);
                }
            }
        }
        graph.exports = exports;
        graph
    }

    /// All of a template that was read; of one that was made, everything but the resources.
    pub fn root(&self, stack: usize) -> Option<&Node<'a>> {
        Some(&self.stacks.get(stack)?.head)
    }

    /// A value as it is deployed: with what its functions give, and without what `AWS::NoValue` leaves out. What cannot be
    /// known is [`super::read::Content::Unknown`] in its place.
    pub fn value<'n>(&self, stack: usize, node: &Node<'n>) -> Option<Node<'n>> {
        Evaluation::new(self).resolve(stack, node)
    }

    /// The text that a value is once it is deployed.
    ///
    /// # Errors
    ///
    /// Only AWS can know it, or it is no text.
    pub fn text(&self, stack: usize, node: &Node<'_>) -> Result<String, Unknown> {
        Evaluation::new(self).resolved_text(stack, node)
    }

    /// The text of a value that was made in memory.
    ///
    /// # Errors
    ///
    /// Only AWS can know it.
    pub fn made_text(&self, stack: usize, value: &super::Value) -> Result<String, Unknown> {
        // Most are substitutions, of which a policy may have hundreds.
        if let super::Value::Sub(text) = value {
            return Evaluation::new(self).substitute(stack, text, &[]);
        }
        self.text(stack, &Node::of(value))
    }

    /// Whether a condition of a stack holds.
    ///
    /// # Errors
    ///
    /// Only AWS can know it, or there is no such condition.
    pub fn condition(&self, stack: usize, name: &str) -> Result<bool, Unknown> {
        Evaluation::new(self).holds(stack, name)
    }

    /// The resource that a value is an attribute of, whichever stack makes it.
    pub fn resource_of(&self, stack: usize, node: &Node<'_>) -> Option<At> {
        let mut value = (stack, Cow::Borrowed(node));
        // Outputs that go round in a circle lead to none.
        for _ in 0..=self.stacks.len() {
            let (stack, node) = &value;
            let stack = *stack;
            let next = match node.function()? {
                ("Ref", id) => return Some((stack, self.stacks.get(stack)?.position(id.text()?)?)),
                ("Fn::GetAtt", argument) => {
                    return Some((stack, self.stacks.get(stack)?.position(argument.items().first()?.text()?)?));
                }
                ("Fn::ImportValue", name) => {
                    let here = self.stacks.get(stack)?.here();
                    let export = self.exports.get(&(here, self.text(stack, name).ok()?))?;
                    (export.stack, self.stacks.get(export.stack)?.section("Outputs").get(export.output)?)
                }
                ("Fn::GetStackOutput", from) => Evaluation::new(self).stack_output(stack, from).ok()?,
                _ => return None,
            };
            value = (next.0, Cow::Owned(next.1.value.get("Value")?.clone()));
        }
        None
    }
}
