//! What a role that exists must be allowed: no template has its policy, so it is shown here.

use std::collections::BTreeMap;

use super::collect::{Collected, Context};
use super::{Input, Language, Point, SectionKind, policy};
use crate::cfn::Properties;
use crate::kind::call::SERVICE;
use crate::lower::reason;
use crate::lower::{self, Stack};
use crate::origin::Origin;
use crate::spec::Role;

/// For each statement whose role exists: whom the role must trust, and each statement of the policy that it must have.
pub(super) fn collect(input: &Input<'_>, language: Language, points: &mut Collected<'_>) {
    let stacks = stacks_of_plans(&input.compiled.stacks);
    for (system, statement) in input.compiled.spec.statements() {
        let Role::Existing(arn) = &statement.role.value else { continue };
        let plan = (statement.source.region.node.code, statement.plan.value.as_str());
        let Some(stack) = stacks.get(&plan) else { continue };
        let context = Context::new(input, stack, language);
        let origin = Origin::new(
            format!("backup {}", statement.name.value),
            statement.role.span,
            statement.role.level,
            &reason::EXISTING_ROLE,
        );
        let mut role = context.point(arn.as_str().to_owned(), [&origin]);
        let of = format!("{}: backup {}", system.name.value, statement.name.value);
        role.of = Some(of.clone());
        role.facts = vec![language.say(
            format!("It must trust {SERVICE}, and allow what is shown as its policy."),
            format!("{SERVICE} を信頼し、ポリシーとして示した内容を許可している必要があります。"),
        )];
        points.push(SectionKind::Role, role);
        let required = lower::required_policy(system, statement);
        let id = required.id.to_string();
        let emitted = serde_json::to_value(&required).unwrap_or_default();
        for notes in policy::statements(&required.notes).values() {
            let mut point = policy::point(&context, &id, &emitted, notes);
            point.of = Some(of.clone());
            forget_places(&mut point);
            points.push(SectionKind::RolePolicy, point);
        }
    }
}

/// The stack of each plan, by the plan's region and name.
fn stacks_of_plans(stacks: &[Stack]) -> BTreeMap<(&str, &str), &Stack> {
    let all = stacks.iter().flat_map(|stack| stack.template.resources.iter().map(move |resource| (stack, resource)));
    let plans = all.filter_map(|(stack, resource)| {
        let Properties::Plan(plan) = &resource.properties else { return None };
        Some(((stack.location.region.code, plan.backup_plan.backup_plan_name.as_str()), stack))
    });
    plans.collect()
}

/// What is in no template has no place in one.
fn forget_places(point: &mut Point) {
    point.places.clear();
    point.points.iter_mut().for_each(forget_places);
}
