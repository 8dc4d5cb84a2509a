//! Rules of one plan whose start windows overlap.

use jiff::civil::Date;

use crate::analysis::Analysis;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::rule::rule;
use crate::spec::{Retention, Rule, Statement};
use crate::time::length::Minutes;
use crate::time::schedule::{Schedule, TimeOfDay};

rule! {
    /// Two rules of one plan may start in the same window.
    ///
    /// ## Why
    ///
    /// When the start windows of two rules overlap, AWS Backup makes only the recovery point that is
    /// kept longer; the other's copies are not made either. The whole start window counts, not the time
    /// of the schedule. That may be what is meant, a weekly backup in place of the daily one, or it may
    /// be a backup that is missing. Where both keep equally long AWS names no winner.
    ///
    /// ## Example
    ///
    /// ```drspec,W0209
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3
    ///   daily 01:00 JST keep 7d
    ///   weekly sun 01:30 JST keep 5w
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3
    ///   daily 01:00 JST keep 7d
    ///   weekly sun 16:00 JST keep 5w
    /// ```
    W0209 "overlapping-start-windows" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    "2 つのルールが同じ時間帯に開始することがあります。"
    "2 つのルールの開始ウィンドウが重なると、AWS Backup は保持期間の長い方の復旧ポイントだけを作成し、もう一方はコピーも行いません。スケジュールの時刻だけでなく、開始ウィンドウ全体で判定されます。日次の代わりに週次を取るといった意図どおりの場合もあれば、必要なバックアップが抜けている場合もあります。保持期間が同じときにどちらが優先されるかを、AWS は明らかにしていません。"

    /// A rule never runs, because a rule that keeps longer always may start in the same window.
    ///
    /// ## Why
    ///
    /// When the start windows of two rules overlap, AWS Backup makes only the recovery point that is
    /// kept longer. Where that is so each time that a rule is due, it never makes a recovery point, and
    /// its copies are never made.
    ///
    /// ## Example
    ///
    /// ```drspec,E0217
    /// backup cluster mydb from ap-northeast-1
    ///   daily 01:00 JST keep 7d to ap-northeast-3
    ///   daily 01:30 JST keep 8d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1
    ///   daily 01:30 JST keep 8d to ap-northeast-3 keep 7d
    /// ```
    E0217 "rule-never-runs" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    "保持期間がより長いルールと毎回同じ時間帯に開始しうるため、一度も実行されないルールがあります。"
    "2 つのルールの開始ウィンドウが重なると、AWS Backup は保持期間の長い方の復旧ポイントだけを作成します。毎回の実行がこれに当たるルールは、復旧ポイントを一度も作成せず、コピーも一度も行いません。"
}

pub(super) fn report(statement: &Statement, analysis: &Analysis, sink: &mut Diagnostics) {
    if analysis.overlaps.is_empty() {
        return;
    }
    for (index, (rule, never)) in statement.rules.iter().zip(&analysis.never_run).enumerate() {
        let met = Met::of(index, rule, statement, analysis);
        if *never {
            sink.push(met.never_runs());
        } else {
            let apart = apart(rule, statement).map(|schedule| schedule.to_string());
            met.gives_way(apart.clone())
                .into_iter()
                .chain(met.may_give_way(apart))
                .for_each(|finding| sink.push(finding));
        }
    }
}

