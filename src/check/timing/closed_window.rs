//! Windows of RDS and FSx that are said of an Aurora cluster.

use crate::diagnostic::{Cure, Diagnostics};
use crate::rule::rule;
use crate::spec::{ClosedWindow, Statement};

rule! {
    /// A maintenance or automated-backup window is said of an Aurora cluster.
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
    "Aurora クラスターに、メンテナンスウィンドウまたは自動バックアップウィンドウを指定しています。"
    "AWS Backup は、これらのウィンドウの前の一定時間、バックアップを開始しません。RDS インスタンスでは 1 時間、FSx ファイルシステムでは 3 時間です。Aurora はどちらの対象でもないため、指定しても何も変わりません。"
}

pub(super) fn report(statement: &Statement, sink: &mut Diagnostics) {
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
