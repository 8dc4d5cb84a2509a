//! What is left when a region is lost: the plan run event by event up to that moment.

pub mod json;
pub mod text;

use std::num::NonZeroU32;

use jiff::Timestamp;

use crate::aws::region::Region;
use crate::batch::{cores, in_batches};
use crate::queue::Queues;
use crate::spec::destination::{FormerDestination, Left};
use crate::spec::{Spec, Statement, System};
use crate::text::{Text, say};
use crate::time::length::Minutes;
use crate::time::plan::{self, Where, Windows};
use crate::time::simulation::{Assumptions, Event, Pace, Point, Simulation, Stretch, leaves_out, simulate, since};

/// How far back events are told.
pub const REMEMBERED: Minutes = Minutes::days(7);

/// A loss, and what is taken for granted about the jobs before it.
#[derive(Clone, Copy, Debug)]
pub struct Loss {
    /// The region that is lost.
    pub region: &'static Region,
    /// When.
    pub at: Timestamp,
    /// How long a backup job takes.
    pub backup_takes: Minutes,
    /// How long a copy takes once its turn has come.
    pub copy_takes: Minutes,
    /// Every so many runs of a rule, one fails.
    pub fail_every: Option<NonZeroU32>,
}

/// What becomes of one statement.
#[derive(Clone, Debug)]
pub struct Outcome<'a> {
    /// Name of the system.
    pub system: &'a str,
    /// The statement.
    pub statement: &'a Statement,
    /// Whether the resources themselves are lost.
    pub source_lost: bool,
    /// One for each pace of the jobs.
    pub scenarios: Vec<Scenario>,
    /// From when on runs were played, if older ones may have left recovery points that are not counted: there
    /// are too many of them.
    pub played_from: Option<Timestamp>,
    /// Surviving places that nothing is copied to any more. What they hold was copied before the spec
    /// became what it is, so no scenario counts it.
    pub former: Vec<FormerSurvivor<'a>>,
}

/// A place that is left, and that nothing is copied to any more.
#[derive(Clone, Debug)]
pub struct FormerSurvivor<'a> {
    /// The clause that says so.
    pub destination: &'a FormerDestination,
    /// Whether the last copy has expired.
    pub is_empty: bool,
}

impl<'a> FormerSurvivor<'a> {
    fn new(destination: &'a FormerDestination, loss: &Loss) -> Self {
        // The last copy may be there on the whole day on which it expires.
        let day = jiff::tz::TimeZone::UTC.to_datetime(loss.at).date();
        let is_empty = matches!(destination.left(), Left::Until(date) if date < day);
        Self { destination, is_empty }
    }
}

/// What is left at one pace of the jobs.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// How the jobs fared.
    pub pace: Pace,
    /// The surviving places, with what can be restored from there.
    pub places: Vec<Survivor>,
    /// What happened in the last [`REMEMBERED`], in order.
    pub events: Vec<Event>,
}

/// A place that is left.
#[derive(Clone, Debug)]
pub struct Survivor {
    /// Code of its region.
    pub region: &'static str,
    /// The vault.
    pub vault: String,
    /// The key that its recovery points are encrypted with, by name or ARN.
    pub key: Text,
    /// The recovery points that can be restored from, oldest first.
    pub points: Vec<Point>,
    /// How much data is lost if one restores the newest; none if there is none.
    pub loss: Option<Minutes>,
    /// After how many batches of copies those to it are done; none for the source.
    pub batches: Option<u32>,
}

impl Scenario {
    /// The least data that is lost in any surviving place; none if nothing is left.
    pub fn loss(&self) -> Option<Minutes> {
        self.places.iter().filter_map(|place| place.loss).min()
    }
}

impl Outcome<'_> {
    /// The scenario of a pace.
    pub fn scenario(&self, pace: Pace) -> Option<&Scenario> {
        self.scenarios.iter().find(|scenario| scenario.pace == pace)
    }

    /// The smallest loss of all scenarios; none if nothing is left in any.
    pub fn best(&self) -> Option<Minutes> {
        self.scenarios.iter().filter_map(Scenario::loss).min()
    }

    /// The loss when every job is on time.
    pub fn expected(&self) -> Option<Minutes> {
        self.scenario(Pace::OnTime).and_then(Scenario::loss)
    }

    /// Regions that nothing is copied to any more, and that may still hold copies.
    pub fn former_regions(&self) -> Vec<&'static str> {
        let left = self.former.iter().filter(|former| !former.is_empty);
        let mut regions: Vec<&str> = left.map(|former| former.destination.place.region.node.code).collect();
        regions.dedup();
        regions
    }

    /// The largest loss of all scenarios; none if nothing is left in one of them.
    pub fn worst(&self) -> Option<Minutes> {
        let losses: Option<Vec<Minutes>> = self.scenarios.iter().map(Scenario::loss).collect();
        losses.and_then(|losses| losses.into_iter().max())
    }
}

