//! What a schedule says: on which days, at which times, by which clock.

pub(crate) mod words;
pub(crate) mod written;

use std::collections::BTreeSet;

use super::calendar::{Month, Weekday};
use super::cron::Cron;
use super::zone::Zone;

pub use super::calendar::TimeOfDay;

/// When the runs of a rule are due.
///
/// INVARIANT: `times` is sorted, has no duplicates and is never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Schedule {
    recurrence: Recurrence,
    times: Vec<TimeOfDay>,
    zone: Zone,
}

/// On which days a schedule runs, and for the forms that say so themselves, at which times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recurrence {
    /// At a minute of every hour.
    Hourly {
        /// 0 to 59.
        minute: u8,
    },
    /// Every so many hours of a day; the count starts again each local day.
    Every {
        /// 1 to 24.
        hours: u8,
        /// The first time of each day.
        from: TimeOfDay,
    },
    /// Every day.
    Daily,
    /// Monday to Friday.
    Weekdays,
    /// On some days of the week; never empty.
    Weekly(BTreeSet<Weekday>),
    /// On some days of every month; never empty. A month without a day is passed over.
    Monthly(BTreeSet<MonthDay>),
    /// On one day of the year; 29 February only in leap years.
    Yearly {
        /// The month.
        month: Month,
        /// 1 to the longest that the month can be.
        day: u8,
    },
    /// Whatever six fields say, on the wall clock of the zone.
    Cron(Cron),
}

/// A day of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MonthDay {
    /// 1 to 31.
    Day(u8),
    /// The last, whichever number it has.
    Last,
}

impl Schedule {
    /// A recurrence at some times, which are sorted; none without a day or a time, or for a day that there never is.
    pub fn new(recurrence: Recurrence, mut times: Vec<TimeOfDay>, zone: Zone) -> Option<Self> {
        let is_possible = match &recurrence {
            Recurrence::Weekly(days) => !days.is_empty(),
            Recurrence::Monthly(days) => {
                !days.is_empty() && days.iter().all(|day| !matches!(day, MonthDay::Day(0 | 32..)))
            }
            Recurrence::Yearly { month, day } => (1..=month.longest()).contains(day),
            Recurrence::Hourly { .. }
            | Recurrence::Every { .. }
            | Recurrence::Daily
            | Recurrence::Weekdays
            | Recurrence::Cron(_) => true,
        };
        times.sort_unstable();
        times.dedup();
        (is_possible && !times.is_empty()).then_some(Self { recurrence, times, zone })
    }

    /// At a minute of every hour; none if an hour has no such minute.
    pub fn hourly(minute: u8, zone: Zone) -> Option<Self> {
        let times = (0..24).filter_map(|hour| TimeOfDay::new(hour, minute)).collect();
        Self::new(Recurrence::Hourly { minute }, times, zone)
    }

    /// Every so many hours, 1 to 24, counted from the same time each day: AWS evaluates cron between 00:00
    /// and 23:59 of a day, so that nothing carries over midnight.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html>.
    pub fn every(hours: u8, from: TimeOfDay, zone: Zone) -> Option<Self> {
        let all = (1..=24).contains(&hours).then(|| (from.hour()..24).step_by(usize::from(hours)))?;
        let times = all.filter_map(|hour| TimeOfDay::new(hour, from.minute())).collect();
        Self::new(Recurrence::Every { hours, from }, times, zone)
    }

    /// Whatever six fields say.
    pub fn cron(cron: Cron, zone: Zone) -> Self {
        let times = cron.times();
        Self { recurrence: Recurrence::Cron(cron), times, zone }
    }

    /// On which days.
    pub fn recurrence(&self) -> &Recurrence {
        &self.recurrence
    }

    /// At which times of such a day, sorted; for every form, also those that do not list them.
    pub fn times(&self) -> &[TimeOfDay] {
        &self.times
    }

    /// By which clock.
    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// For `every n h`: the hours from the last run of a day to the first of the next, if they are
    /// not the interval that was asked for.
    pub fn uneven_interval(&self) -> Option<u8> {
        let Recurrence::Every { hours, from } = &self.recurrence else {
            return None;
        };
        let last = self.times.last()?;
        let rest = 24 + from.hour() - last.hour();
        (rest != *hours).then_some(rest)
    }

    /// How many days must be looked at to see every spacing of runs: the days after which runs repeat,
    /// where the clock never shifts; otherwise so many years that leap years have come, and shifts of the
    /// clock on a run's date.
    pub fn period_days(&self) -> i64 {
        const YEAR: i64 = 366;
        let constant = self.zone.is_constant();
        match &self.recurrence {
            Recurrence::Hourly { .. } | Recurrence::Every { .. } | Recurrence::Daily if constant => 1,
            Recurrence::Weekdays | Recurrence::Weekly(_) if constant => 7,
            Recurrence::Cron(cron) if constant && cron.is_every_day() => 1,
            Recurrence::Cron(cron) if constant && cron.is_every_week() => 7,
            Recurrence::Hourly { .. } | Recurrence::Every { .. } | Recurrence::Daily => 2 * YEAR,
            Recurrence::Cron(cron) if cron.is_every_day() => 2 * YEAR,
            Recurrence::Weekdays | Recurrence::Weekly(_) => 4 * YEAR,
            Recurrence::Yearly { .. } => 80 * YEAR,
            Recurrence::Monthly(_) | Recurrence::Cron(_) => 30 * YEAR,
        }
    }
}
