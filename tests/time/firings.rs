//! When an expression of AWS's cron dialect fires, with or without a time zone.
//!
//! This is the second opinion on lowering: it knows nothing of schedules or of shifting, and works
//! from the expression alone. A local time that does not exist does not fire; one that happens
//! twice fires the first time only.
//! Source: <https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html>.

use drc::time::calendar::TimeOfDay;
use drc::time::cron::{Cron, YEARS};
use drc::time::evaluate::fires_on;
use drc::time::zone::{Happens, Zone};
use jiff::Timestamp;
use jiff::civil::Date;

/// The instants at which an expression fires, from one instant on (itself included), in order.
pub(crate) fn firings(cron: &Cron, zone: &Zone, from: Timestamp) -> Firings {
    // One day earlier than the wall clock shows, so that no shift of the clock hides a firing.
    let date = zone.wall_clock(from).date();
    Firings {
        times: cron.times(),
        cron: cron.clone(),
        zone: zone.clone(),
        from,
        date: Some(date.yesterday().unwrap_or(date)),
        done: 0,
    }
}

/// Iterator over firings.
#[derive(Clone, Debug)]
pub(crate) struct Firings {
    cron: Cron,
    zone: Zone,
    from: Timestamp,
    times: Vec<TimeOfDay>,
    /// The day at hand, if the calendar of the dialect has not ended.
    date: Option<Date>,
    /// How many times of that day are done.
    done: usize,
}

impl Iterator for Firings {
    type Item = Timestamp;

    fn next(&mut self) -> Option<Timestamp> {
        loop {
            let date = self.date?;
            let time = if fires_on(&self.cron, date) { self.times.get(self.done) } else { None };
            let Some(time) = time else {
                self.date = following(&self.cron, date);
                self.done = 0;
                continue;
            };
            self.done += 1;
            match self.zone.happens(date.to_datetime(time.civil())) {
                Happens::Once(instant) | Happens::Twice(instant, _) if instant >= self.from => {
                    return Some(instant);
                }
                Happens::Once(_) | Happens::Twice(..) | Happens::Never => {}
            }
        }
    }
}

/// The next day worth looking at: a month in which nothing fires is left out.
fn following(cron: &Cron, date: Date) -> Option<Date> {
    let next = if cron.months.contains(&u16::from(date.month().unsigned_abs())) {
        date.tomorrow().ok()?
    } else {
        date.last_of_month().tomorrow().ok()?
    };
    (i32::from(next.year()) <= i32::from(YEARS.1)).then_some(next)
}
