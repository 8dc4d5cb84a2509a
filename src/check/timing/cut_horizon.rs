//! Statements with more runs than their guarantees can be worked out from.

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Statement;
use crate::time::horizon::RUNS;

rule! {
    /// There are too many runs to look at all of them.
    ///
    /// ## Why
    ///
    /// What a statement guarantees is worked out from its coming runs: over the time in which their spacing
    /// repeats, which is a day or a week where the clock never shifts, and years elsewhere. Where there are
    /// more runs than that is worth, later ones are not looked at, and a longer gap among them would not be
    /// seen. AWS Backup documents hourly as its most frequent schedule, which is always looked at whole.
    ///
    /// ## Example
    ///
    /// ```drspec,W0219
    /// backup cluster mydb from us-east-1 to us-west-2 cron "* * * * ? *" America/New_York keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from us-east-1 to us-west-2 hourly America/New_York keep 7d
    /// ```
    W0219 "cut-horizon" Warning Language ""
    "実行回数が多すぎて、すべてを調べきれません。"
    "文が保証する内容は、今後の実行から求めます。調べるのは、実行の間隔が一巡するまでの期間です。時計がずれることのないタイムゾーンでは 1 日か 1 週間、それ以外では数年になります。その間の実行が多すぎるときは途中で打ち切るため、それより後にもっと長い間隔があっても見つかりません。AWS Backup の文書では 1 時間ごとが最も頻繁なスケジュールで、1 時間ごとなら必ず最後まで調べます。"
}

pub(super) fn report(statement: &Statement, analysis: &Analysis, sink: &mut Diagnostics) {
    let cut = analysis.coverage.iter().filter_map(|(_, coverage)| coverage.cut.until).min();
    let (Some(until), Some(rule)) = (cut, statement.rules.iter().max_by_key(|rule| rule.schedule.node.times().len()))
    else {
        return;
    };
    let date = jiff::tz::TimeZone::UTC.to_datetime(until).date();
    sink.push(
        W0219
            .at(rule.schedule.span, format!("so many runs that only those before {date} are looked at"))
            .help(format!(
                "its guarantees are worked out from the next {RUNS} runs; a longer gap after {date} would not be seen"
            ))
            .write("run less often: {}", format!("hourly {}", rule.schedule.node.zone())),
    );
}
