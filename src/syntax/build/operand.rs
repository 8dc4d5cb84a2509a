//! One operand behind its keyword, and what is said when it is missing or wrong.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "pest has a variant for every production, and each place wants few"
)]

use pest::iterators::Pair;

use super::{Builder, Production, repeated, written};
use crate::aws::name::NameKind;
use crate::kind;
use crate::source::{Span, Spanned};
use crate::syntax::ast::Operand;
use crate::syntax::quantity;
use crate::syntax::rules::{E0006, E0007, E0008, E0012};
use crate::time::calendar::Weekday;
use crate::time::zone;

/// The pairs that are still to read.
pub(super) type Pairs<'a, 'p> = &'a mut std::iter::Peekable<pest::iterators::Pairs<'p, Production>>;

/// Name of a clause, and what it needs behind it.
pub(super) type Needs = (&'static str, &'static str);

pub(super) const RETENTION: &str = "a retention such as `7d`, `5w`, `1y` or `forever`";

pub(super) const KEEP: Needs = ("keep", RETENTION);

impl Builder<'_> {
    /// The words of a clause, one or two, and one operand; the second word may be missing.
    pub(super) fn behind_words(&mut self, pairs: Pairs<'_, '_>, keyword: Span, (clause, what): Needs) -> Operand {
        pairs.next();
        let Some((first, second)) = clause.split_once(' ') else { return self.operand(pairs, keyword, clause, what) };
        if let Some(second) = pairs.next_if(|pair| is_keyword(pair.as_rule())) {
            return self.operand(pairs, keyword.to(self.span(&second)), clause, what);
        }
        let finding = E0008.at(keyword, format!("`{first}` is written `{clause}`"));
        let finding = finding.label(format!("`{second}` is missing"));
        self.report(match first {
            "schedule" => finding.help("a schedule itself stands alone: `daily 01:00 JST`"),
            _ => finding,
        });
        pairs.next();
        None
    }

    /// A part of a clause, which a word begins, in its slot; one that is there already is reported.
    pub(super) fn part(&mut self, part: Pair<'_, Production>, slot: &mut Operand, (clause, what): Needs) {
        let span = self.trimmed(&part);
        if let Some(first) = slot {
            self.sink.push(repeated(clause, span, first.span));
            return;
        }
        let mut pairs = part.into_inner().peekable();
        pairs.next();
        *slot = self.operand(&mut pairs, span, clause, what);
    }

    /// A clause of keywords alone.
    pub(super) fn words(&mut self, pairs: Pairs<'_, '_>, keyword: Span, count: usize, clause: &str) {
        if pairs.count() < count {
            let first = clause.split(' ').next().unwrap_or(clause);
            self.report(E0008.at(keyword, format!("`{first}` is written `{clause}`")));
        }
    }

    pub(super) fn operand(&mut self, pairs: Pairs<'_, '_>, keyword: Span, clause: &str, what: &str) -> Operand {
        let is_filler = |pair: &Pair<'_, _>| matches!(pair.as_rule(), Production::filler | Production::region_filler);
        if let (Some(filler), Some(next)) = (pairs.next_if(is_filler), pairs.peek()) {
            self.filler(&filler, clause, next);
        }
        let Some(pair) = pairs.next() else {
            self.missing(keyword, &format!("`{clause}` needs {what} behind it"), what);
            return None;
        };
        self.value(pair, clause, what)
    }

    /// The word in an operand; a wrong one is reported.
    pub(super) fn value(&mut self, pair: Pair<'_, Production>, clause: &str, what: &str) -> Operand {
        let span = self.span(&pair);
        let text = pair.as_str().to_owned();
        let production = pair.as_rule();
        match production {
            Production::quoted => Some(Spanned::new(unquoted(&text).to_owned(), span)),
            Production::unclosed => {
                self.unclosed(span);
                None
            }
            // Behind these no clause can begin, so that a keyword is the name.
            Production::reserved if NAMES.iter().any(|(of, _, alone)| *of == clause && *alone) => {
                Some(Spanned::new(text, span))
            }
            Production::reserved => {
                self.report(
                    E0006
                        .at(span, format!("`{text}` is a keyword, but `{clause}` needs {what} here"))
                        .help(format!("if it is the name, write it in quotes: `\"{text}\"`")),
                );
                None
            }
            Production::malformed if is_answered_as_a_name(clause, &text) => Some(Spanned::new(text, span)),
            Production::malformed | Production::apart | Production::malformed_time | Production::apart_time => {
                self.malformed(span, &text, clause, what);
                None
            }
            _ => match pair.into_inner().next() {
                Some(inner) if !matches!(inner.as_rule(), Production::text) => self.value(inner, clause, what),
                _ => Some(Spanned::new(text, span)),
            },
        }
    }

    pub(super) fn malformed(&mut self, span: Span, text: &str, clause: &str, what: &str) {
        let finding = E0012.at(span, format!("`{text}` is not {what}"));
        let length = LENGTHS.iter().find(|(clauses, ..)| clauses.contains(&clause));
        self.report(match length {
            _ if what.starts_with("a time such") && is_year(text) && ["monthly", "yearly"].contains(&clause) => {
                finding.help("a schedule has no year: leave it out")
            }
            _ if what.starts_with("a time such") => finding.help(quantity::times(text).map_or_else(
                || "write hours and minutes by the clock of 24 hours: `13:30`".to_owned(),
                |time| format!("write `{time}`"),
            )),
            Some(_) if clause == "keep" && quantity::is_count(text) => finding.help(
                "AWS Backup keeps recovery points for a length of time, whatever their number: write for how long, in \
                 days, weeks of 7 days or years of 365 days",
            ),
            Some((_, letters, otherwise)) => {
                let schedule = written::every(text, &self.words_behind).filter(|_| clause == "every");
                let schedule = schedule.map(|schedule| format!("write `{schedule}`"));
                finding.help(schedule.unwrap_or_else(|| length_help(text, letters, otherwise)))
            }
            None if clause == "hourly" => finding.help(written::minute(text).map_or_else(
                || "write minutes past the hour, such as `hourly at :15`".to_owned(),
                |schedule| format!("write `{schedule}`"),
            )),
            None if clause == "since" => finding.help(since_help(text)),
            None => finding.help(quotes_help(text)),
        });
    }

    /// The rest of the line is in the quote, whatever it was meant to be.
    pub(super) fn unclosed(&mut self, span: Span) {
        self.stray = true;
        self.report(E0007.at(span, "this quote is not closed on its line").help("close it with `\"` on the same line"));
    }

    pub(super) fn missing(&mut self, keyword: Span, message: &str, what: &str) {
        let finding = E0008.at(keyword, message.to_owned()).label(format!("{what} is missing"));
        // Quotes are for names and texts.
        let quoted = self.behind.take_if(|word| word.node.starts_with('"'));
        self.report(match quoted {
            Some(word) => finding.help(format!("write it without quotes: `{}`", unquoted(&word.node))),
            None => finding,
        });
    }

    /// What is missing at the end of a clause; the word that stands there instead is shown. `time` is what is said of
    /// a time and its zone.
    pub(super) fn missing_at_end(&mut self, keyword: Span, message: String, what: &str, time: &str) {
        let finding = E0008.at(keyword, message).label(format!("{what} is missing"));
        let behind = self.behind.take();
        self.report(match behind {
            Some(word) if what.starts_with("a day of the week") && Weekday::named(&word.node).is_some() => finding
                .related(word.span, "this is a day")
                .help(format!("write the day in front of the time: `weekly {} {time}`", word.node)),
            Some(word) if what.starts_with("a time") && zone::find(&word.node).zone().is_some() => finding
                .related(word.span, "this is a zone")
                .help(format!("write the time, and the zone behind it: `{time}`")),
            Some(word) if word.node.starts_with('"') => {
                finding.help(format!("write it without quotes: `{}`", unquoted(&word.node)))
            }
            Some(word) => finding.related(word.span, format!("`{}` is something else", word.node)),
            None => finding,
        });
    }
}

