//! `drc check`: diagnostics only.

use super::report::MessageFormat;
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
    let (now, messages) = (arguments.clock.instant(), (arguments.message_format, true));
    let compiled = arguments.specs.compile(Format::Yaml, now, messages, context)?;
    Ok(if compiled.is_some() { Outcome::Yes } else { Outcome::No })
}
