//! The way back: copy to the source vault and restore there, or restore from the original points.

use super::before::key_of_vault;
use super::point::{capture, held, show, show_point};
use super::restore::{self, restored};
use super::scope::Scope;
use super::text::{Sentence, Text, say};
use super::{ChapterPart, Step};
use crate::kind::steps::{POINT, Restored, Site};
use crate::policy::glob::includes;
use crate::procedure::command::{Command, Line, Query, Word};
use crate::spec::{Retention, Statement};

/// The variable of the newest recovery point that the plan made before the loss.
const ORIGINAL_POINT: &str = "ORIGINAL_POINT_ARN";

/// The variable of the backup that is made at the destination before the return.
const RETURN_POINT: &str = "RETURN_POINT_ARN";

/// The role that makes it.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html>.
pub(super) const RETURN_ROLE: &str = "AWSBackupDefaultServiceRole";

/// Everything from the day on which the source is back; nothing where it was never left.
pub(super) fn part(scope: &Scope<'_>) -> ChapterPart {
    let source = scope.source();
    let (code, name, name_ja) = (source.code(), source.region.name, source.region.name_ja);
    let mut steps = Vec::new();
    if let Some(destination) = scope.destination() {
        steps.push(check(scope, &source));
        // In this order the copy, which is newer, is what is restored if both steps are run.
        steps.push(original(scope, &source));
        steps.push(hold_original(&source));
        if destination.restore.is_some() {
            steps.push(back_up(scope, &destination));
        }
        steps.push(copy(scope, &destination, &source));
        if source.restore.is_some() {
            steps.extend(restore::steps(scope, &source, &restored(scope, &source)));
        }
    }
    if source.restore.is_some() {
        let name = restored(scope, &source);
        let renaming = old_name(scope, &source, &name);
        if scope.copies.is_some() || !renaming.is_empty() {
            let serving = if renaming.is_empty() { &name } else { scope.resource };
            let switch = (scope.steps().switch)(&source, serving);
            steps.extend(renaming);
            steps.push(switch);
        }
        steps.extend(new_name(scope, &name));
    }
    steps.push(tidy(scope));
    let title = if scope.copies.is_some() {
        say!("When the source is back: {code} ({name})", "ソースが復旧したら: {code}({name_ja})への復帰")
    } else {
        say!("Afterwards", "復元後の作業")
    };
    ChapterPart { title, prose: prose(scope), steps }
}

fn prose(scope: &Scope<'_>) -> Vec<Text> {
    let (home, name) = (scope.source().code(), scope.resource);
    let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
    let Some(destination) = scope.destination() else {
        return vec![say!(
            "The plan backs up the {one} called `{name}`, and no other.",
            "プランがバックアップするのは `{name}` という名前の{one_ja}だけです。"
        )];
    };
    let to = destination.code();
    if destination.restore.is_none() {
        return vec![say!(
            "The role may copy back, but not restore. The steps below bring the recovery point that you found to {home}. What was written in {to} since must first be backed up there, with a role that may.",
            "ロールにはコピーバックの権限はありますが、復元の権限はありません。以下の手順では、特定した復旧ポイントを {home} にコピーします。それ以降に {to} で書き込まれたデータは、権限のある別のロールで、先に {to} でバックアップしてください。"
        )];
    }
    vec![say!(
        "Choose where the data are newest. If anything was written in {to}, do every step: what runs there is backed up, copied to {home} and restored. If nothing was written in {to}, skip the backup and the copy: the newest original recovery point, if one is left, may hold what its copy does not.",
        "最新のデータがどこにあるかで方法を選びます。{to} で書き込みがあった場合は、すべての手順を実行します({to} の{one_ja}をバックアップし、{home} にコピーして復元します)。{to} で書き込みがなかった場合は、バックアップとコピーの手順を飛ばします。オリジナルの復旧ポイントが残っていれば、コピーに含まれないデータを含む可能性があります。"
    )]
}

/// The source's vault and key, and what runs there.
fn check(scope: &Scope<'_>, source: &Site<'_>) -> Step {
    let code = source.code();
    let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
    let [vault_key, key_state] = key_of_vault(source);
    let lines = [Line::Now, vault_key, key_state, (scope.steps().list)(source)];
    Step::new(say!("Check what is left in {code}", "{code} に残っているものを確認する"))
        .prose([say!(
            "A {one} that came back by itself holds what was written last before the loss: keep it, and keep the application away from it.",
            "自然に復旧した{one_ja}には、障害直前に書き込まれたデータが残っています。削除せず、アプリケーションからは接続させないでください。"
        )])
        .lines(lines)
        .done(say!(
            "The vault exists and its key is `Enabled`. If not, deploy the stacks again before anything else.",
            "ボールトが存在し、キーの状態が `Enabled` であること。そうでない場合は、まずスタックを再デプロイします。"
        ))
        .takes(say!("Minutes.", "数分です。"))
}

