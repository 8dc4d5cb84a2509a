//! One statement as it is deployed: its places with their vaults and keys, its role, and every
//! policy that is in force.

use std::sync::Arc;

use super::attached::{Attached, PolicyKind};
use super::deployment::Deployment;
use super::request::{Principal, account_of, component};
use super::required;
use crate::aws::arn;
use crate::aws::location::{AccountId, Location};
use crate::aws::region::{self, Region};
use crate::cfn::graph::{At, Unknown};
use crate::cfn::kms::{Key, ReplicaKey};
use crate::cfn::{Properties, Value};
use crate::kind::Kind;
use crate::kind::call::{Leg, Legs};
use crate::policy::samples;
use crate::policy::{Action, Actions, Document, Effect, Principals, Resources, Statement as PolicyStatement};
use crate::source::{Span, Spanned};
use crate::spec::{Group, KeyName, Place, ResourceKey, Restore, Role, Statement, System, VaultName};

/// The clause that a call or a policy comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClauseSpan {
    /// Its words, such as `backup mydb / to ap-northeast-3`.
    pub words: Arc<str>,
    /// Where it stands.
    pub span: Span,
}

/// A key as it is deployed.
#[derive(Clone, Debug)]
pub(super) struct DeployedKey {
    pub(super) arn: String,
    /// Its alias, where drc makes it.
    pub(super) alias: Option<String>,
    /// Where it is made, unless it exists already.
    pub(super) location: Option<At>,
    pub(super) clause: ClauseSpan,
}

/// A place of a statement as it is deployed.
#[derive(Clone, Debug)]
pub(super) struct DeployedPlace<'a> {
    pub(super) region: &'static Region,
    pub(super) vault: String,
    pub(super) key: DeployedKey,
    /// What may be restored there, kind by kind.
    pub(super) restores: Vec<Restoring<'a>>,
    pub(super) clause: ClauseSpan,
    /// Whether copies are made to it.
    pub(super) is_copied_to: bool,
}

/// What may be restored of a kind.
#[derive(Clone, Debug)]
pub(super) struct Restoring<'a> {
    pub(super) kind: &'static Kind,
    pub(super) restore: &'a Restore,
    /// A name for each pattern.
    pub(super) names: Vec<String>,
}

/// A statement as it is deployed.
#[derive(Clone, Debug)]
pub(super) struct DeployedStatement<'a> {
    pub(super) system: &'a System,
    pub(super) statement: &'a Statement,
    pub(super) account: &'a str,
    pub(super) partition: &'static str,
    pub(super) role: String,
    /// The role as AWS Backup uses it.
    pub(super) session: Principal,
    pub(super) source: DeployedPlace<'a>,
    pub(super) destinations: Vec<DeployedPlace<'a>>,
    /// The ways that recovery points go, between the source, which is none, and the places of the destinations.
    pub(super) legs: Legs<Option<usize>>,
    /// The key of the resources; where the spec does not say which, one of the account and one of another.
    pub(super) resource_keys: Vec<DeployedKey>,
    pub(super) policies: Vec<Attached>,
}

impl<'a> DeployedPlace<'a> {
    /// Region and vault.
    pub(super) fn identity(&self) -> (&'static str, &str) {
        (self.region.code, &self.vault)
    }

    /// What may be restored there of a kind.
    pub(super) fn restoring(&self, kind: &Kind) -> Option<&Restoring<'a>> {
        self.restores.iter().find(|restoring| std::ptr::eq(restoring.kind, kind))
    }
}

