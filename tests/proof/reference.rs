//! AWS's own data against the policies: the Service Authorization Reference and the managed policies.

use std::collections::BTreeMap;

use drc::emit::Format;
use drc::policy::glob::includes;
use drc::policy::{Condition, Document, Resources, Statement};
use drc::prove::PolicyKind;
use serde_json::Value;

use crate::subjects;

/// The reference's actions by name.
pub(crate) type Known<'a> = BTreeMap<String, (&'a Value, &'a Value)>;

pub(crate) fn data(file: &str) -> Value {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The reference's actions: service and name in lower case, which is how IAM compares them.
pub(crate) fn actions(reference: &Value) -> Known<'_> {
    let mut actions = BTreeMap::new();
    for (service, content) in reference["services"].as_object().unwrap() {
        for (name, action) in content["actions"].as_object().unwrap() {
            actions.insert(format!("{service}:{name}").to_lowercase(), (action, &content["resources"]));
        }
    }
    actions
}

/// Whether a resource of a policy may be one of a type, whose ARN has `${Variable}`s.
fn may_be(resource: &str, format: &str) -> bool {
    let mut pattern = String::new();
    let mut rest = format;
    while let Some((before, (_, after))) =
        rest.split_once("${").and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
    {
        pattern.push_str(before);
        pattern.push('*');
        rest = after;
    }
    pattern.push_str(rest);
    includes(&pattern, resource)
}

/// What the reference has against a statement of an identity's policy.
pub(crate) fn objections(statement: &Statement<String>, known: &Known<'_>) -> Vec<String> {
    let mut objections = Vec::new();
    let resources = statement.resources.as_ref().map_or(&[][..], |resources| resources.list());
    for action in statement.actions.list() {
        let Some((facts, types)) = known.get(&action.as_str().to_lowercase()) else {
            objections.push(format!("{action} does not exist"));
            continue;
        };
        let of_action: Vec<&String> = facts["resources"].as_object().unwrap().keys().collect();
        for resource in resources {
            let stands = if of_action.is_empty() {
                resource == "*"
            } else {
                of_action.iter().any(|name| may_be(resource, types[name.as_str()]["arn"].as_str().unwrap()))
            };
            if !stands {
                objections.push(format!("{action} does not stand with {resource}"));
            }
        }
        let unknown = statement.conditions.iter().filter(|condition| !is_known(condition, facts, types));
        objections.extend(unknown.map(|condition| format!("{action} does not know {}", condition.key)));
    }
    objections
}

/// Whether an action knows the key of a condition, by itself or by its types of resources.
fn is_known(condition: &Condition<String>, action: &Value, types: &Value) -> bool {
    let of_types = action["resources"].as_object().unwrap().keys().map(|name| &types[name.as_str()]["conditions"]);
    let mut keys = of_types.chain([&action["conditions"]]).flat_map(|list| list.as_array().unwrap());
    condition.key.to_ascii_lowercase().starts_with("aws:")
        || keys.any(|key| key.as_str().unwrap().eq_ignore_ascii_case(&condition.key))
}

/// What the reference has against a statement of a resource's own policy, in which `*` is the resource, and actions may
/// be patterns: each must be one of the service that owns the resource, and one of them must be about its type.
fn objections_of_resource(statement: &Statement<String>, own_type: &str, known: &Known<'_>) -> Vec<String> {
    let mut objections = Vec::new();
    for action in statement.actions.list() {
        let pattern = action.as_str().to_lowercase();
        let mut meant = known.iter().filter(|(name, _)| includes(&pattern, name));
        if !meant.any(|(_, (facts, _))| facts["resources"].get(own_type).is_some()) {
            objections.push(format!("{action} is about no {own_type}"));
        }
        for condition in &statement.conditions {
            let mut meant = known.iter().filter(|(name, _)| includes(&pattern, name));
            if !meant.any(|(_, (facts, types))| is_known(condition, facts, types)) {
                objections.push(format!("{action} does not know {}", condition.key));
            }
        }
    }
    if statement.resources.iter().flat_map(Resources::list).any(|resource| resource != "*") {
        objections.push("a resource's own policy names another".to_owned());
    }
    objections
}

/// Over every policy that is emitted: the role's, its trust policy, the keys'.
#[test]
fn the_service_authorization_reference_agrees() {
    let reference = data("service-authorization.json");
    let known = actions(&reference);
    let mut kinds = Vec::new();
    for subject in subjects() {
        for role in &subject.roles(Format::Yaml) {
            for policy in role.policies.iter().map(|size| &size.policy).filter(|policy| policy.kind.is_emitted()) {
                kinds.push(policy.kind);
                for statement in &policy.document.statements {
                    let objections = match policy.kind {
                        PolicyKind::Trust => objections_of_resource(statement, "role", &known),
                        PolicyKind::Key => objections_of_resource(statement, "key", &known),
                        PolicyKind::Inline | PolicyKind::Managed => objections(statement, &known),
                        PolicyKind::Assumed
                        | PolicyKind::AssumedOfAdministrator
                        | PolicyKind::Required
                        | PolicyKind::RequiredTrust => Vec::new(),
                    };
                    assert_eq!(objections, Vec::<String>::new(), "{} {}", subject.name, policy.name);
                }
            }
        }
    }
    for kind in [PolicyKind::Inline, PolicyKind::Managed, PolicyKind::Trust, PolicyKind::Key] {
        assert!(kinds.contains(&kind), "no {kind:?} policy was read");
    }
}

#[test]
fn the_figures_of_managed_policies_are_those_of_the_documents() {
    let documents = data("managed-policies.json");
    assert!(documents["newest_policy_in_copy"].as_str().unwrap().starts_with("2026-09-30"));
    for known in &drc::aws::managed_policy::INSTEAD {
        let (policy, figures) = (&documents["policies"][known.name], known.figures);
        assert_eq!(policy["version"], known.version);
        assert!(policy["updated"].as_str().unwrap().starts_with(known.updated));
        let expected = serde_json::json!({
            "statements": figures.statements, "statements_on_any_resource": figures.on_any_resource,
            "actions": figures.actions, "services": figures.services,
        });
        assert_eq!(policy["figures"], expected);
    }
}

/// A row that cites a managed policy is right to.
#[test]
fn rows_cite_policies_that_have_their_action() {
    use drc::kind::KINDS;
    use drc::kind::call::Source;
    let documents = data("managed-policies.json");
    for call in KINDS.iter().flat_map(|kind| kind.calls()) {
        assert!(!call.known_from.is_empty(), "{} has no source", call.action);
        for source in
            call.known_from.iter().filter(|source| matches!(source, Source::BackupPolicy | Source::RestorePolicy))
        {
            let document = documents["policies"][source.name().en]["document"].clone();
            let document: Document<String> = serde_json::from_value(document).unwrap();
            let mut actions = document.statements.iter().flat_map(|statement| statement.actions.list());
            let known = actions.any(|action| action.as_str().eq_ignore_ascii_case(call.action));
            assert!(known, "{} is not in {}", call.action, source.name().en);
        }
    }
}
