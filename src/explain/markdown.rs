//! The rationale as Markdown, as GitHub renders it.

use std::fmt::Write as _;

use super::fields::{Label, Marks, Told, fields, heading, listed};
use super::github::{Anchors, code, escaped};
use super::{Explanation, Language, Point};

/// What GitHub would take for markup is escaped or code.
const MARKS: Marks = Marks { text: escaped, code, quoted: code };

/// The whole explanation as one document.
pub fn render(explanation: &Explanation) -> String {
    let language = explanation.language;
    let systems = language.list(&explanation.systems);
    let title = language.say(format!("Rationale of {systems}"), format!("{systems} の設計根拠"));
    let title = escaped(&title);
    let mut anchors = Anchors::default();
    anchors.next(&title);
    let (mut contents, mut text) = (String::new(), String::new());
    let mut told = Told::default();
    for section in &explanation.sections {
        let title = section.kind.title(language);
        // Writing to a String cannot fail.
        let _ = writeln!(contents, "- [{title}](#{})", anchors.next(title));
        let _ = write!(text, "\n## {title}\n");
        for point in &section.points {
            let heading = heading(point, language, MARKS);
            anchors.next(&heading);
            let _ = write!(text, "\n### {heading}\n\n");
            body(point, 0, language, &mut told, &mut text);
        }
    }
    format!("# {title}\n\n{contents}{text}")
}

/// What a point says as a list, its parts as items of it.
fn body(point: &Point, depth: usize, language: Language, told: &mut Told, text: &mut String) {
    let indent = "  ".repeat(depth);
    for value in listed(point) {
        let _ = writeln!(text, "{indent}- {}", code(value));
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
        let _ = writeln!(text, "{indent}- {said}");
    }
    for part in &point.points {
        let _ = writeln!(text, "{indent}- {}", heading(part, language, MARKS));
        body(part, depth + 1, language, told, text);
    }
}

/// A text whose pages stay links.
fn linked(text: &str) -> String {
    let parts = text.split('<').map(|part| match part.split_once('>') {
        Some((page, rest)) => format!("<{page}>{}", escaped(rest)),
        None => escaped(part),
    });
    parts.collect()
}
