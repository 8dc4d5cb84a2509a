//! What keys, vaults and roles are called: each is made by the system and known by its name, or exists already and
//! is known by its ARN. What exists is never made, changed or retained.

use crate::aws::arn::Arn;

/// What a key, a vault or a role is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// Made by the system, by its name; that of a key is its alias.
    Made(String),
    /// Exists already.
    Existing(Arn),
}

/// What a backup vault is called.
pub type VaultName = Named;

/// What a key is called.
pub type KeyName = Named;

/// The role of a statement.
pub type Role = Named;

impl Named {
    /// Its name, without a path; the id of a key that exists.
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

    /// A key as commands take it: the alias, or the ARN.
    pub fn identifier(&self) -> String {
        self.made().map_or_else(|| self.written().to_owned(), |name| format!("alias/{name}"))
    }

    /// The name of what is made.
    pub fn made(&self) -> Option<&str> {
        if let Self::Made(name) = self { Some(name) } else { None }
    }

    /// The ARN of what exists.
    pub fn existing(&self) -> Option<&Arn> {
        if let Self::Existing(arn) = self { Some(arn) } else { None }
    }
}
