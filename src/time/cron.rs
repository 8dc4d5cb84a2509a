//! The six-field cron dialect of AWS: what it can say, and its canonical spelling.
//!
//! Minutes, hours, day of the month, month, day of the week, year; exactly one of the two day
//! fields is `?`. Source:
//! <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>.
//!
//! A value is kept as the set of what it stands for, so that expressions that fire alike are
//! equal and are spelled alike.

pub(crate) mod foreign;
pub mod parse;
pub mod words;

use std::collections::BTreeSet;
use std::fmt;

use super::calendar::{Month, TimeOfDay, Weekday};

pub use parse::parse;

/// The first and the last year that AWS's cron knows.
pub const YEARS: (u16, u16) = (1970, 2199);

/// A cron expression.
///
/// INVARIANT: no set is empty, and every number lies in its field's range.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cron {
    /// The days on which it fires.
    pub days: Days,
    /// The months in which it fires.
    pub months: BTreeSet<u16>,
    /// The years in which it fires.
    pub years: BTreeSet<u16>,
    /// The hours at which it fires.
    pub hours: BTreeSet<u16>,
    /// The minutes at which it fires.
    pub minutes: BTreeSet<u16>,
}

/// What the two day fields say together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Days {
    /// `* * ?` and `? * *` alike.
    Every,
    /// Numbers of days of the month.
    OfMonth(BTreeSet<u16>),
    /// `L`: the last day of the month.
    LastOfMonth,
    /// `LW`: the last day of the month that is Monday to Friday.
    LastWorkingDay,
    /// `15W`: the day Monday to Friday that is nearest to a day, within the month. A month
    /// without that day is passed over.
    NearestWorkingDay(u16),
    /// Days of the week.
    OfWeek(BTreeSet<Weekday>),
    /// `6L`: the last such day of the week in the month.
    LastWeekday(Weekday),
    /// `6#3`: the nth such day of the week in the month, 1 to 5.
    NthWeekday(Weekday, u16),
}

/// A field of an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The first.
    Minutes,
    /// The second.
    Hours,
    /// The third.
    DayOfMonth,
    /// The fourth.
    Month,
    /// The fifth.
    DayOfWeek,
    /// The sixth.
    Year,
}

impl Field {
    /// Its name in AWS's documentation, the lowest and the highest number it may have, and what may be written in it.
    const fn facts(self) -> (&'static str, (u16, u16), &'static str) {
        match self {
            Self::Minutes => ("minutes", (0, 59), "0-59 and , - * /"),
            Self::Hours => ("hours", (0, 23), "0-23 and , - * /"),
            Self::DayOfMonth => ("day-of-month", (1, 31), "1-31 and , - * ? / L W"),
            Self::Month => ("month", (1, 12), "1-12 or JAN-DEC and , - * /"),
            Self::DayOfWeek => ("day-of-week", (1, 7), "1-7 or SUN-SAT (1 is Sunday) and , - * ? / L #"),
            Self::Year => ("year", YEARS, "1970-2199 and , - * /"),
        }
    }

    /// The lowest and the highest number it may have.
    pub const fn range(self) -> (u16, u16) {
        self.facts().1
    }

    /// Every number it may have.
    pub fn all(self) -> BTreeSet<u16> {
        let (first, last) = self.range();
        (first..=last).collect()
    }
}

impl Cron {
    /// Every time of the day at which it fires, sorted.
    pub fn times(&self) -> Vec<TimeOfDay> {
        let part = |value: u16| u8::try_from(value).unwrap_or(u8::MAX);
        self.hours
            .iter()
            .flat_map(|hour| self.minutes.iter().map(move |minute| (*hour, *minute)))
            .filter_map(|(hour, minute)| TimeOfDay::new(part(hour), part(minute)))
            .collect()
    }

    /// Whether it fires more than once in an hour, which AWS Backup does not offer: its highest
    /// frequency is hourly.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html>.
    pub fn is_sub_hourly(&self) -> bool {
        self.minutes.len() > 1
    }

    /// Whether it fires on every day of every year.
    pub fn is_every_day(&self) -> bool {
        self.days == Days::Every && self.every_month() && self.every_year()
    }

    /// Whether it fires on the same days of every week.
    pub fn is_every_week(&self) -> bool {
        matches!(self.days, Days::OfWeek(_)) && self.every_month() && self.every_year()
    }

    /// Whether no month is left out.
    pub fn every_month(&self) -> bool {
        self.months.len() == 12
    }

    /// Whether no year is left out.
    pub fn every_year(&self) -> bool {
        self.years.len() == Field::Year.all().len()
    }