/// Whether four digits are a year where one may be meant.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.starts_with("20") && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Clauses with a name behind them, what it names, and whether nothing but a name can stand there, so that
/// a keyword is one.
const NAMES: &[(&str, NameKind, bool)] = &[
    ("system", NameKind::System, true),
    ("key", NameKind::KeyAlias, true),
    ("vault", NameKind::Vault, true),
    ("named", NameKind::Rule, true),
    ("called", NameKind::Plan, true),
    ("plan", NameKind::Plan, true),
    ("selection", NameKind::Selection, true),
    ("role", NameKind::Role, true),
    ("encrypted by", NameKind::KeyAlias, false),
];

/// What the name behind a clause names.
fn named_by(clause: &str) -> Option<NameKind> {
    let of_resource = clause.strip_prefix("backup ").and_then(kind::find).map(|kind| kind.name);
    let of_setting = || kind::setting(clause).map(|setting| setting.name);
    of_resource.or_else(of_setting).or_else(|| NAMES.iter().find(|(of, ..)| *of == clause).map(|(_, kind, _)| *kind))
}

/// Whether a malformed word would be no better in quotes: why it is no name is said with the other names.
fn is_answered_as_a_name(clause: &str, word: &str) -> bool {
    // A pattern needs no quotes, whatever it holds; whether a word is an account or a principal is decided with the names.
    ["restore as", "account", "admin"].contains(&clause) || named_by(clause).is_some_and(|kind| !kind.accepts(word))
}

