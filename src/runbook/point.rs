//! Finding the newest usable recovery point, and keeping it from expiring.

use super::scope::Scope;
use super::text::{Sentence, say};
use super::{ChapterPart, Step};
use crate::kind::steps::{POINT, Site};
use crate::procedure::command::{Line, Query};

/// The state of a recovery point that can be restored from.
const USABLE: (&str, &str) = ("Status", "COMPLETED");

/// What is shown of recovery points.
const FIELDS: &[&str] = &["CreationDate", "Status", "CalculatedLifecycle.DeleteAt", "IsEncrypted", "RecoveryPointArn"];

/// Finding and holding the newest recovery point where one restores on the day.
pub(super) fn part(scope: &Scope<'_>) -> ChapterPart {
    let site = scope.refuge();
    let (code, name, name_ja) = (site.code(), site.region.name, site.region.name_ja);
    ChapterPart {
        title: say!("Find the newest usable recovery point", "利用できる最新の復旧ポイントを特定する"),
        prose: vec![say!(
            "Everything here is read from {code} ({name}).",
            "以降の情報はすべて {code}({name_ja})から取得します。"
        )],
        steps: vec![list(scope, &site), newest(scope, &site), hold(&site)],
    }
}

fn list(scope: &Scope<'_>, site: &Site<'_>) -> Step {
    let vault = site.vault;
    let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
    let all = site.backup("list-recovery-points-by-backup-vault");
    let mine = all.clone().expand("--by-resource-arn", scope.arn_value());
    let [mine, all] = [mine, all].map(|points| points.rows("RecoveryPoints", Some("CreationDate"), FIELDS));
    Step::new(say!("List what the vault `{vault}` holds", "ボールト `{vault}` の復旧ポイントを一覧する"))
        .prose([say!(
            "Newest first. A copy keeps the ARN of the {one} that it was made of, with the source region in it. If the first list is empty, look at the second, which shows everything in the vault.",
            "新しい順に表示します。コピーは元の{one_ja}の ARN(ソースリージョンのもの)を保持しています。1 つ目の一覧が空の場合は、ボールト全体を表示する 2 つ目の一覧を確認してください。"
        )])
        .lines([mine, all, Line::Now])
        .done(say!(
            "At least one line says `COMPLETED`; the difference between its date and the last line is the data that you lose.",
            "`COMPLETED` の行が 1 つ以上あること。その日時と最終行の現在時刻との差が、失われるデータの量です。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
}

/// Puts the newest recovery point of a place into its variable.
pub(super) fn capture(scope: &Scope<'_>, site: &Site<'_>) -> Line {
    site.backup("list-recovery-points-by-backup-vault").expand("--by-resource-arn", scope.arn_value()).into(
        site.variable(POINT),
        Query::Newest { list: "RecoveryPoints", state: USABLE, by: "CreationDate", field: "RecoveryPointArn" },
    )
}

/// Shows the chosen recovery point of a place.
pub(super) fn show(site: &Site<'_>) -> Line {
    show_point(site, site.value(POINT))
}

/// Shows a recovery point of a place.
pub(super) fn show_point(site: &Site<'_>, point: String) -> Line {
    site.backup("describe-recovery-point").expand("--recovery-point-arn", point).show(&[
        "RecoveryPointArn",
        "Status",
        "CreationDate",
        "CalculatedLifecycle.DeleteAt",
        "EncryptionKeyArn",
    ])
}

fn newest(scope: &Scope<'_>, site: &Site<'_>) -> Step {
    let variable = site.variable(POINT);
    Step::new(say!("Take the newest", "最新のものを選ぶ"))
        .prose([say!(
            "Where the newest already holds the damage that you flee from, set `{variable}` to an older one of the list instead.",
            "最新の復旧ポイントがすでに破損後のデータを含む場合は、一覧からそれより古いものを選んで `{variable}` に設定してください。"
        )])
        .lines([capture(scope, site), show(site)])
        .done(say!(
            "`{variable}` holds an ARN, not `null`, and its state is `COMPLETED`.",
            "`{variable}` が `null` ではなく ARN で、状態が `COMPLETED` であること。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
}

/// Takes the retention of a recovery point away.
pub(super) fn held(site: &Site<'_>, point: &str) -> Step {
    let update = site
        .backup("update-recovery-point-lifecycle")
        .with("--lifecycle", "MoveToColdStorageAfterDays=-1,DeleteAfterDays=-1")
        .expand("--recovery-point-arn", point);
    Step::new(say!("Keep it from expiring", "期限切れによる削除を止める"))
        .lines([Line::Run(update), show_point(site, point.to_owned())])
        .done(say!("`CalculatedLifecycle.DeleteAt` is empty.", "`CalculatedLifecycle.DeleteAt` が空になること。"))
        .takes(say!("Seconds.", "数秒です。"))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html")
}

fn hold(site: &Site<'_>) -> Step {
    held(site, &site.value(POINT)).prose([
        say!(
            "Retention goes on while you work, and what expires is deleted within hours. `-1` for both keeps this one recovery point until you give it a retention again.",
            "作業中も保持期間は進み、期限を過ぎた復旧ポイントは数時間以内に削除されます。両方の値を `-1` にすると、保持期間を再設定するまで、この復旧ポイントだけは削除されません。"
        ),
        say!(
            "Where a vault lock limits retention, it may refuse this. Then the date in `CalculatedLifecycle.DeleteAt` is when the restore must be done.",
            "ボールトロックで保持期間が制限されている場合は、拒否されることがあります。その場合は、`CalculatedLifecycle.DeleteAt` の日時までに復元を完了させてください。"
        ),
    ])
}
