//! Policy documents from JSON or YAML, in every shape that AWS accepts.
//!
//! A scalar stands for a list of one everywhere; booleans and numbers stand for their text.
//! An element that IAM does not know, or two that exclude each other, are refused.

use super::{
    Action, Actions, Condition, Document, Effect, NamedPrincipals, Operator, PrincipalSet, Principals, Resources,
    Statement, Version,
};
use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StringDeserializer};
use serde::de::{Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase", bound = "T: Deserialize<'de>")]
struct RawDocument<T> {
    version: Option<Version>,
    id: Option<String>,
    statement: List<Statement<T>>,
}

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
    #[serde(default = "no_conditions")]
    condition: ConditionBlock<T>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase", bound = "T: Deserialize<'de>")]
struct RawPrincipals<T> {
    #[serde(rename = "AWS", default = "no_members")]
    aws: List<T>,
    #[serde(default = "no_members")]
    service: List<T>,
    #[serde(default = "no_members")]
    federated: List<T>,
    #[serde(default = "no_members")]
    canonical_user: List<T>,
}

/// A list, or a scalar that stands for a list of one.
struct List<T>(Vec<T>);

/// A text, or a boolean or number that stands for its text.
struct Item<T>(T);

/// The condition block: operator, then key, then values.
struct ConditionBlock<T>(Vec<Condition<T>>);

const fn no_conditions<T>() -> ConditionBlock<T> {
    ConditionBlock(Vec::new())
}

const fn no_members<T>() -> List<T> {
    List(Vec::new())
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Document<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawDocument::deserialize(deserializer)?;
        // A document without a version is read in the oldest.
        let version = raw.version.unwrap_or(Version::V2008);
        Ok(Self { version, id: raw.id, statements: raw.statement.0 })
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Statement<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = RawStatement::deserialize(deserializer)?;
        let principal = either(raw.principal, raw.not_principal, "Principal")?;
        let actions = either(raw.action, raw.not_action, "Action")?;
        let resources = either(raw.resource, raw.not_resource, "Resource")?;
        Ok(Self {
            sid: raw.sid,
            effect: raw.effect,
            principal: principal.map(|side| side.pick(Principals::Only, Principals::Except)),
            actions: actions
                .map(|side| side.pick(|list| Actions::Only(list.into()), |list| Actions::Except(list.into())))
                .ok_or_else(|| D::Error::custom("a statement has neither `Action` nor `NotAction`"))?,
            resources: resources
                .map(|side| side.pick(|list| Resources::Only(list.0), |list| Resources::Except(list.0))),
            conditions: raw.condition.0,
        })
    }
}

/// Which of an element and its `Not` form a statement has.
enum Side<V> {
    Plain(V),
    Not(V),
}

impl<V> Side<V> {
    fn pick<R>(self, plain: impl FnOnce(V) -> R, not: impl FnOnce(V) -> R) -> R {
        match self {
            Self::Plain(value) => plain(value),
            Self::Not(value) => not(value),
        }
    }
}

fn either<V, E: Error>(plain: Option<V>, not: Option<V>, element: &str) -> Result<Option<Side<V>>, E> {
    match (plain, not) {
        (Some(_), Some(_)) => Err(E::custom(format!("a statement has both `{element}` and `Not{element}`"))),
        (Some(value), None) => Ok(Some(Side::Plain(value))),
        (None, Some(value)) => Ok(Some(Side::Not(value))),
        (None, None) => Ok(None),
    }
}

impl From<List<String>> for Vec<Action> {
    fn from(list: List<String>) -> Self {
        list.0.into_iter().map(Action::from).collect()
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = [Self::V2008, Self::V2012].into_iter().find(|version| version.as_str() == text);
        known.ok_or_else(|| D::Error::custom(format!("`{text}` is not a version of the policy language")))
    }
}

impl<'de> Deserialize<'de> for Effect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let known = [Self::Allow, Self::Deny].into_iter().find(|effect| effect.as_str() == text);
        known.ok_or_else(|| D::Error::custom(format!("`{text}` is neither `Allow` nor `Deny`")))
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

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let raw = RawPrincipals::deserialize(MapAccessDeserializer::new(map))?;
        Ok(PrincipalSet::Named(NamedPrincipals {
            aws: raw.aws.0,
            service: raw.service.0,
            federated: raw.federated.0,
            canonical_user: raw.canonical_user.0,
        }))
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Item<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

/// A list's scalar forms are those of its items.
macro_rules! scalars_of_items {
    ($($visit:ident: $type:ty)+) => {
        $(fn $visit<E: Error>(self, scalar: $type) -> Result<Self::Value, E> {
            Ok(List(vec![ItemVisitor(PhantomData).$visit(scalar)?.0]))
        })+
    };
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or a list of texts")
    }

    scalars_of_items! { visit_borrowed_str: &'de str visit_str: &str visit_bool: bool visit_i64: i64 visit_u64: u64 visit_f64: f64 }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        Ok(List(vec![ItemVisitor(PhantomData).visit_map(map)?.0]))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Item(item)) = sequence.next_element()? {
            items.push(item);
        }
        Ok(List(items))
    }
}

struct ItemVisitor<T>(PhantomData<T>);

/// A scalar stands for its text.
macro_rules! scalars_as_text {
    ($($visit:ident: $type:ty)+) => {
        $(fn $visit<E: Error>(self, scalar: $type) -> Result<Self::Value, E> {
            let text: StringDeserializer<E> = scalar.to_string().into_deserializer();
            T::deserialize(text).map(Item)
        })+
    };
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for ItemVisitor<T> {
    type Value = Item<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a boolean or a number")
    }

    scalars_as_text! { visit_str: &str visit_bool: bool visit_i64: i64 visit_u64: u64 visit_f64: f64 }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        T::deserialize(BorrowedStrDeserializer::new(text)).map(Item)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(Item)
    }
}
