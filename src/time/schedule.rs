//! Schedules.
use super::zone::Zone;
/// Time of day in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay {
    /// h
    pub hour: u8,
    /// m
    pub minute: u8,
}
/// A schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schedule {
    /// times
    pub times: Vec<TimeOfDay>,
    /// zone
    pub zone: Zone,
}
