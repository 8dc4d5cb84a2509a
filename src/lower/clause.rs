//! The clauses of a statement as origins: what each emitted part of it was asked for by.

use std::sync::Arc;

use super::role::text;
use super::tags::Tags;
use crate::aws::call::{Call, Object, Phase};
use crate::cfn::Value;
use crate::cfn::backup::BackupRule;
use crate::cfn::note::{Note, Path, notes};
use crate::origin::{Origin, Reason};
use crate::spec::destination::Destination;
use crate::spec::{Chosen, ClusterKey, Copy, Level, Restore, Rule, Statement};
use crate::time::lower::Clock;

/// Writes origins for one statement.
#[derive(Debug)]
pub(super) struct Clauses<'a> {
    statement: &'a Statement,
    name: Arc<str>,
    from: Arc<str>,
    restore: Arc<str>,
}

impl<'a> Clauses<'a> {
    pub(super) fn new(statement: &'a Statement) -> Self {
        Self {
            statement,
            name: format!("backup {}", statement.name).into(),
            from: format!("backup {} / from {}", statement.name, statement.source.region.node.code).into(),
            restore: format!("backup {} / restore", statement.name).into(),
        }
    }

    /// What is backed up.
    pub(super) fn target(&self, reason: Reason) -> Origin {
        Origin::new(self.name.clone(), self.statement.target, Level::Statement, reason)
    }

    /// The role, wherever its name was decided.
    pub(super) fn role(&self, reason: Reason) -> Origin {
        self.chosen(&self.statement.role, reason)
    }

    /// A rule as a whole.
    pub(super) fn rule(&self, rule: &Rule, reason: Reason) -> Origin {
        Origin::new(self.of_rule(rule), rule.span, Level::Statement, reason)
    }

    fn of_rule(&self, rule: &Rule) -> Arc<str> {
        format!("{} / {}", self.name, rule.name.value).into()
    }

    fn chosen<T>(&self, value: &Chosen<T>, reason: Reason) -> Origin {
        Origin::new(self.name.clone(), value.span, value.level, reason)
    }

    fn source<T>(&self, value: &Chosen<T>, reason: Reason) -> Origin {
        Origin::new(self.from.clone(), value.span, value.level, reason)
    }

    fn destination(&self, destination: Destination<'_>, reason: Reason) -> Origin {
        Origin::new(self.of_destination(destination), destination.span, destination.level, reason)
    }

    /// The words of a destination's clause.
    pub(super) fn of_destination(&self, destination: Destination<'_>) -> Arc<str> {
        format!("{} / {} {}", self.name, destination.clause(), destination.place.region.node.code).into()
    }

    fn restored<T>(&self, value: &Chosen<T>, reason: Reason) -> Origin {
        Origin::new(self.restore.clone(), value.span, value.level, reason)
    }

    /// Notes on a plan's own properties.
    pub(super) fn plan_notes(&self) -> Vec<Note> {
        let origin = self.chosen(&self.statement.plan, Reason::PlanName);
        let mut all = notes(&origin, &[("Properties.BackupPlan.BackupPlanName", Reason::PlanName)]);
        all.extend(Tags::agreed([self.statement]).map_notes(Path::new("Properties.BackupPlanTags"), Reason::Tags));
        all
    }

