//! One key name that stands for two keys in a region.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::placement::{KeyRole, KeyUse};
use crate::spec::{KeyName, Spec};

rule! {
    /// One name stands for two keys in a region.
    ///
    /// ## Why
    ///
    /// A key is either a primary key or the replica of one primary key. AWS answers: "cannot have a
    /// replica because it contains the primary".
    ///
    /// ## Example
    ///
    /// ```drspec,E0308
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 vault copies key shared daily 01:00 JST keep 7d
    /// backup cluster orders from ap-northeast-3 key shared to ap-northeast-1 daily 02:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 vault copies key tokyo daily 01:00 JST keep 7d
    /// backup cluster orders from ap-northeast-3 key osaka to ap-northeast-1 daily 02:00 JST keep 7d
    /// ```
    E0308 "key-in-two-roles" Error Documentation "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"
    "1 つの名前が、同じリージョンの 2 つのキーを指しています。"
    "キーは、プライマリキーであるか、ただ 1 つのプライマリキーのレプリカであるかのどちらかです。AWS は \"cannot have a replica because it contains the primary\" と応答します。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for system in &spec.systems {
        let mut keys: BTreeMap<(&str, &str), KeyUse<'_>> = BTreeMap::new();
        for key in system.key_uses() {
            let id = (key.region.code, key.name);
            match keys.get(&id) {
                Some(first) if first.role != key.role => sink.push(
                    E0308
                        .at(key.span, format!("the key `{}` in {} is {} here", key.name, id.0, describe(&key.role)))
                        .related(first.span, format!("and {} here", describe(&first.role)))
                        .help("give one of the two another name: `key NAME`"),
                ),
                Some(_) => {}
                None => {
                    keys.insert(id, key);
                }
            }
        }
    }
}

fn describe(role: &KeyRole<'_>) -> String {
    match role {
        KeyRole::Primary => "a primary key".to_owned(),
        KeyRole::Replica { region, of: KeyName::Made(name) } => format!("a replica of the key `{name}` in {region}"),
        KeyRole::Replica { of: KeyName::Existing(arn), .. } => format!("a replica of `{}`", arn.as_str()),
    }
}
