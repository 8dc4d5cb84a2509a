//! What becomes of recovery points that exist: where they lie, under which key, until when, and who can still use them.

use super::deployed::State;
use super::plan::Plan;
use super::report::Item;
use super::rights::Attached;
use super::update::Update;
use super::{keys, roles, vaults};

/// Both sides, with what lies between them.
#[derive(Debug)]
pub(super) struct Sides<'s, 'a> {
    /// What is deployed.
    pub old: &'s State<'a>,
    /// What would be.
    pub new: &'s State<'a>,
    /// What CloudFormation does.
    pub update: &'s Update,
    /// The plans that are deployed.
    pub old_plans: Vec<Plan>,
    /// The plans that would be.
    pub new_plans: Vec<Plan>,
    /// The policies of the roles that are deployed.
    pub old_attached: Attached,
    /// The policies of the roles that would be.
    pub new_attached: Attached,
}

/// What is said of recovery points, vault by vault, then role by role, then key by key.
pub(super) fn items(sides: &Sides<'_, '_>) -> Vec<Item> {
    [vaults::items(sides), roles::items(sides), keys::items(sides)].concat()
}
