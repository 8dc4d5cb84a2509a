//! Which hour it is in UTC, and why.

use crate::spec::Rule;
use crate::time::length::Minutes;
use crate::time::lower::{Clock, Expression};

/// Why AWS Backup is given a schedule by the clock that it is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UtcReason {
    /// It was written in UTC.
    Written,
    /// The zone is so far ahead of UTC on every date, so that UTC says it exactly.
    Constant(Minutes),
    /// The zone shifts its clock, and the hour in UTC with it: AWS Backup gets the zone.
    Shifts,
    /// The zone keeps one distance from UTC, but six fields cannot say the schedule in UTC: AWS Backup gets the zone.
    Unsayable,
    /// The spec asks for the zone.
    Asked,
}

/// Why an expression of a rule is in UTC, or is not.
pub fn utc_reason(rule: &Rule, expression: &Expression) -> UtcReason {
    let zone = rule.schedule.node.zone();
    match (&expression.timezone, zone.constant_offset()) {
        (None, _) if zone.is_utc() => UtcReason::Written,
        (None, offset) => UtcReason::Constant(Minutes(offset.unwrap_or_default())),
        (Some(_), _) if rule.clock.value == Clock::Zone => UtcReason::Asked,
        (Some(_), None) => UtcReason::Shifts,
        (Some(_), Some(_)) => UtcReason::Unsayable,
    }
}
