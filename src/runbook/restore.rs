//! Restoring a recovery point: the job is the same for every kind, what it is told and leaves to do is not.

use super::scope::{KEY, Scope};
use super::text::{Sentence, Text, say};
use super::{ChapterPart, Step};
use crate::kind::Encryption;
use crate::kind::steps::{POINT, Restored, Site};
use crate::procedure::command::{Line, Query, Word};
use crate::spec::{KeyName, ResourceKey};

/// What is added to a resource's name on the day.
const SUFFIX: &str = "-restored";

/// Name of the resource that is restored in a region on the day.
pub(super) fn restored(scope: &Scope<'_>, site: &Site<'_>) -> String {
    scope.restored_name(site, SUFFIX)
}

/// Restoring on the day.
pub(super) fn part(scope: &Scope<'_>) -> ChapterPart {
    let site = scope.refuge();
    let (code, name, name_ja) = (site.code(), site.region.name, site.region.name_ja);
    let title = say!("Restore in {code} ({name})", "{code}({name_ja})に復元する");
    if site.restore.is_none() {
        return ChapterPart { title, prose: forbidden(scope), steps: Vec::new() };
    }
    let name = restored(scope, &site);
    let steps = self::steps(scope, &site, &name);
    ChapterPart { title, prose: vec![(scope.steps().restores)(&name)], steps }
}

/// What to say where the spec forbids restores.
fn forbidden(scope: &Scope<'_>) -> Vec<Text> {
    let role = scope.statement.role.value.name();
    let Sentence { en: clause, ja: clause_ja } = scope.steps().restore_clause;
    vec![
        say!(
            "This statement says `no restore`: the role `{role}` may not restore anything, here or anywhere.",
            "この定義には `no restore` と書かれています。ロール `{role}` には、どのリージョンでも復元する権限がありません。"
        ),
        say!(
            "Before the day: replace `no restore` by `{clause}`, build, deploy the stack with the role, and make this runbook again.",
            "平時の対応: `no restore` を `{clause_ja}` に置き換えてビルドし、ロールのあるスタックをデプロイしてから、このランブックを生成し直してください。"
        ),
        say!(
            "On the day: restore in the console of AWS Backup with another role that may, such as one with the managed policy AWSBackupServiceRolePolicyForRestores.",
            "災害当日の対応: 管理ポリシー AWSBackupServiceRolePolicyForRestores を持つロールなど、復元の権限がある別のロールを使って、AWS Backup のコンソールから復元します。"
        ),
    ]
}

/// Restores the chosen recovery point of a region under a name, until the resource can be used.
pub(super) fn steps(scope: &Scope<'_>, site: &Site<'_>, name: &str) -> Vec<Step> {
    let own = scope.steps();
    let restored = Restored { name, of: scope.resource };
    let mut steps = vec![(own.gather)(site), metadata(scope, site, &restored)];
    // Last of all before the restore, so that the old one serves until everything else is there.
    if site.code() == scope.source().code() && name == scope.resource {
        steps.extend(own.rename.as_ref().map(|rename| (rename.free)(site, name)));
    }
    steps.extend([start(scope, site, name), (own.complete)(site, &restored)]);
    steps
}

/// The restore metadata, as a file to look at before it is used.
fn metadata(scope: &Scope<'_>, site: &Site<'_>, restored: &Restored<'_>) -> Step {
    let own = scope.steps();
    let mut lines: Vec<Line> = key(scope, site).into_iter().collect();
    let variable = (!lines.is_empty()).then(|| site.variable(KEY));
    let metadata = (own.metadata)(site, restored, variable.as_deref());
    // A kind whose restores keep the key of the recovery point has no use for another.
    let names_key = |(_, value): &(&str, String)| variable.as_ref().is_some_and(|variable| value.contains(variable));
    lines.retain(|_| metadata.fields.iter().any(names_key));
    lines.push(Line::Document { file: file(site, restored.name), fields: metadata.fields });
    Step::new(say!("Write the restore metadata", "復元メタデータを作成する"))
        .prose(metadata.prose)
        .lines(lines)
        .done(say!(
            "The file is there, and no value is empty or `None`.",
            "ファイルが作成され、空の値や `None` がないこと。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
        .source(own.page)
}

/// Puts the key of the new resource into its variable, where one is named: at the destination the
/// copies' own; at the source the one that the resources had, if the spec says which. A recovery point under the key of its
/// vault does not know that one when it was copied back, so there the vault's is named.
fn key(scope: &Scope<'_>, site: &Site<'_>) -> Option<Line> {
    let variable = site.variable(KEY);
    let is_source = site.region == scope.statement.source.region.node;
    let is_copied_back = scope.group.kind.encryption == Encryption::OfVault && scope.copies.is_some();
    let key = match &scope.statement.resource_key {
        ResourceKey::Written(key) if is_source => key,
        ResourceKey::Unknown if is_source && !is_copied_back => return None,
        ResourceKey::Written(_) | ResourceKey::Unknown => {
            return Some(site.backup("describe-backup-vault").into(variable, Query::Value("EncryptionKeyArn")));
        }
    };
    Some(match &key.value {
        KeyName::Existing(arn) => Line::assign(variable, Word::Plain(arn.as_str().to_owned())),
        KeyName::Made(name) => site
            .command("kms", "describe-key")
            .with("--key-id", format!("alias/{name}"))
            .into(variable, Query::Value("KeyMetadata.Arn")),
    })
}

fn file(site: &Site<'_>, name: &str) -> String {
    format!("{name}-{}.json", site.code())
}

fn start(scope: &Scope<'_>, site: &Site<'_>, name: &str) -> Step {
    let Sentence { en: one, ja: one_ja } = scope.group.kind.words.one;
    let describe = || site.command("backup", "describe-restore-job").expand("--restore-job-id", "$RESTORE_JOB_ID");
    let lines = [
        site.command("backup", "start-restore-job")
            .expand("--recovery-point-arn", site.value(POINT))
            .expand("--iam-role-arn", "$ROLE_ARN")
            .with("--resource-type", scope.group.kind.service_name)
            .with("--metadata", format!("file://{}", file(site, name)))
            .into("RESTORE_JOB_ID", Query::Value("RestoreJobId")),
        describe().until("Status", &["COMPLETED", "ABORTED", "FAILED"], "COMPLETED"),
        describe().show(&["Status", "StatusMessage", "CreationDate", "CompletionDate", "CreatedResourceArn"]),
    ];
    Step::new(say!("Restore the {one}", "{one_ja}を復元する"))
        .lines(lines)
        .done(say!(
            "The loop ends with `OK`, and `CreatedResourceArn` names `{name}`. After `FAILED` the message says why; correct the file and start again.",
            "ループが `OK` で終わり、`CreatedResourceArn` が `{name}` を指すこと。`FAILED` の場合はメッセージに理由が出るので、ファイルを修正してやり直します。"
        ))
        .takes(say!(
            "AWS promises no time. The loop looks every 30 seconds for 4 hours; run it again if that is not enough, the job goes on. The drills tell you what to expect.",
            "AWS は所要時間を保証していません。ループは 30 秒ごとに 4 時間まで確認します。終わらない場合は、ループだけをもう一度実行してください(ジョブは続いています)。目安は訓練で把握します。"
        ))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/API_StartRestoreJob.html")
}
