//! Lengths of time and times of the day as people write them, and how the language writes the same.

use crate::time::calendar::TimeOfDay;
use crate::time::zone;

/// A unit of time, as people write it.
#[derive(Debug)]
struct Unit {
    /// Its words, in lower case.
    words: &'static [&'static str],
    /// The unit of the language that it is counted in.
    letter: &'static str,
    /// How many of those it has.
    factor: u64,
    /// What is said beside, where the length must be known to be understood.
    note: Note,
}

/// What is said beside a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Note {
    Nothing,
    /// How long the unit is.
    Of(&'static str),
    /// That the unit, which this names, has no fixed length.
    Varies(&'static str),
}

const fn unit(words: &'static [&'static str], letter: &'static str, factor: u64, note: Note) -> Unit {
    Unit { words, letter, factor, note }
}

const UNITS: &[Unit] = &[
    unit(&["m", "min", "mins", "minute", "minutes", "分", "分間"], "m", 1, Note::Nothing),
    unit(&["h", "hr", "hrs", "hour", "hours", "時間"], "h", 1, Note::Nothing),
    unit(&["d", "day", "days", "日", "日間"], "d", 1, Note::Nothing),
    unit(&["w", "wk", "wks", "week", "weeks", "週", "週間"], "w", 1, Note::Of("weeks of 7 days")),
    unit(&["fortnight", "fortnights"], "w", 2, Note::Of("weeks of 7 days")),
    unit(
        &["mo", "mon", "mos", "month", "months", "月", "か月", "ヶ月", "カ月", "ヵ月", "ケ月", "箇月"],
        "d",
        31,
        Note::Varies("month"),
    ),
    unit(&["quarter", "quarters", "四半期"], "d", 93, Note::Varies("quarter")),
    unit(&["y", "yr", "yrs", "year", "years", "年", "年間"], "y", 1, Note::Of("years of 365 days")),
    unit(&["decade", "decades"], "y", 10, Note::Of("years of 365 days")),
];

/// Units of the language and their minutes.
const LETTERS: &[(&str, u64)] = &[("m", 1), ("h", 60), ("d", 24 * 60), ("w", 7 * 24 * 60), ("y", 365 * 24 * 60)];

/// What to write instead of a length of time where units of these letters are taken; in days, or else in hours,
/// where its own is not. `None` for what is no number with a unit.
pub(super) fn length(text: &str, letters: &str) -> Option<String> {
    let lower = text.trim_matches([';', '.', '+', '~', '<', '>', '=', '(', ')']).to_lowercase();
    let (number, word) = match lower.split_once(char::is_whitespace) {
        Some(("a" | "an" | "one", unit)) => ("1", unit),
        _ => lower.split_at(lower.find(|c: char| !c.is_ascii_digit())?),
    };
    let count = u64::from(number.parse::<u32>().ok()?);
    // Minutes and months share a letter: what can be meant is meant.
    let word = if word == "m" && letters.contains('d') && !letters.contains('m') { "mo" } else { word.trim() };
    let unit = UNITS.iter().find(|unit| unit.words.contains(&word))?;
    let minutes = |letter| LETTERS.iter().find(|(other, _)| *other == letter).map(|(_, minutes)| *minutes);
    let is_taken = letters.contains(unit.letter);
    let letter = if is_taken { unit.letter } else { ["d", "h"].into_iter().find(|letter| letters.contains(letter))? };
    let total = count * unit.factor * minutes(unit.letter)?;
    // What is kept longer than it was meant is kept; what runs otherwise than it was meant is another schedule.
    let is_exact = total % minutes(letter)? == 0 && total <= 24 * 60;
    let length = Some(format!("{}{letter}", total.div_ceil(minutes(letter)?)))
        .filter(|_| letter == "d" || is_taken || is_exact)?;
    Some(match unit.note {
        Note::Varies(what) => {
            let plural = if count == 1 { "" } else { "s" };
            format!("a {what} has no fixed number of days: write days, such as `{length}` for {count} {what}{plural}")
        }
        Note::Of(what) if is_taken => format!("write `{length}`, {what}"),
        Note::Of(_) | Note::Nothing => format!("write `{length}`"),
    })
}

