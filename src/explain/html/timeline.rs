//! The timeline: when the rules of a statement run, over a day, a week or longer, by both clocks.

use jiff::Timestamp;

use super::scale::Scale;
use super::svg::{Drawing, cut};
use crate::explain::Language;
use crate::spec::{ClosedWindow, Spec, Statement};
use crate::time::length::Minutes;
use crate::time::occurrence::occurrences;
use crate::time::plan::Rule;
use crate::time::zone::Zone;

/// Sizes of the drawing.
const WIDTH: i64 = 680;
const LEFT: i64 = 34;
const ROW: i64 = 46;
const TOP: i64 = 44;

/// How many statements are drawn; the figures of the others are told in words.
const DRAWN: usize = 20;

/// A timeline of each statement.
pub(super) fn draw(spec: &Spec, language: Language) -> String {
    let statements = spec.statements().take(DRAWN);
    statements.filter_map(|(_, statement)| of_statement(statement, spec.now, language)).collect()
}

/// A day if some rule runs every day, else a week, a month or a year.
fn length(rules: &[Rule], from: Timestamp) -> Minutes {
    let runs_within = |days: i64| {
        let until = Minutes::days(days).after(from);
        rules.iter().all(|rule| occurrences(&rule.schedule, from).next().is_some_and(|run| run.at < until))
    };
    let lengths = [1, 7, 31];
    lengths.into_iter().find(|days| runs_within(*days)).map_or(Minutes::days(366), Minutes::days)
}

/// Midnight, by the zone's clock, of the day on which something runs first.
fn midnight(rules: &[Rule], zone: &Zone, now: Timestamp) -> Option<Timestamp> {
    let first = rules.iter().filter_map(|rule| occurrences(&rule.schedule, now).next()).map(|run| run.at).min()?;
    let clock = zone.wall_clock(first);
    let since = i64::from(clock.hour()) * 60 + i64::from(clock.minute());
    Some(Minutes(-since).after(first))
}

fn of_statement(statement: &Statement, now: Timestamp, language: Language) -> Option<String> {
    let rules = statement.timing()?;
    let zone = rules.first()?.schedule.zone().clone();
    let from = midnight(&rules, &zone, now)?;
    let scale = Scale { from, length: length(&rules, from), left: LEFT, width: WIDTH - 2 * LEFT };
    let rows = i64::try_from(rules.len() + statement.closed_windows.len()).unwrap_or(1);
    let bottom = TOP + ROW * rows;
    let mut drawing = Drawing::default();
    axes(&scale, &zone, bottom, &mut drawing);
    let mut y = TOP;
    for (rule, timing) in statement.rules.iter().zip(&rules) {
        drawing.text("name", (LEFT, y + 14), &cut(&rule.name.value, 90));
        row(timing, &scale, y + 20, &mut drawing);
        y += ROW;
    }
    for closed in &statement.closed_windows {
        drawing.text("name", (LEFT, y + 14), closed.clause);
        closed_row(closed, &scale, y + 20, &mut drawing);
        y += ROW;
    }
    let caption = language.say(
        format!("{}: when its rules run, {} above and UTC below", statement.plan.value, zone.name()),
        format!("{} の実行時間帯(上: {}、下: UTC)", statement.plan.value, zone.name()),
    );
    let legend = [
        ("start", language.say("start window", "開始ウィンドウ")),
        ("complete", language.say("completion window", "完了ウィンドウ")),
        ("closed", language.say("window that Aurora is exempt from", "Aurora は制約を受けないウィンドウ")),
    ];
    let shown = if statement.closed_windows.is_empty() { 2 } else { 3 };
    Some(drawing.figure((WIDTH, bottom + 34), &caption, legend.get(..shown).unwrap_or(&legend)))
}

/// Local time above, UTC below, with a line down from each mark.
fn axes(scale: &Scale, zone: &Zone, bottom: i64, drawing: &mut Drawing) {
    for (at, words) in scale.marks(zone) {
        let x = scale.x(at);
        drawing.line("grid", (x, TOP - 12), (x, bottom + 8));
        drawing.centred("tick", (x, TOP - 18), &words);
    }
    for (at, words) in scale.marks(&Zone::utc()) {
        drawing.centred("tick", (scale.x(at), bottom + 22), &words);
    }
    drawing.line("axis", (scale.left, TOP - 12), (scale.left + scale.width, TOP - 12));
    drawing.line("axis", (scale.left, bottom + 8), (scale.left + scale.width, bottom + 8));
}

/// The windows of every run, those too that began before the first instant.
fn row(rule: &Rule, scale: &Scale, y: i64, drawing: &mut Drawing) {
    let before = Minutes(-rule.windows.latest_completion().0).after(scale.from);
    for run in occurrences(&rule.schedule, before).take_while(|run| run.at < scale.until()) {
        let starts_by = rule.windows.start().after(run.at);
        let completes_by = rule.windows.latest_completion().after(run.at);
        let title = format!("{} … {} … {}", run.local.strftime("%H:%M"), starts_by, completes_by);
        let (due, starts, completes) = (scale.x(run.at), scale.x(starts_by), scale.x(completes_by));
        drawing.titled_rect("complete", (starts, y + 3), (completes - starts, 12), &title);
        drawing.titled_rect("start", (due, y), (starts - due, 18), &title);
    }
}

/// A window of the database itself, on each day that it is on.
fn closed_row(closed: &ClosedWindow, scale: &Scale, y: i64, drawing: &mut Drawing) {
    let window = &closed.window;
    let mut date = window.zone.wall_clock(scale.from).date();
    let last = window.zone.wall_clock(scale.until()).date();
    while date <= last {
        let on = window.day.is_none_or(|day| day == crate::time::calendar::Weekday::of(date));
        if let (true, crate::time::zone::Happens::Once(begins)) =
            (on, window.zone.happens(date.to_datetime(window.begins.civil())))
        {
            let ends = window.length().after(begins);
            drawing.rect("closed", (scale.x(begins), y), (scale.x(ends) - scale.x(begins), 18));
        }
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
}
