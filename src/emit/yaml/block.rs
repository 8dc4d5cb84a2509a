//! Reads back what [`super::render`] writes, without a general reader: the proof that every build
//! runs reads the build's own templates, and must cost little beside writing them.
//!
//! Of YAML it knows block maps, block sequences, and plain and single-quoted scalars on one line.
//! Whatever is anything else gives nothing, and is for the general reader.

use serde_json::{Map, Number, Value};

use super::means_something_else;

/// The value of a document, or of an indented part of one, line by line.
///
/// None where the text is not of the simple form, which does not mean that it is no YAML.
pub fn read<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<Value> {
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
        let ends_in_text = !line.ends_with(' ') && line.bytes().all(|byte| byte >= b' ');
        ends_in_text.then_some(Self { indent, text: line.get(indent..)? })
    }

    /// What stands behind the dash of an item of a sequence.
    fn item(self) -> Option<Self> {
        let text = self.text.strip_prefix("- ")?;
        Some(Self { indent: self.indent + 2, text })
    }
}

impl<'a> Lines<'a> {
    fn next(&self) -> Option<Line<'a>> {
        self.lines.get(self.at).copied()
    }

    /// The map or sequence whose lines are indented so.
    fn node(&mut self, indent: usize) -> Option<Value> {
        match self.next()? {
            line if line.indent != indent => None,
            line if line.item().is_some() => self.sequence(indent),
            _ => self.map(indent),
        }
    }

    fn sequence(&mut self, indent: usize) -> Option<Value> {
        let mut items = Vec::new();
        while let Some(item) = self.next().filter(|line| line.indent == indent).and_then(Line::item) {
            items.push(if entry(item.text).is_some() {
                // The map begins behind the dash, as if the line had been indented by it.
                *self.lines.get_mut(self.at)? = item;
                self.map(item.indent)?
            } else {
                self.at += 1;
                scalar(item.text)?
            });
        }
        Some(Value::Array(items))
    }

    fn map(&mut self, indent: usize) -> Option<Value> {
        let mut entries = Map::new();
        while let Some(line) = self.next().filter(|line| line.indent == indent && line.item().is_none()) {
            let (key, rest) = entry(line.text)?;
            self.at += 1;
            let value = if rest.is_empty() { self.behind(indent)? } else { scalar(rest)? };
            if entries.insert(key.to_owned(), value).is_some() {
                return None;
            }
        }
        // A deeper line here goes on with a scalar.
        self.next().is_none_or(|line| line.indent <= indent).then_some(Value::Object(entries))
    }

    /// The value on the lines below its key; a sequence may be indented like the key.
    fn behind(&mut self, indent: usize) -> Option<Value> {
        match self.next()? {
            line if line.indent > indent => self.node(line.indent),
            line if line.indent == indent && line.item().is_some() => self.sequence(indent),
            _ => None,
        }
    }
}

/// A key and what stands behind it on its line.
fn entry(text: &str) -> Option<(&str, &str)> {
    let (key, rest) = match text.as_bytes().windows(2).position(|pair| pair == b": ") {
        Some(at) => (text.get(..at)?, text.get(at + 2..)?),
        None => (text.strip_suffix(':')?, ""),
    };
    is_plain(key).then_some((key, rest))
}

fn scalar(text: &str) -> Option<Value> {
    if let Some(quoted) = text.strip_prefix('\'') {
        let quoted = quoted.strip_suffix('\'')?;
        let unescaped = quoted.replace("''", "'");
        // A quote alone would have ended the scalar.
        let alone = quoted.matches('\'').count() != 2 * unescaped.matches('\'').count();
        return (!alone).then_some(Value::String(unescaped));
    }
    match text {
        "true" => return Some(Value::Bool(true)),
        "false" => return Some(Value::Bool(false)),
        _ => {}
    }
    let is_whole = text.bytes().all(|byte| byte.is_ascii_digit()) && (!text.starts_with('0') || text == "0");
    if is_whole {
        return text.parse::<u64>().ok().map(|number| Value::Number(Number::from(number)));
    }
    is_plain(text).then(|| Value::String(text.to_owned()))
}

/// Whether a text stands for itself.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begins = bytes.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'^' | b'_'));
    let ends_early = text.ends_with(':') || bytes.windows(2).any(|pair| pair == b": " || pair == b" #");
    begins && !ends_early && !means_something_else(text)
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
        let expected = serde_yaml::from_str::<Value>(&written).unwrap();
        assert_eq!(read(written.lines()), Some(expected), "{written}");
    }

    #[test]
    fn an_indented_part_is_read() {
        assert_eq!(read("  A:\n    B: c\n    D:\n    - e\n".lines()), Some(json!({ "A": { "B": "c", "D": ["e"] } })));
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
