//! "Did you mean": the nearest known word.

/// How many candidates are looked at, so that a file with thousands of wrong words among thousands
/// of names is still answered at once.
const MOST_CANDIDATES: usize = 500;

/// The candidate nearest to `word`, if one is near enough: at most a third of its characters may
/// differ (at least one, so that short words have a chance). Ties are decided by the word itself.
pub(crate) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let length = word.chars().count();
    let limit = (length / 3).max(1);
    candidates
        .into_iter()
        // A word of another length differs by at least as many characters.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .take(MOST_CANDIDATES)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn finds_near_words_only() {
        assert_eq!(nearest("dayly", ["daily", "keep"]), Some("daily"));
        assert_eq!(nearest("Keep", ["daily", "keep"]), Some("keep"));
        assert_eq!(nearest("ap-northeast-4", ["ap-northeast-3", "ap-northeast-1"]), Some("ap-northeast-1"));
        assert_eq!(nearest("zzzz", ["daily", "keep"]), None);
    }
}
