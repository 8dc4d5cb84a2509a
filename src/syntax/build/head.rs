//! What follows the first word of an item: its name, its account or what it backs up.

use pest::iterators::Pair;

use super::operand::{Pairs, unquoted};
use super::stray::{words_before, words_of};
use super::{Builder, Production};
use crate::kind::{self, KINDS, Kind};
use crate::source::{Span, Spanned};
use crate::suggest::nearest;
use crate::syntax::ast::{Group, Operand, Word};
use crate::syntax::clause;
use crate::syntax::names::later;
use crate::syntax::rules::{E0005, E0008, E0009};

impl Builder<'_> {
    pub(super) fn head_name(&mut self, pairs: Pairs<'_, '_>, keyword: Span, clause: &str, what: &str) -> Operand {
        let is_operand =
            |pair: &Pair<'_, _>| matches!(pair.as_rule(), Production::name_operand | Production::account_operand);
        let Some(pair) = pairs.next_if(is_operand) else {
            self.missing(keyword, &format!("`{clause}` needs {what} behind it"), what);
            return None;
        };
        self.value(pair, clause, what)
    }

    /// The groups of a statement. One whose kind is not known is reported and left out.
    pub(super) fn target(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> Vec<Group> {
        let mut groups = Vec::new();
        let Some(target) = pairs.next_if(|pair| pair.as_rule() == Production::target) else {
            self.nothing_to_back_up(pairs, keyword);
            return groups;
        };
        let mut parts = target.into_inner();
        while let Some(part) = parts.next() {
            let (joint, group) = match part.as_rule() {
                Production::group_joint => (Some(part), parts.next()),
                _ => (None, Some(part)),
            };
            groups.extend(group.and_then(|group| self.group(joint.as_ref(), group, pairs)));
        }
        groups
    }

    fn nothing_to_back_up(&mut self, behind: Pairs<'_, '_>, keyword: Span) {
        let stray = behind.peek().filter(|pair| pair.as_rule() == Production::stray);
        let name = stray.map(|pair| unquoted(pair.as_str()));
        let named = KINDS.iter().find_map(|kind| name.filter(|name| kind.name.accepts(name)).map(|name| (*kind, name)));
        let (kind, name) = named.unwrap_or((&kind::CLUSTER, kind::CLUSTER.words.example));
        let word = kind.words.word;
        self.report(
            E0009
                .at(keyword, "this statement does not say what to back up")
                .help(format!("write what and its name behind `backup`, such as `backup {word} {name}`")),
        );
    }

    /// A kind and the names behind it, joined to those in front.
    fn group(
        &mut self,
        joint: Option<&Pair<'_, Production>>,
        group: Pair<'_, Production>,
        behind: Pairs<'_, '_>,
    ) -> Option<Group> {
        let mut parts = group.into_inner();
        let word = parts.next()?;
        let kind = self.kind(&word, joint, behind)?;
        self.kinds.push(kind.node);
        let clause = format!("backup {}", kind.node.words.word);
        let what = format!("the name of a {}", kind.node.words.one.en);
        let names = self.list(&clause, parts);
        if let Some(joint) = joint.filter(|joint| joint.as_str() != "and") {
            let (last, next) = (words_before(joint).last().unwrap_or(""), words_of(&word).nth(1).unwrap_or("NAME"));
            let help = format!("kinds are joined by `and` alone: write `{last} and {} {next}`", word.as_str());
            self.meaningless(self.span(joint), joint.as_str(), help);
        }
        if names.is_empty() {
            self.report(
                E0008
                    .at(kind.span, format!("`{}` needs {what} behind it", word.as_str()))
                    .label("a name is missing")
                    .help(format!("write it, such as `{clause} {}`", kind.node.words.example)),
            );
        }
        let names = names.into_iter().filter_map(|pair| self.value(pair, &clause, &what));
        let names: Vec<Word> = names.collect();
        let mut is_later = |name: &Word| self.later(name.span, &name.node, later::kind_of_arn(&name.node));
        let names = names.into_iter().filter(|name| !is_later(name)).collect();
        Some(Group { kind, names })
    }

    /// The kind of resource, if drc can back it up.
    fn kind(
        &mut self,
        pair: &Pair<'_, Production>,
        joint: Option<&Pair<'_, Production>>,
        behind: Pairs<'_, '_>,
    ) -> Option<Spanned<&'static Kind>> {
        let (word, span) = (pair.as_str(), self.span(pair));
        if let Some(kind) = kind::find(word) {
            return Some(Spanned::new(kind, span));
        }
        let later = later::kind(word).or_else(|| later::kind_of_arn(word));
        if self.later(span, word, later) {
            if later.is_some_and(|later| later.meanwhile == later::NAME_EACH) {
                // Its tags look like clauses: `everything tagged backup=daily`.
                self.stray = true;
                behind.by_ref().for_each(drop);
            }
            return None;
        }
        let near = nearest(word, kind::words());
        let of_arn = kind::of_arn(word).filter(|(kind, name)| kind.name.accepts(name));
        let kind = of_arn.map(|(kind, _)| kind).or_else(|| near.and_then(kind::find)).or_else(|| kind::meant(word));
        if let (Some(joint), None) = (joint, kind) {
            let last = words_before(joint).last().unwrap_or("");
            let help = format!("{} are joined by commas: write `{last}, {word}`", self.names());
            self.meaningless(self.span(joint), joint.as_str(), help);
            return None;
        }
        let finding = E0005.at(span, format!("`{word}` is no kind of resource that drc knows")).suggest(near);
        let name = of_arn.map(|(_, name)| name).or_else(|| name_meant(pair, kind.is_some()));
        let region = if of_arn.is_some() { "; the region stands behind `from`" } else { "" };
        self.report(finding.help(format!("{}{region}", how_written(kind, name))));
        None
    }

    /// What the names of a statement are of, in the plural: `names of clusters`.
    pub(super) fn names(&self) -> String {
        self.kinds.last().map_or_else(|| "names".to_owned(), |kind| format!("names of {}", kind.words.many.en))
    }

    /// What a statement backs up, in the plural: its one kind, or `resources`.
    pub(super) fn resources(&self) -> &'static str {
        match self.kinds.as_slice() {
            [kind, others @ ..] if others.iter().all(|other| other == kind) => kind.words.many.en,
            _ => "resources",
        }
    }
}

/// How statements of a kind are written, or of any where none is meant.
fn how_written(kind: Option<&'static Kind>, name: Option<&str>) -> String {
    let written = |kind: &Kind| {
        let name = name.filter(|name| kind.name.accepts(name)).unwrap_or("NAME");
        format!("`backup {} {name}`", kind.words.word)
    };
    if let Some(kind) = kind {
        return format!("{} {} are written {}", kind.service_name, kind.words.many.en, written(kind));
    }
    let all: Vec<String> = KINDS.iter().map(|kind| written(kind)).collect();
    format!("a kind stands in front of names: {}", all.join(", "))
}

/// The name that is meant behind a word that is no kind, if that is certain: what stands behind a wrong kind, and
/// the word itself where it stands alone.
fn name_meant<'p>(kind: &Pair<'p, Production>, is_kind: bool) -> Option<&'p str> {
    let mut behind = words_of(kind).skip(1).skip_while(|word| kind::find(word).is_some());
    let behind = behind.next().filter(|word| !clause::is_keyword(word));
    if is_kind { behind } else { Some(kind.as_str()).filter(|_| behind.is_none()) }
}
