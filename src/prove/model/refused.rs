//! Whether the table's calls are allowed, asked as seldom as possible: what every build runs.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::choice::{Choice, choices, source_snapshots};
use super::{ModelCall, administration, asked, asking, assumption, contexts};
use crate::aws::call::{Call, Circumstance, Object};
use crate::prove::evaluate::{About, Policies, Same};
use crate::prove::request::{Context, components};
use crate::prove::site::{Deployed, Site};

/// The calls that are not allowed, each on the one resource on which it is not: what every build asks.
///
/// A call is allowed if it is on each of its resources, and what several calls ask alike is asked once.
pub(in crate::prove) fn refused(deployed: &Deployed<'_>, policies: &Policies) -> Vec<ModelCall> {
    let mut answers = Answers::new(deployed, policies);
    let mut reported = BTreeSet::new();
    let mut refused = Vec::new();
    for (call, site) in asked(deployed) {
        for object in call.objects {
            let (question, lacking) = answers.lacking(*object, &call, site);
            // Several phases may make the call.
            if !lacking.is_empty() && reported.insert((call.action, question)) {
                let alone = lacking.iter();
                refused.extend(
                    alone.map(|(choice, context)| {
                        asking(&call, deployed, std::slice::from_ref(choice), context.clone())
                    }),
                );
            }
        }
    }
    let others = std::iter::once(assumption(deployed)).chain(administration(deployed));
    refused.extend(others.filter(|call| !policies.allows(&call.request)));
    refused
}

/// What decides an answer: the statements that are about the action, the resources, and the circumstances, which are
/// those of the row's first object.
type Question<'d> = (usize, Circumstance, Whereabouts<'d>, Whereabouts<'d>);

/// What decides the resources of an object.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Whereabouts<'d> {
    /// A key, whatever it is the key of.
    Key(&'d str),
    /// An object at the place of a vault, and the snapshots where not every phase has the same.
    Place(Object, (&'static str, &'d str), &'static [&'static str]),
}

fn whereabouts<'d>(object: Object, call: &Call, deployed: &'d Deployed<'d>, site: &'d Site<'d>) -> Whereabouts<'d> {
    match object {
        Object::SourceKey | Object::DestinationKeys => Whereabouts::Key(&site.key.arn),
        Object::SourceSnapshots => Whereabouts::Place(object, site.identity(), source_snapshots(call.phase, deployed)),
        Object::Everything
        | Object::Clusters
        | Object::AnyClusterAtSource
        | Object::AnyClusterAtDestination
        | Object::AnySnapshotAtSource
        | Object::AnySnapshotAtDestination
        | Object::ClusterKey
        | Object::UnknownClusterKey
        | Object::RestoredAtSource
        | Object::RestoredAtDestination
        | Object::DestinationSnapshots
        | Object::GroupsAtSource
        | Object::GroupsAtDestination
        | Object::SourceVault
        | Object::DestinationVaults
        | Object::KeysAtSource
        | Object::KeysAtDestination => Whereabouts::Place(object, site.identity(), &[]),
    }
}

/// The answers so far, with what was made to ask for them: many rows are about the same clusters in the same
/// circumstances, and many actions stand in the same statements.
struct Answers<'d> {
    deployed: &'d Deployed<'d>,
    policies: &'d Policies,
    abouts: BTreeMap<&'static str, (usize, Rc<About<'d>>)>,
    same: BTreeMap<Same, usize>,
    choices: BTreeMap<Whereabouts<'d>, Rc<[Choice]>>,
    contexts: BTreeMap<(Circumstance, String, Option<String>), Rc<[Context]>>,
    lacking: BTreeMap<Question<'d>, Rc<[(Choice, Context)]>>,
}

impl<'d> Answers<'d> {
    fn new(deployed: &'d Deployed<'d>, policies: &'d Policies) -> Self {
        Self {
            deployed,
            policies,
            abouts: BTreeMap::new(),
            same: BTreeMap::new(),
            choices: BTreeMap::new(),
            contexts: BTreeMap::new(),
            lacking: BTreeMap::new(),
        }
    }

