//! An emitted template as text, read entry by entry: proving a role takes a few entries of a text
//! that may have thousands.

use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use memchr::memchr_iter;
use serde_json_borrow::Value;

use super::deployment::Unresolved;
use crate::emit::yaml::block;
use crate::emit::{Format, OutputFile};

/// The text of a template and its conditions, resources and outputs, in the order of the text.
#[derive(Debug)]
pub(super) struct Emitted<'a> {
    text: &'a str,
    format: Format,
    conditions: Vec<Entry<'a>>,
    resources: Vec<Entry<'a>>,
    outputs: Vec<Entry<'a>>,
}

/// An entry of a section, read when it is first asked for.
#[derive(Debug)]
struct Entry<'a> {
    range: Range<usize>,
    read: OnceLock<Result<Value<'a>, Unresolved>>,
}

/// A section that is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Conditions,
    Resources,
    Outputs,
    Other,
}

impl<'a> Emitted<'a> {
    /// A template as it is written.
    pub(super) fn of(file: &'a OutputFile) -> Self {
        let is_json = Path::new(&file.path).extension().is_some_and(|end| end == "json");
        let format = if is_json { Format::Json } else { Format::Yaml };
        Self::new(std::str::from_utf8(&file.bytes).unwrap_or(""), format)
    }

    /// Finds the entries of a template.
    pub(super) fn new(text: &'a str, format: Format) -> Self {
        let mut emitted = Self { text, format, conditions: Vec::new(), resources: Vec::new(), outputs: Vec::new() };
        let (outer, inner) = match format {
            Format::Yaml => (0, 2),
            Format::Json => (2, 4),
        };
        let mut section = Section::Other;
        let mut at = 0;
        for line in lines(text) {
            let indent = line.bytes().take(inner + 1).take_while(|byte| *byte == b' ').count();
            if indent == outer {
                section = section_of(line);
            } else if section != Section::Other {
                let begins = indent == inner && !line.trim_start().starts_with('}');
                emitted.extend(section, begins, at..(at + line.len() + 1).min(text.len()));
            }
            at += line.len() + 1;
        }
        emitted
    }

    fn extend(&mut self, section: Section, begins: bool, line: Range<usize>) {
        let entries = match section {
            Section::Conditions => &mut self.conditions,
            Section::Resources => &mut self.resources,
            Section::Outputs => &mut self.outputs,
            Section::Other => return,
        };
        match entries.last_mut() {
            Some(entry) if !begins => entry.range.end = line.end,
            _ => entries.push(Entry { range: line, read: OnceLock::new() }),
        }
    }

    /// A condition as it is written.
    pub(super) fn condition_text(&self, index: usize) -> &'a str {
        self.conditions.get(index).map_or("", |entry| self.entry_text(entry))
    }

    /// A condition, without its name.
    pub(super) fn condition(&self, index: usize) -> Result<&Value<'a>, Unresolved> {
        self.read(self.conditions.get(index))
    }

    /// A resource as it is written.
    pub(super) fn resource_text(&self, index: usize) -> &'a str {
        self.resources.get(index).map_or("", |entry| self.entry_text(entry))
    }

    /// A resource, without its logical id.
    pub(super) fn resource(&self, index: usize) -> Result<&Value<'a>, Unresolved> {
        self.read(self.resources.get(index))
    }

    /// An output as it is written.
    pub(super) fn output_text(&self, index: usize) -> &'a str {
        self.outputs.get(index).map_or("", |entry| self.entry_text(entry))
    }

    /// An output, without its name.
    pub(super) fn output(&self, index: usize) -> Result<&Value<'a>, Unresolved> {
        self.read(self.outputs.get(index))
    }

    fn entry_text(&self, entry: &Entry<'_>) -> &'a str {
        self.text.get(entry.range.clone()).unwrap_or("")
    }

    fn read<'e>(&self, entry: Option<&'e Entry<'a>>) -> Result<&'e Value<'a>, Unresolved> {
        let lacking = || Unresolved("a template lacks an entry that it should have".to_owned());
        let entry = entry.ok_or_else(lacking)?;
        let parse = || {
            let unreadable = |error| Unresolved(format!("a template cannot be read back: {error}"));
            parse(self.entry_text(entry), self.format).map_err(unreadable)
        };
        entry.read.get_or_init(parse).as_ref().map_err(Clone::clone)
    }
}

/// The value of an entry.
fn parse(entry: &str, format: Format) -> Result<Value<'_>, String> {
    let entries = match format {
        Format::Yaml => match block::read(without_metadata(entry)) {
            Some(read) => read,
            None => serde_yaml::from_str(entry).map_err(|error| error.to_string())?,
        },
        Format::Json => {
            let value = entry.split_once(':').map_or("", |(_, value)| value.trim_end().trim_end_matches(','));
            return serde_json::from_str(value).map_err(|error| error.to_string());
        }
    };
    let entries = if let Value::Object(entries) = entries { entries.into_vec() } else { Vec::new() };
    entries.into_iter().next().map(|(_, value)| value).ok_or_else(|| "an entry has no name".to_owned())
}

/// The lines of a YAML entry but those of its reasons, which allow nothing.
fn without_metadata(entry: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    lines(entry).filter(move |line| {
        if !line.starts_with("      ") {
            inside = *line == "    Metadata:";
        }
        !inside
    })
}

/// The lines of a text, without their ends.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut begin = 0;
    let ends = memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
    ends.map_while(move |end| {
        let line = text.get(begin..end).filter(|_| begin < text.len());
        begin = end + 1;
        line
    })
}

fn section_of(line: &str) -> Section {
    match line.trim() {
        "Conditions:" | "\"Conditions\": {" => Section::Conditions,
        "Resources:" | "\"Resources\": {" => Section::Resources,
        "Outputs:" | "\"Outputs\": {" => Section::Outputs,
        _ => Section::Other,
    }
}
