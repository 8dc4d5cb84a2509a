//! Runs on the wall clocks that are hard to read.

use drc::text::Language;
use drc::time::length::Minutes;
use drc::time::occurrence::{falls_on, occurrences};
use drc::time::zone::Happens;
use jiff::ToSpan;

use crate::support::{at, schedule};

#[track_caller]
fn case(sentence: &str, from: &str, expected: &[&str]) {
    let all: Vec<String> = occurrences(&schedule(sentence), at(from))
        .take(expected.len())
        .map(|run| format!("{} {}", run.local.strftime("%m-%d %H:%M"), run.at))
        .collect();
    assert_eq!(all, expected, "{sentence}");
}

#[test]
fn skipped_times_are_no_runs() {
    case(
        "daily 02:30 America/New_York",
        "2027-03-13T00:00:00Z",
        &["03-13 02:30 2027-03-13T07:30:00Z", "03-15 02:30 2027-03-15T06:30:00Z"],
    );
    case(
        "daily 02:15 Australia/Lord_Howe",
        "2027-10-01T12:00:00Z",
        &["10-02 02:15 2027-10-01T15:45:00Z", "10-04 02:15 2027-10-03T15:15:00Z"],
    );
    case(
        "daily 12:00 Pacific/Apia",
        "2011-12-29T00:00:00Z",
        &["12-29 12:00 2011-12-29T22:00:00Z", "12-31 12:00 2011-12-30T22:00:00Z"],
    );
    case("monthly 30 12:00 Pacific/Apia", "2011-12-01T00:00:00Z", &["01-30 12:00 2012-01-29T22:00:00Z"]);
}

#[test]
fn repeated_times_are_one_run_the_first() {
    case(
        "daily 01:30 America/New_York",
        "2027-11-06T12:00:00Z",
        &["11-07 01:30 2027-11-07T05:30:00Z", "11-08 01:30 2027-11-08T06:30:00Z"],
    );
    case(
        "daily 01:45 Australia/Lord_Howe",
        "2027-04-03T00:00:00Z",
        &["04-04 01:45 2027-04-03T14:45:00Z", "04-05 01:45 2027-04-04T15:15:00Z"],
    );
    case(
        "daily 01:30 Europe/Dublin",
        "2027-10-30T12:00:00Z",
        &["10-31 01:30 2027-10-31T00:30:00Z", "11-01 01:30 2027-11-01T01:30:00Z"],
    );
    case(
        "daily 02:30 Africa/Casablanca",
        "2025-02-22T12:00:00Z",
        &["02-23 02:30 2025-02-23T01:30:00Z", "02-24 02:30 2025-02-24T02:30:00Z"],
    );
    case(
        "hourly 30 Europe/London",
        "2027-10-31T00:00:00Z",
        &["10-31 01:30 2027-10-31T00:30:00Z", "10-31 02:30 2027-10-31T02:30:00Z"],
    );
}

#[test]
fn months_without_a_day_are_passed_over() {
    case(
        "monthly 31 01:00 UTC",
        "2027-01-01T00:00:00Z",
        &["01-31 01:00 2027-01-31T01:00:00Z", "03-31 01:00 2027-03-31T01:00:00Z"],
    );
    case(
        "monthly last 01:00 UTC",
        "2028-02-01T00:00:00Z",
        &["02-29 01:00 2028-02-29T01:00:00Z", "03-31 01:00 2028-03-31T01:00:00Z"],
    );
    case("yearly feb 29 01:00 UTC", "2096-03-01T00:00:00Z", &["02-29 01:00 2104-02-29T01:00:00Z"]);
}

