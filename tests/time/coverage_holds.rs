//! The bounds of coverage against plans played through minute by minute.

use drc::time::calendar::{TimeOfDay, Weekday};
use drc::time::coverage::{Coverage, Without, coverage};
use drc::time::length::Minutes;
use drc::time::occurrence::occurrences;
use drc::time::plan::{Retention, TimedRule, Where, never_run};
use drc::time::window::Blackout;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use proptest::prelude::*;

use crate::support::{any_time, at, osaka, rule, zone};

const FROM: &str = "2027-02-01T00:00:00Z";
/// Days played: over both shifts of the clock and every length of month would be a year; each
/// schedule here shows its worst within this.
const DAYS: i64 = 90;

/// Delays of one job, in minutes: until it starts, completes and is copied.
type Delays = (i64, i64, i64);

/// What was seen in a played plan: the fewest and the most points, the oldest newest point just
/// before the next one, and the longest time without any.
#[derive(Debug, Default)]
struct Seen {
    least: i64,
    most: i64,
    loss: Option<i64>,
    without: i64,
}

fn play(rule: &TimedRule, place: &Where, delays: impl Fn(usize) -> Delays) -> Seen {
    let from = at(FROM);
    let keep = keep(rule, place);
    let warm = keep.max(0) + 4 * 24 * 60;
    let minutes = usize::try_from(DAYS * 24 * 60 + warm).expect("positive");
    let (mut newest, mut count) = (vec![i64::MIN; minutes], vec![0_i64; minutes]);
    let index = |minute: i64| usize::try_from(minute.max(0)).expect("positive").min(minutes);
    let since = |at: Timestamp| Minutes::between(from, at).0;
    let closed: Vec<(i64, i64)> = rule.closed.iter().flat_map(spans).collect();
    for (number, run) in occurrences(&rule.schedule, from).enumerate() {
        if since(run.at) >= i64::try_from(minutes).expect("small") {
            break;
        }
        let (delay, takes, copy) = delays(number);
        let copy = if *place == Where::Source { 0 } else { copy };
        let started = since(run.at) + delay;
        // A start window and a closed one that only touch do not meet.
        if closed.iter().any(|(from, until)| *from < started && started < *until) {
            continue;
        }
        for minute in index(started + takes + copy)..index(started + keep) {
            newest[minute] = newest[minute].max(started);
            count[minute] += 1;
        }
    }
    look(&newest, &count, index(warm))
}

/// When a window, whose clock is UTC, keeps jobs from starting.
fn spans(closed: &Blackout) -> Vec<(i64, i64)> {
    let first: Date = FROM.split('T').next().and_then(|date| date.parse().ok()).expect("a date");
    let of_day = |day: i64| {
        let date = first.checked_add(day.days()).expect("near");
        let begins = day * 24 * 60 + closed.begins.minute_of_day();
        let is_meant = closed.day.is_none_or(|weekday| Weekday::of(date) == weekday);
        is_meant.then(|| (begins - closed.notice.0, begins + closed.length().0))
    };
    (-2..2 * DAYS).filter_map(of_day).collect()
}

fn keep(rule: &TimedRule, place: &Where) -> i64 {
    rule.keeps(place).and_then(Retention::length).expect("it ends").0
}

fn look(newest: &[i64], count: &[i64], warm: usize) -> Seen {
    let mut seen = Seen { least: i64::MAX, loss: Some(0), ..Seen::default() };
    let mut without = 0;
    for minute in warm..newest.len() {
        seen.least = seen.least.min(count[minute]);
        seen.most = seen.most.max(count[minute]);
        if count[minute] == 0 {
            seen.loss = None;
            without += 1;
            seen.without = seen.without.max(without);
        } else {
            without = 0;
            let age = i64::try_from(minute).expect("small") - newest[minute];
            seen.loss = seen.loss.map(|loss| loss.max(age));
        }
    }
    seen
}

#[track_caller]
fn never_worse(seen: &Seen, bound: &Coverage) {
    let least = i64::try_from(bound.least).expect("small");
    assert!(seen.least >= least, "{seen:?} {bound:?}");
    assert!(seen.most <= i64::try_from(bound.most.expect("it ends")).expect("small"), "{seen:?} {bound:?}");
    match (&bound.rpo, seen.loss) {
        (Some(rpo), Some(loss)) => assert!(loss <= rpo.total().0, "{seen:?} {bound:?}"),
        (Some(_), None) => panic!("{seen:?} {bound:?}"),
        (None, _) => {}
    }
    let without = match &bound.without {
        Without::Never => 0,
        Without::AtMost(most) => most.total().0,
        Without::Always | Without::NoRun => i64::MAX,
    };
    assert!(seen.without <= without, "{seen:?} {bound:?}");
}

fn any_rule() -> impl Strategy<Value = TimedRule> {
    let sentence = prop_oneof![
        (any_time(), prop::sample::select(vec!["JST", "America/New_York", "Australia/Lord_Howe"]))
            .prop_map(|(time, zone)| format!("daily {time} {zone}")),
        (any_time(), any_time()).prop_map(|(one, other)| format!("daily {one},{other} UTC")),
        any_time().prop_map(|time| format!("weekly sun,wed {time} JST")),
        any_time().prop_map(|time| format!("every 6h {time} UTC")),
        any_time().prop_map(|time| format!("weekdays {time} Europe/London")),
    ];
    (sentence, 1..5_i64, 1..14_i64, 1..10_u32, 1..10_u32, prop::option::of(any_window())).prop_map(
        |(sentence, start, more, keep, copy, closed)| TimedRule {
            closed: closed.into_iter().collect(),
            ..rule(&sentence, (start, start + more), keep, Some(copy))
        },
    )
}

