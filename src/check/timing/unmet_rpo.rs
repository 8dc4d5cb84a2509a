//! A promise of a recovery point objective that cannot be kept.

use super::uncovered_time::describe;
use crate::analysis::{Analysis, COPY_TAKES};
use crate::aws::quota::{COMPLETION_AFTER_START_MINUTES, SHORTEST_START_WINDOW_MINUTES};
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Statement;
use crate::time::coverage::{Coverage, Derivation, TermKind};
use crate::time::length::Minutes;
use crate::time::plan::Place;

rule! {
    /// A promised recovery point objective cannot be kept.
    ///
    /// ## Why
    ///
    /// The worst loss of data is the time from one run to the moment at which the next one is usable:
    /// the gap between runs, the start window, the completion window, and in a destination the copy. It
    /// is compared with the promise in each place.
    ///
    /// ## Example
    ///
    /// ```drspec,E0216
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d rpo 24h
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d rpo 40h
    /// ```
    E0216 "unmet-rpo" Error Language ""
}

pub(super) fn report(statement: &Statement, analysis: &Analysis, sink: &mut Diagnostics) {
    let Some(promised) = &statement.rpo else { return };
    let promise = Minutes(i64::from(promised.value));
    let lost = |coverage: &Coverage| coverage.rpo.as_ref().map(Derivation::total);
    // What cures the largest loss cures the others.
    let most = analysis.coverage.iter().filter_map(|(_, coverage)| lost(coverage)).max();
    let mut is_said = false;
    for (place, coverage) in &analysis.coverage {
        let finding = match (&coverage.rpo, &coverage.unexpired_rpo) {
            (Some(rpo), _) if rpo.total() <= promise || Some(rpo.total()) < most || is_said => continue,
            (Some(rpo), _) => {
                is_said = true;
                let (place, total) = (describe(statement, place), rpo.total());
                E0216
                    .at(promised.span, format!("in {place}, {total} of data may be lost, not {promise}"))
                    .help(format!("at worst: {rpo}"))
                    .help(cure(promise, analysis, rpo))
            }
            (None, rpo) => {
                let finding = E0216
                    .at(promised.span, format!("{} may hold no recovery point at all", describe(statement, place)));
                match (coverage.least_keep_days(), rpo) {
                    (Some(days), Some(rpo)) => finding
                        .help(format!("keep recovery points there {days} days or longer: `keep {days}d`"))
                        .help(format!("the worst loss is then {rpo}")),
                    _ => finding,
                }
            }
        };
        sink.push(if *place == Place::Source {
            finding
        } else {
            finding.help(format!("a copy is assumed to take at most {COPY_TAKES}; AWS promises no bound"))
        });
    }
}

/// What to do about a promise that is not kept.
fn cure(promise: Minutes, analysis: &Analysis, rpo: &Derivation) -> String {
    let promised = written(rpo.total());
    let is_copied = analysis.coverage.iter().any(|(place, _)| *place != Place::Source);
    let least = least() + if is_copied { COPY_TAKES } else { Minutes::ZERO };
    if promise < least {
        let copy = if is_copied { " and a copy" } else { "" };
        return format!(
            "AWS Backup cannot do it: hourly runs, which are its most frequent, with its shortest windows{copy} \
             make {least}; promise `rpo {promised}`"
        );
    }
    let gap = rpo.terms.iter().find(|term| term.kind == TermKind::Gap).map(|term| term.length);
    let more = if gap > Some(HOURLY) { "run more often, " } else { "" };
    format!("{more}shorten the windows, or promise `rpo {promised}`")
}

/// How often AWS Backup runs at most.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/plan-options-and-configuration.html>.
const HOURLY: Minutes = Minutes::hours(1);

/// What is lost at worst with the most frequent runs and the shortest windows.
fn least() -> Minutes {
    HOURLY + Minutes(i64::from(2 * SHORTEST_START_WINDOW_MINUTES + COMPLETION_AFTER_START_MINUTES))
}

/// A length as the language writes it: whole hours, rounded up.
fn written(length: Minutes) -> String {
    format!("{}h", length.0.div_euclid(60) + i64::from(length.0.rem_euclid(60) > 0))
}
