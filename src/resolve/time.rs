//! Words about time: zones, times of the day, schedules and the clock that they are written by.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::rules::{E0201, E0202, E0205, E0206, W0207};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};
use crate::suggest::nearest;
use crate::syntax::ast::{self, Form, Word};
use crate::syntax::rules::E0012;
use crate::time::calendar::{Month, TimeOfDay, Weekday};
use crate::time::cron::{self, Cron, foreign};
use crate::time::lower::{Clock, Expression, Inexact, lower};
use crate::time::schedule::{MonthDay, Recurrence, Schedule};
use crate::time::zone::{self, Lookup, Zone};

/// How many years are looked at for dates on which a schedule would be wrong: a leap year is among them.
const YEARS: i64 = 4;

/// How many dates a refusal names.
const DATES: usize = 3;

/// A schedule: days and times by the clock of a zone; `None` when something in it was wrong.
pub(super) fn schedule(schedule: &ast::Schedule, sink: &mut Diagnostics) -> Option<Schedule> {
    let mut found = Diagnostics::default();
    let read = read(schedule, &mut found);
    let known = !found.has_errors();
    sink.append(found);
    read.filter(|_| known)
}

/// Reads every word, so that all that are wrong are reported; `None` when one is missing, which has
/// been reported.
fn read(schedule: &ast::Schedule, sink: &mut Diagnostics) -> Option<Schedule> {
    let times = times(&schedule.times, sink);
    // Only forms that name no time of the day may leave the zone out.
    let zone = schedule.zone.as_ref().and_then(|word| zone(word, sink)).unwrap_or_else(Zone::utc);
    report_repeated_days(&schedule.days, sink);
    let recurrence = match schedule.form {
        Form::Hourly => return Schedule::hourly(minute(schedule.argument.as_ref(), sink)?, zone),
        Form::Every => {
            let from = times.first().copied().or_else(|| TimeOfDay::new(0, 0))?;
            return Schedule::every(hours(schedule.argument.as_ref()?, sink)?, from, zone);
        }
        Form::Cron => {
            let cron = cron(schedule.argument.as_ref()?, schedule.zone.as_ref(), sink)?;
            return Some(Schedule::cron(cron, zone));
        }
        Form::Daily => Recurrence::Daily,
        Form::Weekdays => Recurrence::Weekdays,
        Form::Weekly => Recurrence::Weekly(schedule.days.iter().filter_map(|word| weekday(word, sink)).collect()),
        Form::Monthly => Recurrence::Monthly(schedule.days.iter().filter_map(|word| month_day(word, sink)).collect()),
        Form::Yearly => {
            let month = schedule.month.as_ref().and_then(|word| month(word, sink));
            let day = schedule.days.first().and_then(|word| day_of_year(word, month, sink));
            Recurrence::Yearly { month: month?, day: day? }
        }
    };
    Schedule::new(recurrence, times, zone)
}

/// The expressions that AWS Backup runs a schedule by.
pub(super) fn expressions(
    schedule: &Spanned<Schedule>,
    clock: Clock,
    now: Timestamp,
    sink: &mut Diagnostics,
) -> Option<Vec<Expression>> {
    lower(&schedule.node, clock).map_err(|inexact| sink.push(not_exact(schedule.span, &inexact, clock, now))).ok()
}

fn not_exact(span: Span, inexact: &Inexact, clock: Clock, now: Timestamp) -> Diagnostic {
    let by = match clock {
        Clock::Automatic => "six fields of cron",
        Clock::Utc => "six fields of cron in UTC",
        Clock::Zone => "six fields of cron with a zone",
    };
    let finding = E0205.at(span, format!("{by} cannot say this exactly: {}", inexact.why));
    let dates: Vec<String> = inexact.wrong_on(now, YEARS, DATES).iter().map(ToString::to_string).collect();
    let finding =
        if dates.is_empty() { finding } else { finding.help(format!("it would be wrong on {}", dates.join(", "))) };
    match clock {
        Clock::Utc => finding.help("write `schedule in zone`, or leave the choice to drc"),
        Clock::Automatic | Clock::Zone => {
            finding.help("write the IANA name of a zone instead of an offset, such as `Asia/Tokyo`")
        }
    }
}

