//! A replica of a key that can have none.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{KeyName, Spec};

rule! {
    /// A replica is wanted of a key that is not a multi-Region key.
    ///
    /// ## Why
    ///
    /// Whether a key is a multi-Region key is decided when it is made. The id of a multi-Region key
    /// begins with `mrk-`.
    ///
    /// ## Example
    ///
    /// ```drspec,E0310
    /// backup cluster mydb from ap-northeast-1 key arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    ///   to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 key arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    ///   to ap-northeast-3 key arn:aws:kms:ap-northeast-3:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321
    ///   daily 01:00 JST keep 7d
    /// ```
    E0310 "replica-of-single-region-key" Error Documentation "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"
    "マルチリージョンキーではないキーの、レプリカが必要になっています。"
    "マルチリージョンキーにするかどうかは、キーの作成時に決まります。マルチリージョンキーの ID は `mrk-` で始まります。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements().filter(|(_, statement)| statement.knows_places()) {
        let KeyName::Existing(arn) = &statement.source.key.value else { continue };
        if arn.is_multi_region() {
            continue;
        }
        if let Some(replica) = statement.uses().find(|used| used.replica_of().is_some()) {
            let (place, clause) = (replica.place(), replica.clause());
            let region = place.region.node.code;
            sink.push(
                E0310
                    .at(statement.source.key.span, "this key is not a multi-Region key, so it can have no replica")
                    .related(place.key.span, "a replica of it would be made here")
                    .help(format!("name a key that exists in {region}: `{clause} {region} key arn:…`")),
            );
        }
    }
}
