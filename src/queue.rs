//! Which copies of a spec wait for each other: those of one kind, into one region.
//!
//! They compete over all statements and files: a build is deployed to one account. What competing
//! costs is said in [`crate::time::queue`].

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use rayon::prelude::*;

use crate::spec::{Group, Spec, Statement};
use crate::time::horizon;
use crate::time::length::Minutes;
use crate::time::plan::{Retention, TimedRule, Where, Windows};
use crate::time::queue::{Competition, Span, Stream, competition, overlaps, spans};

/// How long a copy is assumed to take at most, once its turn has come. AWS promises no bound; its own pages say that a
/// copy between regions can take hours.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_CopySnapshot.html>.
pub(crate) const COPY_TAKES: Minutes = Minutes::hours(2);

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
    /// The queues with so many copies that they may have to wait.
    known: BTreeMap<Line, Queue>,
}

/// What copies stand in line for: the word of their kind, and the code of the region that they go to.
type Line = (&'static str, &'static str);

/// The copies of one kind into one region.
#[derive(Debug)]
struct Queue {
    /// How many of them AWS has in progress at a time.
    at_a_time: usize,
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
    /// The word of their kind.
    kind: &'static str,
    /// Code of the region that they go to.
    pub region: &'static str,
    /// How many copies compete at worst.
    pub copies: usize,
    /// How many of them AWS makes at a time.
    pub at_a_time: usize,
    /// After how many batches the last of them is done.
    pub batches: u32,
    /// Whether so many come that the queue never empties.
    pub endless: bool,
    /// The span of the run that is meant.
    span: Span,
}

/// A region that more copies of a kind go to than can be made.
#[derive(Clone, Debug)]
pub struct Endless<'a> {
    /// Code of the region.
    pub region: &'static str,
    /// How many of them AWS makes at a time.
    pub at_a_time: usize,
    /// How many copies come in a day, rounded up.
    pub copies_a_day: usize,
    /// The statements that copy there, in their order.
    pub statements: Vec<&'a Statement>,
}

