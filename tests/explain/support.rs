//! The specs that explanations are tested on, and how they are compiled.

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

use drc::Compiled;
use drc::emit::Format;
use drc::explain::{Language, explain, html, markdown};
use drc::source::Sources;

/// The instant that coming dates are counted from.
const NOW: &str = "2026-12-03T05:37:00Z";

/// A compiled spec, with the name that its expectations go by.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) sources: Sources,
    pub(crate) compiled: Compiled,
    pub(crate) format: Format,
    pages: [OnceLock<String>; 2],
    documents: [OnceLock<String>; 2],
}

impl Case {
    pub(crate) fn input(&self) -> drc::explain::Input<'_> {
        drc::explain::Input::new(&self.sources, &self.compiled, self.format)
    }

    fn new(name: String, sources: Sources, compiled: Compiled, format: Format) -> Self {
        Self { name, sources, compiled, format, pages: Default::default(), documents: Default::default() }
    }

    /// The explanation as HTML, written once for all tests.
    pub(crate) fn page(&self, language: Language) -> &str {
        let input = self.input();
        let page = || written(|out| html::write(&input, &explain(&input, language), out));
        self.pages[usize::from(language == Language::Japanese)].get_or_init(page)
    }

    /// The explanation as Markdown, written once for all tests.
    pub(crate) fn document(&self, language: Language) -> &str {
        let document = || written(|out| markdown::write(&explain(&self.input(), language), out));
        self.documents[usize::from(language == Language::Japanese)].get_or_init(document)
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
    let compiled = drc::compile(&sources, &[file], format, NOW.parse().unwrap());
    let findings = drc::diagnostic::short::render(&compiled.diagnostics, &sources);
    assert!(!compiled.diagnostics.has_errors(), "{name}: {findings}");
    Case::new(name.to_owned(), sources, compiled, format)
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

/// The specs that people copy, and those that show what these leave out, compiled once for all tests.
pub(crate) fn cases() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(|| {
        let paths = specs("specs".as_ref()).into_iter().chain(specs("tests/explain".as_ref()));
        paths.map(|path| file(&path)).chain([long_policy()]).collect()
    });
    &CASES
}

/// Those, and every spec that a build is tested with.
pub(crate) fn every_case() -> impl Iterator<Item = &'static Case> {
    static BUILT: LazyLock<Vec<Case>> = LazyLock::new(built);
    cases().iter().chain(BUILT.iter())
}

fn built() -> Vec<Case> {
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
        let compiled = drc::compile(&sources, &files, Format::Yaml, NOW.parse().unwrap());
        assert!(!compiled.stacks.is_empty(), "{folder:?}");
        Case::new(folder.display().to_string(), sources, compiled, Format::Yaml)
    });
    let ends = specs("tests/e2e/specs".as_ref()).into_iter().map(|path| file(&path));
    built.chain(ends).collect()
}
