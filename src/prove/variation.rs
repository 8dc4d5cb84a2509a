//! The calls of the model with one of their resources changed, which must be refused: what a
//! permission that reaches further than the spec says would let through.

use std::collections::BTreeSet;

use super::battery::{Forbidden, other_cluster, stranger};
use super::model::{ModelCall, Step};
use super::request::{Request, component};
use super::site::Deployed;
use crate::aws::call::{Circumstance, Object, calls};
use crate::aws::region::{REGIONS, Region};
use crate::policy::glob::includes;
use crate::text::Sentence;

/// Another resource in the place of one, with what that is.
type Other = (Sentence, String);

/// Every call of a role with each of its resources changed in turn.
pub(super) fn variations(deployed: &Deployed<'_>, model: &[ModelCall]) -> Vec<Forbidden> {
    let third = third_region(deployed);
    let mut all = Vec::new();
    for call in model.iter().filter(|call| matches!(call.step, Step::Phase(_))) {
        for (at, resource) in call.request.resources.iter().enumerate() {
            for (what, other) in others(resource, call, deployed, third) {
                let mut request = call.request.clone();
                if let Some(changed) = request.resources.get_mut(at) {
                    *changed = other;
                }
                all.push(Forbidden { what, request });
            }
        }
    }
    let mut seen: BTreeSet<&Request> = BTreeSet::new();
    let is_new: Vec<bool> = all.iter().map(|call: &Forbidden| seen.insert(&call.request)).collect();
    all.into_iter().zip(is_new).filter_map(|(call, is_new)| is_new.then_some(call)).collect()
}

