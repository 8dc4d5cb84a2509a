//! One side of a comparison: a spec, what a build has written, or templates that somebody deployed.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::report::MessageFormat;
use super::{Context, Failure, input, shown};
use crate::Compiled;
use crate::aws::region::{self, Region};
use crate::change::deployed::{StackId, State, Template};
use crate::emit::{Format, MANIFEST, Manifest};
use crate::source::{FileId, Sources};

/// The account of a deployment that nothing names.
const EXAMPLE_ACCOUNT: &str = "111122223333";

/// Bytes of a template at most, with what `get-template` writes around it.
const LONGEST: u64 = 8 << 20;

/// A template before it is known which account it is deployed to.
#[derive(Debug)]
pub(super) struct Found {
    /// The account, where something names it.
    pub(super) account: Option<String>,
    region: &'static Region,
    stack: String,
    path: String,
    text: String,
}

/// A side.
#[derive(Debug)]
pub(super) enum Side {
    /// A spec, compiled.
    Spec(Box<SpecSide>),
    /// Templates, in the order in which they are deployed where that is known.
    Templates(Vec<Found>),
}

/// A spec as a side.
#[derive(Debug)]
pub(super) struct SpecSide {
    pub(super) sources: Sources,
    pub(super) files: Vec<FileId>,
    pub(super) compiled: Compiled,
}

impl Side {
    /// Reads what a path names; none, where that is a spec with errors, which are written.
    pub(super) fn load(
        path: &Path,
        now: Timestamp,
        messages: MessageFormat,
        context: &mut Context<'_>,
    ) -> Result<Option<Self>, Failure> {
        let is_directory = path != Path::new("-") && path.is_dir();
        if is_directory {
            if path.join(MANIFEST).is_file() {
                return Ok(Some(Self::Templates(build(path)?)));
            }
            let found = templates(path)?;
            if !found.is_empty() {
                return Ok(Some(Self::Templates(ordered(&found)?)));
            }
        }
        if path.is_file()
            && let Some((_, end)) = path.file_name().and_then(OsStr::to_str).and_then(stem)
        {
            return Err(Failure(format!(
                "{} is a template and says neither its region nor its stack: name a directory that has it as `REGION/STACK.{end}`",
                shown(path)
            )));
        }
        let specs = input::Specs { specs: vec![path.to_owned()] };
        if is_directory && specs.paths().is_err() {
            return Err(Failure(format!(
                "{} is no build, and has neither templates (`REGION/STACK.yml`) nor .drspec files",
                shown(path)
            )));
        }
        let compiled = specs.compile(Format::Yaml, now, (messages, false), context)?;
        let side = |(sources, files, compiled)| Self::Spec(Box::new(SpecSide { sources, files, compiled }));
        Ok(compiled.map(side))
    }

    /// Its templates.
    pub(super) fn found(&self) -> Vec<Found> {
        match self {
            Self::Templates(found) => found.iter().map(Found::again).collect(),
            Self::Spec(side) => of_compiled(&side.compiled),
        }
    }
}

impl Found {
    /// Whether both are the template of one stack, wherever they were found, and say the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let of = |found: &Self| (found.account.clone(), found.region.code, found.stack.clone());
        of(self) == of(other) && self.text == other.text
    }

    fn again(&self) -> Self {
        let Self { account, region, stack, path, text } = self;
        Self { account: account.clone(), region, stack: stack.clone(), path: path.clone(), text: text.clone() }
    }

    fn deployed(self, account: &str) -> Template {
        let account = self.account.unwrap_or_else(|| account.to_owned());
        let stack = StackId { account, region: self.region.code, name: self.stack };
        Template { stack, region: self.region, path: self.path, text: self.text }
    }
}

/// The templates of a compilation.
pub(super) fn of_compiled(compiled: &Compiled) -> Vec<Found> {
    let stacks = compiled.stacks.iter().zip(&compiled.files);
    stacks
        .map(|(stack, file)| Found {
            account: stack.account.clone(),
            region: stack.location.region,
            stack: stack.name.clone(),
            path: file.path.clone(),
            text: String::from_utf8_lossy(&file.bytes).into_owned(),
        })
        .collect()
}

