//! Texts of a policy with wildcards and policy variables, matched against texts of a call.
//!
//! - Wildcards: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
//! - Variables: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use memchr::{memchr, memchr3};

use super::request::Context;
use crate::policy::glob::{Case, Span, Token, matches};
use crate::policy::{Begins, Version};

/// A text of a policy, read once and matched often.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// The characters before the first wildcard or variable.
    literal: String,
    rest: Rest,
}

/// An ARN of an ARN condition: each of its six components is a pattern of its own.
#[derive(Clone, Debug)]
pub(super) enum ArnPattern {
    /// `*`.
    Any,
    /// Six components; any other number matches nothing.
    Components(Vec<Pattern>),
}

/// How two texts compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    /// The comparison is true.
    Holds,
    /// The comparison is false.
    Fails,
    /// There is nothing to compare: a variable where none may stand, or a text that is not of the operator's type.
    Impossible,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Variable {
    key: String,
    default: Option<String>,
}

/// What follows the first characters of a pattern.
#[derive(Clone, Debug)]
enum Rest {
    /// The same whatever the context.
    Tokens(Vec<Token>),
    /// What takes its variables' values from the context.
    Pieces(Vec<Piece>),
    /// A variable stands where IAM takes none.
    Misplaced,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Token(Token),
    Variable(Variable),
}

const COLON: Piece = Piece::Token(Token::Char(':'));

impl Comparison {
    /// The comparison of a text with several: it holds if it holds for one.
    pub(super) fn any(all: impl Iterator<Item = Self>) -> Self {
        let mut result = Self::Fails;
        for one in all {
            match one {
                Self::Holds => return Self::Holds,
                Self::Impossible => result = Self::Impossible,
                Self::Fails => {}
            }
        }
        result
    }
}

impl From<bool> for Comparison {
    fn from(holds: bool) -> Self {
        if holds { Self::Holds } else { Self::Fails }
    }
}

impl Pattern {
    /// A text in which `*` and `?` are wildcards.
    pub(super) fn wild(text: &str, version: Version) -> Self {
        let (literal, rest) = split_at_special(text);
        Self::of(literal, with_wildcards(rest, version))
    }

    /// A text in which `*` and `?` are themselves.
    pub(super) fn literal(text: &str, version: Version) -> Self {
        Self::of("", pieces(text, version, Token::Char))
    }

    /// A resource: a `*` reaches beyond a colon only where it ends its segment, and a variable stands only after the
    /// fifth colon.
    pub(super) fn resource(text: &str, version: Version) -> Self {
        let (literal, rest) = split_at_special(text);
        let mut pieces = with_wildcards(rest, version).into_iter().peekable();
        let mut confined = Vec::with_capacity(pieces.len());
        let (mut colons, mut is_misplaced) = (literal.bytes().filter(|byte| *byte == b':').count(), false);
        while let Some(piece) = pieces.next() {
            let ends_segment = pieces.peek().is_none_or(|next| *next == COLON);
            confined.push(match piece {
                Piece::Token(Token::Many(_)) if matches!(pieces.peek(), Some(Piece::Token(Token::Many(_)))) => continue,
                Piece::Token(Token::Many(_)) if !ends_segment => Piece::Token(Token::Many(Span::Segment)),
                Piece::Token(Token::One(_)) => Piece::Token(Token::One(Span::Segment)),
                Piece::Variable(_) => {
                    is_misplaced |= colons < 5;
                    piece
                }
                COLON => {
                    colons += 1;
                    COLON
                }
                Piece::Token(_) => piece,
            });
        }
        let pattern = Self::of(literal, confined);
        // It equals nothing, which is to be said of every text.
        if is_misplaced { Self { literal: String::new(), rest: Rest::Misplaced } } else { pattern }
    }

    /// A pattern that begins with these characters; more may be at the beginning of the pieces.
    fn of(literal: &str, pieces: Vec<Piece>) -> Self {
        let mut literal = literal.to_owned();
        literal.extend(pieces.iter().map_while(Piece::character));
        let pieces: Vec<Piece> = pieces.into_iter().skip_while(|piece| piece.character().is_some()).collect();
        let tokens: Option<Vec<Token>> = pieces.iter().map(Piece::token).collect();
        Self { literal, rest: tokens.map_or(Rest::Pieces(pieces), Rest::Tokens) }
    }

