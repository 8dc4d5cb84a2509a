//! Short ways to write instants, zones, times and schedules; random schedules.

use drc::time::calendar::{Month, Weekday};
use drc::time::cron;
use drc::time::length::Minutes;
use drc::time::plan::{CopyTo, Retention, TimedRule, Where, Windows};
use drc::time::schedule::{MonthDay, Recurrence, Schedule, TimeOfDay};
use drc::time::zone::{self, Lookup, Zone};
use jiff::Timestamp;
use proptest::prelude::*;

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().expect(text)
}

pub(crate) fn years_after(years: i64, from: Timestamp) -> Timestamp {
    Minutes::days(366 * years).after(from)
}

#[track_caller]
pub(crate) fn zone(word: &str) -> Zone {
    zone::find(word).zone().expect(word)
}

pub(crate) fn times(text: &str) -> Vec<TimeOfDay> {
    text.split(',').map(|time| TimeOfDay::parse(time).expect(time)).collect()
}

pub(crate) fn month_days(text: &str) -> Vec<MonthDay> {
    let day = |word: &str| match word {
        "last" => MonthDay::Last,
        number => MonthDay::Day(number.parse().expect(number)),
    };
    text.split(',').map(day).collect()
}

/// `daily 01:00 JST`, `weekly sun,tue 01:00 JST`, `monthly 1,last 01:00 JST`, `yearly jan 1 …`,
/// `every 6h 02:00 JST`, `hourly 15 JST`, `cron 0 1 ? * SUN * JST`.
#[track_caller]
pub(crate) fn schedule(text: &str) -> Schedule {
    let words: Vec<&str> = text.split(' ').collect();
    let zone = zone(words[words.len() - 1]);
    let schedule = match words[0] {
        "hourly" => Schedule::hourly(words[1].parse().expect("minute"), zone),
        "every" => {
            let hours = words[1].trim_end_matches('h').parse().expect("hours");
            Schedule::every(hours, times(words[2])[0], zone)
        }
        "daily" => Schedule::new(Recurrence::Daily, times(words[1]), zone),
        "weekdays" => Schedule::new(Recurrence::Weekdays, times(words[1]), zone),
        "weekly" => {
            let days = words[1].split(',').map(|day| Weekday::named(day).expect(day));
            Schedule::new(Recurrence::Weekly(days.collect()), times(words[2]), zone)
        }
        "monthly" => {
            let days = month_days(words[1]).into_iter().collect();
            Schedule::new(Recurrence::Monthly(days), times(words[2]), zone)
        }
        "yearly" => {
            let month = Month::named(words[1]).expect("month");
            let day = words[2].parse().expect("day");
            Schedule::new(Recurrence::Yearly { month, day }, times(words[3]), zone)
        }
        "cron" => {
            let fields = words[1..words.len() - 1].join(" ");
            Some(Schedule::cron(cron::parse(&fields).expect(&fields), zone))
        }
        other => panic!("{other}"),
    };
    schedule.expect(text)
}

/// A rule with windows in hours, kept for days, copied to `osaka` if the copy is kept at all.
#[track_caller]
pub(crate) fn rule(sentence: &str, windows: (i64, i64), keep: u32, copy: Option<u32>) -> TimedRule {
    let copies = copy.map(|days| CopyTo { place: "osaka".to_owned(), keep: Retention::Days(days), batches: 1 });
    TimedRule {
        schedule: schedule(sentence),
        windows: Windows::new(Minutes::hours(windows.0), Minutes::hours(windows.1)).expect("windows"),
        keep: Retention::Days(keep),
        copies: copies.into_iter().collect(),
        closed: Vec::new(),
    }
}

pub(crate) fn osaka() -> Where {
    Where::Copy("osaka".to_owned())
}

/// Zones with rules that trip people up, and some that everybody uses.
pub(crate) const ZONES: &[&str] = &[
    "UTC",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Jerusalem",
    "Asia/Gaza",
    "Asia/Manila",
    "Australia/Adelaide",
    "Australia/Brisbane",
    "Australia/Eucla",
    "Australia/Lord_Howe",
    "Australia/Sydney",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "America/Asuncion",
    "America/Havana",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/New_York",
    "America/Nuuk",
    "America/Phoenix",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/St_Johns",
    "America/Vancouver",
    "Antarctica/Troll",
    "Atlantic/Azores",
    "Europe/Dublin",
    "Europe/Istanbul",
    "Europe/London",
    "Europe/Moscow",
    "Pacific/Apia",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
    "Pacific/Marquesas",
    "Pacific/Pago_Pago",
];

/// Any zone: half of the time one without daylight saving, where lowering has work to do.
pub(crate) fn any_zone() -> impl Strategy<Value = Zone> {
    let constant: Vec<Zone> = zone::names()
        .iter()
        .filter(|name| matches!(zone::find(name), Lookup::Found(_)))
        .filter_map(|name| zone::find(name).zone())
        .filter(Zone::is_constant)
        .collect();
    let odd: Vec<Zone> = ZONES.iter().map(|name| zone(name)).collect();
    prop_oneof![
        5 => prop::sample::select(constant),
        5 => prop::sample::select(odd),
        1 => (-12 * 60..=14 * 60_i32).prop_map(|minutes| {
            let sign = if minutes < 0 { '-' } else { '+' };
            zone(&format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60))
        }),
    ]
}

