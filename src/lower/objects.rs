//! What the calls of a statement are about: its resources, and the conditions that hold for them.

use super::arns::Arns;
use crate::aws::call::{Call, Circumstance, MANAGED_KEY_ALIASES, Object, Phase, calls, via_rds, via_services};
use crate::aws::region::Region;
use crate::cfn::Value;
use crate::policy::{Condition, Operator, SetOperator, Test};
use crate::spec::destination::Destination;
use crate::spec::{ClusterKey, Place, Restore, Statement};

/// The resources of a statement's calls.
pub(super) struct Objects<'a> {
    pub(super) statement: &'a Statement,
    pub(super) arns: &'a Arns<'a>,
}

impl<'a> Objects<'a> {
    /// The conditions under which what is asked in a circumstance is allowed.
    pub(super) fn conditions(&self, circumstance: Circumstance) -> Vec<Condition<Value>> {
        let condition = |set, test, key: &str, values: Vec<String>| Condition {
            operator: Operator { set, test, if_exists: false },
            key: key.to_owned(),
            values: values.into_iter().map(Value::Literal).collect(),
        };
        let for_aws_resource = || condition(None, Test::Bool, "kms:GrantIsForAWSResource", vec!["true".to_owned()]);
        let through = |services| condition(None, Test::StringEquals, "kms:ViaService", services);
        let rds = || via_rds(self.statement.source.region.node);
        match circumstance {
            Circumstance::Any => Vec::new(),
            Circumstance::ForAwsResource => vec![for_aws_resource()],
            Circumstance::ForResourceOfRds => vec![for_aws_resource(), through(rds())],
            Circumstance::ThroughServices => vec![through(self.services())],
            Circumstance::ThroughRds => vec![through(rds())],
            Circumstance::AwsManagedKey => {
                let aliases = MANAGED_KEY_ALIASES.map(str::to_owned).to_vec();
                vec![condition(Some(SetOperator::ForAnyValue), Test::StringEquals, "kms:ResourceAliases", aliases)]
            }
        }
    }

    /// The services through which keys that are known are used: not RDS at the source where it may use every key there.
    fn services(&self) -> Vec<String> {
        let uses_unknown = |call: &Call| call.circumstance == Circumstance::ThroughRds && applies(call, self.statement);
        let every_key =
            matches!(self.statement.cluster_key, ClusterKey::Unknown) && calls().any(|call| uses_unknown(&call));
        let covered = if every_key { via_rds(self.statement.source.region.node) } else { Vec::new() };
        let services = self.regions().into_iter().flat_map(via_services);
        services.filter(|service| !covered.contains(service)).collect()
    }

