//! Emitted policies and calls to verdicts: the permissions suffice, none is superfluous, and what
//! must be refused is.
//!
//! Policies are those of the templates in memory, with every value as it is deployed; that what is written
//! reads back as these is for tests. The calls are those of the [kinds](crate::kind): minimal means minimal
//! against these, not against what AWS does inside.

mod assumption;
mod attached;
mod battery;
mod condition;
mod deployment;
pub mod evaluate;
mod figures;
mod minimal;
mod model;
mod nearest;
mod pattern;
mod principal;
mod refusal;
pub mod render;
pub mod request;
mod required;
mod rules;
mod shape;
mod site;
mod statement;
mod value;
mod variation;

use rayon::prelude::*;

use crate::aws::arn;
use crate::aws::managed_policy::Figures;
use crate::batch::{cores, in_batches};
use crate::diagnostic::Diagnostics;
use crate::lower::Stack;
use crate::source::Span;
use crate::spec::Spec;
use crate::text::Text;
use attached::in_force;
use deployment::Deployment;
use evaluate::{Inquiry, Verdict};
use request::{Request, account_of, component};
use site::DeployedStatement;

pub use crate::cfn::graph::Unknown;
pub use assumption::{Account, KnownBy};
pub use attached::{Attached, PolicyKind};
pub use battery::Forbidden;
pub use minimal::{Minimality, Removable, Removal, removals, without};
pub use model::{ModelCall, Occasion};
pub(crate) use rules::E0405;
pub use site::ClauseSpan;

/// What was proved of a build: what came of each role, and everything that shows it when it is asked for.
#[derive(Debug)]
pub struct Proof<'a> {
    /// The account that the calls are made in.
    pub account: Account<'a>,
    /// One entry for each shape of statement.
    roles: Vec<Proved<'a>>,
}

/// A role with what came of it. The calls that show it take much more room, and are made again when they are written.
#[derive(Debug)]
struct Proved<'a> {
    deployed: DeployedStatement<'a>,
    minimality: Minimality,
    outcome: Outcome,
}

/// What came of proving the role of a statement, in figures.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The system.
    pub system: String,
    /// The statement.
    pub statement: String,
    /// The role's name.
    pub role: String,
    /// Statements of the same shape, for which the same holds with other names.
    pub alike: Vec<String>,
    /// How many calls must be allowed.
    pub calls: usize,
    /// How many of them are not.
    pub not_allowed: usize,
    /// How many calls must be refused.
    pub forbidden: usize,
    /// How many of them are allowed.
    pub let_in: usize,
    /// Of how many parts each was taken away.
    pub parts: usize,
    /// How many of them are superfluous.
    pub superfluous: usize,
    /// How many policies are too long.
    pub too_long: usize,
}

/// What was proved of the role of a statement, and what shows it.
#[derive(Clone, Debug)]
pub struct RoleProof {
    /// What came of it.
    pub outcome: Outcome,
    /// Every call that must be allowed.
    pub calls: Vec<Judged<ModelCall>>,
    /// Every call that must be refused.
    pub forbidden: Vec<Judged<Forbidden>>,
    /// Whether anything is superfluous.
    pub minimality: Minimality,
    /// How wide the role's own policies are.
    pub figures: Figures,
    /// The policies with their sizes.
    pub policies: Vec<MeasuredPolicy>,
    /// What is taken for granted.
    pub assumptions: Vec<Text>,
}

/// How wide the policies of a statement's role are, without their proof.
#[derive(Clone, Debug)]
pub struct Width {
    /// The statement.
    pub statement: String,
    /// What the statement backs up.
    pub target: Span,
    /// The role's name.
    pub role: String,
    /// Statements of the same shape, for which the same holds with other names.
    pub alike: Vec<String>,
    /// How wide the role's own policies are.
    pub figures: Figures,
    /// The policies with their sizes.
    pub policies: Vec<MeasuredPolicy>,
}

/// A call with what AWS would say to it.
#[derive(Clone, Debug)]
pub struct Judged<C> {
    /// The call.
    pub call: C,
    /// Whether it is allowed.
    pub allowed: bool,
    /// The statements that allow it, as policy and `Sid`.
    pub by: Vec<(String, String)>,
    /// Why it is not allowed.
    pub why: Text,
}

/// A policy with its size as IAM counts it.
#[derive(Clone, Debug)]
pub struct MeasuredPolicy {
    /// The policy.
    pub policy: Attached,
    /// Its characters.
    pub characters: usize,
    /// How many it may have.
    pub limit: usize,
}