/// `utc` or `zone`.
pub(super) fn clock(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<Clock>> {
    let clock = match word.node.as_str() {
        "utc" => Some(Clock::Utc),
        "zone" => Some(Clock::Zone),
        _ => None,
    };
    let clock = sink.require(clock, || {
        E0012
            .at(word.span, format!("`{}` is no clock", word.node))
            .help("write `schedule in utc` or `schedule in zone`")
    });
    clock.map(|clock| Spanned::new(clock, word.span))
}

/// A zone by any word that means one clock.
pub(super) fn zone(word: &Word, sink: &mut Diagnostics) -> Option<Zone> {
    let unknown = |message: String| E0201.at(word.span, message);
    let finding = match zone::find(&word.node) {
        Lookup::Found(zone) => return Some(zone),
        Lookup::Renamed(zone) => {
            let is_case = zone.name().eq_ignore_ascii_case(&word.node);
            let what = if is_case { "has not the capitals of the zone's name" } else { "is an old name" };
            sink.push(
                W0207
                    .at(word.span, format!("`{}` {what}", word.node))
                    .write("write {}, the name that AWS takes", zone.name()),
            );
            return Some(zone);
        }
        Lookup::Ambiguous(zones) => unknown(format!("`{}` means several clocks", word.node))
            .help(format!("write the one that is meant: {}", list(zones))),
        Lookup::HidesDaylightSaving(zones) => {
            unknown(format!("`{}` does not say whether the clock shifts in summer", word.node))
                .help(format!("write the one that is meant: {}", list(zones)))
        }
        Lookup::Offset(zone) => {
            unknown(format!("`{}` is not how an offset is written", word.node)).help(format!("write `{}`", zone.name()))
        }
        Lookup::NoOffset => unknown(format!("no clock is `{}` from UTC", word.node))
            .help("an offset is written `+09:00`, from `-12:00` to `+14:00`"),
        Lookup::Unknown => unknown_zone(word),
    };
    sink.push(finding);
    None
}

/// The finding for a word that is no zone, with those that may be meant: the word without the signs around it, as in
/// `(JST)`, or the nearest ones.
fn unknown_zone(word: &Word) -> Diagnostic {
    let finding = E0201.at(word.span, format!("there is no time zone `{}`", word.node));
    let bare = word.node.trim_matches(['(', ')', '[', ']', '.', ';', ':']);
    if zone::find(bare).zone().is_some() {
        return finding.help(format!("write `{bare}`"));
    }
    let near = zone::nearest(&word.node);
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    finding.help(if near.is_empty() {
        "write `UTC`, an IANA name such as `Asia/Tokyo`, or an offset such as `+09:00`".to_owned()
    } else {
        format!("did you mean {}?", list(&near))
    })
}

fn list(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" or ")
}

/// Times of the day; midnight stands for those that were all wrong.
fn times(words: &[Word], sink: &mut Diagnostics) -> Vec<TimeOfDay> {
    let mut times: Vec<Spanned<TimeOfDay>> = Vec::new();
    for word in words {
        let Some(time) = time(word, sink) else { continue };
        match times.iter().find(|other| other.node == time) {
            Some(first) => sink.push(
                E0202.at(word.span, format!("`{}` is written twice", word.node)).related(first.span, "first here"),
            ),
            None => times.push(Spanned::new(time, word.span)),
        }
    }
    if times.is_empty() {
        return words.first().and(TimeOfDay::new(0, 0)).into_iter().collect();
    }
    times.into_iter().map(|time| time.node).collect()
}

fn time(word: &Word, sink: &mut Diagnostics) -> Option<TimeOfDay> {
    sink.require(TimeOfDay::parse(&word.node), || {
        E0202.at(word.span, format!("there is no time `{}`", word.node)).help("times run from 00:00 to 23:59")
    })
}

