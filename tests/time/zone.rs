//! Words for zones.

use drc::time::zone::{Lookup, find, names, nearest};

#[track_caller]
fn case(word: &str, expected: &str) {
    let found = match find(word) {
        Lookup::Found(zone) => zone.name().to_owned(),
        Lookup::Renamed(zone) => format!("renamed {zone}"),
        Lookup::Ambiguous(zones) => format!("ambiguous {}", zones.join(" ")),
        Lookup::HidesDaylightSaving(zones) => format!("hides {}", zones.join(" ")),
        Lookup::Offset(zone) => format!("offset {zone}"),
        Lookup::NoOffset => "no offset".to_owned(),
        Lookup::Unknown => format!("unknown {}", nearest(word).join(" ")).trim().to_owned(),
    };
    assert_eq!(found, expected, "{word}");
}

#[test]
fn words() {
    case("JST", "Asia/Tokyo");
    case("jst", "Asia/Tokyo");
    case("Asia/Tokyo", "Asia/Tokyo");
    case("asia/tokyo", "renamed Asia/Tokyo");
    case("Japan", "renamed Asia/Tokyo");
    case("US/Pacific", "renamed America/Los_Angeles");
    case("Asia/Calcutta", "renamed Asia/Kolkata");
    case("UTC", "UTC");
    case("Etc/UTC", "UTC");
    case("GMT", "UTC");
    case("Z", "UTC");
    case("Etc/GMT-9", "Etc/GMT-9");
    case("+09:00", "+09:00");
    case("-03:30", "-03:30");
    case("+00:00", "UTC");
    case("+14:00", "+14:00");
    case("+14:01", "no offset");
    case("-12:01", "no offset");
    case("+09:60", "no offset");
    case("IST", "ambiguous Asia/Kolkata Europe/Dublin Asia/Jerusalem");
    case("CST", "ambiguous America/Chicago Asia/Shanghai Asia/Taipei America/Havana");
    case("EST", "hides America/New_York America/Panama");
    case("PST", "hides America/Los_Angeles");
    case("CET", "hides Europe/Paris Africa/Algiers");
    case("EST5EDT", "hides America/New_York");
    case("Asia/Tokio", "unknown Asia/Tokyo");
    case("Tokyo", "unknown Asia/Tokyo");
    case("Factory", "unknown");
    case("qqqqqqqq", "unknown");
    case("Eurpe/Berln", "unknown Europe/Berlin");
    case("Europe/Rom", "unknown Europe/Rome");
    case("Singapur", "unknown Asia/Singapore");
    // Another city, and a sign that would mean the reverse.
    case("Mumbai", "unknown");
    case("America/NY", "unknown");
    case("Etc/GMT+5.5", "unknown");
}

#[test]
fn offsets_in_other_forms_keep_their_sign() {
    for (word, offset) in [
        ("+9", "+09:00"),
        ("+9:00", "+09:00"),
        ("+0900", "+09:00"),
        ("-5", "-05:00"),
        ("GMT+9", "+09:00"),
        ("gmt-5", "-05:00"),
        ("UTC+9", "+09:00"),
        ("UTC+09:00", "+09:00"),
        ("UTC+5:30", "+05:30"),
        ("UTC\u{2212}3", "-03:00"),
        ("UTC+0", "UTC"),
        ("Etc/UTC+9", "+09:00"),
        ("GMT+5.5", "+05:30"),
        ("GMT-3.5", "-03:30"),
        ("+5.75", "+05:45"),
        ("UTC+9.30", "+09:30"),
    ] {
        case(word, &format!("offset {offset}"));
    }
    for word in ["GMT+25", "UTC+15", "+900", "+", "+09:0x", "UTC+9:0:0", "UTC+5.3", "+9.5.0"] {
        assert!(matches!(find(word), Lookup::NoOffset | Lookup::Unknown), "{word}");
    }
}

#[test]
fn no_word_is_taken_for_the_abbreviation_of_another_country() {
    for word in ["*", "X", "XT", "QRT", "AKTX", "IAT"] {
        case(word, "unknown");
    }
    case("ET", "hides America/New_York America/Panama");
    case("Eastern", "hides America/New_York America/Panama");
    case("CT", "hides America/Chicago America/Regina");
    case("Pacific", "hides America/Los_Angeles");
    case("BRT", "America/Sao_Paulo");
    case(&"x".repeat(9_500), "unknown");
}

#[test]
fn constancy() {
    for (word, offset) in [
        ("JST", Some(540)),
        ("Asia/Kolkata", Some(330)),
        ("America/Sao_Paulo", Some(-180)),
        ("Europe/Moscow", Some(180)),
        ("-03:30", Some(-210)),
        ("Europe/Dublin", None),
        ("Africa/Casablanca", None),
        ("Australia/Lord_Howe", None),
        ("America/New_York", None),
    ] {
        assert_eq!(crate::support::zone(word).constant_offset(), offset, "{word}");
    }
}

#[test]
fn every_name_of_the_tables_and_of_the_database_is_canonical_or_says_what_is() {
    for name in names() {
        match find(&name) {
            Lookup::Found(zone) | Lookup::Renamed(zone) => {
                let canonical = zone.iana_name().expect("a name").to_owned();
                assert!(matches!(find(&canonical), Lookup::Found(again) if again == zone), "{name}");
            }
            Lookup::Ambiguous(zones) | Lookup::HidesDaylightSaving(zones) => {
                for zone in zones {
                    assert!(matches!(find(zone), Lookup::Found(_)), "{zone}");
                }
            }
            Lookup::Unknown => assert_eq!(name, "Factory"),
            Lookup::Offset(_) | Lookup::NoOffset => panic!("{name}"),
        }
    }
    for word in ["AST", "ADT", "AMT", "BST", "ECT", "GST", "SST", "WST", "NST", "AEST", "MEZ", "HST", "PHT"] {
        match find(word) {
            Lookup::Found(zone) => assert!(zone.is_constant(), "{word}"),
            Lookup::Ambiguous(zones) | Lookup::HidesDaylightSaving(zones) => {
                assert!(zones.iter().all(|zone| matches!(find(zone), Lookup::Found(_))), "{word}");
            }
            other @ (Lookup::Renamed(_) | Lookup::Offset(_) | Lookup::NoOffset | Lookup::Unknown) => {
                panic!("{word}: {other:?}")
            }
        }
    }
}
