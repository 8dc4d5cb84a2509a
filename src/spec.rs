//! The resolved document: what is meant, with no syntax left.
//!
//! INVARIANT: every value in it is one that AWS accepts in its place, and knows where it was
//! written and at which level it was decided. While there are errors, a statement says of which of
//! its parts this is not so ([`Part`]), and checks are silent about these.

pub(crate) mod account;
pub(crate) mod destination;
pub mod placement;
pub(crate) mod resource;
pub(crate) mod timing;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::Serialize;

use crate::aws::arn::Principal;
use crate::aws::location::{AccountId, Location};
use crate::aws::region::Region;
use crate::kind::Kind;
use crate::source::{FileId, Span, Spanned};
pub use crate::syntax::clause::Part;
use crate::text::Language;
use crate::time::lower::{Clock, Expression};
pub use crate::time::plan::Retention;
use crate::time::schedule::Schedule;
use crate::time::window::Blackout;
use destination::FormerDestination;
use placement::{Key, Vault};
pub use resource::{KeyName, Named, Role, VaultName};

/// Every system of a compilation, in the order of their names.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The instant from which coming dates are counted; no file that is written depends on it.
    pub now: Timestamp,
    /// The systems.
    pub systems: Vec<System>,
}

impl Spec {
    /// Every statement with its system.
    pub fn statements(&self) -> impl Iterator<Item = (&System, &Statement)> {
        self.systems.iter().flat_map(|system| system.statements.iter().map(move |statement| (system, statement)))
    }
}

/// At which level a value was decided; the first that says something counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Written behind the schedule.
    Rule,
    /// Written in the statement.
    Statement,
    /// Written in an item for the whole file, such as `system` or `key`.
    Item,
    /// Inherited from the file's `defaults`.
    Defaults,
    /// The language's own default.
    Language,
    /// Made from what is written at its place.
    Derived,
    /// Made from what the statement inherits from `defaults`.
    DerivedFromDefaults,
}

impl Level {
    /// The level of what is made from something of this level.
    #[must_use]
    pub fn derived(self) -> Self {
        match self {
            Self::Defaults | Self::DerivedFromDefaults => Self::DerivedFromDefaults,
            Self::Rule | Self::Statement | Self::Item | Self::Language | Self::Derived => Self::Derived,
        }
    }

    /// Whether nobody chose the value itself.
    pub fn is_derived(self) -> bool {
        matches!(self, Self::Derived | Self::DerivedFromDefaults)
    }
}

/// A value, where it was written, and at which level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chosen<T> {
    /// The value.
    pub value: T,
    /// Where it was written; for a derived value, what it was derived from.
    pub span: Span,
    /// Who decided.
    pub level: Level,
}

impl<T> Chosen<T> {
    /// Puts a value, its place and its level together.
    pub fn new(value: T, span: Span, level: Level) -> Self {
        Self { value, span, level }
    }

    /// What is written, and at which level.
    pub fn written(word: Spanned<T>, level: Level) -> Self {
        Self::new(word.node, word.span, level)
    }

    /// What is made from it.
    pub(crate) fn derive<U>(&self, make: impl FnOnce(&T) -> U) -> Chosen<U> {
        Chosen::new(make(&self.value), self.span, self.level.derived())
    }
}

/// One file: a system with its statements.
#[derive(Clone, Debug)]
pub struct System {
    /// What was reported of it; nothing in a spec without errors.
    pub reported: BTreeSet<Part>,
    /// The file.
    pub file: FileId,
    /// Prefix of every generated name.
    pub name: Chosen<String>,
    /// How statements are spread over stacks.
    pub layout: Chosen<StackLayout>,
    /// The accounts: the id of each, where the file names it. The system's own is always there.
    pub accounts: Vec<Option<Spanned<String>>>,
    /// Settings of keys, ordered by name.
    pub key_settings: Vec<KeySettings>,
    /// Settings of every key that has none of its own.
    pub key_defaults: KeyOptions,
    /// The statements, ordered by name.
    pub statements: Vec<Statement>,
    /// The vaults that statements name whose places are known, ordered by location and name.
    pub vaults: Vec<Vault>,
    /// The keys of these places, ordered by location and name.
    pub keys: Vec<Key>,
}

