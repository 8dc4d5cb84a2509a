//! How wide the policy of each role is: beside what one would attach otherwise, beside the policy of
//! a recorded working system, and in characters.

use std::collections::BTreeMap;

use super::collect::{Collected, Context};
use super::{Input, Language, Point, SectionKind};
use crate::aws::managed_policy::{COPIED, INSTEAD};
use crate::cfn::{LogicalId, Properties};
use crate::lower::Stack;
use crate::origin::{Origin, Reason, Sentence};
use crate::prove::request::component;
use crate::prove::{self, Attached, Beyond, PolicyKind, Sized, Width};
use crate::spec::Level;

/// A point for each shape of role.
pub(super) fn collect(input: &Input<'_>, language: Language, points: &mut Collected<'_>) {
    let compiled = input.compiled;
    // What does not resolve has been reported by the proof that every compilation makes.
    let widths = prove::widths(&compiled.spec, &compiled.stacks, &compiled.files).unwrap_or_default();
    let roles = roles(&compiled.stacks);
    for width in &widths {
        // A role that exists is in no stack.
        let made = roles.get(width.role.as_str());
        let Some(stack) = made.map(|(stack, _)| *stack).or(compiled.stacks.first()) else { continue };
        let context = Context::new(input, stack, language);
        let name = format!("backup {}", width.statement);
        let origin = Origin::new(name.clone(), width.target, Level::Statement, Reason::Minimal);
        let mut point = context.point(width.role.clone(), [&origin]);
        point.places.extend(made.map(|(_, id)| context.place(Some(&id.to_string()), format!("Resources.{id}"))));
        point.of = Some(name);
        point.facts = facts(width, language);
        point.points = beyond(&width.comparison.beyond, language);
        points.push(SectionKind::Width, point);
    }
}

/// The stack and the logical id of each role.
fn roles(stacks: &[Stack]) -> BTreeMap<&str, (&Stack, &LogicalId)> {
    let all = stacks.iter().flat_map(|stack| stack.template.resources.iter().map(move |resource| (stack, resource)));
    let roles = all.filter_map(|(stack, resource)| match &resource.properties {
        Properties::Role(role) => Some((role.role_name.as_str(), (stack, &resource.id))),
        Properties::Key(_)
        | Properties::ReplicaKey(_)
        | Properties::Alias(_)
        | Properties::Vault(_)
        | Properties::Plan(_)
        | Properties::Selection(_)
        | Properties::RolePolicy(_)
        | Properties::ManagedPolicy(_) => None,
    });
    roles.collect()
}

fn facts(width: &Width, language: Language) -> Vec<String> {
    let mut facts: Vec<String> = alike(&width.alike, language).into_iter().collect();
    let ours = &width.comparison;
    facts.push(language.say(
        format!(
            "It has {} statements, {} on any resource, with {} actions of {} services.",
            ours.statements, ours.on_any_resource, ours.actions, ours.services
        ),
        format!(
            "ステートメントは {} 個(うちリソースが `*` のものは {} 個)、アクションは {} サービスの {} 個です。",
            ours.statements, ours.on_any_resource, ours.services, ours.actions
        ),
    ));
    facts.extend(INSTEAD.iter().map(|other| {
        let (name, version, updated) = (other.name, other.version, other.updated);
        language.say(
            format!(
                "{name} {version} of {updated} has {} statements, {} on any resource, with {} actions of {} services \
                 (as of {COPIED}).",
                other.statements, other.on_any_resource, other.actions, other.services
            ),
            format!(
                "{name} {version}({updated})は、ステートメントが {} 個(うちリソースが `*` のものは {} 個)、\
                 アクションが {} サービスの {} 個です({COPIED} 時点)。",
                other.statements, other.on_any_resource, other.services, other.actions
            ),
        )
    }));
    facts.push(verdict(&ours.beyond, language));
    facts.extend(width.policies.iter().map(|size| characters(size, language)));
    facts
}

fn alike(names: &[String], language: Language) -> Option<String> {
    let first = names.first()?;
    let more = names.len() - 1;
    let text = match more {
        0 => language
            .say(format!("The same, names apart, holds for {first}."), format!("名前を除き、{first} も同じです。")),
        _ => language.say(
            format!("The same, names apart, holds for {first} and {more} more."),
            format!("名前を除き、{first} ほか {more} 件も同じです。"),
        ),
    };
    Some(text)
}

