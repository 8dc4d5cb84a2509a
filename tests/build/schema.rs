//! Generated templates against AWS's own machine-readable data.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

use drc::emit::Format;
use jsonschema::Validator;
use regex::Regex;
use serde_json::{Value, json};

use crate::golden::Case;
use crate::value::{Template, templates};

const CONTEXT: &str = "com.aws.cloudformation.Context";

pub(crate) fn case(path: &Path) -> datatest_stable::Result<()> {
    let is_spec = path.extension().is_some_and(|extension| extension == "drspec");
    let (specs, format) = if is_spec { (vec![path.to_owned()], Format::Yaml) } else { Case::read(path)? };
    let compiled = crate::compile(&specs, format)?;
    let mut problems = Vec::new();
    for template in templates(&compiled)? {
        check(&template, &mut problems);
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

fn check(template: &Template, problems: &mut Vec<String>) {
    let path = &template.path;
    let mut valid = |what: &str, validator: &Validator, value: &Value| {
        for error in validator.iter_errors(value) {
            problems.push(format!("{path}: {what}: {} at {}", error, error.instance_path()));
        }
    };
    valid("Metadata", &TEMPLATE_CONTEXT, &template.emitted["Metadata"][CONTEXT]);
    let deployed = template.deployed["Resources"].as_object().cloned().unwrap_or_default();
    for (id, resource) in &deployed {
        let kind = resource["Type"].as_str().unwrap_or_default();
        match SCHEMAS.get(kind) {
            Some(schema) => valid(id, schema, &resource["Properties"]),
            None => valid(kind, &NOTHING, resource),
        }
        valid(id, &RESOURCE_CONTEXT, &resource["Metadata"][CONTEXT]);
    }
    for (id, resource) in &deployed {
        let properties = &resource["Properties"];
        for document in ["PolicyDocument", "KeyPolicy", "AssumeRolePolicyDocument"] {
            for statement in properties[document]["Statement"].as_array().into_iter().flatten() {
                for problem in statement_problems(statement, document == "PolicyDocument") {
                    problems.push(format!("{path}: {id}: {problem}"));
                }
            }
        }
    }
}

fn data(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

/// The registry's schema of each type.
static SCHEMAS: LazyLock<BTreeMap<String, Validator>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/cloudformation");
    let files = std::fs::read_dir(folder).unwrap();
    files
        .map(|file| {
            let schema: Value = serde_json::from_slice(&std::fs::read(file.unwrap().path()).unwrap()).unwrap();
            let name = schema["typeName"].as_str().unwrap().to_owned();
            (name, jsonschema::draft7::new(&schema).unwrap())
        })
        .collect()
});

static NOTHING: LazyLock<Validator> = LazyLock::new(|| jsonschema::draft7::new(&json!(false)).unwrap());

static TEMPLATE_CONTEXT: LazyLock<Validator> = LazyLock::new(|| context("TemplateContext"));

static RESOURCE_CONTEXT: LazyLock<Validator> = LazyLock::new(|| context("ResourceContext"));

fn context(definition: &str) -> Validator {
    let mut schema = data("context.json");
    schema["$ref"] = json!(format!("#/definitions/{definition}"));
    jsonschema::draft7::new(&schema).unwrap()
}

/// AWS's Service Authorization Reference.
static SERVICES: LazyLock<Value> = LazyLock::new(|| data("service-authorization.json")["services"].take());

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect(),
    }
}

/// What a statement asks for that the service does not know. Identity policies name resources; the
/// resource of a key policy is the key.
fn statement_problems(statement: &Value, is_identity: bool) -> Vec<String> {
    let mut problems = Vec::new();
    for action in texts(&statement["Action"]).into_iter().filter(|action| *action != "*") {
        let (service, name) = action.split_once(':').unwrap_or((action, ""));
        let known = &SERVICES[service];
        let pattern = glob(name);
        let actions: Vec<&Value> = known["actions"]
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| pattern.is_match(name))
            .map(|(_, action)| action)
            .collect();
        if actions.is_empty() {
            problems.push(format!("there is no action {action}"));
        }
        for action_facts in actions.into_iter().filter(|_| is_identity) {
            let resources = texts(&statement["Resource"]);
            problems.extend(resources.iter().filter_map(|resource| misplaced(action, action_facts, known, resource)));
            problems.extend(unknown_conditions(action, action_facts, known, &statement["Condition"]));
        }
    }
    problems
}

/// An action stands only with resource types that it supports, and on `*` only if it has none.
fn misplaced(action: &str, facts: &Value, service: &Value, resource: &str) -> Option<String> {
    let types: Vec<&String> = facts["resources"].as_object()?.keys().collect();
    let supported = match (types.is_empty(), resource) {
        (true, "*") => true,
        (true, _) | (false, "*") => false,
        (false, arn) => types.iter().any(|kind| arn_pattern(&service["resources"][kind.as_str()]["arn"]).is_match(arn)),
    };
    (!supported).then(|| format!("{action} does not support {resource}"))
}

fn unknown_conditions(action: &str, facts: &Value, service: &Value, conditions: &Value) -> Vec<String> {
    let mut known = texts(&facts["conditions"]);
    for kind in facts["resources"].as_object().into_iter().flatten().map(|(kind, _)| kind) {
        known.extend(texts(&service["resources"][kind.as_str()]["conditions"]));
    }
    let keys = conditions.as_object().into_iter().flatten().filter_map(|(_, keys)| keys.as_object()).flatten();
    keys.filter(|(key, _)| !known.contains(&key.as_str()))
        .map(|(key, _)| format!("{action} does not know the condition key {key}"))
        .collect()
}

fn glob(pattern: &str) -> Regex {
    Regex::new(&format!("^{}$", regex::escape(pattern).replace(r"\*", ".*"))).unwrap()
}

/// `arn:${Partition}:rds:${Region}:${Account}:cluster:${Name}`
fn arn_pattern(arn: &Value) -> Regex {
    let placeholder = Regex::new(r"\\\$\\\{[A-Za-z]+\\\}|\\\*").unwrap();
    let escaped = regex::escape(arn.as_str().unwrap());
    let last = placeholder.find_iter(&escaped).last().map_or(0, |found| found.start());
    let pattern =
        placeholder.replace_all(
            &escaped,
            |found: &regex::Captures<'_>| {
                if found.get(0).unwrap().start() == last { ".+" } else { "[^:/]*" }
            },
        );
    Regex::new(&format!("^{pattern}$")).unwrap()
}
