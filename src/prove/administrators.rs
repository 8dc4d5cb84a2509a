//! Who the spec wants to administer each key that is made, found once for all statements.

use std::collections::HashMap;

use crate::aws::arn::Principal;
use crate::source::Spanned;
use crate::spec::Spec;

/// The administrators of the keys of every system: no two systems make keys of one name in one region.
#[derive(Debug)]
pub(super) struct Administrators<'a> {
    by_key: HashMap<(&'static str, &'a str), &'a [Spanned<Principal>]>,
}

impl<'a> Administrators<'a> {
    pub(super) fn new(spec: &'a Spec) -> Self {
        let mut by_key = HashMap::new();
        for system in &spec.systems {
            for (name, key) in system.made_keys() {
                let admins = || &system.key_options(key).admins[..];
                by_key.entry((key.location.region.code, name)).or_insert_with(admins);
            }
        }
        Self { by_key }
    }

    /// Those of the key with an alias in a region; of a key that exists already, none.
    pub(super) fn of(&self, region: &str, alias: Option<&str>) -> &'a [Spanned<Principal>] {
        let name = alias.and_then(|alias| alias.strip_prefix("alias/"));
        name.and_then(|name| self.by_key.get(&(region, name))).copied().unwrap_or_default()
    }
}
