//! Specs from files, directories and standard input.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::report::{self, MessageFormat};
use super::{Context, Failure, shown};
use crate::Compiled;
use crate::emit::Format;
use crate::source::{FileId, Sources};

/// The specs of a command line.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Specs {
    /// Files, directories of `.drspec` files, or `-` for standard input; together one compilation
    #[arg(required = true, value_name = "SPEC")]
    pub(super) specs: Vec<PathBuf>,
}

/// Bytes of a spec at most. A hundred thousand statements take a tenth of that.
const LONGEST_SPEC: u64 = 256 << 20;

/// Name under which standard input is shown.
const STANDARD_INPUT: &str = "<standard input>";

impl Specs {
    /// Compiles all of them. What is found is written where there is an error, after which nothing is left to do, and
    /// else where `warns`.
    pub(super) fn compile(
        &self,
        format: Format,
        now: Timestamp,
        (messages, warns): (MessageFormat, bool),
        context: &mut Context<'_>,
    ) -> Result<Option<(Sources, Vec<FileId>, Compiled)>, Failure> {
        let (sources, files) = self.load()?;
        let compiled = crate::compile(&sources, &files, format, now);
        let failed = compiled.diagnostics.has_errors();
        if failed || warns {
            report::write(&compiled.diagnostics, &sources, messages, context)?;
        }
        Ok((!failed).then_some((sources, files, compiled)))
    }

    /// Reads all of them; a file that is named twice is read once.
    pub(super) fn load(&self) -> Result<(Sources, Vec<FileId>), Failure> {
        let mut sources = Sources::default();
        let mut files = Vec::new();
        for path in self.paths()? {
            let (name, bytes) = if path == Path::new("-") {
                (STANDARD_INPUT.to_owned(), read("standard input", std::io::stdin().lock())?)
            } else {
                let name = shown(&path);
                let bytes =
                    File::open(&path).map_err(|error| unreadable(&name, &error)).and_then(|file| read(&name, file))?;
                (name, bytes)
            };
            files.push(sources.add(name, bytes));
        }
        Ok((sources, files))
    }

    /// Every file, directories replaced by the specs below them, in the order of their names.
    pub(super) fn paths(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut paths = Vec::new();
        for path in &self.specs {
            if path.is_dir() {
                let found = below(path)?;
                if found.is_empty() {
                    return Err(Failure(format!("there is no .drspec file below {}", shown(path))));
                }
                paths.extend(found);
            } else {
                paths.push(path.clone());
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        paths.retain(|path| seen.insert(identity(path)));
        Ok(paths)
    }
}

/// The same for every way to write the path of a file. A link stays another file, because its name is
/// another system's.
fn identity(path: &Path) -> PathBuf {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (path == Path::new("-"), fs::canonicalize(parent), path.file_name()) {
        (false, Ok(parent), Some(name)) => parent.join(name),
        _ => path.to_owned(),
    }
}

fn below(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let problem = |error| unreadable(&shown(directory), &error);
    let mut entries = fs::read_dir(directory)
        .and_then(|entries| entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>())
        .map_err(problem)?;
    entries.sort();
    let mut found = Vec::new();
    for path in entries {
        let is_link = path.is_symlink();
        if path.is_dir() && !is_link {
            found.extend(below(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "drspec") {
            // Opening a pipe would wait for ever.
            if fs::metadata(&path).is_ok_and(|metadata| !metadata.is_file()) {
                return Err(Failure(format!("cannot read {}: it is no file", shown(&path))));
            }
            found.push(path);
        }
    }
    Ok(found)
}

/// Reads a spec to its end, which a device need not have.
fn read(name: &str, from: impl Read) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    from.take(LONGEST_SPEC + 1).read_to_end(&mut bytes).map_err(|error| unreadable(name, &error))?;
    if bytes.len() as u64 > LONGEST_SPEC {
        return Err(Failure(format!("cannot read {name}: it is longer than {} MB", LONGEST_SPEC >> 20)));
    }
    Ok(bytes)
}

fn unreadable(name: &str, error: &std::io::Error) -> Failure {
    Failure(format!("cannot read {name}: {error}"))
}
