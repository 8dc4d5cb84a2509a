//! The clauses of a statement as origins: what each emitted part of it was asked for by.

use std::sync::Arc;

use super::reason;
use super::tags::Tags;
use crate::cfn::backup::BackupRule;
use crate::cfn::note::{Note, Path, notes};
use crate::kind::call::{Call, Leg, Phase};
use crate::kind::every::SELECTED_RESOURCE;
use crate::origin::Origin;
use crate::reason::Reason;
use crate::spec::destination::Destination;
use crate::spec::placement::Use;
use crate::spec::{Chosen, Copy, Group, Level, Rule, Statement};
use crate::time::lower::Clock;

/// The words of the clause that names a place.
pub(super) fn of_use(used: &Use<'_>) -> String {
    format!("backup {} / {} {}", used.statement.name.value, used.clause(), used.place().region.node.code)
}

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
            name: format!("backup {}", statement.name.value).into(),
            from: format!("backup {} / from {}", statement.name.value, statement.source.region.node.code).into(),
            restore: format!("backup {} / restore", statement.name.value).into(),
        }
    }

    /// What is backed up.
    pub(super) fn target(&self, reason: &'static Reason) -> Origin {
        Origin::new(self.name.clone(), self.statement.target, Level::Statement, reason)
    }

    /// The role, wherever its name was decided.
    pub(super) fn role(&self, reason: &'static Reason) -> Origin {
        self.chosen(&self.statement.role, reason)
    }

    /// A rule as a whole.
    pub(super) fn rule(&self, rule: &Rule, reason: &'static Reason) -> Origin {
        Origin::new(self.of_rule(rule), rule.span, Level::Statement, reason)
    }

    fn of_rule(&self, rule: &Rule) -> Arc<str> {
        format!("{} / {}", self.name, rule.name.value).into()
    }

    pub(super) fn chosen<T>(&self, value: &Chosen<T>, reason: &'static Reason) -> Origin {
        Origin::new(self.name.clone(), value.span, value.level, reason)
    }

    fn destination(&self, destination: Destination<'_>, reason: &'static Reason) -> Origin {
        Origin::new(self.of_destination(destination), destination.span, destination.level, reason)
    }

    /// The words of a destination's clause.
    pub(super) fn of_destination(&self, destination: Destination<'_>) -> Arc<str> {
        of_use(&Use { statement: self.statement, destination: Some(destination) }).into()
    }

    pub(super) fn restored<T>(&self, value: &Chosen<T>, reason: &'static Reason) -> Origin {
        Origin::new(self.restore.clone(), value.span, value.level, reason)
    }

    /// Notes on a plan's own properties.
    pub(super) fn plan_notes(&self) -> Vec<Note> {
        let origin = self.chosen(&self.statement.plan, &reason::PLAN_NAME);
        let mut all = notes(&origin, &[("Properties.BackupPlan.BackupPlanName", &reason::PLAN_NAME)]);
        all.extend(Tags::agreed([self.statement]).map_notes(Path::new("Properties.BackupPlanTags"), &reason::TAGS));
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
        let schedule = if zoned { &reason::SCHEDULE_IN_ZONE } else { &reason::SCHEDULE_UTC };
        let (name, keep) = (&rule.name, &rule.keep);
        let (start, completion) = (&rule.start_window, &rule.completion_window);
        note(RULE, rule.span, Level::Statement, &reason::PLAN);
        if emitted.rule_name != name.value {
            note(RULE, rule.schedule.span, Level::Rule, &reason::SEVERAL_RULES);
        }
        note("Properties.BackupPlan.BackupPlanRule[].RuleName", name.span, name.level, &reason::RULE_NAME);
        // A zone that was insisted on is the doing of `schedule in zone`, any other of the schedule.
        let insisted = rule.clock.value == Clock::Zone;
        let decided = if insisted { (rule.clock.span, rule.clock.level) } else { (rule.schedule.span, Level::Rule) };
        note(SCHEDULE, decided.0, decided.1, schedule);
        if zoned {
            note(TIMEZONE, decided.0, decided.1, schedule);
        }
        note(START_WINDOW, start.span, start.level, &reason::START_WINDOW);
        note(COMPLETION_WINDOW, completion.span, completion.level, &reason::COMPLETION_WINDOW);
        match emitted.lifecycle {
            Some(_) => note(DELETION, keep.span, keep.level, &reason::LIFECYCLE),
            None => note(RULE, keep.span, keep.level, &reason::KEPT_FOREVER),
        }
        let tags = Path::new("Properties.BackupPlan.BackupPlanRule[].RecoveryPointTags").outer(index);
        notes.extend(Tags::agreed([self.statement]).map_notes(tags, &reason::TAGS));
        let vault = &self.statement.source.vault;
        let target = Path::new("Properties.BackupPlan.BackupPlanRule[].TargetBackupVault").outer(index);
        notes.push(Note::new(target, self.at_place(None, vault, &reason::TARGET_VAULT)));
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
            crate::spec::Retention::Days(_) => &reason::COPY_LIFECYCLE,
            crate::spec::Retention::Forever => &reason::COPY_KEPT_FOREVER,
        };
        let origin = |span, level, reason| Origin::new(clause.clone(), span, level, reason);
        [
            Note::new(at(COPY), origin(copy.span, copy.level, &reason::COPY)),
            Note::new(at(COPY_DESTINATION), origin(vault.span, vault.level, &reason::COPY_DESTINATION)),
            Note::new(at(COPY_DELETION), origin(keep.span, keep.level, lifecycle)),
        ]
    }

    /// Notes on a selection's properties.
    pub(super) fn selection_notes(&self, group: &Group) -> Vec<Note> {
        let name = self.chosen(&self.statement.selection, &reason::SELECTION_NAME);
        let mut all = vec![
            Note::new(Path::new("Properties.BackupPlanId"), self.target(&reason::SELECTION_PLAN)),
            Note::new(Path::new("Properties.BackupSelection.SelectionName"), name),
            Note::new(Path::new("Properties.BackupSelection.IamRoleArn"), self.role(&reason::SELECTION_ROLE)),
        ];
        let resources = Path::new(SELECTED);
        all.extend(group.names.iter().enumerate().map(|(number, resource)| {
            let origin = Origin::new(self.name.clone(), resource.span, Level::Statement, &SELECTED_RESOURCE);
            Note::new(resources.outer(number), origin)
        }));
        all
    }

    /// The clauses that made a call necessary on a leg.
    pub(super) fn call(&self, call: &Call, leg: &Leg<Option<Destination<'_>>>) -> Vec<Origin> {
        let statement = self.statement;
        match call.phase {
            Phase::Discover => vec![self.target(call.why)],
            Phase::BackUp => vec![self.at_region(None, call.why)],
            Phase::Copy => {
                let ends = [leg.from, leg.to].into_iter().flatten();
                ends.map(|destination| self.destination(destination, call.why)).collect()
            }
            // Where copies expire follows from the same clauses as that they do.
            Phase::Expire if leg.from.is_some() => Vec::new(),
            Phase::Expire => {
                let kept = |rule: &Rule| Origin::new(self.of_rule(rule), rule.keep.span, rule.keep.level, call.why);
                let former = statement.former.iter().map(|former| self.destination(former.into(), call.why));
                statement.rules.iter().map(kept).chain(former).collect()
            }
            Phase::Restore => {
                let place = leg.from.map_or(&statement.source, |destination| destination.place);
                let restores = statement.restores_in(place.region.node);
                restores.map(|(_, restore)| self.restored(&restore.pattern, call.why)).collect()
            }
        }
    }

    /// The clause that named the region of a place.
    pub(super) fn at_region(&self, at: Option<Destination<'_>>, reason: &'static Reason) -> Origin {
        match at {
            Some(at) => Origin::new(self.of_destination(at), at.place.region.span, at.level, reason),
            None => Origin::new(self.from.clone(), self.statement.from, Level::Statement, reason),
        }
    }

    /// The clause that chose something of a place.
    pub(super) fn at_place<T>(
        &self,
        at: Option<Destination<'_>>,
        value: &Chosen<T>,
        reason: &'static Reason,
    ) -> Origin {
        let clause = at.map_or_else(|| self.from.clone(), |destination| self.of_destination(destination));
        Origin::new(clause, value.span, value.level, reason)
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
/// A resource of a selection.
pub(super) const SELECTED: &str = "Properties.BackupSelection.Resources[]";
