//! Words that one statement and several are told in.

use super::Backup;
use super::clock::UtcReason;
use super::places::Held;
use super::verdict::{Danger, Verdict};
use crate::aws::region::Region;
use crate::explain::figures::length;
use crate::next::offset;
use crate::rule::DiagnosticRule;
use crate::spec::{Place, Retention, Statement};
use crate::text::Language;
use crate::time::coverage::{Coverage, Without};
use crate::time::length::Minutes;
use crate::time::schedule::Schedule;

/// How many names are told.
pub(super) const NAMES: usize = 3;

/// How many times of day are told one by one.
const TIMES: usize = 4;

/// A region as its readers call it.
pub(super) fn region(region: &'static Region, language: Language) -> &'static str {
    region.name(language)
}

/// A place as its readers call it: the vault is named where the region alone does not say which.
pub(super) fn place(statement: &Statement, place: &Place, language: Language) -> String {
    let region = region(place.region.node, language);
    if statement.shares_region(place) { format!("{region} / {}", place.vault.value.name()) } else { region.to_owned() }
}

/// A schedule in words; one with many times as the language writes it.
pub(super) fn schedule(schedule: &Schedule, language: Language) -> String {
    if schedule.times().len() > TIMES {
        return schedule.to_string();
    }
    schedule.describe(language)
}

/// Retentions: `1 d`, or `7 d, 365 d`.
pub(in crate::explain) fn kept<'r>(retentions: impl IntoIterator<Item = &'r Retention>, language: Language) -> String {
    let said = |retention: &Retention| match retention {
        Retention::Days(days) => language.say(format!("{days} d"), format!("{days} 日")),
        Retention::Forever => language.say("for ever", "無期限").to_owned(),
    };
    language.list(&retentions.into_iter().map(said).collect::<Vec<_>>())
}

/// What is to be feared.
pub(super) fn danger(statement: &Statement, danger: &Danger<'_>, language: Language) -> String {
    let at = match danger {
        Danger::NoCopy => region(statement.source.region.node, language).to_owned(),
        Danger::Nothing(at) | Danger::Endless(at) | Danger::Gap(at, _) | Danger::Untold(at) => {
            place(statement, at, language)
        }
    };
    match danger {
        Danger::Nothing(_) => language.say(
            format!("{at} is not sure to hold a usable recovery point at any time"),
            format!("{at}には、利用できる復旧ポイントがあると言える時点がありません"),
        ),
        Danger::NoCopy => language.say(
            format!("no copy leaves {at}: all is lost with the region"),
            format!("{at}の外にコピーがなく、{at}リージョンを失うとすべて失われます"),
        ),
        Danger::Endless(_) => language.say(
            format!("more copies go to {at} than AWS makes: they come later and later"),
            format!("{at}へのコピーが AWS の処理能力を上回り、完了が遅れ続けます"),
        ),
        Danger::Gap(_, longest) => {
            let longest = length(*longest, language);
            language.say(
                format!("{at} may hold no recovery point for up to {longest}"),
                format!("{at}に復旧ポイントが一つもない時間が、最長 {longest}あり得ます"),
            )
        }
        Danger::Untold(_) => language.say(
            format!("too few runs are due to say how old the newest recovery point in {at} may be"),
            format!("実行予定が少なく、{at}の最新の復旧ポイントがどこまで古くなり得るかを算出できません"),
        ),
    }
}

/// How old the newest copy may be: where it is the newest, and where it is the oldest of all that are made.
pub(super) fn newest(backup: &Backup<'_>, language: Language) -> Option<String> {
    let ages = ages(backup);
    let said = |(age, at): &(Minutes, &Place)| (length(*age, language), place(backup.statement, at, language));
    let (age, at) = said(ages.first()?);
    let told = language.say(
        format!("while no job fails, the newest copy is at most {age} old ({at})"),
        format!("ジョブが失敗しない限り、最新のコピーは古くても {age}前({at})"),
    );
    let (least, most) = (ages.first()?.0, ages.last()?);
    if most.0 == least {
        return Some(told);
    }
    let (age, at) = said(most);
    Some(language.say(format!("{told}, in {at} {age}"), format!("{told}。{at}では {age}前")))
}

/// The worst of a statement, as short as a row takes it.
pub(super) fn worst(backup: &Backup<'_>, language: Language) -> String {
    let worst = match &backup.verdict {
        Verdict::Unsafe(dangers) => dangers.first(),
        Verdict::SafeIf(_) | Verdict::Safe => None,
    };
    let at = |found: &Place| place(backup.statement, found, language);
    match worst {
        Some(Danger::Gap(found, longest)) => {
            let (at, longest) = (at(found), length(*longest, language));
            language.say(format!("{at}: none for up to {longest}"), format!("{at}: 一つもない時間が最長 {longest}"))
        }
        Some(other) => danger(backup.statement, other, language),
        None => ages(backup).first().map_or_else(String::new, |(age, found)| {
            let (at, age) = (at(found), length(*age, language));
            language.say(format!("{at}: newest at most {age} old"), format!("{at}: 最新は古くても {age}前"))
        }),
    }
}

