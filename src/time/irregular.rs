//! On which dates the clock of a zone skips a run of a schedule, or shows its time twice.

use jiff::Timestamp;
use jiff::civil::DateTime;

use super::length::Minutes;
use super::occurrence::falls_on;
use super::schedule::Schedule;
use super::zone::{Happens, Zone};

/// A local time of a schedule that does not happen exactly once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Irregular {
    /// The date and time that the schedule names.
    pub local: DateTime,
    /// What becomes of it.
    pub kind: Kind,
}

/// What becomes of a local time that does not happen exactly once. AWS skips the one and runs
/// once on the other.
///
/// Source: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The clock is set forward past it: no run that day.
    Skipped,
    /// The clock is set back over it: one run, at the first instant.
    Repeated {
        /// When the clock shows it first.
        first: Timestamp,
        /// When the clock shows it again.
        second: Timestamp,
    },
}

/// The irregular times of a schedule from an instant on, before another, in order.
pub fn irregular(schedule: &Schedule, from: Timestamp, until: Timestamp) -> Vec<Irregular> {
    let zone = schedule.zone();
    zone.shifts_after(from).take_while(|shift| *shift < until).flat_map(|shift| around(schedule, shift)).collect()
}

/// The schedule's times that one shift of the clock touches.
fn around(schedule: &Schedule, shift: Timestamp) -> Vec<Irregular> {
    let zone = schedule.zone();
    let before = zone.wall_clock(Minutes(-1).after(shift));
    let after = zone.wall_clock(shift);
    // Both readings of the clock, and whatever dates lie between them: Samoa once lost a whole one.
    let (first, last) = (before.date().min(after.date()), before.date().max(after.date()));
    let mut all = Vec::new();
    let mut date = first;
    while date <= last {
        if falls_on(schedule.recurrence(), date) {
            let locals = schedule.times().iter().map(|time| date.to_datetime(time.civil()));
            all.extend(locals.filter_map(|local| of(zone, local, shift)));
        }
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    all
}

/// What a shift does to a local time, if it does anything.
fn of(zone: &Zone, local: DateTime, shift: Timestamp) -> Option<Irregular> {
    match zone.happens(local) {
        Happens::Never => Some(Irregular { local, kind: Kind::Skipped }),
        // Two shifts on neighbouring dates must not both claim it.
        Happens::Twice(first, second) if first < shift && shift <= second => {
            Some(Irregular { local, kind: Kind::Repeated { first, second } })
        }
        Happens::Once(_) | Happens::Twice(..) => None,
    }
}
