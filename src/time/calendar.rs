//! Days of the week, months and times of the day.

use std::fmt;

use jiff::ToSpan;
use jiff::civil::{Date, Time};

use crate::text::Language;

/// A day of the week, in the order and with the numbers of AWS: Sunday is 1.
///
/// Source: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// 1, `SUN`.
    Sunday = 1,
    /// 2, `MON`.
    Monday,
    /// 3, `TUE`.
    Tuesday,
    /// 4, `WED`.
    Wednesday,
    /// 5, `THU`.
    Thursday,
    /// 6, `FRI`.
    Friday,
    /// 7, `SAT`.
    Saturday,
}

impl Weekday {
    /// Every day, Sunday first.
    pub const ALL: [Self; 7] =
        [Self::Sunday, Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday, Self::Saturday];
    /// Monday to Friday.
    pub const WORKING: [Self; 5] = [Self::Monday, Self::Tuesday, Self::Wednesday, Self::Thursday, Self::Friday];

    /// The number that AWS gives the day, 1 to 7.
    pub const fn number(self) -> u16 {
        self as u16
    }

    /// The day with a number of AWS's, 1 to 7.
    pub fn numbered(number: u16) -> Option<Self> {
        Self::ALL.into_iter().find(|day| day.number() == number)
    }

    /// The day that a word names: `sun`, `Sunday`, `SUN`.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|day| is_named(word, &day.name()))
    }

    /// The day of the week of a date.
    pub fn of(date: Date) -> Self {
        Self::Sunday.shifted(i64::from(date.weekday().to_sunday_zero_offset()))
    }

    /// The day so many days later; earlier if negative.
    #[must_use]
    pub fn shifted(self, days: i64) -> Self {
        let steps = (i64::from(self.number()) - 1 + days).rem_euclid(7);
        usize::try_from(steps).ok().and_then(|steps| Self::ALL.get(steps).copied()).unwrap_or(self)
    }

    /// The English name.
    pub fn name(self) -> String {
        // A week that begins behind a Saturday.
        let date = Date::constant(2000, 1, 1).saturating_add(i64::from(self.number()).days());
        date.strftime("%A").to_string()
    }

    /// The three letters of cron: `SUN`.
    pub fn abbreviation(self) -> String {
        abbreviated(&self.name())
    }

    /// The Japanese name: `日曜日`.
    pub fn ja(self) -> String {
        "日月火水木金土".chars().nth(self as usize - 1).into_iter().chain("曜日".chars()).collect()
    }
}

/// Whether a word is a name or its first three letters, in any case.
fn is_named(word: &str, name: &str) -> bool {
    word.eq_ignore_ascii_case(name) || word.eq_ignore_ascii_case(&abbreviated(name))
}

fn abbreviated(name: &str) -> String {
    name.chars().take(3).collect::<String>().to_ascii_uppercase()
}

/// A month, 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u8);

impl Month {
    /// The month with a number, 1 to 12.
    pub fn new(number: u8) -> Option<Self> {
        (1..=12).contains(&number).then_some(Self(number))
    }

    /// The month that a word names: `jan`, `January`, `JAN`.
    pub fn named(word: &str) -> Option<Self> {
        (1..=12).map(Self).find(|month| is_named(word, &month.name()))
    }

    /// Its number, 1 to 12.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The English name.
    pub fn name(self) -> String {
        let date = Date::constant(2000, 1, 1).saturating_add((i64::from(self.0) - 1).months());
        date.strftime("%B").to_string()
    }

    /// The three letters of cron: `JAN`.
    pub fn abbreviation(self) -> String {
        abbreviated(&self.name())
    }

    /// The Japanese name: `1 月`.
    pub fn ja(self) -> String {
        format!("{} 月", self.0)
    }

    /// Its days in a year in which it is shortest.
    pub const fn shortest(self) -> u8 {
        match self.0 {
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    /// Its days in a year in which it is longest.
    pub const fn longest(self) -> u8 {
        if self.0 == 2 { 29 } else { self.shortest() }
    }
}

/// A time of the day to the minute, as a clock on the wall shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
}

impl TimeOfDay {
    /// A time from its hour, 0 to 23, and its minute, 0 to 59.
    pub const fn new(hour: u8, minute: u8) -> Option<Self> {
        if hour < 24 && minute < 60 { Some(Self { hour, minute }) } else { None }
    }

    /// Reads `01:00`; both digits of the minute are needed, one of the hour suffices.
    pub fn parse(text: &str) -> Option<Self> {
        let (hour, minute) = text.split_once(':')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !(1..=2).contains(&hour.len()) || minute.len() != 2 || !digits(hour) || !digits(minute) {
            return None;
        }
        Self::new(hour.parse().ok()?, minute.parse().ok()?)
    }

    /// The hour, 0 to 23.
    pub const fn hour(self) -> u8 {
        self.hour
    }

    /// The minute, 0 to 59.
    pub const fn minute(self) -> u8 {
        self.minute
    }

    /// Minutes since midnight, 0 to 1439.
    pub fn minute_of_day(self) -> i64 {
        i64::from(self.hour) * 60 + i64::from(self.minute)
    }

    /// The time so many minutes after midnight, counted round the clock.
    pub fn at_minute(minute: i64) -> Self {
        let minute = minute.rem_euclid(1440);
        let part = |value: i64| u8::try_from(value).unwrap_or_default();
        Self { hour: part(minute / 60), minute: part(minute % 60) }
    }

    /// The time so many minutes later on the same day.
    pub fn later(self, minutes: i64) -> Option<Self> {
        let minute = self.minute_of_day() + minutes;
        (0..1440).contains(&minute).then(|| Self::at_minute(minute))
    }

    /// The time of day of a civil time, without its seconds.
    pub fn of(time: Time) -> Self {
        Self::at_minute(i64::from(time.hour()) * 60 + i64::from(time.minute()))
    }

    /// As a civil time.
    pub fn civil(self) -> Time {
        let part = |value: u8| i8::try_from(value).unwrap_or_default();
        Time::new(part(self.hour), part(self.minute), 0, 0).unwrap_or_default()
    }
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)
    }
}

/// Joins words for a sentence: `a`, `a and b`, `a, b and c`; `a、b、c` in Japanese.
pub(crate) fn listed<T: fmt::Display>(words: impl IntoIterator<Item = T>, language: Language) -> String {
    let words: Vec<String> = words.into_iter().map(|word| word.to_string()).collect();
    match (language, words.as_slice()) {
        (Language::English, [others @ .., last]) if !others.is_empty() => format!("{} and {last}", others.join(", ")),
        (_, words) => language.list(words),
    }
}
