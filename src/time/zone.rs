//! Zones.
use jiff::tz::TimeZone;
/// A zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Zone {
    name: String,
    zone: TimeZone,
}
/// Finds.
pub fn find(word: &str) -> Option<Zone> {
    let name = match word {
        "JST" => "Asia/Tokyo",
        "KST" => "Asia/Seoul",
        "UTC" => "UTC",
        other => other,
    };
    TimeZone::get(name).ok().map(|zone| Zone { name: name.to_owned(), zone })
}
impl Zone {
    /// Name.
    pub fn name(&self) -> &str {
        &self.name
    }
    /// Offset minutes.
    pub fn offset_minutes(&self) -> i32 {
        self.zone.to_offset(jiff::Timestamp::UNIX_EPOCH + jiff::SignedDuration::from_hours(500_000)).seconds() / 60
    }
}
