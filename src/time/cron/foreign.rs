//! Schedules in another notation, in the language's own: AWS's `cron(…)` and `rate(…)`, the five fields of Unix and
//! its `@daily`.

use super::parse::parse;

/// What to write for a schedule in another notation, with the zone that stands behind it; `None` where that is not
/// certain.
pub fn written(text: &str, zone: &str) -> Option<String> {
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
    let is_unix = !fields.contains(&"?");
    let [minutes, hours, mut of_month, months, of_week, years] = match *fields.as_slice() {
        [minutes, hours, of_month, months, of_week] => [minutes, hours, of_month, months, of_week, "*"],
        [minutes, hours, of_month, months, of_week, years] => [minutes, hours, of_month, months, of_week, years],
        _ => return None,
    };
    let mut of_week = if is_unix && fields.len() == 5 { unix_days(of_week)? } else { of_week.to_owned() };
    if of_month != "?" && of_week == "*" {
        "?".clone_into(&mut of_week);
    } else if of_week != "?" && of_month == "*" {
        of_month = "?";
    }
    let fields = [minutes, hours, of_month, months, &of_week, years].join(" ");
    parse(&fields).is_ok().then_some(fields)
}

/// The days of the week by their names: Unix counts them from 0, AWS from 1.
fn unix_days(field: &str) -> Option<String> {
    const NAMES: [&str; 8] = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
    if field.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | '-')) {
        let name = |c: char| match c.to_digit(10) {
            Some(digit) => NAMES.get(usize::try_from(digit).ok()?).map(|name| (*name).to_owned()),
            None => Some(c.to_string()),
        };
        return field.chars().map(name).collect();
    }
    // A step counts from another day.
    (!field.contains('/')).then(|| field.to_owned())
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
    fn other_notations_are_written_in_the_language() {
        for (text, expected) in [
            ("cron(0 5 * * ? *)", Some("cron \"0 5 * * ? *\" UTC")),
            ("cron(\"0 5 * * ? *\")", Some("cron \"0 5 * * ? *\" UTC")),
            ("'0 5 * * ? *'", Some("cron \"0 5 * * ? *\" UTC")),
            ("0 5 * * *", Some("cron \"0 5 * * ? *\" UTC")),
            ("0 5 * * * *", Some("cron \"0 5 * * ? *\" UTC")),
            ("0 5 * * 1-5", Some("cron \"0 5 ? * MON-FRI *\" UTC")),
            ("0 5 ? * 2", Some("cron \"0 5 ? * 2 *\" UTC")),
            ("0 5 * * 0", Some("cron \"0 5 ? * SUN *\" UTC")),
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
            assert_eq!(written(text, "UTC").as_deref(), expected, "{text}");
        }
    }
}
