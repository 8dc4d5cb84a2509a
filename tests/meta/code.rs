//! The source: which module may use which, and how large things are.

use std::path::Path;

use crate::{files, name, none};

/// Lines outside `src/kind` and `src/aws` that name a service of a kind, by their files, each with why.
const NAMED_SERVICES: &[(&str, &str)] = &[
    ("src/check/china_snapshot_copy.rs", "a page of a rule says what AWS's pages about clusters say"),
    ("src/check/service_opt_in.rs", "a page of a rule says what AWS's page says of two kinds"),
    ("src/check/timing/closed_window.rs", "a page of a rule says what AWS's page says of two kinds"),
    ("src/check/timing/endless_queue.rs", "a page of a rule says what AWS's pages say of two kinds"),
    ("src/reason/quote.rs", "an error text of AWS"),
    ("src/syntax/names/later.rs", "the services that `instance` may mean"),
];

/// Functions of more than 40 lines, each with why.
const LONG_FUNCTIONS: &[(&str, &str)] = &[
    ("src/aws/name.rs rule", "a table: the limits of each kind of name"),
    ("src/resolve/settings.rs say", "an exhaustive match over the clauses"),
    ("src/resolve/statement.rs statement", "one field after the other"),
    ("src/syntax/build.rs clause", "an exhaustive match over the clauses"),
];

const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 40;

fn sources() -> Vec<(String, String)> {
    files("src", ".rs").iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
}

/// The lines of a file without its tests.
fn code(text: &str) -> Vec<&str> {
    text.lines().take_while(|line| *line != "#[cfg(test)]").collect()
}

/// The module that a file belongs to: `src/check/no_copy.rs` to `check`.
fn module(path: &str) -> &str {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').next().unwrap_or(path)
}

/// Modules in the order of ARCHITECTURE.md's code map, with the row that each stands in.
fn map() -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).unwrap();
    let section = text.split("## Code map").nth(1).and_then(|rest| rest.split("\n## ").next()).unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `src/")?.split('|').next());
    let mut modules = Vec::new();
    for row in rows {
        for path in format!("`src/{row}").split('`').filter(|path| path.rsplit('.').next() == Some("rs")) {
            modules.push(module(path).to_owned());
        }
    }
    modules
}

#[test]
fn imports_point_up_the_map() {
    let map = map();
    let place = |module: &str| map.iter().position(|other| other == module);
    let mut complaints = Vec::new();
    for (path, text) in sources() {
        let own = module(&path);
        if ["lib", "main"].contains(&own) {
            continue;
        }
        let Some(here) = place(own) else {
            complaints.push(format!("{path}: {own} is not in ARCHITECTURE.md"));
            continue;
        };
        for line in code(&text).into_iter().filter(|line| !line.trim_start().starts_with("//")) {
            for rest in line.split("crate::").skip(1) {
                let other: String = rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '_').collect();
                if place(&other).is_none_or(|there| there <= here) {
                    continue;
                }
                complaints.push(format!("{path}: {own} uses {other}, which stands below it"));
            }
        }
    }
    none(&complaints);
}

/// What is of every kind does what the files of the kinds say, and names no service of its own.
#[test]
fn services_are_named_by_their_kinds_alone() {
    let names = ["Aurora", "DynamoDB", "RDS", "rds", "dynamodb"];
    let is_named = |line: &&str| {
        let mut words = line.split(|c: char| !c.is_ascii_alphanumeric());
        !line.trim_start().starts_with("//") && words.any(|word| names.contains(&word))
    };
    let others = sources().into_iter().filter(|(path, _)| !["aws", "kind"].contains(&module(path)));
    let naming = others.filter(|(_, text)| code(text).iter().any(is_named));
    compare(naming.map(|(path, _)| path).collect(), NAMED_SERVICES);
}

#[test]
fn files_are_short() {
    let long = sources().into_iter().filter(|(_, text)| code(text).len() > LONGEST_FILE).map(|(path, _)| path);
    compare(long.collect(), &[]);
}

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    for (path, text) in sources() {
        let mut open: Vec<(usize, usize, String)> = Vec::new();
        for (number, line) in code(&text).iter().enumerate() {
            let indent = line.len() - line.trim_start().len();
            if let Some(name) = function(line) {
                open.push((indent, number, name));
            }
            if line.trim() == "}" {
                while let Some((_, begin, name)) = open.pop_if(|(other, ..)| *other >= indent) {
                    if number - begin + 1 > LONGEST_FUNCTION {
                        long.push(format!("{path} {name}"));
                    }
                }
            }
        }
    }
    compare(long, LONG_FUNCTIONS);
}

/// The name of the function that a line begins, if it has a body.
fn function(line: &str) -> Option<String> {
    let words = line.trim_start();
    let rest =
        ["pub ", "pub(crate) ", "pub(super) ", "const "].iter().fold(words, |rest, word| rest.trim_start_matches(word));
    let name = rest.strip_prefix("fn ")?;
    if line.trim_end().ends_with(';') {
        return None;
    }
    Some(name.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect())
}

/// What is there against what is listed.
#[track_caller]
fn compare(mut found: Vec<String>, listed: &[(&str, &str)]) {
    found.sort();
    let mut listed: Vec<String> = listed.iter().map(|(name, _)| (*name).to_owned()).collect();
    listed.sort();
    assert_eq!(found, listed);
}

#[test]
fn every_file_says_what_it_is() {
    let silent = sources().into_iter().filter(|(_, text)| !text.starts_with("//! "));
    none(&silent.map(|(path, _)| format!("{path}: no `//!` line")).collect::<Vec<_>>());
}

#[test]
fn nothing_is_left_for_later() {
    // Put together here, so that this file does not name them.
    let words = ["TO DO", "FIX ME", "un implemented!", "to do!", "d bg!"].map(|word| word.replace(' ', ""));
    let mut complaints = Vec::new();
    for folder in ["src", "tests", "benches", "grammar", "specs"] {
        for path in files(folder, "").iter().filter(|path| !name(path).starts_with("tests/data")) {
            let Ok(text) = std::fs::read_to_string(path) else { continue };
            for word in &words {
                if text.contains(word.as_str()) {
                    complaints.push(format!("{}: {word}", name(path)));
                }
            }
        }
    }
    none(&complaints);
}

#[test]
fn documents_name_paths_that_exist() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut complaints = Vec::new();
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let Ok(text) = std::fs::read_to_string(root.join(document)) else { continue };
        for quoted in text.split('`').skip(1).step_by(2) {
            let begins = ["src/", "tests/", "specs/", "grammar/", "benches/", ".ci/"]
                .iter()
                .any(|begin| quoted.starts_with(begin));
            let is_path = !quoted.contains([' ', '*', '<', '{']);
            if begins && is_path && !root.join(quoted).exists() {
                complaints.push(format!("{document}: {quoted}"));
            }
        }
    }
    none(&complaints);
}
