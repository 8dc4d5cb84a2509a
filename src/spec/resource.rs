//! What keys, vaults and roles are called: each is made by the system and known by its name, or exists already and
//! is known by its ARN. What exists is never made, changed or retained.

use crate::aws::arn::Arn;

/// What a backup vault is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum VaultName {
    /// Made by the system, by its name.
    Made(String),
    /// Exists already.
    Existing(Arn),
}

impl VaultName {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Made(name) => name,
            Self::Existing(arn) => arn.name(),
        }
    }

    /// As a spec has it: the name, or the ARN.
    pub fn written(&self) -> &str {
        match self {
            Self::Made(name) => name,
            Self::Existing(arn) => arn.as_str(),
        }
    }
}

/// The role of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Made by the system, by its name.
    Made(String),
    /// Exists already.
    Existing(Arn),
}

impl Role {
    /// Its name, without a path.
    pub fn name(&self) -> &str {
        match self {
            Self::Made(name) => name,
            Self::Existing(arn) => arn.name(),
        }
    }

    /// As a spec has it: the name, or the ARN.
    pub fn written(&self) -> &str {
        match self {
            Self::Made(name) => name,
            Self::Existing(arn) => arn.as_str(),
        }
    }
}

/// What a key is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyName {
    /// Made by the system, known by its alias.
    Made(String),
    /// Exists already.
    Existing(Arn),
}

impl KeyName {
    /// As a spec has it: the name, or the ARN.
    pub fn written(&self) -> &str {
        match self {
            Self::Made(name) => name,
            Self::Existing(arn) => arn.as_str(),
        }
    }

    /// As commands take it: the alias, or the ARN.
    pub fn identifier(&self) -> String {
        match self {
            Self::Made(name) => format!("alias/{name}"),
            Self::Existing(arn) => arn.as_str().to_owned(),
        }
    }
}
