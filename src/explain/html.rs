//! The rationale as one page that needs nothing else: no script, no other file, light and dark.

mod arn;
mod map;
mod point;
mod policies;
mod retention;
mod scale;
mod screen;
mod svg;
mod timeline;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;

use super::fields::{Told, file, points};
use super::{Explanation, Input, Language, LocatedClause, Point, Section, SectionKind};
use crate::spec::System;
use arn::Arns;

/// The looks of the page.
const STYLE: &str = include_str!("html/style.css");

/// Writes the whole page, point after point.
///
/// # Errors
///
/// What is written to fails.
pub fn write(input: &Input<'_>, explanation: &Explanation<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let language = explanation.language;
    let sheet = explanation.screen().map(|screen| screen.sheet(language));
    let systems = language.list(&explanation.systems);
    let title = language.say(format!("Rationale of {systems}"), format!("{systems} の設計根拠"));
    let title = sheet.as_ref().map_or(&title, |sheet| &sheet.title);
    let mut page = Page::of(input, explanation, sheet.is_some());
    // Writing to a String cannot fail.
    let _ = write!(
        page.text,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        language.code(),
        escaped(title)
    );
    if let Some(sheet) = &sheet {
        let map: String = map::draw(&input.compiled.spec, language).take(usize::from(page.maps_above)).collect();
        page.push(&screen::draw(sheet, &map, page.arns));
        page.unfold();
    } else {
        let _ = writeln!(page.text, "<h1>{}</h1>", escaped(title));
        page.contents(explanation);
    }
    page.specs(input, out)?;
    for (index, section) in explanation.told_sections().into_iter().enumerate() {
        page.section(explanation, (index, section), input, out)?;
    }
    page.push("</main>\n</body>\n</html>\n");
    page.hand_over(out)
}

/// The account that all of it is deployed to, where it is one and known.
fn own<'a>(input: &Input<'a>) -> Option<&'a str> {
    let mut accounts = input.compiled.spec.systems.iter().map(System::known_account);
    let first = accounts.next()?;
    first.filter(|_| accounts.all(|other| other == first))
}

/// Gives each file that clauses of a point stand in its place.
fn name_files(point: &Point, files: &mut BTreeMap<String, usize>) {
    for clause in &point.clauses {
        let next = files.len();
        files.entry(clause.file.clone()).or_insert(next);
    }
    for part in &point.points {
        name_files(part, files);
    }
}

/// What of the page is not written yet.
struct Page<'a> {
    text: String,
    language: Language,
    arns: Arns<'a>,
    told: Told,
    /// The files that clauses stand in, each with its place in the order in which they are first named.
    files: BTreeMap<String, usize>,
    /// How many points each section tells.
    counts: Vec<usize>,
    /// Whether everything but the screen is folded.
    folds: bool,
    /// Whether the map is part of the screen.
    maps_above: bool,
}

