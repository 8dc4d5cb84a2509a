//! A cron expression in words.

use std::collections::BTreeSet;

use super::{Cron, Days, Field, month, spelled};
use crate::time::calendar::{Month, listed, listed_ja};

/// Up to so many times of the day are listed one by one.
const LISTED: usize = 6;

/// In English: `every day at 16:00`.
pub fn describe(cron: &Cron) -> String {
    let mut said = format!("{} {}", days(&cron.days), times(cron));
    if !cron.every_month() {
        said = format!("{said} in {}", listed(months(cron).iter().map(|month| month.name())));
    }
    if !cron.every_year() {
        said = format!("{said} in the years {}", spelled(Field::Year, &cron.years));
    }
    said
}

/// In Japanese: `毎日 16:00`.
pub fn describe_ja(cron: &Cron) -> String {
    let mut said = format!("{} {}", days_ja(cron), times_ja(cron));
    if !cron.every_month() {
        said = format!("{}の{said}", listed_ja(months(cron).iter().map(|month| month.ja())));
    }
    if !cron.every_year() {
        said = format!("{} 年の{said}", spelled(Field::Year, &cron.years));
    }
    said
}

fn months(cron: &Cron) -> Vec<Month> {
    cron.months.iter().copied().filter_map(month).collect()
}

fn times(cron: &Cron) -> String {
    let times = cron.times();
    let minutes = spelled(Field::Minutes, &cron.minutes);
    if times.len() <= LISTED {
        format!("at {}", listed(times))
    } else if cron.hours.len() == 24 {
        format!("at minute {minutes} of every hour")
    } else {
        format!("at minute {minutes} of the hours {}", spelled(Field::Hours, &cron.hours))
    }
}

fn times_ja(cron: &Cron) -> String {
    let times = cron.times();
    let minutes = spelled(Field::Minutes, &cron.minutes);
    if times.len() <= LISTED {
        listed_ja(times)
    } else if cron.hours.len() == 24 {
        format!("毎時 {minutes} 分")
    } else {
        format!("{} 時の {minutes} 分", spelled(Field::Hours, &cron.hours))
    }
}

fn days(days: &Days) -> String {
    match days {
        Days::Every => "every day".to_owned(),
        Days::OfMonth(days) => format!("on day {} of the month", listed(days)),
        Days::LastOfMonth => "on the last day of the month".to_owned(),
        Days::LastWorkingDay => "on the last day of the month that is Monday to Friday".to_owned(),
        Days::NearestWorkingDay(day) => {
            format!("on the day Monday to Friday that is nearest to day {day} of the month")
        }
        Days::OfWeek(days) => format!("every {}", listed(days.iter().map(|day| day.name()))),
        Days::LastWeekday(day) => format!("on the last {} of the month", day.name()),
        Days::NthWeekday(day, nth) => {
            format!("on the {} {} of the month", ordinal(*nth), day.name())
        }
    }
}

/// Where months are named before it, `毎月` would contradict them.
fn days_ja(cron: &Cron) -> String {
    let monthly = if cron.every_month() { "毎月" } else { "" };
    match &cron.days {
        Days::Every => "毎日".to_owned(),
        Days::OfMonth(days) => format!("{monthly} {}", listed_ja(numbered_ja(days))),
        Days::LastOfMonth => format!("{monthly}末日"),
        Days::LastWorkingDay => format!("{monthly}最後の平日"),
        Days::NearestWorkingDay(day) => format!("{monthly} {day} 日に最も近い平日"),
        Days::OfWeek(days) => format!("毎週{}", listed_ja(days.iter().map(|day| day.ja()))),
        Days::LastWeekday(day) => format!("{monthly}最後の{}", day.ja()),
        Days::NthWeekday(day, nth) => format!("{monthly}第 {nth} {}", day.ja()),
    }
}

fn numbered_ja(days: &BTreeSet<u16>) -> Vec<String> {
    days.iter().map(|day| format!("{day} 日")).collect()
}

fn ordinal(number: u16) -> &'static str {
    match number {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        _ => "fifth",
    }
}
