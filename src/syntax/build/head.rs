//! What follows the first word of an item: its name, its account or what it backs up.

use pest::iterators::Pair;

use super::operand::{Pairs, unquoted};
use super::stray::words_of;
use super::{Builder, Production};
use crate::aws::name::NameKind;
use crate::source::{Span, Spanned};
use crate::suggest::nearest;
use crate::syntax::ast::{Operand, Target, Word};
use crate::syntax::clause;
use crate::syntax::names::{self, later};
use crate::syntax::rules::{E0005, E0008, E0009};

impl Builder<'_> {
    pub(super) fn head_name(&mut self, pairs: Pairs<'_, '_>, keyword: Span, clause: &str, what: &str) -> Operand {
        let Some(pair) = pairs.next_if(|pair| pair.as_rule() == Production::name_operand) else {
            self.missing(keyword, &format!("`{clause}` needs {what} behind it"), what);
            return None;
        };
        self.value(pair, clause, what)
    }

    pub(super) fn account(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> Operand {
        let Some(pair) = pairs.next_if(|pair| pair.as_rule() == Production::account_operand) else {
            self.missing(keyword, "`account` needs the 12 digits of an account id behind it", "the account id");
            return None;
        };
        // Whether the digits are an account id is decided with the other names.
        let inner = pair.into_inner().next()?;
        if inner.as_rule() == Production::malformed {
            return Some(Spanned::new(inner.as_str().to_owned(), self.span(&inner)));
        }
        self.value(inner, "account", "the account id")
    }

    pub(super) fn target(&mut self, pairs: Pairs<'_, '_>, keyword: Span) -> Target {
        let none = Target { kind: None, names: Vec::new() };
        let Some(pair) = pairs.next_if(|pair| pair.as_rule() == Production::target) else {
            self.broken = true;
            let quoted =
                pairs.peek().filter(|pair| pair.as_rule() == Production::stray).map(|pair| unquoted(pair.as_str()));
            let name = quoted.filter(|name| NameKind::Cluster.accepts(name)).unwrap_or("mydb");
            self.sink.push(
                E0009
                    .at(keyword, "this statement does not say what to back up")
                    .help(format!("write what and its name behind `backup`, such as `backup cluster {name}`")),
            );
            return none;
        };
        let mut inner = pair.into_inner();
        let Some(kind) = inner.next().and_then(|kind| self.kind(&kind, pairs)) else { return none };
        let pairs = self.list("backup cluster", inner);
        if pairs.is_empty() {
            self.broken = true;
            self.sink.push(
                E0008
                    .at(kind.span, format!("`{}` needs the name of a cluster behind it", kind.node))
                    .label("a name is missing")
                    .help("write it, such as `backup cluster mydb`"),
            );
        }
        let names = pairs.into_iter().filter_map(|pair| self.value(pair, "backup cluster", "the name of a cluster"));
        let names: Vec<Word> = names.collect();
        let names = names.into_iter().filter(|name| !self.is_of_later(name)).collect();
        Target { kind: Some(kind), names }
    }

    /// The kind of resource, if drc can back it up.
    fn kind(&mut self, pair: &Pair<'_, Production>, behind: Pairs<'_, '_>) -> Option<Word> {
        let (word, span) = (pair.as_str(), self.span(pair));
        if let Some(later) = later::kind(word).or_else(|| later::kind_of_arn(word)) {
            self.later(span, word, later);
            if later.meanwhile == later::NAME_EACH {
                // Its tags look like clauses: `everything tagged backup=daily`.
                self.stray = true;
                behind.by_ref().for_each(drop);
            }
            return None;
        }
        if !names::KINDS.contains(&word) {
            self.broken = true;
            let finding = E0005.at(span, format!("`{word}` is no kind of resource that drc knows"));
            let near = nearest(word, names::KINDS.iter().copied());
            let of_arn = NameKind::Cluster.of_arn(word);
            let name = of_arn.or_else(|| cluster_meant(pair, near.is_some())).unwrap_or("NAME");
            let region = if of_arn.is_some() { "; its region stands behind `from`" } else { "" };
            self.sink.push(
                finding.suggest(near).help(format!("an Aurora cluster is written `backup cluster {name}`{region}")),
            );
            return None;
        }
        Some(Spanned::new(word.to_owned(), span))
    }

    /// Whether the ARN in the place of a cluster's name is that of something else; this is reported.
    fn is_of_later(&mut self, name: &Word) -> bool {
        let later = later::kind_of_arn(&name.node);
        if let Some(later) = later {
            self.later(name.span, &name.node, later);
        }
        later.is_some()
    }
}

/// The cluster that is meant behind a word that is no kind, if that is certain: what stands behind a wrong kind, and
/// the word itself where it stands alone.
fn cluster_meant<'p>(kind: &Pair<'p, Production>, is_misspelt: bool) -> Option<&'p str> {
    let is_kind = is_misspelt || kind.as_str().to_ascii_lowercase().starts_with("aurora");
    let mut behind = words_of(kind).skip(1).skip_while(|word| names::KINDS.contains(word));
    let behind = behind.next().filter(|word| !clause::is_keyword(word));
    let name = if is_kind { behind } else { Some(kind.as_str()).filter(|_| behind.is_none()) };
    name.filter(|name| NameKind::Cluster.accepts(name))
}
