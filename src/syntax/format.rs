//! The canonical layout of a file.
//!
//! An item that was written on one line and fits stays on one line; otherwise each clause has its
//! own, and those of a rule stand behind its schedule or are indented under it. Words and comments
//! are never changed: the result is read again, and refused if it holds other words or other comments
//! than the text did.

use std::collections::BTreeMap;
use std::ops::Range;

use pest::Parser as _;
use pest::iterators::Pair;

use super::clause::{self, Declaration, Part, Scope};
use super::rules::E9999;
use super::{Grammar, Production, layout};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, Sources, Span};

/// Longest line that is written, where the words allow it.
const WIDTH: usize = 100;

/// Indentation of a clause, and of what continues it.
const CLAUSE: usize = 2;
const CONTINUATION: usize = 4;

/// The file in its canonical layout; `None` when it has syntax errors, which are reported.
pub fn format(sources: &Sources, file: FileId, sink: &mut Diagnostics) -> Option<String> {
    let mut problems = Diagnostics::default();
    let _ = super::parse(sources, file, &mut problems);
    let failed = problems.has_errors();
    sink.append(problems);
    if failed {
        return None;
    }
    let text = sources.text(file);
    let formatted = lay_out(text);
    if contents(&formatted) != contents(text) || lay_out(&formatted) != formatted {
        sink.push(
            E9999
                .at(Span::new(file, 0, 0), "this file would not mean the same in the canonical layout")
                .help("it was left as it is; please report this as a defect of drc, with the file"),
        );
        return None;
    }
    Some(formatted)
}

/// Words and comments of each item, and comments between items: what formatting must not change.
fn contents(text: &str) -> Vec<String> {
    let items = layout::cut(text).items;
    let mut contents = Vec::new();
    let mut offset = 0;
    for item in &items {
        contents.extend(tokens(text, offset..item.start).into_iter().map(|token| token.text.to_owned()));
        contents.push("item".to_owned());
        contents.extend(tokens(text, item.clone()).into_iter().map(|token| token.text.to_owned()));
        contents.push("end".to_owned());
        offset = item.end;
    }
    contents.extend(tokens(text, offset..text.len()).into_iter().map(|token| token.text.to_owned()));
    contents
}

fn lay_out(text: &str) -> String {
    let mut out = String::new();
    let mut offset = 0;
    for item in layout::cut(text).items {
        let after_blank = comments_between(text, offset..item.start, &mut out);
        let rest = text.get(item.end..).unwrap_or("");
        let end = item.end + rest.find('\n').unwrap_or(rest.len());
        add(&mut out, after_blank, &write_item(text, item.start..end));
        offset = (end + 1).min(text.len());
    }
    comments_between(text, offset..text.len(), &mut out);
    out
}

/// Adds lines, with a blank line before them where one stood there, unless they are the first.
fn add(out: &mut String, after_blank: bool, lines: &str) {
    if after_blank && !out.is_empty() {
        out.push('\n');
    }
    out.push_str(lines);
}

/// Adds the comments of a range outside items; `true` when it ends with a blank line.
fn comments_between(text: &str, range: Range<usize>, out: &mut String) -> bool {
    let gap = text.get(range).unwrap_or("");
    let mut after_blank = false;
    for line in gap.lines() {
        let comment = line.trim();
        if !comment.is_empty() {
            // One that is indented belongs to the item above it.
            let indent = if line.starts_with([' ', '\t']) && !out.is_empty() { CLAUSE } else { 0 };
            add(out, after_blank, &format!("{}{comment}\n", " ".repeat(indent)));
        }
        after_blank = comment.is_empty();
    }
    after_blank
}

/// The words of a text on one line, without its comments.
pub(super) fn on_one_line(text: &str) -> String {
    let mut writer = Writer::default();
    for token in tokens(text, 0..text.len()) {
        if !matches!(token.kind, TokenKind::OwnComment | TokenKind::TrailingComment) {
            writer.token(&token);
        }
    }
    writer.out
}

