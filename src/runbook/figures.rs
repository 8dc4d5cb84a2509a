//! What is protected, how much is lost at worst, and what is left where no copy is made any more.

use super::Step;
use super::scope::Scope;
use super::text::{Sentence, Text, say};
use crate::queue::Waiting;
use crate::spec::Retention;
use crate::spec::destination::{FormerDestination, Left};
use crate::text::Language;
use crate::time::coverage::{Coverage, Without};

/// Rules, guarantees, and what the copies are worth.
pub(super) fn step(scope: &Scope<'_>) -> Step {
    let (arn, role) = (scope.resource_arn(), scope.statement.role.value.name());
    let (source, vault) = (scope.source().code(), scope.source().vault);
    let mut prose = vec![say!(
        "`{arn}` is backed up into the vault `{vault}` in {source}, with the role `{role}`.",
        "`{arn}` を、ロール `{role}` を使って {source} のボールト `{vault}` にバックアップします。"
    )];
    prose.extend(rules(scope));
    if let Some(coverage) = scope.source_coverage() {
        prose.extend(guarantee(source, coverage));
    }
    if let (Some(site), Some(coverage)) = (scope.destination(), scope.destination_coverage()) {
        prose.extend(guarantee(site.code(), coverage));
        let takes = crate::queue::COPY_TAKES;
        let takes_ja = takes.ja();
        prose.push(say!(
            "The figure for copies takes for granted that a copy is done within {takes}, which AWS does not promise.",
            "コピーの数値は、コピーが {takes_ja}以内に終わることを前提としています。AWS はこの時間を保証していません。"
        ));
    }
    if let Some(waiting) = &scope.waiting {
        prose.extend(queue(waiting));
    }
    if let Some(former) = scope.former() {
        prose.extend(left(scope, former));
    }
    if scope.copies.is_none() {
        let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
        prose.push(say!(
            "Nothing is copied: when {source} is lost, every recovery point is lost with it. This chapter only helps when the {one} is lost and the region is not.",
            "コピーは行われません。{source} が失われると、復旧ポイントもすべて失われます。この章が役立つのは、リージョンは無事で{one_ja}だけが失われた場合です。"
        ));
    }
    Step::new(say!(
        "Know what is protected, and how much is lost at worst",
        "保護の対象と、最悪の場合のデータ損失を把握する"
    ))
    .prose(prose)
    .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html")
}

/// That copies wait for each other.
fn queue(waiting: &Waiting) -> Vec<Text> {
    let Waiting { copies, region, at_a_time, batches, .. } = waiting;
    let mut said = Vec::new();
    if *batches > 1 {
        said.push(say!(
            "Up to {copies} copies to {region} compete, and AWS makes {at_a_time} at a time: the last is done after {batches} batches, which the figure counts.",
            "{region} へのコピーは最大 {copies} 件が重なり、AWS が同時に処理するのは {at_a_time} 件までです。最後のコピーが終わるのは {batches} 回目で、数値にはこの待ち時間を含めています。"
        ));
    }
    if waiting.endless {
        said.push(say!(
            "More copies come than can be made if each takes as long as assumed: the queue then never empties, and copies come later and later.",
            "各コピーに想定どおりの時間がかかる場合、件数が処理能力を上回って順番待ちが解消せず、コピーの完了は遅れ続けます。"
        ));
    }
    said
}

/// Schedule and retention of every rule, and of its copies at this chapter's destination.
fn rules(scope: &Scope<'_>) -> Vec<Text> {
    let mut said = Vec::new();
    for rule in &scope.statement.rules {
        let (name, Text { en: keep, ja: keep_ja }) = (&rule.name.value, retention(rule.keep.value));
        let [schedule, schedule_ja] =
            [Language::English, Language::Japanese].map(|language| rule.schedule.node.describe(language));
        said.push(Text {
            en: format!("Rule `{name}`: {schedule}, kept {keep} at the source."),
            ja: format!("ルール `{name}`: {schedule_ja}、ソースでの保持期間は{keep_ja}です。"),
        });
        for copy in rule.copies.iter().filter(|copy| scope.is_destination(copy)) {
            let (vault, region) = (copy.place.vault.value.name(), copy.place.region.node.code);
            let Text { en: keep, ja: keep_ja } = retention(copy.keep.value);
            said.push(Text {
                en: format!("Its copies go to the vault `{vault}` in {region} and are kept {keep}."),
                ja: format!("コピーは {region} のボールト `{vault}` に保管され、保持期間は{keep_ja}です。"),
            });
        }
    }
    said
}

