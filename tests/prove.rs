//! Cases of the semantics that AWS documents: `tests/prove/*.toml`.

use drc::policy::{Document, Statement, Version};
use drc::prove::evaluate::{Decision, Lack, Miss, Policies, Side, StatementId, Verdict};
use drc::prove::request::{Context, Principal, Request};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    case: Vec<Case>,
}

/// One call with the policies in force and what AWS says to it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Case {
    name: String,
    /// The page that says so.
    source: String,
    #[serde(default = "role")]
    principal: String,
    #[serde(default = "action")]
    action: String,
    #[serde(default = "resources")]
    resources: Vec<String>,
    #[serde(default)]
    context: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    version: Option<Version>,
    /// The policy of the principal.
    #[serde(default)]
    identity: Vec<Statement<String>>,
    /// The policy of the first resource.
    #[serde(default)]
    resource: Vec<Statement<String>>,
    decision: String,
    /// The names of the statements that decide.
    #[serde(default)]
    reason: Vec<String>,
    /// What an implicitly denied call lacks: the side, the nearest statement, and what of it does not match.
    #[serde(default)]
    lacks: Option<String>,
}

fn role() -> String {
    "arn:aws:iam::111122223333:role/backup".to_owned()
}

fn action() -> String {
    "svc:Do".to_owned()
}

fn resources() -> Vec<String> {
    vec!["arn:aws:svc:ap-northeast-1:111122223333:thing/one".to_owned()]
}

fn cases(path: &Path) -> datatest_stable::Result<()> {
    let text = std::fs::read_to_string(path)?;
    let failures: Vec<String> = toml::from_str::<File>(&text)?.case.iter().filter_map(failure).collect();
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n").into()) }
}

fn failure(case: &Case) -> Option<String> {
    let policies = policies(case);
    let request = Request {
        principal: principal(&case.principal),
        action: case.action.clone(),
        resources: case.resources.clone(),
        context: case.context.clone().into_iter().collect::<Context>(),
    };
    let verdict = policies.evaluate(&request);
    let sourced = case.source.starts_with("https://docs.aws.amazon.com/");
    let decided = (decision(&verdict).to_owned(), reason(&verdict));
    let lacks = verdict.lacking.as_ref().map(lack);
    let as_expected = sourced
        && decided == (case.decision.clone(), case.reason.clone())
        && (case.lacks.is_none() || case.lacks == lacks);
    (!as_expected).then(|| format!("{} ({}): {decided:?}, lacking {lacks:?}", case.name, case.source))
}

fn policies(case: &Case) -> Policies {
    let document = |statements: &[Statement<String>]| Document {
        version: case.version.unwrap_or_default(),
        id: None,
        statements: statements.to_vec(),
    };
    let identity = principal(&case.principal).arn().unwrap_or_default().to_owned();
    let governed = case.resources.first().map_or("*", String::as_str);
    Policies::default().attach_to_identity(&identity, "identity", &document(&case.identity)).attach_to_resource(
        governed,
        "resource",
        &document(&case.resource),
    )
}

fn principal(text: &str) -> Principal {
    match text.split_once(' ') {
        Some((role, session)) => Principal::Session { role: role.to_owned(), session: session.to_owned() },
        None if text.starts_with("arn:") => Principal::Aws(text.to_owned()),
        None if text == "anonymous" => Principal::Anonymous,
        None if text.ends_with(".amazonaws.com") => Principal::Service(text.to_owned()),
        None => Principal::Federated(text.to_owned()),
    }
}

fn decision(verdict: &Verdict<'_>) -> &'static str {
    match verdict.decision {
        Decision::Allowed => "allowed",
        Decision::DeniedExplicitly => "denied explicitly",
        Decision::DeniedImplicitly => "denied implicitly",
    }
}

fn reason(verdict: &Verdict<'_>) -> Vec<String> {
    verdict.allowed_by.iter().chain(&verdict.denied_by).map(|id| name(id)).collect()
}

fn name(id: &StatementId) -> String {
    id.sid.clone().unwrap_or_else(|| format!("{} {}", id.policy, id.index))
}

fn lack(lack: &Lack<'_>) -> String {
    let side = match lack.side {
        Side::Identity => "identity",
        Side::Resource => "resource",
    };
    let Some(near) = &lack.nearest else {
        return side.to_owned();
    };
    let missed: Vec<String> = near.missed.iter().map(missed).collect();
    format!("{side}: {} but for {}", name(near.statement), missed.join(", "))
}

fn missed(miss: &Miss<'_>) -> String {
    match miss {
        Miss::Action => "action".to_owned(),
        Miss::Resource => "resource".to_owned(),
        Miss::Principal => "principal".to_owned(),
        Miss::Condition(condition) => format!("{} {}", condition.operator, condition.key),
    }
}

datatest_stable::harness! {
    { test = cases, root = "tests/prove", pattern = r"\.toml$" },
}
