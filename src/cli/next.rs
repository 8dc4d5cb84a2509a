//! `drc next`: the coming runs of every rule.

use super::report::{DocumentFormat, MessageFormat};
use super::{Context, Failure, Outcome, clock, input, language};
use crate::emit::Format;
use crate::next;

/// Show the coming runs of every rule
///
/// Local time and UTC, the windows that a run may start and complete in, and when what it makes
/// expires in each region.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    specs: input::Specs,
    #[command(flatten)]
    clock: clock::Now,
    /// How many runs of each rule
    #[arg(short = 'n', long, default_value_t = 5, value_name = "N")]
    count: u16,
    #[command(flatten)]
    language: language::Lang,
    /// How the runs are written
    #[arg(long, value_enum, default_value_t)]
    format: DocumentFormat,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let (now, messages) = (arguments.clock.instant(), (arguments.message_format, false));
    let Some((.., compiled)) = arguments.specs.compile(Format::Yaml, now, messages, context)? else {
        return Ok(Outcome::No);
    };
    let (count, language) = (usize::from(arguments.count), arguments.language.language());
    match arguments.format {
        DocumentFormat::Text => {
            next::text::write(&compiled.spec, count, language, context.columns, context.out)?;
        }
        DocumentFormat::Json => next::json::write(&compiled.spec, count, language, context.out)?,
    }
    Ok(Outcome::Yes)
}
