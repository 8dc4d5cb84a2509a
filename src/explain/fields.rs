//! What a point says, label by label, as the formats for people write it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Cause, KnownFrom, Language, LocatedClause, Point, TemplatePlace};
use crate::reason::Reason;
use crate::source::LANGUAGE_DEFAULTS_NAME;
use crate::spec::Level;

/// How many places or clauses are named before they are only counted.
const NAMED: usize = 4;

/// What a line of a point is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// What follows from it.
    Fact,
    /// Why it is there.
    Why,
    /// What breaks without it.
    Without,
    /// When AWS Backup needs it.
    When,
    /// Which clause asked for it.
    Clause,
    /// Where it stands.
    Place,
    /// Where the need is known from.
    Known,
    /// What is disputed about it.
    Note,
}

impl Label {
    /// The word for it; facts have none.
    pub(super) fn word(self, language: Language) -> &'static str {
        match self {
            Self::Fact => "",
            Self::Why => language.say("why", "理由"),
            Self::Without => language.say("without", "ない場合"),
            Self::When => language.say("when", "段階"),
            Self::Clause => language.say("clause", "指定"),
            Self::Place => language.say("where", "場所"),
            Self::Known => language.say("known", "根拠"),
            Self::Note => language.say("note", "補足"),
        }
    }
}

/// How a format marks what it is given.
#[derive(Clone, Copy)]
pub(super) struct Marks<'m> {
    /// A text in which nothing is to mean anything to the format.
    pub(super) text: &'m dyn Fn(&str) -> String,
    /// A value, or a place in a file.
    pub(super) code: &'m dyn Fn(&str) -> String,
    /// The words of a clause among others.
    pub(super) clause: &'m dyn Fn(&LocatedClause) -> String,
    /// A page by its number, where it is referred to.
    pub(super) page: &'m dyn Fn(usize, &str) -> String,
}

/// What has been told, so that nothing is told twice, and the pages that were referred to.
#[derive(Debug, Default)]
pub(super) struct Told {
    /// Each reason, with the point that told it.
    reasons: BTreeMap<&'static Reason, String>,
    notes: BTreeSet<&'static str>,
    pages: Vec<&'static str>,
    /// The point that is being told.
    current: String,
    /// What the point that is being told has referred to already.
    referred: BTreeSet<&'static Reason>,
}

impl Told {
    /// Begins with a point that is part of no other.
    pub(super) fn begin(&mut self, point: &Point) {
        let value = match point.values.as_slice() {
            [value] if point.sid.is_none() && !value.contains(' ') => Some(value),
            _ => None,
        };
        let of = point.of.as_ref().filter(|of| point.sid.is_none() && value.is_none_or(|value| !value.contains(*of)));
        self.current = match (of, value) {
            (Some(of), _) => format!("{} ({of})", point.subject),
            (None, Some(value)) => format!("{}: {value}", point.subject),
            (None, None) => point.subject.clone(),
        };
        self.referred.clear();
    }

    /// A page, marked by its number: its place among those that were referred to, from one on.
    fn page(&mut self, page: &'static str, marks: Marks<'_>) -> String {
        let known = self.pages.iter().position(|known| *known == page);
        let index = known.unwrap_or(self.pages.len());
        if known.is_none() {
            self.pages.push(page);
        }
        (marks.page)(index + 1, page)
    }

    /// The pages that were referred to, in the order of their numbers.
    pub(super) fn pages(&self) -> impl Iterator<Item = (usize, &'static str)> {
        (1..).zip(self.pages.iter().copied())
    }
}

/// What of a point is read before its parts: why it is there, what follows, and who asked for it. Marked as the
/// format wants it.
pub(super) fn opening(point: &Point, language: Language, told: &mut Told, marks: Marks<'_>) -> Vec<(Label, String)> {
    let causes = point.causes.iter().filter(|cause| !is_closing(point, cause));
    let mut lines: Vec<_> = causes.flat_map(|cause| why(cause, language, told, marks)).collect();
    lines.extend(point.facts.iter().map(|fact| (Label::Fact, (marks.text)(fact))));
    let clause = |clause: &LocatedClause| self::clause(clause, language, marks);
    lines.extend(some(&point.clauses, language, clause).map(|line| (Label::Clause, line)));
    lines
}

/// What of a point is read after its parts: how these are put together, when it is needed, how that is known, and
/// where it stands.
pub(super) fn closing(point: &Point, language: Language, told: &mut Told, marks: Marks<'_>) -> Vec<(Label, String)> {
    let causes =
        point.causes.iter().filter(|cause| is_closing(point, cause) && !told.reasons.contains_key(cause.reason));
    let causes: Vec<&Cause> = causes.collect();
    let mut lines: Vec<_> = causes.into_iter().flat_map(|cause| why(cause, language, told, marks)).collect();
    // Of a whole they are those of its parts.
    if !point.phases.is_empty() && point.points.iter().all(|part| part.phases.is_empty()) {
        let phases: Vec<&str> = point.phases.iter().map(|phase| language.pick(phase.words())).collect();
        lines.push((Label::When, (marks.text)(&language.list(&phases))));
    }
    lines.extend(known(&point.known_from, language, told, marks).map(|known| (Label::Known, known)));
    for note in &point.notes {
        if told.notes.insert(*note) {
            lines.push((Label::Note, (marks.text)(note)));
        }
    }
    lines.extend(places(&point.places, language, marks).into_iter().map(|line| (Label::Place, line)));
    lines
}

