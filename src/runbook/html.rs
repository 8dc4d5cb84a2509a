//! The runbook as one HTML file: no script, nothing loaded, light and dark, fit for paper. Page one has the map.

use std::fmt::Write as _;

use super::label;
use super::text::{Sentence, Text};
use super::{Front, Phase, Runbook, Section, Step};
use crate::explain::Language;
use crate::explain::html::{DRAWING, maps};
use crate::procedure::shell;
use crate::spec::Spec;
use crate::text::html::{FOOT, PAGE, escaped, head, plain_prose};

/// How what this page alone has looks.
const STYLE: &str = include_str!("html.css");

/// The whole document, with the map of the spec that it was made of.
pub fn render(runbook: &Runbook, spec: &Spec, language: Language) -> String {
    let title = runbook.title.get(language);
    let mut text = head(title, language, &[PAGE, DRAWING, STYLE]);
    // Writing to a String cannot fail.
    let _ = writeln!(text, "<h1>{}</h1>", escaped(title));
    text.push_str(&front(&runbook.front, &maps(spec, language).collect::<String>(), language));
    text.push_str(&contents(runbook, language));
    for phase in &runbook.phases {
        text.push_str(&render_phase(phase, language));
    }
    text.push_str(FOOT);
    text
}

/// Page one.
fn front(front: &Front, map: &str, language: Language) -> String {
    let heading = |title: Sentence| format!("<h2>{}</h2>\n", escaped(language.pick(title)));
    let decisions = front.decisions.iter().map(|decision| {
        let act = linked(&strong(&said(&decision.act, language)), &decision.steps);
        vec![said(&decision.seen, language), act, said(&decision.loses, language)]
    });
    let returns = front.returns.iter().map(|back| {
        let (place, step) = (said(&back.place, language), &back.step);
        let place = format!("{place}: <a href=\"#{step}\">{step}</a>");
        let vault = format!("<code>{}</code>", escaped(&back.vault));
        vec![said(&back.what, language), place, vault, said(&back.loses, language)]
    });
    let decisions = table("decide", &[label::SEEN, label::ACT, label::LOSES], decisions, language);
    let heads = [label::WHAT, label::PLACE, label::VAULT, label::LOSES];
    let returns = table("returns", &heads, returns, language);
    let (decide, back) = (heading(label::DECIDE), heading(label::RETURNS));
    let always = paragraphs(&front.always, language);
    format!("<section class=\"front\">\n{decide}{decisions}{always}{back}{returns}{map}</section>\n")
}

/// A text in which what stands between two pairs of asterisks is strong.
fn strong(text: &str) -> String {
    match text.split("**").collect::<Vec<_>>()[..] {
        [before, within, after] => format!("{before}<strong>{within}</strong>{after}"),
        _ => text.to_owned(),
    }
}

/// A text in which steps and sections lead to themselves.
fn linked(text: &str, steps: &[String]) -> String {
    let pieces = text.split_inclusive(|character: char| !character.is_ascii_alphanumeric());
    let linked = pieces.map(|piece| {
        let named = steps.iter().find_map(|step| {
            let after = piece.strip_prefix(step.as_str())?;
            (!after.starts_with(|character: char| character.is_ascii_alphanumeric())).then_some((step, after))
        });
        named.map_or_else(|| piece.to_owned(), |(step, after)| format!("<a href=\"#{step}\">{step}</a>{after}"))
    });
    linked.collect()
}

/// A table, each cell of which knows its head, so that on a narrow screen a row can be read from top to bottom.
fn table(class: &str, heads: &[Sentence], rows: impl Iterator<Item = Vec<String>>, language: Language) -> String {
    let heads: Vec<String> = heads.iter().map(|head| escaped(language.pick(*head))).collect();
    let rows: Vec<String> = rows
        .map(|row| {
            let cells = row.iter().zip(&heads).map(|(cell, head)| format!("<td data-head=\"{head}\">{cell}</td>"));
            format!("<tr>{}</tr>\n", cells.collect::<Vec<_>>().concat())
        })
        .collect();
    let heads: Vec<String> = heads.iter().map(|head| format!("<th>{head}</th>")).collect();
    let (heads, rows) = (heads.concat(), rows.concat());
    format!("<table class=\"{class}\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}

fn contents(runbook: &Runbook, language: Language) -> String {
    let mut text = format!("<nav>\n<h2>{}</h2>\n<ul>\n", language.pick(label::CONTENTS));
    for phase in &runbook.phases {
        // Writing to a String cannot fail.
        let _ = write!(text, "<li><a href=\"#{}\">{}</a>\n<ul>\n", phase.id, said(&phase.title, language));
        for section in &phase.sections {
            let (label, title) = (&section.label, said(&section.title, language));
            let _ = writeln!(text, "<li>{label}: <a href=\"#{label}\">{title}</a></li>");
        }
        text.push_str("</ul></li>\n");
    }
    text.push_str("</ul>\n</nav>\n");
    text
}

fn render_phase(phase: &Phase, language: Language) -> String {
    let mut text = format!("<section id=\"{}\">\n<h2>{}</h2>\n", phase.id, said(&phase.title, language));
    text.push_str(&paragraphs(&phase.prose, language));
    for section in &phase.sections {
        text.push_str(&render_section(section, language));
    }
    text.push_str("</section>\n");
    text
}

fn render_section(section: &Section, language: Language) -> String {
    let (label, title) = (&section.label, said(&section.title, language));
    let mut text = format!("<section id=\"{label}\">\n<h3>{label}. {title}</h3>\n");
    text.push_str(&paragraphs(&section.prose, language));
    for (number, step) in section.numbered() {
        text.push_str(&render_step(&number, step, language));
    }
    text.push_str("</section>\n");
    text
}

fn render_step(number: &str, step: &Step, language: Language) -> String {
    let mut text = format!("<article id=\"{number}\">\n<h4>{number}. {}</h4>\n", said(&step.title, language));
    text.push_str(&paragraphs(&step.prose, language));
    if let Some(script) = shell::render(step, language) {
        // On a narrow screen the block scrolls, and a keyboard must reach it to scroll it.
        let _ = writeln!(text, "<pre tabindex=\"0\"><code>{}</code></pre>", escaped(&script));
    }
    let fact = |label: Sentence, fact: String| format!("<dt>{}</dt>\n<dd>{fact}</dd>\n", escaped(language.pick(label)));
    let done = step.done.as_ref().map(|done| {
        let done = said(done, language);
        fact(label::DONE, format!("<label><input type=\"checkbox\"/> {done}</label>"))
    });
    let takes = step.takes.as_ref().map(|text| fact(label::TAKES, said(text, language)));
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
    paragraphs.iter().map(|text| format!("<p>{}</p>\n", said(text, language))).collect::<Vec<_>>().concat()
}

fn said(text: &Text, language: Language) -> String {
    plain_prose(text.get(language))
}