impl<'a> DeployedStatement<'a> {
    /// Finds everything that a statement's calls touch.
    pub(super) fn new(
        deployment: &Deployment<'a>,
        system: &'a System,
        statement: &'a Statement,
    ) -> Result<Self, Unknown> {
        let source_clause =
            clause(format!("backup {} / from {}", statement.name.value, code(&statement.source)), statement.from);
        let source = site(deployment, statement, &statement.source, source_clause, None)?;
        let destinations = destinations(deployment, statement, &source)?;
        let resource_keys = resource_keys(deployment, statement, &source)?;
        let partition = source.region.partition.id();
        let (account, name) = (deployment.account(), statement.role.value.name());
        let role = match &statement.role.value {
            Role::Made(name) => arn::arn([partition, "iam", "", account, &format!("role/{name}")]),
            Role::Existing(arn) => arn.as_str().to_owned(),
        };
        let session = format!("assumed-role/{name}/AWSBackup-{name}");
        let session = arn::arn([partition, "sts", "", account, &session]);
        let session = Principal::Session { role: role.clone(), session };
        let copied_to = destinations.iter().enumerate().map(|(index, site)| (Some(index), site.is_copied_to));
        let legs = Legs::new(None, &copied_to.collect::<Vec<_>>(), statement.restores());
        let mut deployed = Self {
            system,
            statement,
            account,
            partition,
            role,
            session,
            source,
            destinations,
            legs,
            resource_keys,
            policies: Vec::new(),
        };
        deployed.policies = deployed.role_policies(deployment)?;
        deployed.policies.extend(deployed.key_policies(deployment)?);
        deployed.policies.extend(deployed.foreign_administrators());
        Ok(deployed)
    }

    /// A leg between the places themselves.
    pub(super) fn leg(&self, leg: &Leg<Option<usize>>) -> Leg<&DeployedPlace<'a>> {
        let site = |index: Option<usize>| index.and_then(|index| self.destinations.get(index)).unwrap_or(&self.source);
        Leg { stage: leg.stage, from: site(leg.from), to: site(leg.to) }
    }

    /// Every place, the source first.
    pub(super) fn sites(&self) -> impl Iterator<Item = &DeployedPlace<'a>> {
        std::iter::once(&self.source).chain(&self.destinations)
    }

    /// Every key once.
    pub(super) fn keys(&self) -> Vec<&DeployedKey> {
        let mut keys: Vec<&DeployedKey> = Vec::new();
        for key in self.resource_keys.iter().chain(self.sites().map(|site| &site.key)) {
            if keys.iter().all(|other| other.arn != key.arn) {
                keys.push(key);
            }
        }
        keys
    }

    /// Who the spec wants to administer a key.
    pub(super) fn administrators(&self, key: &DeployedKey) -> Vec<String> {
        let name = key.alias.as_deref().and_then(|alias| alias.strip_prefix("alias/"));
        let region = component(&key.arn, 3).and_then(region::find);
        let made = region.zip(name).and_then(|(region, name)| {
            let location = Location { account: AccountId::OWN, region };
            self.system.key(self.system.key_named(location, &KeyName::Made(name.to_owned()))?)
        });
        let admins = made.into_iter().flat_map(|key| &self.system.key_options(key).admins);
        let arn = |admin: &Spanned<arn::Principal>| match &admin.node {
            arn::Principal::Local(resource) => self.arn("iam", "", resource),
            arn::Principal::Arn(arn) => arn.clone(),
        };
        admins.map(arn).collect()
    }

    /// Whether the spec does not say which key the resources have.
    pub(super) fn has_unknown_key(&self) -> bool {
        matches!(self.statement.resource_key, ResourceKey::Unknown)
    }

    /// An ARN in the account of the deployment.
    pub(super) fn arn(&self, service: &str, region: &str, resource: &str) -> String {
        arn::arn([self.partition, service, region, self.account, resource])
    }

    fn role_policies(&self, deployment: &Deployment<'a>) -> Result<Vec<Attached>, Unknown> {
        let Role::Made(name) = &self.statement.role.value else { return required::policies(self, deployment) };
        let (stack, at) = deployment.made("role", "", name)?;
        let mut attached = Vec::new();
        for policy in deployment.policies(stack, name) {
            let properties = deployment.properties(policy)?;
            let (name, kind, document) = if let Properties::RolePolicy(policy) = properties {
                (&policy.policy_name, PolicyKind::Inline, &policy.policy_document)
            } else if let Properties::ManagedPolicy(policy) = properties {
                (&policy.managed_policy_name, PolicyKind::Managed, &policy.policy_document)
            } else {
                continue;
            };
            let document = deployment.document(stack, document)?;
            attached.push(Attached { name: name.clone(), kind, target: self.role.clone(), document });
        }
        if let Properties::Role(role) = deployment.properties((stack, at))? {
            let (name, target) = (format!("trust of {name}"), self.role.clone());
            let document = deployment.document(stack, &role.assume_role_policy_document)?;
            attached.push(Attached { name, kind: PolicyKind::Trust, target, document });
        }
        Ok(attached)
    }

    fn key_policies(&self, deployment: &Deployment<'a>) -> Result<Vec<Attached>, Unknown> {
        let mut attached = Vec::new();
        for key in self.keys() {
            let target = key.arn.clone();
            attached.push(match key.location {
                Some(location) => {
                    let (Properties::Key(Key { key_policy: document, .. })
                    | Properties::ReplicaKey(ReplicaKey { key_policy: document, .. })) =
                        deployment.properties(location)?
                    else {
                        continue;
                    };
                    let region = key.arn.split(':').nth(3).unwrap_or_default();
                    let alias = key.alias.as_deref().unwrap_or_default().trim_start_matches("alias/");
                    Attached {
                        name: format!("key {alias} in {region}"),
                        kind: PolicyKind::Key,
                        target,
                        document: deployment.document(location.0, document)?,
                    }
                }
                None => self.assumed(target),
            });
        }
        Ok(attached)
    }

    /// What administrators of other accounts are taken to be allowed by their own account.
    fn foreign_administrators(&self) -> Vec<Attached> {
        let all = self.keys().into_iter().flat_map(|key| self.administrators(key));
        let mut foreign: Vec<String> = all.filter(|admin| account_of(admin) != Some(self.account)).collect();
        foreign.sort();
        foreign.dedup();
        foreign.into_iter().map(|admin| assumed(PolicyKind::AssumedOfAdministrator, admin, None)).collect()
    }

    /// The policy that a resource is taken to have that drc does not make: it lets the account in.
    pub(super) fn assumed(&self, target: String) -> Attached {
        assumed(PolicyKind::Assumed, target, Some(Principals::aws(self.arn("iam", "", "root"))))
    }
}

