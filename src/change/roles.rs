//! Roles that recovery points need: whether they stay, and keep the rights that restore, copy back and expire take.

use std::collections::{BTreeMap, BTreeSet};

use super::need;
use super::plan::Plan;
use super::points::Sides;
use super::report::{Item, Subject, Verdict};
use super::resource::{Comparison, Policy, Resource, compare};
use super::rights::{Right, Rights};
use super::rules::{L0602, L0603};
use super::update::{Action, Update};
use crate::kind::call::{Phase, SERVICE};
use crate::text::{Sentence, Text, say};

/// What is said of roles.
pub(super) fn items(sides: &Sides<'_, '_>) -> Vec<Item> {
    let taken = taken_over(sides);
    roles(sides).into_iter().flat_map(|role| of_role(sides, &taken, &role)).chain(unused(sides)).collect()
}

/// What new plans back up with roles that are made for it.
fn taken_over<'s>(sides: &'s Sides<'_, '_>) -> BTreeSet<&'s str> {
    let is_made = |at: usize| sides.update.of_new(at).is_some_and(|change| change.action == Action::Made);
    let selections = sides.new_plans.iter().flat_map(|plan| &plan.selections);
    let by_new_roles = selections.filter(|selection| selection.role_made.is_some_and(is_made));
    by_new_roles.flat_map(|selection| selection.resources.iter().map(String::as_str)).collect()
}

/// The roles that exist beside the templates and that no plan works with any more.
fn unused(sides: &Sides<'_, '_>) -> Vec<Item> {
    let used = |plans: &[Plan]| {
        let selections = plans.iter().flat_map(|plan| &plan.selections);
        selections.filter_map(|selection| selection.role.clone()).collect::<BTreeSet<String>>()
    };
    let made: BTreeSet<String> = sides.old.roles().map(|(arn, _)| arn).collect();
    let (before, after) = (used(&sides.old_plans), used(&sides.new_plans));
    let gone = before.difference(&after).filter(|arn| !made.contains(*arn));
    gone.map(|arn| {
        Item::new(Verdict::Look, Subject::Role(arn.rsplit('/').next().unwrap_or(arn).to_owned()), say!(
            "nothing new is backed up with {arn}; expired recovery points that it made are deleted with it: leave it alone until the last has expired",
            "今後 {arn} では何もバックアップされません。このロールで作られた復旧ポイントは期限が来るとこのロールで削除されるため、最後の 1 つが期限切れになるまで残してください"
        ))
    })
    .collect()
}

/// A role that old plans work with.
#[derive(Debug)]
struct UsedRole {
    /// Its position among the old resources.
    at: usize,
    name: String,
    /// What is backed up with it.
    resources: BTreeSet<String>,
    /// Where recovery points are made with it.
    sources: BTreeSet<String>,
}

/// The roles of the old plans that the old templates make. What exists beside them is not changed by any.
fn roles(sides: &Sides<'_, '_>) -> Vec<UsedRole> {
    let mut all: BTreeMap<usize, UsedRole> = BTreeMap::new();
    let named: BTreeMap<String, usize> = sides.old.roles().collect();
    for plan in &sides.old_plans {
        for selection in &plan.selections {
            let by_arn = || named.get(selection.role.as_ref()?).copied();
            let Some(at) = selection.role_made.or_else(by_arn) else { continue };
            let Some(name) = sides.old.resources.get(at).map(Resource::name) else { continue };
            let (resources, sources) = (BTreeSet::new(), BTreeSet::new());
            let role = all.entry(at).or_insert_with(|| UsedRole { at, name, resources, sources });
            role.resources.extend(selection.resources.iter().cloned());
            role.sources.extend(plan.rules.iter().filter_map(|rule| Some(rule.vault.as_ref()?.region.clone())));
        }
    }
    all.into_values().collect()
}

fn of_role(sides: &Sides<'_, '_>, taken: &BTreeSet<&str>, role: &UsedRole) -> Vec<Item> {
    let (Some(change), Some(old)) = (sides.update.of_old(role.at), sides.old.resources.get(role.at)) else {
        return Vec::new();
    };
    let new = change.new.and_then(|at| Some((at, sides.new.resources.get(at)?)));
    let mut items = Vec::new();
    match &change.action {
        Action::Removed(Policy::Delete) | Action::Replaced { old: Policy::Delete, .. } => return vec![deleted(role)],
        Action::Removed(Policy::Retain) | Action::Replaced { .. } => items.push(unmanaged(taken, role, old)),
        Action::Made | Action::Kept | Action::Updated(_) | Action::Left | Action::Refused(_) => {}
    }
    let of_old = |is_there: &dyn Fn(usize) -> bool| Rights::of_role(sides.old, &sides.old_attached, role.at, is_there);
    let before = of_old(&|_| true);
    let new = new.filter(|_| !matches!(change.action, Action::Replaced { .. }));
    let mut after = of_old(&|at| if at == role.at { new.is_none() } else { stays(sides.update, at) });
    if let Some((at, new)) = new {
        after.extend(Rights::of_role(sides.new, &sides.new_attached, at, |_| true));
        items.extend(not_trusted(role, old, new));
        items.extend(bounded(role, old, new));
    }
    items.extend(lost(sides, role, &before.lost_in(&after), &after.all));
    let gone = before.elsewhere.iter().filter(|arn| !after.elsewhere.contains(arn));
    items.extend(gone.map(|arn| detached(role, arn)));
    let unseen = before.unseen.iter().chain(&after.unseen);
    items.extend(unseen.map(|why| unread(role, why)));
    items
}