/// A region that the statement does not use; where it uses all of its partition, one that might come.
fn third_region(deployed: &Deployed<'_>) -> &'static str {
    let is_third = |region: &&Region| {
        region.partition == deployed.source.region.partition
            && deployed.sites().all(|site| site.region.code != region.code)
    };
    REGIONS.iter().find(is_third).map_or("elsewhere-1", |region| region.code)
}

/// What a resource must not be replaced by.
fn others(resource: &str, call: &ModelCall, deployed: &Deployed<'_>, third: &str) -> Vec<Other> {
    let (Some(service), Some(region), Some(account), Some(name)) =
        (component(resource, 2), component(resource, 3), component(resource, 4), component(resource, 5))
    else {
        // Everything, of which there is no other.
        return Vec::new();
    };
    let arn = |region: &str, account: &str, name: &str| {
        format!("arn:{}:{service}:{region}:{account}:{name}", deployed.partition)
    };
    let elsewhere = if service == "kms" {
        Sentence::new("another account's key", "別のアカウントのキー")
    } else {
        Sentence::new("the same call in another account", "別のアカウントでの同じ呼び出し")
    };
    let mut all = vec![
        (elsewhere, arn(region, stranger(deployed), name)),
        (
            Sentence::new("the same call in a third region", "無関係なリージョンでの同じ呼び出し"),
            arn(third, account, name),
        ),
    ];
    all.extend(other_kind(name).map(|other| {
        (
            Sentence::new("another kind of thing by the same name", "同じ名前を持つ別の種類のリソース"),
            arn(region, account, &other),
        )
    }));
    all.extend(other_names(name, call, deployed).into_iter().map(|(what, other)| (what, arn(region, account, &other))));
    all
}

/// The same name with another type of resource.
fn other_kind(name: &str) -> Option<String> {
    const KINDS: [(&str, &str); 7] = [
        ("backup-vault:", "backup-plan:"),
        ("cluster-pg:", "pg:"),
        ("cluster-snapshot:", "snapshot:"),
        ("cluster:", "db:"),
        ("key/", "alias/"),
        ("og:", "secgrp:"),
        ("subgrp:", "es:"),
    ];
    KINDS.iter().find_map(|(kind, other)| Some(format!("{other}{}", name.strip_prefix(kind)?)))
}

/// Other names of the same type.
fn other_names(name: &str, call: &ModelCall, deployed: &Deployed<'_>) -> Vec<Other> {
    let Some((kind, own)) = name.split_once([':', '/']) else { return Vec::new() };
    let restores = || deployed.sites().filter_map(|site| site.restore);
    let is_about =
        |objects: [Object; 2]| call.row.is_some_and(|row| row.objects.iter().any(|object| objects.contains(object)));
    match kind {
        "cluster" if is_about([Object::AnyClusterAtSource, Object::AnyClusterAtDestination]) => Vec::new(),
        "cluster-snapshot" if is_about([Object::AnySnapshotAtSource, Object::AnySnapshotAtDestination]) => Vec::new(),
        "cluster" => {
            let another = Sentence::new("another cluster", "別のクラスター");
            let mut all = vec![(another, format!("cluster:{}", other_cluster(deployed)))];
            all.extend(siblings(own, call, deployed).map(|name| (SIBLING, format!("cluster:{name}"))));
            all
        }
        "cluster-snapshot" => other_snapshots(),
        "backup-vault" => {
            let unused = unused(own, |name| is_vault(name, deployed));
            let vault = |name: &str| (Sentence::new("another vault", "別のボールト"), format!("backup-vault:{name}"));
            vec![vault("Default"), vault(&unused)]
        }
        // Any key may be looked at that has the alias of an AWS managed one.
        "key" if call.row.is_some_and(|row| row.circumstance == Circumstance::AwsManagedKey) => Vec::new(),
        "key" => other_keys(deployed).map(|key| (Sentence::new("another key", "別のキー"), key)).to_vec(),
        "cluster-pg" if restores().all(|restore| restore.parameter_group.is_some()) => {
            let another = Sentence::new("another DB cluster parameter group", "別の DB クラスターパラメータグループ");
            vec![(another, format!("cluster-pg:{}", unused(own, |_| false)))]
        }
        "subgrp" if restores().all(|restore| restore.subnet_group.is_some()) => {
            let another = Sentence::new("another DB subnet group", "別の DB サブネットグループ");
            vec![(another, format!("subgrp:{}", unused(own, |_| false)))]
        }
        "og" => vec![(
            Sentence::new("an option group of the user", "ユーザーのオプショングループ"),
            "og:my-options".to_owned(),
        )],
        _ => Vec::new(),
    }
}

/// Snapshots that AWS Backup did not make.
fn other_snapshots() -> Vec<Other> {
    let made = Sentence::new("a snapshot that a user made", "ユーザーが作成したスナップショット");
    let automated = Sentence::new("an automated snapshot of RDS", "RDS の自動スナップショット");
    vec![
        (made, "cluster-snapshot:before-release-42".to_owned()),
        (automated, "cluster-snapshot:rds:mydb-2026-01-31-16-10".to_owned()),
    ]
}

const SIBLING: Sentence = Sentence::new("another cluster whose name begins the same", "名前の先頭が同じ別のクラスター");

/// Clusters whose names begin as that of one of the statement's, unless the call may be about clusters by any such
/// name, since restores make them.
fn siblings(own: &str, call: &ModelCall, deployed: &Deployed<'_>) -> impl Iterator<Item = String> {
    let is_restored = |object: &Object| matches!(object, Object::RestoredAtSource | Object::RestoredAtDestination);
    let restores = calls().any(|row| row.action == call.request.action && row.objects.iter().any(is_restored));
    let is_protected = |name: &String| deployed.statement.clusters.iter().any(|cluster| cluster.node == *name);
    let first: String = own.chars().take(1).collect();
    let names = [own.to_owned(), format!("{own}x"), format!("{first}-of-somebody-else")];
    let names = names.map(|name| unused(&name, is_protected));
    let patterns = deployed.sites().filter_map(|site| site.restore).flat_map(|restore| &restore.patterns);
    let patterns: Vec<&str> = patterns.map(String::as_str).filter(|_| restores).collect();
    names.into_iter().filter(move |name| !patterns.iter().any(|pattern| includes(pattern, name)))
}

/// A longer name that is not in use.
fn unused(name: &str, is_used: impl Fn(&String) -> bool) -> String {
    let mut longer = (2..).map(|number| format!("{name}-{number}"));
    longer.find(|name| !is_used(name)).unwrap_or_default()
}

fn is_vault(name: &str, deployed: &Deployed<'_>) -> bool {
    deployed.sites().any(|site| site.vault == name)
}

/// Keys that the statement has nothing to do with, one of them a multi-Region key.
fn other_keys(deployed: &Deployed<'_>) -> [String; 2] {
    let is_used = |name: &str| deployed.keys().iter().any(|key| component(&key.arn, 5) == Some(name));
    let unused =
        |names: [&'static str; 2]| names.into_iter().find(|name| !is_used(name)).unwrap_or_default().to_owned();
    [
        unused(["key/ffffffff-eeee-4ddd-8ccc-bbbbbbbbbbbb", "key/eeeeeeee-eeee-4ddd-8ccc-bbbbbbbbbbbb"]),
        unused(["key/mrk-ffffffffeeee4ddd8cccbbbbbbbbbbbb", "key/mrk-eeeeeeeeeeee4ddd8cccbbbbbbbbbbbb"]),
    ]
}
