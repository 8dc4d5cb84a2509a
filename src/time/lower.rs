//! A [`Schedule`] into the expressions that AWS Backup runs it by.
//!
//! UTC where six fields say it exactly and the zone keeps one offset; the wall clock and the name
//! of its zone where they do not.

mod inexact;
mod shift;

use std::collections::{BTreeMap, BTreeSet};

use super::calendar::{TimeOfDay, Weekday};
use super::cron::{Cron, Days, Field};
use super::schedule::{MonthDay, Recurrence, Schedule};

pub use inexact::{Inexact, Why};

/// By which clock a schedule is to be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clock {
    /// UTC where that is exact, the zone otherwise.
    #[default]
    Automatic,
    /// UTC, or not at all.
    Utc,
    /// The schedule's zone, even where UTC would do.
    Zone,
}

/// One expression of a backup rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expression {
    /// The times of the schedule's own clock that it stands for, sorted.
    pub times: Vec<TimeOfDay>,
    /// The six fields; `to_string()` is the property `ScheduleExpression`.
    pub cron: Cron,
    /// The property `ScheduleExpressionTimezone`, an IANA name; without it AWS reads UTC.
    pub timezone: Option<String>,
}

/// Days and the times at which a run is due on them, still by one clock.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct DaysAndTimes {
    days: Days,
    months: BTreeSet<u16>,
    years: BTreeSet<u16>,
    times: BTreeSet<Time>,
}

/// A time as it is to be written, and the schedule's own that it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Time {
    written: TimeOfDay,
    local: TimeOfDay,
}

/// Writes a schedule as expressions, ordered by the times that they stand for.
///
/// # Errors
///
/// When the clock that was asked for cannot say it exactly, or the zone has no name for AWS.
pub fn lower(schedule: &Schedule, clock: Clock) -> Result<Vec<Expression>, Inexact> {
    let inexact = |why| Inexact::new(why, schedule.clone());
    let named = || {
        let name = schedule.zone().iana_name().ok_or_else(|| inexact(Why::NoZoneName))?;
        Ok(expressions(local(schedule), Some(name)))
    };
    match (in_utc(schedule), clock) {
        (Ok(parts), Clock::Automatic | Clock::Utc) => Ok(expressions(parts, None)),
        (Err(why), Clock::Utc) => Err(inexact(why)),
        (Err(why), Clock::Automatic) if schedule.zone().iana_name().is_none() => Err(inexact(why)),
        (_, Clock::Zone) | (Err(_), Clock::Automatic) => named(),
    }
}

fn in_utc(schedule: &Schedule) -> Result<Vec<DaysAndTimes>, Why> {
    let offset = schedule.zone().constant_offset().ok_or(Why::DaylightSaving)?;
    shift::to_utc(local(schedule), offset)
}

/// What a schedule says by its own clock.
fn local(schedule: &Schedule) -> Vec<DaysAndTimes> {
    let time = |time: &TimeOfDay| Time { written: *time, local: *time };
    let times: BTreeSet<Time> = schedule.times().iter().map(time).collect();
    let part = |(days, months, years)| DaysAndTimes { days, months, years, times: times.clone() };
    days(schedule.recurrence()).into_iter().map(part).collect()
}

/// The days, months and years of a recurrence, as six fields say them.
fn days(recurrence: &Recurrence) -> Vec<(Days, BTreeSet<u16>, BTreeSet<u16>)> {
    let always = |days| (days, Field::Month.all(), Field::Year.all());
    match recurrence {
        Recurrence::Hourly { .. } | Recurrence::Every { .. } | Recurrence::Daily => {
            vec![always(Days::Every)]
        }
        Recurrence::Weekdays => vec![always(Days::of_week(Weekday::WORKING.into()))],
        Recurrence::Weekly(days) => vec![always(Days::of_week(days.clone()))],
        Recurrence::Monthly(days) => monthly(days).into_iter().map(always).collect(),
        Recurrence::Yearly { month, day } => {
            let days = Days::OfMonth(BTreeSet::from([u16::from(*day)]));
            let months = BTreeSet::from([u16::from(month.number())]);
            vec![(days, months, Field::Year.all())]
        }
        Recurrence::Cron(cron) => {
            vec![(cron.days.clone(), cron.months.clone(), cron.years.clone())]
        }
    }
}

/// The numbered days in one expression and `last` in another, because AWS does not document `L`
/// in a list; nothing but `last` where the numbers say the same day anyway.
fn monthly(days: &BTreeSet<MonthDay>) -> Vec<Days> {
    let mut numbers: BTreeSet<u16> = BTreeSet::new();
    for day in days {
        if let MonthDay::Day(day) = day {
            numbers.insert(u16::from(*day));
        }
    }
    if numbers.len() == 31 {
        return vec![Days::Every];
    }
    let mut parts = Vec::new();
    if days.contains(&MonthDay::Last) {
        // The 31st is always a last day: saying it twice would start two jobs at once.
        numbers.remove(&31);
        parts.push(Days::LastOfMonth);
    }
    if !numbers.is_empty() {
        parts.push(Days::OfMonth(numbers));
    }
    parts
}

/// One expression for each list of hours that shares its minutes.
fn expressions(parts: Vec<DaysAndTimes>, timezone: Option<&str>) -> Vec<Expression> {
    let mut all = Vec::new();
    for part in parts {
        for (minutes, times) in folded(&part.times) {
            let cron = Cron {
                minutes,
                hours: times.iter().map(|time| u16::from(time.written.hour())).collect(),
                days: part.days.clone(),
                months: part.months.clone(),
                years: part.years.clone(),
            };
            let local: BTreeSet<TimeOfDay> = times.iter().map(|time| time.local).collect();
            let timezone = timezone.map(str::to_owned);
            all.push(Expression { times: local.into_iter().collect(), cron, timezone });
        }
    }
    all.sort();
    all
}

/// Times that are a product of minutes and hours, together: first the hours of each minute, then
/// the minutes that have the same hours.
fn folded(times: &BTreeSet<Time>) -> Vec<(BTreeSet<u16>, BTreeSet<Time>)> {
    let mut by_minute: BTreeMap<u16, BTreeSet<Time>> = BTreeMap::new();
    for time in times {
        by_minute.entry(u16::from(time.written.minute())).or_default().insert(*time);
    }
    let mut by_hours: BTreeMap<BTreeSet<u8>, (BTreeSet<u16>, BTreeSet<Time>)> = BTreeMap::new();
    for (minute, times) in by_minute {
        let hours = times.iter().map(|time| time.written.hour()).collect();
        let (minutes, all) = by_hours.entry(hours).or_default();
        minutes.insert(minute);
        all.extend(times);
    }
    by_hours.into_values().collect()
}
