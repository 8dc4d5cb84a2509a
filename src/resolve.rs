//! Tree into meaning. Resolving never fails: what was wrong is reported, and something stands in
//! its place of which the checks are silent.

mod intern;
mod missing;
mod name;
mod naming;
mod pattern;
mod place;
mod restore;
pub mod rules;
mod settings;
mod statement;
mod time;
mod value;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::Timestamp;

use crate::diagnostic::Diagnostics;
use crate::kind::{KINDS, Kind};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::spec::{Chosen, KeyName, KeyOptions, KeySettings, Level, Part, ResourceKey, StackLayout, System};
use crate::suggest::nearest;
use crate::syntax::ast::{self, Head, Item};
use crate::syntax::clause::Scope;
use crate::syntax::rules::{E0001, E0010};
use rules::{E0102, E0112, E0113};
use settings::Settings;

/// The language's own defaults, read once.
static LANGUAGE: LazyLock<Language> = LazyLock::new(|| Language::read(&mut Diagnostics::default()));

/// What holds where neither a statement nor its file says anything.
#[derive(Debug)]
struct Language {
    /// Of everything.
    settings: Settings,
    /// What holds besides for kinds whose restore can touch no resource that exists.
    apart: Settings,
    /// What holds besides for kinds whose restore can.
    by_name: Settings,
}

impl Language {
    fn read(sink: &mut Diagnostics) -> Self {
        let tree = crate::syntax::parse(&Sources::default(), FileId::LANGUAGE, sink);
        let mut items = tree.items.into_iter();
        let mut next = || {
            let mut settings = Settings::of(KINDS.to_vec());
            settings.collect(items.next().map(|item| item.clauses).unwrap_or_default(), Scope::Defaults, sink);
            settings
        };
        Self { settings: next(), apart: next(), by_name: next() }
    }

    /// What holds of restores of a kind.
    fn of_restores(&self, kind: &Kind) -> &Settings {
        if kind.abilities.restore_could.is_none() { &self.apart } else { &self.by_name }
    }
}

/// Days between two rotations of a key's material, or none.
type Rotation = Chosen<Option<u32>>;

/// Resolves one file into a system. Coming dates are counted from `now`.
pub fn resolve(sources: &Sources, file: FileId, tree: ast::File, now: Timestamp, sink: &mut Diagnostics) -> System {
    let start = Span::new(file, 0, 0);
    let items = Items::sort(tree, sink);
    report_nothing(&items, start, sink);
    let name = system_name(sources, start, items.system.as_ref(), sink);
    let unknown = [(name.is_none(), Part::Names), (items.unread, Part::Places)];
    let reported = unknown.into_iter().filter_map(|(unknown, part)| unknown.then_some(part)).collect();
    let name = name.unwrap_or_else(|| Chosen::new("system".to_owned(), start, Level::Derived));
    let mut defaults = Settings::of(kinds(&items.backups));
    if let Some(item) = items.defaults {
        defaults.collect(item.clauses, Scope::Defaults, sink);
    }
    let layout = layout(items.system, start, sink);
    let accounts = vec![items.account.and_then(|item| account(item, sink))];
    let rotation = LANGUAGE.settings.written_rotation(Level::Language);
    let rotation = defaults.written_rotation(Level::Defaults).or(rotation);
    let rotation = rotation.unwrap_or_else(|| Chosen::new(None, start, Level::Language));
    let key_settings = keys(items.keys, &rotation, sink);
    let context = statement::Context { system: &name.value, defaults: &defaults, now };
    let mut statements: Vec<_> =
        items.backups.into_iter().filter_map(|item| statement::resolve(item, &context, sink)).collect();
    statements.sort_by(|left, right| {
        (&left.name.value, left.source.region.node.code).cmp(&(&right.name.value, right.source.region.node.code))
    });
    let key_defaults = defaults.key_options(Level::Defaults, &rotation);
    let (vaults, keys) = intern::intern(&statements);
    let system =
        System { reported, file, name, layout, accounts, key_settings, key_defaults, statements, vaults, keys };
    if system.knows_every_place() {
        report_foreign_defaults(&defaults, &system.statements, sink);
        report_unknown_resource_keys(&system, sink);
    }
    system
}

