//! A promise of a recovery point objective that cannot be kept.

use super::uncovered_time::describe;
use crate::analysis::{Analysis, COPY_TAKES};
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Statement;
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
    for (place, coverage) in &analysis.coverage {
        let finding = match (&coverage.rpo, &coverage.unexpired_rpo) {
            (Some(rpo), _) if rpo.total() <= promise => continue,
            (Some(rpo), _) => E0216
                .at(
                    promised.span,
                    format!("in {}, {} of data may be lost, not {promise}", describe(statement, place), rpo.total()),
                )
                .help(format!("at worst: {rpo}"))
                .help(format!("run more often, shorten the windows, or promise `rpo {}`", written(rpo.total()))),
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

/// A length as the language writes it: whole hours, rounded up.
fn written(length: Minutes) -> String {
    format!("{}h", length.0.div_euclid(60) + i64::from(length.0.rem_euclid(60) > 0))
}
