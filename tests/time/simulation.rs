//! Plans run event by event.

use std::num::NonZeroU32;

use drc::time::length::Minutes;
use drc::time::plan::{TimedRule, Where};
use drc::time::simulation::{Assumptions, EventKind, Pace, Simulation, Stretch, simulate, since};

use crate::support::{at, osaka, rule};

const LOST: &str = "2026-12-03T05:37:00Z";

fn run(rules: &[TimedRule], pace: Pace, fail_every: Option<u32>) -> Simulation {
    let assumptions = Assumptions {
        backup_takes: Minutes(40),
        copy_takes: Minutes::hours(2),
        fail_every: fail_every.and_then(NonZeroU32::new),
        pace,
    };
    simulate(rules, &assumptions, whole(rules))
}

/// All that is played, with every event.
fn whole(rules: &[TimedRule]) -> Stretch {
    let from = since(rules, at(LOST));
    Stretch { from, told: from, until: at(LOST) }
}

#[track_caller]
fn loss(keep: u32, pace: Pace, expected: (Option<Minutes>, Option<Minutes>)) {
    let found = run(&[rule("daily 01:00 JST", (1, 12), keep, Some(keep))], pace, None);
    assert_eq!((found.loss(&Where::Source), found.loss(&osaka())), expected, "{pace:?}");
}

#[test]
fn what_is_lost() {
    let age = |days, hours| Some(Minutes::days(days) + Minutes::hours(hours) + Minutes(37));
    // 01:00 JST is 16:00 UTC; the place is lost at 05:37 UTC.
    loss(7, Pace::OnTime, (age(0, 13), age(0, 13)));
    loss(7, Pace::Slowest, (age(0, 12), age(1, 12)));
    loss(7, Pace::OneFailed, (age(1, 13), age(1, 13)));
    loss(1, Pace::OnTime, (age(0, 13), age(0, 13)));
    loss(1, Pace::Slowest, (age(0, 12), None));
    loss(1, Pace::OneFailed, (None, None));
}

#[test]
fn a_timeline() {
    let rules = [rule("daily 01:00 JST", (1, 12), 1, Some(2))];
    let found = run(&rules, Pace::OnTime, None);
    let last: Vec<String> = found
        .events
        .iter()
        .rev()
        .take(5)
        .map(|event| format!("{} {:?} {:?}", event.at, event.place, event.kind))
        .collect();
    assert_eq!(
        last,
        [
            r#"2026-12-02T18:40:00Z Copy("osaka") Copied"#,
            "2026-12-02T16:40:00Z Source Completed",
            r#"2026-12-02T16:00:00Z Copy("osaka") Expired"#,
            "2026-12-02T16:00:00Z Source Started",
            "2026-12-02T16:00:00Z Source Expired",
        ]
    );
    assert_eq!(found.usable(&osaka()).len(), 2);
    assert_eq!(found.usable(&Where::Source).len(), 1);
}

#[test]
fn failures_and_replacements() {
    let daily = rule("daily 01:00 JST", (1, 12), 7, None);
    let found = run(std::slice::from_ref(&daily), Pace::OnTime, Some(2));
    let count = |kind: EventKind| found.events.iter().filter(|event| event.kind == kind).count();
    let (failed, made) = (count(EventKind::Failed), count(EventKind::Completed));
    assert!(failed.abs_diff(made) <= 1 && failed > 100, "{failed} {made}");
    let monthly = rule("monthly 2 01:30 JST", (1, 12), 35, None);
    let found = run(&[daily, monthly], Pace::OnTime, None);
    let replaced: Vec<_> = found.events.iter().filter(|event| event.kind == EventKind::Replaced { by: 1 }).collect();
    assert_eq!(replaced.last().expect("one").at, at("2026-12-01T16:00:00Z"));
}

#[test]
fn slow_copies_lose_their_source_and_slow_backups_are_stopped() {
    let assumptions = Assumptions {
        backup_takes: Minutes::hours(1),
        copy_takes: Minutes::hours(24),
        fail_every: None,
        pace: Pace::OnTime,
    };
    let rules = [rule("daily 01:00 JST", (1, 2), 1, Some(7))];
    let found = simulate(&rules, &assumptions, whole(&rules));
    assert!(found.events.iter().any(|event| event.kind == EventKind::CopyLost));
    assert_eq!(found.loss(&osaka()), None);
    let assumptions = Assumptions { backup_takes: Minutes::hours(3), ..assumptions };
    let found = simulate(&rules, &assumptions, whole(&rules));
    assert!(found.events.iter().any(|event| event.kind == EventKind::TimedOut));
    assert!(found.usable(&Where::Source).is_empty());
}

#[test]
fn the_last_batch_of_copies_counts() {
    let mut daily = rule("daily 01:00 JST", (1, 12), 7, Some(7));
    daily.copies.iter_mut().for_each(|copy| copy.batches = 8);
    let age = |days| Some(Minutes::days(days) + Minutes::hours(13) + Minutes(37));
    // Eight batches of two hours after 16:40 UTC end three hours after the loss.
    let found = run(&[daily], Pace::OnTime, None);
    assert_eq!((found.loss(&Where::Source), found.loss(&osaka())), (age(0), age(1)));
}

/// Telling events from later on changes neither what is there nor what is told from then on.
#[test]
fn what_is_not_told_happens_all_the_same() {
    let rules = [rule("daily 01:00 JST", (1, 12), 3, Some(40)), rule("hourly 30 JST", (1, 2), 1, None)];
    let assumptions = Assumptions {
        backup_takes: Minutes(40),
        copy_takes: Minutes::hours(2),
        fail_every: NonZeroU32::new(7),
        pace: Pace::OneFailed,
    };
    let all = simulate(&rules, &assumptions, whole(&rules));
    let told = (Minutes::ZERO - Minutes::days(2)).after(at(LOST));
    let late = simulate(&rules, &assumptions, Stretch { told, ..whole(&rules) });
    let expected: Vec<_> = all.events.iter().filter(|event| event.at >= told).cloned().collect();
    assert_eq!(late.events, expected);
    assert!(late.events.len() > 100 && all.events.len() > 10_000, "{}", late.events.len());
    for place in [Where::Source, osaka()] {
        assert_eq!(late.usable(&place), all.usable(&place));
        let usable = all.usable(&place);
        assert!(!usable.is_empty() && usable.is_sorted());
        assert!(usable.iter().all(|point| point.available <= at(LOST) && point.expires > Some(at(LOST))));
    }
}
