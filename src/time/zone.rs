//! Words for time zones into zones of the bundled tz database.

mod abbreviation;

use std::cmp::Ordering;
use std::fmt;
use std::sync::{Arc, LazyLock};

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{AmbiguousOffset, Offset, TimeZone, TimeZoneDatabase};
use jiff::{Timestamp, ToSpan};

/// The tz database that is compiled in; a directory of the machine is never read.
static DATABASE: LazyLock<TimeZoneDatabase> = LazyLock::new(TimeZoneDatabase::bundled);

/// 2026-01-01T00:00Z: a zone that never shifts after this instant counts as one without daylight
/// saving. It is a constant because the compiler has no clock, and may only ever move forward
/// together with the bundled tz database.
pub const REFERENCE: Timestamp = Timestamp::constant(1_767_225_600, 0);

/// 2200-01-01T00:00Z: AWS's cron knows the years up to 2199.
pub const END: Timestamp = Timestamp::constant(7_258_118_400, 0);

/// How many suggestions a word that is no zone gets at most.
const SUGGESTIONS: usize = 3;

/// A time zone; cheap to clone, and equal to another with the same canonical name.
#[derive(Clone)]
pub struct Zone {
    name: Arc<str>,
    rules: TimeZone,
}

/// What a word for a zone turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// A canonical IANA name, an unambiguous abbreviation or an offset.
    Found(Zone),
    /// A name that is spelled otherwise today, such as `Japan`; AWS wants the canonical one.
    Renamed(Zone),
    /// An abbreviation that several clocks share; these IANA names may be meant.
    Ambiguous(&'static [&'static str]),
    /// An abbreviation of one half of a clock that shifts: the IANA name that shifts, then ones
    /// that keep the offset all year, where there are any.
    HidesDaylightSaving(&'static [&'static str]),
    /// An offset in another form, such as `UTC+9`, and the zone that it means.
    Offset(Zone),
    /// An offset that no clock has: it must be `±hh:mm` from `-12:00` to `+14:00`.
    NoOffset,
    /// Nothing known; [`nearest`] may be meant.
    Unknown,
}

impl Lookup {
    /// The zone, if the word means one.
    pub fn zone(self) -> Option<Zone> {
        match self {
            Self::Found(zone) | Self::Renamed(zone) => Some(zone),
            Self::Ambiguous(_) | Self::HidesDaylightSaving(_) | Self::Offset(_) | Self::NoOffset | Self::Unknown => {
                None
            }
        }
    }
}

/// When a wall-clock time happens on its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happens {
    /// At one instant.
    Once(Timestamp),
    /// Never: the clock is set forward past it.
    Never,
    /// At two instants: the clock is set back over it.
    Twice(Timestamp, Timestamp),
}

/// Finds the zone that a word means.
pub fn find(word: &str) -> Lookup {
    if word.starts_with(SIGNS) {
        return fixed(word).map(Lookup::Found).or_else(|| offset(word)).unwrap_or(Lookup::NoOffset);
    }
    if let Some([name]) = abbreviation::zones(abbreviation::CLEAR, word) {
        return named(name).map_or(Lookup::Unknown, Lookup::Found);
    }
    if let Some(zones) = abbreviation::zones(abbreviation::AMBIGUOUS, word) {
        return Lookup::Ambiguous(zones);
    }
    if let Some(zones) = abbreviation::zones(abbreviation::HIDES_DAYLIGHT_SAVING, word) {
        return Lookup::HidesDaylightSaving(zones);
    }
    match named(word) {
        Some(zone) if zone.name() == word || zone.iana_name() == Some(word) => Lookup::Found(zone),
        Some(zone) => Lookup::Renamed(zone),
        // The signs of `Etc/GMT+9` mean the reverse, so nobody who writes `GMT+9` means that name.
        None => offset(word).unwrap_or(Lookup::Unknown),
    }
}

/// How the language writes the clock that a word means, where it means one: `JST`, `+09:00` for `UTC+9`.
pub(crate) fn written(word: &str) -> Option<String> {
    match find(word) {
        Lookup::Found(_) => Some(word.to_owned()),
        Lookup::Renamed(zone) | Lookup::Offset(zone) => Some(zone.name().to_owned()),
        Lookup::Ambiguous(_) | Lookup::HidesDaylightSaving(_) | Lookup::NoOffset | Lookup::Unknown => None,
    }
}

/// The names of every zone of the database, sorted.
pub fn names() -> Vec<String> {
    let mut names: Vec<String> = DATABASE.available().map(|name| name.as_str().to_owned()).collect();
    names.sort_unstable();
    names
}