    /// Compares with a text of the call. A variable without value equals nothing, so that a negated comparison holds.
    pub(super) fn compare(&self, text: &str, case: Case, context: &Context) -> Comparison {
        let resolved;
        let tokens: &[Token] = match &self.rest {
            Rest::Misplaced => return Comparison::Impossible,
            Rest::Tokens(tokens) => tokens,
            Rest::Pieces(pieces) => match with_values(pieces, context) {
                Some(tokens) => {
                    resolved = tokens;
                    &resolved
                }
                None => return Comparison::Fails,
            },
        };
        let rest = case.strip_prefix(text, &self.literal);
        rest.is_some_and(|rest| matches(tokens.iter().copied(), rest, case)).into()
    }
}

impl Piece {
    fn token(&self) -> Option<Token> {
        match self {
            Self::Token(token) => Some(*token),
            Self::Variable(_) => None,
        }
    }

    /// The one character that it takes, if it takes but one.
    fn character(&self) -> Option<char> {
        match self {
            Self::Token(Token::Char(character)) => Some(*character),
            Self::Token(_) | Self::Variable(_) => None,
        }
    }
}

/// The pieces with every variable replaced by its value, in which `*` and `?` are themselves.
fn with_values(pieces: &[Piece], context: &Context) -> Option<Vec<Token>> {
    let mut tokens = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match piece {
            Piece::Token(token) => tokens.push(*token),
            Piece::Variable(variable) => tokens.extend(variable.value(context)?.chars().map(Token::Char)),
        }
    }
    Some(tokens)
}

impl Begins for Pattern {
    fn beginning(&self) -> &str {
        &self.literal
    }
}

impl ArnPattern {
    /// The ARN of an `Arn…` condition.
    pub(super) fn new(text: &str, version: Version) -> Self {
        if text == "*" {
            return Self::Any;
        }
        let pieces = with_wildcards(text, version);
        let parts = pieces.splitn(6, |piece| *piece == COLON);
        Self::Components(parts.map(|part| Pattern::of("", part.to_vec())).collect())
    }

    /// Compares with an ARN of the call, component by component.
    pub(super) fn compare(&self, arn: &str, context: &Context) -> Comparison {
        let Self::Components(patterns) = self else {
            return Comparison::Holds;
        };
        if patterns.len() != 6 || arn.splitn(6, ':').count() != 6 {
            return Comparison::Fails;
        }
        let mut compared = patterns.iter().zip(arn.splitn(6, ':'));
        let holds = |(pattern, component): (&Pattern, &str)| {
            pattern.compare(component, Case::Sensitive, context) == Comparison::Holds
        };
        compared.all(holds).into()
    }
}

impl Variable {
    /// The one value of the key, or the default; a key with several values is no variable.
    fn value<'a>(&'a self, context: &'a Context) -> Option<&'a str> {
        match context.get(&self.key) {
            [value] => Some(value),
            [] => self.default.as_deref(),
            _ => None,
        }
    }
}

/// The text before the first character that may be more than itself, and the rest.
fn split_at_special(text: &str) -> (&str, &str) {
    memchr3(b'*', b'?', b'$', text.as_bytes()).and_then(|at| text.split_at_checked(at)).unwrap_or((text, ""))
}

fn with_wildcards(text: &str, version: Version) -> Vec<Piece> {
    pieces(text, version, Token::wild)
}

/// Reads a text: the version of its policy decides whether it knows variables.
fn pieces(text: &str, version: Version, plain: impl Fn(char) -> Token) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(text.len());
    let plain = |character| Piece::Token(plain(character));
    let mut rest = text;
    while version == Version::V2012
        && let Some((before, name, after)) = split_at_variable(rest)
    {
        pieces.extend(before.chars().map(&plain));
        pieces.push(variable(name));
        rest = after;
    }
    pieces.extend(rest.chars().map(plain));
    pieces
}

/// The text before the first `${…}`, what stands in the braces, and the text after.
fn split_at_variable(text: &str) -> Option<(&str, &str, &str)> {
    // A search for one byte is much quicker than one for two, and most texts have no dollar.
    let rest = text.get(memchr(b'$', text.as_bytes())?..)?;
    let (_, rest) = rest.split_once("${")?;
    let (name, after) = rest.split_once('}')?;
    let before = text.get(..text.len() - rest.len() - 2)?;
    Some((before, name, after))
}

fn variable(name: &str) -> Piece {
    if let "*" | "?" | "$" = name {
        return Piece::Token(Token::Char(name.chars().next().unwrap_or('$')));
    }
    let (key, default) = name.split_once(',').map_or((name, None), |(key, default)| (key, Some(default.trim())));
    let unquoted = default.and_then(|text| text.strip_prefix('\'')?.strip_suffix('\''));
    Piece::Variable(Variable { key: key.trim().to_ascii_lowercase(), default: unquoted.map(str::to_owned) })
}
