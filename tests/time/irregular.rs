//! Dates on which a clock skips a run or shows its time twice.

use drc::time::irregular::{Kind, irregular};
use drc::time::occurrence::occurrences;
use proptest::prelude::*;

use crate::support::{any_schedule, at, schedule, years_after};

#[track_caller]
fn case(sentence: &str, from: &str, expected: &[&str]) {
    let all: Vec<String> = irregular(&schedule(sentence), at(from), years_after(2, at(from)))
        .into_iter()
        .take(expected.len().max(1))
        .map(|found| {
            let kind = match found.kind {
                Kind::Skipped => "skipped".to_owned(),
                Kind::Repeated { first, second } => format!("{first} and {second}"),
            };
            format!("{} {kind}", found.local.strftime("%Y-%m-%d %H:%M"))
        })
        .collect();
    assert_eq!(all, expected, "{sentence}");
}

#[test]
fn clocks_that_shift() {
    case(
        "daily 02:30 America/New_York",
        "2026-12-01T00:00:00Z",
        &["2027-03-14 02:30 skipped", "2028-03-12 02:30 skipped"],
    );
    case(
        "daily 01:30 America/New_York",
        "2026-12-01T00:00:00Z",
        &["2027-11-07 01:30 2027-11-07T05:30:00Z and 2027-11-07T06:30:00Z"],
    );
    case("weekdays 02:30 America/New_York", "2026-12-01T00:00:00Z", &[]);
    case("daily 02:15 Australia/Lord_Howe", "2027-09-01T00:00:00Z", &["2027-10-03 02:15 skipped"]);
    case("daily 02:30 Australia/Lord_Howe", "2027-09-01T00:00:00Z", &[]);
    case(
        "daily 01:30 Europe/Dublin",
        "2026-12-01T00:00:00Z",
        &["2027-03-28 01:30 skipped", "2027-10-31 01:30 2027-10-31T00:30:00Z and 2027-10-31T01:30:00Z"],
    );
    case(
        "daily 02:30 Australia/Sydney",
        "2026-12-01T00:00:00Z",
        &["2027-04-04 02:30 2027-04-03T15:30:00Z and 2027-04-03T16:30:00Z", "2027-10-03 02:30 skipped"],
    );
    case("daily 00:00 Africa/Cairo", "2026-12-01T00:00:00Z", &["2027-04-30 00:00 skipped"]);
    case(
        "daily 23:30 Africa/Cairo",
        "2026-12-01T00:00:00Z",
        &["2027-10-28 23:30 2027-10-28T20:30:00Z and 2027-10-28T21:30:00Z"],
    );
    case("daily 12:00 Pacific/Apia", "2011-10-01T00:00:00Z", &["2011-12-30 12:00 skipped"]);
    case("daily 02:30 JST", "2026-12-01T00:00:00Z", &[]);
    case("monthly 14 02:30 America/New_York", "2026-12-01T00:00:00Z", &["2027-03-14 02:30 skipped"]);
    case(
        "cron 30 2 ? * 1#2 * America/New_York",
        "2026-12-01T00:00:00Z",
        &["2027-03-14 02:30 skipped", "2028-03-12 02:30 skipped"],
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_skipped_time_is_never_a_run_and_a_repeated_one_always(schedule in any_schedule()) {
        let from = at("2026-06-01T00:00:00Z");
        let runs: Vec<_> = occurrences(&schedule, from)
            .take_while(|run| run.at < at("2030-06-01T00:00:00Z"))
            .map(|run| run.local)
            .collect();
        for found in irregular(&schedule, from, years_after(3, from)) {
            let runs_then = runs.binary_search(&found.local).is_ok();
            prop_assert_eq!(runs_then, found.kind != Kind::Skipped, "{:?}", found);
        }
    }
}
