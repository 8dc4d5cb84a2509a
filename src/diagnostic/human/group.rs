//! Which findings are shown as one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;

/// Findings at one place that the same words cure.
struct Cause<'a> {
    findings: Vec<&'a Diagnostic>,
}

/// One cause, and where else the same is found.
pub(super) struct Group<'a> {
    /// What is found, at the first place.
    pub(super) findings: Vec<&'a Diagnostic>,
    /// The other places.
    pub(super) elsewhere: Vec<Span>,
}

/// What a finding says, whatever its place. Of an error the places that belong to it are a part of
/// that, since each has to be seen to be mended.
type Words<'a> = (&'a str, &'a str, Option<&'a str>, Vec<(Option<Span>, &'a str)>, &'a [String]);

impl Group<'_> {
    /// How many findings it stands for.
    pub(super) fn count(&self) -> usize {
        self.findings.len() * (self.elsewhere.len() + 1)
    }
}

/// The errors or the warnings as groups, each where its first finding stands.
pub(super) fn groups(diagnostics: &Diagnostics, errors: bool) -> Vec<Group<'_>> {
    let mut known: BTreeMap<Vec<Words<'_>>, usize> = BTreeMap::new();
    let mut groups: Vec<Group<'_>> = Vec::new();
    for Cause { findings } in causes(diagnostics, errors) {
        let Some(span) = findings.first().map(|finding| finding.span) else { continue };
        let at = *known.entry(findings.iter().map(|finding| words(finding)).collect()).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.elsewhere.push(span),
            None => groups.push(Group { findings, elsewhere: Vec::new() }),
        }
    }
    groups
}

fn causes(diagnostics: &Diagnostics, errors: bool) -> Vec<Cause<'_>> {
    let mut known: BTreeMap<(Span, &str), usize> = BTreeMap::new();
    let mut causes: Vec<Cause<'_>> = Vec::new();
    for finding in diagnostics.iter().filter(|finding| finding.is_error() == errors) {
        // What cures a finding is the last that its help says.
        let at = finding.help.last().map(|cure| *known.entry((finding.span, cure)).or_insert(causes.len()));
        match at.and_then(|at| causes.get_mut(at)) {
            Some(cause) => cause.findings.push(finding),
            None => causes.push(Cause { findings: vec![finding] }),
        }
    }
    causes
}

fn words(finding: &Diagnostic) -> Words<'_> {
    let related = finding.related.iter().map(|(span, text)| (finding.is_error().then_some(*span), text.as_str()));
    (finding.rule.code, &finding.message, finding.label.as_deref(), related.collect(), &finding.help)
}
