//! A text of an emitted policy: written out, or an intrinsic function.

use std::fmt;

use memchr::memrchr;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json_borrow::Value;

use super::deployment::{Deployment, Unresolved};

/// A text as a template writes it. Most are substitutions, which are borrowed, since a policy may have hundreds.
#[derive(Clone, Debug)]
pub(super) enum Written<'a> {
    /// The text itself.
    Text(&'a str),
    /// The text of `Fn::Sub`, without variables of its own.
    Substitution(&'a str),
    /// Another function.
    Function(serde_json::Value),
}

/// The texts of one policy as they are once it is deployed.
///
/// Most substitutions of a policy are ARNs that differ after their last variable, so what is before it is kept.
pub(super) struct Resolver<'d, 'a, 'w> {
    deployment: &'d Deployment<'a>,
    stack: usize,
    beginnings: Vec<(&'w str, String)>,
}

impl<'d, 'a, 'w> Resolver<'d, 'a, 'w> {
    /// For the policies of a stack.
    pub(super) fn new(deployment: &'d Deployment<'a>, stack: usize) -> Self {
        Self { deployment, stack, beginnings: Vec::new() }
    }

    /// What a text is.
    pub(super) fn resolve(&mut self, text: &Written<'w>) -> Result<String, Unresolved> {
        match text {
            Written::Text(text) => Ok((*text).to_owned()),
            Written::Substitution(text) => self.substitute(text),
            Written::Function(function) => self.deployment.resolve(self.stack, &Value::from(function)),
        }
    }

    fn substitute(&mut self, text: &'w str) -> Result<String, Unresolved> {
        let end = memrchr(b'}', text.as_bytes()).map_or(0, |at| at + 1);
        let (beginning, rest) = text.split_at_checked(end).unwrap_or(("", text));
        if let Some((_, known)) = self.beginnings.iter().find(|(written, _)| *written == beginning) {
            return Ok([known, rest].concat());
        }
        let resolved = self.deployment.substitute(self.stack, beginning, &Value::Null)?;
        let whole = [&resolved, rest].concat();
        self.beginnings.push((beginning, resolved));
        Ok(whole)
    }
}

impl<'de> Deserialize<'de> for Written<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WrittenVisitor)
    }
}

struct WrittenVisitor;

impl<'de> Visitor<'de> for WrittenVisitor {
    type Value = Written<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or an intrinsic function")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Written::Text(text))
    }

    /// A boolean or a number, which stands for its text.
    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Written::Function(text.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let name: &str = map.next_key()?.ok_or_else(|| A::Error::custom("an empty map is no function"))?;
        if name != "Fn::Sub" {
            return Ok(Written::Function(serde_json::json!({ name: map.next_value::<serde_json::Value>()? })));
        }
        Ok(match map.next_value::<Argument<'_>>()? {
            Argument::Text(text) => Written::Substitution(text),
            Argument::Other(argument) => Written::Function(serde_json::json!({ name: argument })),
        })
    }
}

/// The argument of `Fn::Sub`.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Argument<'a> {
    Text(&'a str),
    Other(serde_json::Value),
}