/// Why a name that could be one needs quotes.
fn quotes_help(name: &str) -> String {
    match name.chars().next() {
        Some(first) if !first.is_ascii_alphanumeric() => {
            format!("a name that begins with `{first}` needs quotes: `\"{name}\"`")
        }
        _ => format!("other characters than letters, digits, `_`, `.` and `-` need quotes: `\"{name}\"`"),
    }
}

/// Clauses that need a length of time, the units that they take and what is said of another word.
const LENGTHS: &[(&[&str], &str, &str)] = &[
    (&["keep"], "dwy", "write whole days, weeks of 7 days or years of 365 days, or `forever`"),
    (
        &["start within", "complete within", "rpo"],
        "mhdwy",
        "write minutes, hours, days or weeks with their unit: `90m`, `1h30m`, `1d`",
    ),
    (&["rotate every"], "d", "write a number of days: `365d`"),
    (&["every"], "h", "write hours, or another schedule: `every 6h`, `hourly`, `daily 01:00 JST`"),
];

/// What to write for a day since when something holds.
fn since_help(text: &str) -> String {
    let dates: Vec<String> = written::dates(text).iter().map(|date| format!("`since {date}`")).collect();
    if dates.is_empty() {
        return "write year, month and day, such as `since 2026-11-26`".to_owned();
    }
    format!("write {}", dates.join(" or "))
}

/// What to write for a length of time.
fn length_help(text: &str, letters: &str, otherwise: &str) -> String {
    if let Some(help) = quantity::length(text, letters) {
        return help;
    }
    let number = text.split_whitespace().next().unwrap_or("");
    let has_unit = quantity::length(text, "mhdwy").is_some();
    if has_unit || number.is_empty() || number.contains(|c: char| !c.is_ascii_digit()) {
        return otherwise.to_owned();
    }
    let with: Vec<String> = letters.chars().take(3).map(|letter| format!("`{number}{letter}`")).collect();
    format!("write the unit, such as {}", with.join(", "))
}

pub(super) fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

pub(super) fn is_keyword(production: Production) -> bool {
    matches!(production, Production::WITHIN | Production::BY | Production::EVERY | Production::IN | Production::BACKUP)
}
