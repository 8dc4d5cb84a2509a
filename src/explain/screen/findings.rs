//! Which findings are about which statement.

use std::collections::BTreeMap;

use crate::check::opt_in_region::W0312;
use crate::check::service_opt_in::W0402;
use crate::diagnostic::Diagnostic;
use crate::rule::DiagnosticRule;
use crate::source::{FileId, Sources};
use crate::spec::{Spec, Statement, System};

/// Rules that speak once of each region, wherever it is named first, though every statement of the file there is meant.
static OF_REGIONS: [&DiagnosticRule; 2] = [&W0312, &W0402];

/// Findings by what they are about.
pub(super) struct Findings<'a> {
    sources: &'a Sources,
    /// By the file and the beginning of the statement that they stand in.
    within: BTreeMap<(FileId, u32), Vec<&'a Diagnostic>>,
    /// Those that stand in no statement, and are about all of the file.
    shared: BTreeMap<FileId, Vec<&'a Diagnostic>>,
    /// Those that stand in a statement and are about a region.
    of_regions: BTreeMap<FileId, Vec<&'a Diagnostic>>,
}

impl<'a> Findings<'a> {
    pub(super) fn of(spec: &Spec, all: &[&'a Diagnostic], sources: &'a Sources) -> Self {
        let mut statements: BTreeMap<(FileId, u32), u32> = BTreeMap::new();
        for (system, statement) in spec.statements() {
            statements.insert((system.file, statement.span.start), statement.span.end);
        }
        let mut found = Self { sources, within: BTreeMap::new(), shared: BTreeMap::new(), of_regions: BTreeMap::new() };
        for finding in all {
            let at = finding.span;
            let before = statements.range(..=(at.file, at.start)).next_back();
            match before.filter(|((file, _), end)| *file == at.file && at.start < **end) {
                Some((statement, _)) => found.within.entry(*statement).or_default().push(finding),
                None => found.shared.entry(at.file).or_default().push(finding),
            }
            if OF_REGIONS.iter().any(|rule| rule.code == finding.rule.code) {
                found.of_regions.entry(at.file).or_default().push(finding);
            }
        }
        found
    }

    /// The findings about a statement.
    pub(super) fn of_statement(&self, system: &System, statement: &Statement) -> Vec<&'a Diagnostic> {
        let within = self.within.get(&(system.file, statement.span.start)).into_iter().flatten().copied();
        let shared = self.shared.get(&system.file).into_iter().flatten().copied();
        let mut found: Vec<&Diagnostic> = within.chain(shared).collect();
        for finding in self.of_regions.get(&system.file).into_iter().flatten().copied() {
            let region = self.sources.snippet(finding.span);
            let is_known = found.iter().any(|known| std::ptr::eq(*known, finding));
            if !is_known && statement.places().any(|place| place.region.node.code == region) {
                found.push(finding);
            }
        }
        found
    }
}
