//! The README and the pages of `docs` keep their word: specs compile, commands work, transcripts and tables
//! are what is printed today, links lead somewhere, and both languages are told the same.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a document that cannot be read fails the test"
)]

use std::collections::BTreeSet;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Output};

use drc::emit::Format;
use drc::rules::RULES;
use drc::source::Sources;
use drc::text::Language;

const BEGIN: &str = "<!-- rules: written by `UPDATE=1 cargo test --test readme` -->\n";
const END: &str = "<!-- end of rules -->\n";

/// What transcripts count coming dates from where they do not say it.
const NOW: &str = "2026-11-26T00:00Z";

/// The README and the pages, of both languages.
fn documents() -> Vec<String> {
    let pages = fs::read_dir("docs").unwrap().map(|page| format!("docs/{}", page.unwrap().file_name().display()));
    let mut all: Vec<String> = ["README.md", "README.ja.md"].map(str::to_owned).into_iter().chain(pages).collect();
    all.sort();
    all
}

/// Each document that is there in Japanese, behind its English.
fn pairs() -> Vec<[String; 2]> {
    let japanese = documents().into_iter().filter(|document| document.ends_with(".ja.md"));
    japanese.map(|japanese| [japanese.replace(".ja.md", ".md"), japanese]).collect()
}

fn read(document: &str) -> String {
    fs::read_to_string(document).unwrap_or_else(|error| panic!("{document}: {error}"))
}

#[expect(clippy::disallowed_methods, reason = "`UPDATE` asks for what is generated to be written")]
fn is_updating() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// A fence: its language, and where in the document its lines are.
struct Fence<'a> {
    language: &'a str,
    body: &'a str,
    place: Range<usize>,
}

fn fences(text: &str) -> Vec<Fence<'_>> {
    let mut all = Vec::new();
    let mut begun: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let next = at + line.len();
        if let Some(language) = line.strip_prefix("```") {
            begun = match begun {
                None => Some((language.trim_end(), next)),
                Some((language, start)) => {
                    all.push(Fence { language, body: &text[start..at], place: start..at });
                    None
                }
            };
        }
        at = next;
    }
    all
}

/// The texts of the `drspec` fences of a document.
fn specs(text: &str) -> Vec<&str> {
    fences(text).into_iter().filter(|fence| fence.language == "drspec").map(|fence| fence.body).collect()
}

fn findings(spec: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("readme.drspec", spec.as_bytes().to_vec());
    let compiled = drc::compile(&sources, &[file], Format::Yaml, NOW.parse().unwrap());
    drc::diagnostic::short::render(&compiled.diagnostics, &sources)
}

#[test]
fn every_spec_compiles() {
    for document in documents() {
        for spec in specs(&read(&document)) {
            let findings = findings(spec);
            assert!(!findings.contains(" error["), "{document}:\n{spec}\n{findings}");
        }
    }
    for document in ["README.md", "README.ja.md", "docs/language.md", "docs/language.ja.md"] {
        assert!(specs(&read(document)).len() > 8, "{document} shows the language by example");
    }
}

#[test]
fn the_complete_example_compiles_without_a_word() {
    let text = read("README.md");
    let complete = text.split("compiles without a word:").nth(1).unwrap();
    assert_eq!(findings(specs(complete)[0]), "");
}

#[test]
fn the_quick_start_leaves_one_question() {
    let spec = read("specs/orders.drspec");
    assert!(specs(&read("README.md")).contains(&&*spec), "the quick start is specs/orders.drspec");
    let findings = findings(&spec);
    assert!(findings.lines().all(|line| line.contains("W0402")), "{findings}");
}

/// Runs a command line as a reader would, where `specs` is.
fn run(line: &str, place: &Path) -> Output {
    let binaries = Path::new(env!("CARGO_BIN_EXE_drc")).parent().unwrap().display();
    Command::new("sh")
        .args(["-c", &format!("PATH=\"{binaries}:$PATH\"\n{line}")])
        .current_dir(place)
        .env("LC_ALL", "C")
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// A directory with the specs, as a clone has them.
fn clone() -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    fs::create_dir(place.path().join("specs")).unwrap();
    for spec in fs::read_dir("specs").unwrap() {
        let spec = spec.unwrap();
        fs::copy(spec.path(), place.path().join("specs").join(spec.file_name())).unwrap();
    }
    place
}

