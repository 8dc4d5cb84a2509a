//! The words that decide how long recovery points are kept in a place.

use std::collections::BTreeSet;

use crate::source::Span;
use crate::spec::{Copy, Level, Retention, Rule, Statement};

/// What to write so that the clause at `span` keeps recovery points for so many days, with the words in front that say
/// which clause is meant; several where each of several rules keeps them for less.
pub(crate) fn kept(statement: &Statement, span: Span, days: i64) -> Vec<String> {
    let keep = format!("keep {days}d");
    if statement.rules.iter().any(|rule| rule.keep.span == span) {
        let is_shorter = |rule: &&Rule| match rule.keep.value {
            Retention::Days(kept) => i64::from(kept) < days,
            Retention::Forever => false,
        };
        let mut seen = BTreeSet::new();
        let shorter = statement.rules.iter().filter(is_shorter).filter(|rule| seen.insert(rule.keep.span));
        return shorter.map(|rule| before(statement, rule) + &keep).collect();
    }
    let mut places = BTreeSet::new();
    let copies = statement.copies().filter(|copy| copy.keep.span == span);
    let to = copies.map(|copy| to(statement, copy)).filter(|place| places.insert(place.clone()));
    to.map(|place| format!("{place}{keep}")).collect()
}

/// What stands before the `keep` of a rule.
fn before(statement: &Statement, rule: &Rule) -> String {
    let level = rule.keep.level;
    if level == Level::Rule && statement.rules.len() > 1 {
        format!("{} ", rule.schedule.node)
    } else if level == Level::Defaults {
        "defaults ".to_owned()
    } else {
        String::new()
    }
}

/// What stands before the `keep` of a copy.
fn to(statement: &Statement, copy: &Copy) -> String {
    let place = &copy.place;
    let defaults = if copy.level == Level::Defaults { "defaults " } else { "" };
    let shared = statement.shares_region(place);
    let vault = if shared { format!("vault {} ", place.vault.value.written()) } else { String::new() };
    format!("{defaults}to {} {vault}", place.region.node.code)
}
