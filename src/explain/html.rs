//! The rationale as one page that needs nothing else: no script, no other file, light and dark.

mod arn;
mod map;
mod policies;
mod retention;
mod scale;
mod svg;
mod timeline;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use super::fields::{Telling, Told, as_for, listed, quoted};
use super::{Cause, Clause, Explanation, Input, Language, Point, Section, SectionKind};
use crate::spec::System;
use arn::Arns;

/// The looks of the page.
const STYLE: &str = include_str!("html/style.css");

/// How many places of a point are named before they are only counted.
const NAMED: usize = 4;

/// Writes the whole page, point after point.
///
/// # Errors
///
/// What is written to fails.
pub fn write(input: &Input<'_>, explanation: &Explanation<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let language = explanation.language;
    let systems = language.list(&explanation.systems);
    let title = language.say(format!("Rationale of {systems}"), format!("{systems} の設計根拠"));
    let arns = Arns { language, own: own(input) };
    let mut page = Page { text: String::new(), language, arns, told: Told::default(), files: files(explanation) };
    // Writing to a String cannot fail.
    let _ = write!(
        page.text,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{}</h1>\n",
        language.code(),
        escaped(&title),
        escaped(&title)
    );
    page.contents(explanation);
    page.specs(input, out)?;
    for section in &explanation.sections {
        page.section(explanation, section, input, out)?;
    }
    page.text.push_str("</main>\n</body>\n</html>\n");
    page.hand_over(out)
}

/// The account that all of it is deployed to, where it is one and known.
fn own<'a>(input: &Input<'a>) -> Option<&'a str> {
    let mut accounts = input.compiled.spec.systems.iter().map(System::known_account);
    let first = accounts.next()?;
    first.filter(|_| accounts.all(|other| other == first))
}

/// The files that clauses stand in, each with its place in the order in which they are first named.
fn files(explanation: &Explanation<'_>) -> BTreeMap<String, usize> {
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for clause in explanation.points().flat_map(|point| point.clauses) {
        let next = files.len();
        files.entry(clause.file).or_insert(next);
    }
    files
}

/// What of the page is not written yet.
struct Page<'a> {
    text: String,
    language: Language,
    arns: Arns<'a>,
    told: Told,
    files: BTreeMap<String, usize>,
}

