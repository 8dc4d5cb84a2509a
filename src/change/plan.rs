//! Backup plans as templates say them: when they run, where to, how long what they make is kept, and for whom.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::aws::region;
use crate::cfn::read::Node;
use crate::prove::request::component;
use crate::time::cron;
use crate::time::length::Minutes;
use crate::time::plan::{CopyTo, Retention, TimedRule, Windows};
use crate::time::schedule::Schedule;
use crate::time::zone::{self, Zone};

use super::deployed::State;
use super::resource::{Identity, Resource, referenced, unknown};

/// Minutes within which AWS Backup starts and completes a job where a rule says nothing.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html>.
const DEFAULT_WINDOWS: [i64; 2] = [8 * 60, 7 * 24 * 60];

/// A backup vault by what identifies it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VaultId {
    /// Its account.
    pub account: String,
    /// Code of its region.
    pub region: String,
    /// Its name.
    pub name: String,
}

impl VaultId {
    fn of_arn(arn: &str) -> Option<Self> {
        let name = component(arn, 5)?.strip_prefix("backup-vault:")?;
        let [account, region] = [4, 3].map(|index| component(arn, index).map(str::to_owned));
        Some(Self { account: account?, region: region?, name: name.to_owned() })
    }
}

/// A backup plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its position among the resources of its side.
    pub resource: usize,
    /// Code of its region, where what it backs up is.
    pub region: &'static str,
    /// Its name.
    pub name: String,
    /// Its rules.
    pub rules: Vec<PlanRule>,
    /// What it is for.
    pub selections: Vec<Selection>,
}

/// A selection of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The ARN of the role, where it is known.
    pub role: Option<String>,
    /// The role's position among the resources of its side, where that makes it and the selection refers to it.
    pub role_made: Option<usize>,
    /// The ARNs and patterns that it names.
    pub resources: Vec<String>,
    /// What it chooses by beside names: tags, conditions and exceptions, as JSON.
    pub conditions: Vec<String>,
}

/// A rule of a plan.
#[derive(Clone, Debug)]
pub struct PlanRule {
    /// Its name.
    pub name: String,
    /// Where its recovery points lie.
    pub vault: Option<VaultId>,
    /// When it runs, as AWS reads it.
    pub expression: String,
    /// The zone that it is read in.
    pub timezone: String,
    /// The same as a schedule, where it is one of AWS's cron.
    pub schedule: Option<Schedule>,
    /// The clock that the spec has it by.
    pub clock: Option<Zone>,
    /// Minutes within which a job starts, and then completes.
    pub windows: [i64; 2],
    /// How long its recovery points are kept; none, where only AWS knows.
    pub keep: Option<Retention>,
    /// Where they are copied.
    pub copies: Vec<PlanCopy>,
}

/// A copy action of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanCopy {
    /// Where to; none, where only AWS knows.
    pub vault: Option<VaultId>,
    /// How long copies are kept; none, where only AWS knows.
    pub keep: Option<Retention>,
}

/// Every plan of a side, by name.
pub fn plans(state: &State<'_>) -> Vec<Plan> {
    let mut selections: HashMap<usize, Vec<Selection>> = HashMap::new();
    for resource in state.of_kind("AWS::Backup::BackupSelection") {
        let ids = resource.written("BackupPlanId").map(referenced).unwrap_or_default();
        let plan = ids.iter().find_map(|id| state.find(resource.stack, id));
        if let Some((plan, selection)) = plan.zip(selection(state, resource)) {
            selections.entry(plan).or_default().push(selection);
        }
    }
    let all = state.resources.iter().enumerate().filter(|(_, resource)| resource.kind == "AWS::Backup::BackupPlan");
    all.filter_map(|(at, resource)| plan(state, at, resource, selections.remove(&at).unwrap_or_default())).collect()
}

/// The vaults and roles that plans use and that no stack of their side makes.
pub(super) fn existing(state: &State<'_>, plans: &[Plan]) -> BTreeSet<Identity> {
    let made: BTreeSet<VaultId> = state.vaults().map(|(vault, _)| vault).collect();
    let rules = plans.iter().flat_map(|plan| &plan.rules);
    let vaults =
        rules.flat_map(|rule| rule.vault.iter().chain(rule.copies.iter().filter_map(|copy| copy.vault.as_ref())));
    let vaults = vaults.filter(|vault| !made.contains(vault)).filter_map(|vault| {
        let (kind, region) = ("AWS::Backup::BackupVault".to_owned(), region::find(&vault.region)?.code);
        Some(Identity { kind, account: vault.account.clone(), region, names: vec![vault.name.clone()] })
    });
    let made: BTreeSet<String> = state.roles().map(|(role, _)| role).collect();
    let selections = plans.iter().flat_map(|plan| &plan.selections).filter(|selection| selection.role_made.is_none());
    let named = selections.filter_map(|selection| selection.role.as_ref()).filter(|role| !made.contains(*role));
    let named = named.filter_map(|role| {
        let (account, name) = (component(role, 4)?.to_owned(), role.rsplit('/').next()?.to_owned());
        Some(Identity { kind: "AWS::IAM::Role".to_owned(), account, region: "", names: vec![name] })
    });
    vaults.chain(named).collect()
}

