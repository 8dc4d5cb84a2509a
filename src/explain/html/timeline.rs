//! The timelines: when the rules of a statement run, by both clocks, over the day, the week, the
//! month or the year in which each of them comes round.

mod span;

use jiff::Timestamp;

use super::scale::Scale;
use super::svg::{Drawing, cut};
use crate::explain::Language;
use crate::spec::{ClosedWindow, Spec, Statement};
use crate::time::occurrence::occurrences;
use crate::time::plan::Rule;
use crate::time::zone::{Happens, Zone};
use span::Span;

/// Sizes of the drawing.
const WIDTH: i64 = 860;
const LEFT: i64 = 34;
const ROW: i64 = 46;
const TOP: i64 = 62;

/// Timelines of every statement.
pub(super) fn draw(spec: &Spec, language: Language) -> String {
    spec.statements().flat_map(|(_, statement)| of_statement(statement, spec.now, language)).collect()
}

/// What one timeline shows.
struct Timeline<'a> {
    span: Span,
    rules: Vec<(&'a str, &'a Rule)>,
    closed: Vec<&'a ClosedWindow>,
    zone: Zone,
    scale: Scale,
}

fn of_statement(statement: &Statement, now: Timestamp, language: Language) -> Vec<String> {
    let Some(rules) = statement.timing() else { return Vec::new() };
    let names = statement.rules.iter().map(|rule| rule.name.value.as_str());
    let spans: Vec<(Span, (&str, &Rule))> =
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
    rules: &[(Span, (&'a str, &'a Rule))],
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
    let rules: Vec<(&str, &Rule)> = rules.iter().filter(|(of, _)| shown(*of)).map(|(_, rule)| *rule).collect();
    let zones = || rules.iter().map(|(_, rule)| rule.schedule.zone());
    let zone = zones().find(|zone| !zone.is_utc()).or_else(|| zones().next())?.clone();
    let first = rules.iter().filter_map(|(_, rule)| occurrences(&rule.schedule, now).next()).min()?;
    let (from, length) = span.around(first.at, &zone)?;
    let scale = Scale { from, length, left: LEFT, width: WIDTH - 2 * LEFT };
    Some(Timeline { span, rules, closed, zone, scale })
}

impl Timeline<'_> {
    fn draw(&self, plan: &str, language: Language) -> String {
        let rows = i64::try_from(self.rules.len() + self.closed.len()).unwrap_or(1);
        let bottom = TOP + ROW * rows + 8;
        let mut drawing = Drawing::default();
        self.axes(bottom, &mut drawing, language);
        let mut y = TOP;
        for (name, rule) in &self.rules {
            drawing.text("name", (LEFT + 4, y + 14), &cut(name, 110));
            self.runs(rule, y + 20, &mut drawing);
            y += ROW;
        }
        for closed in &self.closed {
            drawing.text("name", (LEFT + 4, y + 14), closed.clause);
            self.windows(closed, y + 20, &mut drawing);
            y += ROW;
        }
        let span = self.span.words(language);
        let caption =
            language.say(format!("{plan}: when its rules run over {span}"), format!("{plan} の実行時間帯({span})"));
        let legend = [
            ("due", language.say("due", "実行時刻")),
            ("start", language.say("start window", "開始ウィンドウ")),
            ("complete", language.say("completion window", "完了ウィンドウ")),
            ("closed", language.say("window that Aurora is exempt from", "Aurora は制約を受けないウィンドウ")),
        ];
        let shown = if self.closed.is_empty() { 3 } else { 4 };
        let utc = if self.zone.is_utc() { 16 } else { 44 };
        drawing.figure((WIDTH, bottom + utc), &caption, legend.get(..shown).unwrap_or(&legend))
    }

    /// The zone's clock above and UTC below, each with its own marks. The lines are the zone's.
    fn axes(&self, bottom: i64, drawing: &mut Drawing, language: Language) {
        let Scale { left, width, .. } = self.scale;
        let name = |zone: &Zone| {
            let from = zone.wall_clock(self.scale.from).strftime("%Y-%m-%d %H:%M");
            language.say(format!("{}, from {from}", zone.name()), format!("{}({from} から)", zone.name()))
        };
        drawing.text("tick", (left, 16), &name(&self.zone));
        for (at, words) in self.span.marks(&self.scale, &self.zone, language) {
            let x = self.scale.x(at);
            drawing.line("grid", (x, TOP - 10), (x, bottom));
            drawing.centred("tick", (x, TOP - 18), &words);
        }
        drawing.line("axis", (left, TOP - 10), (left + width, TOP - 10));
        drawing.line("axis", (left, bottom), (left + width, bottom));
        if self.zone.is_utc() {
            return;
        }
        for (at, words) in self.span.marks(&self.scale, &Zone::utc(), language) {
            let x = self.scale.x(at);
            drawing.line("axis", (x, bottom), (x, bottom + 5));
            drawing.centred("tick", (x, bottom + 18), &words);
        }
        drawing.text("tick", (left, bottom + 36), &name(&Zone::utc()));
    }

    /// The windows of every run, those too that began before the first instant. Where runs come
    /// faster than their windows end, the later are drawn over the earlier and each still shows
    /// when it is due.
    fn runs(&self, rule: &Rule, y: i64, drawing: &mut Drawing) {
        let scale = &self.scale;
        let windows = rule.windows;
        let before = crate::time::length::Minutes(-windows.latest_completion().0).after(scale.from);
        let runs = || occurrences(&rule.schedule, before).take_while(|run| run.at < scale.until());
        let starts_by = |at| scale.x(windows.start().after(at));
        for run in runs() {
            let (from, to) = (starts_by(run.at), scale.x(windows.latest_completion().after(run.at)));
            if from < to {
                drawing.bar("complete", (from, y + 3), (to - from, 12));
            }
        }
        for run in runs() {
            let (from, to) = (scale.x(run.at), starts_by(run.at));
            if from < to {
                drawing.bar("start", (from, y), (to - from, 18));
            }
        }
        for run in runs().filter(|run| run.at >= scale.from) {
            let x = scale.x(run.at);
            drawing.line("due", (x, y - 2), (x, y + 20));
        }
    }

    /// A window of the database itself, on each day that it is on.
    fn windows(&self, closed: &ClosedWindow, y: i64, drawing: &mut Drawing) {
        let (window, scale) = (&closed.window, &self.scale);
        let last = window.zone.wall_clock(scale.until()).date();
        // One that began on the day before may reach into the first day.
        let mut date = window.zone.wall_clock(scale.from).date().yesterday().ok();
        while let Some(day) = date.filter(|day| *day <= last) {
            let on = window.day.is_none_or(|on| on == crate::time::calendar::Weekday::of(day));
            if let (true, Happens::Once(begins)) = (on, window.zone.happens(day.to_datetime(window.begins.civil()))) {
                let (from, to) = (scale.x(begins), scale.x(window.length().after(begins)));
                if from < to {
                    drawing.bar("closed", (from, y), (to - from, 18));
                }
            }
            date = day.tomorrow().ok();
        }
    }
}
