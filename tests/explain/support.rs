//! The specs that explanations are tested on, and how they are compiled.

use std::path::{Path, PathBuf};

use drc::Compiled;
use drc::emit::Format;
use drc::source::Sources;

/// The instant that coming dates are counted from.
const NOW: &str = "2026-12-03T05:37:00Z";

/// A compiled spec, with the name that its expectations go by.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) sources: Sources,
    pub(crate) compiled: Compiled,
    pub(crate) format: Format,
}

impl Case {
    pub(crate) fn input(&self) -> drc::explain::Input<'_> {
        drc::explain::Input::new(&self.sources, &self.compiled, self.format)
    }
}

/// What is written, as one text.
pub(crate) fn written(write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Compiles one text.
pub(crate) fn case(name: &str, text: &str, format: Format) -> Case {
    let mut sources = Sources::default();
    let file = sources.add(format!("{name}.drspec"), text.as_bytes().to_vec());
    let compiled = drc::compile(&mut sources, &[file], format, NOW.parse().unwrap());
    let findings = drc::diagnostic::short::render(&compiled.diagnostics, &sources);
    assert!(!compiled.diagnostics.has_errors(), "{name}: {findings}");
    Case { name: name.to_owned(), sources, compiled, format }
}

/// Compiles one file.
pub(crate) fn file(path: &Path) -> Case {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    case(&name, &std::fs::read_to_string(path).unwrap(), Format::Yaml)
}

/// The specs of a folder, in the order of their names.
pub(crate) fn specs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut specs: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ext| ext == "drspec")).collect();
    specs.sort();
    specs
}

/// A statement whose policy is too long for one document.
pub(crate) fn long_policy() -> Case {
    let names: Vec<String> = (0..60).map(|number| format!("a-cluster-of-the-shop-{number:03}")).collect();
    let text = format!(
        "backup cluster {}\n  from ap-northeast-1 to ap-northeast-3\n  plan many-plan daily 01:00 JST keep 7d\n",
        names.join(", ")
    );
    case("many", &text, Format::Yaml)
}

/// The specs that people copy, and those that show what these leave out.
pub(crate) fn cases() -> Vec<Case> {
    let paths = specs("specs".as_ref()).into_iter().chain(specs("tests/explain".as_ref()));
    let mut cases: Vec<Case> = paths.map(|path| file(&path)).collect();
    cases.push(long_policy());
    cases
}

/// Those, and every spec that a build is tested with.
pub(crate) fn every_case() -> Vec<Case> {
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir("tests/build").unwrap().map(|entry| entry.unwrap().path()).collect();
    // A folder without specs of its own builds one that people copy.
    folders.retain(|path| path.is_dir() && !specs(path).is_empty());
    folders.sort();
    let built = folders.iter().map(|folder| {
        let mut sources = Sources::default();
        let files: Vec<_> = specs(folder)
            .iter()
            .map(|path| sources.add(path.file_name().unwrap().to_string_lossy(), std::fs::read(path).unwrap()))
            .collect();
        let compiled = drc::compile(&mut sources, &files, Format::Yaml, NOW.parse().unwrap());
        assert!(!compiled.stacks.is_empty(), "{folder:?}");
        Case { name: folder.display().to_string(), sources, compiled, format: Format::Yaml }
    });
    let ends = specs("tests/e2e/specs".as_ref()).into_iter().map(|path| file(&path));
    cases().into_iter().chain(built).chain(ends).collect()
}
