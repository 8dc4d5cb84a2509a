//! Whether recovery points are copied from one place to another: a question to their kind and to both places.

use super::Kind;
use crate::aws::location::Location;
use crate::aws::region::Partition;

/// What AWS Backup does with recovery points that are to be copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Copying {
    /// It copies them.
    Made,
    /// AWS's pages disagree on whether it does.
    Disputed,
    /// It copies nothing out of the region.
    NoneFromRegion,
    /// Nothing is copied between partitions.
    OtherPartition,
}

impl Kind {
    /// What AWS Backup does with its recovery points that are to be copied from one place to another.
    pub fn copying(&self, from: Location, to: Location) -> Copying {
        let (from, to) = (from.region, to.region);
        let in_china = from.partition == Partition::China && to.partition == Partition::China;
        if !from.copies() {
            Copying::NoneFromRegion
        } else if from.partition != to.partition {
            Copying::OtherPartition
        } else if in_china && self.abilities.copies_in_china_disputed {
            Copying::Disputed
        } else {
            Copying::Made
        }
    }
}
