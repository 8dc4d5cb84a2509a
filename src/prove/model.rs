//! The table of calls made concrete for one statement: one request for each call, with every
//! resource and condition key that it carries.
//!
//! A request carries no more than the table says that AWS sends, so nothing is proved from a
//! circumstance that is only likely.

mod choice;

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::evaluate::{Inquiry, Policies};
use super::request::{Context, Principal, Request, account_of, component};
use super::site::{ClauseSpan, DeployedPlace, DeployedStatement};
use crate::aws::kms::ADMINISTRATION;
use crate::aws::region::Region;
use crate::kind::Kind;
use crate::kind::call::{ASSUME_ROLE, By, Call, Circumstance, Demand, Leg, On, SERVICE, Stage, Thing, via};
use crate::spec::Group;
use crate::text::Sentence;
use choice::{Choice, Choices, statement_clause};

pub(super) use choice::managed_keys;

/// When a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occasion {
    /// AWS Backup takes the role.
    Assume,
    /// AWS Backup works.
    Stage(Stage),
    /// A key's administrators work.
    Administer,
}

impl Occasion {
    /// The step in words.
    pub fn words(self) -> Sentence {
        match self {
            Self::Assume => Sentence::new("assume the role", "ロールの引き受け"),
            Self::Stage(stage) => stage.words(),
            Self::Administer => Sentence::new("administer keys", "キーの管理"),
        }
    }
}

/// A call that must be allowed.
#[derive(Clone, Debug)]
pub struct ModelCall {
    /// When.
    pub step: Occasion,
    /// The call of the kind; what is not done for one has none.
    pub row: Option<&'static Call>,
    /// The call.
    pub request: Request,
    /// The clauses that cause it.
    pub clauses: Vec<ClauseSpan>,
}

/// Every call that a statement's policies must allow, in every phase that makes it.
pub(super) fn model(deployed: &DeployedStatement<'_>) -> Vec<ModelCall> {
    let same = |one: &ModelCall, other: &ModelCall| (one.step, &one.request).cmp(&(other.step, &other.request));
    let mut all = distinct(needed(deployed).flatten().collect(), same);
    all.sort_by_key(|call| call.step);
    all
}

/// The calls that are not allowed: what every build asks. What is about one action is asked together.
pub(super) fn refused(deployed: &DeployedStatement<'_>, policies: &Policies) -> Vec<ModelCall> {
    let of_batch = |batch: Vec<ModelCall>| {
        let mut inquiry = Inquiry::into(policies);
        let allowed: Vec<bool> = batch.iter().map(|call| inquiry.allows(&call.request)).collect();
        batch.into_iter().zip(allowed).filter_map(|(call, allowed)| (!allowed).then_some(call)).collect::<Vec<_>>()
    };
    let refused = needed(deployed).flat_map(of_batch).collect();
    distinct(refused, |one: &ModelCall, other| one.request.cmp(&other.request))
}

/// Everything that a statement needs, call by call of its kinds, some of it more than once.
fn needed(deployed: &DeployedStatement<'_>) -> impl Iterator<Item = Vec<ModelCall>> {
    let for_kinds = deployed.statement.groups.iter().flat_map(|group| {
        let calls = group.kind.calls().filter(|call| call.by == By::Role);
        calls.map(|call| made(call, deployed).flat_map(|(on, leg)| requests(call, on, leg, deployed, group)).collect())
    });
    std::iter::once(vec![assumption(deployed)]).chain(for_kinds).chain([administration(deployed)])
}

/// Every leg that a call is made on. On keys, each object is a request of its own.
fn made<'d>(
    call: &'static Call,
    deployed: &'d DeployedStatement<'d>,
) -> impl Iterator<Item = (&'static [On], Leg<&'d DeployedPlace<'d>>)> {
    let apart = if call.action.starts_with("kms:") { 1 } else { call.on.len() };
    let legs = deployed.legs.of(call.phase).map(|leg| deployed.leg(leg));
    legs.flat_map(move |leg| call.on.chunks(apart).map(move |on| (on, leg)))
}

/// Of calls that are equal in an order, the first.
pub(super) fn distinct<C>(calls: Vec<C>, order: impl Fn(&C, &C) -> Ordering) -> Vec<C> {
    let mut sorted: Vec<(usize, &C)> = calls.iter().enumerate().collect();
    sorted.sort_by(|(_, one), (_, other)| order(one, other));
    sorted.dedup_by(|(_, later), (_, first)| order(first, later).is_eq());
    let first: BTreeSet<usize> = sorted.into_iter().map(|(index, _)| index).collect();
    calls.into_iter().enumerate().filter_map(|(index, call)| first.contains(&index).then_some(call)).collect()
}

/// AWS Backup takes the role.
fn assumption(deployed: &DeployedStatement<'_>) -> ModelCall {
    ModelCall {
        step: Occasion::Assume,
        row: None,
        request: Request {
            principal: Principal::Service(SERVICE.to_owned()),
            action: ASSUME_ROLE.to_owned(),
            resources: vec![deployed.role.clone()],
            context: Context::default(),
        },
        clauses: vec![statement_clause(deployed)],
    }
}

