//! Where a statement's recovery points lie, how long they are kept there, and what that guarantees.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Analyses;
use crate::check::timing::retained::kept as kept_by;
use crate::source::Span;
use crate::spec::destination::FormerDestination;
use crate::spec::{Chosen, Place, Retention, Statement};
use crate::time::coverage::{Coverage, Without};
use crate::time::length::Minutes;
use crate::time::plan;

/// A place with the recovery points in it.
#[derive(Clone, Debug)]
pub struct Held<'a> {
    /// Region, vault and key.
    pub place: &'a Place,
    /// How long its rules keep what goes there.
    pub kept: BTreeSet<Retention>,
    /// What is guaranteed there, by the name that timing gives the place; nothing of a former destination.
    pub coverage: Option<(&'a plan::Where, &'a Coverage)>,
    /// The clauses that would close the time without a recovery point, where there is one and it can be closed.
    pub closing: Vec<String>,
    /// What is said of the copies there, where none is made any more.
    pub former: Option<&'a FormerDestination>,
}

/// The places of a statement: the source, those that are copied to, and those that formerly were.
pub(super) fn held<'a>(statement: &'a Statement, known: &'a Analyses<'a>) -> Vec<Held<'a>> {
    let covered = known.get(statement).map_or(&[][..], |analysis| &analysis.coverage);
    let places = covered.iter().filter_map(|(name, coverage)| {
        let place = statement.place(name)?;
        let endless = known.queues().waiting(statement, name).is_some_and(|waiting| waiting.endless);
        let closing = if endless { Vec::new() } else { closing(statement, place, coverage) };
        let kept = keeps(statement, place).iter().map(|keep| keep.value).collect();
        Some(Held { place, kept, coverage: Some((name, coverage)), closing, former: None })
    });
    let former = statement.former.iter().map(|former| Held {
        place: &former.place,
        kept: former.keep.iter().map(|keep| keep.value).collect(),
        coverage: None,
        closing: Vec::new(),
        former: Some(former),
    });
    places.chain(former).collect()
}

/// The retentions of a place, of every rule that has recovery points there.
fn keeps<'s>(statement: &'s Statement, place: &Place) -> Vec<&'s Chosen<Retention>> {
    if place.identity() == statement.source.identity() {
        return statement.rules.iter().map(|rule| &rule.keep).collect();
    }
    statement.copies().filter(|copy| copy.place.identity() == place.identity()).map(|copy| &copy.keep).collect()
}

/// What to write so that a place is never without a usable recovery point.
fn closing(statement: &Statement, place: &Place, coverage: &Coverage) -> Vec<String> {
    let days = coverage.least_keep_days().filter(|_| matches!(coverage.without, Without::AtMost(_) | Without::Always));
    let Some(days) = days else { return Vec::new() };
    // A copy whose source expires before it is made never comes to be, however long it would be kept.
    let lacking = coverage.source_left.filter(|left| *left < Minutes::ZERO);
    let source = lacking.map(|left| shortest(statement) + whole_days(left));
    let mut needed: BTreeMap<Span, i64> = keeps(statement, place).iter().map(|keep| (keep.span, days)).collect();
    if let Some(days) = source {
        for rule in &statement.rules {
            let known = needed.entry(rule.keep.span).or_default();
            *known = days.max(*known);
        }
    }
    let mut clauses: Vec<String> = Vec::new();
    for words in needed.into_iter().flat_map(|(span, days)| kept_by(statement, span, days)) {
        if !clauses.contains(&words) {
            clauses.push(words);
        }
    }
    clauses
}

/// The days that the source is kept at least.
fn shortest(statement: &Statement) -> i64 {
    let days = statement.rules.iter().filter_map(|rule| match rule.keep.value {
        Retention::Days(days) => Some(i64::from(days)),
        Retention::Forever => None,
    });
    days.min().unwrap_or_default()
}

/// As many days as a lack takes.
fn whole_days(lack: Minutes) -> i64 {
    let (minutes, day) = (lack.0.saturating_neg(), Minutes::days(1).0);
    minutes.div_euclid(day) + i64::from(minutes.rem_euclid(day) > 0)
}
