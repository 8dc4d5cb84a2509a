//! Settings of a key that no place names.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;
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
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for system in &spec.systems {
        let mut placed: Vec<&str> = system.key_uses().map(|key| key.name).collect();
        placed.sort_unstable();
        placed.dedup();
        let admin = system.key_defaults.admins.first().map(|admin| admin.span);
        let default = admin.or(system.key_defaults.rotation.map(|rotation| rotation.span));
        if let (Some(span), true, false) = (default, placed.is_empty(), system.statements.is_empty()) {
            sink.push(
                E0309
                    .at(span, "this system makes no key of which this could be said")
                    .help("remove it: every key of the system exists already"),
            );
        }
        let mut settings: Vec<_> = system.keys.iter().collect();
        settings.sort_by_key(|key| key.span);
        for (index, key) in settings.iter().enumerate() {
            let earlier = settings.iter().take(index).find(|other| other.name.node == key.name.node);
            if let Some(first) = earlier {
                sink.push(crate::syntax::repeated(&format!("key {}", key.name.node), key.name.span, first.name.span));
            } else if !placed.contains(&key.name.node.as_str()) {
                sink.push(
                    E0309
                        .at(key.name.span, format!("no place names the key `{}`", key.name.node))
                        .suggest(nearest(&key.name.node, placed.iter().copied()))
                        .help("name it where it lives: `from REGION key NAME` or `to REGION key NAME`"),
                );
            }
        }
    }
}
