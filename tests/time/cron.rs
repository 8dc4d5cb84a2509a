//! The cron dialect: what is accepted, how it is spelled, what is refused and why.

use drc::text::Language;
use drc::time::cron;

use crate::firings::firings;
use crate::support::{at, zone};

#[track_caller]
fn case(text: &str, canonical: &str) {
    assert_eq!(cron::parse(text).expect(text).fields(), canonical, "{text}");
    assert_eq!(cron::parse(canonical).expect(canonical).fields(), canonical);
}

#[track_caller]
fn refused(text: &str, error: &str) {
    assert_eq!(cron::parse(text).expect_err(text), error, "{text}");
}

#[track_caller]
fn count(text: &str, fields: usize) {
    let six = "a cron expression of AWS has six fields (minutes hours day-of-month month day-of-week year)";
    refused(text, &format!("{six}, this has {fields}"));
}

#[track_caller]
fn wrong(text: &str, field: &str, part: &str, problem: &str) {
    let error = cron::parse(text).expect_err(text);
    let said = format!("`{part}` in the field {field}: {problem}; allowed are ");
    assert!(error.starts_with(&said), "{text}: {error}");
}

#[track_caller]
fn fires(text: &str, zone_name: &str, expected: &[&str]) {
    let cron = cron::parse(text).expect(text);
    let all: Vec<String> = firings(&cron, &zone(zone_name), at("2026-12-01T00:00:00Z"))
        .take(expected.len())
        .map(|at| at.to_string())
        .collect();
    assert_eq!(all, expected, "{text}");
}

#[test]
fn same_meaning_same_spelling() {
    case("cron(0 5 ? * * *)", "0 5 * * ? *");
    case("0 5 * * ? *", "0 5 * * ? *");
    case(" CRON( 0  5 * * ? * ) ", "0 5 * * ? *");
    case("0 0 1-31 * ? *", "0 0 * * ? *");
    case("0 0 ? * 2-6 *", "0 0 ? * MON-FRI *");
    case("0 0 ? * mon-fri *", "0 0 ? * MON-FRI *");
    case("0 0 ? * FRI-MON *", "0 0 ? * SUN,MON,FRI,SAT *");
    case("0 22-2 * * ? *", "0 0-2,22,23 * * ? *");
    case("0/15 * * * ? *", "0,15,30,45 * * * ? *");
    case("*/5 0 * * ? *", "0/5 0 * * ? *");
    case("0 8-18/2 * * ? *", "0 8-18/2 * * ? *");
    case("0 0 1 jan,JUL ? *", "0 0 1 JAN,JUL ? *");
    case("0 0 1 * ? 2027-2030", "0 0 1 * ? 2027-2030");
    case("0 0 L * ? *", "0 0 L * ? *");
    case("0 0 lw * ? *", "0 0 LW * ? *");
    case("0 0 15W * ? *", "0 0 15W * ? *");
    case("0 0 ? * L *", "0 0 ? * SAT *");
    case("0 0 ? * 6L *", "0 0 ? * 6L *");
    case("0 0 ? * FRIL *", "0 0 ? * 6L *");
    case("0 0 ? * TUE#2 *", "0 0 ? * 3#2 *");
}

