//! Tables about AWS against AWS's own machine-readable data.

use std::path::Path;

use drc::aws::name::NameKind;
use drc::aws::quota;
use drc::aws::region::REGIONS;
use regex::Regex;
use serde_json::Value;

use crate::none;

fn data(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// Regions of which the two disagree, each with why.
const REGIONS_THAT_DIFFER: &[(&str, &str)] = &[];

#[test]
fn regions_are_those_that_have_every_service() {
    let partitions = data("regions.json")["partitions"].take();
    let mut complaints = Vec::new();
    let known = ["aws", "aws-cn", "aws-us-gov", "aws-eusc"];
    for (partition, facts) in partitions.as_object().unwrap().iter().filter(|(id, _)| known.contains(&id.as_str())) {
        for (code, region) in facts["regions"].as_object().unwrap() {
            let endpoints: Vec<&str> =
                region["endpoints"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            let complete = ["backup", "cloudformation", "kms", "rds"].iter().all(|service| endpoints.contains(service));
            let ours = REGIONS.iter().find(|region| region.code == code);
            match ours {
                Some(ours) if ours.partition.id() != partition => complaints.push(format!("{code} is in {partition}")),
                None if complete => complaints.push(format!("{code} is missing")),
                _ => {}
            }
        }
    }
    for region in REGIONS {
        if partitions[region.partition.id()]["regions"].get(region.code).is_none() {
            complaints.push(format!("{} is not known to AWS", region.code));
        }
    }
    complaints.retain(|complaint| !REGIONS_THAT_DIFFER.iter().any(|(code, _)| complaint.starts_with(code)));
    none(&complaints);
}

/// The pattern, the fewest and the most characters of a shape.
fn shape(service: &str, name: &str) -> (Regex, usize, usize) {
    let shapes = data("botocore.json")["services"][service]["shapes"].take();
    let shape = &shapes[name];
    let pattern = shape["pattern"].as_str().unwrap_or_else(|| panic!("{name} has no pattern"));
    let number = |name: &str, otherwise: usize| shape[name].as_u64().map_or(otherwise, |n| usize::try_from(n).unwrap());
    (Regex::new(&format!("^(?:{pattern})$")).unwrap(), number("min", 1), number("max", usize::MAX))
}

/// Names that a rule about names might get wrong.
fn names() -> Vec<String> {
    let mut names: Vec<String> = [
        "", "a", "ab", "A-b", "a_b", "a.b", "a b", "a/b", "-a", "a-", "a--b", "1a", "é", "a+b", "a=b", "a,b", "a@b",
        "a:b", "a*",
    ]
    .map(str::to_owned)
    .to_vec();
    for length in [49, 50, 51, 63, 64, 65, 127, 128, 129, 248, 249, 250, 251, 255, 256, 257] {
        names.push("a".repeat(length));
    }
    names
}

#[test]
fn names_are_accepted_as_the_api_accepts_them() {
    let kinds = [
        (NameKind::Vault, "backup", "BackupVaultName"),
        (NameKind::Rule, "backup", "BackupRuleName"),
        (NameKind::Plan, "backup", "BackupRuleName"),
        (NameKind::Selection, "backup", "BackupSelectionName"),
        (NameKind::Role, "iam", "roleNameType"),
    ];
    let mut complaints = Vec::new();
    for (kind, service, name) in kinds {
        let (pattern, least, most) = shape(service, name);
        for text in names() {
            let aws = pattern.is_match(&text) && (least..=most).contains(&text.chars().count());
            // IAM's `\w` is ASCII.
            if kind.accepts(&text) != (aws && text.is_ascii()) {
                complaints.push(format!("{kind:?} of `{text}` ({} characters): AWS says {aws}", text.len()));
            }
        }
    }
    none(&complaints);
}

#[test]
fn alias_names_are_a_part_of_what_kms_accepts() {
    let (pattern, _, most) = shape("kms", "AliasNameType");
    for text in names().into_iter().filter(|text| NameKind::KeyAlias.accepts(text)) {
        let alias = format!("alias/{text}");
        assert!(pattern.is_match(&alias) && alias.len() <= most, "{alias}");
    }
}

#[test]
fn shortened_names_are_accepted() {
    use NameKind::{KeyAlias, Plan, Role, Rule, Selection, Vault};
    for kind in [Vault, Plan, Rule, Selection, Role, KeyAlias] {
        for length in [1, 2, 49, 50, 51, 63, 64, 65, 128, 129, 500] {
            let text = "m".repeat(length);
            let short = kind.shorten(&text);
            assert!(kind.accepts(&short) || length < kind.rule().shortest, "{kind:?} of {length}: {short}");
            assert_eq!(short == text, length <= kind.rule().longest, "{kind:?} of {length}: {short}");
        }
        assert_ne!(kind.shorten(&("m".repeat(500) + "a")), kind.shorten(&("m".repeat(500) + "b")));
    }
}

#[test]
fn figures_stand_in_the_documentation() {
    let documented = data("botocore.json")["services"]["backup"]["documented"].to_string();
    let figures = [("52,560,000", quota::LONGEST_WINDOW_MINUTES), ("60 minutes", quota::SHORTEST_START_WINDOW_MINUTES)];
    for (text, figure) in figures {
        assert!(documented.contains(text), "{text} is not documented");
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, figure.to_string());
    }
    let rotation = data("cloudformation/AWS-KMS-Key.json")["properties"]["RotationPeriodInDays"].take();
    assert_eq!(rotation["minimum"], *quota::ROTATION_DAYS.start());
    assert_eq!(rotation["maximum"], *quota::ROTATION_DAYS.end());
}

#[test]
fn every_action_of_the_calls_exists() {
    let services = data("service-authorization.json")["services"].take();
    let actions = drc::kind::KINDS.iter().flat_map(|kind| kind.calls()).map(|call| call.action);
    let unknown = actions.filter(|action| {
        let (service, name) = action.split_once(':').unwrap();
        services[service]["actions"].get(name).is_none()
    });
    none(&unknown.map(str::to_owned).collect::<Vec<_>>());
}
