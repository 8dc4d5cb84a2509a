//! The screen of one statement.

use std::collections::{BTreeMap, BTreeSet};

use super::clock::{UtcReason, utc_reason};
use super::sheet::{Block, Cell, Safety, Sheet};
use super::{Backup, Screen, map, words};
use crate::explain::figures::length;
use crate::next::{Forecast, Run, utc};
use crate::queue::COPY_TAKES;
use crate::text::Language;
use crate::time::cron::words as cron;
use crate::time::lower::Expression;
use crate::time::zone::Zone;

/// How many rules are told of.
pub(super) const RULES: usize = 3;

/// How many hours of one reason are told.
const HOURS: usize = 2;

impl Screen<'_> {
    pub(super) fn of_one(&self, backup: &Backup<'_>, language: Language) -> Sheet {
        let today = Zone::utc().wall_clock(self.input.compiled.spec.now).date();
        let mut blocks = vec![
            Block::first(
                language.say("next run", "次回の実行"),
                next_runs(backup, &self.command("drc next"), language),
            ),
            Block::new(language.say("in UTC", "UTC では"), in_utc([backup], language)),
            Block::new(language.say("points", "復旧ポイント"), points(backup, language)),
        ];
        blocks.extend(self.open_points(language));
        blocks.extend(self.decided(backup, language));
        blocks.extend(self.made(language));
        Sheet {
            language,
            title: title(backup, language),
            place: self.place(backup),
            safety: Safety::of(&backup.verdict),
            verdict: words::verdict(backup, language),
            map: map::arrows(backup, today, language),
            blocks,
        }
    }

    fn place(&self, backup: &Backup<'_>) -> String {
        let span = backup.statement.span;
        let (file, line, _) = self.input.sources.position(span.file, span.start);
        format!("{file}:{line}")
    }
}

/// What it is, in one line.
fn title(backup: &Backup<'_>, language: Language) -> String {
    let (system, statement) = (&backup.system.name.value, backup.statement);
    let resources = statement.backed_up(words::NAMES, language);
    let from = words::region(statement.source.region.node, language);
    let to: Vec<String> = backup.copies().map(|held| words::place(statement, held.place, language)).collect();
    let to = if to.is_empty() {
        language.say(", no copy".to_owned(), "、コピーなし".to_owned())
    } else {
        language.say(format!(" to {}", to.join(", ")), format!("から{}へ", to.join("、")))
    };
    let when = when(backup, language);
    language
        .say(format!("{system}: {resources}, {from}{to}, {when}"), format!("{system}: {resources}、{from}{to}、{when}"))
}

/// The schedule of a statement, where one says it all.
fn when(backup: &Backup<'_>, language: Language) -> String {
    match backup.statement.rules.as_slice() {
        [rule] => words::schedule(&rule.schedule.node, language),
        rules => language.say(format!("{} rules", rules.len()), format!("{} ルール", rules.len())),
    }
}

