//! A cron expression in words.

use super::{Cron, Days, Field, month, spelled};
use crate::text::Language;
use crate::time::calendar::listed;

/// Up to so many times of the day are listed one by one.
const LISTED: usize = 6;

/// `every day at 16:00`, `毎日 16:00`.
pub fn describe(cron: &Cron, language: Language) -> String {
    let mut said = format!("{} {}", days(cron, language), times(cron, language));
    if !cron.every_month() {
        let months = cron.months.iter().copied().filter_map(month);
        let months = listed(months.map(|month| language.say(month.name(), month.ja())), language);
        said = language.say(format!("{said} in {months}"), format!("{months}の{said}"));
    }
    if !cron.every_year() {
        let years = spelled(Field::Year, &cron.years);
        said = language.say(format!("{said} in the years {years}"), format!("{years} 年の{said}"));
    }
    said
}

fn times(cron: &Cron, language: Language) -> String {
    let times = cron.times();
    if times.len() <= LISTED {
        return format!("{}{}", language.say("at ", ""), listed(times, language));
    }
    let (minutes, hours) = (spelled(Field::Minutes, &cron.minutes), spelled(Field::Hours, &cron.hours));
    if cron.hours.len() == 24 {
        language.say(format!("at minute {minutes} of every hour"), format!("毎時 {minutes} 分"))
    } else {
        language.say(format!("at minute {minutes} of the hours {hours}"), format!("{hours} 時の {minutes} 分"))
    }
}

fn days(cron: &Cron, language: Language) -> String {
    // Where months are named before it, `毎月` would contradict them.
    let monthly = if cron.every_month() { "毎月" } else { "" };
    match &cron.days {
        Days::Every => language.say("every day", "毎日").to_owned(),
        Days::OfMonth(days) => language.say(
            format!("on day {} of the month", listed(days, language)),
            format!("{monthly} {}", listed(days.iter().map(|day| format!("{day} 日")), language)),
        ),
        Days::LastOfMonth => language.say("on the last day of the month".to_owned(), format!("{monthly}末日")),
        Days::LastWorkingDay => language
            .say("on the last day of the month that is Monday to Friday".to_owned(), format!("{monthly}最後の平日")),
        Days::NearestWorkingDay(day) => language.say(
            format!("on the day Monday to Friday that is nearest to day {day} of the month"),
            format!("{monthly} {day} 日に最も近い平日"),
        ),
        Days::OfWeek(days) => {
            let days = listed(days.iter().map(|day| language.say(day.name(), day.ja())), language);
            language.say(format!("every {days}"), format!("毎週{days}"))
        }
        Days::LastWeekday(day) => {
            language.say(format!("on the last {} of the month", day.name()), format!("{monthly}最後の{}", day.ja()))
        }
        Days::NthWeekday(day, nth) => language.say(
            format!("on the {} {} of the month", ordinal(*nth), day.name()),
            format!("{monthly}第 {nth} {}", day.ja()),
        ),
    }
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
