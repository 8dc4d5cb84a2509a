//! The clauses of one item, each in its slot: what is written twice or in the wrong item is
//! reported here, once for all items.

mod checked;

use std::collections::{BTreeMap, BTreeSet};

use super::{contradiction, name, pattern, time, value};
use crate::aws::arn::Principal;
use crate::aws::name::NameKind;
use crate::aws::quota::SHORTEST_START_WINDOW_MINUTES;
use crate::diagnostic::Diagnostics;
use crate::kind::{KINDS, Kind};
use crate::source::{Span, Spanned};
use crate::spec::{ClosedWindow, Part, Role, Tag};
use crate::syntax::ast::{self, Clause, ClauseNode};
use crate::syntax::clause::{Declaration, Scope};
use crate::syntax::repeated;
use crate::syntax::rules::E0013;
use crate::time::length::Minutes;
use crate::time::lower::Clock;
use crate::time::window::Blackout;
pub(super) use checked::{CopyClause, FormerClause, RestoreClause, RuleClauses, RuleSettings};

/// Everything that an item may say.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// The kinds of resource of which it is said.
    pub(super) kinds: Vec<&'static Kind>,
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
    /// The resources' own windows, in and before which some kinds are not backed up.
    pub(super) closed_windows: Vec<ClosedWindow>,
    pub(super) called: Option<Spanned<String>>,
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

