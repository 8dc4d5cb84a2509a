//! Start and completion windows that AWS Backup refuses.

use crate::aws::quota::{COMPLETION_AFTER_START_MINUTES, SHORTEST_START_WINDOW_MINUTES};
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Level, Spec};

rule! {
    /// A start window is shorter than an hour.
    ///
    /// ## Why
    ///
    /// AWS Backup answers: "StartWindowMinutes parameter is below minimum value. StartWindowMinutes
    /// minimum value is: 60 minutes".
    ///
    /// ## Example
    ///
    /// ```drspec,E0203
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d start within 30m
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d start within 1h
    /// ```
    E0203 "start-window-too-short" Error Deployment "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html"
    "開始ウィンドウが 1 時間未満です。"
    "AWS Backup は \"StartWindowMinutes parameter is below minimum value. StartWindowMinutes minimum value is: 60 minutes\" と応答します。"

    /// A completion window ends less than an hour after the start window.
    ///
    /// ## Why
    ///
    /// AWS Backup answers: "CompleteWindowMinutes must be at least 60 minutes greater than
    /// StartWindowMinutes".
    ///
    /// ## Example
    ///
    /// ```drspec,E0204
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d complete within 90m
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d complete within 2h
    /// ```
    E0204 "completion-window-too-short" Error Deployment "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html"
    "完了ウィンドウの終わりが、開始ウィンドウの終わりから 1 時間未満です。"
    "AWS Backup は \"CompleteWindowMinutes must be at least 60 minutes greater than StartWindowMinutes\" と応答します。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for rule in spec.statements().flat_map(|(_, statement)| &statement.rules) {
        let (start, completion) = (&rule.start_window, &rule.completion_window);
        if start.value < SHORTEST_START_WINDOW_MINUTES {
            sink.push(
                E0203
                    .at(start.span, format!("a start window of {} minutes is too short", start.value))
                    .help("AWS Backup needs at least 60 minutes: write `start within 1h`"),
            );
            continue;
        }
        let least = start.value.saturating_add(COMPLETION_AFTER_START_MINUTES);
        if completion.value < least {
            let message = format!("a completion window of {} minutes is too short", completion.value);
            let late = format!("the job may start up to {} minutes late", start.value);
            // The place is one that the writer can change.
            let finding = if completion.level == Level::Language {
                E0204.at(start.span, message).label(late).related(completion.span, "the language's default")
            } else {
                E0204.at(completion.span, message).related(start.span, late)
            };
            sink.push(finding.help(format!(
                "AWS Backup needs at least 60 minutes more than the start window: write `complete within {least}m`"
            )));
        }
    }
}