impl<'a> Queues<'a> {
    /// The queues of a spec, counting coming runs from an instant. `occupied` says how long after its
    /// time a run's copy may begin at the earliest, and at the latest.
    pub fn of(spec: &'a Spec, from: Timestamp, occupied: impl Fn(Windows) -> (Minutes, Minutes) + Sync) -> Self {
        let mut queues: BTreeMap<Line, Queue> = BTreeMap::new();
        let busy = busy(spec);
        if busy.is_empty() {
            return Self::default();
        }
        for (_, statement) in spec.statements() {
            let lines = lines(statement).filter_map(|(group, line)| Some((group, line, *busy.get(&line)?)));
            let lines: Vec<(&Group, Line, usize)> = lines.collect();
            let Some(rules) = statement.timing().filter(|_| !lines.is_empty()) else { continue };
            let calendar = calendar(rules);
            for (group, line, at_a_time) in lines {
                let streams = &mut queues.entry(line).or_insert_with(|| Queue::new(at_a_time)).streams;
                let rules = streams.entry(calendar.clone()).or_insert_with(|| vec![Default::default(); calendar.len()]);
                for ((copies, _), rule) in rules.iter_mut().zip(&statement.rules) {
                    *copies += rule.copies_into(line.1) * group.names.len();
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
                let region = copy.place.region.node.code;
                let queues = statement.groups.iter().filter_map(|group| self.known.get(&line(group, region)));
                let batches = queues.filter_map(|queue| Some(queue.batches(queue.met(&calendar, index)?.copies)));
                timing.batches = batches.max().unwrap_or(1);
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
        let calendar = calendar(statement.timing()?);
        let of_group = |group: &Group| {
            let queue = self.known.get(&line(group, region))?;
            let met =
                copies.iter().filter_map(|(index, _)| queue.met(&calendar, *index)).max_by_key(|met| met.copies)?;
            (met.copies > queue.at_a_time || queue.is_endless()).then(|| Waiting {
                kind: group.kind.words.word,
                region,
                copies: met.copies,
                at_a_time: queue.at_a_time,
                batches: queue.batches(met.copies),
                endless: queue.is_endless(),
                span: met.span,
            })
        };
        statement.groups.iter().filter_map(of_group).max_by_key(|waiting| (waiting.endless, waiting.batches))
    }

    /// The queues that never empty.
    pub fn endless(&self) -> impl Iterator<Item = Endless<'a>> {
        self.known.iter().filter(|(_, queue)| queue.is_endless()).map(|(line, queue)| {
            let statements = self.spec.into_iter().flat_map(Spec::statements);
            let there = statements.filter(|(_, statement)| lines(statement).any(|(_, other)| other == *line));
            Endless {
                region: line.1,
                at_a_time: queue.at_a_time,
                copies_a_day: queue.copies.div_ceil(queue.days),
                statements: there.map(|(_, statement)| statement).collect(),
            }
        })
    }

    /// In English: `` 6 copies to ap-northeast-3 compete, of which AWS makes 5 at a time: 2 of `a`, 1 of
    /// `b` and 3 more ``.
    pub fn describe(&self, waiting: &Waiting) -> String {
        let first: Vec<(&str, usize)> =
            self.competing((waiting.kind, waiting.region), waiting.span).take(NAMED).collect();
        let mut named: Vec<String> = first.iter().map(|(name, copies)| format!("{copies} of `{name}`")).collect();
        let others = waiting.copies.saturating_sub(first.iter().map(|(_, copies)| copies).sum());
        if others > 0 {
            named.push(format!("{others} more"));
        }
        let last = named.pop().unwrap_or_default();
        let named = if named.is_empty() { last } else { format!("{} and {last}", named.join(", ")) };
        let Waiting { copies, region, at_a_time, .. } = waiting;
        format!("{copies} copies to {region} compete, of which AWS makes {at_a_time} at a time: {named}")
    }

    /// The statements with copies in a line whose spans overlap one, and how many each makes.
    fn competing(&self, (kind, region): Line, span: Span) -> impl Iterator<Item = (&'a str, usize)> {
        let statements = self.spec.into_iter().flat_map(Spec::statements);
        statements.filter_map(move |(_, statement)| {
            let spans = self.calendars.get(&calendar(statement.timing()?))?;
            let rules = statement.rules.iter().zip(spans).filter(|(_, spans)| overlaps(spans, span));
            let there: usize = rules.map(|(rule, _)| rule.copies_into(region)).sum();
            let of_kind = statement.groups.iter().filter(|group| group.kind.words.word == kind);
            let copies = there * of_kind.map(|group| group.names.len()).sum::<usize>();
            (copies > 0).then_some((statement.name.value.as_str(), copies))
        })
    }
}

impl Queue {
    fn new(at_a_time: usize) -> Self {
        Self { at_a_time, streams: BTreeMap::new(), copies: 0, days: 0 }
    }

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
        outgrows(self.copies, self.days, self.at_a_time)
    }

    /// In how many batches so many copies are made.
    fn batches(&self, copies: usize) -> u32 {
        u32::try_from(copies.div_ceil(self.at_a_time).max(1)).unwrap_or(u32::MAX)
    }
}

/// Whether so many copies are more than can be made in so many days.
fn outgrows(copies: usize, days: usize, at_a_time: usize) -> bool {
    let time = |length: Minutes, times: usize| usize::try_from(length.0).unwrap_or_default().saturating_mul(times);
    time(COPY_TAKES, copies) > time(Minutes::days(1), at_a_time.saturating_mul(days))
}

/// The lines with so many copies that they may have to wait, if all met, or if there were a day on which every rule
/// ran; with how many are made at a time.
fn busy(spec: &Spec) -> BTreeMap<Line, usize> {
    let mut totals: BTreeMap<Line, (usize, usize, usize)> = BTreeMap::new();
    for (_, statement) in spec.statements() {
        for group in &statement.groups {
            let (Some(at_a_time), resources) = (group.kind.abilities.copies_in_progress, group.names.len()) else {
                continue;
            };
            for rule in &statement.rules {
                let runs = rule.schedule.node.times().len();
                for copy in &rule.copies {
                    let line = line(group, copy.place.region.node.code);
                    let (at_once, in_a_day, _) = totals.entry(line).or_insert((0, 0, at_a_time));
                    *at_once += resources;
                    *in_a_day += resources * runs;
                }
            }
        }
    }
    let may_wait = |(at_once, in_a_day, at_a_time)| at_once > at_a_time || outgrows(in_a_day, 1, at_a_time);
    totals.into_iter().filter(|(_, totals)| may_wait(*totals)).map(|(line, totals)| (line, totals.2)).collect()
}

/// What the copies of a group into a region stand in line for.
fn line(group: &Group, region: &'static str) -> Line {
    (group.kind.words.word, region)
}

/// What the copies of a statement stand in line for, each with whose they are.
fn lines(statement: &Statement) -> impl Iterator<Item = (&Group, Line)> {
    let regions: BTreeSet<&'static str> = statement.copies().map(|copy| copy.place.region.node.code).collect();
    regions.into_iter().flat_map(|region| statement.groups.iter().map(move |group| (group, line(group, region))))
}

/// What of a timing decides when its copies may begin: not how long anything is kept, but which rule
/// keeps longer.
fn calendar(rules: Vec<TimedRule>) -> Vec<TimedRule> {
    let mut keeps: Vec<Retention> = rules.iter().map(|rule| rule.keep).collect();
    keeps.sort_unstable();
    keeps.dedup();
    let rank = |keep: Retention| u32::try_from(keeps.partition_point(|other| *other < keep)).unwrap_or(u32::MAX);
    let plain = |rule: TimedRule| TimedRule { keep: Retention::Days(rank(rule.keep)), copies: Vec::new(), ..rule };
    rules.into_iter().map(plain).collect()
}
