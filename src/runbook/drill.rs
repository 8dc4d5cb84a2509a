//! What to test each quarter: the very steps of the night, under other names.

use super::returning::{copying, expiry};
use super::scope::{Scope, Site, SiteRole};
use super::text::{Sentence, Text, say};
use super::{Phase, Section, Step};
use crate::kind::steps::{POINT, READY};
use crate::procedure::line::Line;
use crate::time::length::Minutes;

/// The drill of every scope.
pub(super) fn phase(scopes: &[Scope<'_>]) -> Phase {
    let prose = vec![
        say!(
            "What was never restored is not a backup. Do \"Before the day\", then this, and write down how long each step took: nobody else can tell you.",
            "復元したことのないバックアップは、バックアップとは言えません。「平時の準備」に続けて実行し、各手順の所要時間を記録してください。実際の所要時間は、測ってみなければわかりません。"
        ),
        say!(
            "Type `RUN=drill-$(date -u +%F)`, then paste A1. From then on the steps of the night make resources with the names behind `DRILL=`, and no others. Afterwards close the shell.",
            "`RUN=drill-$(date -u +%F)` を入力してから、A1 を貼り付けます。これ以降、当日の手順は `DRILL=` の名前でだけリソースを作成します。終わったらシェルを閉じてください。"
        ),
    ];
    let sections = scopes.iter().filter(|scope| scope.restores()).map(section).collect();
    Phase { id: "drill", title: say!("The drill of each quarter", "四半期ごとの訓練"), prose, sections }
}

fn section(scope: &Scope<'_>) -> Section {
    let mut section = Section::new(scope.title());
    section.prose.extend(unnamed(scope));
    section.steps.extend([rehearse(scope), measure(scope)]);
    section.steps.extend(scope.source().and_then(|source| copy_back(scope, source)));
    section.steps.push(clean_up(scope));
    section
}

/// The resources that no drill can be made of.
fn unnamed(scope: &Scope<'_>) -> Option<Text> {
    let mut names: Vec<String> = scope
        .sites
        .iter()
        .flat_map(|site| &site.rows)
        .filter(|row| row.restore.is_some() && row.drill(scope.kind).is_none())
        .map(|row| format!("`{}`", row.name))
        .collect();
    names.dedup();
    let Text { en: names, ja: names_ja } = Text::listed(&names);
    (!names.is_empty()).then(|| {
        say!(
            "The role may restore {names} under no name that a drill could have: run no drill of it, because its last step would delete what serves. Write `restore as \"<name>*\"` to make drills possible.",
            "ロールが {names_ja} の復元に使える名前は、本番と同じものだけです。訓練の最後の手順で本番のものが削除されてしまうため、訓練をしないでください。訓練できるようにするには、定義ファイルに `restore as \"<name>*\"` と書きます。"
        )
    })
}

fn rehearse(scope: &Scope<'_>) -> Step {
    let (label, ready) = (&scope.label, scope.step(READY));
    let copies = scope.enter_copies();
    let at_source = || say!("{label}1", "{label}1");
    let Text { en: place, ja: place_ja } = if copies.en.is_empty() { at_source() } else { copies };
    Step::new(say!(
        "Start the clock, and do {place}, then {label}2 to {ready}",
        "計測を始め、{place_ja}、続いて {label}2 から {ready} までを実行する"
    ))
    .done(say!("The new resources can be used.", "新しいリソースが使えること。"))
    .takes(say!("As in the night: that is what you measure.", "当日と同じです。それを計測します。"))
}

fn measure(scope: &Scope<'_>) -> Step {
    let own = scope.steps();
    let (look, look_ja) = (own.verify.en, own.verify.ja);
    Step::new(say!("Look at the data, and stop the clock", "データを確認し、計測を終える"))
        .after(READY)
        .prose([say!(
            "{look} Compare both times with what the business was promised.",
            "{look_ja}計測した時間とデータの新しさを、業務側と合意した目標と比べてください。"
        )])
        .lines([Line::each([(own.reach)()]), Line::Now])
        .done(say!("Recovery time and data age are written down.", "復旧時間とデータの新しさを記録したこと。"))
}

/// Rehearses the way back as far as the copy.
fn copy_back(scope: &Scope<'_>, source: &Site<'_>) -> Option<Step> {
    // How old the newest copy is decides how long the copy back is kept, and is unknown where none is made any more.
    let destination = scope.copies().find(|site| matches!(site.role, SiteRole::Destination))?;
    let (vault, home) = (source.vault(), source.code());
    let days = drill_copy_days(destination);
    let [start, wait] = copying(scope, source, POINT, ("DRILL_JOB_ID", "DRILL_COPY_ARN"), Some(days));
    Some(
        Step::new(say!("Copy back to `{vault}` in {home}", "{home} の `{vault}` へのコピーバックを試す"))
            .after(READY)
            .prose([say!(
                "The copy deletes itself: it is kept {days} days, counted from when the original was made. So nobody needs the permission to delete recovery points.",
                "コピーの保持期間は、元の復旧ポイントの作成日から数えて {days} 日で、過ぎると自動的に削除されます。そのため、復旧ポイントを削除する権限は誰にも必要ありません。"
            )])
            .lines([Line::each(start), Line::each(wait)])
            .done(say!("Each job is `COMPLETED`.", "各ジョブが `COMPLETED` になること。"))
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
fn drill_copy_days(destination: &Site<'_>) -> i64 {
    let promised = destination.rows.iter().filter_map(|row| row.coverage?.rpo.as_ref());
    let oldest = promised.map(|rpo| rpo.total().0.div_euclid(Minutes::days(1).0)).max().unwrap_or_default();
    oldest.saturating_add(7)
}

/// Deletes what the drill made.
fn clean_up(scope: &Scope<'_>) -> Step {
    let own = scope.steps();
    let Sentence { en: many, .. } = scope.kind.words.many;
    let Sentence { ja: one_ja, .. } = scope.kind.words.one;
    let (Sentence { en: also, ja: also_ja }, takes) = own.deleted;
    let mut lines = vec![Line::OnlyInDrills];
    lines.extend((own.clean_up)());
    let then = expiry(scope).unwrap_or_default();
    Step::new(say!("Delete the drill's {many}", "訓練用の{one_ja}を削除する"))
        .after(READY)
        .prose([say!(
            "This deletes the {many} of the drill for good, and refuses in any other run.{also} Then, at the same place, let the points expire again ({then}).",
            "訓練用の{one_ja}は完全に削除されます。訓練以外の `RUN` では実行されません。{also_ja}その後、同じ場所で復旧ポイントの保持期間を元に戻します({then})。"
        )])
        .lines([Line::each(lines)])
        .done(say!("None of the names behind `DRILL=` is left in the region.", "`DRILL=` の名前のものがリージョンに残っていないこと。"))
        .takes(takes)
}
