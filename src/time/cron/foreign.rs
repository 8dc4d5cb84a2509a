//! Schedules in another notation, in the language's own: AWS's `cron(…)` and `rate(…)`, the five fields of Unix and
//! its `@daily`.

use super::parse::parse;
use crate::time::calendar::Weekday;
use crate::time::zone;

/// What to write for a schedule in another notation, with the zone that stands behind it; `None` where that is not
/// certain. AWS's `cron(…)` and `rate(…)` without a zone are in UTC; the zone of another is left open as `ZONE`, and so
/// is one that means no clock.
pub(crate) fn written(text: &str, zone: Option<&str>) -> Option<String> {
    let is_aws = ["cron", "rate"].iter().any(|name| text.trim_matches(['"', '\'', ' ']).starts_with(name));
    let of_none = if is_aws { "UTC" } else { "ZONE" };
    let zone = zone.map_or_else(|| of_none.to_owned(), |word| zone::written(word).unwrap_or_else(|| "ZONE".to_owned()));
    in_zone(text, &zone)
}

fn in_zone(text: &str, zone: &str) -> Option<String> {
    let text = text.trim_matches(['"', '\'', ' ']);
    if let Some(rate) = text.strip_prefix("rate") {
        return of_rate(rate.trim_matches(['(', ')', ' ']), zone);
    }
    let fields = text.strip_prefix("cron").unwrap_or(text).trim_matches(['(', ')', '"', '\'', ' ']);
    if let Some((_, words)) = NICKNAMES.iter().find(|(nickname, _)| *nickname == fields) {
        return Some(words.replace("ZONE", zone));
    }
    let fields = six_fields(fields)?;
    Some(format!("cron \"{fields}\" {zone}"))
}

const NICKNAMES: &[(&str, &str)] = &[
    ("@hourly", "hourly"),
    ("@daily", "daily 00:00 ZONE"),
    ("@midnight", "daily 00:00 ZONE"),
    ("@weekly", "weekly sun 00:00 ZONE"),
    ("@monthly", "monthly 1 00:00 ZONE"),
    ("@yearly", "yearly jan 1 00:00 ZONE"),
    ("@annually", "yearly jan 1 00:00 ZONE"),
];

/// AWS's six fields for six, or for the five of Unix, which has no years and may leave both fields of days open.
fn six_fields(text: &str) -> Option<String> {
    let fields: Vec<&str> = text.split_whitespace().collect();
    // A `?` is AWS's.
    let is_aws = fields.contains(&"?");
    let [minutes, hours, mut of_month, months, of_week, years] = match *fields.as_slice() {
        [minutes, hours, of_month, months, of_week] => [minutes, hours, of_month, months, of_week, "*"],
        // The first field may be the seconds of Quartz where the others are Unix' five.
        [_, ref of_unix @ ..] if of_unix.len() == 5 && !is_aws && six_fields(&of_unix.join(" ")).is_some() => {
            return None;
        }
        [minutes, hours, of_month, months, of_week, years] => [minutes, hours, of_month, months, of_week, years],
        _ => return None,
    };
    let mut of_week = if !is_aws && fields.len() == 5 { unix_days(of_week)? } else { of_week.to_owned() };
    if of_month != "?" && of_week == "*" {
        "?".clone_into(&mut of_week);
    } else if of_week != "?" && of_month == "*" {
        of_month = "?";
    }
    let fields = [minutes, hours, of_month, months, &of_week, years].join(" ");
    parse(&fields).is_ok().then_some(fields)
}

/// AWS's field for days of the week by Unix, which counts them from 0, AWS from 1.
fn unix_days(field: &str) -> Option<String> {
    let parts: Vec<String> = field.split(',').map(unix_part).collect::<Option<_>>()?;
    Some(if parts.iter().any(|part| part == "*") { "*".to_owned() } else { parts.join(",") })
}

/// One part of such a field; `None` for a step, which counts from another day, and for a range that runs backwards.
fn unix_part(part: &str) -> Option<String> {
    if part == "*" {
        return Some(part.to_owned());
    }
    if let Some(last) = part.strip_suffix('L') {
        return Some(format!("{}L", unix_day(last)?.number()));
    }
    if let Some((day, nth)) = part.split_once('#') {
        return Some(format!("{}#{nth}", unix_day(day)?.number()));
    }
    let Some((first, last)) = part.split_once('-') else { return Some(unix_day(part)?.abbreviation()) };
    let (from, to) = (unix_day(first)?, unix_day(last)?);
    // Sunday ends a week as well as it begins one.
    let end = if to.number() == 1 { 8 } else { to.number() };
    match end.checked_sub(from.number())? {
        7 if first == last => Some(from.abbreviation()),
        6.. => Some("*".to_owned()),
        _ => Some(format!("{}-{}", from.abbreviation(), to.abbreviation())),
    }
}

