//! What a change loses, as findings: those that the spec does not allow stop a build.

use super::Change;
use super::report::Item;
use crate::allowance::LossAllowances;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Sources};

/// Gives everything that the spec allows its reason, and notes the allowances that nothing needs.
pub fn allow(change: &mut Change, sources: &Sources, files: &[FileId]) {
    let allowances = LossAllowances::of(sources, files);
    let mut findings = Vec::new();
    for item in change.items_mut() {
        if let Some(finding) = finding(item) {
            item.allowed = allowances.reason(&finding).map(str::to_owned);
            findings.push(finding);
        }
    }
    change.unused = allowances.unused(&findings);
}

/// What is lost and not allowed, at its clauses.
pub fn losses(change: &Change) -> Diagnostics {
    let mut losses = Diagnostics::default();
    let lost = change.items().filter(|item| item.allowed.is_none());
    lost.filter_map(finding).for_each(|finding| losses.push(finding));
    losses
}

fn finding(item: &Item) -> Option<Diagnostic> {
    let (rule, span) = (item.rule?, item.span?);
    let finding = rule.at(span, item.text.en.clone());
    let finding = item.details.iter().fold(finding, |finding, detail| finding.help(detail.en.clone()));
    Some(finding.help(format!("or allow it on the line above: `# drc: allow({}) reason=\"…\"`", rule.code)))
}
