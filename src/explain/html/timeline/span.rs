//! What a timeline spans: the day, week, month or year in which a rule comes round.

use jiff::Timestamp;
use jiff::civil::Date;

use super::super::scale::{Scale, begins};
use crate::explain::Language;
use crate::time::calendar::Weekday;
use crate::time::length::Minutes;
use crate::time::occurrence::occurrences;
use crate::time::schedule::Schedule;
use crate::time::zone::Zone;

/// A stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Span {
    /// From midnight to midnight.
    Day,
    /// From Monday on.
    Week,
    /// From its first day on.
    Month,
    /// From 1 January on.
    Year,
}

impl Span {
    /// All of them, the shortest first.
    pub(super) const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::Year];

    /// The shortest in which a schedule always has a run, by its runs of the coming month.
    pub(super) fn of(schedule: &Schedule, now: Timestamp) -> Self {
        let mut runs = occurrences(schedule, now).map(|run| run.at);
        let Some(mut last) = runs.next() else { return Self::Year };
        // A day or a month may be an hour longer where the clock is set back.
        let longest = |days: i64| Minutes(Minutes::days(days).0 + 60);
        let until = longest(31).after(last);
        let mut gap = None;
        for run in runs.take_while(|run| *run <= until) {
            gap = gap.max(Some(Minutes::between(last, run)));
            last = run;
        }
        match gap {
            Some(gap) if gap <= longest(1) => Self::Day,
            Some(gap) if gap <= longest(7) => Self::Week,
            Some(_) => Self::Month,
            None => Self::Year,
        }
    }

    /// The one that an instant is in by a zone's clock: when it begins, and how long it is.
    pub(super) fn around(self, at: Timestamp, zone: &Zone) -> Option<(Timestamp, Minutes)> {
        let date = zone.wall_clock(at).date();
        let days = |days: i64| jiff::Span::new().days(days);
        let (first, next) = match self {
            Self::Day => (date, date.tomorrow().ok()?),
            Self::Week => {
                let monday = date.checked_sub(days(i64::from(date.weekday().to_monday_zero_offset()))).ok()?;
                (monday, monday.checked_add(days(7)).ok()?)
            }
            Self::Month => (date.first_of_month(), date.last_of_month().tomorrow().ok()?),
            Self::Year => (date.first_of_year(), date.last_of_year().tomorrow().ok()?),
        };
        let (from, until) = (begins(first, zone)?, begins(next, zone)?);
        Some((from, Minutes::between(from, until)))
    }

    /// The name of the stretch.
    pub(super) fn words(self, language: Language) -> &'static str {
        match self {
            Self::Day => language.say("a day", "1日"),
            Self::Week => language.say("a week", "1週間"),
            Self::Month => language.say("a month", "1か月"),
            Self::Year => language.say("a year", "1年"),
        }
    }

    /// The instants that an axis names, with what a zone's clock or calendar shows then.
    pub(super) fn marks(self, scale: &Scale, zone: &Zone, language: Language) -> Vec<(Timestamp, String)> {
        let dated = |wanted: fn(&Date) -> bool| {
            let days = scale.days(zone).into_iter().filter(move |(_, date)| wanted(date));
            days.map(|(at, date)| (at, date.strftime("%m-%d").to_string())).collect()
        };
        match self {
            Self::Day => {
                let hours = (0..=scale.length.0 / 180).map(|number| Minutes(180 * number).after(scale.from));
                hours.map(|at| (at, zone.wall_clock(at).strftime("%H:%M").to_string())).collect()
            }
            Self::Week => {
                let named = |date: Date| {
                    let ja = Weekday::of(date).ja().chars().take(1).collect();
                    format!("{} {}", language.say(date.strftime("%a").to_string(), ja), date.strftime("%m-%d"))
                };
                scale.days(zone).into_iter().map(|(at, date)| (at, named(date))).collect()
            }
            Self::Month => dated(|date| date.day() % 5 == 1 && date.day() < 31),
            Self::Year => dated(|date| date.day() == 1),
        }
    }
}
