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
use crate::time::plan::Where;

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
    "約束した目標復旧時点(RPO)を守れません。"
    "失われるデータが最大になるのは、ある実行から、次の実行の復旧ポイントを利用できるようになるまでの間です。実行の間隔、開始ウィンドウ、完了ウィンドウを足し、コピー先ではさらに、コピーと、その前に待たされるコピーの時間を足します。これを、置き場所ごとに約束と比べます。"
}

pub(super) fn report(subject: &Subject<'_>, sink: &mut Diagnostics) {
    let Some(promised) = &subject.statement.rpo else { return };
    let promise = Minutes(i64::from(promised.value));
    let mut broken = Broken::default();
    for (place, coverage) in &subject.analysis.coverage {
        broken.add(subject, place, coverage, promise);
    }
    if let Some(finding) = broken.finding(subject, promise, promised.span) {
        sink.push(finding);
    }
}

/// The places in which a promise is broken, by how: one promise is one finding.
#[derive(Default)]
struct Broken<'a> {
    /// Places that no run is sure to reach.
    unsure: Vec<&'a Where>,
    /// Places whose queue of copies never empties.
    endless: Vec<&'a Where>,
    /// Places that may hold nothing, and the days of retention that cure it, where they are known.
    empty: Vec<(&'a Where, Option<i64>)>,
    /// The largest loss, in a place that is never empty, and where that is.
    loss: Option<(&'a Where, &'a Derivation)>,
    /// The largest loss in a place that may hold nothing, were the points kept long enough.
    then: Option<&'a Derivation>,
}

impl<'a> Broken<'a> {
    fn add(&mut self, subject: &Subject<'_>, place: &'a Where, coverage: &'a Coverage, promise: Minutes) {
        if coverage.without == Without::NoRun {
            // That a rule never runs is told of the rule.
            if !subject.never_reaches(place) {
                self.unsure.push(place);
            }
        } else if subject.waiting(place).is_some_and(|waiting| waiting.endless) {
            self.endless.push(place);
        } else if let Some(rpo) = &coverage.rpo {
            let largest = self.loss.map_or(promise, |(_, largest)| largest.total());
            if rpo.total() > largest {
                self.loss = Some((place, rpo));
            }
        } else {
            self.empty.push((place, coverage.least_keep_days()));
            self.then = self.then.into_iter().chain(&coverage.unexpired_rpo).max_by_key(|rpo| rpo.total());
        }
    }

    /// The places that a finding speaks of.
    fn places(&self) -> impl Iterator<Item = &'a Where> {
        let empty = self.empty.iter().map(|(place, _)| *place);
        self.unsure.iter().chain(&self.endless).copied().chain(empty).chain(self.loss.map(|(place, _)| place))
    }

    fn finding(&self, subject: &Subject<'_>, promise: Minutes, span: Span) -> Option<Diagnostic> {
        let name = |place: &Where| describe(subject.statement, place);
        let names = |places: &[&Where]| places.iter().map(|place| name(place)).collect::<Vec<_>>().join(" and ");
        let empty: Vec<&Where> = self.empty.iter().map(|(place, _)| *place).collect();
        let mut message = Vec::new();
        if !self.unsure.is_empty() {
            message.push(format!("no run that reaches {} is sure", names(&self.unsure)));
        }
        if !self.endless.is_empty() {
            message.push(format!("copies reach {} later and later", names(&self.endless)));
        }
        if !empty.is_empty() {
            message.push(format!("{} may hold no recovery point at all", names(&empty)));
        }
        if let Some((place, rpo)) = self.loss {
            message.push(format!("in {}, {} of data may be lost, not {promise}", name(place), rpo.total()));
        }
        let finding = (!message.is_empty()).then(|| E0216.at(span, message.join("; ")))?;
        Some(self.reasons(subject).into_iter().chain(self.cures(subject, promise)).fold(finding, Diagnostic::help))
    }

    /// What a loss is made of, and what is assumed.
    fn reasons(&self, subject: &Subject<'_>) -> Vec<String> {
        let mut reasons = Vec::new();
        if !self.unsure.is_empty() {
            reasons.push(if subject.analysis.closed.iter().any(|closed| closed.every) {
                "each may have to start when no backup starts".to_owned()
            } else if subject.analysis.overlaps.is_empty() {
                "none is due".to_owned()
            } else {
                "AWS names no winner where rules that keep equally long may start in the same window".to_owned()
            });
        }
        if !self.endless.is_empty() {
            reasons.push("more copies come than AWS makes in the same time: the queue never empties".to_owned());
        }
        reasons.extend(self.loss.map(|(_, rpo)| format!("at worst: {rpo}")));
        for waiting in self.places().filter_map(|place| subject.waiting(place)).filter(|waiting| waiting.batches > 1) {
            let said = subject.describe(&waiting);
            if !reasons.contains(&said) {
                reasons.push(said);
            }
        }
        if self.places().any(|place| *place != Where::Source && !self.unsure.contains(&place)) {
            reasons.push(format!("a copy is assumed to take at most {COPY_TAKES}; AWS promises no bound"));
        }
        reasons
    }

    /// What to write instead, where that is known.
    fn cures(&self, subject: &Subject<'_>, promise: Minutes) -> Vec<String> {
        let mut cures = Vec::new();
        let days: Option<Vec<i64>> = self.empty.iter().map(|(_, days)| *days).collect();
        if let Some(days) = days.and_then(|days| days.into_iter().max()) {
            cures.push(format!("keep recovery points there {days} days or longer: `keep {days}d`"));
        }
        if let Some(rpo) = self.then.filter(|_| !cures.is_empty()) {
            cures.push(format!("the worst loss is then {rpo}"));
        }
        if !self.endless.is_empty() {
            // No promise can be kept while the queue grows.
            cures.push("run less often, or copy some of them to another region".to_owned());
            return cures;
        }
        let loss = self.loss.map(|(_, rpo)| rpo).into_iter().chain(self.then).max_by_key(|rpo| rpo.total());
        if let Some(rpo) = loss.filter(|rpo| rpo.total() > promise) {
            cures.push(cure(promise, subject.analysis, rpo));
        }
        cures
    }
}

/// What to do about a promise that is not kept.
fn cure(promise: Minutes, analysis: &Analysis, rpo: &Derivation) -> String {
    let promised = written(rpo.total());
    let is_copied = analysis.coverage.iter().any(|(place, _)| *place != Where::Source);
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
