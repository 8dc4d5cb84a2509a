//! The words of the language, as messages name them.

pub(crate) mod elsewhere;
pub(crate) mod later;

/// Words that can begin an item.
pub(crate) const ITEMS: &[&str] = &["system", "account", "defaults", "key", "backup"];
