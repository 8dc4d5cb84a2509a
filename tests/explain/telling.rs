//! What people are told: each reason once, nothing that every template says, and pages by their numbers.

use std::collections::BTreeSet;

use drc::diagnostic::human::{Colour, Style};
use drc::explain::{Explanation, Language, Narrowing, explain, html, json, markdown, narrow, text};
use drc::reason::Reason;

use crate::support::{cases, file, written};

/// Wide enough for every line.
const WIDE: Style = Style { width: 10_000, colour: Colour::Never };
const LANGUAGES: [Language; 2] = [Language::English, Language::Japanese];

fn in_text(explanation: &Explanation<'_>) -> String {
    written(|out| text::write(explanation, WIDE, out))
}

/// The page numbers in a text between two marks, in their order.
fn numbers(text: &str, before: &str) -> Vec<usize> {
    let pieces = text.split(before).skip(1).filter_map(|rest| rest.split_once(']'));
    pieces.filter_map(|(number, _)| number.parse().ok()).collect()
}

#[test]
fn each_reason_is_told_once() {
    for case in cases() {
        let input = case.input();
        for language in LANGUAGES {
            let explanation = explain(&input, language);
            let given: BTreeSet<&Reason> =
                explanation.points().flat_map(|point| point.causes).map(|cause| cause.reason).collect();
            let page = in_text(&explanation);
            for reason in given {
                let told = page.matches(&format!(" {} [", language.pick(reason.why))).count();
                assert_eq!(
                    told,
                    usize::from(!drc::lower::reason::is_formal(reason)),
                    "{}: {reason:?} in {language:?}",
                    case.name
                );
            }
        }
    }
}

#[test]
fn who_told_a_reason_stands_above() {
    for case in cases() {
        let input = case.input();
        let page = in_text(&explain(&input, Language::English));
        let lines: Vec<&str> = page.lines().collect();
        let mut referred = 0;
        for (index, line) in lines.iter().enumerate() {
            let Some((_, other)) = line.split_once("why       as for ") else { continue };
            let (subject, of) = other.split_once(" (").unwrap_or((other, ""));
            let is_it = |line: &&&str| line.starts_with(subject) && line.ends_with(of);
            assert!(lines[..index].iter().any(|line| is_it(&line)), "{}: nothing above is {other}", case.name);
            referred += 1;
        }
        assert!(referred > 5, "{}", case.name);
    }
}

#[test]
fn what_every_template_says_is_for_machines_alone() {
    let case = file(std::path::Path::new("specs/mydb.drspec"));
    let input = case.input();
    let explanation = explain(&input, Language::English);
    let pages = [
        in_text(&explanation),
        written(|out| markdown::write(&explanation, out)),
        written(|out| html::write(&input, &explanation, out)),
    ];
    let document = written(|out| json::write(&explanation, out));
    for subject in ["AWSTemplateFormatVersion", "Metadata", "Description: Encrypts"] {
        assert!(pages.iter().all(|page| !page.contains(subject)), "{subject}");
    }
    for subject in ["AWSTemplateFormatVersion", "Description", "Metadata"] {
        assert!(document.contains(&format!("\"subject\": \"{subject}\"")), "{subject}");
    }
}

#[test]
fn pages_are_numbered_as_they_are_mentioned_and_listed_at_the_end() {
    for case in cases() {
        let input = case.input();
        for language in LANGUAGES {
            let explanation = explain(&input, language);
            let page = in_text(&explanation);
            let (told, list) = page.rsplit_once("\n\n").unwrap();
            let document = case.document(language);
            let (told_in_markdown, notes) = document.rsplit_once("\n\n").unwrap();
            for (mentioned, listed) in
                [(numbers(told, " ["), numbers(list, "[")), (numbers(told_in_markdown, " [^"), numbers(notes, "[^"))]
            {
                let mut first: Vec<usize> = Vec::new();
                for number in mentioned {
                    if !first.contains(&number) {
                        first.push(number);
                    }
                }
                let expected: Vec<usize> = (1..=listed.len()).collect();
                assert_eq!((&first, &listed), (&expected, &expected), "{} in {language:?}", case.name);
            }
            for (list, before, after) in [(list, "] ", ""), (notes, "]: <", ">")] {
                let pages: BTreeSet<&str> = list.lines().map(|line| line.split_once(before).unwrap().1).collect();
                assert_eq!(pages.len(), list.lines().count(), "{}: a page is listed twice", case.name);
                assert!(pages.iter().all(|page| page.starts_with("https://") && page.ends_with(after)));
            }
            assert!(!told.contains("https://") && !told_in_markdown.contains("https://"), "{}", case.name);
        }
    }
}

#[test]
fn no_heading_is_left_of_what_is_not_told() {
    let case = file(std::path::Path::new("specs/mydb.drspec"));
    let input = case.input();
    let explanation = explain(&input, Language::English);
    let ids: BTreeSet<String> =
        explanation.points().flat_map(|point| point.places).filter_map(|place| place.id).collect();
    assert!(ids.len() > 10);
    for id in ids {
        let left = narrow(&explanation, &Narrowing::Resource(id.clone())).unwrap();
        let document = written(|out| markdown::write(&left, out));
        let headings: Vec<&str> = document.lines().filter(|line| line.starts_with("##")).collect();
        let is_empty = |pair: &[&str]| pair[0].starts_with("## ") && pair[1].starts_with("## ");
        assert!(!headings.windows(2).any(is_empty), "{id}: {headings:?}");
        let page = written(|out| html::write(&input, &left, out));
        assert!(!page.contains("What it makes"), "{id}");
        let page = in_text(&left);
        let titles: Vec<&str> = page.lines().filter(|line| line.starts_with("──")).collect();
        assert!(titles.len() != 1, "{id}: one heading tells nothing apart\n{page}");
        assert!(!page.contains("What it makes"), "{id}:\n{page}");
    }
}
