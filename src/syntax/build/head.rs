//! What follows the first word of an item: its name, its account or what it backs up.

use pest::iterators::Pair;

use super::operand::Pairs;
use super::{Builder, Production};
use crate::source::{Span, Spanned};
use crate::suggest::nearest;
use crate::syntax::ast::{Operand, Target, Word};
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
            self.sink.push(
                E0009
                    .at(keyword, "this statement does not say what to back up")
                    .help("write what and its name behind `backup`, such as `backup cluster mydb`"),
            );
            return none;
        };
        let mut inner = pair.into_inner();
        let Some(kind) = inner.next().and_then(|kind| self.kind(&kind, pairs)) else { return none };
        let pairs: Vec<_> = inner.collect();
        if pairs.is_empty() {
            self.broken = true;
            self.sink.push(
                E0008
                    .at(kind.span, format!("`{}` needs the name of a cluster behind it", kind.node))
                    .label("a name is missing")
                    .help("write it, such as `backup cluster mydb`"),
            );
        }
        let names =
            pairs.into_iter().filter_map(|pair| self.value(pair, "backup cluster", "the name of a cluster")).collect();
        Target { kind: Some(kind), names }
    }

    /// The kind of resource, if drc can back it up.
    fn kind(&mut self, pair: &Pair<'_, Production>, behind: Pairs<'_, '_>) -> Option<Word> {
        let (word, span) = (pair.as_str(), self.span(pair));
        if let Some(later) = later::kind(word) {
            self.later(span, word, later);
            if word == "everything" {
                // Its tags look like clauses: `everything tagged backup=daily`.
                self.stray = true;
                behind.by_ref().for_each(drop);
            }
            return None;
        }
        if !names::KINDS.contains(&word) {
            self.broken = true;
            self.sink.push(
                E0005
                    .at(span, format!("`{word}` is no kind of resource that drc knows"))
                    .suggest(nearest(word, names::KINDS.iter().copied()))
                    .help("an Aurora cluster is written `backup cluster NAME`"),
            );
            return None;
        }
        Some(Spanned::new(word.to_owned(), span))
    }
}
