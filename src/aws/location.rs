//! Where something is, as AWS tells places apart.

use super::region::Region;

/// An account and a region of it: what has a name there has it once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// The account; none, where it is the system's own, to whichever that is deployed.
    pub account: Option<String>,
    /// The region.
    pub region: &'static Region,
}