/// A command of a transcript, and what stands before it on its line, at its fixed instant.
fn at_fixed_instant(command: &str) -> String {
    let (before, command) = command.split_at(command.find("drc ").unwrap());
    let mut words = command.splitn(3, ' ');
    let (drc, name, rest) = (words.next().unwrap(), words.next().unwrap(), words.next().unwrap_or_default());
    if rest.contains("--now") {
        format!("{before}{command}")
    } else {
        format!("{before}{drc} {name} --now {NOW} {rest}")
    }
}

/// `sh` fences hold commands to type; `console` fences hold one command and all that it prints.
#[test]
fn every_command_works_and_prints_what_is_shown() {
    let mut shown = 0;
    for document in documents() {
        let (mut text, place) = (read(&document), clone());
        let mut written = text.clone();
        for fence in fences(&text).iter().rev().filter(|fence| fence.language == "console") {
            let (command, output) = fence.body.split_once('\n').unwrap();
            let command = command.strip_prefix("$ ").unwrap();
            let result = run(&at_fixed_instant(command), place.path());
            assert!(result.status.success(), "{document}: {command}\n{}", String::from_utf8_lossy(&result.stderr));
            let printed = String::from_utf8(result.stdout).unwrap();
            let start = fence.place.end - output.len();
            written.replace_range(start..fence.place.end, &printed);
            shown += 1;
        }
        if is_updating() && written != text {
            fs::write(&document, &written).unwrap();
            text.clone_from(&written);
        }
        assert_eq!(text, written, "{document}: run `UPDATE=1 cargo test --test readme`");
        let commands = fences(&text).into_iter().filter(|fence| fence.language == "sh");
        for line in commands.flat_map(|fence| fence.body.lines()).filter(|line| line.starts_with("drc ")) {
            let result = run(line, place.path());
            assert!(result.status.success(), "{document}: {line}\n{}", String::from_utf8_lossy(&result.stderr));
        }
    }
    assert!(shown > 5);
}

#[test]
fn shown_templates_are_what_is_written() {
    let place = clone();
    assert!(run("drc build specs/mydb.drspec", place.path()).status.success());
    let template = fs::read_to_string(place.path().join("out/ap-northeast-1/mydb-source-backup.yml")).unwrap();
    for document in documents() {
        for fence in fences(&read(&document)).iter().filter(|fence| fence.language == "yaml") {
            assert!(template.contains(fence.body), "{document}:\n{}", fence.body);
        }
    }
}

#[test]
fn the_table_of_rules_is_complete() {
    for (document, language) in [("docs/rules.md", Language::English), ("docs/rules.ja.md", Language::Japanese)] {
        let text = read(document);
        let (before, rest) = text.split_once(BEGIN).unwrap();
        let (table, after) = rest.split_once(END).unwrap();
        let rows = RULES.iter().map(|rule| {
            format!("| {} | `{}` | {} |\n", rule.code, rule.name, rule.summary(language).replace('|', "\\|"))
        });
        let head = language.say("code | name", "コード | 名前");
        let wanted = format!("\n| {head} | |\n| --- | --- | --- |\n{}\n", rows.collect::<Vec<_>>().concat());
        if is_updating() {
            fs::write(document, format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
        } else {
            assert_eq!(table, wanted, "run `UPDATE=1 cargo test --test readme`");
        }
    }
}

/// The lines of a document that stand in no fence.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    text.split("\n```").step_by(2).flat_map(str::lines)
}

/// The headings of a document, each with its level.
fn headings(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let marked = prose(text).filter(|line| line.starts_with('#'));
    marked.map(|line| (line.len() - line.trim_start_matches('#').len(), line.trim_start_matches('#').trim()))
}

