//! Times at which no finished recovery point exists, and copies that may lose their source.

use std::collections::BTreeMap;

use super::Subject;
use super::retained::kept;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::queue::{COPY_TAKES, Waiting};
use crate::rule::rule;
use crate::source::Span;
use crate::spec::{Retention, Rule, Statement};
use crate::time::coverage::{Coverage, Without};
use crate::time::length::Minutes;
use crate::time::plan::Where;

rule! {
    /// At times there may be no recovery point.
    ///
    /// ## Why
    ///
    /// A recovery point expires whole days after its job started, at a copy too, while the next one is
    /// usable only when its job has started, completed and been copied. If the retention is shorter
    /// than that, there is a time with nothing to restore from. What one `keep` decides for several
    /// vaults is one finding, at that `keep`.
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
    "復旧ポイントが一つもない時間帯があり得ます。"
    "復旧ポイントの期限は、コピーの場合も、ジョブの開始から日単位で数えます。一方、次の復旧ポイントを利用できるのは、ジョブが開始し、完了し、コピーが終わってからです。保持期間がそれより短いと、復元できるものが何もない時間帯が生じます。1 つの `keep` が複数のボールトに効いているときは、その `keep` の箇所で 1 件にまとめて示します。"
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
    "コピーが終わる前に、元の復旧ポイントがなくなることがあります。"
    "\"If you delete a source snapshot before the target snapshot becomes available, the snapshot copy might fail.\" とあります。コピーの所要時間の上限を AWS は示していません。この警告は、残りの余裕が 1 日に満たないときに出ます。"
}

/// A copy that has less than this left of its source's retention is warned of.
const COMFORTABLE: Minutes = Minutes::days(1);

/// What is wrong with the retention that one clause decides, in all places that it decides for.
#[derive(Default)]
struct Retained {
    /// How long there may be nothing, what that is made of, and where.
    gaps: Vec<((String, String), Vec<String>)>,
    /// When the source of a copy may expire, and where the copies are.
    races: Vec<(String, Vec<String>)>,
    /// What the copies wait for.
    queues: Vec<String>,
    /// The days that close each gap, where they are known.
    closing: Vec<Option<i64>>,
    /// The same for the races.
    winning: Vec<Option<i64>>,
}

pub(super) fn report(subject: &Subject<'_>, sink: &mut Diagnostics) {
    let statement = subject.statement;
    let mut clauses: BTreeMap<Span, Retained> = BTreeMap::new();
    for (place, coverage) in &subject.analysis.coverage {
        let waiting = subject.waiting(place);
        // Of a queue that never empties it is told once what that does; here is what is wrong without it.
        let endless = waiting.as_ref().is_some_and(|waiting| waiting.endless);
        let alone = subject.known.without_queues(statement).filter(|_| endless);
        let alone = alone.and_then(|analysis| analysis.coverage.iter().find(|(other, _)| other == place));
        let (coverage, waiting) = alone.map_or((coverage, waiting), |(_, coverage)| (coverage, None));
        if let Some(gap) = gap(subject, place, coverage) {
            let clause = clauses.entry(span(statement, place)).or_default();
            add(&mut clause.gaps, gap, describe(statement, place));
            clause.closing.push(coverage.least_keep_days());
            clause.wait(subject, waiting.as_ref());
        }
        if let (Some(room), Some(rule)) = (race(coverage), shortest(statement)) {
            let clause = clauses.entry(rule.keep.span).or_default();
            add(&mut clause.races, expiry(room, waiting.is_some()), region(place).to_owned());
            clause.winning.push(cure(statement, rule, room));
            clause.wait(subject, waiting.as_ref());
        }
    }
    for (span, clause) in clauses {
        clause.report(statement, span, sink);
    }
}

/// Adds a place to those of which the same is said.
fn add<T: PartialEq>(told: &mut Vec<(T, Vec<String>)>, what: T, place: String) {
    match told.iter_mut().find(|(other, _)| *other == what) {
        Some((_, places)) if places.contains(&place) => {}
        Some((_, places)) => places.push(place),
        None => told.push((what, vec![place])),
    }
}

impl Retained {
    fn wait(&mut self, subject: &Subject<'_>, waiting: Option<&Waiting>) {
        let said = waiting.map(|waiting| subject.describe(waiting));
        self.queues.extend(said.filter(|said| !self.queues.contains(said)));
    }

