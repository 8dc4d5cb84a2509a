//! Which abbreviations of zones say one thing, which say several, and which hide daylight saving.
//!
//! An abbreviation is taken only if everybody who writes it means the same clock, today and all
//! year round. Names are canonical in the IANA tz database, which AWS asks for.
//! Source: <https://data.iana.org/time-zones/tz-link.html> and the `zone1970.tab` it describes.

/// An abbreviation with one meaning.
pub(super) struct Clear {
    /// What people write.
    pub(super) word: &'static str,
    /// The IANA zone.
    pub(super) zone: &'static str,
}

/// An abbreviation that must not be taken at its word.
pub(super) struct Unclear {
    /// What people write.
    pub(super) word: &'static str,
    /// IANA zones that may be meant, the likeliest first.
    pub(super) zones: &'static [&'static str],
}

const fn clear(word: &'static str, zone: &'static str) -> Clear {
    Clear { word, zone }
}

const fn unclear(word: &'static str, zones: &'static [&'static str]) -> Unclear {
    Unclear { word, zones }
}

/// One country or one agreed clock, one offset, no daylight saving.
pub(super) const CLEAR: &[Clear] = &[
    // Coordinated Universal Time under its usual names; as a clock, GMT never shifts.
    clear("UTC", "UTC"),
    clear("GMT", "UTC"),
    clear("Z", "UTC"),
    // Named after a single country or territory that keeps one offset all year.
    clear("JST", "Asia/Tokyo"),
    clear("KST", "Asia/Seoul"),
    clear("HKT", "Asia/Hong_Kong"),
    clear("SGT", "Asia/Singapore"),
    clear("MYT", "Asia/Kuala_Lumpur"),
    clear("PHT", "Asia/Manila"),
    clear("NPT", "Asia/Kathmandu"),
    clear("PKT", "Asia/Karachi"),
    clear("TRT", "Europe/Istanbul"),
    clear("SAST", "Africa/Johannesburg"),
    clear("HST", "Pacific/Honolulu"),
    clear("BRT", "America/Sao_Paulo"),
    clear("COT", "America/Bogota"),
    clear("PET", "America/Lima"),
    // The three Indonesian clocks, fixed by law.
    clear("WIB", "Asia/Jakarta"),
    clear("WITA", "Asia/Makassar"),
    clear("WIT", "Asia/Jayapura"),
    // Clocks that several countries share without daylight saving, so that any of them will do.
    clear("ICT", "Asia/Bangkok"),
    clear("EAT", "Africa/Nairobi"),
    clear("CAT", "Africa/Maputo"),
    clear("WAT", "Africa/Lagos"),
    // Western Australia and Moscow keep one offset, and no one else uses their letters.
    clear("AWST", "Australia/Perth"),
    clear("MSK", "Europe/Moscow"),
];

/// The same letters for different clocks.
pub(super) const AMBIGUOUS: &[Unclear] = &[
    unclear("ADT", &["America/Halifax", "Asia/Baghdad"]),
    unclear("AMT", &["America/Manaus", "Asia/Yerevan"]),
    unclear("ART", &["America/Argentina/Buenos_Aires", "Africa/Cairo"]),
    unclear("AST", &["America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"]),
    unclear("BST", &["Europe/London", "Asia/Dhaka", "Pacific/Bougainville"]),
    unclear("CST", &["America/Chicago", "Asia/Shanghai", "Asia/Taipei", "America/Havana"]),
    unclear("ECT", &["America/Guayaquil", "America/Puerto_Rico"]),
    unclear("GST", &["Asia/Dubai", "Atlantic/South_Georgia", "Pacific/Guam"]),
    unclear("IST", &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    unclear("SST", &["Asia/Singapore", "Pacific/Pago_Pago"]),
    unclear("WST", &["Australia/Perth", "Pacific/Apia"]),
];

/// One half of a clock that shifts, or the whole of it by a name that is no name of the tz database: whoever writes
/// it in a schedule mostly means the whole clock, and would be an hour off for half of the year. The zones that follow the first do not shift.
pub(super) const HIDES_DAYLIGHT_SAVING: &[Unclear] = &[
    unclear("ACDT", &["Australia/Adelaide"]),
    unclear("ACST", &["Australia/Adelaide", "Australia/Darwin"]),
    unclear("AEDT", &["Australia/Sydney"]),
    unclear("AEST", &["Australia/Sydney", "Australia/Brisbane"]),
    unclear("AET", &["Australia/Sydney", "Australia/Brisbane"]),
    unclear("AKDT", &["America/Anchorage"]),
    unclear("AKST", &["America/Anchorage"]),
    unclear("AKT", &["America/Anchorage"]),
    unclear("AT", &["America/Halifax", "America/Puerto_Rico"]),
    unclear("CDT", &["America/Chicago"]),
    unclear("CENTRAL", &["America/Chicago", "America/Regina"]),
    unclear("CEST", &["Europe/Paris"]),
    unclear("CET", &["Europe/Paris", "Africa/Algiers"]),
    unclear("CLST", &["America/Santiago"]),
    unclear("CLT", &["America/Santiago"]),
    unclear("CST6CDT", &["America/Chicago"]),
    unclear("CT", &["America/Chicago", "America/Regina"]),
    unclear("EASTERN", &["America/New_York", "America/Panama"]),
    unclear("EDT", &["America/New_York"]),
    unclear("EEST", &["Europe/Athens"]),
    unclear("EET", &["Europe/Athens", "Africa/Tripoli"]),
    unclear("EST", &["America/New_York", "America/Panama"]),
    unclear("EST5EDT", &["America/New_York"]),
    unclear("ET", &["America/New_York", "America/Panama"]),
    unclear("HDT", &["America/Adak"]),
    unclear("IDT", &["Asia/Jerusalem"]),
    unclear("MDT", &["America/Denver"]),
    unclear("MEST", &["Europe/Paris"]),
    unclear("MESZ", &["Europe/Berlin"]),
    unclear("MET", &["Europe/Paris"]),
    unclear("MEZ", &["Europe/Berlin"]),
    unclear("MOUNTAIN", &["America/Denver", "America/Phoenix"]),
    unclear("MST", &["America/Denver", "America/Phoenix"]),
    unclear("MST7MDT", &["America/Denver"]),
    unclear("MT", &["America/Denver", "America/Phoenix"]),
    unclear("NDT", &["America/St_Johns"]),
    unclear("NST", &["America/St_Johns"]),
    unclear("NT", &["America/St_Johns"]),
    unclear("NZDT", &["Pacific/Auckland"]),
    unclear("NZST", &["Pacific/Auckland"]),
    unclear("NZT", &["Pacific/Auckland"]),
    unclear("PACIFIC", &["America/Los_Angeles"]),
    unclear("PDT", &["America/Los_Angeles"]),
    unclear("PST", &["America/Los_Angeles"]),
    unclear("PST8PDT", &["America/Los_Angeles"]),
    unclear("PT", &["America/Los_Angeles"]),
    unclear("WEST", &["Europe/Lisbon"]),
    unclear("WET", &["Europe/Lisbon"]),
];

/// The abbreviation that a word is, without regard to case.
pub(super) fn clear_zone(word: &str) -> Option<&'static str> {
    CLEAR.iter().find(|row| row.word.eq_ignore_ascii_case(word)).map(|row| row.zone)
}

/// The zones of the row that a word names, without regard to case.
pub(super) fn zones(table: &[Unclear], word: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|row| row.word.eq_ignore_ascii_case(word)).map(|row| row.zones)
}
