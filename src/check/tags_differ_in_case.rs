//! Tags whose keys differ in the case of their letters alone.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Chosen, Spec, Tag};

rule! {
    /// Two tags of a statement have keys that differ in the case of their letters alone.
    ///
    /// ## Why
    ///
    /// The statement's role has the tags too, and to IAM two such keys are one: it refuses to make the
    /// role. Tags of `defaults` count; a statement replaces one by writing its key as `defaults` does.
    ///
    /// ## Example
    ///
    /// ```drspec,E0509
    /// defaults tags Team=data
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d tags team=payments
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// defaults tags team=data
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d tags team=payments
    /// ```
    E0509 "tags-differ-in-case" Error Documentation "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html"
    "1 つの文に、大文字と小文字だけが違うキーのタグが 2 つあります。"
    "タグは文のロールにも付きます。IAM ではこの 2 つが同じキーとみなされるため、ロールの作成が拒否されます。`defaults` のタグも対象です。文でそのタグの値を変えるときは、キーを `defaults` と同じ表記で書きます。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        let mut known: BTreeMap<String, &Chosen<Tag>> = BTreeMap::new();
        for tag in &statement.tags {
            let other = *known.entry(tag.value.key.to_lowercase()).or_insert(tag);
            if other.value.key == tag.value.key {
                continue;
            }
            // What the statement says comes behind what it inherits.
            let place = |tag: &Chosen<Tag>| (Reverse(tag.level), tag.span);
            let (first, second) = if place(other) < place(tag) { (other, tag) } else { (tag, other) };
            sink.push(
                E0509
                    .at(
                        second.span,
                        format!("the tags `{}` and `{}` are one to IAM", first.value.key, second.value.key),
                    )
                    .related(first.span, "the other one")
                    .help("write both keys in the same case, or give one of them another name"),
            );
        }
    }
}
