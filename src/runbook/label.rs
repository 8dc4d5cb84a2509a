//! The words around a runbook's own sentences.

use super::text::Sentence;

/// The letters of a section: `A` of the first, `Z` of the 26th, `AA` of the one after it.
pub(super) fn letters(index: usize) -> String {
    let before = if index < 26 { String::new() } else { letters(index / 26 - 1) };
    let letter = u8::try_from(index % 26).map_or('?', |offset| char::from(b'A' + offset));
    format!("{before}{letter}")
}

/// The number of the step that enters a place of a section; one that is alone needs no letter.
pub(super) fn place(section: &str, index: usize, count: usize) -> String {
    let letter = if count > 1 { letters(index).to_lowercase() } else { String::new() };
    format!("{section}1{letter}")
}

/// Over the first page.
pub(super) const DECIDE: Sentence = Sentence::new("What happened?", "何が起きたか");

/// Over what may have happened.
pub(super) const SEEN: Sentence = Sentence::new("What you see", "状況");

/// Over what is done then.
pub(super) const ACT: Sentence = Sentence::new("What to do", "対応");

/// Over what is lost at worst.
pub(super) const LOSES: Sentence = Sentence::new("Lost at worst", "最悪の場合に失うもの");

/// Over what comes back.
pub(super) const RETURNS: Sentence = Sentence::new("What comes back", "復元できるもの");

/// Over the resources.
pub(super) const WHAT: Sentence = Sentence::new("What, and its new name", "対象 → 復元後の名前");

/// Over the region, and the step that goes there.
pub(super) const PLACE: Sentence = Sentence::new("Where, and the step to go there", "場所(移る手順)");

/// Over the vault.
pub(super) const VAULT: Sentence = Sentence::new("Vault", "ボールト");

/// Over the list of parts.
pub(super) const CONTENTS: Sentence = Sentence::new("Contents", "目次");

/// Before how to see that a step is done.
pub(super) const DONE: Sentence = Sentence::new("Done when", "完了の確認");

/// Before how long a step may take.
pub(super) const TAKES: Sentence = Sentence::new("How long", "所要時間");

/// Before the page that says so.
pub(super) const SOURCE: Sentence = Sentence::new("Source", "出典");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_have_letters_of_their_own() {
        assert_eq!([0, 25, 26, 52, 701, 702].map(letters), ["A", "Z", "AA", "BA", "ZZ", "AAA"]);
        assert_eq!([place("B", 0, 1), place("B", 1, 2)], ["B1", "B1b"]);
    }
}
