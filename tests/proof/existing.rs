//! What exists already, in whatever account: it is refused by a rule of its own, or the proof holds.

use drc::emit::Format;
use drc::prove;
use drc::source::Sources;
use proptest::prelude::*;
use proptest::sample::select;

use crate::{NOW, failures};

const OURS: &str = "111122223333";
const THEIRS: &str = "444455556666";

/// Nothing, or one of these clauses with an account in it.
fn clause(forms: &'static [&'static str]) -> impl Strategy<Value = String> {
    let accounts = select(vec![OURS, THEIRS]);
    (proptest::option::weighted(0.7, select(forms.to_vec())), accounts)
        .prop_map(|(form, account)| form.map(|form| form.replace("ACCOUNT", account)).unwrap_or_default())
}

fn spec() -> impl Strategy<Value = String> {
    let account = clause(&["account ACCOUNT\n"]);
    let admin = clause(&[
        "defaults admin role/Keys\n",
        "defaults admin arn:aws:iam::ACCOUNT:role/Keys\n",
        "defaults admin arn:aws:iam::ACCOUNT:role/AWSBackup-ap-northeast-1-case\n",
    ]);
    let source = clause(&[
        " vault arn:aws:backup:ap-northeast-1:ACCOUNT:backup-vault:nightly key arn:aws:kms:ap-northeast-1:ACCOUNT:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        " vault arn:aws:backup:ap-northeast-1:ACCOUNT:backup-vault:nightly key arn:aws:kms:ap-northeast-1:777788889999:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        " vault arn:aws:backup:ap-northeast-1:ACCOUNT:backup-vault:nightly",
        " vault nightly",
        " key arn:aws:kms:ap-northeast-1:ACCOUNT:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        " key arn:aws:kms:ap-northeast-1:ACCOUNT:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        " key made",
    ]);
    let destination = clause(&[
        " vault arn:aws:backup:ap-northeast-3:ACCOUNT:backup-vault:copies key arn:aws:kms:ap-northeast-3:ACCOUNT:key/1234abcd-12ab-34cd-56ef-1234567890ab",
        " vault arn:aws:backup:ap-northeast-3:ACCOUNT:backup-vault:copies key made",
        " key arn:aws:kms:ap-northeast-3:ACCOUNT:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        " key copies",
    ]);
    let encrypted = clause(&[
        " encrypted by arn:aws:kms:ap-northeast-1:ACCOUNT:key/mrk-1234abcd12ab34cd56ef1234567890ab",
        " encrypted by arn:aws:kms:ap-northeast-1:ACCOUNT:key/4321abcd-12ab-34cd-56ef-1234567890ab",
    ]);
    let role = clause(&[
        " role arn:aws:iam::ACCOUNT:role/service-role/AWSBackupDefaultServiceRole",
        " role arn:aws:iam::ACCOUNT:role/Keys",
        " role AWSBackup-nightly",
    ]);
    let second = clause(&[
        "backup cluster b from ap-northeast-1 to ap-northeast-3 daily 02:00 JST keep 7d role arn:aws:iam::ACCOUNT:role/service-role/AWSBackupDefaultServiceRole\n",
        "backup cluster b from ap-northeast-1 vault nightly to ap-northeast-3 vault copies daily 02:00 JST keep 7d\n",
        "backup cluster b from ap-northeast-3 vault copies to ap-northeast-1 vault nightly daily 02:00 JST keep 7d\n",
        "backup cluster b from ap-northeast-1 to us-west-2 daily 02:00 JST keep 7d\n",
        "backup cluster b from eu-west-1 key arn:aws:kms:eu-west-1:ACCOUNT:key/mrk-4321abcd12ab34cd56ef1234567890ab to us-west-2 daily 02:00 JST keep 7d\n",
    ]);
    (account, any::<bool>(), admin, source, destination, encrypted, role, second).prop_map(
        |(account, stacks, admin, source, destination, encrypted, role, second)| {
            let stacks = if stacks { " stacks per statement" } else { "" };
            format!(
                "system case{stacks}\n{account}{admin}{second}backup cluster a from ap-northeast-1{source} to ap-northeast-3{destination} daily 01:00 JST keep 7d{encrypted}{role}\n"
            )
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_exists_is_refused_or_proved(text in spec()) {
        let mut sources = Sources::default();
        let file = sources.add("case.drspec", text.as_bytes().to_vec());
        let compiled = drc::compile(&sources, &[file], Format::Yaml, NOW);
        let codes: Vec<&str> = compiled.diagnostics.iter().map(|finding| finding.rule.code).collect();
        prop_assert!(!codes.contains(&"E0405"), "{text}{:#?}", compiled.diagnostics);
        // A role that administers its own keys can let itself do anything, of which W0406 warns.
        if !compiled.diagnostics.has_errors() && !codes.contains(&"W0406") {
            let proof = prove::prove(&compiled.spec, &compiled.stacks).unwrap();
            let failing: Vec<_> = proof.roles(|role| role).filter(|role| !role.holds()).collect();
            let failures: Vec<String> = failing.iter().map(failures).collect();
            prop_assert!(failures.is_empty(), "{text}{}", failures.concat());
        }
    }
}
