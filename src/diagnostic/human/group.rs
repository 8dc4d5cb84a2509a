//! Which findings are shown as one.

use std::collections::BTreeMap;

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::Span;

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

impl<'a> Group<'a> {
    /// The first of causes that are alike, and where the others stand.
    fn of(alike: Vec<Vec<&'a Diagnostic>>) -> Self {
        let mut causes = alike.into_iter();
        let findings = causes.next().unwrap_or_default();
        Self { findings, elsewhere: causes.filter_map(|other| Some(other.first()?.span)).collect() }
    }

    /// How many findings it stands for.
    pub(super) fn count(&self) -> usize {
        self.findings.len() * (self.elsewhere.len() + 1)
    }
}

/// The errors or the warnings as groups, each where its first finding stands.
pub(super) fn groups(diagnostics: &Diagnostics, errors: bool) -> Vec<Group<'_>> {
    let findings = diagnostics.iter().filter(|finding| finding.is_error() == errors);
    // Findings at one place that the same words cure have one cause. What cures a finding is the last that its help says.
    let causes = together(findings, |finding| finding.help.last().map(|cure| (finding.span, cure.as_str())));
    let alike =
        together(causes.into_iter(), |cause| Some(cause.iter().map(|finding| words(finding)).collect::<Vec<_>>()));
    alike.into_iter().map(Group::of).collect()
}

/// Items with the same key together, where the first of them stands; one without a key is alone.
fn together<T, K: Ord>(items: impl Iterator<Item = T>, key: impl Fn(&T) -> Option<K>) -> Vec<Vec<T>> {
    let mut known: BTreeMap<K, usize> = BTreeMap::new();
    let mut all: Vec<Vec<T>> = Vec::new();
    for item in items {
        let at = key(&item).map(|key| *known.entry(key).or_insert(all.len()));
        match at.and_then(|at| all.get_mut(at)) {
            Some(alike) => alike.push(item),
            None => all.push(vec![item]),
        }
    }
    all
}

fn words(finding: &Diagnostic) -> Words<'_> {
    let related = finding.related.iter().map(|(span, text)| (finding.is_error().then_some(*span), text.as_str()));
    (finding.rule.code, &finding.message, finding.label.as_deref(), related.collect(), &finding.help)
}
