//! Specs from files, directories and standard input.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::Failure;
use crate::source::{FileId, Sources};

/// The specs of a command line.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Specs {
    /// Files, directories of `.drspec` files, or `-` for standard input; together one compilation
    #[arg(required = true, value_name = "SPEC")]
    pub(super) specs: Vec<PathBuf>,
}

/// Name under which standard input is shown.
const STANDARD_INPUT: &str = "<standard input>";

impl Specs {
    /// Reads all of them; a file that is named twice is read once.
    pub(super) fn load(&self) -> Result<(Sources, Vec<FileId>), Failure> {
        let mut sources = Sources::default();
        let mut files = Vec::new();
        for path in self.paths()? {
            let (name, bytes) = if path == Path::new("-") {
                (STANDARD_INPUT.to_owned(), read_standard_input()?)
            } else {
                let bytes =
                    fs::read(&path).map_err(|error| Failure(format!("cannot read {}: {error}", path.display())))?;
                (path.display().to_string(), bytes)
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
                    return Err(Failure(format!("there is no .drspec file below {}", path.display())));
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
    let problem = |error| Failure(format!("cannot read {}: {error}", directory.display()));
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
            found.push(path);
        }
    }
    Ok(found)
}

fn read_standard_input() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure(format!("cannot read standard input: {error}")))?;
    Ok(bytes)
}
