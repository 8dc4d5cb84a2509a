//! The expressions themselves, sentence by sentence.

use drc::time::lower::{Clock, Why, lower};

use crate::support::{at, schedule};

#[track_caller]
fn case(sentence: &str, expected: &[&str]) {
    by(Clock::Automatic, sentence, expected);
}

#[track_caller]
fn by(clock: Clock, sentence: &str, expected: &[&str]) {
    let lowered: Vec<String> = lower(&schedule(sentence), clock)
        .expect(sentence)
        .iter()
        .map(|expression| match &expression.timezone {
            Some(zone) => format!("{} {zone}", expression.cron),
            None => expression.cron.to_string(),
        })
        .collect();
    assert_eq!(lowered, expected, "{sentence}");
}

#[track_caller]
fn refused(sentence: &str, why: Why, first: &[&str]) {
    let inexact = lower(&schedule(sentence), Clock::Utc).expect_err(sentence);
    assert_eq!(inexact.why, why, "{sentence}");
    let dates = inexact.wrong_on(at("2026-12-01T00:00:00Z"), 5, first.len());
    assert_eq!(dates.iter().map(ToString::to_string).collect::<Vec<_>>(), first, "{sentence}");
}

#[test]
fn days_shift_into_utc() {
    case("daily 01:00 JST", &["cron(0 16 * * ? *)"]);
    case("daily 01:00,13:00 JST", &["cron(0 4,16 * * ? *)"]);
    case("daily 01:00,13:30 JST", &["cron(0 16 * * ? *)", "cron(30 4 * * ? *)"]);
    case("daily 01:00 Asia/Kolkata", &["cron(30 19 * * ? *)"]);
    case("daily 01:00 Asia/Kathmandu", &["cron(15 19 * * ? *)"]);
    case("daily 01:00 UTC", &["cron(0 1 * * ? *)"]);
    case("daily 01:00 +09:00", &["cron(0 16 * * ? *)"]);
    case("weekdays 01:00 JST", &["cron(0 16 ? * SUN-THU *)"]);
    case("weekdays 22:00 America/Phoenix", &["cron(0 5 ? * TUE-SAT *)"]);
    case("weekly sun 01:00 JST", &["cron(0 16 ? * SAT *)"]);
    case("weekly sun 01:00,10:00 JST", &["cron(0 16 ? * SAT *)", "cron(0 1 ? * SUN *)"]);
    case("weekly mon,wed 10:00 JST", &["cron(0 1 ? * MON,WED *)"]);
}

#[test]
fn months_shift_into_utc_where_they_can() {
    case("monthly 1 01:00 JST", &["cron(0 16 L * ? *)"]);
    case("monthly 1 10:00 JST", &["cron(0 1 1 * ? *)"]);
    case("monthly 1,15 01:00 JST", &["cron(0 16 14 * ? *)", "cron(0 16 L * ? *)"]);
    case("monthly 28 01:00 JST", &["cron(0 16 27 * ? *)"]);
    case("monthly 29 01:00 JST", &["cron(0 1 29 * ? *) Asia/Tokyo"]);
    case("monthly last 01:00 JST", &["cron(0 1 L * ? *) Asia/Tokyo"]);
    case("monthly last 10:00 JST", &["cron(0 1 L * ? *)"]);
    case("monthly last 22:00 America/Phoenix", &["cron(0 5 1 * ? *)"]);
    case("monthly 27 22:00 America/Phoenix", &["cron(0 5 28 * ? *)"]);
    case("monthly 28 22:00 America/Phoenix", &["cron(0 22 28 * ? *) America/Phoenix"]);
    case("yearly jan 1 01:00 JST", &["cron(0 16 31 DEC ? *)"]);
    case("yearly mar 1 01:00 JST", &["cron(0 16 L FEB ? *)"]);
    case("yearly oct 31 01:00 JST", &["cron(0 16 30 OCT ? *)"]);
    case("yearly dec 31 22:00 America/Phoenix", &["cron(0 5 1 JAN ? *)"]);
    case("yearly feb 29 01:00 JST", &["cron(0 1 29 FEB ? *) Asia/Tokyo"]);
    case("yearly feb 28 22:00 America/Phoenix", &["cron(0 22 28 FEB ? *) America/Phoenix"]);
}

