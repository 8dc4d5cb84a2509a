//! Cuts a text into items by its layout: a line that starts in the first column begins an item,
//! indented lines continue it.
//!
//! Blank lines and comment lines belong to no item unless an indented line of it follows.

use std::ops::Range;

/// A text cut by its layout.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Layout {
    /// Byte range of every item, from its first character to the end of its last line.
    pub(super) items: Vec<Range<usize>>,
    /// Indented lines before the first item, which continue nothing.
    pub(super) orphans: Vec<Range<usize>>,
}

/// Cuts `text`.
pub(super) fn cut(text: &str) -> Layout {
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
}
