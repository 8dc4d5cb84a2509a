//! Page one: what is decided, what is lost with it, and the names that are typed.

use super::night::POINTS;
use super::scope::{NAMED, Scope, Site, SiteRole};
use super::text::{Sentence, Text, say};
use super::{Decision, Front, Return};
use crate::text::Language;

/// Page one of the scopes.
pub(super) fn front(scopes: &[Scope<'_>]) -> Front {
    Front {
        decisions: std::iter::once(region_lost(scopes))
            .chain(resource_lost(scopes))
            .chain(damage_copied(scopes))
            .collect(),
        always: always(),
        returns: scopes.iter().flat_map(|scope| scope.sites.iter().map(|site| returned(scope, site))).collect(),
    }
}

fn always() -> Vec<Text> {
    vec![say!(
        "Whatever is decided: write down who decided and when, keep the application from writing to what comes back by itself, and delete nothing.",
        "どの対応でも、誰がいつ判断したかを記録してください。自然に復旧したものにはアプリケーションから書き込ませず、何も削除しないでください。"
    )]
}

/// The regions in which resources live.
fn sources(scopes: &[Scope<'_>]) -> Text {
    let mut regions: Vec<Text> = scopes.iter().filter_map(|scope| Some(scope.source()?.region())).collect();
    regions.dedup();
    Text::either(&regions)
}

fn region_lost(scopes: &[Scope<'_>]) -> Decision {
    let Text { en: regions, ja: regions_ja } = sources(scopes);
    let seen = say!(
        "{regions} does not answer, and nobody can say when it will, or it will be too late for the business",
        "{regions_ja}が応答せず、復旧の見込みが立たないか、復旧を待てない"
    );
    let copies: Vec<&Site<'_>> = scopes.iter().flat_map(Scope::copies).collect();
    if copies.is_empty() {
        return Decision {
            seen,
            act: say!(
                "**1.** Wait: nothing was copied to another region",
                "**1.** 復旧を待つ(ほかのリージョンにコピーがありません)"
            ),
            steps: Vec::new(),
            loses: say!("everything, until the region is back", "リージョンが復旧するまで、すべて"),
        };
    }
    let steps: Vec<String> =
        scopes.iter().flat_map(|scope| scope.copies().map(|site| scope.enter(site)).collect::<Vec<_>>()).collect();
    let entries: Vec<Text> = scopes.iter().map(Scope::enter_copies).filter(|entry| !entry.en.is_empty()).collect();
    let Text { en: places, ja: places_ja } = Text::list(&entries);
    let worst = copies.iter().filter(|site| matches!(site.role, SiteRole::Destination)).map(|site| site.loss()).max();
    let loses = worst.map_or_else(
        || say!("what was written since copies ended", "コピー終了後の書き込み"),
        |loss| {
            let Text { en, ja } = loss.told();
            say!("{en} (it may come back with the region)", "{ja}(リージョンが復旧すれば戻る可能性があります)")
        },
    );
    Decision {
        seen,
        act: say!(
            "**1.** Restore where the copies are: {places}, and on from there",
            "**1.** コピー先で復元する: {places_ja} から順に"
        ),
        steps,
        loses,
    }
}

fn resource_lost(scopes: &[Scope<'_>]) -> Option<Decision> {
    let own: Vec<_> = scopes.iter().filter_map(|scope| scope.steps().own_backups.as_ref()).collect();
    let loses: Vec<Text> = own.iter().map(|own| own.loses.into()).collect();
    let called: Vec<Text> = own.iter().map(|own| own.called.into()).collect();
    let (Text { en: called, ja: called_ja }, Text { en: regions, ja: regions_ja }) =
        (Text::either(&called), sources(scopes));
    let steps: Vec<String> = scopes.iter().filter_map(|scope| scope.own_label.clone()).collect();
    let Text { en: labels, ja: labels_ja } = Text::listed(&steps);
    (!own.is_empty()).then(|| Decision {
        seen: say!(
            "{regions} answers; something in it is gone, or its data are damaged",
            "{regions_ja}は応答するが、リソースが失われたか、データが壊れた"
        ),
        act: say!(
            "**2.** From {called}, make it anew as it was just before, beside the old one: {labels}",
            "**2.** {called_ja}から、直前の時点のものを新しく作成する(古いものは残る): {labels_ja}"
        ),
        steps,
        loses: Text::list(&loses),
    })
}

fn damage_copied(scopes: &[Scope<'_>]) -> Option<Decision> {
    let own = scopes.iter().any(|scope| scope.steps().own_backups.is_some());
    let Sentence { en: seen, ja: seen_ja } = if own {
        Sentence::new(
            "The damage is older than those backups reach, or they are gone too",
            "そのバックアップでは戻れないほど前に壊れたか、そのバックアップも失われた",
        )
    } else {
        Sentence::new(
            "The region answers; something in it is gone or damaged",
            "リージョンは応答するが、リソースが失われたか、データが壊れた",
        )
    };
    let mut steps = scopes.iter().filter_map(|scope| Some(scope.enter(scope.source()?))).collect::<Vec<_>>();
    let points = scopes.iter().map(|scope| scope.step(POINTS)).collect::<Vec<_>>();
    let Text { en: places, ja: places_ja } = Text::listed(&steps);
    let Text { en: choices, ja: choices_ja } = Text::listed(&points);
    let Sentence { en: none, ja: none_ja } = if scopes.iter().any(|scope| scope.copies().next().is_some()) {
        Sentence::new(". Where none is left, restore where the copies are", "。残っていなければ、コピー先で復元する")
    } else {
        Sentence::new("", "")
    };
    steps.extend(points);
    scopes.first().map(|_| Decision {
        seen: say!("{seen}", "{seen_ja}"),
        act: say!(
            "**3.** Restore an older recovery point: {places}, and on from there; how to choose it: {choices}{none}",
            "**3.** 壊れる前の復旧ポイントを復元する: {places_ja} から順に(選び方は {choices_ja}){none_ja}"
        ),
        steps,
        loses: say!("what was written since that point", "その復旧ポイントより後の書き込み"),
    })
}

fn returned(scope: &Scope<'_>, site: &Site<'_>) -> Return {
    let resources: Vec<(String, String)> =
        site.rows.iter().map(|row| (row.name.to_owned(), row.restored(scope.kind))).collect();
    let shown: Vec<String> = resources.iter().map(|(name, restored)| format!("`{name}` → `{restored}`")).collect();
    let words = scope.kind.words.of(site.rows.len());
    let [en, ja] = [Language::English, Language::Japanese].map(|language| language.first(NAMED, &shown));
    let loses = match site.role {
        SiteRole::Former(_) => say!("what was written since copies ended", "コピー終了後の書き込み"),
        SiteRole::Destination | SiteRole::Source => site.loss().told(),
    };
    Return {
        kind: scope.kind.words.word,
        resources,
        what: Text { en: format!("{} {en}", words.en), ja: format!("{} {ja}", words.ja) },
        region: site.code(),
        place: site.region(),
        vault: site.vault().to_owned(),
        step: scope.enter(site),
        loses,
    }
}
