//! What a line of a template says: the point that stands on it, or what the line is within the innermost point
//! around it.

mod meaning;

use super::fields::is_closing;
use super::{Cause, Explanation, Input, Language, Point, Section, TemplatePlace};
use crate::cfn::read;
use crate::emit;
use crate::lower::Stack;

/// A line of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TemplateLine {
    /// Name of the stack.
    pub stack: String,
    /// Code of its region.
    pub region: &'static str,
    /// The path that the line belongs to: of a value that CloudFormation works out, where the value stands.
    pub path: String,
    /// Which line, counted from one.
    pub number: usize,
    /// The last name of the path.
    pub key: String,
    /// The value, where the line has one.
    pub value: Option<String>,
}

impl TemplateLine {
    fn new(stack: &Stack, number: usize, line: read::Line) -> Self {
        let (path, key) = match worked_out(&line.path) {
            None => (line.path, line.key),
            Some(path) => {
                let last = path.rsplit('.').next().and_then(|step| step.split('[').next()).unwrap_or_default();
                (path.to_owned(), last.to_owned())
            }
        };
        let value = line.value.filter(|value| !value.is_empty());
        Self { stack: stack.name.clone(), region: stack.location.region.code, path, number, key, value }
    }

    /// Whether it is part of the reasons that travel with the template.
    pub(super) fn is_metadata(&self) -> bool {
        self.path.starts_with("Metadata") || self.path.split('.').nth(2) == Some("Metadata")
    }
}

/// Where a value stands that CloudFormation works out by a function, for a path within it.
fn worked_out(path: &str) -> Option<&str> {
    let function = path.find(".Fn::").or_else(|| path.strip_suffix(".Ref").map(str::len))?;
    path.get(..function)
}

/// The lines of the template that `path` ends with; none if no stack has such a template.
pub fn template_lines(input: &Input<'_>, path: &str) -> Option<Vec<TemplateLine>> {
    let stack = template_stack(input, path)?;
    let text = input.template(stack);
    // What drc writes can be read; tests hold that.
    let lines = read::read(text).map_or_else(|_| Vec::new(), |template| read::lines(text, &template.root));
    Some(lines.into_iter().zip(1..).map(|(line, number)| TemplateLine::new(stack, number, line)).collect())
}

/// The stack whose template a path ends with; a file's name alone will do if one stack has it.
fn template_stack<'a>(input: &Input<'a>, path: &str) -> Option<&'a Stack> {
    let path = path.replace('\\', "/");
    let path = path.trim_start_matches("./");
    let ends_with =
        |whole: &str, end: &str| whole == end || whole.strip_suffix(end).is_some_and(|rest| rest.ends_with('/'));
    let stacks = &input.compiled.stacks;
    let found = stacks.iter().find(|stack| ends_with(path, &emit::template_path(stack, input.format)));
    found.or_else(|| {
        let mut named = stacks.iter().filter(|stack| ends_with(&emit::template_path(stack, input.format), path));
        named.next().filter(|_| named.next().is_none())
    })
}

/// The one section with the one point that answers for a line; none where the template is none of the explanation.
pub(super) fn answer<'a>(explanation: &Explanation<'a>, line: &TemplateLine) -> Vec<Section<'a>> {
    let mut around = Around { innermost: 0, holds: false };
    for point in explanation.sections.iter().flat_map(Section::points) {
        around.look(&point, line);
    }
    let answered = explanation.sections.iter().filter_map(|section| {
        let told =
            section.points().find_map(|point| around.told(&point, point.of.as_ref(), line, explanation.language))?;
        Some(section.with(vec![told]))
    });
    answered.take(1).collect()
}

/// What is known around a line.
struct Around {
    /// How long the path of the innermost place around it is.
    innermost: usize,
    /// Whether lines below it have points of their own.
    holds: bool,
}