/// The kinds of resource that statements back up; all, where there is none.
fn kinds(statements: &[Item]) -> Vec<&'static Kind> {
    let groups = statements.iter().filter_map(|item| match &item.head {
        Head::Backup(groups) => Some(groups),
        Head::System(_) | Head::Account(_) | Head::Defaults | Head::Key(_) => None,
    });
    let written: BTreeSet<usize> = groups.flatten().map(|group| group.kind.node.rank()).collect();
    let found: Vec<&'static Kind> = written.into_iter().filter_map(|rank| KINDS.get(rank).copied()).collect();
    if found.is_empty() { KINDS.to_vec() } else { found }
}

/// The settings of keys by name.
fn keys(items: Vec<Item>, rotation: &Rotation, sink: &mut Diagnostics) -> Vec<KeySettings> {
    let mut keys: Vec<KeySettings> = items.into_iter().filter_map(|item| key_settings(item, rotation, sink)).collect();
    keys.sort_by(|left, right| left.name.node.cmp(&right.name.node));
    keys
}

/// The items of a file by kind.
#[derive(Default)]
struct Items {
    system: Option<Item>,
    account: Option<Item>,
    defaults: Option<Item>,
    keys: Vec<Item>,
    backups: Vec<Item>,
    /// Whether some item was left out.
    unread: bool,
}

impl Items {
    fn sort(tree: ast::File, sink: &mut Diagnostics) -> Self {
        let mut items = Self { unread: tree.unread, ..Self::default() };
        for item in tree.items {
            let (slot, word) = match item.head {
                Head::System(_) => (&mut items.system, "system"),
                Head::Account(_) => (&mut items.account, "account"),
                Head::Defaults => (&mut items.defaults, "defaults"),
                Head::Key(_) => {
                    items.keys.push(item);
                    continue;
                }
                Head::Backup(_) => {
                    items.backups.push(item);
                    continue;
                }
            };
            match slot {
                Some(first) => {
                    sink.push(crate::syntax::repeated(word, item.keyword, first.keyword));
                    items.unread = true;
                }
                None => *slot = Some(item),
            }
        }
        items
    }
}

/// A file without a statement makes nothing; an error in it may be one that was meant.
fn report_nothing(items: &Items, start: Span, sink: &mut Diagnostics) {
    if items.backups.is_empty() && !sink.has_errors_in(start.file) {
        sink.push(
            E0001
                .at(start, "this file backs nothing up")
                .help("write a statement such as `backup cluster mydb from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d`"),
        );
    }
}

fn system_name(sources: &Sources, start: Span, item: Option<&Item>, sink: &mut Diagnostics) -> Option<Chosen<String>> {
    let kind = crate::aws::name::NameKind::System;
    if let Some(Item { head: Head::System(operand), .. }) = item {
        return name::name(kind, operand.as_ref()?, sink).map(|name| Chosen::written(name, Level::Item));
    }
    let file_name = sources.file(start.file).map_or("", |file| file.name());
    let stem = stem(file_name);
    if kind.accepts(stem) {
        return Some(Chosen::new(stem.to_owned(), start, Level::Derived));
    }
    // A name in angle brackets is none that a file could have.
    let finding = if file_name.starts_with('<') {
        E0112.at(start, format!("{file_name} has no name that could be the system's"))
    } else {
        E0112
            .at(start, format!("`{stem}` cannot begin the name of a stack"))
            .label("without a `system` item the file's name is the system's")
            .help(name::characters(kind))
    };
    let usable = kind.usable(stem).filter(|_| !stem.starts_with('<'));
    sink.push(
        finding
            .help(format!("begin the file with a line of its own: `system {}`", usable.as_deref().unwrap_or("NAME"))),
    );
    None
}

/// The file's name without folders and extension.
fn stem(file_name: &str) -> &str {
    let base = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    base.strip_suffix(".drspec").unwrap_or(base)
}

