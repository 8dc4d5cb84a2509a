//! Windows that meet.

use drc::time::calendar::{TimeOfDay, Weekday};
use drc::time::length::Minutes;
use drc::time::plan::{TimedRule, Where, Windows, due, never_run};
use drc::time::window::{Blackout, closed, overlaps, overrun};

use crate::support::{at, rule, years_after, zone};

const FROM: &str = "2026-12-01T00:00:00Z";

#[test]
fn windows_have_least_lengths() {
    let hours = Minutes::hours;
    assert!(Windows::new(hours(1), hours(2)).is_some());
    assert_eq!(Windows::new(Minutes(59), hours(12)), None);
    assert!(Windows::new(hours(2), Minutes(180)).is_some());
    assert_eq!(Windows::new(hours(2), Minutes(179)), None);
}

#[track_caller]
fn overlap(one: &str, other: &str, count: usize, first: &[&str]) {
    let (one, other) = (rule(one, (1, 12), 7, None), rule(other, (1, 12), 35, None));
    let found = overlaps(&one, &other, at(FROM), years_after(1, at(FROM)));
    let dates: Vec<String> =
        found.first.iter().map(|overlap| overlap.one.local.date().to_string()).take(first.len()).collect();
    assert_eq!((found.count, dates), (count, first.iter().map(ToString::to_string).collect()));
}

#[test]
fn start_windows_overlap_on_the_dates_of_the_calendar() {
    overlap("daily 01:00 JST", "monthly 1 01:30 JST", 12, &["2027-01-01", "2027-02-01"]);
    overlap("daily 01:00 JST", "monthly 1 02:00 JST", 0, &[]);
    overlap("weekly sun 01:00 JST", "monthly 1 01:00 JST", 1, &["2027-08-01"]);
    overlap("daily 06:00 JST", "daily 16:00 America/New_York", 128, &["2026-12-02"]);
    overlap("daily 01:00 UTC", "daily 01:00 UTC", 366, &["2026-12-01"]);
}

#[test]
fn of_overlapping_runs_the_one_kept_longer_is_made() {
    let rules = [rule("daily 01:00 JST", (1, 12), 7, None), rule("monthly 1 01:30 JST", (1, 12), 35, None)];
    let runs = due(&rules, &Where::Source, at("2026-12-31T00:00:00Z"), at("2027-01-02T00:00:00Z"));
    let seen: Vec<_> = runs.iter().map(|due| (due.run.local.to_string(), due.rule, due.instead)).collect();
    assert_eq!(
        seen,
        [
            ("2027-01-01T01:00:00".to_owned(), 0, Some(1)),
            ("2027-01-01T01:30:00".to_owned(), 1, None),
            ("2027-01-02T01:00:00".to_owned(), 0, None),
        ]
    );
}

#[test]
fn runs_that_begin_too_soon() {
    let found =
        |sentence: &str, windows| overrun(&rule(sentence, windows, 7, None), at(FROM), years_after(1, at(FROM)));
    assert_eq!(found("daily 01:00 JST", (1, 12)), None);
    let often = found("every 6h 00:00 UTC", (1, 12)).expect("13 hours are more than 6");
    assert_eq!(often.completes_by, at("2026-12-01T13:00:00Z"));
    // An interval begins anew at midnight: the last run of a day is 4 hours before the next.
    let over_midnight = found("every 5h 00:00 UTC", (1, 4)).expect("5 hours are more than 4");
    assert_eq!(over_midnight.before.at, at("2026-12-01T20:00:00Z"));
    let spring = found("daily 00:30,12:30 Europe/London", (1, 11)).expect("an hour is skipped");
    assert_eq!(spring.before.local.date().to_string(), "2027-03-28");
}

fn blackout(day: Option<Weekday>, begins: (u8, u8), ends: (u8, u8), notice: Minutes) -> Blackout {
    let time = |(hour, minute)| TimeOfDay::new(hour, minute).expect("a time");
    Blackout { day, begins: time(begins), ends: time(ends), zone: zone("UTC"), notice }
}

#[track_caller]
fn blocked_runs(sentence: &str, blackout: &Blackout, count: usize) {
    let rule = TimedRule { closed: vec![blackout.clone()], ..rule(sentence, (1, 12), 7, None) };
    let found = closed(&rule, at(FROM), years_after(1, at(FROM)));
    assert_eq!(found.runs.count, count, "{sentence} {:?}", found.runs.first.first());
}

#[test]
fn maintenance_and_automated_backups_keep_snapshots_out() {
    let weekly = blackout(Some(Weekday::Sunday), (17, 0), (17, 30), Minutes::hours(1));
    blocked_runs("daily 16:00 UTC", &weekly, 52);
    blocked_runs("daily 15:00 UTC", &weekly, 0);
    blocked_runs("daily 15:01 UTC", &weekly, 52);
    blocked_runs("daily 17:29 UTC", &weekly, 52);
    blocked_runs("daily 17:30 UTC", &weekly, 0);
    blocked_runs("weekdays 16:00 UTC", &weekly, 0);
    let daily = blackout(None, (23, 45), (0, 15), Minutes::hours(1));
    blocked_runs("daily 00:10 UTC", &daily, 366);
    blocked_runs("daily 00:15 UTC", &daily, 0);
    blocked_runs("daily 21:45 UTC", &daily, 0);
    let files = blackout(Some(Weekday::Monday), (1, 0), (1, 30), Minutes::hours(3));
    blocked_runs("weekly sun 22:00 UTC", &files, 52);
    blocked_runs("weekly sun 21:00 UTC", &files, 0);
}

#[track_caller]
fn never(rules: &[(&str, u32)], expected: &[bool]) {
    let rules: Vec<_> = rules.iter().map(|(sentence, keep)| rule(sentence, (1, 12), *keep, None)).collect();
    assert_eq!(never_run(&rules, at("2026-12-01T01:15:00Z")), expected);
}

#[test]
fn a_rule_never_runs_where_longer_ones_cover_each_of_its_runs() {
    never(&[("daily 01:30 UTC", 7), ("daily 01:00 UTC", 8)], &[true, false]);
    never(&[("daily 01:00 UTC", 7), ("daily 02:00 UTC", 8)], &[false, false]);
    never(&[("daily 01:00 UTC", 7), ("daily 01:30 UTC", 7)], &[false, false]);
    never(&[("daily 01:00 UTC", 7), ("weekdays 01:30 UTC", 8)], &[false, false]);
    never(&[("daily 01:00 UTC", 7), ("weekdays 01:30 UTC", 8), ("weekly sat,sun 00:30 UTC", 9)], &[true, false, false]);
    never(&[("yearly jan 1 01:00 UTC", 7), ("daily 01:30 UTC", 8)], &[true, false]);
    // Where the longest and one that keeps equally long meet, the longest counts.
    never(&[("daily 01:00 UTC", 7), ("daily 01:10 UTC", 7), ("daily 01:30 UTC", 8)], &[true, true, false]);
}
