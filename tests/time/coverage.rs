//! Figures of coverage with what they are made of.

use drc::time::calendar::{TimeOfDay, Weekday};
use drc::time::coverage::{Cut, Without, coverage, lives};
use drc::time::length::Minutes;
use drc::time::plan::{Retention, TimedRule, Where};
use drc::time::window::Blackout;

use crate::support::{at, osaka, rule, zone};

#[track_caller]
fn case(rules: &[TimedRule], place: &Where, expected: (usize, Option<usize>, &str, &str, Option<i64>)) {
    let found = coverage(rules, place, Minutes::hours(2), at("2026-12-01T00:00:00Z"));
    let rpo = found.rpo.as_ref().map_or("none".to_owned(), ToString::to_string);
    let without = match &found.without {
        Without::Never => "never".to_owned(),
        Without::AtMost(derivation) => derivation.to_string(),
        Without::Always => "always".to_owned(),
        Without::NoRun => "no run".to_owned(),
    };
    let days = found.least_keep_days();
    assert_eq!((found.least, found.most, rpo.as_str(), without.as_str(), days), expected);
}

#[test]
fn the_one_line_example_is_sometimes_without_anything() {
    let rules = [rule("daily 01:00 JST", (1, 12), 1, Some(1))];
    case(
        &rules,
        &Where::Source,
        (
            0,
            Some(2),
            "none",
            "1 d (between runs) + 1 h (start window) + 12 h (completion window) - 1 d (retention) = 13 h",
            Some(2),
        ),
    );
    case(
        &rules,
        &osaka(),
        (
            0,
            Some(2),
            "none",
            "1 d (between runs) + 1 h (start window) + 12 h (completion window) + 2 h (copy) - 1 d (retention) = 15 h",
            Some(2),
        ),
    );
    let slow = coverage(&rules, &osaka(), Minutes::hours(13), at("2026-12-01T00:00:00Z"));
    assert_eq!(slow.source_left, Some(Minutes::hours(-1)));
    assert_eq!(slow.without, Without::Always);
}

#[test]
fn a_run_that_may_not_start_counts_for_nothing() {
    let time = |hour| TimeOfDay::new(hour, 0).expect("a time");
    let zone = zone("UTC");
    let sunday =
        Blackout { day: Some(Weekday::Sunday), begins: time(3), ends: time(4), zone, notice: Minutes::hours(1) };
    let closed = |sentence: &str, closed: &Blackout| {
        [TimedRule { closed: vec![closed.clone()], ..rule(sentence, (1, 12), 7, None) }]
    };
    let loss = "2 d (between runs) + 1 h (start window) + 12 h (completion window) = 2 d 13 h";
    case(&closed("daily 02:00 UTC", &sunday), &Where::Source, (5, Some(8), loss, "never", Some(3)));
    let every_day = Blackout { day: None, ..sunday };
    case(&closed("daily 02:00 UTC", &every_day), &Where::Source, (0, Some(8), "none", "no run", None));
    let loss = "1 d (between runs) + 1 h (start window) + 12 h (completion window) = 1 d 13 h";
    case(&closed("daily 04:00 UTC", &every_day), &Where::Source, (6, Some(8), loss, "never", Some(2)));
}

#[test]
fn a_week_of_retention_is_covered() {
    let rules = [rule("daily 01:00 JST", (1, 12), 7, Some(14))];
    case(
        &rules,
        &Where::Source,
        (6, Some(8), "1 d (between runs) + 1 h (start window) + 12 h (completion window) = 1 d 13 h", "never", Some(2)),
    );
    case(
        &rules,
        &osaka(),
        (
            13,
            Some(15),
            "1 d (between runs) + 1 h (start window) + 12 h (completion window) + 2 h (copy) = 1 d 15 h",
            "never",
            Some(2),
        ),
    );
    let copy = coverage(&rules, &osaka(), Minutes::hours(2), at("2026-12-01T00:00:00Z"));
    assert_eq!(copy.source_left, Some(Minutes::days(7) - Minutes::hours(14)));
}