/// Places, those in one file on one line.
fn places(places: &[TemplatePlace], language: Language, marks: Marks<'_>) -> Vec<String> {
    let mut files: Vec<(&str, Vec<usize>)> = Vec::new();
    for place in places {
        match files.iter_mut().find(|(file, _)| *file == place.file) {
            Some((_, lines)) if lines.contains(&place.line) => {}
            Some((_, lines)) => lines.push(place.line),
            None => files.push((&place.file, vec![place.line])),
        }
    }
    let of_file = |(file, lines): &(&str, Vec<usize>)| {
        let numbers: Vec<String> = lines.iter().take(NAMED).map(usize::to_string).collect();
        let place = (marks.code)(&format!("{file}:{}", numbers.join(", ")));
        [Some(place), more(lines.len(), language)].into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    some(&files, language, of_file).collect()
}

/// What a whole shares with none of its parts is how they are put together.
pub(super) fn is_closing(point: &Point, cause: &Cause) -> bool {
    let mut parts = point.points.iter().flat_map(|part| &part.causes);
    !point.points.is_empty() && parts.all(|of_part| of_part.reason != cause.reason)
}

/// A reason with the numbers of its pages where it is told first, and afterwards who told it.
fn why(cause: &Cause, language: Language, told: &mut Told, marks: Marks<'_>) -> Vec<(Label, String)> {
    if let Some(by) = told.reasons.get(cause.reason) {
        if *by == told.current || !told.referred.insert(cause.reason) {
            return Vec::new();
        }
        let as_there = language.say(format!("as for {by}"), format!("{by} と同じ"));
        return vec![(Label::Why, (marks.text)(&as_there))];
    }
    told.reasons.insert(cause.reason, told.current.clone());
    let mut seen: Vec<&str> = cause.reason.quotes().map(|quote| quote.source).collect();
    seen.dedup();
    let mut with = |text: &str, pages: &[&'static str]| {
        let pages = pages.iter().map(|page| told.page(page, marks));
        std::iter::once((marks.text)(text)).chain(pages).collect::<Vec<_>>().join(" ")
    };
    vec![(Label::Why, with(cause.why, &[cause.reason.page])), (Label::Without, with(cause.without, &seen))]
}

/// What is known from where, each with the number of its page.
fn known(sources: &[KnownFrom], language: Language, told: &mut Told, marks: Marks<'_>) -> Option<String> {
    let named = sources.iter().map(|source| {
        let name = (marks.text)(source.name);
        match source.page {
            Some(page) => format!("{name} {}", told.page(page, marks)),
            None => name,
        }
    });
    let named: Vec<String> = named.collect();
    (!named.is_empty()).then(|| language.list(&named))
}

/// The heading of the list of pages.
pub(super) fn pages_title(language: Language) -> &'static str {
    language.say("Pages", "参照ページ")
}

fn some<'a, T>(
    items: &'a [T],
    language: Language,
    say: impl Fn(&T) -> String + 'a,
) -> impl Iterator<Item = String> + 'a {
    items.iter().take(NAMED).map(say).chain(more(items.len(), language))
}

/// How many of a number of things are not named.
fn more(count: usize, language: Language) -> Option<String> {
    let more = count.saturating_sub(NAMED);
    (more > 0).then(|| language.say(format!("and {more} more"), format!("ほか {more} 件")))
}

/// The name of a file for the reader; that of the language's own defaults is none of a file.
pub(super) fn file(name: &str, language: Language) -> &str {
    if name == LANGUAGE_DEFAULTS_NAME { language.say(name, "<言語の既定値>") } else { name }
}

fn clause(clause: &LocatedClause, language: Language, marks: Marks<'_>) -> String {
    let file = file(&clause.file, language);
    let position = (marks.code)(&format!("{file}:{}:{}", clause.line, clause.column));
    let level = level(clause.level, language);
    if clause.text.is_empty() {
        format!("{position} ({level})")
    } else {
        format!("{position} {} ({level})", (marks.clause)(clause))
    }
}

/// Who decided.
fn level(level: Level, language: Language) -> &'static str {
    match level {
        Level::Rule => language.say("written in the rule", "ルールに記載"),
        Level::Statement => language.say("written in the statement", "文に記載"),
        Level::Item => language.say("written for the whole file", "ファイル全体の指定"),
        Level::Defaults => language.say("inherited from `defaults`", "`defaults` から継承"),
        Level::Language => language.say("the language's default", "言語の既定値"),
        Level::Derived => language.say("derived from what is written here", "この記載から自動決定"),
        Level::DerivedFromDefaults => {
            language.say("derived from what `defaults` says here", "`defaults` のこの記載から自動決定")
        }
    }
}

/// How much a section holds.
pub(super) fn points(count: usize, language: Language) -> String {
    match count {
        1 => language.say("1 point".to_owned(), "1 項目".to_owned()),
        _ => language.say(format!("{count} points"), format!("{count} 項目")),
    }
}

/// Subject, values and what it is part of, on one line.
pub(super) fn heading(point: &Point, language: Language, marks: Marks<'_>) -> String {
    let mut plain = point.subject.clone();
    let mut heading = (marks.text)(&point.subject);
    if let [value] = point.values.as_slice() {
        plain = format!("{plain}: {value}");
        heading = format!("{heading}: {}", (marks.code)(value));
    }
    match &point.of {
        Some(of) if !plain.contains(of.as_str()) => {
            let of = (marks.text)(of);
            language.say(format!("{heading} ({of})"), format!("{heading} — {of}"))
        }
        _ => heading,
    }
}

/// Values that do not fit into the heading.
pub(super) fn listed(point: &Point) -> &[String] {
    if point.values.len() > 1 { &point.values } else { &[] }
}
