//! Events of the parser into a tree.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use granit_parser::{Event, ScalarStyle, Span, Tag};

use super::scalar;
use super::{Content, Document, Entry, Extent, Malformed, Node};
use crate::aws::quota::TEMPLATE_BYTES;

/// How deep a template may go, aliases written out. CloudFormation's own templates go a dozen levels deep.
const DEEPEST: usize = 255;

/// Builds the tree of one document.
pub(super) struct Builder<'a> {
    is_json: bool,
    open: Vec<Open<'a>>,
    anchors: BTreeMap<usize, (Node<'a>, Size)>,
    /// How much more of aliases may be written out: no more than CloudFormation takes of everything.
    room: usize,
    first_alias: Option<Extent>,
    root: Option<Node<'a>>,
}

/// A list or a map whose end is still to come.
struct Open<'a> {
    content: Collection<'a>,
    extent: Extent,
    anchor: usize,
    tag: Option<Cow<'a, Tag>>,
}

enum Collection<'a> {
    List(Vec<Node<'a>>),
    Map { entries: Vec<Entry<'a>>, merged: Vec<Node<'a>>, key: Option<Key<'a>> },
}

/// The name of an entry whose value is still to come.
struct Key<'a> {
    text: Cow<'a, str>,
    extent: Extent,
    /// Whether it is `<<`, as no text.
    merges: bool,
}

/// How long a value is when it is written out, about, and how deep it goes.
#[derive(Clone, Copy)]
struct Size {
    length: usize,
    depth: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(is_json: bool) -> Self {
        Self {
            is_json,
            open: Vec::new(),
            anchors: BTreeMap::new(),
            room: TEMPLATE_BYTES,
            first_alias: None,
            root: None,
        }
    }

    /// Takes the next event.
    pub(super) fn event(&mut self, event: Event<'a>, span: &Span) -> Result<(), Malformed> {
        let extent = Extent::of(span);
        match event {
            Event::Scalar(text, style, anchor, tag) => self.scalar(text, style, anchor, tag.as_deref(), extent),
            Event::SequenceStart(_, anchor, tag) => self.open(Collection::List(Vec::new()), anchor, tag, extent),
            Event::MappingStart(_, anchor, tag) => {
                self.open(Collection::Map { entries: Vec::new(), merged: Vec::new(), key: None }, anchor, tag, extent)
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(extent),
            Event::Alias(anchor) => self.alias(anchor, extent),
            // Where texts and documents begin and end, and what the parser was not asked for.
            Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(..)
            | Event::DocumentEnd
            | Event::Anchor(..)
            | Event::UnresolvedAlias(_)
            | _ => Ok(()),
        }
    }

    /// The template, at the end of the text.
    pub(super) fn finish(self) -> Result<Document<'a>, Malformed> {
        let nothing = Extent { line: 1, last_line: 1, ..Extent::default() };
        let root = self.root.ok_or_else(|| Malformed::new("there is nothing in it", nothing))?;
        if let Content::Map(_) = root.content {
            return Ok(Document { root, first_alias: self.first_alias });
        }
        Err(Malformed::new("a template is a map with `Resources`", root.extent))
    }

    fn scalar(
        &mut self,
        text: Cow<'a, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        extent: Extent,
    ) -> Result<(), Malformed> {
        let is_plain = style == ScalarStyle::Plain;
        if let Some(Open { content: Collection::Map { key: key @ None, .. }, .. }) = self.open.last_mut() {
            let merges = is_plain && text == "<<" && tag.is_none();
            *key = Some(Key { text, extent, merges });
            return Ok(());
        }
        let content = match tag.and_then(Tag::core_suffix) {
            Some("str") => Content::Text(text),
            Some(_) => scalar::plain(text, self.is_json),
            None if is_plain && tag.is_none() => scalar::plain(text, self.is_json),
            None => Content::Text(text),
        };
        self.add(tagged(Node::new(content, extent), tag)?, anchor)
    }

    fn open(
        &mut self,
        content: Collection<'a>,
        anchor: usize,
        tag: Option<Cow<'a, Tag>>,
        extent: Extent,
    ) -> Result<(), Malformed> {
        self.open.push(Open { content, extent, anchor, tag });
        self.check_depth(0, extent)
    }

    fn check_depth(&self, below: usize, at: Extent) -> Result<(), Malformed> {
        if self.open.len() + below <= DEEPEST {
            return Ok(());
        }
        Err(Malformed::new(format!("it goes deeper than {DEEPEST} levels"), at))
    }

    fn close(&mut self, end: Extent) -> Result<(), Malformed> {
        let Some(Open { content, extent, anchor, tag }) = self.open.pop() else { return Ok(()) };
        let extent = Extent { end: end.end, last_line: end.last_line, ..extent };
        let content = match content {
            Collection::List(items) => Content::List(items),
            Collection::Map { entries, merged, .. } => Content::Map(merge(unique(entries)?, merged)?),
        };
        self.add(tagged(Node::new(content, extent), tag.as_deref())?, anchor)
    }

