//! The night: ask, go to a place, take the recovery points, restore them, and point the application at what came back.

use super::place;
use super::scope::{Scope, Site};
use super::text::{Sentence, Text, say};
use super::{Phase, Section, Step, own_backups};
use crate::kind::steps::{KEY, MADE, PLACE, POINT, READY, SETTINGS, of_point, of_vault};
use crate::procedure::Left;
use crate::procedure::command::{Command, Query, Word};
use crate::procedure::line::Line;
use crate::spec::{KeyName, ResourceKey};

/// The mark of recovery points that were chosen and are held.
pub(super) const POINTS: &str = "points";

/// The mark of files with what restores are told.
const TOLD: &str = "told";

/// What is shown of recovery points.
const FIELDS: &[&str] = &["CreationDate", "Status", "CalculatedLifecycle.DeleteAt", "IsEncrypted", "RecoveryPointArn"];

/// The whole night.
pub(super) fn phase(scopes: &[Scope<'_>]) -> Phase {
    let mut sections = vec![begin(scopes)];
    for scope in scopes {
        sections.push(section(scope));
        sections.extend(own_backups::section(scope));
    }
    Phase { id: "night", title: say!("The night", "当日の手順"), prose: prose(), sections }
}

fn prose() -> Vec<Text> {
    vec![
        say!(
            "Paste one step at a time into one shell (sh, bash or zsh) with version 2 of the AWS CLI. A step stops at the first call that is refused and at the first value that is missing, and then the steps after it do not begin either. Pasted again, it goes on where it stopped: what it has done stays done.",
            "AWS CLI バージョン 2 が使えるシェル(sh、bash、zsh)を 1 つ開き、手順を 1 つずつ貼り付けます。呼び出しが拒否されるか値が足りないと、手順はそこで止まり、後の手順も始まりません。もう一度貼り付けると、止まったところから続きます。"
        ),
        say!(
            "To go on in another shell, or to begin with other resources while some are being restored, type the line `RUN=…` that A1 showed, paste A1, then the step that goes to the place where you were. `forget NAME VARIABLE` makes a step ask AWS anew for a value that it keeps; `tick MARK` says that you did by hand what the step that ends with `DONE: MARK` does. Where a new name is taken already, `echo 'NAME=orders NEW=orders-restored-2' >> \"$WORK/settings\"` gives another one.",
            "別のシェルで続ける場合や、復元を待つ間にほかのリソースに取りかかる場合は、A1 で表示された `RUN=…` の行を入力してから A1 を貼り付け、続けて、作業していた場所に移る手順を貼り付けます。`forget NAME VARIABLE` を実行すると、手順は記録した値を使わず AWS から取り直します。`DONE: MARK` で終わる手順を手作業で済ませた場合は、`tick MARK` を実行します。新しい名前がすでに使われている場合は、`echo 'NAME=orders NEW=orders-restored-2' >> \"$WORK/settings\"` で別の名前にします。"
        ),
    ]
}

/// Asking the sources, and the shell.
fn begin(scopes: &[Scope<'_>]) -> Section {
    let mut asked: Vec<Command> = Vec::new();
    for scope in scopes {
        let commands = scope.source().map(|source| (scope.steps().ask)(source.code())).unwrap_or_default();
        asked.extend(commands.into_iter().filter(|command| !asked.contains(command)).collect::<Vec<_>>());
    }
    let ask = Step::new(say!("Ask whether the source answers", "ソースが応答するか確認する"))
        .prose([say!(
            "Read the AWS Health Dashboard too, and try from another network. The step ends at the first call that is refused or not answered, which is an answer too.",
            "AWS Health Dashboard も確認し、別のネットワークからも試してください。呼び出しが拒否されるか応答がないと手順はそこで終わり、それも判断材料になります。"
        )])
        .lines(std::iter::once(Line::Now).chain(asked.into_iter().map(patiently)))
        .done(say!(
            "You know what happened, and have chosen a line of page one. Whoever decided, and when, is written down.",
            "何が起きたかを把握して 1 ページ目から対応を選び、誰がいつ判断したかを記録したこと。"
        ))
        .takes(say!("Two minutes at most.", "長くても 2 分ほどです。"));
    let open = Step::new(say!("Open a shell", "シェルを準備する"))
        .leaves(Left::Functions)
        .prose([say!(
            "What is chosen and made is kept under the date. For another night on the same day, type `RUN=` and a word of your own first.",
            "選んだ値と作成したものは、日付ごとに記録されます。同じ日に別の障害に対応する場合は、先に `RUN=` に続けて任意の名前を入力してください。"
        )])
        .done(say!("`RUN=` and a date are shown.", "`RUN=` と日付が表示されること。"))
        .takes(say!("Seconds.", "数秒です。"));
    let mut section = Section::new(say!("First", "最初に"));
    section.steps = vec![open, ask];
    section
}

/// A command that gives up soon.
fn patiently(command: Command) -> Line {
    let query = command.query.clone();
    let mut command = command.impatient();
    command.query = query.map(|(query, _)| (query, crate::procedure::command::Output::Table));
    Line::Run(command)
}

fn section(scope: &Scope<'_>) -> Section {
    let Text { en: title, ja: title_ja } = scope.title();
    let mut section = Section::new(say!("{title}, from recovery points", "{title_ja}: 復旧ポイントからの復元"));
    section.places = place::steps(scope);
    section.prose.push(scope.steps().restores.into());
    section.prose.extend(scope.same_name());
    if !scope.restores() {
        section.prose = forbidden(scope);
    }
    section.steps = steps(scope);
    section
}

/// From the second step, at a place, to the switch, whatever the place is.
pub(super) fn steps(scope: &Scope<'_>) -> Vec<Step> {
    let own = scope.steps();
    let mut steps = Vec::new();
    if !own.settings.is_empty() {
        steps.extend([look(scope), check(scope)]);
    }
    steps.push(points(scope));
    if scope.restores() {
        steps.extend([told(scope), restore(scope)]);
    }
    steps.extend([(own.complete)(), (own.switch)()]);
    steps
}

/// What the spec forbids.
fn forbidden(scope: &Scope<'_>) -> Vec<Text> {
    let Sentence { en: clause, ja: clause_ja } = scope.steps().restore_clause;
    let ready = scope.step(READY);
    vec![
        say!(
            "The spec says `no restore`: its role may not restore anything, anywhere. Before the day: replace `no restore` by `{clause}`, build, deploy the stack with the role, and make this runbook again.",
            "定義ファイルに `no restore` と書かれているため、ロールにはどのリージョンでも復元の権限がありません。平時のうちに `no restore` を `{clause_ja}` に置き換えてビルドし、ロールのあるスタックをデプロイしてから、このランブックを生成し直してください。"
        ),
        say!(
            "On the day: restore in the console of AWS Backup with another role that may, such as one with the managed policy AWSBackupServiceRolePolicyForRestores, under the names behind `NEW=`. When that is done, `tick made`, and go on with {ready}.",
            "当日は、管理ポリシー AWSBackupServiceRolePolicyForRestores を持つロールなど、復元の権限がある別のロールを使って、AWS Backup のコンソールから `NEW=` の名前で復元します。完了したら `tick made` を実行し、{ready} に進みます。"
        ),
    ]
}

fn look(scope: &Scope<'_>) -> Step {
    let open: Vec<String> =
        scope.open_settings().map(|setting| format!("`{}`: {}", setting.variable, setting.hint.en)).collect();
    let open_ja: Vec<String> =
        scope.open_settings().map(|setting| format!("`{}`: {}", setting.variable, setting.hint.ja)).collect();
    let (open, open_ja) = (open.join("; "), open_ja.join("。"));
    Step::new(say!("See what there is, and fill in the settings", "選択肢を確認し、設定ファイルに記入する"))
        .after(PLACE)
        .prose([
            say!("Leave this step out where they are filled in. {open}.", "記入済みの場合は不要です。{open_ja}。"),
            say!(
                "Then `vi \"$WORK/settings\"`, and write each in the place of its `?`. The first line is for all; a line `NAME=orders INSTANCE_CLASS=db.r6g.large` below it says what differs for one.",
                "`vi \"$WORK/settings\"` で開き、`?` を値に置き換えます。1 行目は全体に適用されます。個別に変えるものは、その下に `NAME=orders INSTANCE_CLASS=db.r6g.large` のように 1 行ずつ書きます。"
            ),
        ])
        .lines((scope.steps().choices)())
        .done(say!("No `?` is left in the settings.", "設定ファイルに `?` が残っていないこと。"))
        .takes(say!("Minutes; seconds if it was done before the day.", "数分です。平時に済ませていれば数秒です。"))
}

fn check(scope: &Scope<'_>) -> Step {
    let own = scope.steps();
    let needed = own.settings.iter().map(|setting| Line::need(setting.variable, setting.hint));
    let lines = needed.chain((own.check)());
    let Sentence { en: fits, ja: fits_ja } = own.fits;
    Step::new(say!("Have the settings checked", "設定を確認する"))
        .after(PLACE)
        .mark(SETTINGS)
        .lines([Line::each(lines)])
        .done(say!("For each resource {fits}.", "リソースごとに、{fits_ja}。"))
        .takes(say!("Seconds for each.", "1 つにつき数秒です。"))
}

/// Takes the retention of a recovery point away, which is noted before.
pub(super) fn hold(variable: &'static str) -> [Line; 2] {
    let update = of_vault("update-recovery-point-lifecycle")
        .with("--lifecycle", "MoveToColdStorageAfterDays=-1,DeleteAfterDays=-1")
        .expand("--recovery-point-arn", format!("${variable}"));
    [Line::Hold(variable), update.show(&["RecoveryPointArn", "CalculatedLifecycle.DeleteAt"])]
}

/// Shows the newest recovery points of each resource; then what lists them, and what of it is the newest usable one.
pub(super) fn newest() -> (Line, Command, Query) {
    let points = || of_vault("list-recovery-points-by-backup-vault").expand("--by-resource-arn", "$NAME_ARN");
    let usable = Query::Newest {
        list: "RecoveryPoints",
        which: ("Status", "COMPLETED"),
        by: "CreationDate",
        field: "RecoveryPointArn",
    };
    (points().newest("RecoveryPoints", "CreationDate", FIELDS), points(), usable)
}

fn points(scope: &Scope<'_>) -> Step {
    let (listed, usable, query) = newest();
    let before = if scope.steps().settings.is_empty() { PLACE } else { SETTINGS };
    Step::new(say!("Take the newest recovery points, and keep them from expiring", "最新の復旧ポイントを選び、期限切れを防ぐ"))
        .after(before)
        .mark(POINTS)
        .prose([
            say!(
                "If the newest already holds the damage, choose an older one of the list with `choose NAME POINT_ARN arn:…`, then paste this step again.",
                "最新の復旧ポイントに壊れたデータが含まれる場合は、一覧にあるそれより前のものを `choose NAME POINT_ARN arn:…` で選び、この手順をもう一度貼り付けます。"
            ),
            say!(
                "Points expire while you work, so this step takes their retention away; you give it back at the end. If a vault lock refuses that, `tick points`, and have restored them before `DeleteAt`.",
                "作業中も保持期間は進むため、この手順で期限を外します(最後に元に戻します)。ボールトロックのために拒否された場合は、`tick points` を実行して先に進み、`DeleteAt` までに復元を終えてください。"
            ),
        ])
        .lines([Line::each([listed, usable.into(POINT, query)]), Line::each(hold(POINT)), Line::Now])
        .done(say!(
            "For each resource a point is `COMPLETED` and its `DeleteAt` is `None`. What was written between its `CreationDate` and the time shown last is lost.",
            "リソースごとに、復旧ポイントが `COMPLETED` で、`DeleteAt` が `None` であること。`CreationDate` から、最後に表示される時刻までのデータが失われます。"
        ))
        .takes(say!("Seconds for each.", "1 つにつき数秒です。"))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html")
}

fn told(scope: &Scope<'_>) -> Step {
    let own = scope.steps();
    let metadata = (own.metadata)();
    let mut lines = vec![Line::Run(of_point("get-recovery-point-restore-metadata"))];
    lines.extend((own.gather)());
    if metadata.document.with.is_some() {
        lines.extend(key(scope));
    }
    lines.push(Line::Document(metadata.document));
    Step::new(say!("Write what each restore is told, and look at it", "復元メタデータを作成し、内容を確認する"))
        .after(POINTS)
        .mark(TOLD)
        .prose(metadata.prose)
        .lines([Line::each(lines)])
        .done(say!(
            "For each resource the file `NAME.json` is shown, and no value in it is empty or wrong. If one is, correct the file in `$WORK/$RUN`.",
            "リソースごとに `NAME.json` の内容が表示され、空の値や誤りがないこと。誤りがあれば、`$WORK/$RUN` にあるファイルを修正します。"
        ))
        .takes(say!("Seconds for each.", "1 つにつき数秒です。"))
        .source(own.page)
}

/// The key of the new resource: that of the vault, unless the names say another or none.
fn key(scope: &Scope<'_>) -> Vec<Line> {
    let vault = of_vault("describe-backup-vault").into("VAULT_KEY", Query::Value("EncryptionKeyArn"));
    let mut lines = vec![vault, Line::assign(KEY, format!("${{{KEY}-$VAULT_KEY}}"))];
    let is_alias = |site: &Site<'_>| {
        let written =
            |key: &ResourceKey| matches!(key, ResourceKey::Written(key) if matches!(key.value, KeyName::Made(_)));
        site.rows.iter().any(|row| written(&row.statement.resource_key))
    };
    if scope.source().is_some_and(is_alias) {
        let describe = Command::here("kms", "describe-key").expand("--key-id", format!("${KEY}"));
        let found = describe.look(KEY, Query::Value("KeyMetadata.Arn"));
        lines.push(Line::Where { word: Word::Expand(format!("${KEY}")), pattern: "alias/*", line: Box::new(found) });
    }
    lines
}

fn restore(scope: &Scope<'_>) -> Step {
    let start = Command::here("backup", "start-restore-job")
        .expand("--recovery-point-arn", format!("${POINT}"))
        .expand("--iam-role-arn", "$ROLE_ARN")
        .with("--resource-type", scope.kind.service_name)
        .expand("--metadata", "file://$NAME.json")
        .into("RESTORE_JOB_ID", Query::Value("RestoreJobId"));
    let describe = Command::here("backup", "describe-restore-job").expand("--restore-job-id", "$RESTORE_JOB_ID");
    let wait = describe.until(Query::State("Status", "StatusMessage"), "COMPLETED", &["ABORTED", "FAILED"]);
    Step::new(say!("Restore, and wait", "復元し、完了を待つ"))
        .after(TOLD)
        .mark(MADE)
        .prose([say!(
            "Look once more: `NEW` is what will be made, in the region of this place. The step starts all jobs, then waits for each. After `FAILED` the message says why: correct the file, `forget NAME RESTORE_JOB_ID`, and paste the step again.",
            "実行前にもう一度、作成される名前(`NEW`)とリージョンを確認します。この手順は、すべてのジョブを開始してから、それぞれの完了を待ちます。`FAILED` になった場合は、メッセージで理由を確認してファイルを修正し、`forget NAME RESTORE_JOB_ID` を実行してから、もう一度貼り付けます。"
        )])
        .lines([Line::each([start]), Line::each([wait])])
        .done(say!(
            "Each job is `COMPLETED`.",
            "各ジョブが `COMPLETED` になること。"
        ))
        .takes(say!(
            "AWS promises no time; your drills tell you. The step looks every 30 seconds for 4 hours; paste it again then.",
            "AWS は所要時間を保証していません。目安は訓練でつかんでください。この手順は 30 秒ごとに、最長 4 時間確認します。終わらない場合は、もう一度貼り付けます。"
        ))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartRestoreJob.html")
}
