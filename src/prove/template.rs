//! An emitted template as text, read entry by entry: proving a role takes a few entries of a text
//! that may have thousands.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::OnceLock;

use serde_json::Value;

use super::deployment::Unresolved;
use crate::emit::Format;
use crate::emit::yaml::block;

/// The text of a template and its resources and outputs, in the order of the text.
#[derive(Debug)]
pub(super) struct Emitted<'a> {
    text: &'a str,
    format: Format,
    resources: Vec<Entry>,
    outputs: Vec<Entry>,
}

/// An entry of a section, read when it is first asked for.
#[derive(Debug)]
struct Entry {
    range: Range<usize>,
    read: OnceLock<Result<(String, Value), Unresolved>>,
}

/// A section that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Resources,
    Outputs,
    Other,
}

impl<'a> Emitted<'a> {
    /// Finds the entries of a template.
    pub(super) fn new(text: &'a str, format: Format) -> Self {
        let mut emitted = Self { text, format, resources: Vec::new(), outputs: Vec::new() };
        let (outer, inner) = match format {
            Format::Yaml => (0, 2),
            Format::Json => (2, 4),
        };
        let mut section = Section::Other;
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let indent = line.bytes().take(inner + 1).take_while(|byte| *byte == b' ').count();
            if indent == outer {
                section = section_of(line.trim());
            } else if section != Section::Other {
                let begins = indent == inner && !line.trim_start().starts_with('}');
                emitted.extend(section, begins, at..at + line.len());
            }
            at += line.len();
        }
        emitted
    }

    fn extend(&mut self, section: Section, begins: bool, line: Range<usize>) {
        let entries = match section {
            Section::Resources => &mut self.resources,
            Section::Outputs => &mut self.outputs,
            Section::Other => return,
        };
        match entries.last_mut() {
            Some(entry) if !begins => entry.range.end = line.end,
            _ => entries.push(Entry { range: line, read: OnceLock::new() }),
        }
    }

    /// A resource as it is written.
    pub(super) fn resource_text(&self, index: usize) -> &'a str {
        self.resources.get(index).map_or("", |entry| self.entry_text(entry))
    }

    /// A resource under its logical id.
    pub(super) fn resource(&self, index: usize) -> Result<&(String, Value), Unresolved> {
        self.read(self.resources.get(index))
    }

    /// An output as it is written.
    pub(super) fn output_text(&self, index: usize) -> &'a str {
        self.outputs.get(index).map_or("", |entry| self.entry_text(entry))
    }

    /// An output under its name.
    pub(super) fn output(&self, index: usize) -> Result<&(String, Value), Unresolved> {
        self.read(self.outputs.get(index))
    }

    fn entry_text(&self, entry: &Entry) -> &'a str {
        self.text.get(entry.range.clone()).unwrap_or("")
    }

    fn read<'e>(&self, entry: Option<&'e Entry>) -> Result<&'e (String, Value), Unresolved> {
        let lacking = || Unresolved("a template lacks an entry that it should have".to_owned());
        let entry = entry.ok_or_else(lacking)?;
        entry.read.get_or_init(|| self.parse(self.entry_text(entry))).as_ref().map_err(Clone::clone)
    }

    fn parse(&self, entry: &str) -> Result<(String, Value), Unresolved> {
        let read: Result<BTreeMap<String, Value>, String> = match self.format {
            Format::Yaml => match block::read(without_metadata(entry)) {
                Some(Value::Object(entries)) => Ok(entries.into_iter().collect()),
                _ => serde_yaml::from_str(entry).map_err(|error| error.to_string()),
            },
            Format::Json => serde_json::from_str(&format!("{{{}}}", entry.trim_end().trim_end_matches(',')))
                .map_err(|error| error.to_string()),
        };
        let entries = read.map_err(|error| Unresolved(format!("a template cannot be read back: {error}")))?;
        entries.into_iter().next().ok_or_else(|| Unresolved("a template has an entry without a name".to_owned()))
    }
}

/// The lines of a YAML entry but those of its reasons, which allow nothing.
fn without_metadata(entry: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    entry.lines().filter(move |line| {
        if !line.starts_with("      ") {
            inside = *line == "    Metadata:";
        }
        !inside
    })
}

fn section_of(line: &str) -> Section {
    match line {
        "Resources:" | "\"Resources\": {" => Section::Resources,
        "Outputs:" | "\"Outputs\": {" => Section::Outputs,
        _ => Section::Other,
    }
}
