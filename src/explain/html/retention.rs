//! The retention chart: how many recovery points are alive over time in each place, at the least
//! and at the most.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::scale::Scale;
use super::svg::Drawing;
use crate::explain::Language;
use crate::queue::{COPY_TAKES, Queues};
use crate::spec::{Spec, Statement};
use crate::time::coverage::LATE_DELETION;
use crate::time::length::Minutes;
use crate::time::occurrence::occurrences;
use crate::time::plan::{Due, Keep, Place, Rule, due};
use crate::time::zone::Zone;

/// Sizes of the drawing.
const WIDTH: i64 = 860;
const LEFT: i64 = 40;
const HEIGHT: i64 = 150;
const TOP: i64 = 30;

/// No more runs of a rule than this are counted out: the chart ends there.
const RUNS: usize = 4000;

/// So many runs are drawn of what is kept for ever.
const SOME: usize = 8;

/// Charts of the places of each statement.
pub(super) fn draw(spec: &Spec, language: Language) -> String {
    let queues = Queues::of(spec, spec.now, |windows| (Minutes::ZERO, windows.latest_completion()));
    let charts = spec.statements().filter_map(|(_, statement)| {
        let rules = queues.timing(statement)?;
        Some(of_statement(statement, &rules, spec.now, language))
    });
    charts.flatten().collect()
}

/// Places in which a statement's recovery points come and go alike.
struct Alike {
    place: Place,
    /// How long each rule keeps its points there, and after how many batches a copy is done.
    keeps: Vec<Option<(Keep, u32)>>,
    names: Vec<String>,
}

fn of_statement(statement: &Statement, rules: &[Rule], now: Timestamp, language: Language) -> Vec<String> {
    let copies = statement.copies().map(|copy| (Place::Copy(statement.place_name(&copy.place)), &copy.place));
    let mut charts: Vec<Alike> = Vec::new();
    for (place, at) in std::iter::once((Place::Source, &statement.source)).chain(copies) {
        let name = format!("{} / {}", at.region.node.code, at.vault.value.name());
        let kept = |rule: &Rule| Some((rule.keeps(&place)?, rule.copy_to(&place).map_or(0, |copy| copy.batches)));
        let keeps: Vec<Option<(Keep, u32)>> = rules.iter().map(kept).collect();
        // A copy comes later than what it is copied from.
        let alike = |known: &&mut Alike| known.keeps == keeps && known.place != Place::Source;
        match charts.iter_mut().find(alike) {
            Some(known) if known.names.contains(&name) => {}
            Some(known) => known.names.push(name),
            None => charts.push(Alike { place, keeps, names: vec![name] }),
        }
    }
    charts
        .iter()
        .filter_map(|chart| of_place(rules, chart, now, &caption(statement, chart, language), language))
        .collect()
}

fn caption(statement: &Statement, chart: &Alike, language: Language) -> String {
    let (name, places) = (&statement.name, language.list(&chart.names));
    let each = statement.clusters.len() > 1;
    language.say(
        format!("{}{name}: recovery points alive in {places}", if each { "Each cluster of " } else { "" }),
        format!("{name}{}: {places} にある復旧ポイントの数", if each { " の各クラスター" } else { "" }),
    )
}

/// Changes of a count: when, and by how much.
type Changes = Vec<(Timestamp, i64)>;

/// The least and the most: the least counts a point from its latest completion to its expiry, the
/// most from its run until AWS has deleted it at the latest.
fn changes(rules: &[Rule], place: &Place, scale: &Scale) -> (Changes, Changes) {
    let (mut least, mut most) = (Vec::new(), Vec::new());
    for Due { run, rule, instead } in due(rules, place, scale.from, scale.until()) {
        let Some((rule, None)) = rules.get(rule).map(|rule| (rule, instead)) else { continue };
        let Some(keep) = rule.keeps(place) else { continue };
        let batches = rule.copy_to(place).map_or(0, |copy| i64::from(copy.batches));
        let takes = Minutes(COPY_TAKES.0.saturating_mul(batches));
        let usable = (rule.windows.latest_completion() + takes).after(run.at);
        let expires = keep.length().map(|length| length.after(run.at));
        most.push((run.at, 1));
        if expires.is_none_or(|expires| usable < expires) {
            least.push((usable, 1));
            least.extend(expires.map(|expires| (expires, -1)));
        }
        most.extend(expires.map(|expires| (LATE_DELETION.after(expires), -1)));
    }
    least.sort_unstable();
    most.sort_unstable();
    (least, most)
}

/// Half as long again as the longest retention, so that expiry is seen, within what can be drawn;
/// some runs where nothing expires.
fn length(rules: &[Rule], place: &Place, from: Timestamp) -> Minutes {
    let kept = rules.iter().filter_map(|rule| rule.keeps(place)?.length()).max();
    let kept_here = rules.iter().filter(|rule| rule.keeps(place).is_some());
    let some = || kept_here.filter_map(|rule| occurrences(&rule.schedule, from).nth(SOME)).map(|run| run.at).min();
    let endless = || some().map_or(Minutes::ZERO, |run| Minutes::between(from, run)).max(Minutes::days(28));
    let wanted = kept.map_or_else(endless, |kept| Minutes(kept.0 * 3 / 2)).max(Minutes::days(3));
    let ends = rules.iter().filter_map(|rule| occurrences(&rule.schedule, from).nth(RUNS)).map(|run| run.at);
    let drawable = ends.min().map_or(wanted, |end| Minutes::between(from, end));
    Minutes((wanted.min(drawable).0 / 1440).max(1) * 1440)
}