/// What stands in fences of a document, but for what is printed and the words that are translated.
fn examples(text: &str) -> Vec<String> {
    let said = fences(text).into_iter().filter(|fence| fence.language != "text");
    let lines = |fence: &Fence<'_>| {
        let shown = if fence.language == "console" { 1 } else { usize::MAX };
        let lines = fence.body.lines().take(shown).map(|line| line.replace(" --lang ja", ""));
        lines.map(|line| line.split(" reason=").next().unwrap_or_default().to_owned()).collect::<Vec<_>>().join("\n")
    };
    said.map(|fence| lines(&fence)).collect()
}

/// What one language is told, the other is told as well: the same sections, with the same examples.
#[test]
fn every_document_is_the_same_in_both_languages() {
    assert!(pairs().len() > 4);
    for [english, japanese] in pairs() {
        let texts = [read(&english), read(&japanese)];
        let [levels, others] = texts.each_ref().map(|text| headings(text).map(|(level, _)| level).collect::<Vec<_>>());
        assert_eq!(levels, others, "sections of {japanese}");
        let [shown, other] = texts.each_ref().map(|text| examples(text));
        for (english, other) in shown.iter().zip(&other) {
            assert_eq!(english, other, "{japanese}");
        }
        assert_eq!(shown.len(), other.len(), "examples of {japanese}");
    }
}

/// What GitHub makes of a heading for links to it.
fn anchor(heading: &str) -> String {
    let kept = heading.to_lowercase();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | 'ー'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// Where the links of a document lead.
fn links(text: &str) -> Vec<&str> {
    let parts = prose(text).flat_map(|line| line.split("](").skip(1));
    parts.filter_map(|part| part.split(')').next()).filter(|link| !link.starts_with("https://")).collect()
}

#[test]
fn every_link_leads_somewhere() {
    let others = ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"].map(str::to_owned);
    for document in documents().into_iter().chain(others) {
        for link in links(&read(&document)) {
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = if path.is_empty() {
                Path::new(&document).to_owned()
            } else {
                Path::new(&document).with_file_name("").join(path)
            };
            assert!(target.exists(), "{document}: {link}");
            if !heading.is_empty() {
                let text = fs::read_to_string(&target).unwrap();
                let anchors: BTreeSet<String> = headings(&text).map(|(_, heading)| anchor(heading)).collect();
                assert!(anchors.contains(heading), "{document}: {link}, of {anchors:?}");
            }
        }
    }
}

/// The keywords of the grammar: rules in capitals that are one word.
fn keywords() -> Vec<String> {
    let grammar = read("grammar/drspec.pest");
    let rules = grammar.lines().filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let words = rules
        .filter(|line| line.contains("= @{") && line.contains("~ !word_char"))
        .filter_map(|line| line.split('"').nth(1));
    words.map(str::to_owned).collect()
}

#[test]
fn the_reference_has_every_word_of_the_language() {
    assert!(keywords().len() > 40);
    for document in ["docs/language.md", "docs/language.ja.md"] {
        let text = read(document);
        let code = text.split('`').skip(1).step_by(2);
        let words: BTreeSet<&str> =
            code.flat_map(|code| code.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')).collect();
        let missing: Vec<String> = keywords().into_iter().filter(|word| !words.contains(word.as_str())).collect();
        assert!(missing.is_empty(), "{document}: {missing:?}");
    }
}

/// What a newcomer sees, in this order, and not too much of it.
#[test]
fn the_readme_is_short_and_in_order() {
    for document in ["README.md", "README.ja.md"] {
        let text = read(document);
        assert!(text.lines().count() < 400, "{document} has {} lines", text.lines().count());
        let order = [
            "```drspec\nbackup cluster mydb",
            "$ drc explain specs/mydb.drspec",
            "\ncargo test\n",
            "```drspec\nbackup cluster orders, billing",
        ];
        let places: Vec<usize> =
            order.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{document}: {part}"))).collect();
        assert!(places.is_sorted(), "{document}: {places:?}");
    }
}