#[test]
fn intervals_begin_anew_each_local_day() {
    case("hourly 15 UTC", &["cron(15 * * * ? *)"]);
    case("hourly 15 Asia/Kolkata", &["cron(45 * * * ? *)"]);
    case("every 6h 02:00 JST", &["cron(0 5,11,17,23 * * ? *)"]);
    case("every 4h 00:00 UTC", &["cron(0 0/4 * * ? *)"]);
    case("every 12h 13:00 UTC", &["cron(0 13 * * ? *)"]);
    case("every 5h 00:00 JST", &["cron(0 1,6,11,15,20 * * ? *)"]);
}

#[test]
fn expressions_shift_like_sentences() {
    case("cron 0 1 ? * MON-FRI * JST", &["cron(0 16 ? * SUN-THU *)"]);
    case("cron 0 1 ? * 6L * JST", &["cron(0 1 ? * 6L *) Asia/Tokyo"]);
    case("cron 0 10 ? * 6L * JST", &["cron(0 1 ? * 6L *)"]);
    case("cron 0 1 1 1,7 ? * JST", &["cron(0 16 L JUN,DEC ? *)"]);
    case("cron 0 1 1 1 ? 2027-2030 JST", &["cron(0 1 1 JAN ? 2027-2030) Asia/Tokyo"]);
    case("cron 0 1 2 1 ? 2027-2030 JST", &["cron(0 16 1 JAN ? 2027-2030)"]);
    case("cron 0 1 L 4,6 ? * America/Phoenix", &["cron(0 8 L APR,JUN ? *)"]);
    case("cron 0 0/12 * * ? * JST", &["cron(0 3,15 * * ? *)"]);
}

#[test]
fn clocks_that_shift_keep_their_zone() {
    case("daily 01:00 Europe/London", &["cron(0 1 * * ? *) Europe/London"]);
    case("daily 01:00 Europe/Dublin", &["cron(0 1 * * ? *) Europe/Dublin"]);
    case("daily 01:00 Australia/Lord_Howe", &["cron(0 1 * * ? *) Australia/Lord_Howe"]);
    case("daily 01:00 America/Sao_Paulo", &["cron(0 4 * * ? *)"]);
    case("daily 01:00 Europe/Moscow", &["cron(0 22 * * ? *)"]);
    case("weekly sun,tue 01:00 US/Pacific", &["cron(0 1 ? * SUN,TUE *) America/Los_Angeles"]);
}

#[test]
fn the_clock_can_be_insisted_on() {
    by(Clock::Zone, "daily 01:00 JST", &["cron(0 1 * * ? *) Asia/Tokyo"]);
    by(Clock::Zone, "daily 01:00 UTC", &["cron(0 1 * * ? *) Etc/UTC"]);
    by(Clock::Utc, "daily 01:00 JST", &["cron(0 16 * * ? *)"]);
    assert_eq!(lower(&schedule("daily 01:00 +09:00"), Clock::Zone).expect_err("no name").why, Why::NoZoneName);
    assert_eq!(lower(&schedule("monthly 31 01:00 +09:00"), Clock::Automatic).expect_err("no name").why, Why::MonthEnd);
}

#[test]
fn utc_is_refused_with_the_dates_on_which_it_would_be_wrong() {
    refused("daily 01:00 Europe/London", Why::DaylightSaving, &["2027-03-28", "2027-03-29"]);
    refused("monthly 31 01:00 JST", Why::MonthEnd, &["2027-05-01", "2027-07-01"]);
    refused("monthly last 01:00 JST", Why::MonthEnd, &["2026-12-31", "2027-01-01"]);
    refused("cron 0 1 ? * 6L * JST", Why::WeekOfMonth, &["2026-12-25", "2027-01-01"]);
    refused("monthly 29 01:00 JST", Why::MonthEnd, &["2027-03-01"]);
    refused("monthly 28 22:00 America/Phoenix", Why::MonthEnd, &["2027-02-28"]);
    refused("daily 02:30 Australia/Lord_Howe", Why::DaylightSaving, &["2027-04-04"]);
    refused("yearly feb 29 01:00 JST", Why::MonthEnd, &["2027-03-01"]);
    refused("cron 0 1 1 1 ? 2028 JST", Why::YearEnd, &["2028-01-01", "2028-02-01"]);
}
