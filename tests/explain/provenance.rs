//! Nothing is emitted without a reason: every property, policy statement, action and resource ARN of
//! every spec, and no reason is there for nothing.

use std::collections::BTreeSet;

use drc::explain::{Explanation, Language, Section, SectionKind, explain};
use drc::lower::reason;
use drc::reason::Reason;
use serde_json::Value;

use crate::support::{Case, cases, every_case};

/// Parts that are told of by what they stand in: names that the spec chose, and what a policy statement says
/// besides its actions and resources. A `Sid` is too.
const TOLD_WITH_THEIR_WHOLE: [&str; 11] = [
    "Properties.AssumeRolePolicyDocument.Statement[].Effect",
    "Properties.AssumeRolePolicyDocument.Statement[].Principal.",
    "Properties.BackupPlan.BackupPlanRule[].RecoveryPointTags.",
    "Properties.BackupPlanTags.",
    "Properties.BackupVaultTags.",
    "Properties.KeyPolicy.Id",
    "Properties.KeyPolicy.Statement[].Effect",
    "Properties.KeyPolicy.Statement[].Principal.",
    "Properties.PolicyDocument.Statement[].Condition.",
    "Properties.PolicyDocument.Statement[].Effect",
    "Properties.Tags[].",
];

/// Every part of a resource that is a value, and every policy statement.
fn parts(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(map) if !map.keys().next().is_some_and(|key| key == "Ref" || key.starts_with("Fn::")) => {
            for (key, inner) in map {
                parts(inner, &format!("{path}.{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let path = format!("{path}[{index}]");
                if path.ends_with(&format!(".Statement[{index}]")) {
                    found.push(path.clone());
                }
                parts(item, &path, found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Object(_) => {
            found.push(path.to_owned());
        }
    }
}

/// A path without its indices.
fn pattern(path: &str) -> String {
    let mut parts = path.split('[');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |pattern, part| format!("{pattern}[]{}", part.split_once(']').map_or("", |(_, rest)| rest)))
}

/// What the explanation has a reason for, as stack, region and path.
fn explained(explanation: &Explanation<'_>) -> BTreeSet<(String, &'static str, String)> {
    let told = explanation.points().filter(|point| !point.causes.is_empty());
    told.flat_map(|point| point.places).map(|place| (place.stack, place.region, place.path)).collect()
}

/// The parts of a build that nobody says a reason for.
fn unexplained(case: &Case) -> (usize, Vec<String>) {
    let told = explained(&explain(&case.input(), Language::English));
    let (mut checked, mut unexplained) = (0, Vec::new());
    for stack in &case.compiled.stacks {
        let template = serde_json::to_value(&stack.template).unwrap();
        let is_told = |path: &str| told.contains(&(stack.name.clone(), stack.location.region.code, path.to_owned()));
        let mut found: Vec<String> = Vec::new();
        for (entry, value) in template.as_object().unwrap() {
            match entry.as_str() {
                "Resources" => {
                    for (id, resource) in value.as_object().unwrap() {
                        found.push(format!("Resources.{id}"));
                        for (attribute, value) in resource.as_object().unwrap() {
                            match attribute.as_str() {
                                "Type" => {}
                                "Metadata" => found.push(format!("Resources.{id}.Metadata")),
                                _ => parts(value, &format!("Resources.{id}.{attribute}"), &mut found),
                            }
                        }
                    }
                }
                "Parameters" | "Conditions" | "Outputs" => {
                    found.extend(value.as_object().unwrap().keys().map(|id| format!("{entry}.{id}")));
                }
                _ => found.push(entry.clone()),
            }
        }
        for path in found {
            checked += 1;
            let inside = path.splitn(3, '.').nth(2).map(pattern).unwrap_or_default();
            let with_whole = TOLD_WITH_THEIR_WHOLE.iter().any(|part| {
                inside == *part
                    || part.ends_with('.') && inside.starts_with(part)
                    || inside.ends_with(".Statement[].Sid")
            });
            let whole = || {
                path.char_indices()
                    .filter(|(_, c)| matches!(c, '.' | '['))
                    .any(|(end, _)| path.get(..end).is_some_and(is_told))
            };
            let explained = is_told(&path) || with_whole && whole();
            if !explained {
                unexplained.push(format!("{}: {} in {}: {path}", case.name, stack.name, stack.location.region.code));
            }
        }
    }
    (checked, unexplained)
}

#[test]
fn nothing_is_emitted_without_a_reason() {
    let mut checked = 0;
    for case in every_case() {
        let (parts, unexplained) = unexplained(case);
        assert!(unexplained.is_empty(), "nobody says why there is\n{}", unexplained.join("\n"));
        checked += parts;
    }
    assert!(checked > 5000, "only {checked} parts were looked at");
}

#[test]
fn every_reason_is_shown_by_some_spec() {
    let mut shown = BTreeSet::new();
    for case in cases() {
        let input = case.input();
        let explanation = explain(&input, Language::English);
        shown.extend(explanation.points().flat_map(|point| point.causes).map(|cause| cause.reason));
    }
    let missing: Vec<&Reason> = reason::all().filter(|reason| !shown.contains(reason)).collect();
    assert!(missing.is_empty(), "no spec shows {missing:?}");
}

#[test]
fn every_reason_is_whole_in_both_languages() {
    let is_japanese = |text: &str| text.chars().any(|c| ('\u{3040}'..='\u{30ff}').contains(&c));
    for reason in reason::all() {
        for sentence in [reason.why, reason.without] {
            assert!(sentence.en.ends_with(['.', '"']) && !is_japanese(sentence.en), "{reason:?}: {}", sentence.en);
            assert!(sentence.ja.ends_with('。') && is_japanese(sentence.ja), "{reason:?}: {}", sentence.ja);
        }
        assert!(reason.page.starts_with("https://docs.aws.amazon.com/"), "{reason:?}: {}", reason.page);
    }
}

#[test]
fn the_table_of_calls_is_whole_in_both_languages() {
    for call in drc::kind::KINDS.iter().flat_map(|kind| kind.calls()) {
        if let Some(note) = call.note {
            assert!(note.en.ends_with('.') && note.en.is_ascii(), "{}: {}", call.action, note.en);
            assert!(note.ja.ends_with('。') && !note.ja.is_ascii(), "{}: {}", call.action, note.ja);
        }
        assert!(!call.known_from.is_empty(), "{} is known from nowhere", call.action);
        for source in call.known_from {
            assert!(!source.name().en.is_empty() && !source.name().ja.is_empty());
        }
    }
}

#[test]
fn every_permission_of_the_role_says_all_that_a_reviewer_asks() {
    for case in every_case() {
        let input = case.input();
        let explanation = explain(&input, Language::English);
        let policies = explanation.sections.iter().filter(|section| section.kind == SectionKind::RolePolicy);
        for statement in policies.flat_map(Section::points).filter(|point| point.sid.is_some()) {
            assert!(!statement.facts.is_empty() && !statement.phases.is_empty(), "{}: {statement:?}", case.name);
            let of = |subject: &'static str| statement.points.iter().filter(move |part| part.subject == subject);
            assert!(of("Action").next().is_some() && of("Resource").next().is_some());
            for action in of("Action") {
                assert!(!action.known_from.is_empty() && !action.phases.is_empty(), "{}: {action:?}", case.name);
            }
            for part in &statement.points {
                assert!(!part.causes.is_empty() && !part.clauses.is_empty(), "{}: {part:?}", case.name);
            }
        }
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