impl Zone {
    /// Coordinated Universal Time.
    pub fn utc() -> Self {
        Self { name: Arc::from("UTC"), rules: TimeZone::UTC }
    }

    /// The canonical IANA name; `UTC`; the offset of a zone that has no name: `+09:00`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name to write in `ScheduleExpressionTimezone`; none for an offset without a name.
    pub fn iana_name(&self) -> Option<&str> {
        if self.is_utc() { Some("Etc/UTC") } else { self.rules.iana_name() }
    }

    /// Whether this is Coordinated Universal Time.
    pub fn is_utc(&self) -> bool {
        &*self.name == "UTC"
    }

    /// Whether the clock never shifts after [`REFERENCE`], as far as the tz database knows.
    pub fn is_constant(&self) -> bool {
        self.constant_offset().is_some()
    }

    /// Minutes east of UTC, if the clock never shifts after [`REFERENCE`].
    pub fn constant_offset(&self) -> Option<i64> {
        let offset = self.rules.to_offset(REFERENCE);
        let shifts = self
            .rules
            .following(REFERENCE)
            .take_while(|shift| shift.timestamp() < END)
            .any(|shift| shift.offset() != offset);
        (!shifts).then(|| minutes(offset))
    }

    /// Minutes east of UTC at an instant, cut to whole minutes.
    pub fn offset_at(&self, instant: Timestamp) -> i64 {
        minutes(self.rules.to_offset(instant))
    }

    /// What the wall clock shows at an instant.
    pub fn wall_clock(&self, instant: Timestamp) -> DateTime {
        self.rules.to_datetime(instant)
    }

    /// When the wall clock shows a time.
    pub fn happens(&self, local: DateTime) -> Happens {
        let instant = |offset: Offset| offset.to_timestamp(local).ok();
        match self.rules.to_ambiguous_timestamp(local).offset() {
            AmbiguousOffset::Unambiguous { offset } => instant(offset).map_or(Happens::Never, Happens::Once),
            AmbiguousOffset::Gap { .. } => Happens::Never,
            AmbiguousOffset::Fold { before, after } => match (instant(before), instant(after)) {
                (Some(first), Some(second)) => Happens::Twice(first, second),
                (Some(only), None) | (None, Some(only)) => Happens::Once(only),
                (None, None) => Happens::Never,
            },
        }
    }

    /// The offset at which every time of a date happens once, and the last date of which that is so; none if the
    /// clock may shift within days of the date.
    pub(crate) fn steady(&self, date: Date) -> Option<(Offset, Date)> {
        // No offset and no shift is as large as two days.
        let before = Offset::UTC.to_timestamp(date.checked_sub(2.days()).ok()?.to_datetime(Time::MIN)).ok()?;
        let last = self
            .shifts_after(before)
            .next()
            .map_or(Some(Date::MAX), |shift| TimeZone::UTC.to_datetime(shift).date().checked_sub(3.days()).ok())?;
        (date <= last).then(|| (self.rules.to_offset(before), last))
    }

    /// The instants after another at which the clock is set forward or back, in order.
    pub(crate) fn shifts_after(&self, instant: Timestamp) -> impl Iterator<Item = Timestamp> + '_ {
        self.rules.following(instant).map(|shift| shift.timestamp()).take_while(|shift| *shift < END)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Zone({})", self.name)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Self) -> Ordering {
        self.name.cmp(&other.name)
    }
}

fn minutes(offset: Offset) -> i64 {
    i64::from(offset.seconds().div_euclid(60))
}

/// The zone of an IANA name in any spelling, under its canonical name.
fn named(word: &str) -> Option<Zone> {
    let found = DATABASE.get(word).ok()?;
    // `Etc/Unknown` and `Factory` stand for the absence of a zone.
    if found.is_unknown() || found.iana_name() == Some("Factory") {
        return None;
    }
    match found.primary_iana_name()? {
        "UTC" => Some(Zone::utc()),
        name => Some(Zone { name: Arc::from(name), rules: DATABASE.get(name).ok()? }),
    }
}

/// What an offset begins with.
const SIGNS: [char; 3] = ['+', '-', '\u{2212}'];

