//! What a restore may make in each region where a recovery point is.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::E0114;
use super::settings::{RestoreClause, Settings};
use super::statement::Resolver;
use super::{LANGUAGE, pattern, value};
use crate::diagnostic::Diagnostics;
use crate::kind::Kind;
use crate::source::Spanned;
use crate::spec::destination::FormerDestination;
use crate::spec::{Chosen, Group, Level, Place, Restore, Rule};

impl Settings {
    /// Reports restores in regions where no recovery point of the statement or the file ever is.
    pub(super) fn report_foreign_restores(
        &self,
        whose: &str,
        regions: &BTreeSet<&'static str>,
        sink: &mut Diagnostics,
    ) {
        for word in self.restores.values().filter_map(|clause| clause.region.as_ref()) {
            if value::region(word, sink).is_some() && !regions.contains(&word.node.as_str()) {
                sink.push(
                    E0114
                        .at(word.span, format!("no recovery point of this {whose} is ever in {}", word.node))
                        .help(format!("name one of {}", regions.iter().copied().collect::<Vec<_>>().join(", "))),
                );
            }
        }
    }
}

/// Where a restore is possible: the source and every destination, former ones too.
pub(super) fn regions(source: &Place, rules: &[Rule], former: &[FormerDestination]) -> BTreeSet<&'static str> {
    let copies = rules.iter().flat_map(|rule| rule.copies.iter().map(|copy| copy.place.region.node.code));
    let former = former.iter().map(|former| former.place.region.node.code);
    std::iter::once(source.region.node.code).chain(copies).chain(former).collect()
}

impl Resolver<'_> {
    /// `no restore` of the statement, else of the file where the statement has no `restore` of its own.
    pub(super) fn no_restore(&self) -> Option<Chosen<()>> {
        let own = self.settings.no_restore.map(|span| Chosen::new((), span, Level::Statement));
        let of_file = || self.context.defaults.no_restore.filter(|_| self.settings.restores.is_empty());
        own.or_else(|| of_file().map(|span| Chosen::new((), span, Level::Defaults)))
    }

    /// What a restore of a group may make in each region.
    pub(super) fn restores(
        &self,
        group: &Group,
        regions: &BTreeSet<&'static str>,
        sink: &mut Diagnostics,
    ) -> BTreeMap<&'static str, Restore> {
        let regions = regions.iter().copied();
        let restores: BTreeMap<_, _> =
            regions.filter_map(|region| Some((region, self.restore(region, group)?))).collect();
        let patterns: BTreeMap<_, _> =
            restores.values().map(|restore| (restore.pattern.span, &restore.pattern)).collect();
        for pattern in patterns.into_values() {
            pattern::check(pattern, group, sink);
        }
        restores
    }

    fn restore(&self, region: &str, group: &Group) -> Option<Restore> {
        let pattern = self.restore_value(region, group.kind, |clause| clause.pattern.as_ref())?;
        let names = group.names.iter();
        let mut patterns: Vec<String> = names.map(|name| pattern.value.replace("<name>", &name.node)).collect();
        patterns.sort();
        patterns.dedup();
        let words = group.kind.restore.iter().filter_map(|setting| setting.word);
        let chosen = |word| self.restore_value(region, group.kind, |clause| clause.settings.get(word));
        let settings = words.filter_map(|word| Some((word, chosen(word)?))).collect();
        Some(Restore { patterns, pattern, settings })
    }

    /// What the clause for this region says, else the one for all regions, else the defaults.
    fn restore_value(
        &self,
        region: &str,
        kind: &Kind,
        get: impl Fn(&RestoreClause) -> Option<&Spanned<String>>,
    ) -> Option<Chosen<String>> {
        let here = Some(region.to_owned());
        let layers = [
            (&self.settings.restores, Level::Statement),
            (&self.context.defaults.restores, Level::Defaults),
            (&LANGUAGE.of_restores(kind).restores, Level::Language),
        ];
        layers.into_iter().find_map(|(clauses, level)| {
            let found = clauses.get(&here).and_then(&get).or_else(|| clauses.get(&None).and_then(&get));
            found.map(|word| Chosen::written(word.clone(), level))
        })
    }
}
