//! What functions give.

use std::borrow::Cow;

use super::{Graph, Unknown};
use crate::cfn::read::{Content, Entry, Extent, Node};

/// The work on one value, and how much more may be done: templates can refer to each other in circles, and double what
/// they say at every step.
pub(super) struct Evaluation<'g, 'a> {
    pub(super) graph: &'g Graph<'a>,
    left: usize,
    depth: usize,
}

/// Steps and bytes that one value may take: more than a whole template has.
const MOST: usize = 2_000_000;

/// How deep functions may stand in functions, those of other stacks and conditions counted.
const DEEPEST: usize = 300;

impl<'g, 'a> Evaluation<'g, 'a> {
    pub(super) fn new(graph: &'g Graph<'a>) -> Self {
        Self { graph, left: MOST, depth: 0 }
    }

    fn spend(&mut self, cost: usize) -> Result<(), Unknown> {
        let endless = || Unknown("it goes in a circle, or becomes too long".to_owned());
        self.left = self.left.checked_sub(cost).filter(|_| self.depth < DEEPEST).ok_or_else(endless)?;
        Ok(())
    }

    /// Does one thing a level deeper.
    fn within<T>(&mut self, inner: impl FnOnce(&mut Self) -> T) -> T {
        self.depth += 1;
        let done = inner(self);
        self.depth -= 1;
        done
    }

