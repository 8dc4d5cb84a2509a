//! What the documentation says that a change of each property requires, against the table and the schemas.

#![expect(clippy::indexing_slicing, reason = "data of another shape fails the test")]

use std::collections::BTreeSet;

use drc::aws::resource_type::{RESOURCE_TYPES, ResourceType};
use serde_json::Value;

/// Where the documentation and the table disagree: the type, the property, and what is documented.
///
/// The page of keys says of three of these that a key is replaced, of the fourth that it is changed in place, and above
/// all of them that the update fails "regardless of the value of the `UpdateReplacePolicy` attribute". Their schema lists
/// none as create-only. The table takes the side of the note: a key that is neither replaced nor changed loses nothing,
/// and who is told that the update fails does not try.
const CONTRADICTIONS: &[(&str, &str, &str)] = &[
    ("AWS::KMS::Key", "KeySpec", "Replacement"),
    ("AWS::KMS::Key", "KeyUsage", "Replacement"),
    ("AWS::KMS::Key", "MultiRegion", "Replacement"),
    ("AWS::KMS::Key", "Origin", "No interruption"),
];

/// Properties that are documented and in no schema.
const BEYOND_SCHEMA: &[(&str, &str)] = &[("AWS::Backup::RestoreTestingPlan", "ScheduleStatus")];

fn read(path: &str) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// What the table says, in the documentation's words; nothing where the update fails.
fn word(kind: &ResourceType, property: &str) -> Option<&'static str> {
    if kind.fixed.contains(&property) {
        return None;
    }
    Some(if kind.create_only.contains(&property) { "Replacement" } else { "No interruption" })
}

/// The properties of a type that a template may set.
fn settable(kind: &str) -> BTreeSet<String> {
    let schema = read(&format!("tests/data/cloudformation/{}.json", kind.replace("::", "-")));
    let read_only: BTreeSet<String> = schema["readOnlyProperties"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|path| path.as_str().unwrap().trim_start_matches("/properties/").to_owned())
        .collect();
    let all: BTreeSet<String> = schema["properties"].as_object().unwrap().keys().cloned().collect();
    all.difference(&read_only).cloned().collect()
}

#[test]
fn a_change_does_what_the_documentation_says() {
    let data = read("tests/data/update-requires.json");
    let mut contradictions = Vec::new();
    for kind in RESOURCE_TYPES {
        let listed = &data["types"][kind.name];
        assert_eq!(listed["page"], kind.source, "{}", kind.name);
        for (property, documented) in listed["properties"].as_object().unwrap() {
            let documented = documented.as_str().unwrap();
            if word(kind, property) != Some(documented) {
                contradictions.push((kind.name, property.clone(), documented.to_owned()));
            }
        }
    }
    let expected: Vec<_> = CONTRADICTIONS
        .iter()
        .map(|&(kind, property, documented)| (kind, property.to_owned(), documented.to_owned()))
        .collect();
    assert_eq!(contradictions, expected);
}

#[test]
fn every_property_of_the_schemas_is_documented() {
    let data = read("tests/data/update-requires.json");
    for kind in RESOURCE_TYPES {
        let mut documented: BTreeSet<String> =
            data["types"][kind.name]["properties"].as_object().unwrap().keys().cloned().collect();
        let missing = data["missing"][kind.name].as_array().into_iter().flatten();
        documented.extend(missing.map(|name| name.as_str().unwrap().to_owned()));
        let mut settable = settable(kind.name);
        settable.extend(
            BEYOND_SCHEMA.iter().filter(|(of, _)| *of == kind.name).map(|(_, property)| (*property).to_owned()),
        );
        assert_eq!(documented, settable, "{}", kind.name);
    }
}
