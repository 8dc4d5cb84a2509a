//! What the calls of a statement are about, as its role's policy has to name it, each with the clause
//! that asked for it.

use super::arns::Arns;
use super::clause::Clauses;
use super::reason;
use crate::aws::region::Region;
use crate::cfn::Value;
use crate::kind::call::{By, Call, Circumstance, Demand, Leg, On, Thing, via};
use crate::kind::{Encryption, every};
use crate::origin::Origin;
use crate::policy::{Condition, Operator, SetOperator, Test};
use crate::reason::Reason;
use crate::spec::destination::Destination;
use crate::spec::placement::Use;
use crate::spec::{Group, ResourceKey, Restore, Statement};

/// A place of a leg: a destination, or the source.
type At<'a> = Option<Destination<'a>>;

/// Names what the calls for the resources of one kind are about.
pub(super) struct Things<'a> {
    pub(super) statement: &'a Statement,
    pub(super) group: &'a Group,
    pub(super) arns: &'a Arns<'a>,
    pub(super) clauses: &'a Clauses<'a>,
}

impl<'a> Things<'a> {
    /// The calls that the role must be allowed.
    pub(super) fn calls(&self) -> impl Iterator<Item = &'static Call> + use<'a> {
        self.group.kind.calls().filter(|call| call.by == By::Role)
    }

    /// What the policy has to name for a call on a leg.
    pub(super) fn named(&self, call: &Call, leg: &Leg<At<'a>>) -> impl Iterator<Item = (Value, Origin)> {
        let needed = call.on.iter().filter(|on| !self.is_covered(call, on.0, leg.at(on.1)));
        needed.flat_map(|On(thing, end)| self.values(*thing, leg.at(*end)))
    }

    /// The conditions under which what is asked in a circumstance is allowed, each with its reason.
    pub(super) fn conditions(&self, circumstance: Circumstance) -> Vec<(Condition<Value>, &'static Reason)> {
        let kind = self.group.kind;
        let demanded = circumstance.demands().iter().map(|demand| match demand {
            Demand::ForAwsResource => (
                condition(None, Test::Bool, "kms:GrantIsForAWSResource", vec!["true".to_owned()]),
                &reason::ONLY_FOR_AWS_RESOURCES,
            ),
            Demand::ThroughServices => {
                (condition(None, Test::StringEquals, "kms:ViaService", self.services()), &every::ONLY_THROUGH_SERVICES)
            }
            Demand::ThroughService => {
                let service = via(&[kind.service], self.statement.source.region.node);
                (condition(None, Test::StringEquals, "kms:ViaService", service), &every::ONLY_THROUGH_SERVICE)
            }
            Demand::ManagedKeyAlias => {
                let any = Some(SetOperator::ForAnyValue);
                let aliases = kind.managed_key_aliases().collect();
                (condition(any, Test::StringEquals, "kms:ResourceAliases", aliases), &every::ONLY_MANAGED_KEYS)
            }
        });
        demanded.collect()
    }

    /// The services through which keys that are known are used: not the kind's own at the source where it may use every
    /// key there.
    fn services(&self) -> Vec<String> {
        let (kind, source) = (self.group.kind, self.statement.source.region.node);
        let legs = self.statement.legs();
        let uses_unknown =
            |call: &Call| call.circumstance == Circumstance::ThroughService && legs.of(call.phase).next().is_some();
        let every_key = !self.knows_key() && kind.calls().any(uses_unknown);
        let covered = if every_key { via(&[kind.service], source) } else { Vec::new() };
        let services = self.regions().into_iter().flat_map(|region| via(&kind.services(), region));
        services.filter(|service| !covered.contains(service)).collect()
    }

