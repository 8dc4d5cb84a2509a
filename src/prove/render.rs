//! What was proved, for people and for machines.

mod json;
mod text;

pub use json::json;
pub use text::text;

use super::{Part, Removal, RoleProof};

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
            let cure = if too_much {
                "something else allows it too: mend first what is allowed and should not be"
            } else {
                "this is a defect of drc; please report it with this spec"
            };
            (format!("{name} in {place}"), cure.to_owned())
        }
    }
}

/// What to write where a call is allowed that should not be.
fn cure(what: &str) -> &'static str {
    if what.starts_with("key administration") {
        "name somebody else than the role in `admin`: who makes backups should not be able to destroy their keys"
    } else {
        "this is a defect of drc; please report it with this spec"
    }
}
