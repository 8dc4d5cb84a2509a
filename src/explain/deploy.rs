//! What was asked for, what it becomes and in which order, and what to know for the disaster.

use std::collections::BTreeMap;

use super::collect::{Collected, Context};
use super::screen::words;
use super::{Input, Language, Point, SectionKind};
use crate::analysis::Analyses;
use crate::kind::Kind;
use crate::lower::reason;
use crate::lower::{Stack, StackKind, StackRef};
use crate::origin::Origin;
use crate::source::FileId;
use crate::spec::destination::{FormerDestination, Left};
use crate::spec::{Group, Level, Retention, Statement, System};

/// The sentences and the stacks.
pub(super) fn collect(input: &Input<'_>, known: &Analyses<'_>, language: Language, points: &mut Collected<'_>) {
    let stacks = &input.compiled.stacks;
    let Some(first) = stacks.first() else { return };
    let context = Context::new(input, first, language);
    for (_, statement) in input.compiled.spec.statements() {
        let subject = format!("backup {}", statement.name.value);
        let clause = context.clause(&Origin::new(subject.clone(), statement.span, Level::Statement, &reason::PLAN));
        let mut facts = vec![in_words(statement, language)];
        facts.extend(guaranteed(statement, known, language));
        points.push(SectionKind::Sentence, Point { subject, facts, clauses: vec![clause], ..Point::default() });
    }
    stacks_in_order(input, &context, points);
}

/// The stacks, and what every template of them begins with.
fn stacks_in_order(input: &Input<'_>, context: &Context<'_>, points: &mut Collected<'_>) {
    let language = context.language;
    let stacks = &input.compiled.stacks;
    let mut entries = [
        (&reason::TEMPLATE_VERSION, "AWSTemplateFormatVersion"),
        (&reason::TEMPLATE_DESCRIPTION, "Description"),
        (&reason::METADATA, "Metadata"),
    ]
    .map(|(reason, entry)| Point {
        subject: entry.to_owned(),
        causes: vec![context.cause(reason)],
        ..Point::default()
    });
    let systems: BTreeMap<FileId, &System> =
        input.compiled.spec.systems.iter().map(|system| (system.file, system)).collect();
    for (index, stack) in stacks.iter().enumerate() {
        let context = Context::new(input, stack, language);
        let system = systems.get(&stack.span.file).copied();
        points.push(SectionKind::Stacks, deployed(&context, system, index + 1));
        for entry in &mut entries {
            entry.places.push(context.place(None, entry.subject.clone()));
        }
        let [.., metadata] = &mut entries;
        metadata.places.extend(stack.template.resources.iter().map(|resource| {
            let id = resource.id.to_string();
            context.place(Some(&id), format!("Resources.{id}.Metadata"))
        }));
    }
    for entry in entries {
        points.push(SectionKind::Stacks, entry);
    }
}

/// The statement as a sentence.
fn in_words(statement: &Statement, language: Language) -> String {
    let names: Vec<&str> = statement.resources().map(|name| name.node.as_str()).collect();
    let (names, source) = (language.list(&names), statement.source.region.node);
    let mut text = language.say(
        format!("Backs up {names} in {} ({}).", source.name(language), source.code),
        format!("{}({})の {names} をバックアップします。", source.name(language), source.code),
    );
    for rule in &statement.rules {
        let kept = kept(rule.keep.value, language);
        let when = rule.schedule.node.describe(language);
        text.push_str(&language.say(
            format!(" Rule {} runs {when}; its recovery points are kept {kept}", rule.name.value),
            format!("ルール {} は{when}に実行され、復旧ポイントを{kept}保持します", rule.name.value),
        ));
        for copy in &rule.copies {
            let (region, kept) = (copy.place.region.node, self::kept(copy.keep.value, language));
            let (name, code) = (region.name(language), region.code);
            text.push_str(&language.say(
                format!(", and copied to {name} ({code}), where they are kept {kept}"),
                format!("。{name}({code})にもコピーし、{}保持します", kept.trim_start()),
            ));
        }
        text.push_str(language.say(".", "。"));
    }
    for former in &statement.former {
        text.push_str(&formerly(former, language));
    }
    text
}

/// What lies in a former destination, and until when.
fn formerly(former: &FormerDestination, language: Language) -> String {
    let region = former.place.region.node;
    let (name, code) = (region.name(language), region.code);
    let ended = match former.since {
        Some(since) => language.say(
            format!(" Nothing has been copied to {name} ({code}) since {}", since.node),
            format!("{name}({code})へのコピーは {} に終了しました", since.node),
        ),
        None => language.say(
            format!(" Nothing is copied to {name} ({code}) any more"),
            format!("{name}({code})へのコピーは終了しています"),
        ),
    };
    let left = match former.left() {
        Left::Until(date) => language.say(
            format!("what lies there can be restored until it expires, the last of it on {date}."),
            format!("残っているコピーは期限まで復元でき、最後のものは {date} に期限切れになります。"),
        ),
        Left::Forever => language.say(
            "what lies there can be restored and never expires.".to_owned(),
            "残っているコピーは復元でき、期限はありません。".to_owned(),
        ),
        Left::Unknown => language.say(
            format!(
                "what lies there can be restored until it expires. When that is is unknown: write `{}` behind it.",
                former.lacking()
            ),
            format!(
                "残っているコピーは期限まで復元できます。期限は不明です。わかるようにするには `{}` を書き足してください。",
                former.lacking()
            ),
        ),
    };
    language.say(format!("{ended}; {left}"), format!("{ended}。{left}"))
}

