//! `drc explain`: the policy that who deploys the stacks needs.

use super::report::{self, MessageFormat};
use super::{Context, Failure, Outcome, clock, input};
use crate::deployer;
use crate::emit::Format;

/// Say what deploying specs takes
///
/// Prints one JSON document with a policy for each stack and the reason of each of its statements.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    specs: input::Specs,
    /// The policy that the person or pipeline needs that deploys each stack
    #[arg(long, required = true)]
    deployer: bool,
    #[command(flatten)]
    clock: clock::Now,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let (mut sources, files) = arguments.specs.load()?;
    let compiled = crate::compile(&mut sources, &files, Format::Yaml, arguments.clock.instant());
    report::write(&compiled.diagnostics, &sources, arguments.message_format, context)?;
    if compiled.diagnostics.has_errors() {
        return Ok(Outcome::No);
    }
    let policies = deployer::policies(&compiled.stacks, &compiled.files);
    context.out.write_all(deployer::json(&policies).as_bytes())?;
    Ok(Outcome::Yes)
}
