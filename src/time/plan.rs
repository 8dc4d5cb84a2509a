//! The rules of a backup plan as far as time is concerned, and which of their runs AWS starts.

use std::fmt;

use jiff::Timestamp;

use super::length::Minutes;
use super::occurrence::{Occurrence, occurrences};
use super::schedule::Schedule;

/// AWS starts a job no later than so long after its time: the least that may be chosen.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html>.
pub const LEAST_START: Minutes = Minutes::hours(1);

/// The completion window exceeds the start window by at least this.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/API_BackupRule.html>.
pub const LEAST_MARGIN: Minutes = Minutes::hours(1);

/// The two windows of a rule.
///
/// INVARIANT: both are ones that AWS accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Windows {
    start: Minutes,
    completion: Minutes,
}

/// Why AWS does not accept two windows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowError {
    /// The start window is shorter than [`LEAST_START`].
    Start(Minutes),
    /// The completion window does not exceed the start window by [`LEAST_MARGIN`].
    Completion {
        /// What was asked for.
        completion: Minutes,
        /// The shortest that would do.
        least: Minutes,
    },
}

impl fmt::Display for WindowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(start) => {
                write!(f, "a start window of {start} is shorter than {LEAST_START}")
            }
            Self::Completion { completion, least } => {
                write!(
                    f,
                    "a completion window of {completion} is shorter than {least}: the start window and {LEAST_MARGIN}"
                )
            }
        }
    }
}

impl std::error::Error for WindowError {}

impl Windows {
    /// A start and a completion window.
    ///
    /// # Errors
    ///
    /// When AWS does not accept them.
    pub fn new(start: Minutes, completion: Minutes) -> Result<Self, WindowError> {
        let least = start + LEAST_MARGIN;
        if start < LEAST_START {
            Err(WindowError::Start(start))
        } else if completion < least {
            Err(WindowError::Completion { completion, least })
        } else {
            Ok(Self { start, completion })
        }
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
pub enum Keep {
    /// Whole days from the start of the backup job, at the source and at every copy.
    Days(u32),
    /// For ever.
    Forever,
}

impl Keep {
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
pub struct Rule {
    /// When it is due.
    pub schedule: Schedule,
    /// Within which windows its jobs start and complete.
    pub windows: Windows,
    /// How long its recovery points are kept at the source.
    pub keep: Keep,
    /// Where else they go.
    pub copies: Vec<CopyTo>,
}

/// A copy of every recovery point of a rule.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CopyTo {
    /// The place, under any name that is the same in every rule.
    pub place: String,
    /// How long it is kept there, counted like the source's from the start of the backup job.
    pub keep: Keep,
}

/// Where recovery points lie.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Where the resource is backed up.
    Source,
    /// A place that copies go to.
    Copy(String),
}

impl Rule {
    /// How long the rule keeps its points in a place, if it has any there.
    pub fn keeps(&self, place: &Place) -> Option<Keep> {
        match place {
            Place::Source => Some(self.keep),
            Place::Copy(name) => self.copies.iter().find(|copy| copy.place == *name).map(|copy| copy.keep),
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
    /// one keeps longer.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html>.
    pub instead: Option<usize>,
}

/// Every due run of the rules between two instants (the first included), in order.
pub fn due(rules: &[Rule], from: Timestamp, until: Timestamp) -> Vec<Due> {
    let mut all: Vec<Due> = Vec::new();
    for (rule, of) in rules.iter().enumerate() {
        // Runs shortly after the end may still take the place of earlier ones.
        let end = longest_start(rules).after(until);
        let runs = occurrences(&of.schedule, from).take_while(|run| run.at < end);
        all.extend(runs.map(|run| Due { run, rule, instead: None }));
    }
    all.sort_unstable();
    if rules.len() > 1 {
        yield_to_longer(&mut all, rules);
    }
    all.retain(|due| due.run.at < until);
    all
}

fn longest_start(rules: &[Rule]) -> Minutes {
    rules.iter().map(|rule| rule.windows.start()).max().unwrap_or_default()
}

/// Marks the runs that another one replaces. Where both keep equally long, the rule that comes
/// first runs: AWS does not say which.
fn yield_to_longer(all: &mut [Due], rules: &[Rule]) {
    let mut replaced: Vec<(usize, usize)> = Vec::new();
    for (index, first) in all.iter().enumerate() {
        let Some(rule) = rules.get(first.rule) else {
            continue;
        };
        let end = rule.windows.start().after(first.run.at);
        let later = all.iter().enumerate().skip(index + 1);
        for (other, second) in later.take_while(|(_, second)| second.run.at < end) {
            if second.rule == first.rule {
                continue;
            }
            if keeps_longer(rules, second.rule, first.rule) {
                replaced.push((index, second.rule));
            } else {
                replaced.push((other, first.rule));
            }
        }
    }
    for (index, instead) in replaced {
        if let Some(due) = all.get_mut(index) {
            due.instead.get_or_insert(instead);
        }
    }
}

fn keeps_longer(rules: &[Rule], one: usize, other: usize) -> bool {
    let keep = |rule: usize| rules.get(rule).map(|rule| rule.keep);
    match keep(one).cmp(&keep(other)) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => one < other,
    }
}
