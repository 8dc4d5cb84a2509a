//! The clauses of one item, each in its slot: what is written twice or in the wrong item is
//! reported here, once for all items.

mod checked;

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use super::{contradiction, name, time, value};
use crate::aws::arn::Principal;
use crate::aws::name::NameKind;
use crate::aws::quota::SHORTEST_START_WINDOW_MINUTES;
use crate::diagnostic::Diagnostics;
use crate::source::{Span, Spanned};
use crate::spec::{ClosedWindow, Part, Role, Tag};
use crate::syntax::ast::{self, Clause, ClauseNode};
use crate::syntax::repeated;
use crate::syntax::rules::E0013;
use crate::time::length::Minutes;
use crate::time::lower::Clock;
use crate::time::window::Blackout;
pub(super) use checked::{CopyClause, FormerClause, RestoreClause, RuleClauses, RuleSettings};

/// Which item the clauses stand in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    System,
    Account,
    Defaults,
    Key,
    Statement,
}

impl Scope {
    fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Account => "account",
            Self::Defaults => "defaults",
            Self::Key => "key",
            Self::Statement => "backup",
        }
    }
}

/// Everything that an item may say.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// Of which parts something was reported.
    pub(super) reported: BTreeSet<Part>,
    pub(super) stacks_per_statement: Option<Span>,
    pub(super) from: Option<(Span, ast::Place)>,
    pub(super) every_rule: RuleSettings,
    pub(super) rules: Vec<RuleClauses>,
    pub(super) former: Vec<FormerClause>,
    pub(super) encrypted_by: Option<ast::Word>,
    pub(super) clock: Option<Spanned<Clock>>,
    pub(super) rpo: Option<Spanned<u32>>,
    /// Windows in which RDS and FSx start no backup.
    pub(super) closed_windows: Vec<ClosedWindow>,
    pub(super) plan: Option<Spanned<String>>,
    pub(super) selection: Option<Spanned<String>>,
    pub(super) role: Option<Spanned<Role>>,
    /// By region; of none, what is said of every region.
    pub(super) restores: BTreeMap<Option<String>, RestoreClause>,
    pub(super) no_restore: Option<Span>,
    /// By key.
    pub(super) tags: BTreeMap<String, Spanned<Tag>>,
    pub(super) admins: BTreeMap<Principal, Span>,
    pub(super) rotation: Option<Spanned<u32>>,
    pub(super) no_rotation: Option<Span>,
}

