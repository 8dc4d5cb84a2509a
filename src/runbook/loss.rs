//! What is lost at worst, in a sentence, of resources with guarantees of their own.

use super::text::{Text, say};
use crate::time::coverage::{Coverage, Without};
use crate::time::length::Minutes;

/// What is lost at worst.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Loss {
    /// So much of data.
    AtMost(Minutes),
    /// There may be no recovery point for so long.
    Gap(Minutes),
    /// There may never be one.
    Everything,
    /// Nobody can say.
    Unknown,
}

/// The worst of several guarantees.
pub(super) fn worst<'a>(coverages: impl Iterator<Item = Option<&'a Coverage>>) -> Loss {
    coverages.map(of).max().unwrap_or(Loss::Unknown)
}

fn of(coverage: Option<&Coverage>) -> Loss {
    let Some(coverage) = coverage else { return Loss::Unknown };
    match (&coverage.rpo, &coverage.without) {
        (Some(rpo), _) => Loss::AtMost(rpo.total()),
        (None, Without::AtMost(gap)) => Loss::Gap(gap.total()),
        (None, Without::Never) => Loss::Unknown,
        (None, Without::Always | Without::NoRun) => Loss::Everything,
    }
}

impl Loss {
    /// In a few words.
    pub(super) fn told(&self) -> Text {
        match self {
            Self::AtMost(length) => {
                let ja = length.ja();
                say!("the last {length}", "直近 {ja}分")
            }
            Self::Gap(length) => {
                let ja = length.ja();
                say!(
                    "everything: there may be no recovery point for up to {length}",
                    "すべて: 復旧ポイントがない時間が最長 {ja}あります"
                )
            }
            Self::Everything => {
                say!("everything: there may be no recovery point", "すべて: 復旧ポイントがない可能性があります")
            }
            Self::Unknown => say!("unknown", "不明"),
        }
    }
}
