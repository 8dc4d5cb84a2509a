//! Where the windows of rules meet each other, and those of the resource itself.

use jiff::Timestamp;

use super::calendar::{TimeOfDay, Weekday};
use super::length::Minutes;
use super::occurrence::{Occurrence, Occurrences, occurrences};
use super::plan::TimedRule;
use super::schedule::Schedule;
use super::zone::{Happens, Zone};

/// Two things that meet: the first instances of it, and how many there are in all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meetings<T> {
    /// The first ones, in order.
    pub first: Vec<T>,
    /// How many there are in the years that were looked at.
    pub count: usize,
}

impl<T> Meetings<T> {
    /// How many instances are kept; the others are counted.
    pub const KEPT: usize = 5;

    fn new() -> Self {
        Self { first: Vec::new(), count: 0 }
    }

    fn add(&mut self, meeting: T) {
        if self.first.len() < Self::KEPT {
            self.first.push(meeting);
        }
        self.count += 1;
    }

    /// Whether nothing meets.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// Runs of two rules whose start windows overlap: AWS then makes only the recovery point that is
/// kept longer, and the full start window counts.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// The run of the one rule.
    pub one: Occurrence,
    /// The run of the other.
    pub other: Occurrence,
}

/// Where the start windows of two rules overlap from an instant on, before another. Windows
/// that only touch do not overlap.
pub fn overlaps(one: &TimedRule, other: &TimedRule, from: Timestamp, until: Timestamp) -> Meetings<Overlap> {
    let mut meetings = Meetings::new();
    let runs = |rule| bounded(rule, from, until);
    let (mut ones, mut others) = (runs(&one.schedule).peekable(), runs(&other.schedule).peekable());
    while let (Some(first), Some(second)) = (ones.peek().copied(), others.peek().copied()) {
        let (first_end, second_end) = (one.windows.start().after(first.at), other.windows.start().after(second.at));
        if first.at < second_end && second.at < first_end {
            meetings.add(Overlap { one: first, other: second });
        }
        // The window that ends first can meet nothing further.
        if first_end <= second_end {
            ones.next();
        } else {
            others.next();
        }
    }
    meetings
}

fn bounded(schedule: &Schedule, from: Timestamp, until: Timestamp) -> impl Iterator<Item = Occurrence> + '_ {
    let runs: Occurrences<'_> = occurrences(schedule, from);
    runs.take_while(move |run| run.at < until)
}

/// A run that is due while the one before it may still be going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overrun {
    /// The run that may take too long.
    pub before: Occurrence,
    /// The latest that it completes.
    pub completes_by: Timestamp,
    /// The run that is due by then.
    pub next: Occurrence,
}

/// Of a rule's runs that are due before the last must have completed, the one that is due soonest after it; of
/// several the first.
pub fn overrun(rule: &TimedRule, from: Timestamp, until: Timestamp) -> Option<Overrun> {
    let runs: Vec<Occurrence> = bounded(&rule.schedule, from, until).collect();
    let pairs = runs.iter().zip(runs.iter().skip(1));
    let (before, next) = pairs.min_by_key(|(before, next)| Minutes::between(before.at, next.at))?;
    let completes_by = rule.windows.latest_completion().after(before.at);
    (next.at < completes_by).then_some(Overrun { before: *before, completes_by, next: *next })
}

/// A window of a resource itself, in which AWS Backup cannot start a backup of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Blackout {
    /// Which days it begins on; none stands for every day.
    pub day: Option<Weekday>,
    /// When it begins.
    pub begins: TimeOfDay,
    /// When it ends; the next day if that is not later.
    pub ends: TimeOfDay,
    /// By which clock.
    pub zone: Zone,
    /// How long before it backups are refused already.
    pub notice: Minutes,
}

impl Blackout {
    /// How long it lasts, without the notice.
    pub fn length(&self) -> Minutes {
        match self.ends.minute_of_day() - self.begins.minute_of_day() {
            minutes @ 1.. => Minutes(minutes),
            minutes => Minutes(minutes + 24 * 60),
        }
    }

    /// How many days must be looked at to see all that it meets.
    pub(super) fn period_days(&self) -> i64 {
        const YEAR: i64 = 366;
        match (self.zone.is_constant(), self.day) {
            (true, None) => 1,
            (true, Some(_)) => 7,
            (false, None) => 2 * YEAR,
            (false, Some(_)) => 4 * YEAR,
        }
    }

    /// From when to when it keeps a run from starting that is due near an instant.
    pub(super) fn near(&self, instant: Timestamp, window: Minutes) -> Option<(Timestamp, Timestamp)> {
        let first = self.zone.wall_clock((Minutes::ZERO - self.length()).after(instant)).date();
        let last = self.zone.wall_clock((window + self.notice).after(instant)).date();
        let mut date = first;
        while date <= last {
            if self.day.is_none_or(|day| Weekday::of(date) == day)
                && let Happens::Once(begins) | Happens::Twice(begins, _) =
                    self.zone.happens(date.to_datetime(self.begins.civil()))
            {
                let refused = (Minutes::ZERO - self.notice).after(begins);
                let ends = self.length().after(begins);
                if refused < window.after(instant) && instant < ends {
                    return Some((refused, ends));
                }
            }
            date = date.tomorrow().ok()?;
        }
        None
    }
}

/// A run whose start window meets a blackout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blocked {
    /// The run.
    pub run: Occurrence,
    /// From when on backups are refused.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// Which of the rule's blackouts it is, by its position.
    pub blackout: usize,
}

/// What blackouts do to the runs of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The runs that may fall into one: any minute of whose start window lies in it.
    pub runs: Meetings<Blocked>,
    /// Whether these are all.
    pub every: bool,
    /// Whether the whole start window of each run lies in them, so that it fails whenever AWS tries to start it.
    pub never_starts: bool,
}

/// Whether a run's start window lies in blackouts from its first moment to its last.
fn is_shut(rule: &TimedRule, due: Timestamp) -> bool {
    let last = rule.windows.start().after(due);
    let mut moment = due;
    while moment < last {
        let blackout = rule.closed.iter().find_map(|closed| closed.near(moment, Minutes(1)));
        let Some((_, until)) = blackout else { return false };
        moment = until;
    }
    true
}

/// Which runs of a rule may fall into its blackouts, from an instant on and before another.
pub fn closed(rule: &TimedRule, from: Timestamp, until: Timestamp) -> Closed {
    let mut found = Closed { runs: Meetings::new(), every: true, never_starts: true };
    if rule.closed.is_empty() {
        return Closed { every: false, never_starts: false, ..found };
    }
    let mut count = 0;
    for run in bounded(&rule.schedule, from, until) {
        count += 1;
        let mut met = rule.closed.iter().enumerate();
        let blocked = met.find_map(|(blackout, closed)| {
            let (from, until) = closed.near(run.at, rule.windows.start())?;
            Some(Blocked { run, from, until, blackout })
        });
        found.never_starts &= is_shut(rule, run.at);
        if let Some(blocked) = blocked {
            found.runs.add(blocked);
        }
    }
    found.every = count > 0 && found.runs.count == count;
    found.never_starts &= count > 0;
    found
}