impl Around {
    fn look(&mut self, point: &Point, line: &TemplateLine) {
        for place in &point.places {
            self.innermost = self.innermost.max(depth(place, line).unwrap_or(0));
            let rest = place.path.strip_prefix(&line.path).filter(|_| is_here(place, line));
            self.holds |= rest.is_some_and(|rest| rest.starts_with(['.', '[']));
        }
        for part in &point.points {
            self.look(part, line);
        }
    }

    /// What the point, or the first of its parts that stands at the place, says of the line.
    fn told(&self, point: &Point, of: Option<&String>, line: &TemplateLine, language: Language) -> Option<Point> {
        let is_it = |place: &&TemplatePlace| match self.innermost {
            // The template as a whole and its parts are told of by the stack.
            0 => is_here(place, line) && place.id.is_none() && place.path == "Resources",
            innermost => depth(place, line) == Some(innermost),
        };
        let Some(place) = point.places.iter().find(is_it) else {
            // A part that stands alone says what it is a part of.
            let whole = point.sid.as_ref().or(of);
            return point.points.iter().find_map(|part| self.told(part, part.of.as_ref().or(whole), line, language));
        };
        let is_exact = place.path == line.path || line.path.is_empty();
        let alone = alone(point, of, place, line);
        Some(if is_exact { alone } else { self.within(alone, place, line, language) })
    }

    /// A line that has no point of its own: what it is. It has the reasons of the point around it where it begins
    /// that, and where nothing more can be said of it.
    fn within(&self, alone: Point, place: &TemplatePlace, line: &TemplateLine, language: Language) -> Point {
        let meaning = meaning::of(line).or_else(|| self.holds.then_some(meaning::HOLDS));
        let mut causes = alone.causes;
        if meaning.is_some() && place.line != line.number {
            causes.clear();
        }
        // Of the reasons for several lines some may name this one.
        let names_it = |cause: &Cause| cause.reason.why.en.contains(&format!("`{}`", line.key));
        if causes.iter().any(names_it) {
            causes.retain(names_it);
        }
        let id = place.id.as_ref();
        let names = [alone.sid.as_ref(), alone.of.as_ref().filter(|_| id.is_some()), id, Some(&place.stack)];
        let of = names.into_iter().flatten().find(|name| Some(*name) != line.value.as_ref());
        Point {
            subject: line.key.clone(),
            of: of.cloned(),
            values: line.value.iter().cloned().collect(),
            facts: meaning.map(|meaning| language.pick(meaning).to_owned()).into_iter().collect(),
            causes,
            clauses: alone.clauses,
            places: vec![TemplatePlace { path: line.path.clone(), line: line.number, ..place.clone() }],
            ..Point::default()
        }
    }
}

fn is_here(place: &TemplatePlace, line: &TemplateLine) -> bool {
    place.stack == line.stack && place.region == line.region
}

/// How long the path of a place is, if it is around the line.
fn depth(place: &TemplatePlace, line: &TemplateLine) -> Option<usize> {
    let rest = line.path.strip_prefix(&place.path).filter(|_| is_here(place, line))?;
    (rest.is_empty() || rest.starts_with(['.', '['])).then_some(place.path.len())
}

/// A point without its parts, and without what it says of other places.
fn alone(point: &Point, of: Option<&String>, place: &TemplatePlace, line: &TemplateLine) -> Point {
    let of = of.filter(|of| **of != point.subject);
    let formal = || Some(place.id.clone().unwrap_or_else(|| place.stack.clone())).filter(|_| point.is_formal());
    let mut alone =
        Point { points: Vec::new(), places: vec![place.clone()], of: of.cloned().or_else(formal), ..point.clone() };
    if point.causes.iter().any(|cause| !is_closing(point, cause)) {
        alone.causes.retain(|cause| !is_closing(point, cause));
    }
    // Properties that have their reasons in common are told of together; one of them is asked for.
    if point.places.len() > 1 && of.is_some() && place.path == line.path {
        alone.subject.clone_from(&line.key);
        alone.values.retain(|value| Some(value) == line.value.as_ref());
    }
    alone
}
