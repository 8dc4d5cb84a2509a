//! The table of calls made concrete for one statement: one request for each call, with every
//! resource and condition key that it carries.
//!
//! A request carries no more than the table says that AWS sends, so nothing is proved from a
//! circumstance that is only likely.

mod choice;
mod refused;

use std::collections::BTreeSet;

use super::request::{Context, Principal, Request, account_of, component};
use super::site::{Clause, Deployed, Site};
use crate::aws::call::{
    ADMINISTRATION, ASSUME_ROLE, Call, Circumstance, MANAGED_KEY_ALIASES, Object, Phase, SERVICE, calls, via_rds,
    via_services,
};
use crate::aws::region::Region;
use choice::{Choice, choices, statement_clause};

use crate::text::Sentence;
pub(super) use choice::managed_keys;
pub(super) use refused::refused;

/// When a call is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// AWS Backup takes the role.
    Assume,
    /// AWS Backup works.
    Phase(Phase),
    /// A key's administrators work.
    Administer,
}

impl Step {
    /// The step in words.
    pub fn words(self) -> Sentence {
        match self {
            Self::Assume => Sentence::new("assume the role", "ロールの引き受け"),
            Self::Phase(phase) => phase.words(),
            Self::Administer => Sentence::new("administer keys", "キーの管理"),
        }
    }
}

/// A call that must be allowed.
#[derive(Clone, Debug)]
pub struct ModelCall {
    /// When.
    pub step: Step,
    /// The row of the table; calls outside of it have none.
    pub row: Option<Call>,
    /// The call.
    pub request: Request,
    /// The clauses that cause it.
    pub clauses: Vec<Clause>,
}

/// Every call that a statement's policies must allow, in every phase that makes it.
pub(super) fn model(deployed: &Deployed<'_>) -> Vec<ModelCall> {
    let mut all = vec![assumption(deployed)];
    all.extend(asked(deployed).flat_map(|(call, site)| requests(&call, deployed, site)));
    all.extend(administration(deployed));
    let mut seen = BTreeSet::new();
    all.retain(|call| seen.insert((call.step, call.request.clone())));
    all.sort_by_key(|call| call.step);
    all
}

/// Every row that happens, with each place that it happens at. On keys, each object is a request of its own.
fn asked<'d>(deployed: &'d Deployed<'d>) -> impl Iterator<Item = (Call, &'d Site<'d>)> {
    let happening = calls().filter(|call| happens(call, deployed)).flat_map(|call| {
        let apart = if call.action.starts_with("kms:") { 1 } else { call.objects.len() };
        call.objects.chunks(apart).map(move |objects| Call { objects, ..call })
    });
    happening.flat_map(|call| {
        let at_destinations = call.objects.iter().any(|object| object.is_at_destination());
        let destinations = at_destinations.then(|| deployed.destinations_of(call.phase));
        let source = (!at_destinations).then_some(&deployed.source);
        destinations.into_iter().flatten().chain(source).map(move |site| (call, site))
    })
}

fn happens(call: &Call, deployed: &Deployed<'_>) -> bool {
    let reaches = || deployed.destinations_of(call.phase).next().is_some();
    let restores = !deployed.statement.restores.is_empty();
    (!call.phase.needs_destination() || reaches()) && (restores || !call.phase.needs_restore())
}

