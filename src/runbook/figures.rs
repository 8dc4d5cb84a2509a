//! What is protected and how much is lost at worst, statement by statement, and what is left where no copy is made
//! any more.

use super::Step;
use super::scope::{NAMED, Row, Scope, Site, SiteRole};
use super::text::{Text, say};
use crate::queue::Waiting;
use crate::spec::destination::{FormerDestination, Left};
use crate::spec::{Retention, Statement};
use crate::text::Language;
use crate::time::coverage::{Coverage, Without};

/// Rules and guarantees of a scope, and what its copies are worth.
pub(super) fn step(scope: &Scope<'_>) -> Step {
    let mut prose = by_resource(scope);
    if scope.copies().any(|site| matches!(site.role, SiteRole::Destination)) {
        let takes = crate::queue::COPY_TAKES;
        let takes_ja = takes.ja();
        prose.push(say!(
            "Figures of copies assume that a copy is done within {takes}, which AWS does not promise.",
            "コピーの数値は、コピーが {takes_ja}以内に終わることを前提としています。AWS はこの時間を保証していません。"
        ));
    }
    prose.extend(queues(scope));
    for site in &scope.sites {
        if let SiteRole::Former(former) = site.role {
            prose.extend(left(scope, former));
        }
    }
    if scope.copies().next().is_none() {
        prose.push(say!(
            "Nothing is copied: when the region is lost, every recovery point is lost with it.",
            "コピーは行われません。リージョンが失われると、復旧ポイントもすべて失われます。"
        ));
    }
    Step::new(say!(
        "Know what is protected, and how much is lost at worst",
        "保護の対象と、最悪の場合のデータ損失を把握する"
    ))
    .prose(prose)
    .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html")
}

/// What holds for each resource; for several of which the same holds it is said once.
fn by_resource(scope: &Scope<'_>) -> Vec<Text> {
    let mut known: Vec<(Vec<Text>, Vec<&str>)> = Vec::new();
    for row in scope.source().into_iter().flat_map(|site| &site.rows) {
        let said = of_row(scope, row);
        match known.iter_mut().find(|(other, _)| *other == said) {
            Some((_, names)) => names.push(row.name),
            None => known.push((said, vec![row.name])),
        }
    }
    let told = known.into_iter().map(|(said, names)| {
        let [en, ja] = [Language::English, Language::Japanese].map(|language| {
            let names = language.first(NAMED, &names);
            let said: Vec<&str> = said.iter().map(|text| text.get(language)).collect();
            format!("{names}: {}", said.join(language.say(" ", "")))
        });
        Text { en, ja }
    });
    told.collect()
}

/// What holds for a resource, without its name.
fn of_row(scope: &Scope<'_>, row: &Row<'_>) -> Vec<Text> {
    let mut said: Vec<Text> = rules(row.statement);
    for site in scope.sites.iter().filter(|site| !matches!(site.role, SiteRole::Former(_))) {
        let here =
            site.rows.iter().find(|other| std::ptr::eq(other.statement, row.statement) && other.name == row.name);
        if let Some(coverage) = here.and_then(|row| row.coverage) {
            said.push(guarantee(site, coverage));
        }
    }
    said
}

/// Schedule and retention of every rule.
fn rules(statement: &Statement) -> Vec<Text> {
    let told = statement.rules.iter().map(|rule| {
        let Text { en: keep, ja: keep_ja } = retention(rule.keep.value);
        let [schedule, schedule_ja] =
            [Language::English, Language::Japanese].map(|language| rule.schedule.node.describe(language));
        let copies = rule.copies.iter().map(|copy| {
            let Text { en: keep, ja: keep_ja } = retention(copy.keep.value);
            let region = copy.place.region.node.code;
            say!(", copied to {region} for {keep}", "、{region} へのコピーは{keep_ja}")
        });
        let copies: Vec<Text> = copies.collect();
        let in_all = |language: Language| copies.iter().map(|copy| copy.get(language)).collect::<String>();
        Text {
            en: format!("{schedule}, kept {keep}{}.", in_all(Language::English)),
            ja: format!("{schedule_ja}、保持期間は{keep_ja}{}。", in_all(Language::Japanese)),
        }
    });
    told.collect()
}

/// What one place guarantees, in a sentence.
fn guarantee(site: &Site<'_>, coverage: &Coverage) -> Text {
    let region = site.code();
    let (least, Coverage { rpo, without, .. }) = (coverage.least, coverage);
    match (rpo, without) {
        (Some(rpo), _) => {
            let (total, total_ja) = (rpo.total(), rpo.total().ja());
            say!(
                "{region}: at worst the last {total} are lost; at least {least} usable recovery points at any moment.",
                "{region}: 最悪の場合、直近 {total_ja}分のデータが失われます。利用できる復旧ポイントは常に {least} 個以上です。"
            )
        }
        (None, Without::AtMost(gap)) => {
            let (total, total_ja) = (gap.total(), gap.total().ja());
            say!(
                "{region}: no promise; there may be no usable recovery point for up to {total}. Keep longer to close the gap.",
                "{region}: 保証できません。利用できる復旧ポイントがない状態が、最長で {total_ja}続くことがあります。保持期間を延ばせば解消できます。"
            )
        }
        (None, Without::Never | Without::Always | Without::NoRun) => say!(
            "{region}: no promise; there may never be a usable recovery point, because a job may take longer than its point is kept, or no run is sure.",
            "{region}: 保証できません。ジョブの所要時間が保持期間を超える、または確実な実行がないため、利用できる復旧ポイントが一度も存在しない可能性があります。"
        ),
    }
}

/// That copies wait for each other.
fn queues(scope: &Scope<'_>) -> Vec<Text> {
    let rows = scope.sites.iter().flat_map(|site| &site.rows);
    let mut said: Vec<Text> = rows.filter_map(|row| row.waiting.as_ref()).flat_map(queue).collect();
    said.sort();
    said.dedup();
    said
}

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
            "More copies go to {region} than can be made if each takes as long as assumed: the queue then never empties, and copies come later and later.",
            "各コピーに想定どおりの時間がかかる場合、{region} へのコピーの件数が処理能力を上回って順番待ちが解消せず、完了は遅れ続けます。"
        ));
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
            "The last copy there expires on {date}: from then on nothing can be restored there.",
            "最後のコピーは {date} に期限切れになります。それ以降、そこからは復元できません。"
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
    if scope.copies().any(|site| matches!(site.role, SiteRole::Destination)) {
        said.push(say!(
            "Go to the other places with copies first: copies are still made there.",
            "ほかのコピー先を優先してください。そちらへのコピーは続いています。"
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
