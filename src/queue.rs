//! Which copies of a spec wait for each other: those of clusters, into one region.
//!
//! They compete over all statements and files: a build is deployed to one account. What competing
//! costs is said in [`crate::time::queue`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::aws::quota::CLUSTER_COPIES_IN_PROGRESS;
use crate::spec::{Spec, Statement};
use crate::time::horizon;
use crate::time::length::Minutes;
use crate::time::plan::{Keep, TimedRule, Where, Windows};
use crate::time::queue::{Competition, Span, Stream, competition, overlaps, spans};

/// How long a copy is assumed to take at most, once its turn has come. AWS promises no bound; its own pages say that an
/// Aurora copy between regions can take hours.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html>.
pub const COPY_TAKES: Minutes = Minutes::hours(2);

/// How far coming runs are looked at, where they are not too many: every form of a schedule but that of
/// 29 February comes round in it.
const YEAR: Minutes = Minutes::days(366);

/// How many competing statements are named; the copies of the others are counted.
const NAMED: usize = 3;

/// The copies of a spec that wait for each other.
#[derive(Debug, Default)]
pub struct Queues<'a> {
    spec: Option<&'a Spec>,
    /// When the copies of each rule may begin, by schedules and windows.
    calendars: BTreeMap<Vec<TimedRule>, Vec<Vec<Span>>>,
    /// By their code, the regions that so many copies go to that they may have to wait.
    known: BTreeMap<&'static str, Queue>,
}

/// The copies into one region.
#[derive(Debug, Default)]
struct Queue {
    /// By calendar: for each rule, how many copies its runs make, and what they meet.
    streams: BTreeMap<Vec<TimedRule>, Vec<(usize, Competition)>>,
    /// How many copies come in the days that are looked at.
    copies: usize,
    /// How many days these are.
    days: usize,
}

/// What the copies of a statement into one place meet: more than are made at a time, or more than can
/// be made in the long run.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Code of the region that they go to.
    pub region: &'static str,
    /// How many copies compete at worst.
    pub copies: usize,
    /// After how many batches the last of them is done.
    pub batches: u32,
    /// Whether so many come that the queue never empties.
    pub endless: bool,
    /// The span of the run that is meant.
    span: Span,
}

/// A region that more copies go to than can be made.
#[derive(Clone, Debug)]
pub struct Endless<'a> {
    /// Code of the region.
    pub region: &'static str,
    /// How many copies come in a day, rounded up.
    pub copies_a_day: usize,
    /// The statements that copy there, in their order.
    pub statements: Vec<&'a Statement>,
}

impl<'a> Queues<'a> {
    /// The queues of a spec, counting coming runs from an instant. `occupied` says how long after its
    /// time a run's copy may begin at the earliest, and at the latest.
    pub fn of(spec: &'a Spec, from: Timestamp, occupied: impl Fn(Windows) -> (Minutes, Minutes) + Sync) -> Self {
        let mut queues: BTreeMap<&'static str, Queue> = BTreeMap::new();
        let busy = busy(spec);
        if busy.is_empty() {
            return Self::default();
        }
        for (_, statement) in spec.statements() {
            let regions = regions(statement).into_iter().filter(|region| busy.contains(region));
            let regions: Vec<&'static str> = regions.collect();
            let Some(rules) = statement.timing().filter(|_| !regions.is_empty()) else { continue };
            let calendar = calendar(rules);
            for region in regions {
                let streams = &mut queues.entry(region).or_default().streams;
                let rules = streams.entry(calendar.clone()).or_insert_with(|| vec![Default::default(); calendar.len()]);
                for ((copies, _), rule) in rules.iter_mut().zip(&statement.rules) {
                    let there = rule.copies.iter().filter(|copy| copy.place.region.node.code == region).count();
                    *copies += there * statement.resources().count();
                }
            }
        }
        let calendars: Vec<&Vec<TimedRule>> = queues.values().flat_map(|queue| queue.streams.keys()).collect();
        let reach = |rules: &&Vec<TimedRule>| horizon::reach(rules, from, YEAR.after(from));
        let until = calendars.iter().map(reach).min().unwrap_or(from);
        let known = calendars.into_par_iter().map(|rules| (rules.clone(), spans(rules, &occupied, from, until)));
        let calendars = known.collect::<Vec<_>>().into_iter().collect();
        let days = usize::try_from(Minutes::between(from, until).0 / Minutes::days(1).0).unwrap_or(1).max(1);
        for queue in queues.values_mut() {
            queue.count(&calendars, days);
        }
        Self { spec: Some(spec), calendars, known: queues }
    }

