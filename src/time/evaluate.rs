//! When an expression of AWS's cron dialect fires, with or without a time zone.
//!
//! This is the second opinion on [`super::lower`]: it knows nothing of schedules or of shifting,
//! and works from the expression alone. A local time that does not exist does not fire; one that
//! happens twice fires the first time only.
//! Source: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>.

use jiff::Timestamp;
use jiff::civil::Date;

use super::calendar::{TimeOfDay, Weekday};
use super::cron::{Cron, Days, YEARS};
use super::zone::{Happens, Zone};

/// The instants at which an expression fires, from one instant on (itself included), in order.
pub fn firings(cron: &Cron, zone: &Zone, from: Timestamp) -> Firings {
    // One day earlier than the wall clock shows, so that no shift of the clock hides a firing.
    let date = zone.wall_clock(from).date();
    Firings {
        times: cron.times(),
        cron: cron.clone(),
        zone: zone.clone(),
        from,
        date: Some(date.yesterday().unwrap_or(date)),
        done: 0,
    }
}

/// Iterator over firings.
#[derive(Clone, Debug)]
pub struct Firings {
    cron: Cron,
    zone: Zone,
    from: Timestamp,
    times: Vec<TimeOfDay>,
    /// The day at hand, if the calendar of the dialect has not ended.
    date: Option<Date>,
    /// How many times of that day are done.
    done: usize,
}

impl Iterator for Firings {
    type Item = Timestamp;

    fn next(&mut self) -> Option<Timestamp> {
        loop {
            let date = self.date?;
            let time = if fires_on(&self.cron, date) { self.times.get(self.done) } else { None };
            let Some(time) = time else {
                self.date = following(&self.cron, date);
                self.done = 0;
                continue;
            };
            self.done += 1;
            match self.zone.happens(date.to_datetime(time.civil())) {
                Happens::Once(instant) | Happens::Twice(instant, _) if instant >= self.from => {
                    return Some(instant);
                }
                Happens::Once(_) | Happens::Twice(..) | Happens::Never => {}
            }
        }
    }
}

/// The next day worth looking at: a month in which nothing fires is left out.
fn following(cron: &Cron, date: Date) -> Option<Date> {
    let next = if cron.months.contains(&number(date.month())) {
        date.tomorrow().ok()?
    } else {
        date.last_of_month().tomorrow().ok()?
    };
    (i32::from(next.year()) <= i32::from(YEARS.1)).then_some(next)
}

/// Whether an expression fires on a date of its clock.
pub fn fires_on(cron: &Cron, date: Date) -> bool {
    let year = u16::try_from(date.year()).unwrap_or_default();
    cron.months.contains(&number(date.month())) && cron.years.contains(&year) && days_include(&cron.days, date)
}

fn days_include(days: &Days, date: Date) -> bool {
    let day = number(date.day());
    let length = number(date.days_in_month());
    let weekday = Weekday::of(date);
    match days {
        Days::Every => true,
        Days::OfMonth(days) => days.contains(&day),
        Days::LastOfMonth => day == length,
        Days::LastWorkingDay => day == working_day(date, length),
        Days::NearestWorkingDay(wanted) => *wanted <= length && day == working_day(date, *wanted),
        Days::OfWeek(days) => days.contains(&weekday),
        Days::LastWeekday(wanted) => weekday == *wanted && day + 7 > length,
        Days::NthWeekday(wanted, nth) => weekday == *wanted && (day - 1) / 7 + 1 == *nth,
    }
}

/// The day Monday to Friday nearest to a day of the same month, never in another month.
fn working_day(date: Date, wanted: u16) -> u16 {
    let length = number(date.days_in_month());
    let weekday = Weekday::of(date).shifted(i64::from(wanted) - i64::from(date.day()));
    match weekday {
        Weekday::Saturday if wanted == 1 => 3,
        Weekday::Saturday => wanted - 1,
        Weekday::Sunday if wanted == length => wanted - 2,
        Weekday::Sunday => wanted + 1,
        Weekday::Monday | Weekday::Tuesday | Weekday::Wednesday | Weekday::Thursday | Weekday::Friday => wanted,
    }
}

/// A part of a date as the fields of the dialect have it.
fn number(part: i8) -> u16 {
    u16::try_from(part).unwrap_or_default()
}
