//! Settings of a key that no place names.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{KeySettings, Level, Spec};
use crate::suggest::nearest;

rule! {
    /// A `key` item sets a key that no place names.
    ///
    /// ## Why
    ///
    /// Its settings would be ignored.
    ///
    /// ## Example
    ///
    /// ```drspec,E0309
    /// key vault-keys admin role/KeyAdmin
    /// backup cluster mydb from ap-northeast-1 key vault-key to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// key vault-key admin role/KeyAdmin
    /// backup cluster mydb from ap-northeast-1 key vault-key to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0309 "unplaced-key" Error Language ""
    "`key` の項目で設定したキーが、どの場所にも指定されていません。"
    "その設定は使われないままになります。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for system in &spec.systems {
        let placed: BTreeSet<&str> = system.made_keys().map(|(name, _)| name).collect();
        let admin = system.key_defaults.admins.first().map(|admin| admin.span);
        let rotation = &system.key_defaults.rotation;
        let default = admin.or((rotation.level == Level::Defaults).then_some(rotation.span));
        let is_placed = |name: &str| placed.contains(name) || !system.knows_every_place();
        if let (Some(span), true, false, true) =
            (default, placed.is_empty(), system.statements.is_empty(), system.knows_every_place())
        {
            sink.push(
                E0309
                    .at(span, "this system makes no key of which this could be said")
                    .help("remove it: every key of the system exists already"),
            );
        }
        let mut first_of: BTreeMap<&str, &KeySettings> = BTreeMap::new();
        for key in &system.key_settings {
            let name = key.name.node.as_str();
            // Keys of one name stand in the order of the file.
            if let Some(first) = first_of.get(name) {
                sink.push(crate::syntax::repeated(&format!("key {name}"), key.name.span, first.name.span));
                continue;
            }
            first_of.insert(name, key);
            if !is_placed(name) {
                sink.push(
                    E0309
                        .at(key.name.span, format!("no place names the key `{name}`"))
                        .suggest(nearest(name, placed.iter().copied()))
                        .help("name it where it lives: `from REGION key NAME` or `to REGION key NAME`"),
                );
            }
        }
    }
}
