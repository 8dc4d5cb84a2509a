//! The proof, held to account: it must hold for every spec, fail for every permission that is taken
//! away, and read policies that AWS's own reference agrees with.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a case that cannot be set up fails")]

use std::collections::BTreeMap;
use std::fmt::Write as _;

use drc::Compiled;
use drc::emit::Format;
use drc::policy::{Action, Actions, Document, PrincipalSet, Principals, Resources, Statement};
use drc::prove::evaluate::Policies;
use drc::prove::{self, Attached, Part, PolicyKind, Proof, RoleProof};
use drc::source::Sources;
use proptest::prelude::*;
use serde_json::Value;

/// Specs that between them use everything a policy depends on.
const SPECS: &[(&str, &str)] = &[
    ("article", include_str!("../specs/article.drspec")),
    ("mydb", include_str!("../specs/mydb.drspec")),
    ("no copy, no restore", "backup cluster a from eu-west-1 daily 01:00 UTC keep 7d no restore"),
    ("no copy", "backup cluster a, b-1, c from eu-west-1 daily 01:00 UTC keep 7d"),
    (
        "two destinations, an account, rotation and an administrator",
        "account 222233334444\ndefaults admin role/Keys, arn:aws:iam::999900001111:role/Security rotate every 365d\n\
         backup cluster orders, users from us-east-1 to us-west-2 to eu-west-1 daily 01:00 UTC keep 7d\n  \
         restore as \"<name>-restored-*\" subnet-group db",
    ),
    (
        "keys that exist, one of another account",
        "backup cluster a from ap-northeast-1 key arn:aws:kms:ap-northeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab\n  \
         to ap-northeast-3 key arn:aws:kms:ap-northeast-3:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab daily 01:00 JST keep 7d\n  \
         encrypted by arn:aws:kms:ap-northeast-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    ),
    (
        "a replica of a key that exists",
        "backup cluster a from ap-northeast-1 key arn:aws:kms:ap-northeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab\n  \
         to ap-northeast-3 daily 01:00 JST keep 7d",
    ),
    ("patterns that overlap", "backup cluster db, db-2, dba from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d"),
    (
        "a pattern in the middle",
        "backup cluster db from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d\n  restore as \"d?-*-new\"",
    ),
    ("China", "backup cluster a from cn-north-1 to cn-northwest-1 daily 01:00 UTC keep 7d"),
    ("GovCloud", "backup cluster a from us-gov-west-1 to us-gov-east-1 daily 01:00 UTC keep 7d"),
    (
        "stacks per statement, two sources",
        "system many stacks per statement\n\
         backup cluster a from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d\n\
         backup cluster b from eu-central-1 to eu-west-2 daily 01:00 UTC keep 7d\n\
         backup cluster c from eu-west-1 to eu-west-2 daily 02:00 UTC keep 7d",
    ),
];

/// The instant that coming dates are counted from.
const NOW: jiff::Timestamp = jiff::Timestamp::constant(1_767_225_600, 0);

fn compile(spec: &str, format: Format) -> Compiled {
    let mut sources = Sources::default();
    let file = sources.add("case.drspec".to_owned(), spec.as_bytes().to_vec());
    let compiled = drc::compile(&mut sources, &[file], format, NOW);
    let errors: Vec<_> = compiled.diagnostics.iter().filter(|finding| finding.is_error()).collect();
    assert!(errors.is_empty(), "{spec}\n{errors:#?}");
    compiled
}

fn proof(spec: &str, format: Format) -> Proof {
    let compiled = compile(spec, format);
    prove::prove(&compiled.spec, &compiled.stacks, &compiled.files).unwrap()
}

/// Everything that keeps a proof from holding.
fn failures(role: &RoleProof) -> String {
    let mut text = String::new();
    for call in role.calls.iter().filter(|call| !call.allowed) {
        let _ = writeln!(text, "refused {:?}: {}", call.call.request, call.why);
    }
    for call in role.forbidden.iter().filter(|call| call.allowed) {
        let _ = writeln!(text, "allowed {}: {:?} by {:?}", call.call.what, call.call.request, call.by);
    }
    let _ = writeln!(text, "superfluous {:?}", role.minimality.superfluous);
    let _ = writeln!(text, "beyond {:?}", role.comparison.beyond);
    text
}

fn policies(attached: &[Attached]) -> Policies {
    attached.iter().fold(Policies::default(), |policies, policy| match policy.kind {
        PolicyKind::Inline | PolicyKind::Managed | PolicyKind::AssumedOfAdministrator => {
            policies.attach_to_identity(&policy.target, &policy.name, &policy.document)
        }
        PolicyKind::Trust | PolicyKind::Key | PolicyKind::Assumed => {
            policies.attach_to_resource(&policy.target, &policy.name, &policy.document)
        }
    })
}

fn attached(role: &RoleProof) -> Vec<Attached> {
    role.policies.iter().map(|policy| policy.policy.clone()).collect()
}

#[test]
fn every_spec_is_proved_in_both_formats() {
    for (name, spec) in SPECS {
        for format in [Format::Yaml, Format::Json] {
            let proof = proof(spec, format);
            for role in &proof.roles {
                assert!(role.holds(), "{name}\n{}", failures(role));
            }
            assert!(proof.holds());
        }
    }
}

/// Not by the proof's own bookkeeping: the changed policies are asked every call again.
#[test]
fn every_single_removal_changes_a_verdict() {
    for (name, spec) in SPECS {
        for role in &proof(spec, Format::Yaml).roles {
            let attached = attached(role);
            let removals = prove::removals(&attached);
            assert_eq!(removals.len(), role.minimality.tried);
            let named = role
                .calls
                .iter()
                .flat_map(|call| &call.call.request.resources)
                .chain(role.forbidden.iter().flat_map(|call| &call.call.request.resources));
            let assumed = foreign(&attached, named);
            for removal in removals {
                let changed = prove::without(&attached, &removal).unwrap();
                let policies = policies(&[changed, assumed.clone()].concat());
                let needed = || role.calls.iter().any(|call| !policies.evaluate(&call.call.request).is_allowed());
                let let_in = || role.forbidden.iter().any(|call| policies.evaluate(&call.call.request).is_allowed());
                let noticed = if matches!(removal.part, Part::Condition(_)) { let_in() } else { needed() };
                assert!(noticed, "{name}: {removal:?} changes nothing");
            }
        }
    }
}

/// Every way to let one resource, action or principal of a policy reach further, of those that AWS knows: `*` in the
/// place of the region, of the account, of the name or of its end, of the whole; all actions of the service; everyone.
fn widenings(statement: &Statement<String>) -> Vec<Statement<String>> {
    let mut all = Vec::new();
    if let Some(Resources::Only(resources)) = &statement.resources {
        for (at, resource) in resources.iter().enumerate().filter(|(_, resource)| *resource != "*") {
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
        assert!(principal.set() != &PrincipalSet::Everyone);
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
    let ends = name.match_indices([':', '/']).map(|(at, _)| at + 1);
    wider.extend(ends.map(|end| with(5, &format!("{}*", &name[..end]))));
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
    for (name, spec) in SPECS {
        for role in &proof(spec, Format::Yaml).roles {
            let attached = attached(role);
            let named = role.forbidden.iter().flat_map(|call| &call.call.request.resources);
            let assumed = foreign(&attached, named);
            for (place, policy) in attached.iter().enumerate().filter(|(_, policy)| policy.kind.is_emitted()) {
                for (index, statement) in policy.document.statements.iter().enumerate() {
                    for wider in widenings(statement) {
                        let mut changed = attached.clone();
                        changed[place].document.statements[index] = wider.clone();
                        let policies = policies(&[changed, assumed.clone()].concat());
                        // What a statement does not name it cannot let through.
                        let is_named = |action: &str| {
                            let mut patterns = wider.actions.patterns().iter();
                            patterns.any(|pattern| drc::policy::glob::includes(pattern.as_str(), action))
                        };
                        let mut named = role.forbidden.iter().filter(|call| is_named(&call.call.request.action));
                        if !named.any(|call| policies.evaluate(&call.call.request).is_allowed()) {
                            complaints.push(format!("{name}: {}: {}", policy.name, changes(statement, &wider)));
                        }
                    }
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{} are not noticed:\n{}", complaints.len(), complaints.join("\n"));
}

/// What no template makes, keys and whatever is of another account, with a policy that lets the callers' account decide.
fn foreign<'a>(attached: &[Attached], resources: impl Iterator<Item = &'a String>) -> Vec<Attached> {
    let account = attached.iter().find(|policy| policy.kind == PolicyKind::Trust).unwrap();
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
        .collect::<std::collections::BTreeSet<String>>()
        .into_iter()
        .map(|target| Attached {
            name: format!("policy of {target}"),
            kind: PolicyKind::Assumed,
            target,
            document: serde_json::from_value(document.clone()).unwrap(),
        })
        .collect()
}

#[test]
fn statements_that_differ_in_names_alone_are_proved_once() {
    let mut spec = String::from("system many stacks per statement\n");
    for index in 0..20 {
        let _ = writeln!(spec, "backup cluster db-{index} from eu-west-1 to eu-west-2 daily 01:00 UTC keep 7d");
    }
    spec.push_str("backup cluster other from eu-west-1 daily 01:00 UTC keep 7d no restore\n");
    let proof = proof(&spec, Format::Yaml);
    let alike: Vec<usize> = proof.roles.iter().map(|role| role.alike.len()).collect();
    assert_eq!(alike, [19, 0]);
}

#[test]
fn a_spec_can_fail() {
    #[track_caller]
    fn fails(spec: &str, why: &str) {
        let proof = proof(spec, Format::Yaml);
        assert!(!proof.holds(), "{spec}");
        let text = drc::prove::render::text(&proof, &Sources::default());
        assert!(text.contains(why), "{text}");
    }
    let backup = "backup cluster mydb from ap-northeast-1 key k to ap-northeast-3 daily 01:00 JST keep 7d";
    fails(&format!("key k admin role/the-role\n{backup}\n  role the-role"), "key administration by the role");
    fails(
        &format!("account 111122223333\nkey k admin arn:aws:iam::111122223333:root\n{backup}"),
        "arn:aws:iam::111122223333:root",
    );
    fails(
        &format!("account 111122223333\nkey k admin role/A, arn:aws:iam::111122223333:role/A\n{backup}"),
        "arn:aws:iam::111122223333:role/A",
    );
}

/// A spec with this many clusters of names of this length.
fn wide(clusters: usize, length: usize) -> String {
    let names: Vec<String> = (0..clusters).map(|index| format!("c{index:0>length$}")).collect();
    format!(
        "backup cluster {} from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d\n  plan p",
        names.join(", ")
    )
}

/// What a set of policies allows: action, resource and conditions of each statement.
fn permissions<'a>(documents: impl Iterator<Item = &'a Document<String>>) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for statement in documents.flat_map(|document| &document.statements) {
        for action in statement.actions.patterns() {
            for resource in statement.resources.iter().flat_map(Resources::patterns) {
                all.push((action.as_str().to_owned(), resource.clone(), format!("{:?}", statement.conditions)));
            }
        }
    }
    all.sort();
    all
}

/// The policies of the role itself.
fn of_role(role: &RoleProof) -> impl Iterator<Item = &prove::Sized> {
    role.policies.iter().filter(|size| matches!(size.policy.kind, PolicyKind::Inline | PolicyKind::Managed))
}

#[test]
fn a_long_policy_is_cut_into_short_ones_that_allow_the_same() {
    let role = proof(&wide(20, 40), Format::Yaml).roles.remove(0);
    assert!(role.holds(), "{}", failures(&role));
    let parts: Vec<&prove::Sized> = of_role(&role).collect();
    assert!(parts.len() > 2);
    for part in &parts {
        assert_eq!(part.policy.kind, PolicyKind::Managed);
        assert!(part.characters <= 6_144, "{} has {}", part.policy.name, part.characters);
    }
    // Nothing is allowed twice, and together they allow what one role of each cluster would.
    let allowed = permissions(parts.iter().map(|part| &part.policy.document));
    let mut once = allowed.clone();
    once.dedup();
    assert_eq!(allowed, once);
    let mut single: Vec<(String, String, String)> = Vec::new();
    for index in 0..20 {
        let name = format!("c{index:0>40}");
        let spec = format!("system case\n{}", wide(1, 40).replace(&format!("c{:0>40}", 0), &name));
        let role = proof(&spec, Format::Yaml).roles.remove(0);
        single.extend(permissions(of_role(&role).map(|policy| &policy.policy.document)));
    }
    single.sort();
    single.dedup();
    let without_keys = |list: Vec<(String, String, String)>| {
        list.into_iter().filter(|(action, _, _)| !action.starts_with("kms:")).collect::<Vec<_>>()
    };
    assert_eq!(without_keys(allowed), without_keys(single));
}

#[test]
fn too_many_policies_are_an_error_that_names_the_clauses() {
    let mut sources = Sources::default();
    let file = sources.add("case.drspec".to_owned(), wide(300, 30).into_bytes());
    let compiled = drc::compile(&mut sources, &[file], Format::Yaml, NOW);
    let codes: Vec<&str> = compiled.diagnostics.iter().map(|finding| finding.rule.code).collect();
    assert!(codes.contains(&"E0506"), "{codes:?}");
    let finding = compiled.diagnostics.iter().find(|finding| finding.rule.code == "E0506").unwrap();
    let clauses: Vec<&str> = finding.related.iter().map(|(_, text)| text.as_str()).collect();
    assert!(clauses.iter().any(|clause| clause.contains("300 clusters")), "{clauses:?}");
    assert!(clauses.iter().any(|clause| clause.contains("to ap-northeast-3")), "{clauses:?}");
}

fn data(file: &str) -> Value {
    let path = format!("{}/tests/data/{file}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The reference's actions: service and name in lower case, which is how IAM compares them.
fn actions(reference: &Value) -> BTreeMap<String, (&Value, &Value)> {
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
    drc::policy::glob::includes(&pattern, resource)
}

/// What the reference has against a statement.
fn objections(statement: &Statement<String>, actions: &BTreeMap<String, (&Value, &Value)>) -> Vec<String> {
    const GLOBAL: [&str; 2] = ["aws:", "AWS:"];
    let mut objections = Vec::new();
    let resources = statement.resources.as_ref().map_or(&[][..], Resources::patterns);
    for action in statement.actions.patterns() {
        let Some((known, types)) = actions.get(&action.as_str().to_lowercase()) else {
            objections.push(format!("{action} does not exist"));
            continue;
        };
        let of_action: Vec<&String> = known["resources"].as_object().unwrap().keys().collect();
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
        let mut keys: Vec<&str> = known["conditions"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        for name in of_action {
            keys.extend(types[name.as_str()]["conditions"].as_array().unwrap().iter().filter_map(Value::as_str));
        }
        for condition in &statement.conditions {
            let is_global = GLOBAL.iter().any(|prefix| condition.key.starts_with(prefix));
            if !is_global && !keys.iter().any(|key| key.eq_ignore_ascii_case(&condition.key)) {
                objections.push(format!("{action} does not know {}", condition.key));
            }
        }
    }
    objections
}

#[test]
fn the_service_authorization_reference_agrees() {
    let reference = data("service-authorization.json");
    let actions = actions(&reference);
    for (name, spec) in SPECS {
        for role in &proof(spec, Format::Yaml).roles {
            for policy in of_role(role) {
                for statement in &policy.policy.document.statements {
                    assert_eq!(objections(statement, &actions), Vec::<String>::new(), "{name}");
                }
            }
        }
    }
}

#[test]
fn the_figures_of_managed_policies_are_those_of_the_documents() {
    let documents = data("managed-policies.json");
    assert!(documents["newest_policy_in_copy"].as_str().unwrap().starts_with("2026-09-30"));
    for figures in &drc::aws::managed_policy::INSTEAD {
        let policy = &documents["policies"][figures.name];
        assert_eq!(policy["version"], figures.version);
        assert!(policy["updated"].as_str().unwrap().starts_with(figures.updated));
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
    use drc::aws::call::{Source, calls};
    let documents = data("managed-policies.json");
    for call in calls() {
        assert!(!call.sources.is_empty(), "{} has no source", call.action);
        for source in
            call.sources.iter().filter(|source| matches!(source, Source::BackupPolicy | Source::RestorePolicy))
        {
            let document = documents["policies"][source.name()]["document"].clone();
            let document: Document<String> = serde_json::from_value(document).unwrap();
            let mut actions = document.statements.iter().flat_map(|statement| statement.actions.patterns());
            let known = actions.any(|action| action.as_str().eq_ignore_ascii_case(call.action));
            assert!(known, "{} is not in {}", call.action, source.name());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn any_number_of_clusters_and_destinations_is_proved(
        clusters in proptest::collection::btree_set("[a-z][a-z0-9]{0,12}", 1..12),
        destinations in proptest::sample::subsequence(vec!["ap-northeast-2", "ap-northeast-3", "us-east-1", "us-west-2"], 0..4),
        restore in proptest::sample::select(vec!["", "  no restore\n", "  restore as \"<name>-*\"\n", "  restore as \"r*\" subnet-group s\n"]),
    ) {
        let names: Vec<String> = clusters.into_iter().map(|name| format!("\"{name}\"")).collect();
        let copies: String = destinations.iter().flat_map(|region| [" to ", region]).collect();
        let spec = format!("backup cluster {} from ap-northeast-1{copies} daily 01:00 JST keep 7d\n{restore}", names.join(",\n  "));
        for role in &proof(&spec, Format::Yaml).roles {
            prop_assert!(role.holds(), "{spec}\n{}", failures(role));
        }
    }
}

/// What a deployer's policy must hold against the schemas: for each type of resource, everything
/// that the handlers which run ask for is granted, or listed as not needed.
#[test]
fn the_deployer_is_allowed_what_the_handlers_ask_for() {
    use drc::aws::handler::{GRANTS, UNNEEDED};
    let types: std::collections::BTreeSet<&str> = GRANTS.iter().filter_map(|grant| grant.resource_type).collect();
    for kind in types {
        let schema = data(&format!("cloudformation/{}.json", kind.replace("::", "-")));
        let granted: Vec<&str> = GRANTS
            .iter()
            .filter(|grant| grant.resource_type == Some(kind))
            .flat_map(|grant| grant.actions)
            .copied()
            .collect();
        let is_granted = |action: &str| granted.iter().any(|pattern| drc::policy::glob::includes(pattern, action));
        let mut asked = Vec::new();
        for handler in ["create", "read", "update", "delete"] {
            let permissions = schema["handlers"][handler]["permissions"].as_array();
            asked.extend(permissions.into_iter().flatten().filter_map(Value::as_str));
        }
        for action in &asked {
            let unneeded = UNNEEDED.iter().any(|(of, name, _)| *of == kind && name == action);
            assert!(is_granted(action) != unneeded, "{kind} {action} is granted or not needed, and not both");
        }
        for (_, action, _) in UNNEEDED.iter().filter(|(of, _, _)| *of == kind) {
            assert!(asked.contains(action), "{kind} does not ask for {action}");
        }
        // What goes beyond the handlers is what other actions depend on.
        let beyond: Vec<&str> = granted
            .into_iter()
            .filter(|pattern| !asked.iter().any(|action| drc::policy::glob::includes(pattern, action)))
            .collect();
        let dependent = [
            "iam:CreateServiceLinkedRole",
            "iam:DetachRolePolicy",
            "kms:ListResourceTags",
            "kms:PutKeyPolicy",
            "backup:TagResource",
        ];
        assert!(beyond.iter().all(|action| dependent.contains(action)), "{kind}: {beyond:?}");
    }
}

#[test]
fn the_reference_agrees_with_the_deployers_policies() {
    let reference = data("service-authorization.json");
    let actions = actions(&reference);
    // Of two services the reference's copy has nothing; of the third it does not know `Mount`.
    let is_elsewhere =
        |objection: &String| objection.starts_with("s3:") || objection.starts_with("backup-storage:Mount*");
    let mut specs: Vec<(&str, String)> = SPECS.iter().map(|(name, spec)| (*name, (*spec).to_owned())).collect();
    specs.push(("wide", wide(40, 30)));
    for (name, spec) in specs {
        let compiled = compile(&spec, Format::Yaml);
        let policies = drc::deployer::policies(&compiled.stacks, &compiled.files);
        assert_eq!(policies.len(), compiled.stacks.len());
        for policy in policies {
            for statement in &policy.policy.statements {
                assert!(policy.reasons.contains_key(statement.sid.as_deref().unwrap()));
                let mut objections = objections(statement, &actions);
                objections.retain(|objection| !is_elsewhere(objection));
                assert_eq!(objections, Vec::<String>::new(), "{name} {}", policy.stack.name);
            }
        }
    }
}

/// What the deployer may do, asked of the evaluator: its own stack's things, and no others.
#[test]
fn the_deployers_policy_ends_at_the_stacks_names() {
    use drc::prove::request::{Context, Principal, Request};
    let compiled = compile(SPECS[0].1, Format::Yaml);
    let documents = drc::deployer::policies(&compiled.stacks, &compiled.files);
    let source = documents.iter().find(|policy| policy.stack.name == "source-source-backup").unwrap();
    let me = "arn:aws:iam::111122223333:user/pipeline";
    let policies = Policies::default().attach_to_identity(me, "deployer", &source.policy);
    let allows = |action: &str, resource: &str, keys: &[(&str, &str)]| {
        let context = keys.iter().fold(Context::default(), |context, (key, value)| context.with(key, *value));
        let request = Request {
            principal: Principal::Aws(me.to_owned()),
            action: action.to_owned(),
            resources: vec![resource.to_owned()],
            context,
        };
        policies.evaluate(&request).is_allowed()
    };
    let role = "arn:aws:iam::111122223333:role/source-backup-role";
    assert!(allows("iam:PassRole", role, &[("iam:PassedToService", "backup.amazonaws.com")]));
    assert!(!allows("iam:PassRole", role, &[("iam:PassedToService", "ec2.amazonaws.com")]));
    assert!(!allows(
        "iam:PassRole",
        "arn:aws:iam::111122223333:role/admin",
        &[("iam:PassedToService", "backup.amazonaws.com")]
    ));
    assert!(allows("iam:CreateRole", role, &[]));
    assert!(!allows("iam:DeleteRole", "arn:aws:iam::111122223333:role/other", &[]));
    assert!(!allows("iam:AttachRolePolicy", role, &[("iam:PolicyARN", "arn:aws:iam::aws:policy/AdministratorAccess")]));
    let vault = |name: &str| format!("arn:aws:backup:ap-northeast-1:111122223333:backup-vault:{name}");
    assert!(allows("backup:CreateBackupVault", &vault("source-backup-vault"), &[]));
    assert!(!allows("backup:CreateBackupVault", &vault("other"), &[]));
    assert!(!allows("backup:DeleteBackupVault", &vault("other"), &[]));
    let stack = |name: &str| format!("arn:aws:cloudformation:ap-northeast-1:111122223333:stack/{name}/1");
    assert!(allows("cloudformation:ExecuteChangeSet", &stack("source-source-backup"), &[]));
    assert!(!allows("cloudformation:ExecuteChangeSet", &stack("other"), &[]));
}
