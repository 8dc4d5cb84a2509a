//! Times that the clock of their zone skips or repeats on some dates.

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Statement;
use crate::time::irregular::{Irregular, Kind};
use crate::time::schedule::{Recurrence, Schedule, TimeOfDay};
use crate::time::zone::Zone;

rule! {
    /// A run is skipped, or its time comes twice, on some dates.
    ///
    /// ## Why
    ///
    /// Where a zone has daylight saving, its clock jumps over an hour on one night and repeats one on
    /// another. AWS runs nothing at a time that does not exist, and once at a time that comes twice. A
    /// backup that is skipped is not made up for.
    ///
    /// ## Example
    ///
    /// ```drspec,W0208
    /// backup cluster mydb from us-east-1 to us-west-2 daily 02:30 America/New_York keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from us-east-1 to us-west-2 daily 03:30 America/New_York keep 7d
    /// ```
    W0208 "irregular-time" Warning Documentation "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html"
    "日によって、実行が飛ばされるか、実行時刻が 2 回訪れます。"
    "夏時間のあるタイムゾーンでは、年に一度、夜間に時計が 1 時間進み、別の日の夜には 1 時間戻ります。AWS は、存在しない時刻には実行せず、2 回訪れる時刻には 1 回だけ実行します。飛ばされたバックアップが後で補われることはありません。"
}

/// So many minutes later, no time is in an hour that a clock skips or repeats because of the same shift.
const LATER: i64 = 120;

/// How many dates a warning names.
const DATES: usize = 3;

pub(super) fn report(statement: &Statement, analysis: &Analysis, sink: &mut Diagnostics) {
    for (rule, irregular) in statement.rules.iter().zip(&analysis.irregular) {
        let dates = |wanted: fn(&Kind) -> bool| -> Vec<String> {
            let found = irregular.iter().filter(|time| wanted(&time.kind));
            found.take(DATES).map(describe).collect()
        };
        let skipped = dates(|kind| *kind == Kind::Skipped);
        let repeated = dates(|kind| matches!(kind, Kind::Repeated { .. }));
        let zone = rule.schedule.node.zone();
        let (does, choose) = match (skipped.is_empty(), repeated.is_empty()) {
            (true, true) => continue,
            (false, true) => ("skips this time on some dates, and AWS then runs nothing", "skipped"),
            (true, false) => ("shows this time twice on some dates, and AWS then runs once", "repeated"),
            (false, false) => ("skips this time on some dates and shows it twice on others", "skipped or repeated"),
        };
        let mut finding = W0208.at(rule.schedule.span, format!("the clock of {zone} {does}"));
        if !skipped.is_empty() {
            finding = finding.help(format!("AWS runs nothing at {}", skipped.join(", ")));
        }
        if !repeated.is_empty() {
            finding = finding.help(format!("AWS runs once at {}", repeated.join(", ")));
        }
        let advice = format!("write it in UTC, or choose a time outside the hour that is {choose}");
        sink.push(finding.advise(&advice, regular(&rule.schedule.node, irregular).map(|other| other.to_string())));
    }
}

/// The same schedule with what is irregular of it two hours later, which is behind any shift of a clock; where it lists no
/// times, the same in UTC.
fn regular(schedule: &Schedule, irregular: &[Irregular]) -> Option<Schedule> {
    let touched = |time: &TimeOfDay| irregular.iter().any(|other| TimeOfDay::of(other.local.time()) == *time);
    if matches!(schedule.recurrence(), Recurrence::Hourly { .. } | Recurrence::Every { .. }) {
        return Some(schedule.in_zone(Zone::utc()));
    }
    let later = |time: &TimeOfDay| if touched(time) { time.later(LATER) } else { Some(*time) };
    schedule.at(schedule.times().iter().map(later).collect::<Option<_>>()?)
}

fn describe(time: &Irregular) -> String {
    time.local.strftime("%Y-%m-%d %H:%M").to_string()
}