    /// The timing of a statement, with the batches of copies that its own wait for.
    pub fn timing(&self, statement: &Statement) -> Option<Vec<TimedRule>> {
        let mut rules = statement.timing()?;
        let calendar = (!self.known.is_empty()).then(|| calendar(rules.clone()));
        let Some(calendar) = calendar else { return Some(rules) };
        for (index, (timing, rule)) in rules.iter_mut().zip(&statement.rules).enumerate() {
            for (timing, copy) in timing.copies.iter_mut().zip(&rule.copies) {
                let queue = self.known.get(copy.place.region.node.code);
                let met = queue.and_then(|queue| queue.met(&calendar, index));
                timing.batches = met.map_or(1, |met| batches(met.copies));
            }
        }
        Some(rules)
    }

    /// What the copies of a statement into a place meet, where they have to wait.
    pub fn waiting(&self, statement: &Statement, place: &Where) -> Option<Waiting> {
        let copies = statement.rules.iter().enumerate().flat_map(|(index, rule)| {
            rule.copies
                .iter()
                .map(move |copy| (index, copy))
                .filter(|(_, copy)| matches!(place, Where::Copy(name) if statement.place_name(&copy.place) == *name))
        });
        let copies: Vec<(usize, &'static str)> =
            copies.map(|(index, copy)| (index, copy.place.region.node.code)).collect();
        let region = copies.first()?.1;
        let queue = self.known.get(region)?;
        let calendar = calendar(statement.timing()?);
        let met = copies.iter().filter_map(|(index, _)| queue.met(&calendar, *index)).max_by_key(|met| met.copies)?;
        (met.copies > CLUSTER_COPIES_IN_PROGRESS || queue.is_endless()).then(|| Waiting {
            region,
            copies: met.copies,
            batches: batches(met.copies),
            endless: queue.is_endless(),
            span: met.span,
        })
    }

    /// The regions whose queues never empty.
    pub fn endless(&self) -> impl Iterator<Item = Endless<'a>> {
        self.known.iter().filter(|(_, queue)| queue.is_endless()).map(|(region, queue)| {
            let statements = self.spec.into_iter().flat_map(Spec::statements);
            let there = statements.filter(|(_, statement)| regions(statement).contains(region));
            Endless {
                region,
                copies_a_day: queue.copies.div_ceil(queue.days),
                statements: there.map(|(_, statement)| statement).collect(),
            }
        })
    }

    /// In English: `` 6 copies to ap-northeast-3 compete, of which AWS makes 5 at a time: 2 of `a`, 1 of
    /// `b` and 3 more ``.
    pub fn describe(&self, waiting: &Waiting) -> String {
        let first: Vec<(&str, usize)> = self.competing(waiting.region, waiting.span).take(NAMED).collect();
        let mut named: Vec<String> = first.iter().map(|(name, copies)| format!("{copies} of `{name}`")).collect();
        let others = waiting.copies.saturating_sub(first.iter().map(|(_, copies)| copies).sum());
        if others > 0 {
            named.push(format!("{others} more"));
        }
        let last = named.pop().unwrap_or_default();
        let named = if named.is_empty() { last } else { format!("{} and {last}", named.join(", ")) };
        let (copies, region) = (waiting.copies, waiting.region);
        format!(
            "{copies} copies to {region} compete, of which AWS makes {CLUSTER_COPIES_IN_PROGRESS} at a time: {named}"
        )
    }