/// The ages that the newest copy may come to, where copies are made, the least first.
fn ages<'b>(backup: &'b Backup<'_>) -> Vec<(Minutes, &'b Place)> {
    let age = |held: &'b Held<'_>| Some((held.coverage?.1.rpo.as_ref()?.total(), held.place));
    let mut ages: Vec<(Minutes, &Place)> = backup.copies().filter_map(age).collect();
    ages.sort_by_key(|(age, _)| *age);
    ages
}

/// A verdict in a sentence.
pub(super) fn verdict(backup: &Backup<'_>, language: Language) -> String {
    let newest = || newest(backup, language).unwrap_or_default();
    match &backup.verdict {
        Verdict::Unsafe(dangers) => {
            let worst = dangers.first().map(|worst| danger(backup.statement, worst, language)).unwrap_or_default();
            language.say(format!("NOT SAFE YET: {worst}"), format!("まだ安全ではありません: {worst}"))
        }
        Verdict::SafeIf(rules) => {
            let codes = codes(rules, language);
            language.say(
                format!("SAFE IF {codes} below is settled: {}", newest()),
                format!("下の {codes} を解消すれば安全です: {}", newest()),
            )
        }
        Verdict::Safe => language.say(format!("SAFE: {}", newest()), format!("安全です: {}", newest())),
    }
}

pub(super) fn codes(rules: &[&DiagnosticRule], language: Language) -> String {
    language.list(&rules.iter().map(|rule| rule.code).collect::<Vec<_>>())
}

/// How many recovery points there are.
pub(in crate::explain) fn count(coverage: &Coverage, language: Language) -> String {
    let least = coverage.least;
    match coverage.most {
        Some(most) if most == least => language.say(format!("{least} at any time"), format!("常に {least} 個")),
        Some(most) => language.say(format!("{least} to {most} at any time"), format!("各時点で {least}〜{most} 個")),
        None => language.say(format!("{least} or more at any time"), format!("各時点で {least} 個以上")),
    }
}

/// How old the newest recovery point of a place may be, or how long there may be none.
pub(in crate::explain) fn age(coverage: &Coverage, language: Language) -> String {
    match (&coverage.without, &coverage.rpo) {
        (Without::Always | Without::NoRun, _) => {
            language.say("none is sure at any time", "確実に存在する時点がない").to_owned()
        }
        (Without::AtMost(longest), _) => {
            let longest = length(longest.total(), language);
            language.say(format!("none for up to {longest}"), format!("一つもない時間が最長 {longest}"))
        }
        (Without::Never, Some(rpo)) => {
            let age = length(rpo.total(), language);
            language.say(format!("newest at most {age} old"), format!("最新は古くても {age}前"))
        }
        (Without::Never, None) => {
            language.say("how old the newest is cannot be told", "最新の古さは算出できない").to_owned()
        }
    }
}

/// What closes the time without a recovery point.
pub(super) fn closing(clauses: &[String], language: Language) -> String {
    let clauses: Vec<String> = clauses.iter().map(|clause| format!("`{clause}`")).collect();
    let clauses = clauses.join(language.say(" and ", "と"));
    language.say(format!("{clauses} closes it"), format!("{clauses} で解消"))
}

/// Why an hour is what it is in UTC.
pub(super) fn utc_reason(reason: UtcReason, zone: &str, language: Language) -> String {
    match reason {
        UtcReason::Written => language.say("it is written in UTC".to_owned(), "UTC で記載".to_owned()),
        UtcReason::Constant(ahead) => {
            let ahead = offset(ahead);
            language.say(
                format!("{zone} is UTC{ahead} all year and UTC says it exactly"),
                format!("{zone} は常に UTC{ahead} のため"),
            )
        }
        UtcReason::Shifts => language.say(
            format!("{zone} shifts its clock, so AWS Backup gets the zone"),
            format!("{zone} には夏時間があり、タイムゾーンを渡すため"),
        ),
        UtcReason::Unsayable => language.say(
            format!("six fields cannot say it in UTC, so AWS Backup gets the zone {zone}"),
            format!("6 つのフィールドでは UTC で表せないため、タイムゾーン {zone} を渡す"),
        ),
        UtcReason::Asked => language.say(
            format!("`schedule in zone` asks for the zone {zone}"),
            format!("`schedule in zone` によりタイムゾーン {zone} を渡すため"),
        ),
    }
}
