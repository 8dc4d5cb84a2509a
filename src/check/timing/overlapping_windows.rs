//! Rules of one plan whose start windows overlap.

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Statement;

rule! {
    /// Two rules of one plan may start in the same window.
    ///
    /// ## Why
    ///
    /// When the start windows of two rules overlap, AWS Backup makes only the recovery point that is
    /// kept longer. The whole start window counts, not the time of the schedule. That may be what is
    /// meant, a weekly backup in place of the daily one, or it may be a backup that is missing.
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
}

pub(super) fn report(statement: &Statement, analysis: &Analysis, sink: &mut Diagnostics) {
    for (one, other, overlaps) in &analysis.overlaps {
        let (Some(one), Some(other)) = (statement.rules.get(*one), statement.rules.get(*other)) else { continue };
        let (first, second) = if one.span <= other.span { (one, other) } else { (other, one) };
        let kept = if one.keep.value >= other.keep.value { one } else { other };
        let mut dates: Vec<String> =
            overlaps.first.iter().map(|overlap| overlap.one.local.date().to_string()).collect();
        dates.dedup();
        sink.push(
            W0209
                .at(
                    second.schedule.span,
                    "two rules of this plan may start in the same window, and AWS then runs one of them",
                )
                .related(first.schedule.span, format!("starts within {} minutes of this", first.start_window.value))
                .help(format!("only `{}` runs then, because it keeps longer", kept.name.value))
                .help(format!("the next dates: {}", dates.join(", ")))
                .help("move one of them by at least the start window if both are meant"),
        );
    }
}
