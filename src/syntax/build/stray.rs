//! Words that mean nothing where they stand.

use pest::iterators::Pair;

use super::{Builder, Production};
use crate::source::Spanned;
use crate::suggest::nearest;
use crate::syntax::ast::Word;
use crate::syntax::names;
use crate::syntax::rules::{E0005, E0011};

impl Builder<'_> {
    pub(super) fn unknown_item(&mut self, pair: &Pair<'_, Production>) {
        let (span, word) = (self.span(pair), pair.as_str());
        if names::CLAUSES.contains(&word) {
            self.sink.push(
                E0011
                    .at(span, format!("`{word}` begins no item"))
                    .label("starts in the first column")
                    .help("indent this line, so that it continues the item above"),
            );
            return;
        }
        let finding = E0005.at(span, format!("`{word}` begins no item"));
        self.sink.push(if names::KINDS.contains(&word) {
            finding.help("write `backup` before it: `backup cluster NAME`")
        } else {
            finding
                .suggest(nearest(word, names::ITEMS.iter().copied()))
                .help(format!("an item begins with one of {}", names::ITEMS.join(", ")))
        });
    }

    /// Whether a word begins an item, which has lost its place in the first column; this is reported.
    pub(super) fn is_item(&mut self, pair: &Pair<'_, Production>) -> bool {
        let (span, word) = (self.span(pair), pair.as_str());
        // The word `key` also names the key of a place.
        let is_item = word != "key" && names::ITEMS.contains(&word);
        if is_item {
            self.broken = true;
            self.sink.push(
                E0011
                    .at(span, format!("`{word}` begins an item, but not in the first column"))
                    .help("begin its line in the first column"),
            );
        }
        is_item
    }

    /// The word in a pair that begins no clause.
    pub(super) fn stray_word(&self, pair: &Pair<'_, Production>) -> Option<Word> {
        let is_word = pair.as_rule() == Production::stray && pair.as_str() != ",";
        is_word.then(|| Spanned::new(pair.as_str().to_owned(), self.span(pair)))
    }

    pub(super) fn stray(&mut self, pair: Pair<'_, Production>) {
        let (span, text) = (self.span(&pair), pair.as_str().to_owned());
        self.broken = true;
        if pair.into_inner().next().is_some_and(|inner| inner.as_rule() == Production::unclosed) {
            self.unclosed(span);
            return;
        }
        let finding = match text.as_str() {
            "," => E0005
                .at(span, "this comma joins nothing")
                .help("names, days, times, tags and principals are joined by commas; each region has its own `to`"),
            "=" => E0005.at(span, "this `=` joins nothing").help("a tag is written `tags key=value`"),
            _ => {
                let finding = E0005.at(span, format!("`{text}` means nothing here"));
                match (usage(&text), nearest(&text, clauses())) {
                    (Some(usage), _) => finding.help(usage),
                    (None, Some(near)) => finding.suggest(Some(near)),
                    (None, None) => finding
                        .help(format!("a clause begins with one of {}", clauses().collect::<Vec<_>>().join(", "))),
                }
            }
        };
        self.sink.push(finding);
    }
}

/// Words that begin a clause wherever one may stand.
fn clauses() -> impl Iterator<Item = &'static str> {
    names::CLAUSES.iter().copied().filter(|word| usage(word).is_none())
}

/// Whether a word is nearly one that begins a clause; short words are near too much.
pub(super) fn resembles_clause(word: &str) -> bool {
    word.len() > 2 && word.chars().all(char::is_alphabetic) && nearest(word, clauses()).is_some()
}

/// Where a word of the language stands that begins no clause.
fn usage(word: &str) -> Option<&'static str> {
    Some(match word {
        "vault" | "key" => "a vault and a key follow the region that they live in: `from REGION vault NAME key NAME`",
        "in" => "it follows `schedule` and `restore`: `schedule in utc`, `restore in REGION`",
        "as" | "subnet-group" | "parameter-group" => {
            "it follows `restore`: `restore as PATTERN subnet-group NAME parameter-group NAME`"
        }
        "at" => "it follows `hourly`: `hourly at :15`; other schedules take times without it: `daily 01:00 JST`",
        "within" => "it follows `start` and `complete`: `start within 1h`",
        "by" => "it follows `encrypted`: `encrypted by KEY`",
        "per" | "statement" => "it follows `stacks`: `stacks per statement`",
        "last" => "it follows `monthly`: `monthly last 01:00 JST`",
        "forever" => "it follows `keep`: `keep forever`",
        "since" => "it follows `formerly to`: `formerly to REGION keep 30d since 2026-11-26`",
        "cluster" | "clusters" => "it follows `backup`; names are joined by commas: `backup cluster a, b`",
        "and" | "or" => "names of clusters are joined by commas: `backup cluster a, b`",
        _ => return None,
    })
}
