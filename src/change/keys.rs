//! Key policies: whether everybody who could use a key still can.

use std::collections::{BTreeMap, BTreeSet};

use super::points::Sides;
use super::report::{Item, Subject, Verdict};
use super::resource::{Policy, Resource};
use super::rights::Rights;
use super::rules::{L0601, L0604};
use super::update::{Action, ResourceChange};
use crate::aws::kms::ADMINISTRATION;
use crate::text::{Text, say};

/// What is said of key policies; of keys that change alike, once.
pub(super) fn items(sides: &Sides<'_, '_>) -> Vec<Item> {
    let mut lost: BTreeMap<Lost, Vec<Text>> = BTreeMap::new();
    let mut items = Vec::new();
    for (key, change) in keys(sides) {
        let Some(new) = change.new.and_then(|at| sides.new.resources.get(at)) else { continue };
        let [before, after] = [key, new].map(|key| Rights::of_policy(key, "KeyPolicy"));
        let (id, region) = (&key.id, sides.old.stack(key).map(|stack| stack.region).unwrap_or_default());
        for right in before.lost_in(&after) {
            let administers = ADMINISTRATION.iter().any(|(pattern, _)| *pattern == right.action);
            let who = Lost { is_use: !administers, principal: right.principal.clone().unwrap_or_default() };
            let keys = lost.entry(who).or_default();
            let named = say!("{id} in {region}", "{region} の {id}");
            if !keys.contains(&named) {
                keys.push(named);
            }
        }
        let subject = Subject::Resource(sides.old.address(key));
        let unseen = before.unseen.iter().chain(&after.unseen);
        items.extend(unseen.map(|why| {
            Item::unseen(
                subject.clone(),
                say!(
                    "the policy of key {id} in {region} lets the same in: it cannot be read here ({why})",
                    "{region} のキー {id} のポリシーで許可されるものが変わらない場合: ポリシーを読み取れません ({why})"
                ),
            )
        }));
    }
    lost.iter().map(|(lost, keys)| lost.item(keys)).chain(items).chain(deleted(sides)).collect()
}

/// The keys that would be deleted and that no vault of the templates names: whatever lies under them cannot be read any more.
fn deleted(sides: &Sides<'_, '_>) -> Vec<Item> {
    let vaults = sides.old.vaults().filter_map(|(_, at)| sides.old.resources.get(at));
    let of_vaults: BTreeSet<usize> =
        vaults.filter_map(|vault| sides.old.made_by(vault, &["EncryptionKeyArn"])).collect();
    let mut items = Vec::new();
    for (key, change) in keys(sides) {
        let goes =
            matches!(change.action, Action::Removed(Policy::Delete) | Action::Replaced { old: Policy::Delete, .. });
        if !goes || change.old.is_some_and(|at| of_vaults.contains(&at)) {
            continue;
        }
        let (id, region) = (&key.id, sides.old.stack(key).map(|stack| stack.region).unwrap_or_default());
        let text = say!(
            "key {id} in {region} would be scheduled for deletion: whatever it encrypts, recovery points among it, can then never be read again",
            "{region} のキー {id} の削除がスケジュールされます。このキーで暗号化されたものは、復旧ポイントも含めて二度と読めなくなります"
        );
        items.push(Item::new(Verdict::Loses, Subject::Resource(sides.old.address(key)), text).rule(&L0601));
    }
    items
}

/// Whose right on keys is gone, and whether it is one to use them.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Lost {
    is_use: bool,
    principal: String,
}

impl Lost {
    fn item(&self, keys: &[Text]) -> Item {
        let (Text { en, ja }, who) = (Text::list(keys), &self.principal);
        if !self.is_use {
            return Item::new(
                Verdict::Look,
                Subject::Whole,
                Text {
                    en: format!("{who} no longer administers these keys: {en}"),
                    ja: format!("{who} は次のキーを管理できなくなります: {ja}"),
                },
            );
        }
        let text = Text {
            en: format!(
                "{who} may no longer use these keys as it could, so that what lies under them may not be restored or copied any more: {en}"
            ),
            ja: format!(
                "{who} が次のキーをこれまでのように使えなくなり、そのキーで暗号化されたものを復元・コピーできなくなる恐れがあります: {ja}"
            ),
        };
        Item::new(Verdict::Loses, Subject::Whole, text).rule(&L0604)
    }
}

/// The keys that the old templates make, each with what becomes of it.
fn keys<'s>(sides: &'s Sides<'_, '_>) -> impl Iterator<Item = (&'s Resource<'s>, &'s ResourceChange)> {
    sides.update.resources.iter().filter_map(|change| {
        let resource = sides.old.resources.get(change.old?)?;
        matches!(resource.kind.as_str(), "AWS::KMS::Key" | "AWS::KMS::ReplicaKey").then_some((resource, change))
    })
}
