//! Words that mean nothing where they stand.

use pest::iterators::Pair;

use super::{Builder, Production};
use crate::aws::region;
use crate::source::{Span, Spanned};
use crate::suggest::nearest;
use crate::syntax::ast::Word;
use crate::syntax::names;
use crate::syntax::names::later::{self, Later};
use crate::syntax::rules::{E0005, E0011};
use crate::time::calendar::TimeOfDay;
use crate::time::zone;

impl Builder<'_> {
    pub(super) fn unknown_item(&mut self, pair: &Pair<'_, Production>) {
        let (span, word) = (self.span(pair), pair.as_str());
        if let Some(later) = later::clause(word) {
            self.later(span, word, later);
            return;
        }
        if names::CLAUSES.contains(&word) {
            if let Some((word, later)) = words_of(pair).find_map(|word| Some(word).zip(later::clause(word))) {
                self.later(span, word, later);
                return;
            }
            self.sink.push(
                E0011
                    .at(span, format!("`{word}` begins no item"))
                    .label("starts in the first column")
                    .help("indent this line, so that it continues the item above"),
            );
            return;
        }
        if let Some(later) = later::kind(word) {
            self.later(span, word, later);
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
    fn is_item(&mut self, pair: &Pair<'_, Production>) -> bool {
        let (span, word) = (self.span(pair), pair.as_str());
        // `key` and `account` are words of a place too: another line would change what they mean.
        let is_item =
            !matches!(word, "key" | "account") && names::ITEMS.contains(&word) && !rest(pair).starts_with('=');
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

    /// A word that begins no clause, in or at the beginning of a run of such words; `false` when what follows
    /// does not belong to this item, or to what is not built yet.
    pub(super) fn stray_in_run(
        &mut self,
        pair: Pair<'_, Production>,
        previous: Option<Production>,
        in_run: bool,
    ) -> bool {
        self.stray = true;
        if (!in_run && self.was_later(&pair, previous)) || self.is_item(&pair) {
            return false;
        }
        // `restore` and its schedule belong to `test`.
        let is_test = !in_run && pair.as_str() == "test";
        if !in_run || resembles_clause(pair.as_str()) {
            self.stray(pair, previous);
        }
        !is_test
    }

    /// The word in a pair that begins no clause.
    pub(super) fn stray_word(&self, pair: &Pair<'_, Production>) -> Option<Word> {
        let is_word = pair.as_rule() == Production::stray && pair.as_str() != ",";
        is_word.then(|| Spanned::new(pair.as_str().to_owned(), self.span(pair)))
    }

    /// Reports a word that begins no clause, behind a clause or, where there is none, behind the head.
    fn stray(&mut self, pair: Pair<'_, Production>, previous: Option<Production>) {
        let (span, text) = (self.span(&pair), pair.as_str().to_owned());
        let next = words_of(&pair).nth(1).unwrap_or("").to_owned();
        self.broken = true;
        let phrase = if text == "in" { format!("in {next}") } else { text.clone() };
        if let Some(later) = later::clause(phrase.strip_prefix("in ").unwrap_or(&text)) {
            self.later(span, &phrase, later);
            return;
        }
        if let Some(later) = later::kind(&next).filter(|_| previous.is_none() && matches!(text.as_str(), "and" | ",")) {
            self.later(span, &next, later);
            return;
        }
        if pair.into_inner().next().is_some_and(|inner| inner.as_rule() == Production::unclosed) {
            self.unclosed(span);
            return;
        }
        let finding = match text.as_str() {
            "," if previous == Some(Production::encrypted) => E0005
                .at(span, "a statement names one key of its clusters")
                .help("write a statement for each key, with the clusters that it encrypts"),
            "," => E0005
                .at(span, "this comma joins nothing")
                .help("names, days, times, tags and principals are joined by commas; each region has its own `to`"),
            "=" => E0005.at(span, "this `=` joins nothing").help("a tag is written `tags key=value`"),
            "and" | "or" => E0005.at(span, format!("`{text}` means nothing here")).help(joined(previous, &next)),
            _ => {
                let finding = E0005.at(span, format!("`{text}` means nothing here"));
                match (usage(&text), nearest(&text, clauses())) {
                    (Some(usage), _) => finding.help(usage),
                    (None, Some(near)) => finding.suggest(Some(near)),
                    (None, None) => finding.help(behind_schedule(&text).unwrap_or_else(|| NO_CLAUSE.to_owned())),
                }
            }
        };
        self.sink.push(finding);
    }

    /// Reports a word that asks for something that is not built yet.
    pub(super) fn later(&mut self, span: Span, word: &str, later: &Later) {
        self.broken = true;
        self.sink.push(E0005.at(span, format!("`{word}`: {} are not supported yet", later.what)).help(later.meanwhile));
    }

    /// Whether the word in front of a pair asks for something that is not built yet and was read as a
    /// name, which the pair shows that it is not; this is reported.
    fn was_later(&mut self, pair: &Pair<'_, Production>, previous: Option<Production>) -> bool {
        let at = pair.as_span().start();
        let before = pair.as_span().get_input().get(..at).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("").trim_end();
        let word = line.rsplit([' ', '\t', ',', '"', '=']).next().unwrap_or("");
        let kind = || later::kind(word).filter(|_| previous.is_none());
        let Some(later) = later::clause(word).or_else(kind).filter(|_| !line.contains('#')) else { return false };
        let end = self.start + at - (before.len() - before.trim_end().len());
        self.later(crate::syntax::span(self.file, end - word.len(), end), word, later);
        true
    }
}

/// What follows a pair in its item.
fn rest<'p>(pair: &Pair<'p, Production>) -> &'p str {
    let span = pair.as_span();
    span.get_input().get(span.end()..).unwrap_or("").trim_start()
}

