//! Options of a rule that stand behind its end.

use std::collections::BTreeSet;

use super::Builder;
use crate::source::Span;
use crate::syntax::ast::{Clause, ClauseNode};
use crate::syntax::format;
use crate::syntax::rules::E0017;

/// Longest rule that is quoted whole.
const LONGEST: usize = 80;

/// Options that follow each other behind the end of a rule.
struct Late<'c> {
    options: &'c [Clause],
    /// The rule that has ended, with its own options.
    rule: &'c [Clause],
    /// The clause that ends it.
    end: &'c Clause,
    /// The rule that follows, with its own options.
    next: Option<&'c [Clause]>,
}

impl Builder<'_> {
    /// Reports the options that stand behind the end of their rule. They stay with that rule, so that they are checked,
    /// unless it has said the same before.
    pub(super) fn report_late_options(&mut self, clauses: &mut Vec<Clause>, text: &str) {
        let (every_rule, rules) = clauses.split_at(clauses.iter().position(is_schedule).unwrap_or(clauses.len()));
        let (mut broken, mut dropped) = (BTreeSet::new(), BTreeSet::new());
        for late in late_options(rules) {
            let rules = [Some(late.rule), late.next].into_iter().flatten();
            let takers: Vec<_> = rules.filter(|rule| !repeats(rule, late.options)).collect();
            if takers.is_empty() || late.options.iter().any(|option| option.broken) {
                // What is written twice is reported where values are read.
                continue;
            }
            let reported = if repeats(late.rule, late.options) { &mut dropped } else { &mut broken };
            reported.extend(late.options.iter().map(|option| option.span));
            let places: Vec<String> = takers.iter().map(|rule| self.place_behind(rule, late.options, text)).collect();
            let place = match places.as_slice() {
                [place] => format!("write it directly behind {place}"),
                places => format!("write it directly behind the rule that it is for, {}", places.join(" or ")),
            };
            let everywhere = "; in front of the first schedule it holds for every rule";
            let everywhere = if can_hold_for_every_rule(every_rule, late.options) { everywhere } else { "" };
            let at = span(late.options).unwrap_or(late.end.span);
            let ended = format!("`{}` ends the rule `{}`", late.end.name(), self.as_written(late.rule.get(..1), text));
            self.sink.push(
                E0017
                    .at(
                        at,
                        format!("`{}` stands behind the end of its rule", self.as_written(Some(late.options), text)),
                    )
                    .related(late.end.span, ended)
                    .help(format!("{place}{everywhere}")),
            );
        }
        clauses.iter_mut().filter(|clause| broken.contains(&clause.span)).for_each(|clause| clause.broken = true);
        clauses.retain(|clause| !dropped.contains(&clause.span));
        // What is dropped may have been meant for the rule behind it.
        self.stray |= !dropped.is_empty();
    }

    /// Where in a rule options can be added, so that they are the rule's: a `keep` behind a `to` would be the copy's.
    fn place_behind(&self, rule: &[Clause], options: &[Clause], text: &str) -> String {
        let is_keep = matches!(options.first().map(|option| &option.node), Some(ClauseNode::Keep(_)));
        let whole = self.as_written(Some(rule).filter(|_| !is_keep), text);
        let schedule = self.as_written(rule.get(..1), text);
        match rule.last() {
            Some(last) if whole.chars().count() > LONGEST => {
                format!("`{}` of `{schedule}`", self.as_written(Some(std::slice::from_ref(last)), text))
            }
            _ if is_keep => format!("`{schedule}`"),
            _ => format!("`{whole}`"),
        }
    }

    /// Clauses as they are written, on one line.
    fn as_written(&self, clauses: Option<&[Clause]>, text: &str) -> String {
        let range = clauses.and_then(span).map(Span::range).unwrap_or_default();
        let range = range.start.saturating_sub(self.start)..range.end.saturating_sub(self.start);
        format::on_one_line(text.get(range).unwrap_or(""))
    }
}

/// The options that stand behind the end of a rule, of the clauses from the first schedule on.
fn late_options(clauses: &[Clause]) -> Vec<Late<'_>> {
    let (mut found, mut rules) = (Vec::new(), clauses.chunk_by(|_, next| !is_schedule(next)).map(at_end).peekable());
    while let Some((rule, rest)) = rules.next() {
        let next = rules.peek().map(|(next, _)| *next);
        let Some(end) = rest.first() else { continue };
        let runs = rest.chunk_by(|left, right| left.declared.is_rule_option == right.declared.is_rule_option);
        let late = runs.filter(|run| run.iter().all(|clause| clause.declared.is_rule_option));
        found.extend(late.map(|options| Late { options, rule, end, next }));
    }
    found
}

/// The clauses from a schedule on, parted where its rule ends.
fn at_end(clauses: &[Clause]) -> (&[Clause], &[Clause]) {
    let ends = |clause: &Clause| !is_schedule(clause) && !clause.declared.is_rule_option;
    clauses.split_at(clauses.iter().position(ends).unwrap_or(clauses.len()))
}

fn is_schedule(clause: &Clause) -> bool {
    matches!(clause.node, ClauseNode::Schedule(_))
}

/// Whether one of the options can be said once and is among the clauses.
fn repeats(clauses: &[Clause], options: &[Clause]) -> bool {
    let mut once = options.iter().filter(|option| option.declared.is_single);
    once.any(|option| clauses.iter().any(|clause| clause.name() == option.name()))
}

/// Whether options can stand in front of the first schedule, behind the clauses that do: a name cannot be that of every
/// rule, and a `keep` behind a `to` would be the copy's.
fn can_hold_for_every_rule(clauses: &[Clause], options: &[Clause]) -> bool {
    let is_name = |option: &Clause| matches!(option.node, ClauseNode::Named(_));
    let takes_keep =
        clauses.last().is_some_and(|last| matches!(last.node, ClauseNode::To(..) | ClauseNode::FormerlyTo(_)));
    let is_keep = matches!(options.first().map(|option| &option.node), Some(ClauseNode::Keep(_)));
    !(options.iter().any(is_name) || repeats(clauses, options) || takes_keep && is_keep)
}

/// From the first clause to the last.
fn span(clauses: &[Clause]) -> Option<Span> {
    Some(clauses.first()?.span.to(clauses.last()?.span))
}
