//! Who may do what: the roles, and the person at the shell.

use std::collections::{BTreeMap, BTreeSet};

use super::scope::{NAMED, Scope, restorable};
use super::text::{Text, say};
use super::{Phase, Section, Step};
use crate::procedure::command::Command;
use crate::text::Language;

/// What roles cannot do, and what the operator must be allowed; computed from the commands of the other phases.
pub(super) fn phase(scopes: &[Scope<'_>], phases: &[Phase]) -> Phase {
    let mut sections: Vec<Section> =
        scopes.iter().map(|scope| Section { steps: vec![role(scope)], ..Section::new(scope.title()) }).collect();
    let you = Section::new(say!("You", "担当者"));
    sections.push(Section { steps: vec![operator(scopes, phases)], ..you });
    Phase { id: "permissions", title: say!("Who may do what", "権限"), prose: Vec::new(), sections }
}

fn role(scope: &Scope<'_>) -> Step {
    let own = scope.steps();
    let (many, one_ja) = (scope.kind.words.many.en, scope.kind.words.one.ja);
    let mut prose: Vec<Text> = Vec::new();
    for ((region, told), roles) in restoring(scope) {
        let roles: Vec<String> = roles.into_iter().map(|name| format!("`{name}`")).collect();
        let [roles, roles_ja] = [Language::English, Language::Japanese].map(|language| language.first(NAMED, &roles));
        let Text { en: told, ja: told_ja } = told;
        prose.push(say!(
            "In {region} {roles} restores {many} {told}.",
            "{region} で {roles_ja} が復元できる{one_ja}名は {told_ja}。"
        ));
    }
    if prose.is_empty() {
        prose.push(say!("The role may not restore.", "ロールには復元の権限がありません。"));
    }
    prose.push(own.beyond_role.into());
    Step::new(say!("What the role cannot do", "ロールにできないこと")).prose(prose)
}

/// Which roles may restore what, by region.
fn restoring<'a>(scope: &Scope<'a>) -> BTreeMap<(&'a str, Text), BTreeSet<&'a str>> {
    let mut known: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
    for site in &scope.sites {
        for row in &site.rows {
            let Some(restore) = row.restore else { continue };
            let restore = restorable(restore);
            let Text { en: rest, ja: rest_ja } = (scope.steps().allowed)(&restore);
            let patterns: Vec<String> = restore.patterns.iter().map(|pattern| format!("`{pattern}`")).collect();
            let [patterns, patterns_ja] =
                [Language::English, Language::Japanese].map(|language| language.first(NAMED, &patterns));
            let told = say!("called {patterns} only, {rest}", "{patterns_ja} だけです。{rest_ja}");
            known.entry((site.code(), told)).or_default().insert(row.statement.role.value.name());
        }
    }
    known
}

fn operator(scopes: &[Scope<'_>], phases: &[Phase]) -> Step {
    let steps = phases.iter().flat_map(|phase| &phase.sections);
    let commands = steps.flat_map(|section| section.places.iter().chain(&section.steps)).flat_map(Step::commands);
    let mut actions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for action in commands.flat_map(Command::actions) {
        let service = action.split(':').next().unwrap_or_default().to_owned();
        actions.entry(service).or_default().insert(format!("`{action}`"));
    }
    let mut prose = vec![say!(
        "The commands of this runbook need these permissions in the regions that they name. Give them to the people on duty before the day, and let them run the drill with those alone.",
        "このランブックのコマンドには、各コマンドのリージョンで次の権限が必要です。平時のうちに当番の担当者に付与し、訓練もその権限だけで実施してください。"
    )];
    let lists = actions.values().map(|actions| actions.iter().cloned().collect::<Vec<_>>().join(", "));
    let list = lists.collect::<Vec<_>>().join("; ");
    prose.push(say!("{list}.", "必要な権限: {list}"));
    prose.push(say!(
        "`iam:PassRole` is needed on every role that a command passes (`ROLE_ARN` at each place, and the one of the way back), with the condition `iam:PassedToService` = `backup.amazonaws.com`; the managed policy AWSBackupFullAccess has it for roles whose names contain `AWSBackup`.",
        "`iam:PassRole` は、コマンドで渡すすべてのロール(各場所の `ROLE_ARN` と、復帰で使うロール)に対して、条件 `iam:PassedToService` = `backup.amazonaws.com` を付けて許可します。管理ポリシー AWSBackupFullAccess では、名前に `AWSBackup` を含むロールに対して許可されています。"
    ));
    let mut also: Vec<_> = scopes.iter().map(|scope| scope.steps().operator).collect();
    also.dedup();
    prose.extend(also.iter().map(|(also, _)| Text::from(*also)));
    let step = Step::new(say!("What the operator must be allowed", "担当者に必要な権限")).prose(prose);
    also.into_iter().next().map_or(step.clone(), |(_, page)| step.source(page))
}
