//! Coming runs as one JSON document.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Value, json};

use super::{Forecast, Run, forecast, offset};
use crate::json::{self, List};
use crate::spec::Spec;
use crate::text::Language;

/// Version of the document's shape; raised when a field changes its meaning or goes away.
const SCHEMA_VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<R: Serialize> {
    schema_version: u32,
    now: String,
    rules: R,
}

/// Writes every rule with its next `count` runs, one after the other, pretty-printed with a final line break.
///
/// # Errors
///
/// What is written to fails.
pub fn write(spec: &Spec, count: usize, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let rules = List(|| forecast(spec, count).map(|forecast| rule(&forecast, language)));
    json::write(&Document { schema_version: SCHEMA_VERSION, now: spec.now.to_string(), rules }, out)
}

fn rule(forecast: &Forecast<'_>, language: Language) -> Value {
    let schedule = &forecast.rule.schedule.node;
    let expressions = forecast.rule.expressions.iter().map(|expression| {
        json!({ "cron": expression.cron.to_string(), "timezone": expression.timezone.as_deref().unwrap_or("UTC") })
    });
    json!({
        "system": forecast.system,
        "statement": forecast.statement.name.value,
        "rule": forecast.rule.name.value,
        "description": schedule.describe(language),
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
        "mayNotStart": run.may_not_start,
        "replacedBy": run.instead.as_ref().map(|instead| &instead.rule),
        "replacedForSure": run.instead.as_ref().map(|instead| instead.keeps_longer),
    })
}
