//! Where something is, as AWS tells places apart.

use super::region::Region;

/// Which account of a system, in the order in which the system has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountId(pub(crate) usize);

impl AccountId {
    /// The system's own account, to whichever that is deployed.
    pub const OWN: Self = Self(0);
}

/// An account and a region of it: what has a name there has it once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The account.
    pub account: AccountId,
    /// The region.
    pub region: &'static Region,
}
