//! The way back: what runs where the copies are is backed up, copied to the source and restored there; and what is left
//! to do once something was restored where it lives.

use super::before::{self, RETURN_ROLE};
use super::night::{POINTS, hold, newest};
use super::place::KEEP;
use super::scope::{Row, Scope, Site};
use super::text::{Sentence, Text, say};
use super::{Phase, Section, Step};
use crate::kind::steps::{PLACE, POINT, of_vault};
use crate::policy::glob::includes;
use crate::procedure::command::{Command, Query};
use crate::procedure::line::Line;
use crate::spec::Statement;

/// The variable of the newest recovery point that the plan made before the loss.
const ORIGINAL: &str = "ORIGINAL_ARN";

/// The variable of the backup that is made at the destination before the return.
const RETURN: &str = "RETURN_ARN";

/// The mark of backups before the return.
const BACKED_UP: &str = "backed-up";

/// Everything from the day on which the source is back.
pub(super) fn phase(scopes: &[Scope<'_>]) -> Phase {
    let prose = vec![say!(
        "Type the line `RUN=…` of the night, then paste A1: what was chosen then is still known.",
        "当日の `RUN=…` の行を入力してから A1 を貼り付けます。当日に選んだ値が引き継がれます。"
    )];
    let sections = scopes.iter().flat_map(|scope| [way_back(scope), afterwards(scope)].into_iter().flatten()).collect();
    Phase {
        id: "return", title: say!("The way back, and afterwards", "復帰と、その後の作業"), prose, sections
    }
}

/// From the copies to the source.
fn way_back(scope: &Scope<'_>) -> Option<Section> {
    let source = scope.source()?;
    scope.copies().next()?;
    let Text { en: title, ja: title_ja } = scope.title();
    let mut section = Section::new(say!("{title}: the way back", "{title_ja}: 復帰"));
    section.prose = choice(scope, source);
    section.steps = vec![check(scope), original()];
    if scope.restores() {
        section.steps.extend([protect(scope, source), back_up(scope)]);
    }
    section.steps.push(copy(scope, source));
    if scope.restores() {
        section.steps.push(restore(scope, source));
    }
    Some(section)
}

/// What is done of it, depending on where the newest data are.
fn choice(scope: &Scope<'_>, source: &Site<'_>) -> Vec<Text> {
    let home = source.code();
    if !scope.restores() {
        return vec![say!(
            "The role may copy back, but not restore. These steps bring the recovery points that were taken to {home}. What was written where the copies are must first be backed up there, with a role that may.",
            "ロールにはコピーバックの権限はありますが、復元の権限はありません。以下の手順では、選んだ復旧ポイントを {home} にコピーします。コピー先で書き込まれたデータは、権限のある別のロールで、先にそこでバックアップしてください。"
        )];
    }
    vec![say!(
        "If anything was written where the copies are, do every step. If nothing was, leave out the backup and the copy: the newest recovery point at the source, if one is left, may hold what its copy does not.",
        "コピー先で書き込みがあった場合は、すべての手順を実行します。なかった場合は、バックアップとコピーの手順を飛ばします。ソースに復旧ポイントが残っていれば、コピーにないデータが含まれている可能性があります。"
    )]
}

/// The source's vault and key, and what runs there.
fn check(scope: &Scope<'_>) -> Step {
    let Sentence { en: one, ja: one_ja } = scope.kind.words.one;
    let source = scope.source().map(|source| scope.enter(source)).unwrap_or_default();
    let holders = format!("{}{}", scope.before_label, before::HOLDERS);
    Step::new(say!("Go to the source ({source}), and check what is left", "ソースに移り({source})、残っているものを確認する"))
        .after(PLACE)
        .prose([say!(
            "Do {holders} there too. A {one} that came back by itself holds what was written last before the loss: keep it, and keep the application away from it.",
            "{holders} も実行します。自然に復旧した{one_ja}には、障害直前に書き込まれたデータが残っています。削除せず、アプリケーションからは接続させないでください。"
        )])
        .lines([Line::Now, (scope.steps().list)()])
        .done(say!(
            "The vault exists and its key is `Enabled`. If not, deploy the stacks again before anything else.",
            "ボールトが存在し、キーの状態が `Enabled` であること。そうでない場合は、まずスタックを再デプロイします。"
        ))
        .takes(say!("Minutes.", "数分です。"))
}

/// Keeps the newest originals: they may hold what no copy does.
fn original() -> Step {
    let (listed, usable, query) = newest();
    let mut held = vec![Line::OnlyKept(ORIGINAL)];
    held.extend(hold(ORIGINAL));
    Step::new(say!("There, keep the newest recovery points from expiring", "ソースに残る最新の復旧ポイントの期限切れを防ぐ"))
        .after(PLACE)
        .prose([say!(
            "Retention went on while the region was away. The newest recovery point there may be the only place with what was written last. Where a list is empty, all have expired, and nothing is held.",
            "リージョンの停止中も保持期間は進んでいます。障害直前のデータは、ここにある最新の復旧ポイントにしか残っていない可能性があります。一覧が空のものはすべて期限切れで、保全するものはありません。"
        )])
        .lines([Line::each([listed, usable.attempt(ORIGINAL, query)]), Line::each(held)])
        .done(say!("`DeleteAt` of each is `None`.", "それぞれの `DeleteAt` が `None` であること。"))
        .takes(say!("Seconds for each.", "1 つにつき数秒です。"))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html")
}

/// The plan backs up the old resource only.
fn protect(scope: &Scope<'_>, source: &Site<'_>) -> Step {
    let words = &scope.kind.words;
    let (one, one_ja, word) = (words.one.en, words.one.ja, words.word);
    let (system, home) = (&scope.system.name.value, source.code());
    let mut prose = vec![say!(
        "No plan of this system backs up what runs there. If you stay there for longer than what you can afford to lose, write a spec for each {one} and deploy it once {home} answers:",
        "このシステムのプランは、コピー先で稼働中の{one_ja}をバックアップしません。許容できるデータ損失の時間を超えて運用する場合は、{one_ja}ごとに逆方向の定義ファイルを書き、{home} が応答するようになったらデプロイしてください。"
    )];
    let example = scope.copies().find_map(|site| Some((site.code(), site.rows.first()?)));
    prose.extend(example.map(|(here, row)| {
        let name = row.restored(scope.kind);
        say!(
            "`system {system}-return` and, on the next line, `backup {word} {name} from {here} to {home} daily 01:00 UTC keep 7d`",
            "`system {system}-return` と、次の行に `backup {word} {name} from {here} to {home} daily 01:00 UTC keep 7d`"
        )
    }));
    Step::new(say!(
        "Until then, protect what runs where the copies were",
        "それまでの間、コピー先で稼働中のものを保護する"
    ))
    .prose(prose)
    .done(say!("A backup job of each has completed.", "それぞれのバックアップジョブが完了していること。"))
}

/// A last backup of what runs at the destination. The statement's role may not make it: it may back up
/// the statement's resources in the source region only.
fn back_up(scope: &Scope<'_>) -> Step {
    let Text { en: places, ja: places_ja } = scope.enter_copies();
    let describe = || Command::here("backup", "describe-backup-job").expand("--backup-job-id", "$BACKUP_JOB_ID");
    let start = of_vault("start-backup-job")
        .expand("--resource-arn", "$NEW_ARN")
        .expand("--iam-role-arn", format!("${{ROLE_ARN%%:role/*}}:role/service-role/{RETURN_ROLE}"))
        .with("--start-window-minutes", "60")
        .with("--complete-window-minutes", "720")
        .into("BACKUP_JOB_ID", Query::Value("BackupJobId"));
    let wait = describe().until(
        Query::State("State", "StatusMessage"),
        "COMPLETED",
        &["ABORTED", "FAILED", "EXPIRED", "PARTIAL"],
    );
    Step::new(say!("Go to where you work now ({places}), stop the writers, and back up", "稼働中の場所に移り({places_ja})、書き込みを止めてバックアップする"))
        .after(PLACE)
        .mark(BACKED_UP)
        .prose([say!(
            "From here on nothing may be written until the application is switched. The role of this system backs up in the source region only, so the account's default role makes these backups. If you noted another role, write its ARN in the place of that one.",
            "ここからアプリケーションを切り替えるまで、書き込みは一切できません。このシステムのロールがバックアップできるのはソースリージョンだけなので、アカウントのデフォルトロールを使います。別のロールを控えてある場合は、その ARN に書き換えてください。"
        )])
        .lines([
            Line::each([start]),
            Line::each([wait, describe().into(RETURN, Query::Value("RecoveryPointArn"))]),
        ])
        .done(say!(
            "Each job is `COMPLETED`, and its recovery point is shown.",
            "各ジョブが `COMPLETED` になり、復旧ポイントが表示されること。"
        ))
        .takes(say!(
            "It starts within 60 minutes, as asked for, or expires. AWS promises no time for the backup itself.",
            "指定した 60 分以内に開始し、開始できなければ期限切れになります。バックアップ自体の所要時間は、AWS は保証していません。"
        ))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html")
}

/// Copies a recovery point of each resource to the vault of the source, for so many days if it is said how many, and
/// keeps the copy's ARN; jobs are all started before one is waited for.
pub(super) fn copying(
    scope: &Scope<'_>,
    source: &Site<'_>,
    point: &'static str,
    (job, copied): (&'static str, &'static str),
    days: Option<i64>,
) -> [Vec<Line>; 2] {
    let vault = scope.arn("backup", source.code(), &format!("backup-vault:{}", source.vault()));
    let start = Command::here("backup", "start-copy-job")
        .expand("--source-backup-vault-name", "$VAULT")
        .expand("--recovery-point-arn", format!("${point}"))
        .expand("--destination-backup-vault-arn", vault)
        .expand("--iam-role-arn", "$ROLE_ARN");
    let start = match days {
        Some(days) => start.with("--lifecycle", format!("DeleteAfterDays={days}")),
        None => start,
    };
    let describe = || Command::here("backup", "describe-copy-job").expand("--copy-job-id", format!("${job}"));
    let wait =
        describe().until(Query::State("CopyJob.State", "CopyJob.StatusMessage"), "COMPLETED", &["FAILED", "PARTIAL"]);
    let arn = describe().into(copied, Query::Value("CopyJob.DestinationRecoveryPointArn"));
    [vec![start.into(job, Query::Value("CopyJobId"))], vec![wait, arn]]
}

fn copy(scope: &Scope<'_>, source: &Site<'_>) -> Step {
    let own = scope.steps();
    let (point_en, point_ja) = (own.point.en, own.point.ja);
    let (vault, home) = (source.vault(), source.code());
    let (point, after) = if scope.restores() { (RETURN, BACKED_UP) } else { (POINT, POINTS) };
    let [start, mut wait] = copying(scope, source, point, ("COPY_JOB_ID", "COPIED_ARN"), None);
    wait.push(Line::Hand { variable: "COPIED_ARN", there: POINT, place: scope.folder(source) });
    Step::new(say!("Copy to the vault `{vault}` in {home}", "{home} のボールト `{vault}` にコピーする"))
        .after(after)
        .mark("copied")
        .prose([say!(
            "Without a lifecycle of its own a copy keeps as long as the recovery point that it is made of. The steps at the source then know which copies to restore.",
            "ライフサイクルを指定しないコピーは、コピー元の保持期間を引き継ぎます。どのコピーを復元するかは、ソースでの手順に引き継がれます。"
        )])
        .lines([Line::each(start), Line::each(wait)])
        .done(say!("Each job is `COMPLETED`.", "各ジョブが `COMPLETED` になること。"))
        .takes(say!(
            "AWS promises no time; a copy of {point_en} to another region can take hours. If the step gives up first, paste it again.",
            "AWS は所要時間を保証していません。{point_ja}のリージョン間コピーには数時間かかることがあります。手順が先に打ち切られた場合は、もう一度貼り付けます。"
        ))
        .source(own.copy_page)
}

/// Restoring at the source, by the steps of the night.
fn restore(scope: &Scope<'_>, source: &Site<'_>) -> Step {
    let Text { en: region, ja: region_ja } = source.region();
    let (enter, label) = (scope.enter(source), &scope.label);
    Step::new(say!(
        "Go to the source ({enter}), and do the steps from {label}2 on",
        "ソースに移り({enter})、{label}2 以降を実行する"
    ))
    .prose(scope.same_name())
    .done(say!(
        "The application writes to and reads from what was restored in {region}.",
        "アプリケーションが{region_ja}で復元したものを読み書きできること。"
    ))
    .takes(say!("As in the night.", "当日と同じです。"))
}

/// What is left to do once the resources were restored where they live.
fn afterwards(scope: &Scope<'_>) -> Option<Section> {
    let source = scope.source()?;
    let Text { en: title, ja: title_ja } = scope.title();
    let mut section = Section::new(say!("{title}: afterwards", "{title_ja}: ソースで復元した後"));
    let enter = scope.enter(source);
    section.prose.push(say!(
        "Do this after a restore at the source ({enter}), in the night or on the way back.",
        "当日または復帰でソース({enter})に復元した後に実行します。"
    ));
    if let Some(rename) = &scope.steps().rename {
        section.steps.extend([(rename.free)(), (rename.take)()]);
    } else {
        section.steps.extend(new_name(scope, source));
    }
    section.steps.push(tidy(scope));
    Some(section)
}

/// The step that gives held points their retention back.
pub(super) fn expiry(scope: &Scope<'_>) -> Option<String> {
    Some(format!("{}{}", scope.after_label, afterwards(scope)?.steps.len()))
}

/// Tells the spec the names of what was restored, where the kind keeps names for ever.
fn new_name(scope: &Scope<'_>, source: &Site<'_>) -> Option<Step> {
    let row = source.rows.iter().find(|row| row.restored(scope.kind) != row.name)?;
    let (statement, words) = (row.statement, &scope.kind.words);
    let (old, name, home) = (row.name, row.restored(scope.kind), source.code());
    let Sentence { en: one, ja: one_ja } = words.one;
    let word = words.word;
    let Text { en: keep, ja: keep_ja } = keeping_its_name(statement);
    Some(
        Step::new(say!("Let the spec name what was restored", "定義ファイルの名前を復元後の名前に変える"))
            .prose([
                say!(
                    "A {one} keeps its name for ever, and the plan goes on with the old one: until the spec says otherwise, nothing backs up `{name}`.",
                    "{one_ja}の名前は変更できず、プランの対象は古いもののままです。定義ファイルを変えるまで、`{name}` はバックアップされません。"
                ),
                say!(
                    "In the spec, write `{word} {name}` in the place of `{word} {old}`{keep}. Look at the change with `drc build --dry-run`, build, and deploy. The recovery points of `{old}` stay and expire as they would have.",
                    "定義ファイルの `{word} {old}` を `{word} {name}` に書き換え{keep_ja}ます。`drc build --dry-run` で変更内容を確認してから、ビルドしてデプロイします。`{old}` の復旧ポイントは残り、本来の期限で削除されます。"
                ),
                restoring_again(row, &name),
            ])
            .done(say!(
                "A backup job of each in {home} has completed.",
                "{home} でそれぞれのバックアップジョブが完了していること。"
            )),
    )
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
fn restoring_again(row: &Row<'_>, name: &str) -> Text {
    let old = row.name;
    let pattern = row.restore.map_or("<name>*", |restore| &restore.pattern.value).replace("<name>", name);
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

/// Retention for the points that were held.
fn tidy(scope: &Scope<'_>) -> Step {
    let Sentence { en: many, .. } = scope.kind.words.many;
    let Sentence { ja: one_ja, .. } = scope.kind.words.one;
    let expire = of_vault("update-recovery-point-lifecycle")
        .expand("--lifecycle", format!("DeleteAfterDays=${KEEP}"))
        .expand("--recovery-point-arn", "$HELD");
    let shown = expire.show(&["RecoveryPointArn", "CalculatedLifecycle.DeleteAt"]);
    Step::new(say!(
        "At each place where you kept recovery points from expiring, let them expire again",
        "期限を外した復旧ポイントのある場所ごとに、保持期間を元に戻す"
    ))
    .after(PLACE)
    .prose([say!(
        "Do this when the application has run well for as long as you care to wait, and a backup has completed. A point that is older than its retention is then deleted within hours. Points that you made by hand, their copies, and {many} that are no longer used stay and are billed until you delete them.",
        "アプリケーションがしばらく問題なく稼働し、バックアップが 1 回以上完了してから実行します。保持期間を過ぎている復旧ポイントは、数時間以内に削除されます。手動で作成した復旧ポイントとそのコピー、使わなくなった{one_ja}は、削除するまで残り、課金も続きます。"
    )])
    .lines([Line::each([Line::EachHeld(Box::new(shown))])])
    .done(say!(
        "`DeleteAt` shows a date again, except for what the spec keeps for ever.",
        "`DeleteAt` に再び日時が表示されること(無期限に保持するものを除く)。"
    ))
    .takes(say!("Seconds.", "数秒です。"))
}
