//! Patterns of `*` and `?`: whether one matches a text, and whether one covers another.
//!
//! Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html>.

use std::str::Chars;

/// Whether case counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// It does.
    Sensitive,
    /// It does not.
    Insensitive,
}

/// One symbol of a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// A character that stands for itself.
    Char(char),
    /// `?`: any one character.
    One(Span),
    /// `*`: any characters, or none.
    Many(Span),
}

/// Which characters a wildcard takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// All.
    Text,
    /// All but the colon that ends a segment of an ARN.
    Segment,
    /// All of a text that is a pattern itself, but for a `*`, which may be many characters.
    Symbol,
}

impl Token {
    /// What a character of a pattern stands for.
    pub const fn wild(character: char) -> Self {
        match character {
            '*' => Self::Many(Span::Text),
            '?' => Self::One(Span::Text),
            other => Self::Char(other),
        }
    }
}

/// Whether `wider` matches every text that `narrower` matches; a text without wildcards is a pattern too.
///
/// Exact for patterns without `**`: what is said to be covered is covered.
pub fn includes(wider: &str, narrower: &str) -> bool {
    let symbol = |character| if character == '?' { Token::One(Span::Symbol) } else { Token::wild(character) };
    matches(wider.chars().map(symbol), narrower, Case::Sensitive)
}

/// A place in a pattern and a text.
#[derive(Clone)]
struct Position<'t, T> {
    tokens: T,
    text: Chars<'t>,
}

/// Whether the whole text matches.
///
/// Going back to the last `*` suffices, since whatever an earlier one could take, the last can. A `*` that stays within
/// its segment cannot take a colon, so the last one that can is remembered beside it.
pub fn matches(tokens: impl Iterator<Item = Token> + Clone, text: &str, case: Case) -> bool {
    let mut at = Position { tokens, text: text.chars() };
    let (mut in_segment, mut in_text) = (None::<Position<'_, _>>, None::<Position<'_, _>>);
    loop {
        match at.step(case) {
            Step::Done => return true,
            Step::On(next) => at = next,
            Step::Wildcard(Span::Segment, after) => {
                in_segment = Some(after.clone());
                at = after;
            }
            // At the end of the pattern it takes the rest.
            Step::Wildcard(Span::Text | Span::Symbol, after) if after.tokens.clone().next().is_none() => return true,
            Step::Wildcard(Span::Text | Span::Symbol, after) => {
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

enum Step<P> {
    Done,
    On(P),
    /// A `*`, with the place after it.
    Wildcard(Span, P),
    Stuck,
}

impl<T: Iterator<Item = Token> + Clone> Position<'_, T> {
    fn step(&self, case: Case) -> Step<Self> {
        let Self { mut tokens, mut text } = self.clone();
        match (tokens.next(), text.next()) {
            (None, None) => Step::Done,
            (Some(Token::Many(span)), _) => Step::Wildcard(span, Self { tokens, text: self.text.clone() }),
            (Some(token), Some(character)) if token.accepts(character, case) => Step::On(Self { tokens, text }),
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
            Self::Symbol => character != '*',
        }
    }
}

impl Token {
    fn accepts(self, character: char, case: Case) -> bool {
        match self {
            Self::Char(expected) => case.equal(expected, character),
            Self::One(span) => span.takes(character),
            Self::Many(_) => false,
        }
    }
}

impl Case {
    /// The text after a prefix.
    pub fn strip_prefix<'a>(self, text: &'a str, prefix: &str) -> Option<&'a str> {
        if self == Self::Sensitive {
            return text.strip_prefix(prefix);
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

#[cfg(test)]
mod tests {
    use super::includes;

    #[test]
    fn patterns_cover_patterns() {
        for (wider, narrower) in
            [("*", ""), ("a*", "a*b"), ("*b", "a*b"), ("a?", "ab"), ("a?*", "ab*"), ("a*b*c", "axbybc"), ("a", "a")]
        {
            assert!(includes(wider, narrower), "{wider} {narrower}");
        }
        for (wider, narrower) in
            [("a", "a*"), ("a?", "a*"), ("a*b", "a*"), ("a", "ab"), ("ab", "a"), ("?", ""), ("a*b", "ac")]
        {
            assert!(!includes(wider, narrower), "{wider} {narrower}");
        }
    }
}
