//! A line of a spec, cut around a place, with marks under it.

use std::ops::Range;

use crate::diagnostic::text::show;

/// A place in a line, and what is said of it.
pub(super) struct Mark<'a> {
    /// Bytes of the line; none at all is a place between two characters.
    pub(super) bytes: Range<usize>,
    /// What it is underlined with.
    pub(super) sign: char,
    /// What is said of it; may be empty.
    pub(super) text: &'a str,
}

/// What is drawn of a line.
pub(super) struct Excerpt {
    /// The line's text, cut.
    pub(super) quoted: String,
    /// The rows under it.
    pub(super) marks: Vec<String>,
}

/// Draws a line around the first of its marks; marks that are out of sight are left in `marks`.
pub(super) fn draw(line: &str, marks: &mut Vec<Mark<'_>>, columns: usize) -> Option<Excerpt> {
    let seen = window(line, &marks.first()?.bytes, columns);
    let before = if seen.start > 0 { "…" } else { "" };
    let after = if seen.end < line.len() { "…" } else { "" };
    let (text, _) = shown(line, seen.clone());
    let is_seen = |mark: &Mark<'_>| mark.bytes.start >= seen.start && (mark.bytes.start < seen.end || after.is_empty());
    let mut drawn = Vec::new();
    for mark in marks.extract_if(.., |mark| is_seen(mark)) {
        let column = before.chars().count() + shown(line, seen.start..mark.bytes.start).1;
        let width = shown(line, mark.bytes.start..mark.bytes.end.min(seen.end)).1.max(1);
        drawn.push((column, width, mark));
    }
    Some(Excerpt { quoted: format!("{before}{text}{after}"), marks: rows(drawn) })
}

/// The rows of marks: one with all of them and the last one's text, then the texts of the others.
fn rows(mut marks: Vec<(usize, usize, Mark<'_>)>) -> Vec<String> {
    let mut signs: Vec<char> = Vec::new();
    // The first mark is the place of the finding, and lies over the others.
    for (column, width, mark) in marks.iter().rev() {
        signs.resize(signs.len().max(column + width), ' ');
        for place in signs.iter_mut().skip(*column).take(*width) {
            *place = mark.sign;
        }
    }
    marks.sort_by_key(|(column, ..)| std::cmp::Reverse(*column));
    let mut rows = vec![signs.into_iter().collect::<String>()];
    for (index, (column, _, mark)) in marks.iter().enumerate().filter(|(_, (.., mark))| !mark.text.is_empty()) {
        match (index, rows.first_mut()) {
            (0, Some(first)) => *first = format!("{first} {}", mark.text),
            _ => rows.push(format!("{}{}", " ".repeat(*column), mark.text)),
        }
    }
    rows
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

/// A part of a line as a terminal may show it, and how wide that is.
fn shown(line: &str, bytes: Range<usize>) -> (String, usize) {
    let mut text = String::new();
    let width = line.get(bytes).unwrap_or("").chars().map(|character| show(character, &mut text)).sum();
    (text, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str, bytes: Range<usize>, columns: usize) -> [String; 2] {
        let mut marks = vec![Mark { bytes, sign: '^', text: "" }];
        let excerpt = draw(line, &mut marks, columns).unwrap();
        assert!(marks.is_empty());
        [excerpt.quoted, excerpt.marks.join("\n")]
    }

    #[test]
    fn a_line_that_fits_is_shown_whole() {
        assert_eq!(one("keep 1d", 5..7, 7), ["keep 1d", "     ^^"]);
        assert_eq!(one("", 0..0, 7), ["", "^"]);
        assert_eq!(one("keep", 4..4, 7), ["keep", "    ^"]);
    }

    #[test]
    fn a_line_that_does_not_fit_is_cut_around_the_place() {
        let line = "abcdefghijklmnopqrstuvwxyz";
        assert_eq!(one(line, 10..12, 10), ["…hijklmno…", "    ^^"]);
        assert_eq!(one(line, 0..2, 10), ["abcdefgh…", "^^"]);
        assert_eq!(one(line, 24..26, 10), ["…stuvwxyz", "       ^^"]);
        assert_eq!(one(line, 26..26, 10), ["…stuvwxyz", "         ^"]);
        assert_eq!(one(line, 3..26, 10), ["…defghijk…", " ^^^^^^^^"]);
    }

    #[test]
    fn what_is_wide_or_hidden_keeps_its_columns() {
        assert_eq!(one("ｍｙ 01:00", 7..12, 40), ["ｍｙ 01:00", "     ^^^^^"]);
        assert_eq!(one("あいうえおかきくけこ", 12..18, 10), ["…えおかき…", "   ^^^^"]);
        assert_eq!(one("\tか\u{3099} x", 8..9, 40), ["    か\u{3099} x", "       ^"]);
        assert_eq!(one("a\u{202e}b", 4..5, 40), ["a\\u{202e}b", "         ^"]);
        let heap = "a".to_owned() + &"\u{301}".repeat(1_000_000);
        assert!(one(&heap, 0..1, 40)[0].chars().count() <= 40);
    }

    #[test]
    fn marks_of_one_line_share_a_row_and_those_out_of_sight_stay() {
        let mark = |bytes, sign, text| Mark { bytes, sign, text };
        let mut marks = vec![mark(2..4, '^', "one"), mark(6..7, '-', "other"), mark(0..8, '-', "")];
        let excerpt = draw("abcdefgh", &mut marks, 40).unwrap();
        assert_eq!(excerpt.marks, ["--^^---- other", "  one"]);
        let mut marks = vec![mark(2..4, '^', "one"), mark(25..26, '-', "far")];
        draw("abcdefghijklmnopqrstuvwxyz", &mut marks, 10).unwrap();
        assert_eq!(marks.len(), 1);
    }
}
