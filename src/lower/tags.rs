//! Tags: on what is made for one statement its own, on what several share those that all of them
//! have.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cfn;
use crate::cfn::note::{Note, Path};
use crate::origin::Origin;
use crate::reason::Reason;
use crate::spec::{Chosen, Statement, Tag};

/// Tags with the first statement that asks for them.
pub(super) struct Tags<'a> {
    statement: Option<&'a Statement>,
    tags: Vec<&'a Chosen<Tag>>,
}

impl<'a> Tags<'a> {
    /// The tags that every one of the statements has, with the same value.
    pub(super) fn agreed(statements: impl IntoIterator<Item = &'a Statement>) -> Self {
        let mut statements = statements.into_iter();
        let first = statements.next();
        let mut tags: Vec<&Chosen<Tag>> = first.into_iter().flat_map(|statement| &statement.tags).collect();
        for other in statements {
            if tags.is_empty() {
                break;
            }
            let known = |tag: &Tag| other.tags.binary_search_by(|known| known.value.key.cmp(&tag.key)).ok();
            let agreed =
                |tag: &Tag| known(tag).and_then(|at| other.tags.get(at)).is_some_and(|known| known.value == *tag);
            tags.retain(|tag| agreed(&tag.value));
        }
        Self { statement: first, tags }
    }

    /// As `AWS::KMS` and `AWS::IAM` take them.
    pub(super) fn list(&self) -> Vec<cfn::Tag> {
        let tag = |tag: &&Chosen<Tag>| cfn::Tag { key: tag.value.key.clone(), value: tag.value.value.clone() };
        self.tags.iter().map(tag).collect()
    }

    /// As `AWS::Backup` takes them.
    pub(super) fn map(&self) -> BTreeMap<String, String> {
        self.tags.iter().map(|tag| (tag.value.key.clone(), tag.value.value.clone())).collect()
    }

    /// A note for each tag of a list, wherever it was written.
    pub(super) fn list_notes(&self, reason: &'static Reason) -> impl Iterator<Item = Note> {
        let at = |index| Path::new("Properties.Tags[]").outer(index);
        self.origins(reason).enumerate().map(move |(index, origin)| Note::new(at(index), origin))
    }

    /// A note for each tag of a map, wherever it was written.
    pub(super) fn map_notes(&self, at: Path, reason: &'static Reason) -> impl Iterator<Item = Note> {
        self.origins(reason).map(move |origin| Note::new(at, origin))
    }

    fn origins(&self, reason: &'static Reason) -> impl Iterator<Item = Origin> {
        let clause: Arc<str> = self.statement.map(|of| format!("backup {}", of.name.value)).unwrap_or_default().into();
        self.tags.iter().map(move |tag| Origin::new(clause.clone(), tag.span, tag.level, reason))
    }
}
