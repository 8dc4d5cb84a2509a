//! Characters that only look like those of the language: full-width letters, digits, signs and blanks,
//! as Japanese keyboards write them, and the quotes, hyphens and blanks of web pages.
//!
//! In quotes and comments they are text like any other; so they are in a tag, whose value may be
//! Japanese.

use std::ops::Range;

use super::rules::E0016;
use super::{quantity, span};
use crate::diagnostic::Diagnostics;
use crate::source::FileId;

/// Reports every one, with what to type instead; whether there were any.
pub(super) fn report(text: &str, file: FileId, sink: &mut Diagnostics) -> bool {
    let mut any = false;
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        // Most lines are ASCII.
        if !line.is_ascii() {
            for (range, message, help) in found(line) {
                any = true;
                sink.push(E0016.at(span(file, offset + range.start, offset + range.end), message).help(help));
            }
        }
        offset += line.len();
    }
    any
}

/// The places in a line, what is wrong there and what to type.
fn found(line: &str) -> Vec<(Range<usize>, String, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut is_value = false;
    while let Some((rest, first)) = line.get(at..).and_then(|rest| Some((rest, rest.chars().next()?))) {
        let length = match first {
            '#' => break,
            '"' => rest.get(1..).and_then(|inner| inner.find('"')).map_or(rest.len(), |end| end + 2),
            _ if is_blank(first) => rest.find(|c| !is_blank(c)).unwrap_or(rest.len()),
            _ if is_separator(first) => 1,
            _ => rest.find(|c| is_blank(c) || is_separator(c) || c == '"' || c == '#').unwrap_or(rest.len()),
        };
        let (word, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let is_key = behind.trim_start_matches(' ').starts_with('=');
        if is_blank(first) {
            found.push((at..at + length, blank_name(first), blank_help(first, at == 0)));
        } else if !is_value && !is_key && !word.starts_with('"') && word.chars().any(|c| plain(c).is_some()) {
            let typed: String = word.chars().map(|c| plain(c).unwrap_or(c)).collect();
            let message = format!("`{word}` has characters that only look like those of the language");
            found.push((at..at + length, message, typed_help(&typed)));
        }
        if !matches!(first, ' ' | '\t') {
            is_value = first == '=';
        }
        at += length.max(1);
    }
    found
}

fn is_separator(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | ',' | '=')
}

/// Whether a character is a blank, or takes no room at all, and ends no word of the language.
fn is_blank(c: char) -> bool {
    (c.is_whitespace() && !c.is_ascii()) || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

fn blank_name(c: char) -> String {
    match c {
        '\u{3000}' => "this is a full-width blank (U+3000)".to_owned(),
        '\u{a0}' => "this is a no-break space (U+00A0)".to_owned(),
        '\u{200b}' | '\u{2060}' | '\u{feff}' => {
            format!("the character U+{:04X} stands here, which takes no room", u32::from(c))
        }
        _ => format!("this blank is the character U+{:04X}", u32::from(c)),
    }
}

fn blank_help(c: char, begins_line: bool) -> String {
    match c {
        '\u{200b}' | '\u{2060}' | '\u{feff}' => "remove it".to_owned(),
        _ if begins_line => "indent the line with spaces".to_owned(),
        _ => "type a space".to_owned(),
    }
}

/// What to type for a word whose characters of ASCII are typed as such.
fn typed_help(typed: &str) -> String {
    if typed.is_ascii() {
        return format!("type it in ASCII: `{typed}`");
    }
    let time = || quantity::time(typed).map(|time| format!("write `{time}`"));
    quantity::length(typed, "dwy")
        .or_else(time)
        .unwrap_or_else(|| "write it in ASCII, as names and all words are".to_owned())
}

/// The character of ASCII that another looks like.
fn plain(c: char) -> Option<char> {
    match c {
        // The full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21),
        '、' | '､' => Some(','),
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '‘' | '’' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(line: &str, expected: &[(&str, &str)]) {
        let found = found(line);
        let found: Vec<_> =
            found.iter().map(|(range, _, help)| (line.get(range.clone()).unwrap(), help.as_str())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_looks_like_the_language_is_named() {
        case("daily ０１:００ JST", &[("０１:００", "type it in ASCII: `01:00`")]);
        case("daily 01：00 JST", &[("01：00", "type it in ASCII: `01:00`")]);
        case("cluster ｍｙｄｂ、ｂ", &[("ｍｙｄｂ、ｂ", "type it in ASCII: `mydb,b`")]);
        case("\u{3000}\u{3000}keep 7d", &[("\u{3000}\u{3000}", "indent the line with spaces")]);
        case("keep\u{a0}7d", &[("\u{a0}", "type a space")]);
        case("ke\u{200b}ep 7d", &[("\u{200b}", "remove it")]);
        case("keep ７日", &[("７日", "write `7d`")]);
        case("daily 午前１時 JST", &[("午前１時", "write `01:00`")]);
        case("cluster ｍｙデータ", &[("ｍｙデータ", "write it in ASCII, as names and all words are")]);
        case("as “mydb*”", &[("“mydb*”", "type it in ASCII: `\"mydb*\"`")]);
    }

    #[test]
    fn texts_may_hold_any_letters() {
        case("as \"ｍｙ　ｄｂ\" # ０１：００　", &[]);
        case("tags team=ｍｙ, ｔ = 支払い", &[]);
        case("tags team=a\u{3000}b", &[("\u{3000}", "type a space")]);
        case("tags team＝a", &[("team＝a", "type it in ASCII: `team=a`")]);
    }
}
