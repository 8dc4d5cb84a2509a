//! What a change loses, as findings: those that the spec does not allow stop a build.

use super::{Allowance, is_loss, order, read, silencer, starts};
use crate::change::{Change, Item};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Sources};

/// Gives everything that the spec allows its reason, and notes the allowances that nothing needs.
pub fn allow(change: &mut Change, sources: &Sources, files: &[FileId]) {
    let allowances = allowances(sources, files);
    let mut findings = Diagnostics::default();
    for item in change.items_mut() {
        if let Some(finding) = finding(item) {
            item.allowed = silencer(&finding, &allowances).map(|allowance| allowance.reason.clone());
            findings.push(finding);
        }
    }
    let found = starts(&findings);
    let unused = allowances.iter().filter(|allowance| !allowance.covers_any(&found));
    change.unused = unused.map(|allowance| (allowance.comment, allowance.code)).collect();
}

/// What is lost and not allowed, at its clauses.
pub fn losses(change: &Change) -> Diagnostics {
    let mut losses = Diagnostics::default();
    let lost = change.items().filter(|item| item.allowed.is_none());
    lost.filter_map(finding).for_each(|finding| losses.push(finding));
    losses
}

/// What files whose comments have been checked let a change lose.
fn allowances(sources: &Sources, files: &[FileId]) -> Vec<Allowance> {
    let mut checked = Diagnostics::default();
    let mut all: Vec<Allowance> = files.iter().flat_map(|file| read(sources, *file, &mut checked)).collect();
    all.retain(|allowance| is_loss(allowance.code));
    order(&mut all);
    all
}

fn finding(item: &Item) -> Option<Diagnostic> {
    let (rule, span) = (item.rule?, item.span?);
    let finding = rule.at(span, item.text.en.clone());
    let finding = item.details.iter().fold(finding, |finding, detail| finding.help(detail.en.clone()));
    Some(finding.help(format!("or allow it on the line above: `# drc: allow({}) reason=\"…\"`", rule.code)))
}
