//! The rationale as Markdown, as GitHub renders it.

mod screen;

use std::io::{self, Write};

use super::fields::{Label, Marks, Told, closing, heading, listed, opening, points};
use super::{Explanation, Language, Point};
use crate::text::github::{Anchors, code, escaped};

/// What GitHub would take for markup is escaped or code.
const MARKS: Marks<'_> = Marks {
    text: &escaped,
    code: &code,
    clause: &|clause| code(&clause.text),
    page: &|number, _| format!("[^{number}]"),
};

/// Writes the whole explanation as one document, point after point; behind a screen each section is folded.
///
/// Source: <https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/organizing-information-with-collapsed-sections>.
///
/// # Errors
///
/// What is written to fails.
pub fn write(explanation: &Explanation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let language = explanation.language;
    let mut told = Told::default();
    let screen = explanation.screen();
    match &screen {
        Some(screen) => screen::write(&screen.sheet(language), out)?,
        None => contents(explanation, out)?,
    }
    for section in explanation.told_sections() {
        let title = section.kind.title(language);
        if screen.is_some() {
            // Folded it says how much it holds. An empty line lets what is within be Markdown.
            let held = points(explanation.told(section).count(), language);
            writeln!(out, "<details>\n<summary><b>{title}</b> · {held}</summary>")?;
        } else {
            write!(out, "\n## {title}\n")?;
        }
        for point in explanation.told(section) {
            write!(out, "\n### {}\n\n", heading(&point, language, MARKS))?;
            told.begin(&point);
            body(&point, 0, language, &mut told, out)?;
        }
        if screen.is_some() {
            writeln!(out, "\n</details>\n")?;
        }
    }
    pages(&told, out)
}

/// The title of what was narrowed, and links to its sections.
fn contents(explanation: &Explanation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let language = explanation.language;
    let systems = language.list(&explanation.systems);
    let title = language.say(format!("Rationale of {systems}"), format!("{systems} の設計根拠"));
    let title = escaped(&title);
    let mut anchors = Anchors::default();
    anchors.next(&title);
    write!(out, "# {title}\n\n")?;
    for section in explanation.told_sections() {
        let title = section.kind.title(language);
        writeln!(out, "- [{title}](#{})", anchors.next(title))?;
        for point in explanation.told(section) {
            anchors.next(&heading(&point, language, MARKS));
        }
    }
    Ok(())
}

/// What a point says as a list, its parts as items of it.
fn body(point: &Point, depth: usize, language: Language, told: &mut Told, out: &mut dyn Write) -> io::Result<()> {
    let indent = "  ".repeat(depth);
    for value in listed(point) {
        writeln!(out, "{indent}- {}", code(value))?;
    }
    items(&opening(point, language, told, MARKS), &indent, language, out)?;
    for part in &point.points {
        writeln!(out, "{indent}- {}", heading(part, language, MARKS))?;
        body(part, depth + 1, language, told, out)?;
    }
    items(&closing(point, language, told, MARKS), &indent, language, out)
}

/// What a point says itself, one item for each line.
fn items(lines: &[(Label, String)], indent: &str, language: Language, out: &mut dyn Write) -> io::Result<()> {
    for (label, said) in lines {
        match label.word(language) {
            "" => writeln!(out, "{indent}- {said}")?,
            word => writeln!(out, "{indent}- **{word}**: {said}")?,
        }
    }
    Ok(())
}

/// The pages that were referred to, as footnotes.
///
/// Source: <https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#footnotes>.
fn pages(told: &Told, out: &mut dyn Write) -> io::Result<()> {
    for (number, page) in told.pages() {
        let gap = if number == 1 { "\n" } else { "" };
        writeln!(out, "{gap}[^{number}]: <{page}>")?;
    }
    Ok(())
}
