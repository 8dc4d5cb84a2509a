//! A statement's backup plan, selection, role and policy.

use std::collections::BTreeMap;

use super::arns::Arns;
use super::{role, vault};
use crate::aws::name::NameKind;
use crate::aws::quota::LONGEST_RETENTION_DAYS;
use crate::cfn::backup::{
    BackupPlan, BackupPlanResourceType, BackupRule, BackupSelection, BackupSelectionResourceType, CopyAction, Lifecycle,
};
use crate::cfn::{LogicalId, Properties, Resource, Value};
use crate::origin::{Origin, Reason};
use crate::spec::{Chosen, Level, Retention, Rule, Statement, System};
use crate::time::lower::{Expression, lower};

/// Where the source vault is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vaults {
    /// In the stack of the plan.
    SameStack,
    /// In another stack of the region.
    OtherStack,
}

/// Plan, selection, role and policy, in the order in which they depend on each other.
pub(super) fn resources(system: &System, statement: &Statement, arns: &Arns<'_>, vaults: Vaults) -> Vec<Resource> {
    let role::Lowered { mut resources, policies } = role::lower(statement, arns);
    let plan = plan_id(statement);
    resources.push(Resource {
        id: plan.clone(),
        properties: Properties::Plan(backup_plan(system, statement, arns, vaults)),
        depends_on: Vec::new(),
        origins: statement.rules.iter().map(|rule| rule_origin(statement, rule)).collect(),
    });
    resources.push(Resource {
        id: LogicalId::new("Selection", &statement.selection.value),
        properties: Properties::Selection(selection(statement, arns, plan)),
        // AWS Backup tries the role when the selection is made, so its policies must be there.
        depends_on: policies,
        origins: vec![Origin::new(
            format!("backup {}", statement.name),
            statement.target,
            Level::Statement,
            Reason::Selection,
        )],
    });
    resources
}

fn plan_id(statement: &Statement) -> LogicalId {
    LogicalId::new("Plan", &statement.plan.value)
}

fn rule_origin(statement: &Statement, rule: &Rule) -> Origin {
    Origin::new(format!("backup {} / {}", statement.name, rule.name.value), rule.span, Level::Statement, Reason::Plan)
}

fn backup_plan(system: &System, statement: &Statement, arns: &Arns<'_>, vaults: Vaults) -> BackupPlan {
    let vault = source_vault(system, statement, vaults);
    BackupPlan {
        backup_plan: BackupPlanResourceType {
            backup_plan_name: statement.plan.value.clone(),
            backup_plan_rule: statement
                .rules
                .iter()
                .flat_map(|rule| backup_rules(statement, rule, &vault, arns))
                .collect(),
        },
        backup_plan_tags: tags(statement),
    }
}

fn source_vault(system: &System, statement: &Statement, vaults: Vaults) -> Value {
    let place = &statement.source;
    let here = vaults == Vaults::SameStack && vault::is_in_source_stack(system, place.region.node, &place.vault.value);
    if here { Value::Ref(vault::vault_id(&place.vault.value)) } else { Value::Literal(place.vault.value.clone()) }
}

/// The rules that AWS needs for one rule of the spec: one for each cron expression.
fn backup_rules(statement: &Statement, rule: &Rule, vault: &Value, arns: &Arns<'_>) -> Vec<BackupRule> {
    let expressions = lower(&rule.schedule.node);
    let several = expressions.len() > 1;
    expressions
        .into_iter()
        .map(|expression| BackupRule {
            rule_name: rule_name(&rule.name, &expression, several),
            target_backup_vault: vault.clone(),
            schedule_expression: expression.cron,
            schedule_expression_timezone: expression.timezone,
            start_window_minutes: rule.start_window.value,
            completion_window_minutes: rule.completion_window.value,
            lifecycle: source_lifecycle(rule.keep.value),
            copy_actions: rule
                .copies
                .iter()
                .map(|copy| CopyAction {
                    destination_backup_vault_arn: arns.vault(&copy.place),
                    lifecycle: copy_lifecycle(copy.keep.value),
                })
                .collect(),
            recovery_point_tags: tags(statement),
        })
        .collect()
}

/// A rule's name; where AWS needs several rules, each ends with the times that it covers.
fn rule_name(name: &Chosen<String>, expression: &Expression, several: bool) -> String {
    if !several {
        return name.value.clone();
    }
    let times: Vec<String> =
        expression.times.iter().map(|time| format!("{:02}{:02}", time.hour, time.minute)).collect();
    NameKind::Rule.shorten(&format!("{}-at-{}", name.value, times.join("-")))
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
    match keep {
        Retention::Days(days) => Lifecycle { delete_after_days: days },
        Retention::Forever => Lifecycle { delete_after_days: LONGEST_RETENTION_DAYS },
    }
}

fn selection(statement: &Statement, arns: &Arns<'_>, plan: LogicalId) -> BackupSelection {
    let region = statement.source.region.node;
    BackupSelection {
        backup_plan_id: Value::Ref(plan),
        backup_selection: BackupSelectionResourceType {
            selection_name: statement.selection.value.clone(),
            iam_role_arn: Value::Attribute(role::role_id(statement), "Arn"),
            resources: statement
                .clusters
                .iter()
                .map(|cluster| arns.rds(region, &format!("cluster:{}", cluster.node)))
                .collect(),
        },
    }
}

fn tags(statement: &Statement) -> BTreeMap<String, String> {
    statement.tags.iter().map(|tag| (tag.key.clone(), tag.value.clone())).collect()
}
