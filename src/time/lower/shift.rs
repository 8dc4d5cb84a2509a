//! Days and times by a clock of one offset into days and times in UTC, or why that cannot be.

use std::collections::{BTreeMap, BTreeSet};

use super::{DaysAndTimes, Time, Why};
use crate::time::calendar::{Month, TimeOfDay, Weekday};
use crate::time::cron::{Days, Field, month};

/// Rewrites parts in UTC, exactly.
pub(super) fn to_utc(parts: Vec<DaysAndTimes>, offset: i64) -> Result<Vec<DaysAndTimes>, Why> {
    let mut all = Vec::new();
    for part in parts {
        for (by, times) in split(&part.times, offset) {
            for (days, months) in shifted(&part, by)? {
                all.push(DaysAndTimes { days, months, years: part.years.clone(), times: times.clone() });
            }
        }
    }
    Ok(united(all))
}

/// The times in UTC, by how many days their date differs there from the local one: in zones east of it, UTC is still a day
/// behind in the morning, and a day ahead of those west of it in the evening.
fn split(times: &BTreeSet<Time>, offset: i64) -> BTreeMap<i64, BTreeSet<Time>> {
    let mut split: BTreeMap<i64, BTreeSet<Time>> = BTreeMap::new();
    for time in times {
        let minute = time.written.minute_of_day() - offset;
        let written = TimeOfDay::at_minute(minute);
        split.entry(minute.div_euclid(1440)).or_default().insert(Time { written, local: time.local });
    }
    split
}

/// Parts that differ in nothing but their times become one.
fn united(parts: Vec<DaysAndTimes>) -> Vec<DaysAndTimes> {
    let mut united: Vec<DaysAndTimes> = Vec::new();
    for part in parts {
        let same = united
            .iter_mut()
            .find(|other| other.days == part.days && other.months == part.months && other.years == part.years);
        match same {
            Some(other) => other.times.extend(part.times),
            None => united.push(part),
        }
    }
    united
}

type DaysOfMonths = (Days, BTreeSet<u16>);

/// The same days as UTC numbers them.
fn shifted(part: &DaysAndTimes, by: i64) -> Result<Vec<DaysOfMonths>, Why> {
    if by == 0 {
        return Ok(vec![(part.days.clone(), part.months.clone())]);
    }
    let whole = || match (part.months.len() == 12, every_year(part)) {
        (true, true) => Ok(part.months.clone()),
        (true, false) => Err(Why::YearEnd),
        (false, _) => Err(Why::MonthEnd),
    };
    match &part.days {
        Days::Every => Ok(vec![(Days::Every, whole()?)]),
        Days::OfWeek(days) => {
            let days = days.iter().map(|day: &Weekday| day.shifted(by)).collect();
            Ok(vec![(Days::OfWeek(days), whole()?)])
        }
        Days::OfMonth(days) if by < 0 => earlier(part, days),
        Days::OfMonth(days) => later(part, days),
        Days::LastOfMonth if by > 0 => Ok(vec![(Days::OfMonth(BTreeSet::from([1])), turned(part, &part.months, 1)?)]),
        Days::LastOfMonth => Err(Why::MonthEnd),
        Days::LastWorkingDay | Days::NearestWorkingDay(_) | Days::LastWeekday(_) | Days::NthWeekday(..) => {
            Err(Why::WeekOfMonth)
        }
    }
}

/// A day earlier: the 1st becomes the last of the month before, the others the number below; a
/// day that some of the months lack has no such number.
fn earlier(part: &DaysAndTimes, days: &BTreeSet<u16>) -> Result<Vec<DaysOfMonths>, Why> {
    let shortest = lengths(part, Month::shortest).min().unwrap_or(31);
    if days.last().is_some_and(|day| *day > shortest) {
        return Err(Why::MonthEnd);
    }
    let mut all = Vec::new();
    let within: BTreeSet<u16> = days.iter().filter(|day| **day > 1).map(|day| day - 1).collect();
    if !within.is_empty() {
        all.push((Days::OfMonth(within), part.months.clone()));
    }
    if days.contains(&1) {
        let months = turned(part, &part.months, -1)?;
        all.push((last_day(&months), months));
    }
    Ok(all)
}