/// A word, a quoted text, a comma, an equals sign or a comment.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    text: &'a str,
    start: usize,
    kind: TokenKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TokenKind {
    Word,
    Comma,
    Equals,
    /// A comment on a line of its own.
    OwnComment,
    /// A comment behind words.
    TrailingComment,
}

/// The tokens of a range, as the grammar cuts words.
fn tokens(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at = range.start;
    let mut line_has_words = false;
    while let Some(rest) = text.get(at..range.end).filter(|rest| !rest.is_empty()) {
        let (length, kind) = match rest.chars().next() {
            Some('\n') => {
                line_has_words = false;
                (1, None)
            }
            Some('#') if line_has_words => (until(rest, &['\n']), Some(TokenKind::TrailingComment)),
            Some('#') => (until(rest, &['\n']), Some(TokenKind::OwnComment)),
            Some(',') => (1, Some(TokenKind::Comma)),
            Some('=') => (1, Some(TokenKind::Equals)),
            Some('"') => (quoted(rest), Some(TokenKind::Word)),
            Some(' ' | '\t' | '\r') => (1, None),
            _ => (until(rest, &[' ', '\t', '\r', '\n', ',', '"', '#', '=']), Some(TokenKind::Word)),
        };
        if let (Some(kind), Some(word)) = (kind, rest.get(..length)) {
            line_has_words = true;
            tokens.push(Token { text: word.trim_end(), start: at, kind });
        }
        at += length.max(1);
    }
    tokens
}

/// Whether a word leads in a kind with its name, which stay on one line with it.
fn joins_kinds(token: &Token<'_>) -> bool {
    token.text == "and"
}

fn until(rest: &str, ends: &[char]) -> usize {
    rest.find(ends).unwrap_or(rest.len())
}

fn quoted(rest: &str) -> usize {
    rest.get(1..).and_then(|inner| inner.find(['"', '\n'])).map_or(rest.len(), |at| at + 2)
}

/// Where the clauses of an item begin, and how deep each is indented when it has its own line.
fn clause_starts(text: &str, range: &Range<usize>) -> BTreeMap<usize, usize> {
    let chunk = text.get(range.clone()).unwrap_or("");
    let Ok(mut pairs) = Grammar::parse(Production::item, chunk) else { return BTreeMap::new() };
    let item = pairs.next().and_then(|item| item.into_inner().next());
    let mut starts = BTreeMap::new();
    let (mut before, mut in_rule) = (None, false);
    for pair in item.into_iter().flat_map(Pair::into_inner) {
        let Some(clause) = clause::declared(pair.as_rule()) else { continue };
        in_rule = clause.production == Production::schedule || in_rule && clause.is_rule_option;
        if let Some(indent) = own_line(clause, before, in_rule) {
            starts.insert(range.start + pair.as_span().start(), indent);
        }
        before = Some(clause);
    }
    starts
}

/// The indentation of a clause on a line of its own; `None` when it goes on with the one before, or with the head.
fn own_line(clause: &Declaration, before: Option<&Declaration>, in_rule: bool) -> Option<usize> {
    let is_name = |clause: &Declaration| clause.parts == [Part::Names] && !clause.is_rule_option;
    let is_copy = |clause: &Declaration| clause.production == Production::to;
    if in_rule && clause.is_rule_option {
        // Behind a copy, another option would look like one of the copy's.
        return (is_copy(clause) || before.is_some_and(is_copy)).then_some(CONTINUATION);
    }
    // What a statement is called stands with what it backs up.
    let is_of_head = clause.scopes == [Scope::System] || clause.production == Production::called && before.is_none();
    let goes_on = is_of_head || is_name(clause) && before.is_some_and(is_name);
    (!goes_on).then_some(CLAUSE)
}

