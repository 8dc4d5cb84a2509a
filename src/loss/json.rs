//! What is left, as one JSON document.

use serde_json::{Value, json};

use super::{FormerSurvivor, Loss, Outcome, Scenario, Survivor};
use crate::spec::destination::Left;
use crate::time::length::Minutes;
use crate::time::simulate::{EventKind, Pace};

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// Every statement that the loss concerns, pretty-printed with a final line break. Lengths are in
/// minutes; a loss of `null` is a loss of everything but what former destinations hold. Where `playedFrom` is an
/// instant, recovery points of older runs are left out.
pub fn render(outcomes: &[Outcome<'_>], loss: &Loss) -> String {
    let document = json!({
        "schemaVersion": SCHEMA_VERSION,
        "lost": { "region": loss.region.code, "at": loss.at.to_string() },
        "assumed": {
            "backupTakesMinutes": loss.backup_takes.0,
            "copyTakesMinutes": loss.copy_takes.0,
            "failEvery": loss.fail_every,
        },
        "statements": outcomes.iter().map(|outcome| statement(outcome, loss)).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn statement(outcome: &Outcome<'_>, loss: &Loss) -> Value {
    let minutes = |loss: Option<Minutes>| loss.map(|loss| loss.0);
    json!({
        "system": outcome.system,
        "statement": outcome.statement.name,
        "clusters": outcome.statement.clusters.iter().map(|cluster| &cluster.node).collect::<Vec<_>>(),
        "clustersLost": outcome.clusters_lost,
        "playedFrom": outcome.played_from.map(|at| at.to_string()),
        "lossMinutes": {
            "best": minutes(outcome.best()),
            "expected": minutes(outcome.expected()),
            "worst": minutes(outcome.worst()),
        },
        "scenarios": outcome.scenarios.iter().map(|found| scenario(found, outcome, loss)).collect::<Vec<_>>(),
        "former": outcome.former.iter().map(former).collect::<Vec<_>>(),
    })
}

fn scenario(scenario: &Scenario, outcome: &Outcome<'_>, loss: &Loss) -> Value {
    let statement = outcome.statement;
    let events = scenario.events.iter().map(|event| {
        let place = statement.place(&event.place);
        json!({
            "at": event.at.to_string(),
            "rule": statement.rules.get(event.rule).map(|rule| &rule.name.value),
            "region": place.map(|place| place.region.node.code),
            "vault": place.map(|place| place.vault.value.name()),
            "event": kind(event.kind),
        })
    });
    json!({
        "jobs": match scenario.pace {
            Pace::OnTime => "onTime",
            Pace::Slowest => "slowest",
            Pace::OneFailed => "oneFailed",
        },
        "lossMinutes": scenario.loss().map(|loss| loss.0),
        "surviving": scenario.places.iter().map(|place| survivor(place, loss)).collect::<Vec<_>>(),
        "events": events.collect::<Vec<_>>(),
    })
}

/// A place that nothing is copied to any more; `lastExpires` is `null` where that is never or unknown.
fn former(survivor: &FormerSurvivor<'_>) -> Value {
    let (former, place) = (survivor.destination, &survivor.destination.place);
    let (copies, last_expires) = match former.left() {
        Left::Until(date) if survivor.is_empty => ("none", Some(date)),
        Left::Until(date) => ("expiring", Some(date)),
        Left::Forever => ("forever", None),
        Left::Unknown => ("unknown", None),
    };
    json!({
        "region": place.region.node.code,
        "vault": place.vault.value.name(),
        "key": survivor.key,
        "since": former.since.map(|since| since.node.to_string()),
        "copies": copies,
        "lastExpires": last_expires.map(|date| date.to_string()),
    })
}

fn survivor(place: &Survivor, loss: &Loss) -> Value {
    let points = place.points.iter().map(|point| {
        json!({
            "created": point.created.to_string(),
            "available": point.available.to_string(),
            "expires": point.expires.map(|at| at.to_string()),
            "ageMinutes": Minutes::between(point.created, loss.at).0,
        })
    });
    json!({
        "region": place.region,
        "vault": place.vault,
        "key": place.key.en,
        "lossMinutes": place.loss.map(|loss| loss.0),
        "copyBatches": place.batches,
        "recoveryPoints": points.collect::<Vec<_>>(),
    })
}

fn kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Started => "started",
        EventKind::Completed => "completed",
        EventKind::Failed => "failed",
        EventKind::TimedOut => "timedOut",
        EventKind::Copied => "copied",
        EventKind::CopyLost => "copyLost",
        EventKind::Expired => "expired",
        EventKind::Replaced { .. } => "replaced",
    }
}
