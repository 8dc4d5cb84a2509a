//! The timelines: when the rules of a statement run, by both clocks, over the day, the week, the
//! month or the year in which each of them comes round.

mod span;

use jiff::Timestamp;

use super::scale::Scale;
use super::svg::{Drawing, LINE, Layout, figure, wrapped};
use crate::explain::Language;
use crate::spec::{ClosedWindow, Spec, Statement};
use crate::time::length::Minutes;
use crate::time::occurrence::occurrences;
use crate::time::plan::TimedRule;
use crate::time::zone::{Happens, Zone};
use span::Span;

/// Sizes of the drawing.
const ROW: i64 = 32;
const TOP: i64 = 62;

/// Timelines of every statement.
pub(super) fn draw(spec: &Spec, language: Language) -> impl Iterator<Item = String> {
    spec.statements().flat_map(move |(_, statement)| of_statement(statement, spec.now, language))
}

/// What one timeline shows.
struct Timeline<'a> {
    span: Span,
    rules: Vec<(&'a str, &'a TimedRule)>,
    closed: Vec<&'a ClosedWindow>,
    zone: Zone,
    /// The first instant, and how long it is from there.
    from: Timestamp,
    length: Minutes,
}

fn of_statement(statement: &Statement, now: Timestamp, language: Language) -> Vec<String> {
    let Some(rules) = statement.timing() else { return Vec::new() };
    let names = statement.rules.iter().map(|rule| rule.name.value.as_str());
    let spans: Vec<(Span, (&str, &TimedRule))> =
        names.zip(&rules).map(|(name, rule)| (Span::of(&rule.schedule, now), (name, rule))).collect();
    let draw = |span: Span| {
        let timeline = timeline(span, &spans, &statement.closed_windows, now)?;
        Some(timeline.draw(&statement.plan.value, language))
    };
    Span::ALL.into_iter().filter_map(draw).collect()
}

/// The timeline over a span, if there is something to show on it. The week shows what comes round
/// each day as well, since that is what its runs and windows may meet.
fn timeline<'a>(
    span: Span,
    rules: &[(Span, (&'a str, &'a TimedRule))],
    closed: &'a [ClosedWindow],
    now: Timestamp,
) -> Option<Timeline<'a>> {
    let daily = rules.iter().any(|(of, _)| *of == Span::Day);
    let short = rules.iter().any(|(of, _)| *of <= Span::Week);
    let week_for_windows = span == Span::Week && daily && closed.iter().any(|window| window.window.day.is_some());
    let closed: Vec<&ClosedWindow> = match span {
        Span::Day => closed.iter().filter(|window| window.window.day.is_none()).collect(),
        Span::Week => closed.iter().collect(),
        Span::Month if !short => closed.iter().collect(),
        Span::Month | Span::Year => Vec::new(),
    };
    if !week_for_windows && rules.iter().all(|(of, _)| *of != span) {
        return None;
    }
    let shown = |of: Span| of == span || (span == Span::Week && of == Span::Day);
    let rules: Vec<(&str, &TimedRule)> = rules.iter().filter(|(of, _)| shown(*of)).map(|(_, rule)| *rule).collect();
    let zones = || rules.iter().map(|(_, rule)| rule.schedule.zone());
    let zone = zones().find(|zone| !zone.is_utc()).or_else(|| zones().next())?.clone();
    let first = rules.iter().filter_map(|(_, rule)| occurrences(&rule.schedule, now).next()).min()?;
    let (from, length) = span.around(first.at, &zone)?;
    Some(Timeline { span, rules, closed, zone, from, length })
}

