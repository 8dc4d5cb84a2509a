//! Why each resource, property and statement of a policy is generated.

mod key;
mod plan;
mod role;
mod template;
mod vault;

use crate::reason::Reason;

pub(crate) use key::*;
pub(crate) use plan::*;
pub(crate) use role::*;
pub(crate) use template::*;
pub(crate) use vault::*;

/// Every reason, those of the calls of every kind among them.
pub fn all() -> impl Iterator<Item = &'static Reason> {
    let of_templates =
        [crate::cfn::REASONS, template::REASONS, key::REASONS, vault::REASONS, plan::REASONS, role::REASONS];
    of_templates.into_iter().chain(crate::kind::reasons()).flatten().copied()
}

/// Whether a reason says only what every template says.
pub fn is_formal(reason: &Reason) -> bool {
    [&TEMPLATE_VERSION, &TEMPLATE_DESCRIPTION, &METADATA, &DESCRIPTION_OF_RESOURCE].contains(&reason)
}
