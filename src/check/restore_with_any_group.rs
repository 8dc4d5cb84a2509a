//! A restore that may use any subnet group or parameter group.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// A restore may use any subnet or parameter group.
    ///
    /// ## Why
    ///
    /// Restoring a cluster needs permission on the groups that it is restored into. Named groups narrow
    /// the permission to them; they must exist in each region in which one restores.
    ///
    /// ## Example
    ///
    /// ```drspec,W0404
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   restore subnet-group mydb-subnets parameter-group mydb-params
    /// ```
    W0404 "restore-with-any-group" Warning Documentation "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonrds.html"
    "復元に使うグループに制限がありません。"
    "クラスターの復元には、復元に使うグループへの権限が必要です。グループ名を書けば、権限をそのグループだけに絞れます。書いたグループは、復元するすべてのリージョンに存在しなければなりません。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        let restores = || statement.groups.iter().flat_map(|group| &group.restores);
        let open = |word: &str| {
            let open = restores().filter(|(_, restore)| !restore.settings.contains_key(word));
            open.map(|(region, _)| *region).collect::<Vec<_>>()
        };
        let subnets = open("subnet-group");
        let parameters = open("parameter-group");
        let (what, clause, regions) = match (subnets.is_empty(), parameters.is_empty()) {
            (true, true) => continue,
            (false, true) => ("any DB subnet group", "subnet-group NAME", subnets),
            (true, false) => ("any DB cluster parameter group", "parameter-group NAME", parameters),
            (false, false) => (
                "any DB subnet group and any DB cluster parameter group",
                "subnet-group NAME parameter-group NAME",
                subnets,
            ),
        };
        let words = match regions.as_slice() {
            // What is written for every region would be written twice for the others.
            [region] if restores().count() > 1 => format!("restore in {region} {clause}"),
            _ => format!("restore {clause}"),
        };
        sink.push(
            W0404
                .at(statement.target, format!("a restore may use {what} in {}", regions.join(", ")))
                .write("write {}, or `restore in REGION …` where the names differ", words),
        );
    }
}
