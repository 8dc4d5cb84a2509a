//! The reader's language: asked for, else that of the locale. The environment is read here.

use clap::ValueEnum;

use crate::language::Language;

/// The language that a result is written in.
#[derive(Clone, Copy, Debug, clap::Args)]
pub(super) struct Lang {
    /// Language of the result; that of the locale when it is not given
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    lang: Option<Choice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Choice {
    /// English
    En,
    /// Japanese
    Ja,
}

impl Lang {
    /// The language that was asked for, else that of the locale.
    pub(super) fn language(self) -> Language {
        match self.lang {
            Some(Choice::En) => Language::En,
            Some(Choice::Ja) => Language::Ja,
            None => of_locale(&locale()),
        }
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

/// `ja_JP.UTF-8` is Japanese; everything else reads English.
fn of_locale(locale: &str) -> Language {
    let language = locale.split(['_', '.', '@', '-']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("ja") || language.eq_ignore_ascii_case("japanese") {
        Language::Ja
    } else {
        Language::En
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_name_a_language() {
        for locale in ["ja_JP.UTF-8", "ja", "ja-JP", "JA_JP.eucJP", "japanese"] {
            assert_eq!(of_locale(locale), Language::Ja, "{locale}");
        }
        for locale in ["", "C", "C.UTF-8", "en_US.UTF-8", "jam_JM", "de_DE@euro"] {
            assert_eq!(of_locale(locale), Language::En, "{locale}");
        }
    }
}