#[test]
fn refusals_name_the_field_and_the_part() {
    refused("rate(1 day)", "AWS Backup takes `cron(…)` only, not `rate(…)`");
    refused("cron(0 5 ? * * *", "write the six fields alone or inside `cron(…)`");
    count("0 5 ? * *", 5);
    count("0 0 5 ? * * *", 7);
    count("", 0);
    refused("0 5 * * * *", "one of the fields day-of-month and day-of-week must be `?`");
    refused("0 5 1 * MON *", "one of the fields day-of-month and day-of-week must be `?`");
    refused("0 5 ? * ? *", "only one of the fields day-of-month and day-of-week may be `?`");
    wrong("60 5 ? * * *", "minutes", "60", "out of range");
    wrong("0 1,24 ? * * *", "hours", "24", "out of range");
    wrong("0 5 ? * 0 *", "day-of-week", "0", "out of range");
    wrong("0 5 ? * SUNDAY *", "day-of-week", "SUNDAY", "not a value of it");
    wrong("0 5 0 * ? *", "day-of-month", "0", "out of range");
    wrong("0 5 ? JUNE * *", "month", "JUNE", "not a value of it");
    wrong("0 5 ? * * 1969", "year", "1969", "out of range");
    wrong("0 5 ? * * 2030-2027", "year", "2030-2027", "years do not run backwards");
    wrong("0/0 5 ? * * *", "minutes", "0/0", "a step is at least 1 and at most the number of the field's values");
    wrong("0 */25 ? * * *", "hours", "*/25", "a step is at least 1 and at most the number of the field's values");
    wrong("0 5 1,L * ? *", "day-of-month", "L", "it must stand alone, without a list");
    wrong("0 5 1,15W * ? *", "day-of-month", "1,15W", "it must stand alone, without a list");
    wrong("0 5 W * ? *", "day-of-month", "W", "not a value of it");
    wrong("0 5 ? * 2#1,3#2 *", "day-of-week", "2#1,3#2", "it must stand alone, without a list");
    wrong("0 5 ? * 2#6 *", "day-of-week", "2#6", "a month has such a day once to five times");
    wrong("? 5 ? * * *", "minutes", "?", "only the two day fields may be `?`");
    wrong("0 5- ? * * *", "hours", "5-", "not a value of it");
    wrong("0 5, ? * * *", "hours", "", "not a value of it");
    wrong("0 99999 ? * * *", "hours", "99999", "out of range");
    let error = cron::parse("0 25 ? * * *").expect_err("hour 25");
    assert_eq!(error, "`25` in the field hours: out of range; allowed are 0-23 and , - * /");
}

#[test]
fn fires_when_its_words_say() {
    fires("0 1 ? * 6L *", "UTC", &["2026-12-25T01:00:00Z", "2027-01-29T01:00:00Z"]);
    fires("0 1 ? * 1#1 *", "UTC", &["2026-12-06T01:00:00Z", "2027-01-03T01:00:00Z"]);
    fires("0 1 ? * 6#5 *", "UTC", &["2027-01-29T01:00:00Z", "2027-04-30T01:00:00Z"]);
    fires("0 1 LW * ? *", "UTC", &["2026-12-31T01:00:00Z", "2027-01-29T01:00:00Z"]);
    fires(
        "0 1 1W * ? *",
        "UTC",
        &[
            "2026-12-01T01:00:00Z",
            "2027-01-01T01:00:00Z",
            "2027-02-01T01:00:00Z",
            "2027-03-01T01:00:00Z",
            "2027-04-01T01:00:00Z",
            "2027-05-03T01:00:00Z",
        ],
    );
    fires("0 1 29 2 ? *", "UTC", &["2028-02-29T01:00:00Z", "2032-02-29T01:00:00Z"]);
    fires("30 2 14 3 ? 2027", "America/New_York", &[]);
    fires("30 1 7 11 ? 2027", "America/New_York", &["2027-11-07T05:30:00Z"]);
    fires("0 0 31 12 ? 2199", "UTC", &["2199-12-31T00:00:00Z"]);
}

#[test]
fn never_and_after_the_end() {
    let never = cron::parse("0 0 30 2 ? *").expect("valid");
    assert_eq!(firings(&never, &zone("UTC"), at("2026-01-01T00:00:00Z")).next(), None);
    let ended = cron::parse("0 0 1 1 ? 2020").expect("valid");
    assert_eq!(firings(&ended, &zone("UTC"), at("2026-01-01T00:00:00Z")).next(), None);
}

#[test]
fn in_words() {
    for (text, en, ja) in [
        ("0 16 * * ? *", "every day at 16:00", "毎日 16:00"),
        (
            "0 4,16 ? * MON-FRI *",
            "every Monday, Tuesday, Wednesday, Thursday and Friday at 04:00 and 16:00",
            "毎週月曜日、火曜日、水曜日、木曜日、金曜日 04:00、16:00",
        ),
        ("15 * * * ? *", "every day at minute 15 of every hour", "毎日 毎時 15 分"),
        ("0 0 L JUN,DEC ? *", "on the last day of the month at 00:00 in June and December", "6 月、12 月の末日 00:00"),
        (
            "0 0 ? * 3#2 2027",
            "on the second Tuesday of the month at 00:00 in the years 2027",
            "2027 年の毎月第 2 火曜日 00:00",
        ),
    ] {
        let cron = cron::parse(text).expect(text);
        assert_eq!(cron::words::describe(&cron, Language::English), en);
        assert_eq!(cron::words::describe(&cron, Language::Japanese), ja);
    }
}
