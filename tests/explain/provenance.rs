//! Nothing is emitted without a reason: every property, policy statement, action and resource ARN of
//! every spec, and no reason is there for nothing.

use std::collections::{BTreeMap, BTreeSet};

use drc::cfn::LogicalId;
use drc::cfn::note::Note;
use drc::explain::{Language, explain};
use drc::origin::Reason;
use serde_json::Value;

use crate::support::{Case, cases};

/// Where a resource's parts are, and whether only a note of their very own will do.
fn parts(value: &Value, path: &str, found: &mut Vec<(String, bool)>) {
    let is_document = |part: &str| ["KeyPolicy", "PolicyDocument", "AssumeRolePolicyDocument"].contains(&part);
    match value {
        Value::Object(map) if !map.keys().next().is_some_and(|key| key == "Ref" || key.starts_with("Fn::")) => {
            for (key, inner) in map {
                parts(inner, &format!("{path}.{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}[{index}]");
                if path.split('.').any(is_document) && path.ends_with(&format!(".Statement[{index}]")) {
                    found.push((path.clone(), true));
                }
                parts(item, &path, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            let in_list = |name: &str| path.contains(&format!(".{name}["));
            let exact = path.contains(".Statement[") && (in_list("Action") || in_list("Resource"));
            found.push((path.to_owned(), exact));
        }
    }
}

fn exists(value: &Value, path: &str) -> bool {
    let mut at = Some(value);
    for step in path.split('.').flat_map(|step| step.split('[')) {
        at = at.and_then(|value| match step.strip_suffix(']') {
            Some(index) => value.get(index.parse::<usize>().unwrap()),
            None => value.get(step),
        });
    }
    at.is_some()
}

fn check(case: &Case) -> usize {
    let spec = &case.compiled.spec;
    let allowed: BTreeMap<LogicalId, Vec<Note>> =
        spec.statements().flat_map(|(system, statement)| drc::lower::policy_notes(system, statement)).collect();
    let mut checked = 0;
    for resource in case.compiled.stacks.iter().flat_map(|stack| &stack.template.resources) {
        let emitted = serde_json::to_value(resource).unwrap();
        let notes: BTreeSet<String> = resource
            .notes
            .iter()
            .chain(allowed.get(&resource.id).into_iter().flatten())
            .map(|note| note.at.to_string())
            .collect();
        let mut found = Vec::new();
        for entry in ["Properties", "DependsOn", "DeletionPolicy", "UpdateReplacePolicy"] {
            if let Some(value) = emitted.get(entry) {
                parts(value, entry, &mut found);
            }
        }
        for (path, exact) in found {
            let around = |note: &String| {
                path.starts_with(note.as_str()) && path.get(note.len()..).unwrap().starts_with(['.', '['])
            };
            let explained = notes.contains(&path) || (!exact && notes.iter().any(around));
            assert!(explained, "{}: nobody says why {} has {path}", case.name, resource.id);
            checked += 1;
        }
        for note in &notes {
            assert!(exists(&emitted, note), "{}: {} has a note on {note}, where nothing is", case.name, resource.id);
        }
        assert!(!resource.origins.is_empty());
    }
    checked
}

#[test]
fn nothing_is_emitted_without_a_reason() {
    let checked: usize = cases().iter().map(check).sum();
    assert!(checked > 1000, "only {checked} parts were looked at");
}

#[test]
fn every_reason_is_shown_by_some_spec() {
    let mut shown = BTreeSet::new();
    for case in cases() {
        let explanation = explain(&case.input(), Language::English);
        shown.extend(explanation.points().flat_map(|point| &point.causes).map(|cause| cause.reason));
    }
    let missing: Vec<Reason> = Reason::ALL.iter().copied().filter(|reason| !shown.contains(reason)).collect();
    assert!(missing.is_empty(), "no spec shows {missing:?}");
}

#[test]
fn every_reason_is_whole_in_both_languages() {
    let is_japanese = |text: &str| text.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c));
    for reason in Reason::ALL {
        for sentence in [reason.why(), reason.without()] {
            assert!(sentence.en.ends_with(['.', '"']) && !is_japanese(sentence.en), "{reason:?}: {}", sentence.en);
            assert!(sentence.ja.ends_with('。') && is_japanese(sentence.ja), "{reason:?}: {}", sentence.ja);
        }
        assert!(reason.source().starts_with("https://docs.aws.amazon.com/"), "{reason:?}: {}", reason.source());
    }
}

#[test]
fn japanese_has_no_english_sentences() {
    for case in cases() {
        for point in explain(&case.input(), Language::Japanese).points() {
            for fact in &point.facts {
                let bare = fact == "CAPABILITY_NAMED_IAM";
                assert!(bare || !fact.is_ascii(), "{}: {fact}", case.name);
            }
        }
    }
}
