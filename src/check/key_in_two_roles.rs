//! One key name that stands for two keys in a region.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::placement::Use;
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
        for (name, key) in system.made_keys() {
            let region = key.location.region.code;
            let mut uses = system.uses(&key.uses);
            let Some(first) = uses.next() else { continue };
            let primary = |used: &Use<'_>| used.replica_of().and_then(|place| system.key_of(place));
            for other in uses.filter(|other| primary(other) != key.replica_of) {
                sink.push(
                    E0308
                        .at(other.place().key.span, format!("the key `{name}` in {region} is {} here", role(&other)))
                        .related(first.place().key.span, format!("and {} here", role(&first)))
                        .help("give one of the two another name: `key NAME`"),
                );
            }
        }
    }
}

/// What the key of a place is there.
fn role(used: &Use<'_>) -> String {
    let Some(primary) = used.replica_of() else { return "a primary key".to_owned() };
    match &primary.key.value {
        KeyName::Made(name) => format!("a replica of the key `{name}` in {}", primary.region.node.code),
        KeyName::Existing(arn) => format!("a replica of `{}`", arn.as_str()),
    }
}