impl Loss {
    /// How long after its time the copy of a run may be ready to begin, and when it no longer is: with
    /// slow jobs at any moment of the windows; otherwise when the backup is done, and until the copy is.
    fn ready(&self, windows: Windows, pace: Pace) -> (Minutes, Minutes) {
        match pace {
            Pace::Slowest => (Minutes::ZERO, windows.latest_completion()),
            Pace::OnTime | Pace::OneFailed => {
                let done = self.backup_takes.min(windows.completion());
                (done, done + self.copy_takes)
            }
        }
    }
}

/// What becomes of every statement that uses the region, played out when it is asked for: what is left of
/// one may be much.
pub fn outcomes<'a>(spec: &'a Spec, loss: &'a Loss) -> impl Iterator<Item = Outcome<'a>> {
    let queues = Pace::ALL.map(|pace| (pace, Queues::of(spec, spec.now, |windows| loss.ready(windows, pace))));
    let uses = |(_, statement): &(_, &Statement)| statement.places().any(|place| place.region.node == loss.region);
    let concerned = spec.statements().filter(uses);
    in_batches(concerned, cores(), move |(system, statement)| outcome(system, statement, &queues, loss)).flatten()
}

fn outcome<'a>(
    system: &'a System,
    statement: &'a Statement,
    queues: &[(Pace, Queues<'_>)],
    loss: &Loss,
) -> Option<Outcome<'a>> {
    let timing = statement.timing()?;
    let scenarios = queues.iter().map(|(pace, queues)| {
        let rules = queues.timing(statement)?;
        Some(scenario(statement, &rules, loss, *pace))
    });
    Some(Outcome {
        system: &system.name.value,
        statement,
        source_lost: statement.source.region.node == loss.region,
        scenarios: scenarios.collect::<Option<_>>()?,
        played_from: leaves_out(&timing, loss.at).then(|| since(&timing, loss.at)),
        former: statement
            .former
            .iter()
            .filter(|former| former.place.region.node != loss.region)
            .map(|former| FormerSurvivor::new(former, loss))
            .collect(),
    })
}

fn scenario(statement: &Statement, rules: &[plan::TimedRule], loss: &Loss, pace: Pace) -> Scenario {
    let assumptions =
        Assumptions { backup_takes: loss.backup_takes, copy_takes: loss.copy_takes, fail_every: loss.fail_every, pace };
    let told = (Minutes::ZERO - REMEMBERED).after(loss.at);
    let stretch = Stretch { from: since(rules, loss.at), told, until: loss.at };
    let simulation = simulate(rules, &assumptions, stretch);
    let mut places = Vec::new();
    if statement.source.region.node != loss.region {
        let key = match &statement.resource_key {
            crate::spec::ResourceKey::Written(key) => same(key.value.identifier()),
            crate::spec::ResourceKey::Unknown => say!("that of the resource", "リソース自身のキー"),
        };
        places.push(survivor(&simulation, rules, &statement.source, &Where::Source, key));
    }
    for copy in statement.copies().filter(|copy| copy.place.region.node != loss.region) {
        let vault = Where::Copy(statement.place_name(&copy.place));
        let found = survivor(&simulation, rules, &copy.place, &vault, same(copy.place.key.value.identifier()));
        if places.iter().all(|other| (other.region, &other.vault) != (found.region, &found.vault)) {
            places.push(found);
        }
    }
    Scenario { pace, places, events: simulation.events }
}

fn survivor(
    simulation: &Simulation,
    rules: &[plan::TimedRule],
    place: &crate::spec::Place,
    at: &Where,
    key: Text,
) -> Survivor {
    Survivor {
        region: place.region.node.code,
        vault: place.vault.value.name().to_owned(),
        key,
        points: simulation.usable(at).to_vec(),
        loss: simulation.loss(at),
        batches: rules.iter().filter_map(|rule| rule.copy_to(at)).map(|copy| copy.batches).max(),
    }
}

/// What is written alike in both languages.
fn same(name: String) -> Text {
    Text { en: name.clone(), ja: name }
}
