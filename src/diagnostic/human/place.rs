//! The places of findings as codespan-reporting reads them: of every file only the lines with marks, each cut around
//! them, so that a long line costs no more than a short one.

use std::collections::BTreeMap;
use std::ops::Range;

use codespan_reporting::diagnostic::Label;
use codespan_reporting::files::{Error, Files};
use unicode_width::UnicodeWidthStr;

use super::excerpt::{self, Mark};
use super::{Page, RELATED};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::text::visible;
use crate::source::{FileId, SourceFile, Span};

/// The lines that are shown of each file.
#[derive(Default)]
pub(super) struct Excerpts(BTreeMap<FileId, Shown>);

/// What is shown of a file.
#[derive(Default)]
struct Shown {
    name: String,
    text: String,
    lines: Vec<Line>,
}

/// A line that is shown.
struct Line {
    /// Its number in the file, from 1.
    number: usize,
    /// The column of its first mark in the file, from 1.
    column: usize,
    /// Bytes of the text that is shown.
    bytes: Range<usize>,
}

impl Page<'_> {
    /// The places of findings that share their first, with the excerpts that they are marked in, and what is said of the
    /// first where there is no room for it beside the mark.
    pub(super) fn places(&self, findings: &[&Diagnostic]) -> (Excerpts, Vec<Label<FileId>>, Option<String>) {
        let Some(first) = findings.first() else { return (Excerpts::default(), Vec::new(), None) };
        let said: Vec<&str> = findings.iter().filter_map(|finding| finding.label.as_deref()).collect();
        let said = visible(&said.join("; "));
        let related = findings.iter().flat_map(|finding| finding.related.iter().take(RELATED));
        let related: Vec<(Span, String)> = related.map(|(span, said)| (*span, visible(said))).collect();
        let others = related.iter().map(|(span, said)| (*span, false, said.as_str()));
        self.marked(std::iter::once((first.span, true, said.as_str())).chain(others))
    }

    /// The lines of places, each with whether it is the primary one and what stands beside it.
    pub(super) fn marked<'t>(
        &self,
        places: impl Iterator<Item = (Span, bool, &'t str)>,
    ) -> (Excerpts, Vec<Label<FileId>>, Option<String>) {
        let (mut excerpts, mut labels, mut below) = (Excerpts::default(), Vec::new(), None);
        let mut lines: BTreeMap<(FileId, usize), Vec<Mark<'_>>> = BTreeMap::new();
        for (at, primary, text) in places {
            let Some(file) = self.sources.file(at.file) else { continue };
            let line = file.line_index(at.start as usize);
            lines.entry((at.file, line)).or_default().push(Mark { bytes: in_line(file, line, at), primary, text });
        }
        let columns = self.width.saturating_sub(GUTTER);
        for ((id, line), mut marks) in lines {
            let Some(file) = self.sources.file(id) else { continue };
            let text = line_text(file, line);
            while let Some(column) = marks.first().map(|mark| column(text, mark.bytes.start))
                && let Some(excerpt) = excerpt::cut(text, &mut marks, columns)
            {
                let begin = excerpts.add(id, file, line + 1, column, &excerpt.text);
                for mut mark in excerpt.marks {
                    let before = excerpt.text.get(..mark.bytes.end).map_or(0, UnicodeWidthStr::width);
                    if mark.primary && before + 1 + mark.text.width() > columns && !mark.text.is_empty() {
                        below = Some(mark.text.to_owned());
                        mark.text = "";
                    }
                    labels.push(label(id, begin, &mark));
                }
            }
        }
        (excerpts, labels, below)
    }
}

/// Columns beside a line for its number and the border, in files of up to 999 lines.
pub(super) const GUTTER: usize = 6;

fn label(id: FileId, begin: usize, mark: &Mark<'_>) -> Label<FileId> {
    let bytes = begin + mark.bytes.start..begin + mark.bytes.end;
    let label = if mark.primary { Label::primary(id, bytes) } else { Label::secondary(id, bytes) };
    label.with_message(mark.text)
}

impl Excerpts {
    /// Adds a line; the byte at which it begins in what is shown of its file.
    fn add(&mut self, id: FileId, file: &SourceFile, number: usize, column: usize, text: &str) -> usize {
        let shown = self.0.entry(id).or_default();
        file.name().clone_into(&mut shown.name);
        let begin = shown.text.len();
        shown.text.push_str(text);
        shown.text.push('\n');
        shown.lines.push(Line { number, column, bytes: begin..shown.text.len() });
        begin
    }

    fn shown(&self, id: FileId) -> Result<&Shown, Error> {
        self.0.get(&id).ok_or(Error::FileMissing)
    }

    fn line(&self, id: FileId, index: usize) -> Result<&Line, Error> {
        let lines = &self.shown(id)?.lines;
        lines.get(index).ok_or(Error::LineTooLarge { given: index, max: lines.len() })
    }
}

impl<'a> Files<'a> for Excerpts {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.shown(id)?.name)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        Ok(&self.shown(id)?.text)
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, Error> {
        Ok(self.shown(id)?.lines.partition_point(|line| line.bytes.start <= byte).saturating_sub(1))
    }

    fn line_number(&'a self, id: FileId, index: usize) -> Result<usize, Error> {
        Ok(self.line(id, index)?.number)
    }

    fn column_number(&'a self, id: FileId, index: usize, _byte: usize) -> Result<usize, Error> {
        Ok(self.line(id, index)?.column)
    }

    fn line_range(&'a self, id: FileId, index: usize) -> Result<Range<usize>, Error> {
        Ok(self.line(id, index)?.bytes.clone())
    }
}

/// A line without its line break.
fn line_text(file: &SourceFile, line: usize) -> &str {
    let range = file.line_range(line).unwrap_or_default();
    file.text().get(range).unwrap_or("").trim_end_matches(['\n', '\r'])
}

/// The column of a byte of a line, from 1.
fn column(line: &str, byte: usize) -> usize {
    line.get(..byte).map_or(0, |before| before.chars().count()) + 1
}

/// The bytes of a line that a place covers; one that goes on is marked to the end of the line.
fn in_line(file: &SourceFile, line: usize, place: Span) -> Range<usize> {
    let begin = file.line_range(line).map_or(0, |range| range.start);
    let length = line_text(file, line).len();
    let Range { start, end } = place.range();
    start.saturating_sub(begin).min(length)..end.saturating_sub(begin).min(length)
}
