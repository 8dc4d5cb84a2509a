//! An explanation down to what a line, a resource, a policy statement or a stack is about.

use super::{Cause, Explanation, LocatedClause, Point, Section, TemplateLine, TemplatePlace, Words, line};
use crate::suggest::nearest;

/// What an explanation is narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Narrowing {
    /// A line of a spec; of any file where none is named.
    Line {
        /// Name of the file.
        file: Option<String>,
        /// The line, counted from one.
        line: usize,
    },
    /// A clause of a spec, or the beginning of an item.
    Words(Words),
    /// A resource, parameter or output by its logical id.
    Resource(String),
    /// A policy statement by its Sid.
    Statement(String),
    /// A stack by its name.
    Stack(String),
    /// A line of a template.
    Template(TemplateLine),
}

/// Nothing in the explanation is about what it was narrowed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nothing {
    /// What is known instead and nearest to it.
    pub nearest: Option<String>,
    /// Everything that is known instead: names, or the lines on which clauses begin.
    pub known: Vec<String>,
}

/// What is left of an explanation.
///
/// # Errors
///
/// When nothing is left.
pub fn narrow<'a>(explanation: &Explanation<'a>, to: &Narrowing) -> Result<Explanation<'a>, Nothing> {
    let left = match to {
        Narrowing::Line { file, line } => {
            let of_file = |clause: &LocatedClause| file.as_ref().is_none_or(|file| clause.file == *file);
            let begins = |clause: &LocatedClause| of_file(clause) && clause.line == *line;
            let covers = |clause: &LocatedClause| of_file(clause) && (clause.line..=clause.last_line).contains(line);
            asked_for(explanation, &[&begins, &covers])
        }
        Narrowing::Words(words) => {
            let of_file = |clause: &LocatedClause| clause.file == words.file;
            let own = |clause: &LocatedClause| of_file(clause) && words.own(clause.line, clause.column);
            let all = |clause: &LocatedClause| of_file(clause) && words.cover(clause.line, clause.column);
            asked_for(explanation, &[&own, &all])
        }
        Narrowing::Resource(id) => with_place(explanation, &|place| place.id.as_deref() == Some(id)),
        Narrowing::Stack(name) => with_place(explanation, &|place| place.stack == *name),
        Narrowing::Statement(sid) => each(explanation, &|point| kept(point, &|point| point.sid.as_ref() == Some(sid))),
        Narrowing::Template(line) => line::answer(explanation, line),
    };
    if left.is_empty() {
        return Err(nothing(explanation, to));
    }
    Ok(Explanation {
        language: explanation.language,
        systems: explanation.systems.clone(),
        sections: left,
        whole: None,
    })
}

fn each<'a>(explanation: &Explanation<'a>, keep: &dyn Fn(&Point) -> Option<Point>) -> Vec<Section<'a>> {
    let sections = explanation.sections.iter().map(|section| section.kept(|point| keep(&point)));
    sections.filter(|section| !section.is_empty()).collect()
}

/// What clauses ask for: those of the first kind that ask for anything.
fn asked_for<'a>(explanation: &Explanation<'a>, kinds: &[&dyn Fn(&LocatedClause) -> bool]) -> Vec<Section<'a>> {
    let mut left = kinds.iter().map(|wanted| each(explanation, &|point| asked(point, wanted)));
    left.find(|left| !left.is_empty()).unwrap_or_default()
}

/// Of a point and of its parts only what clauses ask for, with those of its reasons that they have.
fn asked(point: &Point, wanted: &dyn Fn(&LocatedClause) -> bool) -> Option<Point> {
    let points: Vec<Point> = point.points.iter().filter_map(|part| asked(part, wanted)).collect();
    let indices: Vec<usize> =
        (0..).zip(&point.clauses).filter(|(_, clause)| wanted(clause)).map(|(at, _)| at).collect();
    if indices.is_empty() {
        return (!points.is_empty()).then(|| Point { points, ..point.frame() });
    }
    let clauses = indices.iter().filter_map(|index| point.clauses.get(*index).cloned()).collect();
    let reasons = point.causes.iter().filter_map(|cause| {
        let asked_by = (0..).zip(&indices).filter(|(_, index)| cause.asked_by.contains(index)).map(|(at, _)| at);
        let asked_by: Vec<usize> = asked_by.collect();
        (!asked_by.is_empty()).then(|| Cause { asked_by, ..cause.clone() })
    });
    Some(Point { clauses, causes: reasons.collect(), points, ..point.clone() })
}

fn with_place<'a>(explanation: &Explanation<'a>, wanted: &dyn Fn(&TemplatePlace) -> bool) -> Vec<Section<'a>> {
    let only_wanted = |mut point: Point| {
        point.places.retain(wanted);
        point
    };
    each(explanation, &|point| kept(point, &|point| point.places.iter().any(wanted)).map(only_wanted))
}

/// The whole point if it is wanted, else with those of its parts that are wanted; none if there is none.
fn kept(point: &Point, wanted: &dyn Fn(&Point) -> bool) -> Option<Point> {
    if wanted(point) {
        return Some(point.clone());
    }
    let points: Vec<Point> = point.points.iter().filter_map(|part| kept(part, wanted)).collect();
    (!points.is_empty()).then(|| Point { points, ..point.clone() })
}

/// What could have been meant.
fn nothing(explanation: &Explanation<'_>, to: &Narrowing) -> Nothing {
    let places = || explanation.points().flat_map(|point| point.places);
    let (wanted, mut known): (&str, Vec<String>) = match to {
        Narrowing::Line { file, .. } => return Nothing { nearest: None, known: lines(explanation, file.as_deref()) },
        Narrowing::Words(_) | Narrowing::Template(_) => return Nothing { nearest: None, known: Vec::new() },
        Narrowing::Resource(id) => (id, places().filter_map(|place| place.id).collect()),
        Narrowing::Stack(name) => (name, places().map(|place| place.stack).collect()),
        Narrowing::Statement(sid) => (sid, explanation.points().filter_map(|point| point.sid).collect()),
    };
    known.sort_unstable();
    known.dedup();
    let nearest = nearest(wanted, known.iter().map(String::as_str)).map(str::to_owned);
    Nothing { nearest, known }
}

/// The lines on which clauses of a file begin.
fn lines(explanation: &Explanation<'_>, file: Option<&str>) -> Vec<String> {
    let clauses = explanation.points().flat_map(|point| point.clauses);
    let mut lines: Vec<usize> =
        clauses.filter(|clause| file.is_none_or(|file| clause.file == file)).map(|clause| clause.line).collect();
    lines.sort_unstable();
    lines.dedup();
    lines.iter().map(usize::to_string).collect()
}
