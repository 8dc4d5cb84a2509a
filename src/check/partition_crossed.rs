//! A copy between partitions.

use crate::aws::region::Region;
use crate::diagnostic::Diagnostics;
use crate::kind::copying::Copying;
use crate::rule::rule;
use crate::spec::{Part, Place, Role, Spec};

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
        let source = statement.source.region;
        let partition = |region: &Region| format!("{} is in partition `{}`", region.code, region.partition.id());
        if let Role::Existing(arn) = &statement.role.value
            && arn.partition() != source.node.partition.id()
        {
            sink.push(
                E0304
                    .at(statement.role.span, format!("this role is in partition `{}`", arn.partition()))
                    .related(source.span, partition(source.node))
                    .help("AWS Backup works with a role of its own partition and account"),
            );
        }
        let crosses = |to: &Place| statement.copying(to).any(|(_, copying)| copying == Copying::OtherPartition);
        for destination in statement.destinations().filter(|other| crosses(other.place)) {
            let region = destination.place.region;
            sink.push(
                E0304
                    .at(region.span, partition(region.node))
                    .related(source.span, partition(source.node))
                    .help("nothing is copied between partitions: name a region of the same one"),
            );
        }
    }
}
