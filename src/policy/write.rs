//! Policy documents to JSON or YAML, always in the same shape.
//!
//! Fields stand in the order `Sid, Effect, Principal, Action, Resource, Condition`. Actions and
//! resources are always lists; one principal of a kind, and one value of a condition, is written as
//! itself, as AWS's own documents do.

use super::{
    Action, Actions, Condition, Document, Effect, NamedPrincipals, Operator, PrincipalSet, Principals, Resources,
    Statement, Version,
};
use serde::ser::{Error, Serialize, SerializeMap, Serializer};

impl<T: Serialize> Serialize for Document<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("Version", &self.version)?;
        if let Some(id) = &self.id {
            map.serialize_entry("Id", id)?;
        }
        map.serialize_entry("Statement", &self.statements)?;
        map.end()
    }
}

impl<T: Serialize> Serialize for Statement<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if let Some(sid) = &self.sid {
            map.serialize_entry("Sid", sid)?;
        }
        map.serialize_entry("Effect", &self.effect)?;
        match &self.principal {
            Some(Principals::Only(set)) => map.serialize_entry("Principal", set)?,
            Some(Principals::Except(set)) => map.serialize_entry("NotPrincipal", set)?,
            None => {}
        }
        match &self.actions {
            Actions::Only(patterns) => map.serialize_entry("Action", patterns)?,
            Actions::Except(patterns) => map.serialize_entry("NotAction", patterns)?,
        }
        match &self.resources {
            Some(Resources::Only(patterns)) => map.serialize_entry("Resource", patterns)?,
            Some(Resources::Except(patterns)) => map.serialize_entry("NotResource", patterns)?,
            None => {}
        }
        if !self.conditions.is_empty() {
            map.serialize_entry("Condition", &ConditionBlock(&self.conditions))?;
        }
        map.end()
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Effect {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Serialize for Action {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
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
        let mut map = serializer.serialize_map(None)?;
        for (kind, members) in self.by_kind() {
            if !members.is_empty() {
                scalar_or_list(&mut map, kind, members)?;
            }
        }
        map.end()
    }
}

/// Writes one member as itself and several as a list; IAM reads both alike.
fn scalar_or_list<M: SerializeMap>(map: &mut M, key: &str, members: &[impl Serialize]) -> Result<(), M::Error> {
    match members {
        [member] => map.serialize_entry(key, member),
        members => map.serialize_entry(key, members),
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

/// The conditions of one operator, by key.
struct KeysOf<'a, T> {
    operator: Operator,
    conditions: &'a [Condition<T>],
}

impl<T: Serialize> Serialize for ConditionBlock<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (index, condition) in self.0.iter().enumerate() {
            let operator = condition.operator;
            if self.0.iter().take(index).all(|earlier| earlier.operator != operator) {
                map.serialize_entry(&operator.to_string(), &KeysOf { operator, conditions: self.0 })?;
            }
        }
        map.end()
    }
}

impl<T: Serialize> Serialize for KeysOf<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut written: Vec<&str> = Vec::new();
        for condition in self.conditions.iter().filter(|condition| condition.operator == self.operator) {
            // Two conditions on one operator and key cannot be said in JSON; merging them would turn "and" into "or".
            if written.iter().any(|key| key.eq_ignore_ascii_case(&condition.key)) {
                let message = format!("a statement compares `{}` twice with `{}`", condition.key, self.operator);
                return Err(S::Error::custom(message));
            }
            written.push(&condition.key);
            scalar_or_list(&mut map, &condition.key, &condition.values)?;
        }
        map.end()
    }
}