    /// Notes on the rule that stands at `index` in its plan.
    pub(super) fn rule_notes(&self, rule: &Rule, emitted: &BackupRule, index: usize) -> Vec<Note> {
        let clause = self.of_rule(rule);
        let mut notes = Vec::with_capacity(12 + 3 * rule.copies.len());
        let mut note = |pattern, span, level, reason| {
            notes.push(Note::new(Path::new(pattern).outer(index), Origin::new(clause.clone(), span, level, reason)));
        };
        let zoned = emitted.schedule_expression_timezone.is_some();
        let schedule = if zoned { Reason::ScheduleInZone } else { Reason::ScheduleUtc };
        let (name, keep) = (&rule.name, &rule.keep);
        let (start, completion) = (&rule.start_window, &rule.completion_window);
        note(RULE, rule.span, Level::Statement, Reason::Plan);
        if emitted.rule_name != name.value {
            note(RULE, rule.schedule.span, Level::Rule, Reason::SeveralRules);
        }
        note("Properties.BackupPlan.BackupPlanRule[].RuleName", name.span, name.level, Reason::RuleName);
        // A zone that was insisted on is the doing of `schedule in zone`, any other of the schedule.
        let insisted = rule.clock.value == Clock::Zone;
        let decided = if insisted { (rule.clock.span, rule.clock.level) } else { (rule.schedule.span, Level::Rule) };
        note(SCHEDULE, decided.0, decided.1, schedule);
        if zoned {
            note(TIMEZONE, decided.0, decided.1, schedule);
        }
        note(START_WINDOW, start.span, start.level, Reason::StartWindow);
        note(COMPLETION_WINDOW, completion.span, completion.level, Reason::CompletionWindow);
        match emitted.lifecycle {
            Some(_) => note(DELETION, keep.span, keep.level, Reason::Lifecycle),
            None => note(RULE, keep.span, keep.level, Reason::KeptForever),
        }
        let tags = Path::new("Properties.BackupPlan.BackupPlanRule[].RecoveryPointTags").outer(index);
        notes.extend(Tags::agreed([self.statement]).map_notes(tags, Reason::Tags));
        let vault = &self.statement.source.vault;
        let target = Path::new("Properties.BackupPlan.BackupPlanRule[].TargetBackupVault").outer(index);
        notes.push(Note::new(target, self.source(vault, Reason::TargetVault)));
        for (number, copy) in rule.copies.iter().enumerate() {
            notes.extend(self.copy_notes(copy, index, number));
        }
        notes
    }

    fn copy_notes(&self, copy: &Copy, rule: usize, index: usize) -> [Note; 3] {
        let clause = self.of_destination(copy.into());
        let at = |pattern| Path::new(pattern).outer(rule).inner(index);
        let (vault, keep) = (&copy.place.vault, &copy.keep);
        let lifecycle = match keep.value {
            crate::spec::Retention::Days(_) => Reason::CopyLifecycle,
            crate::spec::Retention::Forever => Reason::CopyKeptForever,
        };
        let origin = |span, level, reason| Origin::new(clause.clone(), span, level, reason);
        [
            Note::new(at(COPY), origin(copy.span, copy.level, Reason::Copy)),
            Note::new(at(COPY_DESTINATION), origin(vault.span, vault.level, Reason::CopyDestination)),
            Note::new(at(COPY_DELETION), origin(keep.span, keep.level, lifecycle)),
        ]
    }

    /// Notes on a selection's properties.
    pub(super) fn selection_notes(&self) -> Vec<Note> {
        let name = self.chosen(&self.statement.selection, Reason::SelectionName);
        let mut all = vec![
            Note::new(Path::new("Properties.BackupPlanId"), self.target(Reason::SelectionPlan)),
            Note::new(Path::new("Properties.BackupSelection.SelectionName"), name),
            Note::new(Path::new("Properties.BackupSelection.IamRoleArn"), self.role(Reason::SelectionRole)),
        ];
        let resources = Path::new(SELECTED);
        all.extend(self.statement.clusters.iter().enumerate().map(|(number, cluster)| {
            let origin = Origin::new(self.name.clone(), cluster.span, Level::Statement, Reason::SelectedCluster);
            Note::new(resources.outer(number), origin)
        }));
        all
    }

    /// The clauses that made a call necessary.
    pub(super) fn call(&self, call: &Call) -> Vec<Origin> {
        let statement = self.statement;
        let source = statement.source.region.node.code;
        let restores = |at_source: bool| {
            let regions = statement.restores.iter().filter(move |(region, _)| (**region == source) == at_source);
            regions.map(|(_, restore)| self.restored(&restore.pattern, call.reason)).collect()
        };
        match call.phase {
            Phase::Discover => vec![self.target(call.reason)],
            Phase::BackUp => vec![Origin::new(self.from.clone(), statement.from, Level::Statement, call.reason)],
            Phase::CopyOut | Phase::CopyBack => {
                let destinations = statement.destinations_of(call.phase);
                destinations.map(|destination| self.destination(destination, call.reason)).collect()
            }
            Phase::Expire => {
                let kept = |rule: &Rule| Origin::new(self.of_rule(rule), rule.keep.span, rule.keep.level, call.reason);
                let former = statement.former.iter().map(|former| self.destination(former.into(), call.reason));
                statement.rules.iter().map(kept).chain(former).collect()
            }
            Phase::RestoreAtSource => restores(true),
            Phase::RestoreAtDestination => restores(false),
        }
    }

