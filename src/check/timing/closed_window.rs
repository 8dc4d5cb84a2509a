//! Windows of resources, in which AWS Backup starts no backup of some kinds.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::analysis::Analysis;
use crate::diagnostic::{Cure, Diagnostic, Diagnostics};
use crate::rule::rule;
use crate::spec::{ClosedWindow, Statement};
use crate::time::length::Minutes;
use crate::time::plan::TimedRule;
use crate::time::schedule::Schedule;
use crate::time::window::{Closed, closed};

rule! {
    /// A maintenance or automated-backup window is said of resources that it means nothing for.
    ///
    /// ## Why
    ///
    /// AWS Backup starts no backup of an RDS instance within an hour before these windows, nor of an
    /// FSx file system within three. Aurora is exempt from both, so the window changes nothing.
    ///
    /// ## Example
    ///
    /// ```drspec,W0213
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   maintenance sun 03:00-04:00 UTC
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    W0213 "needless-window" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    "メンテナンスウィンドウまたは自動バックアップウィンドウを指定しても意味のないリソースに指定しています。"
    "AWS Backup は、これらのウィンドウの前の一定時間、バックアップを開始しません。RDS インスタンスでは 1 時間、FSx ファイルシステムでは 3 時間です。Aurora はどちらの対象でもないため、指定しても何も変わりません。"
}

rule! {
    /// A run may fall into a window in which no backup can start.
    ///
    /// ## Why
    ///
    /// "AWS database services cannot start backups 1 hour before or during their maintenance window or
    /// automatic backup window", and "snapshot backups scheduled during those times will fail". AWS Backup
    /// starts a job at any moment of its start window, so a run whose start window meets such a time may
    /// fail: what is guaranteed does not count it.
    ///
    /// ## Example
    ///
    /// ```drspec,W0222
    /// backup database orders from ap-northeast-1 to ap-northeast-3 daily 02:00 UTC keep 14d
    ///   maintenance sun 02:30-03:30 UTC
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup database orders from ap-northeast-1 to ap-northeast-3 daily 03:30 UTC keep 14d
    ///   maintenance sun 02:30-03:30 UTC
    /// ```
    W0222 "closed-start" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html"
    "バックアップを開始できない時間帯に当たりうる実行があります。"
    "AWS のデータベースサービスでは、メンテナンスウィンドウと自動バックアップウィンドウの最中とその前の 1 時間は、バックアップを開始できません(\"Snapshot backups scheduled during those times will fail\")。AWS Backup は開始ウィンドウ内の任意の時点でジョブを開始するため、開始ウィンドウがこの時間帯にかかる実行は失敗することがあり、保証の計算に含めません。"

    /// No run of a rule can start.
    ///
    /// ## Why
    ///
    /// "Snapshot backups scheduled during those times will fail": in the hour before the maintenance
    /// window and the automated-backup window of a database, and during them. The start window of each run
    /// lies in such a time as a whole, so the run never makes a recovery point, even if AWS Backup tries
    /// again as long as it may.
    ///
    /// ## Example
    ///
    /// ```drspec,E0223
    /// backup database orders from ap-northeast-1 to ap-northeast-3 daily 16:00 UTC keep 14d
    ///   automated backup 16:30-17:00 UTC
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup database orders from ap-northeast-1 to ap-northeast-3 daily 17:00 UTC keep 14d
    ///   automated backup 16:30-17:00 UTC
    /// ```
    E0223 "never-starts" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html"
    "一度も開始できないルールがあります。"
    "\"Snapshot backups scheduled during those times will fail\" とあり、データベースのメンテナンスウィンドウと自動バックアップウィンドウの最中とその前の 1 時間に予定されたバックアップは失敗します。このルールでは、どの実行も開始ウィンドウ全体がこの時間帯に収まるため、AWS Backup が再試行しても、復旧ポイントは一度も作成されません。"
}

/// Windows that mean nothing for any resource of the statement.
pub(super) fn report_needless(statement: &Statement, sink: &mut Diagnostics) {
    if statement.groups.iter().any(|group| group.kind.abilities.minutes_closed_before_windows.is_some()) {
        return;
    }
    let Some(kind) = statement.groups.first().map(|group| group.kind) else { return };
    let (service, one) = (kind.service_name, kind.words.one.en);
    for ClosedWindow { clause, span, .. } in &statement.closed_windows {
        sink.push(
            W0213
                .at(*span, format!("{service} is exempt from the {clause} window"))
                .help(format!("remove it: backups of a {one} start in these windows too"))
                .cures([Cure::Remove]),
        );
    }
}

/// Runs that may not start.
pub(super) fn report(statement: &Statement, analysis: &Analysis, now: Timestamp, sink: &mut Diagnostics) {
    let timing = statement.timing().unwrap_or_default();
    for ((rule, timed), closed) in statement.rules.iter().zip(&timing).zip(&analysis.closed) {
        if closed.runs.is_empty() {
            continue;
        }
        let span = rule.schedule.span;
        let finding = if closed.never_starts {
            E0223.at(span, "no run of this rule can start: AWS starts no backup in the whole of its start window")
        } else if closed.every {
            W0222.at(span, "every run of this rule may fail: it may have to start when AWS starts no backup")
        } else {
            W0222.at(span, "some runs of this rule may fail: they may have to start when AWS starts no backup")
        };
        let finding = met(finding, statement, timed, closed);
        let moved = open(timed, now).map(|schedule| schedule.to_string());
        sink.push(finding.advise("start it when no such window comes within its start window", moved));
    }
}

/// Points at the windows that the runs meet, and says on which dates.
fn met(mut finding: Diagnostic, statement: &Statement, timed: &TimedRule, closed: &Closed) -> Diagnostic {
    let windows: BTreeSet<usize> = closed.runs.first.iter().map(|blocked| blocked.blackout).collect();
    for index in windows {
        if let (Some(window), Some(blackout)) = (statement.closed_windows.get(index), timed.closed.get(index)) {
            let notice = blackout.notice;
            finding = finding.related(window.span, format!("no backup starts in this window, nor {notice} before it"));
        }
    }
    if !closed.every {
        let dates = closed.runs.first.iter().map(|blocked| blocked.run.local.date().to_string());
        finding = finding.help(format!("the next dates: {}", dates.collect::<Vec<_>>().join(", ")));
    }
    finding
}

/// The schedule at the soonest later time at which no run meets such a window.
fn open(timed: &TimedRule, now: Timestamp) -> Option<Schedule> {
    let until = Minutes::days(366).after(now);
    let is_open = |schedule: &Schedule| {
        let moved = TimedRule { schedule: schedule.clone(), ..timed.clone() };
        closed(&moved, now, until).runs.is_empty()
    };
    timed.schedule.later().find(is_open)
}
