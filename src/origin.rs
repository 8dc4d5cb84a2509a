//! Why a generated thing exists: which clause asked for it, and the reason.
//!
//! INVARIANT: nothing is generated without an [`Origin`].

use std::sync::Arc;

use crate::reason::Reason;
use crate::source::Span;
use crate::spec::Level;

/// The clause that caused something, and why it had to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The clause by its words, such as `backup mydb / to ap-northeast-3`: stable when lines move.
    pub clause: Arc<str>,
    /// Where the clause stands.
    pub span: Span,
    /// Who decided.
    pub level: Level,
    /// Why.
    pub reason: &'static Reason,
}

impl Origin {
    /// Puts a clause and a reason together.
    pub fn new(clause: impl Into<Arc<str>>, span: Span, level: Level, reason: &'static Reason) -> Self {
        Self { clause: clause.into(), span, level, reason }
    }

    /// The same clause for another reason.
    #[must_use]
    pub fn because(&self, reason: &'static Reason) -> Self {
        Self { reason, ..self.clone() }
    }
}