/// Where an item has said what it can say once only, or one of its rules, which are counted from 1.
type Seen = BTreeMap<(usize, &'static str), Span>;

impl Settings {
    /// Nothing yet, to be said of these kinds of resource.
    pub(super) fn of(kinds: Vec<&'static Kind>) -> Self {
        Self { kinds, ..Self::default() }
    }

    /// Puts every clause in its slot.
    pub(super) fn collect(&mut self, clauses: Vec<Clause>, scope: Scope, sink: &mut Diagnostics) {
        let mut seen = Seen::new();
        for clause in clauses {
            let (parts, broken) = (clause.declared.parts, clause.broken);
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

    fn clause(&mut self, clause: Clause, scope: Scope, seen: &mut Seen, sink: &mut Diagnostics) {
        if !clause.declared.scopes.contains(&scope) {
            sink.push(misplaced(&clause, scope));
            return;
        }
        if clause.broken && matches!(clause.node, ClauseNode::To(..) | ClauseNode::FormerlyTo(_)) {
            // Its `keep` may have been meant for the rule.
            self.every_rule.says_keep = true;
        }
        let Declaration { is_single, is_rule_option, .. } = *clause.declared;
        if is_single {
            // A rule says it apart from the others.
            let of = if is_rule_option { self.rules.len() } else { 0 };
            let first = *seen.entry((of, clause.name())).or_insert(clause.span);
            if first != clause.span {
                sink.push(repeated(clause.name(), clause.span, first));
                return;
            }
        }
        if let Some(rule) = self.rules.last_mut().filter(|_| is_rule_option) {
            rule.span = rule.span.to(clause.span);
        }
        self.say(clause.node, clause.span, sink);
    }

    /// Puts what a clause says in its slot; an operand that is missing has been reported.
    fn say(&mut self, node: ClauseNode, span: Span, sink: &mut Diagnostics) {
        let of_rule = self.rules.last_mut().map_or(&mut self.every_rule, |rule| &mut rule.settings);
        match node {
            ClauseNode::Named(word) => of_rule.named = word.and_then(|word| name::name(NameKind::Rule, &word, sink)),
            ClauseNode::Keep(word) => {
                of_rule.says_keep = true;
                of_rule.keep = word.and_then(|word| value::retention(&word, sink));
            }
            // In the place of a wrong window stands one that the other window can be checked against.
            ClauseNode::StartWithin(word) => {
                let window = word.and_then(|word| value::minutes(&word, sink));
                of_rule.start_window = window.or(Some(Spanned::new(SHORTEST_START_WINDOW_MINUTES, span)));
            }
            ClauseNode::CompleteWithin(word) => {
                let window = word.and_then(|word| value::minutes(&word, sink));
                of_rule.completion_window = window.or(Some(Spanned::new(u32::MAX, span)));
            }
            ClauseNode::To(Some(place), keep) => {
                let keep = keep.and_then(|word| value::retention(&word, sink));
                of_rule.copies.push(CopyClause { span, place, keep });
            }
            ClauseNode::Schedule(schedule) => {
                self.rules.push(RuleClauses { span, schedule, settings: RuleSettings::default() });
            }
            ClauseNode::StacksPerStatement => self.stacks_per_statement = Some(span),
            ClauseNode::From(Some(place)) => self.from = Some((span, place)),
            ClauseNode::From(None) => {
                self.reported.insert(Part::Source);
            }
            ClauseNode::FormerlyTo(formerly) => self.formerly_to(formerly, span, sink),
            ClauseNode::EncryptedBy(word) => self.encrypted_by = word,
            ClauseNode::ScheduleIn(word) => self.clock = word.and_then(|word| time::clock(&word, sink)),
            ClauseNode::Rpo(word) => self.rpo = word.and_then(|word| value::minutes(&word, sink)),
            ClauseNode::Maintenance(window) => self.closed_window("maintenance", &window, span, sink),
            ClauseNode::AutomatedBackup(window) => self.closed_window("automated backup", &window, span, sink),
            // What is made of it allows no more characters than a plan does.
            ClauseNode::Called(word) => self.called = word.and_then(|word| name::name(NameKind::Plan, &word, sink)),
            ClauseNode::Plan(word) => self.plan = word.and_then(|word| name::name(NameKind::Plan, &word, sink)),
            ClauseNode::Selection(word) => {
                self.selection = word.and_then(|word| name::name(NameKind::Selection, &word, sink));
            }
            ClauseNode::Role(word) => self.role = word.and_then(|word| value::role(&word, sink)),
            ClauseNode::NoRestore => self.no_restore = Some(span),
            ClauseNode::NoRotation => self.no_rotation = Some(span),
            ClauseNode::Restore(restore) => self.restore(restore, span, sink),
            ClauseNode::Tags(tags) => value::tags(tags, &mut self.tags, sink),
            ClauseNode::Admin(words) => self.admins(&words, sink),
            ClauseNode::RotateEvery(word) => self.rotation = word.and_then(|word| value::rotation(&word, sink)),
            ClauseNode::To(None, _) => {}
        }
    }

    fn admins(&mut self, words: &[ast::Word], sink: &mut Diagnostics) {
        for word in words {
            let Some(admin) = value::principal(word, sink) else { continue };
            let first = *self.admins.entry(admin.node).or_insert(admin.span);
            if first != admin.span {
                sink.push(repeated("admin", admin.span, first));
            }
        }
    }

    /// Checks a window's words.
    fn closed_window(&mut self, clause: &'static str, window: &ast::Window, span: Span, sink: &mut Diagnostics) {
        let day = window.day.as_ref().map(|word| time::weekday(word, sink));
        let zone = window.zone.as_ref().map(|word| time::zone(word, sink));
        let times = window.times.as_ref().map(|word| time::span_of_day(word, sink));
        if let (None | Some(Some(_)), Some(Some(zone)), Some(Some((begins, ends)))) = (day, zone, times) {
            // How long before it is the kind's to say.
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
        let of = region.as_ref().map(|word| word.node.clone());
        if let Some(first) = self.restores.get(&of) {
            sink.push(repeated("restore", span, first.span));
            return;
        }
        let clause = RestoreClause {
            span,
            pattern: restore.pattern.and_then(|word| pattern::restored(word, &self.kinds, sink)),
            settings: restore.settings.iter().filter_map(|setting| named(setting, &self.kinds, sink)).collect(),
            region,
        };
        self.restores.insert(of, clause);
    }
}

/// What a restore uses, by its word, if one of the kinds has such a setting.
fn named(
    setting: &ast::RestoreSetting,
    kinds: &[&'static Kind],
    sink: &mut Diagnostics,
) -> Option<(&'static str, Spanned<String>)> {
    let word = setting.word.node;
    let Some(declared) = kinds.iter().find_map(|kind| kind.setting(word)) else {
        let many = |kinds: &mut dyn Iterator<Item = &&'static Kind>| {
            kinds.map(|kind| kind.words.many.en).collect::<Vec<_>>().join(" and ")
        };
        let (own, having) =
            (many(&mut kinds.iter()), many(&mut KINDS.iter().filter(|kind| kind.setting(word).is_some())));
        let span = setting.word.span.to(setting.name.span);
        let finding = E0013.at(span, format!("restores of {own} take no `{word}`"));
        sink.push(finding.help(format!("leave it out: it is a setting of {having}")));
        return None;
    };
    name::name(declared.name, &setting.name, sink).map(|name| (word, name))
}

fn misplaced(clause: &Clause, scope: Scope) -> crate::diagnostic::Diagnostic {
    let name = clause.name();
    let finding = E0013.at(clause.span, format!("`{name}` does not belong in `{}`", scope.word()));
    finding.help(match clause.declared.scopes.first() {
        Some(Scope::Key) => "say it of the key: `key NAME …`, or of every key: `defaults …`",
        Some(Scope::System) => "say it of the system: `system NAME stacks per statement`",
        _ if scope == Scope::Defaults => "say it in each statement, since two statements cannot share it",
        _ => "say it in a `backup` statement",
    })
}
