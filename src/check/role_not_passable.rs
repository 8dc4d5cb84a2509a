//! A role's name that keeps people from passing the role.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::Spec;

rule! {
    /// A role's name keeps people from passing it.
    ///
    /// ## Why
    ///
    /// The managed policy AWSBackupFullAccess allows passing roles whose names contain `AWSBackup` or
    /// `AwsBackup` only. Whoever restores on the day has to pass the role.
    ///
    /// ## Example
    ///
    /// ```drspec,W0403
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d role nightly
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d role AWSBackup-nightly
    /// ```
    W0403 "role-not-passable" Warning Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        let role = &statement.role;
        let passable = role.value.contains("AWSBackup") || role.value.contains("AwsBackup");
        if !role.level.is_derived() && !passable {
            sink.push(
                W0403
                    .at(
                        role.span,
                        format!(
                            "people with the managed policy AWSBackupFullAccess cannot pass the role `{}`",
                            role.value
                        ),
                    )
                    .help(format!("let its name contain `AWSBackup`: `role AWSBackup-{}`", role.value)),
            );
        }
    }
}
