//! Policy documents from JSON or YAML, in every shape that AWS accepts.
//!
//! A scalar stands for a list of one everywhere; booleans and numbers stand for their text.
//! An element that IAM does not know, or two that exclude each other, are refused.

use super::{Action, Condition, Effect, Listed, NamedPrincipals, Operator, PrincipalSet, Statement, Version};
use serde::de::value::{MapAccessDeserializer, StringDeserializer};
use serde::de::{Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase", bound = "T: Deserialize<'de>")]
struct RawStatement<T> {
    sid: Option<String>,
    effect: Effect,
    principal: Option<PrincipalSet<T>>,
    not_principal: Option<PrincipalSet<T>>,
    action: Option<List<String>>,
    not_action: Option<List<String>>,
    resource: Option<List<T>>,
    not_resource: Option<List<T>>,
    condition: Option<ConditionBlock<T>>,
}

/// A list, or a scalar that stands for a list of one.
struct List<T>(Vec<T>);

/// The condition block: operator, then key, then values.
struct ConditionBlock<T>(Vec<Condition<T>>);

/// A document without a version is read in the oldest.
pub(super) const fn oldest() -> Version {
    Version::V2008
}

/// Reads a list, or what stands for a list of one.
pub(super) fn list<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    List::deserialize(deserializer).map(|list| list.0)
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Statement<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawStatement::deserialize(deserializer)?;
        let actions = |list: List<String>| list.0.into_iter().map(Action::from).collect();
        let principal = either(raw.principal, raw.not_principal, "Principal")?;
        let actions = either(raw.action.map(actions), raw.not_action.map(actions), "Action")?;
        let resources = either(raw.resource.map(|list| list.0), raw.not_resource.map(|list| list.0), "Resource")?;
        Ok(Self {
            sid: raw.sid,
            effect: raw.effect,
            principal,
            actions: actions.ok_or_else(|| D::Error::custom("a statement has neither `Action` nor `NotAction`"))?,
            resources,
            conditions: raw.condition.map_or_else(Vec::new, |block| block.0),
        })
    }
}

/// The element or its `Not` form, whichever a statement has.
fn either<L, E: Error>(only: Option<L>, except: Option<L>, element: &str) -> Result<Option<Listed<L>>, E> {
    if only.is_some() && except.is_some() {
        return Err(E::custom(format!("a statement has both `{element}` and `Not{element}`")));
    }
    Ok(only.map(Listed::Only).or(except.map(Listed::Except)))
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "2008-10-17" => Ok(Self::V2008),
            "2012-10-17" => Ok(Self::V2012),
            text => Err(D::Error::custom(format!("`{text}` is not a version of the policy language"))),
        }
    }
}

impl<'de> Deserialize<'de> for Effect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "Allow" => Ok(Self::Allow),
            "Deny" => Ok(Self::Deny),
            text => Err(D::Error::custom(format!("`{text}` is neither `Allow` nor `Deny`"))),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for PrincipalSet<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PrincipalSetVisitor(PhantomData))
    }
}

struct PrincipalSetVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PrincipalSetVisitor<T> {
    type Value = PrincipalSet<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("`*` or principals by kind")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        if text == "*" {
            return Ok(PrincipalSet::Everyone);
        }
        Err(E::custom(format!("the principal `{text}` has no kind")))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut named = NamedPrincipals::default();
        while let Some((kind, List(members))) = map.next_entry::<String, List<T>>()? {
            let known = match kind.as_str() {
                "AWS" => &mut named.aws,
                "Service" => &mut named.service,
                "Federated" => &mut named.federated,
                "CanonicalUser" => &mut named.canonical_user,
                _ => return Err(A::Error::custom(format!("`{kind}` is not a kind of principal"))),
            };
            known.extend(members);
        }
        Ok(PrincipalSet::Named(named))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for ConditionBlock<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let operators = Entries::<Entries<List<T>>>::deserialize(deserializer)?;
        let mut conditions = Vec::new();
        for (operator, keys) in operators.0 {
            let operator: Operator = operator.parse().map_err(D::Error::custom)?;
            let of_key = |(key, values): (String, List<T>)| Condition { operator, key, values: values.0 };
            conditions.extend(keys.0.into_iter().map(of_key));
        }
        Ok(Self(conditions))
    }
}

/// The entries of a map in the order of the document.
struct Entries<V>(Vec<(String, V)>);

struct EntriesVisitor<V>(PhantomData<V>);

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Entries<V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

impl<'de, V: Deserialize<'de>> Visitor<'de> for EntriesVisitor<V> {
    type Value = Entries<V>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Entries(entries))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

/// A scalar stands for its text.
macro_rules! scalars_as_text {
    ($($visit:ident: $type:ty)+) => {
        $(fn $visit<E: Error>(self, scalar: $type) -> Result<Self::Value, E> {
            let text: StringDeserializer<E> = scalar.to_string().into_deserializer();
            Ok(List(vec![T::deserialize(text)?]))
        })+
    };
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    scalars_as_text! { visit_str: &str visit_bool: bool visit_i64: i64 visit_u64: u64 visit_f64: f64 }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(List(vec![T::deserialize(MapAccessDeserializer::new(map))?]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(List(item)) = sequence.next_element()? {
            items.extend(item);
        }
        Ok(List(items))
    }
}
