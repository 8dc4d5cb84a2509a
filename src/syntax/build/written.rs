//! The times, the zone and the days that an item says out of their place, to be repeated in what is advised.

use std::collections::BTreeSet;

use jiff::civil::Date;

use pest::iterators::Pair;

use super::Production;
use super::stray::{text_before, words_of};
use crate::syntax::{clause, quantity};
use crate::time::calendar::{Month, TimeOfDay, Weekday};
use crate::time::zone;

/// How many words behind a clause may belong to it.
const WORDS: usize = 12;

/// Words that mean nothing between the parts of a schedule.
const BETWEEN: &[&str] = &["at", "on", "the", "in", "of", "and", "from", "&", "+", ";", "/"];

/// The times and the zone among words, or an example where they say neither. What they do not say for certain is
/// `TIME` or `ZONE`.
pub(super) fn time_and_zone<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    let mut times = Vec::new();
    let mut zones = BTreeSet::new();
    let mut is_understood = true;
    for word in words {
        let word = word.trim_matches(';');
        if let Some(time) = time(word) {
            times.push(time);
        } else if zone::find(word).zone().is_some() {
            zones.insert(word);
        } else {
            is_understood &= BETWEEN.contains(&word) || is_day(word);
        }
    }
    let zone = zones.pop_first().filter(|_| zones.is_empty());
    match (times.is_empty(), zone) {
        (true, None) if is_understood => "01:00 JST".to_owned(),
        (true, zone) => format!("{} {}", if is_understood { "01:00" } else { "TIME" }, zone.unwrap_or("ZONE")),
        (false, zone) => format!("{} {}", times.join(", "), zone.unwrap_or("ZONE")),
    }
}

/// A time as the language writes it; a number alone is a day as well.
fn time(word: &str) -> Option<String> {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    TimeOfDay::parse(word).map(|_| word.to_owned()).or_else(|| quantity::time(word))
}

/// Whether a word is a day, a month or a number.
fn is_day(word: &str) -> bool {
    let is_number = word.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day));
    is_number || word == "last" || Weekday::named(word).is_some() || Month::named(word).is_some()
}

/// A schedule up to its first time, the last that a text begins, and the words from that time on.
pub(super) fn schedule(text: &str) -> Option<(String, Vec<&str>)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let begin = words.iter().rposition(|word| KEYWORDS.contains(word))?;
    let (_, words) = words.split_at(begin);
    let is_time = |word: &&str| word.split(',').next().is_some_and(|word| TimeOfDay::parse(word).is_some());
    let (head, behind) = words.split_at(words.iter().position(is_time).unwrap_or(words.len()));
    let behind = behind.iter().flat_map(|word| word.split(',')).filter(|word| !word.is_empty());
    Some((head.join(" ").trim_end_matches(" at").to_owned(), behind.collect()))
}

/// The words from a pair on that may belong to it.
pub(super) fn belonging(pair: &Pair<'_, Production>) -> Vec<String> {
    let words = words_of(pair).take(WORDS).take_while(|word| !clause::is_keyword(word) && !word.starts_with('#'));
    words.map(str::to_owned).collect()
}

/// The time and the zone that a word and those behind it say.
pub(super) fn own_time(pair: &Pair<'_, Production>) -> String {
    let words = belonging(pair);
    time_and_zone(words.iter().map(String::as_str))
}

/// An advice with the time and the zone that are said, where they are certain, in the place of its example.
pub(super) fn with_own_time(advice: &str, pair: &Pair<'_, Production>) -> String {
    let time = own_time(pair);
    if time.starts_with("TIME") { advice.to_owned() } else { advice.replace("01:00 JST", &time) }
}

/// What to write for a time that stands in front of its schedule.
pub(super) fn schedule_behind(pair: &Pair<'_, Production>) -> Option<String> {
    let mut words = words_of(pair).skip_while(|word| *word == "at").peekable();
    let time = words.next().filter(|time| TimeOfDay::parse(time).is_some())?;
    let zone = words.next_if(|word| zone::find(word).zone().is_some()).unwrap_or("JST");
    let schedule = match words.next()? {
        every @ ("daily" | "weekdays") => every.to_owned(),
        "weekly" => format!("weekly {}", words.next().filter(|day| Weekday::named(day).is_some())?),
        _ => return None,
    };
    Some(format!("a time follows its schedule: `{schedule} {time} {zone}`"))
}

/// Where a time, a zone or a day belongs.
pub(super) fn behind_schedule(pair: &Pair<'_, Production>) -> Option<String> {
    let word = pair.as_str();
    let what = if TimeOfDay::parse(word).is_some() {
        "time follows its schedule"
    } else if Weekday::named(word).is_some() {
        return Some(format!("a day follows `weekly`: `weekly {word} {}`", own_time(pair)));
    } else if zone::find(word).zone().is_some() {
        "zone follows its time"
    } else {
        return None;
    };
    let time = own_time(pair);
    if let Some((every, _)) = schedule(text_before(pair)).filter(|(schedule, _)| schedule.starts_with("every")) {
        return Some(format!("a {what}: `{every} from {time}`"));
    }
    Some(format!("a {what}: `daily {time}`, `every 6h from {time}`"))
}

/// Keywords of schedules that take times.
const KEYWORDS: &[&str] = &["every", "daily", "weekdays", "weekly", "monthly", "yearly"];

