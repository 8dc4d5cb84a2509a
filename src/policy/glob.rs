//! Patterns of `*` and `?`: whether one covers another, and texts that they match.

/// Whether `wider` matches every text that `narrower` matches.
///
/// Exact for patterns without `**`: what is said to be covered is covered.
pub fn includes(wider: &str, narrower: &str) -> bool {
    let (wider, narrower) = (wider.as_bytes(), narrower.as_bytes());
    let (mut at, mut upto) = (0, 0);
    // The place behind the last `*` of `wider`, and up to where of `narrower` it has been tried.
    let mut retry: Option<(usize, usize)> = None;
    while let Some(symbol) = narrower.get(upto) {
        let matches = match wider.get(at) {
            Some(b'*') => {
                retry = Some((at + 1, upto));
                at += 1;
                continue;
            }
            Some(b'?') => *symbol != b'*',
            other => other == Some(symbol),
        };
        if matches {
            (at, upto) = (at + 1, upto + 1);
        } else if let Some((star, tried)) = retry {
            retry = Some((star, tried + 1));
            (at, upto) = (star, tried + 1);
        } else {
            return false;
        }
    }
    wider.get(at..).is_some_and(|rest| rest.iter().all(|symbol| *symbol == b'*'))
}

/// A name that a pattern matches, and if there is one no other pattern.
pub fn sample(pattern: &str, patterns: &[String]) -> String {
    const FILLINGS: [&str; 4] = ["restored", "r7", "x", ""];
    let fill = |filling: &&str| pattern.replace('*', filling).replace('?', "q");
    let is_own = |name: &String| !patterns.iter().any(|other| other != pattern && includes(other, name));
    FILLINGS.iter().map(fill).find(is_own).unwrap_or_else(|| fill(&"restored"))
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
