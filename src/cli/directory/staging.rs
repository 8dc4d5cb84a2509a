//! Where files are written whole before they are renamed into place, and where the manifest of a build
//! waits until all of them are. A build that is killed in between leaves that manifest, by which the next
//! one knows what of it is there already.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::Failure;
use super::entry::{self, problem};
use crate::emit::checksum;

/// The folder, hidden in the output directory, because files are renamed within one file system only.
const NAME: &str = ".drc-staging";

/// The folder in it with manifests, each under its checksum.
const BUILDS: &str = "builds";

/// The folder in it with all other files.
const FILES: &str = "files";

/// The manifests of builds that did not come to their end.
pub(super) fn unfinished(directory: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let folder = format!("{NAME}/{BUILDS}");
    let names = entry::names(directory, &folder)?;
    let read = |name: &String| entry::read(directory, &format!("{folder}/{name}")).transpose();
    names.iter().filter_map(read).collect()
}

/// The staging folder of a directory.
pub(super) struct Staging {
    root: PathBuf,
}

impl Staging {
    pub(super) fn of(directory: &Path) -> Self {
        Self { root: directory.join(NAME) }
    }

    /// Where a file waits.
    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.root.join(FILES).join(path)
    }

    /// Where a manifest waits.
    pub(super) fn manifest(&self, bytes: &[u8]) -> PathBuf {
        self.root.join(BUILDS).join(format!("{}.json", checksum(bytes)))
    }

    /// Writes a file whole.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let file = self.file(path);
        file.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(file, bytes)
    }

    /// Writes the manifest, last of all: from here on it is known what belongs to this build.
    pub(super) fn record(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.write(path, bytes)?;
        let place = self.manifest(bytes);
        place.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::rename(self.file(path), place)
    }

    /// Removes what waits and, where no manifest does, the folder itself.
    pub(super) fn discard(&self) -> Result<(), Failure> {
        remove(&self.root.join(FILES))?;
        // A folder that still holds something stays.
        for folder in [self.root.join(BUILDS), self.root.clone()] {
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }

    /// Removes everything: the directory holds one whole build.
    pub(super) fn remove(&self) -> Result<(), Failure> {
        remove(&self.root)
    }
}

fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(problem("cannot remove", folder, &error)),
        _ => Ok(()),
    }
}
