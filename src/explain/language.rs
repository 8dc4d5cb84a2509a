//! The words that every format needs.

use crate::spec::Level;
use crate::text::Language;

impl Language {
    /// Who decided.
    pub fn level(self, level: Level) -> &'static str {
        match level {
            Level::Rule => self.say("written in the rule", "ルールに記載"),
            Level::Statement => self.say("written in the statement", "文に記載"),
            Level::Item => self.say("written for the whole file", "ファイル全体の指定"),
            Level::Defaults => self.say("inherited from `defaults`", "`defaults` から継承"),
            Level::Language => self.say("the language's default", "言語の既定値"),
            Level::Derived => self.say("derived from what is written here", "この記載から自動決定"),
            Level::DerivedFromDefaults => {
                self.say("derived from what `defaults` says here", "`defaults` のこの記載から自動決定")
            }
        }
    }
}
