//! Many patterns, of which a text matches few.

use std::cmp::Reverse;

/// Patterns sorted by the characters that they begin with, before any wildcard: the few that a text may match are
/// found without looking at the others.
#[derive(Clone, Debug)]
pub struct ByBeginning<P> {
    patterns: Vec<P>,
    /// The lengths of the beginnings, each once, the longest first: what is written whole is found at once.
    lengths: Vec<usize>,
}

/// A pattern of texts.
pub trait Begins {
    /// The characters that every text begins with that the pattern matches.
    fn beginning(&self) -> &str;
}

impl<P: Begins> ByBeginning<P> {
    /// Sorts patterns.
    pub fn new(mut patterns: Vec<P>) -> Self {
        patterns.sort_unstable_by(|left, right| left.beginning().cmp(right.beginning()));
        let mut lengths: Vec<usize> = patterns.iter().map(|pattern| pattern.beginning().len()).collect();
        lengths.sort_unstable_by_key(|length| Reverse(*length));
        lengths.dedup();
        Self { patterns, lengths }
    }

    /// The patterns with whose beginning the text begins, those that begin with the most of it first.
    pub fn candidates(&self, text: &str) -> impl Iterator<Item = &P> {
        let beginnings = self.lengths.iter().filter_map(|length| text.get(..*length));
        beginnings.flat_map(move |beginning| {
            let first = self.patterns.partition_point(|pattern| pattern.beginning() < beginning);
            let rest = self.patterns.get(first..).unwrap_or_default();
            rest.iter().take_while(move |pattern| pattern.beginning() == beginning)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Begins, ByBeginning};

    impl Begins for &str {
        fn beginning(&self) -> &str {
            self
        }
    }

    #[test]
    fn candidates_are_those_that_begin_a_text() {
        let patterns = ["", "a", "ab", "ab", "abc", "b", "é"];
        let sorted = ByBeginning::new(patterns.to_vec());
        for text in ["", "a", "ab", "abd", "abc", "abcd", "ba", "c", "é", "ê"] {
            let found: Vec<_> = sorted.candidates(text).copied().collect();
            let expected: Vec<_> = patterns.into_iter().rev().filter(|pattern| text.starts_with(pattern)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
