//! The rules of a backup plan as far as time is concerned, and which of their runs AWS starts.

use std::cmp::Reverse;

use jiff::Timestamp;

use super::horizon;
use super::length::Minutes;
use super::occurrence::{Occurrence, occurrences};
use super::schedule::Schedule;
use super::window::Blackout;
use crate::aws::quota::{COMPLETION_AFTER_START_MINUTES, SHORTEST_START_WINDOW_MINUTES};

/// The two windows of a rule.
///
/// INVARIANT: both are ones that AWS accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Windows {
    start: Minutes,
    completion: Minutes,
}

impl Windows {
    /// A start and a completion window, if AWS accepts them.
    pub fn new(start: Minutes, completion: Minutes) -> Option<Self> {
        let [shortest, after] = [SHORTEST_START_WINDOW_MINUTES, COMPLETION_AFTER_START_MINUTES].map(i64::from);
        (start >= Minutes(shortest) && completion >= start + Minutes(after)).then_some(Self { start, completion })
    }

    /// How long after its time a job starts at the latest.
    pub const fn start(self) -> Minutes {
        self.start
    }

    /// How long a job may take once it has started.
    pub const fn completion(self) -> Minutes {
        self.completion
    }

    /// How long after its time a job has completed at the latest. AWS's pages disagree on whether
    /// the completion window counts from the job's time or from its start; the later is assumed.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html> against
    /// <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartBackupJob.html>.
    pub fn latest_completion(self) -> Minutes {
        self.start + self.completion
    }
}

/// How long a recovery point is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Retention {
    /// Whole days from the start of the backup job, at the source and at every copy.
    Days(u32),
    /// Until somebody deletes it.
    Forever,
}

impl Retention {
    /// How long that is, if it ends.
    pub fn length(self) -> Option<Minutes> {
        match self {
            Self::Days(days) => Some(Minutes::days(i64::from(days))),
            Self::Forever => None,
        }
    }
}

/// A rule: when it runs, within which windows, and how long what it makes is kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimedRule {
    /// When it is due.
    pub schedule: Schedule,
    /// Within which windows its jobs start and complete.
    pub windows: Windows,
    /// How long its recovery points are kept at the source.
    pub keep: Retention,
    /// Where else they go.
    pub copies: Vec<CopyTo>,
    /// When none of its jobs can start.
    pub closed: Vec<Blackout>,
}

/// A copy of every recovery point of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CopyTo {
    /// The place, under any name that is the same in every rule.
    pub place: String,
    /// How long it is kept there, counted like the source's from the start of the backup job.
    pub keep: Retention,
    /// After how many batches of copies it is done at the latest: one, unless others compete with
    /// it ([`super::queue`]).
    pub batches: u32,
}

/// Where recovery points lie.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Where {
    /// Where the resource is backed up.
    Source,
    /// A place that copies go to.
    Copy(String),
}

impl TimedRule {
    /// Whether the job of a run that is due at an instant may fall into a time when none can start. AWS starts it at any
    /// moment of its start window.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/troubleshooting.html>.
    pub fn may_not_start(&self, due: Timestamp) -> bool {
        self.closed.iter().any(|closed| closed.near(due, self.windows.start()).is_some())
    }

    /// How many days must be looked at to see every spacing of the runs that start.
    pub fn period_days(&self) -> i64 {
        let closed = self.closed.iter().map(Blackout::period_days);
        closed.fold(self.schedule.period_days(), i64::max)
    }

    /// How long the rule keeps its points in a place, if it has any there.
    pub fn keeps(&self, place: &Where) -> Option<Retention> {
        match place {
            Where::Source => Some(self.keep),
            Where::Copy(_) => self.copy_to(place).map(|copy| copy.keep),
        }
    }

    /// The rule's copy to a place, if it has one there.
    pub fn copy_to(&self, place: &Where) -> Option<&CopyTo> {
        match place {
            Where::Source => None,
            Where::Copy(name) => self.copies.iter().find(|copy| copy.place == *name),
        }
    }
}

/// One due run of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// When.
    pub run: Occurrence,
    /// Which rule, by its position.
    pub rule: usize,
    /// The rule whose run AWS starts in its stead, because their start windows overlap and that
    /// one keeps longer; of several the one that keeps longest. A rule that keeps equally long
    /// stands here too, where it is taken to run: AWS names no winner of the two.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html>.
    pub instead: Option<usize>,
}

