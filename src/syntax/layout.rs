//! Cuts a text into items by its layout: a line that starts in the first column begins an item,
//! indented lines continue it.
//!
//! Blank lines and comment lines belong to no item unless an indented line of it follows.

use std::ops::Range;

use super::clause::{self, Scope};
use super::names;
use crate::kind;

/// A text cut by its layout.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// Byte range of every item, from its first character to the end of its last line.
    pub(crate) items: Vec<Range<usize>>,
    /// Indented lines before the first item, which continue nothing.
    pub(super) orphans: Vec<Range<usize>>,
}

/// Cuts `text`.
pub(crate) fn cut(text: &str) -> Layout {
    let mut layout = Layout::default();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let start = offset;
        offset += line.len();
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            continue;
        }
        let end = start + line.trim_end().len();
        if !line.starts_with([' ', '\t']) {
            layout.items.push(start..end);
        } else if let Some(item) = layout.items.last_mut() {
            item.end = end;
        } else {
            layout.orphans.push(start + (line.len() - line.trim_start().len())..end);
        }
    }
    layout
}

/// An item as it is read: with the lines behind it that continue it, though they begin in the first column.
#[derive(Debug, PartialEq)]
pub(super) struct Item {
    /// From the first character to the end of the last line.
    pub(super) range: Range<usize>,
    /// The lines that ought to be indented, from the first to the last.
    pub(super) flush: Option<Range<usize>>,
}

/// The items of a layout, each with the lines behind it that begin with a word that only continues an item.
pub(super) fn items(text: &str, layout: &Layout) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for range in &layout.items {
        let clause = text.get(range.clone()).unwrap_or("");
        let above = items.last_mut().map(|above| (text.get(above.range.clone()).unwrap_or(""), above));
        match above {
            Some((lines, above)) if continues(lines, clause) => {
                above.range.end = range.end;
                // Lines that continue nothing are told together.
                if !clause::begins(first_word(lines)) {
                    above.flush.get_or_insert(range.clone()).end = range.end;
                }
            }
            _ => items.push(Item { range: range.clone(), flush: None }),
        }
    }
    items
}

/// Whether what begins in the first column can only continue the item above.
fn continues(above: &str, lines: &str) -> bool {
    let (word, item) = (first_word(lines), first_word(above));
    let takes_clause = || match item {
        "defaults" => clause::home(lines) != Scope::System,
        _ if names::ITEMS.contains(&item) => clause::home(lines).word() == item,
        _ => clause::begins(item) && clause::home(above) == clause::home(lines),
    };
    clause::begins(word) && takes_clause() || above == "backup" && kind::find(word).is_some()
}

/// The first word of an item or of a line.
pub(super) fn first_word(text: &str) -> &str {
    text.split(BETWEEN).next().unwrap_or("")
}

/// The words of a text.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN).filter(|word| !word.is_empty())
}

/// What stands between words.
const BETWEEN: [char; 8] = [' ', '\t', '\r', '\n', ',', '"', '=', '#'];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, items: &[&str], orphans: &[&str]) {
        let layout = cut(text);
        let slices = |ranges: &[Range<usize>]| -> Vec<String> {
            ranges.iter().map(|range| text.get(range.clone()).unwrap().to_owned()).collect()
        };
        assert_eq!(slices(&layout.items), items);
        assert_eq!(slices(&layout.orphans), orphans);
    }

    #[test]
    fn items_begin_in_the_first_column() {
        case("", &[], &[]);
        case("a\n", &["a"], &[]);
        case("a\n  b\nc", &["a\n  b", "c"], &[]);
        case("a\r\n\tb\r\nc\r\n", &["a\r\n\tb", "c"], &[]);
    }

    #[test]
    fn comments_and_blank_lines_end_nothing() {
        case("a\n# note\n\n  b\n# tail\n", &["a\n# note\n\n  b"], &[]);
        case("# head\n\na  \n", &["a"], &[]);
    }

    #[test]
    fn indented_lines_before_the_first_item_are_orphans() {
        case("  b\na\n", &["a"], &["b"]);
    }

    #[test]
    fn clauses_in_the_first_column_continue_what_takes_them() {
        let text = "backup\ncluster a\nfrom b\n  to c\nkeep 7d\nsystem x\nplan y\nkey k\nrotate every 90d\nvault v\nkey l\nplan z\nsystem y\nstacks per statement\n";
        let items = items(text, &cut(text));
        let slices: Vec<_> = items
            .iter()
            .map(|item| (text.get(item.range.clone()).unwrap(), item.flush.clone().and_then(|flush| text.get(flush))))
            .collect();
        assert_eq!(
            slices,
            [
                ("backup\ncluster a\nfrom b\n  to c\nkeep 7d", Some("cluster a\nfrom b\n  to c\nkeep 7d")),
                ("system x", None),
                ("plan y", None),
                ("key k\nrotate every 90d", Some("rotate every 90d")),
                ("vault v", None),
                ("key l", None),
                ("plan z", None),
                ("system y\nstacks per statement", Some("stacks per statement")),
            ]
        );
    }
}
