//! Two files that make one system.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Part, Spec};

rule! {
    /// Two files make one system.
    ///
    /// ## Why
    ///
    /// Their stacks would have the same names, and the second would overwrite the first. Write `system
    /// NAME` in one of them. (Two files are needed to show this, so this page has no example.)
    E0317 "repeated-system" Error Language ""
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    // Systems are ordered by name, so two of the same stand side by side.
    let systems = || spec.systems.iter().filter(|system| !system.reported.contains(&Part::Names));
    for (first, second) in systems().zip(systems().skip(1)) {
        if first.name.value == second.name.value {
            sink.push(
                E0317
                    .at(second.name.span, format!("two files make the system `{}`", second.name.value))
                    .related(first.name.span, "the other one")
                    .help("name one of them: `system NAME`"),
            );
        }
    }
}
