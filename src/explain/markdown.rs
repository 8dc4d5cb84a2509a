//! The rationale as Markdown, as GitHub renders it.

use std::fmt::Write as _;

use super::fields::{Label, Told, fields, heading, listed};
use super::{Explanation, Language, Point};

/// The whole explanation as one document.
pub fn render(explanation: &Explanation) -> String {
    let language = explanation.language;
    let systems = language.list(&explanation.systems);
    let title = language.say(format!("Rationale of {systems}"), format!("{systems} の設計根拠"));
    let mut text = format!("# {}\n", escaped(&title));
    let mut told = Told::default();
    for section in &explanation.sections {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n## {}\n", section.kind.title(language));
        for point in &section.points {
            let _ = write!(text, "\n### {}\n\n", escaped(&heading(point, language)));
            body(point, 0, language, &mut told, &mut text);
        }
    }
    text
}

/// What a point says as a list, its parts as items of it.
fn body(point: &Point, depth: usize, language: Language, told: &mut Told, text: &mut String) {
    let indent = "  ".repeat(depth);
    for value in listed(point) {
        let _ = writeln!(text, "{indent}- `{}`", value.replace('`', "'"));
    }
    for (label, said) in fields(point, language, told) {
        let word = label.word(language);
        let said = match label {
            Label::Page | Label::Quoted => format!("<{said}>"),
            Label::Place => format!("`{said}`"),
            Label::Known => linked(&said),
            Label::Fact | Label::Why | Label::Without | Label::When | Label::Note | Label::Clause => escaped(&said),
        };
        let said = if label == Label::Fact { said } else { format!("**{word}**: {said}") };
        let _ = writeln!(text, "{indent}- {said}");
    }
    for part in &point.points {
        let _ = writeln!(text, "{indent}- {}", escaped(&heading(part, language)));
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

/// A text in which no character means anything to Markdown; what stands between backquotes stays.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut code = false;
    for character in text.chars() {
        if character == '`' {
            code = !code;
        } else if !code && "\\*_[]<>#|~$".contains(character) {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    // A backquote without its other half would begin code.
    if code { escaped.replace('`', "\\`") } else { escaped }
}
