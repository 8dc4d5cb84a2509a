//! The output directory: compared, and changed file by file.
//!
//! INVARIANT: whenever the process is killed, every file in the directory is whole, and the
//! manifest, which is replaced last, does not match a mixture of two builds. Everything is written
//! to a staging folder inside the directory before the first file is replaced, so that a full disk
//! or a missing permission changes nothing. Nothing is overwritten that no manifest of ours lists, and
//! nothing removed that is not also as it was written.

mod earlier;
mod entry;
mod staging;

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use self::earlier::Earlier;
use self::entry::problem;
use self::staging::Staging;
use super::interrupt::Interrupt;
use super::{Failure, shown};
use crate::emit::{MANIFEST, OutputFile};

/// A file that is not as it should be.
#[derive(Debug)]
pub(super) struct Change<'a> {
    /// Path below the directory, with `/`.
    pub(super) path: String,
    /// What it is; `None` when it is not there.
    pub(super) old: Option<Vec<u8>>,
    /// What it should be; `None` when it should not be there.
    pub(super) new: Option<&'a [u8]>,
}

impl Change<'_> {
    /// The difference as `diff -u` writes it.
    pub(super) fn unified_diff(&self) -> String {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let (old, new) = (self.old.as_deref().map(text), self.new.map(text));
        crate::text::unified_diff(&self.path, old.as_deref(), new.as_deref())
    }
}

/// What a build would change, sorted by path with the manifest last. An error if it would touch what is
/// not certainly ours.
pub(super) fn compare<'a>(directory: &Path, files: &'a [OutputFile]) -> Result<Vec<Change<'a>>, Failure> {
    let earlier = Earlier::of(directory)?;
    let (mut changes, mut foreign, mut edited) = (Vec::new(), Vec::new(), Vec::new());
    for file in files {
        let old = entry::read(directory, &file.path)?;
        if old.as_deref() == Some(&file.bytes) {
            continue;
        }
        if old.is_some() && !earlier.lists(&file.path) {
            foreign.push(file.path.as_str());
        }
        changes.push(Change { path: file.path.clone(), old, new: Some(&file.bytes) });
    }
    let kept: BTreeSet<&str> = files.iter().map(|file| file.path.as_str()).collect();
    for path in earlier.paths().filter(|path| !kept.contains(path)) {
        let Some(old) = entry::read(directory, path)? else { continue };
        if !earlier.wrote(path, &old) {
            edited.push(path);
        }
        changes.push(Change { path: path.to_owned(), old: Some(old), new: None });
    }
    refuse(directory, "overwrite", &foreign, "not written by drc; move away what is yours")?;
    refuse(
        directory,
        "remove",
        &edited,
        "changed since drc wrote it; keep what you need elsewhere and delete it here",
    )?;
    changes.sort_by(|left, right| (left.path == MANIFEST, &left.path).cmp(&(right.path == MANIFEST, &right.path)));
    Ok(changes)
}

/// Stops where there are files that a build must not touch, and names the first of them.
fn refuse(directory: &Path, what: &str, paths: &[&str], why: &str) -> Result<(), Failure> {
    let Some((first, others)) = paths.split_first() else { return Ok(()) };
    let first = directory.join(first);
    let others = if others.is_empty() { String::new() } else { format!(" and {} more", others.len()) };
    Err(Failure(format!(
        "this build would {what} {}{others}, {why}, or build into another directory with `--out`; nothing was changed",
        shown(&first)
    )))
}

/// Makes the directory hold `files`, and says what changed.
pub(super) fn write<'a>(directory: &Path, files: &'a [OutputFile]) -> Result<Vec<Change<'a>>, Failure> {
    fs::create_dir_all(directory).map_err(|error| problem("cannot make the directory", directory, &error))?;
    let _lock = lock(directory)?;
    let changes = compare(directory, files)?;
    let staging = Staging::of(directory);
    let interrupt = Interrupt::put_off();
    let written = replace_all(directory, &staging, &changes, &interrupt);
    interrupt.let_through();
    written.map(|()| changes)
}

fn replace_all(
    directory: &Path,
    staging: &Staging<'_>,
    changes: &[Change<'_>],
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    // What a build that was killed left there.
    staging.discard()?;
    let replaced = stage(directory, staging, changes, interrupt).and_then(|()| replace(directory, staging, changes));
    // Where not all was replaced, the manifest stays that says what was.
    if replaced.is_ok() { staging.remove() } else { replaced.and(staging.discard()) }
}

/// Keeps two builds from writing to one directory at a time, where the system can lock folders.
fn lock(directory: &Path) -> Result<Option<File>, Failure> {
    let Ok(folder) = File::open(directory) else { return Ok(None) };
    match folder.try_lock() {
        Ok(()) => Ok(Some(folder)),
        Err(fs::TryLockError::WouldBlock) => {
            Err(Failure(format!("another build is writing to {}; wait for it", shown(directory))))
        }
        Err(fs::TryLockError::Error(_)) => Ok(None),
    }
}

/// Writes every new file whole, where no reader looks, and makes the folders that they will be in.
fn stage(
    directory: &Path,
    staging: &Staging<'_>,
    changes: &[Change<'_>],
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let mut made: Vec<PathBuf> = Vec::new();
    let staged = changes.iter().try_for_each(|change| {
        let Some(new) = change.new else { return Ok(()) };
        if interrupt.came() {
            return Err(Failure("interrupted".to_owned()));
        }
        entry::make_folders(directory, &change.path, &mut made)?;
        let is_manifest = change.path == MANIFEST;
        let written = if is_manifest { staging.record(MANIFEST, new) } else { staging.write(&change.path, new) };
        written.map_err(|error| problem("cannot write", &directory.join(&change.path), &error))
    });
    staged.map_err(|Failure(why)| {
        for folder in made.iter().rev() {
            // Nothing is in it yet; a folder that is left harms nobody.
            let _ = fs::remove_dir(folder);
        }
        Failure(format!("{why}; nothing was changed"))
    })
}

/// Renames every staged file over its destination, and only then removes what should not be there, so
/// that no template is missing in between. The manifest is the last of all.
fn replace(directory: &Path, staging: &Staging<'_>, changes: &[Change<'_>]) -> Result<(), Failure> {
    let (manifest, others): (Vec<&Change<'_>>, Vec<&Change<'_>>) =
        changes.iter().partition(|change| change.path == MANIFEST);
    let (written, removed): (Vec<&Change<'_>>, Vec<&Change<'_>>) =
        others.into_iter().partition(|change| change.new.is_some());
    for (done, change) in written.into_iter().chain(removed).chain(manifest).enumerate() {
        let target = directory.join(&change.path);
        let replaced = match change.new {
            Some(new) if change.path == MANIFEST => fs::rename(staging.manifest(new), &target),
            Some(_) => fs::rename(staging.file(&change.path), &target),
            None => fs::remove_file(&target),
        };
        replaced.map_err(|error| {
            let Failure(why) = problem("cannot replace", &target, &error);
            let all = changes.len();
            Failure(format!("{why}; {done} of {all} files were changed: build again before anything is deployed"))
        })?;
    }
    for change in changes.iter().filter(|change| change.new.is_none()) {
        // A folder that still holds something stays.
        let _ = directory.join(&change.path).parent().map(fs::remove_dir);
    }
    Ok(())
}
