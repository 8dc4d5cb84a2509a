//! How wide the policy of each role is: beside what one would attach otherwise, and in characters.

use std::collections::BTreeMap;

use super::collect::{Collected, Context};
use super::{Input, Language, SectionKind};
use crate::aws::managed_policy::{COPIED, Figures, INSTEAD};
use crate::cfn::{LogicalId, Properties};
use crate::lower::Stack;
use crate::lower::reason;
use crate::origin::Origin;
use crate::prove::request::component;
use crate::prove::{self, Attached, MeasuredPolicy, PolicyKind, Width};
use crate::spec::Level;

/// A point for each shape of role.
pub(super) fn collect(input: &Input<'_>, language: Language, points: &mut Collected<'_>) {
    let compiled = input.compiled;
    // What does not resolve has been reported by the proof that every compilation makes.
    let widths = prove::widths(&compiled.spec, &compiled.stacks).unwrap_or_default();
    let roles = roles(&compiled.stacks);
    for width in &widths {
        // A role that exists is in no stack.
        let made = roles.get(width.role.as_str());
        let Some(stack) = made.map(|(stack, _)| *stack).or(compiled.stacks.first()) else { continue };
        let context = Context::new(input, stack, language);
        let name = format!("backup {}", width.statement);
        let origin = Origin::new(name.clone(), width.target, Level::Statement, &reason::MINIMAL);
        let mut point = context.point(width.role.clone(), [&origin]);
        point.places.extend(made.map(|(_, id)| context.place(Some(&id.to_string()), format!("Resources.{id}"))));
        point.of = Some(name);
        point.facts = facts(width, language);
        points.push(SectionKind::Width, point);
    }
}

/// The stack and the logical id of each role.
fn roles(stacks: &[Stack]) -> BTreeMap<&str, (&Stack, &LogicalId)> {
    let all = stacks.iter().flat_map(|stack| stack.template.resources.iter().map(move |resource| (stack, resource)));
    let roles = all.filter_map(|(stack, resource)| {
        let Properties::Role(role) = &resource.properties else { return None };
        Some((role.role_name.as_str(), (stack, &resource.id)))
    });
    roles.collect()
}

fn facts(width: &Width, language: Language) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    if !width.alike.is_empty() {
        let others = language.first(1, &width.alike);
        facts.push(
            language.say(
                format!("The same, names apart, holds for {others}."),
                format!("名前を除き、{others}も同じです。"),
            ),
        );
    }
    let own = in_figures(width.figures, language);
    facts.push(language.say(format!("It has {own}."), format!("{own}です。")));
    facts.extend(INSTEAD.iter().map(|other| {
        let (name, version, updated) = (other.name, other.version, other.updated);
        let figures = in_figures(other.figures, language);
        language.say(
            format!("{name} {version} of {updated} has {figures} (as of {COPIED})."),
            format!("{name} {version}({updated})は、{figures}です({COPIED} 時点)。"),
        )
    }));
    facts.extend(width.policies.iter().map(|size| characters(size, language)));
    facts
}

fn in_figures(figures: Figures, language: Language) -> String {
    let Figures { statements, on_any_resource, actions, services } = figures;
    language.say(
        format!("{statements} statements, {on_any_resource} on any resource, with {actions} actions of {services} services"),
        format!("ステートメントが {statements} 個(うちリソースが `*` のものは {on_any_resource} 個)、アクションが {services} サービスの {actions} 個"),
    )
}

fn characters(size: &MeasuredPolicy, language: Language) -> String {
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
    if policy.kind == PolicyKind::Trust {
        language.say(format!("Trust policy of {owner}"), format!("{owner} の信頼ポリシー"))
    } else if policy.kind == PolicyKind::Key {
        let (key, region) = policy.name.split_once(" in ").unwrap_or((&policy.name, ""));
        let key = key.trim_start_matches("key ");
        language.say(format!("Policy of {}", policy.name), format!("{region} の {key} のキーポリシー"))
    } else {
        policy.name.clone()
    }
}
