//! The runbook as Markdown.

use std::fmt::Write as _;

use super::label::{self, numbered};
use super::{Chapter, Part, Runbook, Step, shell};
use crate::explain::Language;

/// The whole document.
pub fn render(runbook: &Runbook, language: Language) -> String {
    let mut text = format!("# {}\n", runbook.title.get(language));
    for paragraph in &runbook.introduction {
        // Writing to a String cannot fail.
        let _ = write!(text, "\n{}\n", paragraph.get(language));
    }
    let _ = write!(text, "\n## {}\n\n", label::contents().get(language));
    for (number, chapter) in numbered(&runbook.chapters) {
        let _ = writeln!(text, "{number}. {}", chapter.title.get(language));
    }
    for (number, chapter) in numbered(&runbook.chapters) {
        text.push_str(&render_chapter(number, chapter, language));
    }
    text
}

fn render_chapter(number: usize, chapter: &Chapter, language: Language) -> String {
    let mut text = format!("\n## {number}. {}\n", chapter.title.get(language));
    for (part_number, part) in numbered(&chapter.parts) {
        text.push_str(&render_part(&format!("{number}.{part_number}"), part, language));
    }
    text
}

fn render_part(number: &str, part: &Part, language: Language) -> String {
    let mut text = format!("\n### {number} {}\n", part.title.get(language));
    for paragraph in &part.prose {
        let _ = write!(text, "\n{}\n", paragraph.get(language));
    }
    for (step_number, step) in numbered(&part.steps) {
        text.push_str(&render_step(&format!("{number}.{step_number}"), step, language));
    }
    text
}

fn render_step(number: &str, step: &Step, language: Language) -> String {
    let mut text = format!("\n#### {number} {}\n", step.title.get(language));
    for paragraph in &step.prose {
        let _ = write!(text, "\n{}\n", paragraph.get(language));
    }
    if !step.lines.is_empty() {
        let _ = write!(text, "\n```sh\n{}\n```\n", shell::render(&step.lines, language));
    }
    let facts = [(label::done(), step.done.as_ref()), (label::takes(), step.takes.as_ref())];
    let facts = facts.into_iter().filter_map(|(label, fact)| Some((label, fact?.get(language).to_owned())));
    let source = step.source.map(|page| (label::source(), format!("<{page}>")));
    let facts: Vec<String> =
        facts.chain(source).map(|(label, fact)| format!("- **{}**: {fact}\n", label.get(language))).collect();
    if !facts.is_empty() {
        let _ = write!(text, "\n{}", facts.concat());
    }
    text
}
