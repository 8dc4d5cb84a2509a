//! What is still open: findings by rule, with what to write or run.

use std::collections::BTreeMap;

use crate::check::china_snapshot_copy::W0313;
use crate::check::default_vault::W0407;
use crate::check::opt_in_region::W0312;
use crate::check::role_administers_key::W0406;
use crate::check::service_opt_in::W0402;
use crate::diagnostic::{Cure, Diagnostic};
use crate::rule::DiagnosticRule;

/// Rules that ask for what decides whether backups come to be at all, and which no file can answer.
pub static CONDITIONS: [&DiagnosticRule; 5] = [&W0312, &W0313, &W0402, &W0406, &W0407];

/// Findings of one rule.
#[derive(Debug)]
pub struct Opening<'a> {
    /// The rule.
    pub rule: &'static DiagnosticRule,
    /// Its findings.
    pub findings: Vec<&'a Diagnostic>,
}

/// Findings rule by rule: first those that decide whether backups come to be, then in the order of their codes.
pub fn openings<'a>(findings: &[&'a Diagnostic]) -> Vec<Opening<'a>> {
    let mut rules: BTreeMap<(bool, &str), Opening<'a>> = BTreeMap::new();
    for finding in findings {
        let rule = finding.rule;
        let opening = rules.entry((!is_condition(rule), rule.code));
        opening.or_insert(Opening { rule, findings: Vec::new() }).findings.push(finding);
    }
    rules.into_values().collect()
}

fn is_condition(rule: &DiagnosticRule) -> bool {
    CONDITIONS.iter().any(|condition| condition.code == rule.code)
}

impl Opening<'_> {
    /// Whether it decides whether backups come to be.
    pub fn is_condition(&self) -> bool {
        is_condition(self.rule)
    }

    /// What to write, each once.
    pub fn to_write(&self) -> Vec<&str> {
        self.cures(|cure| match cure {
            Cure::Write(words) => Some(words),
            Cure::Run(_) | Cure::Remove => None,
        })
    }

    /// What to run, each once.
    pub fn to_run(&self) -> Vec<&str> {
        self.cures(Cure::command)
    }

    fn cures<'c>(&'c self, wanted: impl Fn(&'c Cure) -> Option<&'c str>) -> Vec<&'c str> {
        let mut cures: Vec<&str> = Vec::new();
        for cure in self.findings.iter().flat_map(|finding| &finding.cures).filter_map(wanted) {
            if !cures.contains(&cure) {
                cures.push(cure);
            }
        }
        cures
    }
}