fn plan(state: &State<'_>, at: usize, resource: &Resource<'_>, selections: Vec<Selection>) -> Option<Plan> {
    let stack = state.stack(resource)?;
    let body = resource.properties.get("BackupPlan")?;
    let here =
        |name: &str| VaultId { account: stack.account.clone(), region: stack.region.to_owned(), name: name.to_owned() };
    let rules = body.get("BackupPlanRule").map_or(&[][..], Node::items);
    let rules = rules.iter().map(|node| rule(node, node.get("TargetBackupVault").and_then(Node::text).map(here)));
    let name = resource.name();
    let rules = rules.map(|rule| PlanRule { clock: state.clock(&name, &rule.name).cloned(), ..rule });
    Some(Plan { resource: at, rules: rules.collect(), region: stack.region, name, selections })
}

fn selection(state: &State<'_>, resource: &Resource<'_>) -> Option<Selection> {
    let role_made = state.made_by(resource, &["BackupSelection", "IamRoleArn"]);
    let body = resource.properties.get("BackupSelection")?;
    let texts = |key: &str| body.get(key).map_or(&[][..], Node::items).iter().filter_map(Node::text).map(str::to_owned);
    let chosen = ["Conditions", "ListOfTags", "NotResources"].iter().filter_map(|key| body.get(key));
    let conditions = chosen.map(|value| Value::from(value).to_string()).collect();
    let role = body.get("IamRoleArn").and_then(Node::text).map(str::to_owned);
    Some(Selection { role, role_made, resources: texts("Resources").collect(), conditions })
}

fn rule(node: &Node<'_>, vault: Option<VaultId>) -> PlanRule {
    let text = |key: &str| node.get(key).and_then(Node::text).map(str::to_owned);
    let minutes = |key: &str, default: i64| number(node, key).unwrap_or(default);
    let [start, completion] = DEFAULT_WINDOWS;
    let (expression, timezone) = (text("ScheduleExpression").unwrap_or_default(), text("ScheduleExpressionTimezone"));
    let timezone = timezone.unwrap_or_else(|| "UTC".to_owned());
    let copies = node.get("CopyActions").map_or(&[][..], Node::items).iter().map(|copy| PlanCopy {
        vault: copy.get("DestinationBackupVaultArn").and_then(Node::text).and_then(VaultId::of_arn),
        keep: keep(copy),
    });
    PlanRule {
        name: text("RuleName").unwrap_or_default(),
        vault,
        schedule: schedule(&expression, &timezone),
        clock: None,
        expression,
        timezone,
        windows: [minutes("StartWindowMinutes", start), minutes("CompletionWindowMinutes", completion)],
        keep: keep(node),
        copies: copies.collect(),
    }
}

/// The retention that a rule or a copy action says.
fn keep(node: &Node<'_>) -> Option<Retention> {
    let lifecycle = node.get("Lifecycle");
    if lifecycle.is_some_and(|lifecycle| unknown(lifecycle).is_some()) {
        return None;
    }
    let days = lifecycle.and_then(|lifecycle| number(lifecycle, "DeleteAfterDays"));
    Some(days.and_then(|days| u32::try_from(days).ok()).map_or(Retention::Forever, Retention::Days))
}

fn number(node: &Node<'_>, key: &str) -> Option<i64> {
    node.get(key)?.scalar()?.parse().ok()
}

fn schedule(expression: &str, timezone: &str) -> Option<Schedule> {
    let fields = expression.strip_prefix("cron(")?.strip_suffix(')')?;
    let zone = if timezone == "UTC" { Zone::utc() } else { zone::find(timezone).zone()? };
    Some(Schedule::cron(cron::parse(fields).ok()?, zone))
}

impl PlanRule {
    /// The rule as its runs and recovery points are reckoned; copies of which nobody knows where to are left out.
    pub fn timed(&self) -> Option<TimedRule> {
        let [start, completion] = self.windows.map(Minutes);
        let copies = self
            .copies
            .iter()
            .filter_map(|copy| Some(CopyTo { place: place(copy.vault.as_ref()?), keep: copy.keep?, batches: 1 }));
        Some(TimedRule {
            schedule: self.schedule.clone()?,
            windows: Windows::new(start, completion)?,
            keep: self.keep?,
            copies: copies.collect(),
            closed: Vec::new(),
        })
    }
}

/// A vault as timing names places.
pub fn place(vault: &VaultId) -> String {
    format!("{}/{}/{}", vault.account, vault.region, vault.name)
}