impl Page<'_> {
    /// Writes what there is of the page.
    fn hand_over(&mut self, out: &mut dyn io::Write) -> io::Result<()> {
        out.write_all(std::mem::take(&mut self.text).as_bytes())
    }

    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Links to the sections.
    fn contents(&mut self, explanation: &Explanation<'_>) {
        let _ = writeln!(self.text, "<nav aria-label=\"{}\"><ul>", self.language.say("Contents", "目次"));
        for section in &explanation.sections {
            let (slug, title) = (section.kind.slug(), section.kind.title(self.language));
            let _ = writeln!(self.text, "<li><a href=\"#{slug}\">{}</a></li>", escaped(title));
        }
        self.push("</ul></nav>\n");
    }

    /// The texts that clauses are linked to, line by line.
    fn specs(&mut self, input: &Input<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let mut files: Vec<(usize, String)> = self.files.iter().map(|(name, index)| (*index, name.clone())).collect();
        files.sort_unstable();
        for (index, name) in files {
            let Some(text) = input.sources.named(&name) else { continue };
            let _ = writeln!(self.text, "<figure class=\"spec\"><figcaption>{}</figcaption><pre>", escaped(&name));
            for (number, line) in text.lines().enumerate() {
                let number = number + 1;
                let _ = writeln!(
                    self.text,
                    "<span class=\"line\" id=\"f{index}-{number}\"><span class=\"number\">{number}</span>{}</span>",
                    escaped(line)
                );
            }
            self.push("</pre></figure>\n");
            self.hand_over(out)?;
        }
        Ok(())
    }

    fn section(
        &mut self,
        explanation: &Explanation<'_>,
        section: &Section<'_>,
        input: &Input<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let (slug, title) = (section.kind.slug(), section.kind.title(self.language));
        let _ = writeln!(self.text, "<section id=\"{slug}\">\n<h2>{}</h2>", escaped(title));
        let spec = &input.compiled.spec;
        match section.kind {
            SectionKind::Stacks => self.push(&map::draw(spec, self.language)),
            SectionKind::Windows => self.push(&timeline::draw(spec, self.language)),
            SectionKind::Retention => self.push(&retention::draw(spec, self.language)),
            SectionKind::RolePolicy => {
                self.hand_over(out)?;
                policies::table(section, self.arns, |clause| self.clause(clause), out)?;
            }
            SectionKind::Sentence
            | SectionKind::Wiring
            | SectionKind::Schedule
            | SectionKind::Keys
            | SectionKind::Vaults
            | SectionKind::Selection
            | SectionKind::Role
            | SectionKind::Trust
            | SectionKind::KeyPolicies
            | SectionKind::Width
            | SectionKind::Recovery => {}
        }
        for point in explanation.told(section) {
            self.told.begin(&point);
            self.point(&point);
            self.hand_over(out)?;
        }
        self.push("</section>\n");
        Ok(())
    }

    /// One thing; what it is made of follows within it.
    fn point(&mut self, point: &Point) {
        let anchor = anchor(point).map(|anchor| format!(" id=\"{anchor}\""));
        let _ = writeln!(self.text, "<article{}>", anchor.unwrap_or_default());
        self.said(point, "h3");
        for part in &point.points {
            self.push("<div class=\"part\">\n");
            self.said(part, "h4");
            self.push("</div>\n");
        }
        self.push("</article>\n");
    }

    /// What a point says itself, under a heading. A value that stands alone is part of the heading.
    fn said(&mut self, point: &Point, heading: &str) {
        let _ = write!(self.text, "<{heading}>{}", escaped(&point.subject));
        if let [value] = point.values.as_slice() {
            let _ = write!(self.text, " <code>{}</code>", self.arns.html(value));
        }
        if let Some(of) = point.of.as_ref().filter(|of| **of != point.subject) {
            let _ = write!(self.text, " <small>{}</small>", escaped(of));
        }
        let _ = writeln!(self.text, "</{heading}>");
        for value in listed(point) {
            let _ = writeln!(self.text, "<p class=\"value\"><code>{}</code></p>", self.arns.html(value));
        }
        for cause in &point.causes {
            self.cause(cause);
        }
        for fact in &point.facts {
            let _ = writeln!(self.text, "<p>{}</p>", prose(fact, |text| self.arns.html(text)));
        }
        self.evidence(point);
        self.margin(point);
    }

    /// A reason in full when it is told first, and afterwards who told it.
    fn cause(&mut self, cause: &Cause) {
        let language = self.language;
        match self.told.reason(cause.reason) {
            Telling::InFull => {}
            Telling::Silent => return,
            Telling::As(other) => {
                let _ = writeln!(self.text, "<p>{}</p>", escaped(&as_for(&other, language)));
                return;
            }
        }
        let without = language.say("Without it:", "これがない場合:");
        let page = language.say("AWS page", "AWS のドキュメント");
        let _ = writeln!(
            self.text,
            "<p>{}</p>\n<p class=\"without\"><b>{without}</b> {} <a href=\"{}\">{page}</a></p>",
            prose(cause.why, escaped),
            prose(cause.without, escaped),
            escaped(cause.source)
        );
        let seen = language.say("where the error was seen", "エラーの引用元");
        for page in quoted(cause.reason) {
            let _ = writeln!(self.text, "<p class=\"known\"><a href=\"{}\">{seen}</a></p>", escaped(page));
        }
    }

    /// Where a need is known from, and what is disputed about it.
    fn evidence(&mut self, point: &Point) {
        let language = self.language;
        let known: Vec<String> = point
            .known_from
            .iter()
            .map(|source| {
                let name = escaped(language.pick(source.name()));
                source.page().map_or(name.clone(), |page| format!("<a href=\"{}\">{name}</a>", escaped(page)))
            })
            .collect();
        if !known.is_empty() {
            let label = language.say("Known from:", "根拠:");
            let _ = writeln!(self.text, "<p class=\"known\"><b>{label}</b> {}</p>", language.list(&known));
        }
        for note in &point.notes {
            if self.told.is_new(*note) {
                let _ = writeln!(self.text, "<p class=\"known\">{}</p>", prose(language.pick(*note), escaped));
            }
        }
    }

    /// When, which clause, and where.
    fn margin(&mut self, point: &Point) {
        let mut parts: Vec<String> = point
            .phases
            .iter()
            .map(|phase| format!("<span class=\"phase\">{}</span>", self.language.phase(*phase)))
            .collect();
        parts.extend(point.clauses.iter().take(NAMED).map(|clause| {
            format!("{} <small>{}</small>", self.clause(clause), escaped(self.language.level(clause.level)))
        }));
        let places = point.places.iter().take(NAMED).map(|place| format!("{}:{}", escaped(&place.file), place.line));
        let places: Vec<String> = places.collect();
        if !places.is_empty() {
            parts.push(format!("<span class=\"places\">{}</span>", places.join(" · ")));
        }
        let more = point.places.len().saturating_sub(NAMED);
        if more > 0 {
            parts.push(self.language.say(format!("and {more} more"), format!("ほか {more} 件")));
        }
        if !parts.is_empty() {
            let _ = writeln!(self.text, "<p class=\"margin\">{}</p>", parts.join(" · "));
        }
    }

    /// A link to the line that a clause begins on.
    fn clause(&self, clause: &Clause) -> String {
        let index = self.files.get(clause.file.as_str()).copied().unwrap_or_default();
        let words = if clause.text.is_empty() { &clause.name } else { &clause.text };
        format!("<a class=\"clause\" href=\"#f{index}-{}\">{}</a>", clause.line, escaped(words))
    }
}

/// The anchor of a policy statement.
fn anchor(statement: &Point) -> Option<String> {
    let sid = statement.sid.as_ref()?;
    let within = match (statement.places.first(), &statement.of) {
        (Some(place), _) => format!("{}-{}-{}", place.region, place.stack, place.id.as_deref().unwrap_or_default()),
        // What a role that exists must be allowed is in no template.
        (None, Some(of)) => of.clone(),
        (None, None) => return None,
    };
    let anchor = format!("{within}-{sid}");
    Some(anchor.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect())
}

/// A text with nothing in it that means something to HTML.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A sentence, in which backquotes mark code; `html` makes HTML of what is within and between them.
fn prose(text: &str, html: impl Fn(&str) -> String) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return html(text);
    }
    let mut prose = String::new();
    for (index, part) in parts.iter().enumerate() {
        let part = html(part);
        let _ = if index % 2 == 1 { write!(prose, "<code>{part}</code>") } else { write!(prose, "{part}") };
    }
    prose
}
