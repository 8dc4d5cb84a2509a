//! Texts that patterns of `*` and `?` match.

use memchr::memchr2;

use super::beginning::{Begins, ByBeginning};
use super::glob::includes;

/// A name for each pattern that it matches, and if there is one no other pattern.
pub fn samples(patterns: &[String]) -> Vec<String> {
    let others = ByBeginning::new(patterns.iter().map(|pattern| (beginning(pattern), pattern.as_str())).collect());
    patterns.iter().map(|pattern| sample(pattern, &others)).collect()
}

fn sample(pattern: &str, others: &ByBeginning<(&str, &str)>) -> String {
    const FILLINGS: [&str; 4] = ["restored", "r7", "x", ""];
    for filling in FILLINGS {
        let name = fill(pattern, filling);
        let matches = |other: &&str| *other != pattern && includes(other, &name);
        let matching = others.candidates(&name).map(|(_, other)| *other).find(matches);
        match matching {
            None => return name,
            // What covers the pattern matches every name of it.
            Some(other) if includes(other, pattern) => break,
            Some(_) => {}
        }
    }
    fill(pattern, "restored")
}

/// A name that a pattern matches.
fn fill(pattern: &str, filling: &str) -> String {
    let mut name = String::with_capacity(pattern.len() + filling.len());
    for character in pattern.chars() {
        match character {
            '*' => name.push_str(filling),
            '?' => name.push('q'),
            other => name.push(other),
        }
    }
    name
}

/// A pattern after its beginning.
impl Begins for (&str, &str) {
    fn beginning(&self) -> &str {
        self.0
    }
}

/// The characters before the first wildcard.
fn beginning(pattern: &str) -> &str {
    let end = memchr2(b'*', b'?', pattern.as_bytes());
    end.and_then(|end| pattern.get(..end)).unwrap_or(pattern)
}

#[cfg(test)]
mod tests {
    use super::samples;

    #[test]
    fn a_sample_is_of_one_pattern_where_that_is_possible() {
        for (patterns, expected) in [
            (vec!["db-*", "db-restored*", "db-r?"], vec!["db-x", "db-restoredrestored", "db-rq"]),
            (vec!["a-*", "b-*", "*"], vec!["a-restored", "b-restored", "restored"]),
            (vec!["a*b", "a*b"], vec!["arestoredb", "arestoredb"]),
        ] {
            let patterns: Vec<String> = patterns.into_iter().map(str::to_owned).collect();
            assert_eq!(samples(&patterns), expected, "{patterns:?}");
        }
    }
}
