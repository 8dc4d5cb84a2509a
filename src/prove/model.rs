//! The table of calls made concrete for one statement: one request for each call, with every
//! resource and condition key that it carries.
//!
//! A request carries no more than the table says that AWS sends, so nothing is proved from a
//! circumstance that is only likely.

use std::collections::BTreeSet;

use super::request::{Context, Principal, Request, account_of, component};
use super::site::{Clause, Deployed, DeployedKey, Site, clause};
use crate::aws::call::{
    ADMINISTRATION, ASSUME_ROLE, Call, Circumstance, MANAGED_KEY_ALIASES, Object, Phase, SERVICE, calls, via_services,
};
use crate::policy::glob::includes;

/// When a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// AWS Backup takes the role.
    Assume,
    /// AWS Backup works.
    Phase(Phase),
    /// A key's administrators work.
    Administer,
}

impl Step {
    /// The step in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Assume => "assume the role",
            Self::Phase(phase) => phase.words(),
            Self::Administer => "administer keys",
        }
    }
}

/// A call that must be allowed.
#[derive(Clone, Debug)]
pub struct ModelCall {
    /// When.
    pub step: Step,
    /// The row of the table; calls outside of it have none.
    pub row: Option<Call>,
    /// The call.
    pub request: Request,
    /// The clauses that cause it.
    pub clauses: Vec<Clause>,
}

/// One way to fill an object of a row: the resources, and where they come from.
#[derive(Clone, Debug)]
struct Choice {
    resources: Vec<String>,
    clause: Clause,
    /// The alias of a key.
    alias: Option<String>,
}

/// Every call that a statement's policies must allow.
pub(super) fn model(deployed: &Deployed<'_>) -> Vec<ModelCall> {
    let mut all = vec![assumption(deployed)];
    for call in calls().filter(|call| happens(call, deployed)) {
        if call.objects.iter().any(|object| object.is_at_destination()) {
            all.extend(deployed.destinations.iter().flat_map(|site| requests(&call, deployed, site)));
        } else {
            all.extend(requests(&call, deployed, &deployed.source));
        }
    }
    all.extend(administration(deployed));
    let mut seen = BTreeSet::new();
    all.retain(|call| seen.insert((call.step, call.request.clone())));
    all.sort_by_key(|call| call.step);
    all
}

fn happens(call: &Call, deployed: &Deployed<'_>) -> bool {
    let copies = !deployed.destinations.is_empty();
    let restores = !deployed.statement.restores.is_empty();
    (copies || !call.phase.needs_copies()) && (restores || !call.phase.needs_restore())
}

/// AWS Backup takes the role.
fn assumption(deployed: &Deployed<'_>) -> ModelCall {
    ModelCall {
        step: Step::Assume,
        row: None,
        request: Request {
            principal: Principal::Service(SERVICE.to_owned()),
            action: ASSUME_ROLE.to_owned(),
            resources: vec![deployed.role.clone()],
            context: Context::default(),
        },
        clauses: vec![statement_clause(deployed)],
    }
}

/// What the administrators that the spec names do with the keys that drc makes.
fn administration(deployed: &Deployed<'_>) -> Vec<ModelCall> {
    let mut all = Vec::new();
    for key in deployed.keys() {
        for admin in deployed.administrators(key) {
            all.extend(ADMINISTRATION.iter().map(|(_, action)| ModelCall {
                step: Step::Administer,
                row: None,
                request: Request {
                    principal: Principal::Aws(admin.clone()),
                    action: (*action).to_owned(),
                    resources: vec![key.arn.clone()],
                    context: context(&admin, deployed, &key.arn),
                },
                clauses: vec![key.clause.clone()],
            }));
        }
    }
    all
}

/// The requests of a row at one place. A request has one resource of each object; on keys, each
/// object is a request of its own.
fn requests(call: &Call, deployed: &Deployed<'_>, site: &Site<'_>) -> Vec<ModelCall> {
    let on_keys = call.action.starts_with("kms:");
    let mut combined: Vec<Vec<Choice>> = vec![Vec::new()];
    let mut separate = Vec::new();
    for object in call.objects {
        let choices = choices(*object, call.phase, deployed, site);
        if on_keys {
            separate.extend(choices.into_iter().map(|choice| vec![choice]));
            continue;
        }
        let extend = |chosen: &Vec<Choice>| {
            choices.iter().map(|choice| [&chosen[..], std::slice::from_ref(choice)].concat()).collect::<Vec<_>>()
        };
        combined = combined.iter().flat_map(extend).collect();
    }
    let chosen = if on_keys { separate } else { combined };
    chosen.into_iter().flat_map(|chosen| concrete(call, deployed, &chosen)).collect()
}

/// The requests with these resources, one for each form of the circumstance.
fn concrete(call: &Call, deployed: &Deployed<'_>, chosen: &[Choice]) -> Vec<ModelCall> {
    let resources: Vec<String> = chosen.iter().flat_map(|choice| choice.resources.clone()).collect();
    let Some(first) = resources.first() else { return Vec::new() };
    let mut clauses: Vec<Clause> = chosen.iter().map(|choice| choice.clause.clone()).collect();
    clauses.dedup();
    let mut base = context(&deployed.role, deployed, first);
    let alias = chosen.iter().find_map(|choice| choice.alias.clone());
    if let Some(alias) = alias {
        base = base.with("kms:ResourceAliases", alias);
    }
    let region = component(first, 3).and_then(crate::aws::region::find).unwrap_or(deployed.source.region);
    let contexts = match call.circumstance {
        Circumstance::Any => vec![base],
        Circumstance::ForAwsResource => vec![base.with("kms:GrantIsForAWSResource", "true")],
        Circumstance::ThroughServices => {
            via_services(region).into_iter().map(|service| base.clone().with("kms:ViaService", service)).collect()
        }
        Circumstance::AwsManagedKey => {
            MANAGED_KEY_ALIASES.iter().map(|alias| base.clone().with("kms:ResourceAliases", *alias)).collect()
        }
    };
    contexts
        .into_iter()
        .map(|context| ModelCall {
            step: Step::Phase(call.phase),
            row: Some(*call),
            request: Request {
                principal: session(deployed),
                action: call.action.to_owned(),
                resources: resources.clone(),
                context,
            },
            clauses: clauses.clone(),
        })
        .collect()
}

