//! What is left, for people: the figures first, then the recovery points, then the timeline.

use std::fmt::Write as _;

use super::{FormerSurvivor, Loss, Outcome, Scenario, Survivor};
use crate::forecast::utc;
use crate::spec::destination::Left;
use crate::time::length::Minutes;
use crate::time::plan::Place;
use crate::time::simulate::{Event, EventKind, Pace};

/// How far back the timeline goes.
const TIMELINE: Minutes = Minutes::hours(48);

/// How many recovery points of a place are listed; the others are counted.
const NEWEST: usize = 10;

/// Every statement that the loss concerns.
pub fn render(outcomes: &[Outcome<'_>], loss: &Loss) -> String {
    let mut text = format!("{} ({}) is lost at {} UTC\n", loss.region.code, loss.region.name, utc(loss.at));
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "assumed: a backup takes {}, a copy takes {}; AWS promises neither{}",
        loss.backup_takes,
        loss.copy_takes,
        loss.fail_every.map_or_else(String::new, |every| format!("; one run in {every} fails"))
    );
    if outcomes.is_empty() {
        let _ = writeln!(text, "\nno statement uses this region: nothing is lost");
    }
    for outcome in outcomes {
        text.push('\n');
        text.push_str(&statement(outcome, loss));
    }
    text
}

fn statement(outcome: &Outcome<'_>, loss: &Loss) -> String {
    let names: Vec<&str> = outcome.statement.clusters.iter().map(|cluster| cluster.node.as_str()).collect();
    let fate = if outcome.clusters_lost { "lost with the region" } else { "not in the region: it goes on" };
    let mut text = format!("{} / {}: cluster {}, {fate}\n", outcome.system, outcome.statement.name, names.join(", "));
    let former = outcome.former_regions().join(", ");
    let everything =
        if former.is_empty() { "everything".to_owned() } else { format!("everything but what may be in {former}") };
    let said = |loss: Option<Minutes>| loss.map_or_else(|| everything.clone(), |loss| loss.to_string());
    let what = if outcome.clusters_lost { "data lost" } else { "age of the newest recovery point" };
    let _ = writeln!(
        text,
        "  {what}: at best {}, expected {}, at worst {}",
        said(outcome.best()),
        said(outcome.expected()),
        said(outcome.worst())
    );
    for scenario in &outcome.scenarios {
        let _ = writeln!(text, "\n  {}", pace(scenario.pace));
        for place in &scenario.places {
            text.push_str(&survivor(place, loss));
        }
        if scenario.places.is_empty() && former.is_empty() {
            let _ = writeln!(text, "    nothing: no other region has a copy");
        } else if scenario.places.is_empty() {
            let _ = writeln!(text, "    nothing but what may be in {former}");
        }
    }
    if !outcome.former.is_empty() {
        let _ = writeln!(text, "\n  where nothing is copied to any more");
    }
    for place in &outcome.former {
        text.push_str(&former_survivor(place));
    }
    if let Some(scenario) = outcome.scenario(Pace::OnTime) {
        let _ = writeln!(text, "\n  the last {TIMELINE}, every job on time (UTC)");
        text.push_str(&timeline(outcome, scenario, loss));
    }
    text
}

fn pace(pace: Pace) -> &'static str {
    match pace {
        Pace::OnTime => "with every job on time",
        Pace::Slowest => "with the slowest jobs that the windows allow",
        Pace::OneFailed => "with every job on time, but the newest one failed",
    }
}

fn survivor(place: &Survivor, loss: &Loss) -> String {
    let batches = place.batches.filter(|batches| *batches > 1);
    let queue = batches.map_or_else(String::new, |batches| format!(", copies done after {batches} batches"));
    let mut text = format!("    {} vault {}, key {}{queue}\n", place.region, place.vault, place.key);
    for point in place.points.iter().rev().take(NEWEST) {
        let age = Minutes::between(point.created, loss.at);
        let expires = point.expires.map_or_else(|| "never expires".to_owned(), |at| format!("expires {} UTC", utc(at)));
        let _ = writeln!(text, "      made {} UTC, {age} old, {expires}", utc(point.created));
    }
    if place.points.len() > NEWEST {
        let _ = writeln!(text, "      and {} older", place.points.len() - NEWEST);
    }
    if place.points.is_empty() {
        let _ = writeln!(text, "      no recovery point that can be restored from");
    }
    text
}

fn former_survivor(survivor: &FormerSurvivor<'_>) -> String {
    let (former, place) = (survivor.destination, &survivor.destination.place);
    let code = place.region.node.code;
    let made = former.since.map_or_else(|| "an unknown day".to_owned(), |since| since.node.to_string());
    let left = match former.left() {
        Left::Until(date) if survivor.is_empty => format!("nothing: the last copy expired on {date}"),
        Left::Until(date) => format!("copies made until {made}, of which the last expires on {date}"),
        Left::Forever => format!("copies made until {made}, which never expire"),
        Left::Unknown => {
            format!("unknown: say until when copies are left, as in `formerly to {code} … {}`", former.lacking())
        }
    };
    format!("    {code} vault {}, key {}\n      {left}\n", place.vault.value.name(), survivor.key)
}

fn timeline(outcome: &Outcome<'_>, scenario: &Scenario, loss: &Loss) -> String {
    let since = (Minutes::ZERO - TIMELINE).after(loss.at);
    let mut text = String::new();
    for event in scenario.events.iter().filter(|event| event.at >= since) {
        let rule = outcome.statement.rules.get(event.rule).map_or("", |rule| rule.name.value.as_str());
        let _ = writeln!(text, "    {}  {}: {}", utc(event.at), rule, happened(event, outcome));
    }
    let _ = writeln!(text, "    {}  {} is lost", utc(loss.at), loss.region.code);
    text
}

fn happened(event: &Event, outcome: &Outcome<'_>) -> String {
    let place = match &event.place {
        Place::Source => outcome.statement.source.region.node.code.to_owned(),
        Place::Copy(name) => name.split('/').next().unwrap_or(name).to_owned(),
    };
    match event.kind {
        EventKind::Started => "backup job starts".to_owned(),
        EventKind::Completed => format!("recovery point is ready in {place}"),
        EventKind::Failed => "backup job fails".to_owned(),
        EventKind::TimedOut => "backup job is stopped at the end of its completion window".to_owned(),
        EventKind::Copied => format!("copy is ready in {place}"),
        EventKind::CopyLost => format!("copy to {place} loses its source, which expires"),
        EventKind::Expired => format!("recovery point in {place} expires"),
        EventKind::Replaced { by } => {
            let name = outcome.statement.rules.get(by).map_or("another rule", |rule| rule.name.value.as_str());
            let keep = |rule: usize| outcome.statement.rules.get(rule).map(|rule| rule.keep.value);
            if keep(by) > keep(event.rule) {
                format!("not run: AWS runs `{name}`, which keeps longer")
            } else {
                format!("not run: AWS runs one of this and `{name}`, which keeps equally long")
            }
        }
    }
}
