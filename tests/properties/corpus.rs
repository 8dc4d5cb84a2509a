//! Every spec in the tree.

use std::path::{Path, PathBuf};

/// The paths of all specs, those of findings too.
pub(crate) fn paths() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["specs", "tests/ui", "tests/build"] {
        collect(&root.join(folder), &mut paths);
    }
    paths.sort();
    assert!(paths.len() > 100, "where are the specs?");
    paths
}

/// The texts of all specs.
pub(crate) fn texts() -> Vec<String> {
    paths().iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "drspec") {
            paths.push(path);
        }
    }
}
