//! Which abbreviations of zones say one thing, which say several, and which hide daylight saving.
//!
//! An abbreviation is taken only if everybody who writes it means the same clock, today and all
//! year round. Names are canonical in the IANA tz database, which AWS asks for.
//! Source: <https://data.iana.org/time-zones/tz-link.html> and the `zone1970.tab` it describes.

/// Words for clocks, and the IANA zones that are meant or may be meant, the likeliest first.
pub(super) type Words = &'static [(&'static [&'static str], &'static [&'static str])];

/// One country or one agreed clock, one offset, no daylight saving.
pub(super) const CLEAR: Words = &[
    // Coordinated Universal Time under its usual names; as a clock, GMT never shifts.
    (&["UTC", "GMT", "Z"], &["UTC"]),
    // Named after a single country or territory that keeps one offset all year.
    (&["JST"], &["Asia/Tokyo"]),
    (&["KST"], &["Asia/Seoul"]),
    (&["HKT"], &["Asia/Hong_Kong"]),
    (&["SGT"], &["Asia/Singapore"]),
    (&["MYT"], &["Asia/Kuala_Lumpur"]),
    (&["PHT"], &["Asia/Manila"]),
    (&["NPT"], &["Asia/Kathmandu"]),
    (&["PKT"], &["Asia/Karachi"]),
    (&["TRT"], &["Europe/Istanbul"]),
    (&["SAST"], &["Africa/Johannesburg"]),
    (&["HST"], &["Pacific/Honolulu"]),
    (&["BRT"], &["America/Sao_Paulo"]),
    (&["COT"], &["America/Bogota"]),
    (&["PET"], &["America/Lima"]),
    // The three Indonesian clocks, fixed by law.
    (&["WIB"], &["Asia/Jakarta"]),
    (&["WITA"], &["Asia/Makassar"]),
    (&["WIT"], &["Asia/Jayapura"]),
    // Clocks that several countries share without daylight saving, so that any of them will do.
    (&["ICT"], &["Asia/Bangkok"]),
    (&["EAT"], &["Africa/Nairobi"]),
    (&["CAT"], &["Africa/Maputo"]),
    (&["WAT"], &["Africa/Lagos"]),
    // Western Australia and Moscow keep one offset, and no one else uses their letters.
    (&["AWST"], &["Australia/Perth"]),
    (&["MSK"], &["Europe/Moscow"]),
];

/// The same letters for different clocks.
pub(super) const AMBIGUOUS: Words = &[
    (&["ADT"], &["America/Halifax", "Asia/Baghdad"]),
    (&["AMT"], &["America/Manaus", "Asia/Yerevan"]),
    (&["ART"], &["America/Argentina/Buenos_Aires", "Africa/Cairo"]),
    (&["AST"], &["America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"]),
    (&["BST"], &["Europe/London", "Asia/Dhaka", "Pacific/Bougainville"]),
    (&["CST"], &["America/Chicago", "Asia/Shanghai", "Asia/Taipei", "America/Havana"]),
    (&["ECT"], &["America/Guayaquil", "America/Puerto_Rico"]),
    (&["GST"], &["Asia/Dubai", "Atlantic/South_Georgia", "Pacific/Guam"]),
    (&["IST"], &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"]),
    (&["SST"], &["Asia/Singapore", "Pacific/Pago_Pago"]),
    (&["WST"], &["Australia/Perth", "Pacific/Apia"]),
];

/// One half of a clock that shifts, or the whole of it by a name that is no name of the tz database: whoever writes
/// it in a schedule mostly means the whole clock, and would be an hour off for half of the year. The zones that follow the first do not shift.
pub(super) const HIDES_DAYLIGHT_SAVING: Words = &[
    (&["ACDT"], &["Australia/Adelaide"]),
    (&["ACST"], &["Australia/Adelaide", "Australia/Darwin"]),
    (&["AEDT"], &["Australia/Sydney"]),
    (&["AEST", "AET"], &["Australia/Sydney", "Australia/Brisbane"]),
    (&["AKDT", "AKST", "AKT"], &["America/Anchorage"]),
    (&["AT"], &["America/Halifax", "America/Puerto_Rico"]),
    (&["CDT", "CST6CDT"], &["America/Chicago"]),
    (&["CENTRAL", "CT"], &["America/Chicago", "America/Regina"]),
    (&["CEST", "MEST", "MET"], &["Europe/Paris"]),
    (&["CET"], &["Europe/Paris", "Africa/Algiers"]),
    (&["CLST", "CLT"], &["America/Santiago"]),
    (&["EASTERN", "EST", "ET"], &["America/New_York", "America/Panama"]),
    (&["EDT", "EST5EDT"], &["America/New_York"]),
    (&["EEST"], &["Europe/Athens"]),
    (&["EET"], &["Europe/Athens", "Africa/Tripoli"]),
    (&["HDT"], &["America/Adak"]),
    (&["IDT"], &["Asia/Jerusalem"]),
    (&["MDT", "MST7MDT"], &["America/Denver"]),
    (&["MESZ", "MEZ"], &["Europe/Berlin"]),
    (&["MOUNTAIN", "MST", "MT"], &["America/Denver", "America/Phoenix"]),
    (&["NDT", "NST", "NT"], &["America/St_Johns"]),
    (&["NZDT", "NZST", "NZT"], &["Pacific/Auckland"]),
    (&["PACIFIC", "PDT", "PST", "PST8PDT", "PT"], &["America/Los_Angeles"]),
    (&["WEST", "WET"], &["Europe/Lisbon"]),
];

/// The zones of the row that a word names, without regard to case.
pub(super) fn zones(table: Words, word: &str) -> Option<&'static [&'static str]> {
    let is_named = |known: &&str| known.eq_ignore_ascii_case(word);
    table.iter().find(|(words, _)| words.iter().any(is_named)).map(|(_, zones)| *zones)
}
