//! The golden policies, changed in every single way: less must be too little, more must be noticed.

use std::collections::BTreeSet;

use drc::emit::Format;
use drc::policy::{Action, Actions, PrincipalSet, Principals, Resources, Statement, glob};
use drc::prove::evaluate::Policies;
use drc::prove::{self, Attached, PolicyKind, Removable, RoleProof};

use crate::subjects;

fn policies(attached: &[Attached]) -> Policies {
    attached.iter().fold(Policies::default(), |policies, policy| match policy.kind {
        PolicyKind::Inline | PolicyKind::Managed | PolicyKind::AssumedOfAdministrator | PolicyKind::Required => {
            policies.attach_to_identity(&policy.target, &policy.name, &policy.document)
        }
        PolicyKind::Trust | PolicyKind::Key | PolicyKind::Assumed | PolicyKind::RequiredTrust => {
            policies.attach_to_resource(&policy.target, &policy.name, &policy.document)
        }
    })
}

fn attached(role: &RoleProof) -> Vec<Attached> {
    role.policies.iter().map(|policy| policy.policy.clone()).collect()
}

/// Not by the proof's own bookkeeping: the changed policies are asked every call again.
#[test]
fn every_single_removal_changes_a_verdict() {
    for subject in subjects() {
        for role in &subject.roles(Format::Yaml) {
            let attached = attached(role);
            let removals = prove::removals(&attached);
            assert_eq!(removals.len(), role.minimality.tried);
            let named = role
                .calls
                .iter()
                .flat_map(|call| &call.call.request.resources)
                .chain(role.forbidden.iter().flat_map(|call| &call.call.request.resources));
            let assumed = foreign(&attached, named);
            // The parts of a role for many clusters are alike: of those, every so many.
            for removal in removals.into_iter().step_by(1 + role.minimality.tried / 300) {
                let changed = prove::without(&attached, &removal).unwrap();
                let policies = policies(&[changed, assumed.clone()].concat());
                let needed = || role.calls.iter().any(|call| !policies.allows(&call.call.request));
                let let_in = || role.forbidden.iter().any(|call| policies.allows(&call.call.request));
                let noticed = if matches!(removal.part, Removable::Condition(_)) { let_in() } else { needed() };
                assert!(noticed, "{}: {removal:?} changes nothing", subject.name);
            }
        }
    }
}

/// Every way to let one resource, action or principal of a policy reach further, of those that AWS knows: `*` in the
/// place of the region, of the account, of the name or of its end, of the whole; all actions of the service; everyone.
fn widenings(statement: &Statement<String>) -> Vec<Statement<String>> {
    let mut all = Vec::new();
    if let Some(Resources::Only(resources)) = &statement.resources {
        // Of a long list, the resources of the first and of the last clusters.
        let is_tried = |at: usize| at < 6 || at + 6 >= resources.len();
        for (at, resource) in resources.iter().enumerate().filter(|(at, resource)| *resource != "*" && is_tried(*at)) {
            all.extend(wider_resources(resource).into_iter().map(|wider| {
                let mut resources = resources.clone();
                resources[at] = wider;
                Statement { resources: Some(Resources::Only(resources)), ..statement.clone() }
            }));
        }
    }
    if let Actions::Only(actions) = &statement.actions {
        let whole = |action: &Action| action.as_str().ends_with(":*");
        for (at, action) in actions.iter().enumerate().filter(|(_, action)| !whole(action)) {
            let mut actions = actions.clone();
            actions[at] = Action::from(format!("{}:*", action.service().unwrap()));
            all.push(Statement { actions: Actions::Only(actions), ..statement.clone() });
        }
    }
    if let Some(principal) = &statement.principal {
        let everyone = Some(Principals::Only(PrincipalSet::Everyone));
        assert!(principal.list() != &PrincipalSet::Everyone);
        all.push(Statement { principal: everyone, ..statement.clone() });
    }
    all
}

/// A partition and a service cannot be left open: an account is in one partition, and IAM takes no `*` for a service.
fn wider_resources(resource: &str) -> Vec<String> {
    let parts: Vec<&str> = resource.splitn(6, ':').collect();
    let with = |at: usize, text: &str| {
        let mut parts = parts.clone();
        parts[at] = text;
        parts.join(":")
    };
    let name = parts[5];
    let mut wider = vec!["*".to_owned(), with(3, "*"), with(4, "*"), with(5, "*")];
    let begins = name.match_indices([':', '/']).filter_map(|(at, _)| name.get(..=at));
    wider.extend(begins.map(|begin| with(5, &format!("{begin}*"))));
    // The beginning of the name: `mydb*` as `m*`, `mydb` as `mydb*`. Ids of keys have one length.
    if let Some(begin) = name.strip_suffix('*') {
        let shorter = begin.rfind([':', '/']).and_then(|end| begin.get(..end + 2));
        wider.extend(shorter.map(|begin| with(5, &format!("{begin}*"))));
    } else if name.starts_with("key/mrk-") {
        wider.push(with(5, "key/mrk-*"));
    } else if !name.starts_with("key/") {
        wider.push(with(5, &format!("{name}*")));
    }
    wider.retain(|text| text != resource);
    wider.sort();
    wider.dedup();
    wider
}

