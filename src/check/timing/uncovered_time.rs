//! Times at which no finished recovery point exists, and copies that may lose their source.

use super::Subject;
use crate::diagnostic::Diagnostics;
use crate::queue::COPY_TAKES;
use crate::queue::Waiting;
use crate::rule::rule;
use crate::source::Span;
use crate::spec::Statement;
use crate::time::coverage::{Coverage, Without};
use crate::time::length::Minutes;
use crate::time::plan::Place;

rule! {
    /// At some moments there may be no finished recovery point.
    ///
    /// ## Why
    ///
    /// A recovery point expires whole days after its job started, at a copy too, while the next one is
    /// usable only when its job has started, completed and been copied. If the retention is shorter
    /// than that, there is a time with nothing to restore from.
    ///
    /// ## Example
    ///
    /// ```drspec,W0214
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 1d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 3d
    /// ```
    W0214 "uncovered-time" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/recov-point-create-a-copy.html"
}

rule! {
    /// A copy may lose its source before it is done.
    ///
    /// ## Why
    ///
    /// "If you delete a source snapshot before the target snapshot becomes available, the snapshot copy
    /// might fail." AWS gives no bound for how long a copy takes; this is warned of when less than a
    /// day is left.
    ///
    /// ## Example
    ///
    /// ```drspec,W0215
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 keep 7d daily 01:00 JST keep 1d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 keep 7d daily 01:00 JST keep 3d
    /// ```
    W0215 "copy-outlives-source" Warning Documentation "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html"
}

/// A copy that has less than this left of its source's retention is warned of.
const COMFORTABLE: Minutes = Minutes::days(1);

pub(super) fn report(subject: &Subject<'_>, sink: &mut Diagnostics) {
    let statement = subject.statement;
    for (place, coverage) in &subject.analysis.coverage {
        let span = span(statement, place);
        let waiting = subject.waiting(place);
        // Of a queue that never empties it is told once what that does; here is what is wrong without it.
        let endless = waiting.as_ref().is_some_and(|waiting| waiting.endless);
        let alone = subject.known.without_queues(statement).filter(|_| endless);
        let alone = alone.and_then(|analysis| analysis.coverage.iter().find(|(other, _)| other == place));
        let (coverage, waiting) = alone.map_or((coverage, waiting), |(_, coverage)| (coverage, None));
        let place = describe(statement, place);
        let gap = match &coverage.without {
            Without::Never => None,
            Without::AtMost(derivation) => Some((format!("for up to {}", derivation.total()), derivation.to_string())),
            Without::Always => {
                Some(("at any time".to_owned(), "every job may take longer than its recovery point is kept".to_owned()))
            }
            // That another rule's run takes its place is told of the rule.
            Without::NoRun if !subject.analysis.overlaps.is_empty() => None,
            Without::NoRun => Some(("at any time".to_owned(), "no run is due that leaves one there".to_owned())),
        };
        if let Some((length, derivation)) = gap {
            let finding = W0214
                .at(span, format!("{length}, {place} may hold no finished recovery point"))
                .help(format!("at worst: {derivation}"));
            let finding = match &waiting {
                Some(waiting) => finding.help(subject.describe(waiting)),
                None => finding,
            };
            sink.push(match coverage.least_keep_days() {
                Some(days) => finding.help(format!("keep them {days} days or longer there: `keep {days}d`")),
                None => finding,
            });
        }
        report_race(subject, coverage, (span, waiting), sink);
    }
}

fn report_race(
    subject: &Subject<'_>,
    coverage: &Coverage,
    (span, waiting): (Span, Option<Waiting>),
    sink: &mut Diagnostics,
) {
    let Some(left) = coverage.source_left else { return };
    // What is left is counted after the copy that is assumed; the whole of it is what a copy has once
    // its turn has come.
    let room = left + COPY_TAKES;
    if room >= COMFORTABLE {
        return;
    }
    let finding = if room < Minutes::ZERO {
        W0215.at(span, "the source of this copy may expire before the copy begins")
    } else {
        let begins = if waiting.is_some() { "the copy's turn has come" } else { "the backup is done" };
        W0215.at(span, format!("the source of this copy may expire {room} after {begins}"))
    };
    let finding = match waiting {
        Some(waiting) => finding.help(subject.describe(&waiting)),
        None => finding,
    };
    let shortest = subject.statement.rules.iter().min_by_key(|rule| rule.keep.value);
    sink.push(match shortest {
        Some(rule) => finding
            .related(rule.keep.span, "the source is kept so long")
            .help("keep the source longer; AWS gives no bound for how long a copy takes"),
        None => finding,
    });
}

/// Where the retention in a place was decided.
pub(super) fn span(statement: &Statement, place: &Place) -> Span {
    let rule = statement.rules.first();
    match place {
        Place::Source => rule.map_or(statement.span, |rule| rule.keep.span),
        Place::Copy(name) => statement
            .copies()
            .find(|copy| statement.place_name(&copy.place) == *name)
            .map_or(statement.span, |copy| copy.place.region.span),
    }
}

/// A place in the user's words.
pub(super) fn describe(statement: &Statement, place: &Place) -> String {
    match place {
        Place::Source => format!("the source vault in {}", statement.source.region.node.code),
        Place::Copy(name) => format!("the vault in {}", name.split('/').next().unwrap_or(name)),
    }
}
