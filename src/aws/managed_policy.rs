//! Figures of the managed policies that one would attach instead of the role's own.
//!
//! Copied from the documents of [`COPIED`]; a test holds them against the copy. The documents: <https://docs.aws.amazon.com/aws-backup/latest/devguide/security-iam-awsmanpol.html>.

/// The day on which the documents were copied.
pub const COPIED: &str = "2026-09-30";

/// What a managed policy allows, in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ManagedPolicyFigures {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// The day of that version.
    pub updated: &'static str,
    /// How many statements it has.
    pub statements: usize,
    /// How many of them are on any resource.
    pub on_any_resource: usize,
    /// How many actions it allows, as written.
    pub actions: usize,
    /// Of how many services.
    pub services: usize,
}

/// The policies for backup and for restore, which are usually attached together.
pub static INSTEAD: [ManagedPolicyFigures; 2] = [
    ManagedPolicyFigures {
        name: "AWSBackupServiceRolePolicyForBackup",
        version: "v30",
        updated: "2026-02-23",
        statements: 59,
        on_any_resource: 18,
        actions: 135,
        services: 20,
    },
    ManagedPolicyFigures {
        name: "AWSBackupServiceRolePolicyForRestores",
        version: "v36",
        updated: "2026-08-27",
        statements: 47,
        on_any_resource: 13,
        actions: 135,
        services: 18,
    },
];
