//! Whether the recovery points of a statement can be relied on, and what is to be feared where not.

use super::open::CONDITIONS;
use super::places::Held;
use crate::analysis::Analyses;
use crate::diagnostic::Diagnostic;
use crate::rule::DiagnosticRule;
use crate::spec::{Place, Statement};
use crate::time::coverage::{Coverage, Without};
use crate::time::length::Minutes;

/// Whether a statement's recovery points can be relied on.
#[derive(Clone, Debug)]
pub enum Verdict<'a> {
    /// At some moment there may be nothing to restore from; the worst danger first.
    Unsafe(Vec<Danger<'a>>),
    /// Nothing is to be feared if what these rules ask is so, which no file can say.
    SafeIf(Vec<&'static DiagnosticRule>),
    /// Nothing is to be feared.
    Safe,
}

/// What is to be feared.
#[derive(Clone, Copy, Debug)]
pub enum Danger<'a> {
    /// No moment is sure to have a recovery point in a place.
    Nothing(&'a Place),
    /// There is no copy in another region.
    NoCopy,
    /// More copies go to a region than are made: they come later and later.
    Endless(&'a Place),
    /// A place may hold nothing for so long.
    Gap(&'a Place, Minutes),
    /// There are too few runs to say how old the newest recovery point of a place may be.
    Untold(&'a Place),
}

impl<'a> Verdict<'a> {
    /// From what is held where, and from the findings about the statement.
    pub(super) fn of(
        statement: &'a Statement,
        places: &[Held<'a>],
        known: &Analyses<'_>,
        open: &[&Diagnostic],
    ) -> Self {
        let mut dangers: Vec<Danger<'a>> = Vec::new();
        if statement.copies().next().is_none() {
            dangers.push(Danger::NoCopy);
        }
        for held in places {
            let Some((name, coverage)) = held.coverage else { continue };
            let waiting = known.queues().waiting(statement, name);
            if waiting.is_some_and(|waiting| waiting.endless) {
                dangers.push(Danger::Endless(held.place));
            }
            dangers.extend(danger(held.place, coverage));
        }
        dangers.sort_by_key(|danger| std::cmp::Reverse(danger.gravity()));
        if !dangers.is_empty() {
            return Self::Unsafe(dangers);
        }
        let asks = |rule: &&&'static DiagnosticRule| open.iter().any(|found| found.rule.code == rule.code);
        let conditions: Vec<&'static DiagnosticRule> = CONDITIONS.iter().filter(asks).copied().collect();
        if conditions.is_empty() { Self::Safe } else { Self::SafeIf(conditions) }
    }

    /// More for what is worse.
    pub(super) fn gravity(&self) -> (u8, i64) {
        match self {
            Self::Unsafe(dangers) => dangers.first().map_or((2, 0), Danger::gravity),
            Self::SafeIf(_) => (1, 0),
            Self::Safe => (0, 0),
        }
    }
}

/// What is to be feared of one place.
fn danger<'a>(place: &'a Place, coverage: &Coverage) -> Option<Danger<'a>> {
    match (&coverage.without, &coverage.rpo) {
        (Without::Always | Without::NoRun, _) => Some(Danger::Nothing(place)),
        (Without::AtMost(longest), _) => Some(Danger::Gap(place, longest.total())),
        (Without::Never, None) => Some(Danger::Untold(place)),
        (Without::Never, Some(_)) => None,
    }
}

impl Danger<'_> {
    fn gravity(&self) -> (u8, i64) {
        match self {
            Self::Nothing(_) => (6, 0),
            Self::NoCopy => (5, 0),
            Self::Endless(_) => (4, 0),
            Self::Gap(_, length) => (3, length.0),
            Self::Untold(_) => (2, 0),
        }
    }
}
