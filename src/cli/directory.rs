//! The output directory: compared, and changed file by file.
//!
//! INVARIANT: whenever the process is killed, every file in the directory is whole, and the
//! manifest, which is replaced last, does not match a mixture of two builds. Everything is written
//! to a staging folder inside the directory before the first file is replaced, so that a full disk
//! or a missing permission changes nothing.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::Failure;
use crate::emit::{MANIFEST, Manifest, OutputFile};

/// Where files are written before they are renamed into place. What an interrupted build left
/// there is removed by the next one.
const STAGING: &str = ".drc-staging";

/// A file that is not as it should be.
#[derive(Debug)]
pub(super) struct Change {
    /// Path below the directory, with `/`.
    pub(super) path: String,
    /// What it is; `None` when it is not there.
    pub(super) old: Option<Vec<u8>>,
    /// What it should be; `None` when it should not be there.
    pub(super) new: Option<Vec<u8>>,
}

impl Change {
    /// The difference as `diff -u` writes it.
    pub(super) fn unified_diff(&self) -> String {
        let text = |bytes: &Option<Vec<u8>>| String::from_utf8_lossy(bytes.as_deref().unwrap_or_default()).into_owned();
        let (old, new) = (text(&self.old), text(&self.new));
        let name =
            |side: &str, there: bool| if there { format!("{side}/{}", self.path) } else { "/dev/null".to_owned() };
        similar::TextDiff::from_lines(&old, &new)
            .unified_diff()
            .header(&name("a", self.old.is_some()), &name("b", self.new.is_some()))
            .to_string()
    }
}

/// What a build would change, sorted by path with the manifest last.
pub(super) fn compare(directory: &Path, files: &[OutputFile]) -> Result<Vec<Change>, Failure> {
    let mut changes = Vec::new();
    for file in files {
        let old = read(&directory.join(&file.path))?;
        if old.as_deref() != Some(&file.bytes) {
            changes.push(Change { path: file.path.clone(), old, new: Some(file.bytes.clone()) });
        }
    }
    let kept: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for path in earlier_files(directory)?.into_iter().filter(|path| !kept.contains(path.as_str())) {
        if let Some(old) = read(&directory.join(&path))? {
            changes.push(Change { path, old: Some(old), new: None });
        }
    }
    changes.sort_by(|left, right| (left.path == MANIFEST, &left.path).cmp(&(right.path == MANIFEST, &right.path)));
    Ok(changes)
}

/// Makes the directory hold `files`, and says what changed.
pub(super) fn write(directory: &Path, files: &[OutputFile]) -> Result<Vec<Change>, Failure> {
    fs::create_dir_all(directory).map_err(|error| problem("cannot make the directory", directory, &error))?;
    let _lock = lock(directory)?;
    let staging = directory.join(STAGING);
    remove_staging(&staging)?;
    let changes = compare(directory, files)?;
    if changes.is_empty() {
        return Ok(changes);
    }
    let staged = stage(directory, &staging, &changes).and_then(|()| replace(directory, &staging, &changes));
    let cleaned = remove_staging(&staging);
    staged.and(cleaned).map(|()| changes)
}

/// Keeps two builds from writing to one directory at a time, where the system can lock folders.
fn lock(directory: &Path) -> Result<Option<File>, Failure> {
    let Ok(folder) = File::open(directory) else { return Ok(None) };
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(fs::TryLockError::WouldBlock) => {
            Err(Failure(format!("another build is writing to {}; wait for it", directory.display())))
        }
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}

/// Writes every new file whole, where no reader looks.
fn stage(directory: &Path, staging: &Path, changes: &[Change]) -> Result<(), Failure> {
    for change in changes {
        let Some(new) = &change.new else { continue };
        let target = directory.join(&change.path);
        if target.is_dir() {
            return Err(Failure(format!("cannot write {}: there is a folder of that name", target.display())));
        }
        let path = staging.join(&change.path);
        let folders = [path.parent(), target.parent()].into_iter().flatten().try_for_each(fs::create_dir_all);
        folders.and_then(|()| fs::write(&path, new)).map_err(|error| problem("cannot write", &target, &error))?;
    }
    Ok(())
}

/// Renames every staged file over its destination, and only then removes what should not be there, so
/// that no template is missing in between. The manifest is the last of all.
fn replace(directory: &Path, staging: &Path, changes: &[Change]) -> Result<(), Failure> {
    let (manifest, others): (Vec<&Change>, Vec<&Change>) = changes.iter().partition(|change| change.path == MANIFEST);
    let (written, removed): (Vec<&Change>, Vec<&Change>) = others.into_iter().partition(|change| change.new.is_some());
    for change in written.into_iter().chain(removed).chain(manifest) {
        let target = directory.join(&change.path);
        let done = match change.new {
            Some(_) => fs::rename(staging.join(&change.path), &target),
            None => fs::remove_file(&target),
        };
        done.map_err(|error| problem("cannot replace", &target, &error))?;
    }
    for change in changes.iter().filter(|change| change.new.is_none()) {
        // A folder that still holds something stays.
        let _ = directory.join(&change.path).parent().map(fs::remove_dir);
    }
    Ok(())
}

fn remove_staging(staging: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(staging) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(problem("cannot remove", staging, &error)),
        _ => Ok(()),
    }
}

/// The files that an earlier build lists in its manifest. One that cannot be read lists none:
/// nothing is removed that is not certainly drc's own.
fn earlier_files(directory: &Path) -> Result<Vec<String>, Failure> {
    let Some(bytes) = read(&directory.join(MANIFEST))? else { return Ok(Vec::new()) };
    let manifest = serde_json::from_slice::<Manifest>(&bytes);
    let paths = manifest.map(|manifest| manifest.files.into_keys().collect::<Vec<_>>()).unwrap_or_default();
    Ok(paths.into_iter().filter(|path| is_below(path)).collect())
}

/// Whether a path of a manifest stays inside the directory.
fn is_below(path: &str) -> bool {
    Path::new(path).components().all(|component| matches!(component, Component::Normal(_)))
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::IsADirectory => {
            Err(Failure(format!("cannot write {}: there is a folder of that name", path.display())))
        }
        Err(error) => Err(problem("cannot read", path, &error)),
    }
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the system's error kinds are open, and few have a better text")]
fn problem(what: &str, path: &Path, error: &io::Error) -> Failure {
    let path: PathBuf = path.to_owned();
    let why = match error.kind() {
        io::ErrorKind::StorageFull => "the disk is full; nothing was changed".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "there is a file of that name".to_owned(),
        _ => error.to_string(),
    };
    Failure(format!("{what} {}: {why}", path.display()))
}
