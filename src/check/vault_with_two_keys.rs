//! One vault that two places encrypt with different keys.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;
use crate::spec::placement::VaultUse;

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
        let mut vaults: BTreeMap<(&str, &str), VaultUse<'_>> = BTreeMap::new();
        for vault in system.vault_uses() {
            let key = (vault.place.region.node.code, vault.place.vault.value.name());
            match vaults.get(&key) {
                Some(first) if first.place.key.value != vault.place.key.value => sink.push(
                    E0307
                        .at(vault.place.key.span, format!("the vault `{}` in {} has two keys", key.1, key.0))
                        .related(first.place.key.span, "the other key")
                        .help("a vault has one key for ever: name the same key, or another vault"),
                ),
                Some(_) => {}
                None => {
                    vaults.insert(key, vault);
                }
            }
        }
    }
}
