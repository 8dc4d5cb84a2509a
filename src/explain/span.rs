//! Places in the spec, as explanations name them.

use super::LocatedClause;
use crate::origin::Origin;
use crate::source::{Sources, Span};

/// How many characters of a clause are shown.
const SHOWN: usize = 100;

/// The clause of an origin.
pub(super) fn clause(sources: &Sources, origin: &Origin) -> LocatedClause {
    let span = origin.span;
    let (file, line, column) = sources.position(span.file, span.start);
    let (_, last_line, _) = sources.position(span.file, last_byte(sources, span));
    LocatedClause {
        name: origin.clause.to_string(),
        level: origin.level,
        file: file.to_owned(),
        line,
        last_line,
        column,
        text: words(sources.snippet(span)),
    }
}

/// Offset of the last byte that is no white space.
fn last_byte(sources: &Sources, span: Span) -> u32 {
    let length = sources.snippet(span).trim_end().chars().rev().skip(1).map(char::len_utf8).sum::<usize>();
    span.start + u32::try_from(length).unwrap_or(0)
}

/// A text on one line, cut where it is long.
fn words(text: &str) -> String {
    let plain: Vec<&str> = text.lines().map(|line| line.split('#').next().unwrap_or("")).collect();
    let line = plain.join(" ").split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SHOWN {
        return line;
    }
    let cut: String = line.chars().take(SHOWN).collect();
    format!("{}…", cut.trim_end())
}