/// The lines that a widened statement has and the original has not.
fn changes(original: &Statement<String>, wider: &Statement<String>) -> String {
    let [original, wider] = [original, wider].map(|statement| format!("{statement:#?}"));
    wider.lines().filter(|line| !original.lines().any(|known| known == *line)).map(str::trim).collect()
}

/// What the battery lacks would be a permission that nobody notices.
#[test]
fn every_single_widening_lets_something_through() {
    let mut complaints = Vec::new();
    for subject in subjects() {
        for role in &subject.roles(Format::Yaml) {
            let attached = attached(role);
            let named = role.forbidden.iter().flat_map(|call| &call.call.request.resources);
            let assumed = foreign(&attached, named);
            for (place, policy) in attached.iter().enumerate().filter(|(_, policy)| policy.kind.is_emitted()) {
                for (index, statement) in policy.document.statements.iter().enumerate() {
                    // The calls of a role for many clusters are alike: of those, every so many widenings.
                    for wider in widenings(statement).into_iter().step_by(1 + role.forbidden.len() / 1500) {
                        let mut changed = attached.clone();
                        changed[place].document.statements[index] = wider.clone();
                        let policies = policies(&[changed, assumed.clone()].concat());
                        if !lets_through(statement, &wider, &policies, role) {
                            complaints.push(format!(
                                "{}: {}: {}",
                                subject.name,
                                policy.name,
                                changes(statement, &wider)
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{} are not noticed:\n{}", complaints.len(), complaints.join("\n"));
}

/// Whether a forbidden call is allowed that the statement is about since it was widened.
fn lets_through(
    statement: &Statement<String>,
    wider: &Statement<String>,
    policies: &Policies,
    role: &RoleProof,
) -> bool {
    let is_named = |action: &str| {
        let mut patterns = wider.actions.list().iter();
        patterns.any(|pattern| glob::includes(pattern.as_str(), action))
    };
    let resources = |of: &Statement<String>| of.resources.iter().flat_map(Resources::list).cloned().collect();
    let (before, after): (Vec<String>, Vec<String>) = (resources(statement), resources(wider));
    let added: Vec<&String> = after.iter().filter(|resource| !before.contains(resource)).collect();
    let is_reached = |resource: &String| added.iter().any(|pattern| glob::includes(pattern, resource));
    let mut concerned =
        role.forbidden.iter().map(|call| &call.call.request).filter(|request| {
            is_named(&request.action) && (added.is_empty() || request.resources.iter().any(is_reached))
        });
    concerned.any(|request| policies.allows(request))
}

/// What no template makes, keys and whatever is of another account, with a policy that lets the callers' account decide.
fn foreign<'a>(attached: &[Attached], resources: impl Iterator<Item = &'a String>) -> Vec<Attached> {
    let is_trust = |policy: &&Attached| matches!(policy.kind, PolicyKind::Trust | PolicyKind::RequiredTrust);
    let account = attached.iter().find(is_trust).unwrap();
    let mut parts = account.target.splitn(6, ':');
    let (partition, id) = (parts.nth(1).unwrap(), parts.nth(2).unwrap());
    let is_made = |arn: &String| attached.iter().any(|policy| policy.target == *arn);
    let governed = resources.filter(|arn| !is_made(arn)).filter_map(|arn| match arn.split(':').nth(4) {
        Some(owner) if !owner.is_empty() && owner != id => Some(format!("arn:{partition}:*:*:{owner}:*")),
        _ => arn.contains(":kms:").then(|| arn.clone()),
    });
    let document = serde_json::json!({ "Version": "2012-10-17", "Statement": {
        "Effect": "Allow", "Principal": { "AWS": format!("arn:{partition}:iam::{id}:root") }, "Action": "*", "Resource": "*"
    }});
    governed
        .collect::<BTreeSet<String>>()
        .into_iter()
        .map(|target| Attached {
            name: format!("policy of {target}"),
            kind: PolicyKind::Assumed,
            target,
            document: serde_json::from_value(document.clone()).unwrap(),
        })
        .collect()
}
