//! What CloudFormation does to resources and stacks, in words; what becomes of many alike is said once.

use std::collections::BTreeMap;

use super::deployed::{StackId, State};
use super::points::Sides;
use super::refused;
use super::report::{Address, Item, Subject, Verdict};
use super::resource::{Policy, Resource};
use super::update::{Action, ResourceChange, StackAction};
use crate::text::{Sentence, Text, say};

/// What is said of what CloudFormation does.
pub(super) fn items(sides: &Sides<'_, '_>) -> Vec<Item> {
    let alone = sides.update.resources.iter().flat_map(|change| of_resource(sides, change));
    refused::items(sides).into_iter().chain(alone).chain(together(sides)).chain(left(sides)).collect()
}

/// What is done to resources of a stack that is said of all of them at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Done {
    Removed,
    Gone,
    Retained,
    Again,
    Made,
    InPlace,
}

/// A resource as one of several: what it is, and its name.
fn named(resource: &Resource<'_>, properties: &[String]) -> Text {
    let (what, name) = (words(&resource.kind), resource.name());
    let list = if properties.is_empty() { String::new() } else { format!(" ({})", properties.join(", ")) };
    Text { en: format!("{} {name}{list}", what.en), ja: format!("{} {name}{list}", what.ja) }
}

/// Whether nothing of a type holds recovery points or is needed by them.
fn holds_nothing(resource: &Resource<'_>) -> bool {
    matches!(resource.kind.as_str(), "AWS::Backup::BackupPlan" | "AWS::Backup::BackupSelection")
}

fn together(sides: &Sides<'_, '_>) -> Vec<Item> {
    let mut groups: BTreeMap<(&StackId, Done), Vec<Text>> = BTreeMap::new();
    let refused = refused::stacks(sides);
    for change in &sides.update.resources {
        let old = change.old.and_then(|at| Some((sides.old, sides.old.resources.get(at)?)));
        let new = change.new.and_then(|at| Some((sides.new, sides.new.resources.get(at)?)));
        let Some((state, resource)) = new.or(old) else { continue };
        let (done, properties) = match &change.action {
            Action::Updated(properties) => (Done::InPlace, properties.as_slice()),
            Action::Replaced { because, .. } if holds_nothing(resource) => (Done::Again, because.as_slice()),
            Action::Removed(Policy::Retain) => (Done::Retained, &[][..]),
            Action::Removed(Policy::Delete) if holds_nothing(resource) => (Done::Gone, &[][..]),
            Action::Removed(Policy::Delete) => (Done::Removed, &[][..]),
            // Of a new stack it goes without saying.
            Action::Made if state.stack(resource).is_some_and(|stack| sides.old.position(stack).is_some()) => {
                (Done::Made, &[][..])
            }
            Action::Made | Action::Kept | Action::Replaced { .. } | Action::Left | Action::Refused(_) => continue,
        };
        // Of a stack that is refused nothing of it happens.
        let stack = state.stack(resource).filter(|stack| !refused.contains(stack));
        if let Some(stack) = stack {
            groups.entry((stack, done)).or_default().push(named(resource, properties));
        }
    }
    groups.into_iter().map(|((stack, done), all)| said(stack, done, &all)).collect()
}

fn said(stack: &StackId, done: Done, all: &[Text]) -> Item {
    let (name, region, list) = (&stack.name, stack.region, Text::list(all));
    let (en, ja) = (list.en, list.ja);
    let (verdict, en, ja) = match done {
        Done::Retained => (
            Verdict::Look,
            format!("these leave stack {name} in {region} and stay, managed by no stack: {en}"),
            format!("次のものは {region} のスタック {name} から外れ、どのスタックにも管理されずに残ります: {ja}"),
        ),
        Done::Removed | Done::Gone => (
            if done == Done::Gone { Verdict::Safe } else { Verdict::Look },
            format!("these are deleted from stack {name} in {region}: {en}"),
            format!("次のものは {region} のスタック {name} から削除されます: {ja}"),
        ),
        Done::Again => (
            Verdict::Safe,
            format!("these are made again in stack {name} in {region}, and hold no recovery points: {en}"),
            format!("次のものは {region} のスタック {name} で作り直されます。復旧ポイントは持ちません: {ja}"),
        ),
        Done::Made => (
            Verdict::Safe,
            format!("these are made in stack {name} in {region}: {en}"),
            format!("次のものが {region} のスタック {name} に作られます: {ja}"),
        ),
        Done::InPlace => (
            Verdict::Safe,
            format!("stack {name} in {region} changes in place: {en}"),
            format!("{region} のスタック {name} では次が置き換えなしで更新されます: {ja}"),
        ),
    };
    Item::new(verdict, Subject::Resource(Address::of(stack)), Text { en, ja })
}

