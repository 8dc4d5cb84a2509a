//! What guards a vault: its lock, and its access policy.

use super::plan::{Plan, VaultId};
use super::points::Sides;
use super::report::{Item, Subject, Verdict};
use super::resource::{Comparison, Resource, compare};
use super::rights::{Right, Rights};
use super::rules::L0602;
use crate::cfn::read::Node;
use crate::policy::Effect;
use crate::policy::glob::includes;
use crate::text::{Text, say};
use crate::time::plan::Retention;

/// What is said of a vault that both sides make.
pub(super) fn items(vault: &VaultId, old: &Resource<'_>, new: &Resource<'_>, sides: &Sides<'_, '_>) -> Vec<Item> {
    let mut items = lock(vault, old, new, sides);
    items.extend(access(vault, old, new));
    items
}

/// The lock of a vault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Lock {
    least: Option<u32>,
    most: Option<u32>,
    /// Days after which nobody can change it any more.
    final_after: Option<u32>,
}

impl Lock {
    fn of(vault: &Resource<'_>) -> Option<Self> {
        let lock = vault.properties.get("LockConfiguration")?;
        let days = |key: &str| lock.get(key).and_then(Node::scalar).and_then(|days| days.parse().ok());
        Some(Self {
            least: days("MinRetentionDays"),
            most: days("MaxRetentionDays"),
            final_after: days("ChangeableForDays"),
        })
    }

    /// Whether a job that keeps so long may write into the vault.
    ///
    /// Source: <https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html>.
    fn takes(self, keep: Option<Retention>) -> bool {
        match keep {
            None => true,
            Some(Retention::Days(days)) => {
                self.least.is_none_or(|least| days >= least) && self.most.is_none_or(|most| days <= most)
            }
            Some(Retention::Forever) => self.most.is_none(),
        }
    }
}

fn lock(vault: &VaultId, old: &Resource<'_>, new: &Resource<'_>, sides: &Sides<'_, '_>) -> Vec<Item> {
    let (before, after) = (Lock::of(old), Lock::of(new));
    let (name, region, subject) = (&vault.name, &vault.region, Subject::Vault(vault.clone()));
    let look = |text: Text| Item::new(Verdict::Look, subject.clone(), text);
    let mut items = Vec::new();
    if before != after && before.is_some_and(|lock| lock.final_after.is_some()) {
        items.push(look(say!(
            "the lock of vault {name} in {region} changes: AWS refuses that once the days are over in which it could be changed",
            "{region} のボールト {name} のロックが変わります。変更できる期間が過ぎていれば AWS に拒否されます"
        )));
    }
    if before != after {
        items.push(look(locked(name, region, before, after)));
    }
    let refused = |lock: Option<Lock>, plans: &[Plan]| lock.map(|lock| refused_writes(vault, lock, plans));
    let already = refused(before, &sides.old_plans).unwrap_or_default();
    let new = refused(after, &sides.new_plans).unwrap_or_default();
    items.extend(new.into_iter().filter(|rule| !already.contains(rule)).map(|Text { en, ja }| {
        look(say!(
            "jobs of {en} fail: what they keep is outside the bounds of the lock of vault {name} in {region}",
            "{ja}のジョブは失敗します。保持期間が {region} のボールト {name} のロックの範囲外です"
        ))
    }));
    items
}

/// What a vault is locked with from then on.
fn locked(name: &str, region: &str, before: Option<Lock>, after: Option<Lock>) -> Text {
    match after {
        Some(Lock { final_after: Some(days), .. }) => say!(
            "vault {name} in {region} is locked: {days} days after the deployment nobody, AWS included, can undo it",
            "{region} のボールト {name} がロックされます。デプロイから {days} 日後には、AWS も含めてだれも解除できません"
        ),
        Some(_) if before.is_none() => say!(
            "vault {name} in {region} gets a lock; recovery points that exist keep the lifecycle that they were made with",
            "{region} のボールト {name} にロックが付きます。既存の復旧ポイントのライフサイクルは作成時のままです"
        ),
        Some(_) => say!(
            "vault {name} in {region} gets another lock; recovery points that exist keep the lifecycle that they were made with",
            "{region} のボールト {name} のロックが変わります。既存の復旧ポイントのライフサイクルは作成時のままです"
        ),
        None => say!(
            "vault {name} in {region} loses its lock: from then on whoever may delete recovery points can",
            "{region} のボールト {name} のロックがなくなります。以後は、削除権限のある人なら復旧ポイントを削除できます"
        ),
    }
}

