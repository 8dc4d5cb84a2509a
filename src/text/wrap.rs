//! Text in lines no wider than a terminal: broken between words and between Japanese characters, as Unicode has it
//! (<https://www.unicode.org/reports/tr14/>), and never within a name, a path or what is quoted as code.

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Text is not set in fewer columns than these, however narrow the terminal and however deep the text stands.
const NARROWEST: usize = 20;

/// By how many columns more the lines of a paragraph are indented that follow its first.
const HANGING: usize = 2;

/// A text in lines of so many columns. What cannot be broken and is wider has a line of its own.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<&str> {
    lines(text, width, width)
}

/// A line with its own indentation as a paragraph of so many columns, whose further lines are indented a little more.
pub(crate) fn paragraph(line: &str, width: usize) -> String {
    let text = line.trim_start_matches(' ');
    let indent = line.len() - text.len();
    let columns = width.saturating_sub(indent);
    let mut paragraph = String::with_capacity(line.len());
    for (index, line) in lines(text, columns, columns.saturating_sub(HANGING)).into_iter().enumerate() {
        let indent = if index == 0 { indent } else { indent + HANGING };
        if index > 0 {
            paragraph.push('\n');
        }
        paragraph.push_str(&" ".repeat(indent));
        paragraph.push_str(line);
    }
    paragraph
}

/// The lines of a text as paragraphs, each with a line break behind it.
pub(crate) fn paragraphs(text: &str, width: usize) -> String {
    text.lines().map(|line| paragraph(line, width) + "\n").collect()
}

/// A text in lines, of which the first has other columns than the rest.
fn lines(text: &str, first: usize, rest: usize) -> Vec<&str> {
    let (mut lines, mut begin, mut end) = (Vec::new(), 0, 0);
    for (at, is_end) in breaks(text) {
        let columns = if lines.is_empty() { first } else { rest }.max(NARROWEST);
        if end > begin && piece(text, begin, at).width() > columns {
            lines.push(piece(text, begin, end));
            begin = end;
        }
        end = at;
        if is_end {
            lines.push(piece(text, begin, end));
            begin = end;
        }
    }
    if begin < text.len() || lines.is_empty() {
        lines.push(piece(text, begin, text.len()));
    }
    lines
}

/// A part of a text without the blanks at its end.
fn piece(text: &str, begin: usize, end: usize) -> &str {
    text.get(begin..end).unwrap_or_default().trim_end()
}

/// Where a text may be broken, and whether it has to be: behind blanks, and where Unicode allows it beside a character as
/// wide as two. Unicode also allows breaks behind hyphens and slashes, which are parts of names here, and none before an
/// exclamation mark, which begins names.
fn breaks(text: &str) -> impl Iterator<Item = (usize, bool)> {
    let mut whole = whole(text).into_iter().peekable();
    let mut allowed = linebreaks(text).peekable();
    let places = text.char_indices().map(|(at, _)| at).skip(1).chain([text.len()]);
    places.filter_map(move |at| {
        while whole.next_if(|(_, end)| *end <= at).is_some() {}
        let is_within = whole.peek().is_some_and(|(begin, _)| *begin < at);
        let opportunity = allowed.next_if(|(place, _)| *place == at).map(|(_, opportunity)| opportunity);
        let is_end = opportunity == Some(BreakOpportunity::Mandatory);
        let may_be = !is_within && (is_behind_blanks(text, at) || opportunity.is_some() && is_beside_wide(text, at));
        (is_end || may_be).then_some((at, is_end))
    })
}

/// Whether a word begins at a place behind a blank.
fn is_behind_blanks(text: &str, at: usize) -> bool {
    let (before, behind) = text.split_at_checked(at).unwrap_or_default();
    before.ends_with(' ') && !behind.starts_with(' ')
}

/// Whether a character on either side of a place is as wide as two.
fn is_beside_wide(text: &str, at: usize) -> bool {
    let is_wide = |character: char| character.width() == Some(2);
    let (before, behind) = text.split_at_checked(at).unwrap_or_default();
    before.chars().next_back().is_some_and(is_wide) || behind.chars().next().is_some_and(is_wide)
}

/// The bytes of what is one word in spite of its blanks: what stands in backquotes, and cron expressions of AWS.
fn whole(text: &str) -> Vec<(usize, usize)> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some((begin, open, close)) = next_whole(text, at) {
        let inner = begin + open.len();
        let Some(length) = text.get(inner..).and_then(|behind| behind.find(close)) else { break };
        at = inner + length + close.len_utf8();
        found.push((begin, at));
    }
    found
}

/// Where the next such begins, and what opens and closes it.
fn next_whole(text: &str, from: usize) -> Option<(usize, &'static str, char)> {
    let behind = text.get(from..)?;
    let find = |open: &'static str, close: char| Some((from + behind.find(open)?, open, close));
    find("`", '`').into_iter().chain(find("cron(", ')')).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_not_broken() {
        assert_eq!(wrap("one two three four five", 20), ["one two three four", "five"]);
        assert_eq!(
            wrap("see arn:aws:iam::111122223333:role/a-long-name-of-a-role b", 20),
            ["see", "arn:aws:iam::111122223333:role/a-long-name-of-a-role", "b"]
        );
        assert_eq!(wrap("the vault mydb-source-vault is kept", 20), ["the vault", "mydb-source-vault is", "kept"]);
        assert_eq!(
            wrap("https://docs.aws.amazon.com/a-b/c?d=e&f 1", 20),
            ["https://docs.aws.amazon.com/a-b/c?d=e&f", "1"]
        );
    }

    #[test]
    fn code_is_not_broken() {
        assert_eq!(
            wrap("write `cron \"0 16 * * ? *\" UTC` or not", 20),
            ["write", "`cron \"0 16 * * ? *\" UTC`", "or not"]
        );
        assert_eq!(wrap("次に`keep 2d`と`keep 3d`と書きます", 20), ["次に`keep 2d`と", "`keep 3d`と書きます"]);
        assert_eq!(
            wrap("runs by cron(0 16 ? * MON-FRI *) in UTC", 20),
            ["runs by", "cron(0 16 ? * MON-FRI *)", "in UTC"]
        );
        assert_eq!(wrap("a lone ` is no quote of what follows", 20), ["a lone ` is no quote", "of what follows"]);
    }

    #[test]
    fn no_line_begins_with_what_closes_or_is_small() {
        for mark in "、。，．・：；？！）」』】〉》〕］｝ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーゝゞヽヾ々〻‐゠〜…‥,.;:!?)]}".chars() {
            for filling in 0..3 {
                let text = format!("{}日本語{mark}{mark}日本語の文", "字".repeat(6 + filling));
                let lines = wrap(&text, 20);
                assert!(lines.len() > 1 && lines.iter().all(|line| !line.starts_with(mark)), "{mark}: {lines:?}");
            }
        }
    }

    #[test]
    fn no_line_ends_with_what_opens() {
        for mark in "（「『【〈《〔［｛([{".chars() {
            for filling in 0..3 {
                let text = format!("{}日本語{mark}日本語の文の続き", "字".repeat(6 + filling));
                let lines = wrap(&text, 20);
                assert!(lines.len() > 1 && lines.iter().all(|line| !line.ends_with(mark)), "{mark}: {lines:?}");
            }
        }
    }

    #[test]
    fn paragraphs_hang() {
        assert_eq!(paragraph("  one two three four five", 22), "  one two three four\n    five");
        assert_eq!(paragraphs("one\n  two three four five six\n\n", 22), "one\n  two three four five\n    six\n\n");
        assert_eq!(paragraph("", 40), "");
    }
}
