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
use std::io::{self, Write};

use super::fields::{Told, file, points};
use super::{Explanation, Input, Language, LocatedClause, Point, Section, SectionKind};
use crate::spec::System;
use crate::text::html::{FOOT, PAGE, escaped, head, prose, unfold};
use arn::Arns;

/// A map of each system, for a page that has the styles of drawings.
pub(crate) use map::draw as maps;

/// How drawings look.
pub(crate) const DRAWING: &str = include_str!("html/drawing.css");

/// How what this page alone has looks.
const STYLE: &str = include_str!("html/style.css");

/// Writes the whole page, point after point.
///
/// # Errors
///
/// What is written to fails.
pub fn write(input: &Input<'_>, explanation: &Explanation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let language = explanation.language;
    let sheet = explanation.screen().map(|screen| screen.sheet(language));
    let systems = language.list(&explanation.systems);
    let title = language.say(format!("Rationale of {systems}"), format!("{systems} の設計根拠"));
    let title = sheet.as_ref().map_or(&title, |sheet| &sheet.title);
    let mut page = Page::of(input, explanation, sheet.is_some(), out);
    page.out.write_all(head(title, language, &[PAGE, DRAWING, STYLE]).as_bytes())?;
    if let Some(sheet) = &sheet {
        let map: String = map::draw(&input.compiled.spec, language).take(usize::from(page.maps_above)).collect();
        screen::draw(sheet, &map, page.arns, page.out)?;
        page.out.write_all(unfold(language).as_bytes())?;
    } else {
        writeln!(page.out, "<h1>{}</h1>", escaped(title))?;
        page.contents(explanation)?;
    }
    page.specs(input)?;
    for (index, section) in explanation.told_sections().into_iter().enumerate() {
        page.section(explanation, (index, section), input)?;
    }
    page.out.write_all(FOOT.as_bytes())
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

/// A page that is being written.
struct Page<'a> {
    out: &'a mut dyn Write,
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
    fn of(input: &Input<'a>, explanation: &Explanation<'_>, folds: bool, out: &'a mut dyn Write) -> Self {
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
            out,
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
    /// Links to the sections.
    fn contents(&mut self, explanation: &Explanation<'_>) -> io::Result<()> {
        writeln!(self.out, "<nav aria-label=\"{}\"><ul>", self.language.say("Contents", "目次"))?;
        for section in explanation.told_sections() {
            let (slug, title) = (section.kind.slug(), section.kind.title(self.language));
            writeln!(self.out, "<li><a href=\"#{slug}\">{}</a></li>", escaped(title))?;
        }
        self.out.write_all(b"</ul></nav>\n")
    }

    /// Begins a part of the page: folded, it says how much it holds.
    fn begin(&mut self, slug: &str, title: &str, held: &str) -> io::Result<()> {
        let title = escaped(title);
        if self.folds {
            writeln!(self.out, "<details id=\"{slug}\">\n<summary><h2>{title}</h2> <small>{held}</small></summary>")
        } else {
            writeln!(self.out, "<section id=\"{slug}\">\n<h2>{title}</h2>")
        }
    }

    fn end(&mut self) -> io::Result<()> {
        self.out.write_all(if self.folds { b"</details>\n" } else { b"</section>\n" })
    }

    /// The texts that clauses are linked to, line by line.
    fn specs(&mut self, input: &Input<'_>) -> io::Result<()> {
        let mut files: Vec<(usize, String)> = self.files.iter().map(|(name, index)| (*index, name.clone())).collect();
        files.sort_unstable();
        let title = self.language.say("The specs, line by line", "スペックの全文");
        let count = files.len();
        let held = match count {
            1 => self.language.say("1 file".to_owned(), "1 ファイル".to_owned()),
            _ => self.language.say(format!("{count} files"), format!("{count} ファイル")),
        };
        self.begin("specs", title, &held)?;
        for (index, name) in files {
            let Some(text) = input.sources.named(&name) else { continue };
            let name = escaped(file(&name, self.language));
            writeln!(self.out, "<figure class=\"spec\"><figcaption>{name}</figcaption><pre>")?;
            for (number, line) in (1..).zip(text.lines()) {
                writeln!(
                    self.out,
                    "<span class=\"line\" id=\"f{index}-{number}\"><span class=\"number\">{number}</span>{}</span>",
                    escaped(line)
                )?;
            }
            self.out.write_all(b"</pre></figure>\n")?;
        }
        self.end()
    }

    fn section(
        &mut self,
        explanation: &Explanation<'_>,
        (index, section): (usize, &Section<'_>),
        input: &Input<'_>,
    ) -> io::Result<()> {
        let (slug, title) = (section.kind.slug(), section.kind.title(self.language));
        let held = points(self.counts.get(index).copied().unwrap_or_default(), self.language);
        self.begin(slug, title, &held)?;
        let (spec, language) = (&input.compiled.spec, self.language);
        if section.kind == SectionKind::Stacks && !self.maps_above {
            self.figures(map::draw(spec, language))?;
        } else if section.kind == SectionKind::Windows {
            self.figures(timeline::draw(spec, language))?;
        } else if section.kind == SectionKind::Retention {
            self.figures(retention::draw(spec, &input.analyses, language))?;
        } else if section.kind == SectionKind::RolePolicy {
            policies::draw(section, self.arns, |words| clause(words, &self.files), self.out)?;
        }
        for point in explanation.told(section) {
            self.told.begin(&point);
            self.point(&point)?;
        }
        self.end()
    }

    /// Drawings, each written when it is drawn.
    fn figures(&mut self, mut figures: impl Iterator<Item = String>) -> io::Result<()> {
        figures.try_for_each(|figure| self.out.write_all(figure.as_bytes()))
    }
}

/// A link to the line that a clause begins on; `files` says which its file is.
fn clause(clause: &LocatedClause, files: &BTreeMap<String, usize>) -> String {
    let index = files.get(clause.file.as_str()).copied().unwrap_or_default();
    let words = if clause.text.is_empty() { &clause.name } else { &clause.text };
    format!("<a class=\"clause\" href=\"#f{index}-{}\">{}</a>", clause.line, escaped(words))
}

/// A table, whose heads a narrow screen shows beside each cell.
fn table(
    class: &str,
    heads: &[&str],
    mut rows: impl Iterator<Item = Vec<String>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let titles = heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escaped(head)));
    let titles = titles.collect::<Vec<_>>().concat();
    writeln!(out, "<table class=\"{class}\">\n<thead><tr>{titles}</tr></thead>\n<tbody>")?;
    rows.try_for_each(|row| writeln!(out, "{}", self::row(&row, heads, heads.len())))?;
    out.write_all(b"</tbody>\n</table>\n")
}

/// A row, whose last cell goes on to the last column.
fn row(cells: &[String], heads: &[&str], columns: usize) -> String {
    let mut html = "<tr>".to_owned();
    for (index, cell) in cells.iter().enumerate() {
        let head = heads.get(index).map_or_else(String::new, |head| format!(" data-head=\"{}\"", escaped(head)));
        let left = columns.saturating_sub(index);
        let across = if index + 1 == cells.len() && left > 1 { format!(" colspan=\"{left}\"") } else { String::new() };
        html.extend(["<td", &head, &across, ">", cell, "</td>"]);
    }
    html + "</tr>"
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
