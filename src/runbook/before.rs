//! The shell, and what must be known and there before the day.

use super::returning::{RETURN_ROLE, return_role};
use super::scope::{KEY, Scope};
use super::text::{Sentence, Text, say};
use super::{ChapterPart, Step, figures};
use crate::aws::region::Enabled;
use crate::kind::steps::Site;
use crate::kind::{self, Kind};
use crate::procedure::command::{Command, Line, Query, Word};
use crate::spec::{ResourceKey, Role};

/// Region, credentials and the names that every step uses.
pub(super) fn shell(scope: &Scope<'_>) -> ChapterPart {
    let region = scope.refuge().code();
    let identity = Command::new(region, "sts", "get-caller-identity");
    let mut lines = vec![
        Line::Export { variable: "AWS_PAGER", value: "" },
        // Dates that are sorted as text need one offset.
        Line::Export { variable: "TZ", value: "UTC0" },
    ];
    let known = if let Some(account) = scope.account {
        say!(
            "The account shown is {account}; with any other, the ARNs below are wrong.",
            "アカウントとして {account} が表示されること。ほかのアカウントでは、以下の ARN が正しくありません。"
        )
    } else {
        lines.push(identity.clone().into("ACCOUNT", Query::Value("Account")));
        say!(
            "The account shown is the one that the stacks are deployed to.",
            "スタックをデプロイしたアカウントが表示されること。"
        )
    };
    lines.push(identity.show(&["Account", "Arn"]));
    lines.push(Line::assign(scope.arn_variable(), Word::Expand(scope.resource_arn())));
    lines.push(Line::assign("ROLE_ARN", Word::Expand(scope.role_arn())));
    ChapterPart {
        title: say!("Prepare the shell", "シェルの準備"),
        prose: Vec::new(),
        steps: vec![
            Step::new(say!("Set what every step uses", "全手順で使う変数を設定する"))
                .prose([say!(
                    "Every command names the region that it asks. `TZ` makes all times UTC.",
                    "問い合わせ先のリージョンは、どのコマンドにも明示してあります。`TZ` により、時刻はすべて UTC で表示されます。"
                )])
                .lines(lines)
                .done(known)
                .takes(say!("Seconds.", "数秒です。")),
        ],
    }
}

/// What is protected, and checks that everything a restore needs is there.
pub(super) fn part(scope: &Scope<'_>) -> ChapterPart {
    let refuge = scope.refuge();
    let own = scope.steps();
    let mut steps = vec![figures::step(scope), switched_on(scope), holders(scope, &refuge)];
    steps.extend(own.needed.filter(|_| refuge.restore.is_some()).map(|needed| needed(&refuge)));
    steps.push((own.note)(&scope.source(), scope.resource));
    let (why, why_ja) = (own.prepare.en, own.prepare.ja);
    ChapterPart {
        title: say!("Before the day", "平時の準備"),
        prose: vec![say!(
            "Run this part when the stacks are deployed, after every change, and every quarter. {why}",
            "この手順は、スタックのデプロイ後、構成の変更後、および四半期ごとに実行します。{why_ja}"
        )],
        steps,
    }
}

/// Whether AWS Backup may back up the kind: in the source region, and in that of the copies, where the way
/// back begins with a backup, which takes a role of its own.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html>.
fn switched_on(scope: &Scope<'_>) -> Step {
    let source = scope.source();
    let (home, service) = (source.code(), scope.group.kind.service_name);
    let switch_on = switching_on(scope.group.kind, home);
    // Where nothing may be restored, nothing runs that would have to be backed up.
    let returning = scope.destination().filter(|site| site.restore.is_some());
    let settings = &scope.group.kind.region_settings;
    let mut prose = vec![say!(
        "While {service} is not switched on for AWS Backup in {home}, nothing is backed up: `{switch_on}` switches it on.",
        "{home} の AWS Backup で {service} が有効になっていない間は、何もバックアップされません。有効にするには次を実行します: `{switch_on}`"
    )];
    prose.extend(settings.also.map(Text::from));
    let mut lines = vec![opted_in(scope, &source)];
    if let Some(site) = &returning {
        prose.extend(for_the_way_back(scope.group.kind, site.code()));
        lines.extend([opted_in(scope, site), return_role(site)]);
    }
    Step::new(say!(
        "Check that AWS Backup may back up {service}",
        "AWS Backup で {service} が有効になっていることを確認する"
    ))
    .prose(prose)
    .lines(lines)
    .done(seen_on(scope.group.kind, returning.is_some()))
    .takes(say!("Seconds.", "数秒です。"))
    .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html")
}

/// How to see that a kind is switched on: in one region, or in both, with the role of the way back.
fn seen_on(kind: &Kind, both: bool) -> Text {
    let Text { en: on, ja: on_ja } = is_on(kind);
    if both {
        return say!(
            "Both times {on}, and the role exists.",
            "どちらのリージョンでも{on_ja}で、ロールが存在すること。"
        );
    }
    let on_ja = on_ja.trim_start();
    say!("{on}.", "{on_ja}であること。")
}

