//! Which keys and vaults a system's statements place where: shared ones are made once.

use super::destination::Destination;
use super::{KeyName, KeyOptions, Place, Statement, System, VaultName};
use crate::aws::region::Region;
use crate::source::Span;

/// One statement's use of a key that the system makes.
#[derive(Clone, Debug)]
pub struct KeyUse<'a> {
    /// Where the key lives.
    pub region: &'static Region,
    /// Its name.
    pub name: &'a str,
    /// Where it was named, or what named it.
    pub span: Span,
    /// Primary, or replica of which key.
    pub role: KeyRole<'a>,
    /// The statement.
    pub statement: &'a Statement,
    /// The destination whose vault it encrypts, for a replica.
    pub destination: Option<Destination<'a>>,
}

/// What a made key is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyRole<'a> {
    /// A multi-Region primary key.
    Primary,
    /// A replica of the source's key.
    Replica {
        /// Region of the primary key.
        region: &'static str,
        /// The primary key.
        of: &'a KeyName,
    },
}

/// One statement's use of a vault, whether it is made or exists.
#[derive(Clone, Debug)]
pub struct VaultUse<'a> {
    /// Where the vault lives.
    pub place: &'a Place,
    /// The statement.
    pub statement: &'a Statement,
    /// The destination that it is in; none for the source vault.
    pub destination: Option<Destination<'a>>,
}

impl<'a> VaultUse<'a> {
    /// The vault's name, if the system makes it.
    pub fn made(&self) -> Option<&'a str> {
        match &self.place.vault.value {
            VaultName::Made(name) => Some(name),
            VaultName::Existing(_) => None,
        }
    }
}

impl Statement {
    /// The keys that must be made for this statement.
    pub fn key_uses(&self) -> impl Iterator<Item = KeyUse<'_>> {
        self.vault_uses().filter(|vault| vault.made().is_some()).filter_map(|vault| {
            let KeyName::Made(name) = &vault.place.key.value else { return None };
            let role = match vault.destination {
                None => KeyRole::Primary,
                Some(_) => KeyRole::Replica { region: self.source.region.node.code, of: &self.source.key.value },
            };
            Some(KeyUse {
                region: vault.place.region.node,
                name,
                span: vault.place.key.span,
                role,
                statement: self,
                destination: vault.destination,
            })
        })
    }

    /// The vaults that the statement uses, the source's first.
    pub fn vault_uses<'a>(&'a self) -> impl Iterator<Item = VaultUse<'a>> {
        let source = VaultUse { place: &self.source, statement: self, destination: None };
        let of_destination = |destination: Destination<'a>| VaultUse {
            place: destination.place,
            statement: self,
            destination: Some(destination),
        };
        std::iter::once(source).chain(self.destinations().map(of_destination))
    }
}

impl System {
    /// The statements whose places are known: all of them, when there is no error.
    fn placed(&self) -> impl Iterator<Item = &Statement> {
        self.statements.iter().filter(|statement| statement.knows_places())
    }

    /// The keys that must be made, one entry for each use.
    pub fn key_uses(&self) -> impl Iterator<Item = KeyUse<'_>> {
        self.placed().flat_map(Statement::key_uses)
    }

    /// The settings of a key that is made: its own, else those of the primary key that it is a replica
    /// of, else the file's.
    pub fn key_options(&self, name: &str, role: &KeyRole<'_>) -> &KeyOptions {
        let named = |wanted: &str| {
            let found = self.keys.binary_search_by(|key| key.name.node.as_str().cmp(wanted)).ok();
            found.and_then(|index| self.keys.get(index)).map(|key| &key.options)
        };
        let of_primary = match role {
            KeyRole::Replica { of: KeyName::Made(primary), .. } => named(primary),
            KeyRole::Replica { of: KeyName::Existing(_), .. } | KeyRole::Primary => None,
        };
        named(name).or(of_primary).unwrap_or(&self.key_defaults)
    }

    /// The vaults that are used, one entry for each use.
    pub fn vault_uses(&self) -> impl Iterator<Item = VaultUse<'_>> {
        self.placed().flat_map(Statement::vault_uses)
    }
}
