//! What `drc explain` is narrowed to: the options, and what is said where they name nothing.

use std::path::{Path, PathBuf};

use crate::cli::{Failure, shown};
use crate::explain::{self, Explanation, Input, Narrowing, NoWord, Words};
use crate::source::FileId;
use crate::text::Language;

/// How many names are listed where a wrong one was given.
const LISTED: usize = 12;

#[derive(Debug, clap::Args)]
pub(super) struct Narrowed {
    /// Only what a line of the spec causes, or the clause that the word at a column belongs to
    #[arg(long, value_name = "[FILE:]LINE[:COLUMN]", value_parser = spec_place)]
    at: Option<SpecPlace>,
    /// Only a resource, parameter or output, by its logical id
    #[arg(long, value_name = "ID")]
    resource: Option<String>,
    /// Only a policy statement, by its Sid
    #[arg(long, value_name = "SID")]
    statement: Option<String>,
    /// Only a stack, by its name
    #[arg(long, value_name = "NAME")]
    stack: Option<String>,
    /// Only what stands on a line of a template that `drc build` wrote
    #[arg(long, value_name = "FILE:LINE", value_parser = template_line)]
    template: Option<TemplateLine>,
}

/// A line of a spec, or a column of it.
#[derive(Clone, Debug)]
struct SpecPlace {
    file: Option<String>,
    line: usize,
    column: Option<usize>,
}

/// A line of a template.
#[derive(Clone, Debug)]
struct TemplateLine {
    file: PathBuf,
    line: usize,
}

fn number(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|line| *line > 0).ok_or_else(|| "lines and columns are numbers from 1 on".to_owned())
}

fn spec_place(text: &str) -> Result<SpecPlace, String> {
    let Some((before, last)) = text.rsplit_once(':') else {
        return Ok(SpecPlace { file: None, line: number(text)?, column: None });
    };
    let last = number(last)?;
    let (file, line) = before.rsplit_once(':').map_or((None, before), |(file, line)| (Some(file.to_owned()), line));
    Ok(match number(line) {
        Ok(line) => SpecPlace { file, line, column: Some(last) },
        Err(_) => SpecPlace { file: Some(before.to_owned()), line: last, column: None },
    })
}

fn template_line(text: &str) -> Result<TemplateLine, String> {
    let (file, line) = text.rsplit_once(':').ok_or_else(|| "write FILE:LINE".to_owned())?;
    Ok(TemplateLine { file: PathBuf::from(file), line: number(line)? })
}

impl Narrowed {
    /// Whether anything is asked for.
    pub(super) fn is_any(&self) -> bool {
        self.at.is_some()
            || self.resource.is_some()
            || self.statement.is_some()
            || self.stack.is_some()
            || self.template.is_some()
    }

    /// Whether a line of a JSON template is asked for.
    pub(super) fn template_is_json(&self) -> bool {
        let is_json = |line: &TemplateLine| line.file.extension().is_some_and(|extension| extension == "json");
        self.template.as_ref().is_some_and(is_json)
    }

    /// What is left of an explanation of these files.
    pub(super) fn apply<'a>(
        &self,
        mut explanation: Explanation<'a>,
        input: &Input<'_>,
        compiled: &crate::Compiled,
        files: &[FileId],
    ) -> Result<Explanation<'a>, Failure> {
        let mut narrowings = Vec::new();
        if let Some(at) = &self.at {
            narrowings.push(at.resolve(input, files)?);
        }
        narrowings.extend(self.stack.clone().map(Narrowing::Stack));
        narrowings.extend(self.resource.clone().map(Narrowing::Resource));
        narrowings.extend(self.statement.clone().map(Narrowing::Statement));
        if let Some(template) = &self.template {
            narrowings.push(template.resolve(input, compiled)?);
        }
        let mut within = String::new();
        for narrowing in narrowings {
            let words = words(&narrowing);
            explanation = explain::narrow(&explanation, &narrowing).map_err(|nothing| {
                Failure(format!("there is no {words}{within}{}", hint(&narrowing, &nothing, input)))
            })?;
            within = format!(" within the {words}{within}");
        }
        Ok(explanation)
    }
}

impl SpecPlace {
    /// The file is one of those that are explained, however its path was written.
    fn resolve(&self, input: &Input<'_>, files: &[FileId]) -> Result<Narrowing, Failure> {
        let names: Vec<&str> = files.iter().filter_map(|id| Some(input.sources().file(*id)?.name())).collect();
        let line = self.line;
        let found = match (&self.file, names.as_slice()) {
            (Some(file), names) => named(file, names),
            (None, [only]) => Some(*only),
            (None, _) => {
                let many = names.len();
                let place = self.column.map_or(format!("{line}"), |column| format!("{line}:{column}"));
                return Err(Failure(format!("there are {many} specs: write `--at FILE:{place}`")));
            }
        };
        // The language's own defaults are explained too, but are no file of the user's.
        let default = self.file.as_deref().filter(|file| input.sources().named(file).is_some());
        let Some(name) = found.or(default) else {
            let file = self.file.as_deref().unwrap_or_default();
            return Err(Failure(format!("`{file}` is none of the specs that are explained: {}", listed(&names))));
        };
        let lines = input.sources().named(name).map_or(0, |text| text.lines().count());
        if line > lines {
            return Err(Failure(format!("{name} has no line {line}: its last is {lines}")));
        }
        let Some((column, id)) = self.column.zip(input.sources().id(name)) else {
            return Ok(Narrowing::Line { file: Some(name.to_owned()), line });
        };
        let at = |none| Failure(no_word(&none, name, line, column) + &others(input, id, line, None));
        explain::words_at(input.sources(), id, line, column).map(Narrowing::Words).map_err(at)
    }
}

