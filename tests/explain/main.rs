//! The rationale: that nothing lacks it, that it is narrowed rightly, and how it is written.

#[cfg(test)]
mod command;
#[cfg(test)]
mod drawings;
#[cfg(test)]
mod folding;
#[cfg(test)]
mod formats;
#[cfg(test)]
mod levels;
#[cfg(test)]
mod narrowing;
#[cfg(test)]
#[path = "../page/mod.rs"]
mod page;
#[cfg(test)]
mod provenance;
#[cfg(test)]
mod questions;
#[cfg(test)]
mod quotes;
#[cfg(test)]
mod screen;
#[cfg(test)]
mod support;
#[cfg(test)]
mod telling;
#[cfg(test)]
mod width;