    fn regions(&self) -> Vec<&'static Region> {
        let mut regions: Vec<&'static Region> = self.statement.places().map(|place| place.region.node).collect();
        regions.sort_by_key(|region| region.code);
        regions.dedup();
        regions
    }

    /// What the policy has to name for a call, with the object and with the destination that it is in.
    pub(super) fn named<'c>(
        &self,
        call: &'c Call,
    ) -> impl Iterator<Item = (Object, Value, Option<Destination<'a>>)> + use<'_, 'a, 'c> {
        let objects = call.objects.iter().filter(|object| !self.is_covered(call, **object));
        objects.flat_map(|object| self.values(*object, call.phase).into_iter().map(|(value, at)| (*object, value, at)))
    }

    /// Whether the role may do the same on every key of the source region, because nobody says which the clusters have.
    fn is_covered(&self, call: &Call, object: Object) -> bool {
        matches!(object, Object::SourceKey | Object::KeysAtSource)
            && matches!(self.statement.cluster_key, ClusterKey::Unknown)
            && may_on_every_key(call.action)
    }

    /// What an object of a phase comes to, with the destination that it is in.
    fn values(&self, object: Object, phase: Phase) -> Vec<(Value, Option<Destination<'a>>)> {
        let source = self.statement.source.region.node;
        let here = |values: Vec<Value>| values.into_iter().map(|value| (value, None)).collect();
        let there = |values: &dyn Fn(&'a Place) -> Vec<Value>| {
            let destinations = self.statement.destinations_of(phase);
            let values = |at: Destination<'a>| values(at.place).into_iter().map(move |value| (value, Some(at)));
            destinations.flat_map(values).collect()
        };
        match object {
            Object::Everything => here(vec![Value::text("*")]),
            Object::Clusters => {
                let names = self.statement.clusters.iter();
                here(names.map(|name| self.arns.rds(source, &format!("cluster:{}", name.node))).collect())
            }
            Object::AnyClusterAtSource => here(vec![self.arns.rds(source, "cluster:*")]),
            Object::AnyClusterAtDestination => there(&|place| vec![self.arns.rds(place.region.node, "cluster:*")]),
            Object::AnySnapshotAtSource => here(vec![self.arns.rds(source, "cluster-snapshot:*")]),
            Object::AnySnapshotAtDestination => {
                there(&|place| vec![self.arns.rds(place.region.node, "cluster-snapshot:*")])
            }
            Object::RestoredAtSource => here(self.restored(source)),
            Object::RestoredAtDestination => there(&|place| self.restored(place.region.node)),
            Object::SourceSnapshots => here(vec![self.snapshots(source)]),
            Object::DestinationSnapshots => there(&|place| vec![self.snapshots(place.region.node)]),
            Object::GroupsAtSource => here(self.groups(source)),
            Object::GroupsAtDestination => there(&|place| self.groups(place.region.node)),
            Object::SourceVault => here(vec![self.arns.vault(&self.statement.source)]),
            Object::DestinationVaults => there(&|place| vec![self.arns.vault(place)]),
            Object::ClusterKey | Object::UnknownClusterKey => here(self.cluster_key(object)),
            Object::SourceKey => here(vec![Arns::key_here(&self.statement.source.key.value)]),
            Object::DestinationKeys => {
                let key = &self.statement.source.key.value;
                there(&|place| vec![self.arns.key_there(key, place)])
            }
            Object::KeysAtSource => here(vec![self.arns.any_key(source)]),
            Object::KeysAtDestination => there(&|place| vec![self.arns.any_key(place.region.node)]),
        }
    }

    /// The key of the clusters, as the object that it is: known, or anybody's.
    fn cluster_key(&self, object: Object) -> Vec<Value> {
        match (&self.statement.cluster_key, object == Object::UnknownClusterKey) {
            (ClusterKey::Written(key), false) => vec![Arns::key_here(&key.value)],
            (ClusterKey::Unknown, true) => vec![Arns::key_of_anybody(self.statement.source.region.node)],
            (ClusterKey::Written(_), true) | (ClusterKey::Unknown, false) => Vec::new(),
        }
    }

    /// Snapshots whose names begin as AWS Backup's do; users cannot make such names.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/access-control.html>.
    fn snapshots(&self, region: &Region) -> Value {
        self.arns.rds(region, "cluster-snapshot:awsbackup:*")
    }

    fn restored(&self, region: &Region) -> Vec<Value> {
        let patterns = self.restore(region).into_iter().flat_map(|restore| &restore.patterns);
        patterns.map(|pattern| self.arns.rds(region, &format!("cluster:{pattern}"))).collect()
    }

    /// The groups that a restored cluster is put into. Aurora has default option groups only.
    ///
    /// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html>.
    fn groups(&self, region: &Region) -> Vec<Value> {
        let Some(restore) = self.restore(region) else { return Vec::new() };
        let name = |group: &Option<crate::spec::Chosen<String>>| {
            group.as_ref().map_or_else(|| "*".to_owned(), |group| group.value.clone())
        };
        vec![
            self.arns.rds(region, &format!("cluster-pg:{}", name(&restore.parameter_group))),
            self.arns.rds(region, "og:default:*"),
            self.arns.rds(region, &format!("subgrp:{}", name(&restore.subnet_group))),
        ]
    }

    fn restore(&self, region: &Region) -> Option<&'a Restore> {
        self.statement.restores.get(region.code)
    }
}

pub(super) fn applies(call: &Call, statement: &Statement) -> bool {
    let reaches = || statement.destinations_of(call.phase).next().is_some();
    (!call.phase.needs_destination() || reaches()) && (!statement.restores.is_empty() || !call.phase.needs_restore())
}

/// Whether an action is asked for on every key of the source region, in whatever circumstance, where nobody says which
/// the clusters have.
fn may_on_every_key(action: &str) -> bool {
    let on_every_key = |call: &Call| call.objects.contains(&Object::UnknownClusterKey);
    calls().any(|call| call.action == action && call.circumstance == Circumstance::Any && on_every_key(&call))
}
