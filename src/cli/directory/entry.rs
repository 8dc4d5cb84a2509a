//! What stands below the output directory, looked at without following a link: a link would lead out of the
//! directory, and opening a pipe would wait for ever.

use std::fs::{self, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::super::{Failure, shown};

/// What is wanted at a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    File,
    Folder,
}

/// The content of a file, by its path below the directory; `None` where there is nothing.
pub(super) fn read(directory: &Path, path: &str) -> Result<Option<Vec<u8>>, Failure> {
    let Some(found) = find(directory, path, Wanted::File)? else { return Ok(None) };
    fs::read(&found).map(Some).map_err(|error| problem("cannot read", &found, &error))
}

/// The names of what is in a folder, sorted; none where there is no such folder. One that is not UTF-8 is
/// none of ours.
pub(super) fn names(directory: &Path, path: &str) -> Result<Vec<String>, Failure> {
    let Some(found) = find(directory, path, Wanted::Folder)? else { return Ok(Vec::new()) };
    let entries = fs::read_dir(&found).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let entries = entries.map_err(|error| problem("cannot read", &found, &error))?;
    let mut names: Vec<String> = entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort();
    Ok(names)
}

fn find(directory: &Path, path: &str, wanted: Wanted) -> Result<Option<PathBuf>, Failure> {
    let mut at = directory.to_owned();
    let mut names = Path::new(path).components().peekable();
    while let Some(name) = names.next() {
        at.push(name);
        let found = match fs::symlink_metadata(&at) {
            Ok(metadata) => metadata.file_type(),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(problem("cannot read", &at, &error)),
        };
        let wanted = if names.peek().is_some() { Wanted::Folder } else { wanted };
        let fits = if wanted == Wanted::Folder { found.is_dir() } else { found.is_file() };
        if !fits {
            return Err(in_the_way(&at, found));
        }
    }
    Ok(Some(at))
}

fn in_the_way(at: &Path, found: FileType) -> Failure {
    let what = if found.is_symlink() {
        "it is a link, and nothing is written or removed outside the directory; remove the link"
    } else if found.is_dir() {
        "there is a folder of that name"
    } else if found.is_file() {
        "there is a file of that name"
    } else {
        "it is neither a file nor a folder; remove it"
    };
    Failure(format!("cannot write {}: {what}", shown(at)))
}

/// Makes the folders that a file below the directory stands in, and adds those that were not there.
pub(super) fn make_folders(directory: &Path, path: &str, made: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let mut at = directory.to_owned();
    for name in Path::new(path).parent().into_iter().flat_map(Path::components) {
        at.push(name);
        match fs::create_dir(&at) {
            Ok(()) => made.push(at.clone()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(problem("cannot write", &at, &error)),
        }
    }
    Ok(())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the system's error kinds are open, and few have a better text")]
pub(super) fn problem(what: &str, path: &Path, error: &io::Error) -> Failure {
    let why = match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "there is a file of that name".to_owned(),
        _ => error.to_string(),
    };
    Failure(format!("{what} {}: {why}", shown(path)))
}
