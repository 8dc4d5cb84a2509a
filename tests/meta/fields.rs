//! Nothing is accepted and ignored: changing any word of any clause changes what is written or what
//! is said.

use std::collections::BTreeSet;

use drc::explain::{Input, Language, Section, SectionKind, explain};
use drc::source::Sources;
use drc::syntax::ast::{
    Clause, ClauseNode, Form, FormerlyTo, Group, Head, Place, Restore, RestoreSetting, Schedule, Tag, Window,
};

use drc::syntax::clause::CLAUSES;

use crate::edits::{BASE, CHANGES};
use crate::none;

/// Everything that is written and said of a text by a build.
fn outcome(text: &str) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let mut sources = Sources::default();
    let file = sources.add("everything.drspec", text.as_bytes().to_vec());
    let compiled = drc::compile(&sources, &[file], drc::emit::Format::Json, crate::NOW);
    let said = compiled
        .diagnostics
        .iter()
        .map(|finding| format!("{} {} {:?}", finding.rule.code, finding.message, finding.help));
    let written = compiled.files.into_iter().filter(|file| file.path != "manifest.json");
    (written.map(|file| (file.path, file.bytes)).collect(), said.collect())
}

/// The statements of a text in words, where things are said that no template holds.
fn sentences(text: &str) -> Vec<String> {
    let mut sources = Sources::default();
    let file = sources.add("everything.drspec", text.as_bytes().to_vec());
    let compiled = drc::compile(&sources, &[file], drc::emit::Format::Json, crate::NOW);
    let input = Input::new(&sources, &compiled, drc::emit::Format::Json);
    let explanation = explain(&input, Language::English);
    let sections = explanation.sections.iter().filter(|section| section.kind == SectionKind::Sentence);
    sections.flat_map(Section::points).flat_map(|point| point.facts.clone()).collect()
}

#[test]
fn every_change_is_seen() {
    let base = outcome(BASE);
    assert!(!base.0.is_empty(), "{:#?}", base.1);
    let is_same = |text: &str| outcome(text) == base && sentences(text) == sentences(BASE);
    let mut complaints = Vec::new();
    for (what, old, new) in CHANGES {
        if BASE.matches(old).count() != 1 {
            complaints.push(format!("{what}: `{old}` stands there {} times", BASE.matches(old).count()));
        } else if is_same(&BASE.replacen(old, new, 1)) {
            complaints.push(format!("{what}: `{new}` instead of `{old}` changes nothing"));
        }
    }
    none(&complaints);
}

/// The fields of a clause as [`CHANGES`] names them. Every match here is exhaustive, so that a clause
/// that is added does not compile before it is named, and is then missed in the table.
fn fields(clause: &Clause) -> Vec<String> {
    let name = clause.name();
    let of = |fields: &[&str]| fields.iter().map(|field| format!("{name}.{field}")).collect();
    match &clause.node {
        ClauseNode::StacksPerStatement => vec!["system.stacks".to_owned()],
        ClauseNode::From(place) => place.iter().flat_map(|place| place_fields("from", place)).collect(),
        ClauseNode::To(place, _) => {
            let mut fields: Vec<String> = place.iter().flat_map(|place| place_fields("to", place)).collect();
            fields.push("to.keep".to_owned());
            fields
        }
        ClauseNode::FormerlyTo(FormerlyTo { place, keep: _, since: _ }) => {
            let mut fields: Vec<String> = of(&["keep", "since"]);
            fields.extend(place.iter().flat_map(|place| place_fields(name, place)));
            fields
        }
        ClauseNode::Schedule(schedule) => schedule_fields(schedule),
        ClauseNode::Maintenance(Window { day: _, times: _, zone: _ }) => of(&["day", "times", "zone"]),
        ClauseNode::AutomatedBackup(Window { day: _, times: _, zone: _ }) => of(&["times", "zone"]),
        ClauseNode::Restore(Restore { pattern: _, region: _, settings }) => {
            let mut fields = of(&["pattern", "region"]);
            fields.extend(settings.iter().flat_map(|RestoreSetting { word, name: _ }| of(&[word.node])));
            fields
        }
        ClauseNode::Tags(tags) => tags.iter().flat_map(|Tag { key: _, value: _ }| of(&["key", "value"])).collect(),
        ClauseNode::ScheduleIn(_)
        | ClauseNode::Rpo(_)
        | ClauseNode::Named(_)
        | ClauseNode::Keep(_)
        | ClauseNode::StartWithin(_)
        | ClauseNode::CompleteWithin(_)
        | ClauseNode::EncryptedBy(_)
        | ClauseNode::Called(_)
        | ClauseNode::Plan(_)
        | ClauseNode::Selection(_)
        | ClauseNode::Role(_)
        | ClauseNode::NoRestore
        | ClauseNode::Admin(_)
        | ClauseNode::RotateEvery(_)
        | ClauseNode::NoRotation => vec![name.to_owned()],
    }
}

fn place_fields(clause: &str, place: &Place) -> Vec<String> {
    let Place { span: _, region: _, vault: _, key: _ } = place;
    ["region", "vault", "key"].iter().map(|field| format!("{clause}.{field}")).collect()
}

fn schedule_fields(schedule: &Schedule) -> Vec<String> {
    let Schedule { keyword: _, form, argument: _, month: _, days: _, times: _, zone: _ } = schedule;
    let fields: &[&str] = match form {
        Form::Hourly | Form::Cron => &["argument", "zone"],
        Form::Every => &["argument", "times", "zone"],
        Form::Daily | Form::Weekdays => &["times", "zone"],
        // Times and zones are read alike in every form.
        Form::Weekly => &["days", "times"],
        Form::Monthly => &["days"],
        Form::Yearly => &["month", "days", "times"],
    };
    fields.iter().map(|field| format!("schedule.{}.{field}", form.word())).collect()
}

#[test]
fn every_field_is_changed() {
    let mut sources = Sources::default();
    let file = sources.add("everything.drspec", BASE.as_bytes().to_vec());
    let tree = drc::syntax::parse(&sources, file, &mut drc::diagnostic::Diagnostics::default());
    let mut needed: BTreeSet<String> = BTreeSet::new();
    for item in &tree.items {
        let head: &[&str] = match &item.head {
            Head::System(_) => &["system"],
            Head::Account(_) => &["account"],
            Head::Defaults => &[],
            Head::Key(_) => &["key"],
            Head::Backup(groups) => match groups.as_slice() {
                [] => &[],
                [Group { kind: _, names: _ }, ..] => &["backup.kind", "backup.name"],
            },
        };
        needed.extend(head.iter().map(|name| (*name).to_owned()));
        let of_file = if item.head == Head::Defaults { "defaults." } else { "" };
        needed.extend(item.clauses.iter().flat_map(fields).filter(|_| of_file.is_empty()));
    }
    // Every clause of the language stands in the base.
    let clauses: BTreeSet<&str> = tree.items.iter().flat_map(|item| &item.clauses).map(Clause::name).collect();
    let language: BTreeSet<&str> = CLAUSES.iter().flat_map(|clause| clause.words).copied().collect();
    assert_eq!(clauses, language);
    let changed: BTreeSet<String> = CHANGES.iter().map(|(what, ..)| (*what).to_owned()).collect();
    let missing: Vec<String> = needed.difference(&changed).cloned().collect();
    none(&missing);
}
