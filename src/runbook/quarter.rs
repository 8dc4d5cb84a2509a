//! What to test each quarter.

use super::before::{is_on, opted_in};
use super::point::{capture, show};
use super::restore;
use super::returning::copy_lines;
use super::scope::Scope;
use super::text::{Sentence, Text, say};
use super::{ChapterPart, Step};
use crate::kind::steps::{POINT, Restored, Site};
use crate::procedure::command::Line;
use crate::time::length::Minutes;

/// What is added to a resource's name in a drill.
const SUFFIX: &str = "-drill";

/// The jobs, a drill, and tidying up after it.
pub(super) fn part(scope: &Scope<'_>) -> ChapterPart {
    let site = scope.refuge();
    let mut steps = vec![jobs(scope)];
    if site.restore.is_some() {
        let name = scope.restored_name(&site, SUFFIX);
        if site.code() == scope.source().code() && name == scope.resource {
            steps.push(no_drill(scope));
        } else {
            steps.push(choose(scope, &site).prose(no_other_name(scope, &site, &name)));
            steps.extend(restore::steps(scope, &site, &name));
            steps.push(measure(scope, &site, &name));
            steps.extend(copy_back(scope, &site));
            steps.push(clean_up(scope, &site, &name));
        }
    }
    ChapterPart {
        title: say!("Every quarter", "四半期ごとの訓練"),
        prose: vec![say!(
            "What was never restored is not a backup. Run the part about preparation, then this one, and write down how long each step took: nobody else can tell you.",
            "復元したことのないバックアップは、バックアップとは言えません。「平時の準備」に続けてこの手順を実行し、各手順の所要時間を記録してください。実際の所要時間は、測ってみなければわかりません。"
        )],
        steps,
    }
}

