//! `drc` compiles sentences such as
//!
//! ```text
//! backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 1d
//! ```
//!
//! into the CloudFormation templates of a complete disaster-recovery backup system.
//!
//! # Steps
//!
//! 1. [`source::Sources`] holds the texts, and the language's own defaults.
//! 2. [`syntax::parse`] turns a text into an [`syntax::ast::File`]; it never fails.
//! 3. [`resolve::resolve`] turns that into a [`spec::System`]; it never fails.
//! 4. [`check::check`] finds what is wrong with the whole [`spec::Spec`].
//! 5. [`lower::lower`] turns a spec without errors into [`lower::Stack`]s; it is total.
//! 6. [`emit::emit`] turns stacks into [`emit::OutputFile`]s.
//! 7. [`prove::check_sufficient`] proves that the policies of the stacks allow every call.
//! 8. [`explain::explain`] says of each emitted line why it is there.
//!
//! Every step reports to one [`diagnostic::Diagnostics`]. [`compile`] runs them all; nothing in it
//! reads files, the clock or the environment.

pub mod change;
pub mod cli;
pub mod diagnostic;
pub mod emit;
pub mod explain;
pub mod next;
pub mod prove;
pub mod rule;
pub mod rules;
pub mod runbook;
pub mod simulate;
pub mod source;
pub mod text;

// What this package's own tests and benches look into. It is no interface: any version may change it.
#[doc(hidden)]
pub mod allowance;
#[doc(hidden)]
pub mod analysis;
#[doc(hidden)]
pub mod aws;
#[doc(hidden)]
pub mod cfn;
#[doc(hidden)]
pub mod check;
#[doc(hidden)]
pub mod deployer_policy;
#[doc(hidden)]
pub mod kind;
#[doc(hidden)]
pub mod lower;
#[doc(hidden)]
pub mod policy;
#[doc(hidden)]
pub mod procedure;
#[doc(hidden)]
pub mod reason;
#[doc(hidden)]
pub mod resolve;
#[doc(hidden)]
pub mod spec;
#[doc(hidden)]
pub mod syntax;
#[doc(hidden)]
pub mod time;

mod batch;
mod json;
mod origin;
mod queue;
mod suggest;

use jiff::Timestamp;
use rayon::prelude::*;

pub use allowance::Allowed;
use diagnostic::Diagnostics;
use emit::{Format, OutputFile};
pub use lower::Stack;
use source::{FileId, Sources};
pub use spec::Spec;

/// What came of a compilation.
#[derive(Debug)]
pub struct Compiled {
    /// What the files mean; no systems when there was an error.
    pub spec: Spec,
    /// The stacks in deployment order; empty when there was an error.
    pub stacks: Vec<Stack>,
    /// The files, the manifest last; empty when there was an error.
    pub files: Vec<OutputFile>,
    /// Everything that was said, sorted.
    pub diagnostics: Diagnostics,
    /// The warnings that the files allow, in the same order.
    pub allowed: Vec<Allowed>,
}

/// Runs every step over `files`, which are one compilation: names that collide across them are
/// found. Coming dates in messages are counted from `now`; no file depends on it.
pub fn compile(sources: &Sources, files: &[FileId], format: Format, now: Timestamp) -> Compiled {
    let (mut spec, mut diagnostics) = analyse(sources, files, now);
    let mut stacks = Vec::new();
    let mut output = Vec::new();
    if !diagnostics.has_errors() {
        stacks = lower::lower(&spec);
        output = emit::emit(&stacks, format);
        let sizes: Vec<usize> = output.iter().map(|file| file.bytes.len()).collect();
        lower::quota::check(&stacks, &sizes, &mut diagnostics);
        if !diagnostics.has_errors() {
            prove::check_sufficient(&spec, &stacks, &mut diagnostics);
        }
    }
    let mut allowed = allowance::apply(sources, files, &mut diagnostics);
    diagnostics.sort(sources);
    allowed.sort_by(|left, right| left.finding.order(&right.finding, sources));
    allowed.dedup_by(|second, first| second.finding.repeats(&first.finding));
    if diagnostics.has_errors() {
        spec.systems.clear();
        stacks.clear();
        output.clear();
    }
    Compiled { spec, stacks, files: output, diagnostics, allowed }
}

/// The steps up to the checks.
fn analyse(sources: &Sources, files: &[FileId], now: Timestamp) -> (Spec, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let resolved: Vec<_> = files
        .par_iter()
        .map(|file| {
            let mut sink = Diagnostics::default();
            let tree = syntax::parse(sources, *file, &mut sink);
            let system = (!tree.items.is_empty()).then(|| resolve::resolve(sources, *file, tree, now, &mut sink));
            (system, sink)
        })
        .collect();
    let mut systems = Vec::new();
    for (system, sink) in resolved {
        systems.extend(system);
        diagnostics.append(sink);
    }
    systems.sort_by(|left, right| left.name.value.cmp(&right.name.value));
    let spec = Spec { now, systems };
    check::check(&spec, &mut diagnostics);
    (spec, diagnostics)
}