fn kept(keep: Retention, language: Language) -> String {
    match keep {
        Retention::Days(1) => language.say("1 day".to_owned(), " 1 日間".to_owned()),
        Retention::Days(days) => language.say(format!("{days} days"), format!(" {days} 日間")),
        Retention::Forever => language.say("for ever".to_owned(), "無期限に".to_owned()),
    }
}

/// The clause that asked for a statement's own stack.
fn layout(stack: &Stack, system: &System) -> Option<Origin> {
    let layout = &system.layout;
    (stack.kind == StackKind::Statement)
        .then(|| Origin::new("stacks per statement", layout.span, layout.level, stack.kind.reason()))
}

/// What a statement guarantees, a line for each place, as the screen says it.
fn guaranteed(statement: &Statement, known: &Analyses<'_>, language: Language) -> Vec<String> {
    let analysis = known.get(statement);
    let places = analysis.into_iter().flat_map(|analysis| &analysis.coverage);
    let told = places.map(|(place, coverage)| {
        let place = statement.place(place).unwrap_or(&statement.source);
        let (name, code) = (place.region.node.name(language), statement.place_words(place));
        let (count, age) = (words::count(coverage, language), words::age(coverage, language));
        language.say(
            format!("Recovery points in {name} ({code}): {count}; {age}."),
            format!("{name}({code})の復旧ポイント: {count}、{age}"),
        )
    });
    told.collect()
}

/// A stack at its place in the order of deployment.
fn deployed(context: &Context<'_>, system: Option<&System>, number: usize) -> Point {
    let (stack, language) = (context.stack, context.language);
    // A system that nobody named is called after its file.
    let named = system.map(|system| system.name.level).filter(|level| !level.is_derived());
    let level = named.unwrap_or(Level::Language);
    let layout = system.and_then(|system| layout(stack, system));
    let origin = Origin::new(stack.name.clone(), stack.span, level, stack.kind.reason());
    let capabilities = stack.capabilities();
    let acknowledged = (!capabilities.is_empty()).then(|| origin.because(&reason::NAMED_IAM));
    let mut point = context
        .point(format!("{number}. {}", stack.name), std::iter::once(&origin).chain(&layout).chain(&acknowledged));
    point.of = Some(format!("{} {}", stack.location.region.code, stack.location.region.name(language)));
    let made: Vec<&str> = stack.template.resources.iter().map(|resource| resource.properties.resource_type()).collect();
    let made = language.list(&made);
    point.facts.push(language.say(format!("Holds {made}."), format!("{made} を含みます。")));
    let needs = |stack: &StackRef| format!("{} ({})", stack.name, stack.location.region.code);
    let needed: Vec<String> = stack.depends_on.iter().map(needs).collect();
    if !needed.is_empty() {
        point.facts.push(language.say(
            format!("Deployed after {}.", language.list(&needed)),
            format!("{} の後にデプロイします。", language.list(&needed)),
        ));
    }
    if !capabilities.is_empty() {
        point.facts.push(capabilities.join(", "));
    }
    point.places.push(context.place(None, "Resources".to_owned()));
    point
}

fn opt_in(kind: &Kind, language: Language) -> String {
    let service = kind.service_name;
    language.say(format!("{service} in the region's settings"), format!("リージョン設定での {service} の有効化"))
}

/// What is done by hand, and what the policies make possible on the day.
pub(super) fn recovery(input: &Input<'_>, language: Language, points: &mut Collected<'_>) {
    let Some(first) = input.compiled.stacks.first() else { return };
    let context = Context::new(input, first, language);
    for (_, statement) in input.compiled.spec.statements() {
        let origin = |span, level, reason| Origin::new(format!("backup {}", statement.name.value), span, level, reason);
        let target = |reason| vec![origin(statement.target, Level::Statement, reason)];
        let mut push = |kind, subject: &str, origins: Vec<Origin>| {
            let mut point = context.point(subject.to_owned(), &origins);
            point.of = Some(statement.name.value.clone());
            points.push(kind, point);
        };
        for Group { kind, .. } in &statement.groups {
            push(SectionKind::Selection, &opt_in(kind, language), target(kind.why.opt_in));
        }
        let access = language.say("Access policy of the vaults: none", "ボールトのアクセスポリシー: なし");
        push(SectionKind::Vaults, access, target(&reason::VAULT_WITHOUT_POLICY));
        if let Some(no) = &statement.no_restore {
            let restore = language.say("No restore with this role", "このロールでは復元しない");
            push(SectionKind::Recovery, restore, vec![origin(no.span, no.level, &reason::NO_RESTORE)]);
        }
        for group in statement.groups.iter().filter(|group| !group.restores.is_empty()) {
            let restore = language.say("What a restore makes", "復元で作られるもの");
            let patterns = group.restores.values().map(|restore| &restore.pattern);
            let why = patterns.map(|pattern| origin(pattern.span, pattern.level, group.kind.why.after_restore));
            push(SectionKind::Recovery, restore, why.collect());
        }
        let copies = statement.destinations().map(|copies| origin(copies.span, copies.level, &reason::WAY_BACK));
        let copies: Vec<Origin> = copies.collect();
        if !copies.is_empty() {
            let back = language.say("The way back", "ソースリージョンへの戻し方");
            push(SectionKind::Recovery, back, copies);
        }
    }
}
