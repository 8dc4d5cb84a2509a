//! Calls that a statement's policies must refuse, built from the spec: what a stolen role, a wrong
//! destination or a curious administrator would try.

use super::model::{ModelCall, Step, context};
use super::request::{Context, Principal, Request, component};
use super::site::Deployed;
use crate::aws::call::{ADMINISTRATION, ASSUME_ROLE};
use crate::aws::region::{REGIONS, Region};
use crate::policy::glob::includes;

/// A call that must be refused.
#[derive(Clone, Debug)]
pub struct Forbidden {
    /// What it would be, in words.
    pub what: &'static str,
    /// The call.
    pub request: Request,
}

/// The account of somebody else.
const STRANGERS: [&str; 2] = ["444455556666", "777788889999"];

/// A key's id that no deployment has.
const OTHER_KEY: &str = "key/ffffffff-eeee-4ddd-8ccc-bbbbbbbbbbbb";

/// Every call that must be refused.
pub(super) fn battery(deployed: &Deployed<'_>, model: &[ModelCall]) -> Vec<Forbidden> {
    let mut all = other_clusters(deployed);
    all.extend(own_snapshots(deployed));
    all.extend(destruction(deployed));
    all.extend(other_vaults(deployed));
    all.extend(keys(deployed));
    all.extend(other_keys(deployed));
    all.extend(third_region(deployed, model));
    all.extend(other_callers(deployed));
    all
}

/// A call that AWS Backup would make with the role.
fn by_role(what: &'static str, deployed: &Deployed<'_>, action: &str, resources: Vec<String>) -> Forbidden {
    let context = context(&deployed.role, deployed, resources.first().map_or("*", String::as_str));
    let request = Request { principal: deployed.session.clone(), action: action.to_owned(), resources, context };
    Forbidden { what, request }
}

fn with(mut forbidden: Forbidden, key: &str, value: impl Into<String>) -> Forbidden {
    forbidden.request.context = forbidden.request.context.with(key, value);
    forbidden
}

/// A cluster that the statement neither names nor restores as.
fn other_cluster(deployed: &Deployed<'_>) -> String {
    let restores = deployed.sites().filter_map(|site| site.restore);
    let patterns: Vec<&str> = restores.flat_map(|restore| &restore.patterns).map(String::as_str).collect();
    let is_other = |name: &String| {
        deployed.statement.clusters.iter().all(|cluster| cluster.node != *name)
            && !patterns.iter().any(|pattern| includes(pattern, name))
    };
    let names =
        ('a'..='z').flat_map(|letter| [format!("{letter}nother"), format!("{letter}-0-somebody-elses-0-{letter}")]);
    let found = { names }.find(is_other);
    found.unwrap_or_else(|| "9".to_owned())
}

fn other_clusters(deployed: &Deployed<'_>) -> Vec<Forbidden> {
    const WHAT: &str = "another cluster";
    let other = other_cluster(deployed);
    let mut all = Vec::new();
    for site in deployed.sites() {
        let rds = |resource: &str| deployed.arn("rds", site.region.code, resource);
        let cluster = rds(&format!("cluster:{other}"));
        let snapshot = rds("cluster-snapshot:awsbackup:job-0");
        let with_groups =
            [&cluster, &snapshot, &rds("cluster-pg:default"), &rds("og:default:x"), &rds("subgrp:default")];
        let calls = [
            ("rds:CreateDBClusterSnapshot", vec![cluster.clone(), snapshot.clone()]),
            ("rds:DescribeDBClusters", vec![cluster.clone()]),
            ("rds:ListTagsForResource", vec![cluster.clone()]),
            ("rds:AddTagsToResource", vec![cluster.clone()]),
            ("rds:RestoreDBClusterFromSnapshot", with_groups.map(String::clone).to_vec()),
        ];
        all.extend(calls.map(|(action, resources)| by_role(WHAT, deployed, action, resources)));
    }
    all
}

fn own_snapshots(deployed: &Deployed<'_>) -> Vec<Forbidden> {
    const WHAT: &str = "a snapshot that a user made";
    let mut all = Vec::new();
    for site in deployed.sites() {
        let own = deployed.arn("rds", site.region.code, "cluster-snapshot:before-release-42");
        for action in [
            "rds:DeleteDBClusterSnapshot",
            "rds:CopyDBClusterSnapshot",
            "rds:RestoreDBClusterFromSnapshot",
            "rds:AddTagsToResource",
            "backup:CopyFromBackupVault",
        ] {
            all.push(by_role(WHAT, deployed, action, vec![own.clone()]));
        }
    }
    all
}

