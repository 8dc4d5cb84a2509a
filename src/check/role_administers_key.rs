//! The role of a statement among the administrators of the system's keys.

use std::collections::{BTreeMap, BTreeSet};

use crate::aws::arn::Principal;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::source::Span;
use crate::spec::Spec;

rule! {
    /// The role that AWS Backup works with administers a key.
    ///
    /// ## Why
    ///
    /// An administrator may change the key's policy, and so let itself decrypt: the role could then do
    /// what its own policy withholds, and `drc prove` refuses it. The first deployment fails besides: a
    /// key policy names only principals that exist, and the role is made after the keys.
    ///
    /// ## Example
    ///
    /// ```drspec,W0406
    /// key mydb-key admin role/AWSBackup-nightly
    /// backup cluster mydb from ap-northeast-1 key mydb-key to ap-northeast-3 daily 01:00 JST keep 7d
    ///   role AWSBackup-nightly
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// key mydb-key admin role/KeyAdmin
    /// backup cluster mydb from ap-northeast-1 key mydb-key to ap-northeast-3 daily 01:00 JST keep 7d
    ///   role AWSBackup-nightly
    /// ```
    W0406 "role-administers-key" Warning Documentation "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html"
    "AWS Backup が使うロールが、キーの管理者になっています。"
    "管理者はキーポリシーを変更でき、自分自身に復号を許可することもできます。つまりこのロールは、自身のポリシーで許可していないことまで行えるようになり、`drc prove` が失敗します。さらに、最初のデプロイも失敗します。キーポリシーに書けるのは存在するプリンシパルだけですが、ロールはキーより後に作られるためです。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for system in &spec.systems {
        let roles: BTreeSet<&str> = system.statements.iter().map(|statement| statement.role.value.name()).collect();
        let options = system.made_keys().map(|(_, key)| system.key_options(key));
        let admins: BTreeMap<Span, &Principal> =
            options.flat_map(|options| &options.admins).map(|admin| (admin.span, &admin.node)).collect();
        let account = system.known_account();
        for (span, admin) in admins {
            let Some(role) = role(admin, account).filter(|role| roles.contains(role)) else { continue };
            sink.push(
                W0406
                    .at(span, format!("`{role}` is a role that AWS Backup works with"))
                    .label("an administrator may let itself decrypt")
                    .write("name the people or the pipeline that look after the key: {}", "admin role/NAME"),
            );
        }
    }
}

/// The name of a role of the account that is deployed to, which is any where that is not known.
fn role<'a>(admin: &'a Principal, deployed_to: Option<&str>) -> Option<&'a str> {
    let resource = match admin {
        Principal::Local(resource) => resource,
        Principal::Arn(arn) => {
            let (account, resource) = arn.splitn(5, ':').nth(4)?.split_once(':')?;
            if deployed_to.is_some_and(|own| own != account) {
                return None;
            }
            resource
        }
    };
    resource.strip_prefix("role/")
}
