//! What a reader with one minute is told of a spec: whether it is safe, when it runs, what is still open, what is made,
//! and what the role may do. Figures in no language; [`Screen::sheet`] puts them into words.

mod clock;
mod decided;
mod findings;
mod json;
mod made;
mod map;
mod open;
mod overview;
mod permissions;
mod places;
mod shared;
pub mod sheet;
mod statement;
pub mod text;
mod verdict;
pub(super) mod words;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Input;
use crate::diagnostic::Diagnostic;
use crate::lower::Stack;
use crate::next::{self, Forecast};
use crate::source::SourceFile;
use crate::spec::{Statement, System};
use crate::text::shell;
use findings::Findings;

pub use clock::{UtcReason, utc_reason};
pub use decided::Decided;
pub use open::{CONDITIONS, Opening, openings};
pub use permissions::{Deletion, Permissions};
pub use places::Held;
pub use verdict::{Danger, Verdict};

/// How many coming runs are looked at, to find one that takes place.
const RUNS: usize = 3;

/// The figures of the screen.
#[derive(Debug)]
pub struct Screen<'a> {
    input: &'a Input<'a>,
    /// What is told of each statement; the worst first, then in the order of their names.
    pub backups: Vec<Backup<'a>>,
    /// What is still open, rule by rule.
    pub open: Vec<Opening<'a>>,
    /// The stacks, in the order in which they are deployed.
    pub stacks: &'a [Stack],
}

/// What is told of one statement.
#[derive(Debug)]
pub struct Backup<'a> {
    /// The system.
    pub system: &'a System,
    /// The statement.
    pub statement: &'a Statement,
    /// Whether its recovery points can be relied on.
    pub verdict: Verdict<'a>,
    /// Where recovery points lie, the source first.
    pub places: Vec<Held<'a>>,
    /// The coming runs of each rule.
    pub runs: Vec<Forecast<'a>>,
    /// The findings that stand in it.
    pub open: Vec<&'a Diagnostic>,
    /// What was written for it, and what was decided.
    pub decided: Vec<Decided>,
    /// What its role may do.
    pub role: Permissions<'a>,
}

impl<'a> Screen<'a> {
    /// The figures of a compilation without errors.
    pub fn of(input: &'a Input<'a>) -> Self {
        let compiled = input.compiled;
        let findings: Vec<&Diagnostic> = compiled.diagnostics.iter().collect();
        let about = Findings::of(&compiled.spec, &findings, input.sources);
        let backup = |(system, statement): (&'a System, &'a Statement)| {
            let places = places::held(statement, &input.analyses);
            let open = about.of_statement(system, statement);
            Backup {
                system,
                statement,
                verdict: Verdict::of(statement, &places, &input.analyses, &open),
                places,
                runs: next::of_statement(system, statement, compiled.spec.now, RUNS),
                open,
                decided: decided::decided(system, statement, input.sources),
                role: permissions::permissions(system, statement),
            }
        };
        let mut backups: Vec<Backup<'a>> = compiled.spec.statements().map(backup).collect();
        // A stable sort: what is equally bad stays in the order of names.
        backups.sort_by_key(|backup| Reverse(backup.verdict.gravity()));
        Self { input, backups, open: openings(&findings), stacks: &compiled.stacks }
    }

    /// The names of the specs, as they were given, for a shell.
    fn files(&self) -> Vec<String> {
        let files: BTreeSet<_> = self.backups.iter().map(|backup| backup.system.file).collect();
        let names = files.into_iter().filter_map(|file| self.input.sources.file(file)).map(SourceFile::name);
        names.map(shell::word).collect()
    }
}

impl<'a> Backup<'a> {
    /// The places from which a restore is possible when the source region is lost.
    fn copies(&self) -> impl Iterator<Item = &Held<'a>> {
        self.places.iter().skip(1).filter(|held| held.former.is_none())
    }
}