fn destruction(deployed: &Deployed<'_>) -> Vec<Forbidden> {
    const WHAT: &str = "destroying or changing what is protected";
    let mut all = Vec::new();
    let names = deployed.statement.clusters.iter().take(1);
    for name in names {
        let cluster = deployed.arn("rds", deployed.source.region.code, &format!("cluster:{}", name.node));
        for action in ["rds:DeleteDBCluster", "rds:ModifyDBCluster", "rds:StopDBCluster", "rds:RemoveTagsFromResource"]
        {
            all.push(by_role(WHAT, deployed, action, vec![cluster.clone()]));
        }
    }
    for site in deployed.sites() {
        let vault = deployed.arn("backup", site.region.code, &format!("backup-vault:{}", site.vault));
        for action in [
            "backup:DeleteBackupVault",
            "backup:PutBackupVaultAccessPolicy",
            "backup:DeleteBackupVaultLockConfiguration",
        ] {
            all.push(by_role(WHAT, deployed, action, vec![vault.clone()]));
        }
        let snapshot = deployed.arn("rds", site.region.code, "cluster-snapshot:awsbackup:job-0");
        for action in ["rds:ModifyDBClusterSnapshotAttribute", "backup:DeleteRecoveryPoint"] {
            all.push(by_role(WHAT, deployed, action, vec![snapshot.clone()]));
        }
    }
    all
}

fn other_vaults(deployed: &Deployed<'_>) -> Vec<Forbidden> {
    let mut all = Vec::new();
    for site in deployed.sites() {
        let mut vaults = vec![deployed.arn("backup", site.region.code, "backup-vault:Default")];
        vaults.push(foreign(
            &deployed.arn("backup", site.region.code, &format!("backup-vault:{}", site.vault)),
            deployed,
        ));
        for vault in vaults {
            for action in ["backup:CopyIntoBackupVault", "backup:DescribeBackupVault"] {
                all.push(by_role("another vault", deployed, action, vec![vault.clone()]));
            }
        }
    }
    all
}

/// The keys that the role may use, in ways in which it may not.
fn keys(deployed: &Deployed<'_>) -> Vec<Forbidden> {
    let mut all = Vec::new();
    for key in deployed.keys() {
        let region = component(&key.arn, 3).unwrap_or_default();
        let on_key = |what, action: &str| by_role(what, deployed, action, vec![key.arn.clone()]);
        for action in ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:ReEncryptTo"] {
            all.push(on_key("decryption outside of AWS Backup's path", action));
            let through = on_key("decryption outside of AWS Backup's path", action);
            all.push(with(through, "kms:ViaService", format!("s3.{region}.amazonaws.com")));
        }
        let grant = on_key("a grant to somebody who is no AWS service", "kms:CreateGrant");
        all.push(with(grant, "kms:GrantIsForAWSResource", "false"));
        all.push(on_key("a grant to somebody who is no AWS service", "kms:CreateGrant"));
        let administration =
            ADMINISTRATION.iter().map(|(_, action)| *action).filter(|action| *action != "kms:DescribeKey");
        all.extend(administration.map(|action| on_key("key administration by the role", action)));
        all.push(on_key("key administration by the role", "kms:ReplicateKey"));
    }
    all
}

/// Keys that the statement has nothing to do with.
fn other_keys(deployed: &Deployed<'_>) -> Vec<Forbidden> {
    let mut all = Vec::new();
    for site in deployed.sites() {
        let other = deployed.arn("kms", site.region.code, OTHER_KEY);
        let via = format!("rds.{}.amazonaws.com", site.region.code);
        for (what, key) in [("another key", other.clone()), ("another account's key", foreign(&other, deployed))] {
            let on_key = |action: &str| {
                let call = by_role(what, deployed, action, vec![key.clone()]);
                with(with(call, "kms:ViaService", via.clone()), "kms:ResourceAliases", "alias/of-somebody-else")
            };
            all.extend(["kms:Decrypt", "kms:DescribeKey"].map(on_key));
            all.push(with(on_key("kms:CreateGrant"), "kms:GrantIsForAWSResource", "true"));
        }
    }
    all
}

