//! One build that is deployed to two accounts.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;
use crate::spec::account::{Anchor, InAccount};

rule! {
    /// One build is deployed to two accounts.
    ///
    /// ## Why
    ///
    /// A build is deployed with the credentials of one account: the one that `account` names. A
    /// replica cannot cross accounts, so a key of which replicas are made is in it too, and so are vaults and
    /// roles that exist. Build the files of each account into a directory of its own.
    ///
    /// ## Example
    ///
    /// ```drspec,E0316
    /// account 111122223333
    /// backup cluster mydb from ap-northeast-1 key arn:aws:kms:ap-northeast-1:444455556666:key/mrk-1234abcd12ab34cd56ef1234567890ab
    ///   to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// account 111122223333
    /// backup cluster mydb from ap-northeast-1 key arn:aws:kms:ap-northeast-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab
    ///   to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0316 "accounts-differ" Error Documentation "https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html"
    "1 回のビルドの出力先が、2 つのアカウントにまたがっています。"
    "ビルドの出力は、`account` で指定した 1 つのアカウントの認証情報でデプロイします。レプリカキーは別アカウントには作れないため、レプリカの元になるキーも、既存のボールトやロールも、そのアカウントになければなりません。アカウントが複数あるときは、アカウントごとに別のディレクトリへビルドしてください。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let all = spec.in_account();
    let Some((first, others)) = all.split_first() else { return };
    for other in others.iter().filter(|other| other.account != first.account) {
        sink.push(
            E0316.at(other.span, message(first, other)).related(first.span, related(first)).help(help(first, other)),
        );
    }
}

fn message(first: &InAccount<'_>, other: &InAccount<'_>) -> String {
    let (here, there) = (first.account, other.account);
    match other.what {
        Anchor::Item => format!("this build names the accounts {here} and {there}"),
        Anchor::PrimaryKey => format!("this key is in account {there}, but its replica would be made in {here}"),
        Anchor::Vault => format!("this vault is in account {there}, but the build is deployed to {here}"),
        Anchor::Role => format!("this role is in account {there}, but the build is deployed to {here}"),
    }
}

fn related(first: &InAccount<'_>) -> &'static str {
    match first.what {
        Anchor::Item => "the account that is deployed to",
        Anchor::PrimaryKey => "whose replica is made in its own account",
        Anchor::Vault => "a vault of the account that is deployed to",
        Anchor::Role => "a role of the account that is deployed to",
    }
}

fn help(first: &InAccount<'_>, other: &InAccount<'_>) -> String {
    match other.what {
        Anchor::Item => {
            "build the files of each account into a directory of its own: `drc build SPEC -o DIR`".to_owned()
        }
        Anchor::PrimaryKey => format!(
            "a replica cannot cross accounts: name a key of account {}, or write `key` and the ARN of a key at every destination",
            first.account
        ),
        Anchor::Vault => format!("name a vault of account {}", first.account),
        Anchor::Role => {
            format!("AWS Backup works with a role of the account of its plan: name one of account {}", first.account)
        }
    }
}