/// What people count where a length of time is meant, without the `s` of the plural.
const COUNTED: &[&str] =
    &["backup", "copy", "copie", "version", "snapshot", "recovery", "point", "generation", "run", "個", "世代", "回"];

/// Whether a text is a number of things that are kept, as in `7 copies`.
pub(super) fn is_count(text: &str) -> bool {
    let number = text.trim_start_matches("the ").trim_start_matches("last ");
    let what = number.trim_start_matches(|c: char| c.is_ascii_digit());
    what.len() < number.len() && COUNTED.contains(&what.trim().to_lowercase().trim_end_matches('s'))
}

/// Words for times of the day, and the times.
const NAMED: &[(&str, &str)] = &[("noon", "12:00"), ("midday", "12:00"), ("midnight", "00:00"), ("正午", "12:00")];

/// The halves of a day, in front of the hour or behind the time, and whether they are the later one.
const HALVES: &[(&str, bool)] =
    &[("a.m.", false), ("p.m.", true), ("am", false), ("pm", true), ("午前", false), ("午後", true)];

/// Times of the day that are joined within one word, or one, as the language writes them.
pub(super) fn times(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(['/', ';', '&']).collect();
    if parts.len() > 1 && parts.iter().all(|part| TimeOfDay::parse(part).is_some()) {
        return Some(parts.join(", "));
    }
    time(text)
}

/// A time of the day as the language writes it, with the zone that is in the same word where there is one: `01:00`,
/// `01:00 JST`. `None` for what is no time.
pub(super) fn time(text: &str) -> Option<String> {
    if let Some((_, time)) = NAMED.iter().find(|(word, _)| word.eq_ignore_ascii_case(text)) {
        return Some((*time).to_owned());
    }
    let lower = text.to_ascii_lowercase();
    let before = HALVES.iter().find_map(|(half, late)| Some((lower.strip_prefix(half)?, *late)));
    let behind = HALVES.iter().find_map(|(half, late)| Some((lower.strip_suffix(half)?, *late)));
    let (written, late) = before.or(behind).map_or((lower.as_str(), None), |(rest, late)| (rest, Some(late)));
    let written = written.trim().trim_start_matches('t');
    let (hour, minute, rest) = hour_and_minute(written)?;
    let hour = match late {
        Some(late) if hour <= 12 => hour % 12 + if late { 12 } else { 0 },
        _ => hour,
    };
    let time = TimeOfDay::new(hour, minute)?;
    if rest.is_empty() {
        return Some(time.to_string());
    }
    // The zone is taken from the text as it was written.
    let zone = text.get(text.len().checked_sub(rest.len())?..)?;
    // `01:00-02:00` is a span as well.
    if zone.starts_with('-') {
        return None;
    }
    zone::written(zone).map(|zone| format!("{time} {zone}"))
}

