//! Texts of a policy with wildcards and policy variables, matched against texts of a call.
//!
//! - Wildcards: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>
//! - Variables: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

mod wildcard;

pub(super) use wildcard::Case;

use super::request::Context;
use crate::policy::{Begins, Version};
use memchr::{memchr, memchr3};
use std::borrow::Cow;
use wildcard::{COLON, Span, Token, matches};

/// A text of a policy, read once and matched often.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    /// The characters before the first wildcard or variable.
    literal: String,
    /// What follows them.
    tokens: Cow<'static, [Token]>,
    variables: Variables,
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

/// What a pattern needs of the context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variables {
    None,
    Allowed,
    /// A variable stands where IAM takes none.
    Misplaced,
}

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
        Self::of("", tokens(text, version, Token::Char))
    }

    /// A resource: a `*` reaches beyond a colon only where it ends its segment, and a variable stands only after the
    /// fifth colon.
    pub(super) fn resource(text: &str, version: Version) -> Self {
        let (literal, rest) = split_at_special(text);
        // Most resources are whole or a beginning.
        match rest {
            "" => return Self::without_variables(literal, &[]),
            "*" => return Self::without_variables(literal, &[Token::Many(Span::Text)]),
            _ => {}
        }
        let mut tokens = with_wildcards(rest, version).into_iter().peekable();
        let mut confined = Vec::with_capacity(tokens.len());
        let (mut colons, mut misplaced) = (literal.bytes().filter(|byte| *byte == b':').count(), false);
        while let Some(token) = tokens.next() {
            match token {
                Token::Many(_) if tokens.peek() == Some(&Token::Many(Span::Text)) => continue,
                Token::Variable(_) => misplaced |= colons < 5,
                COLON => colons += 1,
                Token::Char(_) | Token::One(_) | Token::Many(_) => {}
            }
            let ends_segment = tokens.peek().is_none_or(|next| *next == COLON);
            confined.push(if ends_segment { token.confined_before_colon() } else { token.confined() });
        }
        let pattern = Self::of(literal, confined);
        if misplaced { Self { variables: Variables::Misplaced, ..pattern } } else { pattern }
    }

    fn without_variables(literal: &str, tokens: &'static [Token]) -> Self {
        Self { literal: literal.to_owned(), tokens: Cow::Borrowed(tokens), variables: Variables::None }
    }

    /// A pattern that begins with these characters; more may be at the beginning of the tokens.
    fn of(literal: &str, tokens: Vec<Token>) -> Self {
        let has_variable = tokens.iter().any(|token| matches!(token, Token::Variable(_)));
        let variables = if has_variable { Variables::Allowed } else { Variables::None };
        let mut literal = literal.to_owned();
        literal.extend(tokens.iter().map_while(Token::character));
        let tokens = tokens.into_iter().skip_while(|token| token.character().is_some()).collect();
        Self { literal, tokens, variables }
    }

    /// Compares with a text of the call. A variable without value equals nothing, so that a negated comparison holds.
    pub(super) fn compare(&self, text: &str, case: Case, context: &Context) -> Comparison {
        if self.variables == Variables::Misplaced {
            return Comparison::Impossible;
        }
        let Some(tokens) = self.resolved(context) else { return Comparison::Fails };
        if tokens.is_empty()
            && let Some(equal) = case.equals(text, &self.literal)
        {
            return equal.into();
        }
        let rest = case.strip_prefix(text, &self.literal);
        rest.is_some_and(|rest| matches(&tokens, rest, case)).into()
    }

    /// The tokens with every variable replaced by its value, in which `*` and `?` are themselves.
    fn resolved(&self, context: &Context) -> Option<Cow<'_, [Token]>> {
        if self.variables == Variables::None {
            return Some(Cow::Borrowed(&self.tokens));
        }
        let mut tokens = Vec::with_capacity(self.tokens.len());
        for token in &*self.tokens {
            if let Token::Variable(variable) = token {
                tokens.extend(variable.value(context)?.chars().map(Token::Char));
            } else {
                tokens.push(token.clone());
            }
        }
        Some(Cow::Owned(tokens))
    }
}

impl Begins for Pattern {
    fn beginning(&self) -> &str {
        &self.literal
    }
}

impl ArnPattern {
    /// The ARN of an `Arn…` condition.
    pub(super) fn new(text: &str, version: Version) -> Self {
        let tokens = with_wildcards(text, version);
        if tokens == [Token::Many(Span::Text)] {
            return Self::Any;
        }
        let parts = tokens.splitn(6, |token| *token == COLON);
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

fn with_wildcards(text: &str, version: Version) -> Vec<Token> {
    tokens(text, version, |character| match character {
        '*' => Token::Many(Span::Text),
        '?' => Token::One(Span::Text),
        other => Token::Char(other),
    })
}

/// Reads a text: the version of its policy decides whether it knows variables.
fn tokens(text: &str, version: Version, plain: impl Fn(char) -> Token) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len());
    let mut rest = text;
    while version == Version::V2012
        && let Some((before, name, after)) = split_at_variable(rest)
    {
        tokens.extend(before.chars().map(&plain));
        tokens.push(variable(name));
        rest = after;
    }
    tokens.extend(rest.chars().map(plain));
    tokens
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

fn variable(name: &str) -> Token {
    match name {
        "*" => return Token::Char('*'),
        "?" => return Token::Char('?'),
        "$" => return Token::Char('$'),
        _ => {}
    }
    let (key, default) = name.split_once(',').map_or((name, None), |(key, default)| (key, Some(default.trim())));
    let unquoted = default.and_then(|text| text.strip_prefix('\'')?.strip_suffix('\''));
    Token::Variable(Box::new(Variable { key: key.trim().to_ascii_lowercase(), default: unquoted.map(str::to_owned) }))
}