impl Settings {
    /// Puts every clause in its slot.
    pub(super) fn collect(&mut self, clauses: Vec<Clause>, scope: Scope, sink: &mut Diagnostics) {
        let mut seen: Vec<(&'static str, Span)> = Vec::new();
        for clause in clauses {
            let (parts, broken) = (parts(&clause.node), clause.broken);
            let mut found = Diagnostics::default();
            self.clause(clause, scope, &mut seen, &mut found);
            if broken || found.has_errors() {
                self.reported.extend(parts);
            }
            sink.append(found);
        }
        if let (Some(no), Some(restore)) = (self.no_restore, self.restores.values().min_by_key(|restore| restore.span))
        {
            sink.push(contradiction(restore.span, no, "`restore` contradicts `no restore`"));
        }
        if let (Some(no), Some(rotation)) = (self.no_rotation, self.rotation) {
            sink.push(contradiction(rotation.span, no, "`rotate every` contradicts `no rotation`"));
        }
    }

    fn clause(&mut self, clause: Clause, scope: Scope, seen: &mut Vec<(&'static str, Span)>, sink: &mut Diagnostics) {
        let name = clause.node.name();
        if !belongs(&clause.node, scope) {
            sink.push(misplaced(&clause, scope));
            return;
        }
        let is_of_rule = clause.node.is_rule_option();
        if clause.broken && matches!(clause.node, ClauseNode::To(..) | ClauseNode::FormerlyTo(_)) {
            // Its `keep` may have been meant for the rule.
            self.every_rule.says_keep = true;
        }
        if is_single(&clause.node) && (self.rules.is_empty() || !is_of_rule) {
            if let Some((_, first)) = seen.iter().find(|(seen, _)| *seen == name) {
                sink.push(repeated(name, clause.span, *first));
                return;
            }
            seen.push((name, clause.span));
        }
        if let ClauseNode::Schedule(schedule) = clause.node {
            self.rules.push(RuleClauses { span: clause.span, schedule, settings: RuleSettings::default() });
        } else if is_of_rule {
            self.rule_clause(clause.node, clause.span, sink);
        } else {
            self.statement_clause(clause.node, clause.span, sink);
        }
    }

    fn rule_clause(&mut self, node: ClauseNode, span: Span, sink: &mut Diagnostics) {
        let target = match self.rules.last_mut() {
            Some(rule) => {
                rule.span = rule.span.to(span);
                &mut rule.settings
            }
            None => &mut self.every_rule,
        };
        match node {
            ClauseNode::Named(Some(word)) => {
                set(&mut target.named, name::name(NameKind::Rule, &word, sink), "named", sink);
            }
            ClauseNode::Keep(word) => {
                target.says_keep = true;
                let keep = word.and_then(|word| value::retention(&word, sink));
                set(&mut target.keep, keep, "keep", sink);
            }
            // In the place of a wrong window stands one that the other window can be checked against.
            ClauseNode::StartWithin(word) => {
                let window = word.and_then(|word| value::minutes(&word, sink));
                let window = window.unwrap_or(Spanned::new(SHORTEST_START_WINDOW_MINUTES, span));
                set(&mut target.start_window, Some(window), "start within", sink);
            }
            ClauseNode::CompleteWithin(word) => {
                let window = word.and_then(|word| value::minutes(&word, sink));
                let window = window.unwrap_or(Spanned::new(u32::MAX, span));
                set(&mut target.completion_window, Some(window), "complete within", sink);
            }
            ClauseNode::To(Some(place), keep) => {
                let keep = keep.and_then(|word| value::retention(&word, sink));
                target.copies.push(CopyClause { span, place, keep });
            }
            // What is left are operands that have been reported, and clauses of other items.
            ClauseNode::Named(None)
            | ClauseNode::To(None, _)
            | ClauseNode::StacksPerStatement
            | ClauseNode::From(_)
            | ClauseNode::FormerlyTo(_)
            | ClauseNode::Schedule(_)
            | ClauseNode::EncryptedBy(_)
            | ClauseNode::ScheduleIn(_)
            | ClauseNode::Rpo(_)
            | ClauseNode::Maintenance(_)
            | ClauseNode::AutomatedBackup(_)
            | ClauseNode::Plan(_)
            | ClauseNode::Selection(_)
            | ClauseNode::Role(_)
            | ClauseNode::Restore(_)
            | ClauseNode::NoRestore
            | ClauseNode::Tags(_)
            | ClauseNode::Admin(_)
            | ClauseNode::RotateEvery(_)
            | ClauseNode::NoRotation => {}
        }
    }

    fn statement_clause(&mut self, node: ClauseNode, span: Span, sink: &mut Diagnostics) {
        match node {
            ClauseNode::StacksPerStatement => self.stacks_per_statement = Some(span),
            ClauseNode::From(Some(place)) => self.from = Some((span, place)),
            ClauseNode::FormerlyTo(formerly) => self.formerly_to(formerly, span, sink),
            ClauseNode::EncryptedBy(word) => self.encrypted_by = word,
            ClauseNode::ScheduleIn(Some(word)) => self.clock = time::clock(&word, sink),
            ClauseNode::Rpo(Some(word)) => self.rpo = value::minutes(&word, sink),
            ClauseNode::Maintenance(window) => self.closed_window("maintenance", &window, span, sink),
            ClauseNode::AutomatedBackup(window) => self.closed_window("automated backup", &window, span, sink),
            ClauseNode::Plan(Some(word)) => self.plan = name::name(NameKind::Plan, &word, sink),
            ClauseNode::Selection(Some(word)) => self.selection = name::name(NameKind::Selection, &word, sink),
            ClauseNode::Role(Some(word)) => self.role = value::role(&word, sink),
            ClauseNode::NoRestore => self.no_restore = Some(span),
            ClauseNode::NoRotation => self.no_rotation = Some(span),
            ClauseNode::Restore(restore) => self.restore(restore, span, sink),
            ClauseNode::Tags(tags) => value::tags(tags, &mut self.tags, sink),
            ClauseNode::Admin(words) => {
                for word in &words {
                    let Some(admin) = value::principal(word, sink) else { continue };
                    match self.admins.entry(admin.node) {
                        Entry::Occupied(first) => sink.push(repeated("admin", admin.span, *first.get())),
                        Entry::Vacant(slot) => {
                            slot.insert(admin.span);
                        }
                    }
                }
            }
            ClauseNode::RotateEvery(Some(word)) => self.rotation = value::rotation(&word, sink),
            // What is left are operands that have been reported, and clauses of rules.
            ClauseNode::From(None)
            | ClauseNode::Plan(None)
            | ClauseNode::Selection(None)
            | ClauseNode::Role(None)
            | ClauseNode::RotateEvery(None)
            | ClauseNode::ScheduleIn(None)
            | ClauseNode::Rpo(None)
            | ClauseNode::To(..)
            | ClauseNode::Schedule(_)
            | ClauseNode::Named(_)
            | ClauseNode::Keep(_)
            | ClauseNode::StartWithin(_)
            | ClauseNode::CompleteWithin(_) => {}
        }
    }

    /// Checks a window's words; Aurora has no use for it, which [`crate::check`] says.
    fn closed_window(&mut self, clause: &'static str, window: &ast::Window, span: Span, sink: &mut Diagnostics) {
        let day = window.day.as_ref().map(|word| time::weekday(word, sink));
        let zone = window.zone.as_ref().map(|word| time::zone(word, sink));
        let times = window.times.as_ref().map(|word| time::span_of_day(word, sink));
        if let (None | Some(Some(_)), Some(Some(zone)), Some(Some((begins, ends)))) = (day, zone, times) {
            // Aurora is refused nothing before its windows begin.
            let window = Blackout { day: day.flatten(), begins, ends, zone, notice: Minutes::ZERO };
            self.closed_windows.push(ClosedWindow { clause, span, window });
        }
    }

    fn formerly_to(&mut self, formerly: ast::FormerlyTo, span: Span, sink: &mut Diagnostics) {
        let keep = formerly.keep.and_then(|word| value::retention(&word, sink));
        let since = formerly.since.and_then(|word| time::date(&word, sink));
        if let Some(place) = formerly.place {
            self.former.push(FormerClause { span, place, keep, since });
        }
    }

    fn restore(&mut self, restore: ast::Restore, span: Span, sink: &mut Diagnostics) {
        let region = restore.region;
        let slot = match self.restores.entry(region.as_ref().map(|word| word.node.clone())) {
            Entry::Occupied(first) => {
                sink.push(repeated("restore", span, first.get().span));
                return;
            }
            Entry::Vacant(slot) => slot,
        };
        slot.insert(RestoreClause {
            span,
            pattern: restore.pattern.and_then(|word| value::restore_pattern(word, sink)),
            subnet_group: restore.subnet_group.and_then(|word| name::name(NameKind::SubnetGroup, &word, sink)),
            parameter_group: restore
                .parameter_group
                .and_then(|word| name::name(NameKind::ClusterParameterGroup, &word, sink)),
            region,
        });
    }
}

/// Fills a slot; a second value is reported.
fn set<T>(slot: &mut Option<Spanned<T>>, value: Option<Spanned<T>>, name: &str, sink: &mut Diagnostics) {
    match (slot.as_ref(), value) {
        (Some(first), Some(second)) => sink.push(repeated(name, second.span, first.span)),
        (None, value) => *slot = value,
        (Some(_), None) => {}
    }
}

/// The parts of a statement that are not known when a clause is wrong.
fn parts(node: &ClauseNode) -> &'static [Part] {
    match node {
        ClauseNode::From(None) => &[Part::Source],
        ClauseNode::From(Some(_)) | ClauseNode::FormerlyTo(_) => &[Part::Places],
        ClauseNode::To(..) => &[Part::Places, Part::Timing],
        ClauseNode::Named(_) | ClauseNode::Plan(_) | ClauseNode::Selection(_) | ClauseNode::Role(_) => &[Part::Names],
        ClauseNode::Schedule(_) | ClauseNode::Keep(_) | ClauseNode::StartWithin(_) | ClauseNode::CompleteWithin(_) => {
            &[Part::Timing]
        }
        ClauseNode::ScheduleIn(_) => &[Part::Clock],
        ClauseNode::StacksPerStatement
        | ClauseNode::EncryptedBy(_)
        | ClauseNode::Rpo(_)
        | ClauseNode::Maintenance(_)
        | ClauseNode::AutomatedBackup(_)
        | ClauseNode::Restore(_)
        | ClauseNode::NoRestore
        | ClauseNode::Tags(_)
        | ClauseNode::Admin(_)
        | ClauseNode::RotateEvery(_)
        | ClauseNode::NoRotation => &[Part::Rest],
    }
}

/// Whether an item may say it once only, outside a rule.
fn is_single(node: &ClauseNode) -> bool {
    !matches!(
        node,
        ClauseNode::To(..)
            | ClauseNode::FormerlyTo(_)
            | ClauseNode::Schedule(_)
            | ClauseNode::Restore(_)
            | ClauseNode::Tags(_)
            | ClauseNode::Admin(_)
    )
}

fn belongs(node: &ClauseNode, scope: Scope) -> bool {
    match node {
        ClauseNode::StacksPerStatement => scope == Scope::System,
        ClauseNode::Admin(_) | ClauseNode::RotateEvery(_) | ClauseNode::NoRotation => {
            matches!(scope, Scope::Key | Scope::Defaults)
        }
        ClauseNode::To(..)
        | ClauseNode::FormerlyTo(_)
        | ClauseNode::Keep(_)
        | ClauseNode::StartWithin(_)
        | ClauseNode::CompleteWithin(_)
        | ClauseNode::EncryptedBy(_)
        | ClauseNode::ScheduleIn(_)
        | ClauseNode::Rpo(_)
        | ClauseNode::Restore(_)
        | ClauseNode::NoRestore
        | ClauseNode::Tags(_) => matches!(scope, Scope::Statement | Scope::Defaults),
        // Names and times of one statement would collide in every other.
        ClauseNode::From(_)
        | ClauseNode::Schedule(_)
        | ClauseNode::Maintenance(_)
        | ClauseNode::AutomatedBackup(_)
        | ClauseNode::Named(_)
        | ClauseNode::Plan(_)
        | ClauseNode::Selection(_)
        | ClauseNode::Role(_) => scope == Scope::Statement,
    }
}

fn misplaced(clause: &Clause, scope: Scope) -> crate::diagnostic::Diagnostic {
    let name = clause.node.name();
    let finding = E0013.at(clause.span, format!("`{name}` does not belong in `{}`", scope.word()));
    let is_of = |scope| belongs(&clause.node, scope);
    if is_of(Scope::Key) {
        finding.help("say it of the key: `key NAME …`, or of every key: `defaults …`")
    } else if is_of(Scope::System) {
        finding.help("say it of the system: `system NAME stacks per statement`")
    } else if scope == Scope::Defaults {
        finding.help("say it in each statement, since two statements cannot share it")
    } else {
        finding.help("say it in a `backup` statement")
    }
}
