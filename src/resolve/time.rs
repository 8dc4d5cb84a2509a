//! Words about time: zones, times of the day, schedules and the clock that they are written by.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use jiff::Timestamp;
use jiff::civil::Date;

use super::rules::{E0201, E0202, E0205, E0206, W0207};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{Span, Spanned};
use crate::suggest::nearest;
use crate::syntax::ast::{self, Form, Word};
use crate::syntax::rules::E0012;
use crate::time::calendar::{Month, TimeOfDay, Weekday};
use crate::time::cron::foreign;
use crate::time::cron::parse::parse as parse_cron;
use crate::time::lower::{Clock, Expression, Inexact, lower};
use crate::time::schedule::{MonthDay, Schedule, ScheduleError};
use crate::time::zone::{self, Lookup, Zone};

/// How many years are looked at for dates on which a schedule would be wrong: a leap year is among them.
const YEARS: i64 = 4;

/// How many dates a refusal names.
const DATES: usize = 3;

/// A schedule: days and times by the clock of a zone; `None` when something in it was wrong.
pub(super) fn schedule(schedule: &ast::Schedule, sink: &mut Diagnostics) -> Option<Schedule> {
    let mut found = Diagnostics::default();
    let read = read(schedule, &mut found)
        .and_then(|built| built.map_err(|error| refused(schedule, error).map(|finding| found.push(finding))).ok());
    let known = !found.has_errors();
    sink.append(found);
    read.filter(|_| known)
}

/// Reads every word, so that all that are wrong are reported; `None` when one is missing, which has
/// been reported.
fn read(schedule: &ast::Schedule, sink: &mut Diagnostics) -> Option<Result<Schedule, ScheduleError>> {
    let times = times(&schedule.times, sink);
    // Only forms that name no time of the day may leave the zone out.
    let zone = schedule.zone.as_ref().and_then(|word| zone(word, sink)).unwrap_or_else(Zone::utc);
    let days = Days::read(schedule, sink);
    Some(match schedule.form {
        Form::Hourly => Schedule::hourly(minute(schedule.argument.as_ref(), sink)?, zone),
        Form::Every => {
            let from = times.first().copied().or_else(|| TimeOfDay::new(0, 0))?;
            Schedule::every(hours(schedule.argument.as_ref()?, sink)?, from, zone)
        }
        Form::Daily => Schedule::daily(times, zone),
        Form::Weekdays => Schedule::weekdays(times, zone),
        Form::Weekly => Schedule::weekly(days.of_week, times, zone),
        Form::Monthly => Schedule::monthly(days.of_month, times, zone),
        Form::Yearly => {
            let month = schedule.month.as_ref().and_then(|word| month(word, sink));
            let day = day_of_year(schedule, &days, sink);
            Schedule::yearly(month?, day?, times, zone)
        }
        Form::Cron => Ok(Schedule::cron(cron(schedule.argument.as_ref()?, schedule.zone.as_ref(), sink)?, zone)),
    })
}

fn day_of_year(schedule: &ast::Schedule, days: &Days, sink: &mut Diagnostics) -> Option<u8> {
    match days.of_month.first()? {
        MonthDay::Day(day) => Some(*day),
        MonthDay::Last => {
            let span = schedule.days.first().map_or(schedule.keyword, |word| word.span);
            sink.push(E0012.at(span, "`yearly` needs the number of a day here").help("write a day such as `dec 31`"));
            None
        }
    }
}

fn refused(schedule: &ast::Schedule, error: ScheduleError) -> Option<Diagnostic> {
    let span = match error {
        ScheduleError::Minute(_) | ScheduleError::Interval(_) => schedule.argument.as_ref().map(|word| word.span),
        ScheduleError::MonthDay(_) | ScheduleError::YearDay { .. } => schedule.days.first().map(|word| word.span),
        // A day or a time that is missing or malformed has been reported.
        ScheduleError::Empty => return None,
    };
    Some(E0202.at(span.unwrap_or(schedule.keyword), error.to_string()))
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
    let finding = E0205.at(span, format!("{by} cannot say this exactly: {}", inexact.why()));
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
    if clock.is_none() {
        sink.push(
            E0012
                .at(word.span, format!("`{}` is no clock", word.node))
                .help("write `schedule in utc` or `schedule in zone`"),
        );
    }
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
    let time = TimeOfDay::parse(&word.node);
    if time.is_none() {
        sink.push(
            E0202.at(word.span, format!("there is no time `{}`", word.node)).help("times run from 00:00 to 23:59"),
        );
    }
    time
}

