//! Stacks into points: each note beside the value that is emitted at its place.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::section::Entry;
use super::{Cause, Input, Language, LocatedClause, Point, Section, SectionKind, TemplatePlace, policy, section, span};
use crate::cfn::note::{Note, Path};
use crate::cfn::read;
use crate::cfn::{Output, Parameter, Resource};
use crate::emit;
use crate::lower::Stack;
use crate::origin::Origin;
use crate::reason::Reason;

/// What each section says.
pub(super) struct Collected<'a> {
    input: &'a Input<'a>,
    language: Language,
    sections: BTreeMap<SectionKind, Section<'a>>,
}

impl<'a> Collected<'a> {
    pub(super) fn new(input: &'a Input<'a>, language: Language) -> Self {
        Self { input, language, sections: BTreeMap::new() }
    }

    pub(super) fn push(&mut self, kind: SectionKind, point: Point) {
        self.section(kind).push(Entry::Made(Box::new(point)));
    }

    /// Adds everything that one stack emits.
    pub(super) fn stack(&mut self, stack: &'a Stack) {
        if !(stack.template.parameters.is_empty() && stack.template.outputs.is_empty()) {
            self.section(SectionKind::Wiring).push(Entry::Emitted(stack, None));
        }
        for resource in &stack.template.resources {
            let kinds: BTreeSet<SectionKind> = parts(resource).into_iter().map(|(kind, _)| kind).collect();
            for kind in kinds {
                self.section(kind).push(Entry::Emitted(stack, Some(resource)));
            }
        }
    }

    fn section(&mut self, kind: SectionKind) -> &mut Section<'a> {
        self.sections.entry(kind).or_insert_with(|| Section::new(kind, self.input, self.language))
    }

    pub(super) fn into_sections(self) -> Vec<Section<'a>> {
        self.sections.into_values().collect()
    }
}

/// A part of a resource that has a point of its own.
enum Portion<'n> {
    Whole,
    /// Properties whose reasons are the same.
    Properties(Vec<&'n Note>),
    /// A statement of a policy.
    Permission(Vec<&'n Note>),
}

/// What is said of a resource: of it as a whole in its section, and of each of its properties in theirs.
fn parts(resource: &Resource) -> Vec<(SectionKind, Portion<'_>)> {
    let resource_type = resource.properties.resource_type();
    let mut parts = vec![(section::of_resource(resource_type), Portion::Whole)];
    let plain: Vec<&Note> = resource.notes.iter().filter(|note| !policy::is_inside(note.at)).collect();
    parts.extend(grouped(&plain, Path::outer_index).into_iter().map(|notes| {
        let pattern = notes.first().map_or("", |note| note.at.pattern());
        (section::of_property(resource_type, pattern), Portion::Properties(notes))
    }));
    let statements = policy::statements(&resource.notes).into_iter();
    parts.extend(
        statements
            .map(|((document, _), notes)| (section::of_property(resource_type, document), Portion::Permission(notes))),
    );
    parts
}

/// A stack whose points are being made.
pub(super) struct Context<'a> {
    pub(super) input: &'a Input<'a>,
    pub(super) stack: &'a Stack,
    pub(super) language: Language,
    file: String,
    lines: BTreeMap<String, usize>,
}

impl<'a> Context<'a> {
    pub(super) fn new(input: &'a Input<'a>, stack: &'a Stack, language: Language) -> Self {
        Self {
            input,
            stack,
            language,
            file: emit::template_path(stack, input.format),
            // What drc writes can be read; tests hold that.
            lines: read::read(input.template(stack))
                .map_or_else(|_| BTreeMap::new(), |read| read::first_lines(&read.root)),
        }
    }

    /// The place of a path; paths of the template's own entries have no id.
    pub(super) fn place(&self, id: Option<&str>, path: String) -> TemplatePlace {
        TemplatePlace {
            stack: self.stack.name.clone(),
            region: self.stack.location.region.code,
            file: self.file.clone(),
            id: id.map(str::to_owned),
            line: self.lines.get(&path).copied().unwrap_or(1),
            path,
        }
    }

    pub(super) fn clause(&self, origin: &Origin) -> LocatedClause {
        span::clause(self.input.sources, origin)
    }

    pub(super) fn cause(&self, reason: &'static Reason) -> Cause {
        Cause::new(reason, self.language)
    }

    /// A point for origins; what several of them say is said once.
    pub(super) fn point<'o>(&self, subject: String, origins: impl IntoIterator<Item = &'o Origin>) -> Point {
        let mut point = Point { subject, ..Point::default() };
        for origin in origins {
            point.add(&self.cause(origin.reason), self.clause(origin));
        }
        point
    }
}