    pub(super) fn resolve<'n>(&mut self, stack: usize, node: &Node<'n>) -> Option<Node<'n>> {
        if let Err(Unknown(why)) = self.spend(1) {
            return Some(Node { content: Content::Unknown(why), extent: node.extent });
        }
        let content = self.within(|this| match (&node.content, node.function()) {
            (_, Some((name, argument))) => match this.function(stack, name, argument) {
                Ok(content) => content,
                Err(Unknown(why)) => Some(Content::Unknown(why)),
            },
            (Content::List(items), None) => {
                Some(Content::List(items.iter().filter_map(|item| this.resolve(stack, item)).collect()))
            }
            (Content::Map(entries), None) => {
                let resolved = entries.iter().filter_map(|entry| {
                    let value = this.resolve(stack, &entry.value)?;
                    Some(Entry { key: entry.key.clone(), key_extent: entry.key_extent, value })
                });
                Some(Content::Map(resolved.collect()))
            }
            (scalar, None) => Some(scalar.clone()),
        });
        content.map(|content| Node { content, extent: node.extent })
    }

    /// What a function gives; nothing for `AWS::NoValue`.
    fn function<'n>(&mut self, stack: usize, name: &str, argument: &Node<'n>) -> Result<Option<Content<'n>>, Unknown> {
        let text = |text: String| Ok(Some(Content::Text(Cow::Owned(text))));
        match (name, argument.items()) {
            ("Ref", _) if argument.text() == Some("AWS::NoValue") => Ok(None),
            ("Ref", _) => self.parameter(stack, argument.text().unwrap_or_default()).map(Some),
            ("Fn::If", [condition, then, otherwise]) => {
                let holds = self.holds(stack, condition.text().unwrap_or_default())?;
                Ok(self.resolve(stack, if holds { then } else { otherwise }).map(|node| node.content))
            }
            ("Fn::GetAtt", [id, name]) => {
                let name = self.resolved_text(stack, name)?;
                text(self.attribute(stack, id.text().unwrap_or_default(), Some(&name))?)
            }
            ("Fn::Sub", [pattern, variables]) => {
                text(self.substitute(stack, pattern.text().unwrap_or_default(), variables.entries())?)
            }
            ("Fn::Sub", []) => match argument.text() {
                Some(pattern) => text(self.substitute(stack, pattern, &[])?),
                None => unknown("`Fn::Sub` takes a text"),
            },
            ("Fn::ImportValue", _) => text(self.imported(stack, argument)?),
            ("Fn::GetStackOutput", _) => {
                let (from, entry) = self.stack_output(stack, argument)?;
                let value = entry.value.get("Value").ok_or_else(|| Unknown("an output has no value".to_owned()))?;
                text(self.within(|this| this.resolved_text(from, value))?)
            }
            ("Fn::FindInMap", [map, first, second]) => self.found_in_map(stack, [map, first, second]),
            _ => self.of_list(stack, name, argument).map(Some),
        }
    }

    /// What a function gives that joins, picks from or makes a list.
    fn of_list<'n>(&mut self, stack: usize, name: &str, argument: &Node<'n>) -> Result<Content<'n>, Unknown> {
        let text = |text: String| Ok(Content::Text(Cow::Owned(text)));
        match (name, argument.items()) {
            ("Fn::Join", [separator, list]) => {
                let items = self.list(stack, list)?;
                text(items.join(separator.text().unwrap_or_default()))
            }
            ("Fn::Select", [index, list]) => {
                let (index, mut items) = (self.resolved_text(stack, index)?, self.list(stack, list)?);
                let index = index.parse().ok().filter(|index: &usize| *index < items.len());
                index.map_or_else(|| unknown("`Fn::Select` takes none of the list"), |at| text(items.swap_remove(at)))
            }
            ("Fn::Split", [separator, whole]) => {
                let whole = self.resolved_text(stack, whole)?;
                match separator.text().filter(|separator| !separator.is_empty()) {
                    Some(separator) => Ok(texts(whole.split(separator))),
                    None => unknown("`Fn::Split` takes a separator"),
                }
            }
            _ => unknown(format!("what `{name}` gives here is not known")),
        }
    }

    /// What a value is as a text.
    pub(super) fn resolved_text(&mut self, stack: usize, node: &Node<'_>) -> Result<String, Unknown> {
        if let Some(text) = node.scalar() {
            return Ok(text.into_owned());
        }
        let resolved = self.resolve(stack, node);
        match resolved.as_ref().map(|node| (&node.content, node.scalar())) {
            Some((Content::Unknown(why), _)) => unknown(why.clone()),
            Some((_, Some(text))) => Ok(text.into_owned()),
            _ => unknown("it is no text"),
        }
    }

    /// What a value is as a list of texts.
    fn list(&mut self, stack: usize, node: &Node<'_>) -> Result<Vec<String>, Unknown> {
        let resolved = self.resolve(stack, node);
        let items = match resolved.map(|node| node.content) {
            Some(Content::List(items)) => items,
            Some(Content::Unknown(why)) => return unknown(why),
            _ => return unknown("it is no list"),
        };
        let item = |item: &Node<'_>| self.resolved_text(stack, item);
        items.iter().map(item).collect()
    }

    /// A text with its variables replaced, by values of their own or as `Ref` and `Fn::GetAtt` would.
    pub(super) fn substitute(&mut self, stack: usize, text: &str, variables: &[Entry<'_>]) -> Result<String, Unknown> {
        let mut rest = text;
        // Regions and accounts are about as long as the variables that stand for them.
        let mut resolved = String::with_capacity(rest.len());
        while let Some((before, behind)) = rest.split_once("${") {
            resolved.push_str(before);
            let Some((name, after)) = behind.split_once('}') else { return unknown("a `${` of `Fn::Sub` has no end") };
            rest = after;
            // `${!Literal}` is `${Literal}`.
            if let Some(literal) = name.strip_prefix('!') {
                resolved.extend(["${", literal, "}"]);
                continue;
            }
            let own = variables.iter().find(|variable| variable.key == name.trim());
            let value = match (own, name.trim().split_once('.')) {
                (Some(own), _) => self.within(|this| this.resolved_text(stack, &own.value))?,
                (None, Some((id, name))) => self.attribute(stack, id, Some(name))?,
                (None, None) => self.reference(stack, name.trim())?,
            };
            self.spend(value.len())?;
            resolved.push_str(&value);
        }
        resolved.push_str(rest);
        self.spend(resolved.len())?;
        Ok(resolved)
    }

    /// What `Ref` gives, as a text.
    fn reference(&mut self, stack: usize, name: &str) -> Result<String, Unknown> {
        let extent = Extent::default();
        let content = self.parameter(stack, name)?;
        Node { content, extent }.scalar().map(Cow::into_owned).ok_or_else(|| Unknown(format!("{name} is no text")))
    }

    /// What `Ref` gives: a parameter, a pseudo parameter or the name of a resource.
    fn parameter<'n>(&mut self, stack: usize, name: &str) -> Result<Content<'n>, Unknown> {
        let text = |text: &str| Ok(Content::Text(Cow::Owned(text.to_owned())));
        let Some(here) = self.graph.stacks.get(stack) else { return unknown("there is no such stack") };
        match name {
            "AWS::AccountId" => return text(here.account),
            "AWS::Partition" => return text(here.region.partition.id()),
            "AWS::Region" => return text(here.region.code),
            "AWS::StackName" => return text(here.name),
            _ => {}
        }
        let Some(parameter) = here.section("Parameters").iter().find(|entry| entry.key == name) else {
            return self.attribute(stack, name, None).map(|name| Content::Text(Cow::Owned(name)));
        };
        let kind = parameter.value.get("Type").and_then(Node::text).unwrap_or_default();
        let default = || parameter.value.get("Default").and_then(Node::scalar).map(Cow::into_owned);
        match here.given.get(name).cloned().or_else(default) {
            _ if kind.starts_with("AWS::SSM::") => unknown(format!("{name} is looked up when it is deployed")),
            None => unknown(format!("{name} is not given")),
            Some(value) if kind == "CommaDelimitedList" || kind.starts_with("List<") => {
                Ok(texts(value.split(',').map(str::trim)))
            }
            Some(value) => Ok(Content::Text(Cow::Owned(value))),
        }
    }

    fn imported(&mut self, stack: usize, name: &Node<'_>) -> Result<String, Unknown> {
        let name = self.resolved_text(stack, name)?;
        let here = self.graph.stacks.get(stack).map_or(("", ""), super::DeployedStack::here);
        let missing = || Unknown(format!("nothing is exported as {name} in {}", here.1));
        let export = self.graph.exports.get(&(here, name.clone())).ok_or_else(missing)?;
        if let Some(known) = export.value.get() {
            return known.clone();
        }
        let outputs = self.graph.stacks.get(export.stack).map_or(&[][..], |stack| stack.section("Outputs"));
        let value = outputs.get(export.output).and_then(|output| output.value.get("Value")).ok_or_else(missing)?;
        let value = self.within(|this| this.resolved_text(export.stack, value));
        // What ran out of work here may be known from elsewhere.
        if value.is_ok() { export.value.get_or_init(|| value).clone() } else { value }
    }

    /// The output that `Fn::GetStackOutput` reads, and its stack.
    pub(super) fn stack_output(&mut self, stack: usize, from: &Node<'_>) -> Result<(usize, &'g Entry<'a>), Unknown> {
        let graph = self.graph;
        let mut part = |key: &str| match from.get(key) {
            Some(value) => self.resolved_text(stack, value),
            None => unknown(format!("`Fn::GetStackOutput` has no `{key}`")),
        };
        let (account, here) = graph.stacks.get(stack).map_or(("", ""), super::DeployedStack::here);
        let (name, output) = (part("StackName")?, part("OutputName")?);
        let region = if from.get("Region").is_some() { part("Region")? } else { here.to_owned() };
        let missing = || Unknown(format!("the stack {name} in {region} has no output {output}"));
        let known = crate::aws::region::find(&region).map_or("", |region| region.code);
        let stack = *self.graph.by_name.get(&((account, known), name.as_str())).ok_or_else(missing)?;
        let outputs = self.graph.stacks.get(stack).map_or(&[][..], |stack| stack.section("Outputs"));
        outputs.iter().find(|entry| entry.key == output).map(|entry| (stack, entry)).ok_or_else(missing)
    }

    fn found_in_map<'n>(&mut self, stack: usize, names: [&Node<'n>; 3]) -> Result<Option<Content<'n>>, Unknown> {
        let mut values = self.graph.stacks.get(stack).and_then(|stack| stack.head.get("Mappings"));
        for name in names {
            let name = self.resolved_text(stack, name)?;
            values = values.and_then(|value| value.get(&name));
        }
        match values {
            Some(value) if value.items().is_empty() => value.scalar().map_or_else(
                || unknown("a mapping has a text"),
                |text| Ok(Some(Content::Text(Cow::Owned(text.into_owned())))),
            ),
            Some(value) => Ok(Some(texts(self.list(stack, value)?.iter().map(String::as_str)))),
            None => unknown("no mapping has it"),
        }
    }

    /// Whether a condition holds.
    pub(super) fn holds(&mut self, stack: usize, name: &str) -> Result<bool, Unknown> {
        let conditions = self.graph.stacks.get(stack).map_or(&[][..], |stack| stack.section("Conditions"));
        match conditions.iter().find(|entry| entry.key == name) {
            Some(entry) => self.within(|this| this.truth(stack, &entry.value)),
            None => unknown(format!("there is no condition {name}")),
        }
    }

    fn truth(&mut self, stack: usize, condition: &Node<'_>) -> Result<bool, Unknown> {
        self.spend(1)?;
        let Some((name, argument)) = condition.function() else { return unknown("it is no condition") };
        self.within(|this| match (name, argument.items()) {
            ("Condition", _) => this.holds(stack, argument.text().unwrap_or_default()),
            ("Fn::Not", [inner]) => Ok(!this.truth(stack, inner)?),
            ("Fn::Equals", [left, right]) => Ok(this.resolved_text(stack, left)? == this.resolved_text(stack, right)?),
            ("Fn::And", all) => this.decides(stack, all, false),
            ("Fn::Or", any) => this.decides(stack, any, true),
            _ => unknown(format!("whether `{name}` holds is not known")),
        })
    }

    /// One that is `decisive` decides, whatever the others are; else all must be known.
    fn decides(&mut self, stack: usize, parts: &[Node<'_>], decisive: bool) -> Result<bool, Unknown> {
        let mut known = Ok(!decisive);
        for part in parts {
            match self.truth(stack, part) {
                Ok(truth) if truth == decisive => return Ok(decisive),
                Ok(_) => {}
                Err(why) => known = Err(why),
            }
        }
        known
    }
}

fn unknown<T>(why: impl Into<String>) -> Result<T, Unknown> {
    Err(Unknown(why.into()))
}

/// A list of texts.
fn texts<'n, 't>(items: impl Iterator<Item = &'t str>) -> Content<'n> {
    let item = |text: &str| Node { content: Content::Text(Cow::Owned(text.to_owned())), extent: Extent::default() };
    Content::List(items.map(item).collect())
}
