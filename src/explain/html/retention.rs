//! The retention chart: how many recovery points are alive over time in each place, at the least
//! and at the most, and when none is sure to be.

use std::fmt::Write as _;

use jiff::Timestamp;

use super::scale::Scale;
use super::svg::{Drawing, Layout, figure};
use crate::analysis::Analyses;
use crate::explain::{Language, figures};
use crate::queue::COPY_TAKES;
use crate::spec::{Spec, Statement};
use crate::time::coverage::{Coverage, LATE_DELETION, Life, Without, lives};
use crate::time::length::Minutes;
use crate::time::occurrence::occurrences;
use crate::time::plan::{Retention, TimedRule, Where};
use crate::time::zone::Zone;

/// Sizes of the drawing.
const LEFT: i64 = 40;
const RIGHT: i64 = 30;
const HEIGHT: i64 = 150;
const TOP: i64 = 44;

/// No more runs of a rule than this are counted out: the chart ends there.
const RUNS: usize = 4000;

/// What comes within this time is near.
const NEAR: Minutes = Minutes::days(14);

/// So many runs are drawn of what is kept for ever.
const SOME: usize = 8;

/// Charts of the places of each statement.
pub(super) fn draw<'a>(
    spec: &'a Spec,
    known: &'a Analyses<'_>,
    language: Language,
) -> impl Iterator<Item = String> + 'a {
    let charts = spec.statements().filter_map(move |(_, statement)| {
        let rules = known.queues().timing(statement)?;
        let coverage = &known.get(statement)?.coverage;
        Some(of_statement(statement, &rules, coverage, spec.now, language))
    });
    charts.flatten()
}

/// Places in which a statement's recovery points come and go alike.
struct Alike {
    place: Where,
    /// How long each rule keeps its points there, and after how many batches a copy is done.
    keeps: Vec<Option<(Retention, u32)>>,
    names: Vec<String>,
}

fn of_statement(
    statement: &Statement,
    rules: &[TimedRule],
    coverage: &[(Where, Coverage)],
    now: Timestamp,
    language: Language,
) -> Vec<String> {
    let copies = statement.copies().map(|copy| (Where::Copy(statement.place_name(&copy.place)), &copy.place));
    let mut charts: Vec<Alike> = Vec::new();
    for (place, at) in std::iter::once((Where::Source, &statement.source)).chain(copies) {
        let name = format!("{} / {}", at.region.node.code, at.vault.value.name());
        let kept = |rule: &TimedRule| Some((rule.keeps(&place)?, rule.copy_to(&place).map_or(0, |copy| copy.batches)));
        let keeps: Vec<Option<(Retention, u32)>> = rules.iter().map(kept).collect();
        // A copy comes later than what it is copied from.
        let alike = |known: &&mut Alike| known.keeps == keeps && known.place != Where::Source;
        match charts.iter_mut().find(alike) {
            Some(known) if known.names.contains(&name) => {}
            Some(known) => known.names.push(name),
            None => charts.push(Alike { place, keeps, names: vec![name] }),
        }
    }
    let drawn = charts.iter().filter_map(|alike| {
        let (_, coverage) = coverage.iter().find(|(place, _)| *place == alike.place)?;
        let chart = Chart::of(rules, &alike.place, &coverage.without, now)?;
        Some(chart.draw(&caption(statement, alike, language), language))
    });
    drawn.collect()
}

fn caption(statement: &Statement, chart: &Alike, language: Language) -> String {
    let (name, places) = (&statement.name.value, language.list(&chart.names));
    let each = statement.resources().count() > 1;
    language.say(
        format!("{}{name}: recovery points alive in {places}", if each { "Each resource of " } else { "" }),
        format!("{name}{}: {places} にある復旧ポイントの数", if each { " の各リソース" } else { "" }),
    )
}

