//! The tree of a template.

use std::borrow::Cow;

use granit_parser::{Marker, Span};
use serde::Serialize;
use serde_json::Number;

/// Where something stands in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Its first byte.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// The line that it begins on, counted from one; none where the value comes from no text.
    pub line: usize,
    /// The line that it ends on.
    pub last_line: usize,
}

/// A value, and where it stands. What came from no text stands at no line.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'a> {
    /// What it is.
    pub content: Content<'a>,
    /// Where it stands; of an alias, where that stands.
    pub extent: Extent,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content<'a> {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'a, str>),
    /// Values in order.
    List(Vec<Node<'a>>),
    /// Values by name, in order. A function in its short form is a map of one entry, as in its long form.
    Map(Vec<Entry<'a>>),
    /// What only AWS can know, or what nobody here knows how to work out, and why. Never read, only worked out.
    Unknown(String),
}

/// A value of a map with its name.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// The name.
    pub key: Cow<'a, str>,
    /// Where the name stands; of a function in its short form, where its value stands.
    pub key_extent: Extent,
    /// The value.
    pub value: Node<'a>,
}

impl Extent {
    /// Where an event of the parser stands. A literal block ends on the last line that has a character of it.
    pub(super) fn of(span: &Span) -> Self {
        let bytes = span.byte_range().unwrap_or_default();
        let (line, last_line) = (span.start.line(), span.end.line());
        Self { start: bytes.start, end: bytes.end, line, last_line }
    }

    /// One place.
    pub(super) fn at(marker: Marker) -> Self {
        let start = marker.byte_offset().unwrap_or_default();
        Self { start, end: start, line: marker.line(), last_line: marker.line() }
    }
}

impl<'a> Node<'a> {
    /// A value at a place.
    pub(super) fn new(content: Content<'a>, extent: Extent) -> Self {
        Self { content, extent }
    }

    /// What something is once it is written. It stands nowhere.
    pub fn of(value: &impl Serialize) -> Node<'static> {
        // Nothing of a template has a map with keys other than texts, the only way this can fail.
        serde_json::to_value(value).unwrap_or_default().into()
    }

    /// A value of a map; none of what is no map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The entries of a map; none of what is no map.
    pub fn entries(&self) -> &[Entry<'a>] {
        if let Content::Map(entries) = &self.content { entries } else { &[] }
    }

    /// The values of a list; none of what is no list.
    pub fn items(&self) -> &[Self] {
        if let Content::List(items) = &self.content { items } else { &[] }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        if let Content::Text(text) = &self.content { Some(text) } else { None }
    }

    /// A scalar as a text: CloudFormation makes one of a number or a boolean where a text has to stand.
    pub fn scalar(&self) -> Option<Cow<'_, str>> {
        match &self.content {
            Content::Text(text) => Some(Cow::Borrowed(text)),
            Content::Bool(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
            Content::Number(number) => Some(Cow::Owned(number.to_string())),
            Content::Null | Content::List(_) | Content::Map(_) | Content::Unknown(_) => None,
        }
    }

    /// The function that CloudFormation replaces the value by, with its argument.
    pub fn function(&self) -> Option<(&str, &Self)> {
        let [entry] = self.entries() else { return None };
        let is_function = entry.key.starts_with("Fn::") || matches!(&*entry.key, "Ref" | "Condition");
        is_function.then_some((&*entry.key, &entry.value))
    }
}

impl From<serde_json::Value> for Node<'static> {
    fn from(value: serde_json::Value) -> Self {
        let content = match value {
            serde_json::Value::Null => Content::Null,
            serde_json::Value::Bool(truth) => Content::Bool(truth),
            serde_json::Value::Number(number) => Content::Number(number),
            serde_json::Value::String(text) => Content::Text(text.into()),
            serde_json::Value::Array(items) => Content::List(items.into_iter().map(Self::from).collect()),
            serde_json::Value::Object(entries) => {
                let entry = |(key, value): (String, serde_json::Value)| Entry {
                    key: key.into(),
                    key_extent: Extent::default(),
                    value: value.into(),
                };
                Content::Map(entries.into_iter().map(entry).collect())
            }
        };
        Self::new(content, Extent::default())
    }
}

impl From<&Node<'_>> for serde_json::Value {
    /// The value without its places; what is unknown is null.
    fn from(node: &Node<'_>) -> Self {
        match &node.content {
            Content::Null | Content::Unknown(_) => Self::Null,
            Content::Bool(truth) => Self::Bool(*truth),
            Content::Number(number) => Self::Number(number.clone()),
            Content::Text(text) => Self::String(text.clone().into_owned()),
            Content::List(items) => items.iter().map(Self::from).collect(),
            Content::Map(entries) => {
                entries.iter().map(|entry| (entry.key.clone().into_owned(), Self::from(&entry.value))).collect()
            }
        }
    }
}
