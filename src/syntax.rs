//! Text into tree. Parsing never fails: it returns what could be read and reports the rest.

pub mod ast;
mod build;
pub mod clause;
pub(crate) mod comment;
pub mod format;
pub(crate) mod layout;
pub(crate) mod lookalike;
pub(crate) mod names;
mod quantity;
pub mod rules;

pub(crate) use build::repeated;

use pest::Parser as _;

use crate::diagnostic::{Diagnostic, Diagnostics};
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
    if !is_text(source, file, sink) || lookalike::report(source.text(), file, sink) {
        return ast::File::default();
    }
    let layout = layout::cut(source.text());
    if let Some(orphan) = layout.orphans.first() {
        let line = source.text().get(orphan.clone()).unwrap_or("");
        let word = layout::first_word(line);
        let finding = E0011.at(span(file, orphan.start, orphan.end), "this indented line continues no item");
        sink.push(if clause::is_keyword(word) {
            finding.help(format!(
                "write the item that `{word}` belongs to above it, in the first column, such as `{}`",
                clause::home(line).example()
            ))
        } else {
            finding.help("begin the item in the first column")
        });
    }
    let read = layout::items(source.text(), &layout);
    let items: Vec<_> = read.iter().filter_map(|item| parse_item(source.text(), file, item, sink)).collect();
    let unread = items.len() < read.len() || !layout.orphans.is_empty();
    ast::File { items, unread }
}

/// The span of a byte range; offsets beyond 4 GiB cannot occur, since such a file is not read.
pub(crate) fn span(file: FileId, start: usize, end: usize) -> Span {
    let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
    Span::new(file, clamp(start), clamp(end))
}

fn parse_item(text: &str, file: FileId, item: &layout::Item, sink: &mut Diagnostics) -> Option<ast::Item> {
    let std::ops::Range { start, end } = item.range;
    if let Some(flush) = &item.flush {
        let lines = text.get(flush.clone()).unwrap_or("");
        let word = layout::first_word(lines);
        let help = match lines.lines().filter(|line| !line.starts_with([' ', '\t', '#']) && !line.is_empty()).count() {
            1 => "indent this line, so that it continues the item above".to_owned(),
            count => format!("indent these {count} lines, so that they continue the item above"),
        };
        sink.push(
            E0011
                .at(span(file, flush.start, flush.start + word.len()), format!("`{word}` begins no item"))
                .label("starts in the first column")
                .help(help),
        );
    }
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
    let refusals = [not_utf8, refused_character, long_line, nothing];
    let finding = refusals.into_iter().find_map(|refusal| refusal(source, file));
    finding.map(|finding| sink.push(finding)).is_none()
}

fn not_utf8(source: &SourceFile, file: FileId) -> Option<Diagnostic> {
    let at = source.invalid_utf8_at()? as usize;
    let width = source.text().get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    Some(E0002.at(span(file, at, at + width), "this is not UTF-8 text").help("save the file as UTF-8"))
}

fn refused_character(source: &SourceFile, file: FileId) -> Option<Diagnostic> {
    let text = source.text();
    let (at, character) = text.char_indices().find(|(at, character)| {
        is_refused(*character) || (*character == '\r' && !text.get(at + 1..).unwrap_or("").starts_with('\n'))
    })?;
    let place = span(file, at, at + character.len_utf8());
    let finding = E0003.at(place, format!("the character U+{:04X} cannot stand in a spec", u32::from(character)));
    Some(if character == '\r' {
        finding.help("end the line with a line feed: behind a carriage return alone a terminal writes over the line")
    } else if crate::source::deceives(character) {
        finding.help("remove it: with it a terminal shows another text than is read")
    } else {
        finding.help("remove it; only printable text, spaces, tabs and line breaks can be written")
    })
}

fn long_line(source: &SourceFile, file: FileId) -> Option<Diagnostic> {
    let mut offset = 0;
    for line in source.text().split_inclusive('\n') {
        if line.len() > LONGEST_LINE {
            let place = span(file, offset, offset + line.chars().next().map_or(0, char::len_utf8));
            return Some(
                E0004
                    .at(place, format!("this line is {} bytes long, the limit is {LONGEST_LINE}", line.len()))
                    .help("break it: indented lines continue an item"),
            );
        }
        offset += line.len();
    }
    None
}

fn nothing(source: &SourceFile, file: FileId) -> Option<Diagnostic> {
    let is_nothing = |line: &str| line.trim().is_empty() || line.trim_start().starts_with('#');
    source.text().lines().all(is_nothing).then(|| {
        E0001
            .at(span(file, 0, 0), "there is nothing in this file")
            .help("write a sentence such as `backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d`")
    })
}

/// Control characters, what makes a terminal show another text, and the private-use area, which has no
/// meaning that AWS could keep.
fn is_refused(character: char) -> bool {
    (character.is_control() && !matches!(character, '\n' | '\r' | '\t'))
        || crate::source::deceives(character)
        || ('\u{e000}'..='\u{f8ff}').contains(&character)
}
