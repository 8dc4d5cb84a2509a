//! Two clauses that name one destination.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::destination::FormerDestination;
use crate::spec::{Copy, Place, Spec, Statement};

rule! {
    /// A destination is named twice.
    ///
    /// ## Why
    ///
    /// The second copy of one rule adds nothing but its price, and two retentions of one copy
    /// contradict each other. `formerly to` says that nothing is copied to a vault any more, which
    /// `to` with the same vault contradicts.
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
    "同じコピー先が 2 回書かれています。"
    "1 つのルールでコピーを 2 回書いても、増えるのは料金だけです。また、1 つのコピーに保持期間が 2 つあれば矛盾します。`formerly to` は、そのボールトへのコピーがもう終了していることを表すため、同じボールトへの `to` とは矛盾します。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        for rule in &statement.rules {
            // Copies are ordered by destination, so two of the same stand side by side.
            for (first, second) in rule.copies.iter().zip(rule.copies.iter().skip(1)) {
                if is_same(&first.place, &second.place) {
                    twice(first, second, sink);
                }
            }
        }
        former(statement, sink);
    }
}

fn is_same(left: &Place, right: &Place) -> bool {
    left.identity() == right.identity()
}

fn twice(first: &Copy, second: &Copy, sink: &mut Diagnostics) {
    let (first, second) = if first.span <= second.span { (first, second) } else { (second, first) };
    sink.push(
        E0303
            .at(second.span, format!("this rule copies to {} twice", second.place.region.node.code))
            .related(first.span, "first here")
            .help("keep one of the two, or name another vault: `to REGION vault NAME`"),
    );
}

/// Former destinations that are named twice, or still copied to.
fn former(statement: &Statement, sink: &mut Diagnostics) {
    for (first, second) in statement.former.iter().zip(statement.former.iter().skip(1)) {
        if is_same(&first.place, &second.place) {
            let (first, second) = if first.span <= second.span { (first, second) } else { (second, first) };
            sink.push(
                E0303
                    .at(second.span, format!("`formerly to {}` is written twice", second.place.region.node.code))
                    .related(first.span, "first here")
                    .help("keep one of the two, or name another vault: `formerly to REGION vault NAME`"),
            );
        }
    }
    for former in &statement.former {
        if let Some(copy) = statement.copies().find(|copy| is_same(&copy.place, &former.place)) {
            sink.push(still_copied(former, copy));
        }
    }
}

fn still_copied(former: &FormerDestination, copy: &Copy) -> crate::diagnostic::Diagnostic {
    let code = former.place.region.node.code;
    E0303
        .at(former.span, format!("copies are still made to {code}, so nothing is there formerly"))
        .related(copy.span, "copied there by this")
        .help(format!(
            "keep one of the two, or name the vault that is no longer copied to: `formerly to {code} vault NAME`"
        ))
}