fn write_item(text: &str, range: Range<usize>) -> String {
    let tokens = tokens(text, range.clone());
    let is_own = |token: &Token<'_>| token.kind == TokenKind::OwnComment;
    let words: Vec<&Token<'_>> = tokens.iter().filter(|token| token.kind != TokenKind::TrailingComment).collect();
    let first = words.first().map_or(range.start, |token| token.start);
    let last = words.last().map_or(range.start, |token| token.start);
    let on_one_line = !text.get(first..last).unwrap_or("").contains('\n') && !tokens.iter().any(is_own);
    if on_one_line {
        let mut writer = Writer::default();
        for token in &tokens {
            writer.token(token);
        }
        let width = writer.out.split(" #").next().map_or(0, |line| line.chars().count());
        // On a line that is broken, an allowance would no longer be about the whole item.
        if width <= WIDTH || tokens.iter().any(|token| super::comment::asks(token.text)) {
            return writer.out + "\n";
        }
    }
    write_lines(&tokens, &clause_starts(text, &range))
}

/// Each clause on a line of its own, but for those that go on with the one before.
fn write_lines(tokens: &[Token<'_>], starts: &BTreeMap<usize, usize>) -> String {
    let mut writer = Writer::default();
    let mut glued = false;
    let is_joined = |index: usize| index.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(joins_kinds);
    for (index, token) in tokens.iter().enumerate() {
        if let Some(indent) = starts.get(&token.start) {
            writer.indent = *indent;
            writer.break_line();
        }
        if glued {
            glued = is_joined(index);
        } else {
            let words = if joins_kinds(token) {
                2
            } else {
                usize::from(["by", "called"].contains(&token.text) || clause::is_inner(token.text))
            };
            glued = words > 0;
            let behind = tokens.iter().skip(index + 1).take(words);
            let operand = behind.map(|next| next.text.chars().count() + 1).sum();
            writer.wrap(token, operand);
        }
        writer.token(token);
    }
    writer.out + "\n"
}

/// Writes tokens with the spaces between them.
#[derive(Default)]
struct Writer {
    out: String,
    /// Indentation of the current clause.
    indent: usize,
    /// Whether a comment has ended the line.
    ended: bool,
    after_equals: bool,
}

impl Writer {
    fn token(&mut self, token: &Token<'_>) {
        if self.ended && !matches!(token.kind, TokenKind::TrailingComment) {
            let indent = if self.out.is_empty() { CLAUSE } else { self.indent.max(CLAUSE) };
            self.new_line(indent);
        }
        match token.kind {
            TokenKind::Comma | TokenKind::Equals => {}
            TokenKind::TrailingComment => self.out.push_str("  "),
            TokenKind::OwnComment => {
                if !self.at_line_start() {
                    self.new_line(self.indent.max(CLAUSE));
                }
            }
            TokenKind::Word => {
                if !self.at_line_start() && !self.after_equals {
                    self.out.push(' ');
                }
            }
        }
        self.out.push_str(token.text);
        self.after_equals = token.kind == TokenKind::Equals;
        self.ended = matches!(token.kind, TokenKind::TrailingComment | TokenKind::OwnComment);
    }

    /// Breaks before a token that does not fit with its operand, which is so wide.
    fn wrap(&mut self, token: &Token<'_>, operand: usize) {
        let fits = self.line().chars().count() + token.text.chars().count() + operand < WIDTH;
        if token.kind == TokenKind::Word && !self.after_equals && !fits && !self.at_line_start() && !self.ended {
            self.new_line(self.indent + CONTINUATION);
        }
    }

    fn break_line(&mut self) {
        if !self.out.is_empty() && !self.at_line_start() {
            self.new_line(self.indent);
        }
    }

    /// The current line.
    fn line(&self) -> &str {
        self.out.rsplit('\n').next().unwrap_or("")
    }

    fn at_line_start(&self) -> bool {
        self.line().trim().is_empty()
    }

    fn new_line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.push_str(&" ".repeat(indent));
        self.ended = false;
    }
}
