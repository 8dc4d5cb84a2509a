//! The steps of a kind in a runbook: what the runbook, which is the same for every kind, asks a kind for.
//!
//! A kind knows nothing of a spec, a region or a name. Its steps work at a place, on each resource of it, and speak of
//! shell variables: `$REGION` and, for each resource, `$NAME` (of the one that is backed up), `$NEW` (of the one that
//! is made) and the settings of the kind.

use std::collections::BTreeMap;

use crate::procedure::Step;
use crate::procedure::command::Command;
use crate::procedure::line::{Document, Line};
use crate::text::{Sentence, Text};

/// What a kind says and does in a runbook.
#[derive(Debug)]
pub struct Steps {
    /// Why one prepares.
    pub prepare: Sentence,
    /// Where the key of a resource is shown that the spec does not name.
    pub key_shown: Sentence,
    /// What a restore is told that the spec need not know.
    pub settings: &'static [AskedSetting],
    /// Shows what can be chosen for the settings.
    pub choices: fn() -> Vec<Line>,
    /// Holds the settings of a resource against the region.
    pub check: fn() -> Vec<Line>,
    /// How to see that the settings fit, where there are any.
    pub fits: Sentence,
    /// Notes of each resource what nobody can ask any more when it is lost.
    pub note: fn() -> Step,
    /// Shows whether the resources of a region answer, and what happened to them.
    pub ask: fn(&'static str) -> Vec<Command>,
    /// Shows all resources of the kind in a region.
    pub list: fn() -> Line,
    /// What a restore makes of a resource, and what it leaves to do.
    pub restores: Sentence,
    /// The words with which a spec allows restores.
    pub restore_clause: Sentence,
    /// Finds out of a recovery point what its restore is told.
    pub gather: fn() -> Vec<Line>,
    /// What the restore of a recovery point is told.
    pub metadata: fn() -> Metadata,
    /// The page about restoring it.
    pub page: &'static str,
    /// What is left to do when the resource has been made.
    pub complete: fn() -> Step,
    /// The kind's own backups, where it has any.
    pub own_backups: Option<OwnBackups>,
    /// What a recovery point is, in a sentence.
    pub point: Sentence,
    /// The page about copying it.
    pub copy_page: &'static str,
    /// How one takes another's name; none, where a resource keeps its name for ever.
    pub rename: Option<Rename>,
    /// Shows how a resource is reached.
    pub reach: fn() -> Line,
    /// Points the application at each new resource.
    pub switch: fn() -> Step,
    /// How to look at restored data.
    pub verify: Sentence,
    /// Deletes what a drill made, resource by resource.
    pub clean_up: fn() -> Vec<Line>,
    /// What is deleted with it, and how long that may take.
    pub deleted: (Sentence, Sentence),
    /// How far the rights to restore go beside names.
    pub allowed: fn(&Restorable<'_>) -> Text,
    /// What the role cannot do.
    pub beyond_role: Sentence,
    /// What the operator must be allowed beside the commands, with its page.
    pub operator: (Sentence, &'static str),
}

/// Something that a restore is told and that the spec need not know.
#[derive(Debug)]
pub struct AskedSetting {
    /// The variable.
    pub variable: &'static str,
    /// The word of the language with which a spec says it, where there is one.
    pub word: Option<&'static str>,
    /// What it is.
    pub hint: Sentence,
}

/// The backups that the service of a kind makes by itself, from which a resource goes back to a point in time.
#[derive(Debug)]
pub struct OwnBackups {
    /// What they are called.
    pub called: Sentence,
    /// When there are none, where that can be.
    pub absent: Option<Sentence>,
    /// What is lost with them at worst.
    pub loses: Sentence,
    /// Finds the latest time that a resource can go back to.
    pub time: fn() -> Step,
    /// Makes each resource again as it was at that time.
    pub restore: fn() -> Step,
}

/// What is lost with backups that are made all the time.
///
/// Sources: <https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-pitr.html>,
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html>.
pub(crate) const MINUTES_LOST: Sentence = Sentence::new("the last minutes, usually five", "直近の数分(通常は約 5 分)");

/// How the name of a resource goes to the one that takes its place.
#[derive(Debug)]
pub struct Rename {
    /// Frees the names.
    pub free: fn() -> Step,
    /// Gives the new ones these names, under which plans back them up.
    pub take: fn() -> Step,
}

/// The variable with the ARN of the recovery point that is restored.
pub(crate) const POINT: &str = "POINT_ARN";

/// The variable with the ARN of the key of what is restored; empty where none is named.
pub(crate) const KEY: &str = "KEY_ARN";

/// The mark of a place that was entered.
pub(crate) const PLACE: &str = "place";

/// The mark of settings that fit.
pub(crate) const SETTINGS: &str = "settings";

/// The mark of chosen moments in time.
pub(crate) const TIMES: &str = "times";

/// The mark of resources that were made.
pub(crate) const MADE: &str = "made";

/// The mark of resources that can be used.
pub(crate) const READY: &str = "ready";

/// The mark of names that nothing has any more.
pub(crate) const FREED: &str = "freed";

/// What a restore may make.
#[derive(Clone, Debug)]
pub struct Restorable<'a> {
    /// The patterns of names.
    pub patterns: &'a [String],
    /// What was chosen of the settings of the kind, by their words.
    pub settings: BTreeMap<&'static str, &'a str>,
}

/// What a restore job is told.
#[derive(Debug)]
pub struct Metadata {
    /// What to know of it.
    pub prose: Vec<Text>,
    /// The document.
    pub document: Document,
}

/// A command of AWS Backup that names the vault of the place.
pub(crate) fn of_vault(operation: &'static str) -> Command {
    Command::here("backup", operation).expand("--backup-vault-name", "$VAULT")
}

/// A command about the chosen recovery point.
pub(crate) fn of_point(operation: &'static str) -> Command {
    of_vault(operation).expand("--recovery-point-arn", format!("${POINT}"))
}
