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
use drc::prove::evaluate::{Decision, Policies, StatementId, Verdict};
use drc::prove::request::{Principal, Request};
use naive::{Attached, Policy};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

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
/// Texts of every type that an operator compares, and texts of none.
const VALUES: &[&str] = &[
    "",
    "one",
    "One",
    "o*",
    "o?e",
    "*",
    "true",
    "False",
    "1",
    "1.0",
    "-2",
    "10",
    "1e1",
    "2020-01-01T00:00:00Z",
    "1577836800",
    "2020-01-02",
    "2020",
    "2020-02",
    "2020-01-01T09:00:00+09:00",
    "10.0.0.1",
    "10.0.0.0/8",
    "10.1.2.3",
    "10.128.0.1",
    "10.0.0.1/33",
    "arn:aws:svc:r:1:thing/one",
    "arn:aws:svc:r:1:thing:one:two",
    "arn:aws:*:*:1:thing*",
    "arn:aws:svc:r:${v}:thing/one",
    "arn:aws:svc:*",
    "${v}",
    "${V}x",
    "a${*}",
    "a*",
    "${w, 'one'}",
    "${$}{v}",
    "${v",
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

fn operator() -> impl Strategy<Value = Operator> {
    let set = option::weighted(0.3, select(&[SetOperator::ForAllValues, SetOperator::ForAnyValue][..]));
    (set, select(Test::ALL), prop::bool::weighted(0.2)).prop_map(|(set, test, if_exists)| Operator {
        set,
        test,
        if_exists: if_exists && test != Test::Null,
    })
}

fn condition() -> impl Strategy<Value = Condition<String>> {
    (operator(), text(KEYS), vec(text(VALUES), 0..4)).prop_map(|(operator, key, values)| Condition {
        operator,
        key,
        values,
    })
}

fn statement(has_principal: f64) -> impl Strategy<Value = Statement<String>> {
    let actions = (vec(text(ACTION_PATTERNS), 0..5), prop::bool::weighted(0.3)).prop_map(|(patterns, except)| {
        let patterns = patterns.into_iter().map(Into::into).collect();
        if except { Actions::Except(patterns) } else { Actions::Only(patterns) }
    });
    let resources = (vec(resource_pattern(), 0..4), prop::bool::weighted(0.2))
        .prop_map(|(patterns, except)| if except { Resources::Except(patterns) } else { Resources::Only(patterns) });
    let effect = prop_oneof![3 => Just(Effect::Allow), 1 => Just(Effect::Deny)];
    let conditions = prop_oneof![3 => Just(Vec::new()), 2 => vec(condition(), 1..3)];
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

fn document(has_principal: f64) -> impl Strategy<Value = Document<String>> {
    let version = prop_oneof![5 => Just(Version::V2012), 1 => Just(Version::V2008)];
    (version, vec(statement(has_principal), 1..5)).prop_map(|(version, statements)| Document {
        version,
        id: None,
        statements,
    })
}

fn policies() -> impl Strategy<Value = Vec<Policy>> {
    let identity = (text(CALLERS), document(0.05))
        .prop_map(|(identity, document)| Policy { attached: Attached::Identity(identity), document });
    let resource = (resource_pattern(), document(0.95))
        .prop_map(|(governed, document)| Policy { attached: Attached::Resource(governed), document });
    vec(prop_oneof![identity, resource], 0..7)
}

fn request() -> impl Strategy<Value = Request> {
    let context = vec((text(KEYS), vec(text(VALUES), 0..3)), 0..5);
    (caller(), text(ACTIONS), vec(resource(), 0..3), context).prop_map(|(principal, action, resources, context)| {
        Request { principal, action, resources, context: context.into_iter().collect() }
    })
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
    fn both_give_the_same_answer(policies in policies(), request in request()) {
        let compiled = compiled(&policies);
        prop_assert_eq!(summary(&compiled.evaluate(&request)), naive::evaluate(&policies, &request));
    }

    #[test]
    fn conditions_agree(condition in condition(), request in request(), version in select(&[Version::V2008, Version::V2012][..])) {
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
    fn a_document_reads_back_as_it_was_written(document in document(0.5)) {
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

/// A comparison on calls that are all refused would prove nothing.
#[test]
fn random_calls_meet_every_decision() {
    let mut runner = TestRunner::deterministic();
    let mut decisions = [0; 3];
    for _ in 0..2000 {
        let (policies, request) = (policies(), request()).new_tree(&mut runner).unwrap().current();
        match compiled(&policies).evaluate(&request).decision {
            Decision::Allowed => decisions[0] += 1,
            Decision::DeniedExplicitly => decisions[1] += 1,
            Decision::DeniedImplicitly => decisions[2] += 1,
        }
    }
    assert!(decisions.iter().all(|count| *count > 100), "{decisions:?}");
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
