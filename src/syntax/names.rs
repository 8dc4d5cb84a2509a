//! The words of the language, as messages name them.

pub(crate) mod elsewhere;
pub(crate) mod later;

/// Words that can begin an item.
pub(crate) const ITEMS: &[&str] = &["system", "account", "defaults", "key", "backup"];

/// Words that can begin a clause.
pub(crate) const CLAUSES: &[&str] = &[
    "stacks",
    "from",
    "to",
    "formerly",
    "vault",
    "key",
    "hourly",
    "every",
    "daily",
    "weekdays",
    "weekly",
    "monthly",
    "yearly",
    "cron",
    "schedule",
    "rpo",
    "maintenance",
    "automated",
    "named",
    "keep",
    "start",
    "complete",
    "encrypted",
    "plan",
    "selection",
    "role",
    "no",
    "restore",
    "as",
    "in",
    "subnet-group",
    "parameter-group",
    "tags",
    "admin",
    "rotate",
];

/// The kinds of resource that can be backed up, each with its plural.
pub(crate) const KINDS: &[&str] = &["cluster", "clusters"];
