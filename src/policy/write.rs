//! Policy documents to JSON or YAML, always in the same shape.
//!
//! Fields stand in the order `Sid, Effect, Principal, Action, Resource, Condition`. Actions and
//! resources are always lists; one principal of a kind, and one value of a condition, is written as
//! itself, as AWS's own documents do.

use super::{Condition, Listed, NamedPrincipals, PrincipalSet, Statement};
use crate::json::Map;
use serde::ser::{Error, Serialize, SerializeMap, Serializer};

impl<T: Serialize> Serialize for Statement<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(sid) = &self.sid {
            map.serialize_entry("Sid", sid)?;
        }
        map.serialize_entry("Effect", &self.effect)?;
        if let Some(principal) = &self.principal {
            listed(&mut map, ["Principal", "NotPrincipal"], principal)?;
        }
        listed(&mut map, ["Action", "NotAction"], &self.actions)?;
        if let Some(resources) = &self.resources {
            listed(&mut map, ["Resource", "NotResource"], resources)?;
        }
        if !self.conditions.is_empty() {
            map.serialize_entry("Condition", &ConditionBlock(&self.conditions))?;
        }
        map.end()
    }
}

/// Writes an element under its name or that of its `Not` form.
fn listed<M: SerializeMap>(map: &mut M, names: [&str; 2], element: &Listed<impl Serialize>) -> Result<(), M::Error> {
    let [only, except] = names;
    match element {
        Listed::Only(list) => map.serialize_entry(only, list),
        Listed::Except(list) => map.serialize_entry(except, list),
    }
}

impl<T: Serialize> Serialize for PrincipalSet<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Everyone => serializer.serialize_str("*"),
            Self::Named(named) => named.serialize(serializer),
        }
    }
}

impl<T: Serialize> Serialize for NamedPrincipals<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let kinds = self.by_kind().into_iter().filter(|(_, members)| !members.is_empty());
        serializer.collect_map(kinds.map(|(kind, members)| (kind, OneOrMany(members))))
    }
}

/// One member as itself and several as a list; IAM reads both alike.
struct OneOrMany<'a, T>(&'a [T]);

impl<T: Serialize> Serialize for OneOrMany<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [member] => member.serialize(serializer),
            members => members.serialize(serializer),
        }
    }
}

impl<T> NamedPrincipals<T> {
    /// The members by the document's word for their kind, in the order in which they are written.
    pub fn by_kind(&self) -> [(&'static str, &[T]); 4] {
        [
            ("AWS", &self.aws),
            ("Service", &self.service),
            ("Federated", &self.federated),
            ("CanonicalUser", &self.canonical_user),
        ]
    }
}

/// Conditions as the document groups them: by operator, in order of first appearance.
struct ConditionBlock<'a, T>(&'a [Condition<T>]);

impl<T: Serialize> Serialize for ConditionBlock<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(all) = *self;
        let mut operators = Vec::new();
        for (index, Condition { operator, key, .. }) in all.iter().enumerate() {
            let mut earlier = all.iter().take(index).filter(|earlier| earlier.operator == *operator).peekable();
            if earlier.peek().is_none() {
                operators.push(operator);
            }
            // Two conditions on one operator and key cannot be said in JSON; merging them would turn "and" into "or".
            if earlier.any(|earlier| earlier.key.eq_ignore_ascii_case(key)) {
                return Err(S::Error::custom(format!("a statement compares `{key}` twice with `{operator}`")));
            }
        }
        serializer.collect_map(operators.into_iter().map(|operator| {
            let conditions = all.iter().filter(move |condition| condition.operator == *operator);
            (operator.to_string(), Map(conditions.map(|condition| (&condition.key, OneOrMany(&condition.values)))))
        }))
    }
}
