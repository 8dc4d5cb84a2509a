//! A statement that does not say how its resources are encrypted.

use crate::diagnostic::Diagnostics;
use crate::kind::Kind;
use crate::rule::rule;
use crate::spec::{Group, ResourceKey, Spec};

rule! {
    /// Nothing says which key encrypts what is backed up.
    ///
    /// ## Why
    ///
    /// A snapshot of a database is encrypted with the database's own key, never with the key of the vault
    /// it lies in; a table is read with its own key, whatever encrypts the backup. The key of what was
    /// there before is none that this system makes. So that no job fails, the role may look at every key
    /// of the source region, of any account, and let the service of the resource use it. `encrypted by` and the ARN of the key narrow that to the one key. Either way the key's own
    /// policy must let the account in.
    ///
    /// ## Example
    ///
    /// ```drspec,W0401
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   encrypted by arn:aws:kms:ap-northeast-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab
    /// ```
    W0401 "unwritten-cluster-key" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html"
    "リソースを暗号化しているキーが書かれていません。"
    "データベースのスナップショットは、データベース自身のキーで暗号化されます。保管先のボールトのキーではありません。テーブルも、バックアップのキーにかかわらず、自身のキーで読み取られます。既存のものが、このシステムの作るキーを使っていることもありません。そのため、ジョブが失敗しないように、ソースリージョンのすべてのキー(アカウントを問わない)をロールが参照し、リソースのサービスに使わせることを許可しています。`encrypted by` にキーの ARN を書けば、その 1 つだけに絞れます。どちらの場合も、キー自身のポリシーでこのアカウントを許可しておく必要があります。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        if !matches!(statement.resource_key, ResourceKey::Unknown) {
            continue;
        }
        let source = statement.source.region.node.code;
        for Group { kind, names, .. } in &statement.groups {
            let Kind { words, keys, .. } = kind;
            let named = keys.of.zip(names.first()).map(|(option, name)| format!(" {option} {}", name.node));
            let command = [keys.command, &named.unwrap_or_default()].concat();
            sink.push(
                W0401
                    .at(
                        statement.target,
                        format!("this statement does not say which key the {} is encrypted with", words.one.en),
                    )
                    .label(format!("the role may have {} use any key of {source}, of any account", words.key_service))
                    .write("a written key narrows the permission to it: write {}", "encrypted by ARN")
                    .run("look: {}", format!("aws {command} --region {source} --query '{}'", keys.query)),
            );
        }
    }
}
