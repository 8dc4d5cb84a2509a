//! The runbook as one HTML file: no script, nothing loaded, light and dark, fit for paper.

use std::fmt::Write as _;

use super::label::{self, numbered};
use super::text::{Sentence, Text};
use super::{Chapter, ChapterPart, Runbook, Step};
use crate::explain::Language;
use crate::procedure::shell;
use crate::text::html::{FOOT, escaped, head, plain_prose};

/// How it looks.
const STYLE: &str = include_str!("html.css");

/// The whole document.
pub fn render(runbook: &Runbook, language: Language) -> String {
    let title = runbook.title.get(language);
    let mut text = head(title, language, &[STYLE]);
    // Writing to a String cannot fail.
    let _ = writeln!(text, "<h1>{}</h1>", escaped(title));
    text.push_str(&paragraphs(&runbook.introduction, language));
    text.push_str(&contents(runbook, language));
    for (number, chapter) in numbered(&runbook.chapters) {
        text.push_str(&render_chapter(number, chapter, language));
    }
    text.push_str(FOOT);
    text
}

fn contents(runbook: &Runbook, language: Language) -> String {
    let mut text = format!("<nav>\n<h2>{}</h2>\n<ol>\n", language.pick(label::CONTENTS));
    for (number, chapter) in numbered(&runbook.chapters) {
        // Writing to a String cannot fail.
        let _ = write!(text, "<li><a href=\"#s{number}\">{}</a>\n<ol>\n", plain_prose(chapter.title.get(language)));
        for (part_number, part) in numbered(&chapter.parts) {
            let title = plain_prose(part.title.get(language));
            let _ = writeln!(text, "<li><a href=\"#s{number}.{part_number}\">{title}</a></li>");
        }
        text.push_str("</ol></li>\n");
    }
    text.push_str("</ol>\n</nav>\n");
    text
}

fn render_chapter(number: usize, chapter: &Chapter, language: Language) -> String {
    let title = plain_prose(chapter.title.get(language));
    let mut text = format!("<section id=\"s{number}\">\n<h2>{number}. {title}</h2>\n");
    for (part_number, part) in numbered(&chapter.parts) {
        text.push_str(&render_part(&format!("{number}.{part_number}"), part, language));
    }
    text.push_str("</section>\n");
    text
}

fn render_part(number: &str, part: &ChapterPart, language: Language) -> String {
    let title = plain_prose(part.title.get(language));
    let mut text = format!("<section id=\"s{number}\">\n<h3>{number} {title}</h3>\n");
    text.push_str(&paragraphs(&part.prose, language));
    for (step_number, step) in numbered(&part.steps) {
        text.push_str(&render_step(&format!("{number}.{step_number}"), step, language));
    }
    text.push_str("</section>\n");
    text
}

fn render_step(number: &str, step: &Step, language: Language) -> String {
    let mut text = format!("<article>\n<h4>{number} {}</h4>\n", plain_prose(step.title.get(language)));
    text.push_str(&paragraphs(&step.prose, language));
    if !step.lines.is_empty() {
        // On a narrow screen the block scrolls, and a keyboard must reach it to scroll it.
        let script = escaped(&shell::render(&step.lines, language));
        let _ = writeln!(text, "<pre tabindex=\"0\"><code>{script}</code></pre>");
    }
    let fact = |label: Sentence, fact: String| format!("<dt>{}</dt>\n<dd>{fact}</dd>\n", escaped(language.pick(label)));
    let done = step.done.as_ref().map(|text| fact(label::DONE, plain_prose(text.get(language))));
    let takes = step.takes.as_ref().map(|text| fact(label::TAKES, plain_prose(text.get(language))));
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
        paragraphs.iter().map(|text| format!("<p>{}</p>\n", plain_prose(text.get(language)))).collect();
    paragraphs.concat()
}
