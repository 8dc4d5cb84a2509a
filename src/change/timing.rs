//! What changes in time and protection: what is backed up, when, how often at worst, and where copies go.

use std::collections::{BTreeSet, HashMap};

use jiff::Timestamp;

use super::deployed::State;
use super::plan::{Plan, PlanRule, VaultId, place};
use super::points::Sides;
use super::report::{Item, Subject, Verdict};
use super::update::Action;
use crate::queue::COPY_TAKES;
use crate::text::{Text, say};
use crate::time::coverage::{Coverage, coverage};
use crate::time::length::Minutes;
use crate::time::occurrence::{Occurrence, occurrences};
use crate::time::plan::{TimedRule, Where};
use crate::time::schedule::Schedule;
use crate::time::zone::Zone;

/// How far back the last run of an old rule is looked for.
const LOOKED_BACK: Minutes = Minutes::days(800);

/// What is said of schedules, what is backed up and what that guarantees.
pub(super) fn items(sides: &Sides<'_, '_>, now: Timestamp) -> Vec<Item> {
    let mut items = selected(sides);
    for (old, new) in matched(sides) {
        items.extend(of_plan(old, new, now));
    }
    items
}

/// Everything that plans name to be backed up.
fn resources<'p>(plans: impl Iterator<Item = &'p Plan>) -> BTreeSet<&'p str> {
    let selections = plans.flat_map(|plan| &plan.selections);
    selections.flat_map(|selection| selection.resources.iter().map(String::as_str)).collect()
}

fn selected(sides: &Sides<'_, '_>) -> Vec<Item> {
    // Plans of stacks that are left go on.
    let action = |plan: &Plan| sides.update.of_old(plan.resource).map(|change| &change.action);
    let goes_on = |plan: &&Plan| action(plan) == Some(&Action::Left);
    let (before, after) = (resources(sides.old_plans.iter()), resources(sides.new_plans.iter()));
    let left = resources(sides.old_plans.iter().filter(goes_on));
    let gone = before.difference(&after).filter(|arn| !left.contains(*arn)).map(|arn| {
        Item::new(
            Verdict::Look,
            Subject::Whole,
            say!("{arn} is not backed up any more", "{arn} はバックアップされなくなります"),
        )
    });
    let new = after.difference(&before).map(|arn| {
        Item::new(
            Verdict::Safe,
            Subject::Whole,
            say!("{arn} is backed up from now on", "{arn} が新たにバックアップされます"),
        )
    });
    gone.chain(new).chain(chosen(sides)).chain(interrupted(sides)).collect()
}

/// What is said of what is chosen by tags and conditions.
fn chosen(sides: &Sides<'_, '_>) -> Option<Item> {
    let conditions = |plans: &[Plan]| {
        let selections = plans.iter().flat_map(|plan| &plan.selections);
        selections.flat_map(|selection| selection.conditions.clone()).collect::<BTreeSet<String>>()
    };
    let (before, after) = (conditions(&sides.old_plans), conditions(&sides.new_plans));
    if before == after {
        return None;
    }
    Some(Item::new(
        Verdict::Look,
        Subject::Whole,
        say!(
            "what is chosen by tags, conditions or exceptions changes: which resources are no longer backed up is not seen here",
            "タグ、条件、除外による選び方が変わります。バックアップされなくなるリソースはここからは分かりません"
        ),
    ))
}

/// Where a plan is deleted, and the stack that would make another for the same cannot be deployed yet.
fn interrupted(sides: &Sides<'_, '_>) -> Option<Item> {
    let refused: BTreeSet<usize> = sides
        .update
        .resources
        .iter()
        .filter(|change| matches!(change.action, Action::Refused(_)))
        .filter_map(|change| Some(sides.new.resources.get(change.new?)?.stack))
        .collect();
    let is_gone = |plan: &&Plan| {
        sides.update.of_old(plan.resource).is_some_and(|change| matches!(change.action, Action::Removed(_)))
    };
    let is_refused =
        |plan: &&Plan| sides.new.resources.get(plan.resource).is_some_and(|resource| refused.contains(&resource.stack));
    let gone = resources(sides.old_plans.iter().filter(is_gone));
    let waiting = resources(sides.new_plans.iter().filter(is_refused));
    let between: Vec<&str> = gone.intersection(&waiting).copied().collect();
    let all = between.join(", ");
    let text = say!(
        "nothing is backed up of these from the deletion of the old plan until the new stack is there, which CloudFormation refuses as it is: {all}",
        "古いプランが削除されてから、このままでは拒否される新しいスタックができるまで、次のものはバックアップされません: {all}"
    );
    (!between.is_empty()).then(|| Item::new(Verdict::Look, Subject::Whole, text))
}

