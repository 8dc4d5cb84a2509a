//! The rationale: that nothing lacks it, that it is narrowed rightly, and how it is written.

mod command;
mod formats;
mod narrowing;
mod provenance;
mod support;
