//! Lowering.
use super::schedule::{Schedule, TimeOfDay};
/// Expression.
pub struct Expression {
    /// cron
    pub cron: String,
    /// tz
    pub timezone: Option<String>,
    /// times
    pub times: Vec<TimeOfDay>,
}
/// Lowers.
pub fn lower(schedule: &Schedule) -> Vec<Expression> {
    let mut out: std::collections::BTreeMap<i32, Vec<(i32, TimeOfDay)>> = std::collections::BTreeMap::new();
    for time in &schedule.times {
        let utc =
            (i32::from(time.hour) * 60 + i32::from(time.minute) - schedule.zone.offset_minutes()).rem_euclid(1440);
        out.entry(utc % 60).or_default().push((utc / 60, *time));
    }
    out.into_iter()
        .map(|(minute, mut hours)| {
            hours.sort_unstable();
            let list: Vec<String> = hours.iter().map(|(hour, _)| hour.to_string()).collect();
            Expression {
                cron: format!("cron({minute} {} * * ? *)", list.join(",")),
                timezone: None,
                times: hours.into_iter().map(|(_, time)| time).collect(),
            }
        })
        .collect()
}
