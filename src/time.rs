//! Sentences about time into what AWS Backup runs, and what follows from it.
//!
//! INVARIANT: pure. Nothing here reads a clock, the environment or a file; the tz database is the
//! one compiled in, so that the same spec means the same on every machine.

pub mod calendar;
pub mod coverage;
pub mod cron;
pub mod evaluate;
pub(crate) mod horizon;
pub mod irregular;
pub mod length;
pub mod lower;
pub mod occurrence;
pub mod plan;
pub mod queue;
pub mod schedule;
pub mod simulation;
pub mod window;
pub mod zone;
