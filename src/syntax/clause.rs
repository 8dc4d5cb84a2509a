//! What each clause is: the words that begin it, the items that take it, how often, and what of a statement it says.
//!
//! Whoever asks something of all clauses asks [`CLAUSES`]. How one is written is in the grammar, what one means in
//! [`crate::resolve`].

use super::ast::Form;
use super::{Production, layout};
use crate::kind;

/// An item, as the place of clauses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// `system`
    System,
    /// `account`
    Account,
    /// `defaults`
    Defaults,
    /// `key`
    Key,
    /// `backup`
    Statement,
}

impl Scope {
    /// The word that begins the item.
    pub fn word(self) -> &'static str {
        layout::first_word(self.example())
    }

    /// How the item is written, as advice shows it.
    pub(super) fn example(self) -> &'static str {
        match self {
            Self::System => "system NAME",
            Self::Account => "account 123456789012",
            Self::Defaults => "defaults",
            Self::Key => "key NAME",
            Self::Statement => "backup cluster NAME",
        }
    }
}

/// What of a statement or a system may have been wrong. It was reported, and something stands in
/// its place of which no check speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What it is called: what it backs up, its plan, its role, its rules.
    Names,
    /// The region of what is backed up.
    Source,
    /// Destinations, vaults and keys.
    Places,
    /// Schedules, windows and retentions.
    Timing,
    /// By which clock schedules are written.
    Clock,
    /// Anything else.
    Rest,
}

/// A clause of the language, as the grammar names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The production that reads it.
    pub(super) production: Production,
    /// The words that begin it, one text for each of its forms.
    pub words: &'static [&'static str],
    /// The items that take it; the first is where advice puts it.
    pub scopes: &'static [Scope],
    /// Whether an item may say it once only, and so may each rule.
    pub is_single: bool,
    /// Whether it is an option of the rule whose schedule it follows.
    pub is_rule_option: bool,
    /// What is not known of its statement when it is wrong.
    pub parts: &'static [Part],
    /// The operands in it that a word of their own begins.
    pub(super) inner: &'static [(Production, &'static str)],
}

const SYSTEM: &[Scope] = &[Scope::System];
/// What is of one statement: names and times of one would collide in every other.
const STATEMENT: &[Scope] = &[Scope::Statement];
/// What a file can say of all its statements too.
const STATEMENTS: &[Scope] = &[Scope::Statement, Scope::Defaults];
/// What a file can say of all its keys too.
const KEYS: &[Scope] = &[Scope::Key, Scope::Defaults];

const VAULT: (Production, &str) = (Production::place_vault, "vault");
const KEY: (Production, &str) = (Production::place_key, "key");
const KEEP: (Production, &str) = (Production::keep, "keep");
const SINCE: (Production, &str) = (Production::since, "since");
const RESTORE: &[(Production, &str)] = &[
    (Production::restore_as, "as"),
    (Production::restore_in, "in"),
    // One of them; which there are say the kinds.
    (Production::restore_setting, "subnet-group"),
];

/// The clauses of the language.
pub const CLAUSES: &[Declaration] = &[
    once(Production::stacks_per_statement, &["stacks per statement"], SYSTEM, &[Part::Rest]),
    once(Production::from, &["from"], STATEMENT, &[Part::Places]).with(&[VAULT, KEY]),
    often(Production::to, &["to"], STATEMENTS, &[Part::Places, Part::Timing]).of_rule().with(&[VAULT, KEY, KEEP]),
    often(Production::formerly, &["formerly to"], STATEMENTS, &[Part::Places]).with(&[VAULT, KEY, KEEP, SINCE]),
    often(Production::schedule, Form::WORDS, STATEMENT, &[Part::Timing]),
    once(Production::clock, &["schedule in"], STATEMENTS, &[Part::Clock]),
    once(Production::rpo, &["rpo"], STATEMENTS, &[Part::Rest]),
    once(Production::maintenance, &["maintenance"], STATEMENT, &[Part::Rest]),
    once(Production::automated, &["automated backup"], STATEMENT, &[Part::Rest]),
    once(Production::named, &["named"], STATEMENT, &[Part::Names]).of_rule(),
    once(Production::keep, &["keep"], STATEMENTS, &[Part::Timing]).of_rule(),
    once(Production::start, &["start within"], STATEMENTS, &[Part::Timing]).of_rule(),
    once(Production::complete, &["complete within"], STATEMENTS, &[Part::Timing]).of_rule(),
    once(Production::encrypted, &["encrypted by"], STATEMENTS, &[Part::Rest]),
    once(Production::called, &["called"], STATEMENT, &[Part::Names]),
    once(Production::plan, &["plan"], STATEMENT, &[Part::Names]),
    once(Production::selection, &["selection"], STATEMENT, &[Part::Names]),
    once(Production::role, &["role"], STATEMENT, &[Part::Names]),
    often(Production::restore, &["restore"], STATEMENTS, &[Part::Rest]).with(RESTORE),
    once(Production::no_restore, &["no restore"], STATEMENTS, &[Part::Rest]),
    often(Production::tags, &["tags"], STATEMENTS, &[Part::Rest]),
    often(Production::admin, &["admin"], KEYS, &[Part::Rest]),
    once(Production::rotate, &["rotate every"], KEYS, &[Part::Rest]),
    once(Production::no_rotation, &["no rotation"], KEYS, &[Part::Rest]),
];

/// A clause that an item says once.
const fn once(
    production: Production,
    words: &'static [&'static str],
    scopes: &'static [Scope],
    parts: &'static [Part],
) -> Declaration {
    Declaration { production, words, scopes, is_single: true, is_rule_option: false, parts, inner: &[] }
}