/// A rule with those that may start in the same window as it.
struct Met<'a> {
    rule: &'a Rule,
    /// Those that keep longer, with the dates of this rule's runs.
    longer: Vec<(&'a Rule, Vec<Date>)>,
    /// Those before it that keep equally long.
    equal: Vec<(&'a Rule, Vec<Date>)>,
}

impl<'a> Met<'a> {
    fn of(index: usize, rule: &'a Rule, statement: &'a Statement, analysis: &Analysis) -> Self {
        let mut met = Self { rule, longer: Vec::new(), equal: Vec::new() };
        for (one, other, overlaps) in &analysis.overlaps {
            let (partner, is_one) = match (*one == index, *other == index) {
                (true, _) => (*other, true),
                (_, true) => (*one, false),
                _ => continue,
            };
            let Some(with) = statement.rules.get(partner) else { continue };
            let runs = overlaps.first.iter().map(|met| if is_one { met.one } else { met.other });
            let dates = runs.map(|run| run.local.date()).collect();
            let never = analysis.never_run.get(partner).copied().unwrap_or_default();
            if with.keep.value > rule.keep.value {
                met.longer.push((with, dates));
            } else if with.keep.value == rule.keep.value && with.span < rule.span && !never {
                met.equal.push((with, dates));
            }
        }
        for partners in [&mut met.longer, &mut met.equal] {
            partners.sort_by_key(|(partner, _)| partner.span);
        }
        met
    }

    fn never_runs(&self) -> Diagnostic {
        let finding =
            E0217.at(self.rule.schedule.span, "this rule never runs: a rule that keeps longer always takes its place");
        let start = Minutes(i64::from(self.rule.start_window.value));
        let missing = missing(self.rule, &self.longer);
        let longer = if self.longer.len() == 1 { "the rule that keeps longer" } else { "every rule that keeps longer" };
        let or = match &missing {
            Some(places) => format!("write `to {places}` behind {longer}"),
            None => "remove it".to_owned(),
        };
        let never = missing.map(|places| format!("no copy of it ever reaches {places}"));
        let finding = never.into_iter().fold(beside(finding, &self.longer), Diagnostic::help);
        finding
            .help(format!("let it start before the others by {start} or more, or after their start windows; or {or}"))
    }

    fn gives_way(&self, apart: Option<String>) -> Option<Diagnostic> {
        let (first, _) = self.longer.first()?;
        let finding = W0209.at(
            self.rule.schedule.span,
            "AWS does not run this rule when one that keeps longer may start in the same window",
        );
        let runs = match self.longer.as_slice() {
            [_] => format!("only `{}` runs then", first.name.value),
            _ => "only the one that keeps longest runs then".to_owned(),
        };
        let finding = beside(finding, &self.longer).help(match missing(self.rule, &self.longer) {
            Some(places) => format!("{runs}, and no copy goes to {places}"),
            None => runs,
        });
        Some(
            dated(finding, &self.longer)
                .advise("if both are meant, move one of them by at least the start window", apart),
        )
    }

    fn may_give_way(&self, apart: Option<String>) -> Option<Diagnostic> {
        self.equal.first()?;
        let finding = W0209.at(
            self.rule.schedule.span,
            "rules that keep equally long may start in the same window, and AWS does not say which of them runs",
        );
        let mut places: Vec<&str> = Vec::new();
        for (one, other) in self.equal.iter().flat_map(|(partner, _)| [(self.rule, *partner), (*partner, self.rule)]) {
            places.extend(regions(one).filter(|region| regions(other).all(|known| known != *region)));
        }
        let unsure = listed(places).map(|places| format!("it is not sure that a copy goes to {places} then"));
        let finding = unsure.into_iter().fold(beside(finding, &self.equal), Diagnostic::help);
        Some(dated(finding, &self.equal).advise("move one of them by at least the start window", apart))
    }
}

/// The schedule of a rule at the soonest later time at which no start window of its statement's meets its own, where both
/// list their times by one clock.
fn apart(rule: &Rule, statement: &Statement) -> Option<Schedule> {
    let schedule = &rule.schedule.node;
    let others: Vec<&Rule> = statement.rules.iter().filter(|other| other.span != rule.span).collect();
    if others.iter().any(|other| other.schedule.node.zone() != schedule.zone()) {
        return None;
    }
    let starts = |rule: &Rule| (rule.schedule.node.times().to_vec(), i64::from(rule.start_window.value));
    let others: Vec<(Vec<TimeOfDay>, i64)> = others.into_iter().map(starts).collect();
    let own = i64::from(rule.start_window.value);
    let is_apart = |time: &TimeOfDay| {
        others.iter().all(|(times, window)| {
            times.iter().all(|other| {
                let behind = (time.minute_of_day() - other.minute_of_day()).rem_euclid(1440);
                behind >= *window && 1440 - behind >= own
            })
        })
    };
    schedule.later().find(|later| later.times().iter().all(is_apart))
}

/// Points at rules that may start in the same window.
fn beside(finding: Diagnostic, others: &[(&Rule, Vec<Date>)]) -> Diagnostic {
    others.iter().fold(finding, |finding, (other, _)| finding.related(other.schedule.span, starts(other)))
}

/// How a rule is kept and starts, as the label of its place.
fn starts(rule: &Rule) -> String {
    let keeps = match rule.keep.value {
        Retention::Days(days) => format!("keeps {}", Minutes::days(i64::from(days))),
        Retention::Forever => "keeps for ever".to_owned(),
    };
    format!("{keeps}, starts within {} minutes of this", rule.start_window.value)
}

/// Where a rule copies to and some rule that runs in its stead does not.
fn missing(rule: &Rule, others: &[(&Rule, Vec<Date>)]) -> Option<String> {
    let lacks = |region: &&str| others.iter().any(|(other, _)| regions(other).all(|known| known != *region));
    listed(regions(rule).filter(lacks).collect())
}

fn regions(rule: &Rule) -> impl Iterator<Item = &'static str> {
    rule.copies.iter().map(|copy| copy.place.region.node.code)
}

fn listed(mut places: Vec<&str>) -> Option<String> {
    places.sort_unstable();
    places.dedup();
    (!places.is_empty()).then(|| places.join(", "))
}

/// Adds the coming dates on which rules meet.
fn dated(finding: Diagnostic, others: &[(&Rule, Vec<Date>)]) -> Diagnostic {
    let mut dates: Vec<Date> = others.iter().flat_map(|(_, dates)| dates.iter().copied()).collect();
    dates.sort_unstable();
    dates.dedup();
    let dates: Vec<String> = dates.iter().take(DATES).map(Date::to_string).collect();
    finding.help(format!("the next dates: {}", dates.join(", ")))
}

/// How many dates are named.
const DATES: usize = 5;
