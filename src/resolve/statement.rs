//! One `backup` item into a statement: each value from the rule, else the statement, else the
//! file's defaults, else the language's.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::settings::{CopyClause, FormerClause, RuleClauses, RuleSettings, Settings};
use super::{LANGUAGE, missing, name, naming, place, restore, time, value};
use crate::aws::region::Region;
use crate::diagnostic::Diagnostics;
use crate::kind::KINDS;
use crate::source::{Span, Spanned};
use crate::spec::destination::FormerDestination;
use crate::spec::{Chosen, Copy, Group, Level, Part, Place, ResourceKey, Retention, Role, Rule, Statement};
use crate::syntax::ast::{self, Head, Item};
use crate::syntax::clause::Scope;
use crate::time::lower::Clock;
use crate::time::schedule::Schedule;
use crate::time::zone::Zone;

/// What surrounds a statement.
pub(super) struct Context<'a> {
    pub(super) system: &'a str,
    pub(super) defaults: &'a Settings,
    /// The instant that coming dates are counted from.
    pub(super) now: Timestamp,
}

/// Resolves one item. What was wrong has been reported; the statement says which of its parts that
/// leaves unknown.
pub(super) fn resolve(item: Item, context: &Context<'_>, sink: &mut Diagnostics) -> Option<Statement> {
    let mut settings = Settings::of(super::kinds(std::slice::from_ref(&item)));
    let Item { span, keyword, head, clauses, broken, stray } = item;
    let Head::Backup(groups) = head else { return None };
    let is_bare = broken && clauses.is_empty();
    settings.collect(clauses, Scope::Statement, sink);
    settings.reported.extend(&context.defaults.reported);
    if stray || is_bare {
        settings.reported.extend([Part::Names, Part::Places, Part::Timing, Part::Clock, Part::Rest]);
    } else {
        missing::report(&settings, context, keyword, &groups, sink);
    }
    if settings.from.is_none() {
        settings.reported.insert(Part::Source);
    }
    if settings.rules.is_empty() {
        settings.reported.insert(Part::Timing);
        settings.rules.push(RuleClauses::unwritten(keyword));
    }
    let words =
        groups.iter().flat_map(|group| [group.kind.span].into_iter().chain(group.names.iter().map(|name| name.span)));
    let target = words.reduce(Span::to).unwrap_or(keyword);
    let mut reported = std::mem::take(&mut settings.reported);
    let groups = noting(&[Part::Names], &mut reported, sink, |sink| by_kind(&groups, sink));
    if broken || groups.iter().all(|group| group.names.is_empty()) {
        reported.insert(Part::Names);
    }
    Some(Resolver { context, settings: &settings }.statement(span, target, groups, reported, sink))
}

/// Does one step, and notes which parts are unknown if it reported an error.
fn noting<T>(
    parts: &[Part],
    reported: &mut BTreeSet<Part>,
    sink: &mut Diagnostics,
    step: impl FnOnce(&mut Diagnostics) -> T,
) -> T {
    let mut found = Diagnostics::default();
    let made = step(&mut found);
    if found.has_errors() {
        reported.extend(parts);
    }
    sink.append(found);
    made
}

/// The resources of each kind, in the order of kinds: two groups of a kind are one.
fn by_kind(written: &[ast::Group], sink: &mut Diagnostics) -> Vec<Group> {
    let mut names: BTreeMap<(usize, &str), Spanned<String>> = BTreeMap::new();
    for (kind, word) in written.iter().flat_map(|group| group.names.iter().map(|word| (group.kind.node, word))) {
        let Some(name) = name::resource(kind, word, sink) else { continue };
        let span = name.span;
        let first = names.entry((kind.rank(), &word.node)).or_insert(name).span;
        if first != span {
            sink.push(crate::syntax::repeated(&word.node, span, first));
        }
    }
    let mut groups: Vec<Group> = Vec::new();
    for kind in KINDS.iter().filter(|kind| written.iter().any(|group| group.kind.node == **kind)) {
        let own = names.iter().filter(|((rank, _), _)| *rank == kind.rank());
        let names = own.map(|(_, name)| name.clone()).collect();
        groups.push(Group { kind, names, restores: BTreeMap::new() });
    }
    groups
}

pub(super) struct Resolver<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) settings: &'a Settings,
}