/// A policy that is not ours and is taken to allow everything.
fn assumed(kind: PolicyKind, target: String, principal: Option<Principals<String>>) -> Attached {
    let statement = PolicyStatement {
        sid: Some("Assumed".to_owned()),
        effect: Effect::Allow,
        principal,
        actions: Actions::Only(vec![Action::from("*")]),
        resources: Some(Resources::Only(vec!["*".to_owned()])),
        conditions: Vec::new(),
    };
    Attached { name: format!("assumed policy of {target}"), kind, target, document: Document::new(vec![statement]) }
}

pub(super) fn clause(words: String, span: Span) -> ClauseSpan {
    ClauseSpan { words: words.into(), span }
}

fn code(place: &Place) -> &'static str {
    place.region.node.code
}

fn site<'a>(
    deployment: &Deployment<'a>,
    statement: &'a Statement,
    place: &'a Place,
    clause: ClauseSpan,
    source: Option<&DeployedPlace<'a>>,
) -> Result<DeployedPlace<'a>, Unknown> {
    let region = place.region.node;
    let (vault, key) = match (&place.vault.value, &place.key.value) {
        (VaultName::Made(name), _) => {
            let vault = deployment.made("vault", region.code, name)?;
            let Properties::Vault(made) = deployment.properties(vault)? else {
                return Err(Unknown(format!("{name} is no vault")));
            };
            (name.clone(), key(deployment, vault.0, &made.encryption_key_arn, clause.clone())?)
        }
        (VaultName::Existing(vault), KeyName::Existing(key)) => {
            (vault.name().to_owned(), existing_key(key.as_str().to_owned(), clause.clone()))
        }
        (VaultName::Existing(_), KeyName::Made(name)) => {
            return Err(Unknown(format!("{name} is not the key of a vault that exists")));
        }
    };
    let restoring = |group: &'a Group| {
        let restore = group.restores.get(region.code)?;
        // Mostly the patterns are the same, and finding names for many of them takes long.
        let known = source.and_then(|source| source.restoring(group.kind));
        let names = match known.filter(|known| known.restore.patterns == restore.patterns) {
            Some(known) => known.names.clone(),
            None => samples(&restore.patterns),
        };
        Some(Restoring { kind: group.kind, restore, names })
    };
    let restores = statement.groups.iter().filter_map(restoring).collect();
    Ok(DeployedPlace { region, vault, key, restores, clause, is_copied_to: false })
}

