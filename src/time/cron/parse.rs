//! Text in AWS's cron dialect into [`Cron`].
//!
//! Accepted: what AWS documents. Three points on which it is silent are decided here: a range
//! that runs backwards (`FRI-MON`, `22-2`) goes round the end, and is spelled as the list that
//! every reading agrees on; `L`, `W` and `#` stand alone, never in a list; a step is at most the
//! number of values of its field.

use std::collections::BTreeSet;
use std::fmt;

use super::{Cron, Days, Field};
use crate::time::calendar::{Month, Weekday};

/// Why a text is no cron expression that AWS Backup takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CronError {
    /// `rate(…)`, which AWS Backup does not take.
    Rate,
    /// A parenthesis is missing or something surrounds `cron(…)`.
    Wrapper,
    /// Not six fields.
    FieldCount(usize),
    /// `?` in neither day field.
    NoQuestionMark,
    /// `?` in both day fields.
    TwoQuestionMarks,
    /// Something is wrong in one field.
    Field {
        /// The field.
        field: Field,
        /// The part of it that is wrong.
        text: String,
        /// What is wrong with it.
        problem: FieldProblem,
    },
}

/// What is wrong with a part of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldProblem {
    /// Neither a number nor a name nor a wildcard of the field.
    Unknown,
    /// A number outside the field's range.
    OutOfRange,
    /// A step of zero, or one with more than the field's values.
    Step,
    /// A range of years that runs backwards.
    Backwards,
    /// `L`, `W`, `#` or `?` in a list with other values.
    InList,
    /// `?` in a field other than the two day fields.
    QuestionMark,
    /// The fifth field counts occurrences in a month from 1 to 5.
    Nth,
}

impl fmt::Display for CronError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rate => f.write_str("AWS Backup takes `cron(…)` only, not `rate(…)`"),
            Self::Wrapper => f.write_str("write the six fields alone or inside `cron(…)`"),
            Self::FieldCount(found) => write!(
                f,
                "a cron expression of AWS has six fields (minutes hours day-of-month month day-of-week year), this has {found}"
            ),
            Self::NoQuestionMark => f.write_str("one of the fields day-of-month and day-of-week must be `?`"),
            Self::TwoQuestionMarks => f.write_str("only one of the fields day-of-month and day-of-week may be `?`"),
            Self::Field { field, text, problem } => {
                write!(f, "`{text}` in the field {}: {problem}; allowed are {}", field.name(), field.allowed())
            }
        }
    }
}

impl std::error::Error for CronError {}

impl fmt::Display for FieldProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unknown => "not a value of it",
            Self::OutOfRange => "out of range",
            Self::Step => "a step is at least 1 and at most the number of the field's values",
            Self::Backwards => "years do not run backwards",
            Self::InList => "it must stand alone, without a list",
            Self::QuestionMark => "only the two day fields may be `?`",
            Self::Nth => "a month has such a day once to five times",
        })
    }
}

/// Reads an expression, with or without `cron(…)` around it.
///
/// # Errors
///
/// What AWS would not take, by field; see [`CronError`].
pub fn parse(text: &str) -> Result<Cron, CronError> {
    let fields: Vec<&str> = unwrapped(text)?.split_ascii_whitespace().collect();
    let [minutes, hours, month_days, months, week_days, years] = *fields.as_slice() else {
        return Err(CronError::FieldCount(fields.len()));
    };
    let days = match (month_days, week_days) {
        ("?", "?") => return Err(CronError::TwoQuestionMarks),
        ("?", days) => of_week(days)?,
        (days, "?") => of_month(days)?,
        _ => return Err(no_question_mark(month_days, week_days)),
    };
    Ok(Cron {
        minutes: values(Field::Minutes, minutes)?,
        hours: values(Field::Hours, hours)?,
        days,
        months: values(Field::Month, months)?,
        years: values(Field::Year, years)?,
    })
}

/// What is inside `cron(…)`.
fn unwrapped(text: &str) -> Result<&str, CronError> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("rate(") {
        return Err(CronError::Rate);
    }
    if lower.starts_with("cron(") {
        let inner = text.get(5..).and_then(|rest| rest.strip_suffix(')'));
        return inner.ok_or(CronError::Wrapper);
    }
    if text.contains(['(', ')']) { Err(CronError::Wrapper) } else { Ok(text) }
}

/// A field that is wrong in itself is the better message.
fn no_question_mark(month_days: &str, week_days: &str) -> CronError {
    of_month(month_days).and(of_week(week_days)).err().unwrap_or(CronError::NoQuestionMark)
}

fn of_month(text: &str) -> Result<Days, CronError> {
    let field = Field::DayOfMonth;
    let upper = text.to_ascii_uppercase();
    match upper.as_str() {
        "L" => return Ok(Days::LastOfMonth),
        "LW" | "WL" => return Ok(Days::LastWorkingDay),
        _ => {}
    }
    if let Some(day) = upper.strip_suffix('W') {
        alone(field, text)?;
        return number(field, day, text).map(Days::NearestWorkingDay);
    }
    values(field, text).map(Days::of_month)
}

