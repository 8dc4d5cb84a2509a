//! The generated system against the hand-written one that it replaces: every resource, property,
//! action and ARN of the article must be there with the same value, but for a list of differences,
//! each with its reason and source.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use drc::emit::Format;
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;

use crate::value::{Template, templates};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    resource: Vec<Resource>,
    export: Vec<Export>,
    statement: Vec<Statement>,
    difference: Vec<Difference>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Resource {
    region: String,
    r#type: String,
    properties: std::collections::BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Export {
    region: String,
    name: String,
    value: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    region: String,
    of: String,
    #[serde(default)]
    sid: Option<String>,
    actions: Vec<String>,
    #[serde(default)]
    resources: Vec<String>,
    #[serde(default)]
    principal: Option<String>,
    #[serde(default)]
    condition: Option<String>,
}

/// Facts of the article that the generated system does not have.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    fact: String,
    reason: String,
    source: String,
    /// Facts that the generated system must have for them.
    #[serde(default)]
    instead: Vec<String>,
}

pub(crate) fn case(path: &Path) -> datatest_stable::Result<()> {
    let article: Article = toml::from_str(&std::fs::read_to_string(path)?)?;
    let compiled = crate::compile(&[PathBuf::from("specs/article.drspec")], Format::Yaml)?;
    let mut generated = BTreeSet::new();
    for template in templates(&compiled)? {
        template_facts(&template, &mut generated);
    }
    let missing: BTreeSet<String> = article_facts(&article).difference(&generated).cloned().collect();
    let mut problems = Vec::new();
    let mut explained = BTreeSet::new();
    for difference in &article.difference {
        if difference.reason.is_empty() || !difference.source.starts_with("https://") {
            problems.push(format!("no reason or source: {}", difference.fact));
        }
        let pattern = Regex::new(&format!("^{}$", regex::escape(&difference.fact).replace(r"\*", ".*")))?;
        let found: Vec<&String> = missing.iter().filter(|fact| pattern.is_match(fact)).collect();
        if found.is_empty() {
            problems.push(format!("listed, but not a difference: {}", difference.fact));
        }
        explained.extend(found);
        let instead = difference.instead.iter().filter(|fact| !generated.contains(*fact));
        problems.extend(instead.map(|fact| format!("not there instead: {fact}")));
    }
    problems.extend(missing.iter().filter(|fact| !explained.contains(fact)).map(|fact| format!("missing: {fact}")));
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n").into()) }
}

fn article_facts(article: &Article) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for resource in &article.resource {
        for (path, value) in &resource.properties {
            facts.insert(format!("{} {} {path} = {value}", resource.region, resource.r#type));
        }
    }
    for export in &article.export {
        facts.insert(format!("{} export {} = {}", export.region, export.name, export.value));
    }
    for statement in &article.statement {
        let place = format!("{} {}", statement.region, statement.of);
        statement_facts(
            &place,
            statement.sid.as_deref(),
            statement.principal.as_deref().unwrap_or_default(),
            &statement.actions.iter().map(String::as_str).collect::<Vec<_>>(),
            &statement.resources.iter().map(String::as_str).collect::<Vec<_>>(),
            statement.condition.as_deref().unwrap_or_default(),
            &mut facts,
        );
    }
    facts
}

fn template_facts(template: &Template, facts: &mut BTreeSet<String>) {
    let region = &template.region;
    for (_, resource) in template.deployed["Resources"].as_object().into_iter().flatten() {
        let kind = resource["Type"].as_str().unwrap_or_default();
        property_facts(&format!("{region} {kind}"), "", &resource["Properties"], facts);
        // What a role's policy allows is the same whichever type of resource makes the policy.
        let place = format!("{region} {}", kind.replace("RolePolicy", "Policy"));
        for document in ["PolicyDocument", "KeyPolicy", "AssumeRolePolicyDocument"] {
            for statement in resource["Properties"][document]["Statement"].as_array().into_iter().flatten() {
                emitted_statement_facts(&place, statement, facts);
            }
        }
    }
    for (_, output) in template.deployed["Outputs"].as_object().into_iter().flatten() {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        facts.insert(format!("{region} export {} = {}", text(&output["Export"]["Name"]), text(&output["Value"])));
    }
}

fn property_facts(place: &str, path: &str, value: &Value, facts: &mut BTreeSet<String>) {
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    match value {
        Value::Object(entries) => {
            for (name, entry) in entries {
                property_facts(place, &below(name), entry, facts);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                property_facts(place, &below(&index.to_string()), item, facts);
            }
        }
        Value::String(text) => _ = facts.insert(format!("{place} {path} = {text}")),
        other => _ = facts.insert(format!("{place} {path} = {other}")),
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        other => other.as_str().into_iter().collect(),
    }
}

fn emitted_statement_facts(place: &str, statement: &Value, facts: &mut BTreeSet<String>) {
    let principals = statement["Principal"].as_object();
    let principals: Vec<&str> = principals.into_iter().flatten().flat_map(|(_, value)| texts(value)).collect();
    let mut condition = Vec::new();
    for (operator, keys) in statement["Condition"].as_object().into_iter().flatten() {
        for (key, values) in keys.as_object().into_iter().flatten() {
            condition.push(format!("{operator} {key} {}", texts(values).join(" ")));
        }
    }
    for principal in if principals.is_empty() { vec![""] } else { principals } {
        statement_facts(
            place,
            statement["Sid"].as_str(),
            principal,
            &texts(&statement["Action"]),
            &texts(&statement["Resource"]),
            &condition.join(" and "),
            facts,
        );
    }
}

/// One fact for each action on each resource.
fn statement_facts(
    place: &str,
    sid: Option<&str>,
    principal: &str,
    actions: &[&str],
    resources: &[&str],
    condition: &str,
    facts: &mut BTreeSet<String>,
) {
    facts.extend(sid.map(|sid| format!("{place} statement {sid}")));
    for action in actions {
        for resource in if resources.is_empty() { &["itself"] } else { resources } {
            let mut fact = format!("{place} allows {principal} {action} on {resource}");
            if !condition.is_empty() {
                fact += " if ";
                fact += condition;
            }
            facts.insert(fact.replace("  ", " "));
        }
    }
}
