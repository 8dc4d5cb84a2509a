//! Text into tree. Parsing never fails: it returns what could be read and reports the rest.

pub mod allowance;
pub mod ast;
mod build;
pub mod format;
mod layout;
pub(crate) mod names;
pub mod rules;

pub(crate) use build::repeated;

use pest::Parser as _;

use crate::diagnostic::Diagnostics;
use crate::source::{FileId, SourceFile, Sources, Span};
use rules::{E0001, E0002, E0003, E0004, E0011, E9999};

/// Longest line that is read, in bytes. A line of a spec is a sentence; a longer one is not a spec.
const LONGEST_LINE: usize = 10_000;

mod grammar {
    /// The parser that pest generates from the grammar.
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/drspec.pest"]
    pub(crate) struct Grammar;
}
pub(crate) use grammar::{Grammar, Rule as Production};

/// Reads one file of `sources`.
pub fn parse(sources: &Sources, file: FileId, sink: &mut Diagnostics) -> ast::File {
    let Some(source) = sources.file(file) else {
        return ast::File::default();
    };
    if !is_text(source, file, sink) {
        return ast::File::default();
    }
    let layout = layout::cut(source.text());
    for orphan in &layout.orphans {
        sink.push(
            E0011
                .at(span(file, orphan.start, orphan.end), "this indented line continues no item")
                .help("begin the item in the first column"),
        );
    }
    let items =
        layout.items.iter().filter_map(|range| parse_item(source.text(), file, range.start, range.end, sink)).collect();
    ast::File { items }
}

/// The span of a byte range; offsets beyond 4 GiB cannot occur, since such a file is not read.
fn span(file: FileId, start: usize, end: usize) -> Span {
    let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(file, clamp(start), clamp(end))
}

fn parse_item(text: &str, file: FileId, start: usize, end: usize, sink: &mut Diagnostics) -> Option<ast::Item> {
    let chunk = text.get(start..end)?;
    match Grammar::parse(Production::item, chunk) {
        Ok(mut pairs) => build::Builder::new(file, start, sink).item(pairs.next()?),
        Err(error) => {
            // The grammar has a production for every text, so this is a defect of the grammar.
            sink.push(
                E9999
                    .at(span(file, start, end), "this item cannot be read")
                    .help(format!("please report this as a defect of drc: {}", error.variant.message())),
            );
            None
        }
    }
}

/// Refuses what no parser should look at: one finding, at its place.
fn is_text(source: &SourceFile, file: FileId, sink: &mut Diagnostics) -> bool {
    let text = source.text();
    if let Some(offset) = source.invalid_utf8_at() {
        let at = offset as usize;
        let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        sink.push(E0002.at(span(file, at, at + width), "this is not UTF-8 text").help("save the file as UTF-8"));
        return false;
    }
    if let Some((at, character)) = text.char_indices().find(|(_, character)| is_refused(*character)) {
        sink.push(
            E0003
                .at(
                    span(file, at, at + character.len_utf8()),
                    format!("the character U+{:04X} cannot stand in a spec", u32::from(character)),
                )
                .help("remove it; only printable text, spaces, tabs and line breaks can be written"),
        );
        return false;
    }
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if line.len() > LONGEST_LINE {
            sink.push(
                E0004
                    .at(
                        span(file, offset, offset + line.chars().next().map_or(0, char::len_utf8)),
                        format!("this line is {} bytes long, the limit is {LONGEST_LINE}", line.len()),
                    )
                    .help("break it: indented lines continue an item"),
            );
            return false;
        }
        offset += line.len();
    }
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        sink.push(
            E0001
                .at(span(file, 0, 0), "there is nothing in this file")
                .help("write a sentence such as `backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d`"),
        );
        return false;
    }
    true
}

/// Control characters, and the private-use area, which has no meaning that AWS could keep.
fn is_refused(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
        || ('\u{e000}'..='\u{f8ff}').contains(&character)
}
