//! Two statements of one name.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Part, Spec, Statement};

rule! {
    /// Two statements have one name.
    ///
    /// ## Why
    ///
    /// A statement has the name that `called` gives it, else that of its plan, else one made from what it backs
    /// up. Everything made for it is named after it.
    ///
    /// ## Example
    ///
    /// ```drspec,E0305
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 13:00 JST keep 1d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d daily 13:00 JST keep 1d
    /// ```
    E0305 "repeated-statement" Error Language ""
    "2 つの文が同じ名前です。"
    "文の名前は `called` で付けた名前です。なければプランの名前、それもなければバックアップ対象の名前から決まります。その文のために作られるものには、すべてこの名前が使われます。"
}

fn kinds(statement: &Statement) -> Vec<usize> {
    statement.groups.iter().map(|group| group.kind.rank()).collect()
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for system in &spec.systems {
        // Statements are ordered by name and region, so two of the same stand side by side.
        let known = |statement: &&Statement| statement.knows(Part::Names) && statement.knows(Part::Source);
        let statements = || system.statements.iter().filter(known);
        for (first, second) in statements().zip(statements().skip(1)) {
            if first.name.value == second.name.value && first.source.region.node == second.source.region.node {
                let (first, second) = if first.span <= second.span { (first, second) } else { (second, first) };
                sink.push(
                    E0305
                        .at(second.name.span, format!("two statements are named `{}`", second.name.value))
                        .related(first.name.span, "first here")
                        .help(if kinds(first) == kinds(second) {
                            "put their schedules into one statement, or give one another name: `called NAME`"
                        } else {
                            "back both kinds up in one statement, joined by `and`, or give one another name: `called NAME`"
                        }),
                );
            }
        }
    }
}