/// The role as AWS Backup uses it.
pub(super) fn session(deployed: &Deployed<'_>) -> Principal {
    let name = &deployed.statement.role.value;
    let session = deployed.arn("sts", "", &format!("assumed-role/{name}/AWSBackup-{name}"));
    Principal::Session { role: deployed.role.clone(), session }
}

/// The condition keys that a call on a resource always carries.
pub(super) fn context(caller: &str, deployed: &Deployed<'_>, resource: &str) -> Context {
    let region = component(resource, 3).filter(|region| !region.is_empty()).unwrap_or(deployed.source.region.code);
    let context = Context::default()
        .with("aws:PrincipalArn", caller)
        .with("aws:PrincipalAccount", account_of(caller).unwrap_or(deployed.account))
        .with("aws:ResourceAccount", account_of(resource).unwrap_or(deployed.account))
        .with("aws:RequestedRegion", region);
    if component(resource, 2) == Some("kms") {
        return context.with("kms:CallerAccount", account_of(caller).unwrap_or(deployed.account));
    }
    context
}

pub(super) fn statement_clause(deployed: &Deployed<'_>) -> Clause {
    clause(format!("backup {}", deployed.statement.name), deployed.statement.target)
}

/// The ways to fill an object; a destination's objects are those of the site.
fn choices(object: Object, phase: Phase, deployed: &Deployed<'_>, site: &Site<'_>) -> Vec<Choice> {
    let source = &deployed.source;
    match object {
        Object::Everything => vec![Choice::new("*".to_owned(), statement_clause(deployed))],
        Object::Clusters => {
            let names = deployed.statement.clusters.iter();
            names
                .map(|name| {
                    let arn = deployed.arn("rds", source.region.code, &format!("cluster:{}", name.node));
                    Choice::new(arn, statement_clause(deployed))
                })
                .collect()
        }
        Object::RestoredAtSource => restored(deployed, source),
        Object::RestoredAtDestination => restored(deployed, site),
        Object::SourceSnapshots => snapshots(source_snapshots(phase, deployed), deployed, source),
        Object::DestinationSnapshots => snapshots(&[COPY], deployed, site),
        Object::GroupsAtSource => groups(deployed, source),
        Object::GroupsAtDestination => groups(deployed, site),
        Object::SourceVault => vec![vault(deployed, source)],
        Object::DestinationVaults => vec![vault(deployed, site)],
        Object::ClusterKey => vec![Choice::of_key(&deployed.cluster_key)],
        Object::SourceKey => vec![Choice::of_key(&source.key)],
        Object::DestinationKeys => vec![Choice::of_key(&site.key)],
        Object::KeysAtSource => vec![managed_key(deployed, source)],
        Object::KeysAtDestination => vec![managed_key(deployed, site)],
    }
}

/// Names as AWS Backup gives them to a snapshot that it makes and to one that it copies.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html>; the second
/// is what the recorded system showed.
const JOB: &str = "awsbackup:job-1a2b3c4d";
const COPY: &str = "awsbackup:copyjob-9f8e7d6c";

/// Snapshots in the source region: made there, or copied back.
fn source_snapshots(phase: Phase, deployed: &Deployed<'_>) -> &'static [&'static str] {
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

/// A cluster that a restore makes, for each pattern of names.
fn restored(deployed: &Deployed<'_>, site: &Site<'_>) -> Vec<Choice> {
    let Some(restore) = site.restore else { return Vec::new() };
    let clause = restore_clause(deployed, site);
    let samples = restore.patterns.iter().map(|pattern| sample(pattern, &restore.patterns));
    samples
        .map(|name| Choice::new(deployed.arn("rds", site.region.code, &format!("cluster:{name}")), clause.clone()))
        .collect()
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

/// A key that AWS manages.
fn managed_key(deployed: &Deployed<'_>, site: &Site<'_>) -> Choice {
    let arn = deployed.arn("kms", site.region.code, "key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d");
    Choice::new(arn, site.clause.clone())
}

/// A name that a pattern matches, and if there is one no other pattern.
pub(super) fn sample(pattern: &str, patterns: &[String]) -> String {
    const FILLINGS: [&str; 4] = ["restored", "r7", "x", ""];
    let fill = |filling: &&str| pattern.replace('*', filling).replace('?', "q");
    let is_own = |name: &String| !patterns.iter().any(|other| other != pattern && includes(other, name));
    FILLINGS.iter().map(fill).find(is_own).unwrap_or_else(|| fill(&"restored"))
}

impl Choice {
    fn new(resource: String, clause: Clause) -> Self {
        Self { resources: vec![resource], clause, alias: None }
    }

    fn of_key(key: &DeployedKey) -> Self {
        Self { resources: vec![key.arn.clone()], clause: key.clause.clone(), alias: key.alias.clone() }
    }
}