/// Plans of both sides that are the same: by their name and region, or by their place in a template.
fn matched<'s, 'a>(sides: &'s Sides<'_, 'a>) -> Vec<(&'s Plan, &'s Plan)> {
    let by_place: HashMap<usize, &Plan> = sides.old_plans.iter().map(|plan| (plan.resource, plan)).collect();
    let named = |state: &State<'a>, plan: &'s Plan| {
        let stack = state.stack(state.resources.get(plan.resource)?)?;
        Some((&stack.account, stack.region, &plan.name))
    };
    let by_name: HashMap<_, &Plan> =
        sides.old_plans.iter().filter_map(|plan| Some((named(sides.old, plan)?, plan))).collect();
    let of_new = |new: &'s Plan| {
        let by_place = sides.update.of_new(new.resource)?.old.and_then(|at| by_place.get(&at));
        by_place.or_else(|| by_name.get(&named(sides.new, new)?)).copied()
    };
    sides.new_plans.iter().filter_map(|new| Some((of_new(new)?, new))).collect()
}

/// Rules of both plans that are the same: by their names, and of the others those that keep and copy alike, or the only
/// two.
fn rules<'s>(old: &'s Plan, new: &'s Plan) -> Vec<(Option<&'s PlanRule>, Option<&'s PlanRule>)> {
    let named = |plan: &'s Plan, name: &str| plan.rules.iter().find(|rule| rule.name == name);
    let both: Vec<_> = old.rules.iter().filter_map(|rule| Some((Some(rule), Some(named(new, &rule.name)?)))).collect();
    let alone = |plan: &'s Plan, other: &'s Plan| {
        plan.rules.iter().filter(|rule| named(other, &rule.name).is_none()).collect::<Vec<_>>()
    };
    let (gone, mut made) = (alone(old, new), alone(new, old));
    let is_only = gone.len() == 1 && made.len() == 1;
    let alike = |one: &PlanRule, other: &PlanRule| is_only || (one.keep == other.keep && one.copies == other.copies);
    let gone: Vec<_> = gone
        .into_iter()
        .map(|rule| {
            let at = made.iter().position(|other| alike(rule, other));
            (Some(rule), at.map(|at| made.remove(at)))
        })
        .collect();
    both.into_iter().chain(gone).chain(made.into_iter().map(|rule| (None, Some(rule)))).collect()
}

fn of_plan(old: &Plan, new: &Plan, now: Timestamp) -> Vec<Item> {
    let mut items = Vec::new();
    for pair in rules(old, new) {
        match pair {
            (Some(before), Some(after)) => {
                items.extend(schedule_changed(new, before, after, now));
                items.extend(windows_changed(new, before, after));
                items.extend(copies_changed(new, before, after));
            }
            (Some(before), None) => items.push(Item::new(Verdict::Look, of(new, before), {
                let (rule, plan, when) = (&before.name, &new.name, described(before));
                say!(
                    "rule {rule} of plan {plan} runs no more ({})",
                    "プラン {plan} のルール {rule} は実行されなくなります ({})",
                    when
                )
            })),
            (None, Some(after)) => items.push(Item::new(Verdict::Safe, of(new, after), {
                let (rule, plan, when) = (&after.name, &new.name, described(after));
                say!("rule {rule} of plan {plan} is new ({})", "プラン {plan} のルール {rule} が加わります ({})", when)
            })),
            (None, None) => {}
        }
    }
    items.extend(coverage_changed(old, new, now));
    items
}

fn of(plan: &Plan, rule: &PlanRule) -> Subject {
    Subject::Rule(plan.name.clone(), rule.name.clone())
}

/// When a rule runs, as AWS reads it.
fn described(rule: &PlanRule) -> String {
    if rule.expression.is_empty() {
        return "-".to_owned();
    }
    format!("{} {}", rule.expression, rule.timezone)
}