/// What is done with the keys that drc makes: by the administrators that the spec names, and by the account, which can
/// change the policy whoever else is gone. KMS refuses a policy that nobody could change again.
///
/// Source: <https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>.
fn administration(deployed: &DeployedStatement<'_>) -> Vec<ModelCall> {
    let root = deployed.arn("iam", "", "root");
    let mut all = Vec::new();
    for key in deployed.keys().into_iter().filter(|key| key.location.is_some()) {
        let call = |caller: &str, action: &str| ModelCall {
            step: Occasion::Administer,
            row: None,
            request: Request {
                principal: Principal::Aws(caller.to_owned()),
                action: action.to_owned(),
                resources: vec![key.arn.clone()],
                context: context(caller, deployed, &key.arn),
            },
            clauses: vec![key.clause.clone()],
        };
        all.push(call(&root, "kms:PutKeyPolicy"));
        for admin in deployed.administrators(key) {
            all.extend(ADMINISTRATION.iter().map(|(_, action)| call(&admin, action)));
        }
    }
    all
}

/// The requests of a call on a leg. A request has one resource of each object.
fn requests(
    call: &'static Call,
    on: &[On],
    leg: Leg<&DeployedPlace<'_>>,
    deployed: &DeployedStatement<'_>,
    group: &Group,
) -> Vec<ModelCall> {
    let mut chosen: Vec<Vec<Choice>> = vec![Vec::new()];
    for On(thing, end) in on {
        let choices = Choices { deployed, group, site: leg.at(*end), stage: leg.stage }.of(*thing);
        let extend = |chosen: &Vec<Choice>| {
            choices.iter().map(|choice| [&chosen[..], std::slice::from_ref(choice)].concat()).collect::<Vec<_>>()
        };
        chosen = chosen.iter().flat_map(extend).collect();
    }
    chosen.iter().flat_map(|chosen| concrete(call, leg.stage, group.kind, deployed, chosen)).collect()
}

/// The requests with these resources, one for each form of the circumstance.
fn concrete(
    call: &'static Call,
    stage: Stage,
    kind: &Kind,
    deployed: &DeployedStatement<'_>,
    chosen: &[Choice],
) -> Vec<ModelCall> {
    let Some(first) = chosen.iter().find_map(|choice| choice.resources.first()) else { return Vec::new() };
    let mut clauses: Vec<ClauseSpan> = chosen.iter().map(|choice| choice.clause.clone()).collect();
    clauses.dedup();
    let mut base = context(&deployed.role, deployed, first);
    if let Some(alias) = chosen.iter().find_map(|choice| choice.alias.clone()) {
        base = base.with("kms:ResourceAliases", alias);
    }
    let region = component(first, 3).and_then(crate::aws::region::find).unwrap_or(deployed.source.region);
    let asking = |form: Vec<(&'static str, String)>| ModelCall {
        step: Occasion::Stage(stage),
        row: Some(call),
        request: Request {
            principal: deployed.session.clone(),
            action: call.action.to_owned(),
            resources: chosen.iter().flat_map(|choice| choice.resources.clone()).collect(),
            context: form.into_iter().fold(base.clone(), |context, (key, value)| context.with(key, value)),
        },
        clauses: clauses.clone(),
    };
    forms(call.circumstance, kind, region).into_iter().map(asking).collect()
}

/// What a call carries in a circumstance, in each of its forms.
fn forms(circumstance: Circumstance, kind: &Kind, region: &Region) -> Vec<Vec<(&'static str, String)>> {
    let mut forms = vec![Vec::new()];
    for demand in circumstance.demands() {
        let (key, values) = match demand {
            Demand::ForAwsResource => ("kms:GrantIsForAWSResource", vec!["true".to_owned()]),
            Demand::ThroughServices => ("kms:ViaService", via(&kind.services(), region)),
            Demand::ThroughService => ("kms:ViaService", via(&[kind.service], region)),
            Demand::ManagedKeyAlias => ("kms:ResourceAliases", kind.managed_key_aliases().collect()),
        };
        let with = |form: &Vec<_>| {
            values.iter().map(|value| [&form[..], &[(key, value.clone())]].concat()).collect::<Vec<_>>()
        };
        forms = forms.iter().flat_map(with).collect();
    }
    forms
}

/// Whether a call on a key is one that AWS Backup may make on the resources' own, whichever that is.
pub(super) fn may_be_on_resource_key(request: &Request, deployed: &DeployedStatement<'_>) -> bool {
    let source = deployed.source.region;
    let is_key = |arn: &String| {
        let [service, region, name] = [2, 3, 5].map(|index| component(arn, index).unwrap_or_default());
        service == "kms" && region == source.code && name.starts_with("key/")
    };
    let carries = |(key, value): &(&str, String)| request.context.get(key).contains(value);
    let is_meant = |call: &Call, kind: &Kind| {
        call.action == request.action
            && call.on.iter().any(|on| on.0 == Thing::UnknownResourceKey)
            && deployed.legs.of(call.phase).next().is_some()
            && forms(call.circumstance, kind, source).iter().any(|form| form.iter().all(carries))
    };
    let is_by_role = request.principal == deployed.session;
    let mut kinds = deployed.statement.groups.iter().map(|group| group.kind);
    deployed.has_unknown_key()
        && is_by_role
        && request.resources.iter().all(is_key)
        && kinds.any(|kind| kind.calls().any(|call| is_meant(call, kind)))
}

/// The condition keys that a call on a resource always carries.
pub(super) fn context(caller: &str, deployed: &DeployedStatement<'_>, resource: &str) -> Context {
    let region = component(resource, 3).filter(|region| !region.is_empty()).unwrap_or(deployed.source.region.code);
    let context = Context::default()
        .with("aws:PrincipalArn", caller)
        .with("aws:PrincipalAccount", account_of(caller).unwrap_or(deployed.account))
        .with("aws:ResourceAccount", account_of(resource).unwrap_or(deployed.account))
        .with("aws:RequestedRegion", region);
    if component(resource, 2) == Some("kms") {
        return context.with("kms:CallerAccount", account_of(caller).unwrap_or(deployed.account));
    }
    context
}
