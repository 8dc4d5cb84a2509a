//! Source texts and places in them.
//!
//! INVARIANT: a [`Span`] always lies inside the text of the file that it names; there is no empty
//! or missing place. Defaults of the language have a real place too: they are a source file like
//! any other.

use std::fmt;
use std::ops::Range;
use std::sync::LazyLock;

/// Names one text of a [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The language's own defaults, which every [`Sources`] has.
    pub(crate) const LANGUAGE: Self = Self(u32::MAX);
}

/// The name under which messages show the language's own defaults.
pub(crate) const LANGUAGE_DEFAULTS_NAME: &str = "<the language's defaults>";

/// The language's own defaults, written in the language.
static LANGUAGE_DEFAULTS: LazyLock<SourceFile> =
    LazyLock::new(|| SourceFile::new(LANGUAGE_DEFAULTS_NAME, include_bytes!("resolve/defaults.drspec").to_vec()));

/// A range of bytes in one source text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The text that the range lies in.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The smallest span that covers both; `self` when they lie in different files.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.file != other.file {
            return self;
        }
        Self { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The byte range, as renderers want it.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A value and where it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(change(self.node), self.span)
    }
}

/// One text: its name as the user gave it, and its lines.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: Vec<usize>,
    invalid_utf8_at: Option<u32>,
}

impl SourceFile {
    fn new(name: &str, mut bytes: Vec<u8>) -> Self {
        if bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        let (text, invalid_utf8_at) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let offset = u32::try_from(error.utf8_error().valid_up_to()).unwrap_or(u32::MAX);
                let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
                (text, Some(offset))
            }
        };
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { name: printable(name), text, line_starts, invalid_utf8_at }
    }

    /// The name that messages show: what would act on a terminal is escaped.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the first byte that is not UTF-8 stood, if there was one.
    pub fn invalid_utf8_at(&self) -> Option<u32> {
        self.invalid_utf8_at
    }

    /// Zero-based index of the line that holds the byte at `offset`.
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// Byte range of a line, its line break included; `None` behind the last line.
    pub fn line_range(&self, index: usize) -> Option<Range<usize>> {
        let start = *self.line_starts.get(index)?;
        let end = self.line_starts.get(index + 1).copied().unwrap_or(self.text.len());
        Some(start..end)
    }
}

/// Whether a character makes a terminal show another text than is there: it turns the direction of writing,
/// or ends a line that a program goes on reading.
///
/// Source: <https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters>.
pub(crate) fn deceives(character: char) -> bool {
    matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fff9}'..='\u{fffb}'
    )
}

/// A name as a terminal may show it: what would act on the terminal is escaped.
pub(crate) fn printable(name: &str) -> String {
    let mut shown = String::with_capacity(name.len());
    for character in name.chars() {
        if character.is_control() || deceives(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// What some editors write at the beginning of UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Every text of a compilation, and the language's own defaults.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a text, without a byte order mark, which is no part of its first line. Bytes that are not UTF-8 are replaced, and the place of the first is kept, so
    /// that the syntax phase can report it where it stands.
    pub fn add(&mut self, name: impl Into<String>, bytes: Vec<u8>) -> FileId {
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(SourceFile::new(&name.into(), bytes));
        id
    }

    /// The file that `id` names. Every `FileId` comes from [`Sources::add`] of the same value, but for that of the language.
    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        if id == FileId::LANGUAGE { Some(&LANGUAGE_DEFAULTS) } else { self.files.get(id.0 as usize) }
    }

    /// The text of the file that messages show under a name.
    pub fn named(&self, name: &str) -> Option<&str> {
        self.id(name).map(|id| self.text(id))
    }

    /// The file that messages show under a name.
    pub fn id(&self, name: &str) -> Option<FileId> {
        let index = self.files.iter().position(|file| file.name == name);
        let id = index.and_then(|index| u32::try_from(index).ok()).map(FileId);
        id.or((name == LANGUAGE_DEFAULTS_NAME).then_some(FileId::LANGUAGE))
    }

    /// The text of a file; empty for an id of another `Sources`.
    pub fn text(&self, id: FileId) -> &str {
        self.file(id).map_or("", SourceFile::text)
    }

    /// The text that a span covers.
    pub fn snippet(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or("")
    }

    /// Name, one-based line and one-based column (in characters) of an offset.
    pub fn position(&self, file: FileId, offset: u32) -> (&str, usize, usize) {
        let Some(source) = self.file(file) else {
            return ("", 1, 1);
        };
        let line = source.line_index(offset as usize);
        let start = source.line_range(line).map_or(0, |range| range.start);
        let column = source.text.get(start..offset as usize).map_or(0, |before| before.chars().count());
        (&source.name, line + 1, column + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn names_cannot_act_on_a_terminal() {
        assert_eq!(printable("支払い/a b.drspec"), "支払い/a b.drspec");
        assert_eq!(printable("a\u{1b}[2Jb\r\n\u{202e}c"), "a\\u{1b}[2Jb\\u{d}\\u{a}\\u{202e}c");
    }
}
