//! Who may do what: the role, and the person at the shell.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::Scope;
use super::text::say;
use super::{Part, Step};

/// What the role cannot do, and what the operator must be allowed; computed from the commands.
pub(super) fn part(scope: &Scope<'_>, parts: &[Part]) -> Part {
    Part {
        title: say!("Who may do what", "権限"), prose: Vec::new(), steps: vec![role(scope), operator(scope, parts)]
    }
}

fn role(scope: &Scope<'_>) -> Step {
    let role = scope.statement.role.value.name();
    let mut prose = Vec::new();
    for (region, restore) in scope.statement.groups.iter().flat_map(|group| &group.restores) {
        let patterns = restore.patterns.iter().map(|pattern| format!("`{pattern}`")).collect::<Vec<_>>().join(", ");
        let group = |word: &str| restore.settings.get(word).map(|group| group.value.clone());
        let (subnets, parameters) = (group("subnet-group"), group("parameter-group"));
        let (subnets_ja, parameters_ja) = (group_ja(subnets.as_ref()), group_ja(parameters.as_ref()));
        let subnets =
            subnets.map_or_else(|| "any subnet group".to_owned(), |name| format!("the subnet group `{name}`"));
        let parameters =
            parameters.map_or_else(|| "any parameter group".to_owned(), |name| format!("the parameter group `{name}`"));
        prose.push(say!(
            "In {region} the role `{role}` restores clusters called {patterns} only, into {subnets}, with {parameters}.",
            "{region} でロール `{role}` が復元できるクラスター名は {patterns} だけです。サブネットグループは{subnets_ja}、パラメータグループは{parameters_ja}です。"
        ));
    }
    if !scope.statement.restores() {
        prose.push(say!("The role `{role}` may not restore.", "ロール `{role}` には復元の権限がありません。"));
    }
    prose.push(say!(
        "It cannot make instances, rename or delete clusters, or back up a cluster outside the source region. Those calls are yours.",
        "インスタンスの作成、クラスターの名前変更や削除、ソースリージョン以外のクラスターのバックアップはできません。これらの操作は担当者の権限で行います。"
    ));
    Step::new(say!("What the role cannot do", "ロールにできないこと")).prose(prose)
}

fn group_ja(name: Option<&String>) -> String {
    name.map_or_else(|| "任意".to_owned(), |name| format!(" `{name}` "))
}

fn operator(scope: &Scope<'_>, parts: &[Part]) -> Step {
    let commands =
        parts.iter().flat_map(|part| &part.steps).flat_map(|step| &step.lines).filter_map(super::Line::command);
    let mut actions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for action in commands.flat_map(super::command::Command::actions) {
        let service = action.split(':').next().unwrap_or_default().to_owned();
        actions.entry(service).or_default().insert(format!("`{action}`"));
    }
    let role = scope.role_arn();
    let mut prose = vec![say!(
        "The commands of this chapter, one by one, need these permissions in the regions that they name. Give them to the people on duty before the day, and let them run the drill with those alone.",
        "この章のコマンドには、各コマンドのリージョンで次の権限が必要です。平時のうちに当番の担当者に付与し、訓練もその権限だけで実施してください。"
    )];
    prose.extend(actions.iter().map(|(service, actions)| {
        let list = actions.iter().cloned().collect::<Vec<_>>().join(", ");
        say!("For {service}: {list}.", "{service} の権限: {list}")
    }));
    prose.push(say!(
        "`iam:PassRole` is needed on `{role}`, and on any other role that a command passes, with the condition `iam:PassedToService` = `backup.amazonaws.com`; the managed policy AWSBackupFullAccess has it for roles whose names contain `AWSBackup`.",
        "`iam:PassRole` は `{role}` と、コマンドで渡すそのほかのロールに対して、条件 `iam:PassedToService` = `backup.amazonaws.com` を付けて許可します。管理ポリシー AWSBackupFullAccess では、名前に `AWSBackup` を含むロールに対して許可されています。"
    ));
    prose.push(say!(
        "RDS also asks whoever makes an encrypted database for `kms:CreateGrant` and `kms:DescribeKey` on its key.",
        "暗号化されたデータベースを作成する担当者には、そのキーに対する `kms:CreateGrant` と `kms:DescribeKey` も必要です。"
    ));
    Step::new(say!("What the operator must be allowed", "担当者に必要な権限"))
        .prose(prose)
        .source("https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Overview.Encryption.Keys.html")
}
