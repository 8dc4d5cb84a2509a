//! The runbook as one JSON document, of the shape that `schema/runbook-1.json` describes.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::text::Text;
use super::{Phase, Runbook, Section, Step};
use crate::json;
use crate::procedure::command::{Command, Word};
use crate::procedure::shell;
use crate::text::Language;

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// Writes everything, pretty-printed with a final line break. Texts are in one language.
///
/// # Errors
///
/// What is written to fails.
pub fn write(runbook: &Runbook, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let decisions = runbook.front.decisions.iter().map(|decision| {
        json!({
            "seen": decision.seen.get(language),
            "act": decision.act.get(language).replace("**", ""),
            "steps": decision.steps,
            "loses": decision.loses.get(language),
        })
    });
    let returns = runbook.front.returns.iter().map(|back| {
        let resources = back.resources.iter().map(|(name, restored)| json!({ "name": name, "restored": restored }));
        json!({
            "kind": back.kind,
            "resources": resources.collect::<Vec<_>>(),
            "region": back.region,
            "vault": back.vault,
            "step": back.step,
            "loses": back.loses.get(language),
        })
    });
    let document = json!({
        "schemaVersion": SCHEMA_VERSION,
        "language": language.code(),
        "title": runbook.title.get(language),
        "front": {
            "decisions": decisions.collect::<Vec<_>>(),
            "always": texts(&runbook.front.always, language),
            "returns": returns.collect::<Vec<_>>(),
        },
        "phases": runbook.phases.iter().map(|phase| self::phase(phase, language)).collect::<Vec<_>>(),
    });
    json::write(&document, out)
}

fn texts(texts: &[Text], language: Language) -> Vec<&str> {
    texts.iter().map(|text| text.get(language)).collect()
}

fn phase(phase: &Phase, language: Language) -> Value {
    json!({
        "id": phase.id,
        "title": phase.title.get(language),
        "prose": texts(&phase.prose, language),
        "sections": phase.sections.iter().map(|section| self::section(section, language)).collect::<Vec<_>>(),
    })
}

fn section(section: &Section, language: Language) -> Value {
    json!({
        "label": section.label,
        "title": section.title.get(language),
        "prose": texts(&section.prose, language),
        "steps": section.numbered().map(|(number, step)| self::step(&number, step, language)).collect::<Vec<_>>(),
    })
}

fn step(number: &str, step: &Step, language: Language) -> Value {
    json!({
        "number": number,
        "title": step.title.get(language),
        "prose": texts(&step.prose, language),
        "after": step.after,
        "mark": step.mark,
        "script": shell::render(step, language),
        "commands": step.commands().map(command).collect::<Vec<_>>(),
        "done": step.done.as_ref().map(|text| text.get(language)),
        "takes": step.takes.as_ref().map(|text| text.get(language)),
        "source": step.source,
    })
}

fn command(command: &Command) -> Value {
    let options =
        command.options.iter().map(|option| json!({ "name": option.name, "value": option.value.as_ref().map(word) }));
    json!({
        "service": command.service,
        "operation": command.subcommand(),
        "region": word(&command.region),
        "options": options.collect::<Vec<_>>(),
        "query": command.query.as_ref().map(|(query, _)| query.expression()),
    })
}

/// A word as text, in which variables of the shell may stand.
fn word(word: &Word) -> &str {
    match word {
        Word::Plain(text) | Word::Expand(text) => text,
    }
}
