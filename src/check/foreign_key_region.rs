//! A key or a vault that exists in another region than it is used in.

use crate::aws::region::Region;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::source::Span;
use crate::spec::{KeyName, Part, Place, ResourceKey, Spec, VaultName};

rule! {
    /// A key or a vault is used in another region than its own.
    ///
    /// ## Why
    ///
    /// AWS Backup answers: "Invalid Key provided by the user. Invalid arn".
    ///
    /// ## Example
    ///
    /// ```drspec,E0311
    /// backup cluster mydb from ap-northeast-1 key arn:aws:kms:us-east-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab
    ///   to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 key arn:aws:kms:ap-northeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab
    ///   to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0311 "foreign-region" Error Deployment "https://docs.aws.amazon.com/aws-backup/latest/devguide/create-a-vault.html"
    "キーまたはボールトを、それがあるリージョンとは別のリージョンで使おうとしています。"
    "AWS Backup は \"Invalid Key provided by the user. Invalid arn\" と応答します。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        let source = statement.knows(Part::Source).then_some(&statement.source);
        for place in source.into_iter().chain(statement.destinations().map(|destination| destination.place)) {
            report(
                &place.key.value,
                place.key.span,
                place.region.node,
                "a vault's key lives in the region of the vault",
                sink,
            );
            vault(place, sink);
        }
        if let (ResourceKey::Written(key), Some(source)) = (&statement.resource_key, source) {
            let region = source.region.node;
            report(&key.value, key.span, region, "the key of what is backed up lives in its region", sink);
        }
    }
}

fn vault(place: &Place, sink: &mut Diagnostics) {
    let (VaultName::Existing(arn), region) = (&place.vault.value, place.region.node) else { return };
    if arn.region() != Some(region) {
        let elsewhere = arn.region().map_or("another region", |region| region.code);
        let message = format!("this vault is in {elsewhere}, but is used in {}", region.code);
        let finding = E0311.at(place.vault.span, message).related(place.region.span, "the region of this place");
        sink.push(finding.help("name a vault of the same region"));
    }
}

fn report(key: &KeyName, span: Span, region: &'static Region, help: &str, sink: &mut Diagnostics) {
    let KeyName::Existing(arn) = key else { return };
    if arn.region() != Some(region) {
        let elsewhere = arn.region().map_or("another region", |region| region.code);
        sink.push(E0311.at(span, format!("this key is in {elsewhere}, but is used in {}", region.code)).help(help));
    }
}
