//! A statement as the calendar sees it: rules, windows, retentions and places without names.

use std::collections::BTreeSet;

use super::{Part, Place, Statement};
use crate::aws::quota::{COPIES_PER_RULE, RULES_PER_PLAN};
use crate::time::length::Minutes;
use crate::time::plan::{self, CopyTo, TimedRule, Windows};
use crate::time::window::Blackout;

impl Statement {
    /// Its rules in the order of [`Statement::rules`], as if its copies waited for no others; none when a window, or the number of rules or
    /// copies, is one that AWS refuses, or something of it was wrong, which is reported elsewhere.
    pub fn timing(&self) -> Option<Vec<TimedRule>> {
        if !self.knows(Part::Timing) || !self.knows(Part::Source) {
            return None;
        }
        let copies = self.rules.iter().map(|rule| rule.copies.len()).max().unwrap_or_default();
        if self.rules.len() > RULES_PER_PLAN || copies > COPIES_PER_RULE {
            return None;
        }
        self.rules.iter().map(|rule| self.rule_timing(rule)).collect()
    }

    /// A destination as [`CopyTo`] names it: by its region, and by its rank among the statement's
    /// vaults there. A vault's own name would make the timing of each statement another.
    pub fn place_name(&self, place: &Place) -> String {
        let region = place.region.node;
        let there = self.destinations().map(|other| other.place).filter(|other| other.region.node == region);
        let vaults: BTreeSet<_> = there.map(Place::identity).collect();
        let rank = vaults.iter().take_while(|vault| **vault != place.identity()).count();
        format!("{}/{rank}", region.code)
    }

    /// The place that timing names.
    pub fn place(&self, named: &plan::Where) -> Option<&Place> {
        match named {
            plan::Where::Source => Some(&self.source),
            plan::Where::Copy(name) => {
                self.copies().map(|copy| &copy.place).find(|place| self.place_name(place) == *name)
            }
        }
    }

    /// Whether the statement has another vault in the region of a place.
    pub fn shares_region(&self, place: &Place) -> bool {
        self.places().any(|other| other.region.node == place.region.node && other.identity() != place.identity())
    }

    /// A place for people: its region, and its vault where the statement has others in that region.
    pub fn place_words(&self, place: &Place) -> String {
        let region = place.region.node.code;
        if self.shares_region(place) { format!("{region} / {}", place.vault.value.name()) } else { region.to_owned() }
    }

    fn rule_timing(&self, rule: &super::Rule) -> Option<TimedRule> {
        let minutes = |window: u32| Minutes(i64::from(window));
        let windows = Windows::new(minutes(rule.start_window.value), minutes(rule.completion_window.value))?;
        let copies = rule.copies.iter();
        let copies = copies
            .map(|copy| CopyTo { place: self.place_name(&copy.place), keep: copy.keep.value, batches: 1 })
            .collect();
        let closed = self.blackouts();
        Some(TimedRule { schedule: rule.schedule.node.clone(), windows, keep: rule.keep.value, copies, closed })
    }

    /// When no backup of some of its resources starts. What holds for one kind holds for the plan.
    fn blackouts(&self) -> Vec<Blackout> {
        let before = self.groups.iter().filter_map(|group| group.kind.abilities.minutes_closed_before_windows).max();
        let Some(notice) = before.map(|minutes| Minutes(i64::from(minutes))) else { return Vec::new() };
        self.closed_windows.iter().map(|closed| Blackout { notice, ..closed.window.clone() }).collect()
    }
}
