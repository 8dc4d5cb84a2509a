//! Words that mean nothing where they stand.

use pest::iterators::Pair;

use super::{Builder, Production, written};
use crate::aws::region;
use crate::kind;
use crate::source::{Span, Spanned};
use crate::suggest::nearest;
use crate::syntax::ast::Word;
use crate::syntax::names::elsewhere;
use crate::syntax::names::later;
use crate::syntax::rules::{E0005, E0011};
use crate::syntax::{clause, names};
use crate::time::calendar::TimeOfDay;
use crate::time::length::Minutes;

impl Builder<'_> {
    pub(super) fn unknown_item(&mut self, pair: &Pair<'_, Production>) {
        let (span, word) = (self.span(pair), pair.as_str());
        if elsewhere::is_phrase(word, behind(pair).next().unwrap_or("")) {
            self.clause_in_first_column(span, word, elsewhere::advice(word, behind(pair)).unwrap_or_default());
            return;
        }
        if self.later(span, word, later::clause(word)) {
            return;
        }
        if clause::is_keyword(word) {
            if words_of(pair).any(|word| self.later(span, word, later::clause(word))) {
                return;
            }
            let help = match elsewhere::advice(word, []) {
                Some(advice) => advice,
                None => format!(
                    "write it below the item that it belongs to, such as `{}`, indented",
                    clause::home(pair.as_span().get_input()).example()
                ),
            };
            self.clause_in_first_column(span, word, help);
            return;
        }
        if self.later(span, word, later::kind(word)) {
            return;
        }
        let finding = E0005.at(span, format!("`{word}` begins no item"));
        self.sink.push(if kind::find(word).is_some() {
            finding.help(format!("write `backup` before it: `backup {word} NAME`"))
        } else {
            finding
                .suggest(nearest(word, names::ITEMS.iter().copied()))
                .help(format!("an item begins with one of {}", names::ITEMS.join(", ")))
        });
    }

    fn clause_in_first_column(&mut self, span: Span, word: &str, help: String) {
        self.sink
            .push(E0011.at(span, format!("`{word}` begins no item")).label("starts in the first column").help(help));
    }

    /// Whether a word begins an item, which has lost its place in the first column; this is reported.
    fn is_item(&mut self, pair: &Pair<'_, Production>) -> bool {
        let (span, word) = (self.span(pair), pair.as_str());
        let is_backup = self.head == Production::backup;
        let span_of = pair.as_span();
        let is_key = span_of.get_input().get(span_of.end()..).is_some_and(|rest| rest.trim_start().starts_with('='));
        // `key`, and `account` in a statement, are words of a place too: another line would change what they mean.
        let is_item = word != "key" && (word != "account" || !is_backup) && names::ITEMS.contains(&word) && !is_key;
        if is_item {
            let help = if before(pair).is_empty() {
                "begin its line in the first column".to_owned()
            } else {
                let own = words_of(pair).nth(1).filter(|_| matches!(word, "system" | "account"));
                let own = own.map_or(word.to_owned(), |own| format!("{word} {own}"));
                format!("write `{own}` on a line of its own, in the first column")
            };
            self.report(E0011.at(span, format!("`{word}` begins an item, but not in the first column")).help(help));
        }
        is_item
    }

    /// Whether a word goes on with the name of an item, which is one word; this is reported.
    fn is_second_word_of_name(&mut self, pair: &Pair<'_, Production>, previous: Option<Production>) -> bool {
        let (span, word) = (self.span(pair), pair.as_str());
        let what = match self.head {
            Production::system => "system",
            Production::key_item => "key",
            _ => return false,
        };
        let line = before(pair).trim_end();
        let Some(name) = line.strip_prefix(what).map(str::trim_start) else { return false };
        let is_known = elsewhere::is_known(word, behind(pair)) || later::clause(word).is_some();
        let is_word =
            word == what || !is_known && is_free(word) && !names::ITEMS.contains(&word) && !JOINING.contains(&word);
        let is_name = previous.is_none() && name.ends_with(|c: char| c.is_ascii_alphanumeric()) && is_word;
        if is_name {
            let joined: Vec<&str> = name.split_whitespace().chain([word]).collect();
            let help = format!("the name of a {what} is one word, such as `{}`", joined.join("-"));
            self.meaningless(span, word, help);
        }
        is_name
    }

    /// A word that begins no clause, in or at the beginning of a run of such words; `false` when what follows
    /// does not belong to this item, or to what is not built yet.
    pub(super) fn stray_in_run(
        &mut self,
        pair: &Pair<'_, Production>,
        previous: Option<Production>,
        in_run: bool,
    ) -> bool {
        self.stray = true;
        if !in_run && (self.was_later(pair, previous) || self.is_second_word_of_name(pair, previous)) {
            return false;
        }
        if !in_run && self.is_behind_kind(pair, previous) {
            return true;
        }
        if self.is_item(pair) {
            return false;
        }
        // A key and more clusters behind it: what follows is another statement.
        let is_another = pair.as_str() == "," && previous == Some(Production::encrypted);
        let is_another = is_another && !in_run && words_of(pair).any(|word| word == "encrypted");
        // `restore` and its schedule belong to `test`.
        let is_test = !in_run && pair.as_str() == "test";
        if !in_run || resembles_clause(pair.as_str()) {
            self.stray(pair, previous);
        }
        !is_test && !is_another
    }

    /// The word in a pair that begins no clause.
    pub(super) fn stray_word(&self, pair: &Pair<'_, Production>) -> Option<Word> {
        let is_word = pair.as_rule() == Production::stray && pair.as_str() != ",";
        is_word.then(|| Spanned::new(pair.as_str().to_owned(), self.span(pair)))
    }

    /// Reports a word that begins no clause, behind a clause or, where there is none, behind the head.
    fn stray(&mut self, pair: &Pair<'_, Production>, previous: Option<Production>) {
        let (span, text) = (self.span(pair), pair.as_str());
        self.broken = true;
        if self.is_later(pair, previous) {
            return;
        }
        if pair.clone().into_inner().next().is_some_and(|inner| inner.as_rule() == Production::unclosed) {
            self.unclosed(span);
            return;
        }
        if let Some(help) = written::schedule_behind(pair) {
            self.time_in_front = true;
            self.meaningless(span, text, help);
            return;
        }
        let finding = match text {
            "," | ";" if previous == Some(Production::encrypted) => E0005
                .at(span, format!("a statement names one key of its {}", self.resources()))
                .help(format!("write a statement for each key, with the {} that it encrypts", self.resources())),
            "," => E0005.at(span, "this comma joins nothing").help(self.joined(previous, pair, behind(pair).next())),
            "=" => E0005.at(span, "this `=` joins nothing").help("a tag is written `tags key=value`"),
            _ => {
                let finding = E0005.at(span, format!("`{text}` means nothing here"));
                match self.meant(pair, previous) {
                    Some(help) => finding.help(help),
                    None => match nearest(text, clause::beginnings()).filter(|near| is_guess(text, near)) {
                        Some(near) => finding.suggest(Some(near)),
                        None => finding.help(NO_CLAUSE),
                    },
                }
            }
        };
        self.sink.push(finding);
    }

    /// Whether a word, or the one that it leads in, asks for something that is not built yet; this is reported.
    fn is_later(&mut self, pair: &Pair<'_, Production>, previous: Option<Production>) -> bool {
        let (span, text) = (self.span(pair), pair.as_str());
        let next = words_of(pair).nth(1).unwrap_or("");
        let is_led_in = matches!(text, "in" | "with" | "vault") && later::clause(next).is_some();
        let (phrase, word) = if is_led_in { (format!("{text} {next}"), next) } else { (text.to_owned(), text) };
        if elsewhere::is_phrase(text, next) || self.is_second_word_of_resource(pair, previous) {
            return false;
        }
        let kind = later::kind(text).filter(|_| nearest(text, clause::beginnings()).is_none());
        let clause = later::clause(word).filter(|_| preposition(previous, text, next).is_none()).or(kind);
        self.later(span, &phrase, clause)
    }

    /// What to write for a word, where more is known of it than what it resembles.
    fn meant(&self, pair: &Pair<'_, Production>, previous: Option<Production>) -> Option<String> {
        let word = pair.as_str();
        if JOINING.contains(&word) {
            return Some(self.joined(previous, pair, behind(pair).next()));
        }
        let next = behind(pair).next().unwrap_or("");
        if word == "at" && previous == Some(Production::schedule) && TimeOfDay::parse(next).is_some() {
            let schedule = written::schedule(text_before(pair)).map_or("every 6h".to_owned(), |(schedule, _)| schedule);
            return Some(format!("write `from {next}` instead: `{schedule} from {}`", written::own_time(pair)));
        }
        if Minutes::parse(word).is_some() {
            return Some("a length of time is one word behind its keyword, such as `rpo 1h30m`".to_owned());
        }
        preposition(previous, word, next)
            .or_else(|| behind_called(pair))
            .or_else(|| elsewhere::advice(word, behind(pair)).map(|said| written::with_own_time(&said, pair)))
            .or_else(|| written::behind_schedule(pair))
            .or_else(|| self.unjoined(previous, pair))
    }

    /// Whether the word in front of a pair asks for something that is not built yet and was read as a
    /// name, which the pair shows that it is not; this is reported.
    fn was_later(&mut self, pair: &Pair<'_, Production>, previous: Option<Production>) -> bool {
        let (span, word) = self.word_before(pair);
        let kind = || later::kind(word).filter(|_| previous.is_none());
        let later = later::clause(word).or_else(kind).filter(|_| !before(pair).contains('#'));
        self.later(span, word, later)
    }

    /// The last word of the line in front of a pair, and where it stands.
    pub(super) fn word_before<'p>(&self, pair: &Pair<'p, Production>) -> (Span, &'p str) {
        let line = text_before(pair).trim_end_matches([' ', '\t', '\r']);
        let word = line.rsplit(|c: char| c.is_whitespace() || matches!(c, ',' | '"' | '=')).next().unwrap_or("");
        let end = self.start + line.len();
        (crate::syntax::span(self.file, end - word.len(), end), word)
    }
}

