//! The specs that the benchmarks compile, and the floor that they are held against.

use drc::emit::Format;
use drc::lower::Stack;
use drc::source::{FileId, Sources};
use pest::Parser as _;

mod grammar {
    /// pest's own parser of the language, without what drc adds to it.
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/drspec.pest"]
    pub(crate) struct Grammar;
}

/// The sentence of the README.
pub(crate) const ONE_LINE: &str = include_str!("../specs/mydb.drspec");

/// Specs that are one compilation: a name and a text each.
#[derive(Clone)]
pub(crate) struct Case {
    /// How many statements there are in all files together.
    pub(crate) statements: usize,
    /// The name and the text of each file.
    pub(crate) files: Vec<(String, String)>,
}

impl Case {
    /// One line, one system, four stacks.
    pub(crate) fn one_line() -> Self {
        let files = vec![("mydb.drspec".to_owned(), ONE_LINE.to_owned())];
        Self { statements: 1, files }
    }

    /// A file, a system and four stacks for each statement.
    pub(crate) fn systems(count: usize) -> Self {
        let files = (0..count).map(|index| (format!("system-{index:05}.drspec"), statement(index))).collect();
        Self { statements: count, files }
    }

    /// One system with a stack for each statement.
    pub(crate) fn statements(count: usize) -> Self {
        let statements: String = (0..count).map(statement).collect();
        let text = format!("system fleet stacks per statement\n{statements}");
        let files = vec![("fleet.drspec".to_owned(), text)];
        Self { statements: count, files }
    }

    /// One statement of many clusters, each of which the role's policy names.
    pub(crate) fn clusters(count: usize) -> Self {
        let names: Vec<String> = (0..count).map(|index| format!("db-{index:05}")).collect();
        Self::spec(1, ONE_LINE.replace("mydb", &names.join(",\n  ")))
    }

    /// A spec of one file.
    pub(crate) fn spec(count: usize, text: String) -> Self {
        Self { statements: count, files: vec![("case.drspec".to_owned(), text)] }
    }

    /// The texts, as a compilation wants them.
    pub(crate) fn sources(&self) -> (Sources, Vec<FileId>) {
        let mut sources = Sources::default();
        let files =
            self.files.iter().map(|(name, text)| sources.add(name.clone(), text.clone().into_bytes())).collect();
        (sources, files)
    }

    /// The whole compilation in memory.
    pub(crate) fn compile(&self) -> drc::Compiled {
        let (sources, files) = self.sources();
        drc::compile(&sources, &files, Format::Yaml, drc::time::zone::REFERENCE)
    }

    /// pest's parse of every item of every text; gives the bytes that were read, so that it is done.
    pub(crate) fn parse_floor(&self) -> usize {
        self.items().map(parse).sum()
    }

    /// The items of every text; each is one line.
    pub(crate) fn items(&self) -> impl Iterator<Item = &str> {
        self.files.iter().flat_map(|(_, text)| text.lines()).filter(|line| !line.is_empty())
    }
}

/// `serde_yaml`'s writing of every template; gives the number of bytes, so that it is done.
pub(crate) fn write_floor(stacks: &[Stack]) -> usize {
    stacks.iter().map(|stack| serde_yaml::to_string(&stack.template).map_or(0, |text| text.len())).sum()
}

/// The sentence of one of many clusters.
pub(crate) fn statement(index: usize) -> String {
    let (hour, minute, days) = (index % 24, index * 7 % 60, 1 + index % 30);
    format!(
        "backup cluster db-{index:05} from ap-northeast-1 to ap-northeast-3 daily {hour:02}:{minute:02} JST keep {days}d\n"
    )
}

/// pest's parse of one item; drc's work begins where the pairs are walked.
pub(crate) fn parse(item: &str) -> usize {
    grammar::Grammar::parse(grammar::Rule::item, item).map_or(0, |pairs| pairs.as_str().len())
}