/// Half as long again as the longest retention, so that expiry is seen, and long enough that the longest time without a
/// recovery point is, if it is near; within what can be drawn. Some runs where nothing expires.
fn length(rules: &[TimedRule], place: &Where, without: &Without, from: Timestamp) -> Minutes {
    let kept = rules.iter().filter_map(|rule| rule.keeps(place)?.length()).max();
    let kept_here = rules.iter().filter(|rule| rule.keeps(place).is_some());
    let some = || kept_here.filter_map(|rule| occurrences(&rule.schedule, from).nth(SOME)).map(|run| run.at).min();
    let endless = || some().map_or(Minutes::ZERO, |run| Minutes::between(from, run)).max(Minutes::days(28));
    let wanted = kept.map_or_else(endless, |kept| Minutes(kept.0 * 3 / 2)).max(Minutes::days(3));
    let seen = match without {
        Without::AtMost(longest) => Some(Minutes::between(from, longest.to.at) + Minutes::days(2)),
        Without::Never | Without::Always | Without::NoRun => None,
    };
    let wanted = wanted.max(seen.filter(|seen| *seen <= NEAR).unwrap_or_default());
    let ends = rules.iter().filter_map(|rule| occurrences(&rule.schedule, from).nth(RUNS)).map(|run| run.at);
    let drawable = ends.min().map_or(wanted, |end| Minutes::between(from, end));
    Minutes((wanted.min(drawable).0 / 1440).max(1) * 1440)
}

/// What one chart shows.
struct Chart<'a> {
    zone: &'a Zone,
    from: Timestamp,
    length: Minutes,
    lives: Vec<Life>,
    without: &'a Without,
}

impl<'a> Chart<'a> {
    fn of(rules: &'a [TimedRule], place: &Where, without: &'a Without, now: Timestamp) -> Option<Self> {
        let runs = || rules.iter().filter(|rule| rule.keeps(place).is_some());
        let zones = || runs().map(|rule| rule.schedule.zone());
        let zone = zones().find(|zone| !zone.is_utc()).or_else(|| zones().next())?;
        let from = runs().filter_map(|rule| occurrences(&rule.schedule, now).next()).map(|run| run.at).min()?;
        let length = length(rules, place, without, from);
        let lives = lives(rules, place, COPY_TAKES, from, length.after(from));
        Some(Self { zone, from, length, lives, without })
    }

    fn draw(&self, caption: &str, language: Language) -> String {
        let nothing = nothing(self.without, language);
        let mut legend = vec![
            ("most", language.say("at most", "最多")),
            ("least", language.say("guaranteed and usable", "確実に利用できる数")),
        ];
        legend.extend(nothing.as_deref().map(|words| ("gap", words)));
        figure(caption, &legend, |layout| self.drawn(layout, nothing.as_deref(), language))
    }

    fn drawn(&self, layout: Layout, nothing: Option<&str>, language: Language) -> (Drawing, i64) {
        let width = layout.width() - LEFT - RIGHT;
        let scale = Scale { from: self.from, length: self.length, left: LEFT, width };
        let (least, most) = changes(&self.lives);
        let (least, most) = (columns(&least, &scale, i64::min), columns(&most, &scale, i64::max));
        let highest = most.iter().copied().max().unwrap_or(0).max(1);
        let step = step(highest);
        let highest = (highest + step - 1) / step * step;
        let y = |level: i64| TOP + HEIGHT - level * HEIGHT / highest;
        let mut drawing = Drawing::new(layout);
        drawing.text("tick", (8, 14), language.say("recovery points", "復旧ポイントの数"));
        for level in (0..=highest).step_by(usize::try_from(step).unwrap_or(1)) {
            drawing.line("grid", (LEFT, y(level)), (LEFT + width, y(level)));
            drawing.text("tick", (8, y(level) + 4), &level.to_string());
        }
        drawing.path("most", &area(&most, &y));
        drawing.path("least", &area(&least, &y));
        if let Some(nothing) = nothing {
            gaps(&least, nothing, &mut drawing);
        }
        drawing.line("axis", (LEFT, y(0)), (LEFT + width, y(0)));
        let bottom = self.dates(&scale, y(0), &mut drawing, language);
        (drawing, bottom)
    }

