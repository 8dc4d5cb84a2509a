//! Instants as columns of a drawing, and the days of a clock within it.

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use crate::time::length::Minutes;
use crate::time::zone::{Happens, Zone};

/// A stretch of time that is drawn across a width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// The first instant.
    pub(super) from: Timestamp,
    /// How long it is.
    pub(super) length: Minutes,
    /// Column of the first instant.
    pub(super) left: i64,
    /// Columns.
    pub(super) width: i64,
}

impl Scale {
    /// The column of an instant; beyond the ends, the ends themselves.
    pub(super) fn x(&self, at: Timestamp) -> i64 {
        let minutes = Minutes::between(self.from, at).0.clamp(0, self.length.0);
        self.left + minutes * self.width / self.length.0.max(1)
    }

    /// The last instant.
    pub(super) fn until(&self) -> Timestamp {
        self.length.after(self.from)
    }

    /// The instants within at which a day begins by the clock of a zone, with its date.
    pub(super) fn days(&self, zone: &Zone) -> Vec<(Timestamp, Date)> {
        let mut days = Vec::new();
        let mut date = Some(zone.wall_clock(self.from).date());
        while let Some(day) = date {
            let Some(at) = begins(day, zone).filter(|at| *at <= self.until()) else { break };
            if at >= self.from {
                days.push((at, day));
            }
            date = day.tomorrow().ok();
        }
        days
    }
}

/// When a day begins by the clock of a zone: at midnight, or where that is skipped, an hour later.
pub(super) fn begins(date: Date, zone: &Zone) -> Option<Timestamp> {
    let one = Time::constant(1, 0, 0, 0);
    [Time::midnight(), one].into_iter().find_map(|time| match zone.happens(date.to_datetime(time)) {
        Happens::Once(at) | Happens::Twice(at, _) => Some(at),
        Happens::Never => None,
    })
}
