//! The runbook: what to type on the day that a region is lost, and after, for every resource.
//!
//! It is made from the same resolved document as the templates, so that names, regions and ARNs are
//! those that were deployed. What the spec does not know is asked for by the commands themselves. What
//! is the same for every kind of resource is said here; what is a kind's own is its `Steps`.
//!
//! INVARIANT: everything said is a [`Text`], so it exists in both languages.

mod application;
mod before;
mod decision;
mod figures;
pub mod html;
mod label;
pub mod markdown;
mod operator;
mod point;
mod quarter;
mod restore;
mod returning;
mod scope;
mod stacks;
mod target;

use std::collections::BTreeMap;

use crate::analysis::Analyses;
use crate::procedure::Step;
use crate::procedure::command::Line;
use crate::spec::destination::Destination;
use crate::spec::{Spec, Statement};
use crate::text::{self, Text, say};
use crate::time::plan::Where;
use scope::Scope;
use stacks::Replicas;

/// What to do for every resource of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runbook {
    /// What it is for.
    pub title: Text,
    /// How it is used.
    pub introduction: Vec<Text>,
    /// One chapter for each resource and destination, each complete in itself.
    pub chapters: Vec<Chapter>,
}

/// What to do for one resource and one destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// Resource and regions.
    pub title: Text,
    /// The parts in the order in which they are needed.
    pub parts: Vec<ChapterPart>,
}

/// One phase, such as restoring at the destination.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChapterPart {
    /// What it is.
    pub title: Text,
    /// What to know first.
    pub prose: Vec<Text>,
    /// What to do.
    pub steps: Vec<Step>,
}

impl Chapter {
    /// Every line that is typed, in order.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.parts.iter().flat_map(|part| &part.steps).flat_map(|step| &step.lines)
    }
}

/// The runbook of a spec. Figures are counted from the spec's instant.
pub fn runbook(spec: &Spec) -> Runbook {
    let systems: Vec<&str> = spec.systems.iter().map(|system| system.name.value.as_str()).collect();
    let names = systems.join(", ");
    let analyses = Analyses::of(spec);
    let chapters = spec.systems.iter().flat_map(|system| {
        let of_system = (&*system.name.value, system.known_account());
        let replicas = stacks::replicas(system);
        let statements =
            system.statements.iter().flat_map(|statement| chapters(of_system, statement, &analyses, &replicas));
        statements.collect::<Vec<_>>()
    });
    Runbook {
        title: say!("Runbook of {names}: when a region is lost", "{names} のランブック: リージョン障害時の手順"),
        introduction: introduction(),
        chapters: chapters.collect(),
    }
}

fn introduction() -> Vec<Text> {
    vec![
        say!(
            "Made by `drc runbook` from the same spec as the templates: make it again whenever the spec changes.",
            "テンプレートと同じ定義ファイルから `drc runbook` が生成しました。定義を変更したら、必ず生成し直してください。"
        ),
        say!(
            "Keep a copy where you can read it when the source region, and everything hosted there, is gone.",
            "ソースリージョンとそこにあるものがすべて使えなくなっても読める場所に、コピーを保管してください。"
        ),
        say!(
            "Each chapter is complete in itself. Run its commands in order, in one POSIX shell with the AWS CLI: later steps use the variables that earlier steps set. Each variable that a command sets is shown; after a break, run the first part of the chapter again and set those that you had.",
            "各章は単独で完結しています。AWS CLI が使える POSIX シェルを 1 つ開き、コマンドを順番に実行してください。後の手順は、前の手順で設定した変数を使います。コマンドで設定した変数は画面にも表示されます。中断したときは、章の最初の手順をもう一度実行し、それまでの変数を設定し直してください。"
        ),
        say!(
            "Use version 2 of the AWS CLI: version 1 shows the times of AWS Backup as seconds since 1970.",
            "AWS CLI はバージョン 2 を使ってください。バージョン 1 では、AWS Backup の日時が 1970 年からの秒数で表示されます。"
        ),
        say!(
            "A line that begins with `: \"${{…` says by a message that a value is missing which the spec does not know. Set the variable, then run the commands again from that line on.",
            "`: \"${{…` で始まる行は、定義ファイルからはわからない値が未設定の場合にメッセージを出します。変数を設定し、その行からコマンドを実行し直してください。"
        ),
    ]
}

/// A chapter for each resource and each place that holds copies; those that none goes to any more
/// come last.
fn chapters(
    (system, account): (&str, Option<&str>),
    statement: &Statement,
    known: &Analyses<'_>,
    replicas: &Replicas<'_>,
) -> Vec<Chapter> {
    let places: BTreeMap<_, Destination<'_>> = statement
        .destinations()
        .map(|destination| ((destination.former.is_some(), destination.place.identity()), destination))
        .collect();
    let destinations: Vec<Option<Destination<'_>>> =
        if places.is_empty() { vec![None] } else { places.into_values().map(Some).collect() };
    let coverage = known.get(statement).map_or(&[][..], |figures| figures.coverage.as_slice());
    let waiting = |copies: Option<Destination<'_>>| {
        known.queues().waiting(statement, &Where::Copy(statement.place_name(copies?.place)))
    };
    let scope = |group, resource, copies| Scope {
        system,
        account,
        statement,
        group,
        resource,
        copies,
        coverage,
        replicas,
        waiting: waiting(copies),
    };
    let resources = statement.groups.iter().flat_map(|group| group.names.iter().map(move |name| (group, &*name.node)));
    let scopes = resources.flat_map(|(group, name)| destinations.iter().map(move |copies| (group, name, *copies)));
    scopes.map(|(group, name, copies)| chapter(&scope(group, name, copies))).collect()
}

fn chapter(scope: &Scope<'_>) -> Chapter {
    let (resource, source) = (scope.resource, scope.source());
    let (from, name, name_ja) = (source.code(), source.region.name, source.region.name_ja);
    let title = if let Some(site) = scope.destination() {
        let (to, there, there_ja) = (site.code(), site.region.name, site.region.name_ja);
        if scope.former().is_some() {
            say!(
                "{resource}: from {from} ({name}) to {to} ({there}), which no copy goes to any more",
                "{resource}: {from}({name_ja})から {to}({there_ja})へ(コピー終了済み)"
            )
        } else {
            say!(
                "{resource}: from {from} ({name}) to {to} ({there})",
                "{resource}: {from}({name_ja})から {to}({there_ja})へ"
            )
        }
    } else {
        say!("{resource}: {from} ({name}) alone", "{resource}: {from}({name_ja})のみ")
    };
    let mut parts = vec![before::shell(scope), before::part(scope), decision::part(scope), point::part(scope)];
    parts.push(restore::part(scope));
    parts.extend(application::part(scope).into_iter().chain(stacks::part(scope)));
    parts.extend([returning::part(scope), quarter::part(scope)]);
    let mut chapter = Chapter { title, parts };
    chapter.parts.push(operator::part(scope, &chapter));
    chapter
}