impl Resolver<'_> {
    fn statement(
        &self,
        span: Span,
        target: Span,
        mut groups: Vec<Group>,
        mut reported: BTreeSet<Part>,
        sink: &mut Diagnostics,
    ) -> Statement {
        let name = self.name(target, &groups);
        let (from, source) = self.source(target, &mut reported, sink);
        let rules = self.settings.rules.iter();
        let mut rules: Vec<Rule> =
            rules.filter_map(|rule| self.rule(rule, source.region.node, &mut reported, sink)).collect();
        rules.sort_by(|left, right| left.name.value.cmp(&right.name.value));
        let former = self.former(&rules, source.region.node, &mut reported, sink);
        let resource_key = noting(&[Part::Rest], &mut reported, sink, |sink| self.resource_key(&source, sink));
        let places_known = !reported.contains(&Part::Source) && !reported.contains(&Part::Places);
        let no_restore = self.no_restore();
        if no_restore.is_none() {
            noting(&[Part::Rest], &mut reported, sink, |sink| {
                let regions = restore::regions(&source, &rules, &former);
                if places_known {
                    self.settings.report_foreign_restores("statement", &regions, sink);
                }
                for group in &mut groups {
                    group.restores = self.restores(group, &regions, sink);
                }
            });
        }
        let system = self.context.system;
        let role = |name: &String| Role::Made(naming::role(system, name, source.region.node));
        Statement {
            plan: self
                .said(|settings| settings.plan.clone())
                .unwrap_or_else(|| name.derive(|name| naming::plan(system, name))),
            selection: self
                .said(|settings| settings.selection.clone())
                .unwrap_or_else(|| name.derive(|name| naming::selection(system, name))),
            role: self.said(|settings| settings.role.clone()).unwrap_or_else(|| name.derive(role)),
            rpo: self.said(|settings| settings.rpo),
            closed_windows: self.settings.closed_windows.clone(),
            tags: self.tags(),
            reported,
            span,
            target,
            from,
            name,
            groups,
            source,
            resource_key,
            rules,
            former,
            no_restore,
        }
    }

    /// The name that the statement is given, else that of its plan, else one made from what it backs up.
    fn name(&self, target: Span, groups: &[Group]) -> Chosen<String> {
        if let Some(called) = self.said(|settings| settings.called.clone()) {
            return called;
        }
        if let Some(plan) = self.said(|settings| settings.plan.clone()) {
            return plan.derive(String::clone);
        }
        let names: Vec<&str> = groups.iter().flat_map(|group| &group.names).map(|name| name.node.as_str()).collect();
        Chosen::new(naming::statement(&names), target, Level::Derived)
    }

    /// The `from` clause and its place; a region that is not known where none could be read.
    fn source(&self, target: Span, reported: &mut BTreeSet<Part>, sink: &mut Diagnostics) -> (Span, Place) {
        let system = self.context.system;
        let derive = || (naming::source_vault(system), naming::source_key(system));
        let written = self.settings.from.as_ref();
        let place = written.and_then(|(_, place)| {
            noting(&[Part::Places], reported, sink, |sink| place::resolve(place, Level::Statement, derive, sink))
        });
        let from = written.map_or(target, |(span, _)| *span);
        let place = place.unwrap_or_else(|| {
            reported.insert(Part::Source);
            place::unknown(from, derive)
        });
        (from, place)
    }

    fn rule(
        &self,
        clauses: &RuleClauses,
        from: &'static Region,
        reported: &mut BTreeSet<Part>,
        sink: &mut Diagnostics,
    ) -> Option<Rule> {
        let (keyword, now) = (clauses.schedule.keyword, self.context.now);
        let schedule = noting(&[Part::Timing], reported, sink, |sink| time::schedule(&clauses.schedule, sink));
        let clock = self.said(|settings| settings.clock);
        let clock = clock.unwrap_or_else(|| Chosen::new(Clock::Automatic, keyword, Level::Language));
        let settings = &clauses.settings;
        let name = self.of_rule(settings, |settings| settings.named.clone()).unwrap_or_else(|| {
            Chosen::new(schedule.as_ref().map(naming::rule).unwrap_or_default(), keyword, Level::Derived)
        });
        let is_known = schedule.is_some() && !reported.contains(&Part::Clock);
        // A rule whose schedule is not known still has copies and windows to be checked.
        let schedule = schedule.or_else(|| Schedule::hourly(0, Zone::utc()))?;
        let schedule = Spanned::new(schedule, clauses.schedule.span());
        let expressions = is_known.then(|| {
            noting(&[Part::Timing], reported, sink, |sink| time::expressions(&schedule, clock.value, now, sink))
        });
        // A `keep` that is missing has been reported.
        let keep = self.of_rule(settings, |settings| settings.keep).unwrap_or_else(|| {
            reported.insert(Part::Timing);
            Chosen::new(Retention::Forever, keyword, Level::Derived)
        });
        Some(Rule {
            span: clauses.span,
            name,
            schedule,
            clock,
            expressions: expressions.flatten().unwrap_or_default(),
            start_window: self.of_rule(settings, |settings| settings.start_window)?,
            completion_window: self.of_rule(settings, |settings| settings.completion_window)?,
            copies: self.copies(settings, from, &keep, reported, sink),
            keep,
        })
    }

    /// What the rule says, or else the first of statement, file and language.
    fn of_rule<T>(&self, rule: &RuleSettings, get: impl Fn(&RuleSettings) -> Option<Spanned<T>>) -> Option<Chosen<T>> {
        let own = get(rule).map(|value| Chosen::written(value, Level::Rule));
        own.or_else(|| self.said(|settings| get(&settings.every_rule)))
    }

    /// What the first of statement, file and language says that says something.
    fn said<T>(&self, get: impl Fn(&Settings) -> Option<Spanned<T>>) -> Option<Chosen<T>> {
        let levels = [
            (self.settings, Level::Statement),
            (self.context.defaults, Level::Defaults),
            (&LANGUAGE.settings, Level::Language),
        ];
        levels.into_iter().find_map(|(settings, level)| Some(Chosen::written(get(settings)?, level)))
    }

    /// A rule's own copies, and those of the statement, or else of the file.
    fn copies(
        &self,
        rule: &RuleSettings,
        from: &'static Region,
        keep: &Chosen<Retention>,
        reported: &mut BTreeSet<Part>,
        sink: &mut Diagnostics,
    ) -> Vec<Copy> {
        let statement = &self.settings.every_rule.copies;
        let (shared, level) = if statement.is_empty() {
            (&self.context.defaults.every_rule.copies, Level::Defaults)
        } else {
            (statement, Level::Statement)
        };
        let clauses = shared.iter().map(|copy| (copy, level)).chain(rule.copies.iter().map(|copy| (copy, Level::Rule)));
        let mut copies: Vec<Copy> = noting(&[Part::Places, Part::Timing], reported, sink, |sink| {
            clauses.filter_map(|(clause, level)| self.copy(clause, level, from, keep, sink)).collect()
        });
        copies.sort_by(|left, right| left.place.identity().cmp(&right.place.identity()));
        copies
    }

    fn copy(
        &self,
        clause: &CopyClause,
        level: Level,
        from: &'static Region,
        keep: &Chosen<Retention>,
        sink: &mut Diagnostics,
    ) -> Option<Copy> {
        let place = self.destination(&clause.place, level, from, sink)?;
        let keep = clause.keep.map_or_else(|| keep.clone(), |written| Chosen::written(written, level));
        Some(Copy { span: clause.span, level, place, keep })
    }

    /// Where copies were made once: what the statement says and, of other places, what the file says,
    /// unless the statement itself copies there.
    fn former(
        &self,
        rules: &[Rule],
        from: &'static Region,
        reported: &mut BTreeSet<Part>,
        sink: &mut Diagnostics,
    ) -> Vec<FormerDestination> {
        let mut resolve = |clauses: &[FormerClause], level| {
            noting(&[Part::Places], reported, sink, |sink| {
                clauses
                    .iter()
                    .filter_map(|clause| self.former_destination(clause, level, from, sink))
                    .collect::<Vec<_>>()
            })
        };
        let mut former = resolve(&self.settings.former, Level::Statement);
        let copies = rules.iter().flat_map(|rule| &rule.copies);
        let own = copies.filter(|copy| copy.level < Level::Defaults).map(|copy| &copy.place);
        let said: BTreeSet<_> = own.chain(former.iter().map(|former| &former.place)).map(Place::identity).collect();
        let of_file = resolve(&self.context.defaults.former, Level::Defaults);
        let of_file: Vec<_> = of_file.into_iter().filter(|former| !said.contains(&former.place.identity())).collect();
        former.extend(of_file);
        former.sort_by(|left, right| left.place.identity().cmp(&right.place.identity()));
        former
    }

    fn former_destination(
        &self,
        clause: &FormerClause,
        level: Level,
        from: &'static Region,
        sink: &mut Diagnostics,
    ) -> Option<FormerDestination> {
        let place = self.destination(&clause.place, level, from, sink)?;
        let keep = clause.keep.map(|keep| Chosen::written(keep, level));
        Some(FormerDestination { span: clause.span, level, place, keep, since: clause.since })
    }

    /// A place for copies.
    fn destination(
        &self,
        place: &ast::Place,
        level: Level,
        from: &'static Region,
        sink: &mut Diagnostics,
    ) -> Option<Place> {
        let system = self.context.system;
        place::resolve(place, level, || (naming::copy_vault(system, from), naming::copy_key(system, from)), sink)
    }

    fn resource_key(&self, source: &Place, sink: &mut Diagnostics) -> ResourceKey {
        let region = Some(source.region.node).filter(|region| !region.code.is_empty());
        let key = self.said(|settings| settings.encrypted_by.clone()).and_then(|written| {
            let key = value::key(&Spanned::new(written.value, written.span), region, sink)?;
            Some(Chosen::written(key, written.level))
        });
        key.map_or(ResourceKey::Unknown, ResourceKey::Written)
    }

    fn tags(&self) -> Vec<Chosen<crate::spec::Tag>> {
        let layers = [(&self.context.defaults.tags, Level::Defaults), (&self.settings.tags, Level::Statement)];
        let written = layers.into_iter().flat_map(|(tags, level)| tags.iter().map(move |tag| (tag, level)));
        let tags: BTreeMap<&str, (&Spanned<crate::spec::Tag>, Level)> =
            written.map(|((key, tag), level)| (key.as_str(), (tag, level))).collect();
        tags.into_values().map(|(tag, level)| Chosen::written(tag.clone(), level)).collect()
    }
}