#[test]
fn the_calendar_counts() {
    let monthly = [rule("monthly 31 01:00 UTC", (1, 2), 35, None)];
    case(
        &monthly,
        &Where::Source,
        (
            0,
            Some(2),
            "none",
            "61 d (between runs) + 1 h (start window) + 2 h (completion window) - 35 d (retention) = 26 d 3 h",
            Some(62),
        ),
    );
    let skipped = [rule("daily 02:30 America/New_York", (1, 2), 7, None)];
    case(
        &skipped,
        &Where::Source,
        (
            5,
            Some(8),
            "1 d 23 h (between runs) + 1 h (start window) + 2 h (completion window) = 2 d 2 h",
            "never",
            Some(3),
        ),
    );
}

#[test]
fn rules_cover_for_each_other() {
    let rules = [rule("daily 01:00 UTC", (1, 2), 1, None), rule("weekly sun 12:00 UTC", (1, 2), 35, None)];
    let found = coverage(&rules, &Where::Source, Minutes::ZERO, at("2026-12-01T00:00:00Z"));
    assert_eq!(found.without, Without::Never);
    assert_eq!(found.least, 5);
    assert_eq!(found.rpo.map(|rpo| rpo.total()), Some(Minutes::days(6) + Minutes::hours(16)));
    assert_eq!(found.unexpired_rpo.map(|rpo| rpo.total()), Some(Minutes::days(1) + Minutes::hours(3)));
}

#[test]
fn for_ever_grows_for_ever() {
    let kept = TimedRule { keep: Retention::Forever, ..rule("daily 01:00 UTC", (1, 2), 1, None) };
    case(
        &[kept],
        &Where::Source,
        (1, None, "1 d (between runs) + 1 h (start window) + 2 h (completion window) = 1 d 3 h", "never", Some(2)),
    );
}

#[test]
fn in_japanese() {
    let found = coverage(
        &[rule("daily 01:00 JST", (1, 12), 7, None)],
        &Where::Source,
        Minutes::ZERO,
        at("2026-12-01T00:00:00Z"),
    );
    assert_eq!(
        found.rpo.map(|rpo| rpo.ja()).as_deref(),
        Some("1 日 (実行間隔) + 1 時間 (開始ウィンドウ) + 12 時間 (完了ウィンドウ) = 1 日 13 時間")
    );
}

#[test]
fn a_copy_waits_for_the_batches_before_it() {
    let mut daily = rule("daily 01:00 JST", (1, 12), 7, Some(7));
    daily.copies.iter_mut().for_each(|copy| copy.batches = 3);
    let found = coverage(&[daily], &osaka(), Minutes::hours(2), at("2026-12-01T00:00:00Z"));
    assert_eq!(
        found.rpo.map(|rpo| rpo.to_string()).as_deref(),
        Some(
            "1 d (between runs) + 1 h (start window) + 12 h (completion window) + 4 h (queue of copies) + 2 h (copy) = 1 d 19 h"
        )
    );
    assert_eq!(found.source_left, Some(Minutes::days(7) - Minutes::hours(12 + 6)));
}

#[test]
fn only_runs_that_happen_count() {
    let copied = |sentence, keep| rule(sentence, (1, 12), keep, Some(7));
    let local = |sentence, keep| rule(sentence, (1, 12), keep, None);
    let rpo = |rules: &[TimedRule]| {
        let found = coverage(rules, &osaka(), Minutes::hours(2), at("2026-12-01T00:00:00Z"));
        (found.rpo.map(|rpo| rpo.total()), found.without)
    };
    // A daily copy that gives way once a week.
    let weekly = [copied("daily 01:00 JST", 7), local("weekly sun 01:30 JST", 35)];
    assert_eq!(rpo(&weekly), (Some(Minutes::days(2) + Minutes::hours(15)), Without::Never));
    assert_eq!(rpo(&[copied("daily 01:00 JST", 7), local("daily 01:30 JST", 8)]), (None, Without::NoRun));
    // AWS names no winner, so that the copy is not sure.
    assert_eq!(rpo(&[copied("daily 01:00 JST", 7), local("daily 01:30 JST", 7)]), (None, Without::NoRun));
    assert_eq!(rpo(&[local("daily 01:00 JST", 7), copied("daily 01:30 JST", 7)]), (None, Without::NoRun));
    assert_eq!(rpo(&[copied("daily 01:00 JST", 7), local("daily 02:00 JST", 8)]).1, Without::Never);
}