/// Every place that holds copies, once.
fn destinations<'a>(
    deployment: &Deployment<'a>,
    statement: &'a Statement,
    source: &DeployedPlace<'a>,
) -> Result<Vec<DeployedPlace<'a>>, Unknown> {
    let mut sites: Vec<DeployedPlace<'a>> = Vec::new();
    for destination in statement.destinations() {
        let (place, words) = (destination.place, destination.clause());
        let clause = clause(format!("backup {} / {words} {}", statement.name.value, code(place)), destination.span);
        let found = site(deployment, statement, place, clause, Some(source))?;
        if sites.iter().all(|other| other.identity() != found.identity()) {
            sites.push(DeployedPlace { is_copied_to: destination.former.is_none(), ..found });
        }
    }
    Ok(sites)
}

fn key(deployment: &Deployment<'_>, stack: usize, value: &Value, clause: ClauseSpan) -> Result<DeployedKey, Unknown> {
    let location = deployment.key(stack, value);
    let alias = location.and_then(|location| deployment.alias(location)).map(str::to_owned);
    let arn = deployment.text(stack, value)?;
    Ok(DeployedKey { arn, alias, location, clause })
}

fn existing_key(arn: String, clause: ClauseSpan) -> DeployedKey {
    DeployedKey { arn, alias: None, location: None, clause }
}

/// The key of the resources, or examples of what it may be.
fn resource_keys(
    deployment: &Deployment<'_>,
    statement: &Statement,
    source: &DeployedPlace<'_>,
) -> Result<Vec<DeployedKey>, Unknown> {
    let ResourceKey::Written(written) = &statement.resource_key else {
        let clause = clause(format!("backup {}", statement.name.value), statement.target);
        let accounts = [deployment.account(), account_of_keys(deployment.account())];
        let keys = accounts.map(|account| existing_key(unknown_key(source.region, account), clause.clone()));
        return Ok(keys.to_vec());
    };
    let clause = clause(format!("backup {} / encrypted by", statement.name.value), written.span);
    let key = match &written.value {
        KeyName::Existing(arn) => existing_key(arn.as_str().to_owned(), clause),
        KeyName::Made(name) => {
            let (stack, _) = deployment.made("plan", source.region.code, &statement.plan.value)?;
            key(deployment, stack, &Value::Import(name.clone()), clause)?
        }
    };
    Ok(vec![key])
}

/// A key of an account that resources may be encrypted with.
fn unknown_key(region: &Region, account: &str) -> String {
    arn::arn([region.partition.id(), "kms", region.code, account, "key/5d6c7b8a-1f2e-4a3b-9c4d-0e1f2a3b4c5d"])
}

/// An account that keeps the keys of others, as some organizations have one.
fn account_of_keys(account: &str) -> &'static str {
    const ACCOUNTS: [&str; 2] = ["123456789012", "555555555555"];
    ACCOUNTS.into_iter().find(|other| *other != account).unwrap_or_default()
}