/// `2026-11-26`
pub(super) fn date(word: &Word, sink: &mut Diagnostics) -> Option<Spanned<Date>> {
    let date = word.node.parse::<Date>().ok();
    if date.is_none() {
        sink.push(
            E0012
                .at(word.span, format!("there is no date `{}`", word.node))
                .help("write year, month and day: `2026-11-26`"),
        );
    }
    date.map(|date| Spanned::new(date, word.span))
}

/// `03:00-04:00`
pub(super) fn span_of_day(word: &Word, sink: &mut Diagnostics) -> Option<(TimeOfDay, TimeOfDay)> {
    let times = word.node.split_once('-').and_then(|(from, to)| TimeOfDay::parse(from).zip(TimeOfDay::parse(to)));
    if times.is_none() {
        sink.push(
            E0012.at(word.span, format!("`{}` is no span of a day", word.node)).help("write two times: `03:00-04:00`"),
        );
    }
    times
}

/// Days of the week and of the month that a schedule names.
struct Days {
    of_week: Vec<Weekday>,
    of_month: Vec<MonthDay>,
}

impl Days {
    fn read(schedule: &ast::Schedule, sink: &mut Diagnostics) -> Self {
        let mut days = Self { of_week: Vec::new(), of_month: Vec::new() };
        let mut written: BTreeMap<&str, Span> = BTreeMap::new();
        for word in &schedule.days {
            match written.entry(&word.node) {
                Entry::Occupied(first) => sink.push(crate::syntax::repeated(&word.node, word.span, *first.get())),
                Entry::Vacant(slot) => {
                    slot.insert(word.span);
                }
            }
            if schedule.form == Form::Weekly {
                days.of_week.extend(weekday(word, sink));
            } else {
                days.of_month.extend(month_day(word, sink));
            }
        }
        days
    }
}

/// A day of the week by its name or its first three letters.
pub(super) fn weekday(word: &Word, sink: &mut Diagnostics) -> Option<Weekday> {
    let day = Weekday::named(&word.node);
    if day.is_none() {
        const NAMES: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
        sink.push(
            E0012
                .at(word.span, format!("`{}` is no day of the week", word.node))
                .suggest(nearest(&word.node, NAMES).filter(|_| word.node.len() > 2))
                .help(
                    one_of_days(&word.node)
                        .or_else(|| range_of_days(&word.node))
                        .unwrap_or_else(|| format!("write one of {}", NAMES.join(", "))),
                ),
        );
    }
    day
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
    let day = word.node.parse().ok().map(MonthDay::Day);
    if day.is_none() {
        let finding = E0012.at(word.span, format!("`{}` is no day of the month", word.node));
        let number = ["st", "nd", "rd", "th", "日"].iter().find_map(|end| word.node.strip_suffix(end));
        sink.push(
            match number.and_then(|number| number.parse::<u8>().ok()).filter(|number| (1..=31).contains(number)) {
                Some(number) => finding.help(format!("write `{number}`")),
                None => finding.help("write 1 to 31, or `last`"),
            },
        );
    }
    day
}

fn month(word: &Word, sink: &mut Diagnostics) -> Option<Month> {
    let month = Month::named(&word.node);
    if month.is_none() {
        sink.push(E0012.at(word.span, format!("`{}` is no month", word.node)).help(
            Month::named(word.node.trim_end_matches('.')).map_or_else(
                || "write its name or its first three letters, such as `jan`".to_owned(),
                |month| format!("write `{}`", month.abbreviation().to_lowercase()),
            ),
        ));
    }
    month
}

fn minute(word: Option<&Word>, sink: &mut Diagnostics) -> Option<u8> {
    let Some(word) = word else { return Some(0) };
    let minute = word.node.trim_start_matches(':').parse().ok().filter(|minute| *minute < 60);
    if minute.is_none() {
        sink.push(E0202.at(word.span, format!("an hour has no minute `{}`", word.node)).help("write `:00` to `:59`"));
    }
    minute
}

fn hours(word: &Word, sink: &mut Diagnostics) -> Option<u8> {
    let hours = word.node.trim_end_matches('h').parse().ok();
    if hours.is_none() {
        sink.push(E0202.at(word.span, format!("`{}` does not fit a day", word.node)).help("write `1h` to `24h`"));
    }
    hours
}

fn cron(word: &Word, zone: Option<&Word>, sink: &mut Diagnostics) -> Option<crate::time::cron::Cron> {
    parse_cron(&word.node)
        .map_err(|error| {
            let finding = E0206.at(word.span, error.to_string());
            sink.push(match foreign::written(&word.node, zone.map(|zone| zone.node.as_str())) {
                Some(written) => finding.help(format!("write `{written}`")),
                None => {
                    finding.help("AWS Backup takes six fields: minutes, hours, day of month, month, day of week, year")
                }
            });
        })
        .ok()
}
