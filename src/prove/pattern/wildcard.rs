//! Wildcards: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>

use super::Variable;

/// Whether case counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::prove) enum Case {
    Sensitive,
    Insensitive,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Char(char),
    /// `?`: any one character.
    One(Span),
    /// `*`: any characters, or none.
    Many(Span),
    Variable(Box<Variable>),
}

/// Which characters a wildcard takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// All.
    Text,
    /// All but the colon that ends a segment of an ARN.
    Segment,
}

pub(super) const COLON: Token = Token::Char(':');

impl Token {
    /// The one character that the token takes, if it takes but one.
    pub(super) const fn character(&self) -> Option<char> {
        match self {
            Self::Char(character) => Some(*character),
            Self::One(_) | Self::Many(_) | Self::Variable(_) => None,
        }
    }

    /// The token inside a segment of a resource.
    pub(super) fn confined(self) -> Self {
        match self {
            Self::One(_) => Self::One(Span::Segment),
            Self::Many(_) => Self::Many(Span::Segment),
            Self::Char(_) | Self::Variable(_) => self,
        }
    }

    /// The token at the end of a segment of a resource.
    pub(super) fn confined_before_colon(self) -> Self {
        match self {
            Self::Many(_) => self,
            Self::Char(_) | Self::One(_) | Self::Variable(_) => self.confined(),
        }
    }
}

/// A place in a pattern and a text.
#[derive(Clone)]
struct Position<'a> {
    tokens: &'a [Token],
    text: std::str::Chars<'a>,
}

/// Whether the whole text matches.
///
/// Going back to the last `*` suffices, since whatever an earlier one could take, the last can. A `*` that stays within
/// its segment cannot take a colon, so the last one that can is remembered beside it.
pub(super) fn matches(tokens: &[Token], text: &str, case: Case) -> bool {
    let mut at = Position { tokens, text: text.chars() };
    let (mut in_segment, mut in_text): (Option<Position<'_>>, Option<Position<'_>>) = (None, None);
    loop {
        match at.step(case) {
            Step::Done => return true,
            Step::On(next) => at = next,
            // At the end of the pattern it takes the rest.
            Step::Wildcard(Span::Text, after) if after.tokens.is_empty() => return true,
            Step::Wildcard(Span::Segment, after) => {
                in_segment = Some(after.clone());
                at = after;
            }
            Step::Wildcard(Span::Text, after) => {
                (in_segment, in_text) = (None, Some(after.clone()));
                at = after;
            }
            Step::Stuck => {
                let next = in_segment.take().and_then(|place| place.taking(Span::Segment));
                if let Some(next) = next {
                    in_segment = Some(next.clone());
                    at = next;
                } else if let Some(next) = in_text.take().and_then(|place| place.taking(Span::Text)) {
                    in_text = Some(next.clone());
                    at = next;
                } else {
                    return false;
                }
            }
        }
    }
}

enum Step<'a> {
    Done,
    On(Position<'a>),
    /// A `*`, with the place after it.
    Wildcard(Span, Position<'a>),
    Stuck,
}

impl<'a> Position<'a> {
    fn step(&self, case: Case) -> Step<'a> {
        let Some((token, tokens)) = self.tokens.split_first() else {
            return if self.text.as_str().is_empty() { Step::Done } else { Step::Stuck };
        };
        if let Token::Many(span) = token {
            return Step::Wildcard(*span, Self { tokens, text: self.text.clone() });
        }
        let mut text = self.text.clone();
        match text.next() {
            Some(character) if token.accepts(character, case) => Step::On(Self { tokens, text }),
            _ => Step::Stuck,
        }
    }

    /// The same place in the pattern after the `*` before it has taken one more character.
    fn taking(mut self, span: Span) -> Option<Self> {
        self.text.next().is_some_and(|character| span.takes(character)).then_some(self)
    }
}

impl Span {
    const fn takes(self, character: char) -> bool {
        match self {
            Self::Text => true,
            Self::Segment => character != ':',
        }
    }
}

impl Token {
    fn accepts(&self, character: char, case: Case) -> bool {
        match self {
            Self::Char(expected) => case.equal(*expected, character),
            Self::One(span) => span.takes(character),
            Self::Many(_) | Self::Variable(_) => false,
        }
    }
}

/// Whether the first characters differ in more than case, as far as that can be told at once.
fn begin_apart(left: &str, right: &str) -> bool {
    let first = left.bytes().next().zip(right.bytes().next());
    first.is_some_and(|(left, right)| left.is_ascii() && right.is_ascii() && !left.eq_ignore_ascii_case(&right))
}

impl Case {
    /// Whether two texts are the same, where that can be told byte by byte.
    pub(super) fn equals(self, left: &str, right: &str) -> Option<bool> {
        match self {
            Self::Sensitive => Some(left == right),
            Self::Insensitive if left.eq_ignore_ascii_case(right) => Some(true),
            Self::Insensitive if begin_apart(left, right) => Some(false),
            Self::Insensitive => (left.is_ascii() && right.is_ascii()).then_some(false),
        }
    }

    /// The text after a prefix.
    pub(super) fn strip_prefix<'a>(self, text: &'a str, prefix: &str) -> Option<&'a str> {
        if self == Self::Sensitive {
            return text.strip_prefix(prefix);
        }
        if let Some((start, rest)) = text.split_at_checked(prefix.len())
            && start.is_ascii()
            && prefix.is_ascii()
        {
            return start.eq_ignore_ascii_case(prefix).then_some(rest);
        }
        let mut rest = text.chars();
        let has_prefix = prefix.chars().all(|expected| rest.next().is_some_and(|next| self.equal(expected, next)));
        has_prefix.then_some(rest.as_str())
    }

    fn equal(self, left: char, right: char) -> bool {
        match self {
            Self::Sensitive => left == right,
            Self::Insensitive if left.is_ascii() && right.is_ascii() => left.eq_ignore_ascii_case(&right),
            Self::Insensitive => left.to_lowercase().eq(right.to_lowercase()),
        }
    }
}
