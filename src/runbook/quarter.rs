//! What to test each quarter.

use super::before::opted_in;
use super::command::{Command, Line, Query};
use super::point::{capture, show};
use super::restore;
use super::returning::copy_lines;
use super::scope::{Scope, Site};
use super::text::{Text, say};
use super::{Part, Step, target};
use crate::time::length::Minutes;

/// What is added to a cluster's name in a drill.
const SUFFIX: &str = "-drill";

/// The jobs, a drill, and tidying up after it.
pub(super) fn part(scope: &Scope<'_>) -> Part {
    let site = scope.refuge();
    let mut steps = vec![jobs(scope)];
    if site.restore.is_some() {
        let cluster = site.restored_name(scope.cluster, SUFFIX);
        if site.code() == scope.source().code() && cluster == scope.cluster {
            steps.push(no_drill(&cluster));
        } else {
            steps.push(choose(scope, &site).prose(no_other_name(scope, &site, &cluster)));
            steps.extend(restore::steps(scope, &site, &cluster));
            steps.push(measure(&site, &cluster));
            steps.extend(copy_back(scope, &site));
            steps.push(clean_up(scope, &site, &cluster));
        }
    }
    Part {
        title: say!("Every quarter", "四半期ごとの訓練"),
        prose: vec![say!(
            "What was never restored is not a backup. Run the part about preparation, then this one, and write down how long each step took: nobody else can tell you.",
            "復元したことのないバックアップは、バックアップとは言えません。「平時の準備」に続けてこの手順を実行し、各手順の所要時間を記録してください。実際の所要時間は、測ってみなければわかりません。"
        )],
        steps,
    }
}

fn jobs(scope: &Scope<'_>) -> Step {
    let source = scope.source();
    let backups = Command::new(source.code(), "backup", "list-backup-jobs").expand("--by-resource-arn", "$CLUSTER_ARN");
    let mut lines = vec![
        opted_in(&source),
        Line::Run(backups.show(Query::Rows {
            list: "BackupJobs",
            by: Some("CreationDate"),
            fields: &["CreationDate", "CompletionDate", "State", "StatusMessage"],
        })),
    ];
    if let Some(destination) = scope.destination().filter(|_| scope.former().is_none()) {
        let copies = Command::new(source.code(), "backup", "list-copy-jobs")
            .expand("--by-resource-arn", "$CLUSTER_ARN")
            .expand("--by-destination-vault-arn", scope.vault_arn(destination.place));
        lines.push(Line::Run(copies.show(Query::Rows {
            list: "CopyJobs",
            by: Some("CreationDate"),
            fields: &["CreationDate", "CompletionDate", "State", "StatusMessage"],
        })));
    }
    Step::new(say!("Look at the jobs", "ジョブの結果を確認する"))
        .prose([say!(
            "Nothing is backed up unless Aurora is switched on for AWS Backup in the region. A backup and its copy are two jobs: a green backup says nothing of the copy.",
            "リージョンの AWS Backup で Aurora が有効になっていないと、何もバックアップされません。バックアップとコピーは別のジョブです。バックアップが成功していても、コピーが成功しているとは限りません。"
        )])
        .lines(lines)
        .done(say!(
            "`Aurora` is `True`; every job of the schedule is there, and says `COMPLETED`.",
            "`Aurora` が `True` で、スケジュールどおりのジョブがすべてあり、`COMPLETED` であること。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
}

fn no_drill(cluster: &str) -> Step {
    Step::new(say!("No drill is possible", "訓練はできません")).prose([say!(
        "The role may restore as `{cluster}` only, which is the name of the live cluster. Write `restore as \"<name>*\"` to make drills possible.",
        "ロールが復元できる名前は `{cluster}` だけで、稼働中のクラスターと同じです。訓練できるようにするには、`restore as \"<name>*\"` と書いてください。"
    )])
}

/// What to mind where the pattern leaves a drill no name but that of the day.
fn no_other_name(scope: &Scope<'_>, site: &Site<'_>, cluster: &str) -> Option<Text> {
    let code = site.code();
    (cluster == restore::restored(scope, site)).then(|| {
        say!(
            "The role may restore as `{cluster}` only, here and on the day: while a cluster of that name serves the application in {code}, run no drill, since its last step deletes that cluster. Write `restore as \"<name>*\"` to give drills a name of their own.",
            "ロールが復元できる名前は `{cluster}` だけで、訓練でも災害当日でも同じです。この名前のクラスターが {code} で本番稼働している間は、訓練をしないでください。訓練の最後の手順で削除されてしまいます。訓練用に別の名前を使えるようにするには、`restore as \"<name>*\"` と書いてください。"
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
    .lines([Line::Now, capture(site), show(site)])
    .done(done)
    .takes(say!("Seconds.", "数秒です。"))
}

fn measure(site: &Site<'_>, cluster: &str) -> Step {
    Step::new(say!("Look at the data, and stop the clock", "データを確認し、計測を終える"))
        .prose([say!(
            "Connect, count the rows of the tables that matter, and look for the newest row. Compare both times with what the business was promised.",
            "接続して、重要なテーブルの行数と最新の行を確認します。計測した時間とデータの新しさを、業務側と合意した目標と比べてください。"
        )])
        .lines([super::application::endpoint(site, cluster), Line::Now])
        .done(say!("Recovery time and data age are written down.", "復旧時間とデータの新しさを記録したこと。"))
}

/// Rehearses the way back as far as the copy.
fn copy_back(scope: &Scope<'_>, site: &Site<'_>) -> Option<Step> {
    // How old the newest copy is decides how long the copy back is kept, and is unknown where none is
    // made any more.
    scope.destination().filter(|_| scope.former().is_none())?;
    let source = scope.source();
    let (vault, code) = (source.vault(), source.code());
    let days = drill_copy_days(scope);
    let lines = copy_lines(scope, (site, site.variables.point), (&source, "DRILL_COPY_ARN"), Some(days));
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

fn clean_up(scope: &Scope<'_>, site: &Site<'_>, cluster: &str) -> Step {
    let (code, instance) = (site.code(), target::instance(cluster, scope.cluster));
    let done: Text = say!("`{cluster}` is no longer in {code}.", "`{cluster}` が {code} に残っていないこと。");
    Step::new(say!("Delete the drill's cluster in {code}", "訓練用のクラスターを {code} から削除する"))
        .prose([say!(
            "Only in a drill: this deletes the cluster `{cluster}` for good. Further instances that you made are deleted first.",
            "訓練のときだけ実行してください。クラスター `{cluster}` は完全に削除されます。追加で作成したインスタンスがあれば、先に削除します。"
        )])
        .lines([
            Line::Run(
                site.rds("delete-db-instance")
                    .with("--db-instance-identifier", instance.as_str())
                    .show(Query::Values(&["DBInstance.DBInstanceIdentifier", "DBInstance.DBInstanceStatus"])),
            ),
            Line::Run(site.rds("wait db-instance-deleted").with("--db-instance-identifier", instance.as_str())),
            Line::Run(
                site.rds("delete-db-cluster")
                    .with("--db-cluster-identifier", cluster)
                    .flag("--skip-final-snapshot")
                    .show(Query::Values(&["DBCluster.DBClusterIdentifier", "DBCluster.Status"])),
            ),
            Line::Run(site.rds("wait db-cluster-deleted").with("--db-cluster-identifier", cluster)),
        ])
        .done(done)
        .takes(say!(
            "AWS promises no time. Each `wait` gives up after 30 minutes; run it again then.",
            "AWS は所要時間を保証していません。`wait` は 30 分で打ち切られるので、その場合は再度実行してください。"
        ))
}
