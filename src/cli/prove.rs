//! `drc prove`: that the permissions suffice, and that none is superfluous.

use clap::ValueEnum;

use super::report::{self, MessageFormat};
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
    format: ProofFormat,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ProofFormat {
    /// Tables, for people
    #[default]
    Text,
    /// One JSON document
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let (sources, files) = arguments.specs.load()?;
    let compiled = crate::compile(&sources, &files, Format::Yaml, arguments.clock.instant());
    report::write(&compiled.diagnostics, &sources, arguments.message_format, context)?;
    if compiled.diagnostics.has_errors() {
        return Ok(Outcome::No);
    }
    let proof = prove::prove(&compiled.spec, &compiled.stacks)
        .map_err(|error| Failure(format!("the templates cannot be proved: {error}")))?;
    let language = arguments.language.language();
    match arguments.format {
        ProofFormat::Text => render::text(&proof, &sources, language, context.columns, context.out)?,
        ProofFormat::Json => render::json(&proof, &sources, language, context.out)?,
    }
    Ok(if proof.holds() { Outcome::Yes } else { Outcome::No })
}
