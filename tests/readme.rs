//! The README keeps its word: its specs compile, and its table of rules is the table of rules.

use drc::emit::Format;
use drc::rules::RULES;
use drc::source::Sources;
use drc::text::Language;

const BEGIN: &str = "<!-- rules: written by `UPDATE=1 cargo test --test readme` -->\n";
const END: &str = "<!-- end of rules -->\n";

/// The texts of the `drspec` fences of a document.
fn specs(document: &str) -> Vec<String> {
    let mut specs = Vec::new();
    let mut lines = document.lines();
    while lines.by_ref().any(|line| line == "```drspec") {
        let spec: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        specs.push(spec.join("\n") + "\n");
    }
    specs
}

fn findings(spec: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add("readme.drspec", spec.as_bytes().to_vec());
    let compiled = drc::compile(&mut sources, &[file], Format::Yaml, jiff::Timestamp::constant(1_767_225_600, 0));
    drc::diagnostic::short::render(&compiled.diagnostics, &sources)
}

#[test]
fn every_spec_compiles() {
    for document in ["README.md", "README.ja.md"] {
        let text = std::fs::read_to_string(document).unwrap();
        let specs = specs(&text);
        assert!(!specs.is_empty(), "{document} has no spec");
        for spec in specs {
            let findings = findings(&spec);
            assert!(!findings.contains(" error["), "{document}:\n{spec}\n{findings}");
        }
    }
}

#[test]
fn the_complete_example_compiles_without_a_word() {
    let text = std::fs::read_to_string("README.md").unwrap();
    let complete = text.split("compiles without a word:").nth(1).unwrap();
    assert_eq!(findings(&specs(complete)[0]), "");
}

#[test]
fn the_quick_start_leaves_one_question() {
    let spec = std::fs::read_to_string("specs/orders.drspec").unwrap();
    let readme = std::fs::read_to_string("README.md").unwrap();
    assert!(specs(&readme).contains(&spec), "the quick start is specs/orders.drspec");
    let findings = findings(&spec);
    assert!(findings.lines().all(|line| line.contains("W0402")), "{findings}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "`UPDATE` asks for the table to be written")]
fn the_table_of_rules_is_complete() {
    let text = std::fs::read_to_string("README.md").unwrap();
    let (before, rest) = text.split_once(BEGIN).unwrap();
    let (table, after) = rest.split_once(END).unwrap();
    let rows = RULES.iter().map(|rule| {
        format!("| {} | `{}` | {} |\n", rule.code, rule.name, rule.summary(Language::English).replace('|', "\\|"))
    });
    let wanted = format!("\n| code | name | |\n| --- | --- | --- |\n{}\n", rows.collect::<Vec<_>>().concat());
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write("README.md", format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
    } else {
        assert_eq!(table, wanted, "run `UPDATE=1 cargo test --test readme`");
    }
}

/// Levels of the headings, and what stands in fences but for the words that are translated.
fn outline(text: &str) -> (Vec<usize>, Vec<String>) {
    let pieces: Vec<&str> = text.split("\n```").collect();
    let prose = pieces.iter().step_by(2).flat_map(|piece| piece.lines());
    let headings =
        prose.filter(|line| line.starts_with('#')).map(|line| line.chars().take_while(|c| *c == '#').count());
    let fences = pieces.iter().skip(1).step_by(2).filter(|fence| !fence.starts_with("text\n"));
    let fences = fences.map(|fence| {
        let lines = fence.replace(" --lang ja --format html > runbook", " --format html > runbook");
        let lines = lines.lines().map(|line| line.split(" reason=").next().unwrap_or_default().to_owned());
        lines.collect::<Vec<_>>().join("\n")
    });
    (headings.collect(), fences.collect())
}

/// What one language is told, the other is told as well: the same sections, with the same examples.
#[test]
fn the_readme_is_the_same_in_both_languages() {
    let [english, japanese] = ["README.md", "README.ja.md"].map(|document| std::fs::read_to_string(document).unwrap());
    let (english, japanese) = (outline(&english), outline(&japanese));
    assert!(english.1.len() > 20);
    assert_eq!(english.0, japanese.0, "sections");
    for (english, japanese) in english.1.iter().zip(&japanese.1) {
        assert_eq!(english, japanese);
    }
    assert_eq!(english.1.len(), japanese.1.len());
}
