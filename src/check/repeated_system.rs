//! Two files that make one system.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Part, Spec, System};

rule! {
    /// Two files make one system.
    ///
    /// ## Why
    ///
    /// Their stacks would have the same names, and the second would overwrite the first: also where the
    /// names differ in case only, on disks that do not tell capitals apart. Write `system
    /// NAME` in one of them. (Two files are needed to show this, so this page has no example.)
    E0317 "repeated-system" Error Language ""
    "2 つのファイルが同じシステムになります。"
    "スタックの名前が同じになり、後の方が先の方を上書きします。大文字と小文字を区別しないディスクでは、大文字と小文字だけが違う名前でも同じです。どちらかのファイルに `system NAME` と書いてください。(示すには 2 つのファイルが必要なため、このページに例はありません。)"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let mut by_name: BTreeMap<String, &System> = BTreeMap::new();
    for system in spec.systems.iter().filter(|system| !system.reported.contains(&Part::Names)) {
        let Some(first) = by_name.insert(system.name.value.to_lowercase(), system) else { continue };
        let finding = if first.name.value == system.name.value {
            E0317.at(system.name.span, format!("two files make the system `{}`", system.name.value))
        } else {
            let (one, other) = (&first.name.value, &system.name.value);
            E0317
                .at(system.name.span, format!("the systems `{one}` and `{other}` differ in case only"))
                .help("the templates of one would overwrite the other's on disks that do not tell capitals apart")
        };
        sink.push(finding.related(first.name.span, "the other one").help("name one of them: `system NAME`"));
    }
}