/// What one place guarantees, in sentences.
fn guarantee(region: &str, coverage: &Coverage) -> Vec<Text> {
    let least = coverage.least;
    let mut said = match &coverage.rpo {
        Some(rpo) => {
            let (total, total_ja, sum_ja) = (rpo.total(), rpo.total().ja(), rpo.ja());
            vec![Text {
                en: format!("RPO in {region}: at worst {total} of data are lost ({rpo})."),
                ja: format!("{region} の RPO: 最悪の場合、{total_ja}分のデータが失われます({sum_ja})。"),
            }]
        }
        None => vec![say!(
            "RPO in {region}: cannot be promised. There are moments at which no usable recovery point exists there.",
            "{region} の RPO: 保証できません。利用できる復旧ポイントが存在しない時間帯があります。"
        )],
    };
    match &coverage.without {
        Without::Never => said.push(say!(
            "At least {least} usable recovery points are there at any moment.",
            "利用できる復旧ポイントが常に {least} 個以上あります。"
        )),
        Without::AtMost(gap) => {
            let (total, total_ja) = (gap.total(), gap.total().ja());
            said.push(say!(
                "The vault there may hold no usable recovery point for up to {total}. Keep longer to close the gap.",
                "利用できる復旧ポイントがない状態が、最長で {total_ja}続くことがあります。保持期間を延ばせば解消できます。"
            ));
        }
        Without::Always => said.push(say!(
            "The vault there may never hold a usable recovery point: a job may take longer than its recovery point is kept.",
            "利用できる復旧ポイントが一度も存在しない可能性があります。ジョブの所要時間が保持期間を超えることがあるためです。"
        )),
        Without::NoRun => said.push(say!(
            "The vault there may never hold a recovery point: no run that leaves one there is sure, because another rule's may take its place or no backup may start when it is due.",
            "復旧ポイントが一度も存在しない可能性があります。ここに復旧ポイントを残す実行が、ほかのルールの実行に置き換わるか、バックアップを開始できない時間帯に当たることがあるためです。"
        )),
    }
    said
}

/// What is left where no copy is made any more, and until when.
fn left(scope: &Scope<'_>, former: &FormerDestination) -> Vec<Text> {
    let code = former.place.region.node.code;
    let mut said = vec![match former.since {
        Some(since) => {
            let since = since.node;
            say!(
                "No copy has been made in {code} since {since}: what is restored there is older than that.",
                "{code} へのコピーは {since} に終了しました。ここから復元できるデータは、それより古いものです。"
            )
        }
        None => say!(
            "No copy is made in {code} any more: what is restored there is as old as the last copy.",
            "{code} へのコピーは終了しています。ここから復元できるデータは、最後にコピーした時点のものです。"
        ),
    }];
    said.push(match former.left() {
        Left::Until(date) => say!(
            "The last copy there expires on {date}: from then on this chapter is of no use.",
            "最後のコピーは {date} に期限切れになります。それ以降、この章は使えません。"
        ),
        Left::Forever => say!("The copies there never expire.", "残っているコピーに期限はありません。"),
        Left::Unknown => {
            let lacking = former.lacking();
            say!(
                "Until when copies are left there is unknown. Say it in the spec, as in `formerly to {code} … {lacking}`.",
                "コピーがいつまで残るかは不明です。`formerly to {code} … {lacking}` のように定義ファイルに書いてください。"
            )
        }
    });
    if scope.statement.copies().next().is_some() {
        said.push(say!(
            "The chapters about other destinations come first: copies are still made there.",
            "ほかのコピー先の章を優先してください。そちらへのコピーは続いています。"
        ));
    }
    said
}

fn retention(keep: Retention) -> Text {
    match keep {
        Retention::Days(1) => say!("1 day", " 1 日"),
        Retention::Days(days) => say!("{days} days", " {days} 日"),
        Retention::Forever => say!("for ever", "無期限"),
    }
}
