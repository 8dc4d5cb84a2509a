//! Diagnostics for people, drawn by codespan-reporting.

use codespan_reporting::diagnostic::{Diagnostic as Drawing, Label, Severity as Level};
use codespan_reporting::term::{self, Config};

use super::{Diagnostic, Diagnostics};
use crate::rule::Severity;
use crate::source::{FileId, Sources};

/// Whether escape sequences for colours are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// With colours.
    Always,
}

/// All findings as text for a terminal, with a closing line that counts them.
pub fn render(diagnostics: &Diagnostics, sources: &Sources, colour: Colour) -> String {
    let config = Config::default();
    let mut text = String::new();
    for finding in diagnostics.iter() {
        text.push_str(&draw(finding, sources, &config, colour));
    }
    let (errors, warnings) = diagnostics.counts();
    if errors > 0 || warnings > 0 {
        text.push_str(&summary(errors, warnings));
        text.push('\n');
    }
    text
}

fn draw(finding: &Diagnostic, sources: &Sources, config: &Config, colour: Colour) -> String {
    let drawing = drawing(finding);
    let drawn = match colour {
        Colour::Never => term::emit_into_string(config, sources, &drawing),
        Colour::Always => {
            let mut buffer = term::termcolor::Ansi::new(Vec::new());
            term::emit_to_write_style(&mut buffer, config, sources, &drawing)
                .map(|()| String::from_utf8_lossy(&buffer.into_inner()).into_owned())
        }
    };
    // A place that cannot be drawn must not lose the message.
    drawn.unwrap_or_else(|problem| format!("{}: {} ({problem})\n", finding.rule.severity.word(), finding.message))
}

fn drawing(finding: &Diagnostic) -> Drawing<FileId> {
    let level = match finding.rule.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    let primary =
        Label::primary(finding.span.file, finding.span.range()).with_message(finding.label.clone().unwrap_or_default());
    let mut labels = vec![primary];
    labels.extend(
        finding.related.iter().map(|(span, text)| Label::secondary(span.file, span.range()).with_message(text)),
    );
    Drawing::new(level)
        .with_code(finding.rule.code)
        .with_message(&finding.message)
        .with_labels(labels)
        .with_notes(finding.help.iter().map(|help| format!("help: {help}")).collect())
}

fn summary(errors: usize, warnings: usize) -> String {
    let count = |number: usize, word: &str| match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    };
    match (errors, warnings) {
        (_, 0) => count(errors, "error"),
        (0, _) => count(warnings, "warning"),
        _ => format!("{}, {}", count(errors, "error"), count(warnings, "warning")),
    }
}