fn of(role: &UsedRole) -> Subject {
    Subject::Role(role.name.clone())
}

fn deleted(role: &UsedRole) -> Item {
    let name = &role.name;
    let text = say!(
        "role {name} would be deleted: AWS Backup deletes expired recovery points with it, so those that it made would stay and be billed, and the role could no longer restore them",
        "ロール {name} が削除されます。期限切れの復旧ポイントはこのロールで削除されるため、残り続けて課金されます。復元にも使えなくなります"
    );
    Item::new(Verdict::Loses, of(role), text).rule(&L0603).detail(say!(
        "give it and its policies `DeletionPolicy: Retain` and `UpdateReplacePolicy: Retain`, and deploy that first",
        "先にロールとポリシーに `DeletionPolicy: Retain` と `UpdateReplacePolicy: Retain` を付けてデプロイしてください"
    ))
}

fn unmanaged(taken: &BTreeSet<&str>, role: &UsedRole, old: &Resource<'_>) -> Item {
    let name = &role.name;
    let text = say!(
        "role {name} stays, but no stack manages it any more",
        "ロール {name} は残りますが、どのスタックの管理からも外れます"
    );
    let item = Item::new(Verdict::Look, of(role), text).detail(say!(
        "expired recovery points that it made are deleted with it: leave it and its policies alone until the last has expired",
        "このロールで作られた復旧ポイントは、期限が来るとこのロールで削除されます。最後の 1 つが期限切れになるまで、ロールとポリシーをそのまま残してください"
    ));
    match old.clause.as_deref().and_then(|clause| clause.strip_prefix("backup ")) {
        Some(statement) if role.resources.iter().any(|resource| taken.contains(resource.as_str())) => item.detail(say!(
            "another role takes its place, because names come from what is backed up; `called {statement}` in the statement keeps the names that are deployed",
            "名前はバックアップ対象から作られるため、別のロールに代わります。文に `called {statement}` と書くと、デプロイ済みの名前のままになります"
        )),
        _ => item,
    }
}

/// Whether AWS Backup may no longer take the role.
fn not_trusted(role: &UsedRole, old: &Resource<'_>, new: &Resource<'_>) -> Option<Item> {
    let [before, after] = [old, new].map(|role| Rights::of_policy(role, "AssumeRolePolicyDocument"));
    let lost = before.lost_in(&after);
    let name = &role.name;
    let is_of_backup = |right: &Right| right.principal.as_deref().is_some_and(|who| [SERVICE, "*"].contains(&who));
    lost.iter().any(is_of_backup).then(|| {
        let text = say!(
            "AWS Backup may no longer take role {name} as it could: nothing that it made can be restored, copied back or expired with it",
            "AWS Backup がロール {name} をこれまでのように引き受けられなくなり、このロールで作られたものを復元・コピーバック・期限切れ削除できなくなります"
        );
        let advice = say!(
            "let {SERVICE} assume it as before, in `AssumeRolePolicyDocument`",
            "`AssumeRolePolicyDocument` で、これまでどおり {SERVICE} に引き受けを許可してください"
        );
        Item::new(Verdict::Loses, of(role), text).rule(&L0602).detail(advice)
    })
}

/// Whether the role gets another permissions boundary.
fn bounded(role: &UsedRole, old: &Resource<'_>, new: &Resource<'_>) -> Option<Item> {
    let is_same = compare(old, new, "PermissionsBoundary") == Comparison::Same;
    let is_gone = !new.properties.contains_key("PermissionsBoundary");
    let name = &role.name;
    (!is_same && !is_gone).then(|| {
        Item::new(
            Verdict::Look,
            of(role),
            say!(
                "role {name} gets another permissions boundary, and nobody here sees what it lets through",
                "ロール {name} のアクセス許可の境界が変わります。境界で許可される内容はここからは分かりません"
            ),
        )
    })
}

fn detached(role: &UsedRole, arn: &str) -> Item {
    let name = &role.name;
    let text = say!(
        "policy {arn} is no longer attached to role {name}, and nobody here sees what it allows",
        "ポリシー {arn} がロール {name} から外れます。このポリシーが許可する内容はここからは分かりません"
    );
    Item::new(Verdict::Loses, of(role), text).rule(&L0602)
}