/// What is said of one resource alone.
fn of_resource(sides: &Sides<'_, '_>, change: &ResourceChange) -> Vec<Item> {
    let old = change.old.and_then(|at| sides.old.resources.get(at));
    let Some(new) = change.new.and_then(|at| sides.new.resources.get(at)) else { return Vec::new() };
    let (address, id) = (sides.new.address(new), &new.id);
    let subject = Subject::Resource(address.clone());
    let mut items: Vec<Item> = old.and_then(|old| replaced(change, old, new, &address)).into_iter().collect();
    items.extend(change.unseen.iter().map(|(property, why)| {
        Item::unseen(
            subject.clone(),
            say!(
                "{property} of {id} stays as it is: only AWS knows what it comes to ({why})",
                "{id} の {property} が変わらない場合: 値は AWS にしか分かりません ({why})"
            ),
        )
    }));
    let was_kept = old.is_some_and(|old| (old.on_delete, old.on_replace) == (Policy::Retain, Policy::Retain));
    if was_kept && (new.on_delete, new.on_replace) != (Policy::Retain, Policy::Retain) && !holds_nothing(new) {
        items.push(Item::new(Verdict::Look, subject.clone(), say!(
            "{id} no longer stays when it leaves its stack or another takes its place: a later change, or the stack's deletion, would delete it",
            "{id} は、スタックから外れたときや置き換えられたときに残らなくなります。以後の変更やスタックの削除で削除されます"
        )));
    }
    if change.unknown_type {
        let kind = &new.kind;
        items.push(Item::new(Verdict::Look, subject, say!(
            "{id} is changed, and what a change of {kind} does is not known here: read AWS's page of it",
            "{id} が変更されます。{kind} の変更がどう適用されるかはここでは分かりません。AWS のページを確認してください"
        )));
    }
    items
}

/// One that takes the place of another.
fn replaced(change: &ResourceChange, old: &Resource<'_>, new: &Resource<'_>, address: &Address) -> Option<Item> {
    let Action::Replaced { because, old: policy } = &change.action else { return None };
    if holds_nothing(new) {
        return None;
    }
    let fate = match policy {
        Policy::Retain => Sentence::new("stays, managed by no stack", "どのスタックにも管理されずに残ります"),
        Policy::Delete => Sentence::new("is deleted", "削除されます"),
    };
    let (what, name, before) = (words(&new.kind), new.name(), old.name());
    let (region, properties) = (address.region, because.join(", "));
    Some(Item::new(
        Verdict::Look,
        Subject::Resource(address.clone()),
        Text {
            en: format!(
                "another {} {name} in {region} takes the place of {before} ({properties}), which {}",
                what.en, fate.en
            ),
            ja: format!(
                "{region} の{} {before} に代わって {name} が作られます ({properties})。古いほうは{}",
                what.ja, fate.ja
            ),
        },
    ))
}

/// Whether everything of a stack that recovery points need stays when the stack is deleted.
pub(super) fn is_kept(state: &State<'_>, stack: &StackId) -> bool {
    let Some(stack) = state.position(stack) else { return true };
    state.of_stack(stack).all(|resource| holds_nothing(resource) || resource.on_delete == Policy::Retain)
}

/// What the deletion of stacks that are left does.
fn what_goes_with_them(is_kept: bool) -> Text {
    if is_kept {
        return say!(
            "when the new ones have made their first backups, delete them: what holds recovery points stays",
            "新しいほうが最初のバックアップを作ったら削除してください。復旧ポイントを持つものは残ります"
        );
    }
    say!(
        "do not delete them: keys, vaults, roles or policies that recovery points need would go with them; give these `DeletionPolicy: Retain` first",
        "削除しないでください。復旧ポイントに必要なキー、ボールト、ロール、ポリシーも一緒に削除されます。先に `DeletionPolicy: Retain` を付けてください"
    )
}

/// The stacks that nothing deploys any more.
fn left(sides: &Sides<'_, '_>) -> Option<Item> {
    let left = sides.update.stacks.iter().filter(|(_, action)| *action == StackAction::Left).map(|(stack, _)| stack);
    let left: Vec<&StackId> = left.collect();
    let named = |stack: &&StackId| {
        let (name, region) = (&stack.name, stack.region);
        say!("{name} in {region}", "{region} の {name}")
    };
    let has_plan = sides
        .old
        .of_kind("AWS::Backup::BackupPlan")
        .any(|plan| sides.old.stack(plan).is_some_and(|stack| sides.new.position(stack).is_none()));
    let Text { en, ja } = Text::list(&left.iter().map(named).collect::<Vec<_>>());
    let item = Item::new(
        Verdict::Look,
        Subject::Whole,
        Text {
            en: format!(
                "these stacks are not part of this any more; they go on existing, and are billed, until somebody deletes them: {en}"
            ),
            ja: format!("次のスタックはもう含まれません。だれかが削除するまで存在し続け、課金も続きます: {ja}"),
        },
    );
    let item = if has_plan {
        item.detail(say!("plans among them go on making backups", "そのうちのプランはバックアップを作り続けます"))
    } else {
        item
    };
    let item = item.detail(what_goes_with_them(left.iter().all(|stack| is_kept(sides.old, stack))));
    (!left.is_empty()).then_some(item)
}

/// What people call a type.
fn words(kind: &str) -> Sentence {
    match kind {
        "AWS::KMS::Key" => Sentence::new("key", "キー"),
        "AWS::KMS::ReplicaKey" => Sentence::new("replica key", "レプリカキー"),
        "AWS::KMS::Alias" => Sentence::new("alias", "エイリアス"),
        "AWS::Backup::BackupVault" => Sentence::new("vault", "ボールト"),
        "AWS::Backup::LogicallyAirGappedBackupVault" => Sentence::new("air-gapped vault", "エアギャップボールト"),
        "AWS::Backup::BackupPlan" => Sentence::new("plan", "プラン"),
        "AWS::Backup::BackupSelection" => Sentence::new("selection", "リソース選択"),
        "AWS::IAM::Role" => Sentence::new("role", "ロール"),
        "AWS::IAM::RolePolicy" | "AWS::IAM::ManagedPolicy" => Sentence::new("policy", "ポリシー"),
        _ => Sentence::new("resource", "リソース"),
    }
}
