//! The steps of a kind on the day that a region is lost, before it and after: what the runbook, which is the
//! same for every kind, asks a kind for.
//!
//! A kind knows nothing of a spec. What was meant there reaches it as a [`Site`] and as names.

use std::collections::BTreeMap;

use crate::aws::region::Region;
use crate::procedure::Step;
use crate::procedure::command::{Command, Line, Word};
use crate::text::{Sentence, Text};

/// What a kind says and does in a runbook.
#[derive(Debug)]
pub struct Steps {
    /// Why one prepares.
    pub prepare: Sentence,
    /// Where the key of a resource is shown that the spec does not name.
    pub key_shown: Sentence,
    /// Looks at what a restore does not bring along and must be there already, where there is such a thing.
    pub needed: Option<fn(&Site<'_>) -> Step>,
    /// Notes of a resource what nobody can ask any more when it is lost.
    pub note: fn(&Site<'_>, &str) -> Step,
    /// Shows whether a resource answers, and what happened to it.
    pub ask: fn(&Site<'_>, &str) -> [Line; 2],
    /// Shows all resources of the kind in a region.
    pub list: fn(&Site<'_>) -> Line,
    /// What a restore makes of a resource, and what it leaves to do.
    pub restores: fn(&str) -> Text,
    /// The words with which a spec allows restores.
    pub restore_clause: Sentence,
    /// Gathers what the metadata of a restore need.
    pub gather: fn(&Site<'_>) -> Step,
    /// The metadata; the variable is that with the key's ARN, where a key is named.
    pub metadata: fn(&Site<'_>, &Restored<'_>, Option<&str>) -> Metadata,
    /// The page about restoring it.
    pub page: &'static str,
    /// What is left to do when the restore job has ended.
    pub complete: fn(&Site<'_>, &Restored<'_>) -> Step,
    /// What a recovery point is, in a sentence.
    pub point: Sentence,
    /// The page about copying it.
    pub copy_page: &'static str,
    /// How one takes another's name; none, where a resource keeps its name for ever.
    pub rename: Option<Rename>,
    /// Shows how a resource is reached.
    pub reach: fn(&Site<'_>, &str) -> Line,
    /// Points the application at a resource.
    pub switch: fn(&Site<'_>, &str) -> Step,
    /// How to look at restored data.
    pub verify: Sentence,
    /// Deletes what a drill made.
    pub clean_up: fn(&Site<'_>, &Restored<'_>) -> Vec<Line>,
    /// What is deleted with it, and how long that may take.
    pub deleted: (Sentence, Sentence),
    /// How far the rights to restore go beside names.
    pub allowed: fn(&Restorable<'_>) -> Text,
    /// What the role cannot do.
    pub beyond_role: Sentence,
    /// What the operator must be allowed beside the commands, with its page.
    pub operator: (Sentence, &'static str),
}

/// How the name of a resource goes to the one that takes its place.
#[derive(Debug)]
pub struct Rename {
    /// Frees the name.
    pub free: fn(&Site<'_>, &str) -> Step,
    /// Gives the restored one that name, under which a plan, whose name comes last, backs it up.
    pub take: fn(&Site<'_>, &Restored<'_>, &str) -> Step,
}

/// The variable with the ARN of the recovery point that is restored, without its prefix.
pub(crate) const POINT: &str = "POINT_ARN";

/// A region of a runbook, with what steps need to know of it.
#[derive(Clone, Debug)]
pub struct Site<'a> {
    /// The region.
    pub region: &'static Region,
    /// Name of its vault.
    pub vault: &'a str,
    /// ARN of its vault.
    pub vault_arn: String,
    /// What a restore may make there; none where nothing may be restored.
    pub restore: Option<Restorable<'a>>,
    /// What its variables begin with, which keeps apart what is asked for in both regions of a chapter.
    pub prefix: &'static str,
}

/// What a restore may make.
#[derive(Clone, Debug)]
pub struct Restorable<'a> {
    /// The pattern of names, in which `<name>` is that of the resource.
    pub pattern: &'a str,
    /// The patterns for all resources.
    pub patterns: &'a [String],
    /// What was chosen of the settings of the kind, by their words.
    pub settings: BTreeMap<&'static str, &'a str>,
}

/// A resource that a restore makes.
#[derive(Clone, Copy, Debug)]
pub struct Restored<'a> {
    /// Its name.
    pub name: &'a str,
    /// Name of the one that was backed up.
    pub of: &'a str,
}

/// What a restore job is told.
#[derive(Debug)]
pub struct Metadata {
    /// What to know of it.
    pub prose: Vec<Text>,
    /// Keys and values, which may name shell variables and are JSON-escaped.
    pub fields: Vec<(&'static str, String)>,
}

impl Site<'_> {
    /// Code of the region.
    pub(crate) fn code(&self) -> &'static str {
        self.region.code
    }

    /// A command that asks this region.
    pub(crate) fn command(&self, service: &'static str, operation: &'static str) -> Command {
        Command::new(self.code(), service, operation)
    }

    /// A command of AWS Backup that names this region's vault.
    pub(crate) fn backup(&self, operation: &'static str) -> Command {
        self.command("backup", operation).with("--backup-vault-name", self.vault)
    }

    /// A command about the chosen recovery point of this region.
    pub(crate) fn about_point(&self, operation: &'static str) -> Command {
        self.backup(operation).expand("--recovery-point-arn", self.value(POINT))
    }

    /// A variable of this region.
    pub(crate) fn variable(&self, name: &str) -> String {
        format!("{}_{name}", self.prefix)
    }

    /// The value of a variable of this region.
    pub(crate) fn value(&self, name: &str) -> String {
        format!("${}", self.variable(name))
    }

    /// The variable of a setting of the kind, for where nothing was chosen: `SOURCE_SUBNET_GROUP` of `subnet-group`.
    pub(crate) fn setting_variable(&self, word: &str) -> String {
        self.variable(&word.to_ascii_uppercase().replace('-', "_"))
    }

    /// A setting of the kind: as chosen, or from its variable.
    pub(crate) fn setting(&self, word: &str) -> Word {
        let chosen = self.restore.as_ref().and_then(|restore| restore.settings.get(word));
        chosen.map_or_else(
            || Word::Expand(format!("${}", self.setting_variable(word))),
            |name| Word::Plain((*name).to_owned()),
        )
    }

    /// The pattern that the name of what is restored from a resource must match.
    pub(crate) fn pattern(&self, of: &str) -> String {
        self.restore.as_ref().map_or(of, |restore| restore.pattern).replace("<name>", of)
    }
}
