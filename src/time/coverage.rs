//! What a plan's rules guarantee in one place: recovery points alive, and the loss at worst.
//!
//! A job starts anywhere in its start window and completes anywhere in its completion window; a
//! copy takes up to a bound that is assumed. Its recovery point holds the data of the job's start,
//! can be used once the last of these is done, and expires whole days after the job's start, at a
//! copy as well. Expired points may exist up to eight hours longer, which never counts for us.
//! Sources: <https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html>,
//! <https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html>.
//!
//! The figures are exact: no choice of delays is worse, and one is as bad. Where there are more runs than
//! are looked at, [`Coverage::cut`] says what is left out.

mod sweep;
pub(crate) mod words;

use jiff::Timestamp;

use super::horizon;
use super::length::Minutes;
use super::occurrence::Occurrence;
use super::plan::{Due, Retention, TimedRule, Where, due};
use sweep::Job;

/// How long after its expiry a recovery point may still exist.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/deleting-backups.html>.
pub const LATE_DELETION: Minutes = Minutes::hours(8);

/// What is left of a retention without an end: more than any other has.
const FOREVER: Minutes = Minutes::days(1_000_000);

/// What is guaranteed in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The fewest usable recovery points at any moment; there are more if a retention was cut.
    pub least: usize,
    /// A moment at which there may be so few.
    pub least_at: Option<Timestamp>,
    /// The most recovery points that exist at any moment, those that AWS deletes late included;
    /// none if some are kept for ever, or longer than is looked at.
    pub most: Option<usize>,
    /// The worst loss of data, if the place is used at the worst moment; none if at some moment
    /// it may hold no usable recovery point at all.
    pub rpo: Option<Derivation>,
    /// The worst loss of data if nothing ever expired: what schedule and windows alone allow.
    /// None if there are fewer than two runs.
    pub unexpired_rpo: Option<Derivation>,
    /// How long the place may hold no usable recovery point.
    pub without: Without,
    /// For a copy: what is left, at worst, of the source's retention when the copy is made. The
    /// source may be gone before if it is negative, and the copy is then never made.
    pub source_left: Option<Minutes>,
    /// What was left out because there are so many runs.
    pub cut: Cut,
}

/// What is left out where a plan has more runs than are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// When runs are no longer looked at, though later ones may be spaced otherwise; none if all spacings
    /// were seen, or all but those that leap years make.
    pub until: Option<Timestamp>,
    /// A retention that is longer than this counts as one without an end: its recovery points outlast
    /// whatever supersedes them, and are not all counted.
    pub retention: Option<Minutes>,
}

/// How long a place may be without a usable recovery point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Without {
    /// Never.
    Never,
    /// So long at worst.
    AtMost(Derivation),
    /// For ever: every job may take longer than its recovery point is kept.
    Always,
    /// For ever: no run that leaves anything there is sure, because none is due, because another rule's may always take its
    /// place or because none may start when it is due.
    NoRun,
}

/// A length of time and what it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Derivation {
    /// What it is made of, in the order of time.
    pub terms: Vec<Term>,
    /// The run from which it counts.
    pub from: Occurrence,
    /// The run that ends it.
    pub to: Occurrence,
    /// The rule of that run, by its position.
    pub rule: usize,
}

/// A part of a length of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// What it is.
    pub kind: TermKind,
    /// How long it is; negative where it shortens the whole.
    pub length: Minutes,
}

/// What a part of a length of time is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermKind {
    /// From one run to the next that counts.
    Gap,
    /// Until the job of that run has started.
    StartWindow,
    /// Until it has completed.
    CompletionWindow,
    /// Until the copies before it are done.
    Queue,
    /// Until it has been copied.
    Copy,
    /// Less what the first run's recovery point was kept.
    Retention,
}

impl Derivation {
    /// The whole length.
    pub fn total(&self) -> Minutes {
        self.terms.iter().map(|term| term.length).sum()
    }
}

impl Coverage {
    /// The fewest whole days of retention, in this place and for every rule, with which it is
    /// never without a usable recovery point.
    pub fn least_keep_days(&self) -> Option<i64> {
        let needed = self.unexpired_rpo.as_ref()?.total().0;
        Some(needed.div_euclid(24 * 60) + i64::from(needed.rem_euclid(24 * 60) > 0))
    }
}

