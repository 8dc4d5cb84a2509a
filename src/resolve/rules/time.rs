//! Rules about time zones, times of day and schedules.

use crate::rule::rule;

rule! {
    /// A time zone is not known, or not fit to be written.
    ///
    /// ## Why
    ///
    /// A schedule in the wrong zone runs at the wrong hour and nobody is told. So a zone is an
    /// IANA name, `UTC`, an offset such as `+09:00`, or an abbreviation that means one thing only.
    /// `IST` or `CST` mean several, and `EST` hides whether daylight saving is meant.
    ///
    /// ## Example
    ///
    /// ```drspec,E0201
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 Asia/Tokio keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 Asia/Tokyo keep 7d
    /// ```
    E0201 "unknown-time-zone" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html"
    "知られていないタイムゾーンか、書くのに適さないタイムゾーンです。"
    "タイムゾーンを間違えたスケジュールは誤った時刻に実行され、誰にも通知されません。そのため、書けるのは、IANA の名前、`UTC`、`+09:00` のようなオフセット、意味が 1 つに決まる略称だけです。`IST` や `CST` には複数の意味があり、`EST` では夏時間を含むかどうかがわかりません。"

    /// A time of day does not exist, or is written twice.
    ///
    /// ## Why
    ///
    /// Hours run from 00 to 23 and minutes from 00 to 59; midnight is 00:00. Of two equal times AWS
    /// Backup would run one.
    ///
    /// ## Example
    ///
    /// ```drspec,E0202
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 25:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0202 "refused-time" Error Language ""
    "存在しない時刻か、2 回書かれた時刻です。"
    "時は 00 から 23 まで、分は 00 から 59 までで、午前 0 時は 00:00 と書きます。同じ時刻が 2 つあっても、AWS Backup が実行するのは 1 回だけです。"

    /// AWS's cron cannot say a schedule exactly by the clock that was asked for.
    ///
    /// ## Why
    ///
    /// Six fields in UTC say a time of a zone exactly only if the zone's clock never shifts and the
    /// day does not cross the end of a month in a way that differs between months. A schedule that
    /// is right on most days is wrong on the one that matters.
    ///
    /// ## Example
    ///
    /// ```drspec,E0205
    /// backup cluster mydb from us-east-1 to us-west-2 daily 01:00 America/New_York keep 7d
    ///   schedule in utc
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from us-east-1 to us-west-2 daily 01:00 America/New_York keep 7d
    ///   schedule in zone
    /// ```
    E0205 "inexact-schedule" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    "指定したタイムゾーンの時刻では、AWS の cron でスケジュールを正確に表せません。"
    "UTC の 6 つのフィールドであるタイムゾーンの時刻を正確に表せるのは、その時計がずれることがなく、かつ日付のずれが、月によって違う形で月末をまたがない場合だけです。ほとんどの日に正しいスケジュールも、肝心な日には間違っています。"

    /// A cron expression is not one that AWS Backup takes.
    ///
    /// ## Why
    ///
    /// AWS Backup answers: "Cron expression is not valid: Invalid cron expression". Its cron has six
    /// fields, the days of the week are 1 to 7 from Sunday, and exactly one of the two day fields is
    /// `?`. `rate(…)` is not taken.
    ///
    /// ## Example
    ///
    /// ```drspec,E0206
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 cron "0 1 * * *" JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 cron "0 1 * * ? *" JST keep 7d
    /// ```
    E0206 "malformed-cron" Error Deployment "https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html"
    "AWS Backup が受け付けない cron 式です。"
    "AWS Backup は \"Cron expression is not valid: Invalid cron expression\" と応答します。AWS Backup の cron 式は 6 つのフィールドからなり、曜日は日曜日を 1 として 7 まで、日と曜日のどちらか一方だけを `?` にします。`rate(…)` は使えません。"

    /// A zone is written by a name that it no longer has.
    ///
    /// ## Why
    ///
    /// The tz database keeps old names such as `Japan` or `US/Pacific` as aliases. AWS documents IANA
    /// names, so the canonical one is emitted.
    ///
    /// ## Example
    ///
    /// ```drspec,W0207
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 Japan keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 Asia/Tokyo keep 7d
    /// ```
    W0207 "renamed-zone" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html"
    "現在は使われていない名前でタイムゾーンが書かれています。"
    "`Japan` や `US/Pacific` のような古い名前は、tz データベースに別名として残っています。AWS の文書にあるのは IANA の名前なので、正式な名前に直して出力します。"
}
