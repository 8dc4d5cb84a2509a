//! Nothing that is never changed in place is ever `safe` to change: every create-only property of the schemas.

use std::collections::BTreeSet;

use drc::aws::resource_type::RESOURCE_TYPES;
use drc::change::deployed::{StackId, State, Template};
use drc::change::{Verdict, change};
use serde_json::{Value, json};

use crate::NOW;

/// The schema of a type, as CloudFormation publishes it.
fn schema(name: &str) -> Value {
    let path = format!("tests/data/cloudformation/{}.json", name.replace("::", "-"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn create_only(schema: &Value) -> BTreeSet<String> {
    let listed = schema["createOnlyProperties"].as_array().into_iter().flatten();
    listed.map(|path| path.as_str().unwrap().trim_start_matches("/properties/").to_owned()).collect()
}

#[test]
fn types_are_as_their_schemas_say() {
    for kind in RESOURCE_TYPES {
        let schema = schema(kind.name);
        let listed: BTreeSet<String> = kind.create_only.iter().map(|&name| name.to_owned()).collect();
        assert_eq!(listed, create_only(&schema), "{}", kind.name);
        let properties = schema["properties"].as_object().unwrap();
        for name in kind.fixed.iter().chain(kind.named_by) {
            assert!(properties.contains_key(*name), "{} has no {name}", kind.name);
        }
    }
}

/// A template with one resource, kept as recovery points need it.
fn template(kind: &str, properties: &Value) -> Template {
    let resource = json!({
        "Type": kind, "Properties": properties, "DeletionPolicy": "Retain", "UpdateReplacePolicy": "Retain"
    });
    Template {
        stack: StackId { account: "111122223333".to_owned(), region: "ap-northeast-1", name: "s".to_owned() },
        region: drc::aws::region::find("ap-northeast-1").unwrap(),
        path: "s.json".to_owned(),
        text: json!({ "Resources": { "R": resource } }).to_string(),
    }
}

#[test]
fn a_change_of_what_is_only_set_at_creation_is_never_safe() {
    let mut walked = 0;
    for kind in RESOURCE_TYPES {
        let names = kind.named_by.iter().map(|&name| (name.to_owned(), json!("name")));
        let base: serde_json::Map<String, Value> = names.collect();
        for property in create_only(&schema(kind.name)).iter().map(String::as_str).chain(kind.fixed.iter().copied()) {
            let with = |value: &str| {
                let mut properties = base.clone();
                properties.insert(property.to_owned(), json!(value));
                [template(kind.name, &Value::Object(properties))]
            };
            let (old, new) = (with("one"), with("other"));
            let (old, new) = (State::read(&old).unwrap(), State::read(&new).unwrap());
            let change = change(&old, &new, None, NOW.parse().unwrap());
            let expected = if kind.name == "AWS::Backup::BackupSelection" { Verdict::Safe } else { Verdict::Look };
            assert_eq!(change.verdict(), expected, "{} {property}: {:#?}", kind.name, change.cloudformation);
            assert!(
                change.cloudformation.iter().any(|item| item.text.en.contains(property)),
                "{} {property}",
                kind.name
            );
            walked += 1;
        }
    }
    assert!(walked > 25, "{walked}");
}
