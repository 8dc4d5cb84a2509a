//! Diagnostics on standard error, in the format that was asked for.

use clap::ValueEnum;

use super::{Context, Failure};
use crate::diagnostic::{Diagnostics, github, human, json, sarif, short};
use crate::source::Sources;

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    /// With the lines of the spec, for people; what many statements share is shown once.
    #[default]
    Human,
    /// One a line.
    Short,
    /// One JSON document.
    Json,
    /// One SARIF 2.1.0 document.
    Sarif,
    /// Workflow commands of GitHub Actions, which shows them beside the lines.
    Github,
}

/// How a result is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum DocumentFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON document.
    Json,
}

/// How a result is written that is also read outside a terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum PageFormat {
    /// For a terminal.
    #[default]
    Text,
    /// Markdown.
    Md,
    /// One JSON document.
    Json,
    /// One page.
    Html,
}

/// Writes the findings. Machine formats are written also when there are none.
pub(super) fn write(
    diagnostics: &Diagnostics,
    sources: &Sources,
    format: MessageFormat,
    context: &mut Context<'_>,
) -> Result<(), Failure> {
    let text = match format {
        MessageFormat::Human => human::render(diagnostics, sources, context.style),
        MessageFormat::Short => short::render(diagnostics, sources),
        MessageFormat::Json => json::render(diagnostics, sources),
        MessageFormat::Sarif => sarif::render(diagnostics, sources),
        MessageFormat::Github => github::render(diagnostics, sources),
    };
    Ok(context.err.write_all(text.as_bytes())?)
}
