//! The rationale: that nothing lacks it, that it is narrowed rightly, and how it is written.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test that meets what it did not expect ends there")]

mod command;
mod formats;
mod narrowing;
mod provenance;
mod support;
