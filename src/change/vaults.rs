//! Vaults that hold recovery points: whether they stay, under their keys, and what is written into them.

use std::collections::{BTreeMap, BTreeSet};

use super::guards;
use super::plan::{Plan, PlanRule, VaultId};
use super::points::Sides;
use super::report::{Item, Subject, Verdict};
use super::resource::{Policy, Resource};
use super::rules::{L0601, L0605};
use super::update::{Action, ResourceChange};
use crate::text::{Text, say};
use crate::time::plan::Retention;

/// What is said of vaults; of all that stay as they are, in one sentence.
pub(super) fn items(sides: &Sides<'_, '_>) -> Vec<Item> {
    let made: BTreeMap<VaultId, usize> = sides.old.vaults().collect();
    let (before, after) = (writes(&sides.old_plans), writes(&sides.new_plans));
    let vaults: BTreeSet<&VaultId> = made.keys().chain(before.keys()).collect();
    let (mut staying, mut items) = (Vec::new(), Vec::new());
    for vault in vaults {
        let of = |writes: &Writes| writes.get(vault).cloned().unwrap_or_default();
        let said = of_vault(sides, vault, made.get(vault).copied(), &of(&before), &of(&after));
        if said.is_empty() && before.contains_key(vault) {
            let (name, region) = (&vault.name, &vault.region);
            staying.push(say!("{name} in {region}", "{region} の {name}"));
        }
        items.extend(said);
    }
    let Text { en, ja } = Text::list(&staying);
    let text = say!(
        "what lies in these vaults stays as it is, under the same keys, as long as it was made to: {en}",
        "次のボールトの復旧ポイントは、同じキーのまま、作成時の保持期間まで残ります: {ja}"
    );
    items.extend((!staying.is_empty()).then(|| Item::new(Verdict::Safe, Subject::Whole, text)));
    items.extend(unseen(&sides.new_plans));
    items
}

/// The rules of which only AWS knows where to they write, or for how long.
fn unseen(plans: &[Plan]) -> Vec<Item> {
    let rules = plans.iter().flat_map(|plan| plan.rules.iter().map(move |rule| (plan, rule)));
    let is_unseen = |rule: &PlanRule| {
        let copies = rule.copies.iter().any(|copy| copy.vault.is_none() || copy.keep.is_none());
        rule.vault.is_none() || rule.keep.is_none() || copies
    };
    let item = |(plan, rule): (&Plan, &PlanRule)| {
        let (plan, rule) = (&plan.name, &rule.name);
        Item::unseen(
            Subject::Rule(plan.clone(), rule.clone()),
            say!(
                "rule {rule} of plan {plan} writes where it did, for as long: only AWS knows where to, or for how long",
                "プラン {plan} のルール {rule} の書き込み先と保持期間が変わらない場合: 値は AWS にしか分かりません"
            ),
        )
    };
    rules.filter(|(_, rule)| is_unseen(rule)).map(item).collect()
}

/// How long the rules of plans keep what they write into each vault.
type Writes = BTreeMap<VaultId, BTreeSet<Retention>>;

fn writes(plans: &[Plan]) -> Writes {
    let mut writes = Writes::new();
    for rule in plans.iter().flat_map(|plan| &plan.rules) {
        let copies = rule.copies.iter().map(|copy| (&copy.vault, copy.keep));
        for (vault, keep) in std::iter::once((&rule.vault, rule.keep)).chain(copies) {
            if let Some((vault, keep)) = vault.as_ref().zip(keep) {
                writes.entry(vault.clone()).or_default().insert(keep);
            }
        }
    }
    writes
}

fn of_vault(
    sides: &Sides<'_, '_>,
    vault: &VaultId,
    made: Option<usize>,
    before: &BTreeSet<Retention>,
    after: &BTreeSet<Retention>,
) -> Vec<Item> {
    let mut items = Vec::new();
    let change = made.and_then(|at| Some((sides.old.resources.get(at)?, sides.update.of_old(at)?)));
    if let Some((resource, change)) = change {
        items.extend(vault_goes(sides, vault, resource, change, after.is_empty()));
        items.extend(key_of(sides, vault, resource));
        let new = change.new.and_then(|at| sides.new.resources.get(at));
        items.extend(new.into_iter().flat_map(|new| guards::items(vault, resource, new, sides)));
    }
    // Of what leaves its template it goes without saying that nothing new is written into it.
    let goes = !items.is_empty() && after.is_empty();
    if before != after && !before.is_empty() && !goes {
        items.push(kept_otherwise(vault, before, after));
    }
    items
}

