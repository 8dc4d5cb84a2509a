//! A policy that is too long for its role, cut into several managed policies.
//!
//! Statements keep their order, which depends on their content alone. A policy is filled as far as
//! it goes; a statement that does not fit begins the next one, and only a statement that is longer
//! than a policy is cut, between two of its resources.

use super::grants::Grant;
use super::measure::{resource_characters, statement_characters};
use crate::aws::name::short_hash;
use crate::aws::quota::MANAGED_POLICY_CHARACTERS;
use crate::aws::region::Region;
use crate::cfn::Value;
use crate::policy::Resources;

/// `{"Version":"2012-10-17","Statement":[` and `]}`.
const ENVELOPE: usize = 39;

/// A part of a policy.
pub(super) struct PolicyPart {
    /// What tells it from the other parts: it depends on the part's beginning alone.
    pub(super) key: String,
    /// Its statements.
    pub(super) grants: Vec<Grant>,
}

/// The parts that together allow exactly what `grants` do.
pub(super) fn split(grants: Vec<Grant>, region: &Region) -> Vec<PolicyPart> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    let mut length = ENVELOPE;
    for grant in grants {
        for (piece, characters) in pieces(grant, region) {
            if length + characters > MANAGED_POLICY_CHARACTERS && !part.is_empty() {
                parts.push(std::mem::take(&mut part));
                length = ENVELOPE;
            }
            part.push(piece);
            // The comma between two statements.
            length += characters + 1;
        }
    }
    parts.push(part);
    parts.into_iter().map(|part| PolicyPart { key: key(&part), grants: part }).collect()
}

/// A statement whole if a policy can hold it, else cut between its resources.
fn pieces(grant: Grant, region: &Region) -> Vec<(Grant, usize)> {
    let characters = statement_characters(&grant.statement, region);
    let resources = match &grant.statement.resources {
        Some(Resources::Only(resources)) if ENVELOPE + characters > MANAGED_POLICY_CHARACTERS => resources.clone(),
        Some(_) | None => return vec![(grant, characters)],
    };
    let empty = statement_characters(&grant.on(Vec::new()).statement, region);
    let mut lists: Vec<(Vec<Value>, usize)> = Vec::new();
    for resource in resources {
        let more = resource_characters(&resource, region) + 1;
        match lists.last_mut() {
            Some((list, length)) if ENVELOPE + *length + more <= MANAGED_POLICY_CHARACTERS => {
                list.push(resource);
                *length += more;
            }
            _ => lists.push((vec![resource], empty + more)),
        }
    }
    lists.into_iter().map(|(list, length)| (grant.on(list), length)).collect()
}

/// Eight digits made from the part's first statement and that statement's first resource.
fn key(part: &[Grant]) -> String {
    let first = part.first().map(|grant| &grant.statement);
    let sid = first.and_then(|statement| statement.sid.as_deref()).unwrap_or_default();
    let resource = first.and_then(|statement| statement.resources.as_ref()).and_then(|list| list.list().first());
    short_hash(&format!("{sid} {}", serde_json::to_string(&resource).unwrap_or_default()))
}
