//! The coming runs of every rule: when, within which windows, and how long what they make is kept.

pub mod json;
pub mod text;

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::batch::{cores, in_batches};
use crate::spec::{self, Rule, Spec, Statement, System};
use crate::time::length::Minutes;
use crate::time::occurrence::{Occurrence, occurrences};
use crate::time::plan::{self, Retention, Where};

/// The coming runs of one rule.
#[derive(Clone, Debug)]
pub struct Forecast<'a> {
    /// Name of the system.
    pub system: &'a str,
    /// The statement.
    pub statement: &'a Statement,
    /// The rule.
    pub rule: &'a Rule,
    /// Its runs, in order.
    pub runs: Vec<Run>,
    /// Whether there are fewer than were asked for, because AWS's calendar ends before.
    pub is_cut: bool,
}

/// A coming run.
#[derive(Clone, Debug)]
pub struct Run {
    /// When it is due.
    pub at: Timestamp,
    /// What the clock of the schedule's zone shows then.
    pub local: DateTime,
    /// Minutes by which that clock is ahead of UTC then.
    pub offset: Minutes,
    /// When its job has started at the latest.
    pub starts_by: Timestamp,
    /// When its job has completed at the latest.
    pub completes_by: Timestamp,
    /// When what it makes expires in each place, the source first; never, where there is no
    /// instant. Counted from the time of the run: a job that starts later expires as much later.
    pub expires: Vec<Expiry>,
    /// Whether it may fail, because no backup of a resource starts at some moment of its start window.
    pub may_not_start: bool,
    /// The rule that AWS runs in its stead, because their start windows overlap.
    pub instead: Option<Instead>,
}

/// A rule that runs in the stead of another.
#[derive(Clone, Debug)]
pub struct Instead {
    /// Its name.
    pub rule: String,
    /// Whether it keeps longer. Of rules that keep equally long AWS names no winner, so that either
    /// may be the one that runs.
    pub keeps_longer: bool,
}

/// When what a run makes expires in a place.
#[derive(Clone, Debug)]
pub struct Expiry {
    /// Code of the region.
    pub region: &'static str,
    /// The vault.
    pub vault: String,
    /// The place for people: the vault is named where the region alone does not say which.
    pub place: String,
    /// When; never, where there is no instant.
    pub at: Option<Timestamp>,
}

/// The next `count` runs of every rule of a spec, found when they are asked for.
pub fn forecast(spec: &Spec, count: usize) -> impl Iterator<Item = Forecast<'_>> {
    let of_statement = move |(system, statement)| of_statement(system, statement, spec.now, count);
    in_batches(spec.statements(), cores(), of_statement).flatten()
}

/// The next `count` runs of every rule of a statement, from an instant on.
pub(crate) fn of_statement<'a>(
    system: &'a System,
    statement: &'a Statement,
    now: Timestamp,
    count: usize,
) -> Vec<Forecast<'a>> {
    let rules = statement.timing().unwrap_or_default();
    let forecast = |(index, (rule, timing)): (usize, (&'a Rule, &plan::TimedRule))| {
        let coming: Vec<Occurrence> = occurrences(&timing.schedule, now).take(count).collect();
        let is_cut = coming.len() < count;
        let replaced = replaced(&rules, index, now, &coming, statement);
        let runs = coming.iter().zip(replaced).map(|(run, instead)| describe(statement, rule, timing, *run, instead));
        Forecast { system: &system.name.value, statement, rule, runs: runs.collect(), is_cut }
    };
    statement.rules.iter().zip(&rules).enumerate().map(forecast).collect()
}

/// For each run of a rule, the rule that runs in its stead.
fn replaced(
    rules: &[plan::TimedRule],
    index: usize,
    from: Timestamp,
    runs: &[Occurrence],
    statement: &Statement,
) -> Vec<Option<Instead>> {
    let Some(last) = runs.last() else { return Vec::new() };
    let due = plan::due(rules, &Where::Source, from, Minutes(1).after(last.at));
    let instead: BTreeMap<Timestamp, usize> =
        due.iter().filter(|due| due.rule == index).filter_map(|due| Some((due.run.at, due.instead?))).collect();
    let instead = |run: &Occurrence| {
        let by = *instead.get(&run.at)?;
        let rule = statement.rules.get(by)?.name.value.clone();
        Some(Instead { rule, keeps_longer: plan::keeps_longer(rules, by, index) })
    };
    runs.iter().map(instead).collect()
}

fn describe(
    statement: &Statement,
    rule: &Rule,
    timing: &plan::TimedRule,
    run: Occurrence,
    instead: Option<Instead>,
) -> Run {
    let zone = timing.schedule.zone();
    let expires = |place: &spec::Place, keep: Retention| Expiry {
        region: place.region.node.code,
        vault: place.vault.value.name().to_owned(),
        place: statement.place_words(place),
        at: keep.length().map(|length| length.after(run.at)),
    };
    let copies = rule.copies.iter().zip(&timing.copies);
    let copies = copies.map(|(copy, timing)| expires(&copy.place, timing.keep));
    Run {
        at: run.at,
        local: run.local,
        offset: Minutes(zone.offset_at(run.at)),
        starts_by: timing.windows.start().after(run.at),
        completes_by: timing.windows.latest_completion().after(run.at),
        expires: std::iter::once(expires(&statement.source, timing.keep)).chain(copies).collect(),
        may_not_start: timing.may_not_start(run.at),
        instead,
    }
}

/// An instant in UTC to the minute.
pub fn utc(instant: Timestamp) -> String {
    instant.strftime("%Y-%m-%d %H:%M").to_string()
}

/// An offset as clocks write it: `+09:00`.
pub fn offset(minutes: Minutes) -> String {
    let sign = if minutes < Minutes::ZERO { '-' } else { '+' };
    let absolute = minutes.0.abs();
    format!("{sign}{:02}:{:02}", absolute / 60, absolute % 60)
}
