//! The words of a spec: which clause each belongs to.

use std::ops::Range;

use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Sources, Span};
use crate::syntax;
use crate::syntax::ast::{Head, Item, Operand};

/// What a word of a spec belongs to: the innermost clause around it, or the beginning of an item, without the
/// clauses within it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Name of the file.
    pub file: String,
    /// The words themselves, on one line.
    pub text: String,
    /// Lines and columns from the first character to that behind the last, both counted from one.
    within: Range<(usize, usize)>,
    /// Those of the clauses within it.
    inner: Vec<Range<(usize, usize)>>,
}

impl Words {
    /// Whether a character stands in it and in no clause within it.
    pub(super) fn own(&self, line: usize, column: usize) -> bool {
        self.cover(line, column) && !self.inner.iter().any(|inner| inner.contains(&(line, column)))
    }

    /// Whether a character stands in it or in a clause within it.
    pub(super) fn cover(&self, line: usize, column: usize) -> bool {
        self.within.contains(&(line, column))
    }

    /// Whether any of it, or of a clause within it, stands on a line.
    pub fn is_on(&self, line: usize) -> bool {
        (self.within.start.0..=self.within.end.0).contains(&line)
    }

    /// Line and column of its first character.
    pub fn begin(&self) -> (usize, usize) {
        self.within.start
    }
}

/// There is no word at a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoWord {
    /// The line ends before: at this column.
    Behind(usize),
    /// White space.
    Space,
    /// A comment.
    Comment,
}

/// What the word at a line and a column belongs to, both counted from one.
///
/// # Errors
///
/// When there is no word.
pub fn words_at(sources: &Sources, file: FileId, line: usize, column: usize) -> Result<Words, NoWord> {
    let text = sources.text(file);
    let range = sources.file(file).and_then(|file| file.line_range(line.saturating_sub(1))).unwrap_or_default();
    let content = text.get(range.clone()).unwrap_or("").trim_end();
    let last = content.chars().count();
    let Some((index, _)) = content.char_indices().nth(column.saturating_sub(1)) else {
        return Err(NoWord::Behind(last));
    };
    let offset = range.start + index;
    let is_word = tokens(text).iter().any(|token| token.contains(&offset));
    if let Some(words) = all(sources, file).into_iter().find(|words| is_word && words.own(line, column)) {
        return Ok(words);
    }
    // A comment is what follows the last word of its line.
    let ends = tokens(text).into_iter().filter(|token| range.contains(&token.start)).map(|token| token.end);
    let end = ends.max().unwrap_or(range.start);
    let comment = text.get(end..range.end).and_then(|rest| rest.find('#')).map(|at| end + at);
    Err(if comment.is_some_and(|comment| comment <= offset) { NoWord::Comment } else { NoWord::Space })
}

/// Everything that words of a file belong to, in their order.
pub fn words_of(sources: &Sources, file: FileId) -> Vec<Words> {
    let mut words = all(sources, file);
    words.sort_by_key(Words::begin);
    words
}

/// The same, clauses after what stands in them.
fn all(sources: &Sources, file: FileId) -> Vec<Words> {
    let text = sources.text(file);
    let tokens = tokens(text);
    let parsed = syntax::parse(sources, file, &mut Diagnostics::default());
    let position = |offset| {
        let (name, line, column) = sources.position(file, offset);
        (name.to_owned(), (line, column))
    };
    let words = |(span, inner): (Span, Vec<Span>)| {
        let is_own = |token: &&Range<usize>| {
            let holds = |span: &Span| span.range().contains(&token.start);
            holds(&span) && !inner.iter().any(holds)
        };
        let own: Vec<&str> = tokens.iter().filter(is_own).filter_map(|token| text.get(token.clone())).collect();
        let places = |span: &Span| position(span.start).1..position(span.end).1;
        Words {
            file: position(span.start).0,
            text: own.join(" "),
            within: places(&span),
            inner: inner.iter().map(places).collect(),
        }
    };
    parsed.items.iter().flat_map(of_item).map(words).collect()
}

/// The beginning of an item and its clauses, each with the clauses within it.
fn of_item(item: &Item) -> Vec<(Span, Vec<Span>)> {
    let keyword = item.keyword;
    let named = |operand: &Operand| operand.as_ref().map_or(keyword, |operand| keyword.to(operand.span));
    let mut spans = match &item.head {
        Head::System(name) | Head::Account(name) | Head::Key(name) => vec![(named(name), Vec::new())],
        Head::Defaults => vec![(keyword, Vec::new())],
        Head::Backup(groups) => {
            let words = groups
                .iter()
                .flat_map(|group| std::iter::once(group.kind.span).chain(group.names.iter().map(|name| name.span)));
            let target = words.reduce(Span::to).map(|target| (target, Vec::new()));
            [(keyword, Vec::new())].into_iter().chain(target).collect()
        }
    };
    for clause in &item.clauses {
        spans.extend(clause.inner.iter().map(|inner| (*inner, Vec::new())));
        spans.push((clause.span, clause.inner.clone()));
    }
    spans
}

/// Where each word of a text stands: white space parts them outside quotes, and comments are none.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let (mut begin, mut is_quoted, mut is_comment) = (None, false, false);
    for (index, character) in text.char_indices() {
        match character {
            '\n' => (is_quoted, is_comment) = (false, false),
            '"' if !is_comment => is_quoted = !is_quoted,
            '#' if !is_quoted => is_comment = true,
            _ => {}
        }
        let is_word = !is_comment && (is_quoted || !character.is_whitespace());
        if is_word {
            begin = begin.or(Some(index));
        } else {
            tokens.extend(begin.take().map(|begin| begin..index));
        }
    }
    tokens.extend(begin.map(|begin| begin..text.len()));
    tokens
}

#[cfg(test)]
mod tests {
    use super::tokens;

    #[test]
    fn quotes_hold_words_together_and_comments_are_none() {
        let text = "cron \"0 1 # *\" JST # at \"night\n  keep 1d";
        let words: Vec<&str> = tokens(text).into_iter().filter_map(|token| text.get(token)).collect();
        assert_eq!(words, ["cron", "\"0 1 # *\"", "JST", "keep", "1d"]);
    }
}