/// What counts for a minute-by-minute schedule, whatever its retention, is seen without its every run.
#[test]
fn retentions_that_outlast_what_is_looked_at() {
    let from = at("2026-12-01T00:00:00Z");
    for sentence in ["cron * * * * ? * UTC", "hourly 15 America/New_York", "cron 0/5 * ? * MON-FRI * UTC"] {
        let found = |keep: Retention| {
            let mut rule = rule(sentence, (1, 12), 7, Some(7));
            rule.keep = keep;
            rule.copies.iter_mut().for_each(|copy| copy.keep = keep);
            [Where::Source, osaka()].map(|place| coverage(std::slice::from_ref(&rule), &place, Minutes::hours(2), from))
        };
        for (long, forever) in found(Retention::Days(36_500)).into_iter().zip(found(Retention::Forever)) {
            assert_eq!(long.rpo.map(|rpo| rpo.total()), forever.rpo.map(|rpo| rpo.total()), "{sentence}");
            assert_eq!((long.without, long.most), (Without::Never, None), "{sentence}");
            let counted = long.cut.retention.expect("cut");
            assert!(counted < Minutes::days(36_500) && long.least > 1000, "{sentence} {counted}");
        }
    }
}

/// The longest gap is found where all spacings are looked at, and what is left out is said elsewhere.
#[test]
fn a_horizon_that_is_cut_is_said() {
    let from = at("2026-12-01T00:00:00Z");
    let found = |sentence: &str| coverage(&[rule(sentence, (1, 2), 7, None)], &Where::Source, Minutes::ZERO, from).cut;
    for whole in ["daily 01:00 JST", "cron * * * * ? * UTC", "hourly 0 America/New_York", "cron * * ? * SUN * UTC"] {
        assert_eq!(found(whole), Cut::default(), "{whole}");
    }
    // An hourly rule is looked at whole however long it keeps: its retention is what is cut.
    let long = coverage(&[rule("hourly 0 America/New_York", (1, 2), 3660, None)], &Where::Source, Minutes::ZERO, from);
    assert_eq!((long.cut.until, long.without), (None, Without::Never));
    assert!(long.cut.retention > Some(Minutes::days(365)), "{:?}", long.cut);
    for cut in ["cron * * * * ? * America/New_York", "cron * * * 1-11 ? * UTC"] {
        assert!(found(cut).until.is_some(), "{cut}");
    }
}

#[test]
fn a_point_lives_from_its_latest_completion_to_its_expiry_where_that_is_sure() {
    let (from, until) = (at("2026-12-01T00:00:00Z"), at("2026-12-03T00:00:00Z"));
    let told = |keep: u32, copy: Option<u32>, place: &Where, takes: i64| -> Vec<String> {
        let rules = [rule("daily 01:00 JST", (1, 12), keep, copy)];
        let lives = lives(&rules, place, Minutes::hours(takes), from, until);
        let hours = |to: jiff::Timestamp, life: jiff::Timestamp| Minutes::between(life, to).0 / 60;
        let words = lives.iter().map(|life| {
            let usable = life.usable.map(|usable| hours(usable, life.due));
            format!("{} {usable:?} {:?}", life.due, life.expires.map(|expires| hours(expires, life.due)))
        });
        words.collect()
    };
    let both =
        |said: &str| ["2026-12-01T16:00:00Z", "2026-12-02T16:00:00Z"].map(|due| format!("{due} {said}")).to_vec();
    assert_eq!(told(1, Some(3), &Where::Source, 2), both("Some(13) Some(24)"));
    assert_eq!(told(1, Some(3), &osaka(), 2), both("Some(15) Some(72)"));
    // What it is copied from may be gone.
    assert_eq!(told(1, Some(3), &osaka(), 13), both("None Some(72)"));
    // It may have expired.
    assert_eq!(told(3, Some(1), &osaka(), 12), both("None Some(24)"));
    assert_eq!(told(3, None, &osaka(), 2), Vec::<String>::new());
}
