//! A plan's rules run event by event up to a moment: what exists where, and what would be lost.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use jiff::Timestamp;

use super::horizon;
use super::length::Minutes;
use super::plan::{CopyTo, Due, Retention, TimedRule, Where, due};

/// What is taken for granted about the jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Assumptions {
    /// How long a backup job takes, unless it is as slow as it may be.
    pub backup_takes: Minutes,
    /// How long a copy takes once its turn has come.
    pub copy_takes: Minutes,
    /// Every so many runs of a rule, one fails.
    pub fail_every: Option<NonZeroU32>,
    /// How the jobs fare otherwise.
    pub pace: Pace,
}

/// How jobs fare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pace {
    /// Each starts when it is due.
    OnTime,
    /// Each starts and completes at the very end of its windows.
    Slowest,
    /// Each starts when it is due, but the newest of which anything would be there has failed.
    OneFailed,
}

impl Pace {
    /// Every pace, from the one that is hoped for.
    pub const ALL: [Self; 3] = [Self::OnTime, Self::Slowest, Self::OneFailed];
}

/// A recovery point.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// When its job started: the data it holds, and where its age counts from.
    pub created: Timestamp,
    /// The rule, by its position.
    pub rule: usize,
    /// When it can be restored from.
    pub available: Timestamp,
    /// When it expires, if ever. AWS deletes it within eight hours of that.
    pub expires: Option<Timestamp>,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Event {
    /// When.
    pub at: Timestamp,
    /// To a run of which rule, by its position.
    pub rule: usize,
    /// Where.
    pub place: Where,
    /// What.
    pub kind: EventKind,
}

/// What can happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventKind {
    /// A recovery point expires.
    Expired,
    /// A copy is done.
    Copied,
    /// A copy was not done when its source expired.
    CopyLost,
    /// A backup job fails.
    Failed,
    /// A backup job is stopped at the end of its completion window.
    TimedOut,
    /// A backup job is done.
    Completed,
    /// A run is left out in favour of a rule that keeps longer.
    Replaced {
        /// That rule, by its position.
        by: usize,
    },
    /// A backup job starts.
    Started,
}

/// The time that is simulated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// From when on rules run.
    pub from: Timestamp,
    /// From when on events are told.
    pub told: Timestamp,
    /// The moment up to which they run.
    pub until: Timestamp,
}

/// What is there at a moment, and what has happened by then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Simulation {
    stretch: Stretch,
    usable: BTreeMap<Where, Vec<Point>>,
    /// Everything that happened since events are told, in order.
    pub events: Vec<Event>,
}

impl Simulation {
    /// The recovery points of a place that can be restored from at the moment, oldest first.
    pub fn usable(&self, place: &Where) -> &[Point] {
        self.usable.get(place).map_or(&[], Vec::as_slice)
    }

    /// How much data is lost if only this place is left at the moment; none if it has nothing.
    pub fn loss(&self, place: &Where) -> Option<Minutes> {
        self.usable(place).last().map(|point| Minutes::between(point.created, self.stretch.until))
    }
}

/// From when on runs must be looked at so that everything that may be there at a moment is: the
/// longest retention that ends, or a year where that is longer, before it; but not more runs than
/// `horizon::RUNS`.
pub fn since(rules: &[TimedRule], until: Timestamp) -> Timestamp {
    let back = longest(rules).max(Minutes::days(366)) + slowest(rules);
    horizon::reach_back(rules, (Minutes::ZERO - back).after(until), until)
}

/// Whether recovery points of runs before those that [`since`] lets be looked at may be there, because there
/// are so many of them.
pub fn leaves_out(rules: &[TimedRule], until: Timestamp) -> bool {
    since(rules, until) > (Minutes::ZERO - longest(rules) - slowest(rules)).after(until)
}

/// The longest retention that ends.
fn longest(rules: &[TimedRule]) -> Minutes {
    let keeps =
        rules.iter().flat_map(|rule| std::iter::once(rule.keep).chain(rule.copies.iter().map(|copy| copy.keep)));
    keeps.filter_map(Retention::length).max().unwrap_or_default()
}

/// The latest that a job of any rule completes.
fn slowest(rules: &[TimedRule]) -> Minutes {
    rules.iter().map(|rule| rule.windows.latest_completion()).max().unwrap_or_default()
}

/// Runs rules over a stretch of time. Every job has its own time; copies wait for as many
/// batches as they say. That AWS copies one recovery point of a resource after the other is left to
/// `copy_takes`.
pub fn simulate(rules: &[TimedRule], assumptions: &Assumptions, stretch: Stretch) -> Simulation {
    let runs = due(rules, &Where::Source, stretch.from, stretch.until);
    let mut jobs: Vec<Job> = jobs(rules, assumptions, &runs);
    if assumptions.pace == Pace::OneFailed {
        fail_newest(&mut jobs, stretch.until);
    }
    let mut simulation = Simulation { stretch, usable: BTreeMap::new(), events: Vec::new() };
    for due in &runs {
        if let Some(by) = due.instead {
            simulation.note(due.run.at, due, &Where::Source, EventKind::Replaced { by });
        }
    }
    for job in &jobs {
        simulation.run(job);
    }
    simulation.usable.values_mut().for_each(|points| points.sort());
    simulation.events.sort();
    simulation
}

