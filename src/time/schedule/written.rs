//! A schedule as the language writes it, and others that differ from it in one respect.

use std::fmt;

use super::{MonthDay, Recurrence, Schedule, TimeOfDay};
use crate::time::zone::Zone;

/// The words that mean it: `daily 01:00, 13:00 Asia/Tokyo`.
impl fmt::Display for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.words(), self.zone)
    }
}

impl Schedule {
    /// The words that mean it, without its zone.
    pub(crate) fn words(&self) -> String {
        let times = joined(self.times.iter().map(ToString::to_string));
        match &self.recurrence {
            Recurrence::Hourly { minute: 0 } => "hourly".to_owned(),
            Recurrence::Hourly { minute } => format!("hourly at :{minute:02}"),
            Recurrence::Every { hours, from } => format!("every {hours}h from {from}"),
            Recurrence::Daily => format!("daily {times}"),
            Recurrence::Weekdays => format!("weekdays {times}"),
            Recurrence::Weekly(days) => {
                format!("weekly {} {times}", joined(days.iter().map(|day| day.abbreviation().to_ascii_lowercase())))
            }
            Recurrence::Monthly(days) => format!("monthly {} {times}", joined(days.iter().map(|day| month_day(*day)))),
            Recurrence::Yearly { month, day } => {
                format!("yearly {} {day} {times}", month.abbreviation().to_ascii_lowercase())
            }
            Recurrence::Cron(cron) => format!("cron \"{}\"", cron.fields()),
        }
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

fn month_day(day: MonthDay) -> String {
    match day {
        MonthDay::Day(day) => day.to_string(),
        MonthDay::Last => "last".to_owned(),
    }
}

impl Schedule {
    /// The same days and times by another clock.
    #[must_use]
    pub fn in_zone(&self, zone: Zone) -> Self {
        Self { zone, ..self.clone() }
    }

    /// The same days at other times, where the times are listed.
    pub fn at(&self, times: Vec<TimeOfDay>) -> Option<Self> {
        let listed = match &self.recurrence {
            Recurrence::Daily
            | Recurrence::Weekdays
            | Recurrence::Weekly(_)
            | Recurrence::Monthly(_)
            | Recurrence::Yearly { .. } => true,
            Recurrence::Hourly { .. } | Recurrence::Every { .. } | Recurrence::Cron(_) => false,
        };
        listed.then(|| Self::new(self.recurrence.clone(), times, self.zone.clone())).flatten()
    }

    /// The same days at times that are later by half an hour more each, as far as no time leaves its day.
    pub fn later(&self) -> impl Iterator<Item = Self> + '_ {
        let later = |steps: i64| self.times.iter().map(move |time| time.later(30 * steps)).collect::<Option<_>>();
        (1..48).map_while(move |steps| self.at(later(steps)?))
    }

    /// For `every n h`: the longest interval up to that one that divides the day, from the first of its times.
    pub fn even_interval(&self) -> Option<Self> {
        let Recurrence::Every { hours, from } = &self.recurrence else { return None };
        let hours = (1..=*hours).rev().find(|hours| 24 % hours == 0)?;
        Self::every(hours, TimeOfDay::new(from.hour() % hours, from.minute())?, self.zone.clone())
    }

    /// For cron: in every year.
    pub fn in_every_year(&self) -> Option<Self> {
        let Recurrence::Cron(cron) = &self.recurrence else { return None };
        Some(Self::cron(cron.in_every_year(), self.zone.clone()))
    }
}
