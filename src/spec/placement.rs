//! The vaults and keys of a system, each once: where it is, and every place that names it.
//!
//! Both are ordered by location and name, so where one stands among them follows from content alone.

use super::destination::Destination;
use super::{KeyName, KeyOptions, Place, Statement, System, VaultName};
use crate::aws::location::Location;

/// A backup vault.
#[derive(Clone, Debug)]
pub struct Vault {
    /// Where it is.
    pub location: Location,
    /// What it is called.
    pub name: VaultName,
    /// The key that encrypts it.
    pub key: KeyId,
    /// Who uses it, in the order of the statements; never empty.
    pub uses: Vec<UseId>,
}

/// A key that encrypts vaults.
#[derive(Clone, Debug)]
pub struct Key {
    /// Where it is used.
    pub location: Location,
    /// What it is called, and so whether it is made or exists already.
    pub name: KeyName,
    /// The key that it is a replica of; none, where it is a multi-Region primary key or exists already.
    pub replica_of: Option<KeyId>,
    /// Who uses it, in the order of the statements; never empty.
    pub uses: Vec<UseId>,
}

/// Which of [`System::keys`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyId(pub(crate) usize);

/// Which place of which statement, the source first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UseId {
    pub(crate) statement: usize,
    pub(crate) place: usize,
}

/// A statement's use of a vault and its key.
#[derive(Clone, Copy, Debug)]
pub struct Use<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// The destination that they are in; none for the source.
    pub destination: Option<Destination<'a>>,
}

impl<'a> Use<'a> {
    /// Region, vault and key, as the statement names them.
    pub fn place(&self) -> &'a Place {
        self.destination.map_or(&self.statement.source, |destination| destination.place)
    }

    /// The words that begin its clause.
    pub fn clause(&self) -> &'static str {
        self.destination.map_or("from", |destination| destination.clause())
    }

    /// Whether no copies are made to it any more.
    pub fn is_former(&self) -> bool {
        self.destination.is_some_and(|destination| destination.former.is_some())
    }

    /// Where the primary key is of the key here; none, where the key here is no replica.
    pub fn replica_of(&self) -> Option<&'a Place> {
        self.place().key.value.made().and(self.destination).map(|_| &self.statement.source)
    }
}

impl Statement {
    /// The vaults and keys that the statement uses, the source's first.
    pub fn uses(&self) -> impl Iterator<Item = Use<'_>> {
        let destinations = self.destinations().map(Some);
        std::iter::once(None).chain(destinations).map(|destination| Use { statement: self, destination })
    }
}

impl System {
    /// What stands behind the uses of a vault or a key.
    pub fn uses(&self, ids: &[UseId]) -> impl Iterator<Item = Use<'_>> {
        ids.iter().filter_map(|id| self.statements.get(id.statement)?.uses().nth(id.place))
    }

    /// A key.
    pub fn key(&self, id: KeyId) -> Option<&Key> {
        self.keys.get(id.0)
    }

    /// The key of a name in a location.
    pub fn key_named(&self, location: Location, name: &KeyName) -> Option<KeyId> {
        let found = self.keys.binary_search_by(|key| (key.location, &key.name).cmp(&(location, name)));
        found.ok().map(KeyId)
    }

    /// The key of a place that is known.
    pub fn key_of(&self, place: &Place) -> Option<KeyId> {
        self.key_named(place.location(), &place.key.value)
    }

    /// The settings of a key that is made: its own, else those of the primary key that it is a replica
    /// of, else the file's.
    pub fn key_options(&self, key: &Key) -> &KeyOptions {
        let own = |key: &Key| {
            let name = key.name.made()?;
            let found = self.key_settings.binary_search_by(|key| key.name.node.as_str().cmp(name)).ok()?;
            self.key_settings.get(found).map(|key| &key.options)
        };
        let of_primary = || self.key(key.replica_of?).and_then(own);
        own(key).or_else(of_primary).unwrap_or(&self.key_defaults)
    }

    /// The keys that are made, with their names.
    pub fn made_keys(&self) -> impl Iterator<Item = (&str, &Key)> {
        self.keys.iter().filter_map(|key| Some((key.name.made()?, key)))
    }
}
