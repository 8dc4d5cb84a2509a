//! A copy between partitions.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Part, Role, Spec};

rule! {
    /// A copy goes to another partition.
    ///
    /// ## Why
    ///
    /// China, GovCloud and the commercial regions share no accounts, so nothing is copied between them
    /// and no key is replicated.
    ///
    /// ## Example
    ///
    /// ```drspec,E0304
    /// backup cluster mydb from ap-northeast-1 to cn-north-1 daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    /// ```
    E0304 "partition-crossed" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/cross-region-backup.html"
    "コピー先が別のパーティションです。"
    "中国、GovCloud、商用の各リージョンではアカウントが共通ではないため、その間ではコピーもキーの複製もできません。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements().filter(|(_, statement)| statement.knows(Part::Source)) {
        let source = statement.source.region.node;
        if let Role::Existing(arn) = &statement.role.value
            && arn.partition() != source.partition.id()
        {
            sink.push(
                E0304
                    .at(statement.role.span, format!("this role is in partition `{}`", arn.partition()))
                    .related(
                        statement.source.region.span,
                        format!("{} is in partition `{}`", source.code, source.partition.id()),
                    )
                    .help("AWS Backup works with a role of its own partition and account"),
            );
        }
    }
    // Where AWS copies nothing at all, that is said instead.
    for (_, statement) in spec
        .statements()
        .filter(|(_, statement)| statement.knows(Part::Source) && statement.source.region.node.copies())
    {
        let source = statement.source.region;
        let partition = source.node.partition;
        for destination in statement.destinations().filter(|other| other.place.region.node.partition != partition) {
            let region = destination.place.region;
            sink.push(
                E0304
                    .at(region.span, format!("{} is in partition `{}`", region.node.code, region.node.partition.id()))
                    .related(
                        source.span,
                        format!("{} is in partition `{}`", source.node.code, source.node.partition.id()),
                    )
                    .help("nothing is copied between partitions: name a region of the same one"),
            );
        }
    }
}
