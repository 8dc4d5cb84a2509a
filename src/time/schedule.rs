//! What a schedule says: on which days, at which times, by which clock.

pub(crate) mod words;
pub(crate) mod written;

use std::collections::BTreeSet;
use std::fmt;

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

/// Why there is no such schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScheduleError {
    /// An hour has 60 minutes.
    Minute(u8),
    /// An interval is 1 to 24 hours.
    Interval(u8),
    /// A month has at most 31 days.
    MonthDay(u8),
    /// The month never has that day.
    YearDay {
        /// The month.
        month: Month,
        /// The day it never has.
        day: u8,
    },
    /// No time of the day, no day of the week or no day of the month.
    Empty,
}

impl fmt::Display for ScheduleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minute(minute) => write!(f, "an hour has no minute {minute}; write 0 to 59"),
            Self::Interval(hours) => write!(f, "an interval of {hours} hours does not fit a day; write 1 to 24"),
            Self::MonthDay(day) => write!(f, "no month has a day {day}; write 1 to 31, or `last`"),
            Self::YearDay { month, day } => {
                write!(f, "{} never has a day {day}; its last is {}", month.name(), month.longest())
            }
            Self::Empty => f.write_str("a schedule needs at least one day and one time"),
        }
    }
}

impl std::error::Error for ScheduleError {}

impl Schedule {
    /// At a minute of every hour.
    ///
    /// # Errors
    ///
    /// When an hour has no such minute.
    pub fn hourly(minute: u8, zone: Zone) -> Result<Self, ScheduleError> {
        let times: Vec<_> = (0..24).filter_map(|hour| TimeOfDay::new(hour, minute)).collect();
        if times.is_empty() {
            return Err(ScheduleError::Minute(minute));
        }
        Self::of(Recurrence::Hourly { minute }, times, zone)
    }

    /// Every so many hours, counted from the same time each day: AWS evaluates cron between 00:00
    /// and 23:59 of a day, so that nothing carries over midnight.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html>.
    ///
    /// # Errors
    ///
    /// When the interval is not 1 to 24 hours.
    pub fn every(hours: u8, from: TimeOfDay, zone: Zone) -> Result<Self, ScheduleError> {
        if !(1..=24).contains(&hours) {
            return Err(ScheduleError::Interval(hours));
        }
        let times = (from.hour()..24)
            .step_by(usize::from(hours))
            .filter_map(|hour| TimeOfDay::new(hour, from.minute()))
            .collect();
        Self::of(Recurrence::Every { hours, from }, times, zone)
    }

    /// Every day.
    ///
    /// # Errors
    ///
    /// When there is no time.
    pub fn daily(times: Vec<TimeOfDay>, zone: Zone) -> Result<Self, ScheduleError> {
        Self::of(Recurrence::Daily, times, zone)
    }

    /// Monday to Friday.
    ///
    /// # Errors
    ///
    /// When there is no time.
    pub fn weekdays(times: Vec<TimeOfDay>, zone: Zone) -> Result<Self, ScheduleError> {
        Self::of(Recurrence::Weekdays, times, zone)
    }

    /// On days of the week.
    ///
    /// # Errors
    ///
    /// When there is no day or no time.
    pub fn weekly(
        days: impl IntoIterator<Item = Weekday>,
        times: Vec<TimeOfDay>,
        zone: Zone,
    ) -> Result<Self, ScheduleError> {
        let days: BTreeSet<Weekday> = days.into_iter().collect();
        if days.is_empty() {
            return Err(ScheduleError::Empty);
        }
        Self::of(Recurrence::Weekly(days), times, zone)
    }

    /// On days of every month.
    ///
    /// # Errors
    ///
    /// When no month has such a day, or there is no day or no time.
    pub fn monthly(
        days: impl IntoIterator<Item = MonthDay>,
        times: Vec<TimeOfDay>,
        zone: Zone,
    ) -> Result<Self, ScheduleError> {
        let days: BTreeSet<MonthDay> = days.into_iter().collect();
        for day in &days {
            if let MonthDay::Day(day) = *day
                && !(1..=31).contains(&day)
            {
                return Err(ScheduleError::MonthDay(day));
            }
        }
        if days.is_empty() {
            return Err(ScheduleError::Empty);
        }
        Self::of(Recurrence::Monthly(days), times, zone)
    }

    /// On one day of the year.
    ///
    /// # Errors
    ///
    /// When the month never has that day, or there is no time.
    pub fn yearly(month: Month, day: u8, times: Vec<TimeOfDay>, zone: Zone) -> Result<Self, ScheduleError> {
        if !(1..=month.longest()).contains(&day) {
            return Err(ScheduleError::YearDay { month, day });
        }
        Self::of(Recurrence::Yearly { month, day }, times, zone)
    }

    /// Whatever six fields say.
    pub fn cron(cron: Cron, zone: Zone) -> Self {
        let times = cron.times();
        Self { recurrence: Recurrence::Cron(cron), times, zone }
    }

    fn of(recurrence: Recurrence, mut times: Vec<TimeOfDay>, zone: Zone) -> Result<Self, ScheduleError> {
        times.sort_unstable();
        times.dedup();
        if times.is_empty() {
            return Err(ScheduleError::Empty);
        }
        Ok(Self { recurrence, times, zone })
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