/// AWS Backup takes the role.
fn assumption(deployed: &Deployed<'_>) -> ModelCall {
    ModelCall {
        step: Step::Assume,
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
fn administration(deployed: &Deployed<'_>) -> Vec<ModelCall> {
    let root = deployed.arn("iam", "", "root");
    let mut all = Vec::new();
    for key in deployed.keys().into_iter().filter(|key| key.location.is_some()) {
        let call = |caller: &str, action: &str| ModelCall {
            step: Step::Administer,
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

/// The requests of a row at one place. A request has one resource of each object.
fn requests(call: &Call, deployed: &Deployed<'_>, site: &Site<'_>) -> Vec<ModelCall> {
    let mut chosen: Vec<Vec<Choice>> = vec![Vec::new()];
    for object in call.objects {
        let choices = choices(*object, call.phase, deployed, site);
        let extend = |chosen: &Vec<Choice>| {
            choices.iter().map(|choice| [&chosen[..], std::slice::from_ref(choice)].concat()).collect::<Vec<_>>()
        };
        chosen = chosen.iter().flat_map(extend).collect();
    }
    chosen.iter().flat_map(|chosen| concrete(call, deployed, chosen)).collect()
}

/// The requests with these resources, one for each form of the circumstance.
fn concrete(call: &Call, deployed: &Deployed<'_>, chosen: &[Choice]) -> Vec<ModelCall> {
    let Some(first) = chosen.iter().find_map(|choice| choice.resources.first()) else { return Vec::new() };
    let alias = chosen.iter().find_map(|choice| choice.alias.clone());
    let contexts = contexts(call, deployed, first, alias);
    contexts.into_iter().map(|context| asking(call, deployed, chosen, context)).collect()
}

/// The request with these resources in a context.
fn asking(call: &Call, deployed: &Deployed<'_>, chosen: &[Choice], context: Context) -> ModelCall {
    let mut clauses: Vec<Clause> = chosen.iter().map(|choice| choice.clause.clone()).collect();
    clauses.dedup();
    ModelCall {
        step: Step::Phase(call.phase),
        row: Some(*call),
        request: Request {
            principal: deployed.session.clone(),
            action: call.action.to_owned(),
            resources: chosen.iter().flat_map(|choice| choice.resources.clone()).collect(),
            context,
        },
        clauses,
    }
}

/// The contexts of a row's requests, one for each form of its circumstance.
fn contexts(call: &Call, deployed: &Deployed<'_>, first: &str, alias: Option<String>) -> Vec<Context> {
    let mut base = context(&deployed.role, deployed, first);
    if let Some(alias) = alias {
        base = base.with("kms:ResourceAliases", alias);
    }
    let region = component(first, 3).and_then(crate::aws::region::find).unwrap_or(deployed.source.region);
    forms(call.circumstance, region)
        .into_iter()
        .map(|form| form.into_iter().fold(base.clone(), |context, (key, value)| context.with(key, value)))
        .collect()
}

/// What a call carries in a circumstance, in each of its forms.
fn forms(circumstance: Circumstance, region: &Region) -> Vec<Vec<(&'static str, String)>> {
    let for_aws_resource = || ("kms:GrantIsForAWSResource", "true".to_owned());
    let through = |service| ("kms:ViaService", service);
    match circumstance {
        Circumstance::Any => vec![Vec::new()],
        Circumstance::ForAwsResource => vec![vec![for_aws_resource()]],
        Circumstance::ForResourceOfRds => {
            via_rds(region).into_iter().map(|service| vec![for_aws_resource(), through(service)]).collect()
        }
        Circumstance::ThroughServices => {
            via_services(region).into_iter().map(|service| vec![through(service)]).collect()
        }
        Circumstance::ThroughRds => via_rds(region).into_iter().map(|service| vec![through(service)]).collect(),
        Circumstance::AwsManagedKey => {
            MANAGED_KEY_ALIASES.iter().map(|alias| vec![("kms:ResourceAliases", (*alias).to_owned())]).collect()
        }
    }
}

/// Whether a call on a key is one that AWS Backup may make on the clusters' own, whichever that is.
pub(super) fn may_be_on_cluster_key(request: &Request, deployed: &Deployed<'_>) -> bool {
    let source = deployed.source.region;
    let is_key = |arn: &String| {
        let [service, region, name] = [2, 3, 5].map(|index| component(arn, index).unwrap_or_default());
        service == "kms" && region == source.code && name.starts_with("key/")
    };
    let carries = |(key, value): &(&str, String)| request.context.get(key).contains(value);
    let is_meant = |call: &Call| {
        call.action == request.action
            && call.objects.contains(&Object::UnknownClusterKey)
            && happens(call, deployed)
            && forms(call.circumstance, source).iter().any(|form| form.iter().all(carries))
    };
    let is_by_role = request.principal == deployed.session;
    deployed.has_unknown_key()
        && is_by_role
        && request.resources.iter().all(is_key)
        && calls().any(|call| is_meant(&call))
}

/// The condition keys that a call on a resource always carries.
pub(super) fn context(caller: &str, deployed: &Deployed<'_>, resource: &str) -> Context {
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
