//! Text in AWS's cron dialect into [`Cron`].
//!
//! Accepted: what AWS documents. Three points on which it is silent are decided here: a range
//! that runs backwards (`FRI-MON`, `22-2`) goes round the end, and is spelled as the list that
//! every reading agrees on; `L`, `W` and `#` stand alone, never in a list; a step is at most the
//! number of values of its field.

use std::collections::BTreeSet;

use super::{Cron, Days, Field};
use crate::time::calendar::{Month, Weekday};

/// What is wrong with a part of a field that is neither a number nor a name nor a wildcard of it.
const UNKNOWN: &str = "not a value of it";

/// What is wrong with a number that the field does not have.
const OUT_OF_RANGE: &str = "out of range";

/// What is wrong with `L`, `W`, `#` or `?` in a list with other values.
const IN_LIST: &str = "it must stand alone, without a list";

/// Reads an expression, with or without `cron(…)` around it.
///
/// # Errors
///
/// What AWS would not take, by field.
pub fn parse(text: &str) -> Result<Cron, String> {
    let fields: Vec<&str> = unwrapped(text)?.split_ascii_whitespace().collect();
    let [minutes, hours, month_days, months, week_days, years] = *fields.as_slice() else {
        return Err(format!(
            "a cron expression of AWS has six fields (minutes hours day-of-month month day-of-week year), this has {}",
            fields.len()
        ));
    };
    let days = match (month_days, week_days) {
        ("?", "?") => return Err("only one of the fields day-of-month and day-of-week may be `?`".to_owned()),
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
fn unwrapped(text: &str) -> Result<&str, String> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if lower.starts_with("rate(") {
        return Err("AWS Backup takes `cron(…)` only, not `rate(…)`".to_owned());
    }
    let inner = match lower.strip_prefix("cron(") {
        Some(_) => text.get(5..).and_then(|rest| rest.strip_suffix(')')),
        None => Some(text).filter(|text| !text.contains(['(', ')'])),
    };
    inner.ok_or_else(|| "write the six fields alone or inside `cron(…)`".to_owned())
}

/// A field that is wrong in itself is the better message.
fn no_question_mark(month_days: &str, week_days: &str) -> String {
    let unsaid = || "one of the fields day-of-month and day-of-week must be `?`".to_owned();
    of_month(month_days).and(of_week(week_days)).err().unwrap_or_else(unsaid)
}

fn of_month(text: &str) -> Result<Days, String> {
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

fn of_week(text: &str) -> Result<Days, String> {
    let field = Field::DayOfWeek;
    let upper = text.to_ascii_uppercase();
    if let Some((day, nth)) = upper.split_once('#') {
        alone(field, text)?;
        let nth = nth.parse().ok().filter(|nth| (1..=5).contains(nth));
        let nth = nth.ok_or_else(|| wrong(field, text, "a month has such a day once to five times"))?;
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

fn weekday(word: &str, text: &str) -> Result<Weekday, String> {
    let day = number(Field::DayOfWeek, word, text)?;
    Weekday::numbered(day).ok_or_else(|| wrong(Field::DayOfWeek, text, OUT_OF_RANGE))
}

fn alone(field: Field, text: &str) -> Result<(), String> {
    if text.contains(',') { Err(wrong(field, text, IN_LIST)) } else { Ok(()) }
}

/// A list of values, ranges and steps.
fn values(field: Field, text: &str) -> Result<BTreeSet<u16>, String> {
    let mut all = BTreeSet::new();
    for part in text.split(',') {
        all.extend(item(field, part).map_err(|problem| wrong(field, part, problem))?);
    }
    Ok(all)
}

/// One value, range or step.
fn item(field: Field, text: &str) -> Result<Vec<u16>, &'static str> {
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
fn round(field: Field, first: u16, last: u16) -> Result<Vec<u16>, &'static str> {
    let (low, high) = field.range();
    if first <= last {
        Ok((first..=last).collect())
    } else if field == Field::Year {
        Err("years do not run backwards")
    } else {
        Ok((first..=high).chain(low..=last).collect())
    }
}

fn step_of(field: Field, text: &str) -> Result<u16, &'static str> {
    let (low, high) = field.range();
    let step = digits(text).ok_or(UNKNOWN)?;
    if (1..=high - low + 1).contains(&step) {
        Ok(step)
    } else {
        Err("a step is at least 1 and at most the number of the field's values")
    }
}

fn number(field: Field, word: &str, text: &str) -> Result<u16, String> {
    value(field, word).map_err(|problem| wrong(field, text, problem))
}

/// A number or a name of the field.
fn value(field: Field, word: &str) -> Result<u16, &'static str> {
    let (low, high) = field.range();
    if let Some(number) = digits(word) {
        return if (low..=high).contains(&number) { Ok(number) } else { Err(OUT_OF_RANGE) };
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
fn unknown(field: Field, word: &str) -> &'static str {
    let day = matches!(field, Field::DayOfMonth | Field::DayOfWeek);
    match word {
        "?" | "L" | "l" | "LW" if day => IN_LIST,
        "?" => "only the two day fields may be `?`",
        _ if !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit()) => OUT_OF_RANGE,
        _ => UNKNOWN,
    }
}

fn digits(text: &str) -> Option<u16> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn wrong(field: Field, text: &str, problem: &str) -> String {
    let (name, _, allowed) = field.facts();
    format!("`{text}` in the field {name}: {problem}; allowed are {allowed}")
}
