//! What must be known and there before the day.

use super::scope::{Scope, Site, SiteRole};
use super::text::{Sentence, Text, say};
use super::{Phase, Section, Step, figures};
use crate::aws::region::Enabled;
use crate::kind::steps::{PLACE, SETTINGS, of_vault};
use crate::kind::{self, Kind};
use crate::procedure::command::{Command, Query};
use crate::procedure::line::Line;
use crate::spec::{ResourceKey, Role};

/// The role that makes the backup with which the way back begins.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/iam-service-roles.html>.
pub(super) const RETURN_ROLE: &str = "AWSBackupDefaultServiceRole";

/// The number of the step that looks at vault, key and role.
pub(super) const HOLDERS: usize = 3;

/// What is protected, and checks that everything a restore needs is there.
pub(super) fn phase(scopes: &[Scope<'_>]) -> Phase {
    let prose = vec![
        say!(
            "Do this when the stacks are deployed, after every change, and every quarter. Keep this runbook where it can be read when the source region, and everything hosted there, is gone; make it again with `drc runbook` when the spec changes.",
            "スタックのデプロイ後、構成の変更後、および四半期ごとに実行します。このランブックは、ソースリージョンとそこにあるものがすべて使えなくなっても読める場所に保管し、定義ファイルを変更したら `drc runbook` で生成し直してください。"
        ),
        say!("Open the shell with A1 first.", "先に A1 を貼り付けて、シェルを準備します。"),
    ];
    let sections = scopes.iter().map(section).collect();
    Phase { id: "before", title: say!("Before the day", "平時の準備"), prose, sections }
}

fn section(scope: &Scope<'_>) -> Section {
    let own = scope.steps();
    let mut section = Section::new(scope.title());
    section.prose.push(own.prepare.into());
    if !own.settings.is_empty() && scope.restores() {
        let (Text { en: places, ja: places_ja }, checked) = (scope.enter_all(), scope.step(SETTINGS));
        section.prose.push(say!(
            "Fill in the settings of each place now: {places}, each up to {checked}.",
            "各場所の設定ファイルに、今のうちに記入しておきます({places_ja} のそれぞれについて {checked} まで)。"
        ));
    }
    section.steps = vec![figures::step(scope)];
    section.steps.extend(switched_on(scope));
    section.steps.push(holders(scope));
    section.steps.extend(scope.source().into_iter().flat_map(|source| [note(scope, source), jobs(scope, source)]));
    section
}

/// Whether AWS Backup may back up the kind: in the source region, and in that of the copies, where the way
/// back begins with a backup, which takes a role of its own.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html>.
fn switched_on(scope: &Scope<'_>) -> Option<Step> {
    let source = scope.source()?;
    let (home, service) = (source.code(), scope.kind.service_name);
    let switch_on = switching_on(scope.kind, home);
    let settings = &scope.kind.region_settings;
    let mut prose = vec![say!(
        "While {service} is not switched on for AWS Backup in {home}, nothing is backed up: `{switch_on}` switches it on.",
        "{home} の AWS Backup で {service} が有効になっていない間は、何もバックアップされません。有効にするには次を実行します: `{switch_on}`"
    )];
    prose.extend(settings.also.map(Text::from));
    let mut lines = vec![opted_in(scope, home)];
    let mut returning: Vec<&str> = scope.copies().filter(|site| site.restores()).map(Site::code).collect();
    returning.dedup();
    if let Some(first) = returning.first() {
        let codes: Vec<String> = returning.iter().map(|code| (*code).to_owned()).collect();
        let Text { en: all, ja: all_ja } = Text::listed(&codes);
        let switch_on = switching_on(scope.kind, first);
        prose.push(say!(
            "The way back begins with a backup where the copies are, so {service} must be switched on in {all} too (`{switch_on}`). The role of this system is not allowed to make that backup: the commands take the account's `{RETURN_ROLE}`, which the console of AWS Backup makes when it is first used. If it does not exist, make it now, or note the ARN of another role with the managed policy AWSBackupServiceRolePolicyForBackup.",
            "復帰はコピー先でのバックアップから始まるため、{all_ja} でも {service} を有効にします(`{switch_on}`)。このシステムのロールにはそのバックアップの権限がないため、AWS Backup のコンソールが初回の利用時に作成するデフォルトロール `{RETURN_ROLE}` を使います。ない場合は今のうちに作成するか、管理ポリシー AWSBackupServiceRolePolicyForBackup を持つ別のロールの ARN を控えておいてください。"
        ));
        lines.extend(returning.iter().map(|region| opted_in(scope, region)));
        lines.push(return_role(first));
    }
    lines.extend(scope.sites.iter().filter(|site| site.place.region.node.enabled == Enabled::OnRequest).map(|site| {
        let status = Command::new(site.code(), "account", "get-region-opt-status").with("--region-name", site.code());
        status.show(&["RegionName", "RegionOptStatus"])
    }));
    Some(
        Step::new(say!(
            "Check that AWS Backup may back up {service}",
            "AWS Backup で {service} が有効になっていることを確認する"
        ))
        .prose(prose)
        .lines(lines)
        .done(seen_on(scope.kind, !returning.is_empty()))
        .takes(say!("Seconds.", "数秒です。"))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html"),
    )
}

/// How to see that a kind is switched on: in one region, or in several, with the role of the way back.
fn seen_on(kind: &Kind, several: bool) -> Text {
    let Text { en: on, ja: on_ja } = is_on(kind);
    if several {
        return say!(
            "In every region {on}, and the role exists.",
            "どのリージョンでも{on_ja}で、ロールが存在すること。"
        );
    }
    let on_ja = on_ja.trim_start();
    say!("{on}.", "{on_ja}であること。")
}

/// How the settings look that switch a kind on.
fn is_on(kind: &Kind) -> Text {
    let service = kind.service_name;
    match kind.region_settings.shown {
        [_] => say!("`{service}` is `True`", " `{service}` が `True` "),
        _ => say!("`True` stands in every column", "すべての列が `True` "),
    }
}

/// The command that switches a kind on in a region, as it stands in a sentence.
fn switching_on(kind: &Kind, code: &str) -> String {
    format!("aws backup update-region-settings {} --region {code}", kind::switching_on(&[kind]))
}

/// Shows whether the kind is switched on in a region.
fn opted_in(scope: &Scope<'_>, region: &str) -> Line {
    Command::new(region, "backup", "describe-region-settings").show(scope.kind.region_settings.shown)
}

/// Shows the role that makes the backup before the return.
fn return_role(region: &str) -> Line {
    Command::new(region, "iam", "get-role").with("--role-name", RETURN_ROLE).show(&["Role.Arn"])
}

/// Vault, key and role of each place.
fn holders(scope: &Scope<'_>) -> Step {
    let Text { en: places, ja: places_ja } = scope.enter_all();
    let mut prose = vec![say!(
        "Do this at each place in turn ({places}). IAM is global, and is changed only from one region: change no permissions on the day.",
        "場所ごとに実行します({places_ja})。IAM はグローバルサービスで、変更操作は特定のリージョンに依存します。当日に権限を変更しなくて済むようにしてください。"
    )];
    if scope.copies().next().is_some() {
        prose.push(say!(
            "Whoever signs in through IAM Identity Center depends on the regions that it is in. If the source is the only one, set up emergency access that does without it.",
            "IAM Identity Center 経由のサインインは、IAM Identity Center のあるリージョンに依存します。ソースにしかない場合は、IAM Identity Center を使わずにサインインできる緊急用のアクセス手段を用意してください。"
        ));
    }
    prose.extend(unknown_key(scope));
    prose.extend(existing_role(scope));
    let role = Command::here("iam", "get-role").expand("--role-name", "${ROLE_ARN##*/}").show(&["Role.Arn"]);
    let mut lines = vec![of_vault("describe-backup-vault").show(&[
        "BackupVaultName",
        "EncryptionKeyArn",
        "NumberOfRecoveryPoints",
        "Locked",
    ])];
    lines.extend(key_of_vault());
    if scope.restores() {
        lines.push(Line::each([role]));
    }
    Step::new(say!("Check the vault, the key and the role", "ボールト、キー、ロールを確認する"))
        .after(PLACE)
        .prose(prose)
        .lines(lines)
        .done(say!(
            "The vault holds recovery points, the key is `Enabled`, and each role exists.",
            "ボールトに復旧ポイントがあり、キーの状態が `Enabled` で、ロールが存在すること。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
        .source("https://docs.aws.amazon.com/singlesignon/latest/userguide/emergency-access.html")
}

/// What the kind notes of each resource, which only the source can say.
fn note(scope: &Scope<'_>, source: &Site<'_>) -> Step {
    let enter = scope.enter(source);
    let mut note = (scope.steps().note)();
    note.prose.insert(0, say!("At the source ({enter}).", "ソースで実行します({enter})。"));
    note
}

/// What backups and copies came to.
fn jobs(scope: &Scope<'_>, source: &Site<'_>) -> Step {
    const SHOWN: &[&str] = &["CreationDate", "CompletionDate", "State", "StatusMessage"];
    let enter = scope.enter(source);
    let of_resource = |jobs| Command::here("backup", jobs).expand("--by-resource-arn", "$NAME_ARN");
    let mut lines = vec![of_resource("list-backup-jobs").newest("BackupJobs", "CreationDate", SHOWN)];
    if scope.copies().any(|site| matches!(site.role, SiteRole::Destination)) {
        lines.push(of_resource("list-copy-jobs").newest(
            "CopyJobs",
            "CreationDate",
            &["CreationDate", "CompletionDate", "State", "StatusMessage", "DestinationBackupVaultArn"],
        ));
    }
    Step::new(say!("Go to the source ({enter}), and look at the jobs", "ソースに移り({enter})、ジョブの結果を確認する"))
        .after(PLACE)
        .prose([say!(
            "A backup and its copy are two jobs: a green backup says nothing of the copy.",
            "バックアップとコピーは別のジョブです。バックアップが成功していても、コピーが成功しているとは限りません。"
        )])
        .lines([Line::each(lines)])
        .done(say!(
            "Every job of the schedule is there, and says `COMPLETED`.",
            "スケジュールどおりのジョブがすべてあり、`COMPLETED` であること。"
        ))
        .takes(say!("Seconds for each.", "1 つにつき数秒です。"))
}

/// Shows the key of the vault of a place.
fn key_of_vault() -> [Line; 2] {
    [
        of_vault("describe-backup-vault").into("VAULT_KEY", Query::Value("EncryptionKeyArn")),
        Command::here("kms", "describe-key").expand("--key-id", "$VAULT_KEY").show(&[
            "KeyMetadata.Arn",
            "KeyMetadata.KeyState",
            "KeyMetadata.MultiRegion",
        ]),
    ]
}

/// What to know of the keys of resources, where the spec does not say which they are.
fn unknown_key(scope: &Scope<'_>) -> Option<Text> {
    let source = scope.source()?;
    let is_unknown = |key: &ResourceKey| matches!(key, ResourceKey::Unknown);
    source.rows.iter().find(|row| is_unknown(&row.statement.resource_key))?;
    let (words, home) = (&scope.kind.words, source.code());
    let (one, one_ja, service) = (words.one.en, words.one.ja, words.key_service);
    let Sentence { en: shown, ja: shown_ja } = scope.steps().key_shown;
    Some(say!(
        "The spec does not say with which key the {one} itself is encrypted, so the role may have {service} use any key of {home}. {shown} A key of another account must let this account in by its own policy. `encrypted by` and its ARN in the spec narrow the permission to that key.",
        "{one_ja}自体を暗号化しているキーは定義ファイルに書かれていないため、ロールは {home} のすべてのキーを {service} 経由で使えます。{shown_ja}別のアカウントのキーの場合は、そのキーポリシーでこのアカウントを許可しておく必要があります。定義ファイルの `encrypted by` に ARN を書けば、許可をそのキーだけに絞れます。"
    ))
}

/// What is not known of roles that exist.
fn existing_role(scope: &Scope<'_>) -> Vec<Text> {
    let rows = scope.sites.iter().flat_map(|site| &site.rows);
    let mut arns: Vec<&str> = rows
        .filter_map(|row| match &row.statement.role.value {
            Role::Existing(arn) => Some(arn.as_str()),
            Role::Made(_) => None,
        })
        .collect();
    arns.sort_unstable();
    arns.dedup();
    let told = arns.into_iter().map(|arn| {
        say!(
            "The role `{arn}` is not made by these stacks: it must allow at least what `drc explain` shows as its policy.",
            "ロール `{arn}` はこのシステムのスタックでは作成しません。少なくとも、`drc explain` がロールのポリシーとして示す内容を許可している必要があります。"
        )
    });
    told.collect()
}
