//! What of a statement was written, what `defaults` said, and what was decided, in the words of the language.

use serde::Serialize;

use crate::aws::location::AccountId;
use crate::source::{Sources, Span};
use crate::spec::{
    Chosen, KeyName, Level, Place, ResourceKey, Restore, Retention, Rule, StackLayout, Statement, System,
};
use crate::time::length::Minutes;
use crate::time::lower::Clock;

/// A clause, and who decided it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The clause in the words of the language: `keep 1d`.
    pub clause: String,
    /// Who decided.
    pub level: Level,
}

/// Every clause of a statement, each once, in the order in which one writes them.
pub(super) fn decided(system: &System, statement: &Statement, sources: &Sources) -> Vec<Decided> {
    let mut all = Clauses { sources, found: Vec::new() };
    all.system(system);
    all.place("from", &statement.source, Level::Statement);
    for destination in statement.destinations() {
        all.place(destination.clause(), destination.place, destination.level);
    }
    for rule in &statement.rules {
        all.rule(rule);
    }
    if let ResourceKey::Written(key) = &statement.resource_key {
        all.key("encrypted by", key);
    }
    for restore in statement.groups.iter().flat_map(|group| group.restores.values()) {
        all.restore(restore);
    }
    all.add("no restore".to_owned(), statement.no_restore.as_ref().map(|no| no.level));
    let rpo = statement.rpo.as_ref();
    all.add(rpo.map_or_else(String::new, |rpo| format!("rpo {}", duration(rpo.value))), rpo.map(|rpo| rpo.level));
    if !statement.name.level.is_derived() {
        all.chosen("called", &statement.name);
    }
    all.chosen("plan", &statement.plan);
    all.chosen("selection", &statement.selection);
    all.add(format!("role {}", statement.role.value.written()), Some(statement.role.level));
    for tag in &statement.tags {
        all.add(format!("tags {}={}", tag.value.key, tag.value.value), Some(tag.level));
    }
    for place in statement.places() {
        all.key_options(system, place);
    }
    all.found
}

struct Clauses<'a> {
    sources: &'a Sources,
    found: Vec<Decided>,
}

impl Clauses<'_> {
    fn add(&mut self, clause: String, level: Option<Level>) {
        let Some(level) = level else { return };
        let decided = Decided { clause, level };
        if !self.found.contains(&decided) {
            self.found.push(decided);
        }
    }

    fn chosen(&mut self, word: &str, chosen: &Chosen<String>) {
        self.add(format!("{word} {}", chosen.value), Some(chosen.level));
    }

    fn system(&mut self, system: &System) {
        if !system.name.level.is_derived() {
            self.chosen("system", &system.name);
        }
        if system.layout.value == StackLayout::PerStatement {
            self.add("stacks per statement".to_owned(), Some(system.layout.level));
        }
        let account = system.written_account(AccountId::OWN);
        self.add(account.map_or_else(String::new, |id| format!("account {}", id.node)), account.map(|_| Level::Item));
    }

    /// A place; its vault and its key where somebody chose them.
    fn place(&mut self, word: &str, place: &Place, level: Level) {
        self.add(format!("{word} {}", place.region.node.code), Some(level));
        if !place.vault.level.is_derived() {
            self.add(format!("vault {}", place.vault.value.written()), Some(place.vault.level));
        }
        if !place.key.level.is_derived() {
            self.key("key", &place.key);
        }
    }

    fn key(&mut self, word: &str, key: &Chosen<KeyName>) {
        self.add(format!("{word} {}", key.value.written()), Some(key.level));
    }

    fn rule(&mut self, rule: &Rule) {
        self.add(self.written(rule.schedule.span), Some(Level::Rule));
        self.keep(&rule.keep);
        for copy in &rule.copies {
            if copy.keep.span != rule.keep.span {
                self.keep(&copy.keep);
            }
        }
        for (word, window) in [("start within", &rule.start_window), ("complete within", &rule.completion_window)] {
            self.as_written(word, duration(window.value), (window.span, window.level));
        }
        let clock = match rule.clock.value {
            Clock::Automatic => return,
            Clock::Utc => "schedule in utc",
            Clock::Zone => "schedule in zone",
        };
        self.add(clock.to_owned(), Some(rule.clock.level));
    }

    fn keep(&mut self, keep: &Chosen<Retention>) {
        let kept = match keep.value {
            Retention::Days(days) => format!("{days}d"),
            Retention::Forever => "forever".to_owned(),
        };
        self.as_written("keep", kept, (keep.span, keep.level));
    }

    /// A clause with the value that was written, where one was: `keep 1y`, and not the days that it means.
    fn as_written(&mut self, word: &str, value: String, (span, level): (Span, Level)) {
        let written = self.written(span);
        let is_value = matches!(level, Level::Rule | Level::Statement | Level::Defaults) && !written.contains(' ');
        self.add(format!("{word} {}", if is_value { written } else { value }), Some(level));
    }

    fn restore(&mut self, restore: &Restore) {
        for pattern in &restore.patterns {
            self.add(format!("restore as \"{pattern}\""), Some(restore.pattern.level));
        }
        for (word, chosen) in &restore.settings {
            self.chosen(word, chosen);
        }
    }

    fn key_options(&mut self, system: &System, place: &Place) {
        let Some(key) = system.key_of(place).and_then(|id| system.key(id)) else { return };
        if let KeyName::Existing(_) = key.name {
            return;
        }
        let options = system.key_options(key);
        let rotation = options.rotation.value;
        let clause = rotation.map_or_else(|| "no rotation".to_owned(), |days| format!("rotate every {days}d"));
        self.add(clause, Some(options.rotation.level));
        for admin in &options.admins {
            self.add(format!("admin {}", self.written(admin.span)), Some(options.level));
        }
    }

    /// The words that stand in a place, on one line.
    fn written(&self, span: Span) -> String {
        self.sources.snippet(span).split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A length in minutes as the language writes it.
fn duration(minutes: u32) -> String {
    let minutes = Minutes(i64::from(minutes)).0;
    if minutes % 60 == 0 { format!("{}h", minutes / 60) } else { format!("{minutes}m") }
}
