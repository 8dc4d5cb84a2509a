//! Limits that show only when everything is lowered and written.

mod contributors;

use std::collections::BTreeMap;

use crate::aws::quota::{
    ARNS_PER_SELECTION, BACKUP_QUOTAS, CLOUDFORMATION_QUOTAS, COPIES_PER_RULE, IAM_QUOTAS, INLINE_TEMPLATE_BYTES,
    KEY_POLICY_CHARACTERS, KMS_QUOTAS, MANAGED_POLICIES_PER_ROLE, OUTPUTS_PER_TEMPLATE, PARAMETERS_PER_TEMPLATE,
    RESOURCES_PER_TEMPLATE, RULES_PER_PLAN, TEMPLATE_BYTES,
};
use crate::cfn::backup::BackupPlan;
use crate::cfn::iam::Role;
use crate::cfn::{Properties, Resource, Value};
use crate::check::colliding_names::E0306;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::lower::{Stack, measure};
use crate::origin::Origin;
use crate::policy::Document;
use crate::rule::{DiagnosticRule, rule};
use crate::source::Span;

rule! {
    /// A stack would be larger than CloudFormation takes.
    ///
    /// ## Why
    ///
    /// A template has at most 1,000,000 bytes, 500 resources, 200 outputs and 200 parameters.
    /// `system NAME stacks per statement` gives each statement a stack of its own. That is not done
    /// behind the writer's back, because a resource that moves between stacks is deleted and made
    /// again. (An example would be longer than this page.)
    E0501 "stack-too-large" Error Documentation "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
    "スタックが CloudFormation の上限を超えます。"
    "1 つのテンプレートの上限は、1,000,000 バイト、リソース 500 個、出力 200 個、パラメータ 200 個です。`system NAME stacks per statement` と書くと、文ごとに独立したスタックになります。自動では分割しません。リソースが別のスタックに移ると、削除されて作り直されるためです。(例はこのページより長くなるため、載せていません。)"

    /// A backup plan would have more rules than AWS Backup takes.
    ///
    /// ## Why
    ///
    /// A plan has at most 10 rules. Times that share their minute share a rule; others need one each.
    ///
    /// ## Example
    ///
    /// ```drspec,E0502
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3
    ///   daily 01:00, 02:01, 03:02, 04:03, 05:04, 06:05, 07:06, 08:07, 09:08, 10:09, 11:10 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1 to ap-northeast-3
    ///   daily 01:00, 03:00, 05:00, 07:00, 09:00, 11:00 JST keep 7d
    /// ```
    E0502 "too-many-rules" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html"
    "1 つのバックアッププランのルールが、AWS Backup の上限を超えます。"
    "1 つのプランのルールは 10 個までです。分が同じ時刻は 1 つのルールにまとまり、分が違う時刻にはそれぞれルールが必要です。"

    /// A rule would have more copies than AWS Backup takes.
    ///
    /// ## Why
    ///
    /// A rule has at most 5 copy actions.
    ///
    /// ## Example
    ///
    /// ```drspec,E0503
    /// backup cluster mydb from ap-northeast-1
    ///   to ap-northeast-2 to ap-northeast-3 to us-east-1 to us-east-2 to us-west-1 to us-west-2
    ///   daily 01:00 JST keep 7d
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup cluster mydb from ap-northeast-1
    ///   to ap-northeast-2 to ap-northeast-3 to us-east-1 to us-east-2 to us-west-1
    ///   daily 01:00 JST keep 7d
    /// ```
    E0503 "too-many-copies" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/aws-backup-limits.html"
    "1 つのルールのコピーが、AWS Backup の上限を超えます。"
    "1 つのルールのコピーアクションは 5 個までです。"

    /// A selection would name more resources than AWS Backup takes.
    ///
    /// ## Why
    ///
    /// A selection has at most 500 ARNs. Write several statements. (An example would be longer than
    /// this page.)
    E0504 "too-many-resources" Error Documentation "https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"
    "1 つのセレクションのリソースが、AWS Backup の上限を超えます。"
    "1 つのセレクションの ARN は 500 個までです。複数の文に分けてください。(例はこのページより長くなるため、載せていません。)"

    /// A role would need more policies than IAM takes.
    ///
    /// ## Why
    ///
    /// The inline policies of a role have at most 10,240 characters, white space not counted; IAM
    /// answers: "Maximum policy size of 10240 bytes exceeded". A
    /// longer policy becomes several customer managed policies of at most 6,144 characters, of which
    /// a role takes 20. Each resource adds its ARNs once for each region that it can be restored in.
    /// Write several statements: each has a role of its own. (An example would be longer than this
    /// page.)
    E0506 "policy-too-long" Error Documentation "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
    "1 つのロールに必要なポリシーが、IAM の上限を超えます。"
    "1 つのロールのインラインポリシーは、空白を除いて合計 10,240 文字までで、超えると IAM は \"Maximum policy size of 10240 bytes exceeded\" と応答します。これより長いポリシーは、それぞれ 6,144 文字以内のカスタマー管理ポリシーに分割しますが、1 つのロールに付けられるのは 20 個までです。リソースを 1 つ加えると、復元できるリージョンごとにその ARN が増えます。文ごとにロールは別なので、複数の文に分けてください。(例はこのページより長くなるため、載せていません。)"

    /// A key's policy would be longer than KMS takes.
    ///
    /// ## Why
    ///
    /// A key policy has at most 32,768 characters; each administrator adds an ARN. (An example would
    /// be longer than this page.)
    E0507 "key-policy-too-long" Error Documentation "https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html"
    "キーポリシーが KMS の上限を超えます。"
    "キーポリシーは 32,768 文字までで、管理者を 1 つ加えるごとに ARN が 1 つ増えます。(例はこのページより長くなるため、載せていません。)"

    /// A template is too large to be sent inline.
    ///
    /// ## Why
    ///
    /// CloudFormation takes templates of up to 51,200 bytes inline and larger ones from S3.
    /// `deploy.sh` uses the bucket that `DRC_TEMPLATE_BUCKET` names. (An example would be longer than
    /// this page.)
    W0508 "template-needs-bucket" Warning Documentation "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html"
    "テンプレートが大きすぎて、直接送信できません。"
    "CloudFormation に直接送信できるテンプレートは 51,200 バイトまでで、それより大きいものは S3 に置く必要があります。`deploy.sh` は、`DRC_TEMPLATE_BUCKET` で指定したバケットを使います。(例はこのページより長くなるため、載せていません。)"
}

