//! What CloudFormation does to each resource when new templates are deployed over old ones, in the order of the new.

use std::collections::{BTreeMap, BTreeSet};

use super::deployed::{StackId, State, Template};
use super::resource::{Comparison, Identity, Policy, Referent, Resource, compare, referenced};

/// What CloudFormation does to a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// It is made.
    Made,
    /// It stays as it is.
    Kept,
    /// These properties are changed in place.
    Updated(Vec<String>),
    /// Another takes its place because of these properties.
    Replaced {
        /// The properties.
        because: Vec<String>,
        /// What becomes of the old one.
        old: Policy,
    },
    /// It is no longer in the template of its stack, and this becomes of it.
    Removed(Policy),
    /// Its stack is in no new template: it stays as it is until somebody deletes the stack.
    Left,
    /// CloudFormation refuses the update of its stack.
    Refused(Refusal),
}

/// Why CloudFormation refuses an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Properties that nothing changes.
    Fixed(Vec<String>),
    /// Properties for which another resource would be made, under the name that the old one has.
    SameName(Vec<String>),
    /// Another resource has the name already: a resource of the old templates, by its position.
    NameTaken(usize),
    /// It exists already, and no stack of the old side makes it.
    Exists,
    /// The type under a logical id changes.
    OtherType(String),
}

/// A resource with what becomes of it.
#[derive(Clone, Debug)]
pub struct ResourceChange {
    /// Its position in the old state.
    pub old: Option<usize>,
    /// Its position in the new state.
    pub new: Option<usize>,
    /// What is done.
    pub action: Action,
    /// Properties of which only AWS knows whether they change, each with why.
    pub unseen: Vec<(String, String)>,
    /// Whether nobody here knows what a change of this type's properties does.
    pub unknown_type: bool,
}

/// What becomes of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StackAction {
    /// It is made.
    Made,
    /// Something in it changes.
    Updated,
    /// Nothing in it changes.
    Kept,
    /// Nothing deploys it any more; it goes on existing.
    Left,
}

/// Exports that CloudFormation neither lets go nor lets change, because others import them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldExport {
    /// Names of the exports that the same stacks import.
    pub names: Vec<String>,
    /// The stack that would change or lose them.
    pub stack: StackId,
    /// The stacks that import it.
    pub imported_by: Vec<StackId>,
    /// Whether these can be deployed before: they import nothing of it any more, and nothing that is not there yet.
    pub importers_first: bool,
}

/// Everything that CloudFormation does.
#[derive(Debug)]
pub struct Update {
    /// Every resource of either side, those of the new side first, in their order.
    pub resources: Vec<ResourceChange>,
    /// Every stack, those of the new side in deployment order, then those that are left.
    pub stacks: Vec<(StackId, StackAction)>,
    /// Exports that stand in the way.
    pub held: Vec<HeldExport>,
    /// Where each resource of the old side stands among `resources`.
    by_old: Vec<usize>,
}

impl Update {
    /// What becomes of a resource of the old side.
    pub fn of_old(&self, at: usize) -> Option<&ResourceChange> {
        self.resources.get(*self.by_old.get(at)?)
    }

    /// What becomes of a resource of the new side.
    pub fn of_new(&self, at: usize) -> Option<&ResourceChange> {
        // Those of the new side come first, in their order.
        self.resources.get(at).filter(|change| change.new == Some(at))
    }
}

/// Works out what deploying `new` over `old` does.
/// `existing` are the vaults and roles that the old side uses and does not make.
pub fn update(old: &State<'_>, new: &State<'_>, existing: &BTreeSet<Identity>) -> Update {
    let mut resources = matched(old, new);
    cascade(&mut resources, old, new);
    refuse_taken_names(&mut resources, old, new, existing);
    let stacks = stacks(&resources, old, new);
    let held = held_exports(&resources, old, new);
    let mut by_old = vec![usize::MAX; old.resources.len()];
    for (index, change) in resources.iter().enumerate() {
        if let Some(place) = change.old.and_then(|at| by_old.get_mut(at)) {
            *place = index;
        }
    }
    Update { resources, stacks, held, by_old }
}

/// Every resource with what becomes of it by its own properties.
fn matched(old: &State<'_>, new: &State<'_>) -> Vec<ResourceChange> {
    let counterpart = |of: &State<'_>, resource: &Resource<'_>, state: &State<'_>| {
        state.find(state.position(of.stack(resource)?)?, &resource.id)
    };
    let alone = |old, new, action| ResourceChange { old, new, action, unseen: Vec::new(), unknown_type: false };
    let mut all = Vec::new();
    for (at, resource) in new.resources.iter().enumerate() {
        let before = counterpart(new, resource, old);
        let made = alone(before, Some(at), Action::Made);
        all.push(match before.and_then(|at| old.resources.get(at)) {
            None => made,
            Some(before) => changed(before, resource, made),
        });
    }
    for (at, resource) in old.resources.iter().enumerate() {
        if counterpart(old, resource, new).is_none() {
            let goes_on = old.stack(resource).is_some_and(|stack| new.position(stack).is_some());
            let action = if goes_on { Action::Removed(resource.on_delete) } else { Action::Left };
            all.push(alone(Some(at), None, action));
        }
    }
    all
}

