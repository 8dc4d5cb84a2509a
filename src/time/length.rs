//! Lengths of time in whole minutes, the unit of every window of AWS Backup.

use std::fmt;
use std::ops::{Add, Sub};

use jiff::{SignedDuration, Timestamp};

/// A length of time in minutes; negative where a difference went below nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Minutes(pub i64);

impl Minutes {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// So many hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours.saturating_mul(60))
    }

    /// So many days of 24 hours, as AWS Backup counts retention.
    pub const fn days(days: i64) -> Self {
        Self(days.saturating_mul(24 * 60))
    }

    /// `40m`, `1h30m`, `2d`: numbers, each with its unit; weeks have 7 days and years 365. `None` for
    /// another text; what is longer than can be counted is as long as can be.
    pub fn parse(text: &str) -> Option<Self> {
        let mut total: Option<i64> = None;
        for part in text.split_inclusive(|c: char| !c.is_ascii_digit()) {
            let digits = part.trim_end_matches(|c: char| !c.is_ascii_digit());
            let unit = match part.get(digits.len()..) {
                Some("m") => 1,
                Some("h") => 60,
                Some("d") => 24 * 60,
                Some("w") => 7 * 24 * 60,
                Some("y") => 365 * 24 * 60,
                _ => return None,
            };
            let number = if digits.is_empty() { return None } else { digits.parse::<i64>().unwrap_or(i64::MAX) };
            total = Some(total.unwrap_or(0).saturating_add(number.saturating_mul(unit)));
        }
        total.map(Self)
    }

    /// The time from one instant to another, cut to whole minutes.
    pub fn between(from: Timestamp, to: Timestamp) -> Self {
        Self(from.duration_until(to).as_secs().div_euclid(60))
    }

    /// The instant so long after another; the last that can be represented if it is later still.
    pub fn after(self, instant: Timestamp) -> Timestamp {
        let shift = SignedDuration::from_secs(self.0.saturating_mul(60));
        instant.checked_add(shift).unwrap_or(if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
    }

    /// Days, hours and minutes, each without what the larger ones hold; of the absolute value.
    fn parts(self) -> (u64, u64, u64) {
        let minutes = self.0.unsigned_abs();
        (minutes / 1440, minutes / 60 % 24, minutes % 60)
    }

    /// In Japanese: `1 日 9 時間 30 分`.
    pub fn ja(self) -> String {
        self.spelled("日", "時間", "分")
    }

    fn spelled(self, day: &str, hour: &str, minute: &str) -> String {
        let (days, hours, minutes) = self.parts();
        let parts: Vec<String> = [(days, day), (hours, hour), (minutes, minute)]
            .into_iter()
            .filter(|(number, unit)| *number > 0 || (self.0 == 0 && *unit == minute))
            .map(|(number, unit)| format!("{number} {unit}"))
            .collect();
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}", parts.join(" "))
    }
}

/// In English: `1 d 9 h 30 min`.
impl fmt::Display for Minutes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelled("d", "h", "min"))
    }
}

impl Add for Minutes {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Minutes {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl std::iter::Sum for Minutes {
    fn sum<I: Iterator<Item = Self>>(lengths: I) -> Self {
        lengths.fold(Self::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_numbers_with_units() {
        assert_eq!(Minutes::parse("1h30m"), Some(Minutes(90)));
        assert_eq!(Minutes::parse("2d"), Some(Minutes::days(2)));
        assert_eq!(Minutes::parse("1w"), Some(Minutes::days(7)));
        for wrong in ["", "5", "h", "1h30", "90s", "-1h", "1 h", "1.5h", "+1h"] {
            assert_eq!(Minutes::parse(wrong), None, "{wrong}");
        }
        for long in ["99999999999999999999m", "9223372036854775807h", "9223372036854775807m1m"] {
            assert_eq!(Minutes::parse(long), Some(Minutes(i64::MAX)), "{long}");
        }
    }
}
