//! Jobs laid along the line of time, swept once from left to right. Times are minutes since 1970.

use jiff::Timestamp;

use crate::time::length::Minutes;
use crate::time::occurrence::Occurrence;

/// A run with the bounds of what it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Job {
    /// When it is due, and at the earliest started.
    pub(super) at: i64,
    /// The run.
    pub(super) run: Occurrence,
    /// Its rule, by position.
    pub(super) rule: usize,
    /// The latest that its recovery point becomes usable.
    pub(super) usable: i64,
    /// The earliest that its recovery point expires; the end of time if it never does.
    pub(super) expires: i64,
    /// Its start window.
    pub(super) start: i64,
}

/// What is guaranteed over a stretch of time.
pub(super) struct Sweep {
    /// The fewest recovery points that are sure to be usable.
    pub(super) least: usize,
    /// When.
    pub(super) least_at: Option<i64>,
    /// The run whose point is the newest that is sure, and the run that supersedes it, where the
    /// newest is oldest.
    pub(super) worst: Option<(Job, Job)>,
}

/// When the first of the jobs is sure to have made its recovery point.
pub(super) fn first(jobs: &[Job]) -> i64 {
    jobs.iter().map(|job| job.usable).min().unwrap_or(i64::MAX)
}

/// From when on the jobs at hand are all that matter: whatever ran before has expired by then,
/// and of what never expires there is one.
pub(super) fn steady(jobs: &[Job], from: Timestamp, longest: Minutes, forever: bool) -> i64 {
    let expired = from.as_second().div_euclid(60) + longest.0;
    if !forever {
        return expired;
    }
    let kept = jobs.iter().filter(|job| job.expires == i64::MAX);
    kept.map(|job| job.usable).min().unwrap_or(i64::MAX).max(expired)
}

/// Sweeps over the stretches in which each job's point is sure to be usable, whatever its delays:
/// from the latest that it becomes so to the earliest that it expires.
pub(super) fn guaranteed(jobs: &[Job], steady: i64, until: Timestamp) -> Sweep {
    let mut sweep = Sweep { least: usize::MAX, least_at: None, worst: None };
    let mut sure = Sure::default();
    let mut counted = steady;
    let events = events(jobs, until.as_second().div_euclid(60));
    for together in events.chunk_by(|one, other| one.0 == other.0) {
        let Some((time, ..)) = together.first().copied() else { continue };
        let (expiring, coming) = together.split_at(together.partition_point(|(_, comes, _)| !comes));
        // Between the last event and this one nothing changed, so the count held at `counted`.
        if time > steady {
            note_least(&mut sweep, sure.count, counted);
            let next = coming.iter().filter_map(|(.., job)| jobs.get(*job)).max();
            if let (Some(newest), Some(next)) = (sure.newest(time), next) {
                note_worst(&mut sweep, newest, *next, time);
            }
            counted = time;
        }
        sure.count -= expiring.len();
        for job in coming.iter().filter_map(|(.., job)| jobs.get(*job)) {
            sure.add(*job);
        }
    }
    note_least(&mut sweep, sure.count, counted);
    sweep
}

/// The recovery points that are sure to be usable.
#[derive(Default)]
struct Sure {
    count: usize,
    /// By rule, its newest: an older one of the same rule expires before.
    heads: Vec<Option<Job>>,
}

impl Sure {
    fn add(&mut self, job: Job) {
        self.count += 1;
        if self.heads.len() <= job.rule {
            self.heads.resize(job.rule + 1, None);
        }
        if let Some(head) = self.heads.get_mut(job.rule) {
            *head = (*head).max(Some(job));
        }
    }

    /// The newest just before a moment.
    fn newest(&self, time: i64) -> Option<Job> {
        self.heads.iter().flatten().filter(|job| job.expires >= time).max().copied()
    }
}

fn note_least(sweep: &mut Sweep, count: usize, time: i64) {
    if count < sweep.least {
        sweep.least = count;
        sweep.least_at = Some(time);
    }
}

/// Just before `next` is sure to be usable, `newest` is all that is left to restore from.
fn note_worst(sweep: &mut Sweep, newest: Job, next: Job, time: i64) {
    let worst = sweep.worst.map_or(i64::MIN, |(from, to)| to.usable - from.at);
    if time - newest.at > worst && next.at > newest.at {
        sweep.worst = Some((newest, next));
    }
}

/// When a point expires or, where it says so, becomes sure, and whose that is, by position.
type Event = (i64, bool, usize);

/// What expires and what becomes sure, in order, up to an end; of one minute first what expires.
fn events(jobs: &[Job], until: i64) -> Vec<Event> {
    let lasting = || jobs.iter().enumerate().filter(|(_, job)| job.usable < job.expires);
    let coming = lasting().map(|(index, job)| (job.usable, true, index));
    let expiring = lasting().map(|(index, job)| (job.expires, false, index));
    let mut events: Vec<Event> = coming.chain(expiring).filter(|(time, ..)| *time < until).collect();
    events.sort_unstable();
    events
}

/// The most recovery points that can exist at once, each from the earliest start to the latest
/// deletion of its job.
pub(super) fn most(jobs: &[Job], late: i64) -> usize {
    let mut ends: Vec<i64> = jobs.iter().map(|job| job.expires + job.start + late).collect();
    ends.sort_unstable();
    let mut gone = ends.iter().peekable();
    let (mut now, mut most) = (0_usize, 0);
    // Jobs come in the order in which they are due.
    for job in jobs {
        while gone.next_if(|end| **end <= job.at).is_some() {
            now -= 1;
        }
        now += 1;
        most = most.max(now);
    }
    most
}

/// The longest time with nothing usable: after some job's point has expired as early as it can,
/// every job whose point expires later is as late as it can be. None if there is no such time from
/// `steady` on, and up to an end after which there may be jobs that are not at hand.
pub(super) fn longest_without(jobs: &[Job], steady: i64, until: Timestamp) -> Option<(Job, Job)> {
    let until = until.as_second().div_euclid(60);
    let mut by_expiry = jobs.to_vec();
    by_expiry.sort_unstable_by_key(|job| (job.expires, job.at));
    let mut longest: Option<(i64, Job, Job)> = None;
    let mut next: Option<Job> = None;
    let mut later: Option<Job> = None;
    for job in by_expiry.into_iter().rev() {
        // Jobs that expire together are judged against those that expire after them.
        if later.is_none_or(|later| later.expires != job.expires) {
            next = [next, later].into_iter().flatten().min_by_key(|job| job.usable);
        }
        if let Some(next) = next
            && job.expires >= steady
            && next.usable <= until
            && next.usable > job.expires
            && longest.is_none_or(|(length, ..)| next.usable - job.expires >= length)
        {
            longest = Some((next.usable - job.expires, job, next));
        }
        let soonest = [later.filter(|later| later.expires == job.expires), Some(job)];
        later = soonest.into_iter().flatten().min_by_key(|job| job.usable);
    }
    longest.map(|(_, from, to)| (from, to))
}