    fn report(self, statement: &Statement, span: Span, sink: &mut Diagnostics) {
        let (gap_days, race_days) = match (most(&self.closing), most(&self.winning)) {
            // One retention cures both.
            (Some(closing), Some(winning)) => (Some(closing.max(winning)), Some(closing.max(winning))),
            days => days,
        };
        let keep = |finding: Diagnostic, days: i64| {
            let sentence = format!("keep recovery points {days} days or longer: {{}}");
            kept(statement, span, days).into_iter().fold(finding, |finding, words| finding.write(&sentence, words))
        };
        if !self.gaps.is_empty() {
            let lengths: Vec<String> =
                self.gaps.iter().map(|((length, _), places)| format!("{length}, {}", places.join(" and "))).collect();
            let finding = W0214.at(span, format!("{} may hold no finished recovery point", lengths.join(", and ")));
            let worst = self.gaps.iter().map(|((_, derivation), _)| format!("at worst: {derivation}"));
            let help = worst.chain(self.queues.iter().cloned());
            sink.push(gap_days.into_iter().fold(help.fold(finding, Diagnostic::help), keep));
        }
        for (when, places) in self.races {
            let copies = if places.len() == 1 { "copy" } else { "copies" };
            let finding =
                W0215.at(span, format!("the source of the {copies} in {} may expire {when}", places.join(", ")));
            let finding = self.queues.iter().cloned().fold(finding, Diagnostic::help);
            sink.push(match race_days {
                Some(days) => keep(finding, days),
                None => finding.help("keep the source longer"),
            });
        }
    }
}

/// The days that do for all; none if they are unknown of one.
fn most(days: &[Option<i64>]) -> Option<i64> {
    days.iter().copied().collect::<Option<Vec<i64>>>()?.into_iter().max()
}

/// How long a place may hold nothing, and what that is made of.
fn gap(subject: &Subject<'_>, place: &Where, coverage: &Coverage) -> Option<(String, String)> {
    let always = |why: &str| Some(("at any time".to_owned(), why.to_owned()));
    match &coverage.without {
        Without::Never => None,
        Without::AtMost(derivation) => Some((format!("for up to {}", derivation.total()), derivation.to_string())),
        Without::Always => always("every job may take longer than its recovery point is kept"),
        // That another rule's run takes its place, or that it is never due or need not start, is told of the rule.
        Without::NoRun
            if !subject.analysis.overlaps.is_empty()
                || subject.never_reaches(place)
                || subject.analysis.closed.iter().any(|closed| closed.every) =>
        {
            None
        }
        Without::NoRun => always("no run is due that leaves one there"),
    }
}

/// What a copy has at worst before its source expires, if that is little.
fn race(coverage: &Coverage) -> Option<Minutes> {
    // What is left is counted after the copy that is assumed; the whole of it is what a copy has once
    // its turn has come.
    coverage.source_left.map(|left| left + COPY_TAKES).filter(|room| *room < COMFORTABLE)
}

fn expiry(room: Minutes, waits: bool) -> String {
    if room < Minutes::ZERO {
        return "before it is copied".to_owned();
    }
    let begins = if waits { "the turn to copy it has come" } else { "the backup is done" };
    format!("{room} after {begins}; AWS gives no bound for how long a copy takes")
}

/// The rule whose recovery points stay in the source for the shortest time.
fn shortest(statement: &Statement) -> Option<&Rule> {
    statement.rules.iter().min_by_key(|rule| rule.keep.value)
}

/// The days of retention in the source that give a copy enough, if one clause decides them for every rule that gives it
/// too little.
fn cure(statement: &Statement, rule: &Rule, room: Minutes) -> Option<i64> {
    let Retention::Days(days) = rule.keep.value else { return None };
    let (lacking, day) = ((COMFORTABLE - room).0, Minutes::days(1).0);
    let more = lacking.div_euclid(day) + i64::from(lacking.rem_euclid(day) > 0);
    let window = |rule: &Rule| i64::from(rule.completion_window.value);
    let is_enough = |other: &Rule| match other.keep.value {
        Retention::Forever => true,
        Retention::Days(kept) => {
            let longer = (i64::from(kept) - i64::from(days)) * day - (window(other) - window(rule));
            longer >= lacking
        }
    };
    let mut rules = statement.rules.iter();
    rules.all(|other| other.keep.span == rule.keep.span || is_enough(other)).then_some(i64::from(days) + more)
}

/// Where the retention in a place was decided.
pub(super) fn span(statement: &Statement, place: &Where) -> Span {
    let rule = statement.rules.first();
    match place {
        Where::Source => rule.map_or(statement.span, |rule| rule.keep.span),
        Where::Copy(name) => statement
            .copies()
            .find(|copy| statement.place_name(&copy.place) == *name)
            .map_or(statement.span, |copy| copy.keep.span),
    }
}

/// A place in the user's words.
pub(super) fn describe(statement: &Statement, place: &Where) -> String {
    match (place, statement.place(place)) {
        (Where::Source, _) => format!("the source vault in {}", statement.source.region.node.code),
        (Where::Copy(_), Some(found)) if statement.shares_region(found) => {
            format!("the vault {} in {}", found.vault.value.name(), region(place))
        }
        (Where::Copy(_), _) => format!("the vault in {}", region(place)),
    }
}

/// The region of a copy.
fn region(place: &Where) -> &str {
    match place {
        Where::Source => "",
        Where::Copy(name) => name.split('/').next().unwrap_or(name),
    }
}
