//! What is made, what the roles may do, and what is left to people.

use std::collections::{BTreeMap, BTreeSet};

use super::permissions::Permissions;
use super::sheet::{Block, Cell};
use super::statement::and_more;
use super::{Backup, Screen, words};
use crate::aws::managed_policy::{Figures, INSTEAD};
use crate::aws::region;
use crate::cfn::{Properties, Resource};
use crate::kind::Kind;
use crate::lower::Stack;
use crate::spec::{Role, Statement, VaultName};
use crate::text::{Language, Sentence};

/// How many rows of one kind are shown.
const ROWS: usize = 8;

impl Screen<'_> {
    /// What is made, what the roles may do, what is left to people, and where to ask further.
    pub(super) fn made(&self, language: Language) -> Vec<Block> {
        let mut blocks = vec![Block::first(language.say("stacks", "スタック"), self.stacks(language))];
        blocks.extend(self.role(language));
        blocks.push(Block::new(language.say("left to you", "利用者の作業"), self.left(language)));
        blocks.extend(self.ask(language));
        blocks
    }

    /// The stacks in order; those of one name in several regions on one line.
    fn stacks(&self, language: Language) -> Vec<Vec<Cell>> {
        let mut groups: Vec<(usize, Vec<&Stack>)> = Vec::new();
        for (index, stack) in self.stacks.iter().enumerate() {
            match groups.last_mut() {
                Some((_, group)) if group.first().is_some_and(|first| first.name == stack.name) => group.push(stack),
                _ => groups.push((index + 1, vec![stack])),
            }
        }
        let more: usize = groups.iter().skip(ROWS).map(|(_, group)| group.len()).sum();
        let row = |(number, group): &(usize, Vec<&Stack>)| -> Vec<Cell> {
            let last = number + group.len() - 1;
            let numbers = if group.len() > 1 { format!("{number}-{last}") } else { number.to_string() };
            let regions: Vec<&str> = group.iter().map(|stack| words::region(stack.location.region, language)).collect();
            let regions = match regions.len() {
                ..=2 => language.list(&regions),
                count => language.say(format!("{count} regions"), format!("{count} リージョン")),
            };
            let first = group.first();
            vec![
                numbers.into(),
                Cell::code(first.map_or("", |stack| stack.name.as_str())),
                regions.into(),
                first.map_or_else(String::new, |stack| holds(stack, language)).into(),
            ]
        };
        let mut rows: Vec<Vec<Cell>> = groups.iter().take(ROWS).map(row).collect();
        rows.extend(and_more(more, "manifest.json", language));
        rows
    }

    /// The roles in figures beside AWS's managed policies, and what they can delete.
    fn role(&self, language: Language) -> Vec<Block> {
        let roles: Vec<&Permissions<'_>> = self.backups.iter().map(|backup| &backup.role).collect();
        let most =
            |figure: fn(&Permissions<'_>) -> usize| roles.iter().map(|role| figure(role)).max().unwrap_or_default();
        let own = [most(|role| role.statements), most(|role| role.actions), most(|role| role.on_any_resource)];
        let own = figures(own, language);
        let own = match roles.as_slice() {
            [only] => format!("{}: {own}", only.role.name()),
            _ => language.say(format!("up to {own}"), format!("1 ロール最大: {own}")),
        };
        let all = |figure: fn(&Figures) -> usize| INSTEAD.iter().map(|policy| figure(&policy.figures)).sum();
        let managed = figures([all(|of| of.statements), all(|of| of.actions), all(|of| of.on_any_resource)], language);
        let managed = language.say(
            format!("instead, AWS's two managed policies: {managed}"),
            format!("比較: AWS 管理ポリシー 2 つは{managed}"),
        );
        vec![
            Block::new(language.say("role", "ロール"), vec![vec![own.into()], vec![managed.into()]]),
            Block::new(language.say("deletes", "削除できるもの"), self.deletes(language)),
            Block::new(language.say("on \"*\"", "`*` の対象"), anywhere(&roles, language)),
        ]
    }

    /// What the roles can delete, and whether that is what they back up.
    fn deletes(&self, language: Language) -> Vec<Vec<Cell>> {
        let mut regions: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
        for deletion in self.backups.iter().flat_map(|backup| &backup.role.deletions) {
            let named = deletion.region.as_deref().unwrap_or("*");
            regions.entry((&deletion.action, &deletion.resource)).or_default().insert(named);
        }
        let named = |code: &str| region::find(code).map_or(code, |found| words::region(found, language)).to_owned();
        let deletable: Vec<&str> = self
            .backups
            .iter()
            .filter(|backup| backup.role.deletes_source)
            .map(|backup| backup.statement.name.value.as_str())
            .collect();
        let told = |((action, resource), regions): (&(&str, &str), &BTreeSet<&str>)| {
            let there = language.list(&regions.iter().map(|code| named(code)).collect::<Vec<_>>());
            let text =
                language.say(format!("{resource} in {there} ({action})"), format!("{there}の {resource}({action})"));
            vec![text.into()]
        };
        let mut rows = self.deletes_source(&deletable, !regions.is_empty(), language);
        if rows.is_empty() {
            for kind in self.kinds() {
                rows.push(vec![language.pick(kind.deletes).into()]);
                let is_own = |action: &str| kind.calls().any(|call| call.action == action);
                rows.extend(regions.iter().filter(|((action, _), _)| is_own(action)).map(told));
            }
            return rows;
        }
        rows.extend(regions.iter().map(told));
        rows
    }

    /// What is backed up, in the order of the kinds' words.
    fn kinds(&self) -> impl Iterator<Item = &'static Kind> {
        let groups = self.backups.iter().flat_map(|backup| &backup.statement.groups);
        let kinds: BTreeMap<&str, &Kind> = groups.map(|group| (group.kind.words.word, group.kind)).collect();
        kinds.into_values()
    }

    /// Whether the roles can delete what they back up, as far as they are known; nothing, where they are all made here and
    /// can not.
    fn deletes_source(&self, deletable: &[&str], deletes: bool, language: Language) -> Vec<Vec<Cell>> {
        let exists = |backup: &Backup<'_>| matches!(backup.role.role, Role::Existing(_));
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        if !deletable.is_empty() {
            let statements = language.list(deletable);
            let text = format!("what {statements} backs up, and:");
            rows.push(vec![language.say(text, format!("{statements} のバックアップ対象と、次のもの:")).into()]);
        } else if !deletes {
            rows.push(vec![language.say("nothing", "なし").into()]);
        } else if self.backups.iter().any(exists) && !self.backups.iter().all(exists) {
            rows.extend(self.kinds().map(|kind| vec![language.pick(kind.deletes).into()]));
        }
        if self.backups.iter().any(exists) {
            let text = language.say(
                "a role that exists is not looked at; it is asked only for:",
                "既存のロールの実際の権限は確認していない。必要とするのは次のものだけ:",
            );
            rows.push(vec![text.into()]);
        }
        rows
    }

    /// What restores do not make, kind by kind.
    fn after_restores(&self) -> impl Iterator<Item = Sentence> {
        let groups = self.backups.iter().flat_map(|backup| &backup.statement.groups);
        let restored = groups.filter(|group| !group.restores.is_empty());
        let left: BTreeSet<Sentence> = restored.filter_map(|group| group.kind.left_after_restore).collect();
        left.into_iter()
    }

    /// What no template does.
    fn left(&self, language: Language) -> Vec<Vec<Cell>> {
        let any = |holds: fn(&Statement) -> bool| self.backups.iter().any(|backup| holds(backup.statement));
        let left = [
            (any(|statement| statement.no_restore.is_some()), RESTORES),
            (any(relies_on_others), ASSUMED),
            (true, WATCHING),
            (true, LOCKS),
        ];
        let left = left.into_iter().filter_map(|(holds, told)| holds.then_some(told));
        self.after_restores().chain(left).map(|told| vec![language.pick(told).into()]).collect()
    }
}

