//! Who may do what: the role, and the person at the shell.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{Scope, restorable};
use super::text::{Text, say};
use super::{Chapter, ChapterPart, Step};
use crate::procedure::command::{Command, Line};

/// What the role cannot do, and what the operator must be allowed; computed from the commands.
pub(super) fn part(scope: &Scope<'_>, chapter: &Chapter) -> ChapterPart {
    ChapterPart {
        title: say!("Who may do what", "権限"),
        prose: Vec::new(),
        steps: vec![role(scope), operator(scope, chapter)],
    }
}

fn role(scope: &Scope<'_>) -> Step {
    let (role, own) = (scope.statement.role.value.name(), scope.steps());
    let (many, one_ja) = (scope.group.kind.words.many.en, scope.group.kind.words.one.ja);
    let mut prose: Vec<Text> = Vec::new();
    for (region, restore) in &scope.group.restores {
        let restore = restorable(restore);
        let Text { en: rest, ja: rest_ja } = (own.allowed)(&restore);
        let patterns = restore.patterns.iter().map(|pattern| format!("`{pattern}`")).collect::<Vec<_>>().join(", ");
        prose.push(say!(
            "In {region} the role `{role}` restores {many} called {patterns} only, {rest}.",
            "{region} でロール `{role}` が復元できる{one_ja}名は {patterns} だけです。{rest_ja}。"
        ));
    }
    if scope.group.restores.is_empty() {
        prose.push(say!("The role `{role}` may not restore.", "ロール `{role}` には復元の権限がありません。"));
    }
    prose.push(own.beyond_role.into());
    Step::new(say!("What the role cannot do", "ロールにできないこと")).prose(prose)
}

fn operator(scope: &Scope<'_>, chapter: &Chapter) -> Step {
    let commands = chapter.lines().filter_map(Line::command);
    let mut actions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for action in commands.flat_map(Command::actions) {
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
    let (also, page) = scope.steps().operator;
    prose.push(also.into());
    Step::new(say!("What the operator must be allowed", "担当者に必要な権限")).prose(prose).source(page)
}