/// Whether anything that was kept long is kept shorter.
fn is_shorter(before: &BTreeSet<Retention>, after: &BTreeSet<Retention>) -> bool {
    let longest_new = after.difference(before).max();
    before.difference(after).any(|gone| longest_new.is_none_or(|new| new < gone))
}

fn kept_otherwise(vault: &VaultId, before: &BTreeSet<Retention>, after: &BTreeSet<Retention>) -> Item {
    let (name, region, kept, until) = (&vault.name, &vault.region, said(before), said(after));
    let text = if after.is_empty() {
        Text {
            en: format!(
                "no new recovery points are made in vault {name} in {region}; those that exist stay as long as they were made to ({}), and then there are none",
                kept.en
            ),
            ja: format!(
                "{region} のボールト {name} には、今後復旧ポイントが作られません。既存のものは作成時の保持期間 ({}) まで残り、その後はなくなります",
                kept.ja
            ),
        }
    } else {
        Text {
            en: format!(
                "new recovery points in vault {name} in {region} are kept {}; those that exist stay as long as they were made to ({})",
                until.en, kept.en
            ),
            ja: format!(
                "{region} のボールト {name} の新しい復旧ポイントは {} 保持されます。既存のものは作成時の保持期間 ({}) のままです",
                until.ja, kept.ja
            ),
        }
    };
    let verdict = if is_shorter(before, after) { Verdict::Look } else { Verdict::Safe };
    Item::new(verdict, Subject::Vault(vault.clone()), text)
}

/// Retentions in words.
fn said(retentions: &BTreeSet<Retention>) -> Text {
    let word = |retention: &Retention| match retention {
        Retention::Days(days) => say!("{days} d", "{days} 日"),
        Retention::Forever => say!("for ever", "無期限"),
    };
    let words: Vec<Text> = retentions.iter().map(word).collect();
    Text::list(&words)
}

/// What is said of a vault that leaves its template, or whose place another takes.
fn vault_goes(
    sides: &Sides<'_, '_>,
    vault: &VaultId,
    old: &Resource<'_>,
    change: &ResourceChange,
    is_unused: bool,
) -> Option<Item> {
    let (name, region) = (&vault.name, &vault.region);
    let subject = Subject::Vault(vault.clone());
    let stack = sides.old.stack(old).map(|stack| stack.name.as_str()).unwrap_or_default();
    match &change.action {
        Action::Removed(Policy::Retain) | Action::Replaced { old: Policy::Retain, .. } => Some(vault_unmanaged(vault, is_unused)),
        Action::Left => Some(Item::new(Verdict::Look, subject, say!(
            "vault {name} in {region} and its recovery points stay, in stack {stack}, which nothing deploys any more",
            "{region} のボールト {name} とその復旧ポイントはスタック {stack} に残ります。このスタックは今後どこからもデプロイされません"
        ))),
        Action::Removed(Policy::Delete) | Action::Replaced { old: Policy::Delete, .. } => Some(
            Item::new(Verdict::Loses, subject, say!(
                "CloudFormation is to delete vault {name} in {region}",
                "CloudFormation が {region} のボールト {name} を削除しようとします"
            ))
            .rule(&L0605)
            .detail(say!(
                "AWS deletes a vault only when it is empty, so as long as it has recovery points the deletion fails; give it `DeletionPolicy: Retain` and `UpdateReplacePolicy: Retain` first",
                "AWS が削除するのは空のボールトだけなので、復旧ポイントがある間は削除に失敗します。先に `DeletionPolicy: Retain` と `UpdateReplacePolicy: Retain` を付けてください"
            )),
        ),
        Action::Made | Action::Kept | Action::Updated(_) | Action::Refused(_) => None,
    }
}

