//! The words around a runbook's own sentences, and the numbers of its headings.

use super::text::Sentence;

/// Over the list of chapters.
pub(super) const CONTENTS: Sentence = Sentence::new("Contents", "目次");

/// Before how to see that a step is done.
pub(super) const DONE: Sentence = Sentence::new("Done when", "完了の確認");

/// Before how long a step may take.
pub(super) const TAKES: Sentence = Sentence::new("How long", "所要時間");

/// Before the page that says so.
pub(super) const SOURCE: Sentence = Sentence::new("Source", "出典");

/// The items with their numbers, counted from one.
pub(super) fn numbered<T>(items: &[T]) -> impl Iterator<Item = (usize, &T)> {
    (1..).zip(items)
}
