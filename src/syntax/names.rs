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

/// How clauses begin that belong to another item than a statement, and how that item is written.
const OF_OTHER_ITEMS: &[(&str, &str)] =
    &[("stacks", "system NAME"), ("admin", "key NAME"), ("rotate", "key NAME"), ("no rotation", "key NAME")];

/// The item that a clause belongs to, as it is written.
pub(crate) fn item_of(clause: &str) -> &'static str {
    let other = OF_OTHER_ITEMS.iter().find(|(beginning, _)| clause.starts_with(beginning));
    other.map_or("backup cluster NAME", |(_, item)| item)
}

/// The kinds of resource that can be backed up, each with its plural.
pub(crate) const KINDS: &[&str] = &["cluster", "clusters"];
