//! AWS's evaluation of policies, as plainly as it can be said: everything is read anew, nothing is fast.

use drc::policy::{
    Action, Actions, Condition, Document, Effect, NamedPrincipals, PrincipalSet, Principals, Resources, Statement,
    Version,
};
use drc::prove::evaluate::{Decision, Side};
use drc::prove::request::{Context, Principal, Request};

/// A policy and where it is attached.
#[derive(Clone, Debug)]
pub(crate) struct Policy {
    pub(crate) attached: Attached,
    pub(crate) document: Document<String>,
}

#[derive(Clone, Debug)]
pub(crate) enum Attached {
    Identity(String),
    Resource(String),
}

/// What both evaluators must agree on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) decision: Decision,
    pub(crate) allowed_by: Vec<(String, usize)>,
    pub(crate) denied_by: Vec<(String, usize)>,
    pub(crate) lacking: Option<Side>,
}

#[derive(Clone, Copy, PartialEq)]
enum Named {
    Nobody,
    Account,
    Caller,
}

pub(crate) fn evaluate(policies: &[Policy], request: &Request) -> Answer {
    let mut resources = request.resources.clone();
    if resources.is_empty() {
        resources.push("*".to_owned());
    }
    let mut allowed_by = Vec::new();
    let mut denied_by = Vec::new();
    let mut lacking = None;
    for resource in &resources {
        let denials = applying(policies, request, resource, Effect::Deny);
        denied_by.extend(denials.iter().map(|(id, ..)| id.clone()));
        match allowing(request, resource, &applying(policies, request, resource, Effect::Allow)) {
            Ok(ids) => allowed_by.extend(ids),
            Err(side) => lacking = lacking.or(Some(side)),
        }
    }
    for ids in [&mut allowed_by, &mut denied_by] {
        ids.sort();
        ids.dedup();
    }
    let decision = match (denied_by.is_empty(), lacking) {
        (false, _) => Decision::DeniedExplicitly,
        (true, Some(_)) => Decision::DeniedImplicitly,
        (true, None) => Decision::Allowed,
    };
    if decision != Decision::Allowed {
        allowed_by.clear();
    }
    if decision == Decision::DeniedExplicitly {
        lacking = None;
    }
    Answer { decision, allowed_by, denied_by, lacking }
}

type Found = ((String, usize), Side, Named);

fn applying(policies: &[Policy], request: &Request, resource: &str, effect: Effect) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, policy) in policies.iter().enumerate() {
        let version = policy.document.version;
        for (index, statement) in policy.document.statements.iter().enumerate() {
            let (side, named) = match (&policy.attached, &statement.principal) {
                (Attached::Identity(identity), None) if identity_of(&request.principal) == Some(identity) => {
                    (Side::Identity, Named::Caller)
                }
                (Attached::Resource(governed), Some(principals))
                    if resource_matches(governed, resource, Version::V2008, &Context::default()) == Some(true) =>
                {
                    (Side::Resource, named(principals, &request.principal))
                }
                _ => continue,
            };
            if statement.effect == effect
                && named != Named::Nobody
                && action_covered(&statement.actions, &request.action)
                && resource_covered(statement, side, resource, version, &request.context)
                && statement.conditions.iter().all(|condition| condition_met(condition, version, &request.context))
            {
                found.push(((place.to_string(), index), side, named));
            }
        }
    }
    found
}

fn ids(found: &[Found], wanted: (Side, Named)) -> Vec<(String, usize)> {
    found.iter().filter(|(_, side, named)| wanted == (*side, *named)).map(|(id, ..)| id.clone()).collect()
}

fn allowing(request: &Request, resource: &str, found: &[Found]) -> Result<Vec<(String, usize)>, Side> {
    let identity = ids(found, (Side::Identity, Named::Caller));
    let direct = ids(found, (Side::Resource, Named::Caller));
    let account = ids(found, (Side::Resource, Named::Account));
    let everything = [identity.clone(), direct.clone(), account.clone()].concat();
    let root = matches!(&request.principal, Principal::Aws(arn) if arn.ends_with(":root"));
    let identity_allows = root || !identity.is_empty();
    let Some(caller) = identity_of(&request.principal).map(|arn| part(arn, 4)) else {
        return if direct.is_empty() { Err(Side::Resource) } else { Ok(direct) };
    };
    let owner = part(resource, 4);
    if !owner.is_empty() && owner != caller {
        return match (identity_allows, direct.is_empty() && account.is_empty()) {
            (false, _) => Err(Side::Identity),
            (true, true) => Err(Side::Resource),
            (true, false) => Ok(everything),
        };
    }
    if is_key(resource) || is_assumed_role(resource, &request.action) {
        return match (identity_allows, account.is_empty(), direct.is_empty()) {
            (true, false, _) => Ok(everything),
            (_, _, false) => Ok(direct),
            (_, true, true) => Err(Side::Resource),
            (false, false, true) => Err(Side::Identity),
        };
    }
    if identity_allows || !direct.is_empty() { Ok([identity, direct].concat()) } else { Err(Side::Identity) }
}

