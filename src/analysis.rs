//! What follows from the timing of statements, computed once for each distinct timing.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::spec::Spec;
use crate::time::coverage::{Coverage, coverage};
use crate::time::irregular::{Irregular, irregular};
use crate::time::length::Minutes;
use crate::time::plan::{Place, Rule};
use crate::time::window::{Meetings, Overlap, Overrun, overlaps, overruns};

/// How long a copy is assumed to take at most. AWS promises no bound; its own pages say that an
/// Aurora copy between regions can take hours.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html>.
pub const COPY_TAKES: Minutes = Minutes::hours(2);

/// How many years of coming dates are looked at.
const YEARS: i64 = 3;

/// What follows from one timing.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// For each rule, the local times that do not happen exactly once.
    pub irregular: Vec<Vec<Irregular>>,
    /// For each rule, runs that are due before the last must have completed.
    pub overruns: Vec<Meetings<Overrun>>,
    /// Pairs of rules, by their positions, whose start windows overlap.
    pub overlaps: Vec<(usize, usize, Meetings<Overlap>)>,
    /// What is guaranteed in each place, the source first.
    pub coverage: Vec<(Place, Coverage)>,
}

/// The analyses of a spec by timing.
#[derive(Clone, Debug, Default)]
pub struct Analyses(BTreeMap<Vec<Rule>, Analysis>);

impl Analyses {
    /// Analyses every distinct timing of a spec.
    pub fn of(spec: &Spec) -> Self {
        let mut timings: Vec<Vec<Rule>> = spec.statements().filter_map(|(_, statement)| statement.timing()).collect();
        timings.sort_unstable();
        timings.dedup();
        let analysed = timings.into_par_iter().map(|rules| {
            let analysis = analyse(&rules, spec.now);
            (rules, analysis)
        });
        Self(analysed.collect::<Vec<_>>().into_iter().collect())
    }

    /// The analysis of a timing of the spec.
    pub fn get(&self, rules: &[Rule]) -> Option<&Analysis> {
        self.0.get(rules)
    }
}

/// Analyses one timing, counting coming dates from an instant.
pub fn analyse(rules: &[Rule], now: Timestamp) -> Analysis {
    let mut places: Vec<&str> =
        rules.iter().flat_map(|rule| rule.copies.iter().map(|copy| copy.place.as_str())).collect();
    places.sort_unstable();
    places.dedup();
    let places = std::iter::once(Place::Source).chain(places.into_iter().map(|name| Place::Copy(name.to_owned())));
    let mut pairs = Vec::new();
    for (first, one) in rules.iter().enumerate() {
        for (second, other) in rules.iter().enumerate().skip(first + 1) {
            let meetings = overlaps(one, other, now, YEARS);
            if !meetings.is_empty() {
                pairs.push((first, second, meetings));
            }
        }
    }
    Analysis {
        irregular: rules.iter().map(|rule| irregular(&rule.schedule, now, YEARS)).collect(),
        overruns: rules.iter().map(|rule| overruns(rule, now, YEARS)).collect(),
        overlaps: pairs,
        coverage: places
            .map(|place| {
                let found = coverage(rules, &place, COPY_TAKES, now);
                (place, found)
            })
            .collect(),
    }
}