    /// The same days and hours, at the first of its minutes alone.
    #[must_use]
    pub fn once_an_hour(&self) -> Self {
        Self { minutes: self.minutes.iter().copied().take(1).collect(), ..self.clone() }
    }

    /// The same days and times in every year.
    #[must_use]
    pub fn in_every_year(&self) -> Self {
        Self { years: Field::Year.all(), ..self.clone() }
    }

    /// The six fields, without `cron(…)`.
    pub fn fields(&self) -> String {
        let (month_days, week_days) = self.days.fields();
        format!(
            "{} {} {month_days} {} {week_days} {}",
            spelled(Field::Minutes, &self.minutes),
            spelled(Field::Hours, &self.hours),
            spelled(Field::Month, &self.months),
            spelled(Field::Year, &self.years),
        )
    }
}

/// The canonical spelling: `cron(0 16 * * ? *)`.
impl fmt::Display for Cron {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cron({})", self.fields())
    }
}

impl Days {
    /// Days of the month, as [`Days::Every`] where none is left out.
    pub(super) fn of_month(days: BTreeSet<u16>) -> Self {
        if days.len() == 31 { Self::Every } else { Self::OfMonth(days) }
    }

    /// Days of the week, as [`Days::Every`] where none is left out.
    pub(super) fn of_week(days: BTreeSet<Weekday>) -> Self {
        if days.len() == 7 { Self::Every } else { Self::OfWeek(days) }
    }

    /// The third and the fifth field.
    fn fields(&self) -> (String, String) {
        let unsaid = || "?".to_owned();
        match self {
            Self::Every => ("*".to_owned(), unsaid()),
            Self::OfMonth(days) => (spelled(Field::DayOfMonth, days), unsaid()),
            Self::LastOfMonth => ("L".to_owned(), unsaid()),
            Self::LastWorkingDay => ("LW".to_owned(), unsaid()),
            Self::NearestWorkingDay(day) => (format!("{day}W"), unsaid()),
            Self::OfWeek(days) => {
                let numbers = days.iter().map(|day| day.number()).collect();
                (unsaid(), spelled(Field::DayOfWeek, &numbers))
            }
            Self::LastWeekday(day) => (unsaid(), format!("{}L", day.number())),
            Self::NthWeekday(day, nth) => (unsaid(), format!("{}#{nth}", day.number())),
        }
    }
}

/// A set in the shortest of the spellings that read well: `*`; steps of five values and more;
/// otherwise a list in which three neighbours and more become a range.
fn spelled(field: Field, values: &BTreeSet<u16>) -> String {
    let all = field.all();
    if *values == all {
        return "*".to_owned();
    }
    stepped(field, values).unwrap_or_else(|| {
        runs(values).into_iter().map(|(first, last)| range(field, first, last)).collect::<Vec<_>>().join(",")
    })
}

/// `0/4` or `8-18/2`, if the values lie evenly and are at least five.
fn stepped(field: Field, values: &BTreeSet<u16>) -> Option<String> {
    let (first, last) = (*values.first()?, *values.last()?);
    let step = values.iter().nth(1)?.checked_sub(first).filter(|step| *step > 1)?;
    let even: BTreeSet<u16> = (first..=last).step_by(usize::from(step)).collect();
    if values.len() < 5 || even != *values {
        return None;
    }
    let (_, end) = field.range();
    let open = last + step > end;
    Some(if open {
        format!("{}/{step}", value(field, first))
    } else {
        format!("{}-{}/{step}", value(field, first), value(field, last))
    })
}

/// Maximal runs of neighbours.
fn runs(values: &BTreeSet<u16>) -> Vec<(u16, u16)> {
    let mut runs: Vec<(u16, u16)> = Vec::new();
    for value in values {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *value => *last = *value,
            _ => runs.push((*value, *value)),
        }
    }
    runs
}

fn range(field: Field, first: u16, last: u16) -> String {
    let (from, to) = (value(field, first), value(field, last));
    match last - first {
        0 => from,
        1 => format!("{from},{to}"),
        _ => format!("{from}-{to}"),
    }
}

/// Days of the week and months by name, because their numbers are what people get wrong.
fn value(field: Field, number: u16) -> String {
    let name = match field {
        Field::DayOfWeek => Weekday::numbered(number).map(Weekday::abbreviation),
        Field::Month => month(number).map(Month::abbreviation),
        Field::Minutes | Field::Hours | Field::DayOfMonth | Field::Year => None,
    };
    name.unwrap_or_else(|| number.to_string())
}

/// The month with a number of the month field.
pub(super) fn month(number: u16) -> Option<Month> {
    Month::new(u8::try_from(number).ok()?)
}
