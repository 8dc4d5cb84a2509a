//! A rotation that is said of a replica.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Level, Spec};

rule! {
    /// A rotation is said of a replica.
    ///
    /// ## Why
    ///
    /// Rotation is a property of the primary key; its replicas share the key material. The same holds
    /// for `no rotation`.
    ///
    /// ## Example
    ///
    /// ```drspec,E0318
    /// key copies-key rotate every 365d
    /// backup cluster mydb from ap-northeast-1 key source-key to ap-northeast-3 key copies-key daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// key source-key rotate every 365d
    /// backup cluster mydb from ap-northeast-1 key source-key to ap-northeast-3 key copies-key daily 01:00 JST keep 7d
    /// ```
    E0318 "rotation-of-replica" Error Documentation "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"
    "レプリカキーにローテーションを指定しています。"
    "ローテーションはプライマリキーのプロパティで、レプリカキーは同じキーマテリアルを共有します。`no rotation` も同様です。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    // What no known place makes a primary key, another one may.
    for system in spec.systems.iter().filter(|system| system.knows_every_place()) {
        let keys = |replica: bool| system.made_keys().filter(move |(_, key)| key.replica_of.is_some() == replica);
        let primaries: BTreeSet<&str> = keys(false).map(|(name, _)| name).collect();
        let replicas: BTreeSet<&str> = keys(true).map(|(name, _)| name).collect();
        let rotation = &system.key_defaults.rotation;
        if rotation.level == Level::Defaults && !replicas.is_empty() && primaries.is_empty() {
            sink.push(
                E0318
                    .at(rotation.span, "every key of this system is a replica, which rotates with its primary key")
                    .help("remove it; the primary key that exists already has a rotation of its own"),
            );
        }
        for key in &system.key_settings {
            let rotation = &key.options.rotation;
            // What is inherited is not said of this key.
            if rotation.level != Level::Item {
                continue;
            }
            let name = key.name.node.as_str();
            if replicas.contains(name) && !primaries.contains(name) {
                sink.push(
                    E0318
                        .at(
                            rotation.span,
                            format!("`{}` is a replica, which rotates with its primary key", key.name.node),
                        )
                        .help("say it of the primary key"),
                );
            }
        }
    }
}
