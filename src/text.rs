//! What is said in English and Japanese: the one way to do it, in which neither can be forgotten.

pub(crate) mod github;
pub(crate) mod html;
pub(crate) mod shell;
pub(crate) mod wrap;

use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr as _;

/// A language that results are written in. Diagnostics are English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// The language of a locale's name, such as `ja_JP.UTF-8`: Japanese if it says so.
    pub fn of_locale(name: &str) -> Self {
        let language = name.split(['_', '.', '@', '-']).next().unwrap_or("");
        if language.eq_ignore_ascii_case("ja") { Self::Japanese } else { Self::English }
    }

    /// The code of the language.
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// One of two texts.
    pub fn say<T>(self, english: T, japanese: T) -> T {
        match self {
            Self::English => english,
            Self::Japanese => japanese,
        }
    }

    /// The sentence in this language.
    pub const fn pick(self, sentence: Sentence) -> &'static str {
        match self {
            Self::English => sentence.en,
            Self::Japanese => sentence.ja,
        }
    }

    /// Several things in one sentence, each once.
    pub fn list<T: AsRef<str>>(self, items: &[T]) -> String {
        let mut known = BTreeSet::new();
        let items: Vec<&str> = items.iter().map(AsRef::as_ref).filter(|item| known.insert(*item)).collect();
        items.join(self.say(", ", "、"))
    }

    /// So many of several things in one sentence, and how many more there are.
    pub fn first<T: AsRef<str>>(self, count: usize, items: &[T]) -> String {
        let told = self.list(items.get(..count).unwrap_or(items));
        match items.len().saturating_sub(count) {
            0 => told,
            more => self.say(format!("{told} and {more} more"), format!("{told} ほか {more} 件")),
        }
    }
}

/// A sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sentence {
    /// English.
    pub en: &'static str,
    /// Japanese.
    pub ja: &'static str,
}

impl Sentence {
    /// Puts the two together.
    pub const fn new(en: &'static str, ja: &'static str) -> Self {
        Self { en, ja }
    }
}

/// A text with values in it, in both languages: there is no way to make one without the other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// English.
    pub en: String,
    /// Japanese.
    pub ja: String,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, language: Language) -> &str {
        language.say(&self.en, &self.ja)
    }
}

impl Text {
    /// Several things in one sentence.
    pub fn list(items: &[Self]) -> Self {
        let list = |language: Language| language.list(&items.iter().map(|item| item.get(language)).collect::<Vec<_>>());
        Self { en: list(Language::English), ja: list(Language::Japanese) }
    }

    /// Several things in one sentence, which both languages call the same.
    pub(crate) fn listed(items: &[String]) -> Self {
        Self { en: Language::English.list(items), ja: Language::Japanese.list(items) }
    }

    /// Several things in one sentence, of which one is meant.
    pub(crate) fn either(items: &[Self]) -> Self {
        let mut known = BTreeSet::new();
        let items: Vec<&Self> = items.iter().filter(|item| known.insert(*item)).collect();
        let either = |language: Language| {
            let items: Vec<&str> = items.iter().map(|item| item.get(language)).collect();
            items.join(language.say(" or ", " または "))
        };
        Self { en: either(Language::English), ja: either(Language::Japanese) }
    }
}

impl From<Sentence> for Text {
    fn from(sentence: Sentence) -> Self {
        Self { en: sentence.en.to_owned(), ja: sentence.ja.to_owned() }
    }
}

/// A [`Text`] from two format strings that take the same values from where they stand.
macro_rules! say {
    ($en:literal, $ja:literal $(, $value:expr)* $(,)?) => {
        $crate::text::Text {
            en: format_args!($en $(, $value)*).to_string(),
            ja: format_args!($ja $(, $value)*).to_string(),
        }
    };
}
pub(crate) use say;

/// How two files of a path differ, as `diff -u` writes it; a file that is not there is `/dev/null`.
pub(crate) fn unified_diff(path: &str, old: Option<&str>, new: Option<&str>) -> String {
    let name = |side: &str, there: bool| if there { format!("{side}/{path}") } else { "/dev/null".to_owned() };
    similar::TextDiff::from_lines(old.unwrap_or_default(), new.unwrap_or_default())
        .unified_diff()
        .header(&name("a", old.is_some()), &name("b", new.is_some()))
        .to_string()
}

/// How wide what people read may be, in columns of their terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Columns {
    /// Of prose, which is broken into lines.
    pub prose: usize,
    /// Of a table, which becomes a list where it is wider.
    pub table: usize,
}

impl Columns {
    /// Of a terminal so wide.
    pub const fn of_terminal(width: usize) -> Self {
        Self { prose: width, table: width }
    }

    /// Where there is no terminal: tables stay tables, however wide, for whatever reads them.
    pub const UNSEEN: Self = Self { prose: 100, table: usize::MAX };
}

/// A cell with blanks behind it up to a width in columns of a terminal, of which a Japanese
/// character takes two.
pub(crate) fn padded(cell: &str, width: usize) -> String {
    format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width())))
}

/// A table, of which the first row is over the others, or, where that is wider than so many columns, each of the others as
/// a list beside the first.
pub(crate) fn table(rows: &[Vec<String>], columns: usize) -> String {
    let table = aligned(rows);
    let Some((head, rows)) = rows.split_first().filter(|_| table.lines().any(|line| line.width() > columns)) else {
        return table;
    };
    let list = |row: &Vec<String>| {
        let pairs: Vec<Vec<String>> =
            head.iter().zip(row).map(|(name, cell)| vec![name.clone(), cell.clone()]).collect();
        wrap::paragraphs(&aligned(&pairs), columns)
    };
    rows.iter().map(list).collect::<Vec<_>>().join("\n")
}

/// Rows as lines whose columns are as wide as their widest cell.
fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &Vec<String>| {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, width)| padded(cell, *width)).collect();
        format!("  {}", cells.join("  ")).trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}
