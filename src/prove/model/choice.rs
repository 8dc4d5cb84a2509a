//! The resources of a call: what the table names in general, found in the statement.

use crate::aws::call::{Object, Phase};
use crate::prove::site::{Clause, Deployed, DeployedKey, Site, clause};

/// One way to fill an object of a row: the resources, and where they come from.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) resources: Vec<String>,
    pub(super) clause: Clause,
    /// The alias of a key.
    pub(super) alias: Option<String>,
}

/// The ways to fill an object; a destination's objects are those of the site.
pub(super) fn choices(object: Object, phase: Phase, deployed: &Deployed<'_>, site: &Site<'_>) -> Vec<Choice> {
    let source = &deployed.source;
    match object {
        Object::Everything => vec![Choice::new("*".to_owned(), statement_clause(deployed))],
        Object::Clusters => {
            let names = deployed.statement.clusters.iter().map(|name| name.node.as_str());
            clusters(names, &statement_clause(deployed), deployed, source)
        }
        Object::AnyClusterAtSource => any_cluster(deployed, source),
        Object::AnyClusterAtDestination => any_cluster(deployed, site),
        Object::AnySnapshotAtSource => snapshots(&[UNNAMED, JOB, COPY], deployed, source),
        Object::AnySnapshotAtDestination => snapshots(&[UNNAMED, COPY], deployed, site),
        Object::RestoredAtSource => restored(deployed, source),
        Object::RestoredAtDestination => restored(deployed, site),
        Object::SourceSnapshots => snapshots(source_snapshots(phase, deployed), deployed, source),
        Object::DestinationSnapshots => snapshots(&[COPY], deployed, site),
        Object::GroupsAtSource => groups(deployed, source),
        Object::GroupsAtDestination => groups(deployed, site),
        Object::SourceVault => vec![vault(deployed, source)],
        Object::DestinationVaults => vec![vault(deployed, site)],
        Object::ClusterKey | Object::UnknownClusterKey => {
            let is_meant = deployed.has_unknown_key() == (object == Object::UnknownClusterKey);
            deployed.cluster_keys.iter().filter(|_| is_meant).map(Choice::of_key).collect()
        }
        Object::SourceKey => vec![Choice::of_key(&source.key)],
        Object::DestinationKeys => vec![Choice::of_key(&site.key)],
        Object::KeysAtSource => vec![managed_key(deployed, source)],
        Object::KeysAtDestination => vec![managed_key(deployed, site)],
    }
}

/// The clause of what the whole statement needs.
pub(super) fn statement_clause(deployed: &Deployed<'_>) -> Clause {
    clause(format!("backup {}", deployed.statement.name), deployed.statement.target)
}

/// Names as AWS Backup gives them to a snapshot that it makes and to one that it copies.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html>; the second
/// is what the recorded system showed.
const JOB: &str = "awsbackup:job-1a2b3c4d";
const COPY: &str = "awsbackup:copyjob-9f8e7d6c";

/// What a call is about that names nothing in particular.
const UNNAMED: &str = "*";

/// Snapshots in the source region: made there, or copied back.
pub(super) fn source_snapshots(phase: Phase, deployed: &Deployed<'_>) -> &'static [&'static str] {
    match phase {
        Phase::Discover | Phase::BackUp | Phase::CopyOut => &[JOB],
        Phase::CopyBack => &[COPY],
        Phase::Expire | Phase::RestoreAtSource | Phase::RestoreAtDestination => {
            if deployed.destinations.is_empty() {
                &[JOB]
            } else {
                &[JOB, COPY]
            }
        }
    }
}

fn snapshots(names: &[&str], deployed: &Deployed<'_>, site: &Site<'_>) -> Vec<Choice> {
    let arn = |name: &&str| deployed.arn("rds", site.region.code, &format!("cluster-snapshot:{name}"));
    names.iter().map(|name| Choice::new(arn(name), site.clause.clone())).collect()
}

fn vault(deployed: &Deployed<'_>, site: &Site<'_>) -> Choice {
    let arn = deployed.arn("backup", site.region.code, &format!("backup-vault:{}", site.vault));
    Choice::new(arn, site.clause.clone())
}

/// What a call reads that is about clusters: none in particular, one that is backed up, one that a restore makes.
fn any_cluster(deployed: &Deployed<'_>, site: &Site<'_>) -> Vec<Choice> {
    let is_source = site.identity() == deployed.source.identity();
    let backed_up = deployed.statement.clusters.first().filter(|_| is_source).map(|name| name.node.as_str());
    let mut names: Vec<&str> = backed_up.into_iter().chain(site.restored.first().map(String::as_str)).collect();
    names.dedup();
    names.push(UNNAMED);
    clusters(names.into_iter(), &site.clause, deployed, site)
}

/// A cluster that a restore makes, for each pattern of names.
fn restored(deployed: &Deployed<'_>, site: &Site<'_>) -> Vec<Choice> {
    clusters(site.restored.iter().map(String::as_str), &restore_clause(deployed, site), deployed, site)
}

fn clusters<'n>(
    names: impl Iterator<Item = &'n str>,
    clause: &Clause,
    deployed: &Deployed<'_>,
    site: &Site<'_>,
) -> Vec<Choice> {
    let any = deployed.arn("rds", site.region.code, "cluster:");
    names.map(|name| Choice::new([&any, name].concat(), clause.clone())).collect()
}

/// The groups of a restored cluster: the named ones, else what an account is likely to have.
fn groups(deployed: &Deployed<'_>, site: &Site<'_>) -> Vec<Choice> {
    let Some(restore) = site.restore else { return Vec::new() };
    let name = |group: &Option<crate::spec::Chosen<String>>, any: &str| {
        group.as_ref().map_or_else(|| any.to_owned(), |group| group.value.clone())
    };
    let resources = [
        format!("cluster-pg:{}", name(&restore.parameter_group, "default.aurora-mysql8.0")),
        "og:default:aurora-mysql-8-0".to_owned(),
        format!("subgrp:{}", name(&restore.subnet_group, "default")),
    ];
    let resources = resources.map(|resource| deployed.arn("rds", site.region.code, &resource)).to_vec();
    vec![Choice { resources, clause: restore_clause(deployed, site), alias: None }]
}

fn restore_clause(deployed: &Deployed<'_>, site: &Site<'_>) -> Clause {
    let words = format!("backup {} / restore in {}", deployed.statement.name, site.region.code);
    clause(words, site.restore.map_or(site.clause.span, |restore| restore.pattern.span))
}

/// The AWS managed keys of the places.
pub(in crate::prove) fn managed_keys(deployed: &Deployed<'_>) -> Vec<String> {
    deployed.sites().flat_map(|site| managed_key(deployed, site).resources).collect()
}

/// A key that AWS manages.
fn managed_key(deployed: &Deployed<'_>, site: &Site<'_>) -> Choice {
    let arn = deployed.arn("kms", site.region.code, "key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");
    Choice::new(arn, site.clause.clone())
}

impl Choice {
    fn new(resource: String, clause: Clause) -> Self {
        Self { resources: vec![resource], clause, alias: None }
    }

    fn of_key(key: &DeployedKey<'_>) -> Self {
        Self { resources: vec![key.arn.clone()], clause: key.clause.clone(), alias: key.alias.clone() }
    }
}
