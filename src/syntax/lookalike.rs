//! Characters that only look like those of the language: full-width letters, digits, signs and blanks,
//! as Japanese keyboards write them, the quotes, hyphens and blanks of web pages, and letters of other alphabets.
//!
//! In comments they are text like any other. In a tag, which may be Japanese, only those are reported that AWS
//! does not take there.

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
        // Most lines are ASCII without quotes of one stroke.
        if !line.is_ascii() || line.contains('\'') {
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
    let mut previous = "";
    while let Some((rest, first)) = line.get(at..).and_then(|rest| Some((rest, rest.chars().next()?))) {
        let length = match first {
            '#' => break,
            '"' => rest.get(1..).and_then(|inner| inner.find('"')).map_or(rest.len(), |end| end + 2),
            // Fields of cron are answered as such.
            '\'' if previous != "cron" && single_quoted(rest).is_some() => {
                single_quoted(rest).map_or(1, |inner| inner.len() + 2)
            }
            _ if is_blank(first) => rest.find(|c| !is_blank(c)).unwrap_or(rest.len()),
            _ if is_separator(first) => 1,
            _ => rest.find(|c| is_blank(c) || is_separator(c) || c == '"' || c == '#').unwrap_or(rest.len()),
        };
        let (word, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        let is_key = behind.trim_start_matches(' ').starts_with('=');
        let quoted = single_quoted(word).filter(|inner| inner.len() + 2 == length && previous != "cron");
        if let Some(inner) = quoted {
            let message = format!("`{word}` stands in single quotes, which mean nothing");
            found.push((at..at + length, message, unquoted_help(inner)));
        } else if is_blank(first) {
            found.push((at..at + length, blank_name(first), blank_help(first, at == 0)));
        } else if let Some(typed) = typed(word, is_key, is_value) {
            let message = format!("`{word}` has characters that only look like those of the language");
            found.push((at..at + length, message, typed_help(&typed, is_key || is_value)));
        }
        if !matches!(first, ' ' | '\t') {
            is_value = first == '=';
            previous = word;
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
    (c.is_whitespace() && !c.is_ascii()) || takes_no_room(c)
}

fn takes_no_room(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{fe0f}' | '\u{feff}')
}

fn blank_name(c: char) -> String {
    match c {
        '\u{3000}' => "this is a full-width blank (U+3000)".to_owned(),
        '\u{a0}' => "this is a no-break space (U+00A0)".to_owned(),
        _ if takes_no_room(c) => format!("the character U+{:04X} stands here, which takes no room", u32::from(c)),
        _ => format!("this blank is the character U+{:04X}", u32::from(c)),
    }
}

fn blank_help(c: char, begins_line: bool) -> String {
    match c {
        _ if takes_no_room(c) => "remove it".to_owned(),
        _ if begins_line => "indent the line with spaces".to_owned(),
        _ => "type a space".to_owned(),
    }
}

/// What stands between single quotes at the beginning of a text, up to a blank or another separator behind them.
fn single_quoted(text: &str) -> Option<&str> {
    let (inner, behind) = text.strip_prefix('\'')?.split_once('\'')?;
    let ends = behind.is_empty() || behind.starts_with(|c| is_separator(c) || is_blank(c) || c == '#');
    (ends && !inner.contains('"')).then_some(inner)
}

/// What to write for a text in single quotes: names of several words stand in double ones.
fn unquoted_help(inner: &str) -> String {
    if inner.is_empty() || inner.contains(|c| is_separator(c) || is_blank(c) || c == '#') {
        format!("write double quotes: `\"{inner}\"`")
    } else {
        format!("write it without: `{inner}`")
    }
}

/// A word or a quoted text as it is typed in ASCII, if that is something else; of a tag, only what AWS takes in one is
/// changed, and the comma between two.
fn typed(word: &str, is_key: bool, is_value: bool) -> Option<String> {
    let is_quoted = word.starts_with('"');
    if word.is_ascii() || (is_quoted && !word.get(1..).is_some_and(|rest| rest.ends_with('"'))) {
        return None;
    }
    let is_tag = is_key || is_value;
    let joins = is_key && !is_quoted;
    let takes = |ascii: char| !is_tag || "_.:/=+-@".contains(ascii) || (joins && ascii == ',');
    // A sentence may end in Japanese.
    let sentence = word.trim_end_matches(['。', '｡']);
    let typed: String = if is_tag { word } else { sentence }
        .chars()
        .filter(|c| !takes_no_room(*c))
        .map(|c| if is_blank(c) { ' ' } else { plain(c).filter(|ascii| takes(*ascii)).unwrap_or(c) })
        .collect();
    // The long vowel of Japanese stands where its keyboard has the hyphen; in a Japanese word it is none.
    let hyphens = typed.replace('ー', "-");
    let typed = if !is_tag && hyphens.is_ascii() { hyphens } else { typed };
    (typed != word).then_some(typed)
}

/// What to type for a word whose characters of ASCII are typed as such.
fn typed_help(typed: &str, is_tag: bool) -> String {
    if typed.is_empty() {
        return "remove it".to_owned();
    }
    if is_tag || !typed.is_ascii() && typed.contains('=') {
        return format!("type `{typed}`");
    }
    if typed.is_ascii() {
        return format!("type it in ASCII: `{typed}`");
    }
    let time = || quantity::time(typed).map(|time| format!("write `{time}`"));
    quantity::length(typed, "dwy")
        .or_else(time)
        .unwrap_or_else(|| "write it in ASCII, as names and all words are".to_owned())
}

/// Letters of other alphabets, and those of ASCII that they look like.
const LETTERS: &[(&str, &str)] =
    &[("асԁеһіјорԛѕԝхуАВЕНІЈКМОРСЅТХ", "acdehijopqswxyABEHIJKMOPCSTX"), ("ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovABEZHIKMNOPTYX")];

/// The character of ASCII that another looks like.
pub(crate) fn plain(c: char) -> Option<char> {
    match c {
        // The full-width forms stand in the order of ASCII.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21),
        '、' | '､' => Some(','),
        '“' | '”' | '„' | '«' | '»' | '「' | '」' | '‘' | '’' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        _ => {
            let letters = LETTERS.iter().flat_map(|(other, ascii)| other.chars().zip(ascii.chars()));
            letters.into_iter().find(|(other, _)| *other == c).map(|(_, ascii)| ascii)
        }
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
        case(
            "as \"ｍｙｄｂ-*\" keep 7d。",
            &[("\"ｍｙｄｂ-*\"", "type it in ASCII: `\"mydb-*\"`"), ("7d。", "type it in ASCII: `7d`")],
        );
        case(
            "cluster mуdb \"my\u{200b}db\"",
            &[("mуdb", "type it in ASCII: `mydb`"), ("\"my\u{200b}db\"", "type it in ASCII: `\"mydb\"`")],
        );
        case(
            "my\u{ad}db northeastー3",
            &[("\u{ad}", "remove it"), ("northeastー3", "type it in ASCII: `northeast-3`")],
        );
        case(
            "cluster 'mydb' restore as 'a b' # it's",
            &[("'mydb'", "write it without: `mydb`"), ("'a b'", "write double quotes: `\"a b\"`")],
        );
        case("tags a='b', c='d'", &[("'b'", "write it without: `b`"), ("'d'", "write it without: `d`")]);
        case("tags a=\"it's 'x'\" cron '0 5 * * ? *' b=o'b'", &[]);
        case("as “mydb*”", &[("“mydb*”", "type it in ASCII: `\"mydb*\"`")]);
    }

    #[test]
    fn texts_may_hold_any_letters() {
        case("as \"データ\" # ０１：００　", &[]);
        case("tags team=\"ｍｙ（株）、データ。\"", &[]);
        case("cluster データ", &[]);
        case("tags team=ｍｙ, ｔ = 支払い", &[]);
        case("tags 部署=開発、env=prod", &[("開発、env", "type `開発,env`")]);
        case("tags team=\"決済　チーム\"", &[("\"決済　チーム\"", "type `\"決済 チーム\"`")]);
        case("tags team=a\u{3000}b", &[("\u{3000}", "type a space")]);
        case("tags team＝a", &[("team＝a", "type it in ASCII: `team=a`")]);
    }
}
