//! IAM policy documents: one model for emitting and for proving.
//!
//! The model is generic over its text. Emission writes a CloudFormation value, which may hold intrinsic functions;
//! proving reads a `String`. Actions, condition keys and operators are plain text in both.
//!
//! Grammar: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>.

mod beginning;
pub mod glob;
mod map;
mod operator;
mod read;
mod sample;
mod size;
mod write;

pub use beginning::{Begins, ByBeginning};
pub use operator::{Operator, SetOperator, Test, UnknownOperator};
pub use sample::samples;

use std::fmt;

use serde::{Deserialize, Serialize};

/// A policy document: identity, resource, key or trust policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase", bound(deserialize = "T: Deserialize<'de>"))]
pub struct Document<T> {
    /// The version of the policy language.
    #[serde(default = "read::oldest")]
    pub version: Version,
    /// `Id`, which some resource policies carry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The statements, in the order in which they are written.
    #[serde(rename = "Statement", deserialize_with = "read::list")]
    pub statements: Vec<Statement<T>>,
}

/// The version of the policy language that a document is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub enum Version {
    /// `2008-10-17`, also meant by a document that names none: it knows no policy variables.
    #[serde(rename = "2008-10-17")]
    V2008,
    /// `2012-10-17`, the current version and the only one that drc emits.
    #[default]
    #[serde(rename = "2012-10-17")]
    V2012,
}

/// Whether a statement allows or denies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Effect {
    /// `Allow`.
    Allow,
    /// `Deny`.
    Deny,
}

/// One statement of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement<T> {
    /// `Sid`, the statement's name within its policy.
    pub sid: Option<String>,
    /// `Effect`.
    pub effect: Effect,
    /// `Principal` or `NotPrincipal`; identity policies have neither.
    pub principal: Option<Principals<T>>,
    /// `Action` or `NotAction`.
    pub actions: Actions,
    /// `Resource` or `NotResource`; trust policies have neither.
    pub resources: Option<Resources<T>>,
    /// The condition block; every condition must hold.
    pub conditions: Vec<Condition<T>>,
}

/// What an element of a statement lists, or what its `Not` form leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed<L> {
    /// These.
    Only(L),
    /// All but these.
    Except(L),
}

/// The actions that a statement is about: `Action` or `NotAction`.
pub type Actions = Listed<Vec<Action>>;

/// The resources that a statement is about: `Resource` or `NotResource`.
pub type Resources<T> = Listed<Vec<T>>;

/// The principals that a statement is about: `Principal` or `NotPrincipal`.
pub type Principals<T> = Listed<PrincipalSet<T>>;

/// A pattern of actions: `service:Name`, possibly with `*` and `?`, or `*` alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Action(String);

/// A set of principals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PrincipalSet<T> {
    /// `"*"`: everyone, anonymous callers too.
    Everyone,
    /// Principals by kind.
    Named(NamedPrincipals<T>),
}

/// Principals by kind; a kind without members is not written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPrincipals<T> {
    /// `AWS`: accounts (root ARN or account id), roles, users, sessions, or `*`.
    pub aws: Vec<T>,
    /// `Service`: service principals such as `backup.amazonaws.com`.
    pub service: Vec<T>,
    /// `Federated`: identity providers.
    pub federated: Vec<T>,
    /// `CanonicalUser`: accounts by their S3 canonical id.
    pub canonical_user: Vec<T>,
}

/// One condition: an operator, a key and the values of which one must match (for a negated operator: none may).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition<T> {
    /// The operator with its prefix and suffix.
    pub operator: Operator,
    /// The condition key; its case means nothing.
    pub key: String,
    /// The values to compare with.
    pub values: Vec<T>,
}

impl<T> Document<T> {
    /// A document of the current version without an id.
    pub fn new(statements: Vec<Statement<T>>) -> Self {
        Self { version: Version::default(), id: None, statements }
    }
}

impl<L> Listed<L> {
    /// The list, whichever way it is meant.
    pub const fn list(&self) -> &L {
        match self {
            Self::Only(list) | Self::Except(list) => list,
        }
    }

    /// Another list, meant the same way.
    pub const fn with<M>(&self, list: M) -> Listed<M> {
        match self {
            Self::Only(_) => Listed::Only(list),
            Self::Except(_) => Listed::Except(list),
        }
    }
}

impl Action {
    /// The whole pattern.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The service prefix; none for `*` alone.
    pub fn service(&self) -> Option<&str> {
        self.0.split_once(':').map(|(service, _)| service)
    }

    /// The action's name without the service; `*` for `*` alone.
    pub fn name(&self) -> &str {
        self.0.split_once(':').map_or(self.as_str(), |(_, name)| name)
    }
}

impl<S: Into<String>> From<S> for Action {
    fn from(pattern: S) -> Self {
        Self(pattern.into())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<T> Principals<T> {
    /// One `AWS` principal.
    pub fn aws(principal: T) -> Self {
        Self::Only(PrincipalSet::Named(NamedPrincipals { aws: vec![principal], ..NamedPrincipals::default() }))
    }

    /// One service principal.
    pub fn service(principal: T) -> Self {
        Self::Only(PrincipalSet::Named(NamedPrincipals { service: vec![principal], ..NamedPrincipals::default() }))
    }
}

impl<T> Default for NamedPrincipals<T> {
    fn default() -> Self {
        Self { aws: Vec::new(), service: Vec::new(), federated: Vec::new(), canonical_user: Vec::new() }
    }
}
