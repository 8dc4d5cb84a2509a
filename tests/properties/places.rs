//! Each vault and each key stands once, in order, with exactly the places that name it.

use std::collections::BTreeMap;

use drc::emit::Format;
use drc::source::Span;
use drc::spec::placement::UseId;
use drc::spec::{KeyName, Place, System};

use crate::{compile, corpus};

/// Where statements name something, by region and name; a place is told by where its vault and its key are written.
type Named<N> = Vec<((&'static str, N), Vec<(Span, Span, Span)>)>;

/// What the statements themselves name whose places are known.
fn named<N: Ord>(system: &System, name: impl Fn(&Place) -> N) -> Named<N> {
    let mut named: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for statement in system.statements.iter().filter(|statement| statement.knows_places()) {
        for place in statement.places() {
            let id = (statement.span, place.vault.span, place.key.span);
            named.entry((place.region.node.code, name(place))).or_default().push(id);
        }
    }
    named.into_iter().collect()
}

fn used(system: &System, ids: &[UseId]) -> Vec<(Span, Span, Span)> {
    let uses = system.uses(ids).map(|used| (used.statement.span, used.place().vault.span, used.place().key.span));
    uses.collect()
}

fn hold(system: &System) {
    let vaults = system.vaults.iter();
    let vaults: Named<String> = vaults
        .map(|vault| ((vault.location.region.code, vault.name.name().to_owned()), used(system, &vault.uses)))
        .collect();
    assert_eq!(vaults, named(system, |place| place.vault.value.name().to_owned()));
    let keys = system.keys.iter();
    let keys: Named<KeyName> =
        keys.map(|key| ((key.location.region.code, key.name.clone()), used(system, &key.uses))).collect();
    assert_eq!(keys, named(system, |place| place.key.value.clone()));
    for vault in &system.vaults {
        let place = system.uses(&vault.uses).next().unwrap().place();
        assert_eq!(system.key(vault.key).unwrap().name, place.key.value);
    }
    for key in &system.keys {
        let first = system.uses(&key.uses).next().unwrap();
        let primary = key.replica_of.map(|id| &system.key(id).unwrap().name);
        let is_replica = first.destination.is_some() && matches!(key.name, KeyName::Made(_));
        assert_eq!(primary, is_replica.then_some(&first.statement.source.key.value));
    }
}

#[test]
fn every_vault_and_key_has_the_places_that_name_it() {
    for text in corpus::texts() {
        let (compiled, _) = compile(&[("spec.drspec", text.as_bytes())], Format::Yaml);
        compiled.spec.systems.iter().for_each(hold);
    }
}