    /// The clause that named a resource of the role's policy, and why it is as wide as it is.
    pub(super) fn object(&self, object: Object, destination: Option<Destination<'_>>, value: &Value) -> Origin {
        let source = &self.statement.source;
        let place = destination.map_or(source, |destination| destination.place);
        let level = destination.map_or(Level::Statement, |destination| destination.level);
        let restore = self.statement.restores.get(place.region.node.code);
        let at_place = |span, level, reason| match destination {
            Some(destination) => Origin::new(self.of_destination(destination), span, level, reason),
            None => Origin::new(self.from.clone(), span, level, reason),
        };
        match object {
            Object::Everything => self.target(Reason::EverythingOnly),
            Object::Clusters => self.target(Reason::BackedUpCluster),
            Object::AnyClusterAtSource | Object::AnySnapshotAtSource => {
                at_place(self.statement.from, Level::Statement, Reason::ReadResources)
            }
            Object::AnyClusterAtDestination | Object::AnySnapshotAtDestination => {
                at_place(place.region.span, level, Reason::ReadResources)
            }
            Object::RestoredAtSource | Object::RestoredAtDestination => match restore {
                Some(restore) => self.restored(&restore.pattern, Reason::RestoredCluster),
                None => self.target(Reason::RestoredCluster),
            },
            Object::GroupsAtSource | Object::GroupsAtDestination => self.group(restore, value),
            Object::SourceSnapshots => at_place(self.statement.from, Level::Statement, Reason::SnapshotsAtSource),
            Object::DestinationSnapshots => at_place(place.region.span, level, Reason::SnapshotsAtDestination),
            Object::SourceVault => at_place(place.vault.span, place.vault.level, Reason::SourceVaultArn),
            Object::DestinationVaults => at_place(place.vault.span, place.vault.level, Reason::DestinationVaultArn),
            Object::ClusterKey => match &self.statement.cluster_key {
                ClusterKey::Written(key) => self.chosen(key, Reason::ClusterKeyArn),
                ClusterKey::Unknown => self.target(Reason::UnknownClusterKeyArn),
            },
            Object::UnknownClusterKey => self.target(Reason::UnknownClusterKeyArn),
            Object::SourceKey => self.source(&source.key, Reason::SourceKeyArn),
            Object::DestinationKeys => at_place(place.key.span, place.key.level, Reason::DestinationKeyArn),
            Object::KeysAtSource | Object::KeysAtDestination => {
                at_place(place.region.span, level, Reason::ManagedKeyArn)
            }
        }
    }

    /// The clause that named a group, or left it open.
    fn group(&self, restore: Option<&Restore>, value: &Value) -> Origin {
        let is = |kind: &str| text(value).is_some_and(|arn| arn.contains(kind));
        let named = restore.and_then(|restore| match () {
            () if is(":subgrp:") => restore.subnet_group.as_ref(),
            () if is(":cluster-pg:") => restore.parameter_group.as_ref(),
            () => None,
        });
        match (named, restore) {
            (Some(group), _) => self.restored(group, Reason::RestoreGroups),
            (None, Some(restore)) => self.restored(&restore.pattern, Reason::RestoreGroups),
            (None, None) => self.target(Reason::RestoreGroups),
        }
    }
}

/// A rule of a plan.
pub(super) const RULE: &str = "Properties.BackupPlan.BackupPlanRule[]";
const SCHEDULE: &str = "Properties.BackupPlan.BackupPlanRule[].ScheduleExpression";
const TIMEZONE: &str = "Properties.BackupPlan.BackupPlanRule[].ScheduleExpressionTimezone";
const START_WINDOW: &str = "Properties.BackupPlan.BackupPlanRule[].StartWindowMinutes";
const COMPLETION_WINDOW: &str = "Properties.BackupPlan.BackupPlanRule[].CompletionWindowMinutes";
const DELETION: &str = "Properties.BackupPlan.BackupPlanRule[].Lifecycle.DeleteAfterDays";
/// A copy of a rule.
pub(super) const COPY: &str = "Properties.BackupPlan.BackupPlanRule[].CopyActions[]";
const COPY_DESTINATION: &str = "Properties.BackupPlan.BackupPlanRule[].CopyActions[].DestinationBackupVaultArn";
const COPY_DELETION: &str = "Properties.BackupPlan.BackupPlanRule[].CopyActions[].Lifecycle.DeleteAfterDays";
/// A cluster of a selection.
pub(super) const SELECTED: &str = "Properties.BackupSelection.Resources[]";
