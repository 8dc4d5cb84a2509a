//! What is left, as one JSON document.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::{FormerSurvivor, Loss, Outcome, Scenario, Survivor, outcomes};
use crate::json::{self, List};
use crate::spec::Spec;
use crate::spec::destination::Left;
use crate::time::length::Minutes;
use crate::time::simulation::{EventKind, Pace};

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 2;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<S: Serialize> {
    schema_version: u32,
    lost: Value,
    assumed: Value,
    statements: S,
}

/// Writes every statement that the loss concerns, one after the other, pretty-printed with a final line break.
/// Lengths are in minutes; a loss of `null` is a loss of everything but what former destinations hold. Where
/// `playedFrom` is an instant, recovery points of older runs are left out.
///
/// # Errors
///
/// What is written to fails.
pub fn write(spec: &Spec, loss: &Loss, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema_version: SCHEMA_VERSION,
        lost: json!({ "region": loss.region.code, "at": loss.at.to_string() }),
        assumed: json!({
            "backupTakesMinutes": loss.backup_takes.0,
            "copyTakesMinutes": loss.copy_takes.0,
            "failEvery": loss.fail_every,
        }),
        statements: List(|| outcomes(spec, loss).map(|outcome| statement(&outcome, loss))),
    };
    json::write(&document, out)
}

fn statement(outcome: &Outcome<'_>, loss: &Loss) -> Value {
    let minutes = |loss: Option<Minutes>| loss.map(|loss| loss.0);
    let named = outcome.statement.named();
    let resources: Vec<_> = named.map(|(kind, name)| json!({ "kind": kind.words.word, "name": name })).collect();
    json!({
        "system": outcome.system,
        "statement": outcome.statement.name.value,
        "resources": resources,
        "resourcesLost": outcome.source_lost,
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
        "key": place.key.value.identifier(),
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
