//! One `backup` item into a statement: each value from the rule, else the statement, else the
//! file's defaults, else the language's.

use std::collections::BTreeMap;

use super::rules::E0114;
use super::settings::{CopyClause, RestoreClause, RuleClauses, RuleSettings, Scope, Settings};
use super::{naming, time, value};
use crate::aws::region::Region;
use crate::diagnostic::Diagnostics;
use crate::source::{Span, Spanned};
use crate::spec::{Chosen, ClusterKey, Copy, Key, Level, Place, Restore, Rule, Statement};
use crate::syntax::ast::{self, Head, Item};
use crate::syntax::rules::E0009;
use crate::time::lower::Clock;

/// What surrounds a statement.
pub(super) struct Context<'a> {
    pub(super) system: &'a str,
    pub(super) defaults: &'a Settings,
    pub(super) language: &'a Settings,
}

/// Resolves one item; `None` when something in it was wrong, which has been reported.
pub(super) fn resolve(item: Item, context: &Context<'_>, sink: &mut Diagnostics) -> Option<Statement> {
    let Item { span, keyword, head, clauses, broken } = item;
    let Head::Backup(target) = head else { return None };
    let mut settings = Settings::default();
    let mut problems = Diagnostics::default();
    settings.collect(clauses, Scope::Statement, &mut problems);
    if !broken {
        report_missing(&settings, context, keyword, &mut problems);
    }
    let head = target
        .kind
        .as_ref()
        .map_or(keyword, |kind| target.names.last().map_or(kind.span, |name| kind.span.to(name.span)));
    let clusters = clusters(&target, &mut problems);
    let resolver = Resolver { context, settings: &settings };
    let statement = resolver.statement(span, head, clusters, &mut problems);
    let failed = broken || problems.has_errors();
    sink.append(problems);
    statement.filter(|_| !failed)
}

fn report_missing(settings: &Settings, context: &Context<'_>, keyword: Span, sink: &mut Diagnostics) {
    let mut missing = |what: &str, help: &str| {
        sink.push(E0009.at(keyword, format!("this statement does not say {what}")).help(help.to_owned()));
    };
    if settings.from.is_none() {
        missing("where its clusters live", "write `from REGION`");
    }
    if settings.rules.is_empty() {
        missing("when to back up", "write a schedule such as `daily 01:00 JST`");
    }
    let everywhere = settings.every_rule.says_keep || context.defaults.every_rule.says_keep;
    let lacking = settings.rules.iter().find(|rule| !everywhere && !rule.settings.says_keep);
    if let Some(rule) = lacking {
        let mut copies = settings.every_rule.copies.iter().chain(&rule.settings.copies);
        let finding = E0009.at(rule.span, "this rule does not say how long to keep its recovery points");
        sink.push(match copies.find_map(|copy| copy.keep) {
            Some(keep) => finding
                .related(keep.span, "this `keep` belongs to the copy")
                .help("write another `keep` behind the schedule"),
            None => finding.help("write `keep` and days, weeks or years behind the schedule, such as `keep 7d`"),
        });
    }
}

fn clusters(target: &ast::Target, sink: &mut Diagnostics) -> Vec<Spanned<String>> {
    let mut clusters: BTreeMap<&str, Spanned<String>> = BTreeMap::new();
    for word in &target.names {
        let Some(name) = value::cluster(word, sink) else { continue };
        match clusters.get(word.node.as_str()) {
            Some(first) => sink.push(crate::syntax::repeated(&name.node, name.span, first.span)),
            None => {
                clusters.insert(&word.node, name);
            }
        }
    }
    clusters.into_values().collect()
}

