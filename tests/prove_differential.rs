//! The evaluator against a second one, written independently and as plainly as possible, on random policies and calls.

#![expect(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::wildcard_enum_match_arm,
    reason = "the second evaluator is plain before all; where it panics, the test fails"
)]

#[path = "prove_differential/naive.rs"]
mod naive;

use drc::policy::{
    Actions, Condition, Document, Effect, NamedPrincipals, Operator, PrincipalSet, Principals, Resources, SetOperator,
    Statement, Test, Version,
};
use drc::prove::evaluate::{Policies, StatementId, Verdict};
use drc::prove::request::{Context, Principal, Request};
use naive::{Attached, Policy};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::BTreeMap;

const CALLERS: &[&str] =
    &["arn:aws:iam::1:role/a", "arn:aws:iam::1:role/b", "arn:aws:iam::1:root", "arn:aws:iam::2:role/a"];
const NAMES: &[&str] = &[
    "*",
    "1",
    "2",
    "arn:aws:iam::1:root",
    "arn:aws:iam::2:root",
    "arn:aws:iam::1:role/a",
    "arn:aws:iam::2:role/a",
    "arn:aws:iam::1:role/*",
    "arn:aws:sts::1:assumed-role/a/s",
];
const SERVICES: &[&str] = &["backup.amazonaws.com", "ec2.amazonaws.com"];
const ACTIONS: &[&str] = &["svc:Get", "svc:GetAll", "SVC:put", "kms:Decrypt", "sts:AssumeRole"];
const ACTION_PATTERNS: &[&str] =
    &["*", "**", "svc:*", "svc:Get*", "s?c:g?t", "S*:*t", "svc", "sts:assumerole", "kms:*", "svc:*t*l", ""];
const RESOURCES: &[&str] = &[
    "*",
    "arn:aws:svc:r:1:thing/one",
    "arn:aws:svc:r:1:thing:one:two",
    "arn:aws:svc:r:2:thing/one",
    "arn:aws:svc:::one",
    "arn:aws:kms:r:1:key/one",
    "arn:aws:kms:r:2:key/one",
    "arn:aws:kms:r:1:alias/one",
    "arn:aws:iam::1:role/one",
];
const RESOURCE_PATTERNS: &[&str] = &[
    "*",
    "arn:aws:svc:r:1:thing/one",
    "arn:aws:svc:*",
    "arn:aws:*:r:1:*",
    "arn:aws:svc:*:thing*",
    "arn:aws:svc:r:1:t*e",
    "arn:aws:svc:r:?:thing?one",
    "arn:aws:svc:r:*:thing/${v}",
    "arn:aws:svc:r:${v}:thing/one",
    "arn:aws:svc:*:*:thing/*${v}*",
    "arn:aws:svc:*:*:*${w, 'one'}",
    "arn:aws:svc:*:*:${*}",
    "arn:aws:kms:*:*:key/*",
    "arn:aws:iam::*:role/o*",
];
/// Operators with texts that they compare, so that random conditions and calls are often about the same.
const THEMES: &[(&[Test], &[&str])] = &[
    (
        &[
            Test::StringEquals,
            Test::StringNotEquals,
            Test::StringEqualsIgnoreCase,
            Test::StringNotEqualsIgnoreCase,
            Test::StringLike,
            Test::StringNotLike,
        ],
        &["one", "One", "o*", "o?e", "*", "", "${v}", "${V}x", "${w, 'one'}", "onex", "a*", "a${*}", "${$}{v}", "${v"],
    ),
    (
        &[
            Test::NumericEquals,
            Test::NumericNotEquals,
            Test::NumericLessThan,
            Test::NumericLessThanEquals,
            Test::NumericGreaterThan,
            Test::NumericGreaterThanEquals,
        ],
        &["1", "1.0", "-2", "10", "0.5", "+1", "1e1", "one"],
    ),
    (
        &[
            Test::DateEquals,
            Test::DateNotEquals,
            Test::DateLessThan,
            Test::DateLessThanEquals,
            Test::DateGreaterThan,
            Test::DateGreaterThanEquals,
        ],
        &["2020-01-01T00:00:00Z", "1577836800", "2020-01-02", "2020", "2020-02", "2020-01-01T09:00:00+09:00", "1e1"],
    ),
    (&[Test::Bool, Test::Null, Test::BinaryEquals], &["true", "false", "True", "", "dHJ1ZQ==", "${v}"]),
    (
        &[Test::IpAddress, Test::NotIpAddress],
        &[
            "10.0.0.1",
            "10.0.0.0/8",
            "10.1.2.3",
            "10.128.0.1/9",
            "10.0.0.1/33",
            "2001:db8::1",
            "2001:DB8:0:0::/64",
            "::/0",
            "one",
        ],
    ),
    (
        &[Test::ArnEquals, Test::ArnNotEquals, Test::ArnLike, Test::ArnNotLike],
        &[
            "arn:aws:svc:r:1:thing/one",
            "arn:aws:svc:r:1:thing:one:two",
            "arn:aws:*:*:1:thing*",
            "arn:aws:svc:r:${v}:thing/one",
            "arn:aws:svc:*",
            "arn:aws:svc:?:1:thing?one",
            "*",
            "1",
        ],
    ),
];
const KEYS: &[&str] = &["k", "K", "v", "w", "aws:TagKeys"];