/// The item in front of a pair.
pub(super) fn text_before<'p>(pair: &Pair<'p, Production>) -> &'p str {
    let span = pair.as_span();
    span.get_input().get(..span.start()).unwrap_or("")
}

/// The words of an item in front of a pair.
pub(super) fn words_before<'p>(pair: &Pair<'p, Production>) -> impl Iterator<Item = &'p str> {
    words(text_before(pair))
}

/// The words of an item from a pair on.
pub(super) fn words_of<'p>(pair: &Pair<'p, Production>) -> impl Iterator<Item = &'p str> {
    let span = pair.as_span();
    words(span.get_input().get(span.start()..).unwrap_or(""))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split([' ', '\t', '\r', '\n', ',', '"', '=']).filter(|word| !word.is_empty())
}

/// The words of an item behind a pair.
pub(super) fn behind<'p>(pair: &Pair<'p, Production>) -> impl Iterator<Item = &'p str> {
    words_of(pair).skip(usize::from(!matches!(pair.as_str(), "," | "=")))
}

/// The line of an item in front of a pair.
pub(super) fn before<'p>(pair: &Pair<'p, Production>) -> &'p str {
    text_before(pair).rsplit('\n').next().unwrap_or("").trim_start()
}

/// Words and signs that people join things by.
const JOINING: &[&str] = &["and", "or", "&", "+", ";", "/", "plus"];