/// `+09:00`, `-03:30`; zero is UTC.
fn fixed(word: &str) -> Option<Zone> {
    let mut characters = word.chars();
    let sign = if characters.next()? == '+' { 1 } else { -1 };
    let (hours, rest) = characters.as_str().split_once(':')?;
    let number = |text: &str| {
        let digits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        if digits { text.parse::<i32>().ok() } else { None }
    };
    let total = sign * (number(hours)? * 60 + number(rest).filter(|minutes| *minutes < 60)?);
    if !(-12 * 60..=14 * 60).contains(&total) {
        return None;
    }
    if total == 0 {
        return Some(Zone::utc());
    }
    let sign = if total < 0 { '-' } else { '+' };
    let name = format!("{sign}{:02}:{:02}", total.abs() / 60, total.abs() % 60);
    let rules = TimeZone::fixed(Offset::from_seconds(total * 60).ok()?);
    Some(Zone { name: Arc::from(name), rules })
}

/// An offset as people write it: `+9`, `+0900`, `UTC+9:00`, `gmt-5`, `GMT+5.5`; `None` for a word of another form.
fn offset(word: &str) -> Option<Lookup> {
    let (base, signed) = word.split_at(word.find(SIGNS)?);
    if !["", "UTC", "GMT", "ETC/UTC"].contains(&base.to_ascii_uppercase().as_str()) {
        return None;
    }
    let digits = signed.trim_start_matches(SIGNS);
    if !digits.starts_with(|c: char| c.is_ascii_digit())
        || digits.contains(|c: char| !matches!(c, ':' | '.') && !c.is_ascii_digit())
    {
        return None;
    }
    let (hours, minutes) = match digits.split_once('.') {
        Some((hours, part)) => (hours, part_of_hour(part)),
        None => digits
            .split_once(':')
            .or_else(|| digits.split_at_checked(digits.len().checked_sub(2)?.max(2)))
            .map_or((digits, Some("")), |(hours, minutes)| (hours, Some(minutes))),
    };
    let Some(minutes) = minutes else { return Some(Lookup::NoOffset) };
    let sign = if signed.starts_with('+') { '+' } else { '-' };
    Some(fixed(&format!("{sign}{hours:0>2}:{minutes:0<2}")).map_or(Lookup::NoOffset, Lookup::Offset))
}

/// The minutes behind the point of an offset, written as a part of an hour or as they are; no clock has others.
fn part_of_hour(part: &str) -> Option<&'static str> {
    Some(match part {
        "0" | "00" => "00",
        "25" | "15" => "15",
        "5" | "50" | "30" => "30",
        "75" | "45" => "45",
        _ => return None,
    })
}

/// Shorter words are as near to the abbreviations of other countries as to what was meant.
const SHORTEST_GUESS: usize = 5;

/// The canonical names that may be suggested, in lower case and as they are written, by name. The signs of `Etc/GMT+9`
/// mean the reverse of what they show.
static SUGGESTED: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let is_meant = |name: &str| !name.starts_with("Etc/") && named(name).is_some_and(|zone| zone.name() == name);
    names().into_iter().filter(|name| is_meant(name)).map(|name| (name.to_lowercase(), name)).collect()
});

/// The nearest canonical names: their city must resemble the word's, and where the word names more than a city, at most
/// a third of all its characters may differ. Of several only those that are equally near are kept, ordered by name.
pub fn nearest(word: &str) -> Vec<String> {
    let lower = word.to_lowercase().replace(' ', "_");
    let (own, is_whole) = lower.rsplit_once('/').map_or((lower.as_str(), false), |(_, city)| (city, true));
    let mut near: Vec<(usize, &String)> = SUGGESTED
        .iter()
        .filter_map(|(known, name)| {
            let city = known.rsplit('/').next().unwrap_or(known);
            let city = distance(own, city, city_limit(own, city, is_whole))?;
            let whole = if is_whole { distance(&lower, known, lower.chars().count() / 3)? } else { city };
            Some((whole, name))
        })
        .collect();
    near.sort_unstable();
    let nearest = near.first().map(|(distance, _)| *distance);
    near.into_iter()
        .filter(|(distance, _)| Some(*distance) == nearest)
        .map(|(_, name)| name.clone())
        .take(SUGGESTIONS)
        .collect()
}

/// How many characters of a city may differ: a third where it begins alike, or else a quarter; none of a short one,
/// unless its continent stands in front.
fn city_limit(own: &str, known: &str, is_whole: bool) -> usize {
    let length = own.chars().count();
    match own.chars().next() == known.chars().next() {
        _ if length < SHORTEST_GUESS => usize::from(is_whole),
        true => length / 3,
        false => length / 4,
    }
}

/// In how many characters two words differ, up to a limit.
fn distance(own: &str, known: &str, limit: usize) -> Option<usize> {
    // A name of another length differs by at least as many characters.
    let is_near = known.chars().count().abs_diff(own.chars().count()) <= limit;
    is_near.then(|| strsim::damerau_levenshtein(own, known)).filter(|distance| *distance <= limit)
}
