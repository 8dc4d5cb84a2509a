//! The retention chart: how many recovery points are alive over time in each place, at the least
//! and at the most.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::scale::Scale;
use super::svg::Drawing;
use crate::analysis::COPY_TAKES;
use crate::explain::Language;
use crate::spec::{Spec, Statement};
use crate::time::coverage::LATE_DELETION;
use crate::time::length::Minutes;
use crate::time::occurrence::occurrences;
use crate::time::plan::{Place, Rule};

/// Sizes of the drawing.
const WIDTH: i64 = 680;
const LEFT: i64 = 40;
const HEIGHT: i64 = 150;
const TOP: i64 = 14;

/// How many statements are drawn; the figures of the others are told in words.
const DRAWN: usize = 20;

/// No more runs than this are drawn, so that the page of an hourly plan stays small.
const RUNS: usize = 500;

/// Charts of each place of each statement.
pub(super) fn draw(spec: &Spec, language: Language) -> String {
    let statements = spec.statements().take(DRAWN);
    statements.flat_map(|(_, statement)| of_statement(statement, spec.now, language)).collect()
}

fn of_statement(statement: &Statement, now: Timestamp, language: Language) -> Vec<String> {
    let Some(rules) = statement.timing() else { return Vec::new() };
    let mut places = vec![(Place::Source, &statement.source)];
    for copy in statement.copies() {
        let place = Place::Copy(statement.place_name(copy));
        if places.iter().all(|(known, _)| *known != place) {
            places.push((place, &copy.place));
        }
    }
    let chart = |(place, at): (Place, &crate::spec::Place)| {
        let caption = language.say(
            format!("Recovery points alive in {} / {} from the first run on", at.region.node.code, at.vault.value),
            format!("{} / {} にある復旧ポイントの数(最初の実行から)", at.region.node.code, at.vault.value),
        );
        of_place(&rules, &place, now, &caption, language)
    };
    places.into_iter().filter_map(chart).collect()
}

/// Changes of a count: when, and by how much.
type Changes = Vec<(Timestamp, i64)>;

/// The least and the most: the least counts a point from its latest completion to its expiry, the
/// most from its run until AWS has deleted it at the latest.
fn changes(rules: &[Rule], place: &Place, scale: &Scale) -> (Changes, Changes) {
    let (mut least, mut most) = (Vec::new(), Vec::new());
    let takes = if *place == Place::Source { Minutes::ZERO } else { COPY_TAKES };
    for rule in rules {
        let Some(keep) = rule.keeps(place) else { continue };
        for run in occurrences(&rule.schedule, scale.from).take_while(|run| run.at < scale.until()) {
            let usable = (rule.windows.latest_completion() + takes).after(run.at);
            let expires = keep.length().map(|length| length.after(run.at));
            most.push((run.at, 1));
            if expires.is_none_or(|expires| usable < expires) {
                least.push((usable, 1));
                least.extend(expires.map(|expires| (expires, -1)));
            }
            most.extend(expires.map(|expires| (LATE_DELETION.after(expires), -1)));
        }
    }
    least.sort_unstable();
    most.sort_unstable();
    (least, most)
}

/// Half as long again as the longest retention, so that expiry is seen, within what can be drawn.
fn length(rules: &[Rule], place: &Place, from: Timestamp) -> Minutes {
    let kept = rules.iter().filter_map(|rule| rule.keeps(place)?.length()).max().unwrap_or(Minutes::days(28));
    let wanted = Minutes(kept.0 * 3 / 2).max(Minutes::days(3));
    let ends = rules.iter().filter_map(|rule| occurrences(&rule.schedule, from).nth(RUNS)).map(|run| run.at);
    let drawable = ends.min().map_or(wanted, |end| Minutes::between(from, end));
    Minutes((wanted.min(drawable).0 / 1440).max(1) * 1440)
}

fn of_place(rules: &[Rule], place: &Place, now: Timestamp, caption: &str, language: Language) -> Option<String> {
    let mut runs = rules.iter().filter(|rule| rule.keeps(place).is_some());
    let zone = runs.clone().next()?.schedule.zone().clone();
    let from =
        runs.try_fold(Timestamp::MAX, |least, rule| Some(least.min(occurrences(&rule.schedule, now).next()?.at)))?;
    let scale = Scale { from, length: length(rules, place, from), left: LEFT, width: WIDTH - LEFT - 30 };
    let (least, most) = changes(rules, place, &scale);
    let highest = levels(&most, &scale).into_iter().map(|(_, level)| level).max().unwrap_or(0).max(1);
    let y = |level: i64| TOP + HEIGHT - level * HEIGHT / highest;
    let mut drawing = Drawing::default();
    for level in ticks(highest) {
        drawing.line("grid", (LEFT, y(level)), (LEFT + scale.width, y(level)));
        drawing.text("tick", (8, y(level) + 4), &level.to_string());
    }
    for (at, words) in scale.marks(&zone) {
        drawing.centred("tick", (scale.x(at), TOP + HEIGHT + 18), &words);
    }
    drawing.path("most", &area(&levels(&most, &scale), &scale, &y));
    drawing.path("least", &area(&levels(&least, &scale), &scale, &y));
    drawing.line("axis", (LEFT, y(0)), (LEFT + scale.width, y(0)));
    let legend = [
        ("most", language.say("at most", "最多")),
        ("least", language.say("guaranteed and usable", "確実に利用できる数")),
    ];
    Some(drawing.figure((WIDTH, TOP + HEIGHT + 28), caption, &legend))
}

/// The count after each change within the drawing.
fn levels(changes: &Changes, scale: &Scale) -> Vec<(Timestamp, i64)> {
    let mut level = 0;
    let mut levels = vec![(scale.from, 0)];
    for (at, by) in changes.iter().filter(|(at, _)| *at < scale.until()) {
        level += by;
        levels.push((*at, level));
    }
    levels
}

/// Up to five levels that are named.
fn ticks(highest: i64) -> Vec<i64> {
    let step = (highest + 4) / 5;
    (0..=highest).filter(|level| level % step.max(1) == 0).collect()
}

/// The area below a count, in steps.
fn area(levels: &[(Timestamp, i64)], scale: &Scale, y: &impl Fn(i64) -> i64) -> String {
    let mut path = format!("M{} {}", scale.left, y(0));
    for (at, level) in levels {
        let _ = write!(path, " H{} V{}", scale.x(*at), y(*level));
    }
    let _ = write!(path, " H{} V{} Z", scale.left + scale.width, y(0));
    path
}
