//! Runs that are due before the last must have completed.

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Statement;

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
        let least = window + i64::from(crate::aws::quota::COMPLETION_AFTER_START_MINUTES);
        sink.push(if fitting >= least {
            finding.help(format!("write `complete within {fitting}m`, or run less often"))
        } else {
            finding.help("run less often: AWS Backup takes no completion window that is short enough")
        });
    }
}
