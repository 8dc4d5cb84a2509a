//! Why plans, rules, copies and selections are as they are.

use crate::reason::reasons;

reasons! {
    /// The backup plan.
    PLAN "https://docs.aws.amazon.com/aws-backup/latest/devguide/about-backup-plans.html"
    why "The plan says when recovery points are made, how long they stay, and where they are copied." "プランは、復旧ポイントをいつ作成し、いつまで保持し、どこへコピーするかを定めます。"
    without "Nothing would be backed up." "何もバックアップされません。"

    /// The name of a plan.
    PLAN_NAME "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-backup-backupplan-backupplanresourcetype.html"
    why "People find the plan under this name. The plan's id, which AWS chooses, is what the selection refers to, so a new name replaces nothing." "プランを探すときの名前です。セレクションは AWS が採番したプラン ID を参照するため、名前を変えても置き換えは起こりません。"
    without "CloudFormation requires it." "CloudFormation の必須項目です。"

    /// The name of a rule.
    RULE_NAME "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-backup-backupplan-backupruleresourcetype.html"
    why "Jobs and recovery points show by which rule they were made. The name comes from the schedule or from `named`, never from a position, so that a new rule renames no other." "ジョブや復旧ポイントがどのルールによるものかを示します。名前はスケジュールまたは `named` から決まり、並び順には依存しないため、ルールを追加してもほかの名前は変わりません。"
    without "CloudFormation requires it." "CloudFormation の必須項目です。"

    /// The vault that a rule writes to.
    TARGET_VAULT "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-backup-backupplan-backupruleresourcetype.html"
    why "Recovery points are first made in the region of the resource, in the source vault; the copy is taken from there. AWS wants the vault's name here, not its ARN." "復旧ポイントは、まずリソースと同じリージョンのソースボールトに作成され、そこからコピーされます。ここで指定するのは ARN ではなくボールト名です。"
    without "The rule would have nowhere to write to." "ルールの書き込み先がなくなります。"

    /// A schedule in UTC.
    SCHEDULE_UTC "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    why "The time is when a job becomes due, not when it starts: that is anywhere in the start window. AWS Backup reads the six fields in UTC unless a zone is named. A time that the spec gives in another zone is shifted, which is exact because that zone has no daylight saving." "この時刻はジョブの開始予定時刻です。実際には開始ウィンドウ内のどこかで開始します。タイムゾーンの指定がない場合、AWS Backup は 6 フィールドの cron 式を UTC として解釈します。定義ファイルで別のタイムゾーンの時刻が指定されていれば UTC に換算します。夏時間のないタイムゾーンなので、換算は常に正確です。"
    without "Without a schedule AWS Backup runs at 05:00 UTC." "スケジュールを省略すると、毎日 05:00 UTC に実行されます。"

    /// A schedule in a zone.
    SCHEDULE_IN_ZONE "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    why "The six fields are local time in the zone that is named beside them, so that the clock on the wall stays the same when daylight saving begins and ends, and dates at the end of a month stay what they are." "6 フィールドの cron 式は、併記したタイムゾーンの現地時刻です。夏時間の切り替え後も現地の時刻は変わらず、月末の日付もずれません。"
    without "Read in UTC, the job would run at another local time, or on another day." "UTC として解釈され、現地では別の時刻や別の日に実行されます。"

    /// A rule of the spec that AWS needs several rules for.
    SEVERAL_RULES "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    why "The times of this rule do not fit one cron expression in UTC, so each expression has a rule of its own, named after the times that it covers." "このルールの時刻は UTC の cron 式一つでは表せないため、式ごとにルールを分け、担当する時刻を名前に付けています。"
    without "Some of the times would not be backed up." "一部の時刻のバックアップが行われません。"

    /// How late a job may start.
    START_WINDOW "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    why "The job starts somewhere in this window after its time, never exactly on time. AWS takes 60 minutes or more. If it has not started by the end of the window it is given up, in state EXPIRED, and not made up for." "ジョブは予定時刻ちょうどではなく、このウィンドウ内のどこかで開始します。指定できるのは 60 分以上です。ウィンドウの終わりまでに開始できなかったジョブは EXPIRED となり、後から再実行されません。"
    without "AWS's default is 8 hours: a backup at 01:00 might begin just before 09:00. Below 60: \"StartWindowMinutes parameter is below minimum value\"." "AWS の既定値は 8 時間で、01:00 のバックアップが 09:00 直前に始まることもあります。60 分未満は \"StartWindowMinutes parameter is below minimum value\" で拒否されます。"

    /// How long a job may take.
    COMPLETION_WINDOW "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    why "A job that has not completed within this window is cancelled by AWS Backup and leaves no recovery point. It must exceed the start window by at least 60 minutes. AWS's pages disagree on whether it counts from the scheduled time or from the start of the job; the figures here take the later." "このウィンドウ内に完了しなかったジョブは AWS Backup に取り消され、復旧ポイントは残りません。開始ウィンドウより 60 分以上長くする必要があります。起点が予定時刻かジョブの開始かは AWS の文書で食い違っており、ここでの計算には遅い方を使っています。"
    without "AWS's default is 7 days: a job that hangs would be noticed a week later. Too short: \"CompleteWindowMinutes must be at least 60 minutes greater than StartWindowMinutes\"." "AWS の既定値は 7 日間で、処理が止まったままのジョブに気付くのが 1 週間後になります。短すぎる場合は \"CompleteWindowMinutes must be at least 60 minutes greater than StartWindowMinutes\" で拒否されます。"

    /// How long recovery points are kept.
    LIFECYCLE "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    why "AWS Backup deletes the recovery point this many whole days after the start of its job, within the 8 hours that follow. Nothing is moved to cold storage, so deletion is the only transition." "AWS Backup は、ジョブの開始からこの日数が経過した復旧ポイントを、その後 8 時間以内に削除します。コールドストレージへは移行しないため、ライフサイクルは削除だけです。"
    without "Recovery points would be kept, and billed, for ever." "復旧ポイントが無期限に残り、課金が続きます。"

    /// Recovery points that never expire.
    KEPT_FOREVER "https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html"
    why "`keep forever` is written as no lifecycle at all: only people delete these recovery points." "`keep forever` は、ライフサイクルを指定しないことで表します。これらの復旧ポイントは手動でしか削除されません。"
    without "With a lifecycle they would expire." "ライフサイクルを指定すると、期限切れで削除されます。"

    /// A copy in another region.
    COPY "https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html"
    why "Each recovery point is copied once its backup job has completed. There is no promise of how long that takes." "復旧ポイントは、バックアップジョブの完了後にコピーされます。所要時間の保証はありません。"
    without "Recovery points would exist in the source region alone, and be lost with it." "復旧ポイントがソースリージョンにしか存在せず、リージョンとともに失われます。"

    /// The vault that is copied into.
    COPY_DESTINATION "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-backup-backupplan-copyactionresourcetype.html"
    why "Names the vault by its ARN, which is known beforehand because it is made of region, account and name. The stack of that vault is deployed first." "コピー先ボールトを ARN で指定します。ARN はリージョン、アカウント、名前から決まるため事前にわかります。ボールトのスタックは先にデプロイされます。"
    without "The copy action would have no destination; a wrong form is refused: \"Invalid backup vault ARN\"." "コピー先が定まりません。形式が誤っている場合は \"Invalid backup vault ARN\" で拒否されます。"

    /// How long copies are kept.
    COPY_LIFECYCLE "https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html"
    why "Days from the start of the backup job at the source, not from the copy: a copy of a point that is kept 1 day lives less than a day after it lands." "起算日はコピーの完了ではなく、ソースでのバックアップジョブの開始です。保持期間が 1 日のコピーは、コピー完了から 1 日経たないうちに削除されます。"
    without "The copy would follow the lifecycle of its source." "コピー元のライフサイクルがそのまま適用されます。"

    /// Copies that never expire.
    COPY_KEPT_FOREVER "https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html"
    why "Without a lifecycle of its own a copy takes that of its source, so `keep forever` is written as the longest retention that AWS knows, 36,500 days." "コピーにライフサイクルを指定しないとコピー元の設定が適用されるため、`keep forever` は AWS で指定できる最長の 36,500 日として書き出します。"
    without "The copy would expire with its source." "コピーはコピー元と同時に期限切れになります。"

    /// Tags of what is made for one statement.
    TAGS "https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html"
    why "`tags` asks for them, for costs and for conditions in other policies. A recovery point takes at most 10." "`tags` の指定によるものです。コスト配分や、ほかのポリシーの条件に使えます。復旧ポイントに追加できるタグは 10 個までです。"
    without "Nothing fails; reports and policies that look for the tags would miss them." "失敗するものはありませんが、タグを前提とするレポートやポリシーの対象から外れます。"

    /// Tags of what statements share.
    SHARED_TAGS "https://docs.aws.amazon.com/kms/latest/developerguide/tagging-keys.html"
    why "`tags` asks for them. A key or a vault may serve several statements: it has the tags that all of them have with the same value, and no others." "`tags` の指定によるものです。キーやボールトは複数の文で共有されることがあるため、それらすべてに同じ値で指定されたタグだけを付けます。"
    without "Nothing fails; reports and policies that look for the tags would miss them." "失敗するものはありませんが、タグを前提とするレポートやポリシーの対象から外れます。"

    /// The name of a selection.
    SELECTION_NAME "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-backup-backupselection-backupselectionresourcetype.html"
    why "Shows in the console under the plan. Every property of a selection is fixed when it is made: an edit makes a new selection, which touches no recovery point." "コンソールでプランの配下に表示される名前です。セレクションのプロパティはすべて作成時に固定され、変更すると作り直しになりますが、復旧ポイントには影響しません。"
    without "CloudFormation requires it." "CloudFormation の必須項目です。"

    /// The plan of a selection.
    SELECTION_PLAN "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-backup-backupselection.html"
    why "Ties the selection to the plan of this stack by the id that AWS chose." "AWS が採番したプラン ID により、セレクションをこのスタックのプランに結び付けます。"
    without "The plan would back up nothing." "プランは何もバックアップしません。"

    /// The role that AWS Backup assumes.
    SELECTION_ROLE "https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html"
    why "AWS Backup assumes this role for the jobs of the selection, and for deleting what they made." "AWS Backup は、このセレクションのジョブと、作成した復旧ポイントの削除に、このロールを引き受けます。"
    without "AWS Backup would have no permission to do anything." "AWS Backup には何の権限もありません。"

    /// A recovery point objective that is promised.
    PROMISED_RPO "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/disaster-recovery-dr-objectives.html"
    why "`rpo` is a promise that is checked: the spec is refused when schedule, windows and retention cannot keep it in every place." "`rpo` には守るべき RPO を書きます。スケジュール、ウィンドウ、保持期間から見て、いずれかのリージョンで守れない場合は、コンパイル時にエラーになります。"
    without "Nothing is generated from it; without it the figure above is told, but held to nothing." "生成物には影響しません。書かない場合、上記の値は表示されるだけで検査されません。"

}