/// A last backup of what runs at the destination. The statement's role may not make it: it may back up
/// the statement's resources in the source region only.
fn back_up(scope: &Scope<'_>, site: &Site<'_>) -> Step {
    let name = restored(scope, site);
    Step::new(say!("Stop the writers and back up `{name}`", "書き込みを止め、`{name}` をバックアップする"))
        .prose([say!(
            "From here on nothing may be written until the application is switched. The role of this system backs up in the source region only, so another role makes this backup: the account's default one, which the console of AWS Backup creates, or any with the managed policy AWSBackupServiceRolePolicyForBackup.",
            "ここからアプリケーションを切り替えるまで、書き込みは一切できません。このシステムのロールがバックアップできるのはソースリージョンだけなので、別のロールを使います。AWS Backup のコンソールが作成するデフォルトロールか、管理ポリシー AWSBackupServiceRolePolicyForBackup を持つロールを指定してください。"
        )])
        .lines(back_up_lines(scope, site, &name))
        .done(say!(
            "The loop ends with `OK`, and the recovery point shown was made just now.",
            "ループが `OK` で終わり、たった今作成された復旧ポイントが表示されること。"
        ))
        .takes(say!(
            "It starts within 60 minutes, as asked for, or expires. AWS promises no time for the backup itself.",
            "指定した 60 分以内に開始し、開始できなければ期限切れになります。バックアップ自体の所要時間は、AWS は保証していません。"
        ))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html")
}

/// Shows the role that makes the backup before the return.
pub(super) fn return_role(site: &Site<'_>) -> Line {
    let role = site.command("iam", "get-role").with("--role-name", RETURN_ROLE);
    role.show(&["Role.Arn"])
}

fn back_up_lines(scope: &Scope<'_>, site: &Site<'_>, name: &str) -> Vec<Line> {
    let resource = scope.arn_of(site, name);
    let role = scope.arn("iam", "", &format!("role/service-role/{RETURN_ROLE}"));
    let describe = || site.command("backup", "describe-backup-job").expand("--backup-job-id", "$BACKUP_JOB_ID");
    vec![
        Line::assign("BACKUP_ROLE_ARN", Word::Expand(role)),
        return_role(site),
        site.backup("start-backup-job")
            .expand("--resource-arn", resource)
            .expand("--iam-role-arn", "$BACKUP_ROLE_ARN")
            .with("--start-window-minutes", "60")
            .with("--complete-window-minutes", "720")
            .into("BACKUP_JOB_ID", Query::Value("BackupJobId")),
        describe().until("State", &["COMPLETED", "ABORTED", "FAILED", "EXPIRED", "PARTIAL"], "COMPLETED"),
        describe().into(RETURN_POINT, Query::Value("RecoveryPointArn")),
        show_point(site, format!("${RETURN_POINT}")),
    ]
}

