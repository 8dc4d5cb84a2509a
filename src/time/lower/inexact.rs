//! Why a schedule cannot be written by a clock, and on which dates it would be wrong.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{expressions, local, shift};
use crate::time::length::Minutes;
use crate::time::occurrence::occurrences;
use crate::time::schedule::Schedule;
use crate::time::zone::Zone;

/// A schedule that the clock which was asked for cannot express.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inexact {
    /// What stands in the way.
    pub why: Why,
    schedule: Box<Schedule>,
}

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The zone's clock shifts, UTC does not.
    DaylightSaving,
    /// The day before or after it in UTC has no fixed place in its month. This is judged day by
    /// day: `28,last` is refused, although together the two would come out right.
    MonthEnd,
    /// The day before or after it in UTC lies in another year, and only some years are meant. Of
    /// those, none may happen to begin or end on a day of the schedule.
    YearEnd,
    /// A day counted in weeks of a month: the day before the last Friday is not always the last
    /// Thursday.
    WeekOfMonth,
    /// A bare offset such as `+09:00` has no name that AWS would take.
    NoZoneName,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DaylightSaving => "the clock of the zone shifts and UTC does not",
            Self::MonthEnd => "in UTC its day crosses the end of a month, and months differ in length",
            Self::YearEnd => "in UTC its day crosses the end of a year, and only some years are meant",
            Self::WeekOfMonth => "the week of a month that a day belongs to is not that of its neighbour in UTC",
            Self::NoZoneName => "an offset alone has no zone name that AWS would take",
        })
    }
}

impl Inexact {
    pub(super) fn new(why: Why, schedule: Schedule) -> Self {
        Self { why, schedule: Box::new(schedule) }
    }

    /// The local dates, from an instant on and within so many years, on which the nearest thing
    /// that UTC can say (the numbers shifted by the offset of that instant) would run at another
    /// time, not at all, or needlessly; the first `limit` of them.
    pub fn wrong_on(&self, from: Timestamp, years: i64, limit: usize) -> Vec<Date> {
        let zone = self.schedule.zone();
        let until = Minutes::days(years * 366).after(from);
        let mut runs: BTreeMap<Timestamp, i32> = BTreeMap::new();
        for run in occurrences(&self.schedule, from).take_while(|run| run.at < until) {
            runs.insert(run.at, 1);
        }
        let parts = shift::naively(local(&self.schedule), zone.offset_at(from));
        for expression in expressions(parts, None) {
            let said = Schedule::cron(expression.cron, Zone::utc());
            for run in occurrences(&said, from).take_while(|run| run.at < until) {
                *runs.entry(run.at).or_default() -= 1;
            }
        }
        let wrong = runs.into_iter().filter(|(_, balance)| *balance != 0);
        let mut dates: Vec<Date> = wrong.map(|(at, _)| zone.wall_clock(at).date()).collect();
        dates.dedup();
        dates.truncate(limit);
        dates
    }
}
