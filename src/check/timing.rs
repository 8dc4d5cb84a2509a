//! What is wrong with the timing of statements. Each distinct timing is analysed once.

pub mod closed_window;
pub mod irregular_times;
pub mod overlapping_windows;
pub mod overrunning_runs;
pub mod uncovered_time;
pub mod uneven_interval;
pub mod unmet_rpo;

use crate::analysis::Analyses;
use crate::diagnostic::Diagnostics;
use crate::spec::Spec;

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let known = Analyses::of(spec);
    for (_, statement) in spec.statements() {
        uneven_interval::report(statement, sink);
        closed_window::report(statement, sink);
        let Some(analysis) = statement.timing().and_then(|rules| known.get(&rules)) else { continue };
        irregular_times::report(statement, analysis, sink);
        overlapping_windows::report(statement, analysis, sink);
        overrunning_runs::report(statement, analysis, sink);
        uncovered_time::report(statement, analysis, sink);
        unmet_rpo::report(statement, analysis, sink);
    }
}