/// Whether a word can be a name.
pub(super) fn is_free(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphanumeric())
        && word.chars().all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
        && !clause::is_keyword(word)
        && !resembles_clause(word)
}

/// What to write for a name behind `called` that was read as a name itself.
fn behind_called(pair: &Pair<'_, Production>) -> Option<String> {
    let (before, name) = (text_before(pair).trim_end().strip_suffix("called")?.trim_end(), pair.as_str());
    let keyword = before.rsplit([' ', '\t', '\n']).next().filter(|_| !name.starts_with([',', '=']))?;
    Some(if keyword.ends_with(',') {
        format!("no comma stands in front of what the statement is called: write `called {name}`")
    } else {
        format!("write `{keyword} {name}`")
    })
}

/// What to write instead of a word that stands for `from` or `to` in front of a region.
fn preposition(previous: Option<Production>, word: &str, region: &str) -> Option<String> {
    let preposition = match word {
        "into" | "towards" | "->" | "→" => "to",
        "in" | "at" | "of" if previous.is_none() => "from",
        _ => return None,
    };
    region::named(region).map(|region| format!("write `{preposition} {}`", region.code))
}

/// Said of a word of which nothing better is known.
const NO_CLAUSE: &str = "a clause begins with a word such as `from`, `to`, `daily`, `keep`, `encrypted` or `restore`; \
                         a name of several words needs quotes";

/// Whether a word that begins a clause is meant by one that is near to it: `rto` is no misspelt `rpo`, and letters in
/// front mean something else, as in `nokeep` and `biweekly`.
fn is_guess(word: &str, near: &str) -> bool {
    let before = word.strip_suffix(near).map_or(0, str::len);
    before < 2 && (word.len() > 3 || near.len() != word.len())
}

/// Whether a word is nearly one that begins a clause; short words are near too much.
fn resembles_clause(word: &str) -> bool {
    word.len() > 2 && word.chars().all(char::is_alphabetic) && nearest(word, clause::beginnings()).is_some()
}