    fn regions(&self) -> Vec<&'static Region> {
        let mut regions: Vec<&'static Region> = self.statement.places().map(|place| place.region.node).collect();
        regions.sort_by_key(|region| region.code);
        regions.dedup();
        regions
    }

    fn knows_key(&self) -> bool {
        matches!(self.statement.resource_key, ResourceKey::Written(_))
    }

    /// Whether a wider permission, on every key of the source region, makes this one superfluous.
    fn is_covered(&self, call: &Call, thing: Thing, at: At<'_>) -> bool {
        let on_every_key = |other: &Call| {
            other.action == call.action
                && other.circumstance == Circumstance::Any
                && other.on.iter().any(|on| on.0 == Thing::UnknownResourceKey)
        };
        let of_vault = self.group.kind.encryption == Encryption::OfVault;
        let may_be_one = matches!(thing, Thing::VaultKey | Thing::ManagedKey) || (thing == Thing::PointKey && of_vault);
        may_be_one && at.is_none() && !self.knows_key() && self.group.kind.calls().any(on_every_key)
    }

    /// What a thing at a place comes to.
    fn values(&self, thing: Thing, at: At<'a>) -> Vec<(Value, Origin)> {
        let (kind, clauses) = (self.group.kind, self.clauses);
        let place = at.map_or(&self.statement.source, |destination| destination.place);
        let region = place.region.node;
        let (form, points) = (kind.arns.resource, &kind.arns.points);
        let one = |value, origin| vec![(value, origin)];
        match thing {
            Thing::Everything => one(Value::text("*"), clauses.target(&reason::EVERYTHING_ONLY)),
            Thing::Resource => {
                let origin = clauses.target(kind.why.resource);
                let names = self.group.names.iter();
                names.map(|name| (self.arns.of(form, region, &name.node), origin.clone())).collect()
            }
            Thing::AnyResource => one(self.arns.of(form, region, "*"), clauses.at_region(at, kind.why.read)),
            Thing::AnyPoint => one(self.arns.of(points.form, region, "*"), clauses.at_region(at, kind.why.read)),
            Thing::Point => {
                let why = if at.is_some() { kind.why.points_at_destination } else { kind.why.points_at_source };
                one(self.arns.of(points.form, region, points.pattern), clauses.at_region(at, why))
            }
            Thing::Related(related) => {
                one(self.arns.of(related.arn, region, related.pattern), clauses.at_region(at, related.why))
            }
            Thing::Restored => self.restored(region),
            Thing::RestoredInto => self.restored_into(region),
            Thing::Vault => {
                let why = if at.is_some() { &reason::DESTINATION_VAULT_ARN } else { &reason::SOURCE_VAULT_ARN };
                one(self.arns.vault(place), clauses.at_place(at, &place.vault, why))
            }
            Thing::PointKey if at.is_none() && kind.encryption == Encryption::OfResource => self.resource_key(),
            Thing::VaultKey | Thing::PointKey => self.vault_key(at),
            Thing::ResourceKey if at.is_none() => self.resource_key(),
            Thing::UnknownResourceKey if at.is_none() && !self.knows_key() => {
                one(Arns::key_of_anybody(region), clauses.target(kind.why.unknown_resource_key))
            }
            Thing::ResourceKey | Thing::UnknownResourceKey => Vec::new(),
            Thing::ManagedKey => one(self.arns.any_key(region), clauses.at_region(at, &reason::MANAGED_KEY_ARN)),
        }
    }

    fn vault_key(&self, at: At<'a>) -> Vec<(Value, Origin)> {
        let used = Use { statement: self.statement, destination: at };
        let why = if at.is_some() { &reason::DESTINATION_KEY_ARN } else { &reason::SOURCE_KEY_ARN };
        vec![(self.arns.key(used), self.clauses.at_place(at, &used.place().key, why))]
    }

    /// The key of the resources, where it is known.
    fn resource_key(&self) -> Vec<(Value, Origin)> {
        match &self.statement.resource_key {
            ResourceKey::Written(key) => {
                vec![(Arns::key_here(&key.value), self.clauses.chosen(key, self.group.kind.why.resource_key))]
            }
            ResourceKey::Unknown => Vec::new(),
        }
    }

    fn restored(&self, region: &Region) -> Vec<(Value, Origin)> {
        let kind = self.group.kind;
        let of_restore = |restore: &'a Restore| {
            let origin = self.clauses.restored(&restore.pattern, kind.why.restored);
            let patterns = restore.patterns.iter();
            patterns.map(move |pattern| (self.arns.of(kind.arns.resource, region, pattern), origin.clone()))
        };
        self.group.restores.get(region.code).into_iter().flat_map(of_restore).collect()
    }

    /// What a restored resource is put into: as it was chosen, or any.
    fn restored_into(&self, region: &Region) -> Vec<(Value, Origin)> {
        let kind = self.group.kind;
        let Some(restore) = self.group.restores.get(region.code) else { return Vec::new() };
        let settings = kind.restore.iter().map(|setting| {
            let chosen = setting.word.and_then(|word| restore.settings.get(word));
            let name = chosen.map_or(setting.any, |chosen| chosen.value.as_str());
            let origin = self.clauses.restored(chosen.unwrap_or(&restore.pattern), kind.why.restored_into);
            (self.arns.of(setting.arn, region, name), origin)
        });
        settings.collect()
    }
}

fn condition(set: Option<SetOperator>, test: Test, key: &str, values: Vec<String>) -> Condition<Value> {
    Condition {
        operator: Operator { set, test, if_exists: false },
        key: key.to_owned(),
        values: values.into_iter().map(Value::Literal).collect(),
    }
}