    /// The resources of an object, each alone, on which a row is not allowed, and the circumstances in which it is not.
    fn lacking(&mut self, object: Object, call: &Call, site: &'d Site<'d>) -> (Question<'d>, Rc<[(Choice, Context)]>) {
        let (number, about) = self.about(call.action);
        let first = call.objects.first().copied().unwrap_or(object);
        let [place, of_first] = [object, first].map(|object| whereabouts(object, call, self.deployed, site));
        let question = (number, call.circumstance, place, of_first);
        if let Some(known) = self.lacking.get(&question) {
            return (question, Rc::clone(known));
        }
        let choices = self.choices(object, call, site);
        let of_first = self.choices(first, call, site);
        let mut lacking = Vec::new();
        // The circumstances are those of the first object, whichever of its resources is chosen, names apart.
        for alike in choices.chunk_by(|one, other| nameless(one) == nameless(other)) {
            let sample = if object == first { alike.first() } else { of_first.first() };
            let contexts = sample.map(|sample| self.contexts(call, sample));
            for context in contexts.iter().flat_map(|contexts| &**contexts) {
                let within = about.within(context);
                let mut allows = within.allows();
                for choice in alike {
                    let refused = choice.resources.iter().filter(|resource| !allows(resource));
                    let alone = |resource: &String| Choice { resources: vec![resource.clone()], ..choice.clone() };
                    lacking.extend(refused.map(|resource| (alone(resource), context.clone())));
                }
            }
        }
        let lacking: Rc<[_]> = lacking.into();
        self.lacking.insert(question, Rc::clone(&lacking));
        (question, lacking)
    }

    /// The statements that are about an action, and a number for them.
    fn about(&mut self, action: &'static str) -> (usize, Rc<About<'d>>) {
        let (deployed, policies, same) = (self.deployed, self.policies, &mut self.same);
        let (number, about) = self.abouts.entry(action).or_insert_with(|| {
            let about = policies.about(&deployed.session, action);
            let next = same.len();
            (*same.entry(about.same()).or_insert(next), Rc::new(about))
        });
        (*number, Rc::clone(about))
    }

    fn choices(&mut self, object: Object, call: &Call, site: &'d Site<'d>) -> Rc<[Choice]> {
        let deployed = self.deployed;
        let found = self.choices.entry(whereabouts(object, call, deployed, site));
        Rc::clone(found.or_insert_with(|| choices(object, call.phase, deployed, site).into()))
    }

    /// The contexts of a row whose first object is filled so; of the resource they have all but its name.
    fn contexts(&mut self, call: &Call, first: &Choice) -> Rc<[Context]> {
        let resource = resource(first);
        let found = self.contexts.entry((call.circumstance, nameless(first).to_owned(), first.alias.clone()));
        Rc::clone(found.or_insert_with(|| contexts(call, self.deployed, resource, first.alias.clone()).into()))
    }
}

/// The resource that decides the circumstances.
fn resource(choice: &Choice) -> &str {
    choice.resources.first().map_or("*", String::as_str)
}

/// That resource but for its name.
fn nameless(choice: &Choice) -> &str {
    let resource = resource(choice);
    let [.., name] = components(resource);
    resource.strip_suffix(name).unwrap_or(resource)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::Format;
    use crate::policy::Document;
    use crate::prove::deployment::Deployment;
    use crate::prove::model::model;
    use crate::source::Sources;

    const SPECS: [&str; 6] = [
        include_str!("../../../specs/mydb.drspec"),
        include_str!("../../../specs/several-destinations.drspec"),
        include_str!("../../../specs/existing-keys.drspec"),
        include_str!("../../../specs/former-destination.drspec"),
        "defaults admin role/Keys\nbackup cluster a, b from eu-west-1 daily 01:00 UTC keep 7d\n  restore as \"<name>-new-*\"",
        "backup cluster a from eu-west-1 daily 01:00 UTC keep 7d\n  to eu-central-1 vault xx keep 3d\n  to eu-central-1 vault yy keep 9d",
    ];

    /// Without any policy everything is refused, which shows what is asked: everything that the model has.
    #[test]
    fn everything_is_asked() {
        for text in SPECS {
            let mut sources = Sources::default();
            let file = sources.add("case.drspec", text.as_bytes().to_vec());
            let compiled = crate::compile(&mut sources, &[file], Format::Yaml, jiff::Timestamp::UNIX_EPOCH);
            assert!(compiled.spec.statements().next().is_some(), "{text}");
            let deployment = Deployment::new("111122223333", &compiled.spec, &compiled.stacks, &compiled.files);
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
