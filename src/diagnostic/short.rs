//! Diagnostics one a line, as editors and `grep` want them.

use std::fmt::Write as _;

use super::Diagnostics;
use super::text::visible;
use crate::source::Sources;

/// `file:line:column: severity[code]: message` for each finding.
pub fn render(diagnostics: &Diagnostics, sources: &Sources) -> String {
    let mut text = String::new();
    for finding in diagnostics.iter() {
        let (file, line, column) = sources.position(finding.span.file, finding.span.start);
        let (file, message) = (visible(file), visible(&finding.message));
        let rule = finding.rule;
        let severity = rule.severity.word();
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{file}:{line}:{column}: {severity}[{}]: {message}", rule.code);
    }
    text
}
