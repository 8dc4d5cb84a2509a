//! A statement whose recovery points never leave their region.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// Recovery points never leave their region.
    ///
    /// ## Why
    ///
    /// When the region is lost, the cluster and all of its recovery points are lost together.
    ///
    /// ## Example
    ///
    /// ```drspec,W0302
    /// backup cluster mydb from ap-northeast-1 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    W0302 "no-copy" Warning Language ""
    "復旧ポイントがリージョンの外に出ません。"
    "リージョンが失われると、バックアップ対象とそのすべての復旧ポイントが同時に失われます。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        for rule in statement.rules.iter().filter(|rule| rule.copies.is_empty()) {
            sink.push(
                W0302
                    .at(rule.span, "the recovery points of this rule are copied nowhere")
                    .related(
                        statement.source.region.span,
                        format!("all of them are lost with {}", statement.source.region.node.code),
                    )
                    .write("write {}", "to REGION"),
            );
        }
    }
}