/// What stands at a column instead of a word.
fn no_word(none: &NoWord, name: &str, line: usize, column: usize) -> String {
    match none {
        NoWord::Behind(0) => format!("line {line} of {name} is empty"),
        NoWord::Behind(last) => format!("line {line} of {name} has no column {column}: its last is {last}"),
        NoWord::Space => format!("column {column} of line {line} of {name} is white space"),
        NoWord::Comment => format!("column {column} of line {line} of {name} is in a comment"),
    }
}

/// What could have been meant: the clauses of a line, each with the place where it begins, or else the lines that
/// have clauses.
fn others(input: &Input<'_>, file: FileId, line: usize, except: Option<&Words>) -> String {
    let mut words = explain::words_of(input.sources(), file);
    words.retain(|words| Some(words) != except);
    let here: Vec<&Words> = words.iter().filter(|words| words.is_on(line)).collect();
    if here.is_empty() {
        let mut lines: Vec<usize> = words.iter().map(|words| words.begin().0).collect();
        lines.dedup();
        let lines: Vec<String> = lines.iter().map(usize::to_string).collect();
        return format!("; clauses begin on lines {}", listed(&lines));
    }
    let place = |words: &Words| match words.begin() {
        (first, column) if first == line => format!("`{}` at {column}", words.text),
        (first, column) => format!("`{}` at {first}:{column}", words.text),
    };
    format!("; there are {}", listed(&here.into_iter().map(place).collect::<Vec<_>>()))
}

/// The spec that is meant: by its path, or by the end of it where only one has that end.
fn named<'a>(written: &str, names: &[&'a str]) -> Option<&'a str> {
    names.iter().find(|name| is_same_file(written, name)).copied().or_else(|| {
        let end = format!("/{written}");
        let mut found = names.iter().filter(|name| name.ends_with(&end));
        found.next().filter(|_| found.next().is_none()).copied()
    })
}

fn is_same_file(written: &str, name: &str) -> bool {
    let same = || Some(std::fs::canonicalize(written).ok()? == std::fs::canonicalize(name).ok()?);
    written == name || same().unwrap_or(false)
}

impl TemplateLine {
    fn resolve(&self, input: &Input<'_>, compiled: &crate::Compiled) -> Result<Narrowing, Failure> {
        let path = shown(&self.file);
        let Some(lines) = explain::template_lines(input, &path) else {
            let mut names: Vec<&str> = compiled.files.iter().map(|file| file.path.as_str()).collect();
            names.retain(|name| name.contains('/'));
            return Err(Failure(format!("{path} is no template of this spec; there are {}", listed(&names))));
        };
        is_current(&self.file, compiled)?;
        let found = self.line.checked_sub(1).and_then(|index| lines.get(index));
        let none = || Failure(format!("{path} has no line {}: its last is {}", self.line, lines.len()));
        found.cloned().map(Narrowing::Template).ok_or_else(none)
    }
}

/// Lines of a template that is not what the spec says now would be the wrong ones.
fn is_current(file: &Path, compiled: &crate::Compiled) -> Result<(), Failure> {
    // Opening a pipe would wait for ever.
    if !file.is_file() {
        return Ok(());
    }
    let Ok(bytes) = std::fs::read(file) else { return Ok(()) };
    if compiled.files.iter().any(|output| output.bytes == bytes) {
        return Ok(());
    }
    Err(Failure(format!("{} is not what this spec makes now: build it again, or explain its own spec", shown(file))))
}

/// What an explanation is narrowed to.
fn words(narrowing: &Narrowing) -> String {
    match narrowing {
        Narrowing::Line { file, line } => {
            format!("clause on line {line} of {}", file.as_deref().unwrap_or("the spec"))
        }
        Narrowing::Words(words) => format!("line of the templates that `{}` alone explains", words.text),
        Narrowing::Resource(id) => format!("resource, parameter or output `{id}`"),
        Narrowing::Statement(sid) => format!("policy statement `{sid}`"),
        Narrowing::Stack(name) => format!("stack `{name}`"),
        Narrowing::Template(line) => format!("explanation of `{}`", line.path),
    }
}

fn hint(narrowing: &Narrowing, nothing: &explain::Nothing, input: &Input<'_>) -> String {
    if let Narrowing::Words(words) = narrowing {
        let file = input.sources().id(&words.file);
        return file.map_or_else(String::new, |file| others(input, file, words.begin().0, Some(words)));
    }
    let known = &nothing.known;
    match (&nothing.nearest, narrowing) {
        (Some(name), _) => format!("; did you mean `{name}`?"),
        (None, _) if known.is_empty() => String::new(),
        (None, Narrowing::Line { .. }) => format!("; clauses begin on lines {}", listed(known)),
        (None, _) => format!("; there are {}", listed(known)),
    }
}

/// Names in a sentence, cut where there are many.
fn listed<S: AsRef<str>>(names: &[S]) -> String {
    Language::English.first(LISTED, names)
}