/// Every due run of the rules between two instants (the first included), in order. Of two rules
/// that keep equally long and may start in the same window, the one is taken to run that leaves
/// less in `place`; of those the one that comes first.
pub fn due(rules: &[TimedRule], place: &Where, from: Timestamp, until: Timestamp) -> Vec<Due> {
    let mut all: Vec<Due> = Vec::new();
    // Runs shortly before and after may take the place of those between.
    let margin = if rules.len() > 1 { longest_start(rules) } else { Minutes::ZERO };
    let (begin, end) = ((Minutes::ZERO - margin).after(from), margin.after(until));
    for (rule, of) in rules.iter().enumerate() {
        let runs = occurrences(&of.schedule, begin).take_while(|run| run.at < end);
        all.extend(runs.map(|run| Due { run, rule, instead: None }));
    }
    if rules.len() > 1 {
        // The runs of each rule are in order: merging them is what a stable sort does.
        all.sort();
        yield_to_longer(&mut all, rules, &ranks(rules, place));
        all.retain(|due| from <= due.run.at && due.run.at < until);
    }
    all
}

fn longest_start(rules: &[TimedRule]) -> Minutes {
    rules.iter().map(|rule| rule.windows.start()).max().unwrap_or_default()
}

/// For each rule its rank among all: of two whose start windows overlap, the higher runs.
fn ranks(rules: &[TimedRule], place: &Where) -> Vec<usize> {
    let mut order: Vec<usize> = (0..rules.len()).collect();
    let key = |index: &usize| rules.get(*index).map(|rule| (rule.keep, Reverse(rule.keeps(place)), Reverse(*index)));
    order.sort_unstable_by_key(key);
    let mut ranks = vec![0; rules.len()];
    for (rank, rule) in order.into_iter().enumerate() {
        if let Some(found) = ranks.get_mut(rule) {
            *found = rank;
        }
    }
    ranks
}

/// Marks the runs that another one replaces: the highest of those rules that have a run whose start
/// window overlaps theirs.
fn yield_to_longer(all: &mut [Due], rules: &[TimedRule], ranks: &[usize]) {
    let mut times: Vec<Vec<Timestamp>> = vec![Vec::new(); rules.len()];
    for due in all.iter() {
        if let Some(times) = times.get_mut(due.rule) {
            times.push(due.run.at);
        }
    }
    let start = |rule: usize| rules.get(rule).map_or(Minutes::ZERO, |rule| rule.windows.start());
    let mut highest_first: Vec<usize> = (0..rules.len()).collect();
    highest_first.sort_unstable_by_key(|rule| Reverse(ranks.get(*rule)));
    for due in all {
        let ends = start(due.rule).after(due.run.at);
        let mut higher = highest_first.iter().copied().take_while(|rule| *rule != due.rule);
        due.instead = higher.find(|other| {
            let Some(times) = times.get(*other) else { return false };
            let begins = (Minutes::ZERO - start(*other)).after(due.run.at);
            let first = times.get(times.partition_point(|at| *at <= begins));
            first.is_some_and(|at| *at < ends)
        });
    }
}

/// For each rule, whether it never runs: each of its runs in the years that are looked at gives
/// way to a rule that keeps longer. Of rules with more runs than are looked at it is not claimed.
pub fn never_run(rules: &[TimedRule], from: Timestamp) -> Vec<bool> {
    let mut never = vec![false; rules.len()];
    if rules.len() < 2 {
        return never;
    }
    let wanted = horizon::length(rules).after(from);
    let until = horizon::reach(rules, from, wanted);
    if until < wanted {
        // What has not run yet may still.
        return never;
    }
    let mut runs = vec![(0_usize, 0_usize); rules.len()];
    for due in due(rules, &Where::Source, from, until) {
        if let Some((all, replaced)) = runs.get_mut(due.rule) {
            *all += 1;
            *replaced += usize::from(due.instead.is_some_and(|instead| keeps_longer(rules, instead, due.rule)));
        }
    }
    for (never, (all, replaced)) in never.iter_mut().zip(runs) {
        *never = all > 0 && all == replaced;
    }
    never
}

/// Whether a rule keeps longer than another at the source.
pub fn keeps_longer(rules: &[TimedRule], one: usize, other: usize) -> bool {
    let keep = |rule: usize| rules.get(rule).map(|rule| rule.keep);
    keep(one) > keep(other)
}
