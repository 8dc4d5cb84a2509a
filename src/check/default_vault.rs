//! Copies into the vault that AWS Backup's console makes.

use crate::aws::name::DEFAULT_VAULT;
use crate::diagnostic::Diagnostics;
use crate::kind::Encryption;
use crate::rule::rule;
use crate::spec::{Spec, Statement, VaultName};

rule! {
    /// Clusters are copied into the vault `Default`, or back into it.
    ///
    /// ## Why
    ///
    /// A copy of a cluster is encrypted with the key of the vault that it goes to, and fails where that is AWS's own key
    /// `aws/backup`: the key of `Default`, unless somebody else than the console made it.
    ///
    /// ## Example
    ///
    /// ```drspec,W0407
    /// backup cluster mydb from ap-northeast-1
    ///   to ap-northeast-3 vault arn:aws:backup:ap-northeast-3:111122223333:backup-vault:Default
    ///     key arn:aws:kms:ap-northeast-3:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    ///   daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    W0407 "copy-into-default-vault" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    "ボールト `Default` へのコピー、または `Default` へのコピーバックになっています。"
    "クラスターのコピーは、コピー先ボールトのキーで暗号化されます。そのキーが AWS マネージドキー `aws/backup` だと、コピーは失敗します。`Default` のキーは、コンソール以外の手段で作られたものでない限り、この `aws/backup` です。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let is_copied = |statement: &Statement| {
        let mut kinds = statement.groups.iter().map(|group| group.kind);
        statement.destinations().next().is_some() && kinds.any(|kind| kind.encryption == Encryption::OfResource)
    };
    for (_, statement) in spec.statements().filter(|(_, statement)| is_copied(statement)) {
        for used in statement.uses() {
            let vault = &used.place().vault;
            let is_default = matches!(&vault.value, VaultName::Existing(arn) if arn.name() == DEFAULT_VAULT);
            if !is_default {
                continue;
            }
            let region = used.place().region.node.code;
            let words = used.destination.map_or("vault NAME".to_owned(), |_| format!("to {region} vault NAME"));
            let what = if used.destination.is_some() { "copies into it" } else { "copies back into it" };
            sink.push(
                W0407
                    .at(vault.span, format!("`{DEFAULT_VAULT}` has the key `aws/backup`, with which {what} fail"))
                    .write("name another vault: {}", words)
                    .run("if somebody made it with another key, see that `key` names that one: {}", format!(
                        "aws backup describe-backup-vault --region {region} --backup-vault-name {DEFAULT_VAULT} --query EncryptionKeyArn"
                    )),
            );
        }
    }
}