fn layout(item: Option<Item>, start: Span, sink: &mut Diagnostics) -> Chosen<StackLayout> {
    let Some(item) = item else {
        return Chosen::new(StackLayout::PerSystem, start, Level::Language);
    };
    let keyword = item.keyword;
    let mut settings = Settings::default();
    settings.collect(item.clauses, Scope::System, sink);
    match settings.stacks_per_statement {
        Some(span) => Chosen::new(StackLayout::PerStatement, span, Level::Item),
        None => Chosen::new(StackLayout::PerSystem, keyword, Level::Language),
    }
}

fn account(item: Item, sink: &mut Diagnostics) -> Option<Spanned<String>> {
    Settings::default().collect(item.clauses, Scope::Account, sink);
    let Head::Account(Some(word)) = item.head else {
        return None;
    };
    if !crate::aws::arn::is_account_id(&word.node) {
        let digits: String = word.node.chars().filter(char::is_ascii_digit).collect();
        let finding = E0102.at(word.span, format!("`{}` is no account id", word.node));
        sink.push(if crate::aws::arn::is_account_id(&digits) {
            finding.help(format!("write its 12 digits alone: `{digits}`"))
        } else {
            finding.help("an account id is 12 digits, such as `111122223333`")
        });
        return None;
    }
    Some(word)
}

fn key_settings(item: Item, rotation: &Rotation, sink: &mut Diagnostics) -> Option<KeySettings> {
    let mut settings = Settings::default();
    settings.collect(item.clauses, Scope::Key, sink);
    let Head::Key(Some(name)) = item.head else {
        return None;
    };
    name::name(crate::aws::name::NameKind::KeyAlias, &name, sink)?;
    Some(KeySettings { name, span: item.span, options: settings.key_options(Level::Item, rotation) })
}

/// `restore in REGION` of `defaults` must name a region of some statement.
fn report_foreign_defaults(defaults: &Settings, statements: &[crate::spec::Statement], sink: &mut Diagnostics) {
    let places = statements.iter().flat_map(crate::spec::Statement::places);
    let regions = places.map(|place| place.region.node.code).collect();
    defaults.report_foreign_restores("file", &regions, sink);
}

/// `encrypted by NAME` must name a key that some place in the same region names.
fn report_unknown_resource_keys(system: &System, sink: &mut Diagnostics) {
    for statement in &system.statements {
        let ResourceKey::Written(Chosen { value: key @ KeyName::Made(name), span, .. }) = &statement.resource_key
        else {
            continue;
        };
        let location = statement.source.location();
        if system.key_named(location, key).is_none() {
            let region = location.region.code;
            let known = system.made_keys().filter(|(_, key)| key.location == location).map(|(name, _)| name);
            sink.push(
                E0113
                    .at(*span, format!("this system makes no key `{name}` in {region}"))
                    .suggest(nearest(name, known))
                    .help("name a key that exists by its ARN, or place the key: `from REGION key NAME`"),
            );
        }
    }
}

/// What `key` items and `defaults` say of keys.
impl Settings {
    /// What the item says of keys; `rotation` is what holds where it says nothing of it.
    fn key_options(&self, level: Level, rotation: &Rotation) -> KeyOptions {
        let admins = self.admins.iter().map(|(admin, span)| Spanned::new(admin.clone(), *span)).collect();
        KeyOptions { level, admins, rotation: self.written_rotation(level).unwrap_or_else(|| rotation.clone()) }
    }

    fn written_rotation(&self, level: Level) -> Option<Rotation> {
        let rotated = self.rotation.map(|days| Chosen::new(Some(days.node), days.span, level));
        rotated.or(self.no_rotation.map(|span| Chosen::new(None, span, level)))
    }
}

/// The finding for two clauses that contradict each other.
fn contradiction(second: Span, first: Span, message: &str) -> crate::diagnostic::Diagnostic {
    E0010.at(second, message.to_owned()).related(first, "contradicts this").help("keep one of the two")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_said_of_the_languages_own_defaults() {
        let mut sink = Diagnostics::default();
        Language::read(&mut sink);
        assert_eq!(sink.iter().count(), 0);
    }
}