fn is_key(resource: &str) -> bool {
    part(resource, 2) == "kms" && part(resource, 5).starts_with("key/")
}

fn is_assumed_role(resource: &str, action: &str) -> bool {
    part(resource, 2) == "iam" && part(resource, 5).starts_with("role/") && action.to_lowercase().starts_with("sts:")
}

fn identity_of(principal: &Principal) -> Option<&String> {
    match principal {
        Principal::Aws(arn) | Principal::Session { role: arn, .. } => Some(arn),
        Principal::Service(_) | Principal::Federated(_) | Principal::Anonymous => None,
    }
}

fn part(arn: &str, index: usize) -> String {
    let parts: Vec<&str> = arn.split(':').collect();
    if index == 5 && parts.len() > 5 { parts[5..].join(":") } else { parts.get(index).unwrap_or(&"").to_string() }
}

fn named(principals: &Principals<String>, caller: &Principal) -> Named {
    match principals {
        Principals::Only(PrincipalSet::Everyone) => Named::Caller,
        Principals::Except(PrincipalSet::Everyone) => Named::Nobody,
        Principals::Only(PrincipalSet::Named(set)) => {
            let levels = levels(set, caller);
            let is_root = matches!(caller, Principal::Aws(arn) if arn.ends_with(":root"));
            if set.aws.iter().any(|name| name == "*") || levels.iter().skip(1).any(|named| *named) {
                Named::Caller
            } else if levels[0] {
                if is_root { Named::Caller } else { Named::Account }
            } else {
                Named::Nobody
            }
        }
        Principals::Except(PrincipalSet::Named(set)) => {
            let levels = levels(set, caller);
            let is_root = matches!(caller, Principal::Aws(arn) if arn.ends_with(":root"));
            let has_account = identity_of(caller).is_some();
            let of_interest = match (has_account, is_root) {
                (true, true) => &levels[..1],
                (true, false) => &levels[..],
                (false, _) => &levels[1..],
            };
            let excepted = !of_interest.is_empty() && of_interest.iter().all(|named| *named);
            if excepted || set.aws.iter().any(|name| name == "*") { Named::Nobody } else { Named::Caller }
        }
    }
}

/// Whether each level of the caller is named: its account first, then itself, then its session.
fn levels(set: &NamedPrincipals<String>, caller: &Principal) -> Vec<bool> {
    let account = identity_of(caller).map(|arn| part(arn, 4));
    let account_named = account
        .is_some_and(|account| set.aws.contains(&account) || set.aws.contains(&format!("arn:aws:iam::{account}:root")));
    match caller {
        Principal::Aws(arn) => vec![account_named, set.aws.contains(arn)],
        Principal::Session { role, session } => {
            vec![account_named, set.aws.contains(role), set.aws.contains(session)]
        }
        Principal::Service(name) => vec![false, set.service.contains(name)],
        Principal::Federated(name) => vec![false, set.federated.contains(name)],
        Principal::Anonymous => vec![false],
    }
}

fn action_covered(actions: &Actions, action: &str) -> bool {
    let matches = |patterns: &[Action]| patterns.iter().any(|pattern| action_matches(pattern.as_str(), action));
    match actions {
        Actions::Only(patterns) => matches(patterns),
        Actions::Except(patterns) => !matches(patterns),
    }
}

fn action_matches(pattern: &str, action: &str) -> bool {
    if pattern == "*" || pattern == "**" {
        return true;
    }
    let (pattern, action) = (pattern.to_lowercase(), action.to_lowercase());
    match (pattern.split_once(':'), action.split_once(':')) {
        (Some((service, name)), Some((called_service, called_name))) => {
            glob(&units(service, Version::V2008), called_service) && glob(&units(name, Version::V2008), called_name)
        }
        _ => false,
    }
}

fn resource_covered(
    statement: &Statement<String>,
    side: Side,
    resource: &str,
    version: Version,
    context: &Context,
) -> bool {
    let any = |patterns: &[String]| {
        any(&patterns.iter().map(|pattern| resource_matches(pattern, resource, version, context)).collect::<Vec<_>>())
    };
    match &statement.resources {
        None => side == Side::Resource,
        Some(Resources::Only(patterns)) => any(patterns) == Some(true),
        Some(Resources::Except(patterns)) => any(patterns) == Some(false),
    }
}

