//! What follows from the timing of statements, computed once for each distinct timing.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::queue::{COPY_TAKES, Queues};
use crate::spec::{Spec, Statement};
use crate::time::coverage::{Coverage, coverage};
use crate::time::horizon;
use crate::time::irregular::{Irregular, irregular};
use crate::time::length::Minutes;
use crate::time::occurrence::occurrences;
use crate::time::plan::{TimedRule, Where, never_run};
use crate::time::window::{Closed, Meetings, Overlap, Overrun, closed, overlaps, overrun};

/// How far coming dates are looked at, where they are not too many.
const YEARS: Minutes = Minutes::days(3 * 366);

/// What follows from one timing.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// For each rule, the local times that do not happen exactly once.
    pub irregular: Vec<Vec<Irregular>>,
    /// For each rule, the run that is due soonest after the last, if that need not have completed by then.
    pub overruns: Vec<Option<Overrun>>,
    /// Pairs of rules, by their positions, whose start windows overlap.
    pub overlaps: Vec<(usize, usize, Meetings<Overlap>)>,
    /// For each rule, which runs may not start when they are due.
    pub closed: Vec<Closed>,
    /// For each rule, whether none of its runs is due any more.
    pub never_due: Vec<bool>,
    /// For each rule, whether every run of it gives way to a rule that keeps longer.
    pub never_run: Vec<bool>,
    /// What is guaranteed in each place, the source first.
    pub coverage: Vec<(Where, Coverage)>,
}

/// The analyses of a spec by timing.
#[derive(Debug, Default)]
pub struct Analyses<'a> {
    queues: Queues<'a>,
    known: BTreeMap<Vec<TimedRule>, Analysis>,
}

impl<'a> Analyses<'a> {
    /// Analyses every distinct timing of a spec.
    pub fn of(spec: &'a Spec) -> Self {
        let queues = Queues::of(spec, spec.now, |windows| (Minutes::ZERO, windows.latest_completion()));
        let timings: BTreeMap<Vec<TimedRule>, Vec<TimedRule>> = spec
            .statements()
            .filter_map(|(_, statement)| Some((queues.timing(statement)?, statement.timing()?)))
            .collect();
        let alone: BTreeSet<&Vec<TimedRule>> = timings.values().collect();
        let analysed = alone.into_par_iter().map(|rules| (rules.clone(), analyse(rules, spec.now)));
        let mut known: BTreeMap<Vec<TimedRule>, Analysis> = analysed.collect::<Vec<_>>().into_iter().collect();
        let waiting = timings.par_iter().filter_map(|(rules, alone)| {
            let analysis = known.get(alone).filter(|_| rules != alone)?;
            Some((rules.clone(), analysis.with_queues(rules, spec.now)))
        });
        let waiting: Vec<_> = waiting.collect();
        known.extend(waiting);
        Self { queues, known }
    }

    /// The analysis of a statement of the spec.
    pub fn get(&self, statement: &Statement) -> Option<&Analysis> {
        self.known.get(&self.queues.timing(statement)?)
    }

    /// The analysis of a statement as if its copies waited for no others.
    pub fn without_queues(&self, statement: &Statement) -> Option<&Analysis> {
        self.known.get(&statement.timing()?)
    }

    /// The copies that wait for each other.
    pub fn queues(&self) -> &Queues<'a> {
        &self.queues
    }
}

impl Analysis {
    /// The same where copies wait for others, as the timing says.
    fn with_queues(&self, rules: &[TimedRule], now: Timestamp) -> Self {
        let coverage = self.coverage.iter().map(|(place, alone)| {
            let waits = rules.iter().filter_map(|rule| rule.copy_to(place)).any(|copy| copy.batches > 1);
            let found = if waits { coverage(rules, place, COPY_TAKES, now) } else { alone.clone() };
            (place.clone(), found)
        });
        Self { coverage: coverage.collect(), ..self.clone() }
    }
}

/// Analyses one timing, counting coming dates from an instant.
pub fn analyse(rules: &[TimedRule], now: Timestamp) -> Analysis {
    let mut places: Vec<&str> =
        rules.iter().flat_map(|rule| rule.copies.iter().map(|copy| copy.place.as_str())).collect();
    places.sort_unstable();
    places.dedup();
    let places = std::iter::once(Where::Source).chain(places.into_iter().map(|name| Where::Copy(name.to_owned())));
    let until = horizon::reach(rules, now, YEARS.after(now));
    let mut pairs = Vec::new();
    for (first, one) in rules.iter().enumerate() {
        for (second, other) in rules.iter().enumerate().skip(first + 1) {
            let meetings = overlaps(one, other, now, until);
            if !meetings.is_empty() {
                pairs.push((first, second, meetings));
            }
        }
    }
    Analysis {
        irregular: rules.iter().map(|rule| irregular(&rule.schedule, now, YEARS.after(now))).collect(),
        overruns: rules.iter().map(|rule| overrun(rule, now, until)).collect(),
        closed: rules.iter().map(|rule| closed(rule, now, until)).collect(),
        never_due: rules.iter().map(|rule| occurrences(&rule.schedule, now).next().is_none()).collect(),
        never_run: if pairs.is_empty() { vec![false; rules.len()] } else { never_run(rules, now) },
        overlaps: pairs,
        coverage: places
            .collect::<Vec<_>>()
            .into_par_iter()
            .map(|place| {
                let found = coverage(rules, &place, COPY_TAKES, now);
                (place, found)
            })
            .collect(),
    }
}
