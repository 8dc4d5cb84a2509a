//! A copy into the region that it comes from.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// A copy goes into the region that it comes from.
    ///
    /// ## Why
    ///
    /// What is lost with the region is then lost altogether, which is what the copy is for.
    ///
    /// ## Example
    ///
    /// ```drspec,E0301
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-1 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0301 "source-equals-destination" Error Language ""
    "コピー先が、コピー元と同じリージョンです。"
    "コピーはリージョンが失われたときのためのものです。同じリージョンに置くと、元のデータと一緒にすべて失われます。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    // Where AWS copies nothing at all, that is said instead.
    for (_, statement) in spec.statements().filter(|(_, statement)| statement.source.region.node.copies()) {
        let source = statement.source.region;
        let here = statement.source.location();
        for destination in statement.destinations().filter(|other| other.place.location() == here) {
            let (message, help) = match destination.former {
                None => ("the copy goes to", "name another region: this copy would be lost with its source"),
                Some(_) => ("no copy ever went to", "name the region that the copies went to"),
            };
            sink.push(
                E0301
                    .at(
                        destination.place.region.span,
                        format!("{message} {}, where the backups are made", source.node.code),
                    )
                    .related(source.span, "the source")
                    .help(help),
            );
        }
    }
}
