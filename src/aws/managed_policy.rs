//! Figures of the managed policies that one would attach instead of the role's own.
//!
//! Copied from the documents of [`COPIED`]; a test holds them against the copy. The documents: <https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html>.

use serde::Serialize;

/// The day on which the documents were copied.
pub const COPIED: &str = "2026-09-30";

/// How wide policies are that are attached together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// How many statements they have.
    pub statements: usize,
    /// How many of these are on any resource.
    pub on_any_resource: usize,
    /// How many actions they allow, as written.
    pub actions: usize,
    /// Of how many services.
    pub services: usize,
}

/// A managed policy with its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ManagedPolicy {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The day of that version.
    pub updated: &'static str,
    /// How wide it is.
    #[serde(flatten)]
    pub figures: Figures,
}

/// The policies for backup and for restore, which are usually attached together.
pub static INSTEAD: [ManagedPolicy; 2] = [
    ManagedPolicy {
        name: "AWSBackupServiceRolePolicyForBackup",
        version: "v30",
        updated: "2026-02-23",
        figures: Figures { statements: 59, on_any_resource: 18, actions: 135, services: 20 },
    },
    ManagedPolicy {
        name: "AWSBackupServiceRolePolicyForRestores",
        version: "v36",
        updated: "2026-08-27",
        figures: Figures { statements: 47, on_any_resource: 13, actions: 135, services: 18 },
    },
];