fn any_window() -> impl Strategy<Value = Blackout> {
    let days = prop::sample::select(vec![None, Some(Weekday::Sunday), Some(Weekday::Wednesday)]);
    (days, 0..24_u8, 0..24_u8, 0..4_i64).prop_map(|(day, begins, ends, notice)| {
        let time = |hour| TimeOfDay::new(hour, 30).expect("a time");
        Blackout { day, begins: time(begins), ends: time(ends), zone: zone("UTC"), notice: Minutes::hours(notice) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_delays_within_the_windows_are_worse(
        rule in any_rule(),
        copy_takes in 0..600_i64,
        shares in prop::collection::vec((0..=100_i64, 0..=100_i64, 0..=100_i64), 1..40),
    ) {
        let part = |most: i64, share: i64| most * share / 100;
        for place in [Where::Source, osaka()] {
            let bound = coverage(std::slice::from_ref(&rule), &place, Minutes(copy_takes), at(FROM));
            // A copy whose source may expire first is not made; that is a finding of its own.
            if bound.source_left.is_some_and(|left| left < Minutes::ZERO) {
                continue;
            }
            let seen = play(&rule, &place, |number| {
                let (delay, takes, copy) = shares[number % shares.len()];
                (
                    part(rule.windows.start().0, delay),
                    part(rule.windows.completion().0, takes),
                    part(copy_takes, copy),
                )
            });
            never_worse(&seen, &bound);
        }
    }

    #[test]
    fn delays_chosen_to_hurt_reach_the_bound(time in any_time(), start in 1..5_i64, more in 1..14_i64, keep in 3..9_u32, copy_takes in 0..600_i64) {
        let rule = rule(&format!("daily {time} JST"), (start, start + more), keep, Some(keep));
        for place in [Where::Source, osaka()] {
            let bound = coverage(std::slice::from_ref(&rule), &place, Minutes(copy_takes), at(FROM));
            // Every other job starts at once, the ones between as late as they can, and complete so.
            let seen = play(&rule, &place, |number| {
                let delay = if number.is_multiple_of(2) { 0 } else { rule.windows.start().0 };
                (delay, rule.windows.completion().0, copy_takes)
            });
            let rpo = bound.rpo.as_ref().expect("covered").total().0;
            prop_assert!(rpo - seen.loss.expect("covered") <= 1, "{:?} {:?}", seen, bound);
            never_worse(&seen, &bound);
        }
    }

    #[test]
    fn the_longest_time_without_anything_is_reached(time in any_time(), start in 1..5_i64, more in 1..14_i64) {
        let rule = rule(&format!("daily {time} JST"), (start, start + more), 1, None);
        let bound = coverage(std::slice::from_ref(&rule), &Where::Source, Minutes::ZERO, at(FROM));
        let seen = play(&rule, &Where::Source, |number| {
            let delay = if number.is_multiple_of(2) { 0 } else { rule.windows.start().0 };
            (delay, rule.windows.completion().0, 0)
        });
        let Without::AtMost(most) = &bound.without else { panic!("{bound:?}") };
        prop_assert!(most.total().0 - seen.without <= 1, "{:?} {:?}", seen, bound);
        never_worse(&seen, &bound);
    }
}

/// Days of retention: about as long as runs are apart, or much longer than they take to repeat.
fn any_keep() -> impl Strategy<Value = u32> {
    prop_oneof![1..16_u32, 200..900_u32]
}

/// A day and a minute of cron that repeat every day or week.
fn any_fields() -> impl Strategy<Value = String> {
    let days = prop::sample::select(vec!["* * ?", "? * SUN", "? * MON-FRI", "? * TUE,SAT"]);
    (0..60_u8, 0..24_u8, days).prop_map(|(minute, hour, days)| format!("{minute} {hour} {days}"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// Rules whose runs repeat are looked at over some periods, and the same rules over decades where their
    /// years are limited; both say the same.
    #[test]
    fn some_periods_say_what_decades_do(
        fields in prop::collection::vec((any_fields(), 1..8_i64, 1..14_i64, any_keep(), prop::option::of(any_keep())), 1..3),
        copy_takes in 0..600_i64,
    ) {
        let rules = |years: &str| -> Vec<TimedRule> {
            let rule = |(fields, start, more, keep, copy): &(String, i64, i64, u32, Option<u32>)| {
                let mut fields: Vec<&str> = fields.split(' ').collect();
                // The year is the last of six fields.
                fields.push(years);
                rule(&format!("cron {} JST", fields.join(" ")), (*start, start + more), *keep, *copy)
            };
            fields.iter().map(rule).collect()
        };
        let (periods, decades) = (rules("*"), rules("2026-2150"));
        for place in [Where::Source, osaka()] {
            let [some, all] = [&periods, &decades].map(|rules| coverage(rules, &place, Minutes(copy_takes), at(FROM)));
            prop_assert_eq!(some.cut, all.cut);
            prop_assert_eq!(some.least, all.least);
            prop_assert_eq!(some.most, all.most);
            prop_assert_eq!(some.rpo, all.rpo);
            prop_assert_eq!(some.unexpired_rpo, all.unexpired_rpo);
            prop_assert_eq!(some.without, all.without);
            prop_assert_eq!(some.source_left, all.source_left);
        }
        prop_assert_eq!(never_run(&periods, at(FROM)), never_run(&decades, at(FROM)));
    }
}