/// The coming run of each rule on both clocks, the soonest first.
fn next_runs(backup: &Backup<'_>, command: &str, language: Language) -> Vec<Vec<Cell>> {
    let mut coming: Vec<(&Forecast<'_>, &Run)> =
        backup.runs.iter().filter_map(|forecast| Some((forecast, taking_place(forecast)?))).collect();
    coming.sort_by_key(|(_, run)| run.at);
    let more = coming.len().saturating_sub(RULES);
    let mut rows: Vec<Vec<Cell>> =
        coming.iter().take(RULES).map(|(forecast, run)| next_run(forecast, run, language)).collect();
    rows.extend(and_more(more, command, language));
    if rows.is_empty() {
        rows.push(vec![language.say("none is due", "予定なし").into()]);
    }
    rows
}

/// The first run in whose stead no other rule's is sure to run.
pub(super) fn taking_place<'f>(forecast: &'f Forecast<'_>) -> Option<&'f Run> {
    forecast.runs.iter().find(|run| run.instead.as_ref().is_none_or(|instead| !instead.keeps_longer))
}

fn next_run(forecast: &Forecast<'_>, run: &Run, language: Language) -> Vec<Cell> {
    let zone = forecast.rule.schedule.node.zone();
    let clock = |at: jiff::Timestamp| {
        let local = zone.wall_clock(at);
        let format = if local.date() == run.local.date() { "%H:%M" } else { "%m-%d %H:%M" };
        local.strftime(format).to_string()
    };
    let local = run.local.strftime("%Y-%m-%d %H:%M");
    let (starts, done) = (clock(run.starts_by), clock(run.completes_by));
    let at =
        if zone.is_utc() { format!("{local} UTC") } else { format!("{local} {} = {} UTC", zone.name(), same_day(run)) };
    vec![
        at.into(),
        language
            .say(format!("starts by {starts}, done by {done}"), format!("開始期限 {starts}、完了期限 {done}"))
            .into(),
    ]
}

/// A row for what is left out, and the command that shows it.
pub(super) fn and_more(more: usize, command: &str, language: Language) -> Option<Vec<Cell>> {
    (more > 0)
        .then(|| vec![language.say(format!("and {more} more: {command}"), format!("ほか {more} 件: {command}")).into()])
}

/// A run in UTC, without its date where the date is that of the schedule's own clock.
fn same_day(run: &Run) -> String {
    let whole = utc(run.at);
    let date = run.local.strftime("%Y-%m-%d ").to_string();
    whole.strip_prefix(&date).map_or(whole.clone(), str::to_owned)
}

/// The hours in UTC, and why they are what they are: what is so for one reason stands together.
pub(super) fn in_utc<'b>(backups: impl IntoIterator<Item = &'b Backup<'b>>, language: Language) -> Vec<Vec<Cell>> {
    let mut reasons: BTreeMap<(UtcReason, String), BTreeSet<(String, String)>> = BTreeMap::new();
    for forecast in backups.into_iter().flat_map(|backup| &backup.runs) {
        for expression in &forecast.rule.expressions {
            let reason = utc_reason(forecast.rule, expression);
            let zone = forecast.rule.schedule.node.zone().name().to_owned();
            let hour = hour(forecast, expression, language);
            reasons.entry((reason, zone)).or_default().insert((expression.cron.to_string(), hour));
        }
    }
    let row = |((reason, zone), hours): ((UtcReason, String), BTreeSet<(String, String)>)| {
        let mut said: Vec<String> = hours.iter().take(HOURS).map(|(_, hour)| hour.clone()).collect();
        if let ([only], Some((cron, _))) = (said.as_mut_slice(), hours.first()) {
            only.push_str(language.say(", ", "、"));
            only.push_str(cron);
        }
        let more = hours.len().saturating_sub(HOURS);
        if more > 0 {
            said.push(language.say(format!("{more} more"), format!("ほか {more} 件")));
        }
        let why = words::utc_reason(reason, &zone, language);
        let said = said.join(language.say("; ", "、"));
        vec![language.say(format!("{said}, because {why}"), format!("{said}({why})")).into()]
    };
    reasons.into_iter().map(row).collect()
}

/// The hour of an expression in UTC: of every run, or of the next where it shifts.
fn hour(forecast: &Forecast<'_>, expression: &Expression, language: Language) -> String {
    match (&expression.timezone, taking_place(forecast)) {
        (None, _) => cron::describe(&expression.cron, language),
        (Some(_), Some(run)) => {
            let (local, at) = (run.local.strftime("%H:%M"), run.at.strftime("%H:%M"));
            language.say(format!("{local} is {at} at the next run"), format!("{local} は次回 {at}"))
        }
        (Some(_), None) => language.say("no run is due", "予定なし").to_owned(),
    }
}

/// How many recovery points each place holds, how old the newest may be, and what closes a gap.
fn points(backup: &Backup<'_>, language: Language) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for held in &backup.places {
        let Some((_, coverage)) = held.coverage else { continue };
        let mut row: Vec<Cell> = vec![
            words::place(backup.statement, held.place, language).into(),
            words::count(coverage, language).into(),
            words::age(coverage, language).into(),
        ];
        if !held.closing.is_empty() {
            row.push(words::closing(&held.closing, language).into());
        }
        rows.push(row);
    }
    rows.push(vec![assumed(language).into()]);
    rows
}

/// What every figure takes for granted.
pub(super) fn assumed(language: Language) -> String {
    let takes = length(COPY_TAKES, language);
    language.say(
        format!("while no job fails and no copy takes longer than {takes}, for which AWS gives no bound"),
        format!("ジョブが失敗せず、コピーが {takes}以内に終わる限り(AWS は上限を示していない)"),
    )
}
