//! More tags than AWS Backup adds to a recovery point.

use crate::aws::quota::TAGS_PER_RECOVERY_POINT;
use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// A statement has more tags than AWS Backup adds to a recovery point.
    ///
    /// ## Why
    ///
    /// AWS Backup adds at most 10. Tags of `defaults` count.
    ///
    /// ## Example
    ///
    /// ```drspec,E0505
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d tags a=1, b=2, c=3, d=4, e=5, f=6, g=7, h=8, i=9, j=10, k=11
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d tags team=payments
    /// ```
    E0505 "too-many-tags" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html"
    "1 つの文のタグが、AWS Backup が復旧ポイントに付けられる数を超えています。"
    "AWS Backup が付けられるタグは 10 個までです。`defaults` のタグも数えます。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        if statement.tags.len() > TAGS_PER_RECOVERY_POINT {
            sink.push(
                E0505
                    .at(
                        statement.target,
                        format!(
                            "this statement has {} tags, the most is {TAGS_PER_RECOVERY_POINT}",
                            statement.tags.len()
                        ),
                    )
                    .help("AWS Backup adds at most 10 tags to a recovery point, those of `defaults` among them"),
            );
        }
    }
}