fn of_week(text: &str) -> Result<Days, CronError> {
    let field = Field::DayOfWeek;
    let upper = text.to_ascii_uppercase();
    if let Some((day, nth)) = upper.split_once('#') {
        alone(field, text)?;
        let nth = nth.parse().ok().filter(|nth| (1..=5).contains(nth));
        let nth = nth.ok_or_else(|| wrong(field, text, FieldProblem::Nth))?;
        return Ok(Days::NthWeekday(weekday(day, text)?, nth));
    }
    // `L` alone is the last day of the week, and AWS's week ends on Saturday.
    if upper == "L" {
        return Ok(Days::OfWeek(BTreeSet::from([Weekday::Saturday])));
    }
    if let Some(day) = upper.strip_suffix('L') {
        alone(field, text)?;
        return weekday(day, text).map(Days::LastWeekday);
    }
    let numbers = values(field, text)?;
    Ok(Days::of_week(numbers.into_iter().filter_map(Weekday::numbered).collect()))
}

fn weekday(word: &str, text: &str) -> Result<Weekday, CronError> {
    let day = number(Field::DayOfWeek, word, text)?;
    Weekday::numbered(day).ok_or_else(|| wrong(Field::DayOfWeek, text, FieldProblem::OutOfRange))
}

fn alone(field: Field, text: &str) -> Result<(), CronError> {
    if text.contains(',') { Err(wrong(field, text, FieldProblem::InList)) } else { Ok(()) }
}

/// A list of values, ranges and steps.
fn values(field: Field, text: &str) -> Result<BTreeSet<u16>, CronError> {
    let mut all = BTreeSet::new();
    for part in text.split(',') {
        all.extend(item(field, part).map_err(|problem| wrong(field, part, problem))?);
    }
    Ok(all)
}

/// One value, range or step.
fn item(field: Field, text: &str) -> Result<Vec<u16>, FieldProblem> {
    let (reach, step) = match text.split_once('/') {
        Some((reach, step)) => (reach, Some(step_of(field, step)?)),
        None => (text, None),
    };
    let (low, high) = field.range();
    let reached: Vec<u16> = if reach == "*" {
        (low..=high).collect()
    } else if let Some((first, last)) = reach.split_once('-') {
        round(field, value(field, first)?, value(field, last)?)?
    } else {
        let first = value(field, reach)?;
        (first..=if step.is_some() { high } else { first }).collect()
    };
    Ok(reached.into_iter().step_by(usize::from(step.unwrap_or(1))).collect())
}

/// From one value to another, round the end of the field if need be.
fn round(field: Field, first: u16, last: u16) -> Result<Vec<u16>, FieldProblem> {
    let (low, high) = field.range();
    if first <= last {
        Ok((first..=last).collect())
    } else if field == Field::Year {
        Err(FieldProblem::Backwards)
    } else {
        Ok((first..=high).chain(low..=last).collect())
    }
}

fn step_of(field: Field, text: &str) -> Result<u16, FieldProblem> {
    let (low, high) = field.range();
    let step = digits(text).ok_or(FieldProblem::Unknown)?;
    if (1..=high - low + 1).contains(&step) { Ok(step) } else { Err(FieldProblem::Step) }
}

fn number(field: Field, word: &str, text: &str) -> Result<u16, CronError> {
    value(field, word).map_err(|problem| wrong(field, text, problem))
}

/// A number or a name of the field.
fn value(field: Field, word: &str) -> Result<u16, FieldProblem> {
    let (low, high) = field.range();
    if let Some(number) = digits(word) {
        return if (low..=high).contains(&number) { Ok(number) } else { Err(FieldProblem::OutOfRange) };
    }
    let short = word.len() == 3;
    let named = match field {
        Field::Month if short => Month::named(word).map(|month| u16::from(month.number())),
        Field::DayOfWeek if short => Weekday::named(word).map(Weekday::number),
        Field::Minutes | Field::Hours | Field::DayOfMonth | Field::Month | Field::DayOfWeek | Field::Year => None,
    };
    named.ok_or_else(|| unknown(field, word))
}

/// Why a word is neither a number nor a name.
fn unknown(field: Field, word: &str) -> FieldProblem {
    let day = matches!(field, Field::DayOfMonth | Field::DayOfWeek);
    match word {
        "?" | "L" | "l" | "LW" if day => FieldProblem::InList,
        "?" => FieldProblem::QuestionMark,
        _ if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) => FieldProblem::OutOfRange,
        _ => FieldProblem::Unknown,
    }
}

fn digits(text: &str) -> Option<u16> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn wrong(field: Field, text: &str, problem: FieldProblem) -> CronError {
    CronError::Field { field, text: text.to_owned(), problem }
}