impl Context<'_> {
    fn parameter(&self, parameter: &Parameter) -> Point {
        let name = parameter.name.to_string();
        let mut point = self.point(name.clone(), [&parameter.origin]);
        point.places.push(self.place(Some(&name), format!("Parameters.{name}")));
        let condition = parameter.is_given().to_string();
        point.places.push(self.place(Some(&condition), format!("Conditions.{condition}")));
        let given = self.stack.parameters.iter().find(|given| given.name == parameter.name);
        point.values.extend(given.map(|given| {
            let (stack, region, output) = (&given.stack.name, given.stack.location.region.code, &given.output);
            self.language.say(
                format!("empty; output {output} of {stack} in {region} is read"),
                format!("空のまま({region} の {stack} の出力 {output} を読み取る)"),
            )
        }));
        point
    }

    fn output(&self, output: &Output) -> Point {
        let name = output.name.to_string();
        let mut point = self.point(name.clone(), [&output.origin]);
        point.values.push(self.language.say(
            format!("exported as {} in {}", output.export, self.stack.location.region.code),
            format!("{} に {} としてエクスポート", self.stack.location.region.code, output.export),
        ));
        point.places.push(self.place(Some(&name), format!("Outputs.{name}")));
        point
    }

    /// What the stack takes from others and hands to them.
    pub(super) fn handed(&self) -> Vec<Point> {
        let template = &self.stack.template;
        let parameters = template.parameters.iter().map(|parameter| self.parameter(parameter));
        parameters.chain(template.outputs.iter().map(|output| self.output(output))).collect()
    }

    /// What a section says of a resource.
    pub(super) fn emitted(&self, resource: &Resource, section: SectionKind) -> Vec<Point> {
        let id = resource.id.to_string();
        let emitted = serde_json::to_value(resource).unwrap_or_default();
        let parts = parts(resource).into_iter().filter(|(kind, _)| *kind == section);
        let point = |part| match part {
            Portion::Whole => {
                let mut whole = self.point(resource.properties.resource_type().to_owned(), &resource.origins);
                whole.values.push(id.clone());
                whole.places.push(self.place(Some(&id), format!("Resources.{id}")));
                whole
            }
            Portion::Properties(notes) => {
                let mut point = self.noted(&id, &emitted, &notes);
                point.of = part_of(&emitted, &notes).or_else(|| Some(id.clone()));
                point
            }
            Portion::Permission(notes) => policy::point(self, &id, &emitted, &notes),
        };
        parts.map(|(_, part)| point(part)).collect()
    }

    /// A point for notes that share their reasons.
    pub(super) fn noted(&self, id: &str, emitted: &Value, notes: &[&Note]) -> Point {
        let mut point = self.point(String::new(), notes.iter().map(|note| &note.origin));
        for note in notes {
            let path = note.at.to_string();
            let place = self.place(Some(id), format!("Resources.{id}.{path}"));
            if point.places.contains(&place) {
                continue;
            }
            point.places.push(place);
            point.values.extend(at(emitted, &path).and_then(shown));
        }
        point.values.dedup();
        point.subject = self.language.list(&notes.iter().map(|note| note.at.name()).collect::<Vec<_>>());
        point.phases = notes.iter().filter_map(|note| note.call.map(|(_, stage)| stage)).collect();
        point
    }
}

/// Notes by place; neighbouring places whose reasons are the same share a group.
pub(super) fn grouped<'a, K: PartialEq>(notes: &[&'a Note], part: impl Fn(Path) -> K) -> Vec<Vec<&'a Note>> {
    let mut places: Vec<(Path, Vec<&Note>)> = Vec::new();
    for note in notes {
        match places.iter_mut().find(|(at, _)| *at == note.at) {
            Some((_, notes)) => notes.push(note),
            None => places.push((note.at, vec![note])),
        }
    }
    let said = |(at, notes): &(Path, Vec<&'a Note>)| {
        let reasons = notes.iter().map(|note| (&note.origin, note.call.map(|(_, stage)| stage)));
        (part(*at), reasons.collect::<BTreeSet<_>>())
    };
    let groups = places.chunk_by(|one, other| said(one) == said(other));
    groups.map(|group| group.iter().flat_map(|(_, notes)| notes).copied().collect()).collect()
}

/// The rule that a property of a plan belongs to.
fn part_of(emitted: &Value, notes: &[&Note]) -> Option<String> {
    let at_note = notes.first()?.at;
    if !at_note.pattern().contains("BackupPlanRule[]") {
        return None;
    }
    let path = format!("Properties.BackupPlan.BackupPlanRule[{}].RuleName", at_note.outer_index());
    at(emitted, &path).and_then(shown)
}

/// The value at a path of a resource.
pub(super) fn at<'v>(emitted: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(emitted, |value, step| {
        let mut parts = step.split('[');
        let value = value.get(parts.next().unwrap_or(step))?;
        parts.try_fold(value, |value, index| value.get(index.trim_end_matches(']').parse::<usize>().ok()?))
    })
}

/// A value on one line, intrinsic functions in their short form; none for what has parts of its own.
pub(super) fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) => None,
        Value::Object(map) => {
            let (name, argument) = map.iter().next().filter(|_| map.len() == 1)?;
            match (name.as_str(), argument) {
                ("Fn::If", Value::Array(parts)) => {
                    let parts: Option<Vec<String>> = parts.iter().map(shown).collect();
                    Some(format!("!If [{}]", parts?.join(", ")))
                }
                ("Fn::GetStackOutput", output) => {
                    let part = |key: &str| output.get(key).and_then(Value::as_str);
                    Some(format!("!GetStackOutput {}.{} {}", part("StackName")?, part("OutputName")?, part("Region")?))
                }
                ("Ref", Value::String(id)) => Some(format!("!Ref {id}")),
                ("Fn::Sub", Value::String(text)) => Some(text.clone()),
                ("Fn::Sub", Value::Array(parts)) => {
                    let text = parts.first().and_then(Value::as_str)?;
                    let import = parts.get(1)?.as_object()?.values().next().and_then(shown)?;
                    Some(text.replace(&format!("${{{}}}", crate::cfn::IMPORT_VARIABLE), &format!("${{{import}}}")))
                }
                ("Fn::ImportValue", Value::String(export)) => Some(format!("!ImportValue {export}")),
                ("Fn::GetAtt", Value::Array(parts)) => {
                    let parts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
                    Some(format!("!GetAtt {}", parts.join(".")))
                }
                _ => None,
            }
        }
    }
}
