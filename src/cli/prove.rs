//! `drc prove`: that the permissions suffice, and that none is superfluous.

use super::report::{DocumentFormat, MessageFormat};
use super::{Context, Failure, Outcome, clock, input, language};
use crate::emit::Format;
use crate::prove::{self, render};

/// Show that the permissions of specs suffice, that none is superfluous, and what is refused
///
/// Works out the policies as they are deployed and asks them every call that AWS Backup is known to
/// make, and many that nobody should be able to make. Exits with 1 when a proof fails.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    specs: input::Specs,
    #[command(flatten)]
    clock: clock::Now,
    #[command(flatten)]
    language: language::Lang,
    /// How the proof is written
    #[arg(long, value_enum, default_value_t)]
    format: DocumentFormat,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let (now, messages) = (arguments.clock.instant(), (arguments.message_format, true));
    let Some((sources, _, compiled)) = arguments.specs.compile(Format::Yaml, now, messages, context)? else {
        return Ok(Outcome::No);
    };
    let proof = prove::prove(&compiled.spec, &compiled.stacks)
        .map_err(|error| Failure(format!("the templates cannot be proved: {error}")))?;
    let language = arguments.language.language();
    match arguments.format {
        DocumentFormat::Text => render::text(&proof, &sources, language, context.columns, context.out)?,
        DocumentFormat::Json => render::json(&proof, &sources, language, context.out)?,
    }
    Ok(if proof.holds() { Outcome::Yes } else { Outcome::No })
}