    fn alias(&mut self, anchor: usize, extent: Extent) -> Result<(), Malformed> {
        self.first_alias.get_or_insert(extent);
        // An alias within what it stands for would never end.
        let endless = || Malformed::new("the alias stands within what it stands for", extent);
        let (node, size) = self.anchors.get(&anchor).ok_or_else(endless)?;
        let (node, size) = (Node { extent, ..node.clone() }, *size);
        self.check_depth(size.depth, extent)?;
        self.take_room(size.length, extent)?;
        if let Some(Open { content: Collection::Map { key: key @ None, .. }, .. }) = self.open.last_mut() {
            let Some(text) = node.scalar() else { return Err(Malformed::new("a name is a text", extent)) };
            *key = Some(Key { text: Cow::Owned(text.into_owned()), extent, merges: false });
            return Ok(());
        }
        self.add(node, 0)
    }

    fn take_room(&mut self, length: usize, at: Extent) -> Result<(), Malformed> {
        let too_long = || format!("with what its aliases stand for it is longer than {TEMPLATE_BYTES} bytes");
        self.room = self.room.checked_sub(length).ok_or_else(|| Malformed::new(too_long(), at))?;
        Ok(())
    }

    /// Puts a value where it belongs, and keeps it for aliases.
    fn add(&mut self, node: Node<'a>, anchor: usize) -> Result<(), Malformed> {
        if anchor > 0 {
            // It is kept beside the tree, so it counts as if it were written once more.
            let size = size(&node);
            self.take_room(size.length, node.extent)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            Some(Collection::List(items)) => items.push(node),
            Some(Collection::Map { entries, merged, key }) => match key.take() {
                Some(Key { merges: true, .. }) => merged.push(node),
                Some(Key { text, extent, .. }) => entries.push(Entry { key: text, key_extent: extent, value: node }),
                None => return Err(Malformed::new("a name is a text", node.extent)),
            },
            None if self.root.is_some() => return Err(Malformed::new("a template is one document", node.extent)),
            None => self.root = Some(node),
        }
        Ok(())
    }
}

/// A value with its tag: a function in its short form as in its long one.
fn tagged<'a>(node: Node<'a>, tag: Option<&Tag>) -> Result<Node<'a>, Malformed> {
    let Some(tag) = tag.filter(|tag| tag.core_suffix().is_none()) else { return Ok(node) };
    let name = match (tag.handle(), tag.suffix()) {
        // What is no more than marked as a text.
        ("" | "!", "" | "!") => return Ok(node),
        ("!", name @ ("Ref" | "Condition")) => Cow::Borrowed(name),
        ("!", name) => Cow::Owned(format!("Fn::{name}")),
        _ => {
            return Err(Malformed::new(
                format!("CloudFormation does not know the tag `{}`", tag.original()),
                node.extent,
            ));
        }
    };
    let extent = node.extent;
    let mut argument = node.content;
    if let ("Fn::GetAtt", Content::Text(text)) = (&*name, &argument)
        && let Some((resource, attribute)) = text.split_once('.')
    {
        // An attribute may have periods of its own.
        let part = |text: &str| Node::new(Content::Text(Cow::Owned(text.to_owned())), extent);
        argument = Content::List(vec![part(resource), part(attribute)]);
    }
    let entry = Entry { key: name.into_owned().into(), key_extent: extent, value: Node::new(argument, extent) };
    Ok(Node::new(Content::Map(vec![entry]), extent))
}

/// The entries, of which no two have one name.
fn unique(entries: Vec<Entry<'_>>) -> Result<Vec<Entry<'_>>, Malformed> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &entries {
        if let Some(line) = known.insert(&entry.key, entry.key_extent.line) {
            let what = format!("`{}` is written twice, first on line {line}", entry.key);
            return Err(Malformed::new(what, entry.key_extent));
        }
    }
    Ok(entries)
}

/// The entries behind those that `<<` brings in, as PyYAML orders them. What is written itself wins, then what is named
/// first.
fn merge<'a>(entries: Vec<Entry<'a>>, merged: Vec<Node<'a>>) -> Result<Vec<Entry<'a>>, Malformed> {
    if merged.is_empty() {
        return Ok(entries);
    }
    let mut known: BTreeSet<Cow<'a, str>> = entries.iter().map(|entry| entry.key.clone()).collect();
    let mut all = Vec::new();
    for node in merged {
        let extent = node.extent;
        let maps = if let Content::List(maps) = node.content { maps } else { vec![node] };
        for map in maps {
            let Content::Map(brought) = map.content else {
                return Err(Malformed::new("`<<` takes a map, or a list of maps", extent));
            };
            all.extend(brought.into_iter().filter(|entry| known.insert(entry.key.clone())));
        }
    }
    all.extend(entries);
    Ok(all)
}

/// How much a value takes; as much is looked at, so it is asked only of what there is room for.
fn size(node: &Node<'_>) -> Size {
    let around = |inner: Size| Size { length: inner.length + 2, depth: inner.depth + 1 };
    let and = |sum: Size, inner: Size| Size { length: sum.length + inner.length, depth: sum.depth.max(inner.depth) };
    let nothing = Size { length: 0, depth: 0 };
    match &node.content {
        Content::Null | Content::Bool(_) | Content::Number(_) | Content::Unknown(_) => Size { length: 4, depth: 0 },
        Content::Text(text) => Size { length: text.len() + 2, depth: 0 },
        Content::List(items) => around(items.iter().map(size).fold(nothing, and)),
        Content::Map(entries) => {
            let entry = |entry: &Entry<'_>| {
                let value = size(&entry.value);
                Size { length: value.length + entry.key.len() + 2, ..value }
            };
            around(entries.iter().map(entry).fold(nothing, and))
        }
    }
}