fn unread(role: &UsedRole, why: &str) -> Item {
    let name = &role.name;
    Item::unseen(
        of(role),
        say!(
            "role {name} may still do the same: a policy of it cannot be read here ({why})",
            "ロール {name} の権限が変わらない場合: ポリシーの 1 つを読み取れません ({why})"
        ),
    )
}

/// Whether a resource of the old side stays though no new template has it.
fn stays(update: &Update, at: usize) -> bool {
    update.of_old(at).is_some_and(|change| {
        matches!(
            change.action,
            Action::Left | Action::Removed(Policy::Retain) | Action::Replaced { old: Policy::Retain, .. }
        )
    })
}

/// What a role may no longer do with recovery points that exist, region by region.
fn lost(sides: &Sides<'_, '_>, role: &UsedRole, lost: &[Right], left: &[Right]) -> Vec<Item> {
    let mut by_region: BTreeMap<&str, (BTreeSet<Phase>, BTreeSet<&str>)> = BTreeMap::new();
    for right in lost.iter().filter(|right| !need::is_choice(right, left)) {
        let phases = need::phases(right, &role.sources);
        if !phases.is_empty() {
            let (needed, actions) = by_region.entry(right.region()).or_default();
            needed.extend(phases);
            actions.insert(&right.action);
        }
    }
    let name = &role.name;
    let item = |(region, (phases, actions)): (&str, (BTreeSet<Phase>, BTreeSet<&str>))| {
        let (what_en, what_ja) = (list(&phases, |phase| words(phase).en), list(&phases, |phase| words(phase).ja));
        let place =
            if region.is_empty() { say!("everywhere", "すべての場所") } else { say!("in {region}", "{region}") };
        let text = Text {
            en: format!("role {name} may no longer {what_en} all that lies {}", place.en),
            ja: format!("ロール {name} は、{}にあるものの一部を{what_ja}できなくなります", place.ja),
        };
        let actions: Vec<&str> = actions.into_iter().collect();
        let all = actions.join(", ");
        Item::new(Verdict::Loses, Subject::Role(name.clone()), text)
            .rule(&L0602)
            .detail(say!("gone from it: {all}", "失われる権限: {all}"))
            .detail(advice(sides, region, role))
    };
    let items: Vec<Item> = by_region.into_iter().map(item).collect();
    items.into_iter().chain(chosen_otherwise(role, lost, left)).collect()
}

/// What a restore may no longer make or use, where it may make or use others.
fn chosen_otherwise(role: &UsedRole, lost: &[Right], left: &[Right]) -> Option<Item> {
    let choices = lost.iter().filter(|right| need::is_choice(right, left));
    let gone: BTreeSet<&str> = choices.map(|right| right.resource.as_str()).collect();
    let (name, all) = (&role.name, gone.iter().copied().collect::<Vec<_>>().join(", "));
    let text = say!(
        "a restore with role {name} may no longer make or use {all}; it may make and use others, as the policy says",
        "ロール {name} による復元では、{all} を作成・使用できなくなります。代わりに使えるものはポリシーのとおりです"
    );
    (!gone.is_empty()).then(|| Item::new(Verdict::Safe, Subject::Role(name.clone()), text))
}

/// What to write so that the rights stay.
fn advice(sides: &Sides<'_, '_>, region: &str, role: &UsedRole) -> Text {
    let copies = sides.new_plans.iter().flat_map(|plan| &plan.rules).flat_map(|rule| &rule.copies);
    let stays = copies.filter_map(|copy| copy.vault.as_ref()).any(|vault| vault.region == region);
    if !region.is_empty() && !role.sources.contains(region) && !stays {
        return say!(
            "write `formerly to {region}` in the statement until the last copy there has expired; where nothing lies there any more, allow this with that reason",
            "最後のコピーが期限切れになるまで、文に `formerly to {region}` と書いてください。もう何も残っていなければ、その理由を添えて許可してください"
        );
    }
    say!(
        "keep what is backed up and what may be restored in the spec until the last recovery point has expired, or allow this with the reason why nobody needs it",
        "最後の復旧ポイントが期限切れになるまで、バックアップ対象と復元の指定を定義に残してください。不要な場合は、その理由を添えて許可してください"
    )
}

fn list(phases: &BTreeSet<Phase>, word: impl Fn(Phase) -> &'static str) -> String {
    phases.iter().map(|phase| word(*phase)).collect::<Vec<_>>().join("/")
}

fn words(phase: Phase) -> Sentence {
    match phase {
        Phase::Discover => Sentence::new("find", "特定"),
        Phase::BackUp => Sentence::new("back up", "バックアップ"),
        Phase::Copy => Sentence::new("copy back", "コピーバック"),
        Phase::Expire => Sentence::new("expire", "期限切れ削除"),
        Phase::Restore => Sentence::new("restore", "復元"),
    }
}
