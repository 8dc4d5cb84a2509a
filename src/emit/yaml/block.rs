//! Reads back what [`super::render`] writes, without a general reader: the proof that every build
//! runs reads the build's own templates, and must cost little beside writing them.
//!
//! Of YAML it knows block maps, block sequences, and plain and single-quoted scalars on one line.
//! Whatever is anything else gives nothing, and is for the general reader.

use std::borrow::Cow;

use serde_json_borrow::{ObjectAsVec, Value};

use super::means_something_else;

/// The value of a document, or of an indented part of one, line by line.
///
/// None where the text is not of the simple form, which does not mean that it is no YAML.
pub fn read<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<Value<'a>> {
    let lines: Option<Vec<Line<'_>>> = lines.into_iter().map(Line::new).collect();
    let mut lines = Lines { lines: lines?, at: 0 };
    let value = lines.node(lines.next()?.indent)?;
    lines.next().is_none().then_some(value)
}

/// A line without its indentation.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    indent: usize,
    text: &'a str,
    /// Where the colon is that ends a key, if one does.
    key: Option<usize>,
    /// Whether nothing else of the text would end a plain scalar.
    is_whole: bool,
}

#[derive(Debug)]
struct Lines<'a> {
    lines: Vec<Line<'a>>,
    at: usize,
}

impl<'a> Line<'a> {
    /// None for a line that is empty or ends in a space, which only scalars of several lines have.
    fn new(line: &'a str) -> Option<Self> {
        let indent = line.bytes().position(|byte| byte != b' ')?;
        let text = line.get(indent..).filter(|text| !text.ends_with(' '))?;
        let bytes = text.as_bytes();
        let mut line = Self { indent, text, key: None, is_whole: true };
        for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| is_special(**byte)) {
            let ends_scalar = match byte {
                b':' => bytes.get(at + 1).is_none_or(|next| *next == b' '),
                b'#' => at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b' '),
                _ => return None,
            };
            match line.key {
                None if ends_scalar && *byte == b':' && line.is_whole => line.key = Some(at),
                _ => line.is_whole &= !ends_scalar,
            }
        }
        Some(line)
    }

    /// What stands behind the dash of an item of a sequence.
    fn item(self) -> Option<Self> {
        let text = self.text.strip_prefix("- ")?;
        Some(Self { indent: self.indent + 2, text, key: self.key.map(|end| end.saturating_sub(2)), ..self })
    }

    /// The key and what stands behind it.
    fn entry(self) -> Option<(&'a str, &'a str)> {
        let (key, rest) = self.text.split_at_checked(self.key?)?;
        is_plain(key).then_some((key, rest.strip_prefix(": ").unwrap_or_default()))
    }

    /// The scalar that the line is.
    fn scalar(self) -> Option<Value<'a>> {
        scalar(self.text, self.is_whole && self.key.is_none())
    }
}

impl<'a> Lines<'a> {
    fn next(&self) -> Option<Line<'a>> {
        self.lines.get(self.at).copied()
    }

    /// The map or sequence whose lines are indented so.
    fn node(&mut self, indent: usize) -> Option<Value<'a>> {
        match self.next()? {
            line if line.indent != indent => None,
            line if line.item().is_some() => self.sequence(indent),
            _ => self.map(indent),
        }
    }

    fn sequence(&mut self, indent: usize) -> Option<Value<'a>> {
        let mut items = Vec::new();
        while let Some(item) = self.next().filter(|line| line.indent == indent).and_then(Line::item) {
            items.push(if item.entry().is_some() {
                // The map begins behind the dash, as if the line had been indented by it.
                *self.lines.get_mut(self.at)? = item;
                self.map(item.indent)?
            } else {
                self.at += 1;
                item.scalar()?
            });
        }
        Some(Value::Array(items))
    }

    fn map(&mut self, indent: usize) -> Option<Value<'a>> {
        // Most maps of a policy have one entry.
        let mut entries: Vec<(&str, Value<'_>)> = Vec::with_capacity(1);
        while let Some(line) = self.next().filter(|line| line.indent == indent && line.item().is_none()) {
            let (key, rest) = line.entry()?;
            self.at += 1;
            let value = if rest.is_empty() { self.behind(indent)? } else { scalar(rest, line.is_whole)? };
            if entries.iter().any(|(other, _)| *other == key) {
                return None;
            }
            entries.push((key, value));
        }
        // A deeper line here goes on with a scalar.
        self.next().is_none_or(|line| line.indent <= indent).then(|| Value::Object(ObjectAsVec::from(entries)))
    }

    /// The value on the lines below its key; a sequence may be indented like the key.
    fn behind(&mut self, indent: usize) -> Option<Value<'a>> {
        match self.next()? {
            line if line.indent > indent => self.node(line.indent),
            line if line.indent == indent && line.item().is_some() => self.sequence(indent),
            _ => None,
        }
    }
}

