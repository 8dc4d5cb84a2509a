//! The output directory: what a build writes, removes and leaves alone in it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::input::{SENTENCE, drc, said};

/// Builds a spec into `out`.
fn build(folder: &Path, spec: &str) -> std::process::Output {
    fs::write(folder.join("spec.drspec"), spec).unwrap();
    drc(folder, &["build", "spec.drspec", "--message-format", "short"])
}

/// Every file below a folder.
fn files(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found
}

/// Every folder with templates changes its every file, whether its new or its old name comes first.
#[test]
fn a_system_may_be_renamed() {
    let folder = tempfile::tempdir().unwrap();
    let named = |name: &str| format!("system {name}\n{SENTENCE}");
    for name in ["m", "z", "a"] {
        let output = build(folder.path(), &named(name));
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let other = tempfile::tempdir().unwrap();
        assert_eq!(build(other.path(), &named(name)).status.code(), Some(0));
        assert_eq!(files(&folder.path().join("out")), files(&other.path().join("out")));
    }
}
