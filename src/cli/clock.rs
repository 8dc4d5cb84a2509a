//! The clock: read here, and nowhere else.

use std::str::FromStr as _;

use jiff::Timestamp;
use jiff::civil::{Date, Time};

/// The instant that coming dates are counted from.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Now {
    /// Count coming dates from this instant instead of now, such as `2026-12-03T14:37+09:00`
    #[arg(long, value_name = "INSTANT", value_parser = parse)]
    now: Option<Timestamp>,
}

impl Now {
    /// The instant that was asked for, else that of the system clock.
    #[expect(clippy::disallowed_methods, reason = "this is the edge where the clock is read")]
    pub(super) fn instant(&self) -> Timestamp {
        self.now.unwrap_or_else(Timestamp::now)
    }
}

/// An instant with its offset; seconds may be left out.
///
/// # Errors
///
/// Says which part is missing or is none.
pub(super) fn parse(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| why(text).unwrap_or_else(|| format!("write date, time and offset, such as {EXAMPLES}")))
}

const EXAMPLES: &str = "`2026-12-03T14:37+09:00` or `2026-12-03T05:37Z`";

/// What is wrong with a text that has the parts of an instant; `None` where it has not.
fn why(text: &str) -> Option<String> {
    let (date, rest) = text.split_once(['T', 't', ' '])?;
    let (time, offset) = rest.split_at_checked(rest.find(['Z', 'z', '+', '-'])?)?;
    let (year, day) = date.split_at_checked(date.len().checked_sub("-12-31".len())?)?;
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let two = |text: &str| text.len() == 2 && is_digits(text);
    let shaped = year.len() >= 4 && is_digits(year) && day.strip_prefix('-')?.split('-').all(two);
    if !shaped || !time.split(':').all(two) {
        return None;
    }
    Some(if year.len() == 4 && Date::from_str(date).is_err() {
        format!("there is no day {date}")
    } else if Time::from_str(time).is_err() {
        format!("there is no time {time}: a day begins at 00:00 and ends at 23:59")
    } else if Timestamp::from_str(&format!("2000-01-01T00:00{offset}")).is_err() {
        format!("there is no offset {offset}: write one such as `+09:00`, or `Z`")
    } else {
        format!("the year {year} is out of reach")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_an_instant_is_said() {
        for (text, said) in [
            ("2026-12-03", "write date, time and offset"),
            ("2026-12-03T14:37", "write date, time and offset"),
            ("2026-12-03T14:37 JST", "write date, time and offset"),
            ("2026-12-03T14:37[Asia/Tokyo]", "write date, time and offset"),
            ("26-12-03T14:37Z", "write date, time and offset"),
            ("2026-12-3T14:37Z", "write date, time and offset"),
            ("2026-12-03T1:37Z", "write date, time and offset"),
            ("now", "write date, time and offset"),
            ("é-é-éTéZ", "write date, time and offset"),
            ("2026-02-30T00:00Z", "there is no day 2026-02-30"),
            ("2027-02-29T00:00+09:00", "there is no day 2027-02-29"),
            ("2026-13-01T00:00:00Z", "there is no day 2026-13-01"),
            ("2026-12-03T24:00Z", "there is no time 24:00"),
            ("2026-12-03T14:60Z", "there is no time 14:60"),
            ("2026-12-03T14:37+99:00", "there is no offset +99:00"),
            ("2026-12-03T14:37+JST", "there is no offset +JST"),
            ("9999-12-31T00:00Z", "the year 9999 is out of reach"),
            ("10000-01-01T00:00Z", "the year 10000 is out of reach"),
        ] {
            let error = parse(text).unwrap_err();
            assert!(error.starts_with(said), "{text}: {error}");
        }
        for text in ["2026-12-03T14:37+09:00", "2026-12-03T05:37:00Z", "2028-02-29 00:00Z", "9999-12-30T00:00Z"] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }
}
