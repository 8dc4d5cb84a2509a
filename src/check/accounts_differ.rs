//! Files of one build that name different accounts.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// Files of one build name different accounts.
    ///
    /// ## Why
    ///
    /// A build is deployed with the credentials of one account. Build the files of each account into a
    /// directory of its own. (Two files are needed to show this, so this page has no example.)
    E0316 "accounts-differ" Error Language ""
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let mut accounts = spec.systems.iter().filter_map(|system| system.account.as_ref());
    let Some(first) = accounts.next() else { return };
    for other in accounts.filter(|other| other.node != first.node) {
        sink.push(
            E0316
                .at(other.span, format!("this build names the accounts {} and {}", first.node, other.node))
                .related(first.span, "the other account")
                .help("build the files of each account into a directory of its own: `drc build SPEC -o DIR`"),
        );
    }
}
