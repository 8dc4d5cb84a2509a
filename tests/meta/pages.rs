//! Codes and their pages.

use std::collections::BTreeSet;

use drc::rule::{DiagnosticRule, Evidence, Severity};
use drc::rules::RULES;
use drc::text::Language;

use crate::{compile, files, name, none};

/// Rules that one text cannot show, each with what shows it instead.
const WITHOUT_CASE: &[(&str, &str)] = &[
    ("E0002", "bytes that are not UTF-8: tests/cli/input.rs"),
    ("E0004", "a line of 10 MB: tests/cli/input.rs"),
    ("E0317", "two files: tests/cli/input.rs"),
    ("E0405", "what `drc build` writes is sufficient: tests/proof.rs"),
    ("E0501", "a spec of a thousand lines: tests/cli/input.rs"),
    ("E0504", "a spec of 501 clusters: tests/cli/input.rs"),
    ("E0506", "a spec of many clusters: tests/cli/input.rs"),
    ("E0507", "a spec of hundreds of administrators: tests/cli/input.rs"),
    ("W0508", "a spec of many statements: tests/cli/input.rs"),
    ("L0601", "two specs: tests/change"),
    ("L0602", "two specs: tests/change"),
    ("L0603", "two specs: tests/change"),
    ("L0604", "two specs: tests/change"),
    ("L0605", "two specs: tests/change"),
    ("E9999", "there is no known defect"),
];

#[test]
fn codes_are_sorted_and_unique() {
    assert!(RULES.windows(2).all(|pair| pair[0].code.get(1..) < pair[1].code.get(1..)));
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), RULES.len());
}

#[test]
fn codes_and_names_have_their_form() {
    let mut complaints = Vec::new();
    for rule in RULES {
        let letter = match rule.severity {
            Severity::Error => 'E',
            Severity::Warning => 'W',
            Severity::Loss => 'L',
        };
        let digits = rule.code.get(1..).unwrap();
        if !rule.code.starts_with(letter) || digits.len() != 4 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            complaints.push(format!("{} is no code of its severity", rule.code));
        }
        if !rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
            complaints.push(format!("{}: {} is not kebab-case", rule.code, rule.name));
        }
        if (rule.evidence == Evidence::Language) != rule.source.is_empty() {
            complaints.push(format!("{}: a fact about AWS has a source, a rule of the language has none", rule.code));
        }
        if rule.evidence == Evidence::Inferred && rule.severity == Severity::Error {
            complaints.push(format!("{} is an error, but only inferred", rule.code));
        }
    }
    none(&complaints);
}

/// Rules whose pages have no example, and why not.
const WITHOUT_EXAMPLE: &[(&str, &str)] = &[
    ("E0002", "a page is text"),
    ("E0003", "the character cannot be seen"),
    ("E0004", "longer than the page"),
    ("E0317", "takes two files"),
    ("E0405", "a defect"),
    ("E0501", "longer than the page"),
    ("E0504", "longer than the page"),
    ("E0506", "longer than the page"),
    ("E0507", "longer than the page"),
    ("W0508", "longer than the page"),
    ("L0601", "takes two specs"),
    ("L0602", "takes two specs"),
    ("L0603", "takes two specs"),
    ("L0604", "takes two specs"),
    ("L0605", "takes two specs"),
    ("E9999", "a defect"),
];

#[test]
fn pages_have_their_headings() {
    let mut complaints = Vec::new();
    for rule in RULES {
        let headings: Vec<&str> = rule.page.en.lines().map(str::trim).filter(|line| line.starts_with("## ")).collect();
        let without_example = WITHOUT_EXAMPLE.iter().any(|(code, _)| *code == rule.code);
        let expected: &[&str] = if without_example { &["## Why"] } else { &["## Why", "## Example"] };
        if headings != expected {
            complaints.push(format!("{} has the headings {headings:?}", rule.code));
        }
        let summary = rule.summary(Language::English);
        if !summary.ends_with('.') || summary.starts_with('#') {
            complaints.push(format!("{} begins with no sentence: {summary}", rule.code));
        }
        let examples = examples(rule);
        let shows = |wanted: bool| examples.iter().any(|(shown, _)| shown.is_some() == wanted);
        if without_example == (shows(true) && shows(false)) {
            complaints.push(format!("{} lacks what fires it or the same made right", rule.code));
        }
    }
    none(&complaints);
}

