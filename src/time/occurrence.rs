//! When the runs of a [`Schedule`] are due: its sentence counted out on the wall clock of its zone.
//!
//! A local time that the clock skips is no run; one that it shows twice is one run, the first. A
//! month that lacks a day has no run on it. `every n h` begins anew each local day.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use super::calendar::{TimeOfDay, Weekday};
use super::evaluate;
use super::schedule::{MonthDay, Recurrence, Schedule};
use super::zone::{END, Happens, Zone};

/// One run that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Occurrence {
    /// The instant.
    pub at: Timestamp,
    /// What the wall clock of the schedule's zone shows then.
    pub local: DateTime,
}

/// The runs that are due from an instant on (itself included), in order, to the end of the year
/// 2199, where the calendar of AWS's cron ends.
pub fn occurrences(schedule: &Schedule, from: Timestamp) -> Occurrences<'_> {
    let date = schedule.zone().wall_clock(from).date();
    // The count starts a day early, because a clock that is set back may show yesterday again;
    // the iterator begins after the date that it is given.
    let before = date.yesterday().and_then(Date::yesterday).unwrap_or(date);
    Occurrences { schedule, from, date: Some(before), times: [].iter(), steady: None }
}

/// Iterator over the runs that are due.
#[derive(Clone, Debug)]
pub struct Occurrences<'a> {
    schedule: &'a Schedule,
    from: Timestamp,
    /// The day whose times are at hand.
    date: Option<Date>,
    /// What is left of that day's times.
    times: std::slice::Iter<'a, TimeOfDay>,
    /// The offset of that day and those up to a date, if no shift of the clock is near.
    steady: Option<(Offset, Date)>,
}

impl Iterator for Occurrences<'_> {
    type Item = Occurrence;

    fn next(&mut self) -> Option<Occurrence> {
        loop {
            let date = self.date?;
            let Some(time) = self.times.next() else {
                let next = next_date(self.schedule, date);
                self.date = next;
                self.times = self.schedule.times().iter();
                if self.steady.is_none_or(|(_, last)| next.is_none_or(|date| last < date)) {
                    self.steady = next.and_then(|date| self.schedule.zone().steady(date));
                }
                continue;
            };
            let local = date.to_datetime(time.civil());
            let Some(at) = self.at(local) else {
                continue;
            };
            if at >= END {
                return None;
            }
            if at >= self.from {
                return Some(Occurrence { at, local });
            }
        }
    }
}

impl Occurrences<'_> {
    /// The instant at which a run with a local time of the day at hand is due.
    fn at(&self, local: DateTime) -> Option<Timestamp> {
        match self.steady {
            Some((offset, _)) => offset.to_timestamp(local).ok(),
            None => first(self.schedule.zone(), local),
        }
    }
}

/// The instant at which a run with a local time is due.
fn first(zone: &Zone, local: DateTime) -> Option<Timestamp> {
    match zone.happens(local) {
        Happens::Once(at) | Happens::Twice(at, _) => Some(at),
        Happens::Never => None,
    }
}

/// The first date after another on which a schedule has runs.
fn next_date(schedule: &Schedule, date: Date) -> Option<Date> {
    let mut date = date.tomorrow().ok()?;
    while !falls_on(schedule.recurrence(), date) {
        date = date.tomorrow().ok()?;
        // 2200 belongs to zones west of UTC only with its first day.
        if date.year() > 2200 {
            return None;
        }
    }
    Some(date)
}

/// Whether a recurrence has its runs on a date.
pub fn falls_on(recurrence: &Recurrence, date: Date) -> bool {
    match recurrence {
        Recurrence::Hourly { .. } | Recurrence::Every { .. } | Recurrence::Daily => true,
        Recurrence::Weekdays => Weekday::WORKING.contains(&Weekday::of(date)),
        Recurrence::Weekly(days) => days.contains(&Weekday::of(date)),
        Recurrence::Monthly(days) => {
            let day = u8::try_from(date.day()).unwrap_or_default();
            let last = date.day() == date.days_in_month();
            days.contains(&MonthDay::Day(day)) || (last && days.contains(&MonthDay::Last))
        }
        Recurrence::Yearly { month, day } => {
            date.month().unsigned_abs() == month.number() && date.day().unsigned_abs() == *day
        }
        Recurrence::Cron(cron) => evaluate::fires_on(cron, date),
    }
}