fn jobs(scope: &Scope<'_>) -> Step {
    const SHOWN: &[&str] = &["CreationDate", "CompletionDate", "State", "StatusMessage"];
    let source = scope.source();
    let service = scope.group.kind.service_name;
    let Text { en: on, ja: on_ja } = is_on(scope.group.kind);
    let on_ja = on_ja.trim_start();
    let of_resource = |jobs| source.command("backup", jobs).expand("--by-resource-arn", scope.arn_value());
    let backups = of_resource("list-backup-jobs").rows("BackupJobs", Some("CreationDate"), SHOWN);
    let mut lines = vec![opted_in(scope, &source), backups];
    if let Some(destination) = scope.destination().filter(|_| scope.former().is_none()) {
        let copies = of_resource("list-copy-jobs").expand("--by-destination-vault-arn", destination.vault_arn);
        lines.push(copies.rows("CopyJobs", Some("CreationDate"), SHOWN));
    }
    Step::new(say!("Look at the jobs", "ジョブの結果を確認する"))
        .prose([say!(
            "Nothing is backed up unless {service} is switched on for AWS Backup in the region. A backup and its copy are two jobs: a green backup says nothing of the copy.",
            "リージョンの AWS Backup で {service} が有効になっていないと、何もバックアップされません。バックアップとコピーは別のジョブです。バックアップが成功していても、コピーが成功しているとは限りません。"
        )])
        .lines(lines)
        .done(say!(
            "{on}; every job of the schedule is there, and says `COMPLETED`.",
            "{on_ja}で、スケジュールどおりのジョブがすべてあり、`COMPLETED` であること。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
}

/// Deletes what the drill made.
fn clean_up(scope: &Scope<'_>, site: &Site<'_>, name: &str) -> Step {
    let (own, code) = (scope.steps(), site.code());
    let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
    let (Sentence { en: also, ja: also_ja }, takes) = own.deleted;
    Step::new(say!("Delete the drill's {one} in {code}", "訓練用の{one_ja}を {code} から削除する"))
        .prose([say!(
            "Only in a drill: this deletes the {one} `{name}` for good.{also}",
            "訓練のときだけ実行してください。{one_ja} `{name}` は完全に削除されます。{also_ja}"
        )])
        .lines((own.clean_up)(site, &Restored { name, of: scope.resource }))
        .done(say!("`{name}` is no longer in {code}.", "`{name}` が {code} に残っていないこと。"))
        .takes(takes)
}

fn no_drill(scope: &Scope<'_>) -> Step {
    let name = scope.resource;
    let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
    Step::new(say!("No drill is possible", "訓練はできません")).prose([say!(
        "The role may restore as `{name}` only, which is the name of the live {one}. Write `restore as \"<name>*\"` to make drills possible.",
        "ロールが復元できる名前は `{name}` だけで、稼働中の{one_ja}と同じです。訓練できるようにするには、`restore as \"<name>*\"` と書いてください。"
    )])
}

/// What to mind where the pattern leaves a drill no name but that of the day.
fn no_other_name(scope: &Scope<'_>, site: &Site<'_>, name: &str) -> Option<Text> {
    let code = site.code();
    let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
    (name == restore::restored(scope, site)).then(|| {
        say!(
            "The role may restore as `{name}` only, here and on the day: while a {one} of that name serves the application in {code}, run no drill, since its last step deletes that {one}. Write `restore as \"<name>*\"` to give drills a name of their own.",
            "ロールが復元できる名前は `{name}` だけで、訓練でも災害当日でも同じです。この名前の{one_ja}が {code} で本番稼働している間は、訓練をしないでください。訓練の最後の手順で削除されてしまいます。訓練用に別の名前を使えるようにするには、`restore as \"<name>*\"` と書いてください。"
        )
    })
}

fn choose(scope: &Scope<'_>, site: &Site<'_>) -> Step {
    let code = site.code();
    let done = if scope.former().is_some() {
        say!("The recovery point is `COMPLETED`.", "復旧ポイントが `COMPLETED` であること。")
    } else {
        say!(
            "The recovery point is `COMPLETED` and no older than the RPO above.",
            "復旧ポイントが `COMPLETED` で、経過時間が前述の RPO 以内であること。"
        )
    };
    Step::new(say!(
        "Start the clock and take the newest recovery point in {code}",
        "計測を始め、{code} の最新の復旧ポイントを選ぶ"
    ))
    .lines([Line::Now, capture(scope, site), show(site)])
    .done(done)
    .takes(say!("Seconds.", "数秒です。"))
}

fn measure(scope: &Scope<'_>, site: &Site<'_>, name: &str) -> Step {
    let own = scope.steps();
    let (look, look_ja) = (own.verify.en, own.verify.ja);
    Step::new(say!("Look at the data, and stop the clock", "データを確認し、計測を終える"))
        .prose([say!(
            "{look} Compare both times with what the business was promised.",
            "{look_ja}計測した時間とデータの新しさを、業務側と合意した目標と比べてください。"
        )])
        .lines([(own.reach)(site, name), Line::Now])
        .done(say!("Recovery time and data age are written down.", "復旧時間とデータの新しさを記録したこと。"))
}

/// Rehearses the way back as far as the copy.
fn copy_back(scope: &Scope<'_>, site: &Site<'_>) -> Option<Step> {
    // How old the newest copy is decides how long the copy back is kept, and is unknown where none is
    // made any more.
    scope.destination().filter(|_| scope.former().is_none())?;
    let source = scope.source();
    let (vault, code) = (source.vault, source.code());
    let days = drill_copy_days(scope);
    let lines = copy_lines((site, site.value(POINT)), (&source, "DRILL_COPY_ARN".to_owned()), Some(days));
    Some(
        Step::new(say!("Copy back to `{vault}` in {code}", "{code} の `{vault}` へのコピーバックを試す"))
            .prose([say!(
                "The copy deletes itself: it is kept {days} days, counted from when the original was made. So nobody needs the permission to delete recovery points.",
                "コピーの保持期間は、元の復旧ポイントの作成日から数えて {days} 日で、過ぎると自動的に削除されます。そのため、復旧ポイントを削除する権限は誰にも必要ありません。"
            )])
            .lines(lines)
            .done(say!("The loop ends with `OK`.", "ループが `OK` で終わること。"))
            .takes(say!(
                "AWS promises no time; it can be hours.",
                "AWS は所要時間を保証していません。数時間かかることがあります。"
            )),
    )
}

/// How long the copy of a drill is kept. It counts from the creation of the original, so it must be
/// more than the age of the newest recovery point, which is the RPO at worst.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html>.
fn drill_copy_days(scope: &Scope<'_>) -> i64 {
    let rpo = scope.destination_coverage().and_then(|coverage| coverage.rpo.as_ref());
    let oldest = rpo.map_or(0, |rpo| rpo.total().0.div_euclid(Minutes::days(1).0));
    oldest.saturating_add(7)
}