/// Compares lowered stacks and the sizes of their templates, in bytes, with AWS's limits.
pub fn check(stacks: &[Stack], sizes: &[usize], sink: &mut Diagnostics) {
    let mut names = BTreeMap::new();
    for (stack, bytes) in stacks.iter().zip(sizes) {
        if let Some(other) = names.insert(stack.reference(), stack.span) {
            sink.push(
                E0306
                    .at(
                        stack.span,
                        format!("two stacks in {} would be named `{}`", stack.location.region.code, stack.name),
                    )
                    .related(other, "the other one")
                    .help("give the system another name, or the statement: `called NAME`"),
            );
        }
        check_stack(stack, *bytes, sink);
        for resource in &stack.template.resources {
            check_resource(resource, stack, sink);
        }
    }
}

fn check_stack(stack: &Stack, bytes: usize, sink: &mut Diagnostics) {
    let template = &stack.template;
    let counts = [
        ("bytes", bytes, TEMPLATE_BYTES),
        ("resources", template.resources.len(), RESOURCES_PER_TEMPLATE),
        ("outputs", template.outputs.len(), OUTPUTS_PER_TEMPLATE),
        ("parameters", template.parameters.len(), PARAMETERS_PER_TEMPLATE),
    ];
    let over = counts.iter().find(|(_, count, limit)| count > limit);
    if let Some((what, count, limit)) = over {
        let message = format!("the stack {} would have {count} {what}, CloudFormation takes {limit}", stack.name);
        let finding = E0501
            .at(stack.span, message)
            .help("write `system NAME stacks per statement`, or split the file")
            .help(format!("the limit: {CLOUDFORMATION_QUOTAS}"));
        sink.push(contributors::show(finding, contributors::of_stack(stack, *what == "bytes")));
    } else if bytes > INLINE_TEMPLATE_BYTES {
        let finding = W0508
            .at(stack.span, format!("the template of {} has {bytes} bytes, over {INLINE_TEMPLATE_BYTES}", stack.name))
            .run("name an S3 bucket when you deploy: {}", "DRC_TEMPLATE_BUCKET=BUCKET sh deploy.sh")
            .write("or write {}", "system NAME stacks per statement")
            .help(format!("the limit: {CLOUDFORMATION_QUOTAS}"));
        sink.push(contributors::show(finding, contributors::of_stack(stack, true)));
    }
}

