//! The resources of a call: what the table names in general, found in the statement.

use crate::kind::call::{Stage, Thing};
use crate::kind::{ArnForm, Encryption};
use crate::prove::site::{ClauseSpan, DeployedKey, DeployedPlace, DeployedStatement, clause};
use crate::spec::Group;

/// One way to fill an object of a call: the resources, and where they come from.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub(super) resources: Vec<String>,
    pub(super) clause: ClauseSpan,
    /// The alias of a key.
    pub(super) alias: Option<String>,
}

/// What a call is about that names nothing in particular.
const UNNAMED: &str = "*";

/// The clause of what the whole statement needs.
pub(super) fn statement_clause(deployed: &DeployedStatement<'_>) -> ClauseSpan {
    clause(format!("backup {}", deployed.statement.name.value), deployed.statement.target)
}

/// The resources of one kind, at one place, in one stage.
pub(super) struct Choices<'d> {
    pub(super) deployed: &'d DeployedStatement<'d>,
    pub(super) group: &'d Group,
    pub(super) site: &'d DeployedPlace<'d>,
    pub(super) stage: Stage,
}

impl Choices<'_> {
    /// The ways to fill an object.
    pub(super) fn of(&self, thing: Thing) -> Vec<Choice> {
        let (site, deployed, kind) = (self.site, self.deployed, self.group.kind);
        match thing {
            Thing::Everything => vec![Choice::new("*".to_owned(), statement_clause(deployed))],
            Thing::Resource => {
                let names = self.group.names.iter().map(|name| name.node.as_str());
                self.named(kind.arns.resource, names, &statement_clause(deployed))
            }
            Thing::AnyResource => self.named(kind.arns.resource, self.read().into_iter(), &site.clause),
            Thing::Point => self.named(kind.arns.points.form, self.points().into_iter(), &site.clause),
            Thing::AnyPoint => {
                let made = self.is_source().then_some(kind.arns.points.made);
                let names = [UNNAMED].into_iter().chain(made).chain([kind.arns.points.copied]);
                self.named(kind.arns.points.form, names, &site.clause)
            }
            Thing::Restored => {
                let names = self.restored().iter().map(String::as_str);
                self.named(kind.arns.resource, names, &self.restore_clause())
            }
            Thing::RestoredInto => self.restored_into(),
            Thing::Related(related) => self.named(related.arn, [related.sample].into_iter(), &site.clause),
            Thing::Vault => {
                let arn = deployed.arn("backup", site.region.code, &format!("backup-vault:{}", site.vault));
                vec![Choice::new(arn, site.clause.clone())]
            }
            Thing::PointKey if self.is_source() && kind.encryption == Encryption::OfResource => self.resource_keys(),
            Thing::VaultKey | Thing::PointKey => vec![Choice::of_key(&site.key)],
            Thing::ResourceKey if self.is_source() => self.resource_keys(),
            Thing::ResourceKey => Vec::new(),
            Thing::UnknownResourceKey => {
                let unknown = deployed.resource_keys.iter().filter(|_| deployed.has_unknown_key() && self.is_source());
                unknown.map(Choice::of_key).collect()
            }
            Thing::ManagedKey => vec![Choice::new(managed_key(deployed, site), site.clause.clone())],
        }
    }

    fn is_source(&self) -> bool {
        self.site.identity() == self.deployed.source.identity()
    }

    fn named<'n>(&self, form: ArnForm, names: impl Iterator<Item = &'n str>, clause: &ClauseSpan) -> Vec<Choice> {
        let any = self.deployed.arn(form.service, self.site.region.code, form.before);
        names.map(|name| Choice::new([&any, name].concat(), clause.clone())).collect()
    }

    /// Recovery points: at the source those that were made there and those that were copied back.
    fn points(&self) -> Vec<&'static str> {
        let points = &self.group.kind.arns.points;
        match self.stage {
            _ if !self.is_source() => vec![points.copied],
            Stage::Discover | Stage::BackUp | Stage::CopyOut => vec![points.made],
            Stage::CopyBack => vec![points.copied],
            Stage::Expire | Stage::RestoreAtSource | Stage::RestoreAtDestination => {
                let copied = (!self.deployed.destinations.is_empty()).then_some(points.copied);
                [points.made].into_iter().chain(copied).collect()
            }
        }
    }

    /// What is read of resources: one that is backed up, one that a restore makes, none in particular.
    fn read(&self) -> Vec<&str> {
        let backed_up = self.group.names.first().filter(|_| self.is_source()).map(|name| name.node.as_str());
        let mut names: Vec<&str> = backed_up.into_iter().chain(self.restored().first().map(String::as_str)).collect();
        names.dedup();
        names.push(UNNAMED);
        names
    }

    /// A name of a resource that a restore makes, for each pattern.
    fn restored(&self) -> &[String] {
        self.site.restoring(self.group.kind).map_or(&[], |restoring| &restoring.names)
    }

    /// What a restored resource is put into: what was chosen, else what an account is likely to have.
    fn restored_into(&self) -> Vec<Choice> {
        let Some(restoring) = self.site.restoring(self.group.kind) else { return Vec::new() };
        let settings = self.group.kind.restore.iter().map(|setting| {
            let chosen = setting.word.and_then(|word| restoring.restore.settings.get(word));
            let name = chosen.map_or(setting.sample, |chosen| chosen.value.as_str());
            self.deployed.arn(setting.arn.service, self.site.region.code, &[setting.arn.before, name].concat())
        });
        vec![Choice { resources: settings.collect(), clause: self.restore_clause(), alias: None }]
    }

    fn restore_clause(&self) -> ClauseSpan {
        let words = format!("backup {} / restore in {}", self.deployed.statement.name.value, self.site.region.code);
        let restoring = self.site.restoring(self.group.kind);
        clause(words, restoring.map_or(self.site.clause.span, |restoring| restoring.restore.pattern.span))
    }

    /// The keys of the resources, where they are known.
    fn resource_keys(&self) -> Vec<Choice> {
        let known = self.deployed.resource_keys.iter().filter(|_| !self.deployed.has_unknown_key());
        known.map(Choice::of_key).collect()
    }
}

/// The AWS managed keys of the places.
pub(in crate::prove) fn managed_keys(deployed: &DeployedStatement<'_>) -> Vec<String> {
    deployed.sites().map(|site| managed_key(deployed, site)).collect()
}

/// A key that AWS manages.
fn managed_key(deployed: &DeployedStatement<'_>, site: &DeployedPlace<'_>) -> String {
    deployed.arn("kms", site.region.code, "key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d")
}

impl Choice {
    fn new(resource: String, clause: ClauseSpan) -> Self {
        Self { resources: vec![resource], clause, alias: None }
    }

    fn of_key(key: &DeployedKey) -> Self {
        Self { resources: vec![key.arn.clone()], clause: key.clause.clone(), alias: key.alias.clone() }
    }
}