/// Both sides as they are deployed: to the account that either names, where one is named at all. With the account, if
/// one of the sides does not name it.
pub(super) fn deployed(old: Vec<Found>, new: Vec<Found>) -> (Vec<Template>, Vec<Template>, Option<String>) {
    let named = |side: &[Found]| side.iter().find_map(|found| found.account.clone());
    let (before, after) = (named(&old), named(&new));
    let is_assumed = before.is_some() != after.is_some() && !old.is_empty() && !new.is_empty();
    let account = after.or(before).unwrap_or_else(|| EXAMPLE_ACCOUNT.to_owned());
    let side = |found: Vec<Found>| found.into_iter().map(|found| found.deployed(&account)).collect();
    (side(old), side(new), is_assumed.then(|| account.clone()))
}

/// What a build of drc has written.
pub(super) fn build(directory: &Path) -> Result<Vec<Found>, Failure> {
    let path = directory.join(MANIFEST);
    let manifest: Manifest = serde_json::from_str(&text(&path)?)
        .map_err(|error| Failure(format!("{} is no manifest of a build: {error}", shown(&path))))?;
    let stack = |stack: crate::emit::ManifestStack| {
        let region = region::find(&stack.region)
            .ok_or_else(|| Failure(format!("{}: there is no region `{}`", shown(&path), stack.region)))?;
        let path = directory.join(&stack.template);
        let text = text(&path)?;
        Ok(Found { account: stack.account, region, stack: stack.name, path: shown(&path), text })
    };
    manifest.stacks.into_iter().map(stack).collect()
}

/// Templates as they are deployed, in an order in which they can be.
pub(super) fn state(templates: &[Template]) -> Result<State<'_>, Failure> {
    State::read(templates).map_err(|(template, why)| Failure(format!("{}: {why}", shown(template.path.as_ref()))))
}

/// Puts templates of which nobody says so into the order in which they are deployed.
fn ordered(found: &[Found]) -> Result<Vec<Found>, Failure> {
    let templates: Vec<Template> = found.iter().map(|found| found.again().deployed(EXAMPLE_ACCOUNT)).collect();
    let order = state(&templates)?.order();
    Ok(order.into_iter().filter_map(|at| found.get(at)).map(Found::again).collect())
}

/// Templates at `REGION/STACK.yml`, or below an account at `ACCOUNT/REGION/STACK.yml`.
fn templates(directory: &Path) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for (name, path) in entries(directory)? {
        let is_account = name.len() == 12 && name.bytes().all(|byte| byte.is_ascii_digit());
        if let Some(region) = region::find(&name) {
            found.extend(of_region(None, region, &path)?);
        } else if is_account && path.is_dir() {
            for (code, path) in entries(&path)? {
                let Some(region) = region::find(&code) else { continue };
                found.extend(of_region(Some(&name), region, &path)?);
            }
        }
    }
    Ok(found)
}

fn of_region(account: Option<&str>, region: &'static Region, directory: &Path) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for (name, path) in entries(directory)? {
        let Some((stack, _)) = stem(&name) else { continue };
        if found.iter().any(|found: &Found| found.stack == stack) {
            return Err(Failure(format!("{} has stack {stack} in two files", shown(directory))));
        }
        let text = body(text(&path)?);
        let account = account.map(str::to_owned);
        found.push(Found { account, region, stack: stack.to_owned(), path: shown(&path), text });
    }
    Ok(found)
}

/// The name of a template's file without its end, and the end.
fn stem(name: &str) -> Option<(&str, &'static str)> {
    let ends = ["yml", "yaml", "json", "template"];
    ends.into_iter().find_map(|end| Some((name.strip_suffix(end)?.strip_suffix('.')?, end)))
}

/// The template in what `aws cloudformation get-template` writes; anything else is a template itself.
fn body(text: String) -> String {
    let document = serde_json::from_str::<serde_json::Value>(&text).ok();
    match document.as_ref().and_then(|document| document.get("TemplateBody")) {
        Some(serde_json::Value::String(body)) => body.clone(),
        Some(body) => format!("{body:#}\n"),
        None => text,
    }
}

/// What is in a directory, in the order of the names.
fn entries(directory: &Path) -> Result<Vec<(String, PathBuf)>, Failure> {
    let unreadable = |error| Failure(format!("cannot read {}: {error}", shown(directory)));
    let mut all = Vec::new();
    for entry in fs::read_dir(directory).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        all.extend(entry.file_name().into_string().ok().map(|name| (name, entry.path())));
    }
    all.sort();
    Ok(all)
}

fn text(path: &Path) -> Result<String, Failure> {
    let unreadable = |why: String| Failure(format!("cannot read {}: {why}", shown(path)));
    let length = fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
    if !length.is_file() || length.len() > LONGEST {
        return Err(unreadable(format!("it is no file of up to {} MB", LONGEST >> 20)));
    }
    fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))
}