fn text(from: &'static [&'static str]) -> impl Strategy<Value = String> {
    select(from).prop_map(str::to_owned)
}

fn caller() -> impl Strategy<Value = Principal> {
    let session = Principal::Session {
        role: "arn:aws:iam::1:role/a".to_owned(),
        session: "arn:aws:sts::1:assumed-role/a/s".to_owned(),
    };
    prop_oneof![
        6 => text(CALLERS).prop_map(Principal::Aws),
        2 => Just(session),
        2 => text(SERVICES).prop_map(Principal::Service),
        1 => text(&["idp", "idp2"]).prop_map(Principal::Federated),
        1 => Just(Principal::Anonymous),
    ]
}

fn principals() -> impl Strategy<Value = Principals<String>> {
    let named = (vec(text(NAMES), 0..4), vec(text(SERVICES), 0..2), vec(text(&["idp", "idp2"]), 0..2)).prop_map(
        |(aws, service, federated)| {
            PrincipalSet::Named(NamedPrincipals { aws, service, federated, canonical_user: Vec::new() })
        },
    );
    let set = prop_oneof![1 => Just(PrincipalSet::Everyone), 5 => named];
    (set, prop::bool::weighted(0.2)).prop_map(
        |(set, except)| {
            if except { Principals::Except(set) } else { Principals::Only(set) }
        },
    )
}

fn resource() -> impl Strategy<Value = String> {
    prop_oneof![4 => text(RESOURCES), 1 => "[ab:]{0,9}"]
}

fn resource_pattern() -> impl Strategy<Value = String> {
    prop_oneof![3 => Just("*".to_owned()), 4 => text(RESOURCE_PATTERNS), 1 => "[ab:*?]{0,9}"]
}

