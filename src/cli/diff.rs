//! `drc diff`: what deploying a change does.

use std::path::PathBuf;

use super::report::{self, MessageFormat};
use super::side::{Side, deployed, state};
use super::{Context, Failure, Outcome, clock, language};
use crate::change::{self, Verdict};
use crate::source::Sources;

/// Say what deploying a change does to recovery points that exist
///
/// Each side is a spec, a directory that `drc build` has written, or a directory of templates that somebody
/// deployed, `REGION/STACK.yml` or `.json`, as `aws cloudformation get-template` gives them.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// What is deployed; without NEW, the spec that is compared with what `--out` holds
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// What would be deployed
    #[arg(value_name = "NEW")]
    new: Option<PathBuf>,
    /// Directory of the earlier build, where NEW is not given
    #[arg(short, long, value_name = "DIR", default_value = "out", conflicts_with = "new")]
    out: PathBuf,
    #[command(flatten)]
    clock: clock::Now,
    #[command(flatten)]
    language: language::Lang,
    /// Exit with 1 where it is not `safe`
    #[arg(long)]
    exit_code: bool,
    /// How diagnostics of specs are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let now = arguments.clock.instant();
    let (old, new) = match &arguments.new {
        Some(new) => (&arguments.old, new),
        None => (&arguments.out, &arguments.old),
    };
    let (old, new) = (Side::load(old, now)?, Side::load(new, now)?);
    for side in [&old, &new] {
        if let Side::Spec(side) = side
            && side.compiled.diagnostics.has_errors()
        {
            report::write(&side.compiled.diagnostics, &side.sources, arguments.message_format, context)?;
            return Ok(Outcome::No);
        }
    }
    let (before, after, account) = deployed(old.found(), new.found());
    let (before, after) = (state(&before)?, state(&after)?);
    let mut change = change::change(&before, &after, account.as_deref(), now);
    let none = Sources::default();
    let sources = if let Side::Spec(side) = &new {
        change::places::place(&mut change, &side.compiled.spec, &side.compiled.stacks);
        change::losses::allow(&mut change, &side.sources, &side.files);
        &side.sources
    } else {
        &none
    };
    let page = change::text::Page {
        sources,
        style: context.style,
        language: arguments.language.language(),
        columns: context.columns.prose,
    };
    change::text::write(&change, &change::hunks(&before, &after), &page, context.out)?;
    let is_safe = change.verdict() == Verdict::Safe && change.conditions().next().is_none();
    Ok(if arguments.exit_code && !is_safe { Outcome::No } else { Outcome::Yes })
}
