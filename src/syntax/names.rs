//! The words of the language, as messages name them.

pub(crate) mod elsewhere;
pub(crate) mod later;

use super::clause::Scope;

/// Words that can begin an item.
pub(crate) const ITEMS: &[&str] =
    &[Scope::System.word(), Scope::Account.word(), Scope::Defaults.word(), Scope::Key.word(), Scope::Statement.word()];
