//! Runs that are due before the last must have completed.

use crate::analysis::Analysis;
use crate::aws::quota::COMPLETION_AFTER_START_MINUTES;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Level, Rule, Statement};
use crate::time::schedule::{Recurrence, Schedule, TimeOfDay};

rule! {
    /// A run is due before the last one must have completed.
    ///
    /// ## Why
    ///
    /// AWS Backup runs one job for a resource at a time. A run that finds the last one still going
    /// waits, and expires when its start window ends.
    ///
    /// ## Example
    ///
    /// ```drspec,W0210
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00, 13:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00, 13:00 JST keep 7d complete within 10h
    /// ```
    W0210 "overrunning-run" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html"
    "前回の実行の完了期限より前に、次の実行の予定時刻が来ます。"
    "AWS Backup が 1 つのリソースに対して同時に実行するジョブは 1 つだけです。前回がまだ続いていれば次の実行は待たされ、開始ウィンドウが終わると失効します。"
}

pub(super) fn report(statement: &Statement, analysis: &Analysis, sink: &mut Diagnostics) {
    for (rule, overrun) in statement.rules.iter().zip(&analysis.overruns) {
        let Some(overrun) = overrun else { continue };
        let gap = crate::time::length::Minutes::between(overrun.before.at, overrun.next.at);
        let window = i64::from(rule.start_window.value);
        let fitting = gap.0 - window;
        let finding = W0210
            .at(rule.schedule.span, format!("a run is due {gap} after the one before, which may take longer"))
            .related(
                rule.completion_window.span,
                format!(
                    "a job starts within {window} minutes and completes within {} more",
                    rule.completion_window.value
                ),
            );
        let least = window + i64::from(COMPLETION_AFTER_START_MINUTES);
        sink.push(if fitting >= least {
            finding.write("write {}, or run less often", format!("complete within {fitting}m"))
        } else {
            let finding = finding.help("AWS Backup takes no completion window that is short enough");
            finding.advise("run less often", less_often(rule))
        });
    }
}

/// The schedule with as many of its runs as leave time for each other, and the completion window that they leave time for.
fn less_often(rule: &Rule) -> Option<String> {
    let schedule = &rule.schedule.node;
    let start = rule.start_window.value;
    // A window that the rule itself says stays beside its schedule.
    let (least, written) = if rule.completion_window.level == Level::Rule {
        (rule.completion_window.value, String::new())
    } else {
        let least = start + COMPLETION_AFTER_START_MINUTES;
        (least, format!(" complete within {least}m"))
    };
    // Where a clock is set forward, two runs are an hour nearer.
    let shift = if schedule.zone().is_constant() { 0 } else { 60 };
    let apart = start + least + shift;
    let fewer = match schedule.recurrence() {
        Recurrence::Hourly { .. } | Recurrence::Every { .. } => every(schedule, apart),
        Recurrence::Cron(cron) => cron.is_every_day().then(|| every(schedule, apart)).flatten(),
        Recurrence::Daily
        | Recurrence::Weekdays
        | Recurrence::Weekly(_)
        | Recurrence::Monthly(_)
        | Recurrence::Yearly { .. } => schedule.at(spaced(schedule.times(), i64::from(apart))),
    };
    fewer.map(|fewer| format!("{fewer}{written}"))
}

/// The shortest interval that divides the day and leaves so many minutes, from the first run of a day.
fn every(schedule: &Schedule, apart: u32) -> Option<Schedule> {
    let hours = (1..24_u8).find(|hours| 24 % hours == 0 && u32::from(*hours) * 60 >= apart)?;
    let from = schedule.times().first()?;
    let from = TimeOfDay::new(from.hour() % hours, from.minute())?;
    Schedule::every(hours, from, schedule.zone().clone())
}

/// The times of a day that are so many minutes or more behind the one before, also over midnight.
fn spaced(times: &[TimeOfDay], apart: i64) -> Vec<TimeOfDay> {
    let mut spaced: Vec<TimeOfDay> = Vec::new();
    for time in times {
        let behind = |before: &TimeOfDay| time.minute_of_day() - before.minute_of_day();
        let is_before_next_day = spaced.first().is_none_or(|first| 1440 - behind(first) >= apart);
        if is_before_next_day && spaced.last().is_none_or(|last| behind(last) >= apart) {
            spaced.push(*time);
        }
    }
    spaced
}