/// The rules and copies whose jobs a lock refuses.
fn refused_writes(vault: &VaultId, lock: Lock, plans: &[Plan]) -> Vec<Text> {
    let mut refused = Vec::new();
    for (plan, rule) in plans.iter().flat_map(|plan| plan.rules.iter().map(move |rule| (plan, rule))) {
        let (plan, name) = (&plan.name, &rule.name);
        if rule.vault.as_ref() == Some(vault) && !lock.takes(rule.keep) {
            refused.push(say!("rule {name} of plan {plan}", "プラン {plan} のルール {name} "));
        }
        if rule.copies.iter().any(|copy| copy.vault.as_ref() == Some(vault) && !lock.takes(copy.keep)) {
            refused.push(say!("the copies of rule {name} of plan {plan}", "プラン {plan} のルール {name} のコピー"));
        }
    }
    refused
}

/// The access policy of a vault.
fn access(vault: &VaultId, old: &Resource<'_>, new: &Resource<'_>) -> Option<Item> {
    if compare(old, new, "AccessPolicy") == Comparison::Same {
        return None;
    }
    let rights = |vault: &Resource<'_>| Rights::of_policy(vault, "AccessPolicy");
    let (before, after) = (rights(old), rights(new));
    let (name, region, subject) = (&vault.name, &vault.region, Subject::Vault(vault.clone()));
    if let Some(why) = before.unseen.iter().chain(&after.unseen).next() {
        return Some(Item::unseen(
            subject,
            say!(
                "the access policy of vault {name} in {region} lets the same in: it cannot be read here ({why})",
                "{region} のボールト {name} のアクセスポリシーで許可されるものが変わらない場合: ポリシーを読み取れません ({why})"
            ),
        ));
    }
    let mut lost = before.lost_in(&after);
    lost.sort_by(|one, other| one.action.cmp(&other.action));
    lost.dedup_by(|one, other| one.action == other.action && one.effect == other.effect);
    let item = Item::new(Verdict::Look, subject, let_in(name, region, &lost));
    // What a vault denies to everybody, no role's policy gives back.
    let needed = |right: &Right| {
        let pattern = right.action.to_ascii_lowercase();
        right.effect == Effect::Deny && NEEDED.iter().any(|action| includes(&pattern, action))
    };
    Some(if lost.iter().any(needed) { Item { verdict: Verdict::Loses, ..item }.rule(&L0602) } else { item })
}

/// What the access policy of a vault no longer lets in.
fn let_in(name: &str, region: &str, lost: &[Right]) -> Text {
    let actions: Vec<&str> = lost.iter().map(|right| right.action.as_str()).collect();
    let all = actions.join(", ");
    match (lost.is_empty(), lost.iter().any(|right| right.effect == Effect::Deny)) {
        (true, _) => say!(
            "the access policy of vault {name} in {region} lets more in than before",
            "{region} のボールト {name} のアクセスポリシーで許可されるものが増えます"
        ),
        (false, true) => say!(
            "the access policy of vault {name} in {region} denies more than before: {all}",
            "{region} のボールト {name} のアクセスポリシーで拒否されるものが増えます: {all}"
        ),
        (false, false) => say!(
            "the access policy of vault {name} in {region} no longer allows all that it did: {all}",
            "{region} のボールト {name} のアクセスポリシーで許可されなくなるものがあります: {all}"
        ),
    }
}

/// The actions on a vault without which nothing of it is restored or copied, in lower case.
///
/// Source: <https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsbackup.html>.
const NEEDED: [&str; 3] = ["backup:copyfrombackupvault", "backup:startcopyjob", "backup:startrestorejob"];
