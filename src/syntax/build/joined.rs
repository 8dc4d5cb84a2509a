//! What joins a word to the one in front of it, where it means nothing by itself.

use pest::iterators::Pair;

use super::stray::{before, behind, is_free, text_before, words_of};
use super::{Builder, Production, written};
use crate::aws::region;
use crate::kind;
use crate::syntax::clause;
use crate::syntax::names::later;
use crate::time::calendar::TimeOfDay;

impl Builder<'_> {
    /// How the two sides of an `and` or of a comma are joined.
    pub(super) fn joined(
        &self,
        previous: Option<Production>,
        pair: &Pair<'_, Production>,
        next: Option<&str>,
    ) -> String {
        let next = next.unwrap_or("");
        let region = region::named(next).map(|region| region.code);
        match (previous, region) {
            (Some(Production::to), Some(code)) => {
                format!("each destination has its own `to`: write `to {code}` instead")
            }
            (Some(Production::from), Some(code)) => {
                format!("a statement has one source: write a statement for each, or `to {code}` for a destination")
            }
            (Some(Production::formerly), Some(code)) => {
                format!("each former destination has its own clause: write `formerly to {code}` instead")
            }
            (Some(Production::encrypted), _) => {
                format!("a statement names one key of its {}: write a statement for each key", self.resources())
            }
            (Some(Production::schedule), _) if TimeOfDay::parse(next).is_some() => {
                let (schedule, own) = written::schedule(text_before(pair)).unwrap_or_default();
                let behind = written::belonging(pair);
                let time = written::time_and_zone(own.into_iter().chain(behind.iter().map(String::as_str)));
                format!("times are joined by commas, with one zone behind them: `{schedule} {time}`")
            }
            _ if next.is_empty() => "leave it out: nothing follows".to_owned(),
            _ if clause::is_keyword(next) => "leave it out: clauses follow each other".to_owned(),
            (None, _) if self.head == Production::backup => {
                let word = self.kinds.last().map_or("KIND", |kind| kind.words.word);
                format!("{} are joined by commas: `backup {word} a, b`", self.names())
            }
            (Some(Production::to | Production::from | Production::formerly), _) => {
                "each destination has its own `to`: `to REGION to REGION`".to_owned()
            }
            (None, _) => "nothing is joined here: a name is one word".to_owned(),
            _ => "names, days, times, tags and principals are joined by commas".to_owned(),
        }
    }

    /// What joins a word to the one in front of it, where it looks like another of the same list.
    pub(super) fn unjoined(&self, previous: Option<Production>, pair: &Pair<'_, Production>) -> Option<String> {
        let (word, next) = (pair.as_str(), behind(pair).next().unwrap_or(""));
        let last = before(pair).trim_end().rsplit([' ', '\t', ',']).next().unwrap_or("").trim_end_matches(';');
        let ends = next.is_empty() || clause::is_keyword(next);
        match previous {
            Some(Production::to | Production::from | Production::formerly) if region::named(word).is_some() => {
                Some(self.joined(previous, pair, Some(word)))
            }
            None if self.head == Production::backup && region::named(word).is_some() => {
                let code = region::named(word).filter(|_| !words_of(pair).any(|word| word == "from"));
                Some(code.map_or_else(
                    || "a region stands behind its keyword: `from REGION`, `to REGION`".to_owned(),
                    |region| format!("write `from {}`", region.code),
                ))
            }
            None if self.is_second_word_of_resource(pair, previous) => Some(format!(
                "the name of a {} is one word, such as `{last}-{word}`; names are joined by commas",
                self.kinds.last().map_or("resource", |kind| kind.words.one.en)
            )),
            None if self.head == Production::backup && kind::find(word).is_some() && is_free(next) => {
                Some(if self.kinds.last().copied() == kind::find(word) {
                    format!("{} are joined by commas: write `{last}, {next}`", self.names())
                } else {
                    format!("another kind is joined by `and`: write `{last} and {word} {next}`")
                })
            }
            None if self.head == Production::backup && ends && is_free(word) => {
                Some(format!("{} are joined by commas: write `{last}, {word}`", self.names()))
            }
            _ if kind::setting(word).is_some() => Some(format!("it follows `restore`: `restore {word} NAME`")),
            _ if kind::find(word).is_some() => {
                Some(format!("it follows `backup`; names are joined by commas: `backup {word} a, b`"))
            }
            _ => None,
        }
    }

    /// Whether a word that names a kind of resource ends the names of a statement, where it is part of a name: `my db`.
    pub(super) fn is_second_word_of_resource(&self, pair: &Pair<'_, Production>, previous: Option<Production>) -> bool {
        let ends = behind(pair).next().is_none_or(clause::is_keyword);
        let name = before(pair).trim_end().ends_with(|c: char| c.is_ascii_alphanumeric());
        let is_kind = later::kind(pair.as_str()).is_some() || kind::meant(pair.as_str()).is_some();
        self.head == Production::backup && previous.is_none() && ends && name && is_kind
    }

    /// Whether a word is a name behind a kind that was read as one: behind a comma, `a, table b`, or behind the kind
    /// itself, `cluster cluster a`; this is reported.
    pub(super) fn is_behind_kind(&mut self, pair: &Pair<'_, Production>, previous: Option<Production>) -> bool {
        let (line, name) = (before(pair).trim_end(), pair.as_str());
        let (span, word) = self.word_before(pair);
        let front = line.strip_suffix(word).unwrap_or("").trim_end();
        let is_name = previous.is_none() && self.head == Production::backup && is_free(name);
        let (Some(kind), Some(own)) = (kind::find(word).filter(|_| is_name), self.kinds.last()) else { return false };
        let help = match front.strip_suffix(',').map(|front| front.trim_end().rsplit([' ', ',']).next().unwrap_or("")) {
            Some(last) if kind == *own => format!("{} are joined by commas: write `{last}, {name}`", self.names()),
            Some(last) => format!("another kind is joined by `and`: write `{last} and {word} {name}`"),
            None => format!("write `backup {word} {name}`"),
        };
        self.meaningless(span, word, help);
        true
    }
}
