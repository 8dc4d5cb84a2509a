//! The runbook as Markdown.

use std::fmt::Write as _;

use super::label;
use super::text::{Sentence, Text};
use super::{Front, Phase, Runbook, Section, Step};
use crate::explain::Language;
use crate::procedure::shell;
use crate::text::github::{Anchors, code, escaped};

/// The whole document.
pub fn render(runbook: &Runbook, language: Language) -> String {
    let mut text = format!("# {}\n", said(&runbook.title, language));
    text.push_str(&front(&runbook.front, language));
    text.push_str(&contents(runbook, language));
    for phase in &runbook.phases {
        text.push_str(&render_phase(phase, language));
    }
    text
}

/// Page one.
fn front(front: &Front, language: Language) -> String {
    let heading = |title: Sentence| format!("\n## {}\n\n", language.pick(title));
    let decisions = front
        .decisions
        .iter()
        .map(|decision| [&decision.seen, &decision.act, &decision.loses].map(|cell| strong(cell, language)).to_vec());
    let mut text = heading(label::DECIDE);
    text.push_str(&table(&[label::SEEN, label::ACT, label::LOSES], decisions, language));
    text.push_str(&paragraphs(&front.always, language));
    let returns = front.returns.iter().map(|back| {
        let place = format!("{}: {}", said(&back.place, language), back.step);
        vec![said(&back.what, language), place, code(&back.vault), said(&back.loses, language)]
    });
    text.push_str(&heading(label::RETURNS));
    text.push_str(&table(&[label::WHAT, label::PLACE, label::VAULT, label::LOSES], returns, language));
    text
}

/// A text in which what stands between two pairs of asterisks is strong.
fn strong(text: &Text, language: Language) -> String {
    said(text, language).replace("\\*\\*", "**")
}

fn table(heads: &[Sentence], rows: impl Iterator<Item = Vec<String>>, language: Language) -> String {
    let heads: Vec<&str> = heads.iter().map(|head| language.pick(*head)).collect();
    let mut text = format!("| {} |\n|{}\n", heads.join(" | "), " --- |".repeat(heads.len()));
    for row in rows {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// Links to the phases and their sections. The anchors are counted over every heading.
fn contents(runbook: &Runbook, language: Language) -> String {
    let mut anchors = Anchors::default();
    anchors.next(runbook.title.get(language));
    for title in [label::DECIDE, label::RETURNS] {
        anchors.next(language.pick(title));
    }
    let title = language.pick(label::CONTENTS);
    anchors.next(title);
    let mut text = format!("\n## {title}\n\n");
    for phase in &runbook.phases {
        let anchor = anchors.next(phase.title.get(language));
        // Writing to a String cannot fail.
        let _ = write!(text, "- [{}](#{anchor}):", said(&phase.title, language));
        for section in &phase.sections {
            let anchor = anchors.next(&format!("{}. {}", section.label, section.title.get(language)));
            let _ = write!(text, " [{} {}](#{anchor})", section.label, said(&section.title, language));
            for (number, step) in section.numbered() {
                anchors.next(&format!("{number}. {}", step.title.get(language)));
            }
        }
        text.push('\n');
    }
    text
}

fn paragraphs(paragraphs: &[Text], language: Language) -> String {
    paragraphs.iter().map(|text| format!("\n{}\n", said(text, language))).collect::<Vec<_>>().concat()
}

/// What to know of a step: a list, so that nothing in it needs an empty line.
fn notes(notes: &[Text], language: Language) -> String {
    notes.iter().map(|text| format!("- {}\n", said(text, language))).collect::<Vec<_>>().concat()
}

/// A text in which nothing but code is markup.
fn said(text: &Text, language: Language) -> String {
    escaped(text.get(language))
}

fn render_phase(phase: &Phase, language: Language) -> String {
    let mut text = format!("\n## {}\n", said(&phase.title, language));
    text.push_str(&paragraphs(&phase.prose, language));
    for section in &phase.sections {
        text.push_str(&render_section(section, language));
    }
    text
}

fn render_section(section: &Section, language: Language) -> String {
    let mut text = format!("\n### {}. {}\n", section.label, said(&section.title, language));
    text.push_str(&paragraphs(&section.prose, language));
    for (number, step) in section.numbered() {
        text.push_str(&render_step(&number, step, language));
    }
    text
}

fn render_step(number: &str, step: &Step, language: Language) -> String {
    let mut text = format!("\n#### {number}. {}\n", said(&step.title, language));
    text.push_str(&notes(&step.prose, language));
    if let Some(script) = shell::render(step, language) {
        let _ = write!(text, "```sh\n{script}\n```\n");
    }
    let done = step.done.as_ref().map(|done| {
        let (label, done) = (language.pick(label::DONE), said(done, language));
        format!("- [ ] **{label}**: {done}")
    });
    let takes = step.takes.as_ref().map(|takes| format!("{}: {}", language.pick(label::TAKES), said(takes, language)));
    let source = step.source.map(|page| format!("[{}]({page})", language.pick(label::SOURCE)));
    let facts: Vec<String> = [done, takes, source].into_iter().flatten().collect();
    if !facts.is_empty() {
        let _ = writeln!(text, "{}", facts.join(language.say(" ", "")));
    }
    text
}