/// Computes what rules guarantee in a place, once they have been running long enough to have
/// expired something. `copy_takes` is the longest that a copy is assumed to take once its turn has
/// come; it has no bearing on the source. Only runs from `from` on are looked at.
pub fn coverage(rules: &[TimedRule], place: &Where, copy_takes: Minutes, from: Timestamp) -> Coverage {
    let span = Stretch::of(rules, place, copy_takes, from);
    let ctx = Ctx { rules, place, copy_takes, counted: span.counted };
    let runs = due(rules, place, from, span.until);
    let jobs: Vec<Job> = runs.iter().filter_map(|due| ctx.job(due)).collect();
    let started: Vec<Job> = jobs.iter().copied().filter(|job| ctx.starts(job)).collect();
    let sure: Vec<Job> = started.iter().copied().filter(|job| ctx.is_sure(job)).collect();
    let forever = rules.iter().filter_map(|rule| ctx.keeps(rule)).any(|keep| keep == Retention::Forever);
    let steady = sweep::steady(&sure, from, span.counted, forever);
    let sweep = sweep::guaranteed(&sure, steady, span.until);
    let least_left = jobs.iter().map(|job| ctx.source_left(job)).min();
    Coverage {
        least: sweep.least,
        least_at: sweep.least_at.and_then(instant),
        most: (!forever).then(|| sweep::most(&jobs, LATE_DELETION.0)),
        rpo: sweep.worst.filter(|_| sweep.least > 0).map(|pair| ctx.until_next(pair)),
        unexpired_rpo: unexpired(&started, span.until).map(|pair| ctx.until_next(pair)),
        without: if started.is_empty() { Without::NoRun } else { ctx.without(&sure, steady, span.until) },
        source_left: least_left.filter(|_| *place != Where::Source),
        cut: span.cut,
    }
}

/// A recovery point of a run in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// When the run is due.
    pub due: Timestamp,
    /// From when on it can be used at the latest; none if that may be never, because it may have expired by then or because
    /// what it is copied from may have.
    pub usable: Option<Timestamp>,
    /// When it expires; none if it is kept for ever.
    pub expires: Option<Timestamp>,
}

/// The recovery points that rules leave in a place, by runs that are due from an instant to another. `copy_takes` is as
/// [`coverage`] has it.
pub fn lives(rules: &[TimedRule], place: &Where, copy_takes: Minutes, from: Timestamp, until: Timestamp) -> Vec<Life> {
    let ctx = Ctx { rules, place, copy_takes, counted: FOREVER };
    let jobs = due(rules, place, from, until).into_iter().filter_map(|due| ctx.job(&due));
    let life = |job: Job| Life {
        due: job.run.at,
        usable: instant(job.usable).filter(|_| ctx.is_sure(&job) && job.usable < job.expires),
        expires: instant(job.expires),
    };
    jobs.map(life).collect()
}

/// The stretch of time that is looked at: first until retentions have ended, then the horizon.
struct Stretch {
    /// A retention that is longer counts as one without an end.
    counted: Minutes,
    until: Timestamp,
    cut: Cut,
}

impl Stretch {
    fn of(rules: &[TimedRule], place: &Where, copy_takes: Minutes, from: Timestamp) -> Self {
        let kept = || rules.iter().filter_map(|rule| rule.keeps(place)?.length());
        let longest = kept().max().unwrap_or_default();
        let ctx = Ctx { rules, place, copy_takes, counted: longest };
        let slowest = rules.iter().map(|rule| rule.windows.latest_completion() + ctx.copied(rule)).max();
        let horizon = horizon::length(rules) + slowest.unwrap_or_default();
        let wanted = (longest + horizon).after(from);
        let until = horizon::reach(rules, from, wanted);
        if until == wanted {
            return Self { counted: longest, until, cut: Cut::default() };
        }
        // The horizon goes before the retention: what is counted of the one is exact, and of the other a bound.
        let whole = Minutes::between(from, until);
        let left = whole - horizon;
        // Runs whose spacings are seen in so much less time are never a year apart.
        let enough = left >= Minutes::days(366);
        let counted = longest.min(if enough { left } else { left.max(Minutes(whole.0.div_euclid(2))) });
        let cut = Cut {
            until: (whole - counted < horizon.min(horizon::TWO_YEARS)).then_some(until),
            retention: (counted < longest).then_some(counted),
        };
        Self { counted, until, cut }
    }
}

/// The instant of a minute since 1970.
fn instant(minute: i64) -> Option<Timestamp> {
    Timestamp::from_second(minute.checked_mul(60)?).ok()
}