/// A backup job as it will go.
struct Job<'a> {
    due: Due,
    rule: &'a TimedRule,
    started: Timestamp,
    ends: Timestamp,
    outcome: EventKind,
    /// How long a copy takes once its turn has come.
    copy_takes: Minutes,
}

impl Job<'_> {
    /// When a copy is done: after the batches of copies that it waits for, and its own.
    fn copied(&self, copy: &CopyTo) -> Timestamp {
        Minutes(self.copy_takes.0.saturating_mul(i64::from(copy.batches.max(1)))).after(self.ends)
    }
}

fn jobs<'a>(rules: &'a [TimedRule], assumptions: &Assumptions, runs: &[Due]) -> Vec<Job<'a>> {
    let mut counts = vec![0_u32; rules.len()];
    let mut jobs = Vec::new();
    for due in runs.iter().filter(|due| due.instead.is_none()) {
        let (Some(rule), Some(count)) = (rules.get(due.rule), counts.get_mut(due.rule)) else {
            continue;
        };
        *count += 1;
        let failed = assumptions.fail_every.is_some_and(|every| count.is_multiple_of(every.get()));
        jobs.push(job(rule, assumptions, *due, failed));
    }
    jobs
}

fn job<'a>(rule: &'a TimedRule, assumptions: &Assumptions, due: Due, failed: bool) -> Job<'a> {
    let windows = rule.windows;
    let (delay, takes) = match assumptions.pace {
        Pace::Slowest => (windows.start(), windows.completion()),
        Pace::OnTime | Pace::OneFailed => (Minutes::ZERO, assumptions.backup_takes),
    };
    let started = delay.after(due.run.at);
    let ends = takes.min(windows.completion()).after(started);
    let outcome = if failed {
        EventKind::Failed
    } else if takes > windows.completion() {
        EventKind::TimedOut
    } else {
        EventKind::Completed
    };
    Job { due, rule, started, ends, outcome, copy_takes: assumptions.copy_takes }
}

/// Fails the newest job of which everything would be there.
fn fail_newest(jobs: &mut [Job<'_>], until: Timestamp) {
    let done = |job: &&mut Job<'_>| {
        let last = job.rule.copies.iter().map(|copy| job.copied(copy)).max().unwrap_or(job.ends);
        job.outcome == EventKind::Completed && last <= until
    };
    if let Some(newest) = jobs.iter_mut().filter(done).max_by_key(|job| job.started) {
        newest.outcome = EventKind::Failed;
    }
}

impl Simulation {
    fn note(&mut self, at: Timestamp, due: &Due, place: &Where, kind: EventKind) {
        if self.stretch.told <= at && at <= self.stretch.until {
            self.events.push(Event { at, rule: due.rule, place: place.clone(), kind });
        }
    }

    fn run(&mut self, job: &Job<'_>) {
        self.note(job.started, &job.due, &Where::Source, EventKind::Started);
        self.note(job.ends, &job.due, &Where::Source, job.outcome);
        if job.outcome != EventKind::Completed {
            return;
        }
        let source_expires = self.make(job, &Where::Source, job.ends, job.rule.keep);
        for copy in &job.rule.copies {
            let place = Where::Copy(copy.place.clone());
            let copied = job.copied(copy);
            if let Some(expires) = source_expires.filter(|expires| *expires < copied) {
                self.note(expires, &job.due, &place, EventKind::CopyLost);
            } else {
                self.note(copied, &job.due, &place, EventKind::Copied);
                self.make(job, &place, copied, copy.keep);
            }
        }
    }

    /// Makes a recovery point and says when it expires; one that would be older than that when it
    /// is made is never there.
    fn make(&mut self, job: &Job<'_>, place: &Where, available: Timestamp, keep: Retention) -> Option<Timestamp> {
        let expires = keep.length().map(|length| length.after(job.started));
        if let Some(expires) = expires {
            self.note(expires.max(available), &job.due, place, EventKind::Expired);
        }
        let until = self.stretch.until;
        if available <= until && expires.is_none_or(|expires| until < expires) {
            let point = Point { created: job.started, rule: job.due.rule, available, expires };
            // Most places are known: their names are copied once.
            match self.usable.get_mut(place) {
                Some(points) => points.push(point),
                None => drop(self.usable.insert(place.clone(), vec![point])),
            }
        }
        expires
    }
}
