//! A line of a spec, cut around a place.

use std::ops::Range;

use crate::diagnostic::text::{show, visible};

/// A place in a line, and what is said of it.
pub(super) struct Mark<'a> {
    /// Bytes of the line; none at all is a place between two characters.
    pub(super) bytes: Range<usize>,
    /// Whether it is the place of the finding, and not one that belongs to it.
    pub(super) primary: bool,
    /// What is said of it; may be empty.
    pub(super) text: &'a str,
}

/// What is shown of a line.
pub(super) struct Excerpt<'a> {
    /// The line's text, cut.
    pub(super) text: String,
    /// The marks that are in sight, by bytes of that text.
    pub(super) marks: Vec<Mark<'a>>,
}

/// Cuts a line around the first of its marks; marks that are out of sight are left in `marks`.
pub(super) fn cut<'a>(line: &str, marks: &mut Vec<Mark<'a>>, columns: usize) -> Option<Excerpt<'a>> {
    let seen = window(line, &marks.first()?.bytes, columns);
    let before = if seen.start > 0 { "…" } else { "" };
    let after = if seen.end < line.len() { "…" } else { "" };
    let is_seen = |mark: &Mark<'_>| mark.bytes.start >= seen.start && (mark.bytes.start < seen.end || after.is_empty());
    let marks = marks.extract_if(.., |mark| is_seen(mark)).map(|mark| {
        let start = before.len() + shown(line, seen.start..mark.bytes.start).len();
        let length = shown(line, mark.bytes.start..mark.bytes.end.min(seen.end)).len();
        Mark { bytes: start..start + length, ..mark }
    });
    let marks = marks.collect();
    Some(Excerpt { text: format!("{before}{}{after}", shown(line, seen)), marks })
}

/// Which bytes of a line are shown in so many columns: all, or those around a place.
fn window(line: &str, place: &Range<usize>, columns: usize) -> Range<usize> {
    if forward(line, 0, columns).0 == line.len() {
        return 0..line.len();
    }
    // One column at each end says that the line goes on.
    let room = columns.saturating_sub(2);
    let marked = line.get(..place.end).unwrap_or(line);
    let (marked_end, marked_columns) = forward(marked, place.start, room);
    let rest = room - marked_columns;
    let (_, before) = backward(line, place.start, rest);
    let (_, after) = forward(line, marked_end, rest);
    let before = before.min((rest / 2).max(rest - after));
    let (start, before) = backward(line, place.start, before);
    let (end, _) = forward(line, marked_end, rest - before);
    start..end
}

/// The offset up to which a line fits into so many columns from another on, and the columns that it takes.
fn forward(line: &str, from: usize, columns: usize) -> (usize, usize) {
    let characters = line.get(from..).unwrap_or("").chars();
    let (bytes, taken) = fitting(characters, columns);
    (from + bytes, taken)
}

/// The same towards the beginning of the line.
fn backward(line: &str, from: usize, columns: usize) -> (usize, usize) {
    let characters = line.get(..from).unwrap_or("").chars().rev();
    let (bytes, taken) = fitting(characters, columns);
    (from - bytes, taken)
}

/// How many bytes of the characters fit. One that takes no column counts as if it did, so that a
/// heap of accents is cut too.
fn fitting(characters: impl Iterator<Item = char>, columns: usize) -> (usize, usize) {
    let (mut bytes, mut taken) = (0, 0);
    for character in characters {
        let width = show(character, &mut String::new()).max(1);
        if taken + width > columns {
            break;
        }
        bytes += character.len_utf8();
        taken += width;
    }
    (bytes, taken)
}

/// A part of a line as a terminal may show it.
fn shown(line: &str, bytes: Range<usize>) -> String {
    visible(line.get(bytes).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cut line, and what is marked of it.
    fn one(line: &str, bytes: Range<usize>, columns: usize) -> (String, String) {
        let mut marks = vec![Mark { bytes, primary: true, text: "" }];
        let excerpt = cut(line, &mut marks, columns).unwrap();
        assert!(marks.is_empty());
        let marked = excerpt.text.get(excerpt.marks[0].bytes.clone()).unwrap().to_owned();
        (excerpt.text, marked)
    }

    #[track_caller]
    fn case(line: &str, bytes: Range<usize>, columns: usize, text: &str, marked: &str) {
        assert_eq!(one(line, bytes, columns), (text.to_owned(), marked.to_owned()));
    }

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        case("keep 1d", 5..7, 7, "keep 1d", "1d");
        case("", 0..0, 7, "", "");
        case("keep", 4..4, 7, "keep", "");
    }

    #[test]
    fn a_line_that_does_not_fit_is_cut_around_the_place() {
        let line = "abcdefghijklmnopqrstuvwxyz";
        case(line, 10..12, 10, "…hijklmno…", "kl");
        case(line, 0..2, 10, "abcdefgh…", "ab");
        case(line, 24..26, 10, "…stuvwxyz", "yz");
        case(line, 26..26, 10, "…stuvwxyz", "");
        case(line, 3..26, 10, "…defghijk…", "defghijk");
    }

    #[test]
    fn what_is_wide_or_hidden_is_counted_as_it_is_shown() {
        case("ｍｙ 01:00", 7..12, 40, "ｍｙ 01:00", "01:00");
        case("あいうえおかきくけこ", 12..18, 10, "…えおかき…", "おか");
        case("\tか\u{3099} x", 8..9, 40, "    か\u{3099} x", "x");
        case("a\u{202e}b", 4..5, 40, "a\\u{202e}b", "b");
        let heap = "a".to_owned() + &"\u{301}".repeat(1_000_000);
        assert!(one(&heap, 0..1, 40).0.chars().count() <= 40);
    }

    #[test]
    fn marks_out_of_sight_stay() {
        let mark = |bytes| Mark { bytes, primary: false, text: "" };
        let mut marks = vec![mark(2..4), mark(25..26)];
        let excerpt = cut("abcdefghijklmnopqrstuvwxyz", &mut marks, 10).unwrap();
        assert_eq!((excerpt.marks.len(), marks.len()), (1, 1));
    }
}
