//! Words that begin no clause, though people write them where one may begin: where a word of the language stands, and
//! what the language says instead of another word.

use crate::aws::region;

/// The advice for a word, with the words behind it in the place of its example where they fit.
pub(crate) fn advice<'w>(word: &str, behind: impl IntoIterator<Item = &'w str>) -> Option<String> {
    let mut behind = behind.into_iter().peekable();
    let advice = match behind.peek().and_then(|next| phrase(word, next)) {
        Some(advice) => {
            behind.next();
            advice
        }
        None => ADVICE.iter().find(|(words, _)| words.contains(&word)).map(|(_, advice)| advice)?,
    };
    let Some((before, (example, after))) =
        advice.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?)))
    else {
        return Some(advice.to_owned());
    };
    let own = behind.next().and_then(|next| fitting(next, example));
    Some(format!("{before}{}{after}", own.unwrap_or(example)))
}

/// Whether there is advice for a word, with the words behind it.
pub(crate) fn is_known<'w>(word: &str, behind: impl IntoIterator<Item = &'w str>) -> bool {
    let next = behind.into_iter().next().unwrap_or("");
    is_phrase(word, next) || ADVICE.iter().any(|(words, _)| words.contains(&word))
}

/// Whether two words mean something together.
pub(crate) fn is_phrase(word: &str, next: &str) -> bool {
    phrase(word, next).is_some()
}

fn phrase(word: &str, next: &str) -> Option<&'static str> {
    let phrase = PHRASES.iter().find(|(first, second, _)| first.contains(&word) && *second == next);
    phrase.map(|(.., advice)| *advice)
}

/// How long recovery points are kept.
const KEPT: &str = "how long recovery points are kept is written `keep {7d}`";

/// Words that mean something else with the one behind them, and the advice, as below.
const PHRASES: &[(&[&str], &str, &str)] = &[
    (&["delete", "deleted", "deletes", "purge", "remove"], "after", KEPT),
    (&["without", "not", "never"], "rotation", "write `no rotation`"),
    (&["not"], "encrypted", "leave it out: `encrypted by KEY` is written of resources that a key encrypts"),
];

/// A word where it is of the same kind as an example: a region, or a number with a unit.
fn fitting<'w>(word: &'w str, example: &str) -> Option<&'w str> {
    if region::find(example).is_some() {
        return region::named(word).map(|region| region.code);
    }
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_length = !digits.is_empty() && digits.len() + 1 == word.len() && digits.bytes().all(|b| b.is_ascii_digit());
    is_length.then_some(word)
}

/// Words and the advice for them; what stands in braces is an example.
const ADVICE: &[(&[&str], &str)] = &[
    (&["vault", "key"], "a vault and a key follow the region that they live in: `from REGION vault NAME key NAME`"),
    (&["in"], "it follows `schedule` and `restore`: `schedule in utc`, `restore in REGION`"),
    (&["as"], "it follows `restore`: `restore as PATTERN`"),
    (&["at"], "it follows a schedule: `hourly at :15`, `daily at 01:00 JST`"),
    (&["within"], "it follows `start` and `complete`: `start within {1h}`"),
    (&["by"], "it follows `encrypted`: `encrypted by KEY`"),
    (&["per", "statement"], "it follows `stacks`: `stacks per statement`"),
    (&["last"], "it follows `monthly`: `monthly last 01:00 JST`"),
    (&["forever"], "it follows `keep`: `keep forever`"),
    (&["since"], "it follows `formerly to`: `formerly to REGION keep 30d since 2026-11-26`"),
    (&["retention", "retain", "retained", "expire", "expires", "expiry", "ttl", "lifetime", "store", "for"], KEPT),
    (&["dest", "destination", "destinations", "target"], "a destination is written `to {us-west-2}`"),
    (&["region", "regions"], "a region stands alone behind its keyword: `from REGION`, `to REGION`"),
    (&["source", "origin"], "the source is written `from {ap-northeast-1}`"),
    (
        &["copy", "copies", "replicate", "replicated", "mirror"],
        "leave it out: a copy is made in the region behind each `to`: `to {us-west-2}`",
    ),
    (&["norestore", "no-restore", "norestores"], "write `no restore`"),
    (&["norotation", "no-rotation"], "write `no rotation`"),
    (&["rotation"], "write `rotate every {365d}`, or `no rotation`"),
    (&["window", "windows", "timeout"], "windows are written `start within 1h complete within 12h`"),
    (&["promise", "promises"], "write `rpo {36h}`"),
    (&["alias"], "a key's name is its alias: `from REGION key NAME`"),
    (&["name", "rule", "rules"], "the name of a rule is written `named NAME`, that of a statement `called NAME`"),
    (&["rate"], "write `hourly`, `every {6h}` or `daily 01:00 JST`"),
    (&["nightly", "everyday"], "write `daily 01:00 JST`"),
    (&["weekend", "weekends"], "write `weekly sat, sun 01:00 JST`"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::names::later;

    #[test]
    fn examples_give_way_to_words_of_their_kind() {
        let said = |words: &str| advice(words.split(' ').next().unwrap(), words.split(' ').skip(1)).unwrap();
        assert_eq!(said("retention 30d"), "how long recovery points are kept is written `keep 30d`");
        assert_eq!(said("delete after 30d"), said("retention 30d"));
        assert_eq!(said("without rotation"), "write `no rotation`");
        assert_eq!(said("retention long"), "how long recovery points are kept is written `keep 7d`");
        assert_eq!(said("dest Oregon"), "a destination is written `to us-west-2`");
        assert_eq!(said("dest eu-west-1"), "a destination is written `to eu-west-1`");
        assert_eq!(said("by 7d"), "it follows `encrypted`: `encrypted by KEY`");
    }

    #[test]
    fn no_word_has_two_answers() {
        let words: Vec<_> = ADVICE.iter().flat_map(|(words, _)| *words).collect();
        assert_eq!(words.iter().collect::<std::collections::BTreeSet<_>>().len(), words.len());
        assert!(words.iter().all(|word| later::clause(word).is_none()));
    }
}
