//! The vaults and keys that statements name, each once.

use std::collections::BTreeMap;

use crate::aws::location::Location;
use crate::spec::placement::{Key, KeyId, Use, UseId, Vault};
use crate::spec::{KeyName, Place, Statement};

/// What stands in one place under one name: its first use, and all of them.
type Named<'a, N> = BTreeMap<(Location, &'a N), (Use<'a>, Vec<UseId>)>;

/// The vaults and keys of the statements whose places are known, by location and name.
pub(super) fn intern(statements: &[Statement]) -> (Vec<Vault>, Vec<Key>) {
    let (mut vaults, mut keys) = (Named::<str>::new(), Named::<KeyName>::new());
    for (statement, of) in statements.iter().enumerate().filter(|(_, of)| of.knows_places()) {
        for (place, used) in of.uses().enumerate() {
            let (id, location) = (UseId { statement, place }, used.place().location());
            let key = (location, &used.place().key.value);
            keys.entry(key).or_insert((used, Vec::new())).1.push(id);
            let vault = (location, used.place().vault.value.name());
            vaults.entry(vault).or_insert((used, Vec::new())).1.push(id);
        }
    }
    let order: Vec<&(Location, &KeyName)> = keys.keys().collect();
    let key_of = |place: &Place| {
        let wanted = (place.location(), &place.key.value);
        order.binary_search_by(|known| (*known).cmp(&wanted)).ok().map(KeyId)
    };
    let vault = |((location, _), (first, uses)): ((Location, _), (Use<'_>, Vec<UseId>))| {
        let place = first.place();
        Some(Vault { location, name: place.vault.value.clone(), key: key_of(place)?, uses })
    };
    let vaults = vaults.into_iter().filter_map(vault).collect();
    let key = |(&(location, name), (first, uses)): (&(Location, &KeyName), &(Use<'_>, Vec<UseId>))| {
        let replica_of = first.replica_of().and_then(key_of);
        Key { location, name: name.clone(), replica_of, uses: uses.clone() }
    };
    (vaults, keys.iter().map(key).collect())
}