fn schedule_changed(plan: &Plan, old: &PlanRule, new: &PlanRule, now: Timestamp) -> Option<Item> {
    if (&old.expression, &old.timezone) == (&new.expression, &new.timezone) {
        return None;
    }
    let (name, before, after) = (&plan.name, described(old), described(new));
    let item = |verdict: Verdict, text: Text| Item::new(verdict, of(plan, new), text);
    let (Some(was), Some(is)) = (&old.schedule, &new.schedule) else {
        return Some(item(
            Verdict::Look,
            say!(
                "plan {name} runs at {after} instead of {before}; what that means in time is not worked out here",
                "プラン {name} の実行時刻が {before} から {after} に変わります。時刻の違いはここでは計算できません"
            ),
        ));
    };
    if is_alike(was, is, now) {
        return Some(item(
            Verdict::Safe,
            say!(
                "plan {name} runs at the same times, written in another way: {after} instead of {before}",
                "プラン {name} の実行時刻は変わりません。書き方だけが {before} から {after} に変わります"
            ),
        ));
    }
    let first = occurrences(is, now).next();
    let gap = last_before(was, now).zip(first.as_ref()).map(|(last, first)| Minutes::between(last, first.at));
    let gaps = gap.zip(usual_gap(was, now));
    let verdict = if gaps.is_some_and(|(gap, usual)| gap > usual) { Verdict::Look } else { Verdict::Safe };
    let item = item(
        verdict,
        say!(
            "plan {name} runs at {after} instead of {before}",
            "プラン {name} の実行時刻が {before} から {after} に変わります"
        ),
    );
    let clock = new.clock.as_ref().or(old.clock.as_ref()).unwrap_or(is.zone());
    let runs = first_runs(occurrences(was, now).next(), first, clock);
    Some(runs.chain(gaps.map(gap_between)).fold(item, Item::detail))
}

/// When the old schedule would run next, and the new runs first, on both clocks.
fn first_runs(old: Option<Occurrence>, new: Option<Occurrence>, clock: &Zone) -> impl Iterator<Item = Text> {
    let old = old.map(|run| on_both_clocks(&run, clock));
    let new = new.map(|run| on_both_clocks(&run, clock));
    let old = old.map(|at| say!("the next old run would be at {at}", "これまでの予定では、次の実行は {at} です"));
    let new = new.map(|at| say!("deployed now, it first runs at {at}", "いまデプロイすると、最初の実行は {at} です"));
    old.into_iter().chain(new)
}

/// How long there is no run when one schedule takes the place of another, and how long there was none at most before.
fn gap_between((gap, usual): (Minutes, Minutes)) -> Text {
    let (gap_ja, usual_ja) = (gap.ja(), usual.ja());
    Text {
        en: format!(
            "between the last old run and the first new one lie {gap}; before, at most {usual} lay between two"
        ),
        ja: format!(
            "古い予定の最後の実行から新しい予定の最初の実行まで {gap_ja} 空きます (これまでの間隔は最大 {usual_ja})"
        ),
    }
}

/// Whether two schedules have the same runs, as far as a few years show.
fn is_alike(one: &Schedule, other: &Schedule, now: Timestamp) -> bool {
    let until = LOOKED_BACK.after(now);
    let runs = |schedule: &Schedule| {
        let coming: Vec<Timestamp> =
            occurrences(schedule, now).map(|run| run.at).take_while(|at| *at < until).collect();
        coming
    };
    runs(one) == runs(other)
}

/// When a run is due in UTC, and by the clock of the spec.
fn on_both_clocks(run: &Occurrence, clock: &Zone) -> String {
    let utc = run.at.strftime("%Y-%m-%d %H:%M UTC");
    if clock.is_utc() {
        return utc.to_string();
    }
    format!("{utc} ({} {})", clock.wall_clock(run.at).strftime("%Y-%m-%d %H:%M"), clock.name())
}

/// The last run that was due before an instant.
fn last_before(schedule: &Schedule, now: Timestamp) -> Option<Timestamp> {
    let from = Minutes(-LOOKED_BACK.0).after(now);
    occurrences(schedule, from).take_while(|run| run.at < now).last().map(|run| run.at)
}

/// The longest time between two runs before an instant.
fn usual_gap(schedule: &Schedule, now: Timestamp) -> Option<Minutes> {
    let from = Minutes(-LOOKED_BACK.0).after(now);
    let runs: Vec<Timestamp> = occurrences(schedule, from).take_while(|run| run.at < now).map(|run| run.at).collect();
    runs.windows(2).filter_map(|pair| Some(Minutes::between(*pair.first()?, *pair.last()?))).max()
}

fn windows_changed(plan: &Plan, old: &PlanRule, new: &PlanRule) -> Option<Item> {
    if old.windows == new.windows {
        return None;
    }
    let [was_start, was_end] = old.windows.map(Minutes);
    let [start, end] = new.windows.map(Minutes);
    let (name, rule) = (&plan.name, &new.name);
    Some(Item::new(
        Verdict::Safe,
        of(plan, new),
        Text {
            en: format!(
                "jobs of rule {rule} of plan {name} start within {start} and complete within {end} (before: {was_start}, {was_end})"
            ),
            ja: format!(
                "プラン {name} のルール {rule} のジョブは {} 以内に開始し、{} 以内に完了します (これまで: {}、{})",
                start.ja(),
                end.ja(),
                was_start.ja(),
                was_end.ja()
            ),
        },
    ))
}

