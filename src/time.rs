//! Zones, schedules and their cron expressions.
pub mod lower;
pub mod schedule;
pub mod zone;