/// What becomes of a resource that both sides have.
fn changed(old: &Resource<'_>, new: &Resource<'_>, change: ResourceChange) -> ResourceChange {
    if old.kind != new.kind {
        return ResourceChange { action: Action::Refused(Refusal::OtherType(old.kind.clone())), ..change };
    }
    let names: BTreeSet<&String> = old.properties.keys().chain(new.properties.keys()).collect();
    let (mut differing, mut unseen) = (Vec::new(), Vec::new());
    for name in names {
        match compare(old, new, name) {
            Comparison::Same => {}
            Comparison::Differs => differing.push(name.clone()),
            Comparison::Unseen(why) => unseen.push((name.clone(), why)),
        }
    }
    let (before, after) = (&old.condition, &new.condition);
    if before.as_ref().map(|(written, _)| written) != after.as_ref().map(|(written, _)| written) {
        let why = before.as_ref().or(after.as_ref()).map(|(_, why)| why.clone());
        unseen.push(("Condition".to_owned(), why.unwrap_or_default()));
    }
    let unknown_type = old.resource_type().is_none() && !differing.is_empty();
    ResourceChange { action: action(old, new, differing), unseen, unknown_type, ..change }
}

/// What a change of properties does to a resource of a known type; of others, that they change.
fn action(old: &Resource<'_>, new: &Resource<'_>, differing: Vec<String>) -> Action {
    let among = |list: fn(&crate::aws::resource_type::ResourceType) -> &'static [&'static str]| {
        let listed = old.resource_type().map(list).unwrap_or_default();
        differing.iter().filter(|name| listed.contains(&name.as_str())).cloned().collect::<Vec<_>>()
    };
    let (fixed, create_only) = (among(|kind| kind.fixed), among(|kind| kind.create_only));
    if !fixed.is_empty() {
        return Action::Refused(Refusal::Fixed(fixed));
    }
    if !create_only.is_empty() {
        let is_same_name = old.names().is_some() && old.names() == new.names();
        return if is_same_name {
            Action::Refused(Refusal::SameName(create_only))
        } else {
            Action::Replaced { because: create_only, old: old.on_replace }
        };
    }
    if differing.is_empty() { Action::Kept } else { Action::Updated(differing) }
}

/// Carries replacements on to what is made from what is replaced.
fn cascade(resources: &mut [ResourceChange], old: &State<'_>, new: &State<'_>) {
    // Each round replaces at least one more.
    for _ in 0..resources.len() {
        let replaced: BTreeSet<(usize, Referent)> = resources
            .iter()
            .filter(|change| matches!(change.action, Action::Replaced { .. }))
            .filter_map(|change| new.resources.get(change.new?))
            .map(|resource| (resource.stack, Referent::Resource(resource.id.clone())))
            .collect();
        let mut grew = false;
        for change in resources.iter_mut() {
            let (Some(before), Some(after)) =
                (change.old.and_then(|at| old.resources.get(at)), change.new.and_then(|at| new.resources.get(at)))
            else {
                continue;
            };
            let moved = after.refers_to.iter().any(|referent| replaced.contains(&(after.stack, referent.clone())));
            if !moved || !matches!(change.action, Action::Kept | Action::Updated(_)) {
                continue;
            }
            let following = following(after, &replaced);
            let already =
                if let Action::Updated(properties) = &change.action { properties.clone() } else { Vec::new() };
            let all: BTreeSet<String> = already.into_iter().chain(following).collect();
            let action = action(before, after, all.into_iter().collect());
            grew |= matches!(action, Action::Replaced { .. }) || change.action != action;
            change.action = action;
        }
        if !grew {
            return;
        }
    }
}

/// The properties of a resource that are made from what is replaced.
fn following(resource: &Resource<'_>, replaced: &BTreeSet<(usize, Referent)>) -> Vec<String> {
    let is_replaced = |id: String| replaced.contains(&(resource.stack, Referent::Resource(id)));
    let refers = |property: &String| {
        resource.written(property).is_some_and(|value| referenced(value).into_iter().any(is_replaced))
    };
    resource.properties.keys().filter(|property| refers(property)).cloned().collect()
}

