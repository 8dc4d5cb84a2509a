//! Policies and calls to verdicts: which calls a set of policies allows, and by which statement.

mod condition;
pub mod evaluate;
mod nearest;
mod pattern;
mod principal;
pub mod request;
mod statement;
mod value;
