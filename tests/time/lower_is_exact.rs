//! Every instant at which the emitted expressions fire is one that the sentence means, and the
//! other way round, over ten years.

use std::collections::BTreeSet;

use drc::text::Language;
use drc::time::length::Minutes;
use drc::time::lower::{Clock, Expression, Why, lower};
use drc::time::occurrence::occurrences;
use drc::time::schedule::Schedule;
use drc::time::zone::Zone;
use jiff::Timestamp;
use proptest::prelude::*;

use crate::firings::firings;
use crate::support::{ZONES, any_schedule, at, schedule, zone};

fn fired(expressions: &[Expression], from: Timestamp, until: Timestamp) -> BTreeSet<Timestamp> {
    let mut all = BTreeSet::new();
    for expression in expressions {
        let clock = expression.timezone.as_deref().map_or_else(Zone::utc, zone);
        all.extend(firings(&expression.cron, &clock, from).take_while(|at| *at < until));
    }
    all
}

fn meant(schedule: &Schedule, from: Timestamp, until: Timestamp) -> BTreeSet<Timestamp> {
    occurrences(schedule, from).map(|run| run.at).take_while(|at| *at < until).collect()
}

#[track_caller]
fn same(schedule: &Schedule, lowered: &[Expression], from: Timestamp, years: i64) {
    let until = Minutes::days(365 * years).after(from);
    let (fired, meant) = (fired(lowered, from, until), meant(schedule, from, until));
    let wrong: Vec<_> = fired.symmetric_difference(&meant).take(3).collect();
    assert!(wrong.is_empty(), "{schedule:?}\n{lowered:?}\n{wrong:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn by_the_clock_that_is_chosen_for_it(schedule in any_schedule(), days in 0..400_i64) {
        let from = Minutes::days(days).after(at("2026-01-01T00:00:00Z"));
        match lower(&schedule, Clock::Automatic) {
            Ok(lowered) => same(&schedule, &lowered, from, 10),
            Err(_) => prop_assert!(schedule.zone().iana_name().is_none()),
        }
    }

    #[test]
    fn by_utc_or_else_by_the_zone(schedule in any_schedule()) {
        let from = at("2026-03-01T00:00:00Z");
        match lower(&schedule, Clock::Utc) {
            Ok(lowered) => same(&schedule, &lowered, from, 3),
            Err(inexact) => {
                let shifts = inexact.why == Why::DaylightSaving;
                prop_assert_eq!(shifts, !schedule.zone().is_constant(), "{:?}", inexact);
                let named = lower(&schedule, Clock::Automatic);
                prop_assert_eq!(named.ok(), lower(&schedule, Clock::Zone).ok());
            }
        }
    }

    #[test]
    fn no_instant_is_said_twice(schedule in any_schedule()) {
        let from = at("2026-01-01T00:00:00Z");
        let until = at("2028-01-01T00:00:00Z");
        prop_assume!(!schedule.describe(Language::English).contains("last day"));
        if let Ok(lowered) = lower(&schedule, Clock::Automatic) {
            let each: usize = lowered.iter().map(|one| fired(std::slice::from_ref(one), from, until).len()).sum();
            prop_assert_eq!(each, fired(&lowered, from, until).len());
        }
    }
}

#[test]
fn in_every_odd_zone_and_by_the_zone_itself() {
    for name in ZONES {
        for sentence in ["daily 00:30,02:15,23:45", "monthly 1,29,last 02:00", "weekly sun 02:30"] {
            let schedule = schedule(&format!("{sentence} {name}"));
            for clock in [Clock::Automatic, Clock::Zone] {
                let lowered = lower(&schedule, clock).expect(name);
                same(&schedule, &lowered, at("2026-01-01T00:00:00Z"), 4);
            }
        }
    }
}

#[test]
fn by_the_zone_in_years_when_its_rules_were_odder() {
    for (name, from) in [
        ("Pacific/Apia", "2011-06-01T00:00:00Z"),
        ("America/Sao_Paulo", "2017-01-01T00:00:00Z"),
        ("Europe/Moscow", "2010-01-01T00:00:00Z"),
        ("Africa/Casablanca", "2017-01-01T00:00:00Z"),
        ("Asia/Pyongyang", "2015-01-01T00:00:00Z"),
        ("America/Caracas", "2007-01-01T00:00:00Z"),
        ("Pacific/Kwajalein", "1993-06-01T00:00:00Z"),
    ] {
        for sentence in ["daily 00:00,00:30,02:00", "hourly 15", "monthly 30,last 00:15"] {
            let schedule = schedule(&format!("{sentence} {name}"));
            let lowered = lower(&schedule, Clock::Zone).expect(name);
            same(&schedule, &lowered, at(from), 4);
        }
    }
}
