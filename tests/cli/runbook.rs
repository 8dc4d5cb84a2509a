//! The runbook for machines: a document is of the shape that its schema describes, and what it refers to is in it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use serde_json::Value;

use super::input::drc;

/// The document of each spec of the repository, in each language.
static DOCUMENTS: LazyLock<Vec<(String, Value)>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let specs = std::fs::read_dir(root.join("specs")).unwrap().map(|entry| entry.unwrap().path());
    let documents: Vec<(String, Value)> = specs
        .flat_map(|path| ["en", "ja"].map(|language| (path.display().to_string(), language)))
        .map(|(spec, language)| {
            let output = drc(root, &["runbook", &spec, "--format", "json", "--lang", language]);
            (format!("{spec} {language}"), serde_json::from_slice(&output.stdout).unwrap())
        })
        .collect();
    assert!(documents.len() > 20);
    documents
});

/// The members of the members of a list.
fn within<'d>(list: &'d Value, member: &str) -> Vec<&'d Value> {
    list.as_array().unwrap().iter().flat_map(|item| item[member].as_array().unwrap()).collect()
}

/// Every step of a document, in order.
fn steps(document: &Value) -> Vec<&Value> {
    let sections = within(&document["phases"], "sections");
    sections.into_iter().flat_map(|section| section["steps"].as_array().unwrap()).collect()
}

#[test]
fn documents_follow_their_schema() {
    let schema: Value = serde_json::from_str(include_str!("../../schema/runbook-1.json")).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for (name, document) in DOCUMENTS.iter() {
        let problems: Vec<String> =
            validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(problems.is_empty(), "{name}: {problems:#?}");
    }
}

#[test]
fn page_one_leads_to_what_is_there() {
    for (name, document) in DOCUMENTS.iter() {
        let sections = within(&document["phases"], "sections");
        let labels = sections.iter().map(|section| section["label"].as_str().unwrap());
        let numbers = steps(document).into_iter().map(|step| step["number"].as_str().unwrap());
        let known: Vec<&str> = labels.chain(numbers).collect();
        assert_eq!(known.iter().collect::<BTreeSet<_>>().len(), known.len(), "{name}: {known:?}");
        let front = &document["front"];
        let mut named = within(&front["decisions"], "steps");
        named.extend(front["returns"].as_array().unwrap().iter().map(|back| &back["step"]));
        assert!(named.len() > 2, "{name}");
        for step in named {
            assert!(known.contains(&step.as_str().unwrap()), "{name}: there is no {step}");
        }
    }
}

#[test]
fn a_script_holds_its_commands_in_order() {
    for (name, document) in DOCUMENTS.iter() {
        for step in steps(document) {
            let mut rest = step["script"].as_str().unwrap_or_default();
            for command in step["commands"].as_array().unwrap() {
                let call =
                    format!("aws {} {}", command["service"].as_str().unwrap(), command["operation"].as_str().unwrap());
                let (_, after) = rest.split_once(&call).unwrap_or_else(|| panic!("{name}: no {call} in {step}"));
                rest = after;
            }
        }
    }
}
