//! One vault that two places encrypt with different keys.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// One vault has two keys.
    ///
    /// ## Why
    ///
    /// The key of a vault is chosen when it is made and can never be changed.
    ///
    /// ## Example
    ///
    /// ```drspec,E0307
    /// backup cluster mydb from ap-northeast-1 vault nightly key a to ap-northeast-3 vault a-copies key a-copy daily 01:00 JST keep 7d
    /// backup cluster orders from ap-northeast-1 vault nightly key b to ap-northeast-3 vault b-copies key b-copy daily 02:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 vault nightly key a to ap-northeast-3 vault copies daily 01:00 JST keep 7d
    /// backup cluster orders from ap-northeast-1 vault nightly key a to ap-northeast-3 vault copies daily 02:00 JST keep 7d
    /// ```
    E0307 "vault-with-two-keys" Error Schema "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html"
    "1 つのボールトにキーが 2 つ指定されています。"
    "ボールトのキーは作成時に決まり、後から変更できません。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for system in &spec.systems {
        for vault in &system.vaults {
            let (name, region) = (vault.name.name(), vault.location.region.code);
            let mut keys = system.uses(&vault.uses).map(|used| &used.place().key);
            let Some(first) = keys.next() else { continue };
            for other in keys.filter(|other| other.value != first.value) {
                sink.push(
                    E0307
                        .at(other.span, format!("the vault `{name}` in {region} has two keys"))
                        .related(first.span, "the other key")
                        .help("a vault has one key for ever: name the same key, or another vault"),
                );
            }
        }
    }
}