/// The worst pair of runs if nothing ever expired.
fn unexpired(jobs: &[Job], until: Timestamp) -> Option<(Job, Job)> {
    let forever: Vec<Job> = jobs.iter().map(|job| Job { expires: i64::MAX, ..*job }).collect();
    sweep::guaranteed(&forever, sweep::first(&forever), until).worst
}

/// What every step of the computation needs.
struct Ctx<'a> {
    rules: &'a [TimedRule],
    place: &'a Where,
    copy_takes: Minutes,
    /// A retention that is longer counts as one without an end.
    counted: Minutes,
}

impl Ctx<'_> {
    /// How long the copies take for which a rule's copy waits.
    fn queue(&self, rule: &TimedRule) -> Minutes {
        let before = rule.copy_to(self.place).map_or(0, |copy| i64::from(copy.batches.saturating_sub(1)));
        Minutes(self.copy_takes.0.saturating_mul(before))
    }

    /// How long a rule's recovery point takes to be copied to the place, if it is.
    fn copied(&self, rule: &TimedRule) -> Minutes {
        if *self.place == Where::Source { Minutes::ZERO } else { self.queue(rule) + self.copy_takes }
    }

    /// How long a rule keeps its points in the place, if it has any there: for ever, if that is longer than is
    /// counted.
    fn keeps(&self, rule: &TimedRule) -> Option<Retention> {
        let keep = rule.keeps(self.place)?;
        Some(if keep.length().is_some_and(|length| length > self.counted) { Retention::Forever } else { keep })
    }

    /// What a due run comes to in the place, if it is started and goes there.
    fn job(&self, due: &Due) -> Option<Job> {
        let rule = self.rules.get(due.rule).filter(|_| due.instead.is_none())?;
        let keep = self.keeps(rule)?.length();
        let at = due.run.at.as_second().div_euclid(60);
        let expires = keep.map_or(i64::MAX, |keep| at + keep.0);
        let usable = at + rule.windows.latest_completion().0 + self.copied(rule).0;
        Some(Job { run: due.run, rule: due.rule, at, usable, expires, start: rule.windows.start().0 })
    }

    /// What is left of the source's retention when the copy of a job is made at the latest.
    fn source_left(&self, job: &Job) -> Minutes {
        let Some(rule) = self.rules.get(job.rule) else {
            return Minutes::ZERO;
        };
        let takes = rule.windows.completion() + self.copied(rule);
        match rule.keep.length() {
            _ if *self.place == Where::Source => Minutes::ZERO,
            Some(keep) => keep - takes,
            None => FOREVER,
        }
    }

    /// Whether a job is sure to start.
    fn starts(&self, job: &Job) -> bool {
        self.rules.get(job.rule).is_some_and(|rule| !rule.may_not_start(job.run.at))
    }

    /// Whether a job is sure to start, and its source to be there until its copy is made.
    fn is_sure(&self, job: &Job) -> bool {
        self.starts(job) && self.source_left(job) >= Minutes::ZERO
    }

    /// From one run to the moment at which another has made a usable recovery point at the latest.
    fn until_next(&self, (from, to): (Job, Job)) -> Derivation {
        let mut terms = vec![Term { kind: TermKind::Gap, length: Minutes(to.at - from.at) }];
        if let Some(rule) = self.rules.get(to.rule) {
            let windows = rule.windows;
            terms.push(Term { kind: TermKind::StartWindow, length: windows.start() });
            terms.push(Term { kind: TermKind::CompletionWindow, length: windows.completion() });
            let queue = self.queue(rule);
            if queue > Minutes::ZERO {
                terms.push(Term { kind: TermKind::Queue, length: queue });
            }
        }
        if *self.place != Where::Source {
            terms.push(Term { kind: TermKind::Copy, length: self.copy_takes });
        }
        Derivation { terms, from: from.run, to: to.run, rule: to.rule }
    }

    fn without(&self, jobs: &[Job], steady: i64, until: Timestamp) -> Without {
        // A job whose point may expire before it is usable need not count at all.
        let alive: Vec<Job> = jobs.iter().copied().filter(|job| job.usable - job.start < job.expires).collect();
        if alive.is_empty() {
            return Without::Always;
        }
        let Some((from, to)) = sweep::longest_without(&alive, steady, until) else {
            return Without::Never;
        };
        let mut derivation = self.until_next((from, to));
        let kept = Minutes(from.at - from.expires);
        derivation.terms.push(Term { kind: TermKind::Retention, length: kept });
        Without::AtMost(derivation)
    }
}
