//! A statement's backup plan, selection, role and policy.

use super::arns::{Arns, named};
use super::clause::Clauses;
use super::tags::Tags;
use super::{reason, role};
use crate::aws::name::{NameKind, short_hash};
use crate::aws::quota::LONGEST_RETENTION_DAYS;
use crate::cfn::backup::{
    BackupPlan, BackupPlanResourceType, BackupRule, BackupSelection, BackupSelectionResourceType, CopyAction, Lifecycle,
};
use crate::cfn::note::Note;
use crate::cfn::{LogicalId, Properties, Reference, Resource, Value};
use crate::spec::{Group, Place, Retention, Role, Rule, Statement};
use crate::time::lower::Expression;

/// Plan, selection, role and policy, in the order in which they depend on each other.
pub(super) fn resources(statement: &Statement, arns: &Arns<'_>) -> Vec<Resource> {
    let clauses = Clauses::new(statement);
    let mut resources = match &statement.role.value {
        Role::Made(_) => role::lower(statement, &clauses, arns),
        Role::Existing(_) => Vec::new(),
    };
    let policies = resources.iter().filter(|made| !matches!(made.properties, Properties::Role(_)));
    let policies: Vec<LogicalId> = policies.map(|policy| policy.id.clone()).collect();
    let plan = plan_id(statement);
    let (properties, notes) = backup_plan(statement, &clauses, arns);
    let origins = statement.rules.iter().map(|rule| clauses.rule(rule, &reason::PLAN)).collect();
    resources.push(Resource::new(plan.clone(), Properties::Plan(properties), origins, notes));
    // The conditions of a selection hold over all of its resources, so each group has its own.
    resources.extend(statement.groups.iter().map(|group| {
        let name = selection_name(statement, group);
        let id = LogicalId::new("Selection", &name);
        let properties = Properties::Selection(selection(statement, group, name, arns, plan.clone()));
        let origins = vec![clauses.target(group.kind.why.selection)];
        let selection = Resource::new(id, properties, origins, clauses.selection_notes(group));
        // AWS Backup tries the role when the selection is made, so its policies must be there.
        let waits = |selection: Resource, policy: &LogicalId| selection.after(policy.clone(), &reason::WAIT_FOR_POLICY);
        policies.iter().fold(selection, waits)
    }));
    resources
}

fn plan_id(statement: &Statement) -> LogicalId {
    LogicalId::new("Plan", &statement.plan.value)
}

fn backup_plan(statement: &Statement, clauses: &Clauses<'_>, arns: &Arns<'_>) -> (BackupPlan, Vec<Note>) {
    let mut notes = clauses.plan_notes();
    let mut rules = Vec::new();
    for rule in &statement.rules {
        for emitted in backup_rules(statement, rule, arns) {
            notes.extend(clauses.rule_notes(rule, &emitted, rules.len()));
            rules.push(emitted);
        }
    }
    let plan = BackupPlan {
        backup_plan: BackupPlanResourceType { backup_plan_name: statement.plan.value.clone(), backup_plan_rule: rules },
        backup_plan_tags: Tags::agreed([statement]).map(),
    };
    (plan, notes)
}

/// A vault as a plan names it, which must be there first.
fn vault(place: &Place, written: Value) -> Value {
    let name = place.vault.value.name().to_owned();
    Value::Reference(Reference::Vault { location: place.location(), name, written: Box::new(written) })
}

/// The rules that AWS needs for one rule of the spec: one for each cron expression.
fn backup_rules(statement: &Statement, rule: &Rule, arns: &Arns<'_>) -> Vec<BackupRule> {
    let source = &statement.source;
    let name = Value::Literal(source.vault.value.name().to_owned());
    rule.expressions
        .iter()
        .map(|expression| BackupRule {
            rule_name: rule_name(rule, expression),
            target_backup_vault: vault(source, name.clone()),
            schedule_expression: expression.cron.to_string(),
            schedule_expression_timezone: expression.timezone.clone(),
            start_window_minutes: rule.start_window.value,
            completion_window_minutes: rule.completion_window.value,
            lifecycle: source_lifecycle(rule.keep.value),
            copy_actions: rule
                .copies
                .iter()
                .map(|copy| CopyAction {
                    destination_backup_vault_arn: vault(&copy.place, arns.vault(&copy.place)),
                    lifecycle: copy_lifecycle(copy.keep.value),
                })
                .collect(),
            recovery_point_tags: Tags::agreed([statement]).map(),
        })
        .collect()
}

/// A rule's name; where AWS needs several rules, each ends with the times that it covers, and with
/// a hash of its expression where two cover the same times on different days.
fn rule_name(rule: &Rule, expression: &Expression) -> String {
    let name = &rule.name.value;
    if rule.expressions.len() == 1 {
        return name.clone();
    }
    let times: Vec<String> =
        expression.times.iter().map(|time| format!("{:02}{:02}", time.hour(), time.minute())).collect();
    let same_times = rule.expressions.iter().filter(|other| other.times == expression.times).count() > 1;
    let days = if same_times { format!("-{}", short_hash(&expression.cron.to_string())) } else { String::new() };
    NameKind::Rule.shorten(&format!("{name}-at-{}{days}", times.join("-")))
}

fn source_lifecycle(keep: Retention) -> Option<Lifecycle> {
    match keep {
        Retention::Days(days) => Some(Lifecycle { delete_after_days: days }),
        Retention::Forever => None,
    }
}

/// A copy without a lifecycle of its own takes that of its source, so `forever` is written as the
/// longest retention there is.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html>.
fn copy_lifecycle(keep: Retention) -> Lifecycle {
    source_lifecycle(keep).unwrap_or(Lifecycle { delete_after_days: LONGEST_RETENTION_DAYS })
}

/// The name of a group's selection: the statement's, and the kind where there are several.
fn selection_name(statement: &Statement, group: &Group) -> String {
    let name = &statement.selection.value;
    if statement.groups.len() == 1 {
        return name.clone();
    }
    NameKind::Selection.shorten(&format!("{name}-{}", group.kind.words.plural))
}

fn selection(
    statement: &Statement,
    group: &Group,
    selection_name: String,
    arns: &Arns<'_>,
    plan: LogicalId,
) -> BackupSelection {
    let region = statement.source.region.node;
    let names = group.names.iter();
    BackupSelection {
        backup_plan_id: Value::Ref(plan),
        backup_selection: BackupSelectionResourceType {
            selection_name,
            iam_role_arn: named(&statement.role.value, |_| Value::Attribute(role::role_id(statement), "Arn")),
            resources: names.map(|name| arns.of(group.kind.arns.resource, region, &name.node)).collect(),
        },
    }
}
