//! The figures of the screen for machines, complete and in no language.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::clock::UtcReason;
use super::open::Opening;
use super::{Backup, Danger, Held, Permissions, Screen, Verdict, utc_reason};
use crate::allowance::Allowed;
use crate::aws::managed_policy::{INSTEAD, ManagedPolicy};
use crate::diagnostic::{Cure, Diagnostic};
use crate::json::List;
use crate::lower::Stack;
use crate::next::{Forecast, Run};
use crate::queue::COPY_TAKES;
use crate::spec::{Place, Retention, Role, VaultName};
use crate::time::coverage::{Coverage, Without};

impl Serialize for Screen<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("statements", &List(|| self.backups.iter().map(|backup| self.backup(backup))))?;
        map.serialize_entry("open", &List(|| self.open.iter().map(opening)))?;
        map.serialize_entry("allowed", &List(|| self.input.compiled.allowed.iter().map(allowance)))?;
        map.serialize_entry("runFirst", &self.run_first())?;
        let stack = |stack: &Stack| json!({ "name": stack.name, "region": stack.location.region.code });
        map.serialize_entry("stacks", &List(|| self.stacks.iter().map(stack)))?;
        map.serialize_entry("managedPolicies", &List(|| INSTEAD.iter().map(managed_policy)))?;
        // What a copy is taken to last at most.
        map.serialize_entry("copyMinutes", &COPY_TAKES.0)?;
        map.end()
    }
}

impl Screen<'_> {
    fn backup(&self, backup: &Backup<'_>) -> Value {
        let statement = backup.statement;
        let (file, line, _) = self.input.sources.position(statement.span.file, statement.span.start);
        json!({
            "system": backup.system.name.value,
            "statement": statement.name.value,
            "file": file,
            "line": line,
            "resources": statement.named().map(|(kind, name)| json!({ "kind": kind.words.word, "name": name })).collect::<Vec<_>>(),
            "verdict": verdict(&backup.verdict),
            "places": backup.places.iter().map(held).collect::<Vec<_>>(),
            "rules": backup.runs.iter().map(rule).collect::<Vec<_>>(),
            "open": backup.open.iter().map(|finding| self::finding(finding)).collect::<Vec<_>>(),
            "decided": backup.decided,
            "role": role(&backup.role),
        })
    }
}

fn allowance(allowance: &Allowed) -> Value {
    json!({ "code": allowance.finding.rule.code, "reason": allowance.reason })
}

fn opening(opening: &Opening<'_>) -> Value {
    json!({
        "code": opening.rule.code,
        "findings": opening.findings.len(),
        "decidesBackups": opening.is_condition(),
        "write": opening.to_write(),
        "run": opening.to_run(),
    })
}

fn verdict(verdict: &Verdict<'_>) -> Value {
    match verdict {
        Verdict::Safe => json!({ "is": "safe" }),
        Verdict::SafeIf(rules) => {
            json!({ "is": "safe-if", "conditions": rules.iter().map(|rule| rule.code).collect::<Vec<_>>() })
        }
        Verdict::Unsafe(dangers) => {
            json!({ "is": "unsafe", "dangers": dangers.iter().map(danger).collect::<Vec<_>>() })
        }
    }
}

fn danger(danger: &Danger<'_>) -> Value {
    let at = |kind: &str, place: &Place| json!({ "is": kind, "region": place.region.node.code, "vault": place.vault.value.name() });
    match danger {
        Danger::Nothing(place) => at("nothing-guaranteed", place),
        Danger::NoCopy => json!({ "is": "no-copy" }),
        Danger::Endless(place) => at("endless-queue", place),
        Danger::Gap(place, _) => at("gap", place),
        Danger::Untold(place) => at("untold", place),
    }
}