fn vault_unmanaged(vault: &VaultId, is_unused: bool) -> Item {
    let (name, region) = (&vault.name, &vault.region);
    let text = say!(
        "vault {name} in {region} and its recovery points stay, but no stack manages them any more",
        "{region} のボールト {name} とその復旧ポイントは残りますが、どのスタックの管理からも外れます"
    );
    let item = Item::new(Verdict::Look, Subject::Vault(vault.clone()), text);
    if !is_unused {
        return item;
    }
    item.detail(say!(
        "they expire as they were made to, and are billed until then; then delete the vault: aws backup delete-backup-vault --region {region} --backup-vault-name {name}",
        "作成時の保持期間が過ぎるまで残り、その間は課金されます。空になったらボールトを削除してください: aws backup delete-backup-vault --region {region} --backup-vault-name {name}"
    ))
}

/// What is said of the key of a vault.
fn key_of(sides: &Sides<'_, '_>, vault: &VaultId, old: &Resource<'_>) -> Option<Item> {
    let at = sides.old.made_by(old, &["EncryptionKeyArn"])?;
    let (change, key) = (sides.update.of_old(at)?, sides.old.resources.get(at)?);
    let new = change.new.and_then(|at| sides.new.resources.get(at));
    match &change.action {
        Action::Removed(Policy::Delete) | Action::Replaced { old: Policy::Delete, .. } => {
            Some(key_deleted(vault, &key.id))
        }
        Action::Removed(Policy::Retain) | Action::Replaced { old: Policy::Retain, .. } => {
            Some(key_unmanaged(vault, &key.id))
        }
        Action::Updated(_) if new.is_some_and(is_off) && !is_off(key) => Some(key_off(vault, &key.id)),
        Action::Made | Action::Kept | Action::Updated(_) | Action::Left | Action::Refused(_) => None,
    }
}

fn is_off(key: &Resource<'_>) -> bool {
    key.properties.get("Enabled").and_then(|value| value.scalar().map(|text| text == "false")) == Some(true)
}

fn key_deleted(vault: &VaultId, key: &str) -> Item {
    let (name, region) = (&vault.name, &vault.region);
    let text = say!(
        "key {key}, which encrypts vault {name} in {region}, would be scheduled for deletion: without it no recovery point under it can ever be restored",
        "{region} のボールト {name} を暗号化しているキー {key} の削除がスケジュールされます。キーがなくなると、その復旧ポイントは二度と復元できません"
    );
    Item::new(Verdict::Loses, Subject::Vault(vault.clone()), text).rule(&L0601).detail(say!(
        "give it `DeletionPolicy: Retain` and `UpdateReplacePolicy: Retain`, and deploy that first",
        "先に `DeletionPolicy: Retain` と `UpdateReplacePolicy: Retain` を付けてデプロイしてください"
    ))
}

fn key_off(vault: &VaultId, key: &str) -> Item {
    let (name, region) = (&vault.name, &vault.region);
    let text = say!(
        "key {key}, which encrypts vault {name} in {region}, would be disabled: nothing under it can be restored or copied until it is enabled again",
        "{region} のボールト {name} を暗号化しているキー {key} が無効になります。再び有効にするまで、復元もコピーもできません"
    );
    let advice = say!("leave `Enabled` true", "`Enabled` は true のままにしてください");
    Item::new(Verdict::Loses, Subject::Vault(vault.clone()), text).rule(&L0601).detail(advice)
}

fn key_unmanaged(vault: &VaultId, key: &str) -> Item {
    let (name, region) = (&vault.name, &vault.region);
    let text = say!(
        "what lies in vault {name} in {region} is under key {key}, which stays but is managed by no stack any more",
        "{region} のボールト {name} の内容を暗号化しているキー {key} は残りますが、どのスタックの管理からも外れます"
    );
    Item::new(Verdict::Look, Subject::Vault(vault.clone()), text).detail(say!(
        "never delete the key while recovery points under it exist; it is billed until then",
        "このキーで暗号化された復旧ポイントがある間は、キーを削除しないでください。それまでは課金されます"
    ))
}