fn copies_changed(plan: &Plan, old: &PlanRule, new: &PlanRule) -> Vec<Item> {
    let vaults =
        |rule: &PlanRule| rule.copies.iter().filter_map(|copy| copy.vault.clone()).collect::<BTreeSet<VaultId>>();
    let (before, after) = (vaults(old), vaults(new));
    let (name, rule) = (&plan.name, &new.name);
    let gone = before.difference(&after).map(|vault| {
        let (vault, region) = (&vault.name, &vault.region);
        Item::new(
            Verdict::Look,
            of(plan, new),
            say!(
                "rule {rule} of plan {name} copies nothing to vault {vault} in {region} any more",
                "プラン {name} のルール {rule} は、{region} のボールト {vault} へのコピーをやめます"
            ),
        )
    });
    let made = after.difference(&before).map(|vault| {
        let (vault, region) = (&vault.name, &vault.region);
        Item::new(Verdict::Safe, of(plan, new), say!(
            "rule {rule} of plan {name} copies to vault {vault} in {region} from its next run on; earlier recovery points are not copied there",
            "プラン {name} のルール {rule} は、次の実行から {region} のボールト {vault} にもコピーします。それより前の復旧ポイントはコピーされません"
        ))
    });
    gone.chain(made).collect()
}

/// What is guaranteed in each place, where that changes.
fn coverage_changed(old: &Plan, new: &Plan, now: Timestamp) -> Vec<Item> {
    let timed = |plan: &Plan| plan.rules.iter().map(PlanRule::timed).collect::<Option<Vec<TimedRule>>>();
    let (Some(before), Some(after)) = (timed(old), timed(new)) else { return Vec::new() };
    if before == after {
        return Vec::new();
    }
    let vaults = |plan: &Plan| {
        let copies = plan.rules.iter().flat_map(|rule| &rule.copies);
        copies.filter_map(|copy| copy.vault.clone()).collect::<BTreeSet<VaultId>>()
    };
    let (was, is) = (vaults(old), vaults(new));
    let both = was.intersection(&is).map(|vault| (Where::Copy(place(vault)), vault.region.clone()));
    let places = std::iter::once((Where::Source, new.region.to_owned())).chain(both);
    places
        .filter_map(|(place, region)| {
            let [before, after] = [&before, &after].map(|rules| coverage(rules, &place, COPY_TAKES, now));
            guarantee(new, &region, &before, &after)
        })
        .collect()
}

fn guarantee(plan: &Plan, region: &str, before: &Coverage, after: &Coverage) -> Option<Item> {
    let loss = |coverage: &Coverage| coverage.rpo.as_ref().map(super::super::time::coverage::Derivation::total);
    let (was, is) = (loss(before), loss(after));
    // Where something is kept for ever, there is no fewest that means anything.
    let counts = before.most.is_some() && after.most.is_some();
    if was == is && (before.least == after.least || !counts) {
        return None;
    }
    let is_worse = (counts && after.least < before.least)
        || match (was, is) {
            (Some(was), Some(is)) => is > was,
            (was, is) => was.is_some() && is.is_none(),
        };
    let english = |loss: Option<Minutes>| loss.map_or_else(|| "everything".to_owned(), |loss| loss.to_string());
    let japanese = |loss: Option<Minutes>| loss.map_or_else(|| "すべて".to_owned(), Minutes::ja);
    let (name, least, fewest) = (&plan.name, after.least, before.least);
    let verdict = if is_worse { Verdict::Look } else { Verdict::Safe };
    let (en, ja) = if was == is {
        (format!("{}, as before", english(is)), format!("{} 分 (これまでと同じ)", japanese(is)))
    } else {
        (
            format!("{} (before: {})", english(is), english(was)),
            format!("{} 分 (これまで {})", japanese(is), japanese(was)),
        )
    };
    Some(Item::new(
        verdict,
        Subject::Rule(plan.name.clone(), String::new()),
        Text {
            en: format!(
                "of plan {name}, {region} holds at least {least} recovery points (before: {fewest}); at worst, so much of the data is lost: {en}"
            ),
            ja: format!(
                "プラン {name} について、{region} の復旧ポイントは少なくとも {least} 個 (これまで {fewest} 個)、最悪の場合に失うデータは {ja}"
            ),
        },
    ))
}
