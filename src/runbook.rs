//! The runbook: what to type in the night in which something is lost, before it and after.
//!
//! It is made from the same resolved document as the templates, so that names, regions and ARNs are those that were
//! deployed. Page one decides; then comes the night, and apart from it everything else. What is the same for every kind
//! of resource is said here; what is a kind's own is its `Steps`. Resources of a kind that are backed up from one place
//! are a table and one procedure, however many they are.
//!
//! INVARIANT: everything said is a [`Text`], so it exists in both languages.

mod before;
mod drill;
mod figures;
mod front;
pub mod html;
pub mod json;
mod label;
mod loss;
pub mod markdown;
mod name;
mod night;
mod own_backups;
mod permissions;
mod place;
mod returning;
mod scope;
mod stacks;

use crate::analysis::Analyses;
use crate::procedure::Step;
use crate::spec::Spec;
use crate::text::{self, Text, say};
use scope::Scope;

/// What to do for every resource of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runbook {
    /// What it is for.
    pub title: Text,
    /// What is read first.
    pub front: Front,
    /// The night, then what is apart from it.
    pub phases: Vec<Phase>,
}

/// Page one: what is decided, what is lost with it, and the names that are typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Front {
    /// What may have happened, and what to do then.
    pub decisions: Vec<Decision>,
    /// What holds whatever is decided.
    pub always: Vec<Text>,
    /// What comes back, and where.
    pub returns: Vec<Return>,
}

/// Something that may have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// What is seen.
    pub seen: Text,
    /// What to do.
    pub act: Text,
    /// The numbers of the steps that this names, and the letters of the sections.
    pub steps: Vec<String>,
    /// What is lost at worst.
    pub loses: Text,
}

/// Resources that come back at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// The word of their kind, such as `cluster`.
    pub kind: &'static str,
    /// Each resource with the name that it comes back under.
    pub resources: Vec<(String, String)>,
    /// These in a few words.
    pub what: Text,
    /// Code of the region.
    pub region: &'static str,
    /// The region by name and code.
    pub place: Text,
    /// The vault.
    pub vault: String,
    /// The number of the step that goes there.
    pub step: String,
    /// What is lost at worst.
    pub loses: Text,
}

/// A part of the runbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Its name for machines, such as `night`.
    pub id: &'static str,
    /// What it is.
    pub title: Text,
    /// What to know first.
    pub prose: Vec<Text>,
    /// What is done, resources by resources.
    pub sections: Vec<Section>,
}

/// What a phase is for some resources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The letters that its steps begin with, each section its own.
    pub label: String,
    /// What it is about.
    pub title: Text,
    /// What to know first.
    pub prose: Vec<Text>,
    /// The places of which one is entered first, each by a step of its own.
    pub places: Vec<Step>,
    /// What to do there.
    pub steps: Vec<Step>,
}

impl Section {
    fn new(title: Text) -> Self {
        Self { label: String::new(), title, prose: Vec::new(), places: Vec::new(), steps: Vec::new() }
    }

    /// Every step with its number, such as `B4`; places are told apart by a letter: `B1a`, `B1b`.
    pub fn numbered(&self) -> impl Iterator<Item = (String, &Step)> {
        let (label, count) = (&self.label, self.places.len());
        let places = self.places.iter().enumerate();
        let places = places.map(move |(index, place)| (label::place(label, index, count), place));
        let first = 1 + usize::from(count > 0);
        places.chain(self.steps.iter().zip(first..).map(move |(step, number)| (format!("{label}{number}"), step)))
    }
}

impl Runbook {
    /// Every step, in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        let sections = self.phases.iter().flat_map(|phase| &phase.sections);
        sections.flat_map(|section| section.places.iter().chain(&section.steps))
    }
}

/// The runbook of a spec. Figures are counted from the spec's instant.
pub fn runbook(spec: &Spec) -> Runbook {
    let systems: Vec<&str> = spec.systems.iter().map(|system| system.name.value.as_str()).collect();
    let names = systems.join(", ");
    let analyses = Analyses::of(spec);
    let mut scopes: Vec<Scope<'_>> = spec.systems.iter().flat_map(|system| scope::scopes(system, &analyses)).collect();
    scope::label(&mut scopes);
    let mut phases =
        vec![night::phase(&scopes), before::phase(&scopes), returning::phase(&scopes), drill::phase(&scopes)];
    phases.extend(stacks::phase(&scopes));
    let permissions = permissions::phase(&scopes, &phases);
    phases.push(permissions);
    for (index, section) in phases.iter_mut().flat_map(|phase| &mut phase.sections).enumerate() {
        section.label = label::letters(index);
    }
    Runbook {
        title: say!("Runbook of {names}: when something is lost", "{names} のランブック: 障害時の手順"),
        front: front::front(&scopes),
        phases,
    }
}