/// What is written for `every` and a word for a time: the keyword, an example of what stands behind it, and its name.
const EVERY: &[(&str, &str, &str, &str)] = &[
    ("day", "daily", "", ""),
    ("weekday", "weekdays", "", ""),
    ("week", "weekly", "sun ", "DAY "),
    ("month", "monthly", "1 ", "DAY "),
    ("year", "yearly", "jan 1 ", "MONTH DAY "),
];

/// The schedule that `every`, a word and those behind it mean.
pub(super) fn every(word: &str, behind: &[String]) -> Option<String> {
    let behind = || behind.iter().map(String::as_str);
    if word == "hour" {
        return Some(behind().find_map(minute).unwrap_or_else(|| "hourly".to_owned()));
    }
    let time = time_and_zone(behind());
    let is_past_days = |word: &str| self::time(word).is_some() || zone::find(word).zone().is_some();
    let days = behind().take_while(|word| !is_past_days(word)).filter(|word| !BETWEEN.contains(word));
    let days: Vec<&str> = Weekday::named(word).map(|_| word).into_iter().chain(days).collect();
    let word = if Weekday::named(word).is_some() { "week" } else { word };
    let (_, keyword, example, name) = EVERY.iter().find(|(known, ..)| *known == word)?;
    let are_weekdays = days.iter().all(|day| Weekday::named(day).is_some());
    let own = match (*keyword, days.as_slice()) {
        (_, []) => (*example).to_owned(),
        ("weekly", days) if are_weekdays => format!("{} ", days.join(", ")),
        ("monthly", [day]) if is_day(day) && !is_name(day) => format!("{day} "),
        ("yearly", [month, day]) if Month::named(month).is_some() && is_day(day) && !is_name(day) => {
            format!("{month} {day} ")
        }
        _ => (*name).to_owned(),
    };
    Some(format!("{keyword} {own}{time}"))
}

/// Whether a word names a day of the week or a month.
fn is_name(word: &str) -> bool {
    Weekday::named(word).is_some() || Month::named(word).is_some()
}

/// What to write for a minute of every hour.
pub(super) fn minute(word: &str) -> Option<String> {
    let digits = word.trim_start_matches(':');
    let minute = digits.parse::<u8>().ok().filter(|minute| *minute < 60 && digits.len() <= 2)?;
    Some(format!("hourly at :{minute:02}"))
}

/// What to write for a date whose year is certain: both, where day and month may be meant in either order.
pub(super) fn dates(text: &str) -> Vec<String> {
    let parts: Vec<&str> = match text.len() {
        8 if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            let (year, date) = text.split_at(4);
            let (month, day) = date.split_at(2);
            vec![year, month, day]
        }
        _ => text.split(['/', '.', '-']).collect(),
    };
    let date = |year: &str, month: &str, day: &str| {
        let is_year = year.len() == 4;
        let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
        date.filter(|_| is_year).map(|date| date.to_string())
    };
    let mut dates: Vec<String> = match *parts.as_slice() {
        [year, month, day] if year.len() == 4 => date(year, month, day).into_iter().collect(),
        [first, second, year] => date(year, second, first).into_iter().chain(date(year, first, second)).collect(),
        _ => Vec::new(),
    };
    dates.dedup();
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_there_is_repeated() {
        for (words, expected) in [
            ("", "01:00 JST"),
            ("at 02:30 UTC", "02:30 UTC"),
            ("UTC 02:30", "02:30 UTC"),
            ("02:30 14:30 UTC", "02:30, 14:30 UTC"),
            ("UTC", "01:00 UTC"),
            ("2:30am", "02:30 ZONE"),
            ("02:30 EST", "02:30 ZONE"),
            ("02:30 UTC 14:30 JST", "02:30, 14:30 ZONE"),
            ("after lunch", "TIME ZONE"),
        ] {
            assert_eq!(time_and_zone(words.split_whitespace()), expected, "{words}");
        }
    }

    #[test]
    fn every_keeps_its_days_and_times() {
        for (words, expected) in [
            ("day", "daily 01:00 JST"),
            ("day at 02:30 UTC", "daily 02:30 UTC"),
            ("tue 02:30 UTC", "weekly tue 02:30 UTC"),
            ("tue and thu 02:30 UTC", "weekly tue, thu 02:30 UTC"),
            ("week on fri 02:30 UTC", "weekly fri 02:30 UTC"),
            ("month 15 02:30 UTC", "monthly 15 02:30 UTC"),
            ("month on the 15th 02:30 UTC", "monthly DAY 02:30 UTC"),
            ("month tue 02:30 UTC", "monthly DAY 02:30 UTC"),
            ("year dec 31 02:30 UTC", "yearly dec 31 02:30 UTC"),
            ("year 31 02:30 UTC", "yearly MONTH DAY 02:30 UTC"),
            ("hour at :45", "hourly at :45"),
        ] {
            let mut words = words.split(' ').map(str::to_owned);
            let first = words.next().unwrap();
            assert_eq!(every(&first, &words.collect::<Vec<_>>()).as_deref(), Some(expected));
        }
    }

    #[test]
    fn dates_keep_their_year() {
        assert_eq!(dates("2026/10/05"), ["2026-10-05"]);
        assert_eq!(dates("2026-10-5"), ["2026-10-05"]);
        assert_eq!(dates("20261005"), ["2026-10-05"]);
        assert_eq!(dates("05.10.2026"), ["2026-10-05", "2026-05-10"]);
        assert_eq!(dates("31.10.2026"), ["2026-10-31"]);
        assert!(dates("tomorrow").is_empty() && dates("2026-13-01").is_empty());
    }
}