/// How a system's statements are spread over stacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StackLayout {
    /// All plans in the source stack.
    PerSystem,
    /// A stack of its own for each statement's plan, selection, role and policy.
    PerStatement,
}

/// A `key` item.
#[derive(Clone, Debug)]
pub struct KeySettings {
    /// The key's name.
    pub name: Spanned<String>,
    /// The whole item.
    pub span: Span,
    /// What it says.
    pub options: KeyOptions,
}

/// What can be said of a key.
#[derive(Clone, Debug)]
pub struct KeyOptions {
    /// Who says who may administer it.
    pub level: Level,
    /// Who may administer it; ordered.
    pub admins: Vec<Spanned<Principal>>,
    /// Days between rotations of its material; none, where it is never rotated.
    pub rotation: Chosen<Option<u32>>,
}

/// One `backup` statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// What was reported of it; nothing in a spec without errors.
    pub reported: BTreeSet<Part>,
    /// The whole statement.
    pub span: Span,
    /// The target: kind and names.
    pub target: Span,
    /// The name by which the system knows it, and from which those of its plan, selection and role are made: the one that
    /// it is given, else its plan's if one was written, else that of what it backs up.
    pub name: Chosen<String>,
    /// What is backed up, kind by kind.
    pub groups: Vec<Group>,
    /// Where it lives.
    pub source: Place,
    /// The `from` clause.
    pub from: Span,
    /// The key that it is encrypted with.
    pub resource_key: ResourceKey,
    /// The rules, ordered by name.
    pub rules: Vec<Rule>,
    /// Where copies were made once, ordered by region and vault.
    pub former: Vec<FormerDestination>,
    /// Name of the backup plan.
    pub plan: Chosen<String>,
    /// Name of the selection.
    pub selection: Chosen<String>,
    /// The role that AWS Backup works with.
    pub role: Chosen<Role>,
    /// Where `no restore` was written, if it holds.
    pub no_restore: Option<Chosen<()>>,
    /// The recovery point objective in minutes, where one is promised.
    pub rpo: Option<Chosen<u32>>,
    /// The resources' own windows, in and before which some kinds are not backed up.
    pub closed_windows: Vec<ClosedWindow>,
    /// Tags of everything that is made for it and can have tags, ordered by key.
    pub tags: Vec<Chosen<Tag>>,
}

impl System {
    /// Whether every place is known that its statements name, so that what is not among them is
    /// nowhere.
    pub fn knows_every_place(&self) -> bool {
        !self.reported.contains(&Part::Places) && self.statements.iter().all(Statement::knows_places)
    }
}

impl Statement {
    /// Whether nothing was reported of a part.
    pub fn knows(&self, part: Part) -> bool {
        !self.reported.contains(&part)
    }

    /// Whether its regions, vaults and keys are what was meant.
    pub fn knows_places(&self) -> bool {
        self.knows(Part::Source) && self.knows(Part::Places)
    }

    /// Every copy that is made, of every rule.
    pub fn copies(&self) -> impl Iterator<Item = &Copy> {
        self.rules.iter().flat_map(|rule| rule.copies.iter())
    }

    /// Every resource that is backed up.
    pub fn resources(&self) -> impl Iterator<Item = &Spanned<String>> {
        self.groups.iter().flat_map(|group| &group.names)
    }

    /// Every resource that is backed up with its kind.
    pub fn named(&self) -> impl Iterator<Item = (&'static Kind, &str)> {
        self.groups.iter().flat_map(|group| group.names.iter().map(|name| (group.kind, name.node.as_str())))
    }

    /// What is backed up, in words: `cluster mydb`; of many resources of a kind, so many names.
    pub fn backed_up(&self, names: usize, language: Language) -> String {
        let told = |group: &Group| {
            let all: Vec<&str> = group.names.iter().map(|name| name.node.as_str()).collect();
            format!("{} {}", language.pick(group.kind.words.of(all.len())), language.first(names, &all))
        };
        let groups: Vec<String> = self.groups.iter().map(told).collect();
        groups.join(language.say(" and ", " と"))
    }

