//! Lines of templates and the paths that stand on them, in both directions.
//!
//! Reads what [`crate::emit`] writes, one entry a line, and no other YAML or JSON.

use std::collections::BTreeMap;

use crate::emit::{self, Format};
use crate::lower::Stack;

/// The path on each line of a template, such as `Resources.Plan.Properties.BackupPlan`.
pub(super) fn paths(text: &str, format: Format) -> Vec<String> {
    match format {
        Format::Yaml => Walk::default().yaml(text),
        Format::Json => Walk::default().json(text),
    }
}

/// The first line of each path, counted from one.
pub(super) fn lines(text: &str, format: Format) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    for (index, path) in paths(text, format).into_iter().enumerate() {
        // A member of a list may have no line but those of what it holds.
        let inner = path.char_indices().filter(|(_, c)| matches!(c, '.' | '[')).map(|(end, _)| end);
        for end in inner.chain([path.len()]) {
            if let Some(part) = path.get(..end).filter(|part| !lines.contains_key(*part)) {
                lines.insert(part.to_owned(), index + 1);
            }
        }
    }
    lines
}

/// A line of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateLine {
    /// Name of the stack.
    pub stack: String,
    /// Code of its region.
    pub region: &'static str,
    /// The path that the line belongs to: of a value that CloudFormation works out, where the value stands.
    pub path: String,
    /// Which line, counted from one.
    pub number: usize,
    /// The last name of the path.
    pub key: String,
    /// The value, where the line has one.
    pub value: Option<String>,
}

impl TemplateLine {
    /// Whether it is part of the reasons that travel with the template.
    pub(super) fn is_metadata(&self) -> bool {
        self.path.starts_with("Metadata") || self.path.split('.').nth(2) == Some("Metadata")
    }
}

/// The lines of the template that `path` ends with; none if no stack has such a template.
pub fn template_lines(input: &super::Input<'_>, path: &str) -> Option<Vec<TemplateLine>> {
    let stack = template_stack(input, path)?;
    let template = input.template(stack);
    let lines = template.lines().zip(paths(template, input.format)).enumerate();
    Some(lines.map(|(index, (content, path))| template_line(stack, input.format, index + 1, content, &path)).collect())
}

fn template_line(stack: &Stack, format: Format, number: usize, content: &str, whole: &str) -> TemplateLine {
    let content = content.trim_start_matches([' ', '-']);
    let (key, value) = match format {
        Format::Yaml => (yaml_key(content), yaml_value(content)),
        Format::Json => (json_key(content), json_value(content)),
    };
    let path = worked_out(whole).unwrap_or(whole);
    let last = || path.rsplit('.').next().and_then(|step| step.split('[').next()).unwrap_or_default().to_owned();
    TemplateLine {
        stack: stack.name.clone(),
        region: stack.region.code,
        path: path.to_owned(),
        number,
        key: key.filter(|_| path == whole).unwrap_or_else(last),
        value: value.filter(|value| !value.is_empty()),
    }
}

/// Where a value stands that CloudFormation works out by a function, for a path within it.
fn worked_out(path: &str) -> Option<&str> {
    let function = path.find(".Fn::").or_else(|| path.strip_suffix(".Ref").map(str::len))?;
    path.get(..function)
}

/// The stack whose template a path ends with; a file's name alone will do if one stack has it.
fn template_stack<'a>(input: &super::Input<'a>, path: &str) -> Option<&'a Stack> {
    let path = path.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let ends_with =
        |whole: &str, end: &str| whole == end || whole.strip_suffix(end).is_some_and(|rest| rest.ends_with('/'));
    let stacks = &input.compiled.stacks;
    let found = stacks.iter().find(|stack| ends_with(path, &emit::template_path(stack, input.format)));
    found.or_else(|| {
        let mut named = stacks.iter().filter(|stack| ends_with(&emit::template_path(stack, input.format), path));
        named.next().filter(|_| named.next().is_none())
    })
}

/// One step of a path, and the column at which it stands.
#[derive(Debug)]
struct Frame {
    column: usize,
    step: Step,
}

#[derive(Debug)]
enum Step {
    Key(String),
    Item(usize),
}

#[derive(Debug, Default)]
struct Walk {
    frames: Vec<Frame>,
}

impl Walk {
    fn path(&self) -> String {
        let mut path = String::new();
        for frame in &self.frames {
            match &frame.step {
                Step::Key(key) if path.is_empty() => path.clone_from(key),
                Step::Key(key) => path = format!("{path}.{key}"),
                Step::Item(index) => path = format!("{path}[{index}]"),
            }
        }
        path
    }

    /// Leaves everything that stands further right; what stands at the column too, if it is a key.
    fn leave(&mut self, column: usize, keep: impl Fn(&Step) -> bool) {
        while self
            .frames
            .last()
            .is_some_and(|frame| frame.column > column || (frame.column == column && !keep(&frame.step)))
        {
            self.frames.pop();
        }
    }

    fn key(&mut self, column: usize, key: String) {
        self.leave(column, |_| false);
        self.frames.push(Frame { column, step: Step::Key(key) });
    }

