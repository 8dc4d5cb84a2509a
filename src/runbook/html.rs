//! The runbook as one HTML file: no script, nothing loaded, light and dark, fit for paper.

use std::fmt::Write as _;

use super::label::{self, numbered};
use super::text::{Sentence, Text};
use super::{Chapter, ChapterPart, Runbook, Step};
use crate::explain::Language;
use crate::explain::html::{escaped, prose};
use crate::procedure::shell;

/// How it looks.
const STYLE: &str = include_str!("html.css");

/// The whole document.
pub fn render(runbook: &Runbook, language: Language) -> String {
    let title = escaped(runbook.title.get(language));
    let mut text = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
        language.code()
    );
    text.push_str(&paragraphs(&runbook.introduction, language));
    text.push_str(&contents(runbook, language));
    for (number, chapter) in numbered(&runbook.chapters) {
        text.push_str(&render_chapter(number, chapter, language));
    }
    text.push_str("</main>\n</body>\n</html>\n");
    text
}

fn contents(runbook: &Runbook, language: Language) -> String {
    let mut text = format!("<nav>\n<h2>{}</h2>\n<ol>\n", language.pick(label::CONTENTS));
    for (number, chapter) in numbered(&runbook.chapters) {
        // Writing to a String cannot fail.
        let _ = write!(text, "<li><a href=\"#s{number}\">{}</a>\n<ol>\n", inline(chapter.title.get(language)));
        for (part_number, part) in numbered(&chapter.parts) {
            let title = inline(part.title.get(language));
            let _ = writeln!(text, "<li><a href=\"#s{number}.{part_number}\">{title}</a></li>");
        }
        text.push_str("</ol></li>\n");
    }
    text.push_str("</ol>\n</nav>\n");
    text
}

fn render_chapter(number: usize, chapter: &Chapter, language: Language) -> String {
    let title = inline(chapter.title.get(language));
    let mut text = format!("<section id=\"s{number}\">\n<h2>{number}. {title}</h2>\n");
    for (part_number, part) in numbered(&chapter.parts) {
        text.push_str(&render_part(&format!("{number}.{part_number}"), part, language));
    }
    text.push_str("</section>\n");
    text
}

fn render_part(number: &str, part: &ChapterPart, language: Language) -> String {
    let title = inline(part.title.get(language));
    let mut text = format!("<section id=\"s{number}\">\n<h3>{number} {title}</h3>\n");
    text.push_str(&paragraphs(&part.prose, language));
    for (step_number, step) in numbered(&part.steps) {
        text.push_str(&render_step(&format!("{number}.{step_number}"), step, language));
    }
    text.push_str("</section>\n");
    text
}

fn render_step(number: &str, step: &Step, language: Language) -> String {
    let mut text = format!("<article>\n<h4>{number} {}</h4>\n", inline(step.title.get(language)));
    text.push_str(&paragraphs(&step.prose, language));
    if !step.lines.is_empty() {
        // On a narrow screen the block scrolls, and a keyboard must reach it to scroll it.
        let script = escaped(&shell::render(&step.lines, language));
        let _ = writeln!(text, "<pre tabindex=\"0\"><code>{script}</code></pre>");
    }
    let fact = |label: Sentence, fact: String| format!("<dt>{}</dt>\n<dd>{fact}</dd>\n", escaped(language.pick(label)));
    let done = step.done.as_ref().map(|text| fact(label::DONE, inline(text.get(language))));
    let takes = step.takes.as_ref().map(|text| fact(label::TAKES, inline(text.get(language))));
    let source = step.source.map(|page| {
        let page = escaped(page);
        fact(label::SOURCE, format!("<a href=\"{page}\">{page}</a>"))
    });
    let facts: String = [done, takes, source].into_iter().flatten().collect();
    if !facts.is_empty() {
        let _ = write!(text, "<dl>\n{facts}</dl>\n");
    }
    text.push_str("</article>\n");
    text
}

fn paragraphs(paragraphs: &[Text], language: Language) -> String {
    let paragraphs: Vec<String> =
        paragraphs.iter().map(|text| format!("<p>{}</p>\n", inline(text.get(language)))).collect();
    paragraphs.concat()
}

/// Escaped, with what stands between back quotes as code.
fn inline(text: &str) -> String {
    prose(text, escaped)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_code_is_marked() {
        assert_eq!(inline("a `<b>` & \"c\""), "a <code>&lt;b&gt;</code> &amp; &quot;c&quot;");
        assert_eq!(inline("an odd ` stays"), "an odd ` stays");
        assert_eq!(inline("`a` and `b`"), "<code>a</code> and <code>b</code>");
    }
}