/// `2026-11-26`
pub(super) fn date(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<Date>> {
    let date = sink.require(word.node.parse::<Date>().ok(), || {
        E0012.at(word.span, format!("there is no date `{}`", word.node)).help("write year, month and day: `2026-11-26`")
    });
    date.map(|date| Spanned::new(date, word.span))
}

/// `03:00-04:00`
pub(super) fn span_of_day(word: &Word, sink: &mut Diagnostics) -> Option<(TimeOfDay, TimeOfDay)> {
    let times = word.node.split_once('-').and_then(|(from, to)| TimeOfDay::parse(from).zip(TimeOfDay::parse(to)));
    sink.require(times, || {
        E0012.at(word.span, format!("`{}` is no span of a day", word.node)).help("write two times: `03:00-04:00`")
    })
}

/// Reports days that are written twice.
fn report_repeated_days(days: &[Word], sink: &mut Diagnostics) {
    let mut written: BTreeMap<&str, Span> = BTreeMap::new();
    for word in days {
        let first = *written.entry(&word.node).or_insert(word.span);
        if first != word.span {
            sink.push(crate::syntax::repeated(&word.node, word.span, first));
        }
    }
}

/// A day of the week by its name or its first three letters.
pub(super) fn weekday(word: &Word, sink: &mut Diagnostics) -> Option<Weekday> {
    const NAMES: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
    sink.require(Weekday::named(&word.node), || {
        let written = one_of_days(&word.node).or_else(|| range_of_days(&word.node));
        E0012
            .at(word.span, format!("`{}` is no day of the week", word.node))
            .suggest(nearest(&word.node, NAMES).filter(|_| word.node.len() > 2))
            .help(written.unwrap_or_else(|| format!("write one of {}", NAMES.join(", "))))
    })
}

/// The day of a plural.
fn one_of_days(word: &str) -> Option<String> {
    let day = word.strip_suffix('s').and_then(Weekday::named)?;
    Some(format!("write `{}`", day.abbreviation().to_lowercase()))
}

/// The days of a range such as `mon-fri` or `mon to fri`, one by one.
fn range_of_days(word: &str) -> Option<String> {
    let mut ends = word.split(['-', '.', ' ', '\t', '\r', '\n']);
    let (first, last) = ends.next().and_then(Weekday::named).zip(ends.next_back().and_then(Weekday::named))?;
    let days = (0..7).map(|days| first.shifted(days)).collect::<Vec<_>>();
    let through = days.iter().position(|day| *day == last)?;
    let names: Vec<String> = days.iter().take(through + 1).map(|day| day.abbreviation().to_lowercase()).collect();
    Some(format!("name each day: `weekly {}`", names.join(", ")))
}

fn month_day(word: &Word, sink: &mut Diagnostics) -> Option<MonthDay> {
    if word.node == "last" {
        return Some(MonthDay::Last);
    }
    let day = number_of_day(word, sink)?;
    sink.require((1..=31).contains(&day).then_some(MonthDay::Day(day)), || {
        E0202.at(word.span, format!("no month has a day {day}; write 1 to 31, or `last`"))
    })
}

/// A day of the year by its number, which the month must have where it is known.
fn day_of_year(word: &Word, month: Option<Month>, sink: &mut Diagnostics) -> Option<u8> {
    if word.node == "last" {
        sink.push(E0012.at(word.span, "`yearly` needs the number of a day here").help("write a day such as `dec 31`"));
        return None;
    }
    let (day, month) = (number_of_day(word, sink)?, month?);
    let last = month.longest();
    sink.require((1..=last).contains(&day).then_some(day), || {
        E0202.at(word.span, format!("{} never has a day {day}; its last is {last}", month.name()))
    })
}

fn number_of_day(word: &Word, sink: &mut Diagnostics) -> Option<u8> {
    sink.require(word.node.parse().ok(), || {
        let number = ["st", "nd", "rd", "th", "日"].iter().find_map(|end| word.node.strip_suffix(end));
        let number = number.and_then(|number| number.parse::<u8>().ok()).filter(|number| (1..=31).contains(number));
        E0012
            .at(word.span, format!("`{}` is no day of the month", word.node))
            .help(number.map_or_else(|| "write 1 to 31, or `last`".to_owned(), |number| format!("write `{number}`")))
    })
}

fn month(word: &Word, sink: &mut Diagnostics) -> Option<Month> {
    sink.require(Month::named(&word.node), || {
        E0012.at(word.span, format!("`{}` is no month", word.node)).help(
            Month::named(word.node.trim_end_matches('.')).map_or_else(
                || "write its name or its first three letters, such as `jan`".to_owned(),
                |month| format!("write `{}`", month.abbreviation().to_lowercase()),
            ),
        )
    })
}

fn minute(word: Option<&Word>, sink: &mut Diagnostics) -> Option<u8> {
    let Some(word) = word else { return Some(0) };
    let minute = word.node.trim_start_matches(':').parse().ok().filter(|minute| *minute < 60);
    sink.require(minute, || {
        E0202.at(word.span, format!("an hour has no minute `{}`", word.node)).help("write `:00` to `:59`")
    })
}

fn hours(word: &Word, sink: &mut Diagnostics) -> Option<u8> {
    let hours = word.node.trim_end_matches('h').parse().ok().filter(|hours| (1..=24).contains(hours));
    sink.require(hours, || {
        E0202.at(word.span, format!("`{}` does not fit a day", word.node)).help("write `1h` to `24h`")
    })
}

fn cron(word: &Word, zone: Option<&Word>, sink: &mut Diagnostics) -> Option<Cron> {
    let refused = |error| {
        let written = foreign::written(&word.node, zone.map(|zone| zone.node.as_str()));
        let fields = "AWS Backup takes six fields: minutes, hours, day of month, month, day of week, year".to_owned();
        E0206.at(word.span, error).help(written.map_or(fields, |written| format!("write `{written}`")))
    };
    cron::parse(&word.node).map_err(|error| sink.push(refused(error))).ok()
}