    /// The dates below, by the clock of the zone; gives where they end.
    fn dates(&self, scale: &Scale, y: i64, drawing: &mut Drawing, language: Language) -> i64 {
        let days = scale.days(self.zone);
        let count = days.len().max(1);
        let years = count > 366;
        let room = usize::try_from(scale.width / if years { 95 } else { 56 }).unwrap_or(1).max(1);
        let even = [1, 2, 7, 14, 28].into_iter().filter(|_| !years).find(|every| count / every <= room);
        let every = even.unwrap_or(count.div_ceil(room));
        let format = if years { "%Y-%m-%d" } else { "%m-%d" };
        let named = days.iter().step_by(every).map(|(at, date)| (*at, date.strftime(format).to_string()));
        let marks: Vec<(Timestamp, String)> = named.collect();
        drawing.ticks(scale, ("axis", y, y + 5), y + 18, &marks);
        let first = self.zone.wall_clock(self.from).strftime("%Y-%m-%d %H:%M");
        let name = self.zone.name();
        let words =
            language.say(format!("{name}, from the first run on, {first}"), format!("{name}(最初の実行 {first} から)"));
        drawing.wrapped("tick", (8, y + 38), &words) + 6
    }
}

/// For how long there need not be any recovery point that can be used, if there is such a time.
fn nothing(without: &Without, language: Language) -> Option<String> {
    match without {
        Without::Never => None,
        Without::AtMost(longest) => {
            let length = figures::length(longest.total(), language);
            Some(
                language
                    .say(format!("up to {length}: nothing guaranteed"), format!("最長 {length}、何も保証されません")),
            )
        }
        Without::Always | Without::NoRun => {
            Some(language.say("at no time anything guaranteed", "どの時点でも、何も保証されません").to_owned())
        }
    }
}

/// Shades where nothing is guaranteed, once there has been something that was, and names the longest of it.
fn gaps(least: &[i64], nothing: &str, drawing: &mut Drawing) {
    let first = least.iter().position(|count| *count > 0).unwrap_or_default();
    let mut longest = (0, 0);
    let mut x = LEFT + i64::try_from(first).unwrap_or_default();
    for run in least.get(first..).unwrap_or_default().chunk_by(|one, other| (*one > 0) == (*other > 0)) {
        let width = i64::try_from(run.len()).unwrap_or_default();
        if run.first() == Some(&0) {
            drawing.rect("gap", (x, TOP), (width, HEIGHT));
            // By less than two columns one is no longer than another: both are rounded.
            if width > longest.1 + 1 {
                longest = (x, width);
            }
        }
        x += width;
    }
    let (x, width) = longest;
    if width > 0 {
        drawing.centred("nothing", (x + width / 2, TOP - 8), nothing);
    }
}

/// Changes of a count: when, and by how much.
type Changes = Vec<(Timestamp, i64)>;

/// The least and the most: the least counts a point from when it can be used at the latest to its expiry, the
/// most from its run until AWS has deleted it at the latest.
fn changes(lives: &[Life]) -> (Changes, Changes) {
    let (mut least, mut most) = (Vec::new(), Vec::new());
    for life in lives {
        most.push((life.due, 1));
        if let Some(usable) = life.usable {
            least.push((usable, 1));
            least.extend(life.expires.map(|expires| (expires, -1)));
        }
        most.extend(life.expires.map(|expires| (LATE_DELETION.after(expires), -1)));
    }
    least.sort_unstable();
    most.sort_unstable();
    (least, most)
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
    let end = LEFT + i64::try_from(levels.len()).unwrap_or_default();
    let _ = write!(path, "H{end}V{}Z", y(0));
    path
}
