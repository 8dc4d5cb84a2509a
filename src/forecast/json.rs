//! Coming runs as one JSON document.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Forecast, Run, offset};
use crate::text::Language;

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

/// All rules with their runs, pretty-printed with a final line break.
pub fn render(forecasts: &[Forecast<'_>], now: Timestamp, language: Language) -> String {
    let document = json!({
        "schemaVersion": SCHEMA_VERSION,
        "now": now.to_string(),
        "rules": forecasts.iter().map(|forecast| rule(forecast, language)).collect::<Vec<_>>(),
    });
    format!("{document:#}\n")
}

fn rule(forecast: &Forecast<'_>, language: Language) -> Value {
    let schedule = &forecast.rule.schedule.node;
    let expressions = forecast.rule.expressions.iter().map(|expression| {
        json!({ "cron": expression.cron.to_string(), "timezone": expression.timezone.as_deref().unwrap_or("UTC") })
    });
    json!({
        "system": forecast.system,
        "statement": forecast.statement.name,
        "rule": forecast.rule.name.value,
        "description": language.say(schedule.describe(), schedule.describe_ja()),
        "zone": schedule.zone().name(),
        "expressions": expressions.collect::<Vec<_>>(),
        "runs": forecast.runs.iter().map(run).collect::<Vec<_>>(),
    })
}

fn run(run: &Run) -> Value {
    json!({
        "utc": run.at.to_string(),
        "local": format!("{}{}", run.local, offset(run.offset)),
        "startsBy": run.starts_by.to_string(),
        "completesBy": run.completes_by.to_string(),
        "expires": run.expires.iter().map(|expiry| json!({
            "region": expiry.region,
            "vault": expiry.vault,
            "at": expiry.at.map(|instant| instant.to_string()),
        })).collect::<Vec<_>>(),
        "replacedBy": run.instead.as_ref().map(|instead| &instead.rule),
        "replacedForSure": run.instead.as_ref().map(|instead| instead.keeps_longer),
    })
}
