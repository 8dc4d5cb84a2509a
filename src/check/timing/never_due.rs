//! Schedules that are due on no date.

use crate::analysis::Analysis;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Statement;
use crate::time::occurrence::occurrences;

rule! {
    /// A schedule is due on no date of any year.
    ///
    /// ## Why
    ///
    /// A cron expression can name days that its months do not have. Its rule would never make a recovery
    /// point.
    ///
    /// ## Example
    ///
    /// ```drspec,E0220
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 cron "0 5 31 4,6,9,11 ? *" UTC keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 cron "0 5 L 4,6,9,11 ? *" UTC keep 7d
    /// ```
    E0220 "never-due" Error Language ""
    "スケジュールに当てはまる日付がありません。"
    "cron 式では、その月に存在しない日を指定できてしまいます。このようなルールでは、復旧ポイントが一度も作成されません。"

    /// A schedule is not due any more.
    ///
    /// ## Why
    ///
    /// The years of a cron expression are over. The rule makes no recovery point any more, and those that it
    /// made expire one after the other.
    ///
    /// ## Example
    ///
    /// ```drspec,W0221
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 cron "0 5 * * ? 2024" UTC keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 cron "0 5 * * ? *" UTC keep 7d
    /// ```
    W0221 "no-longer-due" Warning Language ""
    "スケジュールの期間がすでに終わっています。"
    "cron 式に書かれた年は過ぎています。このルールが新しい復旧ポイントを作成することはなく、作成済みのものも順に期限切れになります。"
}

pub(super) fn report(statement: &Statement, analysis: &Analysis, sink: &mut Diagnostics) {
    for (rule, never) in statement.rules.iter().zip(&analysis.never_due) {
        if !never {
            continue;
        }
        let schedule = &rule.schedule;
        // AWS's cron begins with 1970.
        let was_due = occurrences(&schedule.node, jiff::Timestamp::UNIX_EPOCH).next().is_some();
        sink.push(if was_due {
            W0221.at(schedule.span, "this schedule is not due any more: its years are over").advise(
                "remove the rule, or write `*` or later years in the last field",
                schedule.node.in_every_year().map(|yearly| yearly.to_string()),
            )
        } else {
            E0220
                .at(schedule.span, "this schedule is never due: no month that it names has such a day")
                .help("name a day that the months have; `L` is the last one")
        });
    }
}
