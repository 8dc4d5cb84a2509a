//! Templates over templates to what deploying them does: to recovery points that exist, to each resource, and in time.

pub mod deployed;
mod guards;
pub mod html;
pub mod json;
mod keys;
pub mod markdown;
mod need;
pub mod places;
pub mod plan;
mod points;
mod refused;
pub mod report;
pub mod resource;
mod resources;
mod rights;
mod roles;
pub(crate) mod rules;
pub mod text;
mod timing;
pub mod update;
mod vaults;
pub mod words;

use jiff::Timestamp;

use crate::source::{Sources, Span};
use crate::text::{Language, say};

use deployed::{StackId, State, Template};
use points::Sides;
pub use report::{Address, Item, Subject, Verdict};
use update::{StackAction, Update};

/// What a change does.
#[derive(Debug, Default)]
pub struct Change {
    /// What becomes of recovery points that exist.
    pub points: Vec<Item>,
    /// What CloudFormation does.
    pub cloudformation: Vec<Item>,
    /// What changes in time and protection.
    pub timing: Vec<Item>,
    /// Every stack with what becomes of it, in the order in which the new ones are deployed.
    pub stacks: Vec<(StackId, StackAction)>,
    /// What CloudFormation does to each resource, for machines.
    pub resources: Vec<ChangedResource>,
    /// Allowances of the new spec that allow nothing of it, each with its code.
    pub unused: Vec<(Span, &'static str)>,
}

/// A resource with what CloudFormation does to it.
#[derive(Clone, Debug)]
pub struct ChangedResource {
    /// Where it is.
    pub address: Address,
    /// Its type.
    pub kind: String,
    /// What it is called.
    pub name: String,
    /// What is done.
    pub action: update::Action,
}

/// A template that differs.
#[derive(Clone, Debug)]
pub struct Hunk {
    /// Where it is.
    pub path: String,
    /// The difference as `diff -u` writes it.
    pub diff: String,
}

/// A change as it is told.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The change.
    pub change: &'a Change,
    /// The templates that differ.
    pub hunks: &'a [Hunk],
    /// The new spec, where there is one.
    pub sources: &'a Sources,
    /// The language.
    pub language: Language,
}

/// The templates that differ, in the order of the new side.
pub fn hunks<'a>(old: &State<'a>, new: &State<'a>) -> Vec<Hunk> {
    let find = |state: &State<'a>, stack: &StackId| Some(state.templates.get(state.position(stack)?)?.text.as_str());
    let gone = old.templates.iter().filter(|template| new.position(&template.stack).is_none());
    let hunk = |template: &Template| {
        let (before, after) = (find(old, &template.stack), find(new, &template.stack));
        let path = format!("{}/{}", template.stack.region, template.stack.name);
        (before != after).then(|| Hunk { diff: crate::text::unified_diff(&path, before, after), path })
    };
    new.templates.iter().chain(gone).filter_map(hunk).collect()
}

/// Works out what deploying `new` over `old` does, with coming runs counted from `now`. `account` is the one that both are
/// deployed to, if only one side says so.
pub fn change(old: &State<'_>, new: &State<'_>, account: Option<&str>, now: Timestamp) -> Change {
    let (old_plans, new_plans) = (plan::plans(old), plan::plans(new));
    let update = update::update(old, new, &plan::existing(old, &old_plans));
    let [old_attached, new_attached] = [old, new].map(rights::attached);
    let sides = Sides { old, new, update: &update, old_plans, new_plans, old_attached, new_attached };
    let mut change = Change {
        points: points::items(&sides),
        cloudformation: resources::items(&sides),
        timing: timing::items(&sides, now),
        resources: changed(&update, old, new),
        stacks: update.stacks.clone(),
        unused: Vec::new(),
    };
    change.cloudformation.extend(account.map(|account| {
        Item::unseen(
            Subject::Whole,
            say!(
                "both are deployed to account {account}, which only one of them names",
                "両方ともアカウント {account} にデプロイする場合: アカウントは片方にしか書かれていません"
            ),
        )
    }));
    for section in [&mut change.points, &mut change.cloudformation, &mut change.timing] {
        section.sort_by_key(|item| std::cmp::Reverse((item.verdict, item.is_condition)));
    }
    change
}

fn changed(update: &Update, old: &State<'_>, new: &State<'_>) -> Vec<ChangedResource> {
    let of = |change: &update::ResourceChange| {
        let of_new = change.new.and_then(|at| Some((new, new.resources.get(at)?)));
        let (state, resource) = of_new.or_else(|| change.old.and_then(|at| Some((old, old.resources.get(at)?))))?;
        Some(ChangedResource {
            address: state.address(resource),
            kind: resource.kind.clone(),
            name: resource.name(),
            action: change.action.clone(),
        })
    };
    update.resources.iter().filter(|change| change.action != update::Action::Kept).filter_map(of).collect()
}

impl Change {
    /// Everything that is said, section by section.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.points.iter().chain(&self.cloudformation).chain(&self.timing)
    }

    /// Everything that is said, to be added to.
    pub fn items_mut(&mut self) -> impl Iterator<Item = &mut Item> {
        self.points.iter_mut().chain(&mut self.cloudformation).chain(&mut self.timing)
    }

    /// How serious it is as a whole.
    pub fn verdict(&self) -> Verdict {
        self.items().map(Item::counts_as).max().unwrap_or(Verdict::Safe)
    }

    /// Whether it is safe whatever was not seen.
    pub fn is_safe(&self) -> bool {
        self.verdict() == Verdict::Safe && self.conditions().next().is_none()
    }

    /// What was not seen and decides whether that holds.
    pub fn conditions(&self) -> impl Iterator<Item = &Item> {
        self.items().filter(|item| item.is_condition)
    }

    /// Whether nothing is deployed otherwise than before.
    pub fn is_empty(&self) -> bool {
        self.resources.is_empty() && self.stacks.iter().all(|(_, action)| *action == StackAction::Kept)
    }
}
