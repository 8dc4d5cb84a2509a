//! The shell, and what must be known and there before the day.

use super::command::{Command, Line, Query, Word};
use super::returning::{RETURN_ROLE, return_role};
use super::scope::{Scope, Site};
use super::text::{Text, say};
use super::{Part, Step, figures};
use crate::aws::region::Enabled;
use crate::spec::{Key, ResourceKey, Role};

/// Region, credentials and the names that every step uses.
pub(super) fn shell(scope: &Scope<'_>) -> Part {
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
    lines.push(Line::Run(identity.show(Query::Values(&["Account", "Arn"]))));
    lines.push(Line::Assign { variable: "CLUSTER_ARN", value: Word::Expand(scope.cluster_arn()) });
    lines.push(Line::Assign { variable: "ROLE_ARN", value: Word::Expand(scope.role_arn()) });
    Part {
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
pub(super) fn part(scope: &Scope<'_>) -> Part {
    let refuge = scope.refuge();
    let mut steps = vec![figures::step(scope), switched_on(scope), holders(scope, &refuge)];
    if refuge.restore.is_some() {
        steps.push(groups(&refuge));
    }
    steps.push(notes(scope));
    Part {
        title: say!("Before the day", "平時の準備"),
        prose: vec![say!(
            "Run this part when the stacks are deployed, after every change, and every quarter. A DR region without its network is a DR region without a database.",
            "この手順は、スタックのデプロイ後、構成の変更後、および四半期ごとに実行します。ネットワークのない DR リージョンには、データベースを復元できません。"
        )],
        steps,
    }
}

/// Whether AWS Backup may back up Aurora: in the source region, and in that of the copies, where the way
/// back begins with a backup, which takes a role of its own.
///
/// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html>.
fn switched_on(scope: &Scope<'_>) -> Step {
    let source = scope.source();
    let home = source.code();
    // Where nothing may be restored, nothing runs that would have to be backed up.
    let returning = scope.destination().filter(|site| site.restore.is_some());
    let mut prose = vec![say!(
        "While Aurora is not switched on for AWS Backup in {home}, nothing is backed up: `aws backup update-region-settings --resource-type-opt-in-preference Aurora=true --region {home}` switches it on.",
        "{home} の AWS Backup で Aurora が有効になっていない間は、何もバックアップされません。有効にするには次を実行します: `aws backup update-region-settings --resource-type-opt-in-preference Aurora=true --region {home}`"
    )];
    let mut lines = vec![opted_in(&source)];
    if let Some(site) = returning {
        prose.extend(for_the_way_back(site.code()));
        lines.extend([opted_in(&site), return_role(&site)]);
    }
    let done = if returning.is_some() {
        say!(
            "Both times `Aurora` is `True`, and the role exists.",
            "どちらのリージョンでも `Aurora` が `True` で、ロールが存在すること。"
        )
    } else {
        say!("`Aurora` is `True`.", "`Aurora` が `True` であること。")
    };
    Step::new(say!("Check that AWS Backup may back up Aurora", "AWS Backup で Aurora が有効になっていることを確認する"))
        .prose(prose)
        .lines(lines)
        .done(done)
        .takes(say!("Seconds.", "数秒です。"))
        .source("https://docs.aws.amazon.com/aws-backup/latest/devguide/assigning-resources.html")
}

/// What the way back takes where it begins.
fn for_the_way_back(code: &str) -> [Text; 2] {
    [
        say!(
            "The way back begins with a backup in {code}, so Aurora must be switched on there too: `aws backup update-region-settings --resource-type-opt-in-preference Aurora=true --region {code}`.",
            "復帰は {code} でのバックアップから始まるため、{code} でも Aurora を有効にしておく必要があります: `aws backup update-region-settings --resource-type-opt-in-preference Aurora=true --region {code}`"
        ),
        say!(
            "The role of this system may not make that backup. The commands take the account's `{RETURN_ROLE}`, which the console of AWS Backup makes where it is used for the first time; if it does not exist, make it now, or note the ARN of another role with the managed policy AWSBackupServiceRolePolicyForBackup.",
            "このシステムのロールには、そのバックアップの権限がありません。手順では、AWS Backup のコンソールが初回の利用時に作成するデフォルトロール `{RETURN_ROLE}` を使います。ない場合は今のうちに作成するか、管理ポリシー AWSBackupServiceRolePolicyForBackup を持つ別のロールの ARN を控えておいてください。"
        ),
    ]
}

/// Shows whether Aurora is switched on in a region.
pub(super) fn opted_in(site: &Site<'_>) -> Line {
    let settings = Command::new(site.code(), "backup", "describe-region-settings");
    Line::Run(settings.show(Query::Values(&["ResourceTypeOptInPreference.Aurora"])))
}

/// Vault, key and role.
fn holders(scope: &Scope<'_>, site: &Site<'_>) -> Step {
    let (code, vault, role) = (site.code(), site.vault(), scope.statement.role.value.name());
    let key = match &site.place.key.value {
        Key::Made(name) => format!("alias/{name}"),
        Key::Existing(arn) => arn.as_str().to_owned(),
    };
    let unknown = matches!(scope.statement.resource_key, ResourceKey::Unknown);
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
    if unknown {
        prose.push(say!(
            "The spec does not say with which key the cluster itself is encrypted, so the role may have RDS use any key of {source}. Look it up as `KmsKeyId` in the table below: a key of another account must let this account in by its own policy. `encrypted by` and its ARN in the spec narrow the permission to that key.",
            "クラスター自体を暗号化しているキーは定義ファイルに書かれていないため、ロールは {source} のすべてのキーを RDS 経由で使えます。実際のキーは後述の表の `KmsKeyId` で確認してください。別のアカウントのキーの場合は、そのキーポリシーでこのアカウントを許可しておく必要があります。定義ファイルの `encrypted by` に ARN を書けば、許可をそのキーだけに絞れます。"
        ));
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

/// What is not known of a role that exists.
fn existing_role(scope: &Scope<'_>) -> Option<Text> {
    let Role::Existing(arn) = &scope.statement.role.value else { return None };
    let arn = arn.as_str();
    Some(say!(
        "The role `{arn}` is not made by these stacks: it must allow at least what `drc explain` shows as its policy.",
        "ロール `{arn}` はこのシステムのスタックでは作成しません。少なくとも、`drc explain` がロールのポリシーとして示す内容を許可している必要があります。"
    ))
}

fn holder_lines(site: &Site<'_>, role: &str) -> Vec<Line> {
    let code = site.code();
    let variable = site.variables.key;
    let mut lines = vec![
        Line::Run(site.backup("describe-backup-vault").show(Query::Values(&[
            "BackupVaultName",
            "EncryptionKeyArn",
            "NumberOfRecoveryPoints",
            "Locked",
        ]))),
        site.backup("describe-backup-vault").into(variable, Query::Value("EncryptionKeyArn")),
        Line::Run(
            Command::new(code, "kms", "describe-key")
                .expand("--key-id", format!("${variable}"))
                .show(Query::Values(&["KeyMetadata.Arn", "KeyMetadata.KeyState", "KeyMetadata.MultiRegion"])),
        ),
        Line::Run(Command::new(code, "iam", "get-role").with("--role-name", role).show(Query::Values(&["Role.Arn"]))),
    ];
    if site.region().enabled == Enabled::OnRequest {
        lines.push(Line::Run(
            Command::new(code, "account", "get-region-opt-status")
                .with("--region-name", code)
                .show(Query::Values(&["RegionName", "RegionOptStatus"])),
        ));
    }
    lines
}

/// Subnet group, parameter group and security groups of a place.
fn groups(site: &Site<'_>) -> Step {
    let code = site.code();
    Step::new(say!(
        "Check subnet group, parameter group and security groups in {code}",
        "{code} のサブネットグループ、パラメータグループ、セキュリティグループを確認する"
    ))
    .prose([say!(
        "A restore takes none of them along: they must be in {code} already. The parameter group's family must be that of the cluster's engine version; no parameter group is copied with a snapshot.",
        "これらは復元では引き継がれないため、あらかじめ {code} に作成しておく必要があります。パラメータグループのファミリーは、クラスターのエンジンバージョンに合わせます。パラメータグループはスナップショットと一緒にはコピーされません。"
    )])
    .lines(super::restore::network(site))
    .done(say!(
        "Both groups are listed, the subnets are in at least two Availability Zones, and one security group lets the application in.",
        "両方のグループが表示され、サブネットが 2 つ以上のアベイラビリティーゾーンにあり、アプリケーションからの接続を許可するセキュリティグループがあること。"
    ))
    .takes(say!("Seconds.", "数秒です。"))
    .source("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-copy-snapshot.html")
}

/// What only the source can say, while it still can.
fn notes(scope: &Scope<'_>) -> Step {
    let source = scope.source();
    Step::new(say!("Note what only the source knows", "ソースにしかない情報を控える"))
        .prose([say!(
            "Write the instance classes, the engine version and the endpoint into your copy of this runbook: on the day nobody may be able to ask. A restore does not bring along all that the second table shows, nor the parameter groups of the instances; note what you need.",
            "インスタンスクラス、エンジンバージョン、エンドポイントを、手元のランブックに控えておきます。当日は確認できない可能性があります。2 つ目の表の設定とインスタンスのパラメータグループは、復元で引き継がれないことがあります。必要なものは併せて控えてください。"
        )])
        .lines(note_lines(&source, scope.cluster))
        .done(say!(
            "`INSTANCE_CLASS` and the security groups are written down.",
            "`INSTANCE_CLASS` とセキュリティグループを控えたこと。"
        ))
        .takes(say!("Minutes.", "数分です。"))
}

/// What the cluster is.
const DESCRIBED: &[&str] = &[
    "DBClusters[0].Engine",
    "DBClusters[0].EngineVersion",
    "DBClusters[0].DBSubnetGroup",
    "DBClusters[0].DBClusterParameterGroup",
    "DBClusters[0].StorageEncryptionType",
    "DBClusters[0].KmsKeyId",
    "DBClusters[0].Endpoint",
    "DBClusters[0].Port",
    "DBClusters[0].VpcSecurityGroups[].VpcSecurityGroupId",
    "DBClusters[0].MasterUserSecret.SecretArn",
];

/// What a restore does not, or not always, bring along.
///
/// Source: <https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RestoreDBClusterFromSnapshot.html>.
const LEFT_BEHIND: &[&str] = &[
    "DBClusters[0].DeletionProtection",
    "DBClusters[0].BackupRetentionPeriod",
    "DBClusters[0].StorageType",
    "DBClusters[0].IAMDatabaseAuthenticationEnabled",
    "DBClusters[0].AssociatedRoles[].RoleArn",
    "DBClusters[0].EnabledCloudwatchLogsExports[]",
    "DBClusters[0].ServerlessV2ScalingConfiguration.MinCapacity",
    "DBClusters[0].ServerlessV2ScalingConfiguration.MaxCapacity",
];

/// What is needed of each instance to make it again.
const OF_INSTANCES: &[&str] = &[
    "DBInstanceIdentifier",
    "DBInstanceClass",
    "AvailabilityZone",
    "PubliclyAccessible",
    "DBParameterGroups[].DBParameterGroupName",
];

/// Shows all that is to be noted.
fn note_lines(source: &Site<'_>, cluster: &str) -> [Line; 3] {
    let described = |fields| {
        let describe = source.rds("describe-db-clusters").with("--db-cluster-identifier", cluster);
        Line::Run(describe.show(Query::Values(fields)))
    };
    let instances =
        source.rds("describe-db-instances").with("--filters", format!("Name=db-cluster-id,Values={cluster}"));
    let instances = instances.show(Query::Rows { list: "DBInstances", by: None, fields: OF_INSTANCES });
    [described(DESCRIBED), described(LEFT_BEHIND), Line::Run(instances)]
}
