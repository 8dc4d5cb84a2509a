//! Two copies of one rule into one vault.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Copy, Spec};

rule! {
    /// A rule copies into the same vault twice.
    ///
    /// ## Why
    ///
    /// The second copy adds nothing but its price, and two retentions of one copy contradict each
    /// other.
    ///
    /// ## Example
    ///
    /// ```drspec,E0303
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 to ap-northeast-3 keep 14d daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 keep 14d daily 01:00 JST keep 7d
    /// ```
    E0303 "repeated-destination" Error Language ""
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let destination = |copy: &Copy| (copy.place.region.node.code, copy.place.vault.value.clone());
    for rule in spec.statements().flat_map(|(_, statement)| &statement.rules) {
        // Copies are ordered by destination, so two of the same stand side by side.
        for (first, second) in rule.copies.iter().zip(rule.copies.iter().skip(1)) {
            if destination(first) == destination(second) {
                let (first, second) = if first.span <= second.span { (first, second) } else { (second, first) };
                sink.push(
                    E0303
                        .at(second.span, format!("this rule copies to {} twice", second.place.region.node.code))
                        .related(first.span, "first here")
                        .help("keep one of the two, or name another vault: `to REGION vault NAME`"),
                );
            }
        }
    }
}