#[test]
fn intervals_begin_anew_each_day() {
    case(
        "every 7h 03:00 UTC",
        "2027-01-01T00:00:00Z",
        &[
            "01-01 03:00 2027-01-01T03:00:00Z",
            "01-01 10:00 2027-01-01T10:00:00Z",
            "01-01 17:00 2027-01-01T17:00:00Z",
            "01-02 03:00 2027-01-02T03:00:00Z",
        ],
    );
    assert_eq!(schedule("every 7h 03:00 UTC").uneven_interval(), Some(10));
    assert_eq!(schedule("every 6h 03:00 UTC").uneven_interval(), None);
    assert_eq!(schedule("every 12h 13:00 UTC").uneven_interval(), Some(24));
}

#[test]
fn in_words() {
    for (sentence, en, ja) in [
        ("daily 01:00,13:00 JST", "every day at 01:00 and 13:00 (Asia/Tokyo)", "毎日 01:00、13:00 (Asia/Tokyo)"),
        ("weekdays 01:00 JST", "Monday to Friday at 01:00 (Asia/Tokyo)", "月曜日から金曜日 01:00 (Asia/Tokyo)"),
        ("weekly tue,sun 01:00 UTC", "every Sunday and Tuesday at 01:00 (UTC)", "毎週日曜日、火曜日 01:00 (UTC)"),
        (
            "monthly 1,last 01:00 UTC",
            "day 1 and the last day of every month at 01:00 (UTC)",
            "毎月 1 日、末日 01:00 (UTC)",
        ),
        ("yearly jan 1 01:00 UTC", "every year on 1 January at 01:00 (UTC)", "毎年 1 月 1 日 01:00 (UTC)"),
        (
            "every 6h 02:00 UTC",
            "every 6 hours of each day from 02:00, at 02:00, 08:00, 14:00 and 20:00 (UTC)",
            "毎日 02:00 から 6 時間ごと (02:00、08:00、14:00、20:00) (UTC)",
        ),
        ("hourly 5 UTC", "every hour at minute 05 (UTC)", "毎時 5 分 (UTC)"),
    ] {
        assert_eq!(schedule(sentence).describe(Language::English), en);
        assert_eq!(schedule(sentence).describe(Language::Japanese), ja);
    }
}

/// Counting on from a day whose offset is known gives what asking the zone for every run does, in the zones with
/// the oddest shifts: of half an hour, of a day, around Ramadan, back and forth in one month.
#[test]
fn runs_between_shifts_are_those_that_the_zone_says() {
    let zones = [
        ("Pacific/Apia", "2011-06-01T00:00:00Z"),
        ("Africa/Casablanca", "2026-01-01T00:00:00Z"),
        ("Africa/Cairo", "2010-04-01T00:00:00Z"),
        ("Australia/Lord_Howe", "2026-12-01T00:00:00Z"),
        ("Europe/Dublin", "2026-12-01T00:00:00Z"),
        ("Antarctica/Troll", "2026-12-01T00:00:00Z"),
        ("America/New_York", "2026-12-01T00:00:00Z"),
        ("Asia/Tokyo", "2026-12-01T00:00:00Z"),
    ];
    for (zone, from) in zones {
        for times in ["0/10 * * * ? *", "30 2 * * ? *", "0 0,1,2,3,23 ? * SUN,MON *"] {
            let schedule = schedule(&format!("cron {times} {zone}"));
            let until = Minutes::days(400).after(at(from));
            let first = schedule.zone().wall_clock(at(from)).date().yesterday().unwrap();
            let dates = first.series(1.day()).take(403).filter(|date| falls_on(schedule.recurrence(), *date));
            let said = dates.flat_map(|date| schedule.times().iter().map(move |time| date.to_datetime(time.civil())));
            let said = said.filter_map(|local| match schedule.zone().happens(local) {
                Happens::Once(at) | Happens::Twice(at, _) => Some((at, local)),
                Happens::Never => None,
            });
            let said: Vec<_> = said.filter(|(run, _)| at(from) <= *run && *run < until).collect();
            let found: Vec<_> = occurrences(&schedule, at(from))
                .take_while(|run| run.at < until)
                .map(|run| (run.at, run.local))
                .collect();
            assert!(said.len() > 100 && found == said, "{zone} {times}");
        }
    }
}
