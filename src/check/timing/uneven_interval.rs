//! Intervals that do not divide the day, and schedules that run more often than every hour.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Statement;
use crate::time::schedule::{Recurrence, Schedule};

rule! {
    /// An interval does not carry over midnight.
    ///
    /// ## Why
    ///
    /// AWS Backup evaluates a cron expression from 00:00 to 23:59 of each day, so an interval begins
    /// anew every day: every 5 hours from 00:00 runs at 20:00 and then at 00:00, and every 12 hours
    /// from 13:00 runs once a day.
    ///
    /// ## Example
    ///
    /// ```drspec,W0211
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 every 5h from 00:00 JST keep 7d complete within 2h
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 every 6h from 00:00 JST keep 7d complete within 2h
    /// ```
    W0211 "uneven-interval" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    "実行の間隔が、日をまたぐところで変わります。"
    "AWS Backup は、cron 式を毎日 00:00 から 23:59 までの範囲で評価するため、間隔は日ごとに数え直されます。00:00 から 5 時間ごとなら、20:00 の次は 00:00 です。13:00 から 12 時間ごとなら、1 日に 1 回しか実行されません。"
}

rule! {
    /// A schedule runs more often than every hour.
    ///
    /// ## Why
    ///
    /// AWS says that a plan runs as often as hourly. What it answers to more than that is not
    /// documented.
    ///
    /// ## Example
    ///
    /// ```drspec,W0212
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 cron "0/30 * * * ? *" UTC keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// # drc: allow(W0210) reason="the database is small"
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 cron "0 * * * ? *" UTC keep 7d
    /// ```
    W0212 "frequent-schedule" Warning Inferred "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    "1 時間ごとより頻繁なスケジュールです。"
    "AWS は、プランの実行は最も頻繁で 1 時間ごととしています。それより頻繁な指定にどう応答するかは、文書化されていません。"
}

pub(super) fn report(statement: &Statement, sink: &mut Diagnostics) {
    for rule in &statement.rules {
        let schedule = &rule.schedule.node;
        if let Some(rest) = schedule.uneven_interval() {
            let times: Vec<String> = schedule.times().iter().map(ToString::to_string).collect();
            sink.push(
                W0211
                    .at(
                        rule.schedule.span,
                        format!("the interval begins anew each day: {rest} hours pass over midnight"),
                    )
                    .help(format!("it runs at {}", times.join(", ")))
                    .advise(
                        "write hours that divide the day and a start before the first of them has passed",
                        schedule.even_interval().map(|even| even.to_string()),
                    ),
            );
        }
        if let Recurrence::Cron(cron) = schedule.recurrence()
            && cron.is_sub_hourly()
        {
            let hourly = Schedule::cron(cron.once_an_hour(), schedule.zone().clone());
            sink.push(W0212.at(rule.schedule.span, "this runs more often than every hour").write(
                "AWS Backup runs as often as hourly; write one minute in the first field: {}",
                hourly.to_string(),
            ));
        }
    }
}
