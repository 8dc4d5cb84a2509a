//! The cron dialect: what is accepted, how it is spelled, what is refused and why.

use drc::time::cron::{self, CronError, Field, FieldProblem};
use drc::time::evaluate::firings;

use crate::support::{at, zone};

#[track_caller]
fn case(text: &str, canonical: &str) {
    assert_eq!(cron::parse(text).expect(text).fields(), canonical, "{text}");
    assert_eq!(cron::parse(canonical).expect(canonical).fields(), canonical);
}

#[track_caller]
fn refused(text: &str, error: &CronError) {
    assert_eq!(cron::parse(text).as_ref().expect_err(text), error, "{text}");
}

#[track_caller]
fn wrong(text: &str, field: Field, part: &str, problem: FieldProblem) {
    refused(text, &CronError::Field { field, text: part.to_owned(), problem });
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
    refused("rate(1 day)", &CronError::Rate);
    refused("cron(0 5 ? * * *", &CronError::Wrapper);
    refused("0 5 ? * *", &CronError::FieldCount(5));
    refused("0 0 5 ? * * *", &CronError::FieldCount(7));
    refused("", &CronError::FieldCount(0));
    refused("0 5 * * * *", &CronError::NoQuestionMark);
    refused("0 5 1 * MON *", &CronError::NoQuestionMark);
    refused("0 5 ? * ? *", &CronError::TwoQuestionMarks);
    wrong("60 5 ? * * *", Field::Minutes, "60", FieldProblem::OutOfRange);
    wrong("0 1,24 ? * * *", Field::Hours, "24", FieldProblem::OutOfRange);
    wrong("0 5 ? * 0 *", Field::DayOfWeek, "0", FieldProblem::OutOfRange);
    wrong("0 5 ? * SUNDAY *", Field::DayOfWeek, "SUNDAY", FieldProblem::Unknown);
    wrong("0 5 0 * ? *", Field::DayOfMonth, "0", FieldProblem::OutOfRange);
    wrong("0 5 ? JUNE * *", Field::Month, "JUNE", FieldProblem::Unknown);
    wrong("0 5 ? * * 1969", Field::Year, "1969", FieldProblem::OutOfRange);
    wrong("0 5 ? * * 2030-2027", Field::Year, "2030-2027", FieldProblem::Backwards);
    wrong("0/0 5 ? * * *", Field::Minutes, "0/0", FieldProblem::Step);
    wrong("0 */25 ? * * *", Field::Hours, "*/25", FieldProblem::Step);
    wrong("0 5 1,L * ? *", Field::DayOfMonth, "L", FieldProblem::InList);
    wrong("0 5 1,15W * ? *", Field::DayOfMonth, "1,15W", FieldProblem::InList);
    wrong("0 5 W * ? *", Field::DayOfMonth, "W", FieldProblem::Unknown);
    wrong("0 5 ? * 2#1,3#2 *", Field::DayOfWeek, "2#1,3#2", FieldProblem::InList);
    wrong("0 5 ? * 2#6 *", Field::DayOfWeek, "2#6", FieldProblem::Nth);
    wrong("? 5 ? * * *", Field::Minutes, "?", FieldProblem::QuestionMark);
    wrong("0 5- ? * * *", Field::Hours, "5-", FieldProblem::Unknown);
    wrong("0 5, ? * * *", Field::Hours, "", FieldProblem::Unknown);
    wrong("0 99999 ? * * *", Field::Hours, "99999", FieldProblem::OutOfRange);
    let error = cron::parse("0 25 ? * * *").expect_err("hour 25");
    assert_eq!(error.to_string(), "`25` in the field hours: out of range; allowed are 0-23 and , - * /");
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
        assert_eq!(cron::words::describe(&cron), en);
        assert_eq!(cron::words::describe_ja(&cron), ja);
    }
}