/// How the settings look that switch a kind on.
pub(super) fn is_on(kind: &Kind) -> Text {
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

/// What the way back takes where it begins.
fn for_the_way_back(kind: &Kind, code: &str) -> [Text; 2] {
    let (service, switch_on) = (kind.service_name, switching_on(kind, code));
    [
        say!(
            "The way back begins with a backup in {code}, so {service} must be switched on there too: `{switch_on}`.",
            "復帰は {code} でのバックアップから始まるため、{code} でも {service} を有効にしておく必要があります: `{switch_on}`"
        ),
        say!(
            "The role of this system may not make that backup. The commands take the account's `{RETURN_ROLE}`, which the console of AWS Backup makes where it is used for the first time; if it does not exist, make it now, or note the ARN of another role with the managed policy AWSBackupServiceRolePolicyForBackup.",
            "このシステムのロールには、そのバックアップの権限がありません。手順では、AWS Backup のコンソールが初回の利用時に作成するデフォルトロール `{RETURN_ROLE}` を使います。ない場合は今のうちに作成するか、管理ポリシー AWSBackupServiceRolePolicyForBackup を持つ別のロールの ARN を控えておいてください。"
        ),
    ]
}

/// Shows whether the kind is switched on in a region.
pub(super) fn opted_in(scope: &Scope<'_>, site: &Site<'_>) -> Line {
    let settings = site.command("backup", "describe-region-settings");
    settings.show(scope.group.kind.region_settings.shown)
}

/// Vault, key and role.
fn holders(scope: &Scope<'_>, site: &Site<'_>) -> Step {
    let (code, vault, role) = (site.code(), site.vault, scope.statement.role.value.name());
    let key = scope.refuge_place().key.value.identifier();
    let source = scope.source().code();
    let mut prose = vec![say!(
        "The vault `{vault}` in {code} is encrypted with `{key}`. IAM is global: the role is the same in every region, and is changed only from one of them, so change no permissions on the day.",
        "{code} のボールト `{vault}` は `{key}` で暗号化されています。IAM はグローバルサービスで、ロールは全リージョンで共通ですが、変更操作は特定のリージョンに依存します。災害当日に権限を変更しなくて済むようにしてください。"
    )];
    if scope.copies.is_some() {
        prose.push(say!(
            "Whoever signs in through IAM Identity Center depends on the regions that it is in. If that is {source} alone, set up emergency access that does without it.",
            "IAM Identity Center 経由のサインインは、IAM Identity Center のあるリージョンに依存します。{source} にしかない場合は、IAM Identity Center を使わずにサインインできる緊急用のアクセス手段を用意してください。"
        ));
    }
    if matches!(scope.statement.resource_key, ResourceKey::Unknown) {
        prose.push(unknown_key(scope, source));
    }
    prose.extend(existing_role(scope));
    Step::new(say!("Check the vault, the key and the role", "ボールト、キー、ロールを確認する"))
        .prose(prose)
        .lines(holder_lines(site, role))
        .done(say!(
            "The vault holds recovery points, the key is `Enabled`, and the role exists.",
            "ボールトに復旧ポイントがあり、キーの状態が `Enabled` で、ロールが存在すること。"
        ))
        .takes(say!("Seconds.", "数秒です。"))
        .source("https://docs.aws.amazon.com/singlesignon/latest/userguide/emergency-access.html")
}

/// What to know of the key of the resource, where the spec does not say which it is.
fn unknown_key(scope: &Scope<'_>, source: &str) -> Text {
    let words = &scope.group.kind.words;
    let (one, one_ja, service) = (words.one.en, words.one.ja, words.key_service);
    let Sentence { en: shown, ja: shown_ja } = scope.steps().key_shown;
    say!(
        "The spec does not say with which key the {one} itself is encrypted, so the role may have {service} use any key of {source}. {shown} A key of another account must let this account in by its own policy. `encrypted by` and its ARN in the spec narrow the permission to that key.",
        "{one_ja}自体を暗号化しているキーは定義ファイルに書かれていないため、ロールは {source} のすべてのキーを {service} 経由で使えます。{shown_ja}別のアカウントのキーの場合は、そのキーポリシーでこのアカウントを許可しておく必要があります。定義ファイルの `encrypted by` に ARN を書けば、許可をそのキーだけに絞れます。"
    )
}

/// What is not known of a role that exists.
fn existing_role(scope: &Scope<'_>) -> Option<Text> {
    let Role::Existing(arn) = &scope.statement.role.value else { return None };
    let arn = arn.as_str();
    Some(say!(
        "The role `{arn}` is not made by these stacks: it must allow at least what `drc explain` shows as its policy.",
        "ロール `{arn}` はこのシステムのスタックでは作成しません。少なくとも、`drc explain` がロールのポリシーとして示す内容を許可している必要があります。"
    ))
}

/// Puts the key of a vault into its variable, and shows it.
pub(super) fn key_of_vault(site: &Site<'_>) -> [Line; 2] {
    [
        site.backup("describe-backup-vault").into(site.variable(KEY), Query::Value("EncryptionKeyArn")),
        site.command("kms", "describe-key").expand("--key-id", site.value(KEY)).show(&[
            "KeyMetadata.Arn",
            "KeyMetadata.KeyState",
            "KeyMetadata.MultiRegion",
        ]),
    ]
}

fn holder_lines(site: &Site<'_>, role: &str) -> Vec<Line> {
    let mut lines = vec![site.backup("describe-backup-vault").show(&[
        "BackupVaultName",
        "EncryptionKeyArn",
        "NumberOfRecoveryPoints",
        "Locked",
    ])];
    lines.extend(key_of_vault(site));
    lines.push(site.command("iam", "get-role").with("--role-name", role).show(&["Role.Arn"]));
    if site.region.enabled == Enabled::OnRequest {
        let status = site.command("account", "get-region-opt-status").with("--region-name", site.code());
        lines.push(status.show(&["RegionName", "RegionOptStatus"]));
    }
    lines
}
