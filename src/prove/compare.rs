//! The role's policy beside two others: the one of a hand-written system whose jobs ran, for the
//! same clusters, vaults and keys, and the managed policies that AWS attaches.
//!
//! The comparison with the first is exact: patterns are compared with patterns, not with samples.

use super::attached::{Attached, PolicyKind};
use super::request::component;
use super::site::Deployed;
use crate::origin::Sentence;
use crate::policy::Statement;
use crate::policy::glob::includes;

/// What is allowed beyond the recorded policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beyond {
    /// The action.
    pub action: String,
    /// The resource.
    pub resource: String,
    /// Why it has to be; `None` where nothing justifies it.
    pub because: Option<Sentence>,
}

/// The role's policy in figures, and how it compares.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// How many statements it has.
    pub statements: usize,
    /// How many of them are on any resource.
    pub on_any_resource: usize,
    /// How many actions it allows.
    pub actions: usize,
    /// Of how many services.
    pub services: usize,
    /// What it allows beyond the recorded policy.
    pub beyond: Vec<Beyond>,
}

/// A statement of the recorded policy.
struct Recorded {
    actions: &'static [&'static str],
    resources: Vec<String>,
    /// The condition that it stands under.
    condition: Option<&'static str>,
}

const ON_CLUSTERS: &[&str] = &[
    "rds:AddTagsToResource",
    "rds:CopyDBClusterSnapshot",
    "rds:CreateDBClusterSnapshot",
    "rds:DescribeDBClusterSnapshots",
    "rds:DescribeDBClusters",
    "rds:ListTagsForResource",
    "rds:ModifyDBClusterSnapshotAttribute",
    "rds:RestoreDBClusterFromSnapshot",
];
const ON_VAULTS: &[&str] = &["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"];
const ON_KEYS: &[&str] =
    &["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncrypt*"];

/// Compares the policies of a role.
pub(super) fn compare(deployed: &Deployed<'_>) -> Comparison {
    let is_identity =
        |policy: &&Attached| matches!(policy.kind, PolicyKind::Inline | PolicyKind::Managed | PolicyKind::Required);
    let statements: Vec<&Statement<String>> =
        deployed.policies.iter().filter(is_identity).flat_map(|policy| &policy.document.statements).collect();
    let recorded = recorded(deployed);
    let mut comparison = Comparison { statements: statements.len(), ..Comparison::default() };
    let mut actions: Vec<&str> = Vec::new();
    for statement in &statements {
        let resources = statement.resources.as_ref().map_or(&[][..], |resources| resources.patterns());
        comparison.on_any_resource += usize::from(resources.iter().any(|resource| resource == "*"));
        for action in statement.actions.patterns() {
            actions.push(action.as_str());
            for resource in resources {
                if !recorded.iter().any(|other| other.covers(action.as_str(), resource, statement)) {
                    let because = because(action.as_str(), resource, deployed);
                    let beyond = Beyond { action: action.as_str().to_owned(), resource: resource.clone(), because };
                    comparison.beyond.push(beyond);
                }
            }
        }
    }
    actions.sort_unstable();
    actions.dedup();
    comparison.actions = actions.len();
    let mut services: Vec<&str> = actions.iter().filter_map(|action| action.split(':').next()).collect();
    services.dedup();
    comparison.services = services.len();
    comparison.beyond.sort_by(|left, right| (&left.action, &left.resource).cmp(&(&right.action, &right.resource)));
    comparison
}

