//! Keys, vaults and roles: each is made by the system and known by its name, or exists already and
//! is known by its ARN. What exists is never made, changed or retained.

use crate::aws::arn::{KeyArn, RoleArn, VaultArn};

/// A backup vault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Vault {
    /// Made by the system, by its name.
    Made(String),
    /// Exists already.
    Existing(VaultArn),
}

impl Vault {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Self::Made(name) => name,
            Self::Existing(arn) => arn.name(),
        }
    }
}

/// The role of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Made by the system, by its name.
    Made(String),
    /// Exists already.
    Existing(RoleArn),
}

impl Role {
    /// Its name, without a path.
    pub fn name(&self) -> &str {
        match self {
            Self::Made(name) => name,
            Self::Existing(arn) => arn.name(),
        }
    }
}

/// A key that a vault is encrypted with.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Made by the system, known by its alias.
    Made(String),
    /// Exists already.
    Existing(KeyArn),
}
