//! A vault that exists, without the key that it has.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{KeyName, Place, Spec, VaultName};

rule! {
    /// A vault that exists stands without the ARN of its key.
    ///
    /// ## Why
    ///
    /// A vault's key is chosen when it is made and can never be changed, so none is made for a vault that exists. The role
    /// must be allowed to use the key that it has: copies are encrypted with it.
    ///
    /// ## Example
    ///
    /// ```drspec,E0319
    /// backup cluster mydb from ap-northeast-1
    ///   to ap-northeast-3 vault arn:aws:backup:ap-northeast-3:111122223333:backup-vault:copies
    ///   daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1
    ///   to ap-northeast-3 vault arn:aws:backup:ap-northeast-3:111122223333:backup-vault:copies
    ///     key arn:aws:kms:ap-northeast-3:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    ///   daily 01:00 JST keep 7d
    /// ```
    E0319 "key-of-existing-vault" Error Schema "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html"
    "既存のボールトに、そのキーの ARN が書かれていません。"
    "ボールトのキーは作成時に決まり、後から変更できません。そのため、既存のボールトのためにキーを作ることはありません。コピーはボールトのキーで暗号化されるので、ロールにはそのキーの使用を許可する必要があります。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements().filter(|(_, statement)| statement.knows_places()) {
        statement.places().for_each(|place| report(place, sink));
    }
}

fn report(place: &Place, sink: &mut Diagnostics) {
    let (VaultName::Existing(arn), KeyName::Made(name)) = (&place.vault.value, &place.key.value) else { return };
    // What is wrong with a vault of another region is told of the vault.
    if arn.region() != Some(place.region.node) {
        return;
    }
    let finding = if place.key.level.is_derived() {
        E0319.at(place.vault.span, "this vault exists, and has a key already").label("which key is not said")
    } else {
        E0319
            .at(place.key.span, format!("the key `{name}` would be made for a vault that exists"))
            .related(place.vault.span, "its key can never be changed")
    };
    sink.push(finding.help("write the key that it has behind it: `key arn:…`").help(format!(
        "look: `aws backup describe-backup-vault --region {} --backup-vault-name {} --query EncryptionKeyArn`",
        place.region.node.code,
        arn.name()
    )));
}