fn check_resource(resource: &Resource, stack: &Stack, sink: &mut Diagnostics) {
    match &resource.properties {
        Properties::Plan(plan) => check_plan(resource, plan, stack, sink),
        Properties::Selection(selection) => {
            let arns = selection.backup_selection.resources.len();
            if arns > ARNS_PER_SELECTION {
                let name = &selection.backup_selection.selection_name;
                let message = format!("the selection `{name}` would have {arns} ARNs, AWS takes {ARNS_PER_SELECTION}");
                let finding = over(&E0504, place(resource, stack), message, "write several statements", BACKUP_QUOTAS);
                sink.push(contributors::show(finding, contributors::of_selection(resource, ARNS_PER_SELECTION)));
            }
        }
        Properties::Key(key) => check_key(resource, &key.key_policy, stack, sink),
        Properties::ReplicaKey(key) => check_key(resource, &key.key_policy, stack, sink),
        Properties::Role(role) => check_role(resource, role, stack, sink),
        // A policy is inline or in parts so that it is short enough.
        Properties::RolePolicy(_) | Properties::ManagedPolicy(_) | Properties::Alias(_) | Properties::Vault(_) => {}
    }
}

fn check_plan(resource: &Resource, plan: &BackupPlan, stack: &Stack, sink: &mut Diagnostics) {
    let rules = &plan.backup_plan.backup_plan_rule;
    let name = &plan.backup_plan.backup_plan_name;
    if rules.len() > RULES_PER_PLAN {
        let message = format!("the backup plan `{name}` would have {} rules, AWS takes {RULES_PER_PLAN}", rules.len());
        let help = "let times share their minute, or write several statements";
        let finding = over(&E0502, place(resource, stack), message, help, BACKUP_QUOTAS);
        sink.push(contributors::show(finding, contributors::of_plan(resource)));
    }
    for (index, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.copy_actions.len() > COPIES_PER_RULE) {
        let copies = rule.copy_actions.len();
        let message = format!("the rule `{}` would have {copies} copies, AWS takes {COPIES_PER_RULE}", rule.rule_name);
        let span = contributors::place_of_rule(resource, index).unwrap_or_else(|| place(resource, stack));
        let finding = over(&E0503, span, message, "copy to fewer vaults", BACKUP_QUOTAS);
        sink.push(contributors::show(finding, contributors::of_rule(resource, index, COPIES_PER_RULE)));
    }
}

fn check_key(resource: &Resource, policy: &Document<Value>, stack: &Stack, sink: &mut Diagnostics) {
    let characters = measure::characters(policy, stack.location.region);
    if characters > KEY_POLICY_CHARACTERS {
        let message = format!(
            "the policy of {} would have {characters} characters, KMS takes {KEY_POLICY_CHARACTERS}",
            resource.id
        );
        let finding = over(&E0507, place(resource, stack), message, "name fewer administrators", KMS_QUOTAS);
        sink.push(contributors::show(finding, contributors::of_key(resource, policy, stack)));
    }
}

/// Where a resource comes from.
fn place(resource: &Resource, stack: &Stack) -> Span {
    resource.origins.first().map_or(stack.span, |origin| origin.span)
}

/// A finding with what to do and the page of the limit.
fn over(rule: &'static DiagnosticRule, span: Span, message: String, help: &str, source: &str) -> Diagnostic {
    rule.at(span, message).help(help).help(format!("the limit: {source}"))
}

fn check_role(resource: &Resource, role: &Role, stack: &Stack, sink: &mut Diagnostics) {
    let policies = role.managed_policy_arns.len();
    if policies <= MANAGED_POLICIES_PER_ROLE {
        return;
    }
    let is_first = |other: &&Resource| role.managed_policy_arns.first() == Some(&Value::Ref(other.id.clone()));
    let clauses = stack.template.resources.iter().find(is_first).map_or(&[][..], |policy| &policy.origins);
    let message =
        format!("the role `{}` would have {policies} policies, IAM takes {MANAGED_POLICIES_PER_ROLE}", role.role_name);
    let help = "spread its resources over several statements, copy to fewer regions, or write `no restore`";
    let finding = over(&E0506, place(resource, stack), message, help, IAM_QUOTAS);
    let add = |finding: Diagnostic, origin: &Origin| finding.related(origin.span, &*origin.clause);
    sink.push(clauses.iter().fold(finding, add));
}