/// A scalar, of which is known whether it is whole if it is plain.
fn scalar(text: &str, is_whole: bool) -> Option<Value<'_>> {
    if let Some(quoted) = text.strip_prefix('\'') {
        return unquoted(quoted.strip_suffix('\'')?).map(Value::Str);
    }
    match text {
        _ if !is_whole => None,
        "true" => Some(Value::Bool(true)),
        "false" => Some(Value::Bool(false)),
        "0" => Some(Value::from(0_u64)),
        _ if text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0') => {
            text.parse().ok().map(|number: u64| Value::from(number))
        }
        _ => is_plain(text).then(|| Value::from(text)),
    }
}

/// What stands between quotes, where two quotes stand for one. One alone would have ended the scalar.
fn unquoted(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('\'') {
        return Some(Cow::Borrowed(text));
    }
    let unescaped = text.replace("''", "'");
    let alone = text.matches('\'').count() != 2 * unescaped.matches('\'').count();
    (!alone).then_some(Cow::Owned(unescaped))
}

/// Whether a byte is a control character or may end a plain scalar, looked up rather than compared: every byte of every
/// policy is asked, and most are neither.
fn is_special(byte: u8) -> bool {
    const SPECIAL: [bool; 256] = special();
    SPECIAL.get(usize::from(byte)) == Some(&true)
}

#[expect(clippy::indexing_slicing, reason = "evaluated while compiling, over the length of the table")]
const fn special() -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    while byte < 128 {
        table[byte as usize] = matches!(byte, ..b' ' | b':' | b'#');
        byte += 1;
    }
    table
}

/// Whether a text that nothing ends early stands for itself.
fn is_plain(text: &str) -> bool {
    let begins = text.bytes().next();
    let begins = begins.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'^' | b'_'));
    begins && !means_something_else(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read() {
        let value = json!({
            "Type": "AWS::KMS::Key",
            "Version": "2012-10-17",
            "Properties": { "on": true, "Days": 30, "Action": ["kms:*", "a"], "Resource": ["*"], "it's": "it's" },
            "Statement": [{ "Sid": "A", "Resource": [{ "Fn::Sub": "arn:${AWS::Partition}:x" }] }, { "Sid": "B" }],
        });
        let written = super::super::render(&value).replace("'on'", "On1");
        let expected = serde_yaml::from_str(&written).unwrap();
        assert_eq!(read(written.lines()), Some(expected), "{written}");
    }

    #[test]
    fn an_indented_part_is_read() {
        let expected = json!({ "A": { "B": "c", "D": ["e"] } });
        assert_eq!(read("  A:\n    B: c\n    D:\n    - e\n".lines()), Some((&expected).into()));
    }

    #[test]
    fn what_is_not_simple_is_left_to_the_general_reader() {
        for text in [
            "",
            "a: &b c",
            "a: |\n  b",
            "a: \"b\"",
            "a: {}",
            "a: []",
            "a: b\n  c",
            "a:\n",
            "a: 'b",
            "a: 'b'c'",
            "a: 012",
            "a: 1.5",
            "a: -1",
            "a: ~",
            "a: null",
            "a: yes",
            "a: b # c",
            "a: 1\na: 2",
            "- - a",
            "? a",
            "a: !b c",
            "a: b: c",
            "a: 'b\n  c'",
            "a: b \n",
            "'on': 1",
            "a:  b",
            "a",
            "- a\n b",
            "a: @b",
            "a: *b",
            "---\na: b",
            "a:\n  b: c\n d: e",
        ] {
            assert_eq!(read(text.lines()), None, "{text}");
        }
    }
}