/// Refuses what would be made under a name that something has that stays.
fn refuse_taken_names(
    resources: &mut [ResourceChange],
    old: &State<'_>,
    new: &State<'_>,
    existing: &BTreeSet<Identity>,
) {
    let order = |stack: &StackId| new.position(stack);
    let mut holders: BTreeMap<Identity, Vec<(usize, &StackId, bool)>> = BTreeMap::new();
    for change in resources.iter() {
        let Some((at, resource)) = change.old.and_then(|at| Some((at, old.resources.get(at)?))) else { continue };
        let (Some(identity), Some(stack)) = (old.identity(resource), old.stack(resource)) else { continue };
        let goes =
            matches!(change.action, Action::Removed(Policy::Delete) | Action::Replaced { old: Policy::Delete, .. });
        holders.entry(identity).or_default().push((at, stack, goes));
    }
    for change in resources.iter_mut() {
        let is_new = matches!(change.action, Action::Made | Action::Replaced { .. });
        let Some(resource) = change.new.and_then(|at| new.resources.get(at)).filter(|_| is_new) else { continue };
        let (Some(identity), Some(stack)) = (new.identity(resource), new.stack(resource)) else { continue };
        // What an earlier stack deletes is gone by then; within a stack deletion comes last.
        let is_gone = |holder: &StackId, goes: bool| goes && holder != stack && order(holder) < order(stack);
        let holder = holders
            .get(&identity)
            .into_iter()
            .flatten()
            .find(|(at, holder, goes)| Some(*at) != change.old && !is_gone(holder, *goes));
        if let Some((at, _, _)) = holder {
            change.action = Action::Refused(Refusal::NameTaken(*at));
        } else if existing.contains(&identity) {
            change.action = Action::Refused(Refusal::Exists);
        }
    }
}

fn stacks(resources: &[ResourceChange], old: &State<'_>, new: &State<'_>) -> Vec<(StackId, StackAction)> {
    let changed = resources
        .iter()
        .filter(|change| !matches!(change.action, Action::Kept | Action::Left) || !change.unseen.is_empty());
    let of_new = |change: &ResourceChange| new.stack(new.resources.get(change.new?)?);
    let of_old = |change: &ResourceChange| old.stack(old.resources.get(change.old?)?);
    let changed: BTreeSet<&StackId> = changed.filter_map(|change| of_new(change).or_else(|| of_old(change))).collect();
    let of_new = new.templates.iter().map(|template| {
        let stack = &template.stack;
        let action = match (old.position(stack).is_some(), changed.contains(stack)) {
            (false, _) => StackAction::Made,
            (true, true) => StackAction::Updated,
            (true, false) => StackAction::Kept,
        };
        (stack.clone(), action)
    });
    let left = old.templates.iter().filter(|template| new.position(&template.stack).is_none());
    of_new.chain(left.map(|template| (template.stack.clone(), StackAction::Left))).collect()
}

/// Exports of the old side that would change or go while a stack imports them.
///
/// Source: <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-importvalue.html>.
fn held_exports(resources: &[ResourceChange], old: &State<'_>, new: &State<'_>) -> Vec<HeldExport> {
    let replaced: BTreeSet<(usize, Referent)> = resources
        .iter()
        .filter(|change| matches!(change.action, Action::Replaced { .. }))
        .filter_map(|change| new.resources.get(change.new?))
        .map(|resource| (resource.stack, Referent::Resource(resource.id.clone())))
        .collect();
    let exported: BTreeSet<String> =
        (0..old.templates.len()).flat_map(|stack| old.exports(stack).into_keys()).collect();
    let mut held: Vec<HeldExport> = Vec::new();
    for (stack, template) in old.templates.iter().enumerate() {
        let Some(at) = new.position(&template.stack) else { continue };
        let now = new.exports(at);
        for (name, export) in old.exports(stack) {
            let kept = now.get(&name);
            let moves =
                |made_from: &BTreeSet<Referent>| made_from.iter().any(|from| replaced.contains(&(at, from.clone())));
            if kept.is_some_and(|kept| kept.value == export.value && !moves(&kept.made_from)) {
                continue;
            }
            let imported_by = importers(&name, template, at, old, new);
            let alike = held.iter_mut().find(|held| held.stack == template.stack && held.imported_by == imported_by);
            match alike {
                _ if imported_by.is_empty() => {}
                Some(held) => held.names.push(name),
                None => {
                    let importers_first = imported_by.iter().all(|importer| {
                        new.position(importer)
                            .is_some_and(|at| new.imported(at).all(|export| exported.contains(export)))
                            && !new.position(importer).is_some_and(|at| new.imports(at, &name))
                    });
                    let stack = template.stack.clone();
                    held.push(HeldExport { names: vec![name], stack, imported_by, importers_first });
                }
            }
        }
    }
    held
}

/// The stacks that still import an export when its stack is updated.
fn importers(name: &str, exporter: &Template, at: usize, old: &State<'_>, new: &State<'_>) -> Vec<StackId> {
    let here = (&exporter.stack.account, exporter.stack.region);
    let stacks = old.importers(name).filter_map(|importer| Some(&old.templates.get(importer)?.stack));
    let held = stacks.filter(|stack| (&stack.account, stack.region) == here);
    // One that was updated before no longer imports what its new template does not.
    let has_let_go = |stack: &StackId| new.position(stack).is_some_and(|later| later < at && !new.imports(later, name));
    held.filter(|stack| !has_let_go(stack)).cloned().collect()
}
