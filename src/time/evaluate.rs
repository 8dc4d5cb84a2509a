//! On which dates an expression of AWS's cron dialect fires.
//!
//! Source: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>.

use jiff::civil::Date;

use super::calendar::Weekday;
use super::cron::{Cron, Days};

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
