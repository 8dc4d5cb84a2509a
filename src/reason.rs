//! Why something is generated, in both languages, with the page that says so.
//!
//! A reason is a static beside what it explains: those of calls in [`crate::kind`], the others in
//! [`crate::lower::reason`].

mod quote;

pub use crate::text::Sentence;
pub use quote::{QUOTES, Quote};

/// Why something is generated, and what breaks without it.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reason {
    /// Its name, in capitals.
    pub(crate) constant: &'static str,
    /// What it is for.
    pub why: Sentence,
    /// What breaks without it.
    pub without: Sentence,
    /// The page that says so.
    pub page: &'static str,
}

impl Reason {
    /// The reason's name, as machine formats write it: `FindResources`.
    pub fn name(&self) -> String {
        let words = self.constant.split('_');
        let capital = |word: &str| {
            let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
            [first, &rest.to_ascii_lowercase()].concat()
        };
        words.map(capital).collect()
    }

    /// The error texts of AWS that it quotes.
    pub fn quotes(&self) -> impl Iterator<Item = &'static Quote> {
        let (why, without) = (self.why.en, self.without.en);
        QUOTES.iter().filter(move |quote| {
            let quoted = format!("\"{}\"", quote.text);
            why.contains(&quoted) || without.contains(&quoted)
        })
    }
}

/// Reasons as statics, and `REASONS`, which lists those of the file.
macro_rules! reasons {
    ($($(#[doc = $doc:expr])+ $name:ident $page:literal
        why $why_en:literal $why_ja:literal
        without $without_en:literal $without_ja:literal)+) => {
        $($(#[doc = $doc])+
        pub(crate) static $name: $crate::reason::Reason = $crate::reason::Reason {
            constant: stringify!($name),
            why: $crate::text::Sentence::new($why_en, $why_ja),
            without: $crate::text::Sentence::new($without_en, $without_ja),
            page: $page,
        };)+

        /// Every reason of this file.
        pub(crate) static REASONS: &[&$crate::reason::Reason] = &[$(&$name,)+];
    };
}
pub(crate) use reasons;