/// A place; `derive` gives the names of the vault and the key where none is written.
fn resolve_place(
    place: &ast::Place,
    level: Level,
    derive: impl FnOnce(&Region) -> (String, String),
    sink: &mut Diagnostics,
) -> Option<Place> {
    let region = value::region(&place.region, sink);
    let vault = place.vault.as_ref().map(|word| value::name(crate::aws::name::NameKind::Vault, word, sink));
    let key = place.key.as_ref().map(|word| value::key(word, sink));
    let region = region?;
    let (vault_name, key_name) = derive(region.node);
    let vault = match vault {
        Some(written) => written.map(|name| Chosen::new(name.node, name.span, level))?,
        None => Chosen::new(vault_name, place.region.span, level.derived()),
    };
    let key = match key {
        Some(written) => written.map(|key| Chosen::new(key.node, key.span, level))?,
        None => Chosen::new(Key::Made(key_name), place.region.span, level.derived()),
    };
    Some(Place { region, vault, key })
}

impl Settings {
    /// Reports restores in regions where no recovery point of the statement or the file ever is.
    pub(super) fn report_foreign_restores(&self, whose: &str, regions: &[&'static str], sink: &mut Diagnostics) {
        for word in self.restores.iter().filter_map(|clause| clause.region.as_ref()) {
            if value::region(word, sink).is_some() && !regions.contains(&word.node.as_str()) {
                sink.push(
                    E0114
                        .at(word.span, format!("no recovery point of this {whose} is ever in {}", word.node))
                        .help(format!("name one of {}", regions.join(", "))),
                );
            }
        }
    }
}

struct Resolver<'a> {
    context: &'a Context<'a>,
    settings: &'a Settings,
}