#[test]
fn prose_is_told_in_japanese_too() {
    let mut complaints = Vec::new();
    for rule in RULES {
        let english = prose(rule.page.en);
        let summary = rule.summary(Language::Japanese);
        let why = rule.page.ja.split_once("\n\n## 理由\n\n").map_or("", |(_, why)| why.trim_end());
        for text in [summary, why] {
            if !text.chars().any(is_kana) || !text.ends_with(['。', ')']) || text.contains('\n') {
                complaints.push(format!("{}: {text:?} is no Japanese sentence on one line", rule.code));
            }
        }
        if terms(&english) != terms(rule.page.ja) {
            complaints.push(format!("{}: {:?} and {:?}", rule.code, terms(&english), terms(rule.page.ja)));
        }
        let lost: Vec<String> = numbers(&english).difference(&numbers(rule.page.ja)).cloned().collect();
        if !lost.is_empty() {
            complaints.push(format!("{}: the Japanese lacks {lost:?}", rule.code));
        }
    }
    none(&complaints);
}

/// A page up to its examples, with words that are parted by single blanks.
fn prose(page: &str) -> String {
    let text = page.split("## Example").next().unwrap_or(page);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Hiragana and katakana: no other language is written in them.
fn is_kana(letter: char) -> bool {
    ('\u{3041}'..='\u{30ff}').contains(&letter)
}

/// What stands between backticks, which is the same in every language.
fn terms(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Figures, such as 60 and 10,240.
fn numbers(text: &str) -> BTreeSet<String> {
    let figures = text.split(|letter: char| !letter.is_ascii_digit() && letter != ',');
    figures.map(|figure| figure.replace(',', "")).filter(|figure| !figure.is_empty()).collect()
}

#[test]
fn words_between_examples_can_be_translated() {
    let mut complaints = Vec::new();
    for rule in RULES {
        let page = rule.page.en.lines().map(str::trim).collect::<Vec<_>>().join("\n");
        let Some((_, examples)) = page.split_once("## Example\n") else { continue };
        let said = examples.split("```").step_by(2).flat_map(str::lines).filter(|line| !line.is_empty());
        complaints.extend(said.filter(|line| *line != "Use instead:").map(|line| format!("{}: {line}", rule.code)));
    }
    none(&complaints);
}

/// Fenced specs of a page, each with the code that it shows.
fn examples(rule: &'static DiagnosticRule) -> Vec<(Option<&'static str>, String)> {
    let mut examples = Vec::new();
    let mut lines = rule.page.en.lines().map(|line| line.strip_prefix(' ').unwrap_or(line));
    while let Some(line) = lines.next() {
        let Some(fence) = line.strip_prefix("```drspec") else { continue };
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        examples.push((fence.strip_prefix(','), text.join("\n") + "\n"));
    }
    examples
}

#[test]
fn examples_show_what_they_say() {
    let mut complaints = Vec::new();
    for rule in RULES {
        for (shown, text) in examples(rule) {
            let (compiled, codes) = compile(&text);
            let errors: Vec<&str> = codes.iter().copied().filter(|code| code.starts_with('E')).collect();
            match shown {
                Some(code) => {
                    if code != rule.code || !codes.contains(&code) || errors.iter().any(|error| *error != code) {
                        complaints.push(format!("{}: the example raises {codes:?}", rule.code));
                    }
                }
                None => {
                    if codes.contains(&rule.code) || compiled.diagnostics.has_errors() {
                        complaints.push(format!("{}: what to use instead raises {codes:?}", rule.code));
                    }
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn every_code_has_a_case() {
    let cases = files("tests/ui", ".drspec");
    let has_case = |code: &str| cases.iter().any(|path| name(path).starts_with(&format!("tests/ui/{code}/")));
    let mut complaints = Vec::new();
    for rule in RULES {
        let listed = WITHOUT_CASE.iter().any(|(code, _)| *code == rule.code);
        if has_case(rule.code) == listed {
            complaints.push(format!("{}: a case {}, listed {listed}", rule.code, has_case(rule.code)));
        }
    }
    for path in &cases {
        let path = name(path);
        let folder = path.split('/').nth(2).unwrap_or_default();
        if !["accepted", "several"].contains(&folder) && !RULES.iter().any(|rule| rule.code == folder) {
            complaints.push(format!("{path}: no rule has this code"));
        }
    }
    none(&complaints);
}
