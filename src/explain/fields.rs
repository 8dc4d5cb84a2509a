//! What a point says, label by label, as the formats for people write it.

use std::collections::BTreeSet;

use super::{Clause, KnownFrom, Language, Place, Point};
use crate::origin::{Reason, Sentence};
use crate::resolve::LANGUAGE_DEFAULTS_NAME;

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
    /// The page that says so.
    Page,
    /// Where AWS's error text was seen.
    Quoted,
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
            Self::Page => language.say("page", "資料"),
            Self::Quoted => language.say("quoted", "引用元"),
        }
    }
}

/// How a format marks what it is given.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    /// A text in which nothing is to mean anything to the format.
    pub(super) text: fn(&str) -> String,
    /// A value, or a place in a file.
    pub(super) code: fn(&str) -> String,
    /// Words of a spec among others.
    pub(super) quoted: fn(&str) -> String,
}

/// The reasons that have been told in full, so that they are only reminded of afterwards.
#[derive(Debug, Default)]
pub(super) struct Told {
    reasons: BTreeSet<Reason>,
    sources: BTreeSet<KnownFrom>,
    notes: BTreeSet<Sentence>,
    quotes: BTreeSet<&'static str>,
}

impl Told {
    /// Whether a reason is told for the first time; it counts as told then.
    pub(super) fn is_new(&mut self, reason: Reason) -> bool {
        self.reasons.insert(reason)
    }

    /// What is known from where: with its page when it is named first.
    pub(super) fn known(&mut self, sources: &[KnownFrom], language: Language) -> Option<String> {
        let named = sources.iter().map(|source| {
            let name = language.pick(source.name());
            match source.page().filter(|_| self.sources.insert(*source)) {
                Some(page) => format!("{name} <{page}>"),
                None => name.to_owned(),
            }
        });
        let named: Vec<String> = named.collect();
        (!named.is_empty()).then(|| language.list(&named))
    }

    /// A note in full when it is told first, and its beginning afterwards.
    pub(super) fn note(&mut self, note: Sentence, language: Language) -> String {
        let text = language.pick(note);
        if self.notes.insert(note) { text.to_owned() } else { beginning(text, language) }
    }

    /// Where the error texts of a reason were seen, those that were named already left out.
    pub(super) fn quoted(&mut self, reason: Reason) -> Vec<&'static str> {
        let mut pages: Vec<&str> = reason.quotes().map(|quote| quote.source).collect();
        pages.dedup();
        pages.retain(|page| self.quotes.insert(page));
        pages
    }
}

/// The first sentence of a text, with a mark that there is more of it.
pub(super) fn reminder(text: &str, language: Language) -> String {
    let end = language.say(". ", "。");
    match text.split_once(end) {
        Some((first, rest)) if !rest.is_empty() => format!("{first}{} …", language.say(".", "。")),
        _ => text.to_owned(),
    }
}

/// The first part of a note.
fn beginning(text: &str, language: Language) -> String {
    let end = language.say("; ", "。");
    text.split_once(end).map_or_else(|| text.to_owned(), |(first, _)| format!("{first} …"))
}

/// The lines of a point, those of its parts not included. Clauses and places are marked; a text may
/// hold code between backquotes.
pub(super) fn fields(point: &Point, language: Language, told: &mut Told, marks: Marks) -> Vec<(Label, String)> {
    let mut lines: Vec<(Label, String)> = point.facts.iter().map(|fact| (Label::Fact, fact.clone())).collect();
    let mut pages: Vec<&str> = Vec::new();
    let mut quoted: Vec<&str> = Vec::new();
    for cause in &point.causes {
        if !told.is_new(cause.reason) {
            // What has parts is reminded of by them.
            if point.points.is_empty() {
                lines.push((Label::Why, reminder(cause.why, language)));
            }
            continue;
        }
        lines.push((Label::Why, cause.why.to_owned()));
        lines.push((Label::Without, cause.without.to_owned()));
        if !pages.contains(&cause.source) {
            pages.push(cause.source);
        }
        quoted.extend(told.quoted(cause.reason));
    }
    if !point.phases.is_empty() {
        let phases: Vec<String> = point.phases.iter().map(|phase| language.phase(*phase).to_owned()).collect();
        lines.push((Label::When, language.list(&phases)));
    }
    lines.extend(told.known(&point.known_from, language).map(|known| (Label::Known, known)));
    lines.extend(point.notes.iter().map(|note| (Label::Note, told.note(*note, language))));
    let clause = |clause: &Clause, language| self::clause(clause, language, marks);
    lines.extend(some(&point.clauses, language, clause).map(|line| (Label::Clause, line)));
    let place = |place: &Place, _| (marks.code)(&format!("{}:{}", place.file, place.line));
    lines.extend(some(&point.places, language, place).map(|line| (Label::Place, line)));
    lines.extend(pages.into_iter().map(|page| (Label::Page, page.to_owned())));
    lines.extend(quoted.into_iter().map(|page| (Label::Quoted, page.to_owned())));
    lines
}

fn some<'a, T>(
    items: &'a [T],
    language: Language,
    say: impl Fn(&T, Language) -> String + 'a,
) -> impl Iterator<Item = String> + 'a {
    let more = items.len().saturating_sub(NAMED);
    let rest = (more > 0).then(|| language.say(format!("and {more} more"), format!("ほか {more} 件")));
    items.iter().take(NAMED).map(move |item| say(item, language)).chain(rest)
}

fn clause(clause: &Clause, language: Language, marks: Marks) -> String {
    let is_default = clause.file == LANGUAGE_DEFAULTS_NAME;
    let file = if is_default { language.say(LANGUAGE_DEFAULTS_NAME, "<言語の既定値>") } else { &clause.file };
    let position = (marks.code)(&format!("{file}:{}:{}", clause.line, clause.column));
    let level = language.level(clause.level);
    if clause.text.is_empty() {
        format!("{position} ({level})")
    } else {
        format!("{position} {} ({level})", (marks.quoted)(&clause.text))
    }
}

/// Subject, values and what it is part of, on one line.
pub(super) fn heading(point: &Point, language: Language, marks: Marks) -> String {
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