/// Lines that copy a recovery point to another place, for so many days if it is said how many, and put
/// the copy in a variable.
pub(super) fn copy_lines(
    (from, point): (&Site<'_>, String),
    (to, variable): (&Site<'_>, String),
    days: Option<i64>,
) -> Vec<Line> {
    let start = from
        .command("backup", "start-copy-job")
        .with("--source-backup-vault-name", from.vault)
        .expand("--recovery-point-arn", point)
        .expand("--destination-backup-vault-arn", &to.vault_arn)
        .expand("--iam-role-arn", "$ROLE_ARN");
    let start = match days {
        Some(days) => start.with("--lifecycle", format!("DeleteAfterDays={days}")),
        None => start,
    };
    let describe = || from.command("backup", "describe-copy-job").expand("--copy-job-id", "$COPY_JOB_ID");
    vec![
        start.into("COPY_JOB_ID", Query::Value("CopyJobId")),
        describe().until("CopyJob.State", &["COMPLETED", "FAILED", "PARTIAL"], "COMPLETED"),
        describe().show(&["CopyJob.State", "CopyJob.StatusMessage", "CopyJob.CreationDate", "CopyJob.CompletionDate"]),
        describe().into(variable, Query::Value("CopyJob.DestinationRecoveryPointArn")),
    ]
}

fn copy(scope: &Scope<'_>, from: &Site<'_>, to: &Site<'_>) -> Step {
    let (here, there, vault) = (from.code(), to.code(), to.vault);
    let own = scope.steps();
    let (point_en, point_ja) = (own.point.en, own.point.ja);
    let point = if from.restore.is_some() { format!("${RETURN_POINT}") } else { from.value(POINT) };
    let mut lines = copy_lines((from, point), (to, to.variable(POINT)), None);
    lines.push(show(to));
    Step::new(say!("Copy it to the vault `{vault}` in {there}", "{there} のボールト `{vault}` にコピーする"))
        .prose([say!(
            "The command runs in {here}, where the recovery point is. Without a lifecycle of its own the copy keeps as long as the recovery point that it is made of, which does not expire now.",
            "コマンドは、復旧ポイントがある {here} で実行します。ライフサイクルを指定しないコピーは、コピー元の保持期間を引き継ぎます。コピー元は、期限切れにならない状態になっています。"
        )])
        .lines(lines)
        .done(say!(
            "The loop ends with `OK`, and the copy in {there} is `COMPLETED`.",
            "ループが `OK` で終わり、{there} のコピーが `COMPLETED` であること。"
        ))
        .takes(say!(
            "AWS promises no time; a copy of {point_en} to another region can take hours. Run the loop again if it ends first.",
            "AWS は所要時間を保証していません。{point_ja}のリージョン間コピーには数時間かかることがあります。ループが先に終わった場合は、もう一度実行してください。"
        ))
        .source(own.copy_page)
}

/// The points that the plan made before the loss.
fn original(scope: &Scope<'_>, source: &Site<'_>) -> Step {
    let variable = source.variable(POINT);
    Step::new(say!("Take the newest original recovery point", "最新のオリジナルの復旧ポイントを選ぶ"))
        .prose([say!(
            "This is what is restored if nothing was written at the destination. Otherwise the copy, made next, takes its place in `{variable}`.",
            "コピー先で書き込みがなかった場合は、これを復元します。書き込みがあった場合は、次の手順で作成するコピーが `{variable}` に入ります。"
        )])
        .lines([capture(scope, source), show(source)])
        .done(say!(
            "`{variable}` holds an ARN, or `null` if every original has expired: then only a copy can be restored.",
            "`{variable}` に ARN が入ること。すべて期限切れの場合は `null` になり、復元できるのはコピーだけです。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
}

/// Keeps the newest original: it may hold what no copy does. The variable stays when the copy takes
/// the other one.
fn hold_original(source: &Site<'_>) -> Step {
    let mut step = held(source, &format!("${ORIGINAL_POINT}")).prose([say!(
        "Retention went on while the region was away. Hold the newest original, whatever you restore: it may be the only place with what was written last. Skip this step where it is `null`.",
        "リージョンの停止中も保持期間は進んでいます。どれを復元する場合でも、最新のオリジナルは保全してください。障害直前のデータは、ここにしか残っていない可能性があります。`null` の場合、この手順は不要です。"
    )]);
    step.lines.insert(0, Line::assign(ORIGINAL_POINT, Word::Expand(source.value(POINT))));
    step
}

/// Gives what was restored the name that the plan and the application know, where its kind can be renamed.
fn old_name(scope: &Scope<'_>, source: &Site<'_>, name: &str) -> Vec<Step> {
    let restored = Restored { name, of: scope.resource };
    let rename = scope.steps().rename.as_ref().filter(|_| restored.name != restored.of);
    let steps = rename.map(|rename| {
        let plan = &scope.statement.plan.value;
        [(rename.free)(source, restored.of), (rename.take)(source, &restored, plan)]
    });
    steps.into_iter().flatten().collect()
}

/// Tells the spec the name of what was restored, where its kind keeps names for ever.
fn new_name(scope: &Scope<'_>, name: &str) -> Option<Step> {
    let is_new = scope.steps().rename.is_none() && name != scope.resource;
    let (statement, words) = (scope.statement, &scope.group.kind.words);
    let (old, home) = (scope.resource, scope.source().code());
    let Sentence { en: one, ja: one_ja } = words.one;
    let (word, plan) = (words.word, &statement.plan.value);
    let Text { en: keep, ja: keep_ja } = keeping_its_name(statement);
    is_new.then(|| {
        Step::new(say!("Let the spec name `{name}`", "定義ファイルの名前を `{name}` に変える"))
            .prose([
                say!(
                    "A {one} keeps its name for ever, and the plan `{plan}` goes on with the one called `{old}`: until the spec says otherwise, nothing backs up `{name}`.",
                    "{one_ja}の名前は変更できず、プラン `{plan}` の対象は `{old}` のままです。定義ファイルを変えるまで、`{name}` はバックアップされません。"
                ),
                say!(
                    "In the spec, write `{word} {name}` in the place of `{word} {old}`{keep}. Look at the change with `drc build --dry-run`, build, and deploy. The recovery points of `{old}` stay and expire as they would have.",
                    "定義ファイルの `{word} {old}` を `{word} {name}` に書き換え{keep_ja}ます。`drc build --dry-run` で変更内容を確認してから、ビルドしてデプロイします。`{old}` の復旧ポイントは残り、本来の期限で削除されます。"
                ),
                restoring_again(scope, name),
            ])
            .done(say!(
                "A backup job of `{name}` in {home} has completed.",
                "{home} の `{name}` のバックアップジョブが完了していること。"
            ))
    })
}

/// What keeps a statement's name while what it backs up gets another.
fn keeping_its_name(statement: &Statement) -> Text {
    let name = &statement.name;
    if name.level.is_derived() && statement.plan.level.is_derived() {
        say!(
            ", and keep the statement's name, from which its plan, selection and role have theirs: `called {}`",
            "、プラン、セレクション、ロールの名前の元になる文の名前が変わらないように `called {}` と書き",
            name.value
        )
    } else {
        say!("", "")
    }
}

/// What may be restored once the spec names what was restored.
fn restoring_again(scope: &Scope<'_>, name: &str) -> Text {
    let (old, pattern) = (scope.resource, scope.source().pattern(name));
    if includes(&pattern, name) {
        say!(
            "Restores may give names that match `{pattern}`, and `{name}` is one: since it is backed up now, `drc build` refuses that pattern. Write another behind `restore as`, such as `\"<name>-restored-*\"`.",
            "復元で付けられる名前のパターン `{pattern}` に `{name}` 自身が一致します。`{name}` がバックアップ対象になるため、`drc build` はこのパターンをエラーにします。`restore as` に `\"<name>-restored-*\"` など別のパターンを書いてください。"
        )
    } else {
        say!(
            "From then on the role restores under names that match `{pattern}`, recovery points of `{old}` too. AWS does not say whether it also checks the name `{old}`: restore one of its recovery points once after the deployment, to see that the role still may.",
            "デプロイ後は、`{old}` の復旧ポイントも `{pattern}` に一致する名前で復元します。AWS が `{old}` という名前も検査するのかは文書化されていないため、デプロイ後に `{old}` の復旧ポイントを一度復元し、ロールの権限が足りることを確認します。"
        )
    }
}

/// Gives a recovery point its retention again; one that is kept for ever has none.
fn expiring(update: Command, kept: Option<Retention>) -> Option<Line> {
    let Some(Retention::Days(days)) = kept else { return None };
    Some(Line::Run(update.with("--lifecycle", format!("DeleteAfterDays={days}"))))
}

/// Retention for the points that were held.
fn tidy(scope: &Scope<'_>) -> Step {
    let refuge = scope.refuge();
    let words = &scope.group.kind.words;
    let (one, one_ja, many) = (words.one.en, words.one.ja, words.many.en);
    let copies = scope.statement.copies().filter(|copy| scope.is_destination(copy));
    let of_rules = scope.statement.rules.iter().map(|rule| rule.keep.value).max();
    let of_former = scope.former().and_then(|former| former.keep.as_ref()).map(|keep| keep.value);
    let kept = copies.map(|copy| copy.keep.value).max().or(of_former).or(of_rules);
    let update = expiring(refuge.about_point("update-recovery-point-lifecycle"), kept);
    let mut lines: Vec<Line> = update.into_iter().chain([show(&refuge)]).collect();
    let mut skipped = None;
    if scope.copies.is_some() {
        skipped = matches!(of_rules, Some(Retention::Days(_))).then(|| {
            say!(
                "The last command is for the original; skip it where `{ORIGINAL_POINT}` is `null`.",
                "最後のコマンドはオリジナル用です。`{ORIGINAL_POINT}` が `null` の場合は不要です。"
            )
        });
        let original = scope.source().backup("update-recovery-point-lifecycle");
        lines.extend(expiring(original.expand("--recovery-point-arn", format!("${ORIGINAL_POINT}")), of_rules));
    }
    Step::new(say!("Let the recovery points expire again", "復旧ポイントの保持期間を元に戻す"))
        .prose([
            say!(
                "When the application has run well for as long as you care to wait, and a backup of the {one} has completed: give what you held its retention again. A recovery point that is older than that is then deleted within hours.",
                "アプリケーションが十分な期間問題なく稼働し、{one_ja}のバックアップが完了したら、保全した復旧ポイントの保持期間を元に戻します。その保持期間を過ぎている復旧ポイントは、数時間以内に削除されます。"
            ),
            say!(
                "Recovery points that you made by hand, and copies of them, stay and are billed until you delete them; so do {many} that are no longer used. Nothing here deletes them for you.",
                "手動で作成した復旧ポイントとそのコピー、使わなくなった{one_ja}は、削除するまで残り、課金も続きます。この手順では削除しないので、不要になったら手動で削除してください。"
            ),
        ])
        .prose(skipped)
        .lines(lines)
        .done(say!(
            "`CalculatedLifecycle.DeleteAt` shows a date again, unless the spec keeps for ever.",
            "無期限保持の定義でない限り、`CalculatedLifecycle.DeleteAt` に日時が表示されること。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
}
