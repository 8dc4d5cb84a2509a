//! `drc runbook`: what to do on the day, and after.

use clap::ValueEnum;

use super::report::MessageFormat;
use super::{Context, Failure, Outcome, clock, input, language};
use crate::emit::Format;
use crate::runbook;

/// Write the runbook for the day of the disaster, and after
///
/// For every resource and destination: what to check before the day, how to find the newest usable
/// recovery point, restore it, point the application at it, and come back, with every command
/// filled in; and what to test each quarter.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    specs: input::Specs,
    #[command(flatten)]
    clock: clock::Now,
    #[command(flatten)]
    language: language::Lang,
    /// How the runbook is written
    #[arg(long, value_enum, default_value_t)]
    format: RunbookFormat,
    /// How diagnostics are written
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
}

/// How a runbook is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum RunbookFormat {
    /// Markdown.
    #[default]
    Md,
    /// One HTML file that needs nothing else.
    Html,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let (now, messages) = (arguments.clock.instant(), (arguments.message_format, false));
    let Some((.., compiled)) = arguments.specs.compile(Format::Yaml, now, messages, context)? else {
        return Ok(Outcome::No);
    };
    let runbook = runbook::runbook(&compiled.spec);
    let language = arguments.language.language();
    let text = match arguments.format {
        RunbookFormat::Md => runbook::markdown::render(&runbook, language),
        RunbookFormat::Html => runbook::html::render(&runbook, language),
    };
    context.out.write_all(text.as_bytes())?;
    Ok(Outcome::Yes)
}
