//! Which clauses contribute most to what is over a limit.

use std::collections::BTreeMap;

use crate::cfn::note::Note;
use crate::cfn::{Resource, Value};
use crate::diagnostic::Diagnostic;
use crate::lower::clause::{COPY, RULE, SELECTED};
use crate::lower::reason;
use crate::lower::{Stack, measure};
use crate::policy::Document;
use crate::source::Span;

/// How many an error names.
const LARGEST: usize = 3;

/// A clause, and what is said of it.
type Contributor = (Span, String);

/// Shows the contributors beside a finding.
pub(super) fn show(finding: Diagnostic, contributors: Vec<Contributor>) -> Diagnostic {
    contributors.into_iter().fold(finding, |finding, (span, text)| {
        if span == finding.span { finding.label(text) } else { finding.related(span, text) }
    })
}

/// The clauses whose resources make most of a template: by their number, or by their bytes.
pub(super) fn of_stack(stack: &Stack, by_bytes: bool) -> Vec<Contributor> {
    let size = |resource: &Resource| {
        if by_bytes { serde_json::to_string(&resource.properties).map_or(0, |text| text.len()) } else { 1 }
    };
    let resources = stack.template.resources.iter();
    let sizes = resources.filter_map(|resource| Some((resource.origins.first()?.span, size(resource))));
    largest(sizes, if by_bytes { "bytes" } else { "resources" })
}

/// The schedules that make most of a plan's rules.
pub(super) fn of_plan(plan: &Resource) -> Vec<Contributor> {
    largest(rules(plan).map(|note| (note.origin.span, 1)), "rules")
}

/// The clause that a plan's rule comes from.
pub(super) fn place_of_rule(plan: &Resource, rule: usize) -> Option<Span> {
    rules(plan).find(|note| note.at.outer_index() == rule).map(|note| note.origin.span)
}

/// The notes on a plan's rules, one for each.
fn rules(plan: &Resource) -> impl Iterator<Item = &Note> {
    plan.notes.iter().filter(|note| note.at.pattern() == RULE && note.origin.reason == &reason::PLAN)
}

/// The copies of a plan's rule that are too many.
pub(super) fn of_rule(plan: &Resource, rule: usize, limit: usize) -> Vec<Contributor> {
    let copies = plan.notes.iter().filter(|note| note.at.pattern() == COPY && note.at.outer_index() == rule);
    too_many(copies.map(|note| note.origin.span), limit, LARGEST)
}

/// The first resource of a selection that is too many.
pub(super) fn of_selection(selection: &Resource, limit: usize) -> Vec<Contributor> {
    let resources = selection.notes.iter().filter(|note| note.at.pattern() == SELECTED);
    too_many(resources.map(|note| note.origin.span), limit, 1)
}

/// The administrators in a key's policy.
pub(super) fn of_key(key: &Resource, policy: &Document<Value>, stack: &Stack) -> Vec<Contributor> {
    let administrators = key.notes.iter().find(|note| note.origin.reason == &reason::KEY_POLICY_ADMINISTRATORS);
    let statement =
        administrators.and_then(|note| Some((note.origin.span, policy.statements.get(note.at.outer_index())?)));
    let sizes =
        statement.map(|(span, statement)| (span, measure::statement_characters(statement, stack.location.region)));
    largest(sizes, "characters")
}

/// The places with the largest sums.
fn largest(sizes: impl IntoIterator<Item = (Span, usize)>, what: &str) -> Vec<Contributor> {
    let mut sums: BTreeMap<Span, usize> = BTreeMap::new();
    for (span, size) in sizes {
        *sums.entry(span).or_default() += size;
    }
    let mut sums: Vec<(Span, usize)> = sums.into_iter().collect();
    sums.sort_by_key(|(span, size)| (std::cmp::Reverse(*size), *span));
    let said = |(span, size): (Span, usize)| (span, format!("{what} from here: {size}"));
    sums.into_iter().take(LARGEST).map(said).collect()
}

/// The places behind the last that fits, in the order of the spec.
fn too_many(spans: impl Iterator<Item = Span>, limit: usize, most: usize) -> Vec<Contributor> {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable();
    spans.into_iter().skip(limit).take(most).map(|span| (span, "one too many".to_owned())).collect()
}
