//! A copy of Aurora snapshots between China's regions, of which AWS's pages disagree.

use crate::diagnostic::Diagnostics;
use crate::kind::copying::Copying;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// AWS's pages disagree whether Aurora snapshots are copied between China's regions.
    ///
    /// ## Why
    ///
    /// AWS Backup's page says that copies stay within the partition, Aurora's that cluster snapshots
    /// cannot be copied to or from China. Try it before you rely on it.
    ///
    /// ## Example
    ///
    /// ```drspec,W0313
    /// backup cluster mydb from cn-north-1 to cn-northwest-1 daily 01:00 Asia/Shanghai keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// # drc: allow(W0313) reason="a copy job has succeeded"
    /// backup cluster mydb from cn-north-1 to cn-northwest-1 daily 01:00 Asia/Shanghai keep 7d
    /// ```
    W0313 "china-snapshot-copy" Warning Documentation "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html"
    "中国のリージョン間で Aurora スナップショットをコピーできるかどうか、AWS のページの記述が食い違っています。"
    "AWS Backup のページでは、コピーはパーティション内に限られるとだけ書かれています。一方 Aurora のページには、中国のリージョンとの間ではクラスタースナップショットをコピーできないとあります。当てにする前に、実際に試してください。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        for copy in statement.copies() {
            for (kind, _) in statement.copying(&copy.place).filter(|(_, copying)| *copying == Copying::Disputed) {
                let service = kind.service_name;
                sink.push(
                    W0313
                        .at(
                            copy.place.region.span,
                            format!(
                                "AWS's pages disagree whether {service} snapshots are copied between China's regions"
                            ),
                        )
                        .run(
                            "run the plan once and look at the copy job before you rely on it: {}",
                            format!(
                                "aws backup list-copy-jobs --by-resource-type {service} --region {}",
                                statement.source.region.node.code
                            ),
                        ),
                );
            }
        }
    }
}