/// Whether a vault or a role of it exists already.
fn relies_on_others(statement: &Statement) -> bool {
    matches!(statement.role.value, Role::Existing(_))
        || statement.places().any(|place| matches!(place.vault.value, VaultName::Existing(_)))
}

const RESTORES: Sentence =
    Sentence::new("a role that restores: `no restore` leaves it out", "復元用のロール(`no restore` により含まれない)");
const ASSUMED: Sentence = Sentence::new(
    "what exists already must be as `drc prove` assumes",
    "既存のものが `drc prove` の前提どおりであること",
);
const WATCHING: Sentence = Sentence::new(
    "hearing of a failed job, and trying a restore: nothing here does either",
    "ジョブの失敗の検知と復元の訓練(どちらも自動では行われない)",
);
const LOCKS: Sentence = Sentence::new(
    "administrators: no vault is locked, so they can delete recovery points",
    "管理者の扱い(ボールトにロックはなく、管理者は復旧ポイントを削除できる)",
);

/// What a stack holds.
fn holds(stack: &Stack, language: Language) -> String {
    let word = |resource: &Resource| match &resource.properties {
        Properties::Key(_) => Some(language.say("key", "キー")),
        Properties::ReplicaKey(_) => Some(language.say("replica key", "レプリカキー")),
        Properties::Vault(_) => Some(language.say("vault", "ボールト")),
        Properties::Plan(_) => Some(language.say("plan", "プラン")),
        Properties::Selection(_) => Some(language.say("selection", "セレクション")),
        Properties::Role(_) => Some(language.say("role", "ロール")),
        Properties::Alias(_) | Properties::RolePolicy(_) | Properties::ManagedPolicy(_) => None,
    };
    language.list(&stack.template.resources.iter().filter_map(word).collect::<Vec<_>>())
}

/// How wide policies are.
fn figures([statements, actions, any]: [usize; 3], language: Language) -> String {
    language.say(
        format!("{statements} statements, {actions} actions, {any} on \"*\""),
        format!("ステートメント {statements}、アクション {actions}、`*` {any}"),
    )
}

/// What stands on any resource, and why.
fn anywhere(roles: &[&Permissions<'_>], language: Language) -> Vec<Vec<Cell>> {
    let actions: BTreeSet<&str> = roles.iter().flat_map(|role| &role.anywhere).map(String::as_str).collect();
    let row = |action: &&str| {
        let text = language.say(
            format!("{action}, which AWS lets nobody narrow to a resource"),
            format!("{action}(リソースを限定できないアクション)"),
        );
        vec![text.into()]
    };
    actions.iter().map(row).collect()
}
