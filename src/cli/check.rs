//! `drc check`: diagnostics only.

use super::report::{self, MessageFormat};
use super::{Context, Failure, Outcome, clock, input};
use crate::emit::Format;

/// Say what is wrong with specs, and write nothing
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    specs: input::Specs,
    #[command(flatten)]
    clock: clock::Now,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let (sources, files) = arguments.specs.load()?;
    let compiled = crate::compile(&sources, &files, Format::Yaml, arguments.clock.instant());
    report::write(&compiled.diagnostics, &sources, arguments.message_format, context)?;
    Ok(if compiled.diagnostics.has_errors() { Outcome::No } else { Outcome::Yes })
}
