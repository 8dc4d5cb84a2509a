//! A promise of a recovery point objective that cannot be kept.

use super::Subject;
use super::uncovered_time::describe;
use crate::analysis::Analysis;
use crate::aws::quota::{COMPLETION_AFTER_START_MINUTES, SHORTEST_START_WINDOW_MINUTES};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::queue::COPY_TAKES;
use crate::rule::rule;
use crate::source::Span;
use crate::time::coverage::{Coverage, Derivation, TermKind, Without};
use crate::time::length::Minutes;
use crate::time::plan::Place;

rule! {
    /// A promised recovery point objective cannot be kept.
    ///
    /// ## Why
    ///
    /// The worst loss of data is the time from one run to the moment at which the next one is usable:
    /// the gap between runs, the start window, the completion window, and in a destination the copy and
    /// the copies for which it waits. It is compared with the promise in each place.
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

pub(super) fn report(subject: &Subject<'_>, sink: &mut Diagnostics) {
    let Some(promised) = &subject.statement.rpo else { return };
    let promise = Minutes(i64::from(promised.value));
    let is_endless = |place: &Place| subject.waiting(place).is_some_and(|waiting| waiting.endless);
    // What cures the largest loss cures the others.
    let finite = subject.analysis.coverage.iter().filter(|(place, _)| !is_endless(place));
    let most = finite.filter_map(|(_, coverage)| coverage.rpo.as_ref().map(Derivation::total)).max();
    let mut is_said = false;
    for (place, coverage) in &subject.analysis.coverage {
        let name = describe(subject.statement, place);
        let no_run = coverage.without == Without::NoRun;
        let finding = if no_run {
            unsure(subject, place, promised.span)
        } else if is_endless(place) {
            let finding = E0216.at(promised.span, format!("copies reach {name} later and later"));
            Some(finding.help("more copies come than AWS makes in the same time: the queue never empties"))
        } else if let Some(rpo) = &coverage.rpo {
            let is_largest = rpo.total() > promise && Some(rpo.total()) == most && !is_said;
            is_said |= is_largest;
            is_largest.then(|| unmet(subject.analysis, &name, promise, rpo, promised.span))
        } else {
            Some(without(coverage, &name, promised.span))
        };
        let Some(finding) = finding else { continue };
        let finding = match subject.waiting(place).filter(|waiting| waiting.batches > 1) {
            Some(waiting) => finding.help(subject.describe(&waiting)),
            None => finding,
        };
        sink.push(if *place == Place::Source || no_run {
            finding
        } else {
            finding.help(format!("a copy is assumed to take at most {COPY_TAKES}; AWS promises no bound"))
        });
    }
}

/// No run that leaves anything in a place is sure. That a rule never runs is told of the rule.
fn unsure(subject: &Subject<'_>, place: &Place, span: Span) -> Option<Diagnostic> {
    if subject.never_reaches(place) {
        return None;
    }
    let finding = E0216.at(span, format!("no run that reaches {} is sure", describe(subject.statement, place)));
    Some(if subject.analysis.overlaps.is_empty() {
        finding.help("none is due")
    } else {
        finding.help("AWS names no winner where rules that keep equally long may start in the same window")
    })
}

/// More may be lost in a place than was promised.
fn unmet(analysis: &Analysis, place: &str, promise: Minutes, rpo: &Derivation, span: Span) -> Diagnostic {
    E0216
        .at(span, format!("in {place}, {} of data may be lost, not {promise}", rpo.total()))
        .help(format!("at worst: {rpo}"))
        .help(cure(promise, analysis, rpo))
}

/// There may be nothing in a place.
fn without(coverage: &Coverage, place: &str, span: Span) -> Diagnostic {
    let finding = E0216.at(span, format!("{place} may hold no recovery point at all"));
    match (coverage.least_keep_days(), &coverage.unexpired_rpo) {
        (Some(days), Some(rpo)) => finding
            .help(format!("keep recovery points there {days} days or longer: `keep {days}d`"))
            .help(format!("the worst loss is then {rpo}")),
        _ => finding,
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
