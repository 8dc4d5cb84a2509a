//! A role's name that keeps people from passing the role.

use crate::diagnostic::Diagnostics;
use crate::rule::rule;
use crate::spec::{Role, Spec};

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
    "この名前のロールは、担当者が渡せません。"
    "管理ポリシー AWSBackupFullAccess で渡せるのは、名前に `AWSBackup` または `AwsBackup` を含むロールだけです。災害の当日に復元する担当者は、このロールを渡す必要があります。"
}

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    for (_, statement) in spec.statements() {
        let role = &statement.role;
        // The managed policy goes by the whole ARN.
        let name = role.value.written();
        let passable = name.contains("AWSBackup") || name.contains("AwsBackup");
        if role.level.is_derived() || passable {
            continue;
        }
        let finding = W0403.at(
            role.span,
            format!("people with the managed policy AWSBackupFullAccess cannot pass the role `{}`", role.value.name()),
        );
        sink.push(match &role.value {
            Role::Made(name) => finding.write("let its name contain `AWSBackup`: {}", format!("role AWSBackup-{name}")),
            Role::Existing(arn) => {
                let role = arn.as_str();
                finding.help(format!("allow whoever deploys and restores `iam:PassRole` on `{role}`")).run(
                    "look: {}",
                    format!("aws iam simulate-principal-policy --policy-source-arn ARN --action-names iam:PassRole --resource-arns {role}"),
                )
            }
        });
    }
}
