//! Derivations in one line of English or Japanese.

use std::fmt;

use super::{Derivation, TermKind};
use crate::time::length::Minutes;

impl TermKind {
    /// In English: `start window`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Gap => "between runs",
            Self::StartWindow => "start window",
            Self::CompletionWindow => "completion window",
            Self::Queue => "queue of copies",
            Self::Copy => "copy",
            Self::Retention => "retention",
        }
    }

    /// In Japanese: `開始ウィンドウ`.
    pub const fn ja(self) -> &'static str {
        match self {
            Self::Gap => "実行間隔",
            Self::StartWindow => "開始ウィンドウ",
            Self::CompletionWindow => "完了ウィンドウ",
            Self::Queue => "コピーの順番待ち",
            Self::Copy => "コピー",
            Self::Retention => "保持期間",
        }
    }
}

/// In English: `1 d (between runs) + 1 h (start window) + 12 h (completion window) = 1 d 13 h`.
impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.sum(Minutes::to_string, TermKind::name), self.total())
    }
}

impl Derivation {
    /// In Japanese: `1 日 (実行間隔) + 1 時間 (開始ウィンドウ) = 1 日 1 時間`.
    pub fn ja(&self) -> String {
        format!("{}{}", self.sum(|length| length.ja(), TermKind::ja), self.total().ja())
    }

    fn sum(&self, length: fn(&Minutes) -> String, name: fn(TermKind) -> &'static str) -> String {
        let mut sum = String::new();
        for term in &self.terms {
            let sign = match (sum.is_empty(), term.length < Minutes::ZERO) {
                (true, _) => "",
                (false, true) => " - ",
                (false, false) => " + ",
            };
            let absolute = Minutes(term.length.0.abs());
            sum = format!("{sum}{sign}{} ({})", length(&absolute), name(term.kind));
        }
        format!("{sum} = ")
    }
}
