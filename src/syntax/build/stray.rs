//! Words that mean nothing where they stand.

use pest::iterators::Pair;

use super::{Builder, Production};
use crate::suggest::nearest;
use crate::syntax::names;
use crate::syntax::rules::{E0005, E0011};

impl Builder<'_> {
    pub(super) fn unknown_item(&mut self, pair: &Pair<'_, Production>) {
        let (span, word) = (self.span(pair), pair.as_str());
        if names::CLAUSES.contains(&word) {
            self.sink.push(
                E0011
                    .at(span, format!("`{word}` begins no item"))
                    .label("starts in the first column")
                    .help("indent this line, so that it continues the item above"),
            );
            return;
        }
        self.sink.push(
            E0005
                .at(span, format!("`{word}` begins no item"))
                .suggest(nearest(word, names::ITEMS.iter().copied()))
                .help(format!("an item begins with one of {}", names::ITEMS.join(", "))),
        );
    }

    /// Whether a word begins an item, which has lost its place in the first column; this is reported.
    pub(super) fn is_item(&mut self, pair: &Pair<'_, Production>) -> bool {
        let (span, word) = (self.span(pair), pair.as_str());
        // The word `key` also names the key of a place.
        let is_item = word != "key" && names::ITEMS.contains(&word);
        if is_item {
            self.broken = true;
            self.sink.push(
                E0011
                    .at(span, format!("`{word}` begins an item, but not in the first column"))
                    .help("begin its line in the first column"),
            );
        }
        is_item
    }

    pub(super) fn stray(&mut self, pair: Pair<'_, Production>) {
        let (span, text) = (self.span(&pair), pair.as_str().to_owned());
        self.broken = true;
        if pair.into_inner().next().is_some_and(|inner| inner.as_rule() == Production::unclosed) {
            self.unclosed(span);
            return;
        }
        let finding = match text.as_str() {
            "," => E0005.at(span, "this comma joins nothing"),
            "=" => E0005.at(span, "this `=` joins nothing").help("a tag is written `tags key=value`"),
            "vault" | "key" => E0005
                .at(span, format!("`{text}` means nothing here"))
                .help("a vault and a key follow the region that they live in: `from REGION vault NAME key NAME`"),
            _ => E0005
                .at(span, format!("`{text}` means nothing here"))
                .suggest(nearest(&text, names::CLAUSES.iter().copied())),
        };
        self.sink.push(finding);
    }
}