impl Proof<'_> {
    /// Whether everything that is to be proved holds.
    pub fn holds(&self) -> bool {
        self.outcomes().all(Outcome::holds)
    }

    /// What came of each role.
    pub fn outcomes(&self) -> impl Iterator<Item = &Outcome> {
        self.roles.iter().map(|role| &role.outcome)
    }

    /// What becomes of everything that shows what came of a role, role after role. No more is made than is about to be
    /// used.
    pub fn roles<R: Send>(&self, becomes: impl Fn(RoleProof) -> R + Sync) -> impl Iterator<Item = R> {
        in_batches(self.roles.iter(), cores(), move |role| becomes(role.shown()))
    }
}

impl Outcome {
    /// Whether everything that is to be proved holds.
    pub fn holds(&self) -> bool {
        [self.not_allowed, self.let_in, self.superfluous, self.too_long].iter().all(|count| *count == 0)
    }
}

impl RoleProof {
    /// Whether everything that is to be proved holds.
    pub fn holds(&self) -> bool {
        self.outcome.holds()
    }
}

/// Proves every role of a build.
///
/// # Errors
///
/// A template says something that does not resolve, which is a defect.
pub fn prove<'a>(spec: &'a Spec, stacks: &'a [Stack]) -> Result<Proof<'a>, Unknown> {
    Ok(Proof { account: Account::of(spec), roles: of_each_shape(spec, stacks, Proved::of)? })
}

/// Measures the policies of every role of a build, and proves nothing.
///
/// # Errors
///
/// A template says something that does not resolve, which is a defect.
pub fn widths(spec: &Spec, stacks: &[Stack]) -> Result<Vec<Width>, Unknown> {
    of_each_shape(spec, stacks, |deployed, alike| Width {
        statement: deployed.statement.name.value.clone(),
        target: deployed.statement.target,
        role: deployed.statement.role.value.name().to_owned(),
        alike,
        figures: figures::figures(&deployed),
        policies: deployed.policies.iter().filter(|policy| policy.kind.is_emitted()).map(sized).collect(),
    })
}

/// Finds every call that a build's policies do not allow: a defect, or a limit that no rule knows.
pub fn check_sufficient(spec: &Spec, stacks: &[Stack], sink: &mut Diagnostics) {
    let insufficient = |deployed: DeployedStatement<'_>, _| {
        let span = deployed.statement.span;
        refused(&deployed).iter().map(|call| rules::insufficient(call, span)).collect::<Vec<_>>()
    };
    match of_each_shape(spec, stacks, insufficient) {
        Ok(findings) => findings.into_iter().flatten().for_each(|finding| sink.push(finding)),
        Err(error) => {
            if let Some((_, first)) = spec.statements().next() {
                sink.push(rules::unresolved(&error, first.span));
            }
        }
    }
}

/// What becomes of the first statement of each shape, beside the names of the others.
fn of_each_shape<'a, R: Send>(
    spec: &'a Spec,
    stacks: &'a [Stack],
    becomes: impl Fn(DeployedStatement<'a>, Vec<String>) -> R + Sync,
) -> Result<Vec<R>, Unknown> {
    let deployment = Deployment::new(Account::of(spec).id, stacks);
    let groups = shape::groups(spec, &deployment)?;
    let of_group = |group: &Vec<shape::Subject<'a>>| {
        let ((system, first), alike) = group.split_first()?;
        let alike = alike.iter().map(|(_, statement)| statement.name.value.clone()).collect();
        Some(DeployedStatement::new(&deployment, system, first).map(|deployed| becomes(deployed, alike)))
    };
    // One alone is proved before another core has begun.
    if let [_] = groups[..] {
        return groups.iter().filter_map(of_group).collect();
    }
    groups.par_iter().filter_map(of_group).collect()
}

impl<'a> Proved<'a> {
    fn of(deployed: DeployedStatement<'a>, alike: Vec<String>) -> Self {
        let (model, battery) = questions(&deployed);
        let requests = || model.iter().map(|call| &call.request).chain(battery.iter().map(|call| &call.request));
        let foreign = foreign_policies(&deployed, requests());
        let minimality = minimal::minimality(&deployed.policies, &model, &battery, &foreign);
        let policies = in_force(deployed.policies.iter().chain(&foreign));
        let mut inquiry = Inquiry::into(&policies);
        let sizes = deployed.policies.iter().map(sized);
        let outcome = Outcome {
            system: deployed.system.name.value.clone(),
            statement: deployed.statement.name.value.clone(),
            role: deployed.statement.role.value.name().to_owned(),
            alike,
            calls: model.len(),
            not_allowed: model.iter().filter(|call| !inquiry.allows(&call.request)).count(),
            forbidden: battery.len(),
            let_in: battery.iter().filter(|call| inquiry.allows(&call.request)).count(),
            parts: minimality.tried,
            superfluous: minimality.superfluous.len(),
            too_long: sizes.filter(|size| size.characters > size.limit).count(),
        };
        Self { deployed, minimality, outcome }
    }

