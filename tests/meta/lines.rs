//! Lines of every text that people read: no wider than asked for, and none begins with what belongs to the line before.

use std::path::Path;

use drc::Compiled;
use drc::diagnostic::human::{self, Colour, Style};
use drc::emit::Format;
use drc::explain::{self, Input};
use drc::prove::{self, render};
use drc::rules::{RULES, page};
use drc::simulate::{self, Loss};
use drc::source::Sources;
use drc::text::{Columns, Language};
use drc::time::length::Minutes;
use drc::{next, rule};
use rayon::prelude::*;
use unicode_width::UnicodeWidthStr as _;

use crate::{NOW, files, name, none};

const WIDTHS: [usize; 2] = [60, 100];
const LANGUAGES: [Language; 2] = [Language::English, Language::Japanese];

/// Columns of a label in front of a text, with the gap behind it.
const LABEL: usize = 10;

fn load(path: &Path) -> (Sources, Compiled) {
    let mut sources = Sources::default();
    let file = sources.add(name(path), std::fs::read(path).unwrap());
    let compiled = drc::compile(&sources, &[file], Format::Yaml, NOW);
    (sources, compiled)
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// What every command says of a spec, with the command, the language and the width.
fn said(sources: &Sources, compiled: &Compiled) -> Vec<(String, String, usize)> {
    let spec = &compiled.spec;
    let region = spec.systems[0].statements[0].source.region.node;
    let (backup_takes, copy_takes) = (Minutes(40), Minutes(120));
    let loss = Loss { region, at: NOW, backup_takes, copy_takes, fail_every: None };
    let proof = prove::prove(spec, &compiled.stacks).unwrap();
    let input = Input::new(sources, compiled, Format::Yaml);
    let mut all = Vec::new();
    for language in LANGUAGES {
        let explanation = explain::explain(&input, language);
        for width in WIDTHS {
            let style = Style { width, colour: Colour::Never };
            for (command, text) in [
                ("check", human::render(&compiled.diagnostics, sources, style)),
                ("prove", written(|out| render::text(&proof, sources, language, Columns::of_terminal(width), out))),
                ("simulate", written(|out| simulate::text::write(spec, &loss, language, width, out))),
                ("next", written(|out| next::text::write(spec, 3, language, Columns::of_terminal(width), out))),
                ("explain", written(|out| explain::text::write(&explanation, style, out))),
            ] {
                all.push((format!("{command} in {}", language.code()), text, width));
            }
        }
    }
    all
}

/// The words of a line with the columns before each; what stands in backquotes, and cron of AWS, is one.
fn words(line: &str) -> Vec<(usize, &str)> {
    let (mut words, mut begin, mut closes) = (Vec::new(), 0, None);
    for (at, character) in line.char_indices().chain([(line.len(), ' ')]) {
        match closes {
            Some(close) if character == close => closes = None,
            None if character == '`' => closes = Some('`'),
            None if character == '(' && line.get(..at).unwrap().ends_with("cron") => closes = Some(')'),
            None if character == ' ' => {
                words.extend((at > begin).then(|| (line.get(..begin).unwrap().width(), line.get(begin..at).unwrap())));
                begin = at + 1;
            }
            _ => {}
        }
    }
    words
}

/// Whether a line shows a line of a spec.
fn is_excerpt(line: &str) -> bool {
    ["│", "┌─"].iter().any(|mark| line.contains(mark))
}

/// What is wrong with the lines of a text.
fn complaints(what: &str, text: &str, width: usize) -> Vec<String> {
    let closing = |character: char| "、。」）』】ぁぃぅぇぉっゃゅょァィゥェォッャュョー".contains(character);
    let mut complaints = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with(closing) {
            complaints.push(format!("{what} at {width}: begins with what closes: {line}"));
        }
        let indent = line.len() - line.trim_start_matches(' ').len();
        // A word that does not fit behind a label has no other place to go.
        let is_finding = ["error[", "warning["].iter().any(|head| line.starts_with(head));
        let head = if is_finding { "warning[W0000]: ".len() } else { LABEL };
        let is_long = |(before, word): &(usize, &str)| before + word.width() > width && *before <= indent + head;
        if line.width() > width && !is_excerpt(line) && !words(line).iter().any(is_long) {
            complaints.push(format!("{what} at {width}: {line}"));
        }
    }
    complaints
}

#[test]
fn what_commands_say_fits_the_terminal() {
    let specs = files("specs", ".drspec").into_iter().chain(files("tests/explain", ".drspec"));
    let specs: Vec<_> = specs.map(|path| (name(&path), load(&path))).collect();
    let complaints = specs.par_iter().flat_map_iter(|(name, (sources, compiled))| {
        let said = said(sources, compiled).into_iter();
        said.flat_map(move |(command, text, width)| complaints(&format!("{command} of {name}"), &text, width))
    });
    none(&complaints.collect::<Vec<_>>());
}

#[test]
fn findings_fit_the_terminal() {
    let complaints = files("tests/ui", ".drspec").into_par_iter().flat_map_iter(|path| {
        let (sources, compiled) = load(&path);
        WIDTHS.into_iter().flat_map(move |width| {
            let said = human::render(&compiled.diagnostics, &sources, Style { width, colour: Colour::Never });
            complaints(&name(&path), &said, width)
        })
    });
    none(&complaints.collect::<Vec<_>>());
}

#[test]
fn pages_of_rules_fit_the_terminal() {
    let mut found = Vec::new();
    for (rule, language) in RULES.iter().flat_map(|rule| LANGUAGES.map(|language| (rule, language))) {
        for width in WIDTHS {
            let page = page::text(rule, language, width);
            found.extend(complaints(rule.code, &prose(rule, &page), width));
            // Only the lines are others than those of the page that is no terminal's.
            let words = |page: &str| page.split_whitespace().collect::<String>();
            assert_eq!(words(&page), words(&page::markdown(rule, language)), "{}", rule.code);
        }
    }
    none(&found);
}

/// A page without its examples, which are specs.
fn prose(rule: &rule::DiagnosticRule, page: &str) -> String {
    assert!(page.starts_with("# "), "{}", rule.code);
    page.split("```").step_by(2).collect::<Vec<_>>().join("\n")
}
