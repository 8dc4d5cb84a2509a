//! Which rights recovery points need that exist already, by the calls of the kinds: those that restore, expire and copy
//! back, and not those that make and send new ones.

use std::collections::BTreeSet;

use super::rights::Right;
use crate::kind::call::{By, Call, Demand, End, On, Phase, Thing};
use crate::kind::{ArnForm, KINDS, Kind};
use crate::policy::glob::includes;
use crate::prove::request::component;

/// A backup vault as an ARN names it.
const VAULT: ArnForm = ArnForm { service: "backup", before: "backup-vault:" };
/// A key.
const KEY: ArnForm = ArnForm { service: "kms", before: "key/" };

/// In which phases what exists needs a right of a role whose recovery points are made in some regions and copied from
/// there.
pub(super) fn phases(right: &Right, sources: &BTreeSet<String>) -> BTreeSet<Phase> {
    let needed = calls(right).filter(|(kind, call)| is_needed(right, kind, call, sources));
    needed.map(|(_, call)| call.phase).collect()
}

/// Whether a right is one of several ways to do the same: what is restored may have another name and use other groups,
/// and what is copied back may go into another vault, as long as there is any such right in the region.
pub(super) fn is_choice(right: &Right, left: &[Right]) -> bool {
    let chosen = |kind: &Kind, call: &Call| {
        let is_choice = |on: &&On| {
            matches!(
                (call.phase, on.0, on.1),
                (Phase::Restore, Thing::Restored | Thing::RestoredInto, _) | (Phase::Copy, Thing::Vault, End::To)
            )
        };
        call.on.iter().filter(is_choice).any(|on| is_of(&right.resource, on.0, kind))
    };
    let form = |resource: &str| component(resource, 5).and_then(|name| Some(name.split_once(':')?.0.to_owned()));
    let is_alike = |other: &Right| {
        other.action == right.action
            && other.region() == right.region()
            && form(&other.resource) == form(&right.resource)
    };
    right.resource != "*" && calls(right).any(|(kind, call)| chosen(kind, call)) && left.iter().any(is_alike)
}

/// The calls of roles that a right allows by its action.
fn calls(right: &Right) -> impl Iterator<Item = (&'static Kind, &'static Call)> {
    let pattern = right.action.to_ascii_lowercase();
    let calls = KINDS.iter().flat_map(|kind| kind.calls().map(move |call| (*kind, call)));
    calls.filter(move |(_, call)| call.by == By::Role && includes(&pattern, &call.action.to_ascii_lowercase()))
}

fn is_needed(right: &Right, kind: &Kind, call: &Call, sources: &BTreeSet<String>) -> bool {
    let asks_for_alias =
        right.conditions.iter().any(|condition| condition.key.eq_ignore_ascii_case("kms:ResourceAliases"));
    if asks_for_alias != call.circumstance.demands().contains(&Demand::ManagedKeyAlias) {
        return false;
    }
    if !right.is_in_one_region() {
        return false;
    }
    let region = right.region();
    let anywhere = region.is_empty() || region.contains('*');
    let is_source = sources.contains(region);
    let mut on = call.on.iter().filter(|on| is_of(&right.resource, on.0, kind));
    match call.phase {
        Phase::Discover | Phase::BackUp => false,
        Phase::Expire | Phase::Restore => on.next().is_some(),
        // The way back leads from where copies are to where they were made.
        Phase::Copy => on.any(|on| anywhere || is_source == (on.1 == End::To)),
    }
}

/// Whether an ARN, a pattern, may be that of what a call is about.
fn is_of(resource: &str, thing: Thing, kind: &Kind) -> bool {
    let is = |form: ArnForm| {
        let service = component(resource, 2).is_some_and(|service| includes(service, form.service));
        let name = component(resource, 5).unwrap_or_default();
        service && (name.starts_with(form.before) || includes(name, form.before))
    };
    resource == "*"
        || match thing {
            Thing::Everything => false,
            Thing::Resource | Thing::AnyResource | Thing::Restored => is(kind.arns.resource),
            Thing::Point | Thing::AnyPoint => is(kind.arns.points.form),
            Thing::RestoredInto => kind.restore.iter().any(|setting| is(setting.arn)),
            Thing::Related(related) => is(related.arn),
            Thing::Vault => is(VAULT),
            Thing::VaultKey | Thing::PointKey | Thing::ResourceKey | Thing::UnknownResourceKey | Thing::ManagedKey => {
                is(KEY)
            }
        }
}