/// The words of an item from a pair on.
fn words_of<'p>(pair: &Pair<'p, Production>) -> impl Iterator<Item = &'p str> {
    let span = pair.as_span();
    let words = span.get_input().get(span.start()..).unwrap_or("");
    words.split([' ', '\t', '\r', '\n', ',', '"', '=']).filter(|word| !word.is_empty())
}

/// How the two sides of an `and` are joined.
fn joined(previous: Option<Production>, next: &str) -> String {
    match previous {
        Some(Production::to | Production::from) if region::find(next).is_some() => {
            format!("each destination has its own `to`: write `to {next}` instead")
        }
        Some(Production::formerly) if region::find(next).is_some() => {
            format!("each former destination has its own clause: write `formerly to {next}` instead")
        }
        Some(Production::encrypted) => {
            "a statement names one key of its clusters: write a statement for each key".to_owned()
        }
        None => "names of clusters are joined by commas: `backup cluster a, b`".to_owned(),
        _ if names::CLAUSES.contains(&next) => "leave it out: clauses follow each other".to_owned(),
        _ => "days, times, tags and principals are joined by commas".to_owned(),
    }
}

/// Said of a word of which nothing better is known.
const NO_CLAUSE: &str = "a clause begins with a word such as `from`, `to`, `daily`, `keep`, `encrypted` or `restore`; \
                         a name of several words needs quotes";

/// Where a time or a zone belongs.
fn behind_schedule(word: &str) -> Option<String> {
    if TimeOfDay::parse(word).is_some() {
        return Some(format!("a time follows its schedule: `daily {word} JST`, `every 6h from {word} JST`"));
    }
    zone::find(word)
        .zone()
        .map(|_| format!("a zone follows its time: `daily 01:00 {word}`, `every 6h from 01:00 {word}`"))
}

/// Words that begin a clause wherever one may stand.
fn clauses() -> impl Iterator<Item = &'static str> {
    names::CLAUSES.iter().copied().filter(|word| usage(word).is_none())
}

/// Whether a word is nearly one that begins a clause; short words are near too much.
fn resembles_clause(word: &str) -> bool {
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
        "at" => "it follows a schedule: `hourly at :15`, `daily at 01:00 JST`",
        "within" => "it follows `start` and `complete`: `start within 1h`",
        "by" => "it follows `encrypted`: `encrypted by KEY`",
        "per" | "statement" => "it follows `stacks`: `stacks per statement`",
        "last" => "it follows `monthly`: `monthly last 01:00 JST`",
        "forever" => "it follows `keep`: `keep forever`",
        "since" => "it follows `formerly to`: `formerly to REGION keep 30d since 2026-11-26`",
        "cluster" | "clusters" => "it follows `backup`; names are joined by commas: `backup cluster a, b`",
        _ => return None,
    })
}