type Theme = (&'static [Test], &'static [&'static str]);

fn theme() -> impl Strategy<Value = Theme> {
    select(THEMES)
}

fn operator(theme: Theme) -> impl Strategy<Value = Operator> {
    let set = option::weighted(0.4, select(&[SetOperator::ForAllValues, SetOperator::ForAnyValue][..]));
    let test = prop_oneof![8 => select(theme.0), 1 => select(Test::ALL)];
    (set, test, prop::bool::weighted(0.3)).prop_map(|(set, test, if_exists)| Operator {
        set,
        test,
        if_exists: if_exists && test != Test::Null,
    })
}

/// A text of the theme, and now and then one of another.
fn value(theme: Theme) -> impl Strategy<Value = String> {
    prop_oneof![8 => text(theme.1), 1 => select(THEMES).prop_flat_map(|other| text(other.1))]
}

fn condition(theme: Theme) -> impl Strategy<Value = Condition<String>> {
    let values = prop_oneof![1 => vec(value(theme), 0..1), 8 => vec(value(theme), 1..4)];
    (operator(theme), text(KEYS), values).prop_map(|(operator, key, values)| Condition { operator, key, values })
}

/// The keys of a call, some with several values, and some not there.
fn context(theme: Theme) -> impl Strategy<Value = Context> {
    let values =
        || prop_oneof![6 => vec(value(theme), 1..2), 2 => vec(value(theme), 2..4), 2 => vec(value(theme), 0..1)];
    (values(), values(), values(), values()).prop_map(|(k, v, w, tags)| {
        let entries = [("k", k), ("V", v), ("w", w), ("aws:TagKeys", tags)];
        entries.into_iter().map(|(key, values)| (key.to_owned(), values)).collect()
    })
}

fn statement(theme: Theme, has_principal: f64) -> impl Strategy<Value = Statement<String>> {
    let actions = (vec(text(ACTION_PATTERNS), 0..5), prop::bool::weighted(0.3)).prop_map(|(patterns, except)| {
        let patterns = patterns.into_iter().map(Into::into).collect();
        if except { Actions::Except(patterns) } else { Actions::Only(patterns) }
    });
    let resources = (vec(resource_pattern(), 0..4), prop::bool::weighted(0.2))
        .prop_map(|(patterns, except)| if except { Resources::Except(patterns) } else { Resources::Only(patterns) });
    let effect = prop_oneof![3 => Just(Effect::Allow), 1 => Just(Effect::Deny)];
    let conditions = prop_oneof![3 => Just(Vec::new()), 2 => vec(condition(theme), 1..3)];
    (effect, option::weighted(has_principal, principals()), actions, option::weighted(0.9, resources), conditions)
        .prop_map(|(effect, principal, actions, resources, conditions)| Statement {
            sid: None,
            effect,
            principal,
            actions,
            resources,
            conditions,
        })
}

fn document(theme: Theme, has_principal: f64) -> impl Strategy<Value = Document<String>> {
    let version = prop_oneof![5 => Just(Version::V2012), 1 => Just(Version::V2008)];
    (version, vec(statement(theme, has_principal), 1..5)).prop_map(|(version, statements)| Document {
        version,
        id: None,
        statements,
    })
}

fn policies(theme: Theme) -> impl Strategy<Value = Vec<Policy>> {
    let identity = (text(CALLERS), document(theme, 0.05))
        .prop_map(|(identity, document)| Policy { attached: Attached::Identity(identity), document });
    let resource = (resource_pattern(), document(theme, 0.95))
        .prop_map(|(governed, document)| Policy { attached: Attached::Resource(governed), document });
    vec(prop_oneof![identity, resource], 0..7)
}

fn request(theme: Theme) -> impl Strategy<Value = Request> {
    (caller(), text(ACTIONS), vec(resource(), 0..3), context(theme))
        .prop_map(|(principal, action, resources, context)| Request { principal, action, resources, context })
}

/// Policies with a call that is about the same things.
fn question() -> impl Strategy<Value = (Vec<Policy>, Request)> {
    theme().prop_flat_map(|theme| (policies(theme), request(theme)))
}

/// A condition with a call that is about the same things.
fn clause() -> impl Strategy<Value = (Condition<String>, Request)> {
    theme().prop_flat_map(|theme| (condition(theme), request(theme)))
}

/// The policies as the evaluator takes them, each named by its place.
fn compiled(policies: &[Policy]) -> Policies {
    policies.iter().enumerate().fold(Policies::default(), |all, (place, policy)| match &policy.attached {
        Attached::Identity(identity) => all.attach_to_identity(identity, &place.to_string(), &policy.document),
        Attached::Resource(governed) => all.attach_to_resource(governed, &place.to_string(), &policy.document),
    })
}

fn summary(verdict: &Verdict<'_>) -> naive::Answer {
    let ids = |ids: &[&StatementId]| {
        let mut ids: Vec<_> = ids.iter().map(|id| (id.policy.clone(), id.index)).collect();
        ids.sort();
        ids
    };
    naive::Answer {
        decision: verdict.decision,
        allowed_by: ids(&verdict.allowed_by),
        denied_by: ids(&verdict.denied_by),
        lacking: verdict.lacking.as_ref().map(|lack| lack.side),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_give_the_same_answer((policies, request) in question()) {
        let compiled = compiled(&policies);
        prop_assert_eq!(summary(&compiled.evaluate(&request)), naive::evaluate(&policies, &request));
    }

    #[test]
    fn conditions_agree((condition, request) in clause(), version in select(&[Version::V2008, Version::V2012][..])) {
        let statement = Statement {
            sid: None,
            effect: Effect::Deny,
            principal: Some(Principals::Only(PrincipalSet::Everyone)),
            actions: Actions::Only(vec!["*".into()]),
            resources: Some(Resources::Only(vec!["*".to_owned()])),
            conditions: vec![condition],
        };
        let document = Document { version, id: None, statements: vec![statement] };
        let policies = [Policy { attached: Attached::Resource("*".to_owned()), document }];
        let compiled = compiled(&policies);
        prop_assert_eq!(summary(&compiled.evaluate(&request)), naive::evaluate(&policies, &request));
    }

    #[test]
    fn a_document_reads_back_as_it_was_written(document in theme().prop_flat_map(|theme| document(theme, 0.5))) {
        let Ok(written) = serde_json::to_string(&document) else {
            return Ok(());
        };
        let mut expected = document;
        for statement in &mut expected.statements {
            group_by_operator(&mut statement.conditions);
        }
        prop_assert_eq!(serde_json::from_str::<Document<String>>(&written).ok(), Some(expected));
    }
}

/// A comparison on calls that are all refused, or by one kind of statement, would prove nothing.
#[test]
fn random_calls_meet_every_decision() {
    let mut runner = TestRunner::deterministic();
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for _ in 0..4000 {
        let (policies, request) = question().new_tree(&mut runner).unwrap().current();
        let compiled = compiled(&policies);
        let verdict = compiled.evaluate(&request);
        let mut count = |what: String| *met.entry(what).or_default() += 1;
        count(format!("{:?}", verdict.decision));
        for id in verdict.allowed_by.iter().chain(&verdict.denied_by) {
            let policy = &policies[id.policy.parse::<usize>().unwrap()];
            let decisive = &policy.document.statements[id.index];
            let side = if matches!(policy.attached, Attached::Identity(_)) { "identity" } else { "resource" };
            count(format!("{:?} by {side}", decisive.effect));
            let forms = [
                (matches!(decisive.actions, Actions::Except(_)), "NotAction"),
                (matches!(decisive.resources, Some(Resources::Except(_))), "NotResource"),
                (matches!(decisive.principal, Some(Principals::Except(_))), "NotPrincipal"),
                (!decisive.conditions.is_empty(), "Condition"),
            ];
            forms.into_iter().filter(|(has, _)| *has).for_each(|(_, form)| count(form.to_owned()));
        }
        if let Some(lack) = &verdict.lacking {
            count(format!("lacking {:?}", lack.side));
        }
    }
    let expected = [
        "Allowed",
        "DeniedExplicitly",
        "DeniedImplicitly",
        "Allow by identity",
        "Allow by resource",
        "Deny by identity",
        "Deny by resource",
        "NotAction",
        "NotResource",
        "NotPrincipal",
        "Condition",
        "lacking Identity",
        "lacking Resource",
    ];
    for what in expected {
        assert!(met.get(what).is_some_and(|times| *times > 60), "{what}: {met:#?}");
    }
}

/// A comparison on conditions that are never met, or whose key the call never has, would prove nothing either.
#[test]
fn random_conditions_are_met_and_not_met() {
    let mut runner = TestRunner::deterministic();
    let mut met: BTreeMap<String, [usize; 2]> = BTreeMap::new();
    for _ in 0..40_000 {
        let (condition, request) = clause().new_tree(&mut runner).unwrap().current();
        if request.context.get(&condition.key).is_empty() {
            continue;
        }
        let name = condition.operator.to_string();
        let holds = naive::condition_met(&condition, Version::V2012, &request.context);
        met.entry(name).or_default()[usize::from(holds)] += 1;
    }
    // Every test with and without each prefix and the suffix, which `Null` does not take.
    assert_eq!(met.len(), Test::ALL.len() * 6 - 3);
    assert!(met.values().flatten().all(|times| *times >= 4), "{met:#?}");
}

/// The order that writing gives to conditions: by operator, in order of first appearance.
fn group_by_operator(conditions: &mut Vec<Condition<String>>) {
    let mut grouped: Vec<Condition<String>> = Vec::new();
    for condition in conditions.drain(..) {
        let place = grouped.iter().rposition(|other| other.operator == condition.operator);
        grouped.insert(place.map_or(grouped.len(), |place| place + 1), condition);
    }
    *conditions = grouped;
}