/// True if one is; else unknown if one is; else false.
fn any(all: &[Option<bool>]) -> Option<bool> {
    if all.contains(&Some(true)) {
        Some(true)
    } else if all.contains(&None) {
        None
    } else {
        Some(false)
    }
}

/// A part of a pattern: a character, a wildcard, or a variable.
#[derive(Clone, Debug, PartialEq)]
enum Unit {
    Char(char),
    One,
    Many,
    /// Wildcards that stop at a colon.
    OneInSegment,
    ManyInSegment,
    Variable(String),
}

fn units(text: &str, version: Version) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut rest = text.to_owned();
    while !rest.is_empty() {
        if rest.starts_with("${") && rest.contains('}') && version == Version::V2012 {
            let end = rest.find('}').unwrap_or(0);
            let name = rest[2..end].to_owned();
            units.push(match name.as_str() {
                "*" | "?" | "$" => Unit::Char(name.chars().next().unwrap_or(' ')),
                _ => Unit::Variable(name),
            });
            rest = rest[end + 1..].to_owned();
            continue;
        }
        let first = rest.remove(0);
        units.push(match first {
            '*' => Unit::Many,
            '?' => Unit::One,
            other => Unit::Char(other),
        });
    }
    units
}

fn without_wildcards(units: Vec<Unit>) -> Vec<Unit> {
    let literal = |unit| match unit {
        Unit::Many => Unit::Char('*'),
        Unit::One => Unit::Char('?'),
        other => other,
    };
    units.into_iter().map(literal).collect()
}

/// The units with values for variables; a variable without a value stays, and matches nothing.
fn resolved(units: &[Unit], context: &Context) -> Vec<Unit> {
    let mut all = Vec::new();
    for unit in units {
        let Unit::Variable(name) = unit else {
            all.push(unit.clone());
            continue;
        };
        let (key, default) = match name.split_once(", ") {
            Some((key, default)) => (key, Some(default.trim_matches('\'').to_owned())),
            None => (name.as_str(), None),
        };
        let value = match context.get(key) {
            [] => default,
            [value] => Some(value.clone()),
            _ => None,
        };
        match value {
            Some(value) => all.extend(value.chars().map(Unit::Char)),
            None => all.push(unit.clone()),
        }
    }
    all
}

fn glob(pattern: &[Unit], text: &str) -> bool {
    let mut shorter = text.chars();
    let next = shorter.next();
    match pattern {
        [] => text.is_empty(),
        [Unit::Many, rest @ ..] => glob(rest, text) || (next.is_some() && glob(pattern, shorter.as_str())),
        [Unit::ManyInSegment, rest @ ..] => {
            glob(rest, text) || (next.is_some_and(|next| next != ':') && glob(pattern, shorter.as_str()))
        }
        [Unit::One, rest @ ..] => next.is_some() && glob(rest, shorter.as_str()),
        [Unit::OneInSegment, rest @ ..] => next.is_some_and(|next| next != ':') && glob(rest, shorter.as_str()),
        [Unit::Char(expected), rest @ ..] => next == Some(*expected) && glob(rest, shorter.as_str()),
        [Unit::Variable(_), ..] => false,
    }
}

fn resource_matches(pattern: &str, resource: &str, version: Version, context: &Context) -> Option<bool> {
    let units = units(pattern, version);
    let mut confined = Vec::new();
    for (place, unit) in units.iter().enumerate() {
        let colons = units[..place].iter().filter(|unit| **unit == Unit::Char(':')).count();
        let ends_segment = matches!(units.get(place + 1), None | Some(Unit::Char(':')));
        confined.push(match unit {
            Unit::Variable(_) if colons < 5 => return None,
            Unit::Many if !ends_segment => Unit::ManyInSegment,
            Unit::One => Unit::OneInSegment,
            other => other.clone(),
        });
    }
    Some(glob(&resolved(&confined, context), resource))
}

pub(crate) fn condition_met(condition: &Condition<String>, version: Version, context: &Context) -> bool {
    let operator = condition.operator.to_string();
    let name = operator.trim_start_matches("ForAllValues:").trim_start_matches("ForAnyValue:");
    let values = context.get(&condition.key);
    if name == "Null" {
        let wanted = if values.iter().all(String::is_empty) { "true" } else { "false" };
        return condition.values.iter().any(|value| value.to_lowercase() == wanted);
    }
    if values.is_empty() && name.ends_with("IfExists") {
        return true;
    }
    let name = name.trim_end_matches("IfExists");
    let negated = name.contains("Not");
    let positive = name.replace("Not", "");
    let accepts = |actual: &String| {
        let compared = condition.values.iter().map(|expected| compare(&positive, expected, actual, version, context));
        any(&compared.collect::<Vec<_>>()).is_some_and(|matched| matched != negated)
    };
    let empty = values.iter().all(String::is_empty);
    if operator.starts_with("ForAllValues:") {
        return empty || values.iter().all(accepts);
    }
    if operator.starts_with("ForAnyValue:") {
        return !empty && values.iter().any(accepts);
    }
    match values {
        [] => negated,
        [value] => accepts(value),
        _ => false,
    }
}

