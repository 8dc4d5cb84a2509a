//! Texts of findings: bounded in length, and showing what a terminal would hide or obey.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthChar as _;

use crate::source::deceives;

/// A word with more characters than this is cut. Names and ARNs of AWS are shorter.
const LONGEST_WORD: usize = 240;

/// A text with more characters than this is cut.
const LONGEST_TEXT: usize = 4_000;

/// How wide a tab is drawn.
const TAB: &str = "    ";

/// A text of which neither a word nor the whole is longer than somebody reads: the middle gives way.
pub(super) fn bounded(text: String) -> String {
    // No text has more characters than bytes.
    let long = |word: &str| word.len() > LONGEST_WORD;
    if text.len() <= LONGEST_TEXT && !text.split_whitespace().any(long) {
        return text;
    }
    let words: Vec<String> = text.split(' ').map(|word| cut(word, LONGEST_WORD)).collect();
    cut(&words.join(" "), LONGEST_TEXT)
}

/// A text of at most so many characters: its beginning, which says what it is, and its end.
fn cut(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let end = most / 4;
    let begin = most - end - 1;
    let (first, last) = (text.chars().take(begin), text.chars().skip(count - end));
    first.chain(['…']).chain(last).collect()
}

/// A text in which every character that a terminal hides or obeys is written as an escape.
pub(crate) fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        show(character, &mut shown);
    }
    shown
}

/// Writes a character as a terminal may show it; how many columns that takes.
pub(super) fn show(character: char, to: &mut String) -> usize {
    if character == '\t' {
        to.push_str(TAB);
        return TAB.len();
    }
    if is_hidden(character) {
        let before = to.len();
        // Writing to a String cannot fail.
        let _ = write!(to, "{}", character.escape_unicode());
        return to.len() - before;
    }
    to.push(character);
    character.width().unwrap_or(0)
}

/// Whether a terminal obeys a character (control, direction of writing) or shows nothing for it.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || deceives(character)
        || matches!(character,
            '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_lose_their_middle_and_keep_their_quotes() {
        let short = format!("`{}` is no region", "a".repeat(200));
        assert_eq!(bounded(short.clone()), short);
        let long = bounded(format!("`{}` is no region", "あ".repeat(1_000_000)));
        assert!(long.starts_with("`あ") && long.contains("…") && long.ends_with("あ` is no region"), "{long}");
        assert!(long.chars().count() < LONGEST_WORD + 20);
    }

    #[test]
    fn long_texts_lose_their_middle() {
        let text = bounded("of many words ".repeat(100_000));
        assert_eq!(text.chars().count(), LONGEST_TEXT);
    }

    #[test]
    fn what_a_terminal_obeys_is_written_out() {
        assert_eq!(visible("a\u{1b}[2J\u{202e}b\rか\u{3099}"), "a\\u{1b}[2J\\u{202e}b\\u{d}か\u{3099}");
    }
}