/// The hour and the minute at the beginning of a text, and what follows them and their seconds.
fn hour_and_minute(text: &str) -> Option<(u8, u8, &str)> {
    let (digits, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    if let Some(hours) = digits.len().checked_sub(2).filter(|hours| (1..=2).contains(hours)) {
        let (hour, minute) = digits.split_at_checked(hours)?;
        return Some((hour.parse().ok()?, minute.parse().ok()?, rest));
    }
    let hour = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    let Some(behind) = [":", ".", "h", "時"].into_iter().find_map(|sign| rest.strip_prefix(sign)) else {
        return Some((hour, 0, rest)).filter(|_| rest.is_empty());
    };
    if let Some(rest) = behind.strip_prefix('半') {
        return Some((hour, 30, rest));
    }
    let (minute, behind) = behind.split_at(behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len()));
    let minute = match minute.len() {
        0 if !rest.starts_with([':', '.']) => 0,
        1 if rest.starts_with('時') => minute.parse().ok()?,
        2 => minute.parse().ok()?,
        _ => return None,
    };
    let rest = behind.strip_prefix('分').unwrap_or(behind);
    let is_second = |rest: &&str| rest.get(..2).is_some_and(|second| second.bytes().all(|byte| byte.is_ascii_digit()));
    let second = rest.strip_prefix(':').filter(is_second).and_then(|rest| rest.get(2..));
    Some((hour, minute, second.unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_in_the_units_that_are_taken() {
        let kept = |text: &str| length(text, "dwy").unwrap_or_default();
        for (text, expected) in [
            ("24 hours", "write `1d`"),
            ("24h", "write `1d`"),
            ("36h", "write `2d`"),
            ("7 Days", "write `7d`"),
            ("7日間", "write `7d`"),
            ("a week", "write `1w`, weeks of 7 days"),
            ("1 fortnight", "write `2w`, weeks of 7 days"),
            ("2年", "write `2y`, years of 365 days"),
            ("1 quarter", "a quarter has no fixed number of days: write days, such as `93d` for 1 quarter"),
            ("3m", "a month has no fixed number of days: write days, such as `93d` for 3 months"),
            ("7", ""),
            ("7 dogs", ""),
            ("7d;", "write `7d`"),
            (">=7d", "write `7d`"),
            ("-7d", ""),
            ("99999999999d", ""),
        ] {
            assert_eq!(kept(text), expected, "{text}");
        }
        assert_eq!(length("90 minutes", "mhdwy").as_deref(), Some("write `90m`"));
        assert_eq!(length("1y", "d").as_deref(), Some("write `365d`"));
        assert_eq!(length("6 hours", "h").as_deref(), Some("write `6h`"));
        assert_eq!(length("120m", "h").as_deref(), Some("write `2h`"));
        assert_eq!(length("1 day", "h").as_deref(), Some("write `24h`"));
        for other in ["90m", "30 minutes", "2 days", "1 month"] {
            assert_eq!(length(other, "h"), None, "{other}");
        }
    }

    #[test]
    fn numbers_of_things_are_no_lengths() {
        for text in ["7 backups", "7copies", "1 Version", "3世代", "the last 7 backups"] {
            assert!(is_count(text), "{text}");
        }
        for text in ["7", "7 days", "backups", "7d", ""] {
            assert!(!is_count(text), "{text}");
        }
    }

    #[test]
    fn times_are_written_by_the_clock_of_24_hours() {
        for (text, expected) in [
            ("1am", "01:00"),
            ("1 am", "01:00"),
            ("12AM", "00:00"),
            ("12pm", "12:00"),
            ("1:30 p.m.", "13:30"),
            ("13:30pm", "13:30"),
            ("01:00Z", "01:00 Z"),
            ("01:00JST", "01:00 JST"),
            ("01:00+09:00", "01:00 +09:00"),
            ("01:00UTC+9", "01:00 +09:00"),
            ("01:00:00", "01:00"),
            ("T01:00:00Z", "01:00 Z"),
            ("0100", "01:00"),
            ("130", "01:30"),
            ("1", "01:00"),
            ("01h00", "01:00"),
            ("1時", "01:00"),
            ("13時半", "13:30"),
            ("1時30分", "01:30"),
            ("午後1時", "13:00"),
            ("noon", "12:00"),
        ] {
            assert_eq!(time(text).as_deref(), Some(expected), "{text}");
        }
        for text in
            ["", "25", "24:00", "10000", "01-00", "1x", "01:00EST", "am", "1:60", "1:0", "1:", "00:00-01:00", "時"]
        {
            assert_eq!(time(text), None, "{text}");
        }
    }
}
