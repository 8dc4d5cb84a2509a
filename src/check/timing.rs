//! What is wrong with the timing of statements. Each distinct timing is analysed once.

pub(crate) mod closed_window;
pub(crate) mod cut_horizon;
pub(crate) mod endless_queue;
pub(crate) mod irregular_times;
pub(crate) mod never_due;
pub(crate) mod overlapping_windows;
pub(crate) mod overrunning_runs;
pub(crate) mod retained;
pub(crate) mod uncovered_time;
pub(crate) mod uneven_interval;
pub(crate) mod unmet_rpo;

use crate::analysis::{Analyses, Analysis};
use crate::diagnostic::Diagnostics;
use crate::queue::Waiting;
use crate::spec::{Spec, Statement};
use crate::time::plan::Where;

/// A statement with what follows from its timing.
struct Subject<'a> {
    statement: &'a Statement,
    analysis: &'a Analysis,
    known: &'a Analyses<'a>,
}

impl Subject<'_> {
    /// What the copies into a place meet, where they have to wait.
    fn waiting(&self, place: &Where) -> Option<Waiting> {
        self.known.queues().waiting(self.statement, place)
    }

    /// What competes with the copies into that place, in the user's words.
    fn describe(&self, waiting: &Waiting) -> String {
        self.known.queues().describe(waiting)
    }

    /// Whether some rule that leaves recovery points in a place never runs, which is told of the rule.
    fn never_reaches(&self, place: &Where) -> bool {
        let timing = self.statement.timing().unwrap_or_default();
        let Analysis { never_run, never_due, closed, .. } = self.analysis;
        let never =
            never_run.iter().zip(never_due).zip(closed).map(|((run, due), closed)| *run || *due || closed.never_starts);
        timing.iter().zip(never).any(|(rule, never)| never && rule.keeps(place).is_some())
    }
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let known = Analyses::of(spec);
    for (_, statement) in spec.statements() {
        uneven_interval::report(statement, sink);
        closed_window::report_needless(statement, sink);
        let Some(analysis) = known.get(statement) else { continue };
        let subject = Subject { statement, analysis, known: &known };
        irregular_times::report(statement, analysis, sink);
        overlapping_windows::report(statement, analysis, sink);
        overrunning_runs::report(statement, analysis, sink);
        closed_window::report(statement, analysis, spec.now, sink);
        never_due::report(statement, analysis, sink);
        cut_horizon::report(statement, analysis, sink);
        uncovered_time::report(&subject, sink);
        unmet_rpo::report(&subject, sink);
    }
    endless_queue::report(known.queues(), sink);
}