/// A clause that an item says as often as it likes.
const fn often(
    production: Production,
    words: &'static [&'static str],
    scopes: &'static [Scope],
    parts: &'static [Part],
) -> Declaration {
    Declaration { is_single: false, ..once(production, words, scopes, parts) }
}

impl Declaration {
    const fn of_rule(self) -> Self {
        Self { is_rule_option: true, ..self }
    }

    const fn with(self, inner: &'static [(Production, &'static str)]) -> Self {
        Self { inner, ..self }
    }
}

/// The clause that a production reads.
pub(super) fn declared(production: Production) -> Option<&'static Declaration> {
    CLAUSES.iter().find(|clause| clause.production == production)
}

/// The item in which a text is a clause: that of its first two words, or else of the first.
pub(super) fn home(text: &str) -> Scope {
    let begins = |count: usize| {
        let mut forms = CLAUSES.iter().flat_map(|clause| clause.words.iter().map(move |words| (clause, words)));
        forms.find(|(_, words)| words.split(' ').take(count).eq(layout::words(text).take(count)))
    };
    let form = begins(2).or_else(|| begins(1));
    form.and_then(|(clause, _)| clause.scopes.first()).copied().unwrap_or(Scope::Statement)
}

/// The words that clauses begin with.
pub(super) fn beginnings() -> impl Iterator<Item = &'static str> {
    CLAUSES.iter().flat_map(|clause| clause.words).filter_map(|words| words.split(' ').next())
}

/// Whether clauses begin with a word.
pub(super) fn begins(word: &str) -> bool {
    beginnings().any(|begins| begins == word)
}

/// Whether a word begins an operand in a clause, and no clause itself.
pub(super) fn is_inner(word: &str) -> bool {
    let is_declared = || CLAUSES.iter().flat_map(|clause| clause.inner).any(|(_, inner)| *inner == word);
    !begins(word) && (is_declared() || kind::setting(word).is_some())
}

/// Whether a word begins a clause or an operand in one, so that it ends what stands before it.
pub(super) fn is_keyword(word: &str) -> bool {
    begins(word) || is_inner(word)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use pest::Parser as _;

    use super::*;
    use crate::syntax::Grammar;
    use crate::syntax::names::elsewhere;

    const GRAMMAR: &str = include_str!("../../grammar/drspec.pest");

    /// The alternatives of a production of the grammar, by name.
    fn alternatives(production: &str) -> Vec<&'static str> {
        let body = GRAMMAR.split_once(&format!("\n{production} = _{{")).unwrap().1.split_once('}').unwrap().0;
        body.split('|').map(str::trim).collect()
    }

    /// The productions in an item that holds a text, but for the words of the item itself.
    fn read(text: &str) -> Vec<Production> {
        let item = Grammar::parse(Production::item, text).unwrap().next().unwrap();
        item.into_inner().flatten().map(|pair| pair.as_rule()).collect()
    }

    #[test]
    fn every_clause_of_the_grammar_is_declared_once() {
        let declared: Vec<String> = CLAUSES.iter().map(|clause| format!("{:?}", clause.production)).collect();
        let distinct: BTreeSet<&str> = declared.iter().map(String::as_str).collect();
        assert_eq!(distinct, alternatives("clause").into_iter().collect());
        assert_eq!(distinct.len(), declared.len());
    }

    #[test]
    fn words_begin_what_they_are_declared_to() {
        for clause in CLAUSES {
            for words in clause.words {
                assert!(read(&format!("defaults {words}")).contains(&clause.production), "{words}");
                for (production, word) in clause.inner {
                    let texts =
                        [format!("defaults {words} us-east-1 {word} 1d"), format!("defaults {words} {word} 1d")];
                    assert!(texts.iter().any(|text| read(text).contains(production)), "{words} {word}");
                }
            }
        }
    }

    #[test]
    fn the_grammar_has_the_same_words() {
        let words = |production| -> BTreeSet<String> {
            alternatives(production).into_iter().map(|word| word.to_ascii_lowercase().replace('_', "-")).collect()
        };
        let of_statements = CLAUSES.iter().filter(|clause| clause.scopes.contains(&Scope::Statement));
        let (begin, other): (Vec<_>, Vec<_>) = beginnings().map(str::to_owned).partition(|word| {
            of_statements.clone().any(|clause| clause.words.iter().any(|words| words.split(' ').next() == Some(word)))
        });
        // A name that has compiled stays one.
        let keywords = begin.into_iter().filter(|word| word != "formerly" && word != "called");
        assert_eq!(words("KEYWORD"), keywords.collect());
        let inner = CLAUSES.iter().flat_map(|clause| clause.inner).map(|(_, word)| (*word).to_owned());
        let inner = inner.filter(|word| is_inner(word) && kind::setting(word).is_none() && word != "since");
        assert_eq!(words("INNER_WORD"), inner.chain(other).collect());
    }

    #[test]
    fn a_clause_is_told_by_its_words() {
        let distinct: BTreeSet<&str> = CLAUSES.iter().flat_map(|clause| clause.words).copied().collect();
        assert_eq!(distinct.len(), CLAUSES.iter().flat_map(|clause| clause.words).count());
        for clause in CLAUSES {
            assert!(clause.words.iter().all(|words| home(words) == clause.scopes[0]), "{:?}", clause.words);
        }
        assert_eq!(home("rotate 90d"), Scope::Key);
        assert!(beginnings().all(|word| !elsewhere::is_known(word, [])), "advice for a word that begins a clause");
    }
}