fn held(held: &Held<'_>) -> Value {
    let place = held.place;
    let kept: Vec<Value> = held.kept.iter().map(|kept| retention(*kept)).collect();
    let mut value = json!({
        "region": place.region.node.code,
        "vault": place.vault.value.name(),
        "vaultExists": matches!(place.vault.value, VaultName::Existing(_)),
        "key": place.key.value.written(),
        "keptDays": kept,
        "former": held.former.is_some(),
    });
    let figures = held.coverage.map(|(_, coverage)| figures(coverage));
    let closing = (!held.closing.is_empty()).then(|| ("closedBy".to_owned(), json!(held.closing)));
    if let Some(map) = value.as_object_mut() {
        map.extend(figures.into_iter().flatten().chain(closing));
    }
    value
}

/// Days, or that it is for ever.
fn retention(retention: Retention) -> Value {
    match retention {
        Retention::Days(days) => json!(days),
        Retention::Forever => json!("forever"),
    }
}

/// How many recovery points there are, how long there may be none, and how old the newest may be; what cannot be told
/// is left out.
fn figures(coverage: &Coverage) -> Vec<(String, Value)> {
    let without = match &coverage.without {
        Without::Never => json!(0),
        Without::AtMost(longest) => json!(longest.total().0),
        Without::Always | Without::NoRun => json!("always"),
    };
    let most = coverage.most.map(|most| ("most".to_owned(), json!(most)));
    let newest = coverage.rpo.as_ref().map(|rpo| ("newestMinutes".to_owned(), json!(rpo.total().0)));
    let always = [("least".to_owned(), json!(coverage.least)), ("withoutMinutes".to_owned(), without)];
    always.into_iter().chain(most).chain(newest).collect()
}

fn rule(forecast: &Forecast<'_>) -> Value {
    let rule = forecast.rule;
    let expressions: Vec<Value> = rule
        .expressions
        .iter()
        .map(|expression| {
            let reason = match utc_reason(rule, expression) {
                UtcReason::Written => "written-in-utc",
                UtcReason::Constant(_) => "constant-offset",
                UtcReason::Shifts => "zone-shifts",
                UtcReason::Unsayable => "not-sayable-in-utc",
                UtcReason::Asked => "zone-asked-for",
            };
            json!({
                "cron": expression.cron.to_string(),
                "timezone": expression.timezone.as_deref().unwrap_or("UTC"),
                "reason": reason,
            })
        })
        .collect();
    let next = super::statement::taking_place(forecast).map(run);
    json!({
        "name": rule.name.value,
        "zone": rule.schedule.node.zone().name(),
        "expressions": expressions,
        "next": next,
    })
}

fn run(run: &Run) -> Value {
    json!({
        "local": run.local.to_string(),
        "utc": run.at.to_string(),
        "startsBy": run.starts_by.to_string(),
        "completesBy": run.completes_by.to_string(),
    })
}

fn finding(finding: &Diagnostic) -> Value {
    let cure = |cure: &Cure| match cure {
        Cure::Write(words) => json!({ "write": words }),
        Cure::Run(command) => json!({ "run": command }),
        Cure::Remove => json!({ "remove": true }),
    };
    json!({
        "code": finding.rule.code,
        "message": finding.message,
        "cures": finding.cures.iter().map(cure).collect::<Vec<_>>(),
    })
}

fn role(role: &Permissions<'_>) -> Value {
    json!({
        "name": role.role.name(),
        "exists": matches!(role.role, Role::Existing(_)),
        "statements": role.statements,
        "actions": role.actions,
        "onAnyResource": role.on_any_resource,
        "actionsOnAnyResource": role.anywhere,
        "deletes": role.deletions,
        "deletesWhatItBacksUp": role.deletes_source,
    })
}

fn managed_policy(policy: &ManagedPolicy) -> Value {
    json!({
        "name": policy.name,
        "version": policy.version,
        "statements": policy.figures.statements,
        "actions": policy.figures.actions,
        "onAnyResource": policy.figures.on_any_resource,
    })
}
