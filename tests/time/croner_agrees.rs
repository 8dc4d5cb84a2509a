//! Another cron library fires at the same local times, for the dialect that both know.

use std::cmp::Ordering;

use croner::errors::CronError;
use croner::parser::{CronParser, Seconds, Year};
use croner::time::{CivilDateTime, CronDateTime, Resolution, Weekday};
use drc::time::cron;
use drc::time::zone::Zone;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

use crate::firings::firings;
use crate::support::{any_cron, at};

/// An instant in UTC, as the other library wants to see it.
#[derive(Clone)]
struct Utc(Timestamp);

impl CronDateTime for Utc {
    fn to_civil(&self) -> CivilDateTime {
        let local = Zone::utc().wall_clock(self.0);
        let part = |value: i8| u32::try_from(value).expect("positive");
        CivilDateTime::from_ymd_hms_opt(
            i32::from(local.year()),
            part(local.month()),
            part(local.day()),
            part(local.hour()),
            part(local.minute()),
            part(local.second()),
        )
        .expect("a civil time")
    }

    fn civil_weekday(&self) -> Weekday {
        let day = Zone::utc().wall_clock(self.0).weekday().to_sunday_zero_offset();
        Weekday::from_days_from_sunday(u32::try_from(day).expect("positive"))
    }

    fn resolve_civil(&self, civil: CivilDateTime) -> Result<Resolution<Self>, CronError> {
        let text = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
            civil.year(),
            civil.month(),
            civil.day(),
            civil.hour(),
            civil.minute(),
            civil.second()
        );
        Ok(Resolution::Single(Self(at(&text))))
    }

    fn checked_add_seconds(&self, seconds: i64) -> Option<Self> {
        self.0.checked_add(SignedDuration::from_secs(seconds)).ok().map(Self)
    }

    fn cmp_instant(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn at_the_next_runs(fields in any_cron()) {
        let from = at("2026-01-01T00:00:00Z");
        let other = CronParser::builder()
            .seconds(Seconds::Required)
            .year(Year::Required)
            .alternative_weekdays(true)
            .sloppy_ranges(true)
            .build()
            .parse(&format!("0 {fields}"))
            .expect("an expression that both know");
        let ours: Vec<Timestamp> = firings(&cron::parse(&fields).expect("valid"), &Zone::utc(), from)
            .take_while(|at| at.as_second() < 2_000_000_000)
            .take(60)
            .collect();
        let mut theirs = Vec::new();
        let mut next = other.find_next_occurrence(&Utc(from), true);
        while let Ok(found) = next {
            if theirs.len() == ours.len() {
                break;
            }
            theirs.push(found.0);
            next = other.find_next_occurrence(&found, false);
        }
        prop_assert_eq!(ours, theirs, "{}", fields);
    }
}
