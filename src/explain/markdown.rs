//! The rationale as Markdown, as GitHub renders it.

use std::io::{self, Write};

use super::fields::{Label, Marks, Told, fields, heading, listed};
use super::github::{Anchors, code, escaped};
use super::{Explanation, Language, Point};

/// What GitHub would take for markup is escaped or code.
const MARKS: Marks = Marks { text: escaped, code, quoted: code };

/// Writes the whole explanation as one document, point after point.
///
/// # Errors
///
/// What is written to fails.
pub fn write(explanation: &Explanation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let language = explanation.language;
    let systems = language.list(&explanation.systems);
    let title = language.say(format!("Rationale of {systems}"), format!("{systems} の設計根拠"));
    let title = escaped(&title);
    let mut anchors = Anchors::default();
    anchors.next(&title);
    write!(out, "# {title}\n\n")?;
    for section in &explanation.sections {
        let title = section.kind.title(language);
        writeln!(out, "- [{title}](#{})", anchors.next(title))?;
        for point in section.points() {
            anchors.next(&heading(&point, language, MARKS));
        }
    }
    let mut told = Told::default();
    for section in &explanation.sections {
        write!(out, "\n## {}\n", section.kind.title(language))?;
        for point in section.points() {
            write!(out, "\n### {}\n\n", heading(&point, language, MARKS))?;
            body(&point, 0, language, &mut told, out)?;
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
    for (label, said) in fields(point, language, told, MARKS) {
        let word = label.word(language);
        let said = match label {
            Label::Page | Label::Quoted => format!("<{said}>"),
            Label::Place | Label::Clause => said,
            Label::Known => linked(&said),
            Label::Fact | Label::Why | Label::Without | Label::When | Label::Note => escaped(&said),
        };
        let said = if label == Label::Fact { said } else { format!("**{word}**: {said}") };
        writeln!(out, "{indent}- {said}")?;
    }
    for part in &point.points {
        writeln!(out, "{indent}- {}", heading(part, language, MARKS))?;
        body(part, depth + 1, language, told, out)?;
    }
    Ok(())
}

/// A text whose pages stay links.
fn linked(text: &str) -> String {
    let parts = text.split('<').map(|part| match part.split_once('>') {
        Some((page, rest)) => format!("<{page}>{}", escaped(rest)),
        None => escaped(part),
    });
    parts.collect()
}
