//! Why nothing allows a call: the statement that came closest, and what of it did not match.

use super::evaluate::{Miss, NearMiss};
use super::statement::{Call, ReadStatement};
use crate::policy::Effect;
use std::cmp::Reverse;

/// The statement among these that comes closest to allowing the call; the first of several that come equally close.
pub(super) fn nearest<'a>(rules: impl Iterator<Item = &'a ReadStatement>, call: &Call<'_>) -> Option<NearMiss<'a>> {
    let allowing = rules.filter(|rule| rule.effect == Effect::Allow);
    let closest = allowing.enumerate().max_by_key(|(order, rule)| (closeness(rule, call), Reverse(*order)));
    closest.map(|(_, rule)| NearMiss { statement: &rule.id, missed: missed(rule, call) })
}

/// An action outweighs a resource, a resource the caller, and the caller any number of conditions.
fn closeness(rule: &ReadStatement, call: &Call<'_>) -> (bool, bool, bool, bool, Reverse<usize>) {
    (
        rule.has_action(call),
        rule.has_service(call),
        rule.has_resource(call.resource, call.context),
        rule.reach(call.principal).is_some(),
        Reverse(rule.unmet(call).count()),
    )
}

fn missed<'a>(rule: &'a ReadStatement, call: &Call<'_>) -> Vec<Miss<'a>> {
    let parts = [
        (rule.has_action(call), Miss::Action),
        (rule.has_resource(call.resource, call.context), Miss::Resource),
        (rule.reach(call.principal).is_some(), Miss::Principal),
    ];
    let parts = parts.into_iter().filter(|(matches, _)| !matches).map(|(_, miss)| miss);
    parts.chain(rule.unmet(call).map(|clause| Miss::Condition(&clause.source))).collect()
}
