//! What was proved, for people and for machines.

mod json;
mod text;

pub use json::json;
pub use text::text;

use super::{Forbidden, Judged, Part, Removal, RoleProof};
use crate::lower::ADMINISTER_KEY;

/// A part that could be taken away, in words, and what to write.
fn superfluous(role: &RoleProof, removal: &Removal) -> (String, String) {
    let policy = role.policies.get(removal.policy);
    let sid = policy
        .and_then(|policy| policy.policy.document.statements.get(removal.statement))
        .and_then(|statement| statement.sid.clone());
    let place = format!(
        "{} of {}",
        sid.unwrap_or_else(|| "the statement".to_owned()),
        policy.map_or("", |policy| policy.policy.name.as_str())
    );
    let too_much = role.forbidden.iter().any(|call| call.allowed);
    match &removal.part {
        Part::Principal(name) => (
            format!("{name} in {place}"),
            format!("take {name} out of `admin`: the policy lets it in already, under another name or as the account"),
        ),
        Part::Action(name) | Part::Resource(name) | Part::ConditionValue(_, name) | Part::Condition(name) => {
            let cure = if is_of_superfluous_principal(role, removal) {
                "nobody needs this statement who is not let in already: see the administrator that is superfluous"
            } else if too_much {
                "something else allows it too: mend first what is allowed and should not be"
            } else {
                "this is a defect of drc; please report it with this spec"
            };
            (format!("{name} in {place}"), cure.to_owned())
        }
    }
}

/// Whether the statement goes with a principal that is superfluous itself.
fn is_of_superfluous_principal(role: &RoleProof, removal: &Removal) -> bool {
    role.minimality.superfluous.iter().any(|other| {
        matches!(other.part, Part::Principal(_))
            && (other.policy, other.statement) == (removal.policy, removal.statement)
    })
}

/// What to write where a call is allowed that should not be.
fn cure(call: &Judged<Forbidden>) -> &'static str {
    if call.by.iter().any(|(_, sid)| sid == ADMINISTER_KEY) {
        "name somebody else than the role in `admin`: who makes backups should not be able to destroy their keys"
    } else {
        "this is a defect of drc; please report it with this spec"
    }
}

/// What a proof leaves open, whatever the spec.
const NOT_PROVED: [&str; 3] = [
    "Minimal means: against drc's table of the calls that AWS Backup makes, not against what AWS does inside.",
    "Not looked at: service control and resource control policies, permissions boundaries, session policies, and policies that others attach.",
    "A snapshot's name does not say of which cluster it is: what the role may do with AWS Backup's snapshots, it may do with those of every cluster in its regions.",
];
