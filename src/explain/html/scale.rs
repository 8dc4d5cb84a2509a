//! Instants as columns of a drawing, and the marks on its axes.

use jiff::Timestamp;

use crate::time::length::Minutes;
use crate::time::zone::Zone;

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

    /// About a dozen instants at even distances, with what a zone's clock or calendar shows then.
    pub(super) fn marks(&self, zone: &Zone) -> Vec<(Timestamp, String)> {
        let days = self.length.0 / 1440;
        // The first instant is a midnight of the other clock, which is none of UTC.
        let day = if zone.is_utc() && days <= 7 { "%m-%d %H:%M" } else { "%m-%d" };
        let (step, format) = match days {
            0..=2 => (Minutes::hours(3), "%H:%M"),
            3..=14 => (Minutes::days(1), day),
            15..=60 => (Minutes::days(5), day),
            _ => (Minutes::days((days / 8).max(1)), "%Y-%m-%d"),
        };
        let count = self.length.0 / step.0.max(1);
        let at = |number: i64| Minutes(step.0 * number).after(self.from);
        (0..=count).map(|number| (at(number), zone.wall_clock(at(number)).strftime(format).to_string())).collect()
    }
}