    /// Whether anything may be restored.
    pub fn restores(&self) -> bool {
        self.groups.iter().any(|group| !group.restores.is_empty())
    }

    /// What may be restored in a region, kind by kind.
    pub fn restores_in(&self, region: &Region) -> impl Iterator<Item = (&'static Kind, &Restore)> {
        self.groups.iter().filter_map(|group| Some((group.kind, group.restores.get(region.code)?)))
    }

    /// Every place that the statement uses, the source first.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        std::iter::once(&self.source).chain(self.destinations().map(|destination| destination.place))
    }
}

/// A region with the vault and the key in it.
#[derive(Clone, Debug)]
pub struct Place {
    /// The region.
    pub region: Spanned<&'static Region>,
    /// The backup vault.
    pub vault: Chosen<VaultName>,
    /// The key that encrypts the vault.
    pub key: Chosen<KeyName>,
}

impl Place {
    /// Where it is.
    pub fn location(&self) -> Location {
        Location { account: AccountId::OWN, region: self.region.node }
    }

    /// Location and vault, which identify it.
    pub fn identity(&self) -> (Location, &str) {
        (self.location(), self.vault.value.name())
    }
}

/// The key that resources themselves are encrypted with, and of some kinds their recovery points:
/// see [`crate::kind::Encryption`].
#[derive(Clone, Debug)]
pub enum ResourceKey {
    /// `encrypted by` says so.
    Written(Chosen<KeyName>),
    /// Nothing was written: it may be any key of the region, of any account, but none that drc makes, since the
    /// resources were there before it.
    Unknown,
}

/// Resources of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    /// The kind.
    pub kind: &'static Kind,
    /// The resources, ordered by name.
    pub names: Vec<Spanned<String>>,
    /// Where a restore is possible and what it may make, by region; empty with `no restore`.
    pub restores: BTreeMap<&'static str, Restore>,
}

/// One rule: when, how long, and where to.
#[derive(Clone, Debug)]
pub struct Rule {
    /// The schedule and everything behind it.
    pub span: Span,
    /// Name of the rule.
    pub name: Chosen<String>,
    /// When it runs.
    pub schedule: Spanned<Schedule>,
    /// By which clock the schedule is written.
    pub clock: Chosen<Clock>,
    /// What AWS Backup runs it by; never empty.
    pub expressions: Vec<Expression>,
    /// How long recovery points stay in the source vault.
    pub keep: Chosen<Retention>,
    /// Minutes within which a job must start.
    pub start_window: Chosen<u32>,
    /// Minutes within which a job must complete.
    pub completion_window: Chosen<u32>,
    /// Copies, ordered by region and vault.
    pub copies: Vec<Copy>,
}

impl Rule {
    /// How many copies of a recovery point go into a region.
    pub fn copies_into(&self, region: &str) -> usize {
        self.copies.iter().filter(|copy| copy.place.region.node.code == region).count()
    }
}

/// A copy of a rule's recovery points in another region.
#[derive(Clone, Debug)]
pub struct Copy {
    /// The `to` clause.
    pub span: Span,
    /// At which level it was written.
    pub level: Level,
    /// Where to.
    pub place: Place,
    /// How long the copies stay.
    pub keep: Chosen<Retention>,
}

/// What a restore in one region may make.
#[derive(Clone, Debug)]
pub struct Restore {
    /// Patterns of the restored resources' names, ordered.
    pub patterns: Vec<String>,
    /// Where the pattern was decided.
    pub pattern: Chosen<String>,
    /// What was chosen of the settings of the kind, by their words.
    pub settings: BTreeMap<&'static str, Chosen<String>>,
}

/// A window in which AWS Backup starts no job of some engines.
#[derive(Clone, Debug)]
pub struct ClosedWindow {
    /// The words that begin the clause.
    pub clause: &'static str,
    /// The clause.
    pub span: Span,
    /// When it is.
    pub window: Blackout,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: String,
}
