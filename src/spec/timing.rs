//! A statement as the calendar sees it: rules, windows, retentions and places without names.

use super::{Copy, Retention, Statement};
use crate::time::length::Minutes;
use crate::time::plan::{CopyTo, Keep, Rule, Windows};

impl Statement {
    /// Its rules in the order of [`Statement::rules`]; none when a window is one that AWS refuses,
    /// which is reported elsewhere.
    pub fn timing(&self) -> Option<Vec<Rule>> {
        self.rules.iter().map(timing).collect()
    }
}

impl Copy {
    /// The place as [`CopyTo`] names it.
    pub fn place_name(&self) -> String {
        format!("{}/{}", self.place.region.node.code, self.place.vault.value)
    }
}

fn timing(rule: &super::Rule) -> Option<Rule> {
    let minutes = |window: u32| Minutes(i64::from(window));
    let windows = Windows::new(minutes(rule.start_window.value), minutes(rule.completion_window.value)).ok()?;
    let copies = rule.copies.iter().map(|copy| CopyTo { place: copy.place_name(), keep: keep(copy.keep.value) });
    Some(Rule { schedule: rule.schedule.node.clone(), windows, keep: keep(rule.keep.value), copies: copies.collect() })
}

fn keep(retention: Retention) -> Keep {
    match retention {
        Retention::Days(days) => Keep::Days(days),
        Retention::Forever => Keep::Forever,
    }
}