impl Resolver<'_> {
    fn statement(
        &self,
        span: Span,
        target: Span,
        clusters: Vec<Spanned<String>>,
        sink: &mut Diagnostics,
    ) -> Option<Statement> {
        let names: Vec<&str> = clusters.iter().map(|cluster| cluster.node.as_str()).collect();
        let name = match &self.settings.plan {
            Some(plan) => plan.node.clone(),
            None => naming::statement(&names),
        };
        let (from, place) = self.settings.from.as_ref()?;
        let source = self.source(place, sink);
        // Rules are read even if the source was wrong, so that all errors are said at once.
        let from_region = source.as_ref().map(|source| source.region.node);
        let rules: Vec<Option<Rule>> =
            self.settings.rules.iter().map(|rule| self.rule(rule, from_region, sink)).collect();
        let cluster_key = self.cluster_key(sink);
        let source = source?;
        let mut rules: Vec<Rule> = rules.into_iter().collect::<Option<_>>()?;
        rules.sort_by(|left, right| left.name.value.cmp(&right.name.value));
        let no_restore = self.no_restore();
        let restores = match no_restore {
            Some(_) => BTreeMap::new(),
            None => self.restores(&names, &source, &rules, sink),
        };
        let system = self.context.system;
        let derived = |text: String| Chosen::new(text, target, Level::Derived);
        let written = |slot: &Option<Spanned<String>>| {
            slot.as_ref().map(|name| Chosen::new(name.node.clone(), name.span, Level::Statement))
        };
        Some(Statement {
            plan: written(&self.settings.plan).unwrap_or_else(|| derived(naming::plan(system, &name))),
            selection: written(&self.settings.selection).unwrap_or_else(|| derived(naming::selection(system, &name))),
            role: written(&self.settings.role)
                .unwrap_or_else(|| derived(naming::role(system, &name, source.region.node))),
            rpo: self.rpo(),
            closed_windows: self.settings.closed_windows.clone(),
            tags: self.tags(),
            span,
            target,
            from: *from,
            name,
            clusters,
            source,
            cluster_key,
            rules,
            restores,
            no_restore,
        })
    }

    fn source(&self, place: &ast::Place, sink: &mut Diagnostics) -> Option<Place> {
        let system = self.context.system;
        resolve_place(place, Level::Statement, |_| (naming::source_vault(system), naming::source_key(system)), sink)
    }

    fn rule(&self, clauses: &RuleClauses, from: Option<&Region>, sink: &mut Diagnostics) -> Option<Rule> {
        let zone = clauses.schedule.zone.as_ref();
        let schedule_span = zone.map_or(clauses.schedule.keyword, |zone| clauses.schedule.keyword.to(zone.span));
        let schedule = time::schedule(&clauses.schedule, sink).map(|schedule| Spanned::new(schedule, schedule_span));
        let clock = self.clock(clauses.schedule.keyword);
        let expressions = schedule.as_ref().and_then(|schedule| time::expressions(schedule, clock.value, sink));
        let keep = self.layered(&clauses.settings, |settings| settings.keep);
        let start_window = self.layered(&clauses.settings, |settings| settings.start_window)?;
        let completion_window = self.layered(&clauses.settings, |settings| settings.completion_window)?;
        let copies = self.copies(&clauses.settings, from, keep.as_ref(), sink);
        let (schedule, keep, copies) = (schedule?, keep?, copies?);
        let named = clauses.settings.named.as_ref().map(|name| (name, Level::Rule));
        let named = named.or_else(|| self.settings.every_rule.named.as_ref().map(|name| (name, Level::Statement)));
        let name = match named {
            Some((name, level)) => Chosen::new(name.node.clone(), name.span, level),
            None => Chosen::new(naming::rule(&schedule.node), clauses.schedule.keyword, Level::Derived),
        };
        Some(Rule {
            span: clauses.span,
            name,
            schedule,
            clock,
            expressions: expressions?,
            keep,
            start_window,
            completion_window,
            copies,
        })
    }

    /// Which clock the statement or the file asks for.
    fn clock(&self, schedule: Span) -> Chosen<Clock> {
        let written = self.settings.clock.map(|clock| (clock, Level::Statement));
        let written = written.or_else(|| self.context.defaults.clock.map(|clock| (clock, Level::Defaults)));
        written.map_or_else(
            || Chosen::new(Clock::Automatic, schedule, Level::Language),
            |(clock, level)| Chosen::new(clock.node, clock.span, level),
        )
    }

    fn rpo(&self) -> Option<Chosen<u32>> {
        let written = self.settings.rpo.map(|rpo| (rpo, Level::Statement));
        let written = written.or_else(|| self.context.defaults.rpo.map(|rpo| (rpo, Level::Defaults)));
        written.map(|(rpo, level)| Chosen::new(rpo.node, rpo.span, level))
    }

    /// The first of rule, statement, file and language that says something.
    fn layered<T>(&self, rule: &RuleSettings, get: impl Fn(&RuleSettings) -> Option<Spanned<T>>) -> Option<Chosen<T>> {
        [
            (rule, Level::Rule),
            (&self.settings.every_rule, Level::Statement),
            (&self.context.defaults.every_rule, Level::Defaults),
            (&self.context.language.every_rule, Level::Language),
        ]
        .into_iter()
        .find_map(|(settings, level)| get(settings).map(|value| Chosen::new(value.node, value.span, level)))
    }

    /// A rule's own copies, and those of the statement, or else of the file.
    fn copies(
        &self,
        rule: &RuleSettings,
        from: Option<&Region>,
        keep: Option<&Chosen<crate::spec::Retention>>,
        sink: &mut Diagnostics,
    ) -> Option<Vec<Copy>> {
        let statement = &self.settings.every_rule.copies;
        let (shared, level) = if statement.is_empty() {
            (&self.context.defaults.every_rule.copies, Level::Defaults)
        } else {
            (statement, Level::Statement)
        };
        let clauses = shared.iter().map(|copy| (copy, level)).chain(rule.copies.iter().map(|copy| (copy, Level::Rule)));
        let copies: Vec<Option<Copy>> =
            clauses.map(|(clause, level)| self.copy(clause, level, from, keep, sink)).collect();
        let mut copies: Vec<Copy> = copies.into_iter().collect::<Option<_>>()?;
        copies.sort_by(|left, right| {
            let key = |copy: &Copy| (copy.place.region.node.code, copy.place.vault.value.clone());
            key(left).cmp(&key(right))
        });
        Some(copies)
    }

    fn copy(
        &self,
        clause: &CopyClause,
        level: Level,
        from: Option<&Region>,
        keep: Option<&Chosen<crate::spec::Retention>>,
        sink: &mut Diagnostics,
    ) -> Option<Copy> {
        let system = self.context.system;
        let derive = |here: &Region| {
            // Without a source there is an error already, and the names are not used.
            let from = from.unwrap_or(here);
            (naming::copy_vault(system, from), naming::copy_key(system, from))
        };
        let place = resolve_place(&clause.place, level, derive, sink)?;
        let keep = match clause.keep {
            Some(written) => Chosen::new(written.node, written.span, level),
            None => keep?.clone(),
        };
        Some(Copy { span: clause.span, level, place, keep })
    }

    fn cluster_key(&self, sink: &mut Diagnostics) -> ClusterKey {
        let written = self.settings.encrypted_by.as_ref().map(|word| (word, Level::Statement));
        let written =
            written.or_else(|| self.context.defaults.encrypted_by.as_ref().map(|word| (word, Level::Defaults)));
        let key =
            written.and_then(|(word, level)| value::key(word, sink).map(|key| Chosen::new(key.node, key.span, level)));
        key.map_or(ClusterKey::Assumed, ClusterKey::Written)
    }

    fn tags(&self) -> Vec<Chosen<crate::spec::Tag>> {
        let layers = [(&self.context.defaults.tags, Level::Defaults), (&self.settings.tags, Level::Statement)];
        let written = layers.into_iter().flat_map(|(tags, level)| tags.iter().map(move |tag| (tag, level)));
        let tags: BTreeMap<&str, Chosen<crate::spec::Tag>> =
            written.map(|((tag, span), level)| (tag.key.as_str(), Chosen::new(tag.clone(), *span, level))).collect();
        tags.into_values().collect()
    }

    /// `no restore` of the statement, else of the file where the statement has no `restore` of its own.
    fn no_restore(&self) -> Option<Chosen<()>> {
        let own = self.settings.no_restore.map(|span| Chosen::new((), span, Level::Statement));
        let of_file = || self.context.defaults.no_restore.filter(|_| self.settings.restores.is_empty());
        own.or_else(|| of_file().map(|span| Chosen::new((), span, Level::Defaults)))
    }

    /// Where a restore is possible: the source and every destination.
    fn restores(
        &self,
        clusters: &[&str],
        source: &Place,
        rules: &[Rule],
        sink: &mut Diagnostics,
    ) -> BTreeMap<&'static str, Restore> {
        let copies = rules.iter().flat_map(|rule| rule.copies.iter().map(|copy| copy.place.region.node.code));
        let mut regions: Vec<&'static str> = std::iter::once(source.region.node.code).chain(copies).collect();
        regions.sort_unstable();
        regions.dedup();
        self.settings.report_foreign_restores("statement", &regions, sink);
        regions.into_iter().filter_map(|region| Some((region, self.restore(region, clusters)?))).collect()
    }

    fn restore(&self, region: &str, clusters: &[&str]) -> Option<Restore> {
        let pattern = self.restore_value(region, |clause| clause.pattern.as_ref())?;
        let mut patterns: Vec<String> = clusters.iter().map(|name| pattern.value.replace("<name>", name)).collect();
        patterns.sort();
        patterns.dedup();
        Some(Restore {
            patterns,
            pattern,
            subnet_group: self.restore_value(region, |clause| clause.subnet_group.as_ref()),
            parameter_group: self.restore_value(region, |clause| clause.parameter_group.as_ref()),
        })
    }

    /// What the clause for this region says, else the one for all regions, else the defaults.
    fn restore_value(
        &self,
        region: &str,
        get: impl Fn(&RestoreClause) -> Option<&Spanned<String>>,
    ) -> Option<Chosen<String>> {
        let here = |clause: &&RestoreClause| clause.region.as_ref().is_some_and(|word| word.node == region);
        let everywhere = |clause: &&RestoreClause| clause.region.is_none();
        let layers = [
            (&self.settings.restores, Level::Statement),
            (&self.context.defaults.restores, Level::Defaults),
            (&self.context.language.restores, Level::Language),
        ];
        layers.into_iter().find_map(|(clauses, level)| {
            let found = clauses.iter().filter(here).find_map(&get);
            let found = found.or_else(|| clauses.iter().filter(everywhere).find_map(&get));
            found.map(|word| Chosen::new(word.node.clone(), word.span, level))
        })
    }
}
