//! Sentences with values in them, in both languages.

use crate::explain::Language;

/// A text in both languages: there is no way to make one without the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: String,
    /// Japanese.
    pub ja: String,
}

impl Text {
    /// The text in one language.
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Japanese => &self.ja,
        }
    }
}

/// A [`Text`] from two format strings that take the same values from where they stand.
macro_rules! say {
    ($en:literal, $ja:literal $(, $value:expr)* $(,)?) => {
        $crate::runbook::text::Text {
            en: format_args!($en $(, $value)*).to_string(),
            ja: format_args!($ja $(, $value)*).to_string(),
        }
    };
}

pub(super) use say;
