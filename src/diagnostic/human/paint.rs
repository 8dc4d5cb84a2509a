//! Colours of a terminal.

use super::Colour;
use crate::rule::Severity;

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;31m";
const YELLOW: &str = "\u{1b}[1;33m";
const BLUE: &str = "\u{1b}[34m";
const RESET: &str = "\u{1b}[0m";

/// Paints, or leaves as it is.
pub(super) struct Paint(pub(super) Colour);

impl Paint {
    /// What is read first.
    pub(super) fn bold(&self, text: &str) -> String {
        self.with(BOLD, text)
    }

    /// What frames a drawing.
    pub(super) fn line(&self, text: &str) -> String {
        self.with(BLUE, text)
    }

    /// What says how bad it is.
    pub(super) fn severity(&self, severity: Severity, text: &str) -> String {
        match severity {
            Severity::Error => self.with(RED, text),
            Severity::Warning => self.with(YELLOW, text),
        }
    }

    fn with(&self, colour: &str, text: &str) -> String {
        match self.0 {
            Colour::Always => format!("{colour}{text}{RESET}"),
            Colour::Never => text.to_owned(),
        }
    }
}