fn of_place(rules: &[Rule], chart: &Alike, now: Timestamp, caption: &str, language: Language) -> Option<String> {
    let runs = || rules.iter().filter(|rule| rule.keeps(&chart.place).is_some());
    let zones = || runs().map(|rule| rule.schedule.zone());
    let zone = zones().find(|zone| !zone.is_utc()).or_else(|| zones().next())?;
    let from = runs().filter_map(|rule| occurrences(&rule.schedule, now).next()).map(|run| run.at).min()?;
    let length = length(rules, &chart.place, from);
    let scale = Scale { from, length, left: LEFT, width: WIDTH - LEFT - 30 };
    let (least, most) = changes(rules, &chart.place, &scale);
    let (least, most) = (columns(&least, &scale, i64::min), columns(&most, &scale, i64::max));
    let highest = most.iter().copied().max().unwrap_or(0).max(1);
    let step = step(highest);
    let highest = (highest + step - 1) / step * step;
    let y = |level: i64| TOP + HEIGHT - level * HEIGHT / highest;
    let mut drawing = Drawing::default();
    let unit = language.say("recovery points", "復旧ポイントの数");
    drawing.text("tick", (8, 14), unit);
    for level in (0..=highest).step_by(usize::try_from(step).unwrap_or(1)) {
        drawing.line("grid", (LEFT, y(level)), (LEFT + scale.width, y(level)));
        drawing.text("tick", (8, y(level) + 4), &level.to_string());
    }
    drawing.path("most", &area(&most, &y));
    drawing.path("least", &area(&least, &y));
    drawing.line("axis", (LEFT, y(0)), (LEFT + scale.width, y(0)));
    dates(&scale, zone, y(0), &mut drawing, language);
    let legend = [
        ("most", language.say("at most", "最多")),
        ("least", language.say("guaranteed and usable", "確実に利用できる数")),
    ];
    Some(drawing.figure((WIDTH, TOP + HEIGHT + 44), caption, &legend))
}

/// The dates below a chart, by the clock of its zone.
fn dates(scale: &Scale, zone: &Zone, y: i64, drawing: &mut Drawing, language: Language) {
    let days = scale.days(zone);
    let count = days.len().max(1);
    let every = [1, 2, 7, 14, 28].into_iter().find(|every| count / every <= 14).unwrap_or((count / 12).max(1));
    let format = if count > 366 { "%Y-%m-%d" } else { "%m-%d" };
    for (at, date) in days.iter().step_by(if count > 366 { (count / 8).max(1) } else { every }) {
        let x = scale.x(*at);
        drawing.line("axis", (x, y), (x, y + 5));
        drawing.centred("tick", (x, y + 18), &date.strftime(format).to_string());
    }
    let first = zone.wall_clock(scale.from).strftime("%Y-%m-%d %H:%M");
    let name = zone.name();
    let words =
        language.say(format!("{name}, from the first run on, {first}"), format!("{name}(最初の実行 {first} から)"));
    drawing.text("tick", (scale.left, y + 38), &words);
}

/// How far apart the levels are that are named: one, two or five, or tens of these; at most five.
fn step(highest: i64) -> i64 {
    let tens = std::iter::successors(Some(1_i64), |ten| ten.checked_mul(10));
    tens.flat_map(|ten| [ten, 2 * ten, 5 * ten]).find(|step| highest <= 5 * step).unwrap_or(highest)
}

/// The count in each column: what `pick` makes of all that it is there.
fn columns(changes: &Changes, scale: &Scale, pick: fn(i64, i64) -> i64) -> Vec<i64> {
    let mut changes = changes.iter().peekable();
    let mut level = 0;
    let column = |column: i64| {
        let mut picked = level;
        while let Some((at, by)) = changes.next_if(|(at, _)| scale.x(*at) <= column) {
            level += by;
            // What happens at one instant is one change.
            if changes.peek().is_none_or(|(next, _)| next != at) {
                picked = pick(picked, level);
            }
        }
        picked
    };
    (scale.left..scale.left + scale.width).map(column).collect()
}

/// The area below a count, in steps.
fn area(levels: &[i64], y: &impl Fn(i64) -> i64) -> String {
    let mut path = format!("M{LEFT} {}", y(0));
    let mut before = 0;
    for (x, level) in (LEFT..).zip(levels) {
        if *level != before {
            let _ = write!(path, "H{x}V{}", y(*level));
            before = *level;
        }
    }
    let _ = write!(path, "H{}V{}Z", WIDTH - 30, y(0));
    path
}
