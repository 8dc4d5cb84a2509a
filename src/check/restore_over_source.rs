//! A restore whose rights reach what is backed up.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use crate::aws::location::AccountId;
use crate::diagnostic::Diagnostics;
use crate::kind::Kind;
use crate::policy::glob::includes;
use crate::rule::rule;
use crate::source::Span;
use crate::spec::{Chosen, Group, Level, Part, Spec, Statement, System};

rule! {
    /// A restore could touch a resource that is backed up.
    ///
    /// ## Why
    ///
    /// To restore a kind such as `table` or `database`, the role needs rights over whatever has the name of what it
    /// makes: to write into it, or to delete it. Where the pattern of names meets a resource that is backed up in the
    /// same region and account, these are rights over that resource.
    ///
    /// ## Example
    ///
    /// ```drspec,E0320
    /// backup table orders from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   restore as "orders*"
    /// ```
    ///
    /// Use instead:
    ///
    /// ```drspec
    /// backup table orders from ap-northeast-1 to ap-northeast-3 daily 01:00 JST keep 7d
    ///   restore as "<name>-restored-*"
    /// ```
    E0320 "restore-over-source" Error Language ""
    "復元の権限が、バックアップ対象のリソースに及んでいます。"
    "`table` や `database` などの復元では、復元先と同じ名前のリソースに書き込む権限や、それを削除する権限がロールに必要です。名前のパターンが、同じリージョンとアカウントにあるバックアップ対象のリソースに一致すると、そのリソースも書き込みや削除の対象になります。"
}

/// Patterns to write instead, the language's own first.
const INSTEAD: &[&str] = &["<name>-restored-*", "<name>-dr-*", "restored-from-<name>-*"];

pub(super) fn check(spec: &Spec, sink: &mut Diagnostics) {
    let sources = Sources::of(spec);
    for (system, statement) in spec.statements().filter(|(_, statement)| is_known(statement)) {
        for group in &statement.groups {
            let Some(could) = group.kind.abilities.restore_could else { continue };
            let mut reported = BTreeSet::new();
            for (region, restore) in &group.restores {
                let found = restore.patterns.iter().find_map(|pattern| {
                    let (name, at) = sources.met(group.kind, region, system, pattern)?;
                    Some((pattern, name, at))
                });
                let Some((pattern, name, at)) = found.filter(|_| reported.insert(restore.pattern.span)) else {
                    continue;
                };
                let one = group.kind.words.one.en;
                let finding = E0320
                    .at(
                        place(&restore.pattern, statement),
                        format!("`{pattern}` meets the {one} `{name}`, and what may restore could {could}"),
                    )
                    .related(at, format!("backed up in {region}"));
                let instead = INSTEAD.iter().find(|pattern| {
                    let of_names = group.names.iter().map(|name| pattern.replace("<name>", &name.node));
                    group.restores.keys().all(|region| {
                        of_names.clone().all(|pattern| sources.met(group.kind, region, system, &pattern).is_none())
                    })
                });
                sink.push(finding.help(match instead {
                    Some(instead) => format!("write a pattern that meets none: `restore as \"{instead}\"`"),
                    None => format!("write a pattern that meets no {one} which is backed up"),
                }));
            }
        }
    }
}

/// Where the pattern was decided; the language's own was written by nobody.
fn place(pattern: &Chosen<String>, statement: &Statement) -> Span {
    if pattern.level == Level::Language { statement.target } else { pattern.span }
}

fn is_known(statement: &Statement) -> bool {
    [Part::Names, Part::Source, Part::Rest].into_iter().all(|part| statement.knows(part))
}

/// What is backed up of kinds whose restores could touch it: by kind and region, the names, each with the account
/// that its file names.
struct Sources<'a> {
    names: BTreeMap<(usize, &'a str), BTreeMap<&'a str, Vec<Backed<'a>>>>,
}

/// The account that a file names, and where the resource is written.
type Backed<'a> = (Option<&'a str>, Span);

impl<'a> Sources<'a> {
    fn of(spec: &'a Spec) -> Self {
        let mut names: BTreeMap<_, BTreeMap<&str, Vec<_>>> = BTreeMap::new();
        for (system, statement) in spec.statements().filter(|(_, statement)| is_known(statement)) {
            let could = |group: &&Group| group.kind.abilities.restore_could.is_some();
            for group in statement.groups.iter().filter(could) {
                let own = names.entry((group.kind.rank(), statement.source.region.node.code)).or_default();
                for name in &group.names {
                    own.entry(name.node.as_str()).or_default().push((account(system), name.span));
                }
            }
        }
        Self { names }
    }

    /// A resource that a pattern meets in a region of a system's account, and where it is written. Accounts that no
    /// file names may be the same.
    fn met(&self, kind: &Kind, region: &str, system: &System, pattern: &str) -> Option<(&'a str, Span)> {
        let names = self.names.iter().find(|((rank, code), _)| *rank == kind.rank() && *code == region)?.1;
        let beginning = pattern.split(['*', '?']).next().unwrap_or("");
        let from = names
            .range::<str, _>((Bound::Included(beginning), Bound::Unbounded))
            .take_while(|(name, _)| name.starts_with(beginning));
        let is_here = |other: Option<&str>| other.is_none() || account(system).is_none() || other == account(system);
        from.filter(|(name, _)| includes(pattern, name))
            .find_map(|(name, uses)| uses.iter().find(|(other, _)| is_here(*other)).map(|(_, span)| (*name, *span)))
    }
}

fn account(system: &System) -> Option<&str> {
    system.written_account(AccountId::OWN).map(|account| account.node.as_str())
}
