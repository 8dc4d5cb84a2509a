//! What a rule is: the only thing from which a diagnostic can be made.

use crate::source::Span;

/// Whether a finding stops the compilation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Files are written; the finding can be allowed in the spec with a reason.
    Warning,
}

impl Severity {
    /// The word that messages and machine formats use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// How the fact behind a rule is known. What is only inferred is never an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The rule is about the language or about this tool, not about AWS.
    Language,
    /// AWS's documentation says so.
    Documentation,
    /// AWS's API model (patterns, limits, enumerations) says so.
    ApiModel,
    /// The CloudFormation resource schema says so.
    Schema,
    /// A recorded real deployment was refused or failed in this way.
    Deployment,
    /// Concluded from the above, not stated anywhere.
    Inferred,
}

impl Evidence {
    /// The word that the rule's page shows.
    pub fn word(self) -> &'static str {
        match self {
            Self::Language => "the language's own rule",
            Self::Documentation => "AWS documentation",
            Self::ApiModel => "AWS API model",
            Self::Schema => "CloudFormation resource schema",
            Self::Deployment => "recorded deployment",
            Self::Inferred => "inferred",
        }
    }
}

/// One thing that can be wrong with a spec, with its page.
#[derive(Debug)]
pub struct Rule {
    /// `E` or `W` and four digits; never used again for something else.
    pub code: &'static str,
    /// Kebab-case name of the thing that is wrong.
    pub name: &'static str,
    /// Whether it stops.
    pub severity: Severity,
    /// How the fact behind it is known.
    pub evidence: Evidence,
    /// Where the fact is written down; empty for rules of the language.
    pub source: &'static str,
    /// The page: what, why, an example that fires it, the same made right.
    pub page: &'static str,
}

impl Rule {
    /// A finding of this rule at a place.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> crate::diagnostic::Diagnostic {
        crate::diagnostic::Diagnostic::new(self, span, message.into())
    }

    /// The first sentence of the page.
    pub fn summary(&self) -> &'static str {
        self.page.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("")
    }
}

/// Declares rules; the doc comment of each is its page.
macro_rules! rule {
    ($($(#[doc = $doc:expr])+ $code:ident $name:literal $severity:ident $evidence:ident $source:literal)+) => {
        $(
            $(#[doc = $doc])+
            pub static $code: $crate::rule::Rule = $crate::rule::Rule {
                code: stringify!($code),
                name: $name,
                severity: $crate::rule::Severity::$severity,
                evidence: $crate::rule::Evidence::$evidence,
                source: $source,
                page: concat!($($doc, "\n",)+),
            };
        )+
    };
}
pub(crate) use rule;