/// The recorded policy for the same clusters, groups, vaults and keys.
fn recorded(deployed: &Deployed<'_>) -> Vec<Recorded> {
    let source = deployed.source.region.code;
    let snapshots = deployed.sites().map(|site| deployed.arn("rds", site.region.code, "cluster-snapshot:awsbackup:*"));
    let snapshots: Vec<String> = snapshots.collect();
    let named = deployed.statement.clusters.iter().map(|cluster| cluster.node.clone());
    let patterns = deployed.source.restore.into_iter().flat_map(|restore| restore.patterns.iter().cloned());
    let clusters = named.chain(patterns).map(|name| deployed.arn("rds", source, &format!("cluster:{name}")));
    let groups = deployed.source.restore.into_iter().flat_map(|restore| {
        let group =
            |kind: &str, name: Option<&str>| deployed.arn("rds", source, &format!("{kind}:{}", name.unwrap_or("*")));
        [
            group("subgrp", restore.subnet_group.as_ref().map(|group| group.value.as_str())),
            group("cluster-pg", restore.parameter_group.as_ref().map(|group| group.value.as_str())),
        ]
    });
    let vault = |region: &str, name: &str| deployed.arn("backup", region, &format!("backup-vault:{name}"));
    let any_key = deployed.sites().map(|site| deployed.arn("kms", site.region.code, "key/*")).collect();
    vec![
        Recorded {
            actions: ON_CLUSTERS,
            resources: clusters.chain(groups).chain(snapshots.clone()).collect(),
            condition: None,
        },
        Recorded { actions: &["rds:DeleteDBClusterSnapshot"], resources: snapshots, condition: None },
        Recorded {
            actions: ON_VAULTS,
            resources: deployed.sites().map(|site| vault(site.region.code, &site.vault)).collect(),
            condition: None,
        },
        Recorded {
            actions: ON_KEYS,
            resources: deployed.keys().iter().map(|key| key.arn.clone()).collect(),
            condition: None,
        },
        Recorded { actions: &["kms:DescribeKey"], resources: any_key, condition: Some("kms:ResourceAliases") },
    ]
}

impl Recorded {
    fn covers(&self, action: &str, resource: &str, statement: &Statement<String>) -> bool {
        let narrowed = |key: &str| statement.conditions.iter().any(|condition| condition.key == key);
        self.actions.iter().any(|pattern| includes(pattern, action))
            && self.resources.iter().any(|pattern| includes(pattern, resource))
            && self.condition.is_none_or(narrowed)
    }
}

/// What AWS has come to demand since, or the spec asks for and the recorded system did not.
fn because(action: &str, resource: &str, deployed: &Deployed<'_>) -> Option<Sentence> {
    let region = component(resource, 3).unwrap_or_default();
    let is_destination = deployed.destinations.iter().any(|site| site.region.code == region);
    let what = component(resource, 5).unwrap_or_default();
    match action {
        "rds:DescribeDBClusters" | "rds:DescribeDBClusterSnapshots" | "rds:ListTagsForResource"
            if matches!(what, "cluster:*" | "cluster-snapshot:*") =>
        {
            Some(Sentence {
                en: "no page says that AWS Backup names what it reads in every call, and a job that may not read fails",
                ja: "AWS Backup がどの呼び出しでも対象を指定するとは文書化されておらず、読み取れないとジョブが失敗するため",
            })
        }
        _ if deployed.has_unknown_key() && is_any_key(resource) => Some(Sentence {
            en: "the spec does not say which key the clusters have, which `encrypted by` does; the recorded system named its keys",
            ja: "クラスターのキーがこの定義に書かれていないため(`encrypted by` で指定できる。動作実績のある既存システムではキーを指定していた)",
        }),
        "kms:GenerateDataKeyWithoutPlaintext" => Some(Sentence {
            en: "AWS's restore policy has it beside the other data-key actions",
            ja: "AWS の復元用ポリシーに、ほかのデータキーのアクションと並んで含まれるため",
        }),
        "tag:GetResources" => Some(Sentence {
            en: "AWS Backup has come to check the selection with it",
            ja: "現在の AWS Backup は、この呼び出しでセレクションを確認するため",
        }),
        "backup:CopyFromBackupVault" if what.starts_with("cluster-snapshot:awsbackup:") => Some(Sentence {
            en: "AWS Backup has come to check the recovery point that is copied",
            ja: "現在の AWS Backup は、コピー元の復旧ポイントも検査するため",
        }),
        "rds:RestoreDBClusterFromSnapshot" if what.starts_with("og:default:") => Some(Sentence {
            en: "the Service Authorization Reference demands the option group",
            ja: "サービス認証リファレンスでオプショングループが必須とされているため",
        }),
        "rds:RestoreDBClusterFromSnapshot" | "rds:AddTagsToResource" if is_destination => Some(Sentence {
            en: "the spec restores at the destination too; the recorded system copied back first",
            ja: "この定義ではコピー先でも復元するため(動作実績のある既存システムではコピーバックしてから復元していた)",
        }),
        _ => None,
    }
}

/// Whether a resource is any key of a region, of whatever account.
fn is_any_key(resource: &str) -> bool {
    component(resource, 2) == Some("kms")
        && component(resource, 4) == Some("*")
        && component(resource, 5) == Some("key/*")
}
