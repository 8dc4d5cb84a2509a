//! What is said of a change: items, each with how serious it is.

use super::deployed::StackId;
use super::plan::VaultId;
use crate::rule::DiagnosticRule;
use crate::source::Span;
use crate::text::{Sentence, Text};

/// How serious a change is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Nothing that exists is touched in a way that anybody has to know of.
    Safe,
    /// Somebody has to look at it.
    Look,
    /// Recovery points that exist are lost, or can no longer be restored, copied back or expired.
    Loses,
}

impl Verdict {
    /// The word that output and machines use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Look => "look",
            Self::Loses => "loses",
        }
    }

    /// What it means.
    pub const fn meaning(self) -> Sentence {
        match self {
            Self::Safe => Sentence::new(
                "recovery points that exist stay, and can be used as before",
                "既存の復旧ポイントはそのまま残り、これまでどおり使えます",
            ),
            Self::Look => Sentence::new(
                "nothing is lost, but read this before you deploy it",
                "失われるものはありませんが、デプロイする前に内容を確認してください",
            ),
            Self::Loses => Sentence::new(
                "recovery points that exist would be lost, or could not be used any more",
                "既存の復旧ポイントが失われるか、使えなくなります",
            ),
        }
    }
}

/// A resource of a stack by what people find it by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Code of the stack's region.
    pub region: &'static str,
    /// Name of the stack.
    pub stack: String,
    /// Logical id of the resource; empty for the whole stack.
    pub resource: String,
}

impl Address {
    /// A whole stack.
    pub(super) fn of(stack: &StackId) -> Self {
        Self { region: stack.region, stack: stack.name.clone(), resource: String::new() }
    }
}

/// What an item is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A vault.
    Vault(VaultId),
    /// A role, by its name.
    Role(String),
    /// A resource or a stack.
    Resource(Address),
    /// A rule of a plan: the plan's name, the rule's.
    Rule(String, String),
    /// Everything.
    Whole,
}

/// Something that a change does.
#[derive(Clone, Debug)]
pub struct Item {
    /// How serious it is.
    pub verdict: Verdict,
    /// The rule that stops a build for it, of what loses something.
    pub rule: Option<&'static DiagnosticRule>,
    /// What it is about.
    pub subject: Subject,
    /// What happens.
    pub text: Text,
    /// Why, and what to do.
    pub details: Vec<Text>,
    /// Steps to take one after the other, where one deployment cannot do it.
    pub steps: Vec<Text>,
    /// The clause of the new spec that it follows from.
    pub span: Option<Span>,
    /// Whether it says that something was not seen, so that the verdict is a conditional one.
    pub is_condition: bool,
    /// Why the spec says that it may happen.
    pub allowed: Option<String>,
}

impl Item {
    /// Something that happens.
    pub(super) fn new(verdict: Verdict, subject: Subject, text: Text) -> Self {
        Self {
            verdict,
            rule: None,
            subject,
            text,
            details: Vec::new(),
            steps: Vec::new(),
            span: None,
            is_condition: false,
            allowed: None,
        }
    }

    /// Something that could not be seen.
    pub(super) fn unseen(subject: Subject, text: Text) -> Self {
        Self { is_condition: true, ..Self::new(Verdict::Safe, subject, text) }
    }

    pub(super) fn rule(self, rule: &'static DiagnosticRule) -> Self {
        Self { rule: Some(rule), ..self }
    }

    pub(super) fn detail(mut self, text: Text) -> Self {
        self.details.push(text);
        self
    }

    pub(super) fn step(mut self, text: Text) -> Self {
        self.steps.push(text);
        self
    }

    /// How serious it is once what the spec allows is only looked at.
    pub fn counts_as(&self) -> Verdict {
        if self.allowed.is_some() { self.verdict.min(Verdict::Look) } else { self.verdict }
    }
}
