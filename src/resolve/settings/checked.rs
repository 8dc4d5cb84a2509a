//! Clauses whose words have been checked, and what a rule says with them.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::source::{Span, Spanned};
use crate::spec::Retention;
use crate::syntax::ast;

/// A `to` clause.
#[derive(Clone, Debug)]
pub(in crate::resolve) struct CopyClause {
    pub(in crate::resolve) span: Span,
    pub(in crate::resolve) place: ast::Place,
    pub(in crate::resolve) keep: Option<Spanned<Retention>>,
}

/// A `formerly to` clause.
#[derive(Clone, Debug)]
pub(in crate::resolve) struct FormerClause {
    pub(in crate::resolve) span: Span,
    pub(in crate::resolve) place: ast::Place,
    pub(in crate::resolve) keep: Option<Spanned<Retention>>,
    pub(in crate::resolve) since: Option<Spanned<Date>>,
}

/// A `restore` clause with checked values.
#[derive(Clone, Debug)]
pub(in crate::resolve) struct RestoreClause {
    pub(in crate::resolve) span: Span,
    pub(in crate::resolve) pattern: Option<Spanned<String>>,
    pub(in crate::resolve) region: Option<ast::Word>,
    /// By the words of the kinds that have them.
    pub(in crate::resolve) settings: BTreeMap<&'static str, Spanned<String>>,
}

/// What a rule may say, and a statement or `defaults` for every rule.
#[derive(Clone, Debug, Default)]
pub(in crate::resolve) struct RuleSettings {
    pub(in crate::resolve) named: Option<Spanned<String>>,
    pub(in crate::resolve) keep: Option<Spanned<Retention>>,
    /// Whether a `keep` is written, even one that was reported.
    pub(in crate::resolve) says_keep: bool,
    pub(in crate::resolve) start_window: Option<Spanned<u32>>,
    pub(in crate::resolve) completion_window: Option<Spanned<u32>>,
    pub(in crate::resolve) copies: Vec<CopyClause>,
}

/// A schedule and what follows it.
#[derive(Debug)]
pub(in crate::resolve) struct RuleClauses {
    pub(in crate::resolve) span: Span,
    pub(in crate::resolve) schedule: ast::Schedule,
    pub(in crate::resolve) settings: RuleSettings,
}

impl RuleClauses {
    /// Stands for the rule of a statement without a schedule, so that what the statement says of
    /// every rule is checked.
    pub(in crate::resolve) fn unwritten(keyword: Span) -> Self {
        let schedule = ast::Schedule::bare(keyword, ast::Form::Daily);
        Self { span: keyword, schedule, settings: RuleSettings::default() }
    }
}
