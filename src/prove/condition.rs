//! Conditions of a statement against the context of a call.
//!
//! - Operators: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html>
//! - Several values: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html>
//! - `ForAllValues`, `ForAnyValue`: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html>

use super::pattern::{ArnPattern, Comparison, Pattern};
use super::request::Context;
use super::value::{self, AddressRange};
use crate::policy::glob::Case;
use crate::policy::{Condition, SetOperator, Test, Version};
use jiff::Timestamp;
use std::cmp::Ordering;

/// A condition, read once and tested often.
#[derive(Clone, Debug)]
pub(super) struct ReadCondition {
    /// The condition as the policy has it.
    pub(super) source: Condition<String>,
    key: String,
    negated: bool,
    expected: Vec<Expected>,
}

/// One value of a condition with the comparison that its operator makes; `None` where it is not of the operator's type.
#[derive(Clone, Debug)]
enum Expected {
    Text(Case, Pattern),
    Arn(ArnPattern),
    Number(Relation, Option<f64>),
    Date(Relation, Option<Timestamp>),
    Bool(Pattern),
    Binary(String),
    Address(Option<AddressRange>),
    Null(Option<bool>),
}

/// How the call's value must stand to the policy's.
type Relation = fn(Ordering) -> bool;

impl ReadCondition {
    /// Reads a condition; the version of its policy decides whether it knows variables.
    pub(super) fn new(source: &Condition<String>, version: Version) -> Self {
        let test = source.operator.test;
        Self {
            source: source.clone(),
            key: source.key.to_ascii_lowercase(),
            // The names of the negated operators say so, and no others have the word.
            negated: test.as_str().contains("Not"),
            expected: source.values.iter().map(|text| expected(test, text, version)).collect(),
        }
    }

    /// Whether the condition is met.
    pub(super) fn holds(&self, context: &Context) -> bool {
        let actual = context.get(&self.key);
        let no_values = actual.iter().all(String::is_empty);
        if self.source.operator.test == Test::Null {
            return self.expected.iter().any(|value| matches!(value, Expected::Null(Some(null)) if *null == no_values));
        }
        if actual.is_empty() && self.source.operator.if_exists {
            return true;
        }
        match (self.source.operator.set, actual) {
            (Some(SetOperator::ForAllValues), _) => no_values || actual.iter().all(|one| self.accepts(one, context)),
            (Some(SetOperator::ForAnyValue), _) => !no_values && actual.iter().any(|one| self.accepts(one, context)),
            (None, []) => self.negated,
            (None, [one]) => self.accepts(one, context),
            // A key with several values needs one of the two prefixes.
            (None, _) => false,
        }
    }

    /// One value of the call against the values of the condition: one must match, or with a negated operator none may.
    fn accepts(&self, actual: &str, context: &Context) -> bool {
        match Comparison::any(self.expected.iter().map(|expected| expected.compare(actual, context))) {
            Comparison::Holds => !self.negated,
            Comparison::Fails => self.negated,
            Comparison::Impossible => false,
        }
    }
}

impl Expected {
    fn compare(&self, actual: &str, context: &Context) -> Comparison {
        let compared = match self {
            Self::Text(case, pattern) => Some(pattern.compare(actual, *case, context)),
            Self::Arn(pattern) => Some(pattern.compare(actual, context)),
            Self::Bool(pattern) => value::truth(actual).map(|_| pattern.compare(actual, Case::Insensitive, context)),
            Self::Binary(expected) => Some((expected == actual).into()),
            Self::Number(relation, expected) => {
                let ordering = value::number(actual).zip(*expected).and_then(|(left, right)| left.partial_cmp(&right));
                ordering.map(|ordering| relation(ordering).into())
            }
            Self::Date(relation, expected) => {
                let ordering = value::instant(actual).zip(*expected).map(|(left, right)| left.cmp(&right));
                ordering.map(|ordering| relation(ordering).into())
            }
            Self::Address(expected) => {
                let address = actual.parse().ok().zip(*expected);
                address.map(|(address, range)| range.contains(address).into())
            }
            Self::Null(_) => None,
        };
        compared.unwrap_or(Comparison::Impossible)
    }
}

fn expected(test: Test, literal: &str, version: Version) -> Expected {
    let number = |relation: Relation| Expected::Number(relation, value::number(literal));
    let date = |relation: Relation| Expected::Date(relation, value::instant(literal));
    match test {
        Test::StringEquals | Test::StringNotEquals => {
            Expected::Text(Case::Sensitive, Pattern::literal(literal, version))
        }
        Test::StringEqualsIgnoreCase | Test::StringNotEqualsIgnoreCase => {
            Expected::Text(Case::Insensitive, Pattern::literal(literal, version))
        }
        Test::StringLike | Test::StringNotLike => Expected::Text(Case::Sensitive, Pattern::wild(literal, version)),
        Test::ArnEquals | Test::ArnNotEquals | Test::ArnLike | Test::ArnNotLike => {
            Expected::Arn(ArnPattern::new(literal, version))
        }
        Test::NumericEquals | Test::NumericNotEquals => number(Ordering::is_eq),
        Test::NumericLessThan => number(Ordering::is_lt),
        Test::NumericLessThanEquals => number(Ordering::is_le),
        Test::NumericGreaterThan => number(Ordering::is_gt),
        Test::NumericGreaterThanEquals => number(Ordering::is_ge),
        Test::DateEquals | Test::DateNotEquals => date(Ordering::is_eq),
        Test::DateLessThan => date(Ordering::is_lt),
        Test::DateLessThanEquals => date(Ordering::is_le),
        Test::DateGreaterThan => date(Ordering::is_gt),
        Test::DateGreaterThanEquals => date(Ordering::is_ge),
        Test::Bool => Expected::Bool(Pattern::literal(literal, version)),
        Test::BinaryEquals => Expected::Binary(literal.to_owned()),
        Test::IpAddress | Test::NotIpAddress => Expected::Address(AddressRange::parse(literal)),
        Test::Null => Expected::Null(value::truth(literal)),
    }
}