/// Every call of the model in a region that the statement does not use.
fn third_region(deployed: &Deployed<'_>, model: &[ModelCall]) -> Vec<Forbidden> {
    let used: Vec<&str> = deployed.sites().map(|site| site.region.code).collect();
    let is_third =
        |region: &&Region| region.partition == deployed.source.region.partition && !used.contains(&region.code);
    let Some(third) = REGIONS.iter().find(is_third) else { return Vec::new() };
    let by_role = model.iter().filter(|call| matches!(call.step, Step::Phase(_)));
    let regional = by_role.filter(|call| call.request.resources.iter().all(|resource| resource != "*"));
    regional
        .map(|call| {
            let mut request = call.request.clone();
            let entries = request
                .context
                .iter()
                .map(|(key, values)| (key.to_owned(), values.iter().map(|value| moved(value, &used, third)).collect()));
            request.context = entries.collect::<Context>();
            request.resources = request.resources.iter().map(|resource| moved(resource, &used, third)).collect();
            Forbidden { what: "the same call in a third region", request }
        })
        .collect()
}

/// A text with every region in it replaced, which stands between two colons or two points.
fn moved(text: &str, used: &[&str], third: &Region) -> String {
    used.iter().fold(text.to_owned(), |text, code| {
        text.replace(&format!(":{code}:"), &format!(":{}:", third.code))
            .replace(&format!(".{code}."), &format!(".{}.", third.code))
    })
}

/// Anybody but AWS Backup taking the role, and anybody but the role using the keys and vaults.
fn other_callers(deployed: &Deployed<'_>) -> Vec<Forbidden> {
    let stranger = foreign(&deployed.arn("iam", "", "role/stranger"), deployed);
    let colleague = deployed.arn("iam", "", "role/colleague-without-a-policy");
    let callers = [
        Principal::Aws(stranger),
        Principal::Aws(colleague),
        Principal::Service("ec2.amazonaws.com".to_owned()),
        Principal::Anonymous,
    ];
    let call = |what, principal: &Principal, action: &str, resource: &str| {
        let context = context(principal.arn().unwrap_or_default(), deployed, resource);
        let request = Request {
            principal: principal.clone(),
            action: action.to_owned(),
            resources: vec![resource.to_owned()],
            context,
        };
        Forbidden { what, request }
    };
    let mut all = Vec::new();
    for caller in &callers {
        all.push(call("somebody else assuming the role", caller, ASSUME_ROLE, &deployed.role));
        for key in deployed.keys() {
            for action in ["kms:Decrypt", "kms:CreateGrant", "kms:PutKeyPolicy"] {
                all.push(call("somebody else using the keys", caller, action, &key.arn));
            }
        }
        for site in deployed.sites() {
            let vault = deployed.arn("backup", site.region.code, &format!("backup-vault:{}", site.vault));
            for action in ["backup:CopyIntoBackupVault", "backup:DeleteBackupVault"] {
                all.push(call("somebody else using the vaults", caller, action, &vault));
            }
        }
    }
    all.extend(curious_administrators(deployed, call));
    all
}

/// Administrators of a key using it. The account itself may do everything, whoever else is named.
fn curious_administrators(
    deployed: &Deployed<'_>,
    call: impl Fn(&'static str, &Principal, &str, &str) -> Forbidden,
) -> Vec<Forbidden> {
    let mut all = Vec::new();
    let root = deployed.arn("iam", "", "root");
    for key in deployed.keys() {
        for admin in deployed.administrators(key).into_iter().filter(|admin| *admin != root && *admin != deployed.role)
        {
            for action in ["kms:Decrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom"] {
                all.push(call("an administrator using the keys", &Principal::Aws(admin.clone()), action, &key.arn));
            }
        }
    }
    all
}

/// The same resource in an account that the deployment has nothing to do with.
fn foreign(arn: &str, deployed: &Deployed<'_>) -> String {
    let keys = deployed.keys();
    let used: Vec<&str> = keys.iter().filter_map(|key| component(&key.arn, 4)).chain([deployed.account]).collect();
    let stranger = STRANGERS.into_iter().find(|account| !used.contains(account));
    arn.replacen(&format!(":{}:", deployed.account), &format!(":{}:", stranger.unwrap_or("000011112222")), 1)
}
