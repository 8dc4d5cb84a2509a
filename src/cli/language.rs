//! The reader's language: asked for, else that of the locale. The environment is read here.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::text::Language;

/// The language that a result is written in.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Lang {
    /// Language of the result; that of the locale when it is not given
    ///
    /// The locale is the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set and not empty: Japanese
    /// where it says so, such as `ja_JP.UTF-8`, else English.
    #[arg(long, value_name = "LANGUAGE", value_parser = languages())]
    lang: Option<Language>,
}

fn languages() -> impl TypedValueParser<Value = Language> {
    let codes = [PossibleValue::new("en").help("English"), PossibleValue::new("ja").help("Japanese")];
    PossibleValuesParser::new(codes).map(|code| Language::of_locale(&code))
}

impl Lang {
    /// The language that was asked for, else that of the locale.
    pub(super) fn language(self) -> Language {
        self.lang.unwrap_or_else(|| Language::of_locale(&locale()))
    }
}

/// The first of these that is set and not empty names the locale, as POSIX has it.
///
/// Source: <https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html>.
#[expect(clippy::disallowed_methods, reason = "this is the edge where the environment is read")]
fn locale() -> String {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"];
    variables
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_default()
}
