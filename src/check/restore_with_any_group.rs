//! A restore that may use any subnet group or parameter group.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;
use crate::text::Language;
use crate::time::calendar::listed;

rule! {
    /// A restore may use any subnet or parameter group.
    ///
    /// ## Why
    ///
    /// Restoring a cluster or a database needs permission on the groups that it is restored into. Named groups narrow
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
    "クラスターやデータベースの復元には、復元に使うグループへの権限が必要です。グループ名を書けば、権限をそのグループだけに絞れます。書いたグループは、復元するすべてのリージョンに存在しなければなりません。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        let (mut whats, mut words, mut regions) = (Vec::new(), Vec::new(), BTreeSet::new());
        for group in &statement.groups {
            // A restore is planned from its network on.
            for setting in group.kind.restore.iter().rev() {
                let Some(word) = setting.word else { continue };
                let open = group.restores.iter().filter(|(_, restore)| !restore.settings.contains_key(word));
                let open: Vec<&str> = open.map(|(region, _)| *region).collect();
                if open.is_empty() {
                    continue;
                }
                regions.extend(open);
                push_new(&mut whats, format!("any {}", setting.name.rule().what));
                push_new(&mut words, format!("{word} NAME"));
            }
        }
        if words.is_empty() {
            continue;
        }
        let places = statement.groups.iter().map(|group| group.restores.len()).max().unwrap_or(0);
        let regions: Vec<&str> = regions.into_iter().collect();
        let written = match regions.as_slice() {
            // What is written for every region would be written twice for the others.
            [region] if places > 1 => format!("restore in {region} {}", words.join(" ")),
            _ => format!("restore {}", words.join(" ")),
        };
        let message = format!("a restore may use {} in {}", listed(whats, Language::English), regions.join(", "));
        sink.push(
            W0404
                .at(statement.target, message)
                .write("write {}, or `restore in REGION …` where the names differ", written),
        );
    }
}

/// Adds what is not there yet.
fn push_new(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}