/// Whether the policy is wider than that of the recorded system.
fn verdict(beyond: &[Beyond], language: Language) -> String {
    let text = if beyond.iter().any(|beyond| beyond.because.is_none()) {
        language.say(
            "It is WIDER than the policy of a recorded working system (hand-written, and its jobs ran) for the same \
             clusters, vaults and keys: a defect of this tool, please report it.",
            "同じクラスター、ボールト、キーに対する動作実績のある既存システム(手作業で構築され、各ジョブが実際に動いたもの)のポリシーより広くなっています。\
             drc の欠陥ですので、報告してください。",
        )
    } else if beyond.is_empty() {
        language.say(
            "It allows nothing that the policy of a recorded working system (hand-written, and its jobs ran) does not, \
             for the same clusters, vaults and keys.",
            "同じクラスター、ボールト、キーに対する動作実績のある既存システム(手作業で構築され、各ジョブが実際に動いたもの)のポリシーを超える許可はありません。",
        )
    } else {
        language.say(
            "Beyond the policy of a recorded working system (hand-written, and its jobs ran), for the same clusters, \
             vaults and keys, it allows only what follows.",
            "同じクラスター、ボールト、キーに対する動作実績のある既存システム(手作業で構築され、各ジョブが実際に動いたもの)のポリシーを超える許可は、次のものだけです。",
        )
    };
    text.to_owned()
}

fn characters(size: &Sized, language: Language) -> String {
    let (count, limit) = (size.characters, size.limit);
    let name = named(&size.policy, language);
    language.say(
        format!("{name}: {count} of {limit} characters, as IAM counts them."),
        format!("{name}: {limit} 文字中 {count} 文字(IAM の数え方による)。"),
    )
}

/// What a policy is called in a sentence.
fn named(policy: &Attached, language: Language) -> String {
    let owner = component(&policy.target, 5).unwrap_or_default();
    match (policy.kind, language) {
        (PolicyKind::Trust, Language::English) => format!("Trust policy of {owner}"),
        (PolicyKind::Trust, Language::Japanese) => format!("{owner} の信頼ポリシー"),
        (PolicyKind::Key, Language::English) => format!("Policy of {}", policy.name),
        (PolicyKind::Key, Language::Japanese) => {
            let (key, region) = policy.name.split_once(" in ").unwrap_or((&policy.name, ""));
            format!("{region} の {} のキーポリシー", key.trim_start_matches("key "))
        }
        (
            PolicyKind::Inline
            | PolicyKind::Managed
            | PolicyKind::Assumed
            | PolicyKind::AssumedOfAdministrator
            | PolicyKind::Required
            | PolicyKind::RequiredTrust,
            Language::English | Language::Japanese,
        ) => policy.name.clone(),
    }
}

/// Region and resource of an ARN: the account may be an example, unless it is any.
fn short(arn: &str, language: Language) -> String {
    match (component(arn, 3), component(arn, 4), component(arn, 5)) {
        (Some(region), Some("*"), Some(resource)) => language
            .say(format!("{region} {resource} of any account"), format!("{region} {resource}(アカウントを問わない)")),
        (Some(region), _, Some(resource)) => format!("{region} {resource}"),
        _ => arn.to_owned(),
    }
}

/// What is allowed beyond the recorded policy, by why it has to be.
fn beyond(all: &[Beyond], language: Language) -> Vec<Point> {
    let mut groups: Vec<(Option<Sentence>, Vec<&Beyond>)> = Vec::new();
    for beyond in all {
        match groups.iter_mut().find(|(because, _)| *because == beyond.because) {
            Some((_, group)) => group.push(beyond),
            None => groups.push((beyond.because, vec![beyond])),
        }
    }
    let point = |(because, group): (Option<Sentence>, Vec<&Beyond>)| {
        let mut actions: Vec<String> = group.iter().map(|beyond| beyond.action.clone()).collect();
        actions.dedup();
        let mut resources: Vec<String> = group.iter().map(|beyond| short(&beyond.resource, language)).collect();
        resources.sort_unstable();
        resources.dedup();
        let because = because.map(|sentence| match language {
            Language::English => format!("Because {}.", sentence.en),
            Language::Japanese => format!("{}です。", sentence.ja),
        });
        Point {
            subject: language.list(&actions),
            values: resources,
            facts: because.into_iter().collect(),
            ..Point::default()
        }
    };
    groups.into_iter().map(point).collect()
}
