//! What earlier builds wrote into the directory, by their manifests: only that is overwritten or removed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::super::{Failure, shown};
use super::{entry, staging};
use crate::emit::{Listing, MANIFEST, can_write, checksum};

/// The files of earlier builds.
#[derive(Default)]
pub(super) struct Earlier {
    /// Every checksum that a file had, by its path; of the manifest, where it is ours, none.
    files: BTreeMap<String, BTreeSet<String>>,
}

impl Earlier {
    /// Those of the build whose manifest is there, and of builds after it that did not come to their end.
    pub(super) fn of(directory: &Path) -> Result<Self, Failure> {
        let mut earlier = Self::default();
        match entry::read(directory, MANIFEST)?.as_deref().map(Listing::read) {
            Some(Listing::Known(files)) => {
                earlier.files.insert(MANIFEST.to_owned(), BTreeSet::new());
                earlier.add(files);
            }
            Some(Listing::Later(version)) => {
                return Err(Failure(format!(
                    "{} was written by a later drc (version {version} of its shape); build with that one, or into another directory",
                    shown(&directory.join(MANIFEST))
                )));
            }
            Some(Listing::Foreign) | None => {}
        }
        for bytes in staging::unfinished(directory)? {
            // One that is not whole is of a build that had replaced nothing yet.
            if let Listing::Known(files) = Listing::read(&bytes) {
                earlier.add(files);
            }
        }
        Ok(earlier)
    }

    fn add(&mut self, files: BTreeMap<String, String>) {
        for (path, checksum) in files.into_iter().filter(|(path, _)| can_write(path)) {
            self.files.entry(path).or_default().insert(checksum);
        }
    }

    /// The paths that are listed.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// Whether a file is one of ours, whatever it holds now.
    pub(super) fn lists(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether a file is as we wrote it.
    pub(super) fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        self.files.get(path).is_some_and(|checksums| checksums.contains(&checksum(bytes)))
    }
}