fn compare(test: &str, expected: &str, actual: &str, version: Version, context: &Context) -> Option<bool> {
    let expected_units = units(expected, version);
    let literal = resolved(&without_wildcards(expected_units.clone()), context);
    match test {
        "StringEquals" => Some(glob(&literal, actual)),
        "StringLike" => Some(glob(&resolved(&expected_units, context), actual)),
        "Bool" if !["true", "false"].contains(&actual.to_lowercase().as_str()) => None,
        "StringEqualsIgnoreCase" | "Bool" => Some(lower(&literal) == Some(actual.to_lowercase())),
        "BinaryEquals" => Some(expected == actual),
        "IpAddress" => in_range(expected, actual),
        "ArnEquals" | "ArnLike" => Some(arn_matches(&expected_units, actual, context)),
        _ => {
            let (left, right) = if test.starts_with("Date") {
                (seconds(actual)?, seconds(expected)?)
            } else {
                (number(actual)?, number(expected)?)
            };
            Some(match test.trim_start_matches("Date").trim_start_matches("Numeric") {
                "Equals" => left == right,
                "LessThan" => left < right,
                "LessThanEquals" => left <= right,
                "GreaterThan" => left > right,
                "GreaterThanEquals" => left >= right,
                _ => return None,
            })
        }
    }
}

fn lower(units: &[Unit]) -> Option<String> {
    let characters = units.iter().map(|unit| if let Unit::Char(character) = unit { Some(*character) } else { None });
    characters.collect::<Option<String>>().map(|text| text.to_lowercase())
}

fn arn_matches(expected: &[Unit], actual: &str, context: &Context) -> bool {
    if expected == [Unit::Many] {
        return true;
    }
    let expected: Vec<&[Unit]> = expected.splitn(6, |unit| *unit == Unit::Char(':')).collect();
    if expected.len() < 6 || actual.matches(':').count() < 5 {
        return false;
    }
    expected.iter().enumerate().all(|(index, pattern)| glob(&resolved(pattern, context), &part(actual, index)))
}

/// In tenths, so that halves are whole.
fn number(text: &str) -> Option<i64> {
    Some(match text {
        "0.5" => 5,
        "1" | "1.0" | "+1" => 10,
        "-2" => -20,
        "10" => 100,
        "2020" => 20200,
        "1577836800" => 15_778_368_000,
        _ => return None,
    })
}

fn seconds(text: &str) -> Option<i64> {
    Some(match text {
        "1" => 1,
        "10" => 10,
        "2020-01-01T00:00:00Z" | "2020-01-01T09:00:00+09:00" | "1577836800" | "2020" => 1_577_836_800,
        "2020-01-02" => 1_577_923_200,
        "2020-02" => 1_580_515_200,
        _ => return None,
    })
}

fn in_range(range: &str, address: &str) -> Option<bool> {
    let (network, prefix) = match range.split_once('/') {
        Some((network, prefix)) => (bits(network)?, prefix.parse().ok()?),
        None => (bits(range)?, bits(range)?.len()),
    };
    let address = bits(address)?;
    if prefix > network.len() {
        return None;
    }
    Some(network.len() == address.len() && network[..prefix] == address[..prefix])
}

/// The bits of an address, 32 or 128 of them.
fn bits(address: &str) -> Option<String> {
    if address.contains(':') {
        return bits_of_six(address);
    }
    let bytes: Option<Vec<String>> =
        address.split('.').map(|byte| Some(format!("{:08b}", byte.parse::<u8>().ok()?))).collect();
    bytes.filter(|bytes| bytes.len() == 4).map(|bytes| bytes.concat())
}

fn bits_of_six(address: &str) -> Option<String> {
    let groups = |text: &str| -> Option<Vec<String>> {
        let groups = text.split(':').filter(|group| !group.is_empty());
        groups.map(|group| Some(format!("{:016b}", u16::from_str_radix(group, 16).ok()?))).collect()
    };
    let (before, after) = address.split_once("::").unwrap_or((address, ""));
    let (before, after) = (groups(before)?, groups(after)?);
    let zeros = vec!["0".repeat(16); 8_usize.checked_sub(before.len() + after.len())?];
    Some([before, zeros, after].concat().concat())
}