    /// Items stand at the column of the key that they belong to, or right of it.
    fn item(&mut self, column: usize) {
        self.leave(column, |_| true);
        match self.frames.last_mut() {
            Some(Frame { column: at, step: Step::Item(index) }) if *at == column => *index += 1,
            _ => self.frames.push(Frame { column, step: Step::Item(0) }),
        }
    }

    fn yaml(mut self, text: &str) -> Vec<String> {
        let mut paths = Vec::new();
        for line in text.lines() {
            let mut rest = line.trim_start_matches(' ');
            let mut column = line.len() - rest.len();
            while let Some(item) = rest.strip_prefix("- ") {
                self.item(column);
                column += 2;
                rest = item;
            }
            if let Some(key) = yaml_key(rest) {
                self.key(column, key);
            }
            paths.push(self.path());
        }
        paths
    }

    fn json(mut self, text: &str) -> Vec<String> {
        let mut paths = Vec::new();
        // The containers that are open: whether each is a list.
        let mut lists: Vec<bool> = Vec::new();
        for line in text.lines() {
            let content = line.trim();
            let column = line.len() - line.trim_start().len();
            if content.starts_with(['}', ']']) {
                lists.pop();
                self.leave(column, |_| true);
                paths.push(self.path());
                continue;
            }
            if lists.last() == Some(&true) {
                self.item(column);
            } else if let Some(key) = json_key(content) {
                self.key(column, key);
            }
            if content.ends_with(['{', '[']) {
                lists.push(content.ends_with('['));
            }
            paths.push(self.path());
        }
        paths
    }
}

/// The key that a line begins with; a text that stands for itself has none.
fn yaml_key(content: &str) -> Option<String> {
    if let Some(quoted) = content.strip_prefix('\'') {
        let (key, rest) = quoted.split_once('\'')?;
        return (rest == ":" || rest.starts_with(": ")).then(|| key.to_owned());
    }
    if content.starts_with('"') {
        return json_key(content);
    }
    let key = content.split_once(": ").map(|(key, _)| key).or_else(|| content.strip_suffix(':'))?;
    Some(key.to_owned())
}

fn json_key(content: &str) -> Option<String> {
    let quoted = content.strip_prefix('"')?;
    let end = quoted.find("\":")?;
    quoted.get(..end).map(str::to_owned)
}

/// The value on a line: what stands behind the key, or all of it.
fn yaml_value(content: &str) -> Option<String> {
    let value = match yaml_key(content) {
        Some(_) => content.split_once(": ")?.1,
        None => content,
    };
    let unquoted = value.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    Some(unquoted.map_or_else(|| value.to_owned(), |text| text.replace("''", "'")))
}

fn json_value(content: &str) -> Option<String> {
    let content = content.strip_suffix(',').unwrap_or(content);
    let value = match json_key(content) {
        Some(key) => content.get(key.len() + 2..)?.strip_prefix(": ")?,
        None => content,
    };
    match serde_json::from_str(value).ok()? {
        serde_json::Value::String(text) => Some(text),
        value @ (serde_json::Value::Bool(_) | serde_json::Value::Number(_)) => Some(value.to_string()),
        serde_json::Value::Null | serde_json::Value::Array(_) | serde_json::Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "\
A:
  B:
  - Sid: x
    Fn::Sub:
    - text
    - K: 'a: b'
  - 'no: key'
  C: 1
D:
- kms:*
";

    #[test]
    fn every_line_of_yaml_has_its_path() {
        let expected = [
            "A",
            "A.B",
            "A.B[0].Sid",
            "A.B[0].Fn::Sub",
            "A.B[0].Fn::Sub[0]",
            "A.B[0].Fn::Sub[1].K",
            "A.B[1]",
            "A.C",
            "D",
            "D[0]",
        ];
        assert_eq!(paths(YAML, Format::Yaml), expected);
    }

    #[test]
    fn every_line_of_json_has_its_path() {
        let json = "{\n  \"A\": {\n    \"B\": [\n      {\n        \"S\": 1\n      },\n      \"x\"\n    ],\n    \"C\": \"y\"\n  }\n}\n";
        let expected = ["", "A", "A.B", "A.B[0]", "A.B[0].S", "A.B[0]", "A.B[1]", "A.B", "A.C", "A", ""];
        assert_eq!(paths(json, Format::Json), expected);
    }

    #[test]
    fn values_are_read_as_they_are_meant() {
        for (content, value) in [
            ("K: 'it''s'", Some("it's")),
            ("K: a: b", Some("a: b")),
            ("kms:*", Some("kms:*")),
            ("'*'", Some("*")),
            ("K:", None),
        ] {
            assert_eq!(yaml_value(content).as_deref(), value, "{content}");
        }
        for (content, value) in [
            ("\"K\": \"a \\\"b\\\"\",", Some("a \"b\"")),
            ("\"K\": 365,", Some("365")),
            ("\"K\": true", Some("true")),
            ("\"kms:*\"", Some("kms:*")),
            ("\"K\": {", None),
            ("},", None),
        ] {
            assert_eq!(json_value(content).as_deref(), value, "{content}");
        }
        assert_eq!(worked_out("A.B.Fn::Sub[1].K"), Some("A.B"));
        assert_eq!(worked_out("A.B.Ref"), Some("A.B"));
        assert_eq!(worked_out("A.Reference"), None);
    }
}
