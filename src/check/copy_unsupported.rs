//! A copy out of or into a region that AWS Backup copies nothing from or to.

use crate::diagnostic::Diagnostics;
use crate::kind::copying::Copying;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// AWS Backup makes no copies from or to a region.
    ///
    /// ## Why
    ///
    /// The European Sovereign Cloud has one region, and AWS's table has no tick for copies there.
    ///
    /// ## Example
    ///
    /// ```drspec,E0314
    /// backup cluster mydb from eusc-de-east-1 to eusc-de-east-1 daily 01:00 UTC keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from eusc-de-east-1 daily 01:00 UTC keep 7d
    /// ```
    E0314 "copy-unsupported" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/backup-feature-availability.html"
    "AWS Backup によるコピーに対応していないリージョンです。"
    "European Sovereign Cloud にはリージョンが 1 つしかなく、AWS の対応表でもコピーの欄にチェックがありません。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        for destination in statement.destinations() {
            // A copy into such a region from elsewhere crosses partitions.
            if statement.copying(destination.place).any(|(_, copying)| copying == Copying::NoneFromRegion) {
                sink.push(
                    E0314
                        .at(
                            destination.place.region.span,
                            format!("AWS Backup makes no copies from {}", statement.source.region.node.code),
                        )
                        .help(format!(
                            "leave `{}` out; recovery points then stay in their region",
                            destination.clause()
                        )),
                );
            }
        }
    }
}