    /// The statements with copies into a region whose spans overlap one, and how many each makes.
    fn competing(&self, region: &'static str, span: Span) -> impl Iterator<Item = (&'a str, usize)> {
        let statements = self.spec.into_iter().flat_map(Spec::statements);
        statements.filter_map(move |(_, statement)| {
            let spans = self.calendars.get(&calendar(statement.timing()?))?;
            let rules = statement.rules.iter().zip(spans).filter(|(_, spans)| overlaps(spans, span));
            let there = rules.flat_map(|(rule, _)| &rule.copies).filter(|copy| copy.place.region.node.code == region);
            let copies = there.count() * statement.resources().count();
            (copies > 0).then_some((statement.name.as_str(), copies))
        })
    }
}

impl Queue {
    /// Counts what the runs of each stream meet in so many days.
    fn count(&mut self, calendars: &BTreeMap<Vec<TimedRule>, Vec<Vec<Span>>>, days: usize) {
        self.days = days;
        let mut streams = Vec::new();
        let mut places: Vec<&mut Competition> = Vec::new();
        for (rules, found) in &mut self.streams {
            for (spans, (copies, met)) in calendars.get(rules).into_iter().flatten().zip(found) {
                if *copies > 0 {
                    streams.push(Stream { spans, copies: *copies });
                    places.push(met);
                }
            }
        }
        self.copies = streams.iter().map(|stream| stream.copies.saturating_mul(stream.spans.len())).sum();
        for (place, met) in places.into_iter().zip(competition(&streams)) {
            *place = met;
        }
    }

    fn met(&self, calendar: &[TimedRule], rule: usize) -> Option<&Competition> {
        self.streams.get(calendar)?.get(rule).map(|(_, met)| met)
    }

    /// Whether more copies come than can be made in the same time.
    fn is_endless(&self) -> bool {
        outgrows(self.copies, self.days)
    }
}

/// Whether so many copies are more than can be made in so many days.
fn outgrows(copies: usize, days: usize) -> bool {
    let time = |length: Minutes, times: usize| usize::try_from(length.0).unwrap_or_default().saturating_mul(times);
    time(COPY_TAKES, copies) > time(Minutes::days(1), CLUSTER_COPIES_IN_PROGRESS.saturating_mul(days))
}

/// The regions with so many copies that they may have to wait, if all met, or if there were a day
/// on which every rule ran.
fn busy(spec: &Spec) -> BTreeSet<&'static str> {
    let mut totals: BTreeMap<&'static str, (usize, usize)> = BTreeMap::new();
    for (_, statement) in spec.statements() {
        for rule in &statement.rules {
            let runs = rule.schedule.node.times().len();
            for copy in &rule.copies {
                let total = totals.entry(copy.place.region.node.code).or_default();
                total.0 += statement.resources().count();
                total.1 += statement.resources().count() * runs;
            }
        }
    }
    let busy = totals
        .into_iter()
        .filter(|(_, (at_once, in_a_day))| *at_once > CLUSTER_COPIES_IN_PROGRESS || outgrows(*in_a_day, 1));
    busy.map(|(region, _)| region).collect()
}

/// The regions that a statement copies to.
fn regions(statement: &Statement) -> Vec<&'static str> {
    let mut regions: Vec<&'static str> = statement.copies().map(|copy| copy.place.region.node.code).collect();
    regions.sort_unstable();
    regions.dedup();
    regions
}

/// What of a timing decides when its copies may begin: not how long anything is kept, but which rule
/// keeps longer.
fn calendar(rules: Vec<TimedRule>) -> Vec<TimedRule> {
    let mut keeps: Vec<Keep> = rules.iter().map(|rule| rule.keep).collect();
    keeps.sort_unstable();
    keeps.dedup();
    let rank = |keep: Keep| u32::try_from(keeps.partition_point(|other| *other < keep)).unwrap_or(u32::MAX);
    let plain = |rule: TimedRule| TimedRule { keep: Keep::Days(rank(rule.keep)), copies: Vec::new(), ..rule };
    rules.into_iter().map(plain).collect()
}

/// In how many batches so many copies are made.
fn batches(copies: usize) -> u32 {
    u32::try_from(copies.div_ceil(CLUSTER_COPIES_IN_PROGRESS).max(1)).unwrap_or(u32::MAX)
}