/// `0` to `7`, both of which are Sunday, or a name.
fn unix_day(text: &str) -> Option<Weekday> {
    match text.parse::<u16>() {
        Ok(number @ 0..=7) => Weekday::numbered(number % 7 + 1),
        Ok(_) => None,
        Err(_) => Weekday::named(text),
    }
}

fn of_rate(rate: &str, zone: &str) -> Option<String> {
    let (number, unit) = rate.split_once(' ')?;
    let number: u32 = number.parse().ok()?;
    let minutes = match unit.trim().trim_end_matches('s') {
        "minute" => 1,
        "hour" => 60,
        "day" => 1440,
        _ => return None,
    };
    let minutes = number.checked_mul(minutes)?;
    match (minutes, minutes / 60) {
        (60, _) => Some("hourly".to_owned()),
        (1440, _) => Some(format!("daily 01:00 {zone}")),
        (10_080, _) => Some(format!("weekly sun 01:00 {zone}")),
        (1..60, _) if 60 % minutes == 0 => Some(format!("cron \"0/{minutes} * * * ? *\" {zone}")),
        (_, hours @ 2..24) if minutes % 60 == 0 => Some(format!("every {hours}h")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_zone_that_is_certain_is_written() {
        for (text, zone, expected) in [
            ("30 2 * * *", None, "cron \"30 2 * * ? *\" ZONE"),
            ("30 2 * * *", Some("EST"), "cron \"30 2 * * ? *\" ZONE"),
            ("30 2 * * *", Some("UTC+9"), "cron \"30 2 * * ? *\" +09:00"),
            ("30 2 * * *", Some("JST"), "cron \"30 2 * * ? *\" JST"),
            ("cron(30 2 * * ? *)", None, "cron \"30 2 * * ? *\" UTC"),
            ("rate(1 day)", Some("Tokyo"), "daily 01:00 ZONE"),
            ("@daily", None, "daily 00:00 ZONE"),
        ] {
            assert_eq!(written(text, zone).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_notations_are_written_in_the_language() {
        for (text, expected) in [
            ("cron(0 5 * * ? *)", Some("cron \"0 5 * * ? *\" UTC")),
            ("cron(\"0 5 * * ? *\")", Some("cron \"0 5 * * ? *\" UTC")),
            ("'0 5 * * ? *'", Some("cron \"0 5 * * ? *\" UTC")),
            ("0 5 * * *", Some("cron \"0 5 * * ? *\" UTC")),
            // Seconds may come first.
            ("0 5 * * * *", None),
            ("0 0 5 * * *", None),
            ("0 0 5 * * MON-FRI", None),
            ("0 5 * * * 2027", Some("cron \"0 5 * * ? 2027\" UTC")),
            ("0 5 * * MON *", Some("cron \"0 5 ? * MON *\" UTC")),
            ("0 5 31 * * *", Some("cron \"0 5 31 * ? *\" UTC")),
            ("0 5 * * 1-5", Some("cron \"0 5 ? * MON-FRI *\" UTC")),
            ("0 5 ? * 2", Some("cron \"0 5 ? * 2 *\" UTC")),
            ("0 5 * * 0", Some("cron \"0 5 ? * SUN *\" UTC")),
            ("0 5 * * 5L", Some("cron \"0 5 ? * 6L *\" UTC")),
            ("0 5 * * 1#1", Some("cron \"0 5 ? * 2#1 *\" UTC")),
            ("0 5 * * 0-7", Some("cron \"0 5 * * ? *\" UTC")),
            ("0 5 * * 1-7", Some("cron \"0 5 * * ? *\" UTC")),
            ("0 5 * * 0,6", Some("cron \"0 5 ? * SUN,SAT *\" UTC")),
            ("0 5 * * 5-7", Some("cron \"0 5 ? * FRI-SUN *\" UTC")),
            ("0 5 * * 0-0", Some("cron \"0 5 ? * SUN *\" UTC")),
            ("0 5 * * 5-2", None),
            ("0 5 * * 8", None),
            // Unix runs on either day.
            ("0 5 1 * 1", None),
            ("0 5 * * */2", None),
            ("61 5 * * *", None),
            ("@daily", Some("daily 00:00 UTC")),
            ("rate(1 day)", Some("daily 01:00 UTC")),
            ("rate(7 days)", Some("weekly sun 01:00 UTC")),
            ("rate(90 minutes)", None),
            ("rate(1 hour)", Some("hourly")),
            ("rate(12 hours)", Some("every 12h")),
            ("rate(5 minutes)", Some("cron \"0/5 * * * ? *\" UTC")),
            ("rate(often)", None),
        ] {
            assert_eq!(written(text, Some("UTC")).as_deref(), expected, "{text}");
        }
    }
}
