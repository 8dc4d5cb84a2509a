//! The proof as a JSON document of version 2. A version is raised when a field changes its meaning
//! or goes away.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value, json as object};

use super::{MINIMAL_AGAINST, NOT_PROVED, cure, superfluous};
use crate::aws::managed_policy::{INSTEAD, ManagedPolicy};
use crate::json::{self, List};
use crate::prove::request::{Principal, Request};
use crate::prove::{ClauseSpan, Forbidden, Judged, MeasuredPolicy, ModelCall, Proof, RoleProof};
use crate::source::Sources;
use crate::text::Language;

const SCHEMA_VERSION: u32 = 2;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a, R: Serialize> {
    schema_version: u32,
    language: &'static str,
    holds: bool,
    account: &'a str,
    assumptions: Vec<String>,
    minimal_against: &'static str,
    not_proved: [&'static str; NOT_PROVED.len()],
    instead_of: &'static [ManagedPolicy],
    roles: R,
}

/// Writes the proof of every role, one after the other, pretty-printed with a final line break.
///
/// # Errors
///
/// What is written to fails.
pub fn json(proof: &Proof<'_>, sources: &Sources, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let document = Document {
        schema_version: SCHEMA_VERSION,
        language: language.code(),
        holds: proof.holds(),
        account: proof.account.id,
        assumptions: proof.account.assumption().iter().map(|text| text.get(language).to_owned()).collect(),
        minimal_against: language.pick(MINIMAL_AGAINST),
        not_proved: NOT_PROVED.map(|sentence| language.pick(sentence)),
        instead_of: &INSTEAD,
        roles: List(|| proof.roles(|role| role_value(&role, sources, language))),
    };
    json::write(&document, out)
}

fn role_value(role: &RoleProof, sources: &Sources, language: Language) -> Value {
    let superfluous = role.minimality.superfluous.iter().map(|removal| {
        let (part, write) = superfluous(role, removal);
        object!({ "part": part.get(language), "write": write.get(language) })
    });
    object!({
        "system": role.outcome.system,
        "statement": role.outcome.statement,
        "role": role.outcome.role,
        "alike": role.outcome.alike,
        "holds": role.holds(),
        "assumptions": role.assumptions.iter().map(|text| text.get(language)).collect::<Vec<_>>(),
        "sufficient": role.calls.iter().map(|call| call_value(call, sources, language)).collect::<Vec<_>>(),
        "contained": role.forbidden.iter().map(|call| forbidden_value(call, language)).collect::<Vec<_>>(),
        "minimal": { "tried": role.minimality.tried, "superfluous": superfluous.collect::<Vec<_>>() },
        "compared": role.figures,
        "sizes": role.policies.iter().filter(|size| size.policy.kind.is_emitted()).map(size_value).collect::<Vec<_>>(),
    })
}

fn call_value(call: &Judged<ModelCall>, sources: &Sources, language: Language) -> Value {
    let row = call.call.row;
    let sources_of =
        row.map(|row| row.known_from.iter().map(|source| language.pick(source.name())).collect::<Vec<_>>());
    let mut value = request_value(&call.call.request);
    value.insert("phase".to_owned(), object!(call.call.step.words().en));
    value.insert("allowed".to_owned(), object!(call.allowed));
    value.insert("allowedBy".to_owned(), by(&call.by));
    value.insert(
        "clauses".to_owned(),
        call.call.clauses.iter().map(|clause| clause_value(clause, sources)).collect::<Vec<_>>().into(),
    );
    value.insert("why".to_owned(), object!(row.map(|row| language.pick(row.why.why))));
    value.insert("sources".to_owned(), object!(sources_of));
    value.insert("note".to_owned(), object!(row.and_then(|row| row.note).map(|note| language.pick(note))));
    if !call.allowed {
        value.insert("lacks".to_owned(), object!(call.why.get(language)));
    }
    Value::Object(value)
}

fn forbidden_value(call: &Judged<Forbidden>, language: Language) -> Value {
    let mut value = request_value(&call.call.request);
    value.insert("what".to_owned(), object!(language.pick(call.call.what)));
    value.insert("refused".to_owned(), object!(!call.allowed));
    if call.allowed {
        value.insert("allowedBy".to_owned(), by(&call.by));
        value.insert("write".to_owned(), object!(language.pick(cure(call))));
    } else {
        value.insert("why".to_owned(), object!(call.why.get(language)));
    }
    Value::Object(value)
}

fn request_value(request: &Request) -> Map<String, Value> {
    let principal = match &request.principal {
        Principal::Aws(arn) | Principal::Session { role: arn, .. } => arn.as_str(),
        Principal::Service(name) | Principal::Federated(name) => name,
        Principal::Anonymous => "*",
    };
    let context = request.context.iter().map(|(key, values)| (key.to_owned(), object!(values))).collect();
    let mut value = Map::new();
    value.insert("principal".to_owned(), object!(principal));
    value.insert("action".to_owned(), object!(request.action));
    value.insert("resources".to_owned(), object!(request.resources));
    value.insert("context".to_owned(), Value::Object(context));
    value
}

fn by(statements: &[(String, String)]) -> Value {
    statements.iter().map(|(policy, sid)| object!({ "policy": policy, "sid": sid })).collect::<Vec<_>>().into()
}

fn clause_value(clause: &ClauseSpan, sources: &Sources) -> Value {
    let (file, line, column) = sources.position(clause.span.file, clause.span.start);
    object!({ "clause": &*clause.words, "file": file, "line": line, "column": column })
}

fn size_value(size: &MeasuredPolicy) -> Value {
    object!({ "policy": size.policy.name, "characters": size.characters, "limit": size.limit })
}