    /// Every call with the statements that decide it.
    fn shown(&self) -> RoleProof {
        let deployed = &self.deployed;
        let (model, battery) = questions(deployed);
        RoleProof {
            outcome: self.outcome.clone(),
            calls: judge(deployed, model, |call| &call.request),
            forbidden: judge(deployed, battery, |call| &call.request),
            minimality: self.minimality.clone(),
            figures: figures::figures(deployed),
            policies: deployed.policies.iter().map(sized).collect(),
            assumptions: assumption::assumptions(deployed),
        }
    }
}

/// The calls that a role's policies are asked: those that they must allow, and those that they must refuse.
fn questions(deployed: &DeployedStatement<'_>) -> (Vec<ModelCall>, Vec<Forbidden>) {
    let model = model::model(deployed);
    let battery = battery::battery(deployed, &model);
    (model, battery)
}

/// Decides calls.
fn judge<C>(deployed: &DeployedStatement<'_>, calls: Vec<C>, request: impl Fn(&C) -> &Request) -> Vec<Judged<C>> {
    if calls.is_empty() {
        return Vec::new();
    }
    let foreign = foreign_policies(deployed, calls.iter().map(&request));
    let policies = in_force(deployed.policies.iter().chain(&foreign));
    let mut inquiry = Inquiry::into(&policies);
    let evidence: Vec<_> = calls.iter().map(|call| evidence(&inquiry.evaluate(request(call)))).collect();
    let judged = calls.into_iter().zip(evidence);
    judged.map(|(call, (allowed, by, why))| Judged { call, allowed, by, why }).collect()
}

/// Whether a call is allowed, by which statements, and why not.
fn evidence(verdict: &Verdict<'_>) -> (bool, Vec<(String, String)>, Text) {
    let by = verdict.allowed_by.iter().map(|id| (id.policy.clone(), id.sid.clone().unwrap_or_default()));
    (verdict.is_allowed(), by.collect(), refusal::why(verdict))
}

/// The calls that are not allowed.
fn refused(deployed: &DeployedStatement<'_>) -> Vec<Judged<ModelCall>> {
    let managed_keys = model::managed_keys(deployed);
    let assumed = assumed_policies(deployed, managed_keys.iter().map(String::as_str).collect());
    let policies = in_force(deployed.policies.iter().chain(&assumed));
    judge(deployed, model::refused(deployed, &policies), |call| &call.request)
}

/// Policies of resources that calls name and the statement does not have: keys, and everything of the account that the
/// deployment has nothing to do with. They let the account in, so that it is the role that is refused, and not everybody.
fn foreign_policies<'a>(
    deployed: &DeployedStatement<'_>,
    requests: impl Iterator<Item = &'a Request>,
) -> Vec<Attached> {
    let stranger = battery::stranger(deployed);
    let arns = requests.flat_map(|request| &request.resources).map(String::as_str);
    let keys = arns.filter(|arn| component(arn, 2) == Some("kms") && account_of(arn) != Some(stranger));
    let mut assumed = assumed_policies(deployed, keys.collect());
    assumed.push(deployed.assumed(arn::arn([deployed.partition, "*", "*", stranger, "*"])));
    assumed
}

/// Policies of those of the keys that the statement does not have.
fn assumed_policies(deployed: &DeployedStatement<'_>, mut keys: Vec<&str>) -> Vec<Attached> {
    let known = deployed.keys();
    keys.retain(|arn| known.iter().all(|key| key.arn != *arn));
    keys.sort_unstable();
    keys.dedup();
    keys.into_iter().map(|arn| deployed.assumed(arn.to_owned())).collect()
}

fn sized(policy: &Attached) -> MeasuredPolicy {
    let characters = policy.document.character_count().unwrap_or(usize::MAX);
    MeasuredPolicy { policy: policy.clone(), characters, limit: policy.kind.limit().unwrap_or(usize::MAX) }
}