impl<'a> Page<'a> {
    fn of(input: &Input<'a>, explanation: &Explanation<'_>, folds: bool) -> Self {
        let language = explanation.language;
        let mut files: BTreeMap<String, usize> = BTreeMap::new();
        let mut count = |section| {
            let mut count = 0;
            for point in explanation.told(section) {
                count += 1;
                name_files(&point, &mut files);
            }
            count
        };
        let counts = explanation.told_sections().into_iter().map(&mut count).collect();
        Self {
            text: String::new(),
            language,
            arns: Arns { language, own: own(input) },
            told: Told::default(),
            files,
            counts,
            folds,
            maps_above: folds && input.compiled.spec.systems.len() == 1,
        }
    }
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
        for section in explanation.told_sections() {
            let (slug, title) = (section.kind.slug(), section.kind.title(self.language));
            let _ = writeln!(self.text, "<li><a href=\"#{slug}\">{}</a></li>", escaped(title));
        }
        self.push("</ul></nav>\n");
    }

    /// What shows everything at once, since each part is unfolded on its own, and what is folded is not printed.
    fn unfold(&mut self) {
        let label = self.language.say("Show everything, as for printing it", "すべて表示する(印刷する場合など)");
        let _ = writeln!(
            self.text,
            "<p class=\"unfold\"><input type=\"checkbox\" id=\"everything\"/><label for=\"everything\">{label}</label></p>"
        );
    }

    /// Begins a part of the page: folded, it says how much it holds.
    fn begin(&mut self, slug: &str, title: &str, held: &str) {
        let title = escaped(title);
        let _ = if self.folds {
            writeln!(self.text, "<details id=\"{slug}\">\n<summary><h2>{title}</h2> <small>{held}</small></summary>")
        } else {
            writeln!(self.text, "<section id=\"{slug}\">\n<h2>{title}</h2>")
        };
    }

    fn end(&mut self) {
        self.push(if self.folds { "</details>\n" } else { "</section>\n" });
    }

    /// The texts that clauses are linked to, line by line.
    fn specs(&mut self, input: &Input<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        let mut files: Vec<(usize, String)> = self.files.iter().map(|(name, index)| (*index, name.clone())).collect();
        files.sort_unstable();
        let title = self.language.say("The specs, line by line", "スペックの全文");
        let count = files.len();
        let held = match count {
            1 => self.language.say("1 file".to_owned(), "1 ファイル".to_owned()),
            _ => self.language.say(format!("{count} files"), format!("{count} ファイル")),
        };
        self.begin("specs", title, &held);
        for (index, name) in files {
            let Some(text) = input.sources.named(&name) else { continue };
            let _ = writeln!(
                self.text,
                "<figure class=\"spec\"><figcaption>{}</figcaption><pre>",
                escaped(file(&name, self.language))
            );
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
        self.end();
        Ok(())
    }

    fn section(
        &mut self,
        explanation: &Explanation<'_>,
        (index, section): (usize, &Section<'_>),
        input: &Input<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let (slug, title) = (section.kind.slug(), section.kind.title(self.language));
        let held = points(self.counts.get(index).copied().unwrap_or_default(), self.language);
        self.begin(slug, title, &held);
        let spec = &input.compiled.spec;
        match section.kind {
            SectionKind::Stacks if !self.maps_above => self.figures(map::draw(spec, self.language), out)?,
            SectionKind::Windows => self.figures(timeline::draw(spec, self.language), out)?,
            SectionKind::Retention => self.figures(retention::draw(spec, &input.analyses, self.language), out)?,
            SectionKind::RolePolicy => {
                self.hand_over(out)?;
                policies::table(section, self.arns, |words| clause(words, &self.files), out)?;
            }
            SectionKind::Sentence
            | SectionKind::Stacks
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
        self.end();
        Ok(())
    }

    /// Drawings, each written when it is drawn.
    fn figures(&mut self, figures: impl Iterator<Item = String>, out: &mut dyn io::Write) -> io::Result<()> {
        for figure in figures {
            self.push(&figure);
            self.hand_over(out)?;
        }
        Ok(())
    }
}

/// A link to the line that a clause begins on; `files` says which its file is.
fn clause(clause: &LocatedClause, files: &BTreeMap<String, usize>) -> String {
    let index = files.get(clause.file.as_str()).copied().unwrap_or_default();
    let words = if clause.text.is_empty() { &clause.name } else { &clause.text };
    format!("<a class=\"clause\" href=\"#f{index}-{}\">{}</a>", clause.line, escaped(words))
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

/// A name, which may go on in the next line where a word of it begins: `CopyInto`, and then `BackupVault`.
fn breakable(name: &str) -> String {
    let mut html = String::new();
    let mut word = String::new();
    for character in name.chars() {
        if character.is_uppercase() && word.ends_with(char::is_lowercase) {
            html.push_str(&escaped(&word));
            html.push_str("<wbr/>");
            word.clear();
        }
        word.push(character);
    }
    html.push_str(&escaped(&word));
    html
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