impl Timeline<'_> {
    fn draw(&self, plan: &str, language: Language) -> String {
        let span = self.span.words(language);
        let caption =
            language.say(format!("{plan}: when its rules run over {span}"), format!("{plan} の実行時間帯({span})"));
        let legend = [
            ("due", language.say("due", "実行時刻")),
            ("start", language.say("start window", "開始ウィンドウ")),
            ("complete", language.say("completion window", "完了ウィンドウ")),
            ("closed", language.say("window in which backups start too", "バックアップの開始を妨げないウィンドウ")),
        ];
        let shown = if self.closed.is_empty() { 3 } else { 4 };
        let legend = legend.get(..shown).unwrap_or(&legend);
        figure(&caption, legend, |layout| self.drawn(layout, language))
    }

    fn drawn(&self, layout: Layout, language: Language) -> (Drawing, i64) {
        let left = match layout {
            Layout::Wide => 34,
            Layout::Narrow => 20,
        };
        let scale = Scale { from: self.from, length: self.length, left, width: layout.width() - 2 * left };
        let mut rows = Drawing::new(layout);
        let mut y = TOP;
        let named = |name: &str, y: &mut i64, rows: &mut Drawing| {
            let lines = wrapped(name, scale.width - 4);
            rows.lines("name", (left + 4, *y + 14), &lines);
            *y += LINE * i64::try_from(lines.len()).unwrap_or_default();
        };
        for (name, rule) in &self.rules {
            named(name, &mut y, &mut rows);
            runs(rule, y + 6, &scale, &mut rows);
            y += ROW;
        }
        for closed in &self.closed {
            named(closed.clause, &mut y, &mut rows);
            windows(closed, y + 6, &scale, &mut rows);
            y += ROW;
        }
        let bottom = y + 8;
        let mut drawing = Drawing::new(layout);
        let end = self.axes(bottom, &scale, &mut drawing, language);
        drawing.above(&rows);
        (drawing, end)
    }

    /// The zone's clock above and UTC below, each with its own marks; gives where they end. The lines are the
    /// zone's.
    fn axes(&self, bottom: i64, scale: &Scale, drawing: &mut Drawing, language: Language) -> i64 {
        let Scale { left, width, .. } = *scale;
        let name = |zone: &Zone| {
            let from = zone.wall_clock(self.from).strftime("%Y-%m-%d %H:%M");
            language.say(format!("{}, from {from}", zone.name()), format!("{}({from} から)", zone.name()))
        };
        drawing.wrapped("tick", (left, 16), &name(&self.zone));
        let marks = self.span.marks(scale, &self.zone, language);
        drawing.ticks(scale, ("grid", TOP - 10, bottom), TOP - 18, &marks);
        drawing.line("axis", (left, TOP - 10), (left + width, TOP - 10));
        drawing.line("axis", (left, bottom), (left + width, bottom));
        if self.zone.is_utc() {
            return bottom + 16;
        }
        let marks = self.span.marks(scale, &Zone::utc(), language);
        drawing.ticks(scale, ("axis", bottom, bottom + 5), bottom + 18, &marks);
        drawing.wrapped("tick", (left, bottom + 36), &name(&Zone::utc())) + 6
    }
}

/// The windows of every run, those too that began before the first instant. Where runs come
/// faster than their windows end, the later are drawn over the earlier and each still shows
/// when it is due.
fn runs(rule: &TimedRule, y: i64, scale: &Scale, drawing: &mut Drawing) {
    let windows = rule.windows;
    let before = Minutes(-windows.latest_completion().0).after(scale.from);
    let runs = || occurrences(&rule.schedule, before).take_while(|run| run.at < scale.until());
    let starts_by = |at| scale.x(windows.start().after(at));
    for run in runs() {
        let (from, to) = (starts_by(run.at), scale.x(windows.latest_completion().after(run.at)));
        if from < to {
            drawing.rect("complete", (from, y + 3), (to - from, 12));
        }
    }
    for run in runs() {
        let (from, to) = (scale.x(run.at), starts_by(run.at));
        if from < to {
            drawing.rect("start", (from, y), (to - from, 18));
        }
    }
    for run in runs().filter(|run| run.at >= scale.from) {
        let x = scale.x(run.at);
        drawing.line("due", (x, y - 2), (x, y + 20));
    }
}

/// A window of the database itself, on each day that it is on.
fn windows(closed: &ClosedWindow, y: i64, scale: &Scale, drawing: &mut Drawing) {
    let window = &closed.window;
    let last = window.zone.wall_clock(scale.until()).date();
    // One that began on the day before may reach into the first day.
    let mut date = window.zone.wall_clock(scale.from).date().yesterday().ok();
    while let Some(day) = date.filter(|day| *day <= last) {
        let on = window.day.is_none_or(|on| on == crate::time::calendar::Weekday::of(day));
        if let (true, Happens::Once(begins)) = (on, window.zone.happens(day.to_datetime(window.begins.civil()))) {
            let (from, to) = (scale.x(begins), scale.x(window.length().after(begins)));
            if from < to {
                drawing.rect("closed", (from, y), (to - from, 18));
            }
        }
        date = day.tomorrow().ok();
    }
}
