//! The runbook as Markdown.

use std::fmt::Write as _;

use super::label::{self, numbered};
use super::text::Text;
use super::{Chapter, ChapterPart, Runbook, Step};
use crate::explain::Language;
use crate::procedure::shell;
use crate::text::github::{Anchors, escaped};

/// The whole document.
pub fn render(runbook: &Runbook, language: Language) -> String {
    let mut text = format!("# {}\n", said(&runbook.title, language));
    text.push_str(&paragraphs(&runbook.introduction, language));
    text.push_str(&contents(runbook, language));
    for (number, chapter) in numbered(&runbook.chapters) {
        text.push_str(&render_chapter(number, chapter, language));
    }
    text
}

/// Links to the chapters and their parts. The anchors are counted over every heading.
fn contents(runbook: &Runbook, language: Language) -> String {
    let mut anchors = Anchors::default();
    anchors.next(runbook.title.get(language));
    let title = language.pick(label::CONTENTS).to_owned();
    anchors.next(&title);
    let mut text = format!("\n## {title}\n\n");
    for (number, chapter) in numbered(&runbook.chapters) {
        let anchor = anchors.next(&format!("{number}. {}", chapter.title.get(language)));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{number}. [{}](#{anchor})", said(&chapter.title, language));
        // As far in as the words of the item.
        let indent = " ".repeat(number.to_string().len() + 2);
        for (part_number, part) in numbered(&chapter.parts) {
            let anchor = anchors.next(&format!("{number}.{part_number} {}", part.title.get(language)));
            let _ = writeln!(text, "{indent}{part_number}. [{}](#{anchor})", said(&part.title, language));
            for (step_number, step) in numbered(&part.steps) {
                anchors.next(&format!("{number}.{part_number}.{step_number} {}", step.title.get(language)));
            }
        }
    }
    text
}

fn paragraphs(paragraphs: &[Text], language: Language) -> String {
    paragraphs.iter().map(|text| format!("\n{}\n", said(text, language))).collect::<Vec<_>>().concat()
}

/// A text in which nothing but code is markup.
fn said(text: &Text, language: Language) -> String {
    escaped(text.get(language))
}

fn render_chapter(number: usize, chapter: &Chapter, language: Language) -> String {
    let mut text = format!("\n## {number}. {}\n", said(&chapter.title, language));
    for (part_number, part) in numbered(&chapter.parts) {
        text.push_str(&render_part(&format!("{number}.{part_number}"), part, language));
    }
    text
}

fn render_part(number: &str, part: &ChapterPart, language: Language) -> String {
    let mut text = format!("\n### {number} {}\n", said(&part.title, language));
    text.push_str(&paragraphs(&part.prose, language));
    for (step_number, step) in numbered(&part.steps) {
        text.push_str(&render_step(&format!("{number}.{step_number}"), step, language));
    }
    text
}

fn render_step(number: &str, step: &Step, language: Language) -> String {
    let mut text = format!("\n#### {number} {}\n", said(&step.title, language));
    text.push_str(&paragraphs(&step.prose, language));
    if !step.lines.is_empty() {
        let _ = write!(text, "\n```sh\n{}\n```\n", shell::render(&step.lines, language));
    }
    let facts = [(label::DONE, step.done.as_ref()), (label::TAKES, step.takes.as_ref())];
    let facts = facts.into_iter().filter_map(|(label, fact)| Some((label, said(fact?, language))));
    let source = step.source.map(|page| (label::SOURCE, format!("<{page}>")));
    let facts: Vec<String> =
        facts.chain(source).map(|(label, fact)| format!("- **{}**: {fact}\n", language.pick(label))).collect();
    if !facts.is_empty() {
        let _ = write!(text, "\n{}", facts.concat());
    }
    text
}
