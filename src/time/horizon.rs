//! How far ahead runs are looked at: over the period in which they repeat, but over no more runs than
//! an answer is worth.

use jiff::Timestamp;
use jiff::civil::Date;

use super::length::Minutes;
use super::occurrence::falls_on;
use super::plan::TimedRule;
use super::zone::Zone;

/// How many runs of a statement are looked at. Hourly rules by a clock that shifts stay below it in the
/// two years that show all their spacings, and one more for their retention; AWS documents no more
/// frequent ones.
pub(crate) const RUNS: usize = 27_000;

/// What shows every spacing of runs but those that leap years make.
pub(crate) const TWO_YEARS: Minutes = Minutes::days(2 * 366);

/// How long runs must be looked at to see every spacing of them: as long as the rarest rule needs, but
/// not so long that a frequent rule beside it would be counted over decades.
pub(crate) fn length(rules: &[TimedRule]) -> Minutes {
    let days = || rules.iter().map(TimedRule::period_days);
    let (least, most) = (days().min().unwrap_or(1), days().max().unwrap_or(1));
    // Three periods, so that one of them is whole whatever is left out at both ends.
    let days = if Minutes::days(least) <= TWO_YEARS { most.min(4 * 366) } else { most };
    Minutes::days(if most <= 7 { 3 * days } else { days })
}

/// The instant up to which rules have [`RUNS`] runs from another on, if they have as many before an end; that
/// end otherwise.
pub(crate) fn reach(rules: &[TimedRule], from: Timestamp, until: Timestamp) -> Timestamp {
    let first = Zone::utc().wall_clock(from).date();
    let dates = std::iter::successors(Some(first), |date| date.tomorrow().ok());
    days(rules, Minutes::between(from, until), dates).map_or(until, |days| days.after(from).min(until))
}

/// The instant from which on rules have [`RUNS`] runs up to another, if they have as many after a beginning;
/// that beginning otherwise.
pub(crate) fn reach_back(rules: &[TimedRule], from: Timestamp, until: Timestamp) -> Timestamp {
    let last = Zone::utc().wall_clock(until).date();
    let dates = std::iter::successors(Some(last), |date| date.yesterday().ok());
    let days = days(rules, Minutes::between(from, until), dates);
    days.map_or(from, |days| (Minutes::ZERO - days).after(until).max(from))
}

/// The whole days, of some dates in turn, in which rules have [`RUNS`] runs; none if they have fewer in a whole
/// length of time.
fn days(rules: &[TimedRule], whole: Minutes, dates: impl Iterator<Item = Date>) -> Option<Minutes> {
    let daily = |rule: &TimedRule| rule.schedule.times().len();
    let most = rules.iter().map(daily).sum::<usize>();
    let days = whole.0.div_euclid(Minutes::days(1).0) + 1;
    if most.saturating_mul(usize::try_from(days).unwrap_or(0)) <= RUNS {
        return None;
    }
    let mut runs = 0;
    for (day, date) in (0..days).zip(dates) {
        runs += rules.iter().filter(|rule| falls_on(rule.schedule.recurrence(), date)).map(daily).sum::<usize>();
        if runs > RUNS {
            return Some(Minutes::days(day));
        }
    }
    None
}
