//! The places of a finding, drawn with the lines that they stand in.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use super::excerpt::{self, Mark};
use super::{Page, RELATED};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::text::visible;
use crate::rule::Severity;
use crate::source::{FileId, SourceFile, Span};

/// What is drawn of one file: where to look, and the marks in each of its lines.
struct Drawing<'a> {
    at: Span,
    lines: BTreeMap<usize, Vec<Mark<'a>>>,
}

impl Page<'_> {
    /// Draws the places of findings that share their first; how wide the line numbers are.
    pub(super) fn places(&self, findings: &[&Diagnostic], text: &mut String) -> usize {
        let Some(first) = findings.first() else { return 0 };
        let labels: Vec<&str> = findings.iter().filter_map(|finding| finding.label.as_deref()).collect();
        let label = visible(&labels.join("; "));
        let related = findings.iter().flat_map(|finding| finding.related.iter().take(RELATED));
        let related: Vec<(Span, String)> = related.map(|(span, said)| (*span, visible(said))).collect();
        let others = related.iter().map(|(span, said)| (*span, '-', said.as_str()));
        // The finding's own file comes first.
        let mut files: BTreeMap<(bool, FileId), Drawing<'_>> = BTreeMap::new();
        for (at, sign, said) in std::iter::once((first.span, '^', label.as_str())).chain(others) {
            let drawing = files.entry((at.file != first.span.file, at.file));
            let drawing = drawing.or_insert_with(|| Drawing { at, lines: BTreeMap::new() });
            let Some(file) = self.sources.file(at.file) else { continue };
            let line = file.line_index(at.start as usize);
            let bytes = in_line(file, line, at);
            drawing.lines.entry(line).or_default().push(Mark { bytes, sign, text: said });
        }
        let last = files.values().filter_map(|drawing| drawing.lines.keys().next_back()).max();
        let gutter = last.map_or(1, |line| (line + 1).to_string().len());
        for drawing in files.into_values() {
            self.drawing(drawing, first.rule.severity, gutter, text);
        }
        gutter
    }

    fn drawing(&self, drawing: Drawing<'_>, severity: Severity, gutter: usize, text: &mut String) {
        let (name, line, column) = self.sources.position(drawing.at.file, drawing.at.start);
        let bar = self.paint.line("│");
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{:gutter$} {} {}:{line}:{column}", "", self.paint.line("┌─"), visible(name));
        let Some(file) = self.sources.file(drawing.at.file) else { return };
        for (line, mut marks) in drawing.lines {
            let columns = self.width.saturating_sub(gutter + " │ ".chars().count());
            while let Some(excerpt) = excerpt::draw(line_text(file, line), &mut marks, columns) {
                let number = self.paint.line(&format!("{:>gutter$}", line + 1));
                let _ = writeln!(text, "{number} {bar} {}", excerpt.quoted);
                for row in excerpt.marks {
                    let _ = writeln!(text, "{:gutter$} {bar} {}", "", self.paint.severity(severity, &row));
                }
            }
        }
    }
}

/// A line without its line break.
fn line_text(file: &SourceFile, line: usize) -> &str {
    let range = file.line_range(line).unwrap_or_default();
    file.text().get(range).unwrap_or("").trim_end_matches(['\n', '\r'])
}

/// The bytes of a line that a place covers; one that goes on is marked to the end of the line.
fn in_line(file: &SourceFile, line: usize, place: Span) -> Range<usize> {
    let begin = file.line_range(line).map_or(0, |range| range.start);
    let length = line_text(file, line).len();
    let Range { start, end } = place.range();
    start.saturating_sub(begin).min(length)..end.saturating_sub(begin).min(length)
}