/// A day later: the number above, and from the last day of a month whose length never changes
/// the 1st of the next.
fn later(part: &DaysAndTimes, days: &BTreeSet<u16>) -> Result<Vec<DaysOfMonths>, Why> {
    let shortest = lengths(part, Month::shortest).min().unwrap_or(31);
    let longest = lengths(part, Month::longest).max().unwrap_or(31);
    let (within, over): (BTreeSet<u16>, BTreeSet<u16>) = days.iter().partition(|day| **day < shortest);
    let mut all = Vec::new();
    if !within.is_empty() {
        all.push((Days::OfMonth(within.iter().map(|day| day + 1).collect()), part.months.clone()));
    }
    if !over.is_empty() {
        if shortest != longest || over.iter().any(|day| *day != longest) {
            return Err(Why::MonthEnd);
        }
        all.push((Days::OfMonth(BTreeSet::from([1])), turned(part, &part.months, 1)?));
    }
    Ok(all)
}

/// `L`, or its number where a single month always ends on the same.
fn last_day(months: &BTreeSet<u16>) -> Days {
    let only = months.first().filter(|_| months.len() == 1).copied().and_then(month);
    match only {
        Some(month) if month.shortest() == month.longest() => {
            Days::OfMonth(BTreeSet::from([u16::from(month.longest())]))
        }
        _ => Days::LastOfMonth,
    }
}

/// The months before or after; the year turns with them, so a choice of years stands in the way.
fn turned(part: &DaysAndTimes, months: &BTreeSet<u16>, by: i64) -> Result<BTreeSet<u16>, Why> {
    let edge = if by < 0 { 1 } else { 12 };
    if !every_year(part) && months.contains(&edge) {
        return Err(Why::YearEnd);
    }
    let turn = |month: &u16| u16::try_from((i64::from(*month) - 1 + by).rem_euclid(12) + 1);
    Ok(months.iter().filter_map(|month| turn(month).ok()).collect())
}

fn every_year(part: &DaysAndTimes) -> bool {
    part.years == Field::Year.all()
}

fn lengths(part: &DaysAndTimes, length: fn(Month) -> u8) -> impl Iterator<Item = u16> + '_ {
    part.months.iter().copied().filter_map(month).map(move |month| u16::from(length(month)))
}

/// The same parts as somebody would write them who shifts the numbers and forgets the calendar.
pub(super) fn naively(parts: Vec<DaysAndTimes>, offset: i64) -> Vec<DaysAndTimes> {
    let mut all = Vec::new();
    for part in parts {
        for (by, times) in split(&part.times, offset) {
            all.push(DaysAndTimes { days: naive_days(&part.days, by), times, ..part.clone() });
        }
    }
    united(all)
}

fn naive_days(days: &Days, by: i64) -> Days {
    let turn = |day: &u16| u16::try_from((i64::from(*day) - 1 + by).rem_euclid(31) + 1).ok();
    match days {
        Days::OfMonth(days) => Days::of_month(days.iter().filter_map(turn).collect()),
        Days::OfWeek(days) => Days::of_week(days.iter().map(|day| day.shifted(by)).collect()),
        Days::LastOfMonth if by > 0 => Days::OfMonth(BTreeSet::from([1])),
        Days::LastWeekday(day) => Days::LastWeekday(day.shifted(by)),
        Days::NthWeekday(day, nth) => Days::NthWeekday(day.shifted(by), *nth),
        Days::Every | Days::LastOfMonth | Days::LastWorkingDay | Days::NearestWorkingDay(_) => days.clone(),
    }
}
