//! What a rule is: the only thing from which a diagnostic can be made.

use crate::text::{Language, Sentence};

/// Whether a finding stops the compilation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Files are written; the finding can be allowed in the spec with a reason.
    Warning,
    /// Deploying what would be written over an earlier build loses something: nothing is written, unless the spec allows it
    /// with a reason.
    Loss,
}

impl Severity {
    /// The word that messages and machine formats use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error | Self::Loss => "error",
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
    /// The words that the rule's page shows.
    pub const fn words(self) -> Sentence {
        match self {
            Self::Language => Sentence::new("the language's own rule", "この言語自身の決まり"),
            Self::Documentation => Sentence::new("AWS documentation", "AWS のドキュメント"),
            Self::ApiModel => Sentence::new("AWS API model", "AWS の API モデル"),
            Self::Schema => Sentence::new("CloudFormation resource schema", "CloudFormation のリソーススキーマ"),
            Self::Deployment => Sentence::new("recorded deployment", "実際のデプロイの記録"),
            Self::Inferred => Sentence::new("inferred", "推定"),
        }
    }
}

/// One thing that can be wrong with a spec, with its page.
#[derive(Debug)]
pub struct DiagnosticRule {
    /// `E`, `W` or `L` and four digits; never used again for something else.
    pub code: &'static str,
    /// Kebab-case name of the thing that is wrong.
    pub name: &'static str,
    /// Whether it stops.
    pub severity: Severity,
    /// How the fact behind it is known.
    pub evidence: Evidence,
    /// Where the fact is written down; empty for rules of the language.
    pub source: &'static str,
    /// The page: what and why, in English with an example that fires it and the same made right.
    pub page: Sentence,
}

impl DiagnosticRule {
    /// The first sentence of the page.
    pub fn summary(&self, language: Language) -> &'static str {
        language.pick(self.page).lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("")
    }
}

/// Declares rules; the doc comment of each is its page in English, and the two texts behind it are
/// what and why in Japanese. The examples are shared.
macro_rules! rule {
    ($($(#[doc = $doc:expr])+ $code:ident $name:literal $severity:ident $evidence:ident $source:literal
        $what:literal $why:literal)+) => {
        $(
            $(#[doc = $doc])+
            pub(crate) static $code: $crate::rule::DiagnosticRule = $crate::rule::DiagnosticRule {
                code: stringify!($code),
                name: $name,
                severity: $crate::rule::Severity::$severity,
                evidence: $crate::rule::Evidence::$evidence,
                source: $source,
                page: $crate::text::Sentence::new(
                    concat!($($doc, "\n",)+),
                    concat!($what, "\n\n## 理由\n\n", $why, "\n"),
                ),
            };
        )+
    };
}
pub(crate) use rule;
