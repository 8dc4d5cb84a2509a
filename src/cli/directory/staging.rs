//! Where files are written whole before they are renamed into place, and where the manifest of a build
//! waits until all of them are. A build that is killed in between leaves that manifest, by which the next
//! one knows what of it is there already.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::super::Failure;
use super::entry::{self, problem};
use crate::aws::region;
use crate::emit::{MANIFEST, can_write, checksum};

/// The folder, hidden in the output directory, because files are renamed within one file system only.
const NAME: &str = ".drc-staging";

/// The folder in it with manifests, each under its checksum.
const BUILDS: &str = "builds";

/// The folder in it with all other files.
const FILES: &str = "files";

/// The manifests of builds that did not come to their end.
pub(super) fn unfinished(directory: &Path) -> Result<Vec<Vec<u8>>, Failure> {
    let folder = format!("{NAME}/{BUILDS}");
    let mut manifests = Vec::new();
    for name in entry::names(directory, &folder)?.iter().filter(|name| is_manifest_name(name)) {
        let bytes = entry::read(directory, &format!("{folder}/{name}"))?;
        // One that is not named after its content is of a build that had replaced nothing yet, or of somebody else.
        manifests.extend(bytes.filter(|bytes| *name == manifest_name(bytes)));
    }
    Ok(manifests)
}

/// The name under which a manifest waits.
fn manifest_name(bytes: &[u8]) -> String {
    format!("{}.json", checksum(bytes))
}

fn is_manifest_name(name: &str) -> bool {
    let is_checksum =
        |name: &str| name.len() == checksum(b"").len() && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    name.strip_suffix(".json").is_some_and(is_checksum)
}

/// The staging folder of a directory.
pub(super) struct Staging<'a> {
    directory: &'a Path,
}

impl<'a> Staging<'a> {
    pub(super) fn of(directory: &'a Path) -> Self {
        Self { directory }
    }

    /// Where a file waits.
    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.root().join(FILES).join(path)
    }

    /// Where a manifest waits.
    pub(super) fn manifest(&self, bytes: &[u8]) -> PathBuf {
        self.root().join(BUILDS).join(manifest_name(bytes))
    }

    fn root(&self) -> PathBuf {
        self.directory.join(NAME)
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

    /// Removes the files that wait. Those of others stay, and every folder that still holds something.
    pub(super) fn discard(&self) -> Result<(), Failure> {
        let folder = format!("{NAME}/{FILES}");
        let (regions, files): (Vec<String>, Vec<String>) =
            entry::names(self.directory, &folder)?.into_iter().partition(|name| region::find(name).is_some());
        self.remove_each(&folder, files.iter().filter(|name| *name == MANIFEST || can_write(name)))?;
        for region in regions {
            let inner = format!("{folder}/{region}");
            let names = entry::names(self.directory, &inner)?;
            self.remove_each(&inner, names.iter().filter(|name| can_write(&format!("{region}/{name}"))))?;
        }
        self.remove_empty();
        Ok(())
    }

    /// Removes all that waits: the directory holds one whole build.
    pub(super) fn remove(&self) -> Result<(), Failure> {
        self.discard()?;
        let folder = format!("{NAME}/{BUILDS}");
        let names = entry::names(self.directory, &folder)?;
        self.remove_each(&folder, names.iter().filter(|name| is_manifest_name(name)))?;
        self.remove_empty();
        Ok(())
    }

    /// Removes the folders in which nothing is left.
    fn remove_empty(&self) {
        for folder in [FILES, BUILDS, ""] {
            let _ = fs::remove_dir(self.root().join(folder));
        }
    }

    fn remove_each<'n>(&self, folder: &str, names: impl Iterator<Item = &'n String>) -> Result<(), Failure> {
        let folder = self.directory.join(folder);
        for name in names {
            let file = folder.join(name);
            fs::remove_file(&file).map_err(|error| problem("cannot remove", &file, &error))?;
        }
        let _ = fs::remove_dir(folder);
        Ok(())
    }
}
