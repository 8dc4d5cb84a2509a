//! `drc runbook`: what to do on the day, and after.

use clap::ValueEnum;

use super::report::MessageFormat;
use super::{Context, Failure, Outcome, clock, input, language};
use crate::emit::Format;
use crate::runbook;

/// Write the runbook for the night in which something is lost
///
/// Page one decides what to do and says what is lost at worst. Then comes the night, step by step, with
/// every command filled in; and apart from it what to check before the day, the way back, the drill of
/// each quarter, and who may do what. A step stops at the first call that is refused.
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
    /// JSON, for tools of your own; `schema/runbook-1.json` describes it.
    Json,
}

pub(super) fn run(arguments: &Arguments, context: &mut Context<'_>) -> Result<Outcome, Failure> {
    let (now, messages) = (arguments.clock.instant(), (arguments.message_format, false));
    let Some((.., compiled)) = arguments.specs.compile(Format::Yaml, now, messages, context)? else {
        return Ok(Outcome::No);
    };
    let runbook = runbook::runbook(&compiled.spec);
    let language = arguments.language.language();
    match arguments.format {
        RunbookFormat::Md => context.out.write_all(runbook::markdown::render(&runbook, language).as_bytes())?,
        RunbookFormat::Html => {
            context.out.write_all(runbook::html::render(&runbook, &compiled.spec, language).as_bytes())?;
        }
        RunbookFormat::Json => runbook::json::write(&runbook, language, context.out)?,
    }
    Ok(Outcome::Yes)
}
