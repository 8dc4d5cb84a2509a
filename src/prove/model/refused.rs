//! Whether the table's calls are allowed, asked as seldom as possible: what every build runs.

use std::collections::BTreeSet;

use super::choice::{Choice, choices, source_snapshots};
use super::{ModelCall, administration, asked, asking, assumption, contexts};
use crate::aws::call::{Call, Circumstance, Object};
use crate::prove::evaluate::Policies;
use crate::prove::site::{Deployed, Site};

/// The calls that are not allowed, each on the one resource on which it is not: what every build asks.
///
/// A call is allowed if it is on each of its resources, and what several calls ask alike is asked once.
pub(in crate::prove) fn refused(deployed: &Deployed<'_>, policies: &Policies) -> Vec<ModelCall> {
    let mut asked_before = BTreeSet::new();
    let mut refused = Vec::new();
    for (call, site) in asked(deployed) {
        let is_fresh = |object: &&Object| asked_before.insert(likeness(&call, **object, deployed, site));
        let fresh: Vec<Object> = call.objects.iter().filter(is_fresh).copied().collect();
        if !fresh.is_empty() {
            refused.extend(refused_on(&fresh, &call, deployed, site, policies));
        }
    }
    let others = std::iter::once(assumption(deployed)).chain(administration(deployed));
    refused.extend(others.filter(|call| !policies.evaluate(&call.request).is_allowed()));
    refused
}

/// What decides what a row asks of an object at a place, whatever its phase: the resources, and the circumstances,
/// which are those of the row's first object.
type Likeness<'d> = (&'static str, Circumstance, &'d str, Object, Option<Object>, &'static [&'static str]);

fn likeness<'d>(call: &Call, object: Object, deployed: &'d Deployed<'d>, site: &'d Site<'d>) -> Likeness<'d> {
    // A key decides, whatever it is the key of.
    let key = match call.objects {
        [Object::ClusterKey] => Some(&deployed.cluster_key),
        [Object::SourceKey | Object::DestinationKeys] => Some(&site.key),
        _ => None,
    };
    if let Some(key) = key {
        return (call.action, call.circumstance, &key.arn, Object::SourceKey, None, &[]);
    }
    let snapshots = (object == Object::SourceSnapshots).then(|| source_snapshots(call.phase, deployed));
    let first = call.objects.first().copied();
    (call.action, call.circumstance, site.region.code, object, first, snapshots.unwrap_or_default())
}

/// The calls of a row that are not allowed on one of some of its objects.
fn refused_on(
    objects: &[Object],
    call: &Call,
    deployed: &Deployed<'_>,
    site: &Site<'_>,
    policies: &Policies,
) -> Vec<ModelCall> {
    let choices = |object: Object| choices(object, call.phase, deployed, site);
    let Some(first) = call.objects.first() else { return Vec::new() };
    let of_first = choices(*first);
    // The circumstances are those of the first object, whichever of its resources is chosen.
    let Some(Choice { resources, alias, .. }) = of_first.first() else { return Vec::new() };
    let contexts = contexts(call, deployed, resources.first().map_or("*", String::as_str), alias.clone());
    let of_others: Vec<Choice> =
        objects.iter().filter(|object| *object != first).flat_map(|object| choices(*object)).collect();
    let of_first = if objects.contains(first) { &of_first[..] } else { &[] };
    let about = policies.about(&deployed.session, call.action);
    let mut refused = Vec::new();
    for choice in of_first.iter().chain(&of_others) {
        for resource in &choice.resources {
            let lacking = contexts.iter().filter(|context| !about.is_allowed_on(resource, context));
            refused.extend(lacking.map(|context| {
                let alone = Choice { resources: vec![resource.clone()], ..choice.clone() };
                asking(call, deployed, &[alone], context.clone())
            }));
        }
    }
    refused
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Format;
    use crate::policy::Document;
    use crate::prove::deployment::Deployment;
    use crate::prove::model::model;
    use crate::source::Sources;

    const SPECS: [&str; 4] = [
        include_str!("../../../specs/mydb.drspec"),
        include_str!("../../../specs/several-destinations.drspec"),
        include_str!("../../../specs/existing-keys.drspec"),
        "defaults admin role/Keys\nbackup cluster a, b from eu-west-1 daily 01:00 UTC keep 7d\n  restore as \"<name>-new-*\"",
    ];

    /// Without any policy everything is refused, which shows what is asked: everything that the model has.
    #[test]
    fn everything_is_asked() {
        for text in SPECS {
            let mut sources = Sources::default();
            let file = sources.add("case.drspec", text.as_bytes().to_vec());
            let compiled = crate::compile(&mut sources, &[file], Format::Yaml, jiff::Timestamp::UNIX_EPOCH);
            let deployment = Deployment::new("111122223333", &compiled.stacks, &compiled.files);
            for (system, statement) in compiled.spec.statements() {
                let deployed = Deployed::new(&deployment, system, statement).unwrap();
                let nothing = Policies::default().attach_to_identity("nobody", "nothing", &Document::new(Vec::new()));
                let refused = refused(&deployed, &nothing);
                let alone = |call: &ModelCall| {
                    let (request, resources) = (call.request.clone(), call.request.resources.clone());
                    let one = move |resource| {
                        (request.principal.clone(), request.action.clone(), resource, request.context.clone())
                    };
                    resources.into_iter().map(one).collect::<Vec<_>>()
                };
                let asked: BTreeSet<_> = refused.iter().flat_map(alone).collect();
                let wanted: BTreeSet<_> = model(&deployed).iter().flat_map(alone).collect();
                assert_eq!(asked, wanted, "{text}");
            }
        }
    }
}