/// Times of day, with more of those at which clocks shift and dates turn.
pub(crate) fn any_time() -> impl Strategy<Value = TimeOfDay> {
    prop_oneof![
        (0..24_u8, 0..60_u8),
        (0..4_u8, prop::sample::select(vec![0, 15, 30, 45_u8])),
        (20..24_u8, prop::sample::select(vec![0, 30, 59_u8])),
    ]
    .prop_map(|(hour, minute)| TimeOfDay::new(hour, minute).expect("a time"))
}

fn any_month_day() -> impl Strategy<Value = MonthDay> {
    prop_oneof![
        2 => Just(MonthDay::Last),
        2 => Just(MonthDay::Day(1)),
        3 => (27..=31_u8).prop_map(MonthDay::Day),
        4 => (1..=31_u8).prop_map(MonthDay::Day),
    ]
}

/// Any schedule in any zone.
pub(crate) fn any_schedule() -> impl Strategy<Value = Schedule> {
    let times = || prop::collection::vec(any_time(), 1..4);
    let days = prop::collection::vec(prop::sample::select(Weekday::ALL.to_vec()), 1..7);
    prop_oneof![
        1 => (0..60_u8, any_zone()).prop_map(|(minute, zone)| Schedule::hourly(minute, zone)),
        3 => (2..=24_u8, any_time(), any_zone())
            .prop_map(|(hours, from, zone)| Schedule::every(hours, from, zone)),
        5 => (times(), any_zone()).prop_map(|(times, zone)| Schedule::new(Recurrence::Daily, times, zone)),
        4 => (times(), any_zone()).prop_map(|(times, zone)| Schedule::new(Recurrence::Weekdays, times, zone)),
        8 => (days, times(), any_zone())
            .prop_map(|(days, times, zone)| Schedule::new(Recurrence::Weekly(days.into_iter().collect()), times, zone)),
        16 => (prop::collection::vec(any_month_day(), 1..4), times(), any_zone())
            .prop_map(|(days, times, zone)| Schedule::new(Recurrence::Monthly(days.into_iter().collect()), times, zone)),
        16 => (1..=12_u8, 1..=31_u8, times(), any_zone()).prop_map(|(month, day, times, zone)| {
            let month = Month::new(month).expect("a month");
            let day = day.min(month.longest());
            Schedule::new(Recurrence::Yearly { month, day }, times, zone)
        }),
        16 => (any_cron(), any_zone()).prop_map(|(fields, zone)| {
            Some(Schedule::cron(cron::parse(&fields).expect(&fields), zone))
        }),
    ]
    .prop_map(|schedule| schedule.expect("within the ranges"))
}

fn numbers(low: u16, high: u16) -> impl Strategy<Value = String> {
    let one = low..=high;
    prop_oneof![
        3 => Just("*".to_owned()),
        3 => one.clone().prop_map(|value| value.to_string()),
        2 => (one.clone(), one.clone()).prop_map(|(a, b)| format!("{}-{}", a.min(b), a.max(b))),
        2 => (one.clone(), 1..=(high - low).min(12)).prop_map(|(a, step)| format!("{a}/{step}")),
        1 => (1..=(high - low).min(12)).prop_map(|step| format!("*/{step}")),
        2 => prop::collection::vec(one, 2..4).prop_map(|values| {
            values.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
        }),
    ]
}

/// Any expression of the dialect, rare enough within a day to count out over ten years.
pub(crate) fn any_cron() -> impl Strategy<Value = String> {
    let minutes = prop_oneof![4 => (0..60_u16).prop_map(|m| m.to_string()), 1 => Just("0,30".into())];
    let hours = prop_oneof![
        6 => prop::collection::vec(0..24_u16, 1..3)
            .prop_map(|hours| hours.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")),
        1 => (0..24_u16, 3..9_u16).prop_map(|(from, step)| format!("{from}/{step}")),
        1 => (0..22_u16).prop_map(|from| format!("{from}-{}", from + 2)),
    ];
    let month_day = prop_oneof![
        4 => numbers(1, 31),
        2 => Just("L".to_owned()),
        1 => Just("1".to_owned()),
        1 => Just("LW".to_owned()),
        1 => (1..=28_u16).prop_map(|day| format!("{day}W")),
    ];
    let week_day = prop_oneof![
        4 => numbers(1, 7),
        1 => (1..=7_u16).prop_map(|day| format!("{day}L")),
        1 => (1..=7_u16, 1..=5_u16).prop_map(|(day, nth)| format!("{day}#{nth}")),
        1 => Just("MON-FRI".to_owned()),
    ];
    let days =
        prop_oneof![month_day.prop_map(|day| (day, "?".to_owned())), week_day.prop_map(|day| ("?".to_owned(), day)),];
    let months = prop_oneof![3 => Just("*".to_owned()), 2 => numbers(1, 12)];
    let years =
        prop_oneof![5 => Just("*".to_owned()), 1 => Just("2027-2030".to_owned()), 1 => Just("2028/4".to_owned())];
    (minutes, hours, days, months, years).prop_map(|(minutes, hours, (dom, dow), months, years)| {
        format!("{minutes} {hours} {dom} {months} {dow} {years}")
    })
}
